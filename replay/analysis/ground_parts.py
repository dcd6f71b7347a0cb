"""What the ground that a side has taken is the sum of: each part that was reported."""

from __future__ import annotations

from replay.events.tallies import effects
from replay.lens import Reading
from replay.model.state import Part, Progress, StateKey, Value, parts
from replay.timeline.explanation import Testimony, claimed
from replay.timeline.timeline import Timeline

ReportedPart = list[tuple[Progress, list[Testimony]]]
"""Parts, each as if it were all, with the claims that give it."""


def ground_parts(
    timeline: Timeline, key: StateKey, tick: int, last: Reading | None = None
) -> ReportedPart:
    """The parts that ground taken is the sum of, as the claims that rank first give them."""
    value = reported_progress(timeline, key, tick, last)
    return [] if value is None else [_part(timeline, key, value, part) for part in parts(value)]


def reported_progress(
    timeline: Timeline, key: StateKey, tick: int, last: Reading | None = None
) -> Progress | None:
    """What reports of an area or route come to by a tick, of it up to the event `last` if given.

    The log keeps one value for all that are equal, and so not what each is the sum of.
    """
    value: Value | None = None
    for reading in _behind(timeline, key):
        groups = timeline.rivals.get((reading, timeline.keys[key]))
        event = timeline.reading[reading]
        claim = groups[0].claims[0] if groups else event.shown.claims[0]
        version = next(v for v in event.versions if claim in v.claims)
        if version.latest <= tick and not version.denies:
            for other, step in effects(version.event, event.event, timeline.scenario):
                if other == key:
                    value = step(value)
        if last is not None and reading == last.index:
            break
    return value if isinstance(value, Progress) else None


def _behind(timeline: Timeline, key: StateKey) -> list[int]:
    """The readings behind a key, in the order in which they happened."""
    rows = timeline.rows_of(key)
    found = dict.fromkeys(int(event) for event in timeline.rows.event[rows] if event >= 0)
    order = timeline.reading
    return sorted(found, key=lambda n: (order[n].shown.latest, order[n].order))


def _part(
    timeline: Timeline, key: StateKey, value: Progress, part: Part
) -> tuple[Progress, list[Testimony]]:
    reading = next(r for r in timeline.readings if r.event.id == part.event)
    groups = timeline.rivals.get((reading.index, timeline.keys[key]))
    claims = groups[0].claims if groups else reading.shown.claims
    told = [claimed(reading, n) for n in claims]
    return Progress(value.side, part.amount, value.unit), told
