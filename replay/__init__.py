"""Replay a military campaign day by day from its documents.

The whole program is one chain: `load` a scenario, `run` it through a lens into a timeline, ask the
timeline, `draw` or `export` it. Heavy imports wait until they are needed.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

from replay.foundation.display import shown_by
from replay.foundation.linking import linked_by
from replay.foundation.moved_modules import find_moved_modules

if TYPE_CHECKING:
    from replay.analysis.check import check as check
    from replay.outputs.formats import export as export
    from replay.outputs.rendering import draw as draw
    from replay.pipeline import run as run
    from replay.script.load import load as load
    from replay.script.load import scenario as scenario
    from replay.script.yaml_writer import write as write

__distribution__ = "campaign-replay"
__version__ = "0.2.0"
__all__ = ["check", "draw", "export", "load", "run", "scenario", "write"]


class _Verb:
    """A function at the front door, imported when it is first used.

    A data descriptor, because importing a module of the same name would put it in its place.
    """

    def __init__(self, name: str, module: str) -> None:
        self.name, self.module = name, module

    def __get__(self, package: object, owner: type) -> object:
        verb: object = getattr(importlib.import_module(self.module), self.name)
        return verb

    def __set__(self, package: object, value: object) -> None:
        """Importing a module of the same name does not take the verb's place."""


class _FrontDoor(ModuleType):
    check = _Verb("check", "replay.analysis.check")
    draw = _Verb("draw", "replay.outputs.rendering")
    export = _Verb("export", "replay.outputs.formats")
    load = _Verb("load", "replay.script.load")
    run = _Verb("run", "replay.pipeline")
    scenario = _Verb("scenario", "replay.script.load")
    write = _Verb("write", "replay.script.yaml_writer")

    def __dir__(self) -> list[str]:
        """The functions that programs call, and what a package says of itself."""
        return sorted([*__all__, "__doc__", "__file__", "__name__", "__path__", "__version__"])


sys.modules[__name__].__class__ = _FrontDoor
shown_by("replay.frontends.notebook")
linked_by("replay.script.what_if")
find_moved_modules()
