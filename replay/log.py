"""The log of a replay: every change of state as a row of columns, in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from replay.state import MARKS, Key, Marked, Value, exactly
from replay.state import Tally as TallyValue

Ints = NDArray[np.int32]
Bytes = NDArray[np.int8]
Floats = NDArray[np.float64]

NOTHING = 0
"""Code of no value yet."""
AMOUNT = 1
"""Code of a tally whose exact number stands in the row itself."""
BASES = ("documented", "interpolated")


@dataclass(frozen=True, slots=True)
class TableRows:
    """Changes that come from tables, sorted by tick: arrays of equal length n."""

    tick: Ints
    key: Ints
    value: Ints
    event: Ints
    amount: Floats | None

    @classmethod
    def none(cls) -> TableRows:
        empty = np.empty(0, np.int32)
        return cls(empty, empty, empty, empty, None)

    def first_tick(self) -> list[int]:
        return [int(self.tick[0])] if len(self.tick) else []

    def ticks(self) -> set[int]:
        if not len(self.tick):
            return set()
        begins = np.flatnonzero(np.diff(self.tick)) + 1
        return {int(self.tick[0]), *self.tick[begins].tolist()}


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of a finished log, each of length n: codes into the log's lists."""

    tick: Ints
    key: Ints
    value: Ints
    mark: Bytes
    could: Ints
    event: Ints
    """Index of the reading; a row of a table where it is negative: -1 for the first."""
    claim: Ints
    basis: Bytes
    amount: Floats | None
    """The number of a row whose value code is AMOUNT."""

    def __len__(self) -> int:
        return len(self.tick)


@dataclass(slots=True)
class Log:
    """Grows during a replay; `finish` makes its rows. Only the engine's door writes to it."""

    keys: dict[Key, int] = field(default_factory=dict)
    names: list[Key] = field(default_factory=list)
    """The keys by number."""
    values: list[Value | None] = field(default_factory=lambda: [None, TallyValue(exactly(0))])
    coulds: list[tuple[Value | None, ...]] = field(default_factory=lambda: [()])
    rivals: dict[tuple[int, int], tuple[Rival, ...]] = field(default_factory=dict)
    """(reading, key) → what the claims make of the key, where they do not all say the same."""
    rows: Rows | None = None
    _codes: dict[Value | None, int] = field(default_factory=lambda: {None: NOTHING})
    _coulds: dict[tuple[Value | None, ...], int] = field(default_factory=lambda: {(): 0})
    _pending: list[tuple[int, int, int, int, int, int, int, int]] = field(default_factory=list)
    _chunks: list[Rows] = field(default_factory=list)

    def key(self, key: Key) -> int:
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
            code = self._codes[value] = len(self.values)
            self.values.append(value)
        return code

    def note(self, tick: int, key: int, marked: Marked, event: int, claim: int, basis: str) -> None:
        """The one door: a change is written down."""
        could = self._coulds.get(marked.could)
        if could is None:
            could = self._coulds[marked.could] = len(self.coulds)
            self.coulds.append(marked.could)
        mark = 0 if marked.mark == "certain" else MARKS.index(marked.mark)
        row = (tick, key, self.code(marked.value), mark, could, event, claim, BASES.index(basis))
        self._pending.append(row)

    def note_certain(
        self, tick: int, key: int, value: Value | None, event: int, claim: int
    ) -> None:
        """As `note`, for the common case: certain and documented."""
        self._pending.append((tick, key, self.code(value), 0, 0, event, claim, 0))

    def columns(self, rows: TableRows, tick: int) -> None:
        """Note the rows of a tick that come from tables, as columns."""
        if not len(rows.tick):
            return
        start, stop = np.searchsorted(rows.tick, [tick, tick + 1]).tolist()
        if start == stop:
            return
        self._flush()
        part = slice(start, stop)
        zeros = np.zeros(stop - start, np.int8)
        self._chunks.append(
            Rows(
                rows.tick[part],
                rows.key[part],
                rows.value[part],
                zeros,
                zeros.astype(np.int32),
                rows.event[part],
                zeros.astype(np.int32),
                zeros,
                None if rows.amount is None else rows.amount[part],
            )
        )

    def _flush(self) -> None:
        if not self._pending:
            return
        block = np.array(self._pending, np.int64)
        columns = block.astype(np.int32).T
        tick, key, value, mark, could, event, claim, basis = columns
        small = mark.astype(np.int8), basis.astype(np.int8)
        self._chunks.append(Rows(tick, key, value, small[0], could, event, claim, small[1], None))
        self._pending = []

    def finish(self) -> None:
        """Join what was noted into the columns of `rows`."""
        self._flush()
        chunks = self._chunks

        def joined(name: str, kind: type) -> NDArray[np.generic]:
            parts = [getattr(chunk, name) for chunk in chunks]
            return np.concatenate(parts).astype(kind, copy=False) if parts else np.empty(0, kind)

        amount = None
        if any(chunk.amount is not None for chunk in chunks):
            amount = np.concatenate(
                [np.zeros(len(c)) if c.amount is None else c.amount for c in chunks]
            )
        ints = {n: joined(n, np.int32) for n in ("tick", "key", "value", "could", "event", "claim")}
        self.rows = Rows(
            mark=joined("mark", np.int8), basis=joined("basis", np.int8), amount=amount, **ints
        )
        self._chunks = []


@dataclass(frozen=True, slots=True)
class Rival:
    """What a group of claims makes of one key: when, and to what value (None: it leaves it)."""

    earliest: int
    latest: int
    after: Value | None
    touches: bool
    """False where these claims say that the key does not change: a denial, another place."""
    claims: tuple[int, ...]


__all__ = ["AMOUNT", "BASES", "NOTHING", "Log", "Rival", "Rows", "TableRows"]
