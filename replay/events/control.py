"""Events that decide who holds a place: capture, hold, contest, besiege, withdraw, hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from replay.events.registry import event_type
from replay.events.shares import Sharing
from replay.events.transitions import entered, given_up, handed, left, partly, surrounded, taking
from replay.model import Effect, Event, Scenario
from replay.model.fields import Ref, Refs, of_kind
from replay.model.state import (
    Formation,
    Presence,
    Progress,
    StateKey,
    add_range,
    control_of,
    exactly,
    ground_key,
    presence_of,
)

By = Annotated[Refs, of_kind("force", "side"), Field(min_length=1)]
EventPlaces = Annotated[Refs, of_kind("place", "area", "route"), Field(min_length=1)]


def present(event: Event, scenario: Scenario, who: tuple[str, ...]) -> Iterator[Effect]:
    """The forces (sides have no presence) are documented at the places of the event."""
    for force in who:
        if force not in scenario.side:
            for place in event.place:
                if place in scenario.place:
                    yield presence_of(force, place), add_range(Presence("present"))


def holding(event: Event, scenario: Scenario, by: tuple[str, ...]) -> list[Effect]:
    """The places are held by the sides of all actors together, through the forces among them."""
    sides, ground = scenario.side, scenario.ground
    forces: tuple[str, ...] = ()
    for actor in by:  # plain loops and a list: most events of most campaigns come through here
        if actor not in sides:
            forces += (actor,)
    holders = acting_together(event, scenario, by)
    found: list[Effect] = []
    parts = scenario.parts
    for place in event.place:
        if place in ground:
            found.append((ground_key(place), taking(holders)))
            found.append(
                (StateKey("progress", place), add_range(whole_place(place, holders[0], scenario)))
            )
            continue
        found.append((control_of(place), taking(holders)))
        if place in parts:
            found += [(control_of(p), taking(holders)) for p in other_parts(event, place, scenario)]
        if forces:  # a formation older than the control beside it is out of date
            found.append(
                (StateKey("formation", place), add_range(Formation(tuple(sorted(forces)))))
            )
    if forces:
        found += present(event, scenario, forces)
    return found


def other_parts(event: Event, place: str, scenario: Scenario) -> Iterator[str]:
    """The parts of a place, with their parts, that an event does not name itself.

    What happens to the whole happens to them.
    """
    for part in scenario.parts.get(place, ()):
        nearest = next(whole for whole in (part, *scenario.wholes(part)) if whole in event.place)
        if nearest == place:
            yield part


def with_parts(event: Event, scenario: Scenario) -> Iterator[str]:
    """The places of an event, each with its parts."""
    for place in event.place:
        yield place
        yield from other_parts(event, place, scenario)


def acting_together(event: Event, scenario: Scenario, actors: tuple[str, ...]) -> tuple[str, ...]:
    """The sides of some actors at the time of an event, each once, in alphabetical order."""
    if len(actors) == 1:
        return (scenario.side_of(actors[0], event),)
    return tuple(sorted({scenario.side_of(actor, event) for actor in actors}))


def whole_place(of: str, side: str, scenario: Scenario) -> Progress:
    """All of an area or route, in km² or km where its size is known."""
    if of in scenario.area and (km2 := scenario.area[of].km2):
        return Progress(side, km2, "km2", exactly(1))
    if of in scenario.route and (km := scenario.route[of].km):
        return Progress(side, km, "km", exactly(1))
    return Progress(side, exactly(1), "share")


def share_of_ground(event: Sharing, scenario: Scenario, side: str) -> Iterator[Effect]:
    """How much of an area or route a side has, where the event gives its share."""
    for place in event.place:
        if event.share is not None and place in scenario.ground:
            yield StateKey("progress", place), add_range(Progress(side, event.share, "share"))


class Taking(Event):
    """The sides that act gain; one who is named as the other side loses."""

    def serves(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(self, scenario, self.actors())

    def harms(self, scenario: Scenario) -> frozenset[str]:
        against = getattr(self, "against", None)
        return sides_of(self, scenario, (against,) if against else ())


def sides_of(event: Event, scenario: Scenario, actors: tuple[str, ...]) -> frozenset[str]:
    """The sides of some forces, sides or persons at the time of an event."""
    people = {person.id: person.side for person in scenario.persons}
    found = (people[a] if a in people else scenario.side_of(a, event) for a in actors)
    return frozenset(side for side in found if side)


@event_type("capture")
class Capture(Sharing, Taking):
    """Sides take places and hold them from then on. `extent: part` leaves them contested."""

    verb = "takes"
    acled = "Battles: Government regains territory / Non-state actor overtakes territory"

    by: By
    against: Annotated[Ref | None, of_kind("force", "side")] = None
    """From whom, if a source says so. This side keeps the part that is not taken."""
    place: EventPlaces
    extent: Literal["whole", "part"] = "whole"

    def takers(self) -> tuple[str, ...]:
        return self.by if self.extent == "whole" else ()

    def effects(self, scenario: Scenario) -> Iterable[Effect]:
        if self.extent == "whole":
            return holding(self, scenario, self.by)
        return self._in_part(scenario)

    def _in_part(self, scenario: Scenario) -> Iterator[Effect]:
        yield from entering(self, scenario, self.by, self.against)
        side = acting_together(self, scenario, self.by)[0]
        for place in self.place:
            if place in scenario.ground and self.share is None:
                yield StateKey("progress", place), partly(side)
        yield from share_of_ground(self, scenario, side)


@event_type("hold")
class Hold(Taking):
    """A document says that sides hold places, but not how they came to hold them."""

    verb = "holds"
    describes_state = True
    acled = "Strategic developments: Other"

    by: By
    place: EventPlaces

    def takers(self) -> tuple[str, ...]:
        return self.by

    def effects(self, scenario: Scenario) -> list[Effect]:
        return holding(self, scenario, self.by)


def entering(
    event: Event, scenario: Scenario, by: tuple[str, ...], against: str | None
) -> Iterator[Effect]:
    """The places are contested among the sides that enter and those that were there."""
    sides = acting_together(event, scenario, by)
    others = (scenario.side_of(against, event),) if against else ()
    for place in event.place:
        yield held_at(place, scenario), entered(sides, others)
    yield from present(event, scenario, by)


def held_at(of: str, scenario: Scenario) -> StateKey:
    """The key of who holds a place, or an area or route."""
    return ground_key(of) if of in scenario.ground else control_of(of)


@event_type("contest")
class Contest(Sharing, Taking):
    """A side enters places that another side holds. They are contested until one side has them."""

    verb = "enters"
    acled = "Battles: Armed clash"

    by: By
    against: Annotated[Ref | None, of_kind("force", "side")] = None
    place: EventPlaces

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield from entering(self, scenario, self.by, self.against)
        yield from share_of_ground(self, scenario, acting_together(self, scenario, self.by)[0])


@event_type("besiege")
class Besiege(Taking):
    """Sides surround places that others continue to hold or contest."""

    verb = "besieges"
    acled = "Battles: Armed clash"

    by: By
    against: Annotated[Ref | None, of_kind("force", "side")] = None
    place: EventPlaces

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        sides = acting_together(self, scenario, self.by)
        holder = scenario.side_of(self.against, self) if self.against else None
        for place in with_parts(self, scenario):
            yield held_at(place, scenario), surrounded(sides, holder)


@event_type("withdraw")
class Withdraw(Event):
    """Forces leave places. A place is empty, not taken, after its holder leaves."""

    verb = "withdraws from"
    acled = "Strategic developments: Other"

    by: By
    place: EventPlaces
    to: Annotated[Refs, of_kind("place")] = ()

    def harms(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(self, scenario, self.by)

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        sides = acting_together(self, scenario, self.by)
        for place in with_parts(self, scenario):
            yield held_at(place, scenario), left(sides)
            if place in scenario.ground:
                yield StateKey("progress", place), given_up(sides)
        for force in self.by:
            if force not in scenario.side:
                for place in self.place:
                    yield presence_of(force, place), add_range(Presence("gone"))
                for place in self.to:
                    yield presence_of(force, place), add_range(Presence("present"))


@event_type("hand-over")
class HandOver(Event):
    """Sides hand places to others without a fight. Other holders and parties stay."""

    verb = "hands over"
    acled = "Strategic developments: Non-violent transfer of territory"

    by: By
    to: Annotated[Refs, of_kind("force", "side"), Field(min_length=1)]
    place: EventPlaces

    def serves(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(self, scenario, self.to)

    def harms(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(self, scenario, self.by)

    def takers(self) -> tuple[str, ...]:
        return self.to

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        giving, taken = (
            acting_together(self, scenario, self.by),
            acting_together(self, scenario, self.to),
        )
        for key, step in holding(self, scenario, self.to):
            yield key, handed(giving, taken) if key.aspect in ("control", "ground") else step
        for force in self.by:
            if force not in scenario.side:
                for place in self.place:
                    yield presence_of(force, place), add_range(Presence("gone"))
