"""The answer to "is it certain?" for each place and day, with the shares if they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from replay.analysis.certainty.counting import TickSpan, TooMany, count_readings
from replay.analysis.certainty.course import CourseEvent, EventCourse, Orders
from replay.analysis.certainty.sampling import sampled, tasks
from replay.engine.uncertainty import Weighed
from replay.foundation.errors import UsageError
from replay.foundation.executors import InProcess, each
from replay.model.state import Control, Mark, StateKey
from replay.timeline.timeline import Timeline

Method = Literal["counted", "sampled"]
ShareCounts: TypeAlias = NDArray[np.int64]
"""How many readings give each value: ticks × values."""
SAMPLES = 10_000
"""Readings that are drawn where there are too many ways to count and nobody says how many."""


@dataclass(frozen=True, slots=True)
class HeldShare:
    """One value that a place can have, and the share of the readings of the dates that give it."""

    control: Control
    share: Fraction | None = None
    """0 … 1; None where it was not asked for or is not known."""
    rival: bool = False
    """Whether only a claim gives it that does not rank first, and no reading of the dates."""


@dataclass(frozen=True, slots=True)
class CertaintyInterval:
    """Ticks first … last of the window on which the answer for a place is the same."""

    first: int
    last: int
    held: tuple[HeldShare, ...]
    """What some reading gives, the largest share first, then what only rival claims give."""
    disputed: bool
    """Whether sources differ about it, which is another matter than an open date."""

    @property
    def by_dates(self) -> tuple[HeldShare, ...]:
        """What some reading of the dates gives, as the first-ranked claims have them."""
        return tuple(held for held in self.held if not held.rival)

    @property
    def dates_agree(self) -> bool:
        """Whether every reading of the dates gives the same, whatever rival claims say."""
        return len(self.by_dates) == 1

    @property
    def mark(self) -> Mark:
        """What `explain` and the map say."""
        if self.disputed:
            return "disputed"
        return "certain" if self.dates_agree else "possible"

    @property
    def certain(self) -> bool:
        """Whether neither dates nor sources leave it open."""
        return self.mark == "certain"


@dataclass(frozen=True, slots=True)
class PlaceCertainty:
    """The answer for one place, from the first to the last tick of the window."""

    place: str
    stretches: tuple[CertaintyInterval, ...]
    method: Method | None = None
    """How shares were found; None where none are given."""
    samples: int | None = None
    complete: bool = True
    """False where too many dates are open to go through all readings: a value may be missing."""
    unbounded: tuple[str, ...] = ()
    """Events whose date has an open end: where they matter, no share can be told."""
    undated: tuple[str, ...] = ()
    """Events without any date, which are put nowhere."""
    contrary: tuple[tuple[str, str], ...] = ()
    """Pairs of events of which the first would come after the second, if its date allowed it."""

    def at(self, tick: int) -> CertaintyInterval:
        """The answer at a tick of the window."""
        return next(s for s in self.stretches if s.first <= tick <= s.last)

    @property
    def certain(self) -> bool:
        """Whether it is certain at every tick what control is."""
        return all(stretch.certain for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Certainty:
    """The answers for some places of a replay."""

    timeline: Timeline
    places: tuple[PlaceCertainty, ...]
    shares: bool
    seed: int


def certainty(
    timeline: Timeline,
    places: Iterable[str] | None = None,
    *,
    shares: bool = False,
    samples: int | None = None,
    seed: int = 0,
    workers: Executor | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Certainty:
    """For each place (all, if none are named) and tick: what is certain, possible, out of question.

    `shares` adds in how many readings of the dates each value holds. They are counted, which is
    exact, or drawn: `samples` of them for each place where that is given, or 10,000 where there are
    too many ways to count. The same seed gives the same samples, whoever the `workers` are.
    `progress` is told how many batches of how many have been drawn.

    Raises UsageProblem U502 for what is no place, U507 where no samples are to be drawn.
    """
    if samples is not None and samples < 1:
        raise UsageError("U507", f"{samples} samples are none", "draw 1000 or more")
    orders = Orders(timeline)
    chosen = list(timeline.scenario.place) if places is None else list(places)
    for place in chosen:
        if place not in timeline.scenario.place:
            raise UsageError("U502", f"there is no place {place!r}", "name a place by its id")
    asked = {p: _Asked(orders.told(p), samples) for p in chosen if shares and p in orders.cases}
    work = [task for one in asked.values() for task in tasks(one.told.course, one.draw, seed)]
    for done, drawn in enumerate(each(workers or InProcess(), sampled, work)):
        asked[work[done].course.place].add(drawn)
        progress(done + 1, len(work))
    answers = [_where(timeline, place, orders, asked.get(place)) for place in chosen]
    return Certainty(timeline, tuple(answers), shares, seed)


class _Asked:
    """The shares of one place: counted at once, or what must be drawn for them."""

    def __init__(self, told: CourseEvent, samples: int | None) -> None:
        self.told = told
        self.counted: list[TickSpan] | None = None
        self.draw = 0
        self.drawn: ShareCounts | None = None
        if told.course.bounded:
            self.counted = None if samples else _or_none(told.course)
            self.draw = 0 if self.counted else samples or SAMPLES

    def add(self, drawn: ShareCounts) -> None:
        """The counts of one batch."""
        self.drawn = drawn if self.drawn is None else self.drawn + drawn

    def spans(self) -> list[TickSpan] | None:
        """How many readings give each value, counted or drawn; None where it is not known."""
        return self.counted if self.drawn is None else _spans(self.drawn)


def _or_none(course: EventCourse) -> list[TickSpan] | None:
    try:
        return count_readings(course)
    except TooMany:
        return None


def _spans(drawn: ShareCounts) -> list[TickSpan]:
    changes = np.flatnonzero(np.any(drawn[1:] != drawn[:-1], axis=1)) + 1
    return [
        TickSpan(n, {int(v): Fraction(int(drawn[n, v])) for v in np.flatnonzero(drawn[n])})
        for n in [0, *changes.tolist()]
    ]


def _where(timeline: Timeline, place: str, orders: Orders, asked: _Asked | None) -> PlaceCertainty:
    key = StateKey("control", place)
    spans = asked.spans() if asked else None
    cuts = {0} | {max(change.tick, 0) for change in timeline.history(key)}
    cuts |= timeline.open_ticks(key)
    cuts |= {span.first for span in spans or ()}
    starts = sorted(cuts)
    found, complete = [], True
    for start, stop in zip(starts, [*starts[1:], timeline.scenario.calendar.ticks], strict=True):
        weighed = timeline.weighed(key, start)
        shares = _shares(asked.told, spans, start) if asked and spans else {}
        complete &= weighed.complete
        found.append(
            CertaintyInterval(start, stop - 1, _held(weighed, shares), bool(weighed.rivals))
        )
    told = orders.told(place) if place in orders.cases else None
    method: Method | None = None
    if asked and spans is not None:
        method = "counted" if asked.drawn is None else "sampled"
    return PlaceCertainty(
        place,
        tuple(_joined(found)),
        method,
        samples=asked.draw or None if asked else None,
        complete=complete,
        unbounded=told.unbounded if told else (),
        undated=orders.undated.get(place, ()),
        contrary=told.contrary if told else (),
    )


def _held(weighed: Weighed, shares: dict[Control, Fraction]) -> tuple[HeldShare, ...]:
    """What a place can be: what the readings of the dates give, and what rivals do beyond that."""
    by_dates = [value for value in (weighed.value, *weighed.dates) if isinstance(value, Control)]
    known = shares.keys() <= set(by_dates) or len(by_dates) == 1
    if len(by_dates) == 1:
        shares = {by_dates[0]: Fraction(1)}
    found = [
        HeldShare(v, shares.get(v, Fraction(0)) if shares and known else None) for v in by_dates
    ]
    found.sort(key=lambda h: (-(h.share or 0), str(h.control)))
    rivals = [v for v in weighed.rivals if isinstance(v, Control) and v not in by_dates]
    return (*found, *(HeldShare(v, None, True) for v in rivals))


def _shares(told: CourseEvent, spans: Sequence[TickSpan], tick: int) -> dict[Control, Fraction]:
    counts = spans[bisect_right(spans, tick, key=lambda span: span.first) - 1].counts
    whole = sum(counts.values(), Fraction(0))
    return {told.values[v]: n / whole for v, n in counts.items() if n}


def _joined(stretches: Sequence[CertaintyInterval]) -> Iterator[CertaintyInterval]:
    """Stretches on which the answer is the same, as one."""
    before: CertaintyInterval | None = None
    for stretch in stretches:
        if before is not None and replace(before, first=0, last=0) == replace(
            stretch, first=0, last=0
        ):
            before = replace(before, last=stretch.last)
            continue
        if before is not None:
            yield before
        before = stretch
    if before is not None:
        yield before
