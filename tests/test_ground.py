"""Areas and routes: who holds, contests or surrounds them, and how much of them is taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_control import scenario

from replay.analysis.ground_state import ground_marks_at
from replay.events import EVENT_TYPES
from replay.events.tallies import effects
from replay.facts.answers import explain_json, state_json
from replay.model.state import EMPTY, Control, contested, held
from replay.outputs.formats import export
from replay.pipeline import run
from replay.scene import scene
from replay.script.references import plan
from replay.text.explanation import told_state
from replay.text.phrases import ground_phrase
from replay.timeline.timeline import Timeline

HOLD = "type: hold, date: 2001-03, place: [road, plain], by: red"


def words(timeline: Timeline, of: str, day: str) -> str:
    return ground_phrase(timeline.scenario, *ground_marks_at(timeline.at(day), of))


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    """A road that is cut and taken in part, a plain that is entered, surrounded and left."""
    return run(
        scenario(
            tmp_path,
            "type: contest, date: 2001-05-04, place: road, by: blue, against: red",
            "type: contest, date: 2001-05-05, place: plain, by: blue",
            "type: capture, date: 2001-05-06, place: road, by: blue, extent: part",
            "type: besiege, date: 2001-05-08, place: plain, by: blue",
            "type: withdraw, date: 2001-05-12, place: plain, by: blue",
            "type: clear, date: 2001-05-14, place: road, by: blue, km: 10",
        )
    )


def test_a_road_is_cut_and_taken_in_part(timeline: Timeline) -> None:
    assert words(timeline, "road", "2001-05-03") == "unknown"
    assert words(timeline, "road", "2001-05-05") == "contested between Blue and Red"
    assert words(timeline, "road", "2001-05-07") == (
        "contested between Blue and Red; taken: a part of it, of unknown size, by Blue"
    )
    assert words(timeline, "road", "2001-05-15") == (
        "contested between Blue and Red; taken: 10 km by Blue"
    )


def test_a_plain_is_entered_surrounded_and_left(timeline: Timeline) -> None:
    assert words(timeline, "plain", "2001-05-05") == "contested by Blue"
    assert words(timeline, "plain", "2001-05-09") == "contested by Blue, besieged by Blue"
    assert words(timeline, "plain", "2001-05-13") == "unknown"


def test_every_answer_has_it(timeline: Timeline, tmp_path: Path) -> None:
    told = explain_json(timeline, "road", "2001-05-05")
    shape = {"status": "contested", "side": None, "sides": ["blue", "red"], "by": []}
    assert {key: told["control"][key] for key in shape} == shape
    assert [claim["event"] for claim in told["because"]] == ["e0"]
    state = state_json(timeline, "2001-05-09", [])["areas"]["plain"]
    assert (state["control"]["by"], state["since"]) == (["blue"], "2001-05-08")
    lines = [line.text for line in told_state(timeline, "2001-05-09", [])]
    assert any("contested by Blue, besieged by Blue" in line for line in lines)
    facts = {fact.of: fact.control.value for fact in scene(timeline, "2001-05-05").grounds}
    assert facts["road"] == contested("blue", "red")
    text = export(timeline, tmp_path / "out.geojson").read_text("utf-8")
    assert "the road: contested between Blue and Red" in text
    days = export(timeline, tmp_path / "days.csv", format="csv-days").read_text("utf-8-sig")
    assert any("route,road" in row and "contested" in row for row in days.splitlines())
    for suffix in ("html", "kml", "czml", "json", "csv"):
        export(timeline, tmp_path / f"out.{suffix}")


def test_what_is_cleared_is_contested_until_it_is_whole(tmp_path: Path) -> None:
    clear = "type: clear, place: plain, by: blue, counts: add"
    timeline = run(
        scenario(
            tmp_path,
            HOLD,
            f"{clear}, date: 2001-05-04, km2: 40",
            f"{clear}, date: 2001-05-06, km2: 60",
        )
    )
    controls = [ground_marks_at(timeline.at(f"2001-05-0{n}"), "plain")[0].value for n in (3, 4, 6)]
    assert controls == [held("red"), contested("blue", "red"), held("blue")]


def test_ground_that_its_holder_leaves_is_empty(tmp_path: Path) -> None:
    left = "type: withdraw, date: 2001-05-04, place: road, by: red"
    control, taken = ground_marks_at(run(scenario(tmp_path, HOLD, left)).at("2001-05-05"), "road")
    assert (control.value, taken.value) == (EMPTY, None)


# --- nothing that an author writes is ignored ---------------------------------------------------

NO_CHANGE = {
    "air-strike",
    "artillery",
    "clash",
    "count",
    "declare",
    "displace",
    "leaflet",
    "losses",
}
"""Types that their documentation says change no state of a place: fire, words and numbers."""
NAMED = {"force": "one", "side": "blue", "person": "chief", "voice": "general"}


def kinds_of_places(name: str) -> tuple[str, ...]:
    """The kinds of places that the `place` of a type takes."""
    return next(kinds for field, _, kinds in plan(EVENT_TYPES[name])[0] if field == "place")


CASES = [
    (name, kind, extent)
    for name in EVENT_TYPES
    for kind in kinds_of_places(name)
    for extent in (("whole", "part") if "extent" in EVENT_TYPES[name].model_fields else (None,))
]


@pytest.mark.parametrize(("name", "kind", "extent"), CASES)
def test_an_event_changes_the_place_or_its_type_says_that_it_changes_nothing(
    name: str, kind: str, extent: str | None, tmp_path: Path
) -> None:
    campaign = scenario(tmp_path, HOLD)
    cls = EVENT_TYPES[name]
    of = {"place": "town", "area": "plain", "route": "road"}[kind]
    told: dict[str, Any] = {"id": "e", "type": name, "summary": "s", "place": (of,)}
    told["claims"] = [{"cite": "paper p1"}]
    told |= {"extent": extent} if extent else {}
    refers = {field: kinds for field, _, kinds in plan(cls)[0]}
    for field, info in cls.model_fields.items():
        if info.is_required() and field not in told:
            told[info.alias or field] = NAMED.get(refers.get(field, ("",))[0], "1500")
    told |= {"to": ("two",)} if name == "hand-over" else {}
    told |= {"share": "0.5"} if name == "clear" else {}
    told |= {"from": "fort"} if name == "move" else {}
    event = cls.model_validate(told)
    changed = [key for key, _ in effects(event, event, campaign) if of in (key.of, key.at)]
    of_operations = "operation" in cls.model_fields and cls.model_fields["operation"].is_required()
    others = name in ("move", "estimate", "kill", "reorganise") or of_operations
    if name in NO_CHANGE:
        assert not [key for key in changed if key.aspect in ("control", "ground", "progress")]
    elif not others:  # whose place only says where it was
        assert changed, f"{name} at {kind} changes nothing"
        assert isinstance(changed[0].of, str)


def test_the_values_are_of_control(timeline: Timeline) -> None:
    for key, _ in timeline.keys_of("ground"):
        for change in timeline.history(key):
            assert isinstance(change.after.value, Control)


def test_ground_that_was_wholly_held_is_contested_once_another_enters(tmp_path: Path) -> None:
    timeline = run(
        scenario(
            tmp_path,
            "type: hold, date: 2001-05-02, place: plain, by: red",
            "type: contest, date: 2001-05-07, place: plain, by: blue",
        )
    )
    assert ground_marks_at(timeline.at("2001-05-06"), "plain")[0].value == held("red")
    assert ground_marks_at(timeline.at("2001-05-08"), "plain")[0].value == contested("blue", "red")


@pytest.mark.parametrize(
    "said", ["type: contest, share: 30 %", "type: capture, extent: part, share: 30 %"]
)
def test_a_share_of_ground_that_an_event_gives_is_kept(tmp_path: Path, said: str) -> None:
    timeline = run(scenario(tmp_path, f"{said}, date: 2001-05-04, place: plain, by: blue"))
    assert words(timeline, "plain", "2001-05-05") == "contested by Blue; taken: 30 % by Blue"
