"""Certain, possible, out of question: held against every reading of the dates, written out."""

from __future__ import annotations

import json
import re
import shlex
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise, permutations, product
from pathlib import Path

import numpy as np
import pytest
from conftest import script
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from replay.analysis.certainty import Certainty, certainty
from replay.analysis.certainty.counting import count_readings
from replay.analysis.certainty.course import EventCourse, Orders
from replay.analysis.certainty.sampling import drawn_samples, sample_counts
from replay.engine.simulation import simulate
from replay.events import EVENT_TYPES
from replay.foundation.edtf import DAY
from replay.foundation.errors import ScenarioError, UsageError
from replay.frontends.cli import start
from replay.lens import Reading
from replay.model import Event, Scenario
from replay.model.state import Control, Value
from replay.pipeline import run
from replay.script.load import load
from replay.timeline.timeline import Timeline

# --- an oracle: each reading of the dates, and each order of a day, goes through the engine --------


def every_reading(timeline: Timeline, where: str) -> Iterator[tuple[list[Reading], Fraction]]:
    """All ways to put each event on one tick of its bounds, none before one that it comes after;
    and to order those of one place that are on one tick. With the share that each order has of a
    way."""
    told = timeline.readings
    place = {r.event.id: n for n, r in enumerate(told)}
    after = [[place[a] for a in r.event.after] for r in told]
    for ticks in product(*(range(r.shown.earliest, r.shown.latest + 1) for r in told)):
        if not all(ticks[a] <= ticks[n] for n, before in enumerate(after) for a in before):
            continue
        orders: dict[tuple[int, ...], tuple[int, ...]] = {}
        for order in permutations(range(len(told))):
            if all(ticks[a] <= ticks[b] for a, b in pairwise(order)) and all(
                order.index(a) < order.index(n) for n, before in enumerate(after) for a in before
            ):
                orders[tuple(n for n in order if where in told[n].event.place)] = order
        for order in orders.values():
            # hours of their own tell the engine which order is meant
            readings = [on(told[n], ticks[n], hour) for hour, n in enumerate(order)]
            yield readings, Fraction(1, len(orders))


def on(reading: Reading, tick: int, minute: int) -> Reading:
    minute += tick * DAY
    version = replace(reading.shown, earliest=tick, latest=tick, begin=minute, end=minute)
    return replace(reading, versions=(version,), order=(minute, *reading.order[1:]))


def written_out(timeline: Timeline, place: str) -> list[Counter[Value | None]]:
    """For each tick in how many readings of the dates each value holds, from whole replays."""
    scenario, lens = timeline.scenario, timeline.lens
    found: list[Counter[Value | None]] = [Counter() for _ in range(scenario.calendar.ticks)]
    for readings, share in every_reading(timeline, place):
        one = Timeline(scenario, readings, simulate(scenario, readings), lens)
        for tick, counter in enumerate(found):
            marked = one.at(tick).control[place]
            assert marked.mark == "certain"
            counter[marked.value] += share  # type: ignore[assignment]
    return found


FLAGSHIP = "western-iraq-2017"

# --- scenarios made by chance ----------------------------------------------------------------------

SIDES = ("iraq", "isil", "kurds")
TYPES = ("capture", "contest", "withdraw", "besiege")


