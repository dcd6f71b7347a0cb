"""Events that decide who holds a place: capture, hold, contest, besiege, withdraw, hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from replay.events.registry import event_type
from replay.model import Effect, Event, Scenario
from replay.model.fields import Ref, Refs, of_kind
from replay.state import (
    EMPTY,
    UNKNOWN,
    Control,
    Formation,
    Key,
    Presence,
    Progress,
    Step,
    Value,
    control_of,
    exactly,
    held,
    presence_of,
    put,
)

By = Annotated[Refs, of_kind("force", "side"), Field(min_length=1)]
Where = Annotated[Refs, of_kind("place", "area", "route"), Field(min_length=1)]


def present(event: Event, scenario: Scenario, who: tuple[str, ...]) -> Iterator[Effect]:
    """The forces (sides have no presence) are documented at the places of the event."""
    for force in who:
        if force not in scenario.side:
            for place in event.place:
                if place in scenario.place:
                    yield presence_of(force, place), put(Presence("present"))


def holding(event: Event, scenario: Scenario, by: tuple[str, ...]) -> list[Effect]:
    """The places are held by the side of the first actor, by the hands of all of them."""
    side, sides, ground = scenario.side_of(by[0]), scenario.side, scenario.ground
    forces: tuple[str, ...] = ()
    for actor in by:  # plain loops and a list: most events of most campaigns come through here
        if actor not in sides:
            forces += (actor,)
    found: list[Effect] = []
    for place in event.place:
        if place in ground:
            found.append((Key("progress", place), put(whole(place, side, scenario))))
            continue
        found.append((control_of(place), taking(side)))
        if forces:  # a formation older than the control beside it is out of date
            found.append((Key("formation", place), put(Formation(forces))))
    if forces:
        found += present(event, scenario, forces)
    return found


@lru_cache(maxsize=4096)
def taking(side: str) -> Step:
    """The step by which a side comes to hold a place."""
    return put(held(side))


def whole(of: str, side: str, scenario: Scenario) -> Progress:
    """All of an area or route, in km² or km where its size is known."""
    if of in scenario.area and (km2 := scenario.area[of].km2):
        return Progress(side, km2, "km2", exactly(1))
    if of in scenario.route and (km := scenario.route[of].km):
        return Progress(side, km, "km", exactly(1))
    return Progress(side, exactly(1), "share")


class Taking(Event):
    """The side of the first actor gains; one who is named as the other side loses."""

    def serves(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(scenario, self.actors()[:1])

    def harms(self, scenario: Scenario) -> frozenset[str]:
        against = getattr(self, "against", None)
        return sides_of(scenario, (against,) if against else ())


def sides_of(scenario: Scenario, actors: tuple[str, ...]) -> frozenset[str]:
    """The sides of some forces, sides or persons."""
    people = {person.id: person.side for person in scenario.persons}
    found = (people[a] if a in people else scenario.side_of(a) for a in actors)
    return frozenset(side for side in found if side)


@event_type("capture")
class Capture(Taking):
    """A side takes places: afterwards it holds them. `extent: part` leaves them contested."""

    verb = "takes"
    acled = "Battles: Government regains territory / Non-state actor overtakes territory"

    by: By
    against: Annotated[Ref | None, of_kind("force", "side")] = None
    """From whom, where a source says so: it is what a part not taken stays with."""
    place: Where
    extent: Literal["whole", "part"] = "whole"

    def effects(self, scenario: Scenario) -> Iterable[Effect]:
        if self.extent == "whole":
            return holding(self, scenario, self.by)
        return entering(self, scenario, self.by, self.against)


@event_type("hold")
class Hold(Taking):
    """A document says that a side holds places, and not how it came to."""

    verb = "holds"
    describes_state = True
    acled = "Strategic developments: Other"

    by: By
    place: Where

    def effects(self, scenario: Scenario) -> list[Effect]:
        return holding(self, scenario, self.by)


def entering(
    event: Event, scenario: Scenario, by: tuple[str, ...], against: str | None
) -> Iterator[Effect]:
    """The places are contested between the side that enters and the one that was there."""
    side = scenario.side_of(by[0])
    other = scenario.side_of(against) if against else None
    for place in event.place:
        if place in scenario.place:
            yield Key("control", place), entered(side, other)
    yield from present(event, scenario, by)


def entered(side: str, against: str | None) -> Step:
    """From held by another to contested between both; a place already its own stays so."""

    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, Control)
        others: set[str] = {against} if against else set()
        if before is not None:
            if before == held(side) and not against:
                return before
            others |= {s for s in (before.side, *before.sides) if s}
        return Control("contested", sides=tuple(sorted(others | {side})))

    return step


@event_type("contest")
class Contest(Taking):
    """A side enters places that another holds: they are contested until somebody has them."""

    verb = "enters"
    acled = "Battles: Armed clash"

    by: By
    against: Annotated[Ref | None, of_kind("force", "side")] = None
    place: Where

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield from entering(self, scenario, self.by, self.against)


@event_type("besiege")
class Besiege(Taking):
    """A side rings places that another goes on holding."""

    verb = "besieges"
    acled = "Battles: Armed clash"

    by: By
    against: Annotated[Ref | None, of_kind("force", "side")] = None
    place: Where

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        side = scenario.side_of(self.by[0])
        holder = scenario.side_of(self.against) if self.against else None
        for place in self.place:
            yield Key("control", place), besieged(side, holder)


def besieged(by: str, holder: str | None) -> Step:
    """The holder stays the holder, ringed by another side."""

    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, Control)
        return Control("besieged", side=holder or (before.side if before else None), by=by)

    return step


@event_type("withdraw")
class Withdraw(Event):
    """Forces leave places. A place that its holder leaves is empty, not taken."""

    verb = "withdraws from"
    acled = "Strategic developments: Other"

    by: By
    place: Where
    to: Annotated[Refs, of_kind("place")] = ()

    def harms(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(scenario, self.by)

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        side = scenario.side_of(self.by[0])
        for place in self.place:
            if place in scenario.place:
                yield Key("control", place), left(side)
        for force in self.by:
            if force not in scenario.side:
                for place in self.place:
                    yield presence_of(force, place), put(Presence("gone"))
                for place in self.to:
                    yield presence_of(force, place), put(Presence("present"))


def left(side: str) -> Step:
    """What is left when a side goes: nobody, the other side of a contest, or no siege."""

    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, Control)
        if before is None:
            return None
        if before.side == side:
            return EMPTY
        if before.by == side:
            return held(before.side) if before.side else UNKNOWN
        if side in before.sides:
            rest = tuple(s for s in before.sides if s != side)
            return _among(rest)
        return before

    return step


def _among(sides: tuple[str, ...]) -> Control:
    """The sides that are left in a contest; unknown where no other was ever named."""
    if len(sides) < 2:
        return held(sides[0]) if sides else UNKNOWN
    return Control("contested", sides=sides)


@event_type("hand-over")
class HandOver(Event):
    """A side gives places to another without a fight."""

    verb = "hands over"
    acled = "Strategic developments: Non-violent transfer of territory"

    by: By
    to: Annotated[Refs, of_kind("force", "side"), Field(min_length=1)]
    place: Where

    def serves(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(scenario, self.to)

    def harms(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(scenario, self.by)

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield from holding(self, scenario, self.to)
        for force in self.by:
            if force not in scenario.side:
                for place in self.place:
                    yield presence_of(force, place), put(Presence("gone"))
