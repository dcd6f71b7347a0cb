"""What can have happened at a place, and when: all that the readings of the dates are made of.

A *reading of the dates* puts every event on one tick within the bounds of its date, and no event
before one that its `after:` names. Of each event counts what ranks first for the place under the
lens; rivals do not. Events on one tick happen in any order that hours and `after:` allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import NamedTuple

from replay.engine.orderings import narrowed
from replay.events.tallies import effects
from replay.lens import BEFORE_ALL, NEVER, Order, Reading, TickMinute, Version
from replay.model.state import UNKNOWN, Control, StateKey, Step, Value
from replay.timeline.timeline import Timeline

CourseBounds = tuple[TickMinute, TickMinute]
_Rank = tuple[TickMinute, tuple[int, str]]


class Dated(NamedTuple):
    """One event of a course: when it can have happened, what it does, and what it comes after."""

    first: int
    last: int
    becomes: tuple[int, ...] | None
    """For each value (by number) the one that it turns into; None where it only bounds others."""
    after: tuple[int, ...] = ()
    """Positions, all of them earlier in the course, of events that it cannot have preceded."""
    follows: frozenset[int] = frozenset()
    """Positions of those that came before it even if they were on the same tick."""

    @property
    def open(self) -> bool:
        """Whether its day is not known."""
        return self.first < self.last


@dataclass(frozen=True, slots=True)
class EventCourse:
    """The events that bear on a place, in the order in which they count within a tick.

    Plain numbers, so that it can be sent to other processes. Value number 0 is what holds before
    all of them.
    """

    place: str
    ticks: int
    """Length of the window, whose ticks are 0 … ticks - 1; events may lie outside."""
    values: int
    events: tuple[Dated, ...]

    @property
    def bounded(self) -> bool:
        """Whether no date has an open end, so that its readings can be counted."""
        return all(e.first > BEFORE_ALL and e.last < NEVER for e in self.events)

    @property
    def independent(self) -> bool:
        """Whether no two of its dates constrain each other."""
        return not any(event.after for event in self.events)


class CourseEvent(NamedTuple):
    """A course with what its numbers stand for."""

    course: EventCourse
    values: tuple[Control, ...]
    unbounded: tuple[str, ...]
    """Ids of its events whose dates have an open end."""
    contrary: tuple[tuple[str, str], ...] = ()
    """Pairs of events of which the first cannot come after the second, as is said, by its date."""


class _Case(NamedTuple):
    """One event as it bears on a place: its bounds there, and the step that it takes."""

    first: TickMinute
    last: TickMinute
    step: Step


class Orders:
    """The readings of a timeline in the order of a tick, and what each cannot have preceded."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.readings = sorted(timeline.readings, key=lambda r: r.order[1:])
        number = {r.index: n for n, r in enumerate(self.readings)}
        self.after = [
            tuple(sorted(number[a] for a in r.after if number[a] < n))
            for n, r in enumerate(self.readings)
        ]
        self.bounds = [(r.shown.first, r.shown.last) for r in self.readings]
        self.narrowed = narrowed(self.bounds, self.after)

    @cached_property
    def cases(self) -> dict[str, dict[int, _Case]]:
        """Place → number of a reading → how it bears on the control of the place."""
        found: dict[str, dict[int, _Case]] = {}
        for n, reading in enumerate(self.readings):
            for place, case in _cases(self.timeline, reading):
                found.setdefault(place, {})[n] = case
        return found

    @cached_property
    def undated(self) -> dict[str, tuple[str, ...]]:
        """Place → ids of the events there that have no date whatever, which are put nowhere."""
        found: dict[str, tuple[str, ...]] = {}
        for reading, bounds in zip(self.readings, self.bounds, strict=True):
            if not _dated(bounds):
                for place in _places(self.timeline, reading):
                    found[place] = (*found.get(place, ()), reading.event.id)
        return found

    def told(self, place: str) -> CourseEvent:
        """The course of a place. Rows of tables that bear on it are among its events."""
        cases = self.cases.get(place, {})
        bounds, kept = self._bounds(cases)
        binding = [
            tuple(a for a in before if bounds[a][1][0] > bounds[n][0][0])
            for n, before in enumerate(kept)
        ]
        chosen = sorted(_joined(cases, binding))
        steps: list[tuple[_Rank, int | None, CourseBounds, Step | None]] = [
            (
                (bounds[n][1], self.readings[n].order[1:]),
                n,
                bounds[n],
                cases[n].step if n in cases else None,
            )
            for n in chosen
        ]
        steps += [
            ((last, order[1:]), None, (first, last), step)
            for order, first, last, step in self._rows(place)
        ]
        steps.sort(key=lambda s: s[0])
        position = {n: k for k, (_, n, _, _) in enumerate(steps) if n is not None}
        follows = _follows(
            [bounds for _, _, bounds, _ in steps],
            [
                [] if n is None else [position[a] for a in self._behind(n, kept) if a in position]
                for _, n, _, _ in steps
            ],
        )
        values, tables = _numbered([step for *_, step in steps])
        events = [
            Dated(
                begin[0],
                end[0],
                table,
                () if n is None else tuple(sorted(position[a] for a in binding[n])),
                follows[k],
            )
            for k, ((_, n, (begin, end), _), table) in enumerate(zip(steps, tables, strict=True))
        ]
        course = EventCourse(
            place, self.timeline.scenario.calendar.ticks, len(values), tuple(events)
        )
        ids = (self.readings[n].event.id for n in chosen if not _closed(bounds[n]))
        return CourseEvent(course, values, tuple(ids), tuple(self._contrary(chosen, kept)))

    @staticmethod
    def _behind(n: int, kept: Sequence[tuple[int, ...]]) -> set[int]:
        """The readings that one comes after, and those behind them."""
        found: set[int] = set()
        asked = [n]
        while asked:
            fresh = set(kept[asked.pop()]) - found
            found |= fresh
            asked += fresh
        return found

    def _bounds(self, cases: dict[int, _Case]) -> tuple[list[CourseBounds], list[tuple[int, ...]]]:
        """The bounds of every reading as a place sees them, and the orders that can be kept."""
        if all(self.bounds[n] == (case.first, case.last) for n, case in cases.items()):
            return self.narrowed
        own = list(self.bounds)
        for n, case in cases.items():
            own[n] = (case.first, case.last)
        return narrowed(own, self.after)

    def _contrary(
        self, chosen: Sequence[int], kept: list[tuple[int, ...]]
    ) -> Iterator[tuple[str, str]]:
        """The orders behind some readings that their dates do not allow."""
        number = {r.index: n for n, r in enumerate(self.readings)}
        for n in chosen:
            for index in self.readings[n].after:
                if number[index] not in kept[n]:
                    yield self.readings[n].event.id, self.readings[number[index]].event.id

    def _rows(self, place: str) -> Iterator[tuple[Order, TickMinute, TickMinute, Step]]:
        """Rows of tables at a place."""
        key = StateKey("control", place)
        for table in self.timeline.tables:
            columns = table.columns
            if place in columns.places:
                rows = table.admitted()
                here = rows[columns.place[rows] == columns.places.index(place)]
                for reading in table.readings(here.tolist()):
                    step = _step(self.timeline, reading, reading.shown, key)
                    if step is not None:
                        yield reading.order, reading.shown.first, reading.shown.last, step


