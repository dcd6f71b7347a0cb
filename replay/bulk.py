"""Tables of events in a replay: whole columns at once, or row by row where keys are shared.

Types of events that a table may hold do to a key the same whatever it was before, and a row changes
only keys of its own place (its control, its formation, a tally there) or of its actor at that place
(presence). What a row makes of them depends on its actor alone. So each actor's event is asked
once what it changes, and the answer is put together with the places, column by column.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from replay.lens import Order, Reading
from replay.log import AMOUNT, NOTHING, Floats, Indices, Ints, Log, Rows, ordered
from replay.model import Scenario
from replay.model.columns import Columns, Counted
from replay.state import MARKS, Key, TallyKey, Value, presence_of, tally_of
from replay.tables import TableReading, row_of

UNTOUCHED = -1
"""Instead of the number of a key: the row changes none."""
POSSIBLE = MARKS.index("possible")


@dataclass(frozen=True, slots=True)
class TableRows:
    """What tables change: rows of the log in the order in which they happen."""

    rows: Rows
    tables: Sequence[TableReading]

    def until(self, order: Order, start: int, stop: int) -> int:
        """Of the rows start … stop - 1, the first that is noted after a reading of this order.

        They change no key that a reading does, so that the minute is enough.
        """
        return bisect_left(range(start, stop), order[:2], key=self._minute) + start

    def _minute(self, row: int) -> tuple[int, int]:
        table, own = row_of(self.tables, -1 - int(self.rows.event[row]))
        return table.latest(own), 0


def table_rows(
    scenario: Scenario, tables: Sequence[TableReading], log: Log, touched: set[Key]
) -> tuple[TableRows, list[Reading]]:
    """What the admitted rows of all tables change.

    Rows at a place of which the script changes a key (one of `touched`) come as readings instead.
    """
    shared = {
        place
        for table in tables
        for place in table.columns.places
        if touched and not touched.isdisjoint(_keys_at(place, table.columns))
    }
    for table in tables:
        if not scenario.turns.keys().isdisjoint(table.columns.actors):
            shared |= set(table.columns.places)  # who changes sides does not do the same each time
    for whole, parts_of in scenario.parts.items():  # what happens to one happens to others
        shared |= {whole, *parts_of}
    parts: list[Rows] = []
    single: list[Reading] = []
    for table in tables:
        chosen = table.admitted()
        if table.columns.tick.max() >= scenario.calendar.ticks:
            chosen = chosen[table.columns.tick[chosen] < scenario.calendar.ticks]
        if not shared.isdisjoint(table.columns.places):
            own = np.array([place in shared for place in table.columns.places])
            apart = own[table.columns.place[chosen]]
            single += table.readings(chosen[apart].tolist())
            chosen = chosen[~apart]
        parts.append(_rows(scenario, log, table, chosen))
    rows = Rows.joined(parts)
    if len(parts) > 1:
        rows = rows.taken(ordered(_ranks(rows.event, tables)))
    rows = _ties(rows, log, tables)
    if rows.amount is not None:
        counts = np.flatnonzero(rows.value == AMOUNT)
        if len(counts):
            _add_up(rows.key, rows.amount, counts)
    return TableRows(rows, tables), single


def _ties(rows: Rows, log: Log, tables: Sequence[TableReading]) -> Rows:
    """The rows with those marked that change a key in one tick, in an order that nothing tells.

    Rows of one key and tick are put in an order of their own: by the minute at which they end, then
    by actor. The last is shown, and what the others leave is possible instead, unless hours say
    that they came before it.
    """
    order = ordered(rows.key)
    key, tick = rows.key[order], rows.tick[order]
    same = np.flatnonzero((key[1:] == key[:-1]) & (tick[1:] == tick[:-1]))
    if not len(same):
        return rows
    where = np.unique(np.r_[same, same + 1])
    key, tick, places = key[where], tick[where], order[where]
    begins = np.r_[True, (key[1:] != key[:-1]) | (tick[1:] != tick[:-1])]
    group, starts = np.cumsum(begins) - 1, np.flatnonzero(begins)
    first, last, rank = _minutes(rows.event[places], tables)
    chosen = np.lexsort((-rows.event[places], rank, first, last, group))
    rows = _permuted(rows, places, places[chosen])
    first, last, values = first[chosen], last[chosen], rows.value[places]
    mark, could = rows.mark.copy(), rows.could.copy()
    counts = values == AMOUNT
    # most are two of a day
    two = np.flatnonzero(~begins & np.r_[True, begins[:-1]] & ~counts)
    undecided = two[(values[two] != values[two - 1]) & (last[two - 1] >= first[two])]
    mark[places[undecided]] = POSSIBLE
    codes = {v: log.could((log.values[v],)) for v in np.unique(values[undecided - 1]).tolist()}
    could[places[undecided]] = [codes[v] for v in values[undecided - 1].tolist()]
    for n in np.flatnonzero(~begins & np.r_[False, ~begins[:-1]] & ~counts).tolist():
        start = starts[group[n]]
        others = values[start:n][last[start:n] >= first[start : n + 1].max()]
        instead = tuple(dict.fromkeys(v for v in others.tolist() if v != values[n]))
        if instead:
            mark[places[n]] = POSSIBLE
            could[places[n]] = log.could(tuple([log.values[v] for v in instead]))
    return replace(rows, mark=mark, could=could)


def _permuted(rows: Rows, places: Indices, by: Indices) -> Rows:
    """The rows where those at some places, of the same keys and ticks, have changed places."""
    value, event, claim = rows.value.copy(), rows.event.copy(), rows.claim.copy()
    for column in (value, event, claim):
        column[places] = column[by]
    amount = rows.amount
    if amount is not None:
        amount = amount.copy()
        amount[places] = amount[by]
    return replace(rows, value=value, event=event, claim=claim, amount=amount)


def _minutes(event: Ints, tables: Sequence[TableReading]) -> tuple[Indices, Indices, Indices]:
    """For rows of the log the first and the last minute of their events, and the actor's rank."""
    number = -1 - event.astype(np.int64)
    first, last, rank = np.zeros((3, len(event)), np.int64)
    for table in tables:
        columns = table.columns
        own = np.flatnonzero((number >= table.first) & (number < table.first + len(columns)))
        row = number[own] - table.first
        begins = np.array([date.bounds.earliest for date in columns.dates], np.int64)
        first[own] = begins[columns.date[row]]
        last[own] = table.minutes()[columns.date[row]]
        rank[own] = np.array(table.ranks, np.int64)[columns.by[row]]
    return first, last, rank


