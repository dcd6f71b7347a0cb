"""Ground of which nobody gives the outline: hatched around the places that a source names."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import Point as Spot
from shapely.geometry import MultiPoint, Polygon, shape

from replay.analysis.check import check
from replay.foundation.errors import ScenarioError
from replay.foundation.geodesy import LonLat, distance_km, point, polygons_at_180, reach_of, region
from replay.outputs.formats import export
from replay.outputs.page.data import contents
from replay.picture.items import Box, Shape, Symbol, Text
from replay.picture.layers import Frame, frame, picture
from replay.picture.layers.margin import signed_bar
from replay.pipeline import run
from replay.scene import scene
from replay.script.load import load
from replay.timeline.timeline import Timeline

SCRIPT = """\
scenario: moor
title: The moor
window: 2001-05-01/2001-05-10
map: {extent: [40, 33, 43, 35]}
sides:
  - {id: north, name: the North, letter: N, colour: blue}
  - {id: south, name: the South, letter: S, colour: red}
sources: [{id: paper, title: A paper}]
places:
  - {id: a, name: Alpha, position: {lat: 33.4, lon: 40.6, estimated: 10}}
  - {id: b, name: Bravo, position: {lat: 33.5, lon: 42.2, estimated: 10}}
  - {id: c, name: Carrow, position: {lat: 34.6, lon: 41.4, estimated: 10}}
  - {id: lost, name: Lost}
areas:
  - {id: moor, name: the moor, km2: 16000, position: {around: [a, b, c], cite: paper p1}}
events:
  - {id: held, type: hold, date: 2001-04, place: moor, by: south, summary: It holds the moor.,
     claims: [{cite: paper p2}]}
  - {id: half, type: clear, date: 2001-05-05, place: moor, by: north, share: 0.5,
     summary: Half is cleared., claims: [{cite: paper p3}]}
