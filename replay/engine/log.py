"""The log of a replay: every change of state as a row of columns, in the order it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from replay.model.state import MARKS, Marked, StateKey, Value, exactly
from replay.model.state import Tally as TallyValue

Ints = NDArray[np.int32]
Bytes = NDArray[np.int8]
Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

NOTHING = 0
"""Code of no value yet."""
AMOUNT = 1
"""Code of a tally whose exact number stands in the row itself."""
BASES = ("documented", "interpolated")


@dataclass(frozen=True, slots=True)
class LogRows:
    """The columns of a log, each of length n: codes into the log's lists."""

    tick: Ints
    key: Ints
    value: Ints
    mark: Bytes
    could: Ints
    event: Ints
    """Index of the reading; a row of a table where it is negative: -1 for the first."""
    claim: Ints
    basis: Bytes
    amount: Floats | None = None
    """The number of a row whose value code is AMOUNT."""

    def __len__(self) -> int:
        return len(self.tick)

    @classmethod
    def certain(
        cls,
        tick: Ints,
        key: Ints,
        value: Ints,
        event: Ints,
        claim: Ints,
        amount: Floats | None = None,
    ) -> LogRows:
        """Rows that are certain and documented."""
        none = np.zeros(len(tick), np.int32)
        mark, basis = np.zeros((2, len(tick)), np.int8)
        return cls(tick, key, value, mark, none, event, claim, basis, amount)

    @classmethod
    def joined(cls, parts: Sequence[LogRows]) -> LogRows:
        """One part after the other; a single one is not copied."""
        parts = [part for part in parts if len(part)]
        if not parts:
            nothing = np.empty(0, np.int32)
            return cls.certain(nothing, nothing, nothing, nothing, nothing)
        if len(parts) == 1:
            return parts[0]
        amounts = None
        if any(part.amount is not None for part in parts):
            amounts = [np.zeros(len(p)) if p.amount is None else p.amount for p in parts]
        *codes, _ = zip(*map(_columns, parts), strict=True)
        columns: list[Any] = [np.concatenate(code) for code in codes]
        columns.append(None if amounts is None else np.concatenate(amounts))
        return cls(*columns)

    def taken(self, which: Indices | NDArray[np.bool_] | slice) -> LogRows:
        """Some of the rows, or all in another order; those of a slice are not copied."""
        columns: list[Any] = [None if c is None else c[which] for c in _columns(self)]
        return LogRows(*columns)

    def ends(self) -> dict[int, int]:
        """For each tick that has rows, which must be in order: how many rows end with it."""
        if not len(self):
            return {}
        ticks = np.arange(self.tick[0], self.tick[-1] + 1, dtype=np.int32)
        ends = np.searchsorted(self.tick, ticks, side="right")
        some = np.diff(ends, prepend=0) > 0
        return dict(zip(ticks[some].tolist(), ends[some].tolist(), strict=True))


_columns = attrgetter("tick", "key", "value", "mark", "could", "event", "claim", "basis", "amount")


def ordered(numbers: Ints) -> Indices:
    """The stable order of whole numbers: indices, as `argsort` gives them.

    NumPy sorts 16 bits by radix and anything wider by comparing: two passes over 16 bits each are
    several times faster.
    """
    if len(numbers):
        numbers = numbers - numbers.min()
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if len(numbers) and numbers.max() >> 16:
        order = order[np.argsort((numbers[order] >> 16).astype(np.uint16), kind="stable")]
    return order


@dataclass(slots=True)
class Log:
    """Grows during a replay; `finish` makes its rows. Only the engine's door writes to it."""

    keys: dict[StateKey, int] = field(default_factory=dict)
    names: list[StateKey] = field(default_factory=list)
    """The keys by number."""
    values: list[Value | None] = field(default_factory=lambda: [None, TallyValue(exactly(0))])
    coulds: list[tuple[Value | None, ...]] = field(default_factory=lambda: [()])
    rivals: dict[tuple[int, int], tuple[RivalValue, ...]] = field(default_factory=dict)
    """(reading, key) → what the claims make of the key, where they do not all say the same."""
    episodes: dict[int, list[Any]] = field(default_factory=dict)
    """Key → the times during which something was open about it, in order (`marks.Episode`)."""
    rows: LogRows | None = None
    _codes: dict[Value | None, int] = field(default_factory=lambda: {None: NOTHING})
    _same: dict[int, int] = field(default_factory=dict)
    """Code of each object in `values`, by its identity."""
    _coulds: dict[tuple[Value | None, ...], int] = field(default_factory=lambda: {(): 0})
    _noted: list[int] = field(default_factory=list)
    """The rows noted one by one, five numbers each: flat, as a million tuples are slow to free."""
    _apart: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Row, mark, could and basis of those that are not certain and documented."""
    _turns: list[tuple[int, int]] = field(default_factory=list)
    """How many of them were noted before how many rows of the tables had come."""

    def key(self, key: StateKey) -> int:
        """The number of a key, a new one if it is new."""
        number = self.keys.get(key)
        if number is None:
            number = self.keys[key] = len(self.names)
            self.names.append(key)
        return number

    def code(self, value: Value | None) -> int:
        """The number of a value."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = self._same[id(value)] = len(self.values)
            self.values.append(value)
        return code

    def could(self, values: tuple[Value | None, ...]) -> int:
        """The number of what a key could be instead."""
        number = self._coulds.get(values)
        if number is None:
            number = self._coulds[values] = len(self.coulds)
            self.coulds.append(values)
        return number

    def note(self, tick: int, key: int, marked: Marked, event: int, claim: int, basis: str) -> None:
        """The one door: a change is written down."""
        could = self.could(marked.could)
        row = len(self._noted) // 5
        self._apart.append((row, MARKS.index(marked.mark), could, BASES.index(basis)))
        self._noted += (tick, key, self.code(marked.value), event, claim)

    def note_certain(
        self, tick: int, key: int, value: Value | None, event: int, claim: int
    ) -> None:
        """As `note`, for the common case: certain and documented."""
        code = self._same.get(id(value))  # most are one object again, which need not be compared
        if code is None:
            code = self.code(value)
        self._noted += (tick, key, code, event, claim)

    def note_rows(self, until: int) -> None:
        """The door for rows of tables: those before `until` have come, after all that was noted."""
        before = len(self._noted) // 5
        if self._turns and self._turns[-1][0] == before:
            self._turns.pop()
        self._turns.append((before, until))

    def finish(self, tables: LogRows | None = None) -> None:
        """Join what was noted, and the rows of `tables` that have come, into `rows`."""
        noted = np.array(self._noted, np.int32).reshape(-1, 5)
        single = LogRows.certain(*noted.T.copy())
        row, mark, could, basis = np.array(self._apart, np.int32).reshape(-1, 4).T
        single.mark[row], single.could[row], single.basis[row] = mark, could, basis
        parts, start, done = [], 0, 0
        for before, until in self._turns:
            assert tables is not None
            parts += [single.taken(slice(start, before)), tables.taken(slice(done, until))]
            start, done = before, until
        parts.append(single.taken(slice(start, None)))
        self.rows = LogRows.joined(parts)
        self._noted, self._apart, self._turns = [], [], []


class RivalValue(NamedTuple):
    """What a group of claims makes of one key: when, and to what value (None: it leaves it)."""

    earliest: int
    latest: int
    after: Value | None
    touches: bool
    """False where these claims say that the key does not change: a denial, another place."""
    claims: tuple[int, ...]


__all__ = ["AMOUNT", "BASES", "NOTHING", "Log", "LogRows", "RivalValue", "ordered"]
