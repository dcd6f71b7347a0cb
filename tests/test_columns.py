"""Tables of events: columns from the file to the log, and the same as their rows one by one."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import script
from hypothesis import given, settings
from hypothesis import strategies as st

from replay.dates import day as day_number
from replay.dates import spell_day
from replay.problems import Problems
from replay.run import run
from replay.state import Key, held
from replay.timeline import Timeline

FIRST = day_number("2017-10-23")
"""Two days before the window of the tests begins."""

Row = tuple[int, str, str, int]
"""A day from FIRST, a place, an actor, and how many were killed."""
Table = tuple[str, list[Row]]
"""The type of its events, and its rows."""


def replayed(events: Sequence[str], tables: Sequence[Table] = ()) -> Timeline:
    """The replay of events, and of tables that are written as files beside the script."""
    text = script("\n".join(events))
    if tables:
        text += "tables:\n"
    with tempfile.TemporaryDirectory() as folder:
        for n, (kind, rows) in enumerate(tables, 1):
            text += (
                f"  - {{file: {n}.csv, type: {kind}, cite: article p{n}, "
                "tallies: [{name: killed, of: isil, column: dead}]}\n"
            )
            with (Path(folder) / f"{n}.csv").open("w", newline="") as file:
                table = csv.writer(file)
                table.writerow(["date", "place", "by", "dead"])
                table.writerows([spell_day(FIRST + row[0]), *row[1:]] for row in rows)
        path = Path(folder) / "scenario.yaml"
        path.write_text(text, "utf-8")
        return run(path)


def singly(tables: Sequence[Table]) -> list[str]:
    """The rows of tables as events of the script."""
    return [
        f"- {{id: table-{t}-row-{n}, type: {kind}, date: {spell_day(FIRST + day)}, place: {place}, "
        f"by: {by}, summary: s, tallies: [{{name: killed, of: isil, add: {dead}}}], "
        f"claims: [{{cite: article p{t}}}]}}"
        for t, (kind, rows) in enumerate(tables, 1)
        for n, (day, place, by, dead) in enumerate(rows, 1)
    ]


def told(timeline: Timeline) -> dict[Key, list[tuple[object, ...]]]:
    """The history of every key that has one: when it became what, by which event."""
    return {
        key: [(c.tick, c.after, c.event, c.claim) for c in history]
        for key in timeline.names
        if (history := timeline.history(key))
    }


DAYS = st.integers(0, 12)
ROWS = st.lists(
    st.tuples(
        DAYS,
        st.sampled_from(["town", "station", "village"]),
        st.sampled_from(["iraq", "isil", "army", "fighters"]),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=12,
)
TABLES = st.lists(st.tuples(st.sampled_from(["capture", "hold"]), ROWS), min_size=1, max_size=2)


@st.composite
def events(draw: st.DrawFn) -> str:
    """An event of the script, on a day or between two, at one of two of the tables' places."""
    first, more = draw(DAYS), draw(st.integers(0, 3))
    date = f"{spell_day(FIRST + first)}/{spell_day(FIRST + first + more)}"
    said = draw(
        st.sampled_from(
            [
                "type: capture, by: [army, militia]",
                "type: contest, by: peshmerga",
                "type: withdraw, by: isil",
                "type: report-presence, by: fighters",
                "type: count, tallies: [{name: killed, of: isil, total: 5, counted_by: article}]",
                "type: clash, by: army, tallies: [{name: killed, of: isil, add: 3}]",
            ]
        )
    )
    rival = draw(st.sampled_from(["", ", {cite: paper p1, place: station}", ", {cite: paper p2}"]))
    place = draw(st.sampled_from(["town", "station"]))
    return f"{said}, date: {date}, place: {place}, claims: [{{cite: article p9}}{rival}]"


@settings(max_examples=150, deadline=None)
@given(TABLES, st.lists(events(), max_size=2))
def test_a_table_replays_to_the_same_as_its_rows_one_by_one(
    tables: list[Table], others: list[str]
) -> None:
    script_events = [
        f"- {{id: event-{n}, summary: s, {event}}}" for n, event in enumerate(others, 1)
    ]
    columns = replayed(script_events, tables)
    single = replayed([*script_events, *singly(tables)])
    assert told(columns) == told(single)
    for tick in range(columns.scenario.calendar.ticks):
        here, there = columns.at(tick), single.at(tick)
        assert {key: here[key] for key in single.names} == {k: there[k] for k in single.names}


def test_the_rows_of_a_day_follow_the_order_of_the_file() -> None:
    rows = [(3, "town", "isil", 0), (2, "town", "army", 0), (3, "town", "iraq", 0)]
    timeline = replayed([], [("capture", rows)])
    changes = timeline.history(Key("control", "town"))
    assert [change.event for change in changes] == [
        "table-1-row-2",
        "table-1-row-1",
        "table-1-row-3",
    ]
    assert [change.after.value for change in changes] == [held("iraq"), held("isil"), held("iraq")]


def test_a_row_answers_why_it_is_so() -> None:
    timeline = replayed([], [("capture", [(3, "town", "army", 0), (4, "station", "isil", 0)])])
    change = timeline.history(Key("control", "station"))[0]
    reading = timeline.cause(change.order)
    assert reading.event.id == change.event == "table-1-row-2"
    assert reading.event.sentence(timeline.scenario) == "ISIL takes Station"
    assert str(reading.claim(0).cite) == "article p1"


def test_tables_with_one_tally_add_up_together() -> None:
    tables = [("capture", [(3, "town", "iraq", 2)]), ("hold", [(4, "town", "iraq", 5)])]
    timeline = replayed([], tables)
    assert str(timeline.at(11)[Key("tally", "killed|persons|isil|town|article")]) == "7"


def test_rows_after_the_window_change_nothing() -> None:
    timeline = replayed([], [("capture", [(40, "town", "iraq", 0), (3, "station", "iraq", 0)])])
    assert set(told(timeline)) == {
        Key("control", "station"),
        Key("tally", "killed|persons|isil|station|article"),
    }


@pytest.mark.parametrize("count", ["nan", "inf", "-3", "1e3", "some", " 5"])
def test_a_count_is_a_plain_number(count: str) -> None:
    with pytest.raises(Problems, match=r"1\.csv:2:\d+: E109 .* is no plain number"):
        replayed([], [("capture", [(3, "town", "iraq", count)])])  # type: ignore[list-item]
