"""KML for Google Earth and others: a folder for each kind of feature, each with its TimeSpan.

Schema: OGC KML 2.2 (07-147r2). It does not say whether the end of a TimeSpan belongs to it, and
programs show a feature at both of its ends; so each ends with the last second of its last day,
and of two that touch only one is ever shown.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from replay.foundation.geodesy import Located, Region, polygons_at_180
from replay.outputs.formats import moments
from replay.outputs.formats.balloons import about, paragraphs, told
from replay.outputs.formats.features import Feature, features
from replay.outputs.formats.geojson import ring
from replay.outputs.formats.registry import export_format
from replay.outputs.formats.tints import tint
from replay.text.left_out import left_out_short
from replay.timeline.timeline import Timeline

NAMESPACE = "http://www.opengis.net/kml/2.2"
ICON = "http://maps.google.com/mapfiles/kml/shapes/placemark_circle.png"
"""A white disk of Google Earth's own, which takes on any colour."""

FOLDERS = {
    "control": "Who holds what",
    "ground": "Ground cleared",
    "presence": "Where forces were documented",
    "event": "Events",
    "undated": "Events without a day",
}
SHOWN = ("control", "ground", "undated")
"""Folders that are switched on when the file is opened."""


@export_format(
    ".kml", name="kml", summary="Placemarks with their spans, for Google Earth.", data=True
)
def kml(timeline: Timeline, path: Path, progress: object = None) -> None:
    """KML 2.2 in UTF-8. Raises UsageProblem U512 for a window with years that KML lacks."""
    moments.only_common_era(timeline, ".kml")
    root = Element("kml", xmlns=NAMESPACE)
    document = SubElement(root, "Document")
    _say(document, "name", timeline.scenario.title)
    _say(document, "description", paragraphs(about(timeline)))
    found: dict[str, list[Feature]] = {folder: [] for folder in FOLDERS}
    for feature in features(timeline):
        found["undated" if feature.last is None else feature.feature].append(feature)
    colours = {_style(timeline, f): f for members in found.values() for f in members}
    for name in sorted(colours):
        _add_style(document, name)
    for kind, members in found.items():
        if members:
            _add_folder(document, timeline, kind, members)
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    declared = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
    path.write_bytes(declared.encode("utf-8"))


# --- styles -------------------------------------------------------------------------------------


def _style(timeline: Timeline, feature: Feature) -> str:
    """The name of a style, which is what it looks like: its colour, its size, its doubt."""
    red, green, blue = tint(timeline.scenario, feature)
    doubt = "-disputed" if feature.facts["mark"] == "disputed" else ""
    small = "" if feature.feature == "control" else "-small"
    area = "-area" if feature.around is not None else ""
    return f"c{blue:02x}{green:02x}{red:02x}{small}{doubt}{area}"


def _add_style(document: Element, name: str) -> None:
    colour, *rest = name[1:].split("-")
    style = SubElement(document, "Style", id=name)
    icon = SubElement(style, "IconStyle")
    _say(icon, "color", f"ff{colour}")
    _say(icon, "scale", "0.6" if "small" in rest else "1.0")
    _say(SubElement(icon, "Icon"), "href", ICON)
    label = SubElement(style, "LabelStyle")
    _say(label, "scale", "0" if "small" in rest else "0.8")
    line = SubElement(style, "LineStyle")
    _say(line, "color", f"ff{colour}")
    _say(line, "width", "4" if "disputed" in rest else "2")
    if "area" in rest:  # no outline, as nobody gives one
        fill = SubElement(style, "PolyStyle")
        _say(fill, "color", f"44{colour}")
        _say(fill, "outline", "0")


# --- placemarks ---------------------------------------------------------------------------------


def _add_folder(parent: Element, timeline: Timeline, kind: str, members: list[Feature]) -> None:
    folder = SubElement(parent, "Folder")
    _say(folder, "name", FOLDERS[kind])
    shown = "1" if kind in SHOWN else "0"
    _say(folder, "visibility", shown)
    for feature in members:
        _add_placemark(folder, timeline, feature, shown)


def _add_placemark(folder: Element, timeline: Timeline, feature: Feature, shown: str) -> None:
    placemark = SubElement(folder, "Placemark")
    doubt = {"possible": " ?", "disputed": " ≠"}.get(feature.facts["mark"] or "", "")
    _say(placemark, "name", feature.name + doubt)
    _say(placemark, "visibility", shown)
    _say(placemark, "description", paragraphs(told(feature)))
    _add_span(placemark, feature)
    _say(placemark, "styleUrl", f"#{_style(timeline, feature)}")
    extended = SubElement(placemark, "ExtendedData")
    for key, value in _data(timeline, feature).items():
        _say(SubElement(extended, "Data", name=key), "value", value)
    if feature.around is not None:
        _add_area(placemark, feature.around)
    else:
        _add_geometry(placemark, feature.drawn)


def _add_span(placemark: Element, feature: Feature) -> None:
    if feature.last is None:
        return
    span = SubElement(placemark, "TimeSpan")
    begin = moments.start(feature.first)
    if begin is not None:
        _say(span, "begin", f"{begin}Z")
    _say(span, "end", f"{moments.last_second(feature.last)}Z")


def _data(timeline: Timeline, feature: Feature) -> dict[str, str]:
    """What GeoJSON has as properties; lists and objects as JSON, what is nothing left out."""
    facts: dict[str, Any] = {
        "id": feature.id,
        "feature": feature.feature,
        "of": feature.of,
        "title": feature.title,
        "edtf": feature.edtf,
        "when": feature.when,
        **feature.facts,
        "lens": timeline.lens.name,
        "known_on": timeline.known_on,
        "without_report_date": left_out_short(timeline) or None,
    }
    return {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in facts.items()
        if value is not None and value != []
    }


def _add_area(placemark: Element, around: Region) -> None:
    """Where an area without an outline ends at most."""
    rings = polygons_at_180(around.outline())
    parent = SubElement(placemark, "MultiGeometry") if len(rings) > 1 else placemark
    for corners in rings:
        spelled = " ".join(f"{round(at.lon, 6)},{round(at.lat, 6)}" for at in corners)
        outer = SubElement(SubElement(parent, "Polygon"), "outerBoundaryIs")
        _say(SubElement(outer, "LinearRing"), "coordinates", spelled)


def _add_geometry(placemark: Element, at: tuple[Located, ...]) -> None:
    points = [located for located in at if located.kind != "ring"]
    if not points and at:
        lines = ring(at[0])
        parent = SubElement(placemark, "MultiGeometry") if len(lines) > 1 else placemark
        for line in lines:
            spelled = " ".join(f"{lon},{lat}" for lon, lat in line)
            _say(SubElement(parent, "LineString"), "coordinates", spelled)
        return
    parent = SubElement(placemark, "MultiGeometry") if len(points) > 1 else placemark
    for located in points:
        spelled = f"{round(located.at.lon, 6)},{round(located.at.lat, 6)}"
        _say(SubElement(parent, "Point"), "coordinates", spelled)


_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _say(parent: Element, tag: str, text: str) -> None:
    """An element with a text; characters that XML 1.0 cannot hold become a replacement mark."""
    SubElement(parent, tag).text = _NO_XML.sub("\ufffd", text)
