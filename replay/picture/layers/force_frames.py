"""Where forces stand: how many documents ever see at a place, and the room for their frames."""

from __future__ import annotations

from replay.picture.items import Box, Point
from replay.timeline.timeline import Timeline

WIDE, HIGH = 17.0, 11.0
"""Pixels of a frame with the gap beside it, on a page of 1280 × 720."""
MOST = 3
"""Frames beside a mark; of more forces the rest is a number."""


def stands(timeline: Timeline) -> dict[str, int]:
    """For each place the number of forces that documents ever see at it."""
    forces = {force.id for force in timeline.scenario.forces}
    found: dict[str, int] = {}
    for key, _ in timeline.keys_of("presence"):
        if key.of in forces:
            found[key.at] = found.get(key.at, 0) + 1
    return found


def room(at: Point, size: float, count: int, u: float) -> Box:
    """The box above a mark in which so many frames have room, with what stands on them."""
    wide = min(count, MOST) * WIDE * u
    tall = (HIGH + 7.0) * u
    return Box(at.x - wide / 2, at.y - size / 2 - 6.0 * u - tall, wide, tall)
