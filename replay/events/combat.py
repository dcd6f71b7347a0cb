"""Events of combat that change nobody's hold: clash, air strike, artillery, losses, a death."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from replay.events.control import By, present, sides_of
from replay.events.registry import event_type
from replay.model import Effect, Event, Scenario
from replay.model.fields import Amount, NameText, Ref, Refs, of_kind
from replay.model.state import Standing, StateKey, Strength, add_range

Against = Annotated[Refs, of_kind("force", "side")]


@event_type("clash")
class Clash(Event):
    """Two sides fight. This does not change who holds the place."""

    verb = "clashes with"
    acled = "Battles: Armed clash"

    by: By
    against: Against = ()

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield from present(self, scenario, (*self.by, *self.against))

    def objects(self) -> Iterator[str]:
        yield from self.against
        yield from self.place


class _Fire(Event):
    by: By
    against: Against = ()


@event_type("air-strike")
class AirStrike(_Fire):
    """Aircraft strike. Give the number of strikes as a tally."""

    verb = "strikes from the air"
    acled = "Explosions/Remote violence: Air/drone strike"


@event_type("artillery")
class Artillery(_Fire):
    """Guns, rockets or missiles fire."""

    verb = "shells"
    acled = "Explosions/Remote violence: Shelling/artillery/missile attack"


@event_type("losses")
class Losses(Event):
    """Killed, wounded, captured or destroyed, as somebody counts them: only tallies.

    Losses are never subtracted from an estimate of strength.
    """

    verb = "losses are reported"
    acled = "Battles: Armed clash"

    by: Annotated[Refs, of_kind("force", "side")] = ()

    def harms(self, scenario: Scenario) -> frozenset[str]:
        of = [t.of for t in self.tallies if t.of in scenario.side or t.of in scenario.force]
        return sides_of(self, scenario, tuple([actor for actor in of if actor]))


@event_type("kill")
class Kill(Event):
    """A named person is killed. Give the number of others who died as a tally."""

    verb = "kills"
    acled = "Battles: Armed clash"

    person: Annotated[Refs, of_kind("person", "voice"), Field(min_length=1)]
    by: Annotated[Refs, of_kind("force", "side")] = ()

    def serves(self, scenario: Scenario) -> frozenset[str]:
        return sides_of(self, scenario, self.by)

    def harms(self, scenario: Scenario) -> frozenset[str]:
        persons = {person.id for person in scenario.persons}
        return sides_of(self, scenario, tuple([p for p in self.person if p in persons]))

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        for person in self.person:
            yield StateKey("standing", person), add_range(Standing("killed"))

    def objects(self) -> Iterator[str]:
        yield from self.person


@event_type("estimate")
class Estimate(Event):
    """Somebody estimates the strength of a force."""

    verb = "is estimated"
    acled = "Strategic developments: Other"

    force: Annotated[Ref, of_kind("force")]
    number: Amount
    unit: NameText = "persons"

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield StateKey("strength", self.force), add_range(Strength(self.number, self.unit))

    def actors(self) -> tuple[str, ...]:
        return (self.force,)