def _closed(bounds: CourseBounds) -> bool:
    return bounds[0][0] > BEFORE_ALL and bounds[1][0] < NEVER


def _dated(bounds: CourseBounds) -> bool:
    return bounds[0][0] > BEFORE_ALL or bounds[1][0] < NEVER


def _follows(
    bounds: Sequence[CourseBounds], after: Sequence[Sequence[int]]
) -> list[frozenset[int]]:
    """For each event those that precede it even on the same tick: by `after:`, or by the hour."""
    found: list[frozenset[int]] = []
    for n, before in enumerate(after):
        own = {m for m in range(n) if bounds[m][1] < bounds[n][0]}.union(before)
        found.append(frozenset(own.union(*(found[m] for m in own if m < n))))
    return found


def _joined(cases: dict[int, _Case], binding: list[tuple[int, ...]]) -> set[int]:
    """The readings that bear on a place, and those whose dates depend on theirs."""
    followers: dict[int, list[int]] = {}
    for n, before in enumerate(binding):
        for a in before:
            followers.setdefault(a, []).append(n)
    found, fresh = set(cases), list(cases)
    while fresh:
        n = fresh.pop()
        for other in (*binding[n], *followers.get(n, ())):
            if other not in found:
                found.add(other)
                fresh.append(other)
    return found


def _cases(timeline: Timeline, reading: Reading) -> Iterator[tuple[str, _Case]]:
    """The places whose control a reading bears on, with what ranks first for each."""
    for place in _places(timeline, reading):
        key = StateKey("control", place)
        version, when = reading.shown, (reading.shown.first, reading.shown.last)
        if not reading.settled:
            rivals = timeline.rivals.get((reading.index, timeline.keys.get(key, -1)))
            if not rivals or not rivals[0].touches:
                continue  # its claims are silent of the place, or nothing happened there
            claim = rivals[0].claims[0]
            version = next(v for v in reading.versions if claim in v.claims)
            when = version.first, version.last
        step = _step(timeline, reading, version, key)
        if step is not None:
            yield place, _Case(*when, step)


def _places(timeline: Timeline, reading: Reading) -> list[str]:
    """The places whose control some version of an event changes."""
    keys = dict.fromkeys(
        key
        for version in reading.versions
        if not version.denies
        for key, _ in effects(version.event, reading.event, timeline.scenario)
    )
    return [key.of for key in keys if key.aspect == "control"]


def _step(timeline: Timeline, reading: Reading, version: Version, key: StateKey) -> Step | None:
    """What a version of an event does to a key, all of it; None where that is nothing."""
    found = effects(version.event, reading.event, timeline.scenario)
    steps = [step for of, step in found if of == key]

    def all_of_them(before: Value | None) -> Value | None:
        return reduce(lambda value, step: step(value), steps, before)

    return all_of_them if steps else None


def _numbered(
    steps: Sequence[Step | None],
) -> tuple[tuple[Control, ...], list[tuple[int, ...] | None]]:
    """The values that steps can lead to from unknown, and each step as a table of their numbers."""
    values: dict[Control, int] = {UNKNOWN: 0}
    made: list[dict[Control, Control]] = [{} for _ in steps]
    fresh = [UNKNOWN]
    while fresh:
        value = fresh.pop()
        for step, own in zip(steps, made, strict=True):
            after = step(value) if step else value
            assert isinstance(after, Control)
            own[value] = after
            if after not in values:
                values[after] = len(values)
                fresh.append(after)
    tables = [
        None if step is None else tuple(values[own[value]] for value in values)
        for step, own in zip(steps, made, strict=True)
    ]
    return tuple(values), tables
