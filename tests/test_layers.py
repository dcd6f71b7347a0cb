"""Layers make items from a scene: nothing collides, jumps, or is cut off."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from small_campaign import SCRIPT, campaign, ground

from replay.model.state import EMPTY, UNKNOWN, Marked, besieged, contested, held
from replay.picture.items import Box, Item, Picture, Point, Shape, Symbol, Text
from replay.picture.layers import LAYERS, OPTIONAL, Frame, frame, picture
from replay.picture.layers.symbology import colour_of, mark
from replay.picture.layers.text_metrics import ASCENT, DESCENT, fitted, width, wrapped
from replay.picture.symbol_shapes import outline, parts
from replay.pipeline import run
from replay.scene import Scene, scene
from replay.script.load import load
from replay.script.skeleton import write_skeleton
from replay.timeline.timeline import Timeline


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def fixed(small: Timeline) -> Frame:
    return frame(small)


def layer(picture: Picture, name: str) -> tuple[Item, ...]:
    return next(found.items for found in picture.layers if found.name == name)


def box_of(text: Text) -> Box:
    """The box of a line of text that does not slope."""
    w = width(text.text, text.size, text.bold, text.italic)
    x = text.at.x - {"left": 0.0, "centre": w / 2, "right": w}[text.align]
    return Box(x, text.at.y - ASCENT * text.size, w, (ASCENT + DESCENT) * text.size)


def texts(picture: Picture) -> list[Text]:
    return [item for item in picture.items if isinstance(item, Text) and not item.turn]


def overlapping(found: list[Text]) -> list[tuple[str, str]]:
    boxes = [(text, box_of(text).inset(1.0)) for text in found]
    return [(a.text, b.text) for (a, x), (b, y) in combinations(boxes, 2) if x.overlaps(y)]


# --- every day --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 720), (960, 540), (1080, 1080), (1600, 700)])
def test_no_words_overlap_or_leave_the_page(small: Timeline, size: tuple[int, int]) -> None:
    fixed = frame(small, size)
    page = Box(0, 0, *size)
    for tick in range(small.scenario.calendar.ticks):
        found = texts(picture(scene(small, tick), fixed))
        assert [t.text for t in found if not page.contains(box_of(t))] == []
        assert overlapping(found) == []


def test_forty_events_on_a_day_have_room_or_are_counted(tmp_path: Path) -> None:
    long = "It is a long story that goes on and on and does not come to its end so soon."
    more = "".join(
        f"  - {{id: x{n}, type: declare, date: 2017-11-02, summary: '{n}. {long}',"
        " claims: [{cite: article p1}]}\n"
        for n in range(40)
    )
    busy = campaign(tmp_path, more)
    shown = picture(scene(busy, "2017-11-02"), frame(busy))
    assert overlapping(texts(shown)) == []
    told = [t.text for t in layer(shown, "events") if isinstance(t, Text)]
    left = next(t for t in told if "more on this day" in t)
    kept = sum(1 for t in told if "long story" in t)
    assert kept + int(left.split()[2]) == 40


def test_names_stand_still_and_hide_no_mark(small: Timeline, fixed: Frame) -> None:
    days = [picture(scene(small, t), fixed) for t in range(small.scenario.calendar.ticks)]
    assert len({layer(day, "labels") for day in days}) == 1
    names = [box_of(t) for t in layer(days[0], "labels") if isinstance(t, Text)]
    for symbol in layer(days[-1], "marks"):
        assert isinstance(symbol, Symbol)
        r = symbol.size / 2
        own = Box(symbol.at.x - r, symbol.at.y - r, 2 * r, 2 * r)
        assert not any(own.overlaps(name.inset(1)) for name in names)


def test_layers_that_do_not_depend_on_the_day_are_the_same_on_every_day(
    small: Timeline, fixed: Frame
) -> None:
    first, last = picture(scene(small, 0), fixed), picture(scene(small, 9), fixed)
    for name in ("title", "legend", "strip", "attribution", "land", "labels", "scale"):
        assert layer(first, name) == layer(last, name), name
    assert layer(first, "marks") != layer(last, "marks")


def test_what_stands_for_something_says_what(small: Timeline, fixed: Frame) -> None:
    shown = picture(scene(small, "2017-10-31"), fixed)
    known = set(small.scenario.things) | set(small.scenario.event)
    for name in ("labels", "vagueness", "axes", "tracks", "day", "marks"):
        for item in layer(shown, name):
            assert item.of in known, (name, item)
            assert item.space == "map" or name == "labels"


def test_a_picture_is_plain_data(small: Timeline, fixed: Frame) -> None:
    shown = picture(scene(small, "2017-10-31"), fixed)
    data = json.loads(json.dumps(shown.to_json(), allow_nan=False))
    assert data["size"] == [1280, 720]
    usual = [name for name in LAYERS if name not in OPTIONAL]
    assert [one["name"] for one in data["layers"]] == usual
    assert sum(len(one["items"]) for one in data["layers"]) == sum(1 for _ in shown.items)


# --- marks ------------------------------------------------------------------------------------


def test_every_state_and_every_degree_of_knowledge_looks_different(small: Timeline) -> None:
    values = [
        held("iraq"),
        held("isil"),
        contested("iraq", "isil"),
        besieged(["isil"], ["iraq"]),
        EMPTY,
        UNKNOWN,
    ]
    marks = [Marked(value) for value in values]
    marks += [Marked(held("isil"), "possible", (held("iraq"),))]
    marks += [Marked(held("isil"), "disputed", (held("iraq"),))]
    marks += [Marked(held("iraq"), "disputed", (held("isil"),))]
    looks = [mark(small.scenario, m, Point(0, 0), "circle", 12) for m in marks]
    assert len({parts(look) for look in looks}) == len(looks)


def test_contested_is_split_and_disputed_is_hatched(small: Timeline) -> None:
    split = Marked(contested("iraq", "isil"))
    assert mark(small.scenario, split, Point(0, 0), "circle", 12).pattern == "split"
    disputed = Marked(held("iraq"), "disputed", (held("isil"),))
    symbol = mark(small.scenario, disputed, Point(0, 0), "circle", 12)
    assert symbol.pattern == "hatched"
    assert {symbol.fill, symbol.second} == {colour_of(small.scenario, s) for s in ("iraq", "isil")}


def test_halves_and_stripes_stay_inside_the_outline() -> None:
    for shape in ("circle", "square", "triangle", "diamond", "hexagon"):
        reach = max(abs(c) for p in outline(shape, 20) for c in p) + 0.01  # type: ignore[arg-type]
        for pattern in ("split", "hatched"):
            symbol = Symbol(
                at=Point(0, 0), shape=shape, size=20, fill="#000000", second="#FFFFFF",
                pattern=pattern,
            )  # type: ignore[arg-type]  # fmt: skip
            points = [p for part in parts(symbol) for ring in part.rings for p in ring]
            assert all(abs(p.x) <= reach and abs(p.y) <= reach for p in points)


def test_sides_without_a_colour_of_their_own_get_different_ones(tmp_path: Path) -> None:
    script = SCRIPT.replace(", colour: blue", "").replace(", colour: red", "")
    scenario = campaign(tmp_path, script=script).scenario
    assert len({colour_of(scenario, side.id) for side in scenario.sides}) == 3


# --- windows ----------------------------------------------------------------------------------


def test_a_crowd_of_places_gets_an_inset_that_names_them(fixed: Frame) -> None:
    assert len(fixed.windows) == 2
    named = {name.of for name in fixed.names}
    assert {"town", "a", "b", "c", "d", "e", "city"} <= named
    assert fixed.unnamed == ()


def test_places_off_the_map_stand_in_lists(fixed: Frame) -> None:
    assert dict(fixed.lists) == {
        "Not located by the documents": ("ring", "lost"),
        "Outside the map": ("far",),
    }


def test_a_place_on_a_ring_has_no_mark_on_the_map(small: Timeline, fixed: Frame) -> None:
    shown = picture(scene(small, 0), fixed)
    assert "ring" not in {item.of for item in layer(shown, "marks")}
    assert "ring" in {item.of for item in layer(shown, "vagueness")}
    assert "ring" in {item.of for item in layer(shown, "margin")}


def test_a_scenario_without_positions_has_a_picture_without_a_map(tmp_path: Path) -> None:
    lines = [line.split(", position")[0] for line in SCRIPT.splitlines()]
    lines = [line + "}" if line.count("{") > line.count("}") else line for line in lines]
    script = "\n".join(line for line in lines if not line.startswith("map:")) + "\n"
    nowhere = campaign(tmp_path, script=script)
    shown = picture(scene(nowhere, 5), frame(nowhere))
    assert frame(nowhere).windows == ()
    assert layer(shown, "marks") == ()
    assert {"town", "lost"} <= {item.of for item in layer(shown, "margin")}
    assert overlapping(texts(shown)) == []


# --- legend, strip, day -----------------------------------------------------------------------


def test_the_legend_shows_only_what_occurs(small: Timeline, fixed: Frame) -> None:
    told = {t.text for t in layer(picture(scene(small, 0), fixed), "legend") if isinstance(t, Text)}
    assert {"government", "ISIL", "contested", "besieged", "held by nobody"} <= told
    possible = "exact time unknown; edge: the other possibility"
    assert {"sources differ", possible, "strike or shelling"} <= told
    assert not {"Kurds", "airfield", "not known"} & told


def test_the_legend_explains_who_may_hold_a_place_though_nobody_certainly_does(
    tmp_path: Path,
) -> None:
    """A hold that may begin after the window leaves its place unknown, and possibly held."""
    events = "  - {id: begun, type: hold, date: 2017-10-25/2019, place: town, by: isil,"
    events += " summary: s, claims: [{cite: article p1.s1}]}\n"
    (tmp_path / "scenario.yaml").write_text(SCRIPT + events, "utf-8")
    (tmp_path / "ground.geojson").write_text(ground(), "utf-8")
    timeline = run(tmp_path)
    shown = layer(picture(scene(timeline, 0), frame(timeline)), "legend")
    told = {item.text for item in shown if isinstance(item, Text)}
    assert {"ISIL", "not known", "not known; edge: who may hold it"} <= told
    assert "exact time unknown; edge: the other possibility" not in told
    assert "government" not in told


def test_the_strip_counts_the_events_of_every_day(fixed: Frame) -> None:
    assert fixed.census.density == (0, 2, 2, 1, 2, 1, 4, 1, 0, 1)


def test_fire_and_fighting_of_the_day_show_under_the_mark(small: Timeline, fixed: Frame) -> None:
    def shapes(on: str) -> set[tuple[str | None, str]]:
        found = layer(picture(scene(small, on), fixed), "day")
        return {(s.of, s.shape) for s in found if isinstance(s, Symbol)}

    assert ("strikes", "burst") in shapes("2017-10-26")
    assert ("fight", "cross") in shapes("2017-10-27")
    assert shapes("2017-11-02") == set()


SOUTH = "axes: [{name: east, from: city, to: town}, {name: south, bearing: south, to: field}]"


def test_an_advance_without_a_start_tells_its_direction_until_it_has_arrived(
    tmp_path: Path,
) -> None:
    script = SCRIPT.replace("axes: [{name: east, from: city, to: town}]", SOUTH)
    timeline = campaign(tmp_path, script=script)
    fixed = frame(timeline)

    def arrows(on: str) -> list[Shape]:
        found = layer(picture(scene(timeline, on), fixed), "axes")
        at = fixed.spot("field", 0)
        assert at is not None
        shapes = [s for s in found if isinstance(s, Shape)]
        return [s for s in shapes if all(abs(p.x - at.x) < 20 for p in s.rings[0])]

    (arrow,) = arrows("2017-10-26")
    at = fixed.spot("field", 0)
    assert at is not None
    tip = min(arrow.rings[0], key=lambda p: p.y)
    assert all(p.y > at.y for p in arrow.rings[0])
    assert tip.x == pytest.approx(at.x, abs=0.1)
    assert arrows("2017-10-25") == []
    (hollow,) = arrows("2017-10-29")
    assert hollow.fill is None
    assert arrows("2017-10-31") == [], "the field is certainly taken on the 30th"
    legend = [t.text for t in layer(picture(scene(timeline, 0), fixed), "legend")
              if isinstance(t, Text)]  # fmt: skip
    assert "advance from this side" in legend
    assert "move towards" not in legend


def test_a_quiet_day_says_so_and_shows_what_came_before(small: Timeline, fixed: Frame) -> None:
    told = [t.text for t in layer(picture(scene(small, "2017-11-02"), fixed), "events")
            if isinstance(t, Text)]  # fmt: skip
    assert any("Nothing is dated to this day." in t for t in told)
    assert "The town is taken." in told


def test_another_layer_is_one_function_and_one_line(
    small: Timeline, fixed: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hello(scene: Scene, frame: Frame) -> list[Item]:
        return [Text(at=Point(9, 9), text=f"Hello, {scene.on}", size=9, colour="#000000")]

    monkeypatch.setitem(LAYERS, "hello", hello)
    shown = picture(scene(small, 0), fixed)
    assert shown.layers[-1].name == "hello"
    assert "Hello, 2017-10-25" in json.dumps(shown.to_json())


# --- lettering --------------------------------------------------------------------------------


def test_lines_are_no_wider_than_their_room() -> None:
    text = "Government troops take the railway station at al-Karabilah-al-Gharbiyah-al-Jadidah."
    for room in (40.0, 90.0, 200.0):
        assert all(width(line, 11) <= room for line in wrapped(text, 11, room))
        assert width(fitted(text, 11, room), 11) <= room
    lines = wrapped(text, 11, 90, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert "".join(wrapped(text, 11, 90)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("size", [(1280, 720), (1240, 877), (1080, 1920)])
def test_where_nothing_stands_in_the_margin_the_day_has_its_room(
    tmp_path: Path, fixed: Frame, size: tuple[int, int]
) -> None:
    write_skeleton(tmp_path / "mine")  # all of its places are located
    of_all_located = frame(run(load(tmp_path / "mine")), size).boxes
    assert of_all_located.margin.w == 0
    assert of_all_located.events.right == of_all_located.strip.right
    assert fixed.boxes.margin.w > 0, "this campaign has places on no map"
