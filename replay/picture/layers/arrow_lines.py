"""Where arrows lie on the map: known before names are placed, so that none strikes one through."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from replay.foundation.geodesy import BEARINGS
from replay.model import Scenario
from replay.picture.items import Box, Point
from replay.picture.layers.arrows import cut
from replay.picture.layers.window import Window
from replay.scene import axes_of
from replay.timeline.timeline import Timeline

ArrowEnds = tuple[Point, Point, Box]
"""The ends of an arrow, and the box of its window."""

APPROACH_LENGTH = 46.0
"""Pixels of an arrow that tells a direction only."""
HALF_WIDTH = 4.5
"""Half the width of an arrow, in pixels of a page of 1280 × 720."""
MOST_ARROWS = 200
"""So many arrows are kept clear of names; of more, none."""


def spot(scenario: Scenario, windows: Sequence[Window], place: str, n: int) -> Point | None:
    """Where a place lies in a window, within its box or not; None for one not located."""
    where = scenario.located.get(place)
    if where is None or where.kind == "ring" or n >= len(windows):
        return None
    return windows[n].at(where.at.lon, where.at.lat)


def arrow_between(
    scenario: Scenario, windows: Sequence[Window], n: int, start: str, end: str, u: float
) -> Iterator[ArrowEnds]:
    """A movement in a window, short of the marks, where it shows one of its ends."""
    a, b = spot(scenario, windows, start, n), spot(scenario, windows, end, n)
    if a is None or b is None or math.dist(a, b) <= 24 * u:
        return
    box = windows[n].box
    if box.holds(*a) or box.holds(*b):
        yield cut(b, a, 10 * u)[0], cut(a, b, 10 * u)[0], box


def arrow_from_side(
    scenario: Scenario, windows: Sequence[Window], n: int, end: str, bearing: str, u: float
) -> Iterator[ArrowEnds]:
    """An arrow that comes to a place from a side, short of its mark, on the main map.

    It ends before the region that an inset enlarges.
    """
    at = spot(scenario, windows, end, n) if n == 0 else None
    if at is None or not windows[0].box.holds(*at):
        return
    turn = math.radians(BEARINGS[bearing])
    dx, dy = math.sin(turn), -math.cos(turn)
    short = 13 * u
    for other in windows[1:]:
        short = max(short, _way_out(at, dx, dy, windows[0].region(other)) + 3 * u)
    far = short + APPROACH_LENGTH * u
    tail, tip = (Point(round(at.x + dx * r, 2), round(at.y + dy * r, 2)) for r in (far, short))
    yield tail, tip, windows[0].box


def _way_out(at: Point, dx: float, dy: float, box: Box) -> float:
    """How far it is in a direction from a point within a box to its edge; 0 from outside."""
    if not box.holds(*at):
        return 0.0
    x = (box.right if dx > 0 else box.x) - at.x
    y = (box.bottom if dy > 0 else box.y) - at.y
    return min(x / dx if abs(dx) > 1e-9 else math.inf, y / dy if abs(dy) > 1e-9 else math.inf)


def arrow_lines(
    timeline: Timeline, windows: Sequence[Window], n: int, u: float
) -> list[tuple[Point, Point]]:
    """Lines along both sides and the middle of every arrow that a window ever shows."""
    scenario = timeline.scenario
    arrows: dict[ArrowEnds, None] = {}
    for operation in scenario.operations:
        for axis in axes_of(timeline, operation):
            if axis.start is not None:
                found = arrow_between(scenario, windows, n, axis.start, axis.end, u)
            else:
                found = arrow_from_side(scenario, windows, n, axis.end, axis.bearing or "north", u)
            arrows |= dict.fromkeys(found)
    for start, end in _moves(timeline):
        arrows |= dict.fromkeys(arrow_between(scenario, windows, n, start, end, u))
    if len(arrows) > MOST_ARROWS:
        return []
    return [line for arrow in arrows for line in _edges(arrow, u)]


def _moves(timeline: Timeline) -> set[tuple[str, str]]:
    """The two ends of every documented move."""
    found: set[tuple[str, str]] = set()
    for reading in timeline.readings:
        event = reading.shown.event
        start = getattr(event, "from_", None)
        starts = (start,) if isinstance(start, str) else tuple(start or ())
        for end in (*getattr(event, "to", ()), *getattr(event, "towards", ())):
            found |= {(starts[0], end)} if starts else set()
    return found


def _edges(arrow: ArrowEnds, u: float) -> Iterator[tuple[Point, Point]]:
    a, b, _ = arrow
    long = math.dist(a, b) or 1.0
    x, y = -(b.y - a.y) / long * HALF_WIDTH * u, (b.x - a.x) / long * HALF_WIDTH * u
    for side in (-1, 0, 1):
        yield Point(a.x + side * x, a.y + side * y), Point(b.x + side * x, b.y + side * y)
