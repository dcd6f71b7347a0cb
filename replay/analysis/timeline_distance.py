"""How far two replays of one scenario are apart, in numbers that are found at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from replay.model.state import Marked, StateKey
from replay.timeline.timeline import Timeline


def place_days(a: Timeline, b: Timeline) -> tuple[int, int]:
    """How many places two replays show otherwise on some tick of the window, and how many ticks of
    places those are together. Both replays are of the same scenario."""
    places = days = 0
    for place in a.scenario.places:
        apart = sum(last - first for first, last in _apart(a, b, StateKey("control", place.id)))
        places += apart > 0
        days += apart
    return places, days


def same_state(a: Timeline, b: Timeline) -> bool:
    """Whether two replays have every value alike on every tick of the window."""
    keys = dict.fromkeys((*a.keys, *b.keys))
    return not any(first < last for key in keys for first, last in _apart(a, b, key))


def _apart(a: Timeline, b: Timeline, key: StateKey) -> Iterator[tuple[int, int]]:
    """The stretches (first tick, tick after the last) on which the values of a key differ."""
    one, two = _turns(a, key), _turns(b, key)
    ends = sorted({*one, *two, a.scenario.calendar.ticks})
    left: Marked | None = None
    right: Marked | None = None
    for first, last in pairwise(ends):
        left, right = one.get(first, left), two.get(first, right)
        if left != right:
            yield first, last


def _turns(timeline: Timeline, key: StateKey) -> dict[int, Marked]:
    """Tick → the value of a key from its end on; what came before the window counts from 0."""
    beginning = timeline.at(0)[key]
    rows = timeline.rows_of(key)
    ticks = timeline.rows.tick[rows].tolist()
    found = {0: beginning}
    for tick, row in zip(ticks, rows.tolist(), strict=True):
        if tick > 0:
            found[tick] = timeline.marked(row)  # of several on one tick the last one
    return found
