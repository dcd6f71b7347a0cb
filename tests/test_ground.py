"""Geography files: what is read, what is left out and reported, what is refused with its cause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.analysis.check import check
from replay.layers import frame, picture
from replay.problems import Problems
from replay.run import run
from replay.scene import scene
from replay.script.ground import LAYERS, Ground, read_ground
from replay.script.load import load

EXTENT = (40.0, 33.0, 43.0, 35.0)
SCRIPT = """\
scenario: ground
title: Ground
window: 2001-05-01/2001-05-10
map: {extent: [40, 33, 43, 35], geography: ground.geojson}
sides: [{id: north, name: the North, letter: N}]
sources: [{id: paper, title: A paper}]
places: [{id: town, name: Town, position: {lat: 34.4, lon: 41.1, estimated: 10}}]
events:
  - {id: held, type: hold, date: 2001-05-01, place: town, by: north, summary: It holds Town.,
     claims: [{cite: paper p1}]}
"""
LINE = {"type": "LineString", "coordinates": [[41, 34], [41.2, 34.6]]}
RING = [[41, 34], [42, 34], [42, 34.5], [41, 34]]
AREA = {"type": "Polygon", "coordinates": [RING]}


def feature(geometry: Any, layer: str | None = "river", name: str = "Tigris") -> dict[str, Any]:
    about = {"name": name, "source": "me", "licence": "CC0"}
    if layer is not None:
        about["layer"] = layer
    return {"type": "Feature", "properties": about, "geometry": geometry}


def written(folder: Path, features: list[Any], **more: Any) -> Path:
    """A scenario with a geography file, a feature a line."""
    (folder / "scenario.yaml").write_text(SCRIPT, "utf-8")
    rows = ",\n".join(json.dumps(one) for one in features)
    members = "".join(f'"{key}": {json.dumps(value)}, ' for key, value in more.items())
    text = f'{{"type": "FeatureCollection", {members}"features": [\n{rows}\n]}}\n'
    (folder / "ground.geojson").write_text(text, "utf-8")
    return folder


def ground(folder: Path, features: list[Any]) -> Ground:
    written(folder, features)
    return read_ground(folder / "ground.geojson", "ground.geojson", EXTENT, "country")


def refused(folder: Path) -> list[str]:
    with pytest.raises(Problems) as raised:
        load(folder)
    assert {problem.code for problem in raised.value.problems} == {"E101"}
    return [f"{p.spot.line if p.spot else 0}: {p.message}: {p.hint}" for p in raised.value.problems]


def findings(folder: Path) -> list[str]:
    found = [f for f in check(folder).findings if f.code == "L404"]
    assert {f.of for f in found} <= {"geography"}
    return [f"{f.message}: {f.hint}" for f in found]


# --- read ---------------------------------------------------------------------------------------


def test_heights_collections_and_several_parts_are_read(tmp_path: Path) -> None:
    high = {"type": "LineString", "coordinates": [[41, 34, 120.5], [42, 34, 80]]}
    both = {"type": "GeometryCollection", "geometries": [LINE, AREA, {"type": "MultiLineString",
            "coordinates": [[[41, 33], [42, 33]]]}]}  # fmt: skip
    areas = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    found = ground(tmp_path, [feature(high), feature(both), feature(areas, "lake")])
    assert found.omitted == ()
    assert [(f.layer, f.area, len(f.paths)) for f in found.features] == [
        ("river", False, 1),
        ("river", True, 1),
        ("river", False, 2),
        ("lake", True, 2),
    ]
    assert found.features[0].paths[0] == ((41, 34), (42, 34))


def test_a_single_feature_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "one.geojson"
    path.write_text(json.dumps(feature(LINE)), "utf-8")
    assert len(read_ground(path, "one.geojson").features) == 1


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "EPSG:4258"],
)
def test_systems_of_longitude_and_latitude_are_read(tmp_path: Path, name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert load(written(tmp_path, [feature(LINE)], crs=crs))


@pytest.mark.parametrize("layer", LAYERS)
def test_every_known_layer_is_drawn(tmp_path: Path, layer: str) -> None:
    without = run(written(tmp_path, [feature(AREA, "lake", "")]))
    bare = list(picture(scene(without, 0), frame(without), ("land",)).items)
    more = run(written(tmp_path, [feature(AREA, "lake", ""), feature(AREA, layer, "Z")]))
    assert list(picture(scene(more, 0), frame(more), ("land",)).items) != bare
    assert findings(tmp_path) == []


# --- left out and reported ----------------------------------------------------------------------


def test_features_that_are_not_drawn_are_reported_with_number_name_and_reason(
    tmp_path: Path,
) -> None:
    far = {"type": "LineString", "coordinates": [[-70, 10], [-71, 11]]}
    dot = {"type": "Point", "coordinates": [41, 34]}
    short = {"type": "LineString", "coordinates": [[41, 34]]}
    folder = written(
        tmp_path,
        [
            feature(None, name="Nothing"),
            feature(LINE),
            feature(LINE, None, "Euphrates"),
            feature(LINE, "rivers", "Khabur"),
            feature(LINE, None, ""),
            feature(dot, name="A well"),
            feature(short),
            feature(LINE, "country", "Iraq"),
            feature(far, name="Orinoco"),
            feature({"type": "GeometryCollection", "geometries": []}, name="Empty"),
        ],
    )
    assert findings(folder) == [
        "ground.geojson: no map draws features 1 (Nothing), 10 (Empty): no geometry: delete it, or"
        " draw it in the program that made the file",
        "ground.geojson: no map draws features 3 (Euphrates), 5: the property `layer` is missing:"
        f" write one of {', '.join(LAYERS)}",
        "ground.geojson: no map draws feature 4 (Khabur): there is no layer 'rivers': did you mean"
        " 'river'?",
        "ground.geojson: no map draws feature 6 (A well): points only: a point belongs among the"
        " script's `places:`",
        "ground.geojson: no map draws feature 7 (Tigris): too few points for a line or an area:"
        " delete it, or draw it again",
        "ground.geojson: no map draws feature 8 (Iraq): the layer 'country' is of areas: draw it as"
        " a polygon",
        "ground.geojson: no map draws feature 9 (Orinoco): far outside the map's extent: delete it,"
        " or correct `extent:`",
    ]
    script = SCRIPT + "acknowledge: [{code: L404, of: geography, reason: a download}]\n"
    (folder / "scenario.yaml").write_text(script, "utf-8")
    assert findings(folder) == []
    assert len([f for f in check(folder).acknowledged if f.code == "L404"]) == 7


def test_many_features_of_one_kind_are_one_finding(tmp_path: Path) -> None:
    [found] = findings(written(tmp_path, [feature(LINE, None, "") for _ in range(200)]))
    assert "features 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 188 other features" in found


def test_the_layer_of_borders_that_the_script_names_is_known(tmp_path: Path) -> None:
    folder = written(tmp_path, [feature(AREA, "frontier")])
    assert len(findings(folder)) == 1
    script = SCRIPT.replace("ground.geojson}", "ground.geojson, borders: frontier}")
    (folder / "scenario.yaml").write_text(script, "utf-8")
    assert findings(folder) == []


@given(st.lists(st.sampled_from(["river", "lake", "rivers", None, "null"]), max_size=8))
def test_every_feature_is_drawn_or_reported(
    tmp_path_factory: pytest.TempPathFactory, layers: list[str | None]
) -> None:
    made = [feature(None if layer == "null" else AREA, layer) for layer in layers]
    found = ground(tmp_path_factory.mktemp("g"), made)
    assert len(found.features) + len(found.omitted) == len(layers)
    reported = {one.number for one in found.omitted}
    assert reported == {n for n, layer in enumerate(layers, 1) if layer not in LAYERS}


# --- refused ------------------------------------------------------------------------------------


def test_another_reference_system_is_named(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    metres = {"type": "LineString", "coordinates": [[4564000, 4070000], [4590000, 4100000]]}
    [told] = refused(written(tmp_path, [feature(metres)], crs=crs))
    assert "'urn:ogc:def:crs:EPSG::3857'" in told
    assert "EPSG:4326" in told


def test_metres_are_recognised_without_a_reference_system(tmp_path: Path) -> None:
    metres = {"type": "LineString", "coordinates": [[4564000, 4070000], [4590000, 4100000]]}
    [told] = refused(written(tmp_path, [feature(LINE), feature(metres, name="Khabur")]))
    assert told.startswith("3: feature 2 (Khabur) has coordinates such as 4564000, 4070000")
    assert "EPSG:4326" in told


def test_latitude_before_longitude_is_recognised(tmp_path: Path) -> None:
    swapped = {"type": "LineString", "coordinates": [[34, 41], [34.6, 41.2]]}
    [told] = refused(written(tmp_path, [feature(swapped)]))
    assert "latitude first" in told
    assert "longitude before latitude" in told
    beyond = {"type": "LineString", "coordinates": [[34, 141], [35, 142]]}
    [told] = refused(written(tmp_path, [feature(beyond)]))
    assert "feature 1 (Tigris) has latitude before longitude, as in 34, 141" in told


def test_each_damaged_feature_is_named_at_its_line(tmp_path: Path) -> None:
    bad = {"type": "LineString", "coordinates": [["x", "y"]]}
    odd = {"type": "Circle", "coordinates": []}
    told = refused(written(tmp_path, [feature(bad), feature(LINE), feature(odd, name="Round")]))
    assert told[0].startswith("2: feature 1 (Tigris) has coordinates that are not pairs of numbers")
    assert told[1].startswith("4: feature 3 (Round) has a geometry of the type 'Circle'")
