"""Maps across 180°: a campaign looks there as it would look anywhere else."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.foundation.errors import ScenarioError
from replay.foundation.geodesy import (
    Located,
    LonLat,
    Projection,
    arc_around,
    distance_km,
    point,
    split_at_180,
)
from replay.outputs.formats import export
from replay.outputs.formats.geojson import geometry
from replay.outputs.rendering import draw
from replay.picture.items import Box, Line, Picture, Shape, Symbol, Text
from replay.picture.layers import frame, picture
from replay.picture.layers.window import extent_of_map, window
from replay.pipeline import run
from replay.scene import scene
from replay.script.load import load
from replay.timeline.timeline import Timeline

SCRIPT = """\
scenario: pacific
title: An ocean
window: 1942-06-01/1942-06-10
{map}sides:
  - {{id: us, name: United States, letter: U, colour: blue}}
  - {{id: jp, name: Japan, letter: J, colour: red}}
forces:
  - {{id: tf, name: Task Force 16, side: us}}
  - {{id: kido, name: Kido Butai, side: jp}}
sources: [{{id: book, title: A book}}]
places:
  - {{id: midway, name: Midway, kind: base, position: {{lat: 28.2, lon: {midway}, estimated: 10}}}}
  - {{id: wake, name: Wake Island, kind: base, position: {{lat: 19.3, lon: {wake}, estimated: 10}}}}
  - {{id: suva, name: Suva, kind: town, position: {{lat: -18.1, lon: {suva}, estimated: 10}}}}
  - {{id: taveuni, name: Taveuni, kind: town, position: {{lat: -16.8, lon: {tav}, estimated: 10}}}}
  - {{id: pearl, name: Pearl Harbor, kind: base, position: {{lat: 21.4, lon: {pearl}, estimated: 10}}}}
  - {{id: luck, name: Point Luck, position: {{from: midway, km: 600, bearing: north-east}}}}
  - {{id: westof, name: West of Midway, position: {{from: midway, km: 700, bearing: west}}}}
  - {{id: ring, name: A lagoon, position: {{from: taveuni, km: 300}}}}
operations:
  - {{id: mi, name: Operation MI, side: jp, axes: [{{name: from Wake, from: wake, to: midway}}]}}
events:
  - {{id: a, type: hold, date: 1942-05, place: [midway, pearl, suva, taveuni, ring], by: us,
     summary: US holds., claims: [{{cite: book p1}}]}}
  - {{id: b, type: hold, date: 1942-05, place: wake, by: jp, summary: Japan holds Wake.,
     claims: [{{cite: book p1}}]}}
  - {{id: l, type: launch, date: 1942-06-03, operation: mi, summary: It is launched.,
     claims: [{{cite: book p2}}]}}
  - {{id: m, type: move, date: 1942-06-04, by: kido, from: wake, to: westof, summary: Kido moves.,
     claims: [{{cite: book p2}}]}}
  - {{id: n, type: move, date: 1942-06-04, by: tf, from: pearl, to: luck, summary: TF 16 moves.,
     claims: [{{cite: book p2}}]}}
