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

from replay.engine.log import AMOUNT, NOTHING, Floats, Indices, Ints, Log, LogRows, ordered
from replay.lens import Order, Reading
from replay.lens.tables import TableReading, row_of
from replay.model import Scenario
from replay.model.columns import Columns, CountColumn
from replay.model.state import MARKS, StateKey, TallyKey, Value, presence_of, tally_of

UNTOUCHED = -1
"""Instead of the number of a key: the row changes none."""
POSSIBLE = MARKS.index("possible")


@dataclass(frozen=True, slots=True)
class TableRows:
    """What tables change: rows of the log in the order in which they happen."""

    rows: LogRows
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
    scenario: Scenario, tables: Sequence[TableReading], log: Log, touched: set[StateKey]
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
    parts: list[LogRows] = []
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
        parts.append(_rows(scenario, log, table, chosen, len(tables) == 1))
    rows = LogRows.joined(parts)
    if len(parts) > 1:
        rows = rows.taken(ordered(_ranks(rows.event, tables)))
        own = np.where(rows.value == AMOUNT, UNTOUCHED, rows.key)
        _mark_ties(replace(rows, key=own), log, tables)
    if rows.amount is not None:
        counts = np.flatnonzero(rows.value == AMOUNT)
        if len(counts):
            _add_up(rows.key, rows.amount, counts)
    return TableRows(rows, tables), single


def _mark_ties(rows: LogRows, log: Log, tables: Sequence[TableReading]) -> None:
    """Mark the rows that change a key in one tick, in an order that nothing tells: in place.

    Rows of one key and tick are put in an order of their own: by the minute at which they end, then
    by that at which they can have begun, then by actor. The last is shown, and what the others
    leave is possible instead, unless hours say that they came before it.
    """
    order = ordered(rows.key)
    key, tick = rows.key[order], rows.tick[order]
    same = (key[1:] == key[:-1]) & (tick[1:] == tick[:-1]) & (key[1:] != UNTOUCHED)
    if not same.any():
        return
    tied = np.flatnonzero(np.r_[same, False] | np.r_[False, same])
    starts = np.flatnonzero(np.r_[same, False][tied] & ~np.r_[False, same][tied])
    sizes = np.diff(np.r_[starts, len(tied)])
    places, times = order[tied], _times(rows.event[order[tied]], tables)
    two = starts[sizes == 2]  # most are two
    _mark_pairs(rows, log, (places[two], places[two + 1]), (times[two], times[two + 1]))
    for start, size in zip(starts[sizes > 2].tolist(), sizes[sizes > 2].tolist(), strict=True):
        _mark_group(rows, log, places[start : start + size], times[start : start + size])


def _mark_pairs(
    rows: LogRows, log: Log, places: tuple[Indices, Indices], times: tuple[Indices, Indices]
) -> None:
    (one, other), ((last, first, rank), (end, begin, actor)) = places, (t.T for t in times)
    later = (first > begin) | ((first == begin) & (rank > actor))
    later = (last > end) | ((last == end) & later)
    turn, by = one[later], other[later]
    for column in (rows.value, rows.event, rows.claim):
        column[turn], column[by] = column[by], column[turn]
    before, after = rows.value[one], rows.value[other]
    undecided = (before != after) & (np.where(later, end, last) >= np.where(later, first, begin))
    rows.mark[other[undecided]] = POSSIBLE
    for value in np.unique(before[undecided]).tolist():
        own = other[undecided & (before == value)]
        rows.could[own] = log.could((log.values[value],))


def _mark_group(rows: LogRows, log: Log, places: Indices, times: Indices) -> None:
    last, first, rank = times.T
    chosen = np.lexsort((-rows.event[places], rank, first, last))
    for column in (rows.value, rows.event, rows.claim):
        column[places] = column[places[chosen]]
    first, last, values = first[chosen], last[chosen], rows.value[places].tolist()
    for n in range(1, len(places)):
        kept = np.flatnonzero(last[:n] >= first[: n + 1].max()).tolist()
        instead = tuple(dict.fromkeys(values[m] for m in kept if values[m] != values[n]))
        if instead:
            rows.mark[places[n]] = POSSIBLE
            rows.could[places[n]] = log.could(tuple([log.values[v] for v in instead]))


