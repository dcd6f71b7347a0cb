"""Numbers at a moment: each counter's series with what it is the sum of, and all counters together.

How several come together is the rule of `together.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from replay.analysis.combine_counts import (
    Reckoning,
    ReportedCount,
    RivalCount,
    fold,
    hull,
    period,
    reckoned,
)
from replay.engine.state_builder import speaks_of
from replay.events.tallies import count, series
from replay.lens import Reading, Version
from replay.model import TallyEntry
from replay.model.state import (
    Count,
    CountKind,
    Mark,
    Marked,
    Range,
    Share,
    StateKey,
    Tally,
    TallyKey,
    counts_of,
    sum_of,
    tally_of,
)
from replay.timeline.difference import Difference, ReportedNumber
from replay.timeline.explanation import Explanation, Testimony, claimed, explain, since_date
from replay.timeline.timeline import State, Timeline


@dataclass(frozen=True, slots=True)
class Addend:
    """One number that somebody gave, as it bears on a sum."""

    event: str
    kind: CountKind
    number: Range
    counted_by: str
    period: str | None
    """The time that it speaks of, as the script gives it (EDTF)."""
    mark: Mark
    because: tuple[Testimony, ...]
    against: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A number at a moment: what one counter's reports come to, or those of all together."""

    name: str
    unit: str
    of: str | None
    by: str | None
    where: tuple[str, ...]
    kind: CountKind
    counter: str | None
    """Whose series it is; None for all counters together."""
    period: str | None
    number: Range
    mark: Mark
    since: str | None
    addends: tuple[Addend, ...]
    """What the number is the sum of; empty for rows of a table, which are too many."""
    reports: int
    """How many numbers it is the sum of."""
    options: tuple[Range, ...] = ()
    """Where sources differ: the numbers that it can be, if these are few."""
    age_days: int | None = None
    """Of a level: how old it is."""
    reckoning: Reckoning | None = None
    """How the numbers of several counters come together; None for one counter's own."""
    share: Share | None = None
    """Of a share of a place: its value, with what the source gives."""
    rows_of: tuple[Testimony, ...] = ()
    """For rows of a table: the claim behind the last of them."""

    @property
    def together(self) -> bool:
        """Whether it is what all counters come to."""
        return self.counter is None

    @property
    def key(self) -> TallyKey | None:
        """The series; none where all counters come together."""
        if self.counter is None:
            return None
        level = self.kind == "level"
        return TallyKey(self.name, self.unit, self.of, self.where, self.counter, self.by, level)

    @property
    def counted_by(self) -> str | None:
        """Who gave the number; nobody gave a sum."""
        if self.counter is None or self.reports != 1:
            return None
        return self.addends[0].counted_by if self.addends else self.counter

    @property
    def because(self) -> tuple[Testimony, ...]:
        """The claims behind all that is added."""
        told = (t for addend in self.addends for t in addend.because)
        return tuple(dict.fromkeys(told)) or self.rows_of

    @property
    def against(self) -> tuple[Testimony, ...]:
        """The claims that give another number for a part."""
        return tuple(dict.fromkeys(t for addend in self.addends for t in addend.against))


def tally_rows(
    timeline: Timeline, on: str | int | State, name: str | None = None
) -> list[TallyRow]:
    """Every series that has a number at a moment, and what they say together.

    Series of a name come together, the row of all counters last where there are several.
    """
    state = timeline.at(on)
    timeline, tick = state.timeline, state.tick
    items = [item for item in reported(timeline, tick) if name in (None, item.series.name)]
    by_series: dict[TallyKey, list[ReportedCount]] = {}
    for item in items:
        by_series.setdefault(item.series, []).append(item)
    found: list[TallyRow] = []
    for key, marked in state.known("tally"):
        if key.tally and isinstance(marked.value, Tally) and name in (None, key.of):
            found.append(row(timeline, key, marked, tick, by_series.get(key.tally, [])))
    for key, marked in state.known("share"):
        share = _share_row(timeline, key, marked, tick)
        if share is not None and name in (None, share.name):
            found.append(share)
    groups: dict[tuple[str, str, str | None, bool], list[ReportedCount]] = {}
    for item in items:
        s = item.series
        groups.setdefault((s.name, s.unit, s.of, s.level), []).append(item)
    for members in groups.values():
        if len({item.series for item in members}) > 1 and not members[0].series.level:
            found.append(_together(timeline, members))
    return sorted(found, key=lambda r: (r.name, r.unit, r.of or "", r.counter is None))