"""
LONS = {"midway": 182.6, "wake": 166.6, "suva": 178.4, "tav": 180.1, "pearl": 202.1}
WEST, EAST = 150.0, 210.0
COAST = [[160.0, 0.0], [176.0, 4.0], [184.0, 3.0], [200.0, -4.0]]
ISLAND = [[176.0, -10.0], [186.0, -10.0], [186.0, -4.0], [176.0, -4.0], [176.0, -10.0]]


def normal(lon: float) -> float:
    """A longitude between -180 and 180."""
    return round((lon + 180) % 360 - 180, 6)


def ocean(folder: Path, shift: float = 0.0, extent: bool = True) -> Timeline:
    """The campaign somewhere else on the same latitudes; without a shift it lies across 180°."""
    folder.mkdir(exist_ok=True)
    west, east = normal(WEST + shift), normal(EAST + shift)
    shown = f"map: {{extent: [{west}, -25, {east}, 35], geography: ground.geojson}}\n"
    lons = {name: normal(lon + shift) for name, lon in LONS.items()}
    script = SCRIPT.format(map=shown if extent else "", **lons)
    (folder / "scenario.yaml").write_text(script, "utf-8")

    def moved(line: list[list[float]]) -> list[list[float]]:
        return [[normal(lon + shift), lat] for lon, lat in line]

    features = [
        {
            "type": "Feature",
            "properties": {"layer": layer, "name": layer, "source": "a test", "licence": "CC0"},
            "geometry": {"type": kind, "coordinates": at},
        }
        for layer, kind, at in (
            ("river", "LineString", moved(COAST)),
            ("lake", "Polygon", [moved(ISLAND)]),
        )
    ]
    data = {"type": "FeatureCollection", "features": features}
    (folder / "ground.geojson").write_text(json.dumps(data), "utf-8")
    return run(folder)


def numbers(shown: Picture) -> list[tuple[str, list[float]]]:
    """What is drawn, and where."""
    found: list[tuple[str, list[float]]] = []
    for item in shown.items:
        points: Any = ()
        if isinstance(item, Shape):
            points = [p for ring in item.rings for p in ring]
        elif isinstance(item, Line):
            points = item.points
        elif isinstance(item, (Symbol, Text)):
            points = [item.at]
        name = type(item).__name__ + (f" {item.text}" if isinstance(item, Text) else "")
        found.append((name, [n for p in points for n in p]))
    return found


# --- pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("extent", [True, False], ids=["extent given", "extent found"])
@pytest.mark.parametrize("size", [(1280, 720), (1080, 1080)])
def test_a_map_across_180_looks_as_it_would_elsewhere(
    tmp_path: Path, extent: bool, size: tuple[int, int]
) -> None:
    here, there = ocean(tmp_path / "a", 0, extent), ocean(tmp_path / "b", -140, extent)
    frames = frame(here, size), frame(there, size)
    for tick in (0, 3, 4):
        pictures = (picture(scene(t, tick), f) for t, f in zip((here, there), frames, strict=True))
        mine, other = (numbers(shown) for shown in pictures)
        assert [name for name, _ in mine] == [name for name, _ in other]
        for (name, a), (_, b) in zip(mine, other, strict=True):
            assert a == pytest.approx(b, abs=0.05), name


def test_arrows_go_the_short_way(tmp_path: Path) -> None:
    timeline = ocean(tmp_path)
    fixed = frame(timeline)
    wide = fixed.windows[0].box.w
    shown = picture(scene(timeline, "1942-06-04"), fixed, ("axes", "tracks", "land", "marks"))
    moves = [
        item for item in shown.items if isinstance(item, Shape) and item.of in ("m", "n", "mi")
    ]
    assert {item.of for item in moves} == {"m", "n", "mi"}
    for item in moves:
        xs = [p.x for ring in item.rings for p in ring]
        assert max(xs) - min(xs) < 0.5 * wide
    assert len([item for item in shown.items if isinstance(item, Symbol)]) == 7


def test_the_terminal_shows_it_too(tmp_path: Path) -> None:
    from replay.frontends.terminal.chart import Chart, View

    here = Chart(ocean(tmp_path / "a").scenario, (100, 40), View())
    there = Chart(ocean(tmp_path / "b", -140).scenario, (100, 40), View())
    assert here.spots == there.spots
    assert len(here.spots) == 7
    assert str(here.field) == str(there.field)


def test_every_export_is_written(tmp_path: Path) -> None:
    timeline = ocean(tmp_path)
    for suffix in ("html", "geojson", "kml", "czml", "svg", "csv", "parquet"):
        assert export(timeline, tmp_path / f"out.{suffix}")
    assert draw(timeline, 4, extra=("tint", "front"))


# --- the ground -------------------------------------------------------------------------------


def test_ground_that_goes_around_the_earth_is_drawn_on_both_sides() -> None:
    shown = window(Box(0, 0, 600, 600), (150, -30, 210, 30))
    line = [LonLat(float(lon), -20.0) for lon in range(-180, 181, 10)]
    covered = [(min(p.x for p in path), max(p.x for p in path)) for path in shown.paths(line)]
    assert min(a for a, _ in covered) <= 0
    assert max(b for _, b in covered) >= 600
    assert all(any(a <= x <= b for a, b in covered) for x in range(0, 601, 50))


@given(st.floats(-180, 180), st.floats(-60, 60), st.lists(st.floats(-30, 30), max_size=8))
def test_a_line_never_jumps(lon: float, lat0: float, steps: list[float]) -> None:
    lons = [lon]
    for step in steps:
        lons.append(lons[-1] + step)
    projection = Projection(175.0, lat0)
    points = projection.line_km([LonLat(normal(value), 0.0) for value in lons])
    degree = projection.around_km / 360
    for (a, _), (b, _), step in zip(points, points[1:], steps, strict=False):
        assert (b - a) / degree == pytest.approx(step, abs=1e-4)


# --- the automatic extent -----------------------------------------------------------------------


def test_the_extent_of_places_on_both_sides_is_the_short_one(tmp_path: Path) -> None:
    extent = extent_of_map(ocean(tmp_path, extent=False).scenario)
    assert extent is not None
    west, _, east, _ = extent
    assert 150 < west < 167
    assert 202 < east < 215


@given(st.lists(st.floats(-180, 180).map(lambda lon: round(lon, 3)), min_size=1, max_size=12))
def test_no_stretch_that_holds_all_longitudes_is_shorter(lons: list[float]) -> None:
    west, east = arc_around(lons)
    assert 0 <= east - west <= 360
    for lon in lons:
        assert any(west - 1e-9 <= lon + turn <= east + 1e-9 for turn in (0, 360))
    for start in lons:  # every stretch that begins at one of them
        assert east - west <= max((lon - start) % 360 for lon in lons) + 1e-9


# --- data ---------------------------------------------------------------------------------------


def lines_of(shape: Any) -> list[list[list[float]]]:
    return shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]


@given(st.floats(-180, 180), st.floats(-60, 60), st.floats(1, 900))
def test_no_line_of_geojson_crosses_180(lon: float, lat: float, km: float) -> None:
    at = LonLat(lon, lat)
    lines = lines_of(geometry([Located(at, km, "ring")]))
    for line in lines:
        assert len(line) > 1
        for a, b in pairwise(line):
            assert abs(a[0] - b[0]) <= 180
        for x, y in line:
            assert -180 <= x <= 180
            if abs(x) < 180:
                assert distance_km(LonLat(x, y), at) == pytest.approx(km, rel=1e-3)
    crossing = len(lines) > 1
    around = [point(at, bearing, km).lon for bearing in range(361)]
    assert crossing == any(abs(a - b) > 180 for a, b in pairwise(around))
    if crossing:
        assert {abs(line[end][0]) for line in lines for end in (0, -1)} == {180}


def test_a_line_is_cut_where_it_crosses() -> None:
    line = [LonLat(170, 0), LonLat(-170, 10), LonLat(-160, 10), LonLat(175, 15)]
    pieces = split_at_180(line)
    assert [[tuple(p) for p in piece] for piece in pieces] == [
        [(170, 0), (180, 5)],
        [(-180, 5), (-170, 10), (-160, 10), (-180, pytest.approx(14))],
        [(180, pytest.approx(14)), (175, 15)],
    ]
    assert split_at_180(line[1:3]) == [line[1:3]]


# --- the script ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extent", "hint"),
    [
        ("[43, 33, 40, 35]", "write [40, 33, 43, 35]"),
        ("[40, 35, 43, 33]", "[40.9, 33.2, 42.6, 34.6]"),
        ("[40, 33, 40, 35]", "[150, -25, -150, 35]"),
        ("[170, 33, 190, 35]", "write [170, 33, -170, 35]"),
    ],
)
def test_an_extent_that_is_none_is_refused(tmp_path: Path, extent: str, hint: str) -> None:
    ocean(tmp_path)
    path = tmp_path / "scenario.yaml"
    script = path.read_text("utf-8").replace("[150.0, -25, -150.0, 35]", extent)
    path.write_text(script, "utf-8")
    with pytest.raises(ScenarioError) as raised:
        load(path)
    [problem] = raised.value.problems
    assert problem.code == "E204"
    assert hint in str(problem)
