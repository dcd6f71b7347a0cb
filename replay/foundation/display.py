"""How a value shows itself in a notebook, without knowing how that is done.

A `NotebookRepr` asks a module above it, which is imported only then. `replay` says which one;
without it a value shows only its text.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

_room: list[str] = []


def shown_by(room: str) -> None:
    """Name the module whose functions `html`, `player`, `explain` and `table` show values."""
    _room[:] = [room]


def renderer() -> ModuleType | None:
    """The module that shows values; None where none was named."""
    return importlib.import_module(_room[0]) if _room else None


class NotebookRepr:
    """A value that notebooks show as a small page."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        asked = renderer()
        return None if asked is None else str(asked.html(self))


class NotebookReplay(NotebookRepr):
    """A whole replay: it can be stepped through in a notebook, and read as tables."""

    __slots__ = ()

    def player(self, height: int = 720) -> Any:
        """The browser's player inside a notebook, so many pixels high; with it one steps and asks.

        It is the same page as `replay export SCENARIO -o campaign.html`, and needs no network.
        """
        return self._ask("player", height)

    def explain(self, thing: str, on: str | int) -> Any:
        """Why it stands so with a thing on a day, who says it, and who says otherwise.

        `thing` is an id or any spelling of a place, area, route, force, operation or person. The
        answer is text when it is printed, and `to_json()` gives its facts. Raises UsageError U502
        for a thing that there is not, U503 for a moment outside the window.
        """
        return self._ask("explain", thing, on)

    def frame(self, what: str = "days", *, using: str | None = None) -> Any:
        """A table as a data frame: "days" (the state of everything on each day) or "changes".

        A pandas frame, or a polars one: of what is installed, the one that is imported already, or
        the one named by `using`. Raises UsageError U510 where neither is installed, U502 for a
        table that there is not.
        """
        return self._ask("table", what, using)

    def _ask(self, name: str, *more: Any) -> Any:
        asked = renderer()
        assert asked is not None, "nothing can display values yet: import replay first"
        return getattr(asked, name)(self, *more)
