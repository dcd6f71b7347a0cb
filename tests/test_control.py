"""Control of a place: who is inside, who besieges it, and what each event makes of it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from replay.events import EVENT_TYPES
from replay.facts.answers import explain_json, state_json
from replay.model import Scenario
from replay.model.state import (
    EMPTY,
    UNKNOWN,
    Control,
    besieged,
    contested,
    control_of,
    ground_key,
    held,
)
from replay.outputs.formats import export
from replay.pipeline import run
from replay.script.load import load
from replay.text import phrases
from replay.timeline.strip import control_sign
from replay.timeline.timeline import Timeline

DOCS = Path(__file__).parent.parent / "docs"

HEAD = """\
scenario: control
title: Control
window: 2001-05-01/2001-05-31
sides:
  - {id: red, name: Red, letter: R, colour: red}
  - {id: blue, name: Blue, letter: B, colour: blue}
  - {id: green, name: Green, letter: G, colour: green}
forces:
  - {id: one, name: 1st Army, side: blue}
  - {id: two, name: 2nd Army, side: green}
sources: [{id: paper, title: A newspaper, published: 2001-06-01}]
places:
  - {id: town, name: Town, kind: town, position: {lat: 35.8, lon: 38.5, estimated: 10}}
  - {id: fort, name: Fort, kind: base, position: {lat: 35.9, lon: 38.9, estimated: 10}}
