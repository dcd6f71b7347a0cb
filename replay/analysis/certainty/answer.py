"""The answer to "is it certain?" for each place and day, with the shares if they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from replay.analysis.certainty.counting import Span, TooMany, counted, possible
from replay.analysis.certainty.course import Course, Orders, Told
from replay.analysis.certainty.sampling import sampled, tasks
from replay.executors import InProcess, each
from replay.problems import UsageProblem
from replay.state import UNKNOWN, Control, Key, Marked
from replay.timeline import Timeline

Method = Literal["counted", "sampled"]
Counted: TypeAlias = NDArray[np.int64]
"""How many readings give each value: ticks × values."""
SAMPLES = 10_000
"""Readings that are drawn where there are too many ways to count and nobody says how many."""


@dataclass(frozen=True, slots=True)
class Held:
    """One value that a place can have, and the share of the readings of the dates that give it."""

    control: Control
    share: Fraction | None = None
    """0 … 1; None where it was not asked for or cannot be told."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Ticks first … last of the window on which the answer for a place is the same."""

    first: int
    last: int
    held: tuple[Held, ...]
    """What some reading gives, the largest share first; one alone is certain."""
    disputed: bool
    """Whether sources differ about it, which is another matter than an open date."""

    @property
    def certain(self) -> bool:
        """Whether every reading of the dates gives the same."""
        return len(self.held) == 1


@dataclass(frozen=True, slots=True)
class Where:
    """The answer for one place, from the first to the last tick of the window."""

    place: str
    stretches: tuple[Stretch, ...]
    method: Method | None = None
    """How shares were found; None where none are given."""
    samples: int | None = None
    complete: bool = True
    """False where the values were only looked for in samples, so that a rare one may be missing."""
    unbounded: tuple[str, ...] = ()
    """Events whose date has an open end: where they matter, no share can be told."""
    undated: tuple[str, ...] = ()
    """Events without any date, which are put nowhere."""
    contrary: tuple[tuple[str, str], ...] = ()
    """Pairs of events of which the first would come after the second, if its date allowed it."""

    def at(self, tick: int) -> Stretch:
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
    places: tuple[Where, ...]
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

    Raises UsageProblem U502 for what is no place, U507 where no samples are to be drawn, or where
    the dates of a place are too entangled for either.
    """
    if samples is not None and samples < 1:
        raise UsageProblem("U507", f"{samples} samples are none", "draw 1000 or more")
    orders = Orders(timeline)
    chosen = list(timeline.scenario.place) if places is None else list(places)
    for place in chosen:
        if place not in timeline.scenario.place:
            raise UsageProblem("U502", f"there is no place {place!r}", "name a place by its id")
    asked = {p: _Asked(orders.told(p), shares, samples) for p in chosen if p in orders.cases}
    work = [task for one in asked.values() for task in tasks(one.told.course, one.draw, seed)]
    for done, drawn in enumerate(each(workers or InProcess(), sampled, work)):
        asked[work[done].course.place].add(drawn)
        progress(done + 1, len(work))
    answers = [
        _where(timeline, place, asked[place], orders.undated.get(place, ()))
        if place in asked
        else Where(place, tuple(_plain(timeline, place)))
        for place in chosen
    ]
    return Certainty(timeline, tuple(answers), shares, seed)


class _Asked:
    """What is found out about one place: by counting at once, and what must be drawn for it."""

    def __init__(self, told: Told, shares: bool, samples: int | None) -> None:
        self.told = told
        self.possible = _or_none(possible, told.course)
        self.counted: list[Span] | None = None
        self.draw = 0
        self.drawn: Counted | None = None
        if shares and told.course.bounded and samples is None:
            self.counted = _or_none(counted, told.course)
        sure = self.possible is not None and all(len(s.counts) == 1 for s in self.possible)
        wanted = shares and told.course.bounded and self.counted is None and not sure
        if self.possible is None or wanted:
            self.draw = samples or SAMPLES
        if self.draw and not told.course.bounded:
            what = f"more dates of {told.course.place} are open at once than can be reckoned with"
            raise UsageProblem("U507", what, f"give {', '.join(told.unbounded)} both ends")

    def add(self, drawn: Counted) -> None:
        """The counts of one batch."""
        self.drawn = drawn if self.drawn is None else self.drawn + drawn

    def shares(self) -> list[Span] | None:
        """How many readings give each value, counted or drawn; None where it is not known."""
        return self.counted if self.drawn is None else _spans(self.drawn)


def _or_none(count: Callable[[Course], list[Span]], course: Course) -> list[Span] | None:
    try:
        return count(course)
    except TooMany:
        return None


def _spans(drawn: Counted) -> list[Span]:
    changes = np.flatnonzero(np.any(drawn[1:] != drawn[:-1], axis=1)) + 1
    return [
        Span(n, {int(v): int(drawn[n, v]) for v in np.flatnonzero(drawn[n])})
        for n in [0, *changes.tolist()]
    ]


def _where(timeline: Timeline, place: str, asked: _Asked, undated: tuple[str, ...]) -> Where:
    told, shares = asked.told, asked.shares()
    values = asked.possible if asked.possible is not None else shares
    assert values is not None
    stretches = _stretches(timeline, told, values, shares)
    method: Method | None = None
    if shares is not None:
        method = "counted" if asked.drawn is None else "sampled"
    return Where(
        place,
        tuple(stretches),
        method,
        samples=asked.draw or None,
        complete=asked.possible is not None,
        unbounded=told.unbounded,
        undated=undated,
        contrary=told.contrary,
    )


def _stretches(
    timeline: Timeline, told: Told, values: Sequence[Span], shares: Sequence[Span] | None
) -> Iterator[Stretch]:
    """The window cut wherever a value, a share or the dispute begins or ends."""
    disputed = _disputed(timeline, told.course.place)
    cuts = {span.first for span in (*values, *(shares or ()))} | set(disputed)
    starts = sorted(cuts)
    for start, stop in zip(starts, [*starts[1:], told.course.ticks], strict=True):
        possible_here = _latest(values, start).counts
        found = _latest(shares, start).counts if shares else {}
        whole = sum(found.values())
        held = [
            Held(told.values[v], _share(found.get(v, 0), whole, len(possible_here)))
            for v in possible_here
        ]
        held.sort(key=lambda h: (-(h.share or 0), str(h.control)))
        yield Stretch(
            start, stop - 1, tuple(held), disputed[max(t for t in disputed if t <= start)]
        )


def _share(found: int, whole: int, values: int) -> Fraction | None:
    if whole:
        return Fraction(found, whole)
    return Fraction(1) if values == 1 else None


def _latest(spans: Sequence[Span], tick: int) -> Span:
    return spans[bisect_right(spans, tick, key=lambda span: span.first) - 1]


def _disputed(timeline: Timeline, place: str) -> dict[int, bool]:
    """From which ticks on sources differ about a place, and from which they do not."""
    found = {0: False}
    for change in timeline.history(Key("control", place)):
        found[max(change.tick, 0)] = change.after.mark == "disputed"
    return found


def _plain(timeline: Timeline, place: str) -> Iterator[Stretch]:
    """A place of which no event of the script speaks: what the tables say, or nothing."""
    shown = {0: Marked(UNKNOWN)}
    for change in timeline.history(Key("control", place)):
        shown[max(change.tick, 0)] = change.after
    starts = sorted(shown)
    for start, stop in zip(starts, [*starts[1:], timeline.scenario.calendar.ticks], strict=True):
        value = shown[start].value
        assert isinstance(value, Control)
        yield Stretch(start, stop - 1, (Held(value, Fraction(1)),), False)
