"""Places and their parts: what happens to a place happens to its parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from replay.analysis.lint import lint
from replay.facts.answers import explain_json
from replay.foundation.errors import ScenarioError
from replay.model import Scenario
from replay.model.state import EMPTY, UNKNOWN, Value, besieged, contested, held
from replay.outputs.formats import export
from replay.pipeline import run
from replay.script.load import load
from replay.text.explanation import told_why
from replay.timeline.timeline import Timeline

HEAD = """\
scenario: parts
title: Parts
window: 2001-05-01/2001-05-31
sides:
  - {id: blue, name: Blue, letter: B, colour: blue}
  - {id: red, name: Red, letter: R, colour: red}
sources: [{id: paper, title: A newspaper}]
places:
  - {id: town, name: Town, kind: town, position: {lat: 35.8, lon: 38.5, estimated: 10}}
  - {id: north, name: Northern quarter, kind: neighbourhood, part_of: town}
  - {id: market, name: Market, kind: locality, part_of: north}
  - {id: south, name: Southern quarter, kind: neighbourhood, part_of: town}
events:
"""


def scenario(folder: Path, *events: str) -> Scenario:
    claim = "summary: It happens., claims: [{cite: paper p1}]"
    lines = (f"  - {{id: e{n}, {event}, {claim}}}\n" for n, event in enumerate(events))
    path = folder / "scenario.yaml"
    path.write_text(HEAD + "".join(lines), "utf-8")
    return load(path)


def values(timeline: Timeline, day: str) -> dict[str, Value | None]:
    return {place: marked.value for place, marked in timeline.at(day).control.items()}


BEFORE = "type: hold, date: 2001-03, place: [town, north], by: red"


def test_taking_the_whole_takes_its_parts_and_theirs(tmp_path: Path) -> None:
    taken = "type: capture, date: 2001-05-04, place: town, by: blue"
    timeline = run(scenario(tmp_path, BEFORE, taken))
    assert set(values(timeline, "2001-05-03").values()) == {held("red")}
    assert set(values(timeline, "2001-05-04").values()) == {held("blue")}
    assert not [finding for finding in lint(timeline) if finding.code == "L330"]


@pytest.mark.parametrize(
    ("event", "after"),
    [
        ("type: hand-over, by: red, to: blue", held("blue")),
        ("type: withdraw, by: red", EMPTY),
        ("type: besiege, by: blue", besieged(["red"], ["blue"])),
        ("type: contest, by: blue", held("red")),
        ("type: capture, by: blue, extent: part", held("red")),
        ("type: clash, by: blue, against: red", held("red")),
    ],
)
def test_what_happens_to_the_parts(event: str, after: Value, tmp_path: Path) -> None:
    timeline = run(scenario(tmp_path, BEFORE, f"{event}, date: 2001-05-04, place: town"))
    parts = values(timeline, "2001-05-10")
    assert {parts[part] for part in ("north", "market", "south")} == {after}


def test_the_part_that_an_event_names_itself_has_what_is_said_of_it(tmp_path: Path) -> None:
    taken = "type: capture, date: 2001-05-04, place: town, by: blue"
    lost = "type: capture, date: 2001-05-06, place: north, by: red"
    timeline = run(scenario(tmp_path, BEFORE, taken, lost))
    assert values(timeline, "2001-05-10") == {
        "town": held("blue"),
        "north": held("red"),
        "market": held("red"),
        "south": held("blue"),
    }


def test_the_check_asks_where_the_whole_and_a_part_are_of_two_sides(tmp_path: Path) -> None:
    taken = "type: capture, date: 2001-05-04, place: town, by: blue"
    lost = "type: contest, date: 2001-05-06, place: south, by: red"
    found = [f for f in lint(run(scenario(tmp_path, BEFORE, taken, lost))) if f.code == "L330"]
    assert [(f.of, f.message) for f in found] == [
        (
            "south",
            "on 2001-05-06 Town is held by Blue, its part Southern quarter contested between"
            " Blue and Red",
        )
    ]


def test_a_part_taken_first_says_nothing_of_the_whole(tmp_path: Path) -> None:
    part = "type: capture, date: 2001-05-04, place: north, by: blue"
    timeline = run(scenario(tmp_path, part))
    assert values(timeline, "2001-05-10")["town"] == UNKNOWN


def test_explain_says_that_it_follows_from_the_whole(tmp_path: Path) -> None:
    taken = "type: capture, date: 2001-05-04, place: town, by: blue"
    timeline = run(scenario(tmp_path, BEFORE, taken))
    assert explain_json(timeline, "market", "2001-05-10")["as_part_of"] == ["town"]
    assert explain_json(timeline, "town", "2001-05-10")["as_part_of"] == []
    assert explain_json(timeline, "north", "2001-05-02")["as_part_of"] == []
    lines = [line.text for line in told_why(timeline, "market", "2001-05-10")]
    assert "as a part of Town" in lines


def test_a_claim_of_a_part_does_not_dispute_the_whole(tmp_path: Path) -> None:
    claims = "claims: [{cite: paper p2}, {cite: paper p3, place: north}]"
    taken = "{id: t, type: capture, date: 2001-05-04, place: town, by: blue, summary: s, " + claims
    scenario(tmp_path, BEFORE)
    path = tmp_path / "scenario.yaml"
    path.write_text(f"{path.read_text('utf-8')}  - {taken}}}\n", "utf-8")
    timeline = run(load(path))
    marks = {marked.mark for marked in timeline.at("2001-05-10").control.values()}
    assert marks == {"certain"}


def test_rows_of_a_table_take_parts_too(tmp_path: Path) -> None:
    scenario(tmp_path, BEFORE)
    (tmp_path / "rows.csv").write_text(
        "date,place,by\n2001-05-04,town,blue\n2001-05-06,south,red\n"
    )
    path = tmp_path / "scenario.yaml"
    table = "tables: [{file: rows.csv, type: capture, cite: paper p1}]\n"
    path.write_text(path.read_text("utf-8") + table, "utf-8")
    timeline = run(load(path))
    found = values(timeline, "2001-05-10")
    assert (found["town"], found["market"], found["south"]) == (
        held("blue"),
        held("blue"),
        held("red"),
    )
    export(timeline, tmp_path / "out.geojson")


def test_a_circle_of_parts_is_refused(tmp_path: Path) -> None:
    scenario(tmp_path, BEFORE)
    path = tmp_path / "scenario.yaml"
    text = path.read_text("utf-8").replace("kind: town,", "kind: town, part_of: market,")
    path.write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as refused:
        load(path)
    assert [problem.code for problem in refused.value.problems] == ["E403"]


def test_a_contest_of_the_whole_leaves_the_parts(tmp_path: Path) -> None:
    entered = "type: contest, date: 2001-05-04, place: town, by: blue"
    timeline = run(scenario(tmp_path, BEFORE, entered))
    found = values(timeline, "2001-05-10")
    assert found["town"] == contested("blue", "red")
    assert found["north"] == held("red")
    assert not [finding for finding in lint(timeline) if finding.code == "L330"]
