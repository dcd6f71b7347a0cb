"""Tint, front and age: interpolated where documents carry it, and nowhere else."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from small_campaign import SCRIPT, campaign, ground

from replay.foundation.errors import ScenarioError
from replay.model.state import Control
from replay.picture.items import Item, Line, Point, Shape, Text
from replay.picture.layers import OPTIONAL, Frame, frame, optional, picture
from replay.picture.layers.app6 import sign
from replay.picture.layers.grid import grid, holds
from replay.picture.layers.optional import APART, FADE, FULL, LEGEND
from replay.pipeline import run
from replay.scene import scene
from replay.timeline.timeline import Timeline

ALL = tuple(OPTIONAL)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def fixed(small: Timeline) -> Frame:
    return frame(small, extra=ALL)


def items(timeline: Timeline, fixed: Frame, on: str, name: str) -> list[Item]:
    shown = picture(scene(timeline, on), fixed)
    return [item for layer in shown.layers if layer.name == name for item in layer.items]


def tinted(found: list[Item], at: Point) -> list[str | None]:
    """The colours that tint a point, once for each layer of tint."""
    shapes = [item for item in found if isinstance(item, Shape)]
    return [s.fill for s in shapes if holds([list(ring) for ring in s.rings], at)]


def sure(timeline: Timeline, fixed: Frame, on: str) -> list[tuple[Point, str | None]]:
    """All places near enough known, with the side that certainly holds them on a day, if any."""
    found = []
    for fact in scene(timeline, on).marks:
        at, value = fixed.spot(fact.place, 0), fact.control.value
        if at and fact.radius_km < FADE and not fact.context:
            certain = fact.control.mark == "certain" and isinstance(value, Control)
            found.append((at, getattr(value, "side", None) if certain else None))
    return found


def test_they_are_drawn_only_where_they_are_asked_for(small: Timeline, fixed: Frame) -> None:
    plain = {layer.name for layer in picture(scene(small, 3), frame(small)).layers}
    asked = {layer.name for layer in picture(scene(small, 3), fixed).layers}
    assert asked - plain == set(ALL)
    with pytest.raises(ScenarioError, match=r"U520[^$]*did you mean 'tint'"):
        optional(["tnt"])


def test_the_legend_says_that_they_are_interpolated(small: Timeline, fixed: Frame) -> None:
    told = [t.text for t in items(small, fixed, "2017-10-26", "legend") if isinstance(t, Text)]
    assert set(LEGEND.values()) <= set(told)
    assert all("interpolated" in LEGEND[name] for name in ("tint", "front"))
    assert str(FULL) in LEGEND["age"]


# --- tint -------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["2017-10-25", "2017-10-31", "2017-11-03"])
def test_every_point_has_the_tint_of_the_nearest_place_of_its_country(
    small: Timeline, fixed: Frame, on: str
) -> None:
    """A slow oracle, point by point; those near to an edge of the tint are left out."""
    found = items(small, fixed, on, "tint")
    over, box, km = grid(fixed, 0), fixed.windows[0].box, fixed.windows[0].scale
    colours = {"iraq": "blue", "isil": "red", None: None}
    seen = set()
    for i in range(24):
        for j in range(18):
            at = Point(box.x + box.w * (i + 0.5) / 24, box.y + box.h * (j + 0.5) / 18)
            own = over.part(at)
            near = sorted(
                (math.dist(at, spot) / km, side or "")
                for spot, side in sure(small, fixed, on)
                if over.part(spot) == own
            )
            border = abs(float(over.within(own)[round((at.y - over.y[0]) / over.step),
                                                round((at.x - over.x[0]) / over.step)]))  # fmt: skip
            if not near or abs(near[0][0] - FADE) < 3 or border < 6:
                continue
            rival = next((far for far, side in near if side != near[0][1]), 1e9)
            if rival - near[0][0] < 5:
                continue
            side = near[0][1] if near[0][0] < FADE else ""
            expected = {colours[side or None]} - {None}
            assert set(tinted(found, at)) == expected, (at, near[:2])
            seen |= expected
    assert seen <= {"blue", "red"}
    assert seen


def test_the_tint_fades_with_the_distance(small: Timeline, fixed: Frame) -> None:
    found = items(small, fixed, "2017-11-03", "tint")
    city, km = fixed.spot("city", 0), fixed.windows[0].scale
    assert city is not None
    layers = [len(tinted(found, Point(city.x + d * km, city.y))) for d in (2, 8, 15, 22, 27)]
    assert layers == sorted(layers, reverse=True)
    assert layers[0] > layers[2] > layers[3] > layers[4] == 0


def test_the_tint_crosses_no_border(tmp_path: Path) -> None:
    """A place 4 km from the border tints its own country alone; without borders, both sides."""
    near = SCRIPT.replace("{lat: 34.4, lon: 41.1, gaz", "{lat: 34.4, lon: 40.54, gaz")
    timeline = campaign(tmp_path / "a", script=near)
    fixed = frame(timeline, extra=ALL)
    town, km = fixed.spot("town", 0), fixed.windows[0].scale
    assert town is not None
    beyond = Point(town.x - 8 * km, town.y)
    here = Point(town.x + 2 * km, town.y)
    found = items(timeline, fixed, "2017-10-25", "tint")
    assert tinted(found, here)
    assert not tinted(found, beyond)
    border = fixed.windows[0].at(40.5, 34.0).x
    edge = [p.x for s in found if isinstance(s, Shape) for ring in s.rings for p in ring]
    assert min(edge) >= border

    free = near.replace("geography: ground.geojson", "geography: ground.geojson, borders: none")
    timeline = campaign(tmp_path / "b", script=free)
    found = items(timeline, frame(timeline, extra=ALL), "2017-10-25", "tint")
    assert tinted(found, beyond)


# --- front ------------------------------------------------------------------------------------

PAIR = """\
scenario: pair
title: A pair
window: 2017-10-25/2017-10-27
map: {extent: [40.0, 33.0, 43.0, 35.0], geography: ground.geojson}
sides:
  - {id: iraq, name: government, letter: G, colour: blue}
  - {id: isil, name: ISIL, letter: i, colour: red}
