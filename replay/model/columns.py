"""Events of a table: columns that stay columns from the file to the log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from replay.foundation.edtf import Date

Codes = NDArray[np.int32]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A tally column of a table: `numbers` are increments, one a row (float64, n).

    A number that the table does not give is NaN: that row says nothing of the tally.
    """

    name: str
    unit: str
    of: str | None
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Columns:
    """Events of one type, one a row: arrays of length n in the order of the file.

    `tick` is int32; `date`, `place` and `by` are int32 indices into `dates`, `places`, `actors`.
    """

    type: str
    table: int
    """Which table of the scenario they come from."""
    tick: Codes
    date: Codes
    dates: tuple[Date, ...]
    """As written: they may be finer than a tick, and then order the rows within it."""
    place: Codes
    places: tuple[str, ...]
    by: Codes
    actors: tuple[str, ...]
    counted: tuple[CountColumn, ...] = ()
    counted_by: str = ""
    unread: tuple[str, ...] = ()
    """Names of the columns that nothing reads."""

    def __len__(self) -> int:
        return len(self.tick)

    def taken(self, which: NDArray[np.signedinteger[Any]] | NDArray[np.bool_]) -> Columns:
        """Some of the rows, or all in another order."""
        return replace(
            self,
            tick=self.tick[which],
            date=self.date[which],
            place=self.place[which],
            by=self.by[which],
            counted=tuple(replace(c, numbers=c.numbers[which]) for c in self.counted),
        )
