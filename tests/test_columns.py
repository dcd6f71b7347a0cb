"""Tables of events: columns from the file to the log, and the same as their rows one by one."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import script
from hypothesis import given, settings
from hypothesis import strategies as st

from replay.analysis.certainty import certainty
from replay.analysis.lint.registry import lint
from replay.foundation.edtf import day_date as day_number
from replay.foundation.edtf import spell_day
from replay.foundation.errors import ScenarioError
from replay.frontends.cli import start
from replay.lens import LENSES
from replay.model.state import Marked, StateKey, TallyKey, held, presence_of, tally_of
from replay.outputs.formats import export
from replay.pipeline import run
from replay.script.load import load
from replay.timeline.explanation import explain
from replay.timeline.timeline import Timeline

FIRST = day_number("2017-10-23")
"""Two days before the window of the tests begins."""


class Row(NamedTuple):
    """A day from FIRST, who did it where, how many were killed if it says, the hour if it does."""

    day: int
    place: str
    by: str
    killed: int | None = None
    hour: int | None = None

    @property
    def date(self) -> str:
        return spell_day(FIRST + self.day) + ("" if self.hour is None else f"T{self.hour:02d}")


class Table(NamedTuple):
    """The type of its events, its rows, the sources that say so, and who speaks in them."""

    type: str
    rows: list[Row]
    sources: list[str] = ["article"]
    reporter: str | None = None


def replayed(
    events: Sequence[str],
    tables: Sequence[Table] = (),
    lens: str = "default",
    known_on: str | None = None,
) -> Timeline:
    """The replay of events, and of tables that are written as files beside the script."""
    text = script("\n".join(events))
    if tables:
        text += "tables:\n"
    with tempfile.TemporaryDirectory() as folder:
        for n, table in enumerate(tables, 1):
            cited = ", ".join(f"{source} p{n}" for source in table.sources)
            reporter = f"reporter: {table.reporter}, " if table.reporter else ""
            text += (
                f"  - {{file: {n}.csv, type: {table.type}, cite: [{cited}], {reporter}"
                "tallies: [{name: killed, of: isil, column: dead}]}\n"
            )
            with (Path(folder) / f"{n}.csv").open("w", newline="") as file:
                lines = csv.writer(file)
                lines.writerow(["date", "place", "by", "dead"])
                lines.writerows([row.date, row.place, row.by, row.killed] for row in table.rows)
        path = Path(folder) / "scenario.yaml"
        path.write_text(text, "utf-8")
        return run(path, lens, known_on)


def singly(tables: Sequence[Table]) -> list[str]:
    """The rows of tables as events of the script."""
    return [
        _event(f"table-{t}-row-{n}", f"{_sentence(table, row)} (row {n} of {t}.csv)", table, row, t)
        for t, table in enumerate(tables, 1)
        for n, row in enumerate(table.rows, 1)
    ]


NAMES = {"iraq": "government", "isil": "ISIL", "army": "the army", "fighters": "ISIL fighters"}


def _sentence(table: Table, row: Row) -> str:
    verb = {"capture": "takes", "hold": "holds"}[table.type]
    return f"{NAMES[row.by]} {verb} {row.place.capitalize()}"


def _event(name: str, summary: str, table: Table, row: Row, paragraph: int) -> str:
    said = f", reporter: {table.reporter}" if table.reporter else ""
    claims = ", ".join(f"{{cite: {source} p{paragraph}{said}}}" for source in table.sources)
    killed = (
        f"{{name: killed, of: isil, distinct: true, add: {row.killed}}}"
        if row.killed is not None
        else ""
    )
    return (
        f"- {{id: {name}, type: {table.type}, date: {row.date}, place: {row.place}, by: {row.by}, "
        f"summary: {summary}, tallies: [{killed}], claims: [{claims}]}}"
    )


def told(timeline: Timeline) -> dict[StateKey, list[tuple[object, ...]]]:
    """The history of every key that has one: when it became what, by which event.

    Of a tally what it comes to in each tick: rows of one tick are added up in any order.
    """
    return {
        key: [(c.tick, c.after, c.event, c.claim) for c in history]
        if key.aspect != "tally"
        else list({c.tick: c.after for c in history}.items())
        for key in timeline.names
        if (history := timeline.history(key))
    }


DAYS = st.integers(0, 12)
ROWS = st.lists(
    st.builds(
        Row,
        DAYS,
        st.sampled_from(["town", "station", "village"]),
        st.sampled_from(["iraq", "isil", "army", "fighters"]),
        st.none() | st.integers(0, 9),
        st.none() | st.integers(0, 23),
    ),
    min_size=1,
    max_size=12,
)
SOURCES = ["article", "paper", "copy"]
TABLES = st.lists(
    st.builds(
        Table,
        st.sampled_from(["capture", "hold"]),
        ROWS,
        st.lists(st.sampled_from(SOURCES), min_size=1, max_size=2, unique=True),
        st.sampled_from([None, "general", "reporter"]),
    ),
    min_size=1,
    max_size=2,
)
ARGUMENTS = {"only": SOURCES, "without": SOURCES, "official": ["iraq", "isil"]}
SHIPPED = [
    f"{name}:{argument}" if argument else name
    for name in LENSES
    for argument in ARGUMENTS.get(name, [""])
]
"""Every lens that ships, with each argument that it can take."""
REPORTED = [None, "2017-11-03", "2017-11-04"]
"""The newspaper is of 4 November; when the article was published nobody knows."""


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


PARTIAL_SUMS = {"order", "before", "after", "could"}


def exported(timeline: Timeline) -> tuple[list[str], dict[str, Any]]:
    """What the data formats write, but for the record of the tables themselves, and what several
    counters come to together: rows of tables are counted, and not weighed against one another."""
    with tempfile.TemporaryDirectory() as folder:
        log = export(timeline, Path(folder) / "log.csv").read_text("utf-8")
        whole = json.loads(export(timeline, Path(folder) / "log.json").read_text("utf-8"))
    del whole["scenario"]["tables"], whole["tallies"]
    whole["disputes"] = [
        d for d in whole["disputes"] if not (d["aspect"] == "tally" and not d["of"]["counted_by"])
    ]
    for change in whole["changes"]:  # changes of several things in one tick are in any order
        del change["order"]
        if change["aspect"] == "tally":  # so are the numbers that are added in one tick
            del change["before"], change["after"]
    whole["changes"].sort(key=json.dumps)
    lines = list(csv.DictReader(io.StringIO(log.lstrip("\ufeff"))))
    for line in lines:
        for column in PARTIAL_SUMS if line["aspect"] == "tally" else ["order"]:
            del line[column]
    return sorted([json.dumps(line) for line in lines]), whole


@settings(max_examples=150)
@given(TABLES, st.lists(events(), max_size=2), st.sampled_from(SHIPPED), st.sampled_from(REPORTED))
def test_a_table_replays_to_the_same_as_its_rows_one_by_one(
    tables: list[Table], others: list[str], lens: str, known_on: str | None
) -> None:
    script_events = [
        f"- {{id: event-{n}, summary: s, {event}}}" for n, event in enumerate(others, 1)
    ]
    columns = replayed(script_events, tables, lens, known_on)
    single = replayed([*script_events, *singly(tables)], (), lens, known_on)
    assert told(columns) == told(single)
    assert str(columns) == str(single)
    assert exported(columns) == exported(single)
    for tick in range(columns.scenario.calendar.ticks):
        here, there = columns.at(tick), single.at(tick)
        assert {key: here[key] for key in single.names} == {k: there[k] for k in single.names}
        happened = [[r.event.id for r in t.events_on(tick)] for t in (columns, single)]
        assert happened[0] == happened[1]


def test_a_lens_that_does_not_admit_the_source_admits_no_row() -> None:
    table = Table("capture", [Row(3, "town", "army", 4)], ["paper"])
    assert len(replayed([], [table], "without:paper").rows) == 0
    assert len(replayed([], [table], "only:article").rows) == 0
    assert replayed([], [table], "only:paper").at(3).control["town"].value == held("iraq")


def test_a_row_is_known_from_the_day_on_which_its_source_was_published() -> None:
    paper, article = (
        Table("capture", [Row(3, place, "army", 4)], [source])
        for place, source in (("town", "paper"), ("station", "article"))
    )
    known = {
        day: list(told(replayed([], [paper, article], known_on=day)))
        for day in ("2017-11-03", "2017-11-04", "2030-01-01")
    }
    assert known["2017-11-03"] == []
    assert set(known["2017-11-04"]) >= {presence_of("army", "town"), killed("town", "paper")}
    assert known["2030-01-01"] == known["2017-11-04"], "the article has no latest day"


def test_a_row_names_the_claim_that_the_lens_ranks_first() -> None:
    table = Table("capture", [Row(3, "town", "army")], ["article", "paper"])
    for lens, claim in (("default", 1), ("only:article", 0), ("without:article", 1)):
        (change,) = replayed([], [table], lens).history(StateKey("control", "town"))
        assert change.claim == claim, "the paper has the later report date"


def test_an_hour_orders_the_rows_of_a_day_before_the_file_does() -> None:
    rows = [Row(3, "town", "isil"), Row(3, "town", "army", hour=20), Row(3, "town", "isil", hour=5)]
    changes = replayed([], [Table("capture", rows)]).history(StateKey("control", "town"))
    assert [change.event[-1] for change in changes] == ["3", "2", "1"]


def test_the_last_hour_of_a_day_and_the_day_itself_end_together() -> None:
    rows = [
        Row(3, "town", "isil", hour=23),
        Row(3, "town", "army"),
        Row(3, "town", "isil", hour=23),
    ]
    changes = replayed([], [Table("capture", rows)]).history(StateKey("control", "town"))
    assert [change.event[-1] for change in changes] == ["2", "1", "3"], "what can have begun first"
    assert changes[-1].after.could == (held("iraq"),)


def test_a_row_without_a_number_says_nothing_of_the_tally() -> None:
    rows = [Row(3, "town", "iraq", 5), Row(4, "town", "iraq"), Row(5, "station", "iraq")]
    tallies = [key for key, _ in replayed([], [Table("capture", rows)]).keys_of("tally")]
    assert tallies == [killed("town")]


def killed(place: str, source: str = "article") -> StateKey:
    """The key of the men of ISIL that a source counts as killed at a place."""
    return tally_of(TallyKey("killed", "persons", "isil", (place,), source))


@pytest.mark.parametrize("turned", [False, True])
def test_rows_of_a_day_are_in_no_order_but_that_of_hours(turned: bool) -> None:
    rows = [Row(3, "town", "isil"), Row(2, "town", "army"), Row(3, "town", "iraq")]
    timeline = replayed([], [Table("capture", rows[::-1] if turned else rows)])
    assert timeline.at(3).control["town"] == Marked(held("isil"), "possible", (held("iraq"),))
    why = explain(timeline, StateKey("control", "town"), 3)
    assert len(why.because) == len(why.pending) == 1, "either row names the other"
    assert [h.control for h in certainty(timeline, ["town"]).places[0].at(3).held] == [
        held("iraq"),
        held("isil"),
    ]
    (finding,) = [f for f in lint(timeline) if f.code == "L306"]
    assert finding.of == timeline.scenario.tables[0].file
    rows = [Row(3, "town", "isil", hour=5), Row(3, "town", "army", hour=7)]
    state = replayed([], [Table("capture", rows[::-1] if turned else rows)]).at(3)
    assert state.control["town"] == Marked(held("iraq"))


def test_a_row_answers_why_it_is_so() -> None:
    rows = [Row(3, "town", "army"), Row(4, "station", "isil")]
    timeline = replayed([], [Table("capture", rows)])
    change = timeline.history(StateKey("control", "station"))[0]
    reading = timeline.cause(change.order)
    assert reading.event.id == change.event == "table-1-row-2"
    assert reading.event.sentence(timeline.scenario) == "ISIL takes Station"
    assert str(reading.claim(0).cite) == "article p1"


def test_tables_with_one_tally_add_up_together() -> None:
    tables = [
        Table("capture", [Row(3, "town", "iraq", 2)]),
        Table("hold", [Row(4, "town", "iraq", 5)]),
    ]
    timeline = replayed([], tables)
    assert str(timeline.at(11)[killed("town")]) == "7"


def test_rows_after_the_window_change_nothing() -> None:
    rows = [Row(40, "town", "iraq", 0), Row(3, "station", "iraq", 0)]
    timeline = replayed([], [Table("capture", rows)])
    assert set(timeline.names) == {
        StateKey("control", "station"),
        killed("station"),
    }


@pytest.mark.parametrize("count", ["nan", "inf", "-3", "1e3", "some", " 5"])
def test_a_count_is_a_plain_number(count: str) -> None:
    with pytest.raises(ScenarioError, match=r"1\.csv:2:\d+: E109 .* is not a plain number"):
        replayed([], [Table("capture", [Row(3, "town", "iraq", count)])])  # type: ignore[arg-type]


# --- how a table is written ---------------------------------------------------------------------

TABLE = "tables: [{file: t.csv, type: capture, cite: paper p2, columns: {date: day of it}, tallies: [{name: killed, of: isil, column: dead}]%s}]\n"
HEADER = ["place", "note", "day of it", "by", "dead"]
LINES = [
    ["town", "a; b, c|d\te", "2017-10-27", "army", "5"],
    ["village", 'said "no";\nthen left', "2017-10-28", "militia", ""],
    ["station", ",,,;;;;\t\t|||||||", "2017-10-29", "army", "12.5"],
]


def written(folder: Path, text: str, more: str = "") -> Path:
    """A scenario whose table is a text."""
    (folder / "scenario.yaml").write_text(script("") + TABLE % more, "utf-8")
    (folder / "t.csv").write_bytes(text.encode())
    return folder


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("sign", list(",;\t|"))
def test_a_table_is_read_whatever_separates_its_columns(
    tmp_path: Path, sign: str, quoting: Any, end: str, mark: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=sign, quoting=quoting, lineterminator=end).writerows(
        [HEADER, *LINES]
    )
    [columns] = load(written(tmp_path, mark + text.getvalue())).columns
    assert [columns.places[n] for n in columns.place] == ["town", "village", "station"]
    assert [columns.actors[n] for n in columns.by] == ["army", "militia", "army"]
    assert [str(columns.dates[n]) for n in columns.date] == [line[2] for line in LINES]
    assert str(columns.counted[0].numbers.tolist()) == "[5.0, nan, 12.5]"
    assert columns.unread == ("note",)


def test_a_named_separator_counts_and_a_wrong_guess_is_told(tmp_path: Path) -> None:
    text = "place#day of it#by#dead\ntown#2017-10-27#army#5\n"
    with pytest.raises(ScenarioError) as found:
        load(written(tmp_path, text))
    assert "name the separator: `separator: semicolon`" in str(found.value)
    odd = "place,x;day of it;by;dead\ntown;2017-10-27;army;5\n"
    with pytest.raises(ScenarioError, match="no column 'place'"):
        load(written(tmp_path, odd, ", separator: semicolon"))
    with pytest.raises(ScenarioError, match="did you mean 'semicolon'"):
        load(written(tmp_path, odd, ", separator: semi-colon"))


def test_a_wrong_row_shows_the_columns_as_the_table_separates_them(tmp_path: Path) -> None:
    text = "place;day of it;by;dead\ntown;2017-10-27;army;5\ntown;2017-10-27;arny;5\ntown;2017-10-27;army\n"
    with pytest.raises(ScenarioError) as found:
        load(written(tmp_path, text))
    told = str(found.value)
    assert "t.csv:3:17: E109 there is no force or side 'arny'" in told
    assert "the columns are place;day of it;by;dead" in told


def test_check_lists_the_columns_that_nothing_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "place,day of it,by,dead,lat,note\ntown,2017-10-27,army,5,34,\n"
    start(["check", str(written(tmp_path, text))])
    assert "Table t.csv: 1 row; columns not read: lat, note." in capsys.readouterr().out
    start(["check", str(tmp_path), "--json"])
    tables = json.loads(capsys.readouterr().out)["tables"]
    assert tables == [{"file": "t.csv", "rows": 1, "unread": ["lat", "note"]}]


def test_an_hour_within_a_day_is_answered_for_rows_of_tables_too() -> None:
    rows = [Row(3, "town", "army", hour=6), Row(8, "town", "isil")]
    timeline = replayed([], [Table("capture", rows)])
    day = FIRST + 3
    holders = [
        timeline.at(f"{spell_day(day)}T{hour:02d}").control["town"].value for hour in (5, 12)
    ]
    assert holders[0] != held("iraq")
    assert holders[1] == held("iraq"), "the row of five days later has not happened yet"