sources:
  - {id: article, title: An article, published: 2017-12-10/..}
places:
  - {id: east, name: East, position: {lat: 34.0, lon: 42.0, gazetteer: GeoNames}}
  - {id: west, name: West, position: {lat: 34.0, lon: LON, RADIUS}}
events:
  - {id: ours, type: hold, date: 2014, place: east, by: iraq, summary: Ours.,
     claims: [{cite: article p1.s1}]}
  - {id: theirs, type: hold, date: 2014, place: west, by: isil, summary: Theirs.,
     claims: [{cite: article p1.s1}]}
  - {id: fight, type: contest, date: 2017-10-26, place: west, by: iraq, against: isil,
     summary: They fight., claims: [{cite: article p1.s1}]}
  - {id: vague, type: capture, date: 2017-10-27, place: west, by: iraq, summary: Taken.,
     claims: [{cite: article p1.s1}]}
"""


def pair(folder: Path, lon: float, radius: str = "gazetteer: GeoNames") -> tuple[Timeline, Frame]:
    script = PAIR.replace("LON", f"{lon:.5f}").replace("RADIUS", radius)
    (folder / "scenario.yaml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(script, "utf-8")
    (folder / "ground.geojson").write_text(ground(), "utf-8")
    timeline = run(folder)
    return timeline, frame(timeline, extra=ALL)


def test_a_front_runs_midway_between_near_places_of_two_sides(tmp_path: Path) -> None:
    timeline, fixed = pair(tmp_path, 41.5)
    found = [i for i in items(timeline, fixed, "2017-10-25", "front") if isinstance(i, Line)]
    a, b = fixed.spot("east", 0), fixed.spot("west", 0)
    assert a is not None
    assert b is not None
    assert found
    points = [p for line in found for p in line.points]
    assert all(abs(math.dist(p, a) - math.dist(p, b)) < 1.5 for p in points)
    assert max(math.dist(p, a) for p in points) <= 0.75 * math.dist(a, b) + 1


@pytest.mark.parametrize("on", ["2017-10-26", "2017-10-27"])
def test_there_is_no_front_where_a_place_is_contested_or_one_side_holds_both(
    tmp_path: Path, on: str
) -> None:
    timeline, fixed = pair(tmp_path, 41.5)
    assert items(timeline, fixed, on, "front") == []


@pytest.mark.parametrize(
    ("lon", "radius"),
    [
        (42.0 - 1.05 * APART / (111.2 * math.cos(math.radians(34))), "gazetteer: GeoNames"),
        (41.5, "estimated: 12"),
        (40.45, "gazetteer: GeoNames"),
    ],
    ids=["too far apart", "known too vaguely", "beyond a border"],
)
def test_there_is_no_front_where_the_documents_do_not_carry_it(
    tmp_path: Path, lon: float, radius: str
) -> None:
    timeline, fixed = pair(tmp_path, lon, radius)
    assert items(timeline, fixed, "2017-10-25", "front") == []


# --- age --------------------------------------------------------------------------------------


def test_an_arc_grows_with_the_days_since_a_document_spoke_of_the_place(
    small: Timeline, fixed: Frame
) -> None:
    def turn(on: str) -> float:
        found = [i for i in items(small, fixed, on, "age") if isinstance(i, Line) and i.of == "a"]
        if not found:
            return 0.0
        (site,) = [s for s in fixed.sites if s.place == "a" and s.named]
        angles = [math.atan2(p.x - site.at.x, site.at.y - p.y) for p in found[0].points]
        return sum((b - a) % math.tau for a, b in pairwise(angles))

    assert turn("2017-10-31") == 0.0
    assert turn("2017-11-03") == pytest.approx(3 / FULL * math.tau, rel=0.02)
    assert turn("2017-10-25") == pytest.approx(math.tau, rel=0.02)


# --- forces -----------------------------------------------------------------------------------


def test_a_force_has_its_frame_where_a_document_saw_it_for_a_week(
    small: Timeline, fixed: Frame
) -> None:
    def shown(on: str) -> set[str | None]:
        return {item.of for item in items(small, fixed, on, "app6")}

    assert shown("2017-10-25") == set()
    assert "army" in shown("2017-10-28")
    march = next(s for s in fixed.sites if s.place == "station" and s.named)
    found = [i for i in items(small, fixed, "2017-10-29", "app6") if isinstance(i, Shape)]
    near = [i for i in found if math.dist(i.rings[0][0], march.at) < 40]
    assert {i.of for i in near} == {"army", "militia"}
    assert all(p.y < march.at.y - march.size / 2 for i in near for p in i.rings[0])


@pytest.mark.parametrize(
    ("colour", "corners"), [("blue", 4), ("red", 4), ("green", 4), ("yellow", 36)]
)
def test_the_frame_follows_the_colour_of_the_side(colour: str, corners: int) -> None:
    (shape,) = sign(Point(0, 0), 1, colour, "militia")
    assert isinstance(shape, Shape)
    assert len(shape.rings[0]) == corners
    wide = max(p.x for p in shape.rings[0]) - min(p.x for p in shape.rings[0])
    high = max(p.y for p in shape.rings[0]) - min(p.y for p in shape.rings[0])
    assert (wide > high * 1.3) == (colour == "blue")
    on_axis = [p for p in shape.rings[0] if abs(p.x) < 0.1]
    assert bool(on_axis) == (colour in ("red", "yellow"))


def test_only_what_the_kind_says_stands_in_the_frame() -> None:
    def told(kind: str) -> list[str]:
        found = list(sign(Point(0, 0), 1, "blue", kind))[1:]
        return [i.text if isinstance(i, Text) else type(i).__name__ for i in found]

    assert told("militia") == []
    assert told("division") == ["XX"]
    assert told("special forces") == ["SF"]
    assert told("air force") == ["Shape", "Shape"]
    assert told("artillery") == ["Shape"]
    assert told("command") == ["Line"]


def test_a_frame_without_a_map_has_nothing_to_tint(tmp_path: Path) -> None:
    script = re.sub(r"position: \{[^}]*\}", "kind: town", PAIR).replace(
        "map: {extent: [40.0, 33.0, 43.0, 35.0], geography: ground.geojson}\n", ""
    )
    (tmp_path / "scenario.yaml").write_text(script, "utf-8")
    timeline = run(tmp_path)
    fixed = replace(frame(timeline), extra=ALL)
    shown = picture(scene(timeline, 0), fixed)
    assert [layer.name for layer in shown.layers if layer.name in ALL and layer.items] == []
