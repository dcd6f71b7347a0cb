"""Modules that programs of version 0.1 import by the names that they had then.

They still work, with a DeprecationWarning that says where the module is now.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

MOVED = {
    "replay.dates": "replay.foundation.edtf",
    "replay.draw": "replay.outputs.rendering",
    "replay.explain": "replay.timeline.explanation",
    "replay.export": "replay.outputs.formats",
    "replay.problems": "replay.foundation.errors",
    "replay.run": "replay.pipeline",
    "replay.state": "replay.model.state",
}


class _Finder(MetaPathFinder, Loader):
    """Finds a moved module, and loads the one that it is now."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if fullname in MOVED else None

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        message = f"{name} has been called {MOVED[name]} since version 0.2.0; change the import"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        sys.modules[name] = import_module(MOVED[name])


def find_moved_modules() -> None:
    """Let imports find modules by their names in version 0.1; the usual finders come first."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