def _ranks(event: Ints, tables: Sequence[TableReading]) -> Ints:
    """For each row of the log the rank of the minute in which its event ended."""
    minutes = np.concatenate([table.minutes() for table in tables])
    ranks: Ints = np.unique(minutes, return_inverse=True)[1].astype(np.int32)
    dates = np.cumsum([0, *(len(table.columns.dates) for table in tables)])
    date = [table.columns.date + before for table, before in zip(tables, dates, strict=False)]
    found: Ints = ranks[np.concatenate(date)[-1 - event]]
    return found


def _keys_at(place: str, columns: Columns) -> Iterable[Key]:
    """All keys that rows of a table can change at a place."""
    yield Key("control", place)
    yield Key("formation", place)
    yield Key("share", place)
    for actor in columns.actors:
        yield presence_of(actor, place)
    for counted in columns.counted:
        yield counted_at(counted, columns)(place)


def counted_at(counted: Counted, columns: Columns) -> Callable[[str], Key]:
    """From a place to the key of what a column counts there."""
    name, unit, of, by = counted.name, counted.unit, counted.of, columns.counted_by
    return lambda place: tally_of(TallyKey(name, unit, of, (place,), by))


# --- columns ----------------------------------------------------------------------------------


class _Change(NamedTuple):
    """What an actor's event changes at its place."""

    aspect: str
    who: str
    """Of presence: who is at the place."""
    value: Value | None

    def key(self, place: str) -> Key:
        return presence_of(self.who, place) if self.who else Key(self.aspect, place)


