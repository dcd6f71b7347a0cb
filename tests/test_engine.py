"""SimPy at work: what lasts waits for its launch, stops at a halt, goes on, reaches its goal."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from conftest import Made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_marks import SAID, Told, brute_force

from replay.model.state import Effort, EnRoute, Progress, StateKey, Tally, presence_of
from replay.pipeline import run
from replay.timeline.timeline import Timeline

CLAIM = "summary: s, claims: [{cite: article p1}]"
LAUNCH = f"- {{id: launched, type: launch, date: 2017-10-26, operation: push, {CLAIM}}}"
HALT = f"- {{id: storm, type: halt, date: 2017-10-28, operation: push, reason: sandstorm, {CLAIM}}}"
RESUME = f"- {{id: resumed, type: resume, date: 2017-10-30, operation: push, {CLAIM}}}"
HALF = (
    "- {id: half, type: clear, date: 2017-10-31, operation: push, place: desert, by: iraq, "
    f"share: 0.5, {CLAIM}}}"
)
WHOLE = (
    "- {id: whole, type: clear, date: 2017-11-04, operation: push, place: desert, by: iraq, "
    f"share: 1, {CLAIM}}}"
)
MARCH = (
    "- {id: march, type: move, date: 2017-11-01, departed: 2017-10-26, operation: push, by: army, "
    f"from: village, to: town, {CLAIM}}}"
)


def km2(timeline: Timeline) -> list[float | None]:
    """The best value of what is taken of the desert, on each day of the window."""
    found: list[float | None] = []
    for tick in range(timeline.scenario.calendar.ticks):
        value = timeline.at(tick)[StateKey("progress", "desert")].value
        assert value is None or isinstance(value, Progress)
        found.append(None if value is None or value.amount.best is None else value.amount.best)
    return [None if v is None else round(v, 1) for v in found]


def way(timeline: Timeline) -> list[float | None]:
    """How far the army has come, on each day of the window."""
    found: list[float | None] = []
    for tick in range(timeline.scenario.calendar.ticks):
        value = timeline.at(tick)[StateKey("position", "army")].value
        assert value is None or isinstance(value, EnRoute)
        found.append(None if value is None or value.share.best is None else value.share.best)
    return [None if v is None else round(v, 3) for v in found]


def replayed(made: Made, *events: str) -> Timeline:
    return run(made("\n".join(events)))


def test_progress_grows_from_the_launch_to_the_first_milestone_and_on_to_the_next(
    made: Made,
) -> None:
    timeline = replayed(made, LAUNCH, HALF, WHOLE)
    assert km2(timeline) == [
        *[None, 83.3, 166.7, 250.0, 333.3, 416.7, 500.0],
        *[625.0, 750.0, 875.0, 1000.0, 1000.0],
    ]
    on_the_way = timeline.at("2017-11-02")[StateKey("progress", "desert")].value
    assert isinstance(on_the_way, Progress)
    assert (on_the_way.amount.low, on_the_way.amount.high) == (500, 1000), "the documented ones"
    bases = {c.tick: c.basis for c in timeline.history(StateKey("progress", "desert"))}
    assert [t for t, basis in bases.items() if basis == "documented"] == [6, 10]


def test_a_later_operation_goes_on_from_what_an_earlier_one_has_reached(made: Made) -> None:
    again = LAUNCH.replace("id: launched", "id: again").replace("10-26", "11-02")
    timeline = replayed(
        made, LAUNCH, HALF, again.replace("push", "second"), WHOLE.replace("push", "second")
    )
    assert km2(timeline)[5:] == [416.7, 500.0, 500.0, 666.7, 833.3, 1000.0, 1000.0]
    begun = timeline.at("2017-11-02")[StateKey("progress", "desert")].value
    assert isinstance(begun, Progress)
    assert begun.amount.low == 500, "what the first one has taken is not taken back"


def test_a_halt_stops_the_work_and_the_days_after_it_make_up_for_it(made: Made) -> None:
    assert km2(replayed(made, LAUNCH, HALT, RESUME, HALF)) == [
        *[None, 83.3, 166.7, 166.7, 166.7, 333.3, 500.0],
        *[500.0] * 5,
    ]


def test_without_the_halt_every_following_day_differs(made: Made) -> None:
    halted, free = replayed(made, LAUNCH, HALT, RESUME, HALF), replayed(made, LAUNCH, HALF)
    differs = [n for n, (a, b) in enumerate(zip(km2(halted), km2(free), strict=True)) if a != b]
    assert differs == [3, 4, 5], "from the halt until the milestone that both reach"


def test_a_later_launch_moves_the_days_that_follow_it(made: Made) -> None:
    late = LAUNCH.replace("10-26", "10-29")
    assert km2(replayed(made, late, HALF))[:7] == [None, None, None, None, 166.7, 333.3, 500.0]


def test_without_a_milestone_the_way_to_the_next_is_a_straight_one(made: Made) -> None:
    assert km2(replayed(made, LAUNCH, WHOLE))[1:4] == [100.0, 200.0, 300.0]


def test_a_halt_that_never_ends_leaves_the_work_where_it_was(made: Made) -> None:
    timeline = replayed(made, LAUNCH, HALT, HALF)
    assert km2(timeline)[3:6] == [166.7, 166.7, 166.7]
    assert km2(timeline)[6] == 500.0, "what a document says is said all the same"


def test_a_halt_that_is_said_twice_is_one_halt(made: Made) -> None:
    again = HALT.replace("id: storm", "id: dust")
    once, twice = replayed(made, LAUNCH, HALT, HALF), replayed(made, LAUNCH, HALT, again, HALF)
    assert km2(once) == km2(twice)


def test_a_halt_on_the_day_before_a_milestone_leaves_the_next_one_waiting(made: Made) -> None:
    late, again = (HALT.replace("10-28", "10-31").replace("storm,", f"{n},") for n in "ab")
    timeline = replayed(made, LAUNCH, late, again, HALF, WHOLE)
    assert km2(timeline)[5:] == [416.7, 500.0, 500.0, 500.0, 500.0, 1000.0, 1000.0]


def test_work_ends_when_the_operation_is_complete_and_goes_on_if_it_is_launched_again(
    made: Made,
) -> None:
    complete = HALT.replace("type: halt", "type: complete").replace("reason: sandstorm, ", "")
    again = LAUNCH.replace("launched", "relaunched").replace("10-26", "10-30")
    assert km2(replayed(made, LAUNCH, complete, HALF))[2:7] == [166.7, 166.7, 166.7, 166.7, 500.0]
    assert km2(replayed(made, LAUNCH, complete, again, HALF))[2:7] == [
        *[166.7, 166.7, 166.7, 333.3, 500.0],
    ]


def test_a_halt_interrupts_work_that_would_have_begun_on_its_day(made: Made) -> None:
    def cleared(name: str, day: str, much: str) -> str:
        words = f"type: clear, operation: push, place: district, by: iraq, date: {day}, {much}"
        return f"- {{id: {name}, {words}, {CLAIM}}}"

    milestones = [
        cleared("part", "2017-10-28", "share: 0.2"),  # no size of the whole: not one unit with km²
        cleared("some", "2017-10-31", "km2: 100"),
        cleared("more", "2017-11-04", "km2: 300"),
    ]
    timeline = replayed(made, LAUNCH, *milestones, HALT.replace("10-28", "11-01"))
    found = [timeline.at(tick)[StateKey("progress", "district")].value for tick in range(6, 11)]
    assert [v.amount.best for v in found if isinstance(v, Progress)] == [100, 100, 100, 100, 300]


def test_a_launch_after_the_milestone_moves_nothing_any_more(made: Made) -> None:
    for day in ("2017-10-31", "2017-11-01", "2017-11-03"):
        late = LAUNCH.replace("2017-10-26", day)
        assert km2(replayed(made, late, HALF)) == [*[None] * 6, *[500.0] * 6]


def test_an_army_on_the_march_stands_still_while_its_operation_is_halted(made: Made) -> None:
    assert way(replayed(made, LAUNCH, HALT, RESUME, MARCH)) == [
        *[None, 0, 0.167, 0.167, 0.167, 0.444, 0.722, 1],
        *[1] * 4,
    ]
    assert way(replayed(made, LAUNCH, MARCH))[1:8] == [0, 0.167, 0.333, 0.5, 0.667, 0.833, 1]


def test_no_track_starts_at_a_place_that_no_source_names(made: Made) -> None:
    unknown = MARCH.replace("departed: 2017-10-26, ", "").replace("from: village, ", "")
    timeline = replayed(made, LAUNCH, unknown)
    assert way(timeline) == [None] * 12
    assert presence_of("army", "town") in dict(timeline.at("2017-11-02").known("presence"))


def test_an_operation_is_possibly_under_way_again_while_the_end_of_its_halt_is_vague(
    made: Made,
) -> None:
    vague = RESUME.replace("date: 2017-10-30", "date: ../2017-10-31, after: storm")
    effort = replayed(made, LAUNCH, HALT, vague).at("2017-10-29")[StateKey("effort", "push")]
    assert effort.value == Effort("halted", "sandstorm")
    assert (effort.mark, effort.could) == ("possible", (Effort("under way"),))


def test_documents_of_a_day_come_before_what_has_lasted_longer(made: Made) -> None:
    """The work of a day was due before its documents were: its order is not SimPy's."""
    alone = [event.replace("operation: push, ", "") for event in (HALF, WHOLE)]
    clash = f"- {{id: fight, type: clash, by: army, place: town, {CLAIM}, date: 2017-10-"
    timeline = replayed(made, *(e.replace("10-31", "10-28") for e in alone), clash + "29}")
    rows = [change for change in timeline.changes() if change.tick == 4]
    assert [(c.key.aspect, c.basis) for c in rows] == [
        ("presence", "documented"),
        ("progress", "interpolated"),
    ]


