"""Tables of events in a replay: whole columns at once, or row by row where keys are shared.

Types of events that a table may hold do to a key the same whatever it was before, and a row changes
only keys of its own place (its control, its formation, a tally there) or of its actor at that place
(presence). What a row makes of them depends on its actor alone. So each actor's event is asked
once what it changes, and the answer is put together with the places, column by column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from replay import dates
from replay.events import EVENT_TYPES
from replay.lens import Reading, Version
from replay.log import AMOUNT, NOTHING, Floats, Indices, Ints, Log, Rows, ordered
from replay.model import Event, Scenario, TallyEntry
from replay.model.columns import Columns
from replay.state import Key, Value, exactly
from replay.tallies import Series

UNTOUCHED = -1
"""Instead of the number of a key: the row changes none."""
ANY = "*"
"""Stands for the places one after the other where the id of a series is wanted for each."""


def table_rows(scenario: Scenario, log: Log, touched: set[Key]) -> tuple[Rows, list[Reading]]:
    """What all tables change, in the order of ticks and then of the script.

    Rows at a place of which the script changes a key (one of `touched`) come as readings instead.
    """
    shared = {
        place
        for columns in scenario.columns
        for place in columns.places
        if touched and not touched.isdisjoint(_keys_at(place, columns))
    }
    parts: list[Rows] = []
    single: list[Reading] = []
    first = 0
    for columns in scenario.columns:
        number = np.arange(first, first + len(columns), dtype=np.int32)
        if not shared.isdisjoint(columns.places):
            apart = np.array([place in shared for place in columns.places])[columns.place]
            single += as_readings(scenario, columns, np.flatnonzero(apart).tolist(), first)
            parts.append(_rows(scenario, log, columns.taken(~apart), number[~apart]))
        else:
            parts.append(_rows(scenario, log, columns, number))
        first += len(columns)
    rows = Rows.joined(parts)
    if len(parts) > 1:
        rows = rows.taken(ordered(rows.tick))
    if rows.amount is not None:
        _add_up(rows.key, rows.amount, np.flatnonzero(rows.value == AMOUNT))
    return rows, single


def _keys_at(place: str, columns: Columns) -> Iterable[Key]:
    """All keys that rows of a table can change at a place."""
    yield Key("control", place)
    yield Key("formation", place)
    for actor in columns.actors:
        yield Key("presence", f"{actor}@{place}")
    for counted in columns.counted:
        where = Series(counted.name, counted.unit, counted.of, (place,), columns.counted_by)
        yield Key("tally", where.id)


# --- columns ----------------------------------------------------------------------------------


class _Change(NamedTuple):
    """What an actor's event changes: the key is of `of` followed by the place."""

    aspect: str
    of: str
    value: Value | None


def _rows(scenario: Scenario, log: Log, columns: Columns, number: Ints) -> Rows:
    """The rows of the log that the rows of a table make, with tallies as increments for now.

    The changes of one row stand together, in the order in which its event would make them.
    `number` is that of each row among the rows of all tables.
    """
    if np.any(columns.tick[1:] < columns.tick[:-1]):  # most files are in the order of days
        order = ordered(columns.tick)
        columns, number = columns.taken(order), number[order]
    changes = list(zip_longest(*_changes_by_actor(scenario, columns)))
    width = len(changes) + len(columns.counted)
    key = np.empty((len(columns), width), np.int32)
    value = np.full(key.shape, AMOUNT, np.int32)
    amount = np.zeros(key.shape if columns.counted else (0, 0))
    for n, by_actor in enumerate(changes):
        codes = [NOTHING if change is None else log.code(change.value) for change in by_actor]
        key[:, n] = _keys(log, columns, by_actor)
        value[:, n] = np.array(codes, np.int32)[columns.by]
    for n, counted in enumerate(columns.counted):
        where = Series(counted.name, counted.unit, counted.of, (ANY,), columns.counted_by)
        before, _, after = where.id.partition(ANY)
        keys = [log.key(Key("tally", f"{before}{name}{after}")) for name in columns.places]
        key[:, len(changes) + n] = np.array(keys, np.int32)[columns.place]
        amount[:, len(changes) + n] = counted.numbers
    rows = Rows.certain(
        np.repeat(columns.tick, width),
        key.ravel(),
        value.ravel(),
        np.repeat(-1 - number, width),
        amount.ravel() if columns.counted else None,
    )
    touched = rows.key != UNTOUCHED
    return rows if touched.all() else rows.taken(touched)


