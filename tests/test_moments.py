"""Moments inside a step: times of day, the moment after an event, days of a longer step.

The oracle is a replay of the same script whose steps are short enough for the moment to end one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from replay.analysis.intervals import stretches
from replay.foundation.calendar import Calendar
from replay.foundation.edtf import DAY, DateError, parse, spell_day, spell_moment
from replay.foundation.english import format_day, read_date
from replay.foundation.errors import ScenarioError, UsageError
from replay.frontends.cli import start
from replay.frontends.terminal.lines import converse
from replay.model.state import Marked, StateKey
from replay.outputs.formats import export
from replay.outputs.page.data import contents as page_data
from replay.pipeline import run
from replay.script.load import load
from replay.stepping.session import Session
from replay.text.explanation import told_why
from replay.text.narrative import narrative
from replay.timeline.explanation import explain
from replay.timeline.moments import read_known_on, read_moment, read_span
from replay.timeline.timeline import Timeline

HEAD = """\
scenario: made
title: Made
window: {window}
step: {step}
sides:
  - {{id: g, name: Green, letter: G, colour: green}}
  - {{id: r, name: Red, letter: R, colour: red}}
  - {{id: b, name: Blue, letter: B, colour: blue}}
sources: [{{id: p, title: Paper}}]
places:
  - {{id: a, name: Alpha, kind: town, position: {{lat: 48, lon: 37, estimated: 10}}}}
  - {{id: c, name: Beta, kind: town, position: {{lat: 48.2, lon: 37.4, estimated: 10}}}}
events:
  - {{id: h, type: hold, date: 2013, place: [a, c], by: g, summary: Green holds., claims: [{{cite: p p1}}]}}
