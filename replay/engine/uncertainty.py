"""The marks: what is shown of a key, how sure it is, what it could be instead, and because of whom.

The rule. Each admitted claim of an event says when the event happened and what it did to a key.
Take the worlds in which every event happened as its first-ranked claims say, except one event,
which happened as a rival claim says. At a tick, a claim is *determinate* about its event before
its first day (the event has not happened) and from its last day on (it has). A key is

- **disputed** while two determinate worlds of one event give it different values,
- **possible** while another reading of the dates (`worlds.py`) gives the key another value than
  the one that is shown: an event may not have happened yet, or two may have happened in the other
  order,
- **certain** otherwise.

The value that is shown is that of the first-ranked claims, which counts as happened on its last
day. Because an event's effect on a key looks at that key only, this is exact, and the worlds need
to be kept only for keys on which something is open.

The engine asks `weigh` whenever a document speaks of a key, and whoever asks afterwards (`explain`,
`certainty`, `check`) asks it again, of the same cases: there is one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from replay.engine.orderings import DatedEffect, narrowed, order_settled, values
from replay.lens import BEFORE_ALL, NEVER, NO_BEGIN, NO_END, Order, Reading, TickMinute
from replay.model.state import Marked, Step, Tally, Value


class Variant(NamedTuple):
    """What a group of claims says of one key: from when to when, and the step (None: no change)."""

    earliest: int
    latest: int
    step: Step | None
    claims: tuple[int, ...]
    begin: int = NO_BEGIN
    """The first minute of its earliest tick, where hours are known."""
    end: int = NO_END

    @property
    def first(self) -> TickMinute:
        return self.earliest, self.begin

    @property
    def last(self) -> TickMinute:
        return self.latest, self.end

    @property
    def undated(self) -> bool:
        """Whether nothing says when, so that it is put nowhere."""
        return self.earliest == BEFORE_ALL and self.latest == NEVER


@dataclass(frozen=True, slots=True)
class EventEffect:
    """One event as it bears on one key: what is said of it, the first-ranked first."""

    reading: Reading
    variants: tuple[Variant, ...]

    @property
    def settled_from(self) -> int:
        """The tick from which every variant is determinate."""
        return max((v.latest for v in self.variants if v.step is not None), default=0)

    def seen(self, tick: int, upto: Order | None) -> int:
        """Up to which tick the case counts: if it comes to its last day later within this tick,
        up to the tick before."""
        if upto is None or self.reading.order <= upto:
            return tick
        return tick - any(variant.latest == tick for variant in self.variants)


Behind = Callable[[int], frozenset[int]]
"""From the index of a reading to those of all that it cannot have preceded."""


class Precedence:
    """For each reading those that it cannot have preceded, those behind them too."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = readings
        self._known: dict[int, frozenset[int]] = {}

    @cached_property
    def _after(self) -> dict[int, tuple[int, ...]]:
        """Asked for only where dates are open."""
        return {reading.index: reading.after for reading in self._readings if reading.after}

    def __call__(self, index: int) -> frozenset[int]:
        if index not in self._known:
            found: set[int] = set()
            asked = [index]
            while asked:
                fresh = set(self._after.get(asked.pop(), ())) - found
                found |= fresh
                asked += fresh
            self._known[index] = frozenset(found)
        return self._known[index]


class Weighed(NamedTuple):
    """What is shown of a key, and what it could be instead."""

    value: Value | None
    rivals: tuple[Value | None, ...]
    """What it is if a rival claim is right: sources differ."""
    dates: tuple[Value | None, ...]
    """What other readings of the dates give."""
    complete: bool = True
    """False where there were too many readings to go through them all."""

    @property
    def marked(self) -> Marked:
        could = tuple(dict.fromkeys([*self.rivals, *self.dates]))
        if self.rivals:
            return Marked(self.value, "disputed", could)
        return Marked(self.value, "possible", could) if could else Marked(self.value)


class Causes(NamedTuple):
    """The cases because of which a key is not certain."""

    rivals: tuple[tuple[EventEffect, Variant], ...]
    """Claims that give the key another value than the one that is shown."""
    dates: tuple[EventEffect, ...]
    """Events whose day, or whose order within a day, decides about the value."""


def weigh(
    base: Value | None,
    cases: Sequence[EventEffect],
    tick: int,
    upto: Order | None = None,
    behind: Behind = lambda index: frozenset(),
) -> Weighed:
    """Value and alternatives of a key at the end of a tick, from what is open about it.

    `upto` is the event of the tick that has just been told: of those after it the tick is to come.
    """
    return _Worlds(base, cases, tick, upto, behind).weighed()


def causes(
    base: Value | None,
    cases: Sequence[EventEffect],
    tick: int,
    behind: Behind = lambda index: frozenset(),
) -> Causes:
    """Because of which claims and events a key is not certain at the end of a tick."""
    worlds = _Worlds(base, cases, tick, None, behind)
    return Causes(tuple(worlds.disputing()), tuple(worlds.dating()))


