"""Who took a place, where the event and the place name different forces, and why both are right.

An event is shown in the words of the account that ranks first as a whole, its day included. Who
took the place is weighed by itself: all claims that name the same forces count together, whatever
day they give. So the two can name different forces, and whoever shows one of them says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replay.lens import Reading
from replay.model import Scenario
from replay.model.state import Formation, StateKey
from replay.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class TakenDifferently:
    """A place of which the event names other takers than the place does."""

    event: str
    place: str
    by_event: tuple[str, ...]
    """Forces or sides that the event is shown with."""
    by_place: tuple[str, ...]
    """Forces that the place is shown as taken by."""


def taken_differently(timeline: Timeline, reading: Reading) -> Iterator[TakenDifferently]:
    """Each place of an event of which it names takers that the place does not name."""
    event, scenario = reading.shown.event, timeline.scenario
    for place in event.place:
        number = timeline.keys.get(StateKey("formation", place))
        groups = timeline.rivals.get((reading.index, number)) if number is not None else None
        taken = groups[0].after if groups and groups[0].touches else None
        if isinstance(taken, Formation) and not _agree(scenario, event.actors(), taken.forces):
            yield TakenDifferently(event.id, place, event.actors(), taken.forces)


def _agree(scenario: Scenario, mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of actors are the same, or one only says less: a side, a larger force."""
    return set(mine) == set(other) or _names(scenario, mine, other) or _names(scenario, other, mine)


def _names(scenario: Scenario, wide: tuple[str, ...], narrow: tuple[str, ...]) -> bool:
    """Whether every one of some actors is one of the others, or a part of one."""
    return all(set(wide) & {*_lineage(scenario, actor)} for actor in narrow)


def _lineage(scenario: Scenario, actor: str) -> Iterator[str]:
    yield scenario.side_of(actor)
    at: str | None = actor
    while at is not None:
        yield at
        at = scenario.force[at].part_of if at in scenario.force else None
