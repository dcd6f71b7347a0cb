"""The rules of an honest replay, one by one: what is not said is not shown."""

from __future__ import annotations

import pytest
from conftest import Made, strip_of

from replay.analysis.presences import last_seen
from replay.model.state import (
    UNKNOWN,
    Control,
    Marked,
    Presence,
    StateKey,
    Strength,
    Tally,
    exactly,
    held,
    presence_of,
)
from replay.outputs.formats import export
from replay.pipeline import run
from replay.timeline.timeline import Timeline

CLAIM = "summary: s, claims: [{cite: article p1}]"
GONE = f"- {{id: gone, type: withdraw, date: 2017-10-28, place: town, by: fighters, {CLAIM}}}"


# --- what happened, and what was only said ----------------------------------------------------


@pytest.mark.parametrize("what", ["launch", "victory", "intent", "other"])
def test_an_announcement_changes_nothing_but_is_told(made: Made, what: str) -> None:
    said = f"type: declare, date: 2017-10-27, by: minister, place: town, what: {what}"
    timeline = run(made(f"- {{id: said, {said}, operation: push, {CLAIM}}}"))
    assert list(timeline.changes()) == []
    assert [reading.event.id for reading in timeline.events_on(2)] == ["said"]


def test_an_announced_launch_starts_no_work(made: Made) -> None:
    said = "type: declare, date: 2017-10-26, by: minister, what: launch, operation: push"
    half = "type: clear, date: 2017-10-31, operation: push, place: desert, by: iraq, share: 0.5"
    timeline = run(made(f"- {{id: said, {said}, {CLAIM}}}\n- {{id: half, {half}, {CLAIM}}}"))
    assert {change.basis for change in timeline.changes()} == {"documented"}


# --- a withdrawal leaves a place empty, and what was never known stays unknown ----------------


def test_a_withdrawal_from_a_place_of_which_nobody_spoke_leaves_it_unknown(
    timeline: Timeline,
) -> None:
    """Given
    - {id: gone, type: withdraw, date: 2017-10-28, place: town, by: fighters, summary: s, claims: [{cite: article p1}]}
    """
    for tick in (0, 3, 11):
        assert timeline.at(tick).control["town"] == Marked(Control("unknown"))
        assert timeline.at(tick)[StateKey("control", "town")] == Marked(Control("unknown"))
    assert timeline.at(3)[presence_of("fighters", "town")].value == Presence("gone")
    assert strip_of(timeline).split() == ["town", "." * 12]
    (change,) = timeline.history(StateKey("control", "town"))
    assert (change.before.value, change.after.value) == (UNKNOWN, UNKNOWN)


def test_the_table_of_a_withdrawal_says_unknown(made: Made) -> None:
    scenario = made(GONE)
    assert scenario.folder is not None
    written = export(run(scenario), scenario.folder / "log.csv").read_text("utf-8-sig")
    (line,) = [line for line in written.splitlines() if ",control," in line]
    assert ",control,town,Town,,,,,unknown,unknown,certain,," in line


def test_a_vague_withdrawal_from_a_place_of_which_nobody_spoke_disputes_nothing(
    timeline: Timeline,
) -> None:
    """Given
    - id: gone
      type: withdraw
      date: 2017-10-27/2017-10-29
      place: town
      by: fighters
      summary: s
      claims:
        - {cite: article p1}
        - {cite: paper p1, date: 2017-11-02}
    """
    assert {marked for tick in range(12) for marked in [timeline.at(tick).control["town"]]} == {
        Marked(UNKNOWN)
    }


def test_what_a_place_could_be_before_its_first_claim_is_unknown_too(timeline: Timeline) -> None:
    """Given
    - id: taken
      type: capture
      date: 2017-10-27
      place: town
      by: army
      summary: s
      claims: [{cite: article p1}, {cite: paper p1, date: 2017-10-30}]
    """
    disputed = timeline.at("2017-10-28").control["town"]
    assert {disputed.value, *disputed.could} == {UNKNOWN, held("iraq")}


def test_a_siege_that_ends_around_an_unknown_holder_leaves_the_place_unknown(
    timeline: Timeline,
) -> None:
    """Given
    - {id: ringed, type: besiege, date: 2017-10-26, place: town, by: army, summary: s, claims: [{cite: article p1}]}
    - {id: gone, type: withdraw, date: 2017-10-28, place: town, by: army, summary: s, claims: [{cite: article p1}]}
    - {id: entered, type: contest, date: 2017-10-30, place: town, by: army, summary: s, claims: [{cite: article p1}]}
    - {id: left, type: withdraw, date: 2017-11-01, place: town, by: army, summary: s, claims: [{cite: article p1}]}
    """
    assert strip_of(timeline).split() == ["town", ".bb..xx....."]


