"""GeoJSON for map programs: control, ground, presence and events, each with its span of time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from replay.facts.answers import question_json
from replay.foundation.geodesy import Located, LonLat, point, polygons_at_180, split_at_180
from replay.outputs.formats import moments
from replay.outputs.formats.features import Feature, features
from replay.outputs.formats.registry import export_format
from replay.text.left_out import left_out_short
from replay.timeline.timeline import Timeline

Json = dict[str, Any]

CORNERS = 72
"""Of the line that stands for a ring."""


@export_format(
    ".geojson", name="geojson", summary="Map features with their spans, for QGIS.", data=True
)
def geojson(timeline: Timeline, path: Path, progress: object = None) -> None:
    """A FeatureCollection (RFC 7946), one feature a line; `start` is in the span, `end` is not."""
    head = json.dumps(collection(timeline), ensure_ascii=False)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(head[:-1] + ', "features": [')
        comma = "\n"
        for feature in features(timeline):
            text = json.dumps(feature_json(timeline, feature), ensure_ascii=False, allow_nan=False)
            file.write(comma + text)
            comma = ",\n"
        file.write("\n]}\n")


def collection(timeline: Timeline) -> Json:
    """What stands before the features: GDAL takes `name` for that of the layer."""
    scenario = timeline.scenario
    return {
        "type": "FeatureCollection",
        "name": scenario.scenario,
        "title": scenario.title,
        **question_json(timeline),
        "window": scenario.window.text,
        "attribution": scenario.attribution,
        "licence": scenario.licence,
        "sources": {source.id: source.title for source in scenario.sources},
    }


def feature_json(timeline: Timeline, feature: Feature) -> Json:
    """A Feature; a property `when` in words, a member `when` as in GeoJSON-T.

    `endExclusive` is what Leaflet.timeline, folium's, asks for.
    """
    when = _timespans(feature)
    return {
        "type": "Feature",
        "id": feature.id,
        "properties": {
            "feature": feature.feature,
            "of": feature.of,
            "name": feature.name,
            "title": feature.title,
            "start": moments.start(feature.first),
            "end": moments.end(feature.last),
            "endExclusive": True,
            "edtf": feature.edtf,
            "when": feature.when,
            **feature.facts,
            "colour": feature.colour,
            "lens": timeline.lens.name,
            "known_on": timeline.known_on,
            "without_report_date": left_out_short(timeline) or None,
        },
        "geometry": shape_of(feature),
        **({"when": when} if when else {}),
    }


def _timespans(feature: Feature) -> Json | None:
    """GeoJSON-T: a span that lasts `in` its days, or for an event between which days it was."""
    if feature.last is None:
        return None
    begin = feature.last if feature.first is None else feature.first
    first, last = moments.ends(begin, feature.last)
    if feature.feature != "event" or (first == last and feature.first is not None):
        return {"timespans": [{"start": {"in": first}, "end": {"in": last}}]}
    bound = {"latest": last} if feature.first is None else {"earliest": first, "latest": last}
    return {"timespans": [{"start": bound, "end": bound}]}


def shape_of(feature: Feature) -> Json | None:
    """The geometry of a feature: that of an area without an outline is where it ends at most."""
    if feature.around is None:
        return geometry(feature.drawn)
    rings = [[[_lonlat(at) for at in ring]] for ring in polygons_at_180(feature.around.outline())]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def geometry(at: Iterable[Located]) -> Json | None:
    """A point, several points, or the line of a ring; nothing where it has no position.

    Of an event at several places those that are points are taken, if any are.
    """
    points = [_lonlat(located.at) for located in at if located.kind != "ring"]
    if len(points) > 1:
        return {"type": "MultiPoint", "coordinates": points}
    if points:
        return {"type": "Point", "coordinates": points[0]}
    rings = [located for located in at if located.kind == "ring"]
    if not rings:
        return None
    lines = ring(rings[0])
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def ring(located: Located) -> list[list[list[float]]]:
    """The places that lie at a distance from the centre: a closed line, against the clock.

    Several lines if it crosses 180° (RFC 7946, 3.1.9).
    """
    bearings = (-360.0 * n / CORNERS for n in range(CORNERS))
    line = [point(located.at, bearing, located.radius_km) for bearing in bearings]
    return [[_lonlat(at) for at in piece] for piece in split_at_180([*line, line[0]])]


def _lonlat(at: LonLat) -> list[float]:
    return [round(at.lon, 6), round(at.lat, 6)]
