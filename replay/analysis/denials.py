"""Events that some admitted claims report and others deny."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from replay.lens import BEFORE_ALL, NEVER, Reading
from replay.model.state import StateKey
from replay.timeline.difference import Difference, StatedSentence
from replay.timeline.explanation import Dispute, Testimony, claimed, disputes
from replay.timeline.timeline import Timeline

DECISIVE = ("control", "ground", "progress", "share", "effort", "strength", "standing", "tally")
"""Aspects that say what an event did: if they are disputed, so is the event."""


def denied(reading: Reading) -> bool:
    """Whether some claims report an event and others deny it."""
    said = {version.denies for version in reading.versions}
    return len(said) == 2


def denials(timeline: Timeline) -> Iterator[Dispute]:
    """The events that are reported and denied, unless what they did is disputed already."""
    last = timeline.scenario.calendar.ticks - 1
    readings = [reading for reading in timeline.readings if denied(reading)]
    shown = {d.claims[0].event for d in disputes(timeline) if d.key.aspect in DECISIVE}
    for reading in readings:
        if reading.event.id not in shown:
            begin, end = reading.shown.earliest, reading.shown.latest
            first = 0 if begin <= BEFORE_ALL else min(max(begin, 0), last)
            until = last if end >= NEVER else min(max(end, 0), last)
            yield Dispute(
                StateKey("event", reading.event.id), first, until, tuple(both_sides(reading))
            )


def both_sides(reading: Reading) -> Iterator[Testimony]:
    """The claims that report an event, with its summary, and those that deny it."""
    for version in reading.versions:
        for n in version.claims:
            said = StatedSentence(reading.event.summary)
            yield claimed(reading, n, Difference(denies=True) if version.denies else said)


def denied_about(timeline: Timeline, of: str, tick: int) -> Iterator[Reading]:
    """The denied events that name a thing and may have happened by a tick."""
    for reading in timeline.readings:
        event = reading.shown.event
        named = (*event.place, *event.actors(), *event.objects())
        if denied(reading) and of in named and reading.shown.earliest <= tick:
            yield reading


def sides_of_denial(reading: Reading) -> tuple[list[Testimony], list[Testimony]]:
    """The claims that report an event, and those that deny it."""
    told = list(both_sides(reading))
    reports = [replace(t, says=None) for t in told if t.says != Difference(denies=True)]
    return reports, [t for t in told if t.says == Difference(denies=True)]
