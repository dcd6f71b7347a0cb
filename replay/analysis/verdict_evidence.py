"""What a replay has in place of what a statement says: since when, and who says so.

A statement is taken apart into what must all be so if it is; told is what stands against it, or
leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from replay.analysis.combine_counts import one, reasons, reckoned
from replay.analysis.statements import TimelineSight, Verdict, is_own
from replay.foundation.edtf import parse
from replay.foundation.english import human_date
from replay.lens import Reading
from replay.model import Statement
from replay.model.assertions import Answer, Assertion
from replay.model.state import Key
from replay.text.phrases import number, since, value
from replay.timeline.explanation import Testimony, claimed, explain
from replay.timeline.timeline import Timeline

_ANSWERS: dict[str, Answer] = {"supported": True, "contradicted": False, "undecidable": None}


@dataclass(frozen=True, slots=True)
class Instead:
    """One thing that the replay has instead: in words, and the claims that say so."""

    says: str
    told: tuple[Testimony, ...] = ()
    why: tuple[str, ...] = field(default=())
    """How a number comes together."""


def instead(timeline: Timeline, verdict: Verdict) -> list[Instead]:
    """What decides a verdict, or leaves it open; of a supported one, what supports it."""
    statement = verdict.statement
    if statement.asserts is None:
        return []
    wanted = _ANSWERS[verdict.outcome]
    parts = list(statement.asserts.parts())
    found: dict[Instead, None] = {}
    for part in parts:
        sight = TimelineSight(timeline)
        answer = part.judge(sight, statement.on)
        if answer == wanted or len(parts) == 1:
            found |= dict.fromkeys(_seen(timeline, sight, part))
    if verdict.outcome != "contradicted":
        return list(found)
    return [one for one in (_without_own(statement, one) for one in found) if one is not None]


def _without_own(statement: Statement, one: Instead) -> Instead | None:
    """What stands against a statement without its own citation; None if nobody else says so."""
    others = tuple(claim for claim in one.told if not is_own(statement, claim))
    return replace(one, told=others) if others or not one.told else None


def _seen(timeline: Timeline, sight: TimelineSight, part: Assertion) -> Iterator[Instead]:
    yield from _states(timeline, sight)
    yield from _events(timeline, sight)
    if part.verb in ("counted", "total"):
        yield _numbers(timeline, sight)
    if part.verb == "apart":
        yield _distance(sight)


def _states(timeline: Timeline, sight: TimelineSight) -> Iterator[Instead]:
    """The values that were asked for; where they change while it speaks of them, with the days."""
    for key, asked in groupby(sight.asked, lambda pair: pair[0]):
        runs = _runs(timeline, key, [tick for _, tick in asked])
        for run in runs if len(runs) <= _MOST_RUNS else (runs[0], runs[-1]):
            yield _state(timeline, key, run, several=len(runs) > 1)


_MOST_RUNS = 3


def _runs(timeline: Timeline, key: Key, ticks: list[int]) -> list[list[int]]:
    """Ticks in stretches of one value."""
    return [list(run) for _, run in groupby(ticks, lambda tick: timeline.at(tick)[key])]


def _state(timeline: Timeline, key: Key, run: list[int], *, several: bool) -> Instead:
    scenario = timeline.scenario
    why = explain(timeline, key, run[0])
    name = scenario.name(key.of)
    taken = "nothing of it is taken" if why.marked.value is None and not why.marked.could else ""
    spoken = taken if key.aspect == "progress" and taken else value(scenario, why.marked)
    began = f", {since(why.since)}" if why.since else ""
    span = scenario.calendar.span
    days = span(run[0], run[-1])
    when = f"{human_date(parse(days))}: " if several else ""
    verb = " is " if key.aspect in ("control", "ground") else ": "
    return Instead(f"{when}{name}{verb}{spoken}{began}", (*why.because, *why.pending))


def _events(timeline: Timeline, sight: TimelineSight) -> Iterator[Instead]:
    for name, reading in sight.events.items():
        if reading is None:
            summary = timeline.scenario.event[name].summary
            yield Instead(f"nobody who is admitted tells of this: {summary}")
        else:
            yield _event(timeline, reading)


def _event(timeline: Timeline, reading: Reading) -> Instead:
    span = timeline.scenario.calendar.span
    dates = []
    for version in reading.versions:
        date = version.event.date
        spelled = human_date(date) if date else "no day"
        if date and version.event.after and 0 <= version.earliest < version.latest < 2**20:
            spelled = human_date(parse(span(version.earliest, version.latest)))
        if spelled not in dates:
            dates.append(spelled)
    told = tuple(claimed(reading, n) for v in reading.versions for n in v.claims)
    return Instead(f"{' or '.join(dates)}: {reading.event.summary}", told)


def _numbers(timeline: Timeline, sight: TimelineSight) -> Instead:
    scenario, items = timeline.scenario, sight.numbers
    if not items:
        return Instead("nobody who is admitted counts it")
    found = reckoned(scenario, items)
    told = tuple(claimed(i.reading, n) for i in items for n in i.claims)
    if len(items) == 1:
        return Instead(f"counted are {one(scenario, items[0])}", told)
    says = f"counted are {number(found.number)} by all counters"
    return Instead(says, told, tuple(reasons(scenario, found)))


def _distance(sight: TimelineSight) -> Instead:
    if sight.distance is None:
        return Instead("one of the two places is not located")
    best, low = sight.distance.best or 0, sight.distance.low
    return Instead(f"as the crow flies {best:.0f} km, give or take {best - low:.0f} km")