class _Worlds:
    """The worlds of a key at the end of a tick."""

    def __init__(
        self,
        base: Value | None,
        cases: Sequence[EventEffect],
        tick: int,
        upto: Order | None,
        behind: Behind,
    ) -> None:
        self.base, self.cases, self.behind = base, cases, behind
        self.seen = [case.seen(tick, upto) for case in cases]
        self.first, self.acting, self.before = self._in_order([c.variants[0] for c in cases])
        self.value = self._world(self.first)

    def _in_order(
        self, chosen: Sequence[Variant]
    ) -> tuple[list[Variant], list[int], list[tuple[int, ...]]]:
        """One variant of each case, none of them out of the order that `after:` states.

        With the cases that change the key, in an order that breaks none; and for each of these, at
        which places of that list those stand that it comes after.
        """
        cases, variants = self.cases, list(chosen)
        acting = [n for n, v in enumerate(variants) if v.step is not None and not v.undated]
        acting.sort(key=lambda n: cases[n].reading.order[1:])  # nothing stands before its `after:`
        kept: dict[int, tuple[int, ...]] = {}
        if len(acting) > 1:
            place = {cases[n].reading.index: k for k, n in enumerate(acting)}
            behind = [self.behind(cases[n].reading.index) for n in acting]
            after = [[place[a] for a in own if a in place] if own else [] for own in behind]
            if any(after):
                bounds = [(variants[n].first, variants[n].last) for n in acting]
                spans, orders = narrowed(bounds, after)
                for n, own, (begin, end) in zip(acting, orders, spans, strict=True):
                    kept[n] = tuple(acting[a] for a in own)
                    variants[n] = variants[n]._replace(
                        earliest=begin[0], begin=begin[1], latest=end[0], end=end[1]
                    )
        acting.sort(key=lambda n: (variants[n].last, cases[n].reading.order[1:]))
        number = {n: k for k, n in enumerate(acting)}
        return variants, acting, [tuple(number[a] for a in kept.get(n, ())) for n in acting]

    def weighed(self) -> Weighed:
        rivals = [v for n in range(len(self.cases)) for v in self._differing(n) if v != self.value]
        rivals = list(dict.fromkeys(rivals))
        found, complete = self._possible(), True
        if found is None:
            found, complete = list(self._elsewhere()), False
        dates = dict.fromkeys(v for v in found if v != self.value)
        return Weighed(self.value, tuple(rivals), tuple(dates), complete)

    # --- claims that differ -------------------------------------------------------------------

    def _differing(self, n: int) -> list[Value | None]:
        """Values in the determinate worlds of case n, if they are not all the same."""
        if len(self.cases[n].variants) == 1:
            return []
        worlds = [self._with(n, variant) for variant in self._determinate(n)]
        if all(world == worlds[0] for world in worlds):
            return []
        return list(dict.fromkeys(value for world in worlds for value in world))

    def _determinate(self, n: int) -> Iterator[Variant]:
        for number, said in enumerate(self.cases[n].variants):
            variant = self.first[n] if number == 0 else said
            if (
                variant.step is None
                or self.seen[n] < variant.earliest
                or variant.latest <= self.seen[n]
            ):
                yield variant

    def _with(self, n: int, variant: Variant) -> dict[Value | None, None]:
        """The value in the world where case n happened as a variant says: several, where the order
        of one of its days is open."""
        said = [case.variants[0] for case in self.cases]
        chosen, acting, before = self._in_order([*said[:n], variant, *said[n + 1 :]])
        happened = [k for k, m in enumerate(acting) if chosen[m].latest <= self.seen[m]]
        happened = [k for k in happened if chosen[acting[k]].latest < NEVER]
        number = {k: place for place, k in enumerate(happened)}
        events: list[DatedEffect] = []
        for k in happened:
            own, step = chosen[acting[k]], chosen[acting[k]].step
            assert step is not None
            others = ((place, chosen[acting[j]]) for j, place in number.items() if j < k)
            behind = sum(
                1 << place for place, o in others if o.latest < own.latest or o.last < own.first
            )
            for a in before[k]:
                behind |= 1 << number[a] if a in number else 0
            events.append(DatedEffect(True, step, _closed(behind, events)))
        if not order_settled(events) and (found := values(self.base, events)) is not None:
            return dict.fromkeys(sorted(found, key=str))
        return {self._world(chosen): None}

    def disputing(self) -> Iterator[tuple[EventEffect, Variant]]:
        for n, case in enumerate(self.cases):
            if self._differing(n):
                shown = self._with(n, self.first[n])
                for variant in self._determinate(n):
                    if self._with(n, variant) != shown:
                        yield case, variant

    # --- dates --------------------------------------------------------------------------------

    def _open_now(self) -> list[int]:
        """Places in `acting` of what can have happened."""
        return [k for k, n in enumerate(self.acting) if self.first[n].earliest <= self.seen[n]]

    def _happenings(self, open_now: Sequence[int]) -> list[DatedEffect]:
        """What can have happened, and what certainly precedes what."""
        place = {k: number for number, k in enumerate(open_now)}
        variants = [self.first[self.acting[k]] for k in open_now]
        lasts = [variant.last for variant in variants]
        events: list[DatedEffect] = []
        for number, k in enumerate(open_now):
            variant = variants[number]
            behind = sum(1 << place[a] for a in self.before[k] if a in place)
            for m in range(number):
                if lasts[m] < variant.first:
                    behind |= 1 << m
            must = variant.latest <= self.seen[self.acting[k]]
            assert variant.step is not None
            events.append(DatedEffect(must, variant.step, _closed(behind, events)))
        return events

    def _possible(self) -> list[Value | None] | None:
        """Values in all readings of the dates; None where there are too many."""
        open_now = self._open_now()
        if all(self.first[self.acting[k]].latest <= self.seen[self.acting[k]] for k in open_now):
            if len(open_now) < 2 or isinstance(self.value, Tally):
                return [self.value]
        elif isinstance(self.value, Tally):
            return None  # every subset of the open ones has a sum of its own
        events = self._happenings(open_now)
        return [self.value] if order_settled(events) else values(self.base, events)

    def dating(self) -> Iterator[EventEffect]:
        """The cases of which the day, or the order, decides about the value."""
        open_now = self._open_now()
        found = self._possible()
        if found is not None and len(set(found)) < 2:
            return
        must = [self.first[self.acting[k]].latest <= self.seen[self.acting[k]] for k in open_now]
        chosen = range(len(open_now))
        if found is not None:
            events = self._happenings(open_now)
            every = set(found)
            deciding = [
                k
                for k in chosen
                if len(set(values(self.base, _fixed(events, set(chosen) - {k})) or every)) > 1
                or set(values(self.base, _fixed(events, {k})) or every) < every
            ]
        else:
            deciding = [k for k in chosen if not must[k]]
        for k in deciding or chosen:
            yield self.cases[self.acting[open_now[k]]]

    def _elsewhere(self) -> Iterator[Value | None]:
        """Values in the worlds where one event of uncertain day is put elsewhere in its bounds."""
        for n, variant in enumerate(self.first):
            tick = self.seen[n]
            if variant.step is None or variant.earliest == variant.latest or variant.undated:
                continue
            for when in dict.fromkeys((variant.earliest, tick)):
                if variant.earliest <= tick and when < variant.latest:
                    moved = variant._replace(earliest=when, latest=when)
                    yield self._world(self._moved(n, moved))

    def _moved(self, n: int, to: Variant) -> list[Variant]:
        """The variants where that of case n is moved: what it comes after has happened by then."""
        after = self.behind(self.cases[n].reading.index)
        return [
            to
            if m == n
            else variant._replace(latest=to.latest)
            if to.latest < variant.latest and self.cases[m].reading.index in after
            else variant
            for m, variant in enumerate(self.first)
        ]

    def _world(self, chosen: Sequence[Variant]) -> Value | None:
        """The value when each case happens on the last day of the variant chosen for it."""
        value = self.base
        for n in self._happened(chosen):
            step = chosen[n].step
            assert step is not None
            value = step(value)
        return value

    def _happened(self, chosen: Sequence[Variant]) -> list[int]:
        """The cases that have happened, in order, if each does on the last day of its variant."""
        happened = [
            (variant.last, self.cases[n].reading.order[1:], n)
            for n, variant in enumerate(chosen)
            if variant.step is not None
            and variant.latest <= self.seen[n]
            and variant.latest < NEVER
        ]
        return [n for *_, n in sorted(happened)]


def _closed(behind: int, events: Sequence[DatedEffect]) -> int:
    """Those that precede an event, and those that precede them."""
    for n, event in enumerate(events):
        if behind >> n & 1:
            behind |= event.after
    return behind


def _fixed(events: Sequence[DatedEffect], which: set[int]) -> list[DatedEffect]:
    """The events, some of them only as they are shown: those that are not certain have not
    happened, and the others happened in this order."""
    kept = [n for n in range(len(events)) if events[n].must or n not in which]
    place = {n: number for number, n in enumerate(kept)}
    found: list[DatedEffect] = []
    fixed = 0
    for n in kept:
        behind = sum(1 << place[m] for m in range(n) if events[n].after >> m & 1 and m in place)
        if n in which:
            behind |= fixed
            fixed |= 1 << place[n]
        found.append(DatedEffect(events[n].must, events[n].step, _closed(behind, found)))
    return found


@dataclass
class Episode:
    """A time during which something is open about a key: from what value on, and what is said."""

    base: Value | None
    since: int
    cases: list[EventEffect]
    until: int = NEVER
    """The tick at whose end all of it was settled."""
