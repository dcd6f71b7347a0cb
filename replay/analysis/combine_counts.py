"""What several counts of one thing come to, and why: an overlap is never added twice.

A total contains every count whose period, places and forces lie inside its own, and is not added to
it. Counts that remain and speak of different times, places or forces are added. Those that overlap
may speak of the same: the truth is at least the largest of what each counter comes to and at most
the sum of all.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from replay.foundation.edtf import Bounds, spell_within
from replay.lens import Reading, Version
from replay.model import Scenario
from replay.model.state import Count, Range, Tally, TallyKey, sum_of, tallied, widened
from replay.timeline.explanation import Testimony


@dataclass(frozen=True, slots=True)
class RivalCount:
    """What other claims of the same event say instead of a number."""

    number: Range | None
    """None where they deny the event."""
    told: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True)
class ReportedCount:
    """One reported number with its time, places and counter."""

    series: TallyKey
    said: Count
    reading: Reading
    version: Version
    """The version of its event that gives it."""
    claims: tuple[int, ...]
    """The claims that give this number."""
    counted_by: str
    """Who counted, as these claims say."""
    tick: int
    """From when it counts."""
    against: tuple[RivalCount, ...] = ()

    @property
    def total(self) -> bool:
        return self.said.kind == "total"

    @property
    def bounds(self) -> Count:
        """The count, as wide as all that admitted claims say of it."""
        said = [r.number or Range(0, 0, 0) for r in self.against]
        return replace(self.said, number=hull(self.said.number, said))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What counts of one thing come to, with the steps that led there."""

    number: Range
    contained: tuple[tuple[ReportedCount, ReportedCount], ...]
    """A count, and the total in which it is contained: it is not added."""
    groups: tuple[tuple[ReportedCount, ...], ...]
    """What remains; those of one group may speak in part of the same, and groups are added."""
    lifted: bool
    """Whether a single count is larger than what contains it, and lifts the upper bound."""


def hull(number: Range, others: Iterable[Range]) -> Range:
    """A number with its bounds as wide as those of others."""
    low, high = number.low, number.high
    for other in others:
        low = min(low, other.low)
        high = None if high is None or other.high is None else max(high, other.high)
    return Range(low, number.best, high)


def combined(scenario: Scenario, items: Sequence[ReportedCount]) -> Range:
    """What several counts of one thing come to (see above)."""
    return reckoned(scenario, items).number


def reckoned(scenario: Scenario, items: Sequence[ReportedCount]) -> Reckoning:
    """What several counts of one thing come to, step by step. Levels come to the last of them."""
    levels = [item for item in items if item.said.kind == "level"]
    if levels:
        last = max(item.said.latest for item in levels)
        now = [item for item in levels if item.said.latest == last]
        number = hull(now[-1].bounds.number, [item.bounds.number for item in now])
        return Reckoning(number, (), (tuple(now),), False)
    contained = _contained(scenario, items)
    inside = {id(item) for item, _ in contained}
    groups = overlapping(scenario, [item for item in items if id(item) not in inside])
    number = sum_of([widened_count(scenario, group) for group in groups])
    lifted = _lifted(number, contained)
    return Reckoning(lifted, tuple(contained), tuple(map(tuple, groups)), lifted != number)


def _contained(
    scenario: Scenario, items: Sequence[ReportedCount]
) -> list[tuple[ReportedCount, ReportedCount]]:
    """Each count that lies inside a total (of equals, inside the later one), with that total."""

    def latest_and_widest_first(n: int) -> tuple[float, bool, float, int]:
        said = items[n].said
        return -said.latest, not items[n].total, said.earliest, -n

    place = {id(item): n for n, item in enumerate(items)}
    widest: dict[Hashable, ReportedCount] = {}
    found: dict[int, ReportedCount] = {}
    for n in sorted(range(len(items)), key=latest_and_widest_first):
        item = items[n]
        for total in widest.values():
            beside = item.said.distinct and n > place[id(total)]
            inside = item.said.inside(total.said) and not beside
            if inside and _within(scenario, item.series, total.series):
                found[n] = total
                break
        known = widest.get(_scope(item))
        if item.total and (known is None or item.said.earliest < known.said.earliest):
            widest[_scope(item)] = item
    return [(items[n], found[n]) for n in sorted(found)]


def _scope(item: ReportedCount) -> tuple[tuple[str, ...], str | None]:
    """In which places, and by whose doing."""
    return item.series.where, item.series.by


def _within(scenario: Scenario, inner: TallyKey, outer: TallyKey) -> bool:
    """Whether all that one series counts is counted by another, if at the same time."""
    places = not outer.where or (
        bool(inner.where)
        and all(set(outer.where) & set(_line(scenario, place)) for place in inner.where)
    )
    return places and (outer.by is None or outer.by in _superiors(scenario, inner.by))


