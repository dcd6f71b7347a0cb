"""Pictures on a canvas, films and sheets."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_campaign import SCRIPT, campaign

from replay.foundation.palettes import LIGHT
from replay.outputs.rendering import draw
from replay.outputs.rendering.canvas import Canvas
from replay.outputs.rendering.raster import Raster
from replay.outputs.rendering.sheet import sheets
from replay.picture.items import Box, Image, Item, Layer, Line, Picture, Point, Shape, Symbol, Text
from replay.picture.layers import frame, picture
from replay.picture.pages.flow import Block, Row, flow, heading
from replay.scene import scene
from replay.timeline.timeline import Timeline

SMALL = (640, 360)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


def colour_at(pixels: np.ndarray, x: float, y: float) -> str:
    return "#" + "".join(f"{v:02X}" for v in pixels[round(y), round(x), :3])


def drawn(shown: Picture) -> np.ndarray:
    """A picture as matplotlib draws it as a whole."""
    canvas = Canvas(shown.size, shown.paper)
    canvas.show(shown)
    return canvas.pixels()


def test_a_figure_has_the_size_that_was_asked_for(small: Timeline) -> None:
    figure = draw(small, "2017-10-31", size=(800, 450))
    assert (figure.get_size_inches() * figure.dpi).tolist() == [800, 450]


def test_a_mark_is_drawn_where_its_place_lies_in_the_colour_of_its_side(small: Timeline) -> None:
    fixed = frame(small)
    shown = picture(scene(small, "2017-11-03"), fixed)
    pixels = drawn(shown)
    site = next(s for s in fixed.sites if s.place == "city")
    assert colour_at(pixels, *site.at) == LIGHT.colours["blue"]


def test_every_item_is_drawn() -> None:
    square = (Point(10, 10), Point(30, 10), Point(30, 30), Point(10, 30))
    png = _png("#00FF00")
    items = (
        Shape(rings=(square,), fill="#FF0000"),
        Line(points=(Point(40, 20), Point(60, 20)), colour="#0000FF", width=6),
        Symbol(at=Point(80, 20), shape="square", size=20, fill="#00FFFF"),
        Image(box=Box(100, 10, 20, 20), png=png),
        Text(at=Point(130, 30), text="█", size=20, colour="#FF00FF"),
        Shape(rings=(square,), fill="#000000", clip=Box(0, 0, 20, 50)),
    )
    pixels = drawn(Picture((200, 50), "#FFFFFF", (Layer("x", items),)))
    seen = [colour_at(pixels, x, 20) for x in (15, 25, 50, 80, 110, 136)]
    assert seen == ["#000000", "#FF0000", "#0000FF", "#00FFFF", "#00FF00", "#FF00FF"]


def _png(colour: str) -> bytes:
    import io

    from PIL import Image as Raster

    file = io.BytesIO()
    Raster.new("RGB", (4, 4), colour).save(file, "PNG")
    return file.getvalue()


def test_a_page_shows_a_picture_as_if_it_had_shown_no_other_before(small: Timeline) -> None:
    """Forwards, backwards and over gaps; against a whole drawing by matplotlib."""
    fixed, page = frame(small, SMALL), Raster(SMALL)
    for tick in (0, 1, 2, 3, 6, 9, 8, 4, 0):
        shown = picture(scene(small, tick), fixed)
        page.show(shown)
        assert np.array_equal(page.pixels, drawn(shown)), tick


ROLES = st.sampled_from(["ink", "blue", "red", "water", "mix(ink,paper,0.5)"])
POINTS = st.builds(Point, st.integers(-20, 180) | st.floats(-20, 180), st.integers(-9, 110))
LOOKS = {
    "opacity": st.sampled_from([1.0, 0.4]),
    "clip": st.none() | st.builds(Box, *[st.integers(0, 90)] * 2, *[st.integers(1, 90)] * 2),
}
RINGS = st.tuples(st.lists(POINTS, min_size=3, max_size=5).map(tuple))
WIDTHS, DASHES = st.floats(0.2, 9), st.sampled_from([(), (3.0, 2.0)])
EDGES = {"width": WIDTHS, "dash": DASHES}
ITEMS = st.one_of(
    st.builds(Shape, rings=RINGS, fill=st.none() | ROLES, edge=st.none() | ROLES, **EDGES, **LOOKS),
    st.builds(
        Line,
        points=st.lists(POINTS, min_size=2, max_size=4).map(tuple),
        colour=ROLES,
        **EDGES,
        **LOOKS,
    ),
    st.builds(
        Symbol,
        at=POINTS,
        shape=st.sampled_from(["circle", "square", "triangle", "burst", "cross"]),
        size=st.floats(3, 40),
        fill=ROLES,
        second=ROLES,
        pattern=st.sampled_from(["plain", "split", "hatched"]),
        edge=st.none() | ROLES,
        ring=st.lists(ROLES, max_size=3).map(tuple),
        **LOOKS,
    ),
    st.builds(
        Text,
        at=POINTS,
        text=st.sampled_from(["fly jÅ", "_", "|WWW", "القائم", "—", " "]),
        size=st.floats(6, 30),
        colour=ROLES,
        bold=st.booleans(),
        italic=st.booleans(),
        align=st.sampled_from(["left", "centre", "right"]),
        halo=st.none() | st.just("paper"),
        turn=st.sampled_from([0.0, 0.0, 33.0, -90.0]),
        clip=LOOKS["clip"],
    ),
)
LAYERS = st.tuples(*[st.lists(ITEMS, max_size=3).map(tuple)] * 3)


@settings(max_examples=25)
@given(pages=st.lists(LAYERS, min_size=2, max_size=3))
def test_no_item_draws_outside_of_what_it_is_said_to_cover(
    pages: list[tuple[tuple[Item, ...]]],
) -> None:
    """Else a part of it would stay when it goes."""
    page = Raster((160, 90))
    for layers in pages:
        named = tuple(Layer(f"layer {n}", items) for n, items in enumerate(layers))
        shown = Picture((160, 90), "paper", named)
        page.show(shown)
        assert np.array_equal(page.pixels, drawn(shown))


def test_layers_may_come_and_go_and_bear_the_same_name() -> None:
    mark = Symbol(at=Point(20, 20), shape="circle", size=20, fill="blue")
    other = Symbol(at=Point(60, 20), shape="square", size=20, fill="red")
    page = Raster((80, 40))
    for layers in (
        (Layer("a", (mark,)), Layer("a", (other,))),
        (Layer("a", (other,)), Layer("a", (mark,))),
        (Layer("b", (mark,)),),
        (),
        (Layer("b", (mark,)), Layer("c", (other,))),
    ):
        shown = Picture((80, 40), "paper", layers)
        page.show(shown)
        assert np.array_equal(page.pixels, drawn(shown))


def test_hostile_and_foreign_names_are_drawn_as_they_are(tmp_path: Path) -> None:
    script = SCRIPT.replace("name: Town,", "name: '$\\\\frac{x$ <script>alert(1)</script> القائم',")
    hostile = campaign(tmp_path, script=script)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw(hostile, 0, size=SMALL).canvas.draw()


# --- sheets -----------------------------------------------------------------------------------


def test_sheets_that_fail_leave_no_half_written_file(small: Timeline, tmp_path: Path) -> None:
    def stop(done: int, all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sheets(small, tmp_path, progress=stop)
    assert [p.name for p in tmp_path.iterdir()] == ["00-title.png"]


def test_text_flows_through_columns_and_nothing_is_lost() -> None:
    blocks = [heading("A title")]
    blocks += [Block((Row(f"Block {n} " + "word " * 30, 12),)) for n in range(20)]
    blocks += [Block(tuple(Row(f"Row {n}", 12) for n in range(40)))]
    columns = [Box(0, 0, 200, 300), Box(220, 0, 200, 300)]
    told: list[str] = []
    left, pages = blocks, 0
    while left:
        items, left = flow(left, columns)
        assert items
        for item in items:
            assert isinstance(item, Text)
            assert any(column.inset(-2).holds(*item.at) for column in columns)
            told.append(item.text)
        pages += 1
    assert sum(line.startswith("Block") for line in told) == 20
    assert sum(line.startswith("Row") for line in told) == 40
    assert pages > 1
