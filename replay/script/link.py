"""Everything between records: ids used twice, references, circles, dates that contradict."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

from replay.foundation.edtf import Date
from replay.foundation.errors import Problem
from replay.foundation.locators import TextOutline, locator
from replay.model import Citation, Event, Scenario, Source
from replay.model.fields import is_id
from replay.script.assemble import FilePlace
from replay.script.references import (
    FIND,
    Named,
    check_references,
    circles,
    missing_references,
    named_references,
)
from replay.script.tables import FARTHEST
from replay.script.tree import Plain

FilePlaces = dict[int, FilePlace]
"""`id()` of a record → where it stands."""
Unread = dict[str, list[tuple[Plain, FilePlace]]]
"""Section → values of it that are no valid records, but may be referred to."""


def link(
    scenario: Scenario,
    places: FilePlaces,
    variants: dict[tuple[str, int], Event],
    outlines: dict[str, TextOutline],
    unread: Unread,
    problems: list[Problem],
) -> None:
    """Note what is wrong between the records of a scenario."""
    doubled = list(_doubled(scenario, places))
    problems += doubled
    known = known_to(scenario, unread)
    for record in scenario.records():
        check_references(record, places[id(record)], known, outlines, problems)
    for (event_id, n), variant in variants.items():
        event = scenario.event[event_id]
        problems += _of_claim(variant, event, n, places[id(event)], known, outlines)
    for source in scenario.sources:
        problems += _set_aside(source, places[id(source)], outlines)
    if not doubled:
        problems += _circles(scenario, places)
    if not problems:
        problems += _contradicted(scenario, places)
    if scenario.window is not None:  # it is not there where it is misspelled
        problems += _too_far(scenario, places, variants)
        problems += _phases(scenario, places)


def known_to(scenario: Scenario, unread: Unread) -> Named:
    """All that can be referred to; also what has errors of its own, which are told already."""
    known = named_references(scenario)
    for section, values in unread.items():
        kind = section.removesuffix("s")
        for value, _ in values:
            name = value.get("id") if isinstance(value, dict) else None
            if isinstance(name, str) and kind in known and is_id(name):
                known[kind].setdefault(name, None)
                if kind in scenario.kinds:
                    known["thing"].setdefault(name, None)
    return known


def _of_claim(
    variant: Event,
    event: Event,
    n: int,
    place: FilePlace,
    known: Named,
    outlines: dict[str, TextOutline],
) -> list[Problem]:
    """Problems of what a claim says differently, at the claim; those of the event are told."""
    found: list[Problem] = []
    inside = FilePlace(place.tree, (*place.path, "claims", n))
    check_references(variant, inside, known, outlines, found)
    if not found:
        return []
    own: list[Problem] = []
    check_references(event, place, known, outlines, own)
    told = {(problem.code, problem.message) for problem in own}
    return [p for p in found if (p.code, p.message) not in told]


def _set_aside(
    source: Source, place: FilePlace, outlines: dict[str, TextOutline]
) -> Iterator[Problem]:
    """What is set aside stands in the source."""
    for where in source.set_aside:
        for part in where.split(","):
            path = ("set_aside", where)
            try:
                found = locator(part.strip())
            except ValueError as error:
                hint = "write p4 or p1-p4 or p7.s2, with commas in between"
                yield place.problem("E204", str(error), path, hint, key=True)
                continue
            if source.id in outlines and not outlines[source.id].covers(found):
                what = missing_references(Citation(source.id, found), outlines[source.id])
                yield place.problem("E404", what, path, FIND, key=True)


def _doubled(scenario: Scenario, places: FilePlaces) -> Iterator[Problem]:
    """Ids, and letters of sides, that stand for two things."""
    spaces: list[list[Any]] = [
        [thing for kind in scenario.kinds.values() for thing in kind],
        list(scenario.events),
        list(scenario.sources),
        list(scenario.reports),
        list(scenario.statements),
        list(scenario.lenses),
        list(scenario.phases),
    ]
    for space in spaces:
        first: dict[str, Any] = {}
        for record in space:
            if first.setdefault(record.id, record) is not record:
                other = places[id(first[record.id])]
                where = other.tree.spot((*other.path, "id"))
                what = f"the id {record.id!r} is already used at {where}"
                yield places[id(record)].problem("E206", what, ("id",), "give it another id")
    letters: dict[str, str] = {}
    for side in scenario.sides:
        if letters.setdefault(side.letter, side.id) != side.id:
            what = f"{letters[side.letter]!r} also has the letter {side.letter!r}"
            yield places[id(side)].problem("E206", what, ("letter",), "give it another letter")


def _circles(scenario: Scenario, places: FilePlaces) -> Iterator[Problem]:
    def one(name: str) -> Any:
        return lambda thing: tuple(r for r in (getattr(thing, name, None),) if r)

    def start(place: Any) -> tuple[str, ...]:
        return (place.position.from_,) if place.position and place.position.from_ else ()

    leads: list[tuple[dict[str, Any], str, Any]] = [
        (scenario.source, "derives_from", one("derives_from")),
        (scenario.report, "same_as", one("same_as")),
        (scenario.force, "part_of", one("part_of")),
        (scenario.place, "part_of", one("part_of")),
        ({o.id: o for o in scenario.operations}, "part_of", one("part_of")),
        (scenario.place, "position", start),
        (scenario.event, "after", lambda event: event.after),
    ]
    for things, key, lead in leads:
        for circle in circles(things, lead):
            chain = [*circle, circle[0]]
            if len(chain) > 8:
                chain[5:-1] = ["…"]
            what = f"{key!r} forms a circle: {' → '.join(chain)}"
            yield places[id(things[circle[0]])].problem(
                "E403", what, (key,), "remove the key from one of them"
            )


def _contradicted(scenario: Scenario, places: FilePlaces) -> Iterator[Problem]:
    """An event cannot end before one that it comes after begins, directly or by way of others."""
    leads = {event.id: event.after for event in scenario.events if event.after}
    begins: dict[str, tuple[int, str] | None] = {}
    for name in TopologicalSorter(leads).static_order():
        event = scenario.event[name]
        before = max((b for b in (begins[other] for other in event.after) if b), default=None)
        bounds = event.date.bounds if event.date else None
        if before and bounds and bounds.latest is not None and bounds.latest < before[0]:
            other = before[1]
            what = f"{name} ends {event.date}, before {other} ({scenario.event[other].date}) begins"
            hint = "correct one of the dates, or `after:`"
            yield places[id(event)].problem("E302", what, ("after",), hint)
        own = (bounds.earliest, name) if bounds and bounds.earliest is not None else None
        begins[name] = max((b for b in (before, own) if b), default=None)


def _too_far(
    scenario: Scenario, places: FilePlaces, variants: dict[tuple[str, int], Event]
) -> Iterator[Problem]:
    """Dates that lie so far from the window that the log cannot count the steps to them."""
    calendar = scenario.calendar
    first, last = calendar.begin(-FARTHEST), calendar.end(FARTHEST)
    dated: list[tuple[Event, FilePlace]] = [(event, places[id(event)]) for event in scenario.events]
    for (name, n), variant in variants.items():
        place = places[id(scenario.event[name])]
        dated.append((variant, FilePlace(place.tree, (*place.path, "claims", n))))
    near: set[Date] = set()  # many events share a day
    for event, place in dated:
        for key in ("date", "departed"):
            date: Date | None = event.__dict__.get(key)
            if date is None or date in near:
                continue
            ends = (date.bounds.earliest, date.bounds.latest)
            if all(end is None or first <= end <= last for end in ends):
                near.add(date)
            else:
                what = f"{date} is too far from the window, {scenario.window}"
                yield place.problem(
                    "E301", what, (key,), "use a longer step, or leave the date out"
                )


def _phases(scenario: Scenario, places: FilePlaces) -> Iterator[Problem]:
    """A phase is a chapter of the window, with a first and a last day."""
    for phase in scenario.phases:
        bounds = phase.period.bounds
        place = places[id(phase)]
        if bounds.earliest is None or bounds.latest is None:
            what, hint = "a phase needs a first and a last day", "write 2017-10-26/2017-11-05"
            yield place.problem("E301", what, ("period",), hint)
        elif not scenario.window.bounds.contains(bounds):
            what, hint = "the phase reaches beyond the window", f"the window is {scenario.window}"
            yield place.problem("E301", what, ("period",), hint)
