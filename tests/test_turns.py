"""Forces through time: a force acts for the side that it is on, and has the name that it has."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from replay.analysis.lint import lint
from replay.facts.answers import explain_json, state_json
from replay.model import Scenario
from replay.model.state import Value, contested, held
from replay.outputs.formats import export
from replay.pipeline import run
from replay.scene import scene
from replay.script.load import load
from replay.timeline.difference import event_difference
from replay.timeline.timeline import Timeline

HEAD = """\
scenario: turns
title: An army changes sides
window: 1944-08-01/1944-10-31
sides:
  - {id: axis, name: Axis, letter: X, colour: red}
  - {id: allies, name: Allies, letter: L, colour: blue}
forces:
  - {id: army, name: 3rd Army, side: axis}
  - {id: corps, name: 1st Corps, side: axis, part_of: army}
  - {id: fourth, name: 4th Army, side: axis}
  - {id: front, name: 2nd Front, side: allies}
sources: [{id: paper, title: A newspaper}, {id: wire, title: A wire}]
places:
  - {id: iasi, name: Iasi, kind: city, position: {lat: 47.16, lon: 27.6, estimated: 10}}
  - {id: cluj, name: Cluj, kind: city, position: {lat: 46.77, lon: 23.6, estimated: 10}}
  - {id: arad, name: Arad, kind: city, position: {lat: 46.17, lon: 21.3, estimated: 10}}