"""


def event(name: str, date: str, by: str, more: str = "", type_: str = "capture") -> str:
    return (
        f"  - {{id: {name}, type: {type_}, date: {date}, place: a, by: {by}, "
        f"summary: {name} happens., claims: [{{cite: p p1}}]{more}}}\n"
    )


def made(
    folder: Path, events: str, window: str = "2014-01-01/2014-01-05", step: str = "day"
) -> Timeline:
    path = folder / f"{step.replace(' ', '-')}.yaml"
    path.write_text(HEAD.format(window=window, step=step) + events, "utf-8")
    try:
        return run(load(path))
    except ScenarioError:  # dates that contradict `after`
        assume(False)
        raise


TAKEN_AND_LOST = event("lost", "2014-01-02T18:00", "g") + event("taken", "2014-01-02T09:00", "r")
IN_A_DAY = event("entered", "2014-01-02", "r", "", "contest") + event(
    "fell", "2014-01-02", "r", ", after: entered"
)


def held(timeline: Timeline, on: str, place: str = "a") -> Marked:
    return timeline.at(on).control[place]


# --- a time of day ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "side"),
    [
        ("2014-01-02T08:59", "g"),
        ("2014-01-02T09", "r"),
        ("2014-01-02T12", "r"),
        ("noon on 2 January 2014", "r"),
        ("2014-01-02T17:59", "r"),
        ("2014-01-02T18:00", "g"),
        ("2014-01-02", "g"),
        ("taken", "r"),
        ("lost", "g"),
    ],
)
def test_an_hour_inside_a_day_is_answered(tmp_path: Path, on: str, side: str) -> None:
    marked = held(made(tmp_path, TAKEN_AND_LOST), on)
    assert (getattr(marked.value, "side", None), marked.mark) == (side, "certain")


def test_the_answer_at_noon_names_the_hour_since_when(tmp_path: Path) -> None:
    timeline = made(tmp_path, TAKEN_AND_LOST)
    why = explain(timeline, StateKey("control", "a"), "2014-01-02T12")
    assert (why.on, why.since) == ("2014-01-02T12:00", "2014-01-02T09:00")
    assert why.next is not None
    assert why.next.date == "2014-01-02T18:00"
    lines = [line.text for line in told_why(timeline, "a", "2014-01-02T12")]
    assert lines[0] == "Alpha, at noon on 2 January 2014"
    assert "Held by Red, since 2 January 2014, 09:00" in lines


def test_where_no_hour_is_documented_each_state_of_the_day_is_possible(tmp_path: Path) -> None:
    timeline = made(tmp_path, IN_A_DAY)
    noon = held(timeline, "2014-01-02T12")
    assert noon.mark == "possible"
    statuses = {getattr(v, "status", None) for v in (noon.value, *noon.could)}
    assert statuses == {"held", "contested"}
    assert {getattr(v, "side", None) for v in (noon.value, *noon.could)} == {"g", "r", None}


def test_the_moment_after_an_event_is_before_what_comes_after_it(tmp_path: Path) -> None:
    timeline = made(tmp_path, IN_A_DAY)
    after = held(timeline, "entered")
    assert (getattr(after.value, "status", None), after.mark) == ("contested", "certain")
    fallen = held(timeline, "fell")
    assert (getattr(fallen.value, "side", None), fallen.mark) == ("r", "certain")
    why = explain(timeline, StateKey("control", "a"), "entered")
    assert (why.on, why.since) == ("2014-01-02", "2014-01-02")
    assert why.next is not None
    assert (why.next.date, why.next.event) == ("2014-01-02", "fell")


def test_what_else_happens_that_day_is_possible_after_an_event(tmp_path: Path) -> None:
    elsewhere = event("other", "2014-01-02", "b").replace("place: a", "place: c")
    for events in (IN_A_DAY + elsewhere, elsewhere + IN_A_DAY):
        marked = held(made(tmp_path, events), "entered", "c")
        assert marked.mark == "possible"
        assert {getattr(v, "side", None) for v in (marked.value, *marked.could)} == {"g", "b"}


def test_a_day_on_which_nothing_happens_is_not_replayed_again(tmp_path: Path) -> None:
    timeline = made(tmp_path, TAKEN_AND_LOST)
    assert timeline.at("2014-01-04T05:17").timeline is timeline
    assert timeline.at("2014-01-04T05:17").label == "2014-01-04T05:17"
    finer = timeline.at("2014-01-02T05").timeline
    assert finer is timeline.at("2014-01-02T06").timeline


def test_a_moment_of_another_moments_timeline_is_the_same(tmp_path: Path) -> None:
    timeline = made(tmp_path, TAKEN_AND_LOST)
    noon = timeline.at("2014-01-02T12")
    assert timeline.at(noon) is noon


# --- steps longer than a day --------------------------------------------------------------------

WEEKS = event("taken", "2017-01-19", "r").replace("2013", "2016")


def test_a_day_inside_a_week_is_answered_for_that_very_day(tmp_path: Path) -> None:
    timeline = made(tmp_path, WEEKS, "2017-01-01/2017-02-28", "week")
    sides = {}
    for day in (16, 18, 19, 20, 22):
        on = f"2017-01-{day}"
        why = explain(timeline, StateKey("control", "a"), on)
        sides[day] = getattr(why.marked.value, "side", None)
        assert why.on == on
    assert sides == {16: "g", 18: "g", 19: "r", 20: "r", 22: "r"}


def test_a_week_is_named_by_its_first_and_last_day(tmp_path: Path) -> None:
    timeline = made(tmp_path, WEEKS, "2017-01-01/2017-02-28", "week")
    state = timeline.at(2)
    assert state.label == "2017-01-15/2017-01-21"
    assert timeline.at(state.label).tick == 2
    title = next(iter(told_why(timeline, "a", 2))).text
    assert title == "Alpha, at the end of 15–21 January 2017"
    assert timeline.dated(int(timeline.rows_of(StateKey("control", "a"))[-1])) == "2017-01-19"


def test_an_hour_inside_a_week_is_answered(tmp_path: Path) -> None:
    hours = TAKEN_AND_LOST.replace("2014-01-02", "2014-01-03")
    timeline = made(tmp_path, hours, "2014-01-01/2014-01-28", "week")
    found = [held(timeline, f"2014-01-03T{hour}") for hour in ("08", "12", "20")]
    assert [getattr(m.value, "side", None) for m in found] == ["g", "r", "g"]


# --- the same as with short steps -----------------------------------------------------------------

TIMES = ("", "T06:00", "T12", "T12:30", "T18:00")


@st.composite
def scripts(draw: st.DrawFn) -> str:
    """Events with and without times of day; of those without, each comes after the one before."""
    days = st.integers(2, 12)
    found, timed = "", True
    for n in range(draw(st.integers(1, 4))):
        date = f"2014-01-{draw(days):02d}{draw(st.sampled_from(TIMES))}"
        before, timed = timed, "T" in date
        if draw(st.booleans()) and not timed:
            date = f"{date}/2014-01-{int(date[-2:]) + draw(st.integers(0, 2)):02d}"
        ordered = n and (draw(st.booleans()) or not (timed and before))
        after = f", after: e{n - 1}" if ordered else ""
        kind = draw(st.sampled_from(["capture", "contest"]))
        found += event(f"e{n}", date, draw(st.sampled_from("rb")), after, kind)
    return found


def sure(marked: Marked) -> tuple[object, set[object]]:
    return marked.mark, {marked.value, *marked.could}


@settings(max_examples=40, deadline=None)
@given(scripts(), st.integers(2, 13), st.sampled_from(["06:00", "12:00", "12:30", "23:59"]))
def test_a_time_of_day_is_answered_as_a_replay_by_the_minute_answers_it(
    tmp_path_factory: pytest.TempPathFactory, events: str, day: int, time: str
) -> None:
    folder = tmp_path_factory.mktemp("made")
    window, on = "2014-01-01/2014-01-14", f"2014-01-{day:02d}T{time}"
    scenario = made(folder, events, window, "day").scenario
    by_minute = run(scenario.on_calendar(Calendar.from_window(parse(window), 1)))
    expected = by_minute.at(by_minute.scenario.calendar.of(on)).control["a"]
    for step in ("day", "week"):
        marked = held(made(folder, events, window, step), on)
        assert sure(marked) == sure(expected), step


@settings(max_examples=40, deadline=None)
@given(scripts(), st.integers(1, 14))
def test_a_day_of_a_week_is_answered_as_a_replay_by_the_day_answers_it(
    tmp_path_factory: pytest.TempPathFactory, events: str, day: int
) -> None:
    folder = tmp_path_factory.mktemp("made")
    window, on = "2014-01-01/2014-01-14", f"2014-01-{day:02d}"
    weeks, days = (made(folder, events, window, step) for step in ("week", "day"))
    assert sure(held(weeks, on)) == sure(held(days, on))


# --- calendars ------------------------------------------------------------------------------------


@given(st.integers(0, 7), st.integers(0, 6), st.integers(0, 1439))
def test_a_split_calendar_has_each_minute_in_one_tick(week: int, day: int, minute: int) -> None:
    weeks = Calendar.from_window(parse("2017-01-01/2017-02-25"), 7 * DAY)
    days = weeks.split(week, DAY)
    minutes = days.split(week + day, 1)
    doubled = minutes.doubled(minutes.begin(week + day) + minute)
    assert (days.ticks, minutes.ticks) == (weeks.ticks + 6, weeks.ticks + 6 + 1439)
    assert doubled.ticks == minutes.ticks + 1
    for finer in (days, minutes, doubled):
        at = weeks.origin - 20000
        for tick in range(finer.tick(at), finer.ticks + 3):
            begin, end = finer.begin(tick), finer.end(tick)
            twin = finer.begin(tick + 1) == begin
            assert begin == at or finer.begin(tick - 1) == begin or tick == finer.tick(at)
            assert twin or finer.tick(begin) == tick == finer.tick(end)
            assert finer.step_of(tick) == weeks.tick(begin)
            at = end + 1
        for step in range(-2, weeks.ticks + 2):
            assert finer.end(finer.last_of_step(step)) == weeks.end(step)


# --- what people type -----------------------------------------------------------------------------

DAYS = st.integers(parse("0001-01-01").bounds.earliest or 0, parse("9998-12-31").bounds.latest or 0)


@given(DAYS.map(lambda minute: minute // DAY))
def test_a_day_is_read_as_it_is_written_in_english(day: int) -> None:
    words = format_day(day)
    number, month, rest = words.split(" ", 2)
    spellings = [words, f"{number} {month[:3]} {rest}", f"{month} {number}, {rest}"]
    for text in (*spellings, words.lower(), f"  {words} ", f"on {words}"):
        assert read_date(text).bounds == parse(spell_day(day)).bounds, text


@given(DAYS, st.sampled_from(["{day}, {time}", "{day} {time}", "{time} on {day}", "{iso} {time}"]))
def test_a_time_of_day_is_read_with_its_day(minute: int, form: str) -> None:
    day, time = format_day(minute // DAY), spell_moment(minute, 1)[-8:-3]
    iso = spell_day(minute // DAY)
    assert read_date(form.format(day=day, time=time, iso=iso)).bounds.earliest == minute


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("3 Nov 2017", "2017-11-03"),
        ("3rd of November 2017", "2017-11-03"),
        ("Friday, 3 November 2017", "2017-11-03"),
        ("Sept 3 2017", "2017-09-03"),
        ("2017/11/03", "2017-11-03"),
        ("23.11.2017", "2017-11-23"),
        ("5/5/2017", "2017-05-05"),
        ("November 2017", "2017-11"),
        ("26-28 October 2017", "2017-10-26/2017-10-28"),
        ("2017-11-17 noon", "2017-11-17T12:00"),
        ("17 November 2017, 05:30", "2017-11-17T05:30"),
        ("10 January 49 BC", "-0048-01-10"),
        ("2017-10-2X", None),
        ("5pm 3 Nov 2017", None),
        ("3 November 17", None),
        ("31 November 2017", None),
        ("3 Nov 2017 05:00 06:00", None),
        ("noon", None),
        ("November 2017, noon", None),
    ],
)
def test_a_date_is_read_as_people_type_it(text: str, edtf: str | None) -> None:
    if edtf is None:
        with pytest.raises(DateError):
            read_date(text)
    else:
        assert read_date(text).text == edtf


def test_a_day_without_a_year_is_of_the_window(tmp_path: Path) -> None:
    timeline = made(tmp_path, TAKEN_AND_LOST, "2013-12-01/2014-11-30")
    assert timeline.at("2 jan").label == "2014-01-02"
    assert timeline.at("dec 24").label == "2013-12-24"


@pytest.mark.parametrize("text", ["3/11/2017", "3.11.2017", "03-11-2017"])
def test_a_numeric_date_that_can_be_two_days_is_refused_with_both(text: str) -> None:
    with pytest.raises(DateError, match="may be two days") as refused:
        read_date(text)
    assert refused.value.hint == "write 2017-11-03 or 2017-03-11"


TYPED = [
    *("", "nonsense", "2014", "2014-01", "January 2014", "3/1/2014", "31 January 2015", "2014-01-02~"),
    *("2014-01-02/2014-01-03", "2014-01-02/..", "../2014-01-02", "2014-13-01", "5pm", "24:00 2 Jan 2014"),
    *("2014-01-02T05:00Z", "2014-02-30", "20140232", "takn", "x" * 90, "2014-01-02T25", "winter 2014"),
    *("Y-17000", "13/2/2014", "1/2/2014", "2014-21", "17", "1914-01-02"),
]  # fmt: skip
SUGGESTED = re.compile(r"-?\d{4}-\d\d(?:-\d\d(?:T\d\d(?::\d\d){0,2})?)?|(?<=did you mean ')[^']+")


@pytest.mark.parametrize("step", ["day", "week", "hour", "6 hours"])
@pytest.mark.parametrize("text", TYPED)
def test_what_an_error_suggests_is_accepted_when_it_is_typed(
    tmp_path: Path, text: str, step: str
) -> None:
    scenario = made(tmp_path, TAKEN_AND_LOST, step=step).scenario
    timeline = run(scenario)
    asked = (
        timeline.at,
        timeline.tick,
        lambda typed: timeline.ticks(typed, typed),
        lambda typed: read_known_on(scenario, typed),
    )
    for ask in asked:
        problem = refusal(ask, text)
        if problem is not None:
            suggested = SUGGESTED.findall(problem.problems[0].hint or "")
            assert suggested, f"{problem}"
            assert [refusal(ask, other) for other in suggested] == [None] * len(suggested)


def refusal(ask: Callable[[str], object], text: str) -> UsageError | None:
    try:
        ask(text)
    except UsageError as problem:
        return problem
    return None


def test_a_span_is_read_where_one_is_allowed(tmp_path: Path) -> None:
    timeline = made(tmp_path, TAKEN_AND_LOST, "2013-12-20/2014-02-10")
    scenario = timeline.scenario
    assert timeline.ticks("January 2014", "January 2014") == range(12, 43)
    assert read_span(scenario, "Jan 2014")[1] == parse("2014-01").bounds.latest
    assert read_known_on(scenario, "January 2014").text == "2014-01"
    with pytest.raises(UsageError, match="is a month, not a single day"):
        read_moment(scenario, "January 2014")


def test_known_on_is_read_as_people_type_it(tmp_path: Path) -> None:
    scenario = made(tmp_path, TAKEN_AND_LOST).scenario
    assert run(scenario, known_on="3 Jan").known_on == "2014-01-03"


# --- without --on ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "thing"), [("state", []), ("explain", ["a"]), ("tally", [])])
def test_without_a_moment_it_is_the_last_day_with_an_event_and_the_answer_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, thing: Sequence[str]
) -> None:
    made(tmp_path, TAKEN_AND_LOST)
    asked = [command, str(tmp_path / "day.yaml"), *thing]
    assert start(asked) == 0
    said = capsys.readouterr().out
    assert "Without --on: 2 January 2014 is the last day with an event." in said
    assert start([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["on"] == "2014-01-02"
    assert start([*asked, "--on", "2 Jan 2014"]) == 0
    assert "left out" not in capsys.readouterr().out


def test_without_a_moment_and_without_a_dated_event_it_is_the_last_day_of_the_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    timeline = made(tmp_path, event("taken", "201X", "r"))
    assert timeline.last_event is None
    assert start(["state", str(tmp_path / "day.yaml")]) == 0
    said = capsys.readouterr().out
    assert "is the last day of the window, in which no event is dated to a day." in " ".join(
        said.split()
    )


def test_a_map_without_a_moment_is_of_the_last_day_with_an_event(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, TAKEN_AND_LOST)
    monkeypatch.chdir(tmp_path)
    assert start(["show", "day.yaml"]) == 0
    assert (tmp_path / "made-2014-01-02.png").exists()
    assert "2 January 2014 is the last day with an event" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("step", "on", "name"),
    [
        ("week", "2014-01-01/2014-01-07", "2014-01-01--2014-01-07"),
        ("day", "2014-01-02T12", "2014-01-02T1200"),
        ("day", "taken", "taken"),
    ],
)
def test_a_map_of_a_moment_has_a_name_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, on: str, name: str
) -> None:
    made(tmp_path, TAKEN_AND_LOST, step=step)
    monkeypatch.chdir(tmp_path)
    assert start(["show", f"{step}.yaml", "--on", on]) == 0
    assert (tmp_path / f"made-{name}.png").exists()


def test_each_command_that_takes_a_moment_takes_a_time_and_an_event(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, TAKEN_AND_LOST)
    monkeypatch.chdir(tmp_path)
    commands = (["state"], ["explain", "a"], ["tally"], ["certainty"], ["export", "-o", "x.svg"])
    for (first, *more), on in product(commands, ("taken", "2 Jan 2014, 12:00")):
        assert start([first, "day.yaml", *more, "--on", on]) == 0, (first, on)
    assert start(["compare", "day.yaml", "--on", "taken", "--on", "lost", "-o", "x.png"]) == 0
    said = capsys.readouterr().out
    assert "held by Red" in said
    assert "just after “taken happens” (2 January 2014, 09:00)" in said


# --- what is written ------------------------------------------------------------------------------


def stretched(timeline: Timeline, path: Path) -> list[tuple[str, str, str]]:
    export(timeline, path)
    told = json.loads(path.read_text("utf-8"))["features"]
    found = [f["properties"] for f in told if f["properties"]["of"] == "a"]
    return [(p["title"], p["start"], p["end"]) for p in found]


def test_the_hours_are_in_the_map_formats(tmp_path: Path) -> None:
    timeline = made(tmp_path, TAKEN_AND_LOST)
    assert stretched(timeline, tmp_path / "x.geojson") == [
        ("Alpha: held by Green", "2014-01-01T00:00:00", "2014-01-02T09:00:00"),
        ("Alpha: held by Red", "2014-01-02T09:00:00", "2014-01-02T18:00:00"),
        ("Alpha: held by Green", "2014-01-02T18:00:00", "2014-01-06T00:00:00"),
    ]
    for suffix in ("kml", "czml", "csv", "json"):
        path = export(timeline, tmp_path / f"x.{suffix}")
        text = path.read_text("utf-8-sig")
        assert "2014-01-02T09:00" in text, suffix
        assert "2014-01-02T18:00" in text, suffix


def test_an_event_of_a_longer_step_keeps_its_own_date(tmp_path: Path) -> None:
    timeline = made(tmp_path, WEEKS, "2017-01-01/2017-02-28", "week")
    assert stretched(timeline, tmp_path / "x.geojson") == [
        ("Alpha: held by Green", "2017-01-01T00:00:00", "2017-01-19T00:00:00"),
        ("Alpha: held by Red", "2017-01-19T00:00:00", "2017-03-05T00:00:00"),
    ]
    changes = json.loads(export(timeline, tmp_path / "x.json").read_text("utf-8"))["changes"]
    assert [c["date"] for c in changes if c["event"] == "taken" and c["of"] == "a"] == [
        "2017-01-19"
    ]
    assert "2017-01-15" not in (tmp_path / "x.geojson").read_text("utf-8")


def test_where_hours_are_not_documented_whole_days_are_written(tmp_path: Path) -> None:
    found = stretched(made(tmp_path, IN_A_DAY), tmp_path / "x.geojson")
    assert [start for _, start, _ in found] == ["2014-01-01T00:00:00", "2014-01-02T00:00:00"]


@settings(max_examples=30, deadline=None)
@given(scripts())
def test_stretches_touch_and_say_what_a_moment_in_them_says(
    tmp_path_factory: pytest.TempPathFactory, events: str
) -> None:
    timeline = made(tmp_path_factory.mktemp("made"), events, "2014-01-01/2014-01-14")
    calendar = timeline.scenario.calendar
    found = list(stretches(timeline, StateKey("control", "a")))
    assert found[0].first == calendar.origin
    assert found[-1].last == calendar.end(calendar.ticks - 1)
    for one, following in pairwise(found):
        assert one.last + 1 == following.first
    for one in found:
        assert one.why(timeline).marked == one.marked
        minute = one.last
        if minute % DAY == DAY - 1:
            assert timeline.at(calendar.tick(minute)).control["a"] == one.marked
        elif one.marked.mark == "certain":
            value = held(timeline, f"{spell_moment(minute, 1)[:-3]}").value
            assert value == one.marked.value


def test_the_narrative_says_what_the_strip_does_not_show(tmp_path: Path) -> None:
    lines = [line.text for line in narrative(made(tmp_path, TAKEN_AND_LOST))]
    assert lines[lines.index("Within one day, so not in the strip:") + 1] == (
        "Alpha: held by Red, 2 January 2014, 09:00–17:59"
    )
    lines = [line.text for line in narrative(made(tmp_path, IN_A_DAY))]
    assert lines[-1].endswith("on 2 January 2014 (hour not documented)")
    assert lines[-1].startswith("Alpha: contested")
    quiet = narrative(made(tmp_path, event("taken", "2014-01-02", "r")))
    assert not any("not in the strip" in line.text for line in quiet)


def test_the_page_has_each_change_of_a_day_with_its_hour(tmp_path: Path) -> None:
    data = page_data(made(tmp_path, TAKEN_AND_LOST))
    view = data["views"][data["lenses"][0]["known"][-1][2]]
    told = [(tick, of, time, data["whys"][why]["words"]) for tick, of, time, why in view["within"]]
    assert told == [(1, "a", "09:00", "Held by Red"), (1, "a", "18:00", "Held by Green")]
    assert data["days"][1] == "2014-01-02"


def test_the_page_names_a_week_by_its_days(tmp_path: Path) -> None:
    data = page_data(made(tmp_path, WEEKS, "2017-01-01/2017-02-28", "week"))
    assert (data["days"][2], data["dates"][2]) == ("2017-01-15/2017-01-21", "15–21 January 2017")
    view = data["views"][data["lenses"][0]["known"][-1][2]]
    assert view["within"][0][:3] == [2, "a", "19 January 2017"]


def test_nothing_is_said_of_a_week_before_it_happened(tmp_path: Path) -> None:
    timeline = made(tmp_path, WEEKS, "2017-01-01/2017-02-28", "week")
    for tick in range(timeline.scenario.calendar.ticks):
        why = explain(timeline, StateKey("control", "a"), tick)
        if why.since is not None:
            begun = parse(why.since).bounds.earliest
            ends = parse(why.on).bounds.latest
            assert begun is not None
            assert ends is not None
            assert begun <= ends


# --- stepping -------------------------------------------------------------------------------------


def test_one_can_stand_at_an_hour_while_stepping(tmp_path: Path) -> None:
    walk = Session(made(tmp_path, TAKEN_AND_LOST), "2014-01-02T12")
    marks = {mark.place: mark.control.value for mark in walk.scene.marks}
    assert getattr(marks["a"], "side", None) == "r"
    assert (walk.scene.date, walk.scene.tick) == ("2 January 2014, 12:00", 1)
    assert [event.event for event in walk.scene.events] == ["taken"]
    walk.goto("2014-01-02")
    assert walk.now.moment is None
    walk.goto("noon on 2 January")
    walk.go("next-day")
    assert walk.now.label == "2014-01-03"
    said: list[str] = []
    converse(
        walk,
        iter(["goto 2 jan 2014, 12:00", "why a"]),
        lambda lines: said.extend(line.text for line in lines),
    )
    assert "`why`, `places` and `tallies` answer for the moment at noon on 2 January 2014." in said
    assert "Alpha, at noon on 2 January 2014" in said
