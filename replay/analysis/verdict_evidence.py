"""What a replay has in place of what a statement says: since when, and who says so.

A statement is taken apart into what must all be so if it is; told is what stands against it, or
leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from replay.analysis.combine_counts import Reckoning, ReportedCount, reckoned
from replay.analysis.statements import TimelineSight, Verdict, is_own
from replay.foundation.edtf import Date, parse
from replay.lens import Reading
from replay.model import Statement
from replay.model.assertions import Answer, Assertion
from replay.model.state import Marked, Range, StateKey
from replay.timeline.explanation import Testimony, claimed, explain
from replay.timeline.timeline import Timeline

_ANSWERS: dict[str, Answer] = {"supported": True, "contradicted": False, "undecidable": None}


@dataclass(frozen=True, slots=True)
class StateEvidence:
    """What a key is during some ticks, and since when."""

    key: StateKey
    marked: Marked
    since: str | None
    """EDTF."""
    days: str | None
    """EDTF, where the value changes within the time that the statement is about."""
    told: tuple[Testimony, ...] = ()


@dataclass(frozen=True, slots=True)
class EventEvidence:
    """An event with the dates that its versions give it; None where no version gives one."""

    event: str
    summary: str
    dates: tuple[Date | None, ...]
    admitted: bool = True
    """False where the lens admits no claim about it."""
    told: tuple[Testimony, ...] = ()


@dataclass(frozen=True, slots=True)
class CountEvidence:
    """The counts that were found, and what they come to; no items where nobody counts."""

    items: tuple[ReportedCount, ...] = ()
    reckoning: Reckoning | None = None
    told: tuple[Testimony, ...] = ()


@dataclass(frozen=True, slots=True)
class DistanceEvidence:
    """The distance between two places in km; None where one of them is not located."""

    km: Range | None
    told: tuple[Testimony, ...] = ()


Evidence = StateEvidence | EventEvidence | CountEvidence | DistanceEvidence
"""One thing that decides a verdict, with the claims behind it."""


def verdict_evidence(timeline: Timeline, verdict: Verdict) -> list[Evidence]:
    """What decides a verdict, or leaves it undecided; of a supported one, what supports it."""
    statement = verdict.statement
    if statement.asserts is None:
        return []
    wanted = _ANSWERS[verdict.outcome]
    parts = list(statement.asserts.parts())
    found: dict[Evidence, None] = {}
    for part in parts:
        sight = TimelineSight(timeline)
        answer = part.judge(sight, statement.on)
        if answer == wanted or len(parts) == 1:
            found |= dict.fromkeys(_seen(timeline, sight, part))
    if verdict.outcome != "contradicted":
        return list(found)
    return [one for one in (_without_own(statement, one) for one in found) if one is not None]


def _without_own(statement: Statement, one: Evidence) -> Evidence | None:
    """What stands against a statement without its own citation; None if nobody else says so."""
    others = tuple(claim for claim in one.told if not is_own(statement, claim))
    return replace(one, told=others) if others or not one.told else None


def _seen(timeline: Timeline, sight: TimelineSight, part: Assertion) -> Iterator[Evidence]:
    yield from _states(timeline, sight)
    yield from _events(timeline, sight)
    if part.verb in ("counted", "total"):
        yield _numbers(timeline, sight)
    if part.verb == "apart":
        yield _distance(sight)


def _states(timeline: Timeline, sight: TimelineSight) -> Iterator[Evidence]:
    """The values that were asked for; where they change while it speaks of them, with the days."""
    for key, asked in groupby(sight.asked, lambda pair: pair[0]):
        runs = _runs(timeline, key, [tick for _, tick in asked])
        for run in runs if len(runs) <= _MOST_RUNS else (runs[0], runs[-1]):
            yield _state(timeline, key, run, several=len(runs) > 1)


_MOST_RUNS = 3


def _runs(timeline: Timeline, key: StateKey, ticks: list[int]) -> list[list[int]]:
    """Ticks in stretches of one value."""
    return [list(run) for _, run in groupby(ticks, lambda tick: timeline.at(tick)[key])]


def _state(timeline: Timeline, key: StateKey, run: list[int], *, several: bool) -> StateEvidence:
    why = explain(timeline, key, run[0])
    days = timeline.scenario.calendar.span(run[0], run[-1]) if several else None
    return StateEvidence(key, why.marked, why.since, days, (*why.because, *why.pending))


def _events(timeline: Timeline, sight: TimelineSight) -> Iterator[EventEvidence]:
    for name, reading in sight.events.items():
        if reading is None:
            summary = timeline.scenario.event[name].summary
            yield EventEvidence(name, summary, (), admitted=False)
        else:
            yield _event(timeline, reading)


def _event(timeline: Timeline, reading: Reading) -> EventEvidence:
    span = timeline.scenario.calendar.span
    dates: dict[Date | None, None] = {}
    for version in reading.versions:
        date = version.event.date
        if date and version.event.after and 0 <= version.earliest < version.latest < 2**20:
            date = parse(span(version.earliest, version.latest))  # what `after:` leaves of it
        dates[date] = None
    told = tuple(claimed(reading, n) for v in reading.versions for n in v.claims)
    return EventEvidence(reading.event.id, reading.event.summary, tuple(dates), told=told)


def _numbers(timeline: Timeline, sight: TimelineSight) -> CountEvidence:
    items = tuple(sight.numbers)
    if not items:
        return CountEvidence()
    told = tuple(claimed(i.reading, n) for i in items for n in i.claims)
    return CountEvidence(items, reckoned(timeline.scenario, items), told)


def _distance(sight: TimelineSight) -> DistanceEvidence:
    return DistanceEvidence(sight.distance)
