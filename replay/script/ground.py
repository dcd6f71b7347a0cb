"""The ground of the map: borders, provinces, waters and roads, read from a GeoJSON file.

Files from QGIS and other programs are read as they come: with a third coordinate, with collections
of geometries, with features that have no geometry. What cannot be drawn is left out and counted;
what is certainly wrong (another reference system, latitude before longitude) is refused.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from replay.foundation.errors import Problem, ScenarioError, SourceSpan, quoted
from replay.foundation.geodesy import LonLat
from replay.model import Scenario
from replay.script.lines import located
from replay.script.text_file import read_text

GroundLine: TypeAlias = tuple[LonLat, ...]
GroundExtent: TypeAlias = tuple[float, float, float, float]
Json: TypeAlias = dict[str, Any]

GROUND_LAYERS: dict[str, Literal["areas", "lines or areas"]] = {
    "country": "areas",
    "province": "areas",
    "lake": "areas",
    "river": "lines or areas",
    "road": "lines or areas",
    "border": "lines or areas",
    "province_border": "lines or areas",
}
"""The layers that maps draw, and of which geometries."""

Reason = Literal["no geometry", "points", "too few points", "no layer", "layer", "kind", "outside"]
"""Why a feature is not drawn."""


@dataclass(frozen=True, slots=True)
class GroundFeature:
    """A thing on the ground: closed paths for an area, open ones for a line."""

    layer: str
    name: str
    area: bool
    paths: tuple[GroundLine, ...]
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Omitted:
    """A feature of the file that no map draws: its number, counted from 1, and why."""

    number: int
    name: str
    reason: Reason
    detail: str = ""
    """The layer or the geometry that it has."""


@dataclass(frozen=True, slots=True)
class GroundFile:
    """What a geography file holds."""

    features: tuple[GroundFeature, ...]
    omitted: tuple[Omitted, ...]


def read_ground(
    path: Path, shown: str, extent: GroundExtent | None = None, borders: str = ""
) -> GroundFile:
    """The features of a GeoJSON file (RFC 7946) that messages call `shown`.

    `extent` is what the map shows, west, south, east, north, and `borders` another layer that the
    script names. Raises ScenarioError E101, E102 or E105 if the file cannot be read.
    """
    text = read_text(path, shown, hint="leave out what the map does not show")
    raws = _raw_features(text, shown)
    read: list[tuple[int, GroundFeature]] = []
    omitted: list[Omitted] = []
    wrong: list[Problem] = []
    for number, raw in enumerate(raws, 1):
        try:
            for found in _features(raw, number):
                if isinstance(found, Omitted):
                    omitted.append(found)
                else:
                    read.append((number, found))
        except _Wrong as error:
            at = (_line_of(text, number), 1)
            wrong.append(located("E101", error.what, text, shown, at, error.hint))
    if not wrong and extent is not None and _swapped([f for _, f in read], extent):
        what = "the coordinates have latitude first, so that none of them is on the map"
        wrong.append(Problem("E101", what, SourceSpan(shown, 1, 1), _LONGITUDE_FIRST))
    if wrong:
        raise ScenarioError(wrong[:MOST_WRONG])
    kept: list[GroundFeature] = []
    for number, feature in read:
        why = _unfit(number, feature, extent, borders)
        if why is None:
            kept.append(feature)
        else:
            omitted.append(why)
    return GroundFile(tuple(kept), tuple(sorted(omitted, key=lambda one: one.number)))


def read_ground_file(scenario: Scenario) -> GroundFile:
    """The ground of a scenario's map; empty without a geography file. Raises ScenarioError E101."""
    shown = scenario.map
    if shown is None or shown.geography is None or scenario.folder is None:
        return GroundFile((), ())
    path = scenario.folder / shown.geography
    return read_ground(path, shown.geography, shown.extent, shown.borders)


