"""Two replays side by side: on which days which places differ, and which numbers.

The replays may be of one scenario under two lenses, as known on two days, or of two versions of a
scenario. Days are those of both windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from replay.analysis.combine_counts import Reckoning
from replay.analysis.ground_state import ground_range
from replay.analysis.statements import Outcome, verdicts
from replay.analysis.tallies import TallyRow, tally_rows
from replay.foundation.errors import UsageError
from replay.model.state import UNKNOWN, Marked, Range, StateKey
from replay.timeline.explanation import Testimony, explain
from replay.timeline.timeline import State, Timeline


@dataclass(frozen=True, slots=True)
class PlaceChange:
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
class ReplaySum:
    """What one replay makes of a number: the number, who counts, and how it comes together."""

    number: Range | None = None
    counters: tuple[TallyRow, ...] = ()
    told: tuple[Testimony, ...] = ()
    """Who says so, where nobody counts it: the km² of a desert."""
    reckoning: Reckoning | None = None
    """How several counters come together."""


@dataclass(frozen=True, slots=True)
class CountComparison:
    """A number that two replays have otherwise at the last day of both."""

    name: str
    unit: str
    of: str | None
    sum_a: ReplaySum
    sum_b: ReplaySum

    @property
    def a(self) -> Range | None:
        return self.sum_a.number

    @property
    def b(self) -> Range | None:
        return self.sum_b.number


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement of which two replays make something else; None where one does not have it."""

    id: str
    summary: str
    reporter: str | None
    cite: tuple[str, ...]
    a: Outcome | None
    b: Outcome | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two replays."""

    a: Timeline
    b: Timeline
    places: tuple[PlaceChange, ...]
    numbers: tuple[CountComparison, ...]
    statements: tuple[Judged, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.places and not self.numbers and not self.statements

    @property
    def place_days(self) -> int:
        """On how many days of places something is shown otherwise."""
        return sum(difference.days for difference in self.places)


def compare(a: Timeline, b: Timeline) -> Comparison:
    """What differs between two replays, in order of place and day.

    Raises UsageProblem U507 where the windows have no day in common, or another step.
    """
    days = _days(a, b)
    numbers = tuple(_numbers(a, b, *days[-1][1:]))
    return Comparison(a, b, tuple(_places(a, b, days)), numbers, tuple(_statements(a, b)))


def between(timeline: Timeline, first: str | State, last: str | State) -> tuple[PlaceChange, ...]:
    """The places that stand otherwise at the end of two days of one replay, with the claims."""
    one, two = timeline.at(first), timeline.at(last)
    found = []
    for place in timeline.scenario.places:
        key = StateKey("control", place.id)
        if one[key] != two[key]:
            shown = (_of(one[key]), _of(two[key]))
            told = (_told(timeline, key, one), _told(timeline, key, two))
            days = abs(two.step - one.step)
            found.append(
                PlaceChange(place.id, place.name, one.label, two.label, days, *shown, *told)
            )
    return tuple(found)


def _days(a: Timeline, b: Timeline) -> list[tuple[str, int, int]]:
    """The days of both windows, with their ticks in each.

    Of two replays of what was known on a day those until the later of the two days: of what came
    after it neither knows anything.
    """
    mine = {a.scenario.calendar.label(t): t for t in range(a.scenario.calendar.ticks)}
    other = {b.scenario.calendar.label(t): t for t in range(b.scenario.calendar.ticks)}
    days = [(label, tick, other[label]) for label, tick in mine.items() if label in other]
    if not days or a.scenario.step != b.scenario.step:
        hint = "compare scenarios whose windows overlap, with the same step"
        raise UsageError("U507", "the two have no day in common", hint)
    if a.known_until is not None and b.known_until is not None:
        until = a.scenario.calendar.tick(max(a.known_until, b.known_until))
        days = [day for day in days if day[1] <= until] or days[:1]
    return days


def _places(a: Timeline, b: Timeline, days: list[tuple[str, int, int]]) -> Iterator[PlaceChange]:
    names = {p.id: p.name for p in (*b.scenario.places, *a.scenario.places)}
    states = [(label, a.at(one), b.at(two)) for label, one, two in days]
    for place, name in names.items():
        key = StateKey("control", place)
        for stretch in _stretches(key, states):
            label, one, two = stretch[0]
            shown = (_of(one[key]), _of(two[key]))
            told = (_told(a, key, one.tick), _told(b, key, two.tick))
            yield PlaceChange(place, name, label, stretch[-1][0], len(stretch), *shown, *told)


Day = tuple[str, State, State]


def _stretches(key: StateKey, states: Iterable[Day]) -> Iterator[list[Day]]:
    """Days in a row on which both replays show the same two values, where those differ."""

    def shown(day: Day) -> tuple[Marked, Marked] | None:
        a, b = _of(day[1][key]), _of(day[2][key])
        return (a, b) if a != b else None

    for differs, group in groupby(states, shown):
        if differs:
            yield list(group)


def _of(marked: Marked) -> Marked:
    return marked if marked.value is not None else Marked(UNKNOWN, marked.mark, marked.could)


def _told(timeline: Timeline, key: StateKey, on: int | State) -> tuple[Testimony, ...]:
    why = explain(timeline, key, on)
    return (*why.because, *why.pending)


# --- numbers ------------------------------------------------------------------------------------

CountSubject = tuple[str, str, str | None]
"""What is counted, its unit, and whose."""
TAKEN = "taken"
"""What is told of areas and routes: how much of them is taken."""


def _numbers(a: Timeline, b: Timeline, one: int, two: int) -> Iterator[CountComparison]:
    mine, other = sums(a, one), sums(b, two)
    for subject in dict.fromkeys((*mine, *other)):
        found = mine.get(subject, ReplaySum()), other.get(subject, ReplaySum())
        if found[0].number != found[1].number:
            yield CountComparison(*subject, *found)


def sums(timeline: Timeline, on: int) -> dict[CountSubject, ReplaySum]:
    """What all counters come to, or the one counter that there is; and the ground that is taken."""
    found: dict[CountSubject, ReplaySum] = {}
    for (name, unit, of), group in groupby(
        tally_rows(timeline, on), lambda row: (row.name, row.unit, row.of)
    ):
        members = list(group)
        counters = tuple(row for row in members if not row.together)
        last = members[-1]  # all counters together come last
        found[name, unit, of] = ReplaySum(last.number, counters, (), last.reckoning)
    return found | dict(_ground(timeline, on))


def _ground(timeline: Timeline, on: int) -> Iterator[tuple[CountSubject, ReplaySum]]:
    scenario, now = timeline.scenario, timeline.at(on)
    for ground in (*scenario.areas, *scenario.routes):
        key = StateKey("progress", ground.id)
        share, amount = ground_range(scenario, ground.id, now[key].value)
        told = _told(timeline, key, now.tick)
        if amount is not None:
            unit = "km²" if ground.id in scenario.area else "km"
            yield (TAKEN, unit, ground.id), ReplaySum(amount, (), told)
        elif share is not None:
            yield (TAKEN, "%", ground.id), ReplaySum(share.scaled(100), (), told)


# --- statements ---------------------------------------------------------------------------------


def _statements(a: Timeline, b: Timeline) -> Iterator[Judged]:
    """Statements that assert something and of which the replays make something else."""
    mine, other = ({v.statement.id: v for v in verdicts(t)} for t in (a, b))
    for name in dict.fromkeys((*mine, *other)):
        one, two = mine.get(name), other.get(name)
        outcomes = (one.outcome if one else None, two.outcome if two else None)
        if outcomes[0] != outcomes[1]:
            known = two or one
            assert known is not None
            told = known.statement
            cite = tuple(str(c) for c in told.cite)
            yield Judged(name, told.summary, told.reporter, cite, *outcomes)
