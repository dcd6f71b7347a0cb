"""Where forces and people are: move, reinforce, report-presence, reorganise, displace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from replay.events.control import By
from replay.events.registry import event_type
from replay.events.transitions import followed
from replay.model import Effect, Event, Scenario
from replay.model.fields import Flag, PlainText, Ref, Refs, When, of_kind
from replay.model.state import (
    EnRoute,
    Presence,
    Standing,
    StateKey,
    add_range,
    control_of,
    exactly,
    presence_of,
)


@event_type("move")
class MoveEvent(Event):
    """Forces go from one place to another. `date` is the arrival.

    Maps draw a track only for a move whose start (`from`, `departed`) a source names.
    """

    verb = "moves"
    acled = "Strategic developments: Other"

    by: By
    from_: Annotated[Ref | None, of_kind("place"), Field(alias="from")] = None
    to: Annotated[Refs, of_kind("place")] = ()
    towards: Annotated[Refs, of_kind("place", "area")] = ()
    """Where it was heading, if no source says that it arrived."""
    departed: When | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if not (self.to or self.towards or self.from_):
            raise ValueError("a move needs from, to or towards")
        if self.departed is not None and not (self.from_ and self.to):
            raise ValueError("with `departed`, a move also needs from and to")
        return self

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        for force in self.by:
            if force in scenario.side:
                continue
            if self.from_:
                yield presence_of(force, self.from_), add_range(Presence("gone"))
            for place in self.to:
                yield presence_of(force, place), add_range(Presence("present"))
            if self.tracked and self.from_:
                arrived = EnRoute(self.from_, self.to[0], exactly(1))
                yield StateKey("position", force), add_range(arrived)

    @property
    def tracked(self) -> bool:
        return self.departed is not None

    def objects(self) -> Iterator[str]:
        if self.from_:
            yield self.from_
        yield from self.to
        yield from self.towards

    def sentence(self, scenario: Scenario) -> str:
        who = " and ".join(scenario.name(a) for a in self.by)
        parts = [f"{who} moves"]
        parts += [f"from {scenario.name(self.from_)}"] if self.from_ else []
        parts += [f"to {', '.join(scenario.name(p) for p in self.to)}"] if self.to else []
        if self.towards:
            parts += [f"towards {', '.join(scenario.name(p) for p in self.towards)}"]
        return " ".join(parts)


@event_type("reinforce")
class Reinforce(Event):
    """Forces join those at a place. Give their number, if known, as a tally."""

    verb = "reinforces"
    acled = "Strategic developments: Other"

    by: By
    place: Annotated[Refs, of_kind("place"), Field(min_length=1)]

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        for force in self.by:
            if force not in scenario.side:
                for place in self.place:
                    yield presence_of(force, place), add_range(Presence("present"))


@event_type("report-presence")
class ReportPresence(Event):
    """A source says, or (`belief: true`) believes, that a force or person is at a place."""

    verb = "is reported at"
    acled = "Strategic developments: Other"

    by: Annotated[Refs, of_kind("force", "person", "voice"), Field(min_length=1)]
    place: Annotated[Refs, of_kind("place"), Field(min_length=1)]
    belief: Flag = False

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        status = "believed" if self.belief else "present"
        for who in self.by:
            for place in self.place:
                yield presence_of(who, place), add_range(Presence(status))  # type: ignore[arg-type]


@event_type("reorganise")
class Reorganise(Event):
    """A force is renamed, split, merged, transferred or dissolved. `becomes` says which.

    `side`, `part_of` and `name` apply from then on.
    """

    verb = "is reorganised"
    acled = "Strategic developments: Change to group/activity"

    by: Annotated[Refs, of_kind("force"), Field(min_length=1)]
    becomes: PlainText
    side: Annotated[Ref | None, of_kind("side")] = None
    """The side for which it acts from then on, with its parts and the places that it holds."""
    part_of: Annotated[Ref | None, of_kind("force")] = None
    """The force that it is part of from then on."""
    name: PlainText | None = None
    """Its name from then on."""

    @model_validator(mode="after")
    def _another(self) -> Self:
        if self.part_of in self.by:
            raise ValueError("a force cannot be a part of itself")
        return self

    def turns(self) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        if self.side or self.part_of or self.name:
            yield from ((force, self.side, self.part_of, self.name) for force in self.by)

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        for force in self.by:
            yield StateKey("standing", force), add_range(Standing(self.becomes))
        for place, force in scenario.held_through(self) if self.side else ():
            yield control_of(place), followed(scenario.side_of(force, self), self.side or "")


@event_type("displace")
class Displace(Event):
    """People flee, are driven out or return. Give their number as a tally."""

    verb = "people leave"
    acled = "Strategic developments: Other"

    from_: Annotated[Refs, of_kind("place"), Field(alias="from")] = ()
    to: Annotated[Refs, of_kind("place")] = ()

    def objects(self) -> Iterator[str]:
        yield from self.from_ or self.place