MOST_WRONG = 10
"""Features that are wrong of which there is a message; others are likely to be alike."""
_NONE = "the file is not GeoJSON: it has no list of features"
_MADE = "export the file again from the program that made it"
_LONGITUDE_FIRST = "write longitude before latitude (RFC 7946, 3.1.1); in QGIS choose EPSG:4326"
_DEGREES = "export the layer again with the reference system EPSG:4326 (WGS 84, in degrees)"


class _Wrong(Exception):
    """What is certainly wrong with a feature, and what to do about it."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


# --- the file -----------------------------------------------------------------------------------


def _raw_features(text: str, shown: str) -> list[Any]:
    """The features as they are written. Raises ScenarioError E101 if there are none."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"the file is not JSON: {error.msg}"
        at = error.lineno, error.colno
        raise ScenarioError([located("E101", what, text, shown, at, _MADE)]) from None
    except (RecursionError, ValueError):  # nested without end; a number without end
        raise ScenarioError([Problem("E101", _NONE, SourceSpan(shown, 1, 1), _MADE)]) from None
    if isinstance(data, dict) and data.get("type") == "Feature":
        return [data]
    raws = data.get("features") if isinstance(data, dict) else None
    if not isinstance(raws, list):
        raise ScenarioError([Problem("E101", _NONE, SourceSpan(shown, 1, 1), _MADE)])
    other = _other_system(data.get("crs"))
    if other:
        what = f"the coordinates are in the reference system {quoted(other)}, not in degrees"
        raise ScenarioError([Problem("E101", what, SourceSpan(shown, 1, 1), _DEGREES)])
    return raws


_DEGREES_OF = re.compile(r"(^|[:/])(CRS84h?|4326|4979|4258|4269|WGS ?84)$", re.IGNORECASE)
"""Names of systems of longitude and latitude that agree to a metre or so."""


def _other_system(crs: Any) -> str | None:
    """The name of a reference system that is not longitude and latitude, if the file has one."""
    if not isinstance(crs, dict):
        return None
    properties = crs.get("properties")
    name = str(properties.get("name") or "") if isinstance(properties, dict) else ""
    return None if not name or _DEGREES_OF.search(name.strip()) else name


def _line_of(text: str, number: int) -> int:
    """The line in which a feature begins; 1 if the file is too unusual to find it."""
    decoder, start = json.JSONDecoder(), re.search(r'"features"\s*:\s*\[', text)
    if start is None:
        return 1
    at = _BETWEEN.match(text, start.end()).end()  # type: ignore[union-attr]
    try:
        for _ in range(1, number):
            at = _BETWEEN.match(text, decoder.raw_decode(text, at)[1]).end()  # type: ignore[union-attr]
    except (ValueError, RecursionError):
        return 1
    return text.count("\n", 0, at) + 1


_BETWEEN = re.compile(r"[\s,]*")
"""What is between two features; it matches everywhere."""


# --- features -----------------------------------------------------------------------------------


def _features(raw: Any, number: int) -> Iterator[GroundFeature | Omitted]:
    """What a feature has to draw: an area, lines, both of a collection, or nothing and why."""
    if not isinstance(raw, dict) or not isinstance(raw.get("properties") or {}, dict):
        raise _Wrong(f"feature {number} has no properties and no geometry", _MADE)
    about: Json = raw.get("properties") or {}
    name = str(about.get("name") or "")
    geometry = raw.get("geometry")
    if geometry is None:
        yield Omitted(number, name, "no geometry")
        return
    who = f"feature {number} ({name})" if name else f"feature {number}"
    lines: list[GroundLine] = []
    rings: list[GroundLine] = []
    points = _collect(geometry, who, lines, rings)
    for area, paths, least in ((True, rings, 3), (False, lines, 2)):
        whole = tuple(path for path in paths if len(path) >= least)
        if whole:
            layer = str(about.get("layer") or "")
            origin = str(about.get("source") or ""), str(about.get("licence") or "")
            yield GroundFeature(layer, name, area, whole, *origin)
        elif paths:
            yield Omitted(number, name, "too few points")
    if not lines and not rings:
        yield Omitted(number, name, "points" if points else "no geometry")


