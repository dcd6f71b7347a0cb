"""The readings of the dates, in small: what a key can be at one tick, wherever its events lie.

An event lies on one tick of its bounds, and on none before that of an event which it comes after.
On one tick the order of a list counts. Whoever replays and whoever asks afterwards
(`analysis/certainty`) holds to this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from replay.state import Step, Value

Bounds = tuple[int, int]
MOST = 1_000
"""Ways to keep apart; with more, no answer is given."""


class Happening(NamedTuple):
    """An event as it bears on a key."""

    first: int
    last: int
    step: Step
    after: tuple[int, ...] = ()
    """Positions, all earlier in the list, of those that it cannot have preceded."""
    told: int | None = None
    """Up to which tick it is told of, where that is not to the end."""


def narrowed(
    bounds: Sequence[Bounds], after: Sequence[Iterable[int]]
) -> tuple[list[Bounds], list[tuple[int, ...]]]:
    """Bounds that some reading of the dates reaches, and the orders that can be kept.

    Events come after such with lower numbers only. An order that the bounds contradict is dropped,
    that of the later event: then all others can be kept, wherever in their new bounds a part of
    the events is put.
    """
    first, last = [list(ends) for ends in zip(*bounds, strict=True)] if bounds else ([], [])
    kept = []
    for n, before in enumerate(after):
        possible = tuple(a for a in before if first[a] <= last[n])
        first[n] = max([first[n], *(first[a] for a in possible)])
        kept.append(possible)
    for n in reversed(range(len(kept))):
        for a in kept[n]:
            last[a] = min(last[a], last[n])
    return list(zip(first, last, strict=True)), kept


def values(base: Value | None, events: Sequence[Happening], tick: int) -> list[Value | None] | None:
    """What holds at the end of a tick in some reading of the dates; None where that are too many.

    In a stretch of ticks on which the same events can happen, no more ticks matter than events.
    """
    bounds, after = narrowed([(e.first, e.last) for e in events], [e.after for e in events])
    told = [tick if event.told is None else event.told for event in events]
    limits = {end for first, last in bounds for end in (first, last + 1)}.union(t + 1 for t in told)
    states: dict[tuple[int, Value | None], None] = {(0, base): None}
    behind = [sum(1 << a for a in before) for before in after]
    for start, stop in pairwise(sorted(end for end in {*limits, tick + 1} if end <= tick + 1)):
        active = [n for n, (a, b) in enumerate(bounds) if a <= start <= min(b, told[n])]
        rounds = min(stop - start, len(active))
        for left in reversed(range(rounds)):
            for n in active:
                must = not left and bounds[n][1] < stop
                states = _turn(states, 1 << n, behind[n], events[n].step, must)
                if len(states) > MOST:
                    return None
    return list(dict.fromkeys(value for _, value in states))


def _turn(
    states: dict[tuple[int, Value | None], None], bit: int, behind: int, step: Step, must: bool
) -> dict[tuple[int, Value | None], None]:
    """The states after a chance to happen, for an event that must take it or need not."""
    found: dict[tuple[int, Value | None], None] = {}
    for state in states:
        done, value = state
        if done & bit or not must:
            found[state] = None
        if not done & bit and done & behind == behind:
            found[done | bit, step(value)] = None
    return found
