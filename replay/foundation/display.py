"""How a value shows itself in a notebook, without knowing how that is done.

A `NotebookRepr` asks a module above it, which is imported only then. `replay` says which one;
without it a value shows only its text.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any, Protocol

_room: list[str] = []


class Displayed(Protocol):
    """A value that a notebook shows as HTML."""

    def _repr_html_(self) -> str: ...


class Explained(Displayed, Protocol):
    """An explanation: text when it is printed."""

    def to_json(self) -> dict[str, Any]:
        """The facts, as `replay explain --json` prints them."""


class DataFrame(Protocol):
    """What the data frames of pandas and polars have in common."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""

    def __len__(self) -> int: ...

    def __getitem__(self, column: str, /) -> Any: ...


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

    def player(self, height: int = 720) -> Displayed:
        """Show the page of the replay inside a notebook; it needs no network.

        Parameters
        ----------
        height : int, default 720
            Pixels.

        Returns
        -------
        Displayed
            What a notebook shows: the same page as `replay export SCENARIO -o campaign.html`.
        """
        shown: Displayed = self._ask("player", height)
        return shown

    def explain(self, thing: str, on: str | int) -> Explained:
        """Explain the state of a thing at a moment: who says it, and who says something else.

        Parameters
        ----------
        thing : str
            An id, or any spelling of the name of a place, area, route, force, operation or person.
        on : str or int
            The moment, as for `at`.

        Returns
        -------
        Explained
            A value that prints as text and that notebooks show; `to_json()` gives its facts, as
            `replay explain --json` does.

        Raises
        ------
        UsageError
            U502 if there is no such thing, U503 if `on` is not a moment of the window.
        """
        answer: Explained = self._ask("explain", thing, on)
        return answer

    def frame(self, what: str = "days", *, using: str | None = None) -> DataFrame:
        """A table as a data frame.

        Parameters
        ----------
        what : "days" or "changes", default "days"
            The state of everything on each day, or the log: one row a change.
        using : "pandas" or "polars", optional
            Which library makes it. Without it: the one that is imported already, else one that is
            installed.

        Returns
        -------
        DataFrame
            Of pandas or polars. "days" has the columns of the format csv-days (docs/data.md);
            "changes" has order, tick, date, aspect, of, name, place, before, after, mark, event
            and basis.

        Raises
        ------
        UsageError
            U502 if there is no such table or library, U510 if none is installed.
        """
        frame: DataFrame = self._ask("table", what, using)
        return frame

    def _ask(self, name: str, *more: Any) -> Any:
        asked = renderer()
        assert asked is not None, "nothing can display values yet: import replay first"
        return getattr(asked, name)(self, *more)
