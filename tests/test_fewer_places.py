"""A claim that names fewer places than its event supports these, and does not dispute the rest."""

from __future__ import annotations

import pytest
from conftest import Made

from replay.model import Scenario
from replay.model.state import StateKey, held, presence_of
from replay.pipeline import run
from replay.timeline.difference import event_difference
from replay.timeline.explanation import disputes, explain
from replay.timeline.timeline import Timeline

DAY = "2017-10-28"


def event(claim: str, more: str = "") -> str:
    return f"""
    - {{id: before, type: hold, date: 2017-10-25, place: [town, village, station], by: isil,
       summary: s, claims: [{{cite: article p1}}]}}
    - {{id: taken, type: capture, date: 2017-10-27, place: [town, village], by: army, summary: s,
       {more} claims: [{{cite: article p2}}, {{cite: paper p1, {claim}}}]}}
    """


def witnesses(timeline: Timeline, place: str) -> set[str]:
    return {told.source for told in explain(timeline, StateKey("control", place), DAY).because}


def test_who_names_one_of_two_places_supports_this_one_only(made: Made) -> None:
    timeline = run(made(event("place: town")))
    control = timeline.at(DAY).control
    for place in ("town", "village"):
        assert (control[place].value, control[place].mark) == (held("iraq"), "certain")
        assert not explain(timeline, StateKey("control", place), DAY).against
    assert witnesses(timeline, "town") == {"article", "paper"}
    assert witnesses(timeline, "village") == {"article"}
    assert timeline.at(DAY)[presence_of("army", "village")].mark == "certain"
    assert not list(disputes(timeline))


def test_who_names_another_place_disputes_both(made: Made) -> None:
    timeline = run(made(event("place: [town, station]")))
    control = timeline.at(DAY).control
    assert {p: control[p].mark for p in ("town", "village", "station")} == {
        "town": "certain",
        "village": "disputed",
        "station": "disputed",
    }


def test_who_names_more_places_disputes_none(made: Made) -> None:
    timeline = run(made(event("place: [town, village, station]")))
    control = timeline.at(DAY).control
    assert {control[p].mark for p in ("town", "village", "station")} == {"certain"}
    assert control["station"].value == held("iraq")


def test_who_denies_disputes_all_places(made: Made) -> None:
    timeline = run(made(event("place: town, denies: true")))
    control = timeline.at(DAY).control
    assert {control[p].mark for p in ("town", "village")} == {"disputed"}


@pytest.mark.parametrize("place", ["town", "[town, village, station]"])
def test_fewer_or_more_places_is_no_difference_in_the_list_of_events(
    made: Made, place: str
) -> None:
    timeline = run(made(event(f"place: {place}")))
    reading = timeline.readings[1]
    assert len(reading.versions) == 2
    assert not any(event_difference(timeline.scenario, reading, v) for v in reading.versions)


def test_a_number_of_all_places_is_not_given_for_one_of_them(made: Made) -> None:
    more = "tallies: [{name: killed, add: 5, counted_by: general}],"
    scenario: Scenario = made(event("place: town", more))
    timeline = run(scenario)
    (key,) = [key for key, _ in timeline.keys_of("tally")]
    assert key.tally is not None
    assert key.tally.where == ("town", "village")
    assert timeline.at(DAY)[key].mark == "certain"


@pytest.mark.parametrize(("speaker", "vaguer"), [("general", True), ("reporter", False)])
def test_who_names_the_side_of_a_speaker_only_says_less(
    made: Made, speaker: str, vaguer: bool
) -> None:
    """A voice may have a side or none."""
    timeline = run(
        made(f"""
    - {{id: said, type: declare, date: 2017-10-27, by: {speaker}, summary: s,
       claims: [{{cite: article p2}}, {{cite: paper p1, by: iraq}}]}}
    """)
    )
    [reading] = timeline.readings
    said = [event_difference(timeline.scenario, reading, v) for v in reading.versions]
    assert any(said) != vaguer
