"""What a claim says differently from the one that is shown, as values.

Of one key (who holds a place) it is a `Difference`; of a whole event, a `FieldDifference` for
each field; of the state, a sentence; of a counter, a number. They become words only where they are
printed or drawn, so that an author's own words are never taken apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replay.lens import Reading, Version
from replay.model import Event, Scenario, TallyEntry, To
from replay.model.event import with_their_parts
from replay.model.state import Range, Value


@dataclass(frozen=True, slots=True)
class Difference:
    """What a group of claims says of one key."""

    value: Value | None = None
    """None where it leaves the value unknown, denies the event, or does not speak of it."""
    date: str | None = None
    """EDTF: since when, as these claims date the event."""
    denies: bool = False
    """It says that the event did not happen."""
    silent: bool = False
    """It says nothing of the key."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field of an event that a claim gives differently, with both values as the record has them.

    `denies` is a field here, and `type` has the two events, as their other fields are not the same.
    """

    field: str
    given: object
    shown: object
    refers: bool = False
    """Whether the values are ids of things."""


@dataclass(frozen=True, slots=True)
class StatedSentence:
    """A sentence about the state, as the author summed it up."""

    text: str


@dataclass(frozen=True, slots=True)
class ReportedNumber:
    """A number that a counter gave: an increment, or a running total."""

    number: Range
    total: bool


Says = Difference | tuple[FieldDifference, ...] | StatedSentence | ReportedNumber
"""What a claim says, where it is to be told from what others say."""


def event_difference(
    scenario: Scenario, reading: Reading, version: Version
) -> tuple[FieldDifference, ...]:
    """What a version of an event says that cannot be so if the shown one is; empty if it agrees.

    A date that overlaps agrees, and so does a claim that names no more than the side.
    """
    if version is reading.shown:
        return ()
    if version.denies:
        return (FieldDifference("denies", True, False),)
    return tuple(_differing(scenario, reading.shown, version))


_QUIET = frozenset(
    {"id", "type", "claims", "summary", "after", "note", "operation", "against", "date"}
)
"""Fields of which a difference contradicts nothing, and the date, which is compared as bounds."""


def _differing(scenario: Scenario, shown: Version, version: Version) -> Iterator[FieldDifference]:
    mine, other = shown.event, version.event
    if version.latest < shown.earliest or shown.latest < version.earliest:
        yield FieldDifference("date", other.date, mine.date)
    if type(mine) is not type(other):
        yield FieldDifference("type", other, mine)
        return
    lists = {name for name, _ in other.places_named()}
    for name, field in type(other).model_fields.items():
        before, given = getattr(mine, name), getattr(other, name)
        if name in _QUIET or before == given:
            continue
        if name == "tallies":
            yield from _numbers(mine, other)
        elif name in lists and _fewer(scenario, before, given):
            continue  # who names fewer places does not dispute the others
        elif name != "by" or not _vaguer(scenario, mine, other):
            refers = any(isinstance(mark, To) for mark in field.metadata)
            yield FieldDifference(name, given, before, refers)


def _fewer(scenario: Scenario, before: tuple[str, ...], given: tuple[str, ...]) -> bool:
    """Whether one of two lists of places has all of the other, the parts of each included."""
    one, other = (with_their_parts(frozenset(named), scenario) for named in (before, given))
    return bool(before and given) and (one <= other or other <= one)


def _vaguer(scenario: Scenario, mine: Event, other: Event) -> bool:
    """Whether one of two lists of actors only says less than the other: a side, a larger force."""
    return _covers(scenario, mine, other) or _covers(scenario, other, mine)


def _covers(scenario: Scenario, wide: Event, narrow: Event) -> bool:
    above = (_superiors(scenario, actor, narrow) for actor in narrow.actors())
    return all(set(wide.actors()) & {*actors} for actors in above)


def _superiors(scenario: Scenario, actor: str, event: Event) -> Iterator[str]:
    """An actor, those that it is part of, and its side if it has one: a voice need not."""
    if actor in scenario.side or actor in scenario.force:
        yield scenario.side_of(actor, event)
    elif (voice := scenario.voice.get(actor)) and voice.side:
        yield voice.side
    at: str | None = actor
    while at is not None:
        yield at
        at = scenario.force_at(at, event).part_of if at in scenario.force else None


def _numbers(mine: Event, other: Event) -> Iterator[FieldDifference]:
    """The numbers that are not those of the shown event, each with its rival if it has one."""
    shown = {_subject(entry): entry for entry in mine.tallies}
    for entry in other.tallies:
        known = shown.get(_subject(entry))
        if given_number(entry) != (known and given_number(known)):
            yield FieldDifference("tallies", entry, known)


def given_number(entry: TallyEntry) -> Range | None:
    """The number of a tally, whether it is added or a total."""
    return entry.number


def _subject(entry: TallyEntry) -> tuple[object, ...]:
    return entry.name, entry.unit, entry.of, entry.where
