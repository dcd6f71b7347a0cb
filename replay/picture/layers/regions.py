"""Ground of which nobody gives the outline: hatched, its edge soft, never a line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import pairwise

from replay.foundation import theme
from replay.foundation.geodesy import Region
from replay.model.state import SOME_PART, Control
from replay.picture.items import Box, Item, Point, Shape
from replay.picture.layers.frame import Frame
from replay.picture.layers.margin import fought_over
from replay.picture.layers.symbology import colour_of
from replay.picture.layers.window import Window
from replay.scene import Ground, Scene

GAP, WIDE, STEP = 11.0, 1.5, 5.0
"""Pixels between strokes, of their width, and between two looks at how near the edge is."""
FADES = ((0.35, 0.5), (0.7, 0.3), (1.05, 0.14))
"""How far beyond the hull, as a share of the reach, the strokes have which opacity."""
TURN = 0.618034
"""Multiples of the golden ratio share strokes out evenly, however many there are."""


def regions(scene: Scene, frame: Frame) -> list[Item]:
    """The areas of the map, each in the colours of those who hold its ground.

    Of a share as many strokes have the colour of the side; where in the area its part is, nothing
    says. Paler strokes are what it may have besides, the others are of whoever held it all before.
    """
    return [item for n in range(min(1, len(frame.windows))) for item in regions_of(scene, frame, n)]


def regions_of(scene: Scene, frame: Frame, n: int) -> list[Item]:
    """The areas in a window."""
    facts = {ground.of: ground for ground in scene.grounds}
    found: list[Item] = []
    for of, region in frame.scenario.regions.items():
        found += _drawn(of, _strokes(region, frame.windows[n], frame.unit), facts.get(of), frame, n)
    return found


Run = tuple[int, float, tuple[Point, ...]]
"""The number of a stroke, the opacity of a piece of it, and the ring of that piece."""


def _drawn(
    of: str, runs: tuple[Run, ...], fact: Ground | None, frame: Frame, n: int
) -> Iterator[Item]:
    """The strokes in few shapes: one for each colour and opacity."""
    colour = lru_cache(maxsize=None)(partial(_colour, fact=fact, frame=frame))
    rings: dict[tuple[str, float], list[tuple[Point, ...]]] = {}
    for number, opacity, ring in runs:
        rings.setdefault((colour(number, opacity), opacity), []).append(ring)
    for (fill, opacity), found in rings.items():
        yield Shape(
            rings=tuple(found),
            fill=fill,
            opacity=opacity,
            of=of,
            space="map",
            clip=frame.windows[n].box,
        )


def _colour(number: int, opacity: float, fact: Ground | None, frame: Frame) -> str:
    """The colour of a stroke: as many as the share of a side are in its colour.

    Where there is no share, those who contest it or hold it together have as many each, and the
    palest pieces, at the edge, are those of whoever surrounds it.
    """
    if fact is None:
        return theme.FAINT
    value = fact.control.value
    if isinstance(value, Control) and value.by and opacity == FADES[-1][1]:
        return colour_of(frame.scenario, value.by[number % len(value.by)])
    sides = value.sides if isinstance(value, Control) else ()
    if fact.share in (None, SOME_PART) or fact.side is None:
        several = (*sides, None) if len(sides) == 1 and fought_over(fact) else sides or (None,)
        return colour_of(frame.scenario, several[number % len(several)])
    assert fact.share is not None
    colour = colour_of(frame.scenario, fact.side)
    at = (number * TURN) % 1
    if at < fact.share.low:
        return colour
    high = 1.0 if fact.share.high is None else fact.share.high
    if at < high:
        return theme.mixed_colour(colour, theme.LAND, 0.6)
    others = [side for side in sides if side != fact.side]
    return colour_of(frame.scenario, fact.rest or next(iter(others), None))


@lru_cache(maxsize=64)
def _strokes(region: Region, shown: Window, u: float) -> tuple[Run, ...]:
    """Diagonal strokes over a region, in pieces that become paler towards its edge."""
    hull = shown.paths(region.corners)[0]
    reach = region.reach_km * shown.scale
    box = _around(hull, reach * FADES[-1][0])
    step = STEP * u
    found: list[Run] = []
    # strokes rise to the right: along each x + y stays the same, and is a multiple of the gap
    low, high = box.x + box.y, box.right + box.bottom
    gap = GAP * u * math.sqrt(2)
    for number in range(math.floor(low / gap), math.ceil(high / gap) + 1):
        level = number * gap
        left = max(box.x, level - box.bottom)
        right = min(box.right, level - box.y)
        count = math.floor((right - left) / step)
        spots = [Point(left + n * step, level - left - n * step) for n in range(count + 1)]
        spots = [p for p in spots if shown.box.inset(-step).holds(*p)]
        pieces = _pieces([(p, _opacity(p, hull, reach)) for p in spots])
        found += [(number, opacity, _stroke(a, b, WIDE * u)) for opacity, a, b in pieces]
    return tuple(found)


def _pieces(spots: list[tuple[Point, float]]) -> Iterator[tuple[float, Point, Point]]:
    """Pieces of one opacity each: that, where it begins and where it ends."""
    start: Point | None = None
    for (p, opacity), (q, after) in pairwise(spots):
        start = start or p
        if opacity != after or q == spots[-1][0]:
            if opacity:
                yield opacity, start, q
            start = None


def _opacity(p: Point, hull: tuple[Point, ...], reach: float) -> float:
    away = _away(p, hull) / max(reach, 1e-6)
    return next((opacity for limit, opacity in FADES if away <= limit), 0.0)


def _away(p: Point, hull: tuple[Point, ...]) -> float:
    """Pixels from a convex hull, 0 within it."""
    if len(hull) > 2 and _inside(p, hull):
        return 0.0
    edges = zip(hull, (*hull[1:], hull[0]), strict=True)
    return min(_from_line(p, a, b) for a, b in edges)


def _inside(p: Point, hull: tuple[Point, ...]) -> bool:
    turns = [
        (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
        for a, b in zip(hull, (*hull[1:], hull[0]), strict=True)
    ]
    return all(turn <= 0 for turn in turns) or all(turn >= 0 for turn in turns)


def _from_line(p: Point, a: Point, b: Point) -> float:
    dx, dy = b.x - a.x, b.y - a.y
    long = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / long)) if long else 0.0
    return math.dist(p, (a.x + t * dx, a.y + t * dy))


def _around(hull: tuple[Point, ...], by: float) -> Box:
    xs, ys = [p.x for p in hull], [p.y for p in hull]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).inset(-by)


def _stroke(a: Point, b: Point, wide: float) -> tuple[Point, ...]:
    """A thin parallelogram along a line that rises to the right."""
    off = wide / 2 / math.sqrt(2)
    corners = ((a, -off), (b, -off), (b, off), (a, off))
    return tuple(Point(round(p.x + d, 1), round(p.y + d, 1)) for p, d in corners)
