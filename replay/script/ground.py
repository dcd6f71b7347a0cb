"""The ground of the map: borders, provinces, waters and roads, read from a GeoJSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from replay.geo import LonLat
from replay.problems import Problem, Problems, Spot
from replay.script.lines import located
from replay.script.text_file import read_text

Line: TypeAlias = tuple[LonLat, ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """A thing on the ground: closed paths for an area, open ones for a line."""

    layer: str
    name: str
    area: bool
    paths: tuple[Line, ...]
    source: str
    licence: str


def read_ground(path: Path, shown: str) -> tuple[Feature, ...]:
    """The features of a GeoJSON file (RFC 7946) that messages call `shown`.

    Raises Problems E101, E102 or E105 when it is none.
    """
    text = read_text(path, shown, hint="leave out what the map does not show")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"this is not JSON: {error.msg}"
        at = error.lineno, error.colno
        raise Problems([located("E101", what, text, shown, at, _MADE)]) from None
    except (RecursionError, ValueError):  # nested without end; a number without end
        raise Problems([Problem("E101", _NONE, Spot(shown, 1, 1), _MADE)]) from None
    raws = data.get("features") if isinstance(data, dict) else None
    if not isinstance(raws, list):
        raise Problems([Problem("E101", _NONE, Spot(shown, 1, 1), _MADE)])
    found = []
    for number, raw in enumerate(raws, 1):
        try:
            found.append(_feature(raw))
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
            what = f"feature {number} is no line and no area with its points"
            raise Problems([Problem("E101", what, Spot(shown, 1, 1), _LINES)]) from None
    return tuple(found)


_NONE = "the file is not GeoJSON: it has no list of features"
_MADE = "write the file anew with the program that made it"
_LINES = "keep features that are a LineString, a Polygon or several of them"


def _feature(raw: dict[str, Any]) -> Feature:
    about, shape = raw.get("properties") or {}, raw["geometry"]
    kind = shape["type"]
    return Feature(
        layer=str(about.get("layer", "")),
        name=str(about.get("name") or ""),
        area=kind.endswith("Polygon"),
        paths=tuple(_paths(kind, shape["coordinates"])),
        source=str(about.get("source") or ""),
        licence=str(about.get("licence") or ""),
    )


def _paths(kind: str, numbers: Any) -> Iterator[Line]:
    match kind:
        case "LineString":
            yield tuple(_point(p) for p in numbers)
        case "Polygon" | "MultiLineString":
            for path in numbers:
                yield from _paths("LineString", path)
        case "MultiPolygon":
            for polygon in numbers:
                yield from _paths("Polygon", polygon)
        case _:
            raise ValueError(f"a {kind} is neither a line nor an area")


def _point(numbers: Any) -> LonLat:
    lon, lat = float(numbers[0]), float(numbers[1])
    if not (-360 <= lon <= 360 and -90 <= lat <= 90):  # not a number, among others
        raise ValueError("a point beyond the world")
    return LonLat(lon, lat)
