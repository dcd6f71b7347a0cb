"""The scenario: everything that an author wrote, checked, with its cross-references resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from replay.foundation import colours, geodesy
from replay.foundation.calendar import Calendar
from replay.foundation.edtf import Date
from replay.foundation.linking import linker
from replay.foundation.locators import plain_text
from replay.model.event import Event
from replay.model.fields import Id, Listed, NameText, PlainText, Record, When
from replay.model.report_dates import listings, report_dates
from replay.model.state import Range
from replay.model.things import (
    Acknowledgement,
    Area,
    Force,
    LensRule,
    Location,
    Map,
    Operation,
    Pause,
    Person,
    Phase,
    Place,
    Report,
    Route,
    Side,
    Source,
    Statement,
    Table,
    Thing,
    Voice,
)
from replay.model.turns import Turn, turns

STEPS: Mapping[str, int] = {
    "hour": 60,
    "3 hours": 180,
    "6 hours": 360,
    "12 hours": 720,
    "day": 1440,
    "week": 10080,
}
"""Lengths of a tick that a scenario may have, in minutes."""


class Scenario(Record):
    """A campaign as its author encoded it. `replay.load` makes one; see docs/script.md."""

    scenario: Id
    title: NameText
    summary: PlainText | None = None
    author: NameText | None = None
    licence: NameText | None = None
    attribution: NameText | None = None
    window: When
    step: PlainText = "day"
    map: Map | None = None
    sources: Listed[Source] = ()
    reports: Listed[Report] = ()
    voices: Listed[Voice] = ()
    sides: Listed[Side] = Field(min_length=1)
    forces: Listed[Force] = ()
    persons: Listed[Person] = ()
    places: Listed[Place] = ()
    areas: Listed[Area] = ()
    routes: Listed[Route] = ()
    operations: Listed[Operation] = ()
    phases: Listed[Phase] = ()
    pauses: Listed[Pause] = ()
    events: tuple[Event, ...] = ()
    tables: Listed[Table] = ()
    statements: Listed[Statement] = ()
    lenses: Listed[LensRule] = ()
    acknowledge: Listed[Acknowledgement] = ()
    folder: Path | None = Field(default=None, exclude=True)
    """Where it was loaded from; nothing where it was made in memory."""
    columns: Any = Field(default=None, exclude=True, repr=False)
    """The events of its tables, as columns."""
    variants: Any = Field(default=None, exclude=True, repr=False)
    """(event, index of claim) → the event with the claim's words put in, where it has any; None
    before it is linked."""

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Scenario:
        """A scenario from plain data, as `replay.scenario` makes it, with its rivals computed.

        Raises ScenarioError where it is invalid.
        """
        made: Scenario = linker().scenario(obj)
        return made

    @classmethod
    def unlinked(cls, values: Mapping[str, Any]) -> Scenario:
        """A scenario of records whose references nobody has checked yet: for the room that links.

        Raises pydantic's ValidationError.
        """
        return super().model_validate(values)

    def linked(self, folder: Path | None, columns: Any, variants: Any) -> Scenario:
        """The same with what was found in linking it: for the room that links."""
        found = {"folder": folder, "columns": columns, "variants": variants}
        copy: Scenario = super().model_copy(update=found)
        copy.forget()
        return copy

    def forget(self) -> None:
        """Drop what was computed from the records: a copy with other records computes it anew."""
        for name in self.__dict__.keys() - type(self).model_fields.keys():
            del self.__dict__[name]

    def model_copy(
        self, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> Scenario:
        """A copy; with `update` a changed one, checked and linked like any other scenario.

        If dates contradict `after:` now, the dates count, and a HypotheticalWarning names them.

        Parameters
        ----------
        update : mapping of str to values, optional
            Fields of the scenario to replace, such as `{"events": [...]}`.
        deep : bool, default False
            Whether the records are copied too.

        Returns
        -------
        Scenario
            The copy.

        Raises
        ------
        ScenarioError
            E101 to E405 if the change makes it invalid.
        """
        if not update:
            return super().model_copy(deep=deep)
        copy = super().model_copy(update=update, deep=deep)
        copy.forget()
        made: Scenario = linker().hypothetical(copy)
        return made

    # --- what if ----------------------------------------------------------------------------

    def without(self, *events: str) -> Scenario:
        """A hypothetical scenario in which some events do not happen.

        What came after them comes after what they came after. Documented events stay where they
        are: only what lasts (an advance, a clearing) takes another course. The title says that it
        is hypothetical.

        Parameters
        ----------
        *events : str
            Ids of events.

        Returns
        -------
        Scenario
            A changed copy, checked and linked like any other.

        Raises
        ------
        UsageError
            U502 if there is no such event.
        ScenarioError
            E101 to E405 if what is left is not valid.

        Example
        -------
        >>> import replay
        >>> changed = replay.load("western-iraq-2017").without("rawa-taken")
        >>> "rawa-taken" in changed.event
        False
        """
        made: Scenario = linker().without(self, events)
        return made

    def shifted(self, event: str, days: float = 0, hours: float = 0) -> Scenario:
        """A hypothetical scenario in which an event happens later or earlier.

        Every date that its claims give moves by as much, and so do the periods of its numbers; the
        dates of reports and other events stay. A HypotheticalWarning names the events that came
        after it and are now before it. The title and the summary of the event say that it was
        moved.

        Parameters
        ----------
        event : str
            The id of an event.
        days, hours : float, default 0
            How far it moves, added up and rounded to minutes; below 0: earlier.

        Returns
        -------
        Scenario
            A changed copy, checked and linked like any other.

        Raises
        ------
        UsageError
            U502 if there is no such event, U503 if it has no date.
        ScenarioError
            E101 to E405 if the copy is not valid.

        Example
        -------
        >>> import replay
        >>> changed = replay.load("western-iraq-2017").shifted("rawa-taken", days=3)
        >>> str(changed.event["rawa-taken"].date)
        '2017-11-20'
        """
        made: Scenario = linker().shifted(self, event, days, hours)
        return made

    def with_event(self, event: Mapping[str, Any]) -> Scenario:
        """A hypothetical scenario with one more event.

        Parameters
        ----------
        event : mapping
            The event as a script writes it (docs/script.md). Without `claims` it is cited as
            `hypothetical what-if`, a source that is added.

        Returns
        -------
        Scenario
            A changed copy, checked and linked like any other.

        Raises
        ------
        ScenarioError
            E101 to E405 if the event is not valid.

        Example
        -------
        >>> import replay
        >>> scenario = replay.load("western-iraq-2017")
        >>> storm = {"id": "storm", "type": "declare", "date": "2017-11-18", "summary": "A storm."}
        >>> scenario.with_event(storm).event["storm"].summary
        'Hypothetical: A storm.'
        """
        made: Scenario = linker().with_event(self, event)
        return made

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Everything with a name and an id of its own, by id."""
        return {thing.id: thing for kind in self.kinds.values() for thing in kind}

    @cached_property
    def kinds(self) -> dict[str, tuple[Any, ...]]:
        """The named things by kind, for references."""
        return {
            "side": self.sides,
            "force": self.forces,
            "voice": self.voices,
            "person": self.persons,
            "place": self.places,
            "area": self.areas,
            "route": self.routes,
            "operation": self.operations,
        }

    @cached_property
    def source(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def report(self) -> dict[str, Report]:
        return {report.id: report for report in self.reports}

    @cached_property
    def listings(self) -> dict[str, tuple[Report, ...]]:
        """For each report all listings of it, itself included."""
        return listings(self.reports)

    @cached_property
    def report_dates(self) -> dict[str, Date]:
        """The date of each report of which any listing has one."""
        return report_dates(self.listings)

    @cached_property
    def voice(self) -> dict[str, Voice]:
        return {voice.id: voice for voice in self.voices}

    @cached_property
    def place(self) -> dict[str, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def force(self) -> dict[str, Force]:
        return {force.id: force for force in self.forces}

    @cached_property
    def side(self) -> dict[str, Side]:
        return {side.id: side for side in self.sides}

    @cached_property
    def area(self) -> dict[str, Area]:
        return {area.id: area for area in self.areas}

    @cached_property
    def route(self) -> dict[str, Route]:
        return {route.id: route for route in self.routes}

    @cached_property
    def ground(self) -> frozenset[str]:
        """Ids of the areas and routes, which are held in part."""
        return frozenset((*self.area, *self.route))

    @cached_property
    def shared(self) -> frozenset[str]:
        """Places of which some source says how much of them a side holds."""
        versions = [*self.events, *(self.variants or {}).values()]
        found = [e.place[0] for e in versions if getattr(e, "share", None) and e.place]
        found += [p for e in versions for t in e.tallies if (p := t.share_of(e))]
        return frozenset(found) - self.ground

    def size_of(self, of: str) -> Range | None:
        """The size of an area in km² or of a route in km, if a source gives it."""
        if of in self.area:
            return self.area[of].km2
        return self.route[of].km if of in self.route else None

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """Place → all its parts, and their parts; only places that have any."""
        found: dict[str, list[str]] = {}
        for place in self.places:
            for whole in self.wholes(place.id):
                found.setdefault(whole, []).append(place.id)
        return {whole: tuple(parts) for whole, parts in found.items()}

    def wholes(self, place: str) -> tuple[str, ...]:
        """The places that a place is part of, the nearest first."""
        found: list[str] = []
        here = self.place.get(place)
        while here is not None and here.part_of is not None:
            if here.part_of in found or here.part_of == place:
                break  # a circle is an error that `check` names
            found.append(here.part_of)
            here = self.place.get(here.part_of)
        return tuple(found)

    @cached_property
    def event(self) -> dict[str, Event]:
        return {event.id: event for event in self.events}

    @cached_property
    def calendar(self) -> Calendar:
        """Ticks of the window."""
        return Calendar.from_window(self.window, STEPS[self.step])

    def on_calendar(self, calendar: Calendar) -> Scenario:
        """The same scenario with its steps split as a calendar has them."""
        # Not a changed scenario: linking it again would put its tables on the old calendar.
        columns = _on_calendar(self.columns, calendar)
        found: Scenario = super().model_copy(update={"columns": columns})
        found.forget()
        found.__dict__["calendar"] = calendar
        return found

    @cached_property
    def _sides(self) -> dict[str, str]:
        sides = {side.id: side.id for side in self.sides}
        sides.update((force.id, force.side) for force in self.forces)
        sides.update((op.id, op.side) for op in self.operations)
        return sides

    @cached_property
    def turns(self) -> dict[str, tuple[Turn, ...]]:
        """Force → from when on it has another side, parent or name; only forces that ever do."""
        return turns(self.force, self.events)

    def side_of(self, actor: str, when: Event | int | None = None) -> str:
        """The side of a side, force or operation: the first one, or that at a minute or event."""
        if when is not None and actor in self.turns:
            return self.force_at(actor, when).side
        return self._sides[actor]

    def force_at(self, force: str, when: Event | int) -> Force:
        """A force with the side, parent and name that it had at a minute, or when it acted."""
        found = self.force[force]
        for turn in self.turns.get(force, ()):
            if turn.before(when, self.event[turn.event].after):
                found = turn.applied(found)
        return found

    def held_through(self, turn: Event) -> Iterator[tuple[str, str]]:
        """The places that forces alone held which an event makes change sides; each with a force.

        Those whom the last event before it names as the holders count.
        """
        last: dict[str, tuple[int, Event]] = {}
        until = turn.date.bounds.latest if turn.date else None
        for event in self.events:
            at = event.date.bounds.latest if event.date else None
            if event.takers() and at is not None and until is not None and at <= until:
                for place in event.place:
                    if place not in last or last[place][0] <= at:
                        last[place] = at, event
        own = {f for f, found in self.turns.items() if any(t.event == turn.id for t in found)}
        for place, (_, event) in last.items():
            if place in self.place and set(event.takers()) <= own:
                yield place, event.takers()[0]

    @cached_property
    def colours(self) -> dict[str, str]:
        """The colour of each side, a role or #RRGGBB."""
        return colours.assigned((side.id, side.colour) for side in self.sides)

    @cached_property
    def lettered(self) -> bool:
        """Whether marks have the letters of sides, as colours alone do not tell them apart."""
        return len(self.sides) > colours.MANY_SIDES or colours.any_alike(
            tuple(self.colours.values())
        )

    def name(self, of: str) -> str:
        """The name of a thing, or its id where there is none."""
        thing = self.things.get(of)
        return thing.name if thing else of

    def kind_of(self, of: str) -> str | None:
        """Which kind of thing an id is."""
        for kind, things in self.kinds.items():
            if any(thing.id == of for thing in things):
                return kind
        return None

    @cached_property
    def located(self) -> dict[str, geodesy.Located]:
        """Where each place is that can be placed; relative ones computed from others."""
        found: dict[str, geodesy.Located] = {}
        for place in self.places:
            self._locate(place, found)
        return found

    def _locate(self, place: Place, found: dict[str, geodesy.Located]) -> None:
        """Note where a place is, after the places from which it is measured."""
        chain = [place]
        while chain[-1].id not in found and (last := chain[-1].position) and last.from_:
            chain.append(self.place[last.from_])
        for one in reversed(chain):
            if one.id not in found and one.position is not None:
                start = found.get(one.position.from_ or "")
                located = _located(one.position, start)
                if located is not None:
                    found[one.id] = located

    @cached_property
    def regions(self) -> dict[str, geodesy.Region]:
        """Where each area is that has a position and no outline, if its places can be placed."""
        found: dict[str, geodesy.Region] = {}
        for area in self.areas:
            where = area.position
            if where is None:
                continue
            near = [self.located[of].at for of in where.around if of in self.located]
            size = area.km2.shown if area.km2 else None
            reach = where.km or (geodesy.reach_of(near, size) if near else None)
            if near and reach:
                found[area.id] = geodesy.region(near, reach, where.bearing)
        return found

    @cached_property
    def spellings(self) -> dict[str, tuple[str, ...]]:
        """Plain spelling (no case, accents, apostrophes) → ids of the things that bear it."""
        found: dict[str, list[str]] = {}
        for thing in self.things.values():
            later = [turn.name for turn in self.turns.get(thing.id, ()) if turn.name]
            names = (thing.id, thing.name, *thing.also, *later)
            for spelling in set(map(plain_text, names)):
                found.setdefault(spelling, []).append(thing.id)
        return {spelling: tuple(ids) for spelling, ids in found.items()}

    def phase_at(self, tick: int) -> Phase | None:
        """The phase in which a tick lies."""
        for phase in self.phases:
            first, last = self.span(phase)
            if first <= tick <= last:
                return phase
        return None

    def span(self, phase: Phase) -> tuple[int, int]:
        """First and last tick of a phase."""
        bounds = phase.period.bounds
        assert bounds.earliest is not None
        assert bounds.latest is not None
        return self.calendar.tick(bounds.earliest), self.calendar.tick(bounds.latest)

    def records(self) -> Iterator[Record]:
        """Every record that may refer to others, in the order of the script."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, tuple) and name != "events":
                yield from (item for item in value if isinstance(item, Record))
        yield from self.events


def _on_calendar(columns: Any, calendar: Calendar) -> Any:
    """Columns of tables with the ticks of another calendar; a row counts at its last minute."""
    return columns and tuple(
        replace(
            one,
            tick=np.array([calendar.tick(d.bounds.latest or 0) for d in one.dates], np.int32)[
                one.date
            ],
        )
        for one in columns
    )


def _located(position: Location, start: geodesy.Located | None) -> geodesy.Located | None:
    """A point, or a ring, from a position and where it is measured from."""
    if position.from_ is None:
        assert position.lat is not None
        assert position.lon is not None
        kind = "estimated" if position.estimated else "gazetteer"
        radius = position.estimated or position.accuracy_km or 1.0
        return geodesy.Located(geodesy.LonLat(position.lon, position.lat), radius, kind)
    if start is None or position.km is None or position.km.best is None:
        return None
    if position.bearing:
        return geodesy.relative(start, position.km.best, position.bearing)
    return geodesy.Located(start.at, position.km.best, "ring")