def _collect(
    geometry: Any, who: str, lines: list[GroundLine], rings: list[GroundLine], depth: int = 0
) -> bool:
    """Add the lines and rings of a geometry to some; whether it also has points."""
    try:
        kind = geometry["type"]
        if kind == "GeometryCollection" and depth < DEEPEST_GEOMETRY:
            parts = [_collect(one, who, lines, rings, depth + 1) for one in geometry["geometries"]]
            return any(parts)
        at = geometry["coordinates"]
        match kind:
            case "Point" | "MultiPoint":
                return True
            case "LineString":
                lines.append(_line(at, who))
            case "MultiLineString":
                lines += [_line(one, who) for one in at]
            case "Polygon":
                rings += [_line(one, who) for one in at]
            case "MultiPolygon":
                rings += [_line(ring, who) for polygon in at for ring in polygon]
            case _:
                what = f"{who} has a geometry of the type {quoted(str(kind)[:40])}"
                raise _Wrong(what, "GeoJSON has lines, polygons, and collections of them")
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        raise _Wrong(f"{who} has coordinates that are not pairs of numbers", _MADE) from None
    return False


DEEPEST_GEOMETRY = 8
"""Collections in each other, beyond which a file is not meant to be drawn."""


def _line(numbers: Any, who: str) -> GroundLine:
    return tuple(_point(p, who) for p in numbers)


def _point(numbers: Any, who: str) -> LonLat:
    """Longitude and latitude; a height after them is left out."""
    lon, lat = float(numbers[0]), float(numbers[1])
    if -360 <= lon <= 360 and -90 <= lat <= 90:
        return LonLat(lon, lat)
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise ValueError("not a number")
    pair = f"{lon:.7g}, {lat:.7g}"
    if -90 <= lon <= 90 and -360 <= lat <= 360:
        what = f"{who} has latitude before longitude, as in {pair}"
        raise _Wrong(what, _LONGITUDE_FIRST)
    what = f"{who} has coordinates like {pair}, which are not degrees but perhaps metres"
    raise _Wrong(what, _DEGREES)


# --- what is not drawn --------------------------------------------------------------------------


def _unfit(
    number: int, feature: GroundFeature, extent: GroundExtent | None, borders: str
) -> Omitted | None:
    """Why a feature is not drawn, if it is not."""
    if not feature.layer:
        return Omitted(number, feature.name, "no layer")
    if feature.layer != borders and feature.layer not in GROUND_LAYERS:
        return Omitted(number, feature.name, "layer", feature.layer)
    if not feature.area and (feature.layer == borders or GROUND_LAYERS[feature.layer] == "areas"):
        return Omitted(number, feature.name, "kind", feature.layer)
    if extent is not None and not _near(feature, extent):
        return Omitted(number, feature.name, "outside")
    return None


def _near(feature: GroundFeature, extent: GroundExtent) -> bool:
    """Whether a feature is on the map or so near that its margins may show it."""
    west, south, east, north = extent
    east += 360 if east < west else 0
    wide, tall = max(east - west, 0.1) * MARGIN, max(north - south, 0.1) * MARGIN
    for path in feature.paths:
        lats = [p.lat for p in path]
        if max(lats) < south - tall or min(lats) > north + tall:
            continue
        lons = [p.lon for p in path]
        low, high = min(lons), max(lons)
        if any(low + turn <= east + wide and high + turn >= west - wide for turn in (0, -360, 360)):
            return True
    return False


MARGIN = 3.0
"""How far beyond its extent a map may show the ground, in widths and heights of the extent."""


def _swapped(features: list[GroundFeature], extent: GroundExtent) -> bool:
    """Whether no point is on the map, but many are if latitude and longitude change places."""
    west, south, east, north = extent
    east += 360 if east < west else 0

    def inside(lon: float, lat: float) -> bool:
        return south <= lat <= north and any(west <= lon + turn <= east for turn in (0, 360))

    points = [p for feature in features for path in feature.paths for p in path]
    if not points or any(inside(p.lon, p.lat) for p in points):
        return False
    return sum(inside(p.lat, p.lon) for p in points) > len(points) / 4