@cache
def bare() -> Scenario:
    """The scenario of the tests with a single event far from the town."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(
            script(
                "- {id: x, type: declare, what: other, by: iraq, summary: s, claims: [{cite: article p1}]}"
            ),
            "utf-8",
        )
        return load(path)


def scenario_of(events: list[Event]) -> Scenario:
    parts = {name: getattr(bare(), name) for name in Scenario.model_fields}
    return Scenario(**parts | {"events": tuple(events)})


def event(
    n: int, kind: str, side: str, first: int, last: int, after: list[int], where: str
) -> Event:
    days = "/".join(f"2017-10-{26 + day:02d}" for day in (first, last))
    return EVENT_TYPES[kind].model_validate(
        {
            "id": f"e{n}",
            "type": kind,
            "date": days,
            "place": where,
            "by": side,
            "after": tuple(f"e{a}" for a in after),
            "summary": "s",
            "claims": [{"cite": "article p1"}],
        }
    )


@st.composite
def campaigns(draw: st.DrawFn, ordered: bool = True, wide: int = 2) -> list[Event]:
    """Up to four events at the town or beside it, with vague dates and orders that can be kept."""
    found: list[Event] = []
    starts: list[int] = []
    for n in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, 3))
        last = first + draw(st.integers(0, wide))
        after = (
            draw(st.lists(st.integers(0, n - 1), max_size=2, unique=True)) if ordered and n else []
        )
        after = [a for a in after if starts[a] <= last]
        starts.append(max([first, *(starts[a] for a in after)]))
        kind, side = draw(st.sampled_from(TYPES)), draw(st.sampled_from(SIDES))
        where = draw(st.sampled_from(["town", "town", "station"]))
        found.append(event(n, kind, side, first, last, after, where))
    return draw(st.permutations(found))


def course_of(timeline: Timeline, place: str = "town") -> tuple[EventCourse, tuple[Control, ...]]:
    told = Orders(timeline).told(place)
    return told.course, told.values


@settings(max_examples=100)
@given(campaigns())
def test_counts_and_marks_are_those_of_all_readings_written_out(events: list[Event]) -> None:
    timeline = run(scenario_of(events))
    course, values = course_of(timeline)
    expected = written_out(timeline, "town")
    spans = count_readings(course)
    for tick, counter in enumerate(expected):
        span = [s for s in spans if s.first <= tick][-1]
        whole = sum(span.counts.values())
        total = sum(counter.values(), Fraction(0))
        assert {values[v]: Fraction(n, whole) for v, n in span.counts.items()} == {
            value: Fraction(n, total) for value, n in counter.items()
        }
        marked = timeline.at(tick).control["town"]
        assert {marked.value, *marked.could} == set(counter), "so says the map"
        assert marked.mark == ("certain" if len(counter) == 1 else "possible")


@settings(max_examples=100)
@given(campaigns(ordered=False))
def test_where_dates_are_independent_the_counts_are_the_product_of_their_days(
    events: list[Event],
) -> None:
    """The closed form, for events of which each puts a value of its own: the last one counts."""
    captures = [e for e in events if e.type == "capture" and e.place == ("town",)]
    timeline = run(scenario_of(captures))
    course, values = course_of(timeline)
    assert course.independent
    bounds = [(e.first, e.last) for e in course.events]
    for tick in range(course.ticks):
        expected: Counter[Value] = Counter()
        for n, (first, last) in enumerate(bounds):
            for day in range(first, min(last, tick) + 1):  # event n is the last one, on this day
                beside = [Fraction(1, last - first + 1)]  # how many others share the day
                for m, (begin, end) in enumerate(bounds):
                    if m != n:
                        later = range(max(begin, day + 1), min(end, tick) + 1)
                        same = Fraction(begin <= day <= end, end - begin + 1)
                        other = 1 - same - Fraction(len(later), end - begin + 1)
                        beside = [
                            (beside[k] * other if k < len(beside) else 0)
                            + (beside[k - 1] * same if k else 0)
                            for k in range(len(beside) + 1)
                        ]
                becomes = course.events[n].becomes
                assert becomes is not None
                chance = sum(share / (k + 1) for k, share in enumerate(beside))
                expected[values[becomes[0]]] += chance  # type: ignore[assignment]
        expected[Control("unknown")] += 1 - sum(expected.values())  # type: ignore[assignment]
        counts_here = [s for s in count_readings(course) if s.first <= tick][-1].counts
        whole = sum(counts_here.values())
        found = {values[v]: Fraction(n, whole) for v, n in counts_here.items()}
        assert found == {value: share for value, share in expected.items() if share}


@settings(max_examples=40)
@given(campaigns(), st.integers(0, 3))
def test_samples_come_near_the_counts_and_keep_every_bound_and_order(
    events: list[Event], seed: int
) -> None:
    timeline = run(scenario_of(events))
    course, _ = course_of(timeline)
    size = 4_000
    rng = np.random.default_rng(seed)
    when = drawn_samples(course.events, rng, size)
    for n, dated in enumerate(course.events):
        assert when[:, n].min() >= dated.first
        assert when[:, n].max() <= dated.last
        assert all((when[:, a] <= when[:, n]).all() for a in dated.after)
    sums = sample_counts(course, when, rng)
    assert (sums.sum(axis=1) == size).all()
    for tick in range(course.ticks):
        exact = [s for s in count_readings(course) if s.first <= tick][-1].counts
        whole = sum(exact.values())
        shares = np.array([float(exact.get(v, 0) / whole) for v in range(course.values)])
        assert np.abs(sums[tick] / size - shares).max() < 0.045, "more than five standard errors"
        assert set(np.flatnonzero(sums[tick])) <= set(exact)


# --- the marks of the map --------------------------------------------------------------------------

DATES = st.one_of(
    st.tuples(st.integers(0, 4), st.integers(0, 2)).map(
        lambda d: f"2017-10-{26 + d[0]}/2017-10-{26 + d[0] + d[1]}"
    ),
    st.sampled_from(["../2017-10-28", "2017-10-28/..", "2017-10-28T05"]),
)
OTHERWISE = st.one_of(
    DATES.map("date: {}".format),
    st.sampled_from(SIDES).map("by: {}".format),
    st.sampled_from(["denies: true", "silent: [date]", "silent: [place]"]),
)


@st.composite
def accounts(draw: st.DrawFn) -> str:
    """Up to four events in the words of several sources, with orders and open ends."""
    lines = []
    for n in range(draw(st.integers(1, 4))):
        after = draw(st.lists(st.integers(0, n - 1), max_size=2, unique=True)) if n else []
        claims = ["{cite: article p1}"]
        claims += [
            f"{{cite: paper p2, {words}}}" for words in draw(st.lists(OTHERWISE, max_size=2))
        ]
        lines.append(
            f"- {{id: e{n}, type: {draw(st.sampled_from(TYPES))}, date: {draw(DATES)}, "
            f"place: {draw(st.sampled_from(['town', 'town', 'station']))}, "
            f"by: {draw(st.sampled_from(SIDES))}, after: [{', '.join(f'e{a}' for a in after)}], "
            f"summary: s, claims: [{', '.join(claims)}]}}"
        )
    return "\n".join(lines)


def agrees(timeline: Timeline) -> bool:
    """Whether the map marks all places on all days as the readings of the dates have them."""
    answer = certainty(timeline)
    for tick in range(timeline.scenario.calendar.ticks):
        control = timeline.at(tick).control
        for where in answer.places:
            marked, exact = control[where.place], {h.control for h in where.at(tick).held}
            shown = {marked.value} if marked.mark == "certain" else {marked.value, *marked.could}
            # while sources differ, their dates may be others than those that rank first
            if not (exact & shown if marked.mark == "disputed" else exact == shown):
                return False
    return True


@settings(max_examples=100)
@given(accounts())
def test_the_map_marks_what_the_readings_of_the_dates_leave_open(events: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(script(events), "utf-8")
        try:
            scenario = load(path)
        except ScenarioError:
            return  # dates that contradict their order are refused
    timeline = run(scenario)
    # what two orders say of a third is not settled where one of them cannot be kept
    assume(not any(where.contrary for where in certainty(timeline).places))
    assert agrees(timeline)


@pytest.mark.parametrize(
    ("lens", "known_on"),
    [("default", None), ("against-interest", None), ("earliest", None), ("default", "2017-10-31")],
)
def test_so_does_that_of_the_flagship(lens: str, known_on: str | None) -> None:
    timeline = run(FLAGSHIP, lens, known_on)
    assert agrees(timeline)


# --- what a user is told ---------------------------------------------------------------------------


def told(answer: Certainty, place: str) -> list[str]:
    """The stretches of a place, spelled: from, to, and each value with its share."""
    (where,) = [w for w in answer.places if w.place == place]
    label = answer.timeline.scenario.calendar.label
    return [
        f"{label(s.first)[5:]}..{label(s.last)[5:]} "
        + " | ".join(
            str(h.control) + ("?" if h.rival else "" if h.share in (None, 1) else f" {h.share}")
            for h in s.held
        )
        + (" ~" if s.disputed else "")
        for s in where.stretches
    ]


def test_a_vague_date_leaves_a_place_open_until_it_has_run_out(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-10-27/2017-10-30, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    """
    assert told(certainty(timeline, ["town"]), "town") == [
        "10-25..10-26 held by isil",
        "10-27..10-29 held by iraq | held by isil",
        "10-30..11-05 held by iraq",
    ]
    assert told(certainty(timeline, ["town"], shares=True), "town") == [
        "10-25..10-26 held by isil",
        "10-27..10-27 held by isil 3/4 | held by iraq 1/4",
        "10-28..10-28 held by iraq 1/2 | held by isil 1/2",
        "10-29..10-29 held by iraq 3/4 | held by isil 1/4",
        "10-30..11-05 held by iraq",
    ]