areas: [{id: plain, name: the plain, km2: 100}]
routes: [{id: road, name: the road, km: 40}]
events:
"""
CLAIM = "summary: Something happens., claims: [{cite: paper p1.s1}]"


def scenario(folder: Path, *events: str) -> Scenario:
    """A script with some events, each without its summary and claims."""
    lines = (f"  - {{id: e{n}, {event}, {CLAIM}}}\n" for n, event in enumerate(events))
    path = folder / "scenario.yaml"
    path.write_text(HEAD + "".join(lines), "utf-8")
    return load(path)


# --- the table of rules -------------------------------------------------------------------------


def rules() -> list[tuple[str, str, str]]:
    """The rows of the table in docs/control.md."""
    row = re.compile(r"^\| ([^|*]+) \| `(\{type: [^`]+\})` \| ([^|]+) \|$", re.MULTILINE)
    return row.findall((DOCS / "control.md").read_text("utf-8"))


def read(text: str) -> Control:
    """A value from its words, without asking the program."""
    inside, _, siege = text.partition(", besieged by ")
    by = re.findall(r"blue|green|red", siege)
    sides = re.findall(r"blue|green|red", inside)
    if inside.startswith("contested"):
        return Control("contested", tuple(sides), tuple(by))
    if by:
        return Control("besieged", tuple(sides), tuple(by))
    if sides:
        return Control("held", tuple(sides))
    return {"unknown": UNKNOWN, "held by nobody": EMPTY}[inside]


def after(before: Control, event: dict[str, Any], campaign: Scenario, of: str = "town") -> Control:
    """What an event makes of a place."""
    told = {"id": "e", "summary": "s", "place": (of,), "claims": [{"cite": "paper p1.s1"}]}
    record = EVENT_TYPES[event["type"]].model_validate({**told, **event})
    value: Any = before
    for key, step in record.effects(campaign):
        if key in (control_of(of), ground_key(of)):
            value = step(value)
    assert isinstance(value, Control)
    return value


@pytest.mark.parametrize(("before", "event", "then"), rules())
def test_a_rule_of_the_table(before: str, event: str, then: str, tmp_path: Path) -> None:
    campaign = scenario(tmp_path, "type: hold, date: 2001-05-01, place: town, by: red")
    found = after(read(before), yaml.safe_load(event), campaign)
    assert str(found) == then
    assert found == read(then)


def test_the_table_has_every_type_that_changes_control() -> None:
    types = {yaml.safe_load(event)["type"] for _, event, _ in rules()}
    assert types == {"capture", "hold", "contest", "besiege", "withdraw", "hand-over"}
    assert len(rules()) > 40


@pytest.mark.parametrize(("before", "event", "then"), rules())
@pytest.mark.parametrize("of", ["road", "plain"])
def test_the_table_holds_for_routes_and_areas_too(
    before: str, event: str, then: str, of: str, tmp_path: Path
) -> None:
    campaign = scenario(tmp_path, "type: hold, date: 2001-05-01, place: town, by: red")
    assert str(after(read(before), yaml.safe_load(event), campaign, of)) == then


# --- values are canonical -----------------------------------------------------------------------


@pytest.mark.parametrize("order", list(itertools.permutations(["red", "green", "blue"])), ids=str)
def test_the_order_of_sides_never_matters(order: tuple[str, ...]) -> None:
    assert held(*order) == held("blue", "green", "red")
    assert contested(*order) == contested("blue", "green", "red")
    assert besieged(order[:1], order[1:]) == besieged(order[:1], order[:0:-1])


@pytest.mark.parametrize("kind", ["hold", "capture", "contest", "besiege"])
def test_the_order_of_actors_never_matters(kind: str, tmp_path: Path) -> None:
    states = []
    for by in ("one, two", "two, one"):
        first = "type: hold, date: 2001-04, place: town, by: red"
        event = f"type: {kind}, date: 2001-05-04, place: town, by: [{by}]"
        timeline = run(scenario(tmp_path, first, event))
        states.append(timeline.at("2001-05-05").of("control"))
        states.append(timeline.at("2001-05-05").of("formation"))
    assert states[:2] == states[2:]


# --- several sides together ---------------------------------------------------------------------


@pytest.fixture
def torgau(tmp_path: Path) -> Timeline:
    """A town that two armies of two sides take together, told a second time the other way round."""
    return run(
        scenario(
            tmp_path,
            "type: hold, date: 2001-03, place: town, by: red",
            "type: capture, date: 2001-05-04, place: town, by: [two, one]",
            "type: hold, date: 2001-05-07, place: town, by: [one, two]",
        )
    )


@pytest.mark.parametrize("day", ["2001-05-04", "2001-05-07", "2001-05-20"])
def test_several_sides_hold_a_place_together(torgau: Timeline, day: str) -> None:
    marked = torgau.at(day).control["town"]
    assert marked.value == held("blue", "green")
    assert marked.mark == "certain"
    words = phrases.control(torgau.scenario, marked)
    assert words == "held by Blue and Green together"
    letters = {side.id: side.letter for side in torgau.scenario.sides}
    assert control_sign(marked, letters) == "&"


def test_a_place_held_together_is_data(torgau: Timeline) -> None:
    shape = {"status": "held", "side": None, "sides": ["blue", "green"], "by": []}
    for control in (
        explain_json(torgau, "town", "2001-05-10")["control"],
        state_json(torgau, "2001-05-10", [])["places"]["town"]["control"],
    ):
        assert control == {**shape, "mark": "certain", "could": []}
    for side in ("blue", "green"):
        assert explain_json(torgau, side, "2001-05-10")["holds"] == ["town"]
    assert explain_json(torgau, "red", "2001-05-10")["holds"] == []


def test_the_strip_explains_its_sign_only_where_it_occurs(torgau: Timeline, tmp_path: Path) -> None:
    assert "town  RRR&&&" in str(torgau)
    assert "& held together" in str(torgau)
    plain = run(scenario(tmp_path, "type: hold, date: 2001-03, place: town, by: red"))
    assert "&" not in str(plain)


@pytest.mark.parametrize("suffix", ["geojson", "kml", "csv", "json", "czml", "html"])
def test_every_format_names_both_sides(torgau: Timeline, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{suffix}"
    export(torgau, path)
    if suffix != "html":  # its data are packed
        text = path.read_text("utf-8").casefold()
        assert re.search(r"blue and green together|\"blue\",\s*\"green\"", text), suffix


# --- contests and sieges ------------------------------------------------------------------------


def test_a_contest_has_all_its_parties(tmp_path: Path) -> None:
    timeline = run(
        scenario(
            tmp_path,
            "type: hold, date: 2001-03, place: [town, fort], by: red",
            "type: contest, date: 2001-05-03, place: town, by: blue",
            "type: contest, date: 2001-05-04, place: town, by: green",
            "type: contest, date: 2001-05-04, place: fort, by: [green, blue]",
        )
    )
    control = timeline.at("2001-05-05").control
    assert control["town"].value == control["fort"].value == contested("red", "green", "blue")
    words = phrases.control(timeline.scenario, control["town"])
    assert words == "contested among Blue, Green and Red"


def test_a_siege_keeps_the_parties_of_a_contest(tmp_path: Path) -> None:
    events = [
        "type: hold, date: 2001-03, place: town, by: red",
        "type: contest, date: 2001-05-04, place: town, by: blue",
        "type: besiege, date: 2001-05-10, place: town, by: blue",
    ]
    timeline = run(scenario(tmp_path, *events))
    marked = timeline.at("2001-05-12").control["town"]
    assert marked.value == contested("red", "blue", by=["blue"])
    words = phrases.control(timeline.scenario, marked)
    assert words == "contested between Blue and Red, besieged by Blue"


def test_who_besieges_and_who_enters_first_is_all_one(tmp_path: Path) -> None:
    hold = "type: hold, date: 2001-03, place: town, by: red"
    values = []
    for first, then in itertools.permutations(["contest", "besiege"]):
        events = [
            f"type: {first}, date: 2001-05-04, place: town, by: blue",
            f"type: {then}, date: 2001-05-10, place: town, by: blue",
        ]
        values.append(run(scenario(tmp_path, hold, *events)).at("2001-05-12").control["town"])
    assert values[0] == values[1]
