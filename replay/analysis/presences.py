"""Where each force was last documented, and how long ago."""

from __future__ import annotations

from dataclasses import dataclass

from replay.model.state import Mark, Presence
from replay.timeline.timeline import State


@dataclass(frozen=True, slots=True)
class LastSeen:
    """A place where a force was last documented to be."""

    place: str
    since: str
    """The date of the event that put it there, as EDTF."""
    age_days: int
    """Whole days from that event to the moment that is asked about."""
    mark: Mark
    believed: bool
    """Whether the source only believes that it is there."""


def last_seen(state: State) -> dict[str, list[LastSeen]]:
    """For each force that is documented anywhere its places, the most recent first."""
    timeline = state.timeline
    days_between = timeline.scenario.calendar.days_between
    found: dict[str, list[LastSeen]] = {}
    for key, marked in state.known("presence"):
        value = marked.value
        if isinstance(value, Presence) and value.status != "gone":
            row = state.row(key)
            assert row is not None
            age = days_between(int(timeline.rows.tick[row]), state.tick)
            believed = value.status == "believed"
            seen = LastSeen(key.at, timeline.dated(row), age, marked.mark, believed)
            found.setdefault(key.of, []).append(seen)
    for places in found.values():
        places.sort(key=lambda seen: (seen.age_days, seen.place))
    return found