def test_a_track_begins_after_the_documents_of_its_day(made: Made) -> None:
    march = MARCH.replace("operation: push, ", "").replace(
        "departed: 2017-10-26", "departed: 2017-10-29"
    )
    clash = f"- {{id: fight, type: clash, by: militia, place: town, {CLAIM}, date: 2017-10-"
    timeline = replayed(made, march, clash + "28}", clash.replace("fight", "next") + "29}")
    rows = [change.key.aspect for change in timeline.changes() if change.tick == 4]
    assert rows == ["presence", "position"]


def test_documents_of_a_day_come_before_what_lasts(made: Made) -> None:
    """A launch delivered on a day moves the work of that day's evening already."""
    timeline = replayed(made, HALF, LAUNCH)
    rows = [c for c in timeline.changes() if c.tick == 1]
    assert [(c.key.aspect, c.basis) for c in rows] == [
        ("effort", "documented"),
        ("progress", "interpolated"),
    ]


def test_an_increment_adds_and_a_total_contains_what_lies_inside_its_period(made: Made) -> None:
    def losses(name: str, day: str, how: str) -> str:
        entry = f"{{name: killed, of: isil, where: everywhere, counted_by: general, {how}}}"
        return f"- {{id: {name}, type: losses, date: {day}, tallies: [{entry}], {CLAIM}}}"

    events = [
        losses("first", "2017-10-25", "add: 7"),
        losses("second", "2017-10-27", "add: 25"),
        losses("third", "2017-10-28", "add: 5"),
        losses("total", "2017-10-29", "total: 75, period: 2017-10-26/2017-10-29"),
        losses("fourth", "2017-11-01", "add: 10"),
    ]
    timeline = replayed(made, *events)
    (key, _), *others = timeline.keys_of("tally")
    assert others == []
    values = [timeline.at(tick)[key].value for tick in range(12)]
    lows = [int(v.number.low) if isinstance(v, Tally) else None for v in values]
    assert lows == [7, 7, 32, 37, 82, 82, 82, 92, 92, 92, 92, 92]