# --- numbers ----------------------------------------------------------------------------------


def test_losses_are_never_taken_off_an_estimate_of_strength(timeline: Timeline) -> None:
    """Given
    - {id: guess, type: estimate, date: 2017-10-25, force: fighters, number: 1500..2500, summary: s, claims: [{cite: article p1}]}
    - {id: killed, type: losses, date: 2017-10-27, tallies: [{name: killed, of: fighters, add: 400}], summary: s, claims: [{cite: article p2}]}
    - {id: dead, type: clash, date: 2017-10-28, by: army, against: fighters, place: town, tallies: [{name: killed, of: fighters, total: 900}], summary: s, claims: [{cite: article p2}]}
    """
    values = {timeline.at(tick)[StateKey("strength", "fighters")].value for tick in range(12)}
    (strength,) = values
    assert isinstance(strength, Strength)
    assert (strength.number.low, strength.number.high) == (1500, 2500)


@pytest.mark.parametrize(
    ("period", "together"),
    [("2017-10-25/2017-10-29", 75), ("2017-10-28/2017-10-29", 107), ("2017-10-27", 82)],
    ids=["the total contains both", "it contains neither", "it contains the second"],
)
def test_a_total_contains_what_lies_inside_its_period_and_is_added_to_the_rest(
    made: Made, period: str, together: int
) -> None:
    def counted(name: str, day: str, how: str) -> str:
        entry = f"{{name: killed, of: isil, where: everywhere, counted_by: general, {how}}}"
        return f"- {{id: {name}, type: losses, date: {day}, tallies: [{entry}], {CLAIM}}}"

    events = [
        counted("first", "2017-10-25", "add: 7"),
        counted("second", "2017-10-27", "add: 25"),
        counted("total", "2017-10-29", f"total: 75, period: {period}"),
    ]
    timeline = run(made("\n".join(events)))
    ((key, _),) = timeline.keys_of("tally")
    value = timeline.at(11)[key].value
    assert isinstance(value, Tally)
    assert value.number == exactly(together)


# --- where forces are -------------------------------------------------------------------------


def test_a_force_is_where_it_was_last_documented_and_gets_older_there(timeline: Timeline) -> None:
    """Given
    - {id: seen, type: report-presence, date: 2017-10-26, by: army, place: town, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-10-30, by: army, place: station, summary: s, claims: [{cite: article p2}]}
    """
    assert timeline.keys_of("position") == [], "who is seen at two places has not been followed"
    for tick, ages in ((0, {}), (1, {"town": 0}), (5, {"town": 4, "station": 0})):
        found = last_seen(timeline.at(tick)).get("army", [])
        assert {one.place: one.age_days for one in found} == ages


def test_only_a_move_whose_start_a_source_names_gives_a_track(made: Made) -> None:
    said = [
        "type: move, to: town, from: village, departed: 2017-10-26",
        "type: move, to: town, from: village",
        "type: move, to: town",
        "type: reinforce, place: town",
    ]
    tracks = [
        run(made(f"- {{id: moved, {words}, date: 2017-10-30, by: army, {CLAIM}}}")).keys_of(
            "position"
        )
        for words in said
    ]
    assert [len(keys) for keys in tracks] == [1, 0, 0, 0]


# --- since when something is known ------------------------------------------------------------

SAID = "type: capture, date: 2017-10-27, place: town, by: army, summary: s"


@pytest.mark.parametrize(
    ("claim", "first_known"),
    [
        ("cite: paper p1, reported: 2017-10-29", "2017-10-29"),
        ("cite: paper p1, reported: 2017-10-29/2017-10-31", "2017-10-31"),
        ("cite: paper p1", "2017-11-04"),
        ("cite: article p1, reported: 2017-10-29", "2017-10-29"),
        ("cite: article p1", None),
        ("cite: copy p1", None),
    ],
)
def test_a_claim_is_known_from_its_report_or_else_from_its_sources_publication(
    made: Made, claim: str, first_known: str | None
) -> None:
    """The newspaper is of 4 November; the article may be of any day since 10 December."""
    scenario = made(f"- {{id: taken, {SAID}, claims: [{{{claim}}}]}}")
    days = [scenario.calendar.label(tick) for tick in range(12)] + ["2017-12-31", "2099-12-31"]
    known = [day for day in days if len(run(scenario, known_on=day).rows)]
    assert known == ([day for day in days if day >= first_known] if first_known else [])


def test_a_lens_that_admits_nothing_leaves_everything_unknown(made: Made) -> None:
    scenario = made(f"- {{id: taken, {SAID}, claims: [{{cite: article p1}}]}}")
    timeline = run(scenario, "only:paper")
    assert (list(timeline.changes()), timeline.strip()) == ([], "")
    assert set(timeline.at(11).control.values()) == {Marked(UNKNOWN)}