"""


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    path = tmp_path_factory.mktemp("moor") / "scenario.yaml"
    path.write_text(SCRIPT, "utf-8")
    return run(path)


@pytest.fixture(scope="module")
def fixed(timeline: Timeline) -> Frame:
    return frame(timeline)


def strokes(timeline: Timeline, fixed: Frame, on: str) -> list[Shape]:
    items = picture(scene(timeline, on), fixed, ("regions",)).items
    found = [item for item in items if isinstance(item, Shape)]
    assert len(found) == len(list(items)) or found
    return found


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in SCRIPT
    (folder / "scenario.yaml").write_text(SCRIPT.replace(old, new), "utf-8")
    return folder


# --- where it is --------------------------------------------------------------------------------

lonlats = st.tuples(st.floats(-179, 179), st.floats(-60, 60)).map(
    lambda p: LonLat(round(p[0], 3), round(p[1], 3))
)


@st.composite
def groups(draw: st.DrawFn) -> list[LonLat]:
    """Places within some hundred kilometres of each other."""
    start = draw(lonlats)
    steps = st.tuples(st.floats(0, 360), st.floats(5, 300))
    return [start, *(point(start, *step) for step in draw(st.lists(steps, max_size=5)))]


@given(groups(), st.floats(5, 200))
def test_the_outline_holds_all_places_and_is_everywhere_at_the_reach(
    places: list[LonLat], reach: float
) -> None:
    found = region(places, reach)
    ring = found.outline()
    assert ring[0] == ring[-1]
    middle = found.middle
    flat = Polygon([middle.km(LonLat((p.lon + 180) % 360 - 180, p.lat)) for p in ring])
    assert flat.exterior.is_ccw
    hull = MultiPoint([middle.km(p) for p in places]).convex_hull
    assert hull.buffer(reach * 0.98).within(flat.buffer(0.5))
    assert flat.within(hull.buffer(reach * 1.02 + 0.5))


@given(groups(), st.floats(50, 200_000))
def test_an_area_of_a_size_reaches_as_far_as_that_needs(places: list[LonLat], km2: float) -> None:
    reach = reach_of(places, km2)
    assert reach is not None
    found = region(places, reach)
    middle = found.middle
    hull = MultiPoint([middle.km(p) for p in places]).convex_hull
    drawn = hull.buffer(reach, quad_segs=64).area
    least = 0.1 * math.sqrt(km2 / math.pi)
    assert drawn == pytest.approx(km2, rel=0.02) or (reach == least and drawn > km2)


def test_without_a_size_it_reaches_a_fifth_of_the_distance() -> None:
    places = [LonLat(40, 34), LonLat(41, 34)]
    assert reach_of(places, None) == pytest.approx(distance_km(*places) / 5, rel=0.01)
    assert reach_of(places[:1], None) is None


@given(lonlats, st.floats(5, 100))
def test_on_a_side_of_a_place_it_does_not_hold_the_place(place: LonLat, reach: float) -> None:
    found = region([place], reach, "west")
    assert distance_km(found.corners[0], place) == pytest.approx(reach, rel=1e-3)
    east = point(place, 90, reach * 0.2)
    assert distance_km(found.corners[0], east) > reach


# --- what is drawn ------------------------------------------------------------------------------


def test_strokes_are_short_become_paler_and_stay_within_the_reach(
    timeline: Timeline, fixed: Frame
) -> None:
    shapes = strokes(timeline, fixed, "2001-05-02")
    assert len({shape.opacity for shape in shapes}) == 3
    shown = fixed.windows[0]
    where = timeline.scenario.regions["moor"]
    hull = MultiPoint([shown.at(*corner) for corner in where.corners]).convex_hull
    reach = where.reach_km * shown.scale
    for item in shapes:
        assert item.edge is None
        assert item.of == "moor"
        for ring in item.rings:
            for p in ring:
                away = hull.distance(Spot(p)) / reach
                assert away < 1.35
                if item.opacity == min(s.opacity for s in shapes):
                    assert away > 0.5


def test_the_strokes_have_the_colours_of_those_who_hold_the_ground(
    timeline: Timeline, fixed: Frame
) -> None:
    before = {shape.fill for shape in strokes(timeline, fixed, "2001-05-02")}
    assert before == {"red"}
    after = strokes(timeline, fixed, "2001-05-05")
    count = {shape.fill: 0 for shape in after}
    for item in after:
        count[item.fill] += len(item.rings)
    assert set(count) == {"blue", "red"}
    assert count["blue"] == pytest.approx(count["red"], rel=0.15)


def test_bars_show_who_has_what_is_left(timeline: Timeline, fixed: Frame) -> None:
    for on, fills in (("2001-05-05", {"blue", "red"}), ("2001-05-01", {"red"})):
        [fact] = scene(timeline, on).grounds
        items = signed_bar(fact, Box(0, 0, 100, 9), fixed)
        found = {item.fill for item in items if isinstance(item, Shape)}
        assert fills <= found
        assert ("blue" in found) == ("blue" in fills)


FOUGHT = """\
  - {id: entered, type: contest, date: 2001-05-07, place: moor, by: north, against: south,
     summary: It enters the moor., claims: [{cite: paper p4}]}
  - {id: ringed, type: besiege, date: 2001-05-09, place: moor, by: north,
     summary: It surrounds the moor., claims: [{cite: paper p5}]}
