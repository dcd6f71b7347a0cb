"""Charts over time: their numbers are those of the replay, and every one says what it rests on."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest
from pages import clipped, collisions, words
from small_campaign import campaign

from replay.analysis.delay import delays
from replay.analysis.tallies import tally_rows as tally_rows
from replay.frontends.cli import start
from replay.model.state import StateKey
from replay.picture.charts import CHARTS, chart_of
from replay.picture.charts.plot import Plot, spread, steps
from replay.picture.items import Box, Line, Symbol, Text
from replay.picture.layers.text_metrics import width
from replay.picture.pages.chart import chart_page, page_of
from replay.pipeline import run
from replay.timeline.timeline import Timeline

NAMES = [*CHARTS, "killed", "villages taken"]


@pytest.fixture(scope="module")
def flagship() -> Timeline:
    return run("western-iraq-2017")


@pytest.fixture(scope="module")
def known() -> Timeline:
    return run("western-iraq-2017", "default", "2017-10-31")


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_names_its_lens_its_sources_and_the_window(
    name: str, flagship: Timeline
) -> None:
    picture = chart_page(flagship, chart_of(flagship, name), page_of())
    said = words(picture)
    assert "Lens: default" in said
    assert "15 September – 10 December 2017" in said
    assert "Rests on " in said
    assert "Al-Qa'im" in said
    assert clipped(picture) == []
    assert collisions(picture) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_was_known_on_a_day_ends_there(name: str, known: Timeline) -> None:
    picture = chart_page(known, chart_of(known, name), page_of())
    said = words(picture)
    assert "known on 31 October 2017" in said
    assert "nothing of these days was known" in said
    assert clipped(picture) == []
    assert collisions(picture) == []


def test_places_held_are_the_letters_of_the_strip(flagship: Timeline) -> None:
    """The oracle is the control strip: a letter a place and day, besieged places apart."""
    letters = [line for line in flagship.strip().splitlines() if line and line[0] != " "]
    shown = {
        (row["held_by"], row["day"]): row["shown"] for row in chart_of(flagship, "places").rows
    }
    begin = max(len(line) for line in letters) - flagship.scenario.calendar.ticks
    for tick in range(0, flagship.scenario.calendar.ticks, 5):
        day = flagship.scenario.calendar.label(tick)
        column = [line[begin + tick] for line in letters]
        besieged = sum(
            getattr(flagship.at(tick)[StateKey("control", key.of)].value, "status", "")
            == "besieged"
            for key, _ in flagship.keys_of("control")
        )
        assert shown["iraq", day] == column.count("G")
        assert shown["isil", day] == column.count("i") + besieged


def test_the_bounds_of_places_hold_what_is_shown(flagship: Timeline) -> None:
    for row in chart_of(flagship, "places").rows:
        assert 0 <= row["low"] <= row["possible"] <= row["high"]
        assert row["low"] <= row["shown"] <= row["high"]


def test_events_are_counted_on_the_day_on_which_they_had_happened(flagship: Timeline) -> None:
    rows = chart_of(flagship, "events").rows
    for row in rows:
        assert row["events"] == len(flagship.events_on(flagship.tick(row["day"])))
        assert row["events"] == row["on_that_day"] + row["by_that_day"] + row["sources_differ"]
    inside = [r for r in flagship.readings if r.dated and r.shown.latest >= 0]
    assert sum(row["events"] for row in rows) == len(inside)


def test_numbers_end_where_the_tally_does(flagship: Timeline) -> None:
    last = flagship.scenario.calendar.ticks - 1
    day = flagship.scenario.calendar.label(last)
    told = {
        (row.name, row.of): row.number
        for row in sorted(tally_rows(flagship, last, "killed"), key=lambda r: r.counted_by is None)
    }
    drawn = [r for r in chart_of(flagship, "killed").rows if r["counted_by"] is None]
    at_end = {(r["name"], r["of"]): r for r in drawn if r["day"] == day}
    assert at_end.keys() == told.keys()
    for subject, row in at_end.items():
        number = told[subject]
        assert (row["low"], row["best"], row["high"]) == (number.low, number.best, number.high)


def test_every_count_is_drawn_with_its_counter(flagship: Timeline) -> None:
    chart = chart_of(flagship, "villages taken")
    said = words(chart_page(flagship, chart, page_of()))
    counters = {row["counted_by"] for row in chart.rows if row["counted_by"]}
    assert len(counters) > 5
    for counter in counters:
        assert flagship.scenario.name(counter) in said


def test_ground_is_what_the_replay_makes_of_it_and_what_was_reported(flagship: Timeline) -> None:
    rows = [r for r in chart_of(flagship, "ground").rows if r["of"] == "al-jazira-desert"]
    replayed = {r["day"]: r for r in rows if r["who"] is None}
    assert replayed["2017-11-24"]["basis"] == "documented"
    assert (replayed["2017-11-24"]["low"], replayed["2017-11-24"]["best"]) == (2160, 2400)
    assert replayed["2017-12-08"]["basis"] == "interpolated"
    assert "2017-11-20" not in replayed, "nothing is said of the desert before the 21st"
    said = {r["who"] for r in rows if r["who"]}
    assert any("p41.s2" in who for who in said)


def test_every_delay_is_plotted_or_listed(flagship: Timeline) -> None:
    chart = chart_of(flagship, "delay")
    found = delays(flagship)
    assert [row["event"] for row in chart.rows] == [one.event for one in found]
    box = Box(0, 0, 1200, 500)
    marks = {item.of for item in chart.draw(box, 1.0) if isinstance(item, Symbol)}
    assert marks <= {one.event for one in found}
    assert len(marks) > 20


def test_a_replay_that_admits_nothing_is_drawn_without_data(flagship: Timeline) -> None:
    nothing = run(flagship.scenario, "default", "2000-01-01")
    for name in CHARTS:
        chart = chart_of(nothing, name)
        picture = chart_page(nothing, chart, page_of())
        assert "known on 1 January 2000" in words(picture)


# --- axes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("top", [0.4, 1, 2, 3, 7, 12, 47, 99, 128, 34100, 1e6])
def test_values_on_an_axis_are_round_and_reach_to_the_top(top: float) -> None:
    values = steps(top)
    assert values[0] == 0
    assert values[-1] >= top
    assert len(values) <= 8
    assert len({round(b - a, 9) for a, b in pairwise(values)}) == 1


def test_labels_are_kept_apart() -> None:
    heights = spread([(100, "a"), (101, "b"), (102, "c"), (300, "d")], 15, 0, 400)
    assert all(b - a >= 15 for a, b in pairwise(heights))
    assert heights[3] == 300


def test_a_step_stands_on_the_days_for_which_it_holds(flagship: Timeline) -> None:
    plot = Plot(flagship, Box(0, 0, 870, 100), 10.0, 1.0)
    points = list(plot.steps([1, 1, 4], 0, 3))
    assert points == [(0, 90), (20, 90), (20, 60), (30, 60)]


# --- command ----------------------------------------------------------------------------------


def test_the_numbers_are_written_as_json_and_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert start(["chart", ".", "places", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["lens"] == "default"
    assert told["known_on"] is None
    assert start(["chart", ".", "places", "-o", "places.csv"]) == 0
    with (tmp_path / "places.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [{k: str(v) for k, v in row.items()} for row in told["rows"]] == written
    assert [p.name for p in tmp_path.glob("*.png")] == []


def test_without_a_name_the_charts_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign(tmp_path)
    assert start(["chart", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    for name in (*CHARTS, "strikes"):
        assert f"\n  {name} " in f"\n{told}"
    assert start(["chart", str(tmp_path), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["counted"]) == {"strikes"}


@pytest.mark.parametrize("name", [*CHARTS, "strikes"])
def test_every_chart_is_drawn_the_same_again(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign(tmp_path)
    monkeypatch.chdir(tmp_path)
    for file in ("a.svg", "b.svg"):
        assert start(["chart", ".", name, "-o", file, "--size", "700x400"]) == 0
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_dates_before_christ_and_foreign_names_are_written(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(
        "scenario: gaul\ntitle: A march in Gaul\nwindow: -0051-11-20/-0050-02-10\n"
        "sides:\n  - {id: rome, name: القائم, letter: R}\n"
        "sources:\n  - {id: bg, title: De bello Gallico, locators: own}\n"
        "places:\n  - {id: gergovia, name: Gergovia}\n"
        "events:\n  - {id: taken, type: capture, date: -0051-12-24, place: gergovia, by: rome,\n"
        "     summary: It is taken., claims: [{cite: bg 7.68}]}\n",
        "utf-8",
    )
    gaul = run(tmp_path)
    said = words(chart_page(gaul, chart_of(gaul, "places"), page_of())).splitlines()
    assert "20 November 52 BC" in said
    assert "January 51 BC" in said
    assert "القائم 1" in said


def test_the_rows_of_a_table_are_on_the_charts_too(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(
        "date,place,by,dead\n2017-10-26,town,iraq,3\n2017-10-26,a,iraq,\n2017-10-28,town,isil,4\n",
        "utf-8",
    )
    table = "tables:\n  - {file: rows.csv, type: capture, cite: article p3,"
    table += " tallies: [{name: dead, of: isil, column: dead}]}\n"
    with_rows = campaign(tmp_path, table)
    events = {row["day"]: row["events"] for row in chart_of(with_rows, "events").rows}
    assert events["2017-10-28"] == 2  # the station, and a row
    held = {(r["held_by"], r["day"]): r["shown"] for r in chart_of(with_rows, "places").rows}
    assert held["iraq", "2017-10-26"] == held["iraq", "2017-10-25"] + 2
    dead = chart_of(with_rows, "dead")
    assert [
        (r["day"], r["low"]) for r in dead.rows if r["day"] in ("2017-10-27", "2017-10-29")
    ] == [
        ("2017-10-27", 3),
        ("2017-10-29", 7),
    ]
    assert "3 rows of tables" in dead.rests


def texts_of(timeline: Timeline, name: str) -> list[Text]:
    shown = chart_page(timeline, chart_of(timeline, name), page_of())
    return [item for item in shown.items if isinstance(item, Text)]


def test_a_part_of_unknown_size_has_a_band_and_no_line(flagship: Timeline) -> None:
    chart = chart_of(flagship, "ground")
    assert "ground east of al-Qa'im a part" in chart.says
    shown = chart_page(flagship, chart, page_of())
    drawn = {item.of for item in shown.items if isinstance(item, Line) and item.width > 2}
    names = {area.id for area in flagship.scenario.areas if area.name == "ground east of al-Qa'im"}
    assert names
    assert not names & drawn
    assert any(text.text.startswith("a part: ") for text in texts_of(flagship, "ground"))


def test_panels_keep_off_the_words_of_the_page(flagship: Timeline) -> None:
    found = texts_of(flagship, "ground")
    summary = [text for text in found if text.size == pytest.approx(13) and text.at.y > 70]
    title = next(text for text in found if text.text.startswith("al-Jazira desert"))
    assert title.at.y - title.size > max(text.at.y for text in summary) + 3


def test_an_axis_has_no_unit_that_nobody_knows(flagship: Timeline) -> None:
    written = [text.text for text in texts_of(flagship, "part of al-Qa'im taken")]
    assert "100" in written
    assert not [text for text in written if "unknown" in text]


def test_days_of_equally_many_events_are_all_named(flagship: Timeline) -> None:
    written = [text.text for text in texts_of(flagship, "events")]
    assert "31 October and 2 November: 7" in written
    assert "17 November: 7" in written


def test_names_of_what_no_side_holds_stay_in_the_chart(flagship: Timeline) -> None:
    found = [t for t in texts_of(flagship, "places") if t.text.startswith("held by nobody")]
    wide = width(found[0].text, found[0].size)
    left = found[0].at.x - {"left": 0, "centre": wide / 2, "right": wide}[found[0].align]
    assert left > 30 + 66  # the margin of the page and the numbers of the axis
