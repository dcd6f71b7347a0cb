"""CZML for Cesium: a packet for each place and force, whose looks and words change with time.

CZML 1.0 (the CZML Guide of the project czml-writer). Of two intervals that touch, Cesium takes the
later one at the moment that they share, as the later packet of a property wins.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from replay.outputs.formats import moments
from replay.outputs.formats.balloons import about, paragraphs, told
from replay.outputs.formats.features import Feature, features
from replay.outputs.formats.geojson import ring
from replay.outputs.formats.registry import export_format
from replay.outputs.formats.tints import tint
from replay.text.left_out import left_out_short
from replay.timeline.timeline import Timeline

Json = dict[str, Any]

DAYS_A_SECOND = 2
"""How fast the clock runs when the file is opened."""


@export_format(
    ".czml", name="czml", summary="Packets that change with time, for Cesium.", data=True
)
def czml(timeline: Timeline, path: Path, progress: object = None) -> None:
    """One packet a line. Raises UsageProblem U512 for a window with years that CZML lacks."""
    moments.only_common_era(timeline, ".czml")
    lines = (json.dumps(p, ensure_ascii=False, allow_nan=False) for p in packets(timeline))
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")


def packets(timeline: Timeline) -> Iterator[Json]:
    """The document, then a packet for each thing with all its features, then one for each event."""
    yield _document(timeline)
    for _, members in groupby(features(timeline), key=_thing):
        yield _packet(timeline, list(members))


def _thing(feature: Feature) -> tuple[str, ...]:
    """What a packet is of: a presence is of a force at one place."""
    return feature.feature, feature.of, *feature.facts["places"]


def _document(timeline: Timeline) -> Json:
    scenario = timeline.scenario
    calendar = scenario.calendar
    window = _interval(timeline, calendar.origin, calendar.end(calendar.ticks - 1))
    return {
        "id": "document",
        "name": scenario.title,
        "version": "1.0",
        "description": paragraphs(about(timeline)),
        "clock": {
            "interval": window,
            "currentTime": window.partition("/")[0],
            "multiplier": DAYS_A_SECOND * 86400,
            "range": "CLAMPED",
            "step": "SYSTEM_CLOCK_MULTIPLIER",
        },
    }


def _interval(timeline: Timeline, first: int | None, last: int) -> str:
    """The first moment of a span and the first after it; an open beginning is the window's."""
    origin = timeline.scenario.calendar.origin
    begin = moments.start(min(origin if first is None else first, last))
    return f"{begin}Z/{moments.end(last)}Z"


def _packet(timeline: Timeline, members: list[Feature]) -> Json:
    first = members[0]
    spans = [feature for feature in members if feature.last is not None]
    packet: Json = {
        "id": ":".join(_thing(first)),
        "name": first.name if first.feature != "event" else first.title,
        "description": _over_time(timeline, members, "string", lambda f: paragraphs(told(f))),
        "properties": _properties(timeline, members),
    }
    if not spans:
        return packet
    packet["availability"] = _available(timeline, spans)
    return packet | _drawn(timeline, spans)


def _available(timeline: Timeline, spans: list[Feature]) -> list[str]:
    """The intervals of the spans, those that touch made one."""
    found: list[tuple[int | None, int]] = []
    for feature in spans:
        assert feature.last is not None
        if found and feature.first == found[-1][1] + 1:
            found[-1] = (found[-1][0], feature.last)
        else:
            found.append((feature.first, feature.last))
    return [_interval(timeline, first, last) for first, last in found]


def _drawn(timeline: Timeline, spans: list[Feature]) -> Json:
    """A disk with a name at the first position; the line of a ring; nothing without a position."""
    first = spans[0]
    points = [located for located in first.drawn if located.kind != "ring"]
    colours = _over_time(timeline, spans, "rgba", lambda f: [*tint(timeline.scenario, f), 255])
    colour = colours if len(spans) > 1 else {"rgba": colours}
    if points:
        lon, lat = round(points[0].at.lon, 6), round(points[0].at.lat, 6)
        place = first.feature == "control"
        point: Json = {"pixelSize": 12 if place else 7, "color": colour}
        point |= {"outlineColor": {"rgba": [255, 255, 255, 255]}, "outlineWidth": 1}
        label: Json = {"text": first.name, "font": "13px sans-serif"}
        label |= {"pixelOffset": {"cartesian2": [0, -18]}}
        shown: Json = {"position": {"cartographicDegrees": [lon, lat, 0]}, "point": point}
        return shown | ({"label": label} if place else {})
    if first.drawn:
        whole = (at for line in ring(first.drawn[0]) for at in line)  # Cesium goes the short way
        flat = [number for lon, lat in whole for number in (lon, lat, 0)]
        line: Json = {"positions": {"cartographicDegrees": flat}, "width": 2, "clampToGround": True}
        return {"polyline": line | {"material": {"solidColor": {"color": colour}}}}
    return {}


# --- values over time ---------------------------------------------------------------------------


def _over_time(timeline: Timeline, members: list[Feature], kind: str, value: Any) -> Any:
    """A value for each member's interval; the value alone where there is one member."""
    if len(members) == 1:
        return value(members[0])
    return [
        {"interval": _interval(timeline, f.first, f.last), kind: value(f)}
        for f in members
        if f.last is not None
    ]


def _properties(timeline: Timeline, members: list[Feature]) -> Json:
    """What GeoJSON has as properties; what changes is given for each interval."""
    first = members[0]
    fixed: Json = {"feature": first.feature, "of": first.of, "lens": timeline.lens.name}
    fixed |= {"known_on": timeline.known_on or "", "accuracy_km": first.facts["accuracy_km"] or 0}
    fixed["without_report_date"] = left_out_short(timeline)
    fixed["position"] = first.facts["position"] or ""
    for key in ("status", "side", "mark", "since"):
        fixed[key] = _over_time(timeline, members, "string", lambda f, k=key: f.facts[k] or "")
    fixed["edtf"] = _over_time(timeline, members, "string", lambda f: f.edtf or "")
    for key in ("could", "because", "against", "pending"):
        fixed[key] = _over_time(timeline, members, "string", lambda f, k=key: _text(f.facts[k]))
    return fixed


def _text(claims: list[Json]) -> str:
    return json.dumps(claims, ensure_ascii=False)