"""


def test_ground_that_is_entered_or_surrounded_shows_both_sides(tmp_path: Path) -> None:
    script = SCRIPT.partition("  - {id: held")[0] + FOUGHT
    (tmp_path / "scenario.yaml").write_text(script, "utf-8")
    fought = run(tmp_path)
    fixed = frame(fought)
    for on, ring in (("2001-05-07", ()), ("2001-05-09", ("blue",))):
        assert {item.fill for item in strokes(fought, fixed, on)} == {"blue", "red"}
        items = picture(scene(fought, on), fixed, ("margin",)).items
        marks = [item for item in items if isinstance(item, Symbol) and item.of == "moor"]
        [symbol] = marks
        assert {symbol.fill, symbol.second} == {"blue", "red"}
        assert symbol.ring == ring
    early = picture(scene(fought, "2001-05-02"), fixed, ("margin",)).items
    assert not any(isinstance(item, Symbol) and item.of == "moor" for item in early)


def test_the_name_says_that_the_extent_is_not_stated(timeline: Timeline, fixed: Frame) -> None:
    items = picture(scene(timeline, 0), fixed, ("labels", "legend")).items
    told = [item.text for item in items if isinstance(item, Text)]
    assert "the moor" in told
    assert "extent not stated" in told
    assert "area: extent not stated" in told


def test_an_area_without_a_position_is_in_the_margin_alone(tmp_path: Path) -> None:
    found = run(changed(tmp_path, ", position: {around: [a, b, c], cite: paper p1}", ""))
    assert found.scenario.regions == {}
    assert list(picture(scene(found, 0), frame(found), ("regions",)).items) == []


def test_the_page_draws_it_day_by_day(timeline: Timeline) -> None:
    held = contents(timeline)
    assert "regions" in held["map"]["layers"]


# --- data ---------------------------------------------------------------------------------------


def ground(path: Path) -> list[dict[str, Any]]:
    found = json.loads(path.read_text("utf-8"))["features"]
    return [f for f in found if f["properties"]["feature"] == "ground"]


def test_geojson_has_it_as_an_approximate_area(timeline: Timeline, tmp_path: Path) -> None:
    path = export(timeline, tmp_path / "out.geojson")
    first, *rest = ground(path)
    assert rest
    outline = shape(first["geometry"])
    assert outline.is_valid
    assert all(outline.contains(Spot(p.at)) for p in timeline.scenario.located.values())
    assert first["properties"]["position"] == "around"
    assert first["properties"]["accuracy_km"] == pytest.approx(
        timeline.scenario.regions["moor"].reach_km, abs=0.01
    )
    kml = export(timeline, tmp_path / "out.kml").read_text("utf-8")
    assert "<Polygon>" in kml
    assert "<outline>0</outline>" in kml
    assert export(timeline, tmp_path / "out.parquet")


@given(groups(), st.floats(5, 200))
def test_no_area_of_geojson_crosses_180(places: list[LonLat], reach: float) -> None:
    assume(all(abs(p.lat) < 70 for p in places))
    parts = polygons_at_180(region(places, reach).outline())
    assert parts
    for ring in parts:
        assert ring[0] == ring[-1]
        assert all(-180 <= p.lon <= 180 for p in ring)
        assert all(abs(a.lon - b.lon) < 180 for a, b in pairwise(ring))
        assert Polygon(ring).exterior.is_ccw
    assert len(parts) <= 2


# --- the script ---------------------------------------------------------------------------------


def test_one_place_needs_a_size_or_a_distance(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as raised:
        load(changed(tmp_path, "km2: 16000, position: {around: [a, b, c]", "position: {around: a"))
    [problem] = raised.value.problems
    assert "size of this area is unknown" in problem.message
    assert "km: 30" in str(problem)
    changed(tmp_path, "km2: 16000, position: {around: [a, b, c]", "position: {around: a, km: 20")
    assert load(tmp_path).regions["moor"].reach_km == 20


def test_places_that_nothing_locates_are_asked_about(tmp_path: Path) -> None:
    found = check(changed(tmp_path, "[a, b, c]", "[a, lost]")).findings
    told = [f.message for f in found if (f.code, f.of) == ("L312", "moor")]
    assert told == ["the moor is drawn around the others, as nothing locates Lost"]
    found = check(changed(tmp_path, "[a, b, c]", "[lost]")).findings
    told = [f.message for f in found if (f.code, f.of) == ("L312", "moor")]
    assert told == ["the moor is not drawn, as nothing locates Lost"]