def _changes_by_actor(scenario: Scenario, columns: Columns) -> Iterable[list[_Change]]:
    """For each actor what one of its events changes, apart from tallies."""
    for actor in columns.actors:
        event = _event(scenario, columns, actor)
        place = event.place[0]
        yield [
            _Change(key.aspect, key.of.removesuffix(place), step(None))
            for key, step in event.effects(scenario)
        ]


def _keys(log: Log, columns: Columns, by_actor: Sequence[_Change | None]) -> Ints:
    """The keys of one change of each actor's event, row by row; UNTOUCHED where it has none."""
    places = columns.places
    kinds = {change and (change.aspect, change.of) for change in by_actor}
    if len(kinds) == 1 and (kind := kinds.pop()):
        aspect, of = kind
        numbers = [log.key(Key(aspect, of + name)) for name in places]
        return np.array(numbers, np.int32)[columns.place]
    pairs, row = np.unique(columns.by * np.int64(len(places)) + columns.place, return_inverse=True)
    keys = np.full(len(pairs), UNTOUCHED, np.int32)
    for n, pair in enumerate(pairs.tolist()):
        a, p = divmod(pair, len(places))
        if (change := by_actor[a]) is not None:
            keys[n] = log.key(Key(change.aspect, change.of + places[p]))
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


# --- rows one by one --------------------------------------------------------------------------


def as_readings(
    scenario: Scenario, columns: Columns, rows: Sequence[int], number: int = 0
) -> list[Reading]:
    """Some rows of a table as readings of their own.

    `number` is that of the table's first row among the rows of all tables.
    """
    events = [_event(scenario, columns, actor) for actor in columns.actors]
    return [_reading(scenario, columns, row, number, events[columns.by[row]]) for row in rows]


def _reading(scenario: Scenario, columns: Columns, row: int, number: int, like: Event) -> Reading:
    tick = int(columns.tick[row])
    event = like.model_copy(
        update={
            "id": row_id(scenario, number + row),
            "date": dates.parse(scenario.calendar.label(tick)),
            "place": (columns.places[columns.place[row]],),
            "summary": f"row {row + 1} of {scenario.tables[columns.table].file}",
            "tallies": tuple(
                TallyEntry(name=c.name, unit=c.unit, of=c.of, add=exactly(float(c.numbers[row])))
                for c in columns.counted
            ),
        }
    )
    index = number + row
    minute = scenario.calendar.begin(tick + 1) - 1
    order = (minute, 0, len(scenario.events) + index)
    return Reading(-1 - index, event, (Version(event, tick, tick, (0,)),), order, _unranked)


def _unranked(claims: tuple[int, ...]) -> tuple[float, ...]:
    """A row has one claim, and no rivals."""
    return ()


def _event(scenario: Scenario, columns: Columns, actor: str) -> Event:
    """An event as an actor's rows stand for: at the first place, citing what the table cites."""
    table = scenario.tables[columns.table]
    claim = {"cite": table.cite[0], "reporter": table.reporter}
    return EVENT_TYPES[columns.type].model_validate(
        {
            "id": "row",
            "type": columns.type,
            "place": columns.places[0],
            "by": actor,
            "summary": table.file,
            "claims": [claim],
        }
    )


def row_reading(scenario: Scenario, number: int) -> Reading:
    """One row as a reading of its own; `number` counts through the rows of all tables from 0."""
    columns, row = _row(scenario, number)
    return as_readings(scenario, columns, [row], number - row)[0]


def row_id(scenario: Scenario, number: int) -> str:
    """The id of the event that a row stands for."""
    columns, row = _row(scenario, number)
    return f"table-{columns.table + 1}-row-{row + 1}"


def _row(scenario: Scenario, number: int) -> tuple[Columns, int]:
    for columns in scenario.columns:
        if number < len(columns):
            return columns, number
        number -= len(columns)
    raise IndexError(f"the tables have {number} rows less")
