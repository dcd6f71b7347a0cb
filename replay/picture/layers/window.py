"""A window onto the ground: a box of the page, and what part of the Earth it shows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from replay.foundation.geodesy import EARTH_RADIUS_KM, Located, LonLat, Projection, arc_around
from replay.model import Scenario
from replay.picture.items import Box, Point

Extent = tuple[float, float, float, float]
"""West, south, east, north, in degrees; east is more than 180 if the extent crosses that."""


@dataclass(frozen=True, slots=True)
class Window:
    """A box of the page with the ground in it: the whole map, or an inset."""

    box: Box
    projection: Projection
    x0: float
    """East of the middle of the box, in km of the projection."""
    y0: float
    scale: float
    """Pixels per km."""
    inset: bool = False

    def at(self, lon: float, lat: float) -> Point:
        """Where a point of the Earth lies on the page."""
        x, y = self.projection.km(LonLat(lon, lat))
        middle = self.box.centre
        return Point(
            round(middle.x + (x - self.x0) * self.scale, 2),
            round(middle.y - (y - self.y0) * self.scale, 2),
        )

    def paths(self, line: Sequence[LonLat]) -> list[tuple[Point, ...]]:
        """A line of the Earth on the page, and again wherever else the box shows it.

        It comes again where the box shows the same ground twice, or the other end of a line that
        goes around the Earth.
        """
        points = self.projection.line_km(line)
        if not points:
            return []
        around, middle = self.projection.around_km, self.box.centre
        half = self.box.w / 2 / self.scale
        found = []
        for turn in (0, -1, 1):
            xs = [x + turn * around - self.x0 for x, _ in points]
            if turn == 0 or (min(xs) <= half and max(xs) >= -half):
                found.append(
                    tuple(
                        Point(
                            round(middle.x + x * self.scale, 2),
                            round(middle.y - (y - self.y0) * self.scale, 2),
                        )
                        for x, (_, y) in zip(xs, points, strict=True)
                    )
                )
        return found

    def sees(self, lon: float, lat: float, margin: float = 0.0) -> bool:
        """Whether a point lies in the box, at least `margin` pixels from its edge."""
        return self.box.inset(margin).holds(*self.at(lon, lat))

    def region(self, other: Window) -> Box:
        """The part of this window that another window shows."""
        x, y = other.x0 - self.x0, other.y0 - self.y0
        w, h = (side / other.scale * self.scale for side in (other.box.w, other.box.h))
        middle = self.box.centre
        return Box(middle.x + x * self.scale - w / 2, middle.y - y * self.scale - h / 2, w, h)


def window(box: Box, extent: Extent) -> Window:
    """The window that shows a whole extent in a box, and more of one direction where it fits."""
    west, south, east, north = extent
    projection = Projection((west + east) / 2, (south + north) / 2)
    left, bottom = projection.km(LonLat(west, south))
    right, top = projection.km(LonLat(east, north))
    scale = min(box.w / (right - left), box.h / (top - bottom))
    return Window(box, projection, (left + right) / 2, (bottom + top) / 2, scale)


def aspect(extent: Extent) -> float:
    """Width by height of an extent on the map."""
    shown = window(Box(0, 0, 1, 1), extent)
    left, bottom = shown.projection.km(LonLat(extent[0], extent[1]))
    right, top = shown.projection.km(LonLat(extent[2], extent[3]))
    return (right - left) / (top - bottom)


def extent_of_map(scenario: Scenario) -> Extent | None:
    """What the map shows: what the scenario says, else all places that have a position."""
    if scenario.map is not None:
        west, south, east, north = scenario.map.extent
        return west, south, east if west < east else east + 360, north
    return extent_of(scenario.located.values())


def wide_km(extent: Extent) -> float:
    """How wide an extent is in the middle, in km."""
    west, south, east, north = extent
    middle = (south + north) / 2
    return Projection((west + east) / 2, middle).km(LonLat(east, middle))[0] * 2


def extent_of(places: Iterable[Located]) -> Extent | None:
    """An extent around some places with some air; None without any.

    The air follows from how far the places are spread, and from how exactly they are located: a
    battlefield of some kilometres fills its map, and a circle of doubt is shown, unless it is so
    large that it would dwarf the rest.
    """
    known = list(places)
    if not known:
        return None
    west, east = arc_around(p.at.lon for p in known)
    lats = [p.at.lat for p in known]
    middle = (min(lats) + max(lats)) / 2
    degree = math.radians(1) * EARTH_RADIUS_KM
    across = max(0.05, math.cos(math.radians(middle))) * degree
    spread = max((east - west) * across, (max(lats) - min(lats)) * degree)
    radii = sorted(place.radius_km for place in known)
    air = max(0.12 * spread, min(radii[-1], 0.25 * spread), 2 * radii[0], LEAST_AIR)
    south, north = max(-85.0, min(lats) - air / degree), min(85.0, max(lats) + air / degree)
    wide = min(air / across, (360 - east + west) / 2)
    return west - wide, south, east + wide, north


LEAST_AIR = 0.3
"""Kilometres around places that are exactly located."""


# --- where many places crowd ------------------------------------------------------------------

CLOSE = 26.0
"""Marks nearer than this many pixels leave no room for their names."""
MANY = 5
MOST = 1000
"""Of more places than this an inset would be arbitrary."""
ZOOMS = (8.0, 6.5, 5.0, 4.0, 3.2, 2.5, 2.0)


def crowd(places: dict[str, Point], seen: Point, unit: float) -> tuple[str, ...]:
    """The places that an inset should show, which sees so much of the map at a zoom of 1.

    Of the parts of the map that hold at least MANY places too CLOSE to another, the one where most
    of them gain most: many are worth as much as a closer look.
    """
    if len(places) > MOST:
        return ()
    tight = {
        n: p
        for n, p in places.items()
        if any(m != n and math.dist(p, q) < CLOSE * unit for m, q in places.items())
    }
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for zoom in ZOOMS:
        w, h = seen.x / zoom, seen.y / zoom
        for middle in tight.values():
            part = Box(middle.x - w / 2, middle.y - h / 2, w, h)
            held = tuple(sorted(n for n, p in tight.items() if part.holds(*p)))
            worth = len(held) * math.log2(zoom)
            if len(held) >= MANY and worth > best[0]:
                best = worth, held
    return best[1]


def closer(main: Window, points: list[tuple[float, float]], box: Box, air: float) -> Window | None:
    """A window onto some points, in a box with so much air; None where it enlarges little."""
    places = [main.projection.km(LonLat(*p)) for p in points]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    w, h = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((box.w - 2 * air) / max(w, 0.1), (box.h - 1.2 * air) / max(h, 0.1), main.scale * 8)
    if scale < 1.7 * main.scale:
        return None
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Window(box, main.projection, *middle, scale, inset=True)


def inset_bar(shown: Window, u: float) -> Box:
    """Where the scale bar of an inset stands."""
    return Box(shown.box.x + 6 * u, shown.box.bottom - 28 * u, 110 * u, 22 * u)
