"""What lies between documented places: a tint that fades, and a front. Both are interpolated.

Neither is drawn where the documents do not carry it: the tint ends some kilometres from the nearest
place that a side certainly holds, the front needs two places of two sides near to each other, and
neither crosses a border.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from replay.foundation import theme
from replay.model.state import UNKNOWN, Control
from replay.picture.items import Item, Line, Point, Shape
from replay.picture.layers.frame import Frame
from replay.picture.layers.grid import Array, Grid, grid
from replay.picture.layers.optional import APART, BANDS, EXACT, FADE, OPACITY
from replay.picture.layers.symbology import colour_of
from replay.scene import Scene


class Held(NamedTuple):
    """A place of the script, and the side that certainly holds it, if documents say so."""

    at: Point
    side: str | None
    exact: bool
    part: int


def _held(scene: Scene, frame: Frame, n: int) -> tuple[Held, ...]:
    facts = {mark.place: mark for mark in scene.marks}
    parts = grid(frame, n)
    found = []
    for site in _spots(frame, n):
        fact = facts[site[0]]
        value = fact.control.value
        landmark = fact.context and value in (None, UNKNOWN)
        if fact.radius_km < FADE and not landmark:
            sure = fact.control.mark == "certain" and isinstance(value, Control)
            side = value.side if sure else None  # type: ignore[union-attr]
            found.append(Held(site[1], side, fact.radius_km <= EXACT, parts.part(site[1])))
    return tuple(found)


@lru_cache(maxsize=16)
def _spots(frame: Frame, n: int) -> tuple[tuple[str, Point], ...]:
    """All located places with their spot in a window, those outside of it too."""
    spots = ((place.id, frame.spot(place.id, n)) for place in frame.scenario.places)
    return tuple((place, at) for place, at in spots if at is not None)


# --- tint -------------------------------------------------------------------------------------


def tint(scene: Scene, frame: Frame) -> list[Item]:
    """The ground around places that a side holds, in its colour, fading with the distance.

    Every point has the tint of the nearest place, as long as that lies on the same side of all
    borders and nearer than FADE.
    """
    return list(tint_of(scene, frame, 0))


def tint_of(scene: Scene, frame: Frame, n: int) -> tuple[Item, ...]:
    """The tint of a window."""
    return _tint(frame, n, _held(scene, frame, n)) if frame.windows else ()


@lru_cache(maxsize=256)
def _tint(frame: Frame, n: int, places: tuple[Held, ...]) -> tuple[Item, ...]:
    found: list[Item] = []
    for part in sorted({place.part for place in places}):
        here = [place for place in places if place.part == part]
        for side in sorted({place.side for place in here if place.side is not None}):
            found += _side_tint(frame, n, here, side, part)
    return tuple(found)


def _side_tint(frame: Frame, n: int, here: list[Held], side: str, part: int) -> Iterator[Item]:
    over = grid(frame, n)
    own = over.km([p.at for p in here if p.side == side]).min(axis=2)
    others = [p.at for p in here if p.side != side]
    gap = over.km(others).min(axis=2) - own if others else np.full(own.shape, np.inf)
    pixels = np.minimum(over.within(part) - 1.0, gap * over.scale / 2)
    colour = colour_of(frame.scenario, side)
    for band in range(BANDS):
        reach = (FADE * (1 - band / BANDS) - own) * over.scale
        rings = _areas(over, np.minimum(pixels, reach))
        if rings:
            yield Shape(
                rings=rings,
                fill=colour,
                opacity=OPACITY,
                space="map",
                clip=frame.windows[n].box,
            )


def _areas(over: Grid, height: Array) -> tuple[tuple[Point, ...], ...]:
    """Where a height is above 0, as rings."""
    from contourpy import FillType, contour_generator

    low = max(-1.0, float(height.min()))
    if float(height.max()) <= 0 or low >= 0:
        return ()
    lines = contour_generator(
        over.x, over.y, np.clip(height, -50, 50), fill_type=FillType.OuterOffset
    )
    rings = []
    for points, offsets in zip(*lines.filled(0.0, 100.0), strict=True):
        for a, b in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
            rings.append(tuple(Point(round(x, 1), round(y, 1)) for x, y in points[a : b - 1]))
    return tuple(rings)


# --- front ------------------------------------------------------------------------------------


def front(scene: Scene, frame: Frame) -> list[Item]:
    """Lines midway between places that two sides certainly hold, where they are near each other.

    A line is drawn where the nearest place of each side is known to within EXACT, both lie on the
    same side of all borders and at most APART from each other, no other place is nearer, and
    neither is farther than three quarters of the way between them.
    """
    found: list[Item] = []
    for n in range(len(frame.windows)):
        found += front_of(scene, frame, n)
    return found


def front_of(scene: Scene, frame: Frame, n: int) -> tuple[Item, ...]:
    """The front in a window."""
    return _front(frame, n, _held(scene, frame, n)) if frame.windows else ()


@lru_cache(maxsize=256)
def _front(frame: Frame, n: int, places: tuple[Held, ...]) -> tuple[Item, ...]:
    found: list[Item] = []
    for part in sorted({place.part for place in places}):
        here = [place for place in places if place.part == part and place.exact]
        sides = sorted({place.side for place in here if place.side is not None})
        for one, other in combinations(sides, 2):
            for points in _between(grid(frame, n), here, one, other, part):
                found += _front_line(frame, n, points)
    return tuple(found)


def _front_line(frame: Frame, n: int, points: tuple[Point, ...]) -> Iterator[Item]:
    u = frame.unit
    for colour, width, dash in ((theme.LAND, 5.0, ()), (theme.INK, 2.2, (7.0 * u, 3.0 * u))):
        yield Line(
            points=points,
            colour=colour,
            width=width * u,
            dash=dash,
            opacity=0.75 if dash == () else 1.0,
            space="map",
            clip=frame.windows[n].box,
        )


def _between(
    over: Grid, here: list[Held], one: str, other: str, part: int
) -> Iterator[tuple[Point, ...]]:
    from contourpy import LineType, contour_generator

    spots = [[p.at for p in here if p.side == side] for side in (one, other)]
    (far_a, near_a), (far_b, near_b) = (_nearest(over.km(found)) for found in spots)
    a, b = (np.array(found)[near] for found, near in zip(spots, (near_a, near_b), strict=True))
    apart = np.hypot(*np.moveaxis(a - b, -1, 0)) / over.scale
    far = np.maximum(far_a, far_b)
    hidden = (apart > APART) | (far > 0.75 * apart) | (over.within(part) < over.step)
    thirds = [p.at for p in here if p.side not in (one, other)]
    if thirds:
        hidden |= over.km(thirds).min(axis=2) < far
    if hidden.all():
        return
    height = np.ma.masked_array(far_a - far_b, hidden)
    lines: Any = contour_generator(over.x, over.y, height, line_type=LineType.Separate)
    for points in lines.lines(0.0):
        long = float(np.hypot(*np.diff(points, axis=0).T).sum())
        if long >= SHORTEST * over.step:
            yield tuple(Point(round(x, 1), round(y, 1)) for x, y in points.tolist())


SHORTEST = 3.0
"""Steps of the grid: what is shorter would be a speck."""


def _nearest(km: Array) -> tuple[Array, Array]:
    """How far the nearest of some points is, and which it is."""
    return km.min(axis=2), km.argmin(axis=2)
