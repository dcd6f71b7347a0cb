"""What an event makes of the control of a place: steps from the value before to the value after.

Sides come together: the order in which an event names them never matters. docs/script.md has the
rules as a table.
"""

from __future__ import annotations

from functools import lru_cache

from replay.model.state import (
    EMPTY,
    SOME_PART,
    UNKNOWN,
    Control,
    Progress,
    Step,
    Value,
    besieged,
    contested,
    held,
)


@lru_cache(maxsize=4096)
def taking(sides: tuple[str, ...]) -> Step:
    """The step by which sides come to hold a place, alone or together.

    A siege goes on if those who were inside hold the place afterwards. It ends if a besieger takes
    it, or anybody from outside.
    """
    after = held(*sides)

    def step(before: Value | None) -> Value | None:
        if before is None:
            return after
        assert isinstance(before, Control)
        inside = not before.sides or set(sides) <= set(before.sides)
        if before.by and inside and set(sides).isdisjoint(before.by):
            return besieged(sides, before.by)
        return after

    return step


def entered(sides: tuple[str, ...], against: tuple[str, ...]) -> Step:
    """From held by others to contested among all; a place already their own stays so.

    Further sides join a contest, and a siege goes on.
    """

    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, Control)
        if before is None:
            return contested(*sides, *against)
        if not against and before.holders and set(sides) <= set(before.holders):
            return before
        return contested(*before.sides, *sides, *against, by=before.by)

    return step


def surrounded(by: tuple[str, ...], holder: str | None) -> Step:
    """Whoever holds or contests the place goes on to, inside a ring of besiegers."""

    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, Control)
        ring = (*before.by, *by) if before else by
        if before is not None and before.status == "contested":
            return contested(*before.sides, *([holder] if holder else []), by=ring)
        inside = [holder] if holder else before.holders if before else ()
        return besieged([side for side in inside if side not in by], ring)

    return step


def left(sides: tuple[str, ...]) -> Step:
    """When sides go, the others stay: other holders, other parties, other besiegers, or nobody.

    If the last holder goes, the place is empty, not taken, and a siege of it is over. If one party
    to a contest is left, it holds the place.
    """

    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, Control)
        if before is None:
            return None
        rest = tuple([side for side in before.sides if side not in sides])
        ring = tuple([side for side in before.by if side not in sides])
        if (rest, ring) == (before.sides, before.by):
            return before
        if before.holders and not rest:
            return EMPTY
        if before.status == "contested" and (len(rest) > 1 or rest == before.sides):
            return contested(*rest, by=ring)
        return _within(rest, tuple([side for side in ring if side not in rest]))

    return step


def _within(sides: tuple[str, ...], ring: tuple[str, ...]) -> Control:
    """Held by sides, inside a ring of besiegers if there are any."""
    if ring:
        return besieged(sides, ring)
    return held(*sides) if sides else UNKNOWN


def handed(giving: tuple[str, ...], to: tuple[str, ...]) -> Step:
    """Those who give go, those who receive come, and other holders and parties stay."""
    taken = taking(to)

    def step(before: Value | None) -> Value | None:
        if not isinstance(before, Control) or not set(giving) & set(before.sides):
            return taken(before)
        stay = tuple([side for side in before.sides if side not in giving])
        if before.status == "contested" and not set(stay) <= set(to):
            return contested(*stay, *to, by=before.by)
        return taking(tuple(sorted({*stay, *to})))(before)

    return step


def followed(before_side: str, side: str) -> Step:
    """A force that holds a place changes sides: the place goes with it."""

    def step(before: Value | None) -> Value | None:
        if not isinstance(before, Control) or before_side not in before.holders:
            return before
        sides = [side if held_by == before_side else held_by for held_by in before.sides]
        ring = [one for one in before.by if one != side]
        return besieged(sides, ring) if ring else held(*sides)

    return step


def given_up(sides: tuple[str, ...]) -> Step:
    """What sides had taken of an area or route when they leave it: nothing is known of it then."""

    def step(before: Value | None) -> Value | None:
        gone = isinstance(before, Progress) and before.side in sides
        return None if gone else before

    return step


def cleared(sides: tuple[str, ...], whole: bool) -> Step:
    """Who holds ground of which a part is taken: all of it, or contested with those before."""
    return taking(sides) if whole else entered(sides, ())


def partly(side: str) -> Step:
    """A part of an area or route is taken, of a size that no source gives."""

    def step(before: Value | None) -> Value | None:
        more = isinstance(before, Progress) and before.side == side
        return before if more else Progress(side, SOME_PART, "share")

    return step
