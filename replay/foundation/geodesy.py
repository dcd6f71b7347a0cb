"""Distances and directions on the Earth, and the projection of the map."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from geographiclib.geodesic import Geodesic

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG 1980), for the projection; distances use the WGS84 ellipsoid."""

BEARINGS: dict[str, float] = {
    name: index * 22.5
    for index, name in enumerate(
        [
            "north",
            "north-north-east",
            "north-east",
            "east-north-east",
            "east",
            "east-south-east",
            "south-east",
            "south-south-east",
            "south",
            "south-south-west",
            "south-west",
            "west-south-west",
            "west",
            "west-north-west",
            "north-west",
            "north-north-west",
        ]
    )
}
"""The sixteen points of the compass, in degrees clockwise from north."""


class LonLat(NamedTuple):
    """Longitude and latitude in degrees, WGS84."""

    lon: float
    lat: float


def spread_km(bearing: str) -> float:
    """Half the sector that a compass word stands for, in degrees: "south-east" is 135° ± 22.5°."""
    return {0: 22.5, 1: 22.5, 2: 11.25}[bearing.count("-")]


def point(start: LonLat, bearing_degrees: float, km: float) -> LonLat:
    """Where one arrives from `start` on a geodesic (Karney 2013) in a direction after `km`."""
    end = Geodesic.WGS84.Direct(start.lat, start.lon, bearing_degrees, km * 1000)
    return LonLat(end["lon2"], end["lat2"])


def distance_km(a: LonLat, b: LonLat) -> float:
    """Length of the geodesic between two points, in km."""
    return float(Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon)["s12"]) / 1000


@dataclass(frozen=True, slots=True)
class Located:
    """Where a place is on the map, and how well that is known.

    `radius_km` is the distance within which the place lies; a `ring` lies *at* that distance in an
    unknown direction, so that its centre is another place.
    """

    at: LonLat
    radius_km: float
    kind: str  # "gazetteer", "estimated", "relative" or "ring"


def relative(start: Located, km: float, bearing: str) -> Located:
    """A place at a distance in a direction from another one.

    The radius covers the corners of what the words leave open: the sector of the compass word, a
    tenth of the distance, and the uncertainty of the start.
    """
    degrees = BEARINGS[bearing]
    at = point(start.at, degrees, km)
    corners = [
        distance_km(at, point(start.at, degrees + side * spread_km(bearing), km * length))
        for side in (-1, 1)
        for length in (0.9, 1.1)
    ]
    return Located(at, max(corners) + start.radius_km, "relative")


@dataclass(frozen=True, slots=True)
class Projection:
    """Equidistant cylindrical projection, true to scale along `lat0`; x east and y north in km.

    Chosen because it is plain and its error of scale over a campaign of some hundred
    kilometres stays below what the documents know of their places (Snyder 1987, p. 90).
    """

    lon0: float
    lat0: float

    def km(self, p: LonLat) -> tuple[float, float]:
        """Where a point is, on the side of the middle from which it is nearer."""
        x = math.radians(_nearest(p.lon - self.lon0)) * math.cos(math.radians(self.lat0))
        return EARTH_RADIUS_KM * x, EARTH_RADIUS_KM * math.radians(p.lat - self.lat0)

    def lonlat(self, x: float, y: float) -> LonLat:
        """The inverse of `km`; its longitude may lie beyond 180."""
        across = EARTH_RADIUS_KM * math.cos(math.radians(self.lat0))
        return LonLat(
            self.lon0 + math.degrees(x / across), self.lat0 + math.degrees(y / EARTH_RADIUS_KM)
        )

    @property
    def around_km(self) -> float:
        """How wide the whole Earth is."""
        return EARTH_RADIUS_KM * 2 * math.pi * math.cos(math.radians(self.lat0))

    def line_km(self, line: Iterable[LonLat]) -> list[tuple[float, float]]:
        """A line, each of its points on the nearer side of the one before: across 180° too."""
        found: list[tuple[float, float]] = []
        for p in line:
            x, y = self.km(p)
            if found:
                turns = round((found[-1][0] - x) / self.around_km)
                x += turns * self.around_km if turns else 0.0
            found.append((x, y))
        return found


def _nearest(degrees: float) -> float:
    """A difference of longitudes the short way, from -180 to 180."""
    if -180 <= degrees <= 180:
        return degrees
    return (degrees + 180) % 360 - 180


def arc_around(lons: Iterable[float]) -> tuple[float, float]:
    """The shortest stretch that holds some longitudes, west and east; east of 180 across it."""
    known = sorted(set(lons))
    gaps = [(b - a, b) for a, b in pairwise(known)]
    widest, west = max(gaps, default=(0.0, known[0]))
    if widest <= known[0] + 360 - known[-1]:
        return known[0], known[-1]
    return west, known[known.index(west) - 1] + 360