def row(
    timeline: Timeline, key: StateKey, marked: Marked, tick: int, items: list[ReportedCount]
) -> TallyRow:
    """What one series comes to at a tick, from its counts so far."""
    counted, value = key.tally, marked.value
    assert counted is not None
    assert isinstance(value, Tally)
    number, kept = value.number, items
    options: tuple[Range, ...] = ()
    if items:
        inside = {id(said) for said in counts_of(fold(item.said for item in items))}
        kept = [item for item in items if id(item.said) in inside]
        if marked.mark == "disputed" and len(kept) > 1:
            wide = fold(item.bounds for item in items).number
            number = hull(number, [wide])
            options = _options(marked)
    last = kept[-1] if kept else None
    return TallyRow(
        *(counted.name, counted.unit, counted.of, counted.by, counted.where),
        kind=last.said.kind if last else "add",
        counter=counted.counted_by,
        period=period([item.said for item in kept]),
        number=number,
        mark=marked.mark,
        since=since_date(timeline, key, tick),
        addends=tuple(map(_addend, kept)),
        reports=len(kept) or len(timeline.rows_of(key)),
        options=options,
        age_days=_age(timeline, last.said, tick) if last and counted.level else None,
        rows_of=() if kept else explain(timeline, key, tick).because,
    )


SHARE = "share held"
"""What a share of a place is called, where its script has no name for it."""


def share_names(timeline: Timeline) -> dict[str, TallyKey]:
    """What shares of places are called, each with a series that stands for it."""
    found: dict[str, TallyKey] = {}
    for reading in timeline.readings:
        for entry in reading.event.tallies:
            if place := entry.share_of(reading.event):
                found[entry.name] = TallyKey(entry.name, "percent", entry.of, (place,), "")
    if timeline.keys_of("share"):
        found.setdefault(SHARE, TallyKey(SHARE, "percent", None, (), ""))
    return found


def _share_row(timeline: Timeline, key: StateKey, marked: Marked, tick: int) -> TallyRow | None:
    """How much of a place a side holds, in per cent: a level, with its age."""
    if not isinstance(marked.value, Share):
        return None
    why = explain(timeline, key, tick)
    event = timeline.scenario.event.get(why.because[0].event) if why.because else None
    named = (e.name for e in (event.tallies if event else ()) if event and e.share_of(event))
    counter = next((t.reporter or t.source for t in why.because), "")
    seen = timeline.at(tick).row(key)
    age = tick - int(timeline.rows.tick[seen]) if seen is not None else 0
    return TallyRow(
        *(next(named, SHARE), "percent", marked.value.side, None, (key.of,)),
        kind="level",
        counter=counter,
        period=why.since,
        number=marked.value.amount.scaled(100),
        mark=marked.mark,
        since=why.since,
        addends=(_share_addend(why, marked.value, counter),),
        reports=1,
        age_days=age * timeline.scenario.calendar.step // 1440,
        share=marked.value,
    )


def _share_addend(why: Explanation, value: Share, counter: str) -> Addend:
    event = why.because[0].event if why.because else ""
    return Addend(
        *(event, "level", value.amount.scaled(100), counter, why.since, why.marked.mark),
        because=why.because,
        against=why.against,
    )


def counted_row(timeline: Timeline, key: StateKey, tick: int) -> TallyRow | None:
    """The row of one series at a tick; None before it has a number."""
    marked = timeline.at(tick)[key]
    if not isinstance(marked.value, Tally):
        return None
    items = [item for item in reported(timeline, tick) if item.series == key.tally]
    return row(timeline, key, marked, tick, items)


def _options(marked: Marked) -> tuple[Range, ...]:
    """The numbers that a disputed one can be, the least first: if they are few and exact."""
    values = [v.number for v in (marked.value, *marked.could) if isinstance(v, Tally)]
    different = sorted(dict.fromkeys(values), key=lambda n: n.low)
    few = len(different) in (2, 3) and all(n.exact for n in different)
    return tuple(different) if few else ()


