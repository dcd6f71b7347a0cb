"""The marks: what is shown of a key, how sure it is, and what it could be instead.

The rule. Each admitted claim of an event says when the event happened and what it did to a key.
Take the worlds in which every event happened as its first-ranked claims say, except one event,
which happened as a rival claim says. At a tick, a claim is *determinate* about its event before
its first day (the event has not happened) and from its last day on (it has). A key is

- **disputed** while two determinate worlds of one event give it different values,
- **possible** while the events of uncertain day, put elsewhere within their bounds and in no other
  order than `after:` allows, would give the key another value than the one that is shown: for
  control wherever all of them are put (`worlds.py`), for the rest wherever one of them is,
- **certain** otherwise.

The value that is shown is that of the first-ranked claims, which counts as happened on its last
day. Because an event's effect on a key looks at that key only, this is exact, and the worlds need
to be kept only for keys on which something is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from replay.lens import NEVER, Reading
from replay.state import Control, Marked, Step, Value
from replay.worlds import Happening, narrowed, values

Order = tuple[int, int, int]
"""The order of a reading among the events of one tick."""


class Variant(NamedTuple):
    """What a group of claims says of one key: from when to when, and the step (None: no change)."""

    earliest: int
    latest: int
    step: Step | None
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One event as it bears on one key: what is said of it, the first-ranked first."""

    reading: Reading
    variants: tuple[Variant, ...]

    @property
    def settled_from(self) -> int:
        """The tick from which every variant is determinate."""
        return max((v.latest for v in self.variants if v.step is not None), default=0)

    def seen(self, tick: int, upto: Order | None) -> int:
        """Up to which tick the case is told: of one that comes to its last day later within this
        tick, up to the tick before."""
        if upto is None or self.reading.order <= upto:
            return tick
        return tick - any(variant.latest == tick for variant in self.variants)


Behind = Callable[[int], frozenset[int]]
"""From the index of a reading to those of all that it cannot have preceded."""


def marked(
    base: Value | None,
    cases: Sequence[Case],
    tick: int,
    upto: Order | None = None,
    behind: Behind = lambda index: frozenset(),
) -> Marked:
    """Value, mark and alternatives of a key at a tick, from what is open about it.

    `upto` is the event of the tick that has just been told: of those after it the tick is to come.
    """
    first = _in_their_order(cases, behind)
    seen = [case.seen(tick, upto) for case in cases]
    value = _world(base, cases, first, seen)
    rivals: list[Value | None] = []
    for n, case in enumerate(cases):
        if len(case.variants) > 1:
            worlds = _determinate(base, cases, first, n, seen)
            if len(set(worlds)) > 1:
                rivals += [v for v in worlds if v != value]
    elsewhere = None
    if isinstance(value, Control):
        elsewhere = _everywhere(base, cases, first, tick, seen, behind)
    if elsewhere is None:
        elsewhere = _elsewhere(base, cases, first, seen)
    possible = [v for v in elsewhere if v != value]
    could = tuple(dict.fromkeys([*rivals, *possible]))
    if rivals:
        return Marked(value, "disputed", could)
    return Marked(value, "possible", could) if could else Marked(value)


def _in_their_order(cases: Sequence[Case], behind: Behind) -> list[Variant]:
    """The first-ranked variants, none of them out of the order that `after:` states."""
    first = [case.variants[0] for case in cases]
    if len(cases) < 2:
        return first
    acting = [n for n, variant in enumerate(first) if variant.step is not None]
    acting.sort(key=lambda n: cases[n].reading.order)
    number = {cases[n].reading.index: n for n in acting}
    before = [[number[i] for i in behind(cases[n].reading.index) if i in number] for n in acting]
    if any(before):
        place = {n: k for k, n in enumerate(acting)}
        spans = [(first[n].earliest, first[n].latest) for n in acting]
        earlier = [[place[m] for m in ms if place[m] < k] for k, ms in enumerate(before)]
        for n, (begin, end) in zip(acting, narrowed(spans, earlier)[0], strict=True):
            first[n] = first[n]._replace(earliest=begin, latest=end)
    return first


def _determinate(
    base: Value | None, cases: Sequence[Case], first: list[Variant], n: int, seen: list[int]
) -> list[Value | None]:
    """Values in the worlds where case n happened as each of its variants says, if determinate."""
    found = []
    for variant in cases[n].variants:
        if variant.step is None or seen[n] < variant.earliest or variant.latest <= seen[n]:
            chosen = [*first[:n], variant, *first[n + 1 :]]
            found.append(_world(base, cases, chosen, seen))
    return found


def _everywhere(
    base: Value | None,
    cases: Sequence[Case],
    first: list[Variant],
    tick: int,
    seen: list[int],
    behind: Behind,
) -> Iterable[Value | None] | None:
    """Values in all readings of the dates of what ranks first; None where that are too many."""
    open_now = [n for n, v in enumerate(first) if v.step is not None and v.earliest <= seen[n]]
    if not any(first[n].earliest < first[n].latest for n in open_now):
        return ()
    open_now.sort(key=lambda n: cases[n].reading.order)
    place = {cases[n].reading.index: k for k, n in enumerate(open_now)}
    events = []
    for k, n in enumerate(open_now):
        before = behind(cases[n].reading.index) if len(open_now) > 1 else ()
        after = tuple([place[a] for a in before if a in place and place[a] < k])
        variant = first[n]
        assert variant.step is not None
        events.append(Happening(variant.earliest, variant.latest, variant.step, after, seen[n]))
    return values(base, events, tick)


def _elsewhere(
    base: Value | None, cases: Sequence[Case], first: list[Variant], seen: list[int]
) -> Iterator[Value | None]:
    """Values in the worlds where one event of uncertain day is put elsewhere in its bounds."""
    for n, variant in enumerate(first):
        tick = seen[n]
        if variant.step is None or variant.earliest == variant.latest or tick < variant.earliest:
            continue
        for when in dict.fromkeys((variant.earliest, tick)):
            if when < variant.latest:
                moved = Variant(when, when, variant.step, variant.claims)
                yield _world(base, cases, _moved(cases, first, n, moved), seen)


def _moved(cases: Sequence[Case], first: list[Variant], n: int, to: Variant) -> list[Variant]:
    """The variants where that of case n is moved: what it comes after has happened by then."""
    after = cases[n].reading.shown.event.after
    return [
        to
        if m == n
        else variant._replace(latest=to.latest)
        if to.latest < variant.latest and cases[m].reading.event.id in after
        else variant
        for m, variant in enumerate(first)
    ]


def _world(
    base: Value | None, cases: Sequence[Case], chosen: Sequence[Variant], seen: Sequence[int]
) -> Value | None:
    """The value when each case happens on the last day of the variant that is chosen for it."""
    happened = [
        (variant.latest, cases[n].reading.order, n)
        for n, variant in enumerate(chosen)
        if variant.step is not None and variant.latest <= seen[n] and variant.latest < NEVER
    ]
    happened.sort()
    value = base
    for _, _, n in happened:
        step = chosen[n].step
        assert step is not None
        value = step(value)
    return value