def test_an_order_between_open_dates_is_taken_into_account(timeline: Timeline) -> None:
    """Given
    - {id: first, type: capture, date: 2017-10-27/2017-10-29, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    - {id: then, type: capture, date: 2017-10-27/2017-10-29, after: first, place: town, by: fighters, summary: s, claims: [{cite: article p2}]}
    """
    # six readings: 27 and 27, 27 and 28, 27 and 29, 28 and 28, 28 and 29, 29 and 29
    assert told(certainty(timeline, ["town"], shares=True), "town") == [
        "10-25..10-26 unknown",
        "10-27..10-27 unknown 1/2 | held by iraq 1/3 | held by isil 1/6",
        "10-28..10-28 held by isil 1/2 | held by iraq 1/3 | unknown 1/6",
        "10-29..11-05 held by isil",
    ]


def test_an_order_that_the_dates_contradict_is_left_out(timeline: Timeline) -> None:
    """Given
    - {id: then, type: capture, date: 2017-10-27, after: first, place: town, by: fighters, summary: s, claims: [{cite: article p2}]}
    - {id: first, type: capture, date: 2017-10-26, place: town, by: army, summary: s, claims: [{cite: paper p2, date: 2017-10-28/2017-10-29}]}
    """
    answer = certainty(timeline, ["town"], shares=True)
    assert answer.places[0].contrary == (("then", "first"),)
    assert told(answer, "town") == [
        "10-25..10-26 unknown",
        "10-27..10-27 held by isil",
        "10-28..10-28 held by iraq 1/2 | held by isil 1/2",
        "10-29..11-05 held by iraq",
    ]


