"""Forces through time: from when on a force has another side, parent or name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from replay.model.event import Event
from replay.model.things import Force


@dataclass(frozen=True, slots=True)
class Turn:
    """What an event makes of a force from then on; None leaves it as it was."""

    event: str
    earliest: int | None
    latest: int | None
    """Minutes between which it happened; it counts from the last one on."""
    side: str | None = None
    part_of: str | None = None
    name: str | None = None

    def applied(self, force: Force) -> Force:
        """The force as it is after it."""
        words = {"side": self.side, "part_of": self.part_of, "name": self.name}
        return force.model_copy(update={key: word for key, word in words.items() if word})

    def before(self, when: Event | int, after: tuple[str, ...]) -> bool:
        """Whether it had happened by a minute, or by an event; `after` is what it comes after."""
        if isinstance(when, int):
            return self.latest is not None and self.latest <= when
        if when.id == self.event:
            return False
        if self.event in when.after or when.id in after:
            return self.event in when.after
        if self.latest is None or when.date is None:
            return False
        earliest, latest = when.date.bounds.earliest, when.date.bounds.latest
        at = earliest if latest is None else latest
        return at is not None and self.latest <= at

    def within(self, when: Event, after: tuple[str, ...]) -> bool:
        """Whether the dates leave open if it had happened by an event."""
        ordered = self.event in when.after or when.id in (*after, self.event)
        if ordered or when.date is None:
            return False
        mine, its = (self.earliest, self.latest), when.date.bounds
        begins = mine[0] is None or its.latest is None or mine[0] <= its.latest
        ends = mine[1] is None or its.earliest is None or its.earliest <= mine[1]
        return begins and ends


def turns(forces: Mapping[str, Force], events: Iterable[Event]) -> dict[str, tuple[Turn, ...]]:
    """Force → what has become of it, in the order of time. Its parts change sides with it."""
    found: dict[str, list[Turn]] = {}
    for event in events:
        for force, side, part_of, name in event.turns():
            bounds = event.date.bounds if event.date else None
            when = (bounds.earliest, bounds.latest) if bounds else (None, None)
            found.setdefault(force, []).append(Turn(event.id, *when, side, part_of, name))
            for part in _parts(forces, force) if side else ():
                found.setdefault(part, []).append(Turn(event.id, *when, side))
    return {force: tuple(sorted(own, key=_moment)) for force, own in found.items()}


def _moment(turn: Turn) -> tuple[float, str]:
    return float("inf") if turn.latest is None else turn.latest, turn.event


def _parts(forces: Mapping[str, Force], whole: str) -> Iterator[str]:
    """The forces that are part of one, and of its parts, on the same side."""
    for force in forces.values():
        seen = {force.id}
        above = force.part_of
        while above is not None and above in forces and above not in seen:
            if above == whole and force.side == forces[whole].side:
                yield force.id
                break
            seen.add(above)
            above = forces[above].part_of
