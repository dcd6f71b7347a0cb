"""Numbers: each counter's series as reported, and what several counters say together.

Together means: a total contains every count whose period and places lie inside its own, and is not
added to it. Counts that remain and speak of different times or places are added. Where different
counters speak of overlapping times and places, the truth is at least the largest of their numbers
and at most their sum: the overlap widens low … high and is never added to the best value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from replay.dates import Bounds, spell_bounds
from replay.explain import Explanation, Testimony, explain
from replay.lens import Reading
from replay.model import Scenario
from replay.state import Count, Key, Range, Tally, sum_of, widened
from replay.tallies import Series, count, counter, series
from replay.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Row:
    """A number at a moment: a counter's series, or (`counted_by` None) all counters together."""

    name: str
    unit: str
    of: str | None
    where: tuple[str, ...]
    period: str | None
    counted_by: str | None
    number: Range
    mark: str
    since: str | None
    because: tuple[Testimony, ...]
    against: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One reported number with its time, places and counter."""

    series: Series
    said: Count
    total: bool
    reading: Reading


def rows(timeline: Timeline, on: str | int, name: str | None = None) -> list[Row]:
    """Every series that has a number at a moment, and what they say together.

    Series of a name come together, the row of all counters last where there are several.
    """
    tick = timeline.tick(on)
    items = reported(timeline, tick)
    state = timeline.at(tick)
    found: list[Row] = []
    for key, _ in timeline.keys_of("tally"):
        marked = state[key]
        where = Series.read(key.of)
        if isinstance(marked.value, Tally) and (name is None or where.name == name):
            why = explain(timeline, key, tick)
            own = [item for item in items if item.series == where]
            found.append(_row(where, marked.value.number, marked.mark, own, why))
    groups: dict[tuple[str, str, str | None], list[Item]] = {}
    for item in items:
        if name is None or item.series.name == name:
            subject = (item.series.name, item.series.unit, item.series.of)
            groups.setdefault(subject, []).append(item)
    for subject, members in groups.items():
        if len({item.series for item in members}) > 1:
            found.append(_together(timeline, subject, members))
    return sorted(found, key=lambda row: (row.name, row.unit, row.of or "", row.counted_by is None))


def reported(timeline: Timeline, tick: int) -> list[Item]:
    """All numbers reported by events that have happened by a tick."""
    found = []
    for reading in timeline.readings:
        version = reading.shown
        if version.latest <= tick and not version.denies:
            for entry in version.event.tallies:
                where = series(version.event, entry)
                if entry.counted_by is None:
                    where = replace(where, counted_by=counter(reading.event))
                said = count(version.event, entry)
                found.append(Item(where, said, entry.total is not None, reading))
    return found


def _row(where: Series, number: Range, mark: str, items: list[Item], why: Explanation) -> Row:
    return Row(
        where.name,
        where.unit,
        where.of,
        where.where,
        _period([item.said for item in items]),
        where.counted_by,
        number,
        mark,
        why.since,
        why.because,
        why.against,
    )


def _together(timeline: Timeline, subject: tuple[str, str, str | None], items: list[Item]) -> Row:
    because: list[Testimony] = []
    for item in items:
        key = Key("tally", item.series.id)
        told = explain(timeline, key, max(0, item.reading.shown.latest)).because
        because += [t for t in told if t not in because]
    dates = sorted(t.date for t in because if t.date)
    number = together(timeline.scenario, items)
    period = _period([item.said for item in items])
    since = dates[-1] if dates else None
    return Row(*subject, (), period, None, number, "certain", since, tuple(because), ())


def _period(said: Sequence[Count]) -> str | None:
    if not said:
        return None
    first, last = min(c.earliest for c in said), max(c.latest for c in said)
    if math.isinf(first) and math.isinf(last):
        return None
    bounds = Bounds(
        None if math.isinf(first) else int(first), None if math.isinf(last) else int(last)
    )
    return spell_bounds(bounds)


# --- together ---------------------------------------------------------------------------------


def together(scenario: Scenario, items: Sequence[Item]) -> Range:
    """What several counts of one thing come to (see above)."""
    kept = [a for n, a in enumerate(items) if not _swallowed(scenario, n, items)]
    number = Range(0, 0, 0)
    for group in overlapping(scenario, kept):
        number = number + _widened(group)
    return _at_least(number, items)


def _swallowed(scenario: Scenario, n: int, items: Sequence[Item]) -> bool:
    """Whether a total (of equals, the later one) contains count n."""
    mine = items[n]
    for m, other in enumerate(items):
        if m == n or not other.total:
            continue
        if mine.said.inside(other.said) and _within(scenario, mine.series, other.series):
            equal = other.said.inside(mine.said) and _within(scenario, other.series, mine.series)
            if not (equal and mine.total) or m > n:
                return True
    return False


def _within(scenario: Scenario, inner: Series, outer: Series) -> bool:
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