def split_at_180(line: Sequence[LonLat]) -> list[list[LonLat]]:
    """A line in pieces, none of which crosses 180° (RFC 7946, 3.1.9)."""
    pieces = [[line[0]]]
    for a, b in pairwise(line):
        if abs(b.lon - a.lon) > 180:
            end = math.copysign(180.0, a.lon)
            whole = b.lon + math.copysign(360.0, a.lon) - a.lon
            lat = a.lat + (b.lat - a.lat) * (end - a.lon) / whole if whole else a.lat
            if a.lon != end:
                pieces[-1].append(LonLat(end, lat))
            pieces.append([LonLat(-end, lat)])
            if b.lon == -end:
                continue
        pieces[-1].append(b)
    if len(pieces) > 2 and line[0] == line[-1]:  # a closed line is cut at 180° only
        pieces[0] = [*pieces.pop(), *pieces[0][1:]]
    return [piece for piece in pieces if len(piece) > 1]


# --- ground of which nobody gives the outline -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Region:
    """Ground that lies around some places, as far as that is known: it has no outline.

    It reaches about `reach_km` beyond the hull of the corners, which lie against the clock.
    """

    corners: tuple[LonLat, ...]
    reach_km: float

    @property
    def middle(self) -> Projection:
        """A projection around its middle."""
        west, east = arc_around(p.lon for p in self.corners)
        lats = [p.lat for p in self.corners]
        return Projection((west + east) / 2, (min(lats) + max(lats)) / 2)

    def outline(self) -> list[LonLat]:
        """A closed line around all of it, against the clock: where it ends at the latest."""
        middle = self.middle
        hull = [middle.km(p) for p in self.corners]
        found = []
        for n, (x, y) in enumerate(hull):
            (x0, y0), (x1, y1) = hull[n - 1], hull[(n + 1) % len(hull)]
            start = math.atan2(y - y0, x - x0) - math.pi / 2
            end = math.atan2(y1 - y, x1 - x) - math.pi / 2
            if len(hull) == 1:
                start, end = 0.0, 2 * math.pi
            turn = (end - start) % (2 * math.pi) if len(hull) > 1 else end
            steps = max(1, math.ceil(turn / (math.pi / 18)))
            for step in range(steps + (len(hull) > 1)):
                a = start + turn * step / steps
                dx, dy = self.reach_km * math.cos(a), self.reach_km * math.sin(a)
                found.append(middle.lonlat(x + dx, y + dy))
        return [*found, found[0]]


def region(places: Sequence[LonLat], reach_km: float, bearing: str | None = None) -> Region:
    """The ground around some places, or on one side of them."""
    if bearing is not None:
        places = [point(place, BEARINGS[bearing], reach_km) for place in places]
    west, east = arc_around(p.lon for p in places)
    lats = [p.lat for p in places]
    middle = Projection((west + east) / 2, (min(lats) + max(lats)) / 2)
    spots = {middle.km(place): place for place in places}
    return Region(tuple(spots[spot] for spot in _hull(sorted(spots))), reach_km)


def reach_of(places: Sequence[LonLat], km2: float | None) -> float | None:
    """How far beyond the hull of some places an area of a size reaches; None if nothing says so.

    Without a size it is a fifth of the greatest distance between two of the places.
    """
    bare = region(places, 0.0)
    spots = [bare.middle.km(p) for p in bare.corners]
    around = sum(math.dist(a, b) for a, b in zip(spots, (*spots[1:], spots[0]), strict=True))
    if km2 is None:
        far = max((math.dist(a, b) for a in spots for b in spots), default=0.0)
        return far / 5 or None
    left = km2 - abs(_area(spots))
    least = 0.1 * math.sqrt(km2 / math.pi)
    if left <= 0:
        return least
    return max(least, (math.sqrt(around**2 + 4 * math.pi * left) - around) / (2 * math.pi))


GeoPoint = tuple[float, float]


def _hull(spots: list[GeoPoint]) -> list[GeoPoint]:
    """The convex hull of sorted points, against the clock (Andrew 1979)."""
    if len(spots) < 3:
        return spots
    lower, upper = _chain(spots), _chain(spots[::-1])
    return lower[:-1] + upper[:-1]


def _chain(spots: Sequence[GeoPoint]) -> list[GeoPoint]:
    found: list[GeoPoint] = []
    for spot in spots:
        while len(found) > 1 and _area([found[-2], found[-1], spot]) <= 0:
            found.pop()
        found.append(spot)
    return found


def _area(ring: Sequence[GeoPoint]) -> float:
    """Area within a ring, positive if it runs against the clock."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def polygons_at_180(ring: Sequence[LonLat]) -> list[list[LonLat]]:
    """A closed ring around convex ground in parts, none of which crosses 180° (RFC 7946, 3.1.9)."""
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        moved = [LonLat(p.lon + turn, p.lat) for p in ring[:-1]]
        for side, edge in ((1.0, -180.0), (-1.0, 180.0)):
            moved = _kept(moved, side, edge)
        if len(moved) > 2:
            parts.append([*moved, moved[0]])
    return parts


def _kept(ring: list[LonLat], side: float, edge: float) -> list[LonLat]:
    """The part of a ring east (1) or west (-1) of a meridian (Sutherland & Hodgman 1974)."""
    kept: list[LonLat] = []
    for a, b in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        da, db = (a.lon - edge) * side, (b.lon - edge) * side
        if da >= 0:
            kept.append(a)
        if da * db < 0:
            share = da / (da - db)
            kept.append(LonLat(edge, a.lat + (b.lat - a.lat) * share))
    return kept
