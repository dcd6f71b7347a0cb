"""How much of a place a side holds: `share:` on events, and per cent in their tallies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from replay.model import Effect, Event, Scenario
from replay.model.fields import Portion
from replay.model.state import (
    EMPTY,
    UNKNOWN,
    Control,
    Range,
    Share,
    StateKey,
    Step,
    Value,
    add_range,
    exactly,
    held,
    within_range,
)


class Sharing(Event):
    """An event at one place that can say how much of it the side of the first actor has then."""

    share: Portion | None = None
    """How much of the place that side holds afterwards: `40 %`, `60+ %`, or 0.4."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.share is not None and len(self.place) != 1:
            raise ValueError("a share needs exactly one place")
        if self.share is not None and getattr(self, "extent", "part") == "whole":
            raise ValueError("with a share, write `extent: part`")
        return self


def share_effects(event: Event, scenario: Scenario) -> Iterator[Effect]:
    """What an event changes in how much of a place a side has.

    Who takes all of a place has the whole of it, and who leaves it has nothing: that is kept only
    of places of which a source ever gives a share.
    """
    share = getattr(event, "share", None) if isinstance(event, Sharing) else None
    holder = getattr(event, "holder", None) or next(iter(event.actors()), None)
    if share is not None and holder is not None and event.place[0] in scenario.place:
        yield StateKey("share", event.place[0]), _put(scenario.side_of(holder), share)
    for entry in event.tallies:
        place = entry.share_of(event)
        if place in scenario.place and entry.of is not None:
            side = scenario.side_of(entry.of)
            yield StateKey("share", place), _put(side, entry.number.scaled(0.01))


def share_follows(effects: list[Effect], scenario: Scenario) -> Iterator[Effect]:
    """What follows for shares from a change of control."""
    for key, step in effects:
        if key.aspect == "control" and key.of in scenario.shared:
            taken = step(UNKNOWN)
            left = [side.id for side in scenario.sides if step(held(side.id)) in (EMPTY, UNKNOWN)]
            if isinstance(taken, Control) and taken.status == "held":
                whole = None if taken.side is None else Share(taken.side, exactly(1))
                yield StateKey("share", key.of), _whole(whole)
            elif left:
                yield StateKey("share", key.of), _left(left)


def _put(side: str, share: Range) -> Step:
    return add_range(Share(side, within_range(share, exactly(1)), share))


def _whole(share: Share | None) -> Step:
    """All of it is held by one side, or by several, of whom nobody says who has how much."""
    return lambda before: share


def _left(sides: list[str]) -> Step:
    """Nothing is left to a side that has gone."""

    def step(before: Value | None) -> Value | None:
        if isinstance(before, Share) and before.side in sides:
            return Share(before.side, exactly(0))
        return before

    return step
