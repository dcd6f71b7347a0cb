"""A claim that says that another event happened: accepted, or refused with what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replay.analysis.check import check
from replay.events import EVENT_TYPES
from replay.facts.answers import explain_json
from replay.foundation.errors import ScenarioError
from replay.model import Scenario
from replay.model.event import Event
from replay.outputs.formats import export
from replay.pipeline import run
from replay.script.load import load
from replay.script.references import plan

HEAD: dict[str, Any] = {
    "scenario": "claims",
    "title": "Claims",
    "window": "2001-05-01/2001-05-31",
    "sides": [
        {"id": "blue", "name": "Blue", "letter": "B"},
        {"id": "red", "name": "Red", "letter": "R"},
    ],
    "forces": [{"id": "army", "name": "the army", "side": "blue"}],
    "voices": [{"id": "general", "name": "a general", "side": "blue"}],
    "persons": [{"id": "leader", "name": "a leader", "side": "red"}],
    "sources": [{"id": "paper", "title": "A newspaper"}, {"id": "wire", "title": "A wire"}],
    "places": [{"id": "town", "name": "Town"}, {"id": "fort", "name": "Fort"}],
    "areas": [{"id": "plain", "name": "the plain", "km2": 100}],
    "operations": [{"id": "push", "name": "The push", "side": "blue"}],
}
NAMED = {
    "place": "town",
    "area": "plain",
    "force": "army",
    "side": "red",
    "person": "leader",
    "voice": "general",
    "operation": "push",
    "event": "first",
}
FIRST = {
    "id": "first",
    "type": "hold",
    "date": "2001-04",
    "place": ["town", "fort"],
    "by": "red",
    "summary": "Red holds the town and the fort.",
    "claims": [{"cite": "paper p1"}],
}


def words(name: str) -> dict[str, Any]:
    """The keys that an event of a type needs, apart from those of every event."""
    cls: type[Event] = EVENT_TYPES[name]
    kinds = {field: of for field, _, of in plan(cls)[0]}
    found: dict[str, Any] = {}
    for field, info in cls.model_fields.items():
        if info.is_required() and field not in ("id", "type", "summary", "claims"):
            found[info.alias or field] = NAMED[kinds[field][0]] if field in kinds else "1500"
    more = {"move": {"to": "fort"}, "clear": {"place": "plain", "share": "0.5"}}
    return found | more.get(name, {})


def loaded(folder: Path, *events: dict[str, Any]) -> Scenario:
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump({**HEAD, "events": [FIRST, *events]}, sort_keys=False))
    return load(path)


def event(name: str, other: str, said: dict[str, Any]) -> dict[str, Any]:
    """An event of a type which a second source calls an event of another type."""
    claims = [{"cite": "paper p2"}, {"cite": "wire p1", "type": other, **said}]
    told = {
        "id": f"{name}-or-{other}",
        "type": name,
        "date": "2001-05-04",
        "summary": "It happens.",
    }
    return {**told, **words(name), "claims": claims}


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_no_pair_of_types_ends_in_a_traceback(name: str, tmp_path: Path) -> None:
    accepted = 0
    for other in EVENT_TYPES:
        try:
            loaded(tmp_path, event(name, other, {}))
            accepted += 1
        except ScenarioError as problems:
            for problem in problems.problems:
                assert problem.code in ("E207", "E402"), problem
                assert problem.hint, problem
                assert problem.spot.line > 1
    assert accepted >= 1


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_a_claim_with_all_that_its_type_needs_is_accepted_and_answered(
    name: str, tmp_path: Path
) -> None:
    scenario = loaded(tmp_path, *(event(name, other, words(other)) for other in EVENT_TYPES))
    timeline = run(scenario)
    for day in ("2001-05-03", "2001-05-04", "2001-05-31"):
        for of in scenario.things:
            assert explain_json(timeline, of, day)["on"] == day
    assert check(tmp_path / "scenario.yaml") is not None
    for suffix in ("json", "csv", "geojson"):
        export(timeline, tmp_path / f"out.{suffix}")


def test_what_is_missing_is_named_at_the_claim(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as refused:
        loaded(tmp_path, event("capture", "launch", {}), event("capture", "hand-over", {}))
    told = [(problem.message, problem.hint) for problem in refused.value.problems]
    assert told == [
        (
            "this claim calls the event a 'launch', which needs the key 'operation'",
            "add `operation:` to the claim",
        ),
        (
            "this claim calls the event a 'hand-over', which needs the key 'to'",
            "add `to:` to the claim",
        ),
    ]


def test_a_key_that_means_something_else_is_not_carried_over(tmp_path: Path) -> None:
    handed = {**event("hand-over", "withdraw", {}), "to": "blue"}
    scenario = loaded(tmp_path, handed)
    assert scenario.variants["hand-over-or-withdraw", 1].to == ()