def test_an_open_end_leaves_it_open_for_good_and_has_no_share(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: ../2017-10-27, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-11-01/.., after: held, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    - {id: other, type: capture, date: 2017-10-27/2017-10-28, place: station, by: army, summary: s, claims: [{cite: article p2}]}
    """
    answer = certainty(timeline, shares=True)
    assert told(answer, "town") == [
        "10-25..10-26 held by isil | unknown",
        "10-27..10-31 held by isil",
        "11-01..11-05 held by iraq | held by isil",
    ]
    (town,) = [w for w in answer.places if w.place == "town"]
    assert town.unbounded == ("held", "taken")
    assert town.method is None
    assert told(answer, "station")[1] == "10-27..10-27 held by iraq 1/2 | unknown 1/2"


def test_an_open_beginning_may_lie_before_everything_else(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2017-10-26, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: one, type: contest, date: ../2017-10-28, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    - {id: two, type: contest, date: ../2017-10-28, place: town, by: peshmerga, summary: s, claims: [{cite: article p2}]}
    """
    last = told(certainty(timeline, ["town"]), "town")[-1]
    assert last.startswith("10-26..11-05 ")
    assert set(last.partition(" ")[2].split(" | ")) == {
        "held by isil",
        "contested between iraq and isil",
        "contested between isil and kurds",
        "contested among iraq, isil and kurds",
    }


def test_an_event_without_a_date_is_put_nowhere_and_named(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - {id: once, type: besiege, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    """
    (where,) = certainty(timeline, ["town"]).places
    assert where.undated == ("once",)
    assert where.certain


def test_of_rivals_the_first_counts_and_that_they_differ_is_said(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
    - id: taken
      type: capture
      date: 2017-10-27/2017-10-28
      place: town
      by: army
      summary: s
      claims:
        - {cite: article p2}
        - {cite: article p3, reporter: general}
        - {cite: paper p3, denies: true}
        - {cite: paper p4, date: 2017-10-31}
    """
    assert told(certainty(timeline, ["town"], shares=True), "town") == [
        "10-25..10-26 held by isil",
        "10-27..10-27 held by iraq 1/2 | held by isil 1/2",
        "10-28..11-05 held by iraq | held by isil? ~",
    ]


def test_a_village_that_an_event_only_waits_for_bears_on_its_days(timeline: Timeline) -> None:
    """Given
    - {id: begun, type: launch, date: 2017-10-26/2017-10-28, operation: push, summary: s, claims: [{cite: article p1}]}
    - {id: taken, type: capture, date: 2017-10-26/2017-10-28, after: begun, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    - {id: also, type: capture, date: 2017-10-26/2017-10-28, after: begun, place: station, by: army, summary: s, claims: [{cite: article p2}]}
    """
    # the launch on 26, 27, 28 leaves 3·3, 2·2, 1·1 readings of both captures
    assert told(certainty(timeline, ["town"], shares=True), "town") == [
        "10-25..10-25 unknown",
        "10-26..10-26 unknown 11/14 | held by iraq 3/14",
        "10-27..10-27 held by iraq 4/7 | unknown 3/7",
        "10-28..11-05 held by iraq",
    ]


# --- who does the work -----------------------------------------------------------------------------

AKKAS = ["certainty", FLAGSHIP, "akkas", "--samples", "25000", "--json"]


def test_the_same_seed_gives_the_same_samples_whoever_draws_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def said(*more: str) -> str:
        assert start([*AKKAS, *more]) == 0
        return capsys.readouterr().out

    alone = said()
    assert json.loads(alone)["places"]["akkas"]["samples"] == 25_000
    assert said("--jobs", "2") == alone
    assert said("--seed", "1") != alone


def test_it_does_not_matter_which_other_places_are_asked_for() -> None:
    timeline = run(FLAGSHIP)
    every = certainty(timeline, samples=500, shares=True)
    alone = certainty(timeline, ["akkas"], samples=500, shares=True)
    assert alone.places[0] == next(w for w in every.places if w.place == "akkas")


def test_what_is_too_wide_to_count_is_drawn(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given
    - {id: one, type: capture, date: 2017-10-26/2017-10-29, place: town, by: army, summary: s, claims: [{cite: article p2}]}
    - {id: two, type: capture, date: 2017-10-26/2017-10-29, place: town, by: fighters, summary: s, claims: [{cite: article p2}]}
    """
    exact = certainty(timeline, ["town"], shares=True).places[0]
    assert (exact.method, exact.complete) == ("counted", True)
    monkeypatch.setattr("replay.analysis.certainty.counting.MOST_WAYS", 3)
    (where,) = certainty(timeline, ["town"], shares=True).places
    assert (where.method, where.samples, where.complete) == ("sampled", 10_000, True)
    for tick in range(12):
        near = {h.control: h.share for h in where.at(tick).held}
        for held in exact.at(tick).held:
            assert float(near[held.control] or 0) == pytest.approx(float(held.share or 0), abs=0.03)
    assert not certainty(timeline, ["town"]).places[0].certain
    with pytest.raises(UsageError, match="U507 0 samples"):
        certainty(timeline, samples=0)


def test_twenty_open_dates_at_one_place_are_answered_in_time() -> None:
    events = [event(n, "capture", SIDES[n % 3], 0, 5, [], "town") for n in range(20)]
    began = time.process_time()
    (where,) = certainty(run(scenario_of(events)), ["town"], shares=True).places
    assert time.process_time() - began < 5
    assert where.method == "sampled"
    assert len(where.at(6).held) == 3


# --- the flagship and the command ------------------------------------------------------------------


def test_the_gas_field_of_the_flagship() -> None:
    """Akkas is taken from 26 October on, by the 31st; and the minister speaks of it by 2 November,
    not before. Of the readings of both dates, 8 of 33 have it taken on the 26th: 8 of the 8 + 7 + 6
    + 5 + 4 + 3 pairs of days."""
    timeline = run(FLAGSHIP)
    answer = certainty(timeline, ["akkas"], shares=True)
    assert [row for row in told(answer, "akkas") if row[:5] in ("10-26", "10-27")] == [
        "10-26..10-26 held by isil 25/33 | held by iraq 8/33",
        "10-27..10-27 held by isil 6/11 | held by iraq 5/11",
    ]
    assert told(answer, "akkas")[-2:] == [
        "10-31..11-01 held by iraq | contested between iraq and isil? ~",
        "11-02..12-10 held by iraq",
    ]


def test_words_a_historian_understands(capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["certainty", FLAGSHIP, "Akkas", "--shares"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "in 76 of 100 readings held by ISIL, in 24 held by Iraqi government" in said
    assert "held by Iraqi government whatever the dates, but sources differ" in said
    assert "no day within the bounds of a date is more probable than another" in said
    assert start(["certainty", FLAGSHIP]) == 0
    said = capsys.readouterr().out
    assert "possibly held by Iraqi government, or held by ISIL" in said
    assert "of 100" not in said, "on request only"


def test_json_tells_each_stretch_of_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["certainty", FLAGSHIP, "al-Qa'im railway station", "--shares", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["scenario", "lens", "known_on", "on", "assumptions", "seed", "places"]
    station = answer["places"]["al-qaim-station"]
    assert (station["method"], station["samples"], station["open_ends"]) == ("counted", None, [])
    none = {"by": [], "rival": False}
    assert station["days"][2] == {
        "from": "2017-10-27",
        "to": "2017-10-27",
        "mark": "disputed",
        "certain": False,
        "disputed": True,
        "control": [
            none | {"status": "held", "side": "iraq", "sides": ["iraq"], "share": 2 / 3},
            none | {"status": "held", "side": "isil", "sides": ["isil"], "share": 1 / 3},
        ],
    }


def test_rows_of_a_table_bear_on_a_place_too(tmp_path: Path) -> None:
    text = script(
        """
- {id: taken, type: capture, date: 2017-10-26/2017-10-29, place: town, by: army, summary: s, claims: [{cite: article p2}]}
"""
    )
    (tmp_path / "scenario.yaml").write_text(
        f"{text}tables:\n  - {{file: rows.csv, type: capture, cite: article p3}}\n", "utf-8"
    )
    (tmp_path / "rows.csv").write_text(
        "date,place,by\n2017-10-28,town,isil\n2017-10-30,station,isil\n", "utf-8"
    )
    answer = certainty(run(tmp_path), shares=True)
    assert told(answer, "town")[-2:] == [
        "10-28..10-28 held by isil 7/8 | held by iraq 1/8",
        "10-29..11-05 held by isil 5/8 | held by iraq 3/8",
    ], "on the day of a row, an event of vague date may come before it or after"
    assert told(answer, "station") == ["10-25..10-29 unknown", "10-30..11-05 held by isil"]
    assert told(answer, "village") == ["10-25..11-05 unknown"]


def test_the_page_shows_what_the_commands_say(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parent.parent / "docs" / "certainty.md").read_text("utf-8")
    shown = re.findall(r"```\n\$ replay ([^\n]*)\n(.*?)```", page, re.DOTALL)
    assert len(shown) == 3
    for command, text in shown:
        assert start(shlex.split(command)) == 0
        assert capsys.readouterr().out == text, command