def _rows(scenario: Scenario, log: Log, table: TableReading, chosen: Ints) -> Rows:
    """The rows of the log that chosen rows of a table make, with tallies as increments for now.

    The changes of one row stand together, in the order in which its event would make them.
    """
    columns, chosen = _in_order(table, chosen)
    everywhere = len(columns) == len(table.columns)
    changes = list(zip_longest(*_changes_by_actor(scenario, table)))
    width = len(changes) + len(columns.counted)
    key = np.empty((len(columns), width), np.int32)
    value = np.full(key.shape, AMOUNT, np.int32)
    amount = np.zeros(key.shape if columns.counted else (0, 0))
    for n, by_actor in enumerate(changes):
        codes = [NOTHING if change is None else log.code(change.value) for change in by_actor]
        key[:, n] = _keys(log, columns, by_actor, everywhere)
        value[:, n] = np.array(codes, np.int32)[columns.by]
    for n, counted in enumerate(columns.counted, len(changes)):
        silent = np.isnan(counted.numbers)
        told = None if everywhere and not silent.any() else columns.place[~silent]
        key[:, n] = _numbered(log, columns, told, counted_at(counted, columns))
        if told is not None:
            key[silent, n] = UNTOUCHED
        amount[:, n] = counted.numbers
    rows = Rows.certain(
        _repeated(columns.tick, width),
        key.ravel(),
        value.ravel(),
        _repeated(-1 - table.first - chosen, width),
        _shown(table, columns, width),
        amount.ravel() if columns.counted else None,
    )
    touched = rows.key != UNTOUCHED
    return rows if touched.all() else rows.taken(touched)


def _in_order(table: TableReading, chosen: Ints) -> tuple[Columns, Ints]:
    """Chosen rows of a table, and their numbers in it, in the order in which they happened."""
    columns = table.columns if len(chosen) == len(table.columns) else table.columns.taken(chosen)
    minute, when = table.minutes(), columns.date
    if np.any(np.diff(minute) <= 0):
        when = np.unique(minute, return_inverse=True)[1].astype(np.int32)[when]
    if np.any(when[1:] < when[:-1]):  # most files are in the order of days
        order = ordered(when)
        return columns.taken(order), chosen[order]
    return columns, chosen


def _shown(table: TableReading, columns: Columns, width: int) -> Ints:
    """For each row, `width` times, the claim that is ranked first."""
    first = np.array([claims[0] if claims else 0 for claims in table.claims], np.int32)
    if not first.any():
        return np.zeros(len(columns) * width, np.int32)
    return _repeated(first[columns.by], width)


def _repeated(column: Ints, width: int) -> Ints:
    """Each number `width` times; not copied where that is once."""
    return column if width == 1 else np.repeat(column, width)


def _changes_by_actor(scenario: Scenario, table: TableReading) -> Iterable[list[_Change]]:
    """For each actor what one of its events changes, apart from tallies."""
    for event in table.events:
        yield [
            _Change(key.aspect, key.of if key.at else "", step(None))
            for key, step in event.effects(scenario)
            if event.place[0] in (key.of, key.at)
        ]


def _numbered(log: Log, columns: Columns, told: Ints | None, key: Callable[[str], Key]) -> Ints:
    """For each row the number of the key of its place.

    Only places that are in `told` get a key; nothing there stands for all of the table's places.
    """
    wanted = range(len(columns.places)) if told is None else np.unique(told).tolist()
    numbers = np.full(len(columns.places), UNTOUCHED, np.int32)
    names = columns.places
    numbers[wanted] = [log.key(key(names[n])) for n in wanted]
    return numbers[columns.place]


def _keys(log: Log, columns: Columns, by_actor: Sequence[_Change | None], everywhere: bool) -> Ints:
    """The keys of one change of each actor's event, row by row; UNTOUCHED where it has none."""
    places = columns.places
    kinds = {change and (change.aspect, change.who) for change in by_actor}
    if len(kinds) == 1 and (change := by_actor[0]) is not None:
        return _numbered(log, columns, None if everywhere else columns.place, change.key)
    pairs, row = np.unique(columns.by * np.int64(len(places)) + columns.place, return_inverse=True)
    keys = np.full(len(pairs), UNTOUCHED, np.int32)
    for n, pair in enumerate(pairs.tolist()):
        a, p = divmod(pair, len(places))
        if (change := by_actor[a]) is not None:
            keys[n] = log.key(change.key(places[p]))
    return keys[row]


def _add_up(key: Ints, amount: Floats, rows: Indices) -> None:
    """From increments to running totals of each key; exact for whole numbers."""
    own = key[rows]
    order = ordered(own)
    sums = np.cumsum(amount[rows][order])
    counts = np.bincount(own)
    counts = counts[counts > 0]
    before = np.r_[0, sums[np.cumsum(counts)[:-1] - 1]]
    sums -= np.repeat(before, counts)
    totals = np.empty(len(rows))
    totals[order] = sums
    amount[rows] = totals
