"""What several counts of one thing come to, and why: an overlap is never added twice.

A total contains every count whose period and places lie inside its own, and is not added to it.
Counts that remain and speak of different times or places are added. Where different counters speak
of overlapping times and places, the truth is at least the largest of their numbers and at most
their sum: the overlap widens low … high and is never added to the best value.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replay.analysis.wording import number as spelled
from replay.dates import Bounds, parse, spell_bounds
from replay.lens import Reading, Version
from replay.model import Scenario
from replay.spoken import human_date
from replay.state import Count, Range, TallyKey, sum_of, widened


@dataclass(frozen=True, slots=True)
class Item:
    """One reported number with its time, places and counter."""

    series: TallyKey
    said: Count
    total: bool
    reading: Reading
    version: Version
    """The version of its event that gives it."""
    claims: tuple[int, ...]
    """The claims of the version that give a number."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What counts of one thing come to, with the steps that led there."""

    number: Range
    contained: tuple[tuple[Item, Item], ...]
    """A count, and the total in which it is contained: it is not added."""
    groups: tuple[tuple[Item, ...], ...]
    """What remains; those of one group may speak in part of the same, and groups are added."""
    lifted: bool
    """Whether a single count is larger than what contains it, and lifts the upper bound."""


def together(scenario: Scenario, items: Sequence[Item]) -> Range:
    """What several counts of one thing come to (see above)."""
    return reckoned(scenario, items).number


def reckoned(scenario: Scenario, items: Sequence[Item]) -> Reckoning:
    """What several counts of one thing come to, step by step."""
    inside = [_container(scenario, n, items) for n in range(len(items))]
    contained = [(a, b) for a, b in zip(items, inside, strict=True) if b is not None]
    kept = [a for a, b in zip(items, inside, strict=True) if b is None]
    number = Range(0, 0, 0)
    groups = overlapping(scenario, kept)
    for group in groups:
        number = number + _widened(group)
    lifted = _at_least(number, items)
    return Reckoning(lifted, tuple(contained), tuple(map(tuple, groups)), lifted != number)


def _container(scenario: Scenario, n: int, items: Sequence[Item]) -> Item | None:
    """The total (of equals, the later one) that contains count n."""
    mine = items[n]
    for m, other in enumerate(items):
        if m == n or not other.total:
            continue
        if mine.said.inside(other.said) and _within(scenario, mine.series, other.series):
            equal = other.said.inside(mine.said) and _within(scenario, other.series, mine.series)
            if not (equal and mine.total) or m > n:
                return other
    return None


def _within(scenario: Scenario, inner: TallyKey, outer: TallyKey) -> bool:
    """Whether the places of one series lie in those of another."""
    if not outer.where:
        return True
    return bool(inner.where) and all(
        set(outer.where) & set(_line(scenario, place)) for place in inner.where
    )


def _line(scenario: Scenario, place: str) -> list[str]:
    """A place and those that it is part of."""
    line = [place]
    while (known := scenario.place.get(line[-1])) is not None and known.part_of:
        line.append(known.part_of)
    return line


def overlapping(scenario: Scenario, items: Sequence[Item]) -> list[list[Item]]:
    """Groups of counts that touch each other in time and place."""
    groups: list[list[Item]] = []
    for item in items:
        near = [g for g in groups if any(_touch(scenario, item, other) for other in g)]
        merged = [item, *(other for group in near for other in group)]
        groups = [g for g in groups if g not in near] + [merged]
    return groups


def _touch(scenario: Scenario, a: Item, b: Item) -> bool:
    return a.said.touches(b.said) and (
        _within(scenario, a.series, b.series) or _within(scenario, b.series, a.series)
    )


def _widened(group: Sequence[Item]) -> Range:
    """Different counters' overlap widens; so does a total that a counter's own count touches."""
    counters: dict[str, list[Item]] = {}
    for item in group:
        counters.setdefault(item.series.counted_by, []).append(item)
    return widened([_of_one(items) for items in counters.values()])


def _of_one(items: Sequence[Item]) -> Range:
    """What one counter's counts come to; those inside of a total are left out before."""
    close = [item for item in items if any(_half_told(item, other) for other in items)]
    apart = [item.said.number for item in items if item not in close]
    return sum_of([*apart, *([widened([item.said.number for item in close])] if close else [])])


def _half_told(a: Item, b: Item) -> bool:
    """Whether one of two counts is a total that may contain a part of the other."""
    return a is not b and (a.total or b.total) and a.said.touches(b.said)


def _at_least(number: Range, items: Sequence[Item]) -> Range:
    """A single count that is larger than a total which contains it widens the total."""
    highest = [item.said.number.high or item.said.number.low for item in items]
    if number.high is None or not highest or max(highest) <= number.high:
        return number
    return Range(number.low, number.best, max(highest))


# --- in words -----------------------------------------------------------------------------------


def reasons(scenario: Scenario, found: Reckoning) -> Iterator[str]:
    """Why the number is what it is: each step as a sentence; nothing for a single count."""
    for container in dict.fromkeys(b for _, b in found.contained):
        parts = [one(scenario, a) for a, b in found.contained if b is container]
        rest = "which are not added" if len(parts) > 1 else "which is not added"
        yield f"{one(scenario, container)} contains {_listed(parts)}, {rest}"
    for group in found.groups:
        if len(group) > 1:
            parts = [one(scenario, item) for item in group]
            bounds = f"{spelled(_widened(group))}, at least the largest and at most the sum"
            yield f"{_listed(parts)} may be in part the same: {bounds}"
    if len(found.groups) > 1:
        parts = [_short(group) for group in found.groups]
        yield f"{_listed(parts)} speak of different days or places and are added"
    if found.lifted:
        yield "a count that is larger than what contains it lifts the upper bound"


def one(scenario: Scenario, item: Item) -> str:
    """A count with its counter and its days: "33 by Joint Operations Command (26–28 October)"."""
    by = scenario.name(item.series.counted_by)
    days = period([item.said])
    told = f"{spelled(item.said.number)}{' in all' if item.total else ''} by {by}"
    return f"{told} ({human_date(parse(days))})" if days else told


def _short(group: Sequence[Item]) -> str:
    return spelled(group[0].said.number) if len(group) == 1 else spelled(_widened(group))


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def period(said: Sequence[Count]) -> str | None:
    """The time that counts speak of, from the first to the last, as EDTF; None where it is open."""
    if not said:
        return None
    first, last = min(c.earliest for c in said), max(c.latest for c in said)
    if math.isinf(first) and math.isinf(last):
        return None
    bounds = Bounds(
        None if math.isinf(first) else int(first), None if math.isinf(last) else int(last)
    )
    return spell_bounds(bounds)