def _meets(scenario: Scenario, a: TallyKey, b: TallyKey) -> bool:
    """Whether two series may count the same thing, if at the same time."""
    if a.where and b.where:
        mine, other = ({p for w in s.where for p in _line(scenario, w)} for s in (a, b))
        if mine.isdisjoint(b.where) and other.isdisjoint(a.where):
            return False
    if a.by is None or b.by is None:
        return True
    return a.by in _superiors(scenario, b.by) or b.by in _superiors(scenario, a.by)


def _line(scenario: Scenario, place: str) -> list[str]:
    """A place and those that it is part of."""
    line = [place]
    while (known := scenario.place.get(line[-1])) is not None and known.part_of:
        line.append(known.part_of)
    return line


def _superiors(scenario: Scenario, who: str | None) -> list[str]:
    """A force, those that it is part of, and its side."""
    found: list[str] = []
    at = who
    while at is not None:
        found.append(at)
        at = scenario.force[at].part_of if at in scenario.force else None
    return [*found, scenario.side_of(who)] if who in scenario.force else found


@dataclass(slots=True, eq=False)
class _Run:
    """Counts that overlap one after the other."""

    items: list[ReportedCount]
    latest: float


def overlapping(scenario: Scenario, items: Sequence[ReportedCount]) -> list[list[ReportedCount]]:
    """Groups of counts that overlap in time, place and force, one after the other."""
    place = {id(item): n for n, item in enumerate(items)}
    open_runs: list[_Run] = []
    closed: list[_Run] = []
    for item in sorted(items, key=lambda item: (item.said.earliest, item.said.latest)):
        closed += [run for run in open_runs if run.latest < item.said.earliest]
        open_runs = [run for run in open_runs if run.latest >= item.said.earliest]
        merged, apart = _Run([item], item.said.latest), []
        for run in open_runs:
            if any(_meets(scenario, item.series, series) for series in _series(run)):
                run.items.extend(merged.items)
                merged = _Run(run.items, max(run.latest, merged.latest))
            else:
                apart.append(run)
        open_runs = [*apart, merged]
    groups = [sorted(run.items, key=lambda item: place[id(item)]) for run in (*closed, *open_runs)]
    return sorted(groups, key=lambda group: place[id(group[0])])


def _series(run: _Run) -> Iterable[TallyKey]:
    return dict.fromkeys(item.series for item in run.items)


def widened_count(scenario: Scenario, group: Sequence[ReportedCount]) -> Range:
    """What counts that overlap come to: the most of any counter, up to all of them together."""
    if len(group) == 1:
        return group[0].bounds.number
    counters: dict[str, list[ReportedCount]] = {}
    for item in group:
        counters.setdefault(item.series.counted_by, []).append(item)
    return widened([_of_one(scenario, items) for items in counters.values()])


def _of_one(scenario: Scenario, items: Sequence[ReportedCount]) -> Range:
    """What one counter's counts come to: of places or forces that overlap they are widened too."""
    scopes: dict[Hashable, list[ReportedCount]] = {}
    for item in items:
        scopes.setdefault(_scope(item), []).append(item)
    found: list[tuple[list[TallyKey], list[Range]]] = []
    for own in scopes.values():
        keys, numbers = [own[0].series], [fold(item.bounds for item in own).number]
        apart = []
        for other in found:
            if any(_meets(scenario, own[0].series, series) for series in other[0]):
                keys, numbers = keys + other[0], numbers + other[1]
            else:
                apart.append(other)
        found = [*apart, (keys, numbers)]
    return sum_of([widened(numbers) for _, numbers in found])


def fold(counts: Iterable[Count]) -> Tally:
    """What counts of one series come to, in the order in which they were reported."""
    start: Tally | None = None
    found = reduce(tallied, counts, start)
    assert found is not None
    return found


def _lifted(number: Range, contained: Sequence[tuple[ReportedCount, ReportedCount]]) -> Range:
    """A count of one counter that is larger than the total of another widens the total."""
    highest = [
        a.said.number.high or a.said.number.low
        for a, b in contained
        if a.series.counted_by != b.series.counted_by
    ]
    if number.high is None or not highest or max(highest) <= number.high:
        return number
    return Range(number.low, number.best, max(highest))


# --- in words -----------------------------------------------------------------------------------


def period(said: Sequence[Count]) -> str | None:
    """The time that counts speak of, from the first to the last, as EDTF; None where it is open."""
    dated = [c for c in said if not (math.isinf(c.earliest) and math.isinf(c.latest))]
    if not dated:
        return None
    first, last = min(c.earliest for c in dated), max(c.latest for c in dated)
    if math.isinf(first) and math.isinf(last):
        return None
    bounds = Bounds(
        None if math.isinf(first) else int(first), None if math.isinf(last) else int(last)
    )
    return spell_within(bounds)