events:
"""
JOINS = "type: reorganise, date: 1944-08-23, by: army, becomes: joins the Allies, side: allies"
HOLDS = "type: hold, date: 1944-07, by: army, place: iasi"


def scenario(folder: Path, *events: str, claims: str = "[{cite: paper p1}]") -> Scenario:
    lines = (f"  - {{id: e{n}, {e}, summary: s, claims: {claims}}}\n" for n, e in enumerate(events))
    path = folder / "scenario.yaml"
    path.write_text(HEAD + "".join(lines), "utf-8")
    return load(path)


def control(timeline: Timeline, place: str, day: str) -> Value | None:
    return timeline.at(day).control[place].value


@pytest.mark.parametrize(
    ("day", "taker"), [("1944-08-22", "axis"), ("1944-08-24", "allies"), ("1944-10-01", "allies")]
)
@pytest.mark.parametrize("force", ["army", "corps"])
def test_an_army_and_its_parts_act_for_the_side_that_they_are_on(
    day: str, taker: str, force: str, tmp_path: Path
) -> None:
    took = f"type: capture, date: {day}, by: {force}, place: cluj"
    assert control(run(scenario(tmp_path, JOINS, took)), "cluj", day) == held(taker)


def test_it_contests_with_its_new_allies(tmp_path: Path) -> None:
    before = "type: hold, date: 1944-07, by: fourth, place: cluj"
    entered = "type: contest, date: 1944-09-05, by: [front, army], place: cluj"
    timeline = run(scenario(tmp_path, before, JOINS, entered))
    assert control(timeline, "cluj", "1944-09-06") == contested("allies", "axis")


def test_what_it_holds_goes_with_it_and_what_others_took_does_not(tmp_path: Path) -> None:
    lost = "type: capture, date: 1944-08-10, by: fourth, place: arad"
    both = "type: hold, date: 1944-07, by: army, place: [iasi, arad]"
    timeline = run(scenario(tmp_path, both, lost, JOINS))
    assert control(timeline, "iasi", "1944-08-22") == held("axis")
    assert control(timeline, "iasi", "1944-08-23") == held("allies")
    assert control(timeline, "arad", "1944-08-23") == held("axis")
    because = explain_json(timeline, "iasi", "1944-08-25")["because"]
    assert [claim["event"] for claim in because] == ["e2"]


def test_after_says_which_came_first_on_one_day(tmp_path: Path) -> None:
    took = "type: capture, date: 1944-08-23, by: army, place: cluj"
    after = scenario(tmp_path, JOINS, f"{took}, after: e0")
    assert after.side_of("army", after.event["e1"]) == "allies"
    before = scenario(tmp_path, f"{JOINS}, after: e1", took)
    assert before.side_of("army", before.event["e1"]) == "axis"
    assert control(run(before), "cluj", "1944-08-24") == held("allies"), "it took Cluj along"


def test_the_check_asks_where_the_dates_leave_it_open(tmp_path: Path) -> None:
    took = "type: capture, date: 1944-08-20/1944-08-25, by: army, place: cluj"
    found = [f for f in lint(run(scenario(tmp_path, JOINS, took))) if f.code == "L331"]
    assert [f.of for f in found] == ["e1"]
    ordered = lint(run(scenario(tmp_path, JOINS, f"{took}, after: e0")))
    assert not [f for f in ordered if f.code == "L331"]


def test_the_check_asks_where_only_the_words_name_another_side(tmp_path: Path) -> None:
    words = JOINS.removesuffix(", side: allies")
    found = [f for f in lint(run(scenario(tmp_path, words))) if f.code == "L332"]
    assert [f.hint for f in found] == [
        "if it acts for Allies from then on, add `side: allies`",
    ]


def test_side_parent_and_name_hold_from_a_day_on(tmp_path: Path) -> None:
    renamed = JOINS + ", name: 3rd Free Army, part_of: front"
    timeline = run(scenario(tmp_path, HOLDS, renamed))
    for day, name, side, above in (
        ("1944-08-22", "3rd Army", "axis", None),
        ("1944-08-23", "3rd Free Army", "allies", "front"),
    ):
        told = explain_json(timeline, "army", day)
        assert (told["side"], told["part_of"], told["force"]["name"]) == (side, above, name)
        force = state_json(timeline, day, [])["forces"]["army"]
        assert (force["side"], force["part_of"], force["name"]) == (side, above, name)
        (mark,) = scene(timeline, day).forces
        assert (mark.name, mark.side) == (name, side)
    assert timeline.scenario.spellings["3rd free army"] == ("army",)


def test_every_export_knows_its_side(tmp_path: Path) -> None:
    timeline = run(scenario(tmp_path, HOLDS, JOINS))
    for suffix in ("geojson", "kml", "json", "czml", "html", "csv"):
        export(timeline, tmp_path / f"out.{suffix}")
    days = export(timeline, tmp_path / "days.csv", format="csv-days")
    with days.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["what"] == "presence"]
    sides = {row["date"]: row["side"] for row in rows}
    assert (sides["1944-08-22"], sides["1944-08-23"]) == ("axis", "allies")


def test_who_names_no_more_than_the_side_of_the_day_does_not_disagree(tmp_path: Path) -> None:
    took = "type: capture, date: 1944-09-01, by: army, place: cluj"
    claims = "[{cite: paper p1}, {cite: wire p1, by: allies}]"
    path = tmp_path / "scenario.yaml"
    scenario(tmp_path, JOINS)
    event = f"  - {{id: took, {took}, summary: s, claims: {claims}}}\n"
    path.write_text(path.read_text("utf-8") + event, "utf-8")
    timeline = run(load(path))
    reading = timeline.readings[1]
    assert len(reading.versions) == 2
    assert not any(event_difference(timeline.scenario, reading, v) for v in reading.versions)
    assert control(timeline, "cluj", "1944-09-02") == held("allies")
    assert timeline.at("1944-09-02").control["cluj"].mark == "certain"


def test_rows_of_a_table_act_for_the_side_of_their_day(tmp_path: Path) -> None:
    scenario(tmp_path, JOINS)
    rows = "date,place,by\n1944-08-20,cluj,army\n1944-09-20,arad,army\n"
    (tmp_path / "rows.csv").write_text(rows)
    path = tmp_path / "scenario.yaml"
    table = "tables: [{file: rows.csv, type: capture, cite: paper p1}]\n"
    path.write_text(path.read_text("utf-8") + table, "utf-8")
    timeline = run(load(path))
    assert control(timeline, "cluj", "1944-08-22") == held("axis")
    assert control(timeline, "arad", "1944-09-21") == held("allies")