def _times(event: Ints, tables: Sequence[TableReading]) -> Indices:
    """For rows of the log the last and the first minute of their events, and the actor's rank."""
    number = -1 - event.astype(np.int64)
    found = np.zeros((len(event), 3), np.int64)
    for table in tables:
        columns = table.columns
        own = np.flatnonzero((number >= table.first) & (number < table.first + len(columns)))
        row = number[own] - table.first
        begins = np.array([date.bounds.earliest for date in columns.dates], np.int64)
        found[own, 0] = table.minutes()[columns.date[row]]
        found[own, 1] = begins[columns.date[row]]
        found[own, 2] = np.array(table.ranks, np.int64)[columns.by[row]]
    return found


def _order_of_dates(tables: Sequence[TableReading]) -> Ints:
    """For each date of all tables its rank: by the minute in which it ends, then begins.

    Of two events that end together, the one that began later is noted last, as for single events.
    """
    bounds = [date.bounds for table in tables for date in table.columns.dates]
    pairs = np.array([(bound.latest, bound.earliest) for bound in bounds], np.int64).reshape(-1, 2)
    ranks: Ints = np.unique(pairs, axis=0, return_inverse=True)[1].astype(np.int32).ravel()
    return ranks


def _ranks(event: Ints, tables: Sequence[TableReading]) -> Ints:
    """For each row of the log the rank of its event's date."""
    ranks = _order_of_dates(tables)
    dates = np.cumsum([0, *(len(table.columns.dates) for table in tables)])
    date = [table.columns.date + before for table, before in zip(tables, dates, strict=False)]
    found: Ints = ranks[np.concatenate(date)[-1 - event]]
    return found


def _keys_at(place: str, columns: Columns) -> Iterable[StateKey]:
    """All keys that rows of a table can change at a place."""
    yield StateKey("control", place)
    yield StateKey("formation", place)
    yield StateKey("share", place)
    for actor in columns.actors:
        yield presence_of(actor, place)
    for counted in columns.counted:
        yield counted_at(counted, columns)(place)


def counted_at(counted: CountColumn, columns: Columns) -> Callable[[str], StateKey]:
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

    def key(self, place: str) -> StateKey:
        return presence_of(self.who, place) if self.who else StateKey(self.aspect, place)


def _rows(
    scenario: Scenario, log: Log, table: TableReading, chosen: Ints, alone: bool = True
) -> LogRows:
    """The rows of the log that chosen rows of a table make, with tallies as increments for now.

    The changes of one row stand together, in the order in which its event would make them. The
    order of those of one tick is marked where it is open, if there is no other table.
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
    rows = LogRows.certain(
        _repeated(columns.tick, width),
        key.ravel(),
        value.ravel(),
        _repeated(-1 - table.first - chosen, width),
        _shown(table, columns, width),
        amount.ravel() if columns.counted else None,
    )
    if alone:
        for n in range(len(changes)):
            _mark_ties(rows.taken(slice(n, None, width)), log, [table])
    touched = rows.key != UNTOUCHED
    return rows if touched.all() else rows.taken(touched)


def _in_order(table: TableReading, chosen: Ints) -> tuple[Columns, Ints]:
    """Chosen rows of a table, and their numbers in it, in the order in which they happened."""
    columns = table.columns if len(chosen) == len(table.columns) else table.columns.taken(chosen)
    rank, when = _order_of_dates([table]), columns.date
    if np.any(np.diff(rank) <= 0):
        when = rank[when]
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


def _numbered(
    log: Log, columns: Columns, told: Ints | None, key: Callable[[str], StateKey]
) -> Ints:
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
