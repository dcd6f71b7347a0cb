"""Readings of the dates drawn by chance, many at once: for courses that are too wide to count.

Every reading is drawn with the same probability. On the ties of a tree (each event tied to one
before it) that is done directly: the ways that hang on each day of an event are summed from the
leaves to the root, then days are drawn from the root to the leaves. Drawings that break one of the
ties which the tree leaves out are thrown away. Whole counts are returned, so that sums of batches
are the same in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from replay.analysis.certainty.counting import TooMany
from replay.analysis.certainty.course import Dated, EventCourse

BATCH = 10_000
"""Readings in one task: seeds go by task, so that it does not matter who does it."""
FEWEST = 1_000
"""Drawings of which at least one must keep the order."""

TRIES = 200
"""How often an order within a tick is drawn again that hours or `after:` forbid."""

Ticks = NDArray[np.int64]
Weights = NDArray[np.float64]


class Task(NamedTuple):
    """A number of readings of one course, to be drawn from one seed."""

    course: EventCourse
    seed: np.random.SeedSequence
    readings: int


def tasks(course: EventCourse, readings: int, seed: int) -> list[Task]:
    """The work of sampling a course, in batches.

    The seed of a place is made of its name, so that it does not matter which others are asked for.
    """
    name = int.from_bytes(course.place.encode(), "big")
    sizes = [BATCH] * (readings // BATCH)
    if readings % BATCH:
        sizes.append(readings % BATCH)
    seeds = np.random.SeedSequence([seed, name]).spawn(len(sizes))
    return [Task(course, own, size) for own, size in zip(seeds, sizes, strict=True)]


def sampled(task: Task) -> NDArray[np.int64]:
    """How many readings give each value at each tick of the window: int64, ticks × values.

    Raises TooMany where next to none of the drawings keeps the order that is stated.
    """
    rng = np.random.default_rng(task.seed)
    return sample_counts(task.course, drawn_samples(task.course.events, rng, task.readings), rng)


# --- drawing --------------------------------------------------------------------------------------


def drawn_samples(events: Sequence[Dated], rng: np.random.Generator, readings: int) -> Ticks:
    """The tick of each event in each reading: int64, readings × events."""
    tree, others = _tree(events)
    weights = _hanging(events, tree)
    parts: list[Ticks] = []
    found = tried = 0
    while found < readings:
        part = _draw(events, tree, weights, rng, readings)
        keep = np.ones(readings, bool)
        for a, b in others:
            keep &= part[:, a] <= part[:, b]
        parts.append(part[keep])
        found, tried = found + int(keep.sum()), tried + readings
        if tried >= FEWEST * max(found, 1):
            raise TooMany
    return np.concatenate(parts)[:readings]


class _Tie(NamedTuple):
    """An event hangs on another, which it follows or precedes."""

    on: int
    follows: bool


def _tree(events: Sequence[Dated]) -> tuple[dict[int, _Tie | None], list[tuple[int, int]]]:
    """Each event with what it hangs on (None: a root), roots first; and the ties left out."""
    neighbours: dict[int, list[int]] = {n: [] for n in range(len(events))}
    ties = _needed(events)
    for a, b in ties:
        neighbours[a].append(b)
        neighbours[b].append(a)
    tree: dict[int, _Tie | None] = {}
    for root in neighbours:
        if root in tree:
            continue
        tree[root] = None
        waiting = [root]
        for n in waiting:  # it grows
            for other in neighbours[n]:
                if other not in tree:
                    tree[other] = _Tie(n, other > n)
                    waiting.append(other)
    within = {(min(n, tie.on), max(n, tie.on)) for n, tie in tree.items() if tie}
    return tree, [tie for tie in ties if tie not in within]


def _needed(events: Sequence[Dated]) -> list[tuple[int, int]]:
    """The ties between events, without those that follow from others."""
    behind: list[set[int]] = []
    found = []
    for n, event in enumerate(events):
        indirect = set().union(*(behind[a] for a in event.after))
        found += [(a, n) for a in event.after if a not in indirect]
        behind.append(indirect | set(event.after))
    return found


def _hanging(events: Sequence[Dated], tree: dict[int, _Tie | None]) -> list[Weights]:
    """For each day of an event, the ways (up to a factor) of all that hangs on it."""
    weights = [np.ones(e.last - e.first + 1) for e in events]
    for n in reversed(tree):
        tie = tree[n]
        if tie is None:
            continue
        until = np.concatenate([[0.0], np.cumsum(weights[n])])
        on = events[tie.on]
        days = np.arange(on.first, on.last + 1) - events[n].first
        reach = np.clip(days + (not tie.follows), 0, len(weights[n]))
        product = weights[tie.on] * (until[-1] - until[reach] if tie.follows else until[reach])
        weights[tie.on] = product / product.max()
    return weights


def _draw(
    events: Sequence[Dated],
    tree: dict[int, _Tie | None],
    weights: Sequence[Weights],
    rng: np.random.Generator,
    readings: int,
) -> Ticks:
    """Drawings that keep the ties of the tree."""
    found = np.empty((readings, len(events)), np.int64)
    for n, tie in tree.items():
        event = events[n]
        until = np.concatenate([[0.0], np.cumsum(weights[n])])
        begin, end = np.zeros(readings, np.int64), np.full(readings, len(weights[n]))
        if tie is not None:
            days = found[:, tie.on] - event.first
            if tie.follows:
                begin = np.clip(days, 0, len(weights[n]))
            else:
                end = np.clip(days + 1, 0, len(weights[n]))
        chance = until[begin] + (until[end] - until[begin]) * rng.random(readings)
        day = np.searchsorted(until, chance, "right") - 1
        found[:, n] = event.first + np.minimum(day, end - 1)  # a chance may round up to its end
    return found


# --- what they make of the place ------------------------------------------------------------------


def sample_counts(course: EventCourse, when: Ticks, rng: np.random.Generator) -> NDArray[np.int64]:
    """How many readings give each value at each tick of the window: int64, ticks × values."""
    acting = [n for n, event in enumerate(course.events) if event.becomes is not None]
    becomes = np.array([course.events[n].becomes for n in acting], np.int64)
    ticks, size = course.ticks, course.values
    found = np.zeros((ticks + 1) * size, np.int64)
    found[0] = len(when)
    value = np.zeros(len(when), np.int64)
    own = when[:, acting]
    order = _order(own, [course.events[n] for n in acting], acting, rng)
    own = np.clip(np.take_along_axis(own, order, axis=1), 0, ticks)
    for n in range(len(acting)):
        after = becomes[order[:, n], value]
        row = own[:, n] * size
        found += np.bincount(row + after, minlength=len(found))
        found -= np.bincount(row + value, minlength=len(found))
        value = after
    return np.cumsum(found.reshape(ticks + 1, size), axis=0)[:ticks]


def _order(
    own: Ticks, events: Sequence[Dated], numbers: Sequence[int], rng: np.random.Generator
) -> NDArray[np.int64]:
    """The order of the events in each reading: by tick, and within a tick by chance, as far as
    hours and `after:` leave it open."""
    ties = [
        (a, b, numbers[a] in events[b].follows)
        for a, b in combinations(range(len(events)), 2)
        if events[a].last >= events[b].first and events[b].last >= events[a].first
    ]
    if all(known for *_, known in ties):
        return np.argsort(own, axis=1, kind="stable")
    chance = rng.random(own.shape)
    for _ in range(TRIES):
        wrong = np.zeros(len(own), bool)
        for a, b, known in ties:
            if known:
                wrong |= (own[:, a] == own[:, b]) & (chance[:, a] > chance[:, b])
        if not wrong.any():
            break
        chance[wrong] = rng.random((int(wrong.sum()), own.shape[1]))
    else:
        chance[wrong] = np.linspace(0, 1, own.shape[1])
    return np.lexsort((chance, own), axis=1)
