"""The navigator: any walk over days, events and phases, jumping, finding and the pace."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import replay
from replay.foundation.errors import UsageError
from replay.stepping.navigator import (
    CHAPTER,
    EVEN,
    LONGEST_STAY,
    MOVES,
    QUIET,
    Cursor,
    Stop,
    StopCourse,
    StopSpan,
    answers,
    carried,
    course,
    jump,
    phase_at,
    search,
    search_entries,
    stays,
    step_stop,
    stops_on,
)
from replay.timeline.timeline import Timeline


@pytest.fixture(scope="module")
def flagship() -> Timeline:
    return replay.run(replay.load("western-iraq-2017"))


@st.composite
def courses(draw: st.DrawFn) -> StopCourse:
    """A course of up to 30 ticks with events anywhere and phases that do not overlap."""
    ticks = draw(st.integers(1, 30))
    inside = st.integers(0, ticks - 1)
    days = sorted(draw(st.lists(inside, max_size=12)))
    words = draw(st.lists(st.integers(0, 60), min_size=len(days), max_size=len(days)))
    ends = sorted(draw(st.sets(inside, max_size=8)))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    return StopCourse(
        ticks,
        tuple(Stop(f"e{n}", tick, w) for n, (tick, w) in enumerate(zip(days, words, strict=True))),
        tuple(StopSpan(f"p{n}", first, last) for n, (first, last) in enumerate(pairs)),
    )


@st.composite
def standing(draw: st.DrawFn) -> tuple[StopCourse, Cursor]:
    """A course, and a place on it that some walk has reached."""
    along, at = draw(courses()), Cursor(0)
    for move in draw(st.lists(st.sampled_from(MOVES), max_size=20)):
        at = step_stop(along, at, move)
    return along, at


# --- steps ------------------------------------------------------------------------------------


@given(standing())
def test_a_walk_stays_inside_and_an_event_is_looked_at_on_its_own_day(
    place: tuple[StopCourse, Cursor],
) -> None:
    along, at = place
    assert 0 <= at.tick < along.ticks
    assert at.stop is None or along.stops[at.stop].tick == at.tick


@pytest.mark.parametrize("unit", ["day", "event"])
@given(place=standing())
def test_back_undoes_forward(unit: str, place: tuple[StopCourse, Cursor]) -> None:
    along, at = place
    start = step_stop(along, at, f"next-{unit}")  # type: ignore[arg-type]
    there = step_stop(along, start, f"next-{unit}")  # type: ignore[arg-type]
    if there != start != at:
        assert step_stop(along, there, f"previous-{unit}") == start  # type: ignore[arg-type]


@given(standing())
def test_back_undoes_forward_from_the_beginning_of_a_phase(
    place: tuple[StopCourse, Cursor],
) -> None:
    along, _ = place
    for before, after in zip(along.phases, along.phases[1:], strict=False):
        assert step_stop(along, Cursor(before.first), "next-phase") == Cursor(after.first)
        assert step_stop(along, Cursor(after.first), "previous-phase") == Cursor(before.first)


@given(courses())
def test_stepping_by_day_meets_every_day_and_by_event_every_event(along: StopCourse) -> None:
    at, days = Cursor(0), [0]
    while (after := step_stop(along, at, "next-day")) != at:
        at = after
        days.append(at.tick)
    assert days == list(range(along.ticks))
    assert at == step_stop(along, Cursor(0), "last")
    at, events = Cursor(0), []
    while (after := step_stop(along, at, "next-event")) != at:
        at = after
        events.append(at.stop)
    assert events == list(range(len(along.stops)))


@given(standing())
def test_the_event_after_a_day_is_of_that_day_or_later_and_the_one_before_is_earlier(
    place: tuple[StopCourse, Cursor],
) -> None:
    along, at = place
    today = Cursor(at.tick)
    after, before = step_stop(along, today, "next-event"), step_stop(along, today, "previous-event")
    later = [stop for stop in along.stops if stop.tick >= at.tick]
    earlier = [stop for stop in along.stops if stop.tick < at.tick]
    assert (along.stops[after.stop] if after.stop is not None else None) == next(iter(later), None)
    assert (before.stop is None) == (not earlier)
    if before.stop is not None:
        assert along.stops[before.stop] == earlier[-1]


def test_the_phase_before_is_the_beginning_of_this_one_unless_one_stands_there() -> None:
    along = StopCourse(30, (), (StopSpan("a", 2, 9), StopSpan("b", 12, 20)))
    assert step_stop(along, Cursor(15), "previous-phase") == Cursor(12)
    assert step_stop(along, Cursor(12), "previous-phase") == Cursor(2)
    assert step_stop(along, Cursor(2), "previous-phase") == Cursor(2)
    assert step_stop(along, Cursor(25), "next-phase") == Cursor(25)
    assert [phase_at(along, tick) for tick in (1, 9, 10, 12)] == [
        None,
        along.phases[0],
        None,
        along.phases[1],
    ]


# --- the course of a replay ---------------------------------------------------------------------


def test_a_course_has_every_event_of_the_window_on_the_day_on_which_it_is_shown(
    flagship: Timeline,
) -> None:
    along = course(flagship)
    for tick in range(along.ticks):
        shown = [reading.event.id for reading in flagship.events_on(tick)]
        assert [along.stops[n].event for n in stops_on(along, tick)] == shown
    assert [span.phase for span in along.phases] == [p.id for p in flagship.scenario.phases]


def test_one_jumps_to_a_day_and_to_an_event(flagship: Timeline) -> None:
    along = course(flagship)
    day = jump(flagship, along, "2017-11-03")
    assert (flagship.scenario.calendar.label(day.tick), day.stop) == ("2017-11-03", None)
    event = jump(flagship, along, "rawa-taken")
    assert event.stop is not None
    assert along.stops[event.stop].event == "rawa-taken"
    assert flagship.scenario.calendar.label(event.tick) == "2017-11-17"


@pytest.mark.parametrize("nowhere", ["2016-01-01", "2017-11-31", "rawa-takne", ""])
def test_a_moment_that_is_none_is_refused_as_the_timeline_does(
    flagship: Timeline, nowhere: str
) -> None:
    with pytest.raises(UsageError, match="U503"):
        jump(flagship, course(flagship), nowhere)


def test_one_stays_in_the_moment_when_the_lens_changes(flagship: Timeline) -> None:
    other = replay.run(flagship.scenario, lens="earliest")
    old, new = course(flagship), course(other)
    for number, stop in enumerate(old.stops):
        at = carried(Cursor(stop.tick, number), old, new)
        assert at.tick == stop.tick
        assert at.stop is None or new.stops[at.stop].event == stop.event
    assert carried(Cursor(29), StopCourse(30, (), ()), StopCourse(3, (), ())) == Cursor(2)


# --- pace ---------------------------------------------------------------------------------------


@given(courses())
def test_by_event_quiet_days_pass_and_others_stay_longer_the_more_there_is_to_read(
    along: StopCourse,
) -> None:
    found = stays(along)
    amount = [
        (len(stops_on(along, t)), sum(along.stops[n].words for n in stops_on(along, t)))
        for t in range(along.ticks)
    ]
    for (events, words), stay in zip(amount, found, strict=True):
        assert (stay == QUIET) == (events == 0)
        assert QUIET <= stay <= LONGEST_STAY
        for (more, longer), other in zip(amount, found, strict=True):
            if more >= events and longer >= words:
                assert other >= stay


@given(courses())
def test_by_day_all_are_alike_and_by_phase_all_chapters(along: StopCourse) -> None:
    assert stays(along, "day") == [EVEN] * along.ticks
    found = stays(along, "phase")
    for span in along.phases:
        assert sum(found[span.first : span.last + 1]) == pytest.approx(CHAPTER)
    between = [stay for t, stay in enumerate(found) if phase_at(along, t) is None]
    assert set(between) <= {QUIET}


# --- search -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["al-Qa'im", "al-qaim", "AL QĀ’IM", "alqaim", "qaim"])
def test_a_place_is_found_however_it_is_spelled(flagship: Timeline, typed: str) -> None:
    found = search(search_entries(flagship), typed)
    assert (found[0].kind, found[0].of) == ("place", "al-qaim")


def test_events_are_found_by_their_words_and_by_what_they_are_about(flagship: Timeline) -> None:
    among = search_entries(flagship)
    found = search(among, "Dawn Rawa, enter")
    assert [entry.of for entry in found] == ["rawa-entered"]
    assert found[0].tick == flagship.tick("2017-11-17")
    assert "rawa-taken" in [e.of for e in search(among, "rawa", 100) if e.kind == "event"]


def test_forces_and_operations_are_found_and_nothing_for_nothing(flagship: Timeline) -> None:
    among = search_entries(flagship)
    for kind in ("force", "operation"):
        entry = next(entry for entry in among if entry.kind == kind)
        assert entry in search(among, entry.name)
        assert search(among, entry.of)[0].of == entry.of
    assert search(among, "") == search(among, "’") == search(among, "xyzzy") == []


def test_the_better_answer_comes_first(flagship: Timeline) -> None:
    found = search(search_entries(flagship), "rawa", 100)
    assert [entry.name for entry in found[:2]] == ["Rawa", "Rawa intersection"]
    assert found[-1].kind == "event"
    assert len(search(search_entries(flagship), "a", 7)) == 7


def test_the_table_for_other_languages_has_every_cursor_with_every_move(
    flagship: Timeline,
) -> None:
    table = json.loads(json.dumps(answers(flagship, ["qaim"])))
    along = course(flagship)
    assert len(table["steps"]) == (along.ticks + len(along.stops)) * len(MOVES)
    assert table["search"]["qaim"][0] == ["place", "al-qaim"]
    assert len(table["stays"]["event"]) == along.ticks
