"""The facts of one frame, tested without any drawing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small_campaign import campaign

from replay.foundation.errors import UsageError
from replay.model.state import Range, contested, held
from replay.pipeline import run
from replay.scene import PlaceMark, Scene, scene
from replay.timeline.explanation import explain, since_date
from replay.timeline.timeline import Timeline


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


def mark(day: Scene, place: str) -> PlaceMark:
    return next(m for m in day.marks if m.place == place)


def test_a_scene_says_which_day_and_phase_it_is(small: Timeline) -> None:
    day = scene(small, "2017-10-30")
    assert (day.on, day.date, day.tick) == ("2017-10-30", "30 October 2017", 5)
    assert (day.phase, day.phase_name, day.phase_tick, day.phase_ticks) == ("end", "End", 2, 6)
    assert (day.lens, day.known_on, day.undated) == ("default", None, 1)


def test_a_mark_has_its_control_since_when_and_how_old_the_evidence_is(small: Timeline) -> None:
    town = mark(scene(small, "2017-11-03"), "town")
    assert town.control.value == held("iraq")
    assert (town.since, town.age_days) == ("2017-11-01", 2)
    assert town.at == (41.1, 34.4)


def test_contested_disputed_and_possible_stay_apart(small: Timeline) -> None:
    fought_over = mark(scene(small, "2017-10-31"), "town").control
    assert fought_over.value == contested("iraq", "isil")
    assert fought_over.mark == "certain"
    disputed = mark(scene(small, "2017-10-28"), "station").control
    assert disputed.mark == "disputed"
    possible = mark(scene(small, "2017-10-28"), "field").control
    assert (possible.value, possible.mark) == (held("isil"), "possible")


def test_places_say_how_well_they_are_located(small: Timeline) -> None:
    day = scene(small, "2017-10-25")
    assert mark(day, "lost").at is None
    assert (mark(day, "station").position, mark(day, "station").radius_km) == ("estimated", 12)
    assert (mark(day, "ring").position, mark(day, "ring").radius_km) == ("ring", 30)
    assert mark(day, "field").position == "relative"
    assert mark(day, "sight").context


def test_ground_between_two_milestones_has_bounds_and_says_that_it_is_interpolated(
    small: Timeline,
) -> None:
    desert = scene(small, "2017-11-02").grounds[0]
    assert (desert.basis, desert.side, desert.size) == (
        "interpolated",
        "iraq",
        Range(1000, 1000, 1000),
    )
    assert desert.amount is not None
    assert desert.amount.low == 200
    assert desert.amount.best is not None
    assert 200 < desert.amount.best < 1000
    assert desert.amount.high == 1000
    unknown = scene(small, "2017-11-02").grounds[1]
    assert (unknown.of, unknown.amount, unknown.share) == ("district", None, None)


def test_an_operation_is_under_way_or_halted_for_a_reason(small: Timeline) -> None:
    assert scene(small, "2017-10-25").efforts == ()
    (under_way,) = scene(small, "2017-10-27").efforts
    assert (under_way.status, under_way.since) == ("under way", "2017-10-26")
    assert [(a.start, a.end) for a in under_way.axes] == [("city", "town")]
    (halted,) = scene(small, "2017-10-30").efforts
    assert (halted.status, halted.reason) == ("halted", "sandstorm")


def test_a_track_is_interpolated_until_the_force_arrives(small: Timeline) -> None:
    (track,) = scene(small, "2017-10-27").tracks
    assert (track.force, track.start, track.end, track.basis) == (
        "militia",
        "city",
        "station",
        "interpolated",
    )
    assert track.share.low == 0
    assert track.share.high == 1
    (arrived,) = scene(small, "2017-10-29").tracks
    assert arrived.share.low == 1
    assert scene(small, "2017-10-30").tracks == ()


def test_the_days_events_carry_all_claims_with_those_against(small: Timeline) -> None:
    (taken,) = scene(small, "2017-10-28").events
    assert (taken.event, taken.disputed, taken.places) == ("station-taken", True, ("station",))
    first, second = taken.said
    assert (first.reporter, first.locator, first.otherwise) == ("the general", "p2.s1", "")
    assert (second.reporter, second.otherwise) == (None, "31 October 2017")


def test_what_happened_before_comes_latest_first(small: Timeline) -> None:
    names = [event.event for event in scene(small, "2017-10-29").before]
    assert names[0] == "station-taken"
    assert set(names[-2:]) == {"launched", "strikes"}


def test_forces_have_presence_with_age(small: Timeline) -> None:
    army = next(f for f in scene(small, "2017-10-30").forces if f.force == "army")
    assert [(s.place, s.age_days) for s in army.seen] == [("field", 0), ("station", 2)]


def test_tallies_have_their_bounds_and_counter(small: Timeline) -> None:
    (strikes,) = scene(small, "2017-10-26").tallies
    assert (strikes.name, strikes.number, strikes.counted_by) == (
        "strikes",
        Range(13.5, 15, 16.5),
        "article",
    )


@pytest.mark.parametrize("lens", ["default", "official:iraq", "latest"])
def test_since_when_is_told_as_the_explanation_tells_it(lens: str) -> None:
    """Asked in any order: what is remembered of one moment must not answer for another."""
    timeline = run("western-iraq-2017", lens)
    last = timeline.scenario.calendar.ticks - 1
    ticks = [*range(0, last, 3), *range(last, 0, -7)]
    for tick in ticks:
        for key in timeline.keys:
            assert since_date(timeline, key, tick) == explain(timeline, key, tick).since, (
                key,
                tick,
            )


def test_a_scene_is_plain_data(small: Timeline) -> None:
    for tick in range(small.scenario.calendar.ticks):
        data = scene(small, tick).to_json()
        assert json.loads(json.dumps(data, allow_nan=False))["tick"] == tick


def test_a_day_outside_the_window_is_refused(small: Timeline) -> None:
    with pytest.raises(UsageError, match="U503"):
        scene(small, "2018-01-01")


def test_a_scene_needs_no_drawing_library(tmp_path: Path) -> None:
    code = "import sys, replay.scene; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("lens", "fronts"), [("default", 4), ("only:afp", 4), ("without:afp", 0)])
def test_an_advance_is_shown_only_if_somebody_who_is_believed_tells_of_it(
    lens: str, fronts: int
) -> None:
    """The agency alone tells of four fronts (afp p12)."""
    efforts = scene(run("western-iraq-2017", lens), "2017-10-31").efforts
    assert sum(len(effort.axes) for effort in efforts) == fronts