def _age(timeline: Timeline, said: Count, tick: int) -> int | None:
    if said.latest == float("inf"):
        return None
    return max(0, timeline.scenario.calendar.end(tick) // 1440 - int(said.latest) // 1440)


def _addend(item: ReportedCount) -> Addend:
    told = tuple(claimed(item.reading, n) for n in item.claims)
    against = tuple(t for rival in item.against for t in rival.told)
    entry = next(e for e in item.version.event.tallies if e.number == item.said.number)
    date = entry.period or item.version.event.date
    return Addend(
        item.reading.event.id,
        item.said.kind,
        item.said.number,
        item.counted_by,
        date.text if date else None,
        "disputed" if against else "certain",
        told,
        against,
    )


def _together(timeline: Timeline, items: list[ReportedCount]) -> TallyRow:
    """What all reports of a subject come to, whoever counted."""
    scenario = timeline.scenario
    found = reckoned(scenario, items)
    kept = [item for group in found.groups for item in group]
    first = items[0].series
    dates = [item.version.event.date for item in items]
    return TallyRow(
        *(first.name, first.unit, first.of, None, ()),
        kind="add",
        counter=None,
        period=period([item.said for item in items]),
        number=found.number,
        mark="disputed" if any(item.against for item in items) else "certain",
        since=max((date.text for date in dates if date), default=None),
        addends=tuple(map(_addend, kept)),
        reports=len(kept),
        reckoning=found,
    )


# --- what was reported ------------------------------------------------------------------------

_ITEMS: WeakKeyDictionary[Timeline, list[ReportedCount]] = WeakKeyDictionary()
"""All numbers of a timeline, which never changes."""


def reported(timeline: Timeline, tick: int) -> list[ReportedCount]:
    """All numbers reported by events that have happened by a tick, in the order of their ticks.

    Of each event those of the claims that rank first for a number: who says only that it happened
    does not say how many.
    """
    if timeline not in _ITEMS:
        found = [item for reading in timeline.readings for item in _items(timeline, reading)]
        _ITEMS[timeline] = sorted(found, key=lambda item: (item.tick, item.reading.order))
    return [item for item in _ITEMS[timeline] if item.tick <= tick]


def _items(timeline: Timeline, reading: Reading) -> Iterator[ReportedCount]:
    """The numbers of one event, with what other claims say instead."""
    said = {n: _counts(version, reading) for n, version in enumerate(reading.versions)}
    for key in dict.fromkeys(key for counts in said.values() for key in counts):
        number = timeline.keys.get(key)
        if key.tally is None or number is None:
            continue
        groups = timeline.rivals.get((reading.index, number))
        told = [g.claims for g in groups] if groups is not None else [reading.shown.claims]
        speaking = [tuple(n for n in claims if speaks_of(reading, n, key)) for claims in told]
        if not speaking or not speaking[0]:
            continue
        chosen, *others = speaking
        shown = _version_of(reading, chosen)
        mine = said[shown].get(key, [])
        rivals = tuple(_rivals(reading, key, said, mine, others))
        for entry, counted in mine:
            version = reading.versions[shown]
            by = entry.counted_by or _counter(reading, key.tally, chosen)
            tick = groups[0].latest if groups else version.latest
            yield ReportedCount(key.tally, counted, reading, version, chosen, by, tick, rivals)


CountItem = dict[StateKey, list[tuple[TallyEntry, Count]]]


def _counts(version: Version, reading: Reading) -> CountItem:
    """What a version of an event counts, by key."""
    found: CountItem = {}
    if not version.denies:
        for entry in version.event.tallies:
            key = tally_of(series(version.event, entry, reading.event))
            found.setdefault(key, []).append((entry, count(version.event, entry)))
    return found


def _counter(reading: Reading, counted: TallyKey, claims: tuple[int, ...]) -> str:
    """Who counted, as claims say: the counter of the series if it is among them, else the first."""
    told = [reading.claim(n) for n in claims]
    voices = [str(claim.reporter or claim.cite.source) for claim in told]
    return counted.counted_by if counted.counted_by in voices else voices[0]


def _version_of(reading: Reading, claims: tuple[int, ...]) -> int:
    return next(n for n, v in enumerate(reading.versions) if claims[0] in v.claims)


def _rivals(
    reading: Reading,
    key: StateKey,
    said: dict[int, CountItem],
    mine: list[tuple[TallyEntry, Count]],
    others: Iterable[tuple[int, ...]],
) -> Iterator[RivalCount]:
    """What claims that rank lower say instead, where it is another number."""
    own = sum_of([counted.number for _, counted in mine]) if mine else None
    for claims in others:
        theirs = said[_version_of(reading, claims)].get(key, [])
        if not theirs:
            says = Difference(denies=reading.claim(claims[0]).denies)
            yield RivalCount(None, tuple(claimed(reading, n, says) for n in claims))
            continue
        number = sum_of([counted.number for _, counted in theirs])
        if number != own:
            told = ReportedNumber(number, theirs[0][1].kind == "total")
            yield RivalCount(number, tuple(claimed(reading, n, told) for n in claims))


__all__ = ["Addend", "TallyRow", "counted_row", "reported", "tally_rows"]
