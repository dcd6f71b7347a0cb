"""Tables of events in a replay: whole columns at once, or row by row where keys are shared."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from replay.events import EVENT_TYPES
from replay.lens import Reading, Version
from replay.log import AMOUNT, Log, TableRows
from replay.model import Event, Scenario, TallyEntry
from replay.model.columns import Codes, Columns, Counted
from replay.state import Key, Step, exactly
from replay.tallies import Series

Block = tuple[Codes, Codes, Codes, Codes, NDArray[np.float64] | None]
"""Columns tick, key, value, event and amount of some changes."""


def table_rows(
    scenario: Scenario, log: Log, touched: set[Key], first_index: int
) -> tuple[TableRows, list[Reading]]:
    """The changes of all tables, sorted by tick; rows on keys in `touched` as readings instead.

    `first_index` is the index of the first such reading, after those of the script.
    """
    blocks: list[Block] = []
    single: list[Reading] = []
    row = 0
    for columns in scenario.columns:
        kept = np.ones(len(columns), bool)
        for n in _shared(scenario, columns, touched):
            kept[n] = False
            index = first_index + len(single)
            single.append(as_reading(scenario, columns, n, index))
        blocks += _blocks(scenario, log, columns, kept, row)
        row += len(columns)
    if not blocks:
        return TableRows.none(), single
    return _sorted(blocks), single


def _blocks(
    scenario: Scenario, log: Log, columns: Columns, kept: NDArray[np.bool_], row: int
) -> Iterable[Block]:
    """What the kept rows of a table change: a block for each aspect and tally."""
    everything = bool(kept.all())
    rows = np.arange(len(columns)) if everything else np.flatnonzero(kept)
    if not len(rows):
        return
    tick, place, by = (
        (columns.tick, columns.place, columns.by)
        if everything
        else (columns.tick[rows], columns.place[rows], columns.by[rows])
    )
    event = np.arange(-row - 1, -row - 1 - len(columns), -1, dtype=np.int32)
    event = event if everything else event[rows]
    for keys, values in _effects_by_pair(scenario, log, columns):
        # keys and values are small tables over (actor, place); -1 where nothing changes
        key = keys[by, place] if keys.shape[0] > 1 else keys[0][place]
        value = values[by, place] if values.shape[1] > 1 else values[by, 0]
        some = key >= 0
        if some.all():
            yield tick, key, value, event, None
        else:
            yield tick[some], key[some], value[some], event[some], None
    for counted in columns.counted:
        yield _tally_block(log, columns, counted, rows, tick, place, event)


def _effects_by_pair(
    scenario: Scenario, log: Log, columns: Columns
) -> Iterable[tuple[Codes, Codes]]:
    """For each effect of the event type, the key and value codes by actor and place.

    The event type itself is asked, once for each actor and place that occur, so that a table and
    the same events one by one can only agree. Where neither depends on the other, the tables are
    as small as one row or one column.
    """
    sides = [n for n, actor in enumerate(columns.actors) if actor in scenario.side]
    if len(sides) == len(columns.actors):
        keys = np.empty((1, len(columns.places)), np.int32)
        values = np.empty((len(columns.actors), 1), np.int32)
        aspect = _effects(scenario, columns, 0, 0)[0][0].aspect
        for p, place in enumerate(columns.places):
            keys[0, p] = log.key(Key(aspect, place))
        for a in range(len(columns.actors)):
            values[a, 0] = log.code(_effects(scenario, columns, a, 0)[0][1](None))
        yield keys, values
        return
    shape = (len(columns.actors), len(columns.places))
    pairs = np.unique(columns.by.astype(np.int64) * shape[1] + columns.place)
    found: list[tuple[Codes, Codes]] = []
    for pair in pairs.tolist():
        a, p = divmod(pair, shape[1])
        for n, (key, step) in enumerate(_effects(scenario, columns, a, p)):
            if n == len(found):
                found.append((np.full(shape, -1, np.int32), np.zeros(shape, np.int32)))
            found[n][0][a, p] = log.key(key)
            found[n][1][a, p] = log.code(step(None))
    yield from found


def _effects(
    scenario: Scenario, columns: Columns, actor: int, place: int
) -> list[tuple[Key, Step]]:
    event = _event(scenario, columns, 0, columns.places[place], columns.actors[actor], ())
    return list(event.effects(scenario))


def _tally_block(
    log: Log,
    columns: Columns,
    counted: Counted,
    rows: NDArray[np.int64],
    tick: Codes,
    place: Codes,
    event: Codes,
) -> Block:
    """Running totals of a tally column: increments summed within each place, in order of ticks."""
    keys = np.empty(len(columns.places), np.int32)
    for p, name in enumerate(columns.places):
        where = Series(counted.name, counted.unit, counted.of, (name,), columns.counted_by)
        keys[p] = log.key(Key("tally", where.id))
    order = np.argsort(
        place.astype(np.int64) * (int(tick.max()) - int(tick.min()) + 1) + (tick - tick.min()),
        kind="stable",
    )
    sums = np.cumsum(counted.numbers[rows][order])
    grouped = place[order]
    begins = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]])
    before = np.r_[0.0, sums[begins[1:] - 1]]
    sums -= np.repeat(before, np.diff(np.r_[begins, len(grouped)]))
    amount = np.empty(len(sums))
    amount[order] = sums
    value = np.full(len(rows), AMOUNT, np.int32)
    return tick, keys[place], value, event, amount


def _sorted(blocks: list[Block]) -> TableRows:
    """All blocks in the order of ticks, and within a tick in the order of the script."""
    amounts = any(block[4] is not None for block in blocks)
    if len(blocks) == 1:
        tick, key, value, event, amount = blocks[0]
    else:
        tick, key, value, event = (np.concatenate([b[n] for b in blocks]) for n in range(4))
        amount = None
        if amounts:
            parts = [np.zeros(len(b[0])) if b[4] is None else b[4] for b in blocks]
            amount = np.concatenate(parts)
    low, high = int(tick.min()), int(tick.max())
    narrow = tick - low
    kind = np.uint16 if high - low < 65536 else np.int32  # numpy sorts 16 bits by radix
    order = np.argsort(narrow.astype(kind), kind="stable")
    return TableRows(
        tick[order],
        key[order],
        value[order],
        event[order],
        None if amount is None else amount[order],
    )


# --- rows one by one --------------------------------------------------------------------------


def _shared(scenario: Scenario, columns: Columns, touched: set[Key]) -> list[int]:
    """Rows of a table that change a key which events of the script change too."""
    if not touched:
        return []
    places = {p for p, place in enumerate(columns.places) if _meets(place, columns, touched)}
    if not places:
        return []
    return np.flatnonzero(np.isin(columns.place, sorted(places))).tolist()


def _meets(place: str, columns: Columns, touched: set[Key]) -> bool:
    if any(Key(aspect, place) in touched for aspect in ("control", "formation", "progress")):
        return True
    if any(Key("presence", f"{actor}@{place}") in touched for actor in columns.actors):
        return True
    return any(
        Key("tally", Series(c.name, c.unit, c.of, (place,), columns.counted_by).id) in touched
        for c in columns.counted
    )


def as_reading(scenario: Scenario, columns: Columns, row: int, index: int) -> Reading:
    """One row of a table as a reading of its own."""
    place, actor = columns.places[columns.place[row]], columns.actors[columns.by[row]]
    tallies = tuple(
        TallyEntry(name=c.name, unit=c.unit, of=c.of, add=exactly(float(c.numbers[row])))
        for c in columns.counted
    )
    event = _event(scenario, columns, row, place, actor, tallies)
    tick = int(columns.tick[row])
    version = Version(event, tick, tick, (0,))
    minute = scenario.calendar.begin(tick + 1) - 1
    return Reading(index, event, (version,), (minute, 0, index), lambda claims: (0.0,))


def _event(
    scenario: Scenario,
    columns: Columns,
    row: int,
    place: str,
    actor: str,
    tallies: tuple[TallyEntry, ...],
) -> Event:
    """The event that a row stands for; it cites what its table cites."""
    table = scenario.tables[columns.table]
    cls = EVENT_TYPES[columns.type]
    claim = {"cite": table.cite[0]}
    if table.reporter:
        claim["reporter"] = table.reporter
    return cls.model_validate(
        {
            "id": f"table-{columns.table + 1}-row-{row + 1}",
            "type": columns.type,
            "date": scenario.calendar.label(int(columns.tick[row])),
            "place": place,
            "by": actor,
            "summary": f"row {row + 1} of {table.file}",
            "claims": [claim],
            "tallies": tallies,
        }
    )
