"""Certain, possible, disputed: what a replay shows while dates are vague and sources differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations, product
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Made, strip_of
from hypothesis import given, settings
from hypothesis import strategies as st

from replay.engine.uncertainty import EventEffect, Variant, causes, weigh
from replay.lens import Reading, Version
from replay.model.state import EMPTY, Control, Formation, Marked, StateKey, Value, add_range, held
from replay.pipeline import run
from replay.timeline.difference import Difference
from replay.timeline.explanation import disputes, explain
from replay.timeline.strip import read_strip
from replay.timeline.timeline import Timeline

HELD = "- {id: held, type: hold, date: 2014, place: [town, station], by: isil, summary: s, claims: [{cite: article p1}]}"


def test_a_capture_on_a_known_day_holds_from_the_end_of_that_day(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-10-28, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    """
    assert (
        strip_of(timeline)
        == """
    town  iiiGGGGGGGGG
    """
    )


def test_a_vague_date_is_possible_until_it_has_run_out(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-10-27/2017-10-30, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    """
    assert (
        strip_of(timeline)
        == """
    town  iiiiiGGGGGGG
            ???
    """
    )
    assert timeline.at("2017-10-28").control["town"].could == (held("iraq"),)


def test_dates_that_cannot_both_be_true_leave_the_place_disputed_from_first_to_last(
    timeline: Timeline,
) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: station, by: isil, summary: s, claims: [{cite: article p1}]}
    - id: taken
      type: capture
      date: 2017-10-27
      place: station
      by: militia
      summary: s
      claims:
        - {cite: article p2, reporter: general, reported: 2017-10-27}
        - {cite: paper p3, date: 2017-11-03}
        - {cite: article p4, reporter: general, reported: 2017-10-28}
    """
    assert (
        strip_of(timeline)
        == """
    station  iiiiiiiiiGGG
               ~~~~~~~
    """
    )


def test_dates_whose_bounds_overlap_do_not_conflict(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: station, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: begun, type: launch, date: 2017-10-26, operation: push, summary: s, claims: [{cite: article p1}]}
    - id: taken
      type: capture
      date: 2017-10-27
      place: station
      by: militia
      summary: s
      claims:
        - {cite: article p2, reporter: reporter, reported: 2017-10-27}
        - {cite: paper p3, date: ../2017-10-28, after: begun}
    """
    assert (
        strip_of(timeline)
        == """
    station  iiGGGGGGGGGG
    """
    )
    assert disputes(timeline) == []


def test_who_took_it_may_be_disputed_while_who_holds_it_is_certain(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: station, by: isil, summary: s, claims: [{cite: article p1}]}
    - id: taken
      type: capture
      date: 2017-10-27
      place: station
      by: militia
      summary: s
      claims:
        - {cite: article p2, reporter: general}
        - {cite: article p9}
        - {cite: paper p3, by: army}
    """
    state = timeline.at("2017-10-29")
    assert state.control["station"] == Marked(held("iraq"))
    formation = state[StateKey("formation", "station")]
    assert formation.mark == "disputed"
    assert formation.value == Formation(("militia",)), "two witnesses rank before one"
    assert formation.could == (Formation(("army",)),)


def test_two_sides_that_are_said_to_have_it_stay_disputed_until_both_stories_meet(
    timeline: Timeline,
) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - id: taken
      type: capture
      date: 2017-10-27
      place: town
      by: army
      summary: s
      claims:
        - {cite: article p2}
        - {cite: paper p3, by: peshmerga, reported: 2017-10-27}
    - {id: again, type: capture, date: 2017-11-02, place: town, by: fighters, summary: s, claims: [{cite: article p4}]}
    """
    assert (
        strip_of(timeline)
        == """
    town  iiKKKKKKiiii
            ~~~~~~
    """
    )


def test_a_denial_is_a_rival_and_never_shown_before_what_it_denies(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - id: taken
      type: capture
      date: 2017-10-27
      place: town
      by: army
      summary: s
      claims:
        - {cite: article p2, denies: true, reported: 2017-11-01}
        - {cite: paper p3}
    """
    assert (
        strip_of(timeline)
        == """
    town  iiGGGGGGGGGG
            ~~~~~~~~~~
    """
    )
    why = explain(timeline, StateKey("control", "town"), "2017-11-01")
    assert [t.locator for t in why.because] == ["p3"]
    assert [(t.locator, t.says) for t in why.against] == [("p2", Difference(denies=True))]


def test_a_withdrawal_leaves_a_place_empty_not_taken(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: gone, type: withdraw, date: 2017-10-27, place: town, by: fighters, summary: s, claims: [{cite: article p2}]}
    - {id: taken, type: capture, date: 2017-10-30, place: town, by: army, summary: s, claims: [{cite: article p3}]}
    """
    timeline_text = strip_of(timeline)
    assert (
        timeline_text
        == """
    town  ii___GGGGGGG
    """
    )


def test_contested_is_a_fact_about_a_town_and_besieged_another(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: [town, station], by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: ringed, type: besiege, date: 2017-10-26, place: [town, station], by: army, summary: s, claims: [{cite: article p2}]}
    - {id: entered, type: contest, date: 2017-10-29, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    - {id: taken, type: capture, date: 2017-11-01, place: town, by: army, summary: s, claims: [{cite: article p3}]}
    """
    assert (
        strip_of(timeline)
        == """
    town     ibbbxxxGGGGG
    station  ibbbbbbbbbbb
    """
    )


def test_an_announcement_is_not_the_event(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: said, type: declare, date: 2017-10-27, by: minister, place: town, what: victory, summary: s, claims: [{cite: article p2}]}
    """
    assert strip_of(timeline).split() == ["town", "i" * 12]
    assert [r.event.id for r in timeline.events_on(2)] == ["said"]


def test_what_nobody_has_spoken_of_is_unknown(timeline: Timeline) -> None:
    """Given
    - {id: taken, type: capture, date: 2017-10-30, place: town, by: army, summary: s, claims: [{cite: article p3}]}
    """
    assert strip_of(timeline).split() == ["town", ".....GGGGGGG"]
    assert timeline.at("2017-11-05").control["village"].value == Control("unknown")


DAY = "type: capture, date: 2017-10-27, place: town, summary: s, claims: [{cite: article p1}]"
ARMY = f"- {{id: army-takes, {DAY}, by: army}}"
FIGHTERS = f"- {{id: fighters-take, {DAY}, by: fighters, after: army-takes}}"


@pytest.mark.parametrize("lines", [[ARMY, FIGHTERS], [FIGHTERS, ARMY]])
def test_of_two_events_of_one_day_the_one_that_comes_after_counts(
    made: Made, lines: list[str]
) -> None:
    assert run(made("\n".join(lines))).strip().split()[1][2] == "i"


def test_what_comes_after_a_vague_day_is_never_undone_by_it_and_is_its_own_cause(
    timeline: Timeline,
) -> None:
    """Given
    - {id: held, type: hold, date: ../2017-10-28, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-10-27/2017-10-28, after: held, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    """
    why = explain(timeline, StateKey("control", "town"), "2017-10-28")
    assert why.marked == Marked(held("iraq"))
    assert {told.event for told in why.because} == {"taken"}
    assert why.since == "2017-10-27/2017-10-28"


def test_a_vague_date_ends_with_the_event_that_comes_after_it(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: [town, station], by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: back, type: capture, date: 2017-10-28, place: town, by: fighters, after: taken, summary: s, claims: [{cite: article p2}]}
    - {id: taken, type: capture, date: 2017-10-26/2017-10-30, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    - {id: lost, type: capture, date: 2017-10-29T05, place: station, by: fighters, after: entered, summary: s, claims: [{cite: article p2}]}
    - {id: entered, type: capture, date: 2017-10-26/.., place: station, by: army, summary: s, claims: [{cite: article p2}]}
    """
    assert (
        strip_of(timeline)
        == """
    town     iiiiiiiiiiii
              ??
    station  iiiiiiiiiiii
              ???
    """
    )


def test_what_two_open_dates_do_together_is_possible(
    timeline: Timeline,
) -> None:
    """Given
    - {id: left, type: withdraw, date: 2017-10-27/2017-10-29, place: town, by: fighters, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-10-27/2017-10-29, place: town, by: fighters, summary: s, claims: [{cite: article p2}]}
    """
    for day in ("2017-10-27", "2017-10-28"):
        assert set(timeline.at(day).control["town"].could) == {held("isil"), EMPTY}
    assert timeline.at("2017-10-29").control["town"].mark == "possible", "which came first?"


def test_dates_that_contradict_their_order_stand_as_they_are(timeline: Timeline) -> None:
    """Given
    - {id: back, type: capture, date: 2017-10-27, place: town, by: fighters, after: taken, summary: s, claims: [{cite: article p2}]}
    - id: taken
      type: capture
      date: 2017-10-26
      place: town
      by: army
      summary: s
      claims: [{cite: paper p2, date: 2017-10-29}, {cite: paper p3, date: 2017-10-29, reporter: reporter}]
    """
    letters = timeline.strip().split()[1]
    assert letters[2] == "i"
    assert letters[4] == "G", "a claim may say that it happened later than what comes after it"


def test_the_order_of_one_day_is_open_unless_hours_or_after_tell_it(made: Made) -> None:
    plain = FIGHTERS.replace(", after: army-takes", "")
    for lines in ([plain, ARMY], [ARMY, plain]):
        marked = run(made("\n".join(lines))).at("2017-10-27").control["town"]
        assert marked.mark == "possible"
        assert {marked.value, *marked.could} == {held("iraq"), held("isil")}
    dawn, noon = (
        plain.replace("2017-10-27", "2017-10-27T05"),
        ARMY.replace("2017-10-27", "2017-10-27T12"),
    )
    for lines in ([noon, dawn], [dawn, noon]):
        assert run(made("\n".join(lines))).at("2017-10-27").control["town"] == Marked(held("iraq"))
    # a day has hours before dawn as well
    assert run(made(f"{ARMY}\n{dawn}")).at("2017-10-27").control["town"].mark == "possible"


def test_a_silent_claim_is_no_witness_for_what_it_does_not_speak_of(made: Made) -> None:
    events = """
    - id: taken
      type: capture
      date: 2017-10-27
      place: town
      by: militia
      summary: s
      claims:
        - {cite: article p2}
        - {cite: paper p3, by: army}
        - {cite: copy p1, silent: [by]}
    """
    timeline = run(made(events))
    why = explain(timeline, StateKey("formation", "town"), "2017-10-28")
    cited = {(t.source, t.locator) for t in (*why.because, *why.against)}
    assert cited == {("article", "p2"), ("paper", "p3")}
    control = explain(timeline, StateKey("control", "town"), "2017-10-28")
    assert {t.source for t in control.because} == {"article", "paper", "copy"}


def test_excerpts_are_no_second_witness(made: Made) -> None:
    events = """
    - id: taken
      type: capture
      date: 2017-10-27
      place: town
      by: army
      summary: s
      claims:
        - {cite: article p2, date: 2017-10-28}
        - {cite: copy p1, date: 2017-10-28}
        - {cite: paper p3, date: 2017-10-30}
    """
    letters = run(made(events)).strip().split()[1]
    assert letters[3:6] == "..G", "one witness against one: the paper has the later report date"


def test_a_strip_reads_back_as_it_was_written(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: [town, station], by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-10-27/2017-10-30, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    """
    assert read_strip(timeline.strip()) == {
        "town": ("iiiiiGGGGGGG", "  ???       "),
        "station": ("iiiiiiiiiiii", "            "),
    }


# --- an independent oracle: every world, one by one ----------------------------------------------

Told = list[tuple[int, int, str | None]]
"""What is said of one event: earliest, latest, and the side that took the place (None: denied)."""


def brute_force(stories: Sequence[Told], tick: int) -> tuple[Value | None, str, set[Value | None]]:
    """Value, mark and alternatives at a tick, by writing out the worlds in full."""

    def fold(placed: Sequence[tuple[int, int, str | None]]) -> Value | None:
        value: Value | None = held("isil")
        for when, _, side in placed:
            if when <= tick and side is not None:
                value = held(side)
        return value

    def orders(placed: list[tuple[int, int, str | None]]) -> set[Value | None]:
        """The values in all orders of events of one day."""
        return {
            fold(order)
            for order in permutations(placed)
            if all(a[0] <= b[0] for a, b in pairwise(order))
        }

    first = [(told[0][1], n, told[0][2]) for n, told in enumerate(stories)]
    # one of the orders of a day has to be shown: what can begin earlier stands first, then the
    # actors decide
    value = fold(sorted(first, key=lambda p: (p[0], stories[p[1]][0][0], str(p[2]), p[1])))
    disputed: set[Value | None] = set()
    for n, told in enumerate(stories):
        worlds = []
        for earliest, latest, side in told:
            if side is None or tick < earliest or latest <= tick:
                worlds.append(orders([*first[:n], (latest, n, side), *first[n + 1 :]]))
        if any(world != worlds[0] for world in worlds):
            disputed |= set().union(*worlds) - {value}
    spans = [range(told[0][0], told[0][1] + 1) for told in stories]
    possible: set[Value | None] = set()
    for days in product(*spans):
        possible |= orders([(when, n, first[n][2]) for n, when in enumerate(days)])
    possible -= {value}
    mark = "disputed" if disputed else "possible" if possible else "certain"
    return value, mark, disputed | possible


UNBOUND: Any = SimpleNamespace(id="it", after=(), tallies=())
"""An event that nothing comes before."""

SPAN = st.tuples(st.integers(0, 9), st.integers(0, 3)).map(lambda s: (s[0], s[0] + s[1]))
SAID = st.tuples(SPAN, st.sampled_from(["iraq", "kurds", "isil"])).map(lambda s: (*s[0], s[1]))
STORY = st.tuples(SAID, st.lists(st.one_of(SAID, st.just((0, 0, None))), max_size=2)).map(
    lambda s: [s[0], *s[1]]
)


@settings(max_examples=300)
@given(st.lists(STORY, min_size=1, max_size=4), st.integers(0, 13))
def test_marks_agree_with_the_worlds_written_out(stories: list[Told], tick: int) -> None:
    cases = []
    for n, told in enumerate(stories):
        variants = tuple(
            Variant(first, last, add_range(held(side)) if side else None, (k,))
            for k, (first, last, side) in enumerate(told)
        )
        version = Version(UNBOUND, told[0][0], told[0][1], ())
        order = (told[0][1], 0, f"{told[0][0]:02} {told[0][2]} {n:02}")
        reading = Reading(n, UNBOUND, (version,), order, lambda claims: (0,))
        cases.append(EventEffect(reading, variants))
    value, mark, could = brute_force(stories, tick)
    got = weigh(held("isil"), cases, tick)
    assert got.complete
    assert (got.marked.value, got.marked.mark) == (value, mark)
    assert set(got.marked.could) == could
    why = causes(held("isil"), cases, tick)
    assert bool(why.rivals) == (mark == "disputed")
    assert bool(why.dates) == bool(got.dates)


@pytest.mark.parametrize("walk", [[0, 5, 3, 11, 1], list(range(12)), list(range(11, -1, -1))])
def test_any_walk_reaches_the_state_of_a_fresh_replay(made: Made, walk: list[int]) -> None:
    scenario = made(
        HELD
        + """
- {id: taken, type: capture, date: 2017-10-27/2017-10-30, place: town, by: army, summary: s, claims: [{cite: article p2}, {cite: paper p1, date: 2017-11-02}]}
"""
    )
    timeline = run(scenario)
    for tick in walk:
        assert timeline.at(tick).control == run(scenario).at(tick).control
