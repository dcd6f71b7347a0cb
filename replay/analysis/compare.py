"""Two replays side by side: on which days which places differ, and which numbers.

The replays may be of one scenario under two lenses, as known on two days, or of two versions of a
scenario. Days are those of both windows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from replay.analysis.facts import control_json, range_json, testimony_json
from replay.analysis.tallies import Row, rows
from replay.explain import Testimony, explain
from replay.problems import UsageProblem
from replay.state import UNKNOWN, Key, Marked, Range
from replay.timeline import Timeline

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of days on which two replays show a place otherwise, and the claims of each."""

    place: str
    name: str
    first: str
    last: str
    days: int
    a: Marked
    b: Marked
    told_a: tuple[Testimony, ...]
    told_b: tuple[Testimony, ...]

    @property
    def held_otherwise(self) -> bool:
        """Whether the values differ, and not only how sure they are."""
        return self.a.value != self.b.value


@dataclass(frozen=True, slots=True)
class Counted:
    """A number that two replays have otherwise at the last day of both."""

    name: str
    unit: str
    of: str | None
    a: Range | None
    b: Range | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two replays."""

    a: Timeline
    b: Timeline
    places: tuple[Difference, ...]
    numbers: tuple[Counted, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.places and not self.numbers

    def to_json(self) -> Json:
        """One plain object: who was compared, the places by stretches of days, the numbers."""
        return {
            "a": _who(self.a),
            "b": _who(self.b),
            "same": self.same,
            "places": [
                {
                    "id": d.place,
                    "name": d.name,
                    "from": d.first,
                    "to": d.last,
                    "days": d.days,
                    "a": control_json(d.a),
                    "b": control_json(d.b),
                    "because_a": [testimony_json(t) for t in d.told_a],
                    "because_b": [testimony_json(t) for t in d.told_b],
                }
                for d in self.places
            ],
            "numbers": [
                {
                    "name": n.name,
                    "unit": n.unit,
                    "of": n.of,
                    "a": range_json(n.a),
                    "b": range_json(n.b),
                }
                for n in self.numbers
            ],
        }


def _who(timeline: Timeline) -> Json:
    return {
        "scenario": timeline.scenario.scenario,
        "lens": timeline.lens.name,
        "known_on": timeline.known_on,
    }


def compare(a: Timeline, b: Timeline) -> Comparison:
    """What differs between two replays, in order of place and day.

    Raises UsageProblem U507 where the windows have no day in common, or another step.
    """
    return Comparison(a, b, tuple(_places(a, b)), tuple(_numbers(a, b)))


def _days(a: Timeline, b: Timeline) -> list[tuple[str, int, int]]:
    """The days of both windows, with their ticks in each."""
    mine = {a.scenario.calendar.label(t): t for t in range(a.scenario.calendar.ticks)}
    other = {b.scenario.calendar.label(t): t for t in range(b.scenario.calendar.ticks)}
    days = [(label, tick, other[label]) for label, tick in mine.items() if label in other]
    if not days or a.scenario.step != b.scenario.step:
        hint = "compare scenarios whose windows overlap, with the same step"
        raise UsageProblem("U507", "the two have no day in common", hint)
    return days


def _places(a: Timeline, b: Timeline) -> Iterator[Difference]:
    days = _days(a, b)
    names = {p.id: p.name for p in (*b.scenario.places, *a.scenario.places)}
    states = [(label, a.at(one), b.at(two)) for label, one, two in days]
    for place, name in names.items():
        key = Key("control", place)
        shown = [(label, one, two, _of(one[key]), _of(two[key])) for label, one, two in states]
        differing = [row if row[3] != row[4] else None for row in shown]
        for differs, group in groupby(differing, lambda r: r and (r[3], r[4])):
            if differs:
                stretch = [row for row in group if row]
                label, one, two, mine, other = stretch[0]
                yield Difference(
                    place,
                    name,
                    label,
                    stretch[-1][0],
                    len(stretch),
                    mine,
                    other,
                    _told(a, key, one.tick),
                    _told(b, key, two.tick),
                )


def _of(marked: Marked) -> Marked:
    return marked if marked.value is not None else Marked(UNKNOWN, marked.mark, marked.could)


def _told(timeline: Timeline, key: Key, tick: int) -> tuple[Testimony, ...]:
    why = explain(timeline, key, tick)
    return (*why.because, *why.pending)


def _numbers(a: Timeline, b: Timeline) -> Iterator[Counted]:
    _, one, two = _days(a, b)[-1]
    mine, other = _all_counters(rows(a, one)), _all_counters(rows(b, two))
    for subject in dict.fromkeys((*mine, *other)):
        if mine.get(subject) != other.get(subject):
            yield Counted(*subject, mine.get(subject), other.get(subject))


def _all_counters(found: list[Row]) -> dict[tuple[str, str, str | None], Range]:
    """What all counters come to, or the one counter that there is."""
    numbers: dict[tuple[str, str, str | None], Range] = {}
    for row in sorted(found, key=lambda row: row.counted_by is None):
        numbers[row.name, row.unit, row.of] = row.number
    return numbers
