"""Events about efforts that last: launch, halt, resume, complete an operation; clear an area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from replay.events.control import By, Taking, acting_together
from replay.events.registry import event_type
from replay.events.transitions import cleared
from replay.model import Effect, Event, Scenario
from replay.model.fields import Amount, PlainText, Portion, Ref, Refs, of_kind
from replay.model.state import (
    Effort,
    Part,
    Progress,
    Range,
    StateKey,
    Step,
    Value,
    add_range,
    exactly,
    ground_key,
    within_range,
)

OperationRef = Annotated[Ref, of_kind("operation")]


class _Effort(Event):
    operation: OperationRef
    by: Annotated[Refs, of_kind("force", "side")] = ()

    def objects(self) -> Iterator[str]:
        yield self.operation


@event_type("launch")
class Launch(_Effort):
    """An operation begins. The announcement of an operation is a `declare`."""

    verb = "launches"
    acled = "Strategic developments: Other"

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield StateKey("effort", self.operation), add_range(Effort("under way"))


@event_type("halt")
class Halt(_Effort):
    """An operation stops for weather, orders or any other reason. It may have no known end."""

    verb = "halts"
    acled = "Strategic developments: Other"

    reason: PlainText | None = None

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield StateKey("effort", self.operation), add_range(Effort("halted", self.reason))


@event_type("resume")
class Resume(_Effort):
    """An operation goes on after a halt."""

    verb = "resumes"
    acled = "Strategic developments: Other"

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield StateKey("effort", self.operation), add_range(Effort("under way"))


@event_type("complete")
class Complete(_Effort):
    """An operation ends, and a source says that it achieved its aim."""

    verb = "completes"
    acled = "Strategic developments: Other"

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        yield StateKey("effort", self.operation), add_range(Effort("complete"))


@event_type("clear")
class Clear(Taking):
    """A side has taken part of an area or route: a milestone of its progress.

    Give the amount with one of `km2`, `km` or `share` (of the whole, 0 to 1). Write `counts: add`
    if the source means an increment; `total` (the default) means all so far. Give villages that are
    only counted as a tally.
    """

    verb = "clears part of"
    acled = "Battles: Government regains territory"

    by: By
    place: Annotated[Refs, of_kind("area", "route"), Field(min_length=1, max_length=1)]
    km2: Amount | None = None
    km: Amount | None = None
    share: Portion | None = None
    counts: Literal["add", "total"] = "total"

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if sum(m is not None for m in (self.km2, self.km, self.share)) != 1:
            raise ValueError("give the amount with one of km2, km or share")
        return self

    def effects(self, scenario: Scenario) -> Iterator[Effect]:
        sides = acting_together(self, scenario, self.by)
        side, of = sides[0], self.place[0]
        amount, unit = self.measure(scenario)
        grow = self.counts == "add"
        size = scenario.size_of(self.place[0]) if unit != "share" else exactly(1)
        if (amount.high or amount.low) > 0:
            all_of_it = size is not None and amount.low >= (size.high or size.low)
            yield ground_key(of), cleared(sides, all_of_it)
        yield (
            StateKey("progress", of),
            progressed(side, amount, unit, grow, self.share, size, self.id),
        )

    def measure(self, scenario: Scenario) -> tuple[Range, Literal["km2", "km", "share"]]:
        """How much, in km² or km where the size of the whole is known, else in shares."""
        if self.km2 is not None:
            return self.km2, "km2"
        if self.km is not None:
            return self.km, "km"
        assert self.share is not None
        of = self.place[0]
        size = scenario.size_of(of)
        if size is None:
            return self.share, "share"
        return _times(size, self.share), "km2" if of in scenario.area else "km"


def progressed(
    side: str,
    amount: Range,
    unit: Literal["km2", "km", "share"],
    grow: bool,
    share: Range | None = None,
    size: Range | None = None,
    event: str = "",
) -> Step:
    """An increment onto what was taken before, or a new total; never more than the whole."""

    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, Progress)
        part = Part(event, amount)
        if grow and before is not None and before.unit == unit and before.side == side:
            grown = before.reported + amount
            addends = (part, before.addends)
            return Progress(side, within_range(grown, size), unit, None, addends, grown)
        return Progress(side, within_range(amount, size), unit, share, (part, None), amount)

    return step


def _times(size: Range, share: Range) -> Range:
    best = None if size.best is None or share.best is None else size.best * share.best
    high = None if size.high is None or share.high is None else size.high * share.high
    return Range(size.low * share.low, best, high)
