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


def spread(bearing: str) -> float:
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
        distance_km(at, point(start.at, degrees + side * spread(bearing), km * length))
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
