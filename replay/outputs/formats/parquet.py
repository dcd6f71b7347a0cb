"""Parquet for analysts: the features of the GeoJSON as typed columns, with GeoParquet geometry.

GeoParquet 1.1 (https://geoparquet.org): a column of well-known binary, described in the file's
metadata under `geo`; coordinates are longitude and latitude on WGS84.
"""

from __future__ import annotations

import json
import struct
from itertools import chain
from pathlib import Path
from typing import Any

from replay.foundation.errors import UsageError
from replay.foundation.geodesy import arc_around
from replay.outputs.formats.features import FACTS, Feature, features
from replay.outputs.formats.geojson import collection, shape_of
from replay.outputs.formats.registry import export_format
from replay.text.left_out import left_out_short
from replay.timeline.timeline import Timeline

Json = dict[str, Any]
MINUTE = 60_000
"""In milliseconds, which the timestamps count."""


@export_format(
    ".parquet", name="parquet", summary="Map features as typed columns, for analysis.", data=True
)
def parquet(timeline: Timeline, path: Path, progress: object = None) -> None:
    """One row a feature; `start` and `end` are timestamps without a zone, `end` not included.

    Raises UsageProblem U510 where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        hint = "pip install 'campaign-replay[parquet]', or write .csv"
        raise UsageError("U510", ".parquet files need pyarrow", hint) from None
    rows = [_row(timeline, feature) for feature in features(timeline)]
    about = collection(timeline) | {"features": len(rows)}
    shapes = [row.pop("shape") for row in rows]
    metadata = {
        "geo": json.dumps(_geo(shapes)),
        "replay": json.dumps(about, ensure_ascii=False),
    }
    pq.write_table(pa.Table.from_pylist(rows, schema=_schema(pa, metadata)), path)


def _row(timeline: Timeline, feature: Feature) -> Json:
    shape = shape_of(feature)
    start = None if feature.first is None else feature.first * MINUTE
    end = None if feature.last is None else (feature.last + 1) * MINUTE
    return {
        "id": feature.id,
        "feature": feature.feature,
        "of": feature.of,
        "name": feature.name,
        "title": feature.title,
        "start": start,
        "end": end,
        "edtf": feature.edtf,
        "when": feature.when,
        **feature.facts,
        "against": [_spelled(claim) for claim in feature.facts["against"]],
        "colour": feature.colour,
        "lens": timeline.lens.name,
        "known_on": timeline.known_on,
        "without_report_date": left_out_short(timeline) or None,
        "geometry": None if shape is None else _binary(shape),
        "shape": shape,
    }


def _spelled(claim: Json) -> Json:
    """A claim whose difference is one JSON text, as its shape is not that of all others."""
    return {**claim, "says": json.dumps(claim["says"], ensure_ascii=False)}


def _schema(pa: Any, metadata: dict[str, str]) -> Any:
    text, texts = pa.string(), pa.list_(pa.string())
    bounds = pa.struct([(bound, pa.float64()) for bound in ("low", "best", "high")])
    told = [
        "event",
        "type",
        "date",
        "source",
        "locator",
        "reporter",
        "via",
        "reported",
        "inherited_from",
        "note",
        "says",
    ]
    claims = pa.list_(pa.struct([(name, text) for name in told]))
    value = [("status", text), ("side", text), ("sides", texts), ("by", texts)]
    could = pa.list_(pa.struct(value))
    moment = pa.timestamp("ms")
    kinds = {
        "start": moment,
        "end": moment,
        "accuracy_km": pa.float64(),
        "geometry": pa.binary(),
        "sides": texts,
        "by": texts,
        "places": texts,
        "actors": texts,
        "could": could,
        "share": bounds,
        "amount": bounds,
        "because": claims,
        "against": claims,
        "pending": claims,
    }
    return pa.schema([(name, kinds.get(name, text)) for name in _COLUMNS], metadata=metadata)


_COLUMNS = (
    *("id", "feature", "of", "name", "title", "start", "end", "edtf", "when"),
    *FACTS,
    *("colour", "lens", "known_on", "without_report_date", "geometry"),
)


# --- geometry -----------------------------------------------------------------------------------

_CODES = {
    "Point": 1,
    "LineString": 2,
    "Polygon": 3,
    "MultiPoint": 4,
    "MultiLineString": 5,
    "MultiPolygon": 6,
}
_PARTS = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}


def _binary(shape: Json) -> bytes:
    """Well-known binary, little-endian (OGC 06-103r4, 8.2)."""
    kind, at = shape["type"], shape["coordinates"]
    head = struct.pack("<BI", 1, _CODES[kind])
    if kind == "Point":
        return head + struct.pack("<2d", *at)
    head += struct.pack("<I", len(at))
    if kind == "LineString":
        return head + struct.pack(f"<{2 * len(at)}d", *chain.from_iterable(at))
    if kind == "Polygon":
        rings = (
            struct.pack("<I", len(ring))
            + struct.pack(f"<{2 * len(ring)}d", *chain.from_iterable(ring))
            for ring in at
        )
        return head + b"".join(rings)
    part = _PARTS[kind]
    return head + b"".join(_binary({"type": part, "coordinates": one}) for one in at)


def _geo(shapes: list[Json | None]) -> Json:
    known = [shape for shape in shapes if shape is not None]
    column: Json = {
        "encoding": "WKB",
        "geometry_types": sorted({shape["type"] for shape in known}),
    }
    points = [at for shape in known for at in _points(shape)]
    if points:
        lons, lats = zip(*points, strict=True)
        west, east = arc_around(lons)
        column["bbox"] = [west, min(lats), east if east <= 180 else east - 360, max(lats)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _points(shape: Json) -> list[list[float]]:
    """All points of a shape, however deep they are in it."""
    found: list[Any] = [shape["coordinates"]]
    while found and isinstance(found[0][0], list):
        found = [inner for outer in found for inner in outer]
    return found
