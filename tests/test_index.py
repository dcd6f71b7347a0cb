"""Random access to a log, against a replay of it by hand: the last row of a key is what holds."""

from __future__ import annotations

from dataclasses import dataclass
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_columns import DAYS, FIRST, TABLES, Table, events, replayed

import replay.timeline.index
from replay.engine.log import LogRows, ordered
from replay.foundation.edtf import spell_day
from replay.model.state import UNKNOWN, Marked, StateKey
from replay.timeline.index import NO_ROW, Index
from replay.timeline.timeline import Timeline


@dataclass(frozen=True)
class Small:
    """A log of some keys: its rows are pairs of a tick and a key, in the order of ticks."""

    ticks: int
    keys: int
    rows: list[tuple[int, int]]

    def columns(self) -> LogRows:
        tick, key = np.array(self.rows, np.int32).reshape(-1, 2).T.copy()
        return LogRows.certain(tick, key, key, key, key)

    def last_rows(self, tick: int) -> list[int]:
        """What `Index.last_rows` should say, by walking through all rows."""
        last = [NO_ROW] * self.keys
        for n, (when, key) in enumerate(self.rows):
            if when <= tick:
                last[key] = n
        return last


@st.composite
def logs(draw: st.DrawFn) -> Small:
    """Logs with rows before their first tick, ticks without rows, and keys without rows."""
    ticks, keys = draw(st.integers(1, 30)), draw(st.integers(1, 5))
    row = st.tuples(st.integers(-3, ticks - 1), st.integers(0, keys - 1))
    return Small(ticks, keys, sorted(draw(st.lists(row, max_size=80)), key=lambda row: row[0]))


@pytest.mark.parametrize("dense_cells", [4_000_000, 0], ids=["a frame a tick", "fewer frames"])
@given(log=logs())
def test_last_rows_are_those_of_a_walk_through_the_log(dense_cells: int, log: Small) -> None:
    with patch.object(replay.timeline.index, "DENSE_CELLS", dense_cells):
        index = Index(log.columns(), log.keys, log.ticks)
    for tick in range(-4, log.ticks + 2):
        wanted = log.last_rows(tick)
        assert index.last_rows(tick).tolist() == wanted
        assert [index.last_row(key, tick) for key in range(log.keys)] == wanted
        assert index.stop(tick) == sum(when <= tick for when, _ in log.rows)
    for key in range(log.keys):
        assert index.history(key).tolist() == [n for n, row in enumerate(log.rows) if row[1] == key]


@given(log=logs())
def test_fewer_frames_take_no_more_memory_than_the_order_of_the_rows(log: Small) -> None:
    with patch.object(replay.timeline.index, "DENSE_CELLS", 0):
        index = Index(log.columns(), log.keys, log.ticks)
    assert len(index.frames) == 1 or index.frames.nbytes <= index.by_key.nbytes


def brute_force(timeline: Timeline, tick: int) -> dict[StateKey, Marked]:
    """What holds at a tick, by walking through all changes."""
    state = {
        key: Marked(UNKNOWN if key.aspect in ("control", "ground") else None)
        for key in timeline.names
    }
    for change in timeline.changes():
        if change.tick <= tick:
            assert change.before == state[change.key]
            state[change.key] = change.after
    return state


@st.composite
def efforts(draw: st.DrawFn) -> str:
    """What launches, halts and feeds an operation, on a day or between two, or as two say."""
    first, more = draw(DAYS), draw(st.integers(0, 2))
    date = f"{spell_day(FIRST + first)}/{spell_day(FIRST + first + more)}"
    said = draw(
        st.sampled_from(
            [
                "type: launch, operation: push",
                "type: halt, operation: push, reason: a storm",
                "type: resume, operation: push",
                "type: complete, operation: push",
                "type: clear, operation: push, place: desert, by: iraq, share: 0.5",
                "type: clear, operation: push, place: desert, by: iraq, km2: 700..900",
                f"type: move, operation: push, by: army, from: village, to: town, "
                f"departed: {spell_day(FIRST)}",
            ]
        )
    )
    later = spell_day(FIRST + first + 3)
    rival = draw(st.sampled_from(["", f", {{cite: paper p2, date: {later}}}"]))
    return f"{said}, date: {date}, claims: [{{cite: article p8}}{rival}]"


EVENTS = st.lists(st.one_of(events(), efforts(), efforts()), max_size=6)
WALKS = st.lists(st.integers(0, 11), min_size=1, max_size=8)


@pytest.mark.parametrize("dense_cells", [4_000_000, 0], ids=["a frame a tick", "fewer frames"])
@settings(max_examples=40)
@given(tables=TABLES, others=EVENTS, walk=WALKS)
def test_any_walk_reaches_the_state_of_a_fresh_replay(
    dense_cells: int, tables: list[Table], others: list[str], walk: list[int]
) -> None:
    script = [f"- {{id: event-{n}, summary: s, {event}}}" for n, event in enumerate(others)]
    with patch.object(replay.timeline.index, "DENSE_CELLS", dense_cells):
        timeline = replayed(script, tables)
        fresh = replayed(script, tables)
        for tick in [*walk, *reversed(walk)]:
            state = {key: timeline.at(tick)[key] for key in timeline.names}
            assert state == brute_force(fresh, tick)
            codes = timeline.codes("control", tick)
            known = [state[key].value or UNKNOWN for key, _ in timeline.keys_of("control")]
            assert [timeline.values[code] or UNKNOWN for code in codes] == known


@given(st.lists(st.integers(0, 2**30)), st.integers(1, 2**30), st.integers(-(2**30), 0))
def test_ordered_is_the_stable_order(numbers: list[int], most: int, least: int) -> None:
    few = np.array([least + n % most for n in numbers], np.int32)
    assert ordered(few).tolist() == np.argsort(few, kind="stable").tolist()
