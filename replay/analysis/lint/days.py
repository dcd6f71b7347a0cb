"""Questions about days: open dates, gaps, events without a day, actors out of their time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from replay.analysis.lint.registry import Finding, rule
from replay.lens import BEFORE_ALL, Reading
from replay.model import Scenario
from replay.model.state import Standing
from replay.timeline.timeline import Timeline


@rule("L302", "a date without a beginning and no `after:` to bound it")
def _open_beginning(timeline: Timeline) -> Iterator[Finding]:
    for reading in timeline.readings:
        if reading.event.describes_state or not reading.dated:
            continue
        if any(version.earliest == BEFORE_ALL for version in reading.versions):
            message = f"{reading.event.id} may have happened at any time before its last day"
            hint = "give it `after:` an event that it cannot have preceded, or a first day"
            yield Finding("L302", reading.event.id, message, hint)


@rule("L303", "an event that happens after the window")
def _after_window(timeline: Timeline) -> Iterator[Finding]:
    calendar = timeline.scenario.calendar
    for reading in timeline.readings:
        if all(version.earliest >= calendar.ticks for version in reading.versions):
            message = f"{reading.event.id} happens after the window has ended"
            yield Finding("L303", reading.event.id, message, "lengthen the window or leave it out")


@rule("L304", "a gap between phases that no pause declares")
def _gap(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    pauses = [pause.period.bounds for pause in scenario.pauses]
    phases = sorted((scenario.span(phase), phase.id) for phase in scenario.phases)
    for ((_, last), before), ((first, _), after) in pairwise(phases):
        for tick in range(last + 1, first):
            begin, end = scenario.calendar.begin(tick), scenario.calendar.end(tick)
            covered = any(
                (b.earliest is None or b.earliest <= begin)
                and (b.latest is None or end <= b.latest)
                for b in pauses
            )
            if not covered:
                day = scenario.calendar.label(tick)
                message = f"no phase and no pause covers {day}, between {before} and {after}"
                yield Finding("L304", after, message, "declare it under `pauses:` with a reason")
                break


@rule("L317", "two phases that have a day in common")
def _overlap(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    phases = sorted((scenario.span(phase), phase.id) for phase in scenario.phases)
    for ((_, last), before), ((first, _), after) in pairwise(phases):
        if first <= last:
            day = scenario.calendar.label(first)
            message = f"{after} begins on {day}, before {before} has ended"
            yield Finding("L317", after, message, "a day is told with one phase: let them follow")


@rule("L308", "an event of which no source says the day")
def _undated(timeline: Timeline) -> Iterator[Finding]:
    for reading in timeline.undated():
        message = f"{reading.event.id} has no latest day: it never takes effect on the map"
        hint = "it stays in the log and in every export; acknowledge it if no source says more"
        yield Finding("L308", reading.event.id, message, hint)


@rule("L310", "an actor before its first day, or after its death")
def _out_of_time(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    ended = _ends(timeline)
    for reading in timeline.readings:
        for actor in reading.shown.event.actors():
            begins = _begins(scenario, actor)
            if reading.dated and begins is not None and reading.shown.latest < begins:
                message = f"{scenario.name(actor)} acts in {reading.event.id} before its first day"
                hint = "correct the date, or `first:` of the force"
                yield Finding("L310", reading.event.id, message, hint)
            last, why = ended.get(actor, (None, ""))
            if last is not None and reading.shown.earliest > last and why != reading.event.id:
                message = f"{scenario.name(actor)} acts in {reading.event.id}, after {why}"
                yield Finding("L310", reading.event.id, message, "is it the same one?")


def _begins(scenario: Scenario, actor: str) -> int | None:
    force = scenario.force.get(actor)
    earliest = force.first.bounds.earliest if force and force.first else None
    return None if earliest is None else scenario.calendar.tick(earliest)


def _ends(timeline: Timeline) -> dict[str, tuple[int, str]]:
    """Who was killed or dissolved: the last tick at which that can have happened, and the event."""
    ends: dict[str, tuple[int, str]] = {}
    for key, _ in timeline.keys_of("standing"):
        for change in timeline.history(key):
            value = change.after.value
            if isinstance(value, Standing) and value.status in ENDS:
                ends.setdefault(key.of, (_latest(timeline.cause(change.order)), change.event))
    return ends


ENDS = ("killed", "dissolved", "destroyed")
"""What `becomes` says of a force that can act no more, and what a death makes of a person."""


def _latest(reading: Reading) -> int:
    return max(version.latest for version in reading.versions)
