"""Numbers at a moment: each counter's series as reported, and what several counters say together.

How several come together is the rule of `together.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from replay.analysis.together import Item, period, reasons, reckoned
from replay.cells import speaks
from replay.explain import Explanation, Testimony, explain
from replay.lens import Reading, Version
from replay.state import Range, Tally, TallyKey, tally_of
from replay.tallies import count, counter, series
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
    why: tuple[str, ...] = ()
    """How the numbers of several counters come together, step by step."""


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
        where = key.tally
        if where and isinstance(marked.value, Tally) and (name is None or where.name == name):
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
    """All numbers reported by events that have happened by a tick.

    Of each event those of its first version that is not silent of numbers: who says only that it
    happened does not say how many.
    """
    found = []
    for reading in timeline.readings:
        version, claims = _counting(reading)
        if claims and version.latest <= tick and not version.denies:
            for entry in version.event.tallies:
                where = series(version.event, entry)
                if entry.counted_by is None:
                    where = replace(where, counted_by=counter(reading.event))
                said = count(version.event, entry)
                found.append(Item(where, said, entry.total is not None, reading, version, claims))
    return found


def _counting(reading: Reading) -> tuple[Version, tuple[int, ...]]:
    """The first version that a claim with a number makes, and its claims with one."""
    for version in reading.versions:
        claims = tuple(n for n in version.claims if speaks(reading, n, "tally"))
        if claims:
            return version, claims
    return reading.shown, ()


def _row(where: TallyKey, number: Range, mark: str, items: list[Item], why: Explanation) -> Row:
    return Row(
        where.name,
        where.unit,
        where.of,
        where.where,
        period([item.said for item in items]),
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
        key = tally_of(item.series)
        told = explain(timeline, key, max(0, item.version.latest)).because
        because += [t for t in told if t not in because]
    dates = sorted(t.date for t in because if t.date)
    found = reckoned(timeline.scenario, items)
    days = period([item.said for item in items])
    since = dates[-1] if dates else None
    why = tuple(reasons(timeline.scenario, found))
    told = tuple(because)
    return Row(*subject, (), days, None, found.number, "certain", since, told, (), why)
