"""The ground of the map: borders, provinces, waters and roads from a scenario's GeoJSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from replay.geo import LonLat
from replay.model import Scenario
from replay.problems import Problem, Problems

Path = tuple[LonLat, ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """A thing on the ground: closed paths for an area, open ones for a line."""

    layer: str
    name: str
    area: bool
    paths: tuple[Path, ...]
    source: str
    licence: str


def features(scenario: Scenario) -> tuple[Feature, ...]:
    """What the scenario's geography file holds; nothing where it names none.

    Raises Problems E101 when the file cannot be read as GeoJSON (RFC 7946).
    """
    named = scenario.map.geography if scenario.map else None
    if named is None or scenario.folder is None:
        return ()
    file = scenario.folder / named
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return tuple(_feature(raw) for raw in data["features"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        what = f"the geography {named!r} cannot be read as GeoJSON: {error or type(error).__name__}"
        raise Problems([Problem("E101", what)]) from None


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


def _paths(kind: str, numbers: Any) -> Iterator[Path]:
    match kind:
        case "LineString":
            yield tuple(LonLat(float(p[0]), float(p[1])) for p in numbers)
        case "Polygon" | "MultiLineString":
            for path in numbers:
                yield from _paths("LineString", path)
        case "MultiPolygon":
            for polygon in numbers:
                yield from _paths("Polygon", polygon)
        case _:
            raise ValueError(f"a {kind} is neither a line nor an area")