def test_events_before_the_window_keep_their_dates_and_set_its_opening_state(made: Made) -> None:
    timeline = replayed(
        made, f"- {{id: held, type: hold, date: 2014, place: town, by: isil, {CLAIM}}}"
    )
    (change,) = [
        c for c in timeline.history(StateKey("control", "town")) if c.after.mark == "certain"
    ]
    assert change.tick < 0
    assert timeline.scenario.calendar.label(change.tick) == "2014-12-31"


STORIES = st.lists(st.lists(SAID, min_size=1, max_size=3), min_size=1, max_size=4)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STORIES)
def test_the_replay_of_any_stories_agrees_with_the_worlds_written_out(
    made: Made, stories: Sequence[Told]
) -> None:
    """Random events with rival claims; grades fix which claim ranks first."""
    timeline = run(_with_graded_voices(made(_as_script(stories))))
    for tick in range(12):
        value, mark, could = brute_force(_merged(stories), tick)
        got = timeline.at(tick).control["town"]
        assert (got.value, got.mark, set(got.could)) == (value, mark, could), tick


def _as_script(stories: Sequence[Told]) -> str:
    lines = ["- {id: held, type: hold, date: 2014, place: town, by: isil, " + CLAIM + "}"]
    for n, told in enumerate(stories):
        said = []
        for k, (first, last, side) in enumerate(told):
            words = f"date: {_day(first)}/{_day(last)}, by: {side}"
            said.append(f"{{cite: article p{k + 1}, reporter: {VOICES[k]}, {words}}}")
        date = f"{_day(told[0][0])}/{_day(told[0][1])}"
        lines.append(
            f"- {{id: e{n}, type: capture, place: town, by: {told[0][2]}, date: {date}, "
            f"summary: s, claims: [{', '.join(said)}]}}"
        )
    return "\n".join(lines)


VOICES = ("reporter", "general", "minister")  # graded B, and below


def _with_graded_voices(scenario: object) -> object:
    voices = tuple(
        voice.model_copy(update={"grade": "ABC"[VOICES.index(voice.id)]})
        for voice in scenario.voices  # type: ignore[attr-defined]
    )
    return scenario.model_copy(update={"voices": voices})  # type: ignore[attr-defined]


def _day(tick: int) -> str:
    return f"2017-10-{25 + tick}" if tick < 7 else f"2017-11-{tick - 6:02d}"


def _merged(stories: Sequence[Told]) -> list[Told]:
    return [list(told) for told in stories]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_log_does_not_depend_on_the_hash_seed(made: Made, seed: str) -> None:
    import subprocess
    import sys

    made("\n".join([LAUNCH, HALT, RESUME, HALF, WHOLE, MARCH]))
    path = "scenario.yaml"
    code = "import replay,sys;t=replay.run(sys.argv[1]);print([str(c) for c in t.changes()])"
    folder = _folder(made)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(folder / path)],
            env={"PYTHONHASHSEED": s, "PATH": "", "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for s, zone in ((seed, "UTC"), ("42", "Asia/Baghdad"))
    }
    assert len(outputs) == 1


def _folder(made: Made) -> object:
    return made(LAUNCH).folder
