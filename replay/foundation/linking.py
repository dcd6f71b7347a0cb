"""How a scenario is linked: by a room above the records, which they do not know.

Whoever makes a scenario from records, or a changed copy of one, asks this room for it. The front
door says which room that is.
"""

from __future__ import annotations

import importlib
from types import ModuleType

_room: list[str] = []


def linked_by(room: str) -> None:
    """Name the module whose functions make scenarios from records."""
    _room[:] = [room]


def linker() -> ModuleType:
    """The module that makes scenarios."""
    return importlib.import_module(_room[0])
