"""Many sides: every one can be told from every other, by colour and by its letter."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vision import MACHADO, apart, channels, lab

from replay import run
from replay.analysis.check import check
from replay.foundation.colours import ALIKE, VISIONS, assigned, difference, similar_colours
from replay.foundation.errors import ScenarioError
from replay.foundation.palettes import DARK, LIGHT, PRINT, Palette
from replay.foundation.theme import SIDES, on
from replay.model.state import Control, Marked
from replay.outputs.formats.features import features
from replay.outputs.page.html import palettes
from replay.outputs.rendering.bounds import bounds
from replay.picture.items import Point, Shape, Symbol
from replay.picture.layers import frame, picture
from replay.picture.layers.symbology import mark
from replay.picture.styles import STYLES
from replay.picture.symbol_shapes import parts
from replay.scene import scene
from replay.script.load import load

SEEN = dict(zip(VISIONS, ("normal", *MACHADO), strict=True))
hexes = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


def written(folder: Path, colours: list[str | None], events: str = "") -> Path:
    """A scenario of so many sides, each of which holds a town."""
    letters = [chr(65 + n + (n > 22)) for n in range(26)]  # no X
    sides = "".join(
        f"  - {{id: s{n}, name: Faction {n}, letter: {letters[n]}"
        + (f', colour: "{colour}"' if colour else "")
        + "}\n"
        for n, colour in enumerate(colours)
    )
    places = "".join(
        f"  - {{id: t{n}, name: Town {n}, kind: town, position: {{lat: {33 + n % 4 * 0.3}, "
        f"lon: {35 + n // 4 * 0.3}, estimated: 10}}}}\n"
        for n in range(len(colours))
    )
    held = "".join(
        f"  - {{id: h{n}, type: hold, date: 1989, place: t{n}, by: s{n}, summary: It holds a town.,"
        f" claims: [{{cite: p p{n + 1}}}]}}\n"
        for n in range(len(colours))
    )
    path = folder / "scenario.yaml"
    path.write_text(
        "scenario: sides\ntitle: Many belligerents\nwindow: 1990-01-01/1990-01-09\n"
        f"sources: [{{id: p, title: Paper}}]\nsides:\n{sides}places:\n{places}"
        f"events:\n{held}{events}",
        "utf-8",
    )
    return path


TWICE = ["blue", "red", "green", "yellow", "purple", "grey"] * 2


# --- colours ------------------------------------------------------------------------------------


@given(hexes, hexes)
def test_differences_are_those_that_the_tests_reckon(one: str, two: str) -> None:
    for who, vision in SEEN.items():
        assert difference(one, two, who) == pytest.approx(apart(one, two, vision), abs=0.6)


@given(st.lists(st.none() | st.sampled_from(SIDES) | hexes, max_size=12))
def test_a_side_without_a_colour_gets_one_that_is_like_no_other(given_: list[str | None]) -> None:
    found = assigned((str(n), colour) for n, colour in enumerate(given_))
    own = [colour for colour in given_ if colour]
    for n, colour in enumerate(given_):
        assert colour in (None, found[str(n)])
    fresh = [found[str(n)] for n, colour in enumerate(given_) if colour is None]
    free = [name for name in SIDES if not any(similar_colours(name, other) for other in own)]
    assert fresh[: len(free)] == free[: len(fresh)]


def test_the_twelve_named_colours_look_alike_to_nobody() -> None:
    assert len(SIDES) == 12
    for one, two in combinations(SIDES, 2):
        for vision in ("normal", *MACHADO):
            assert apart(LIGHT.colours[one], LIGHT.colours[two], vision) > ALIKE, (one, two)


def contrast(one: str, two: str) -> float:
    a, b = sorted(float(((lab(channels(c))[0] + 16) / 116) ** 3) for c in (one, two))
    return (b + 0.05) / (a + 0.05)


@given(hexes)
def test_a_letter_can_be_read_on_any_colour(colour: str) -> None:
    for style in STYLES.values():
        below = style.palette.resolve(colour)
        assert contrast(style.palette.resolve(on(colour)), below) > 3.2


@given(hexes)
def test_a_free_colour_is_kept_lightened_on_dark_ground_and_grey_in_print(colour: str) -> None:
    assert LIGHT.resolve(colour) == colour
    assert contrast(DARK.resolve(colour), DARK.colours["land"]) > 1.9 or (
        contrast(DARK.resolve(colour), DARK.colours["land"]) > contrast(colour, "#262B31")
    )
    assert len(set(channels(PRINT.resolve(colour)))) == 1


# --- marks --------------------------------------------------------------------------------------


def marks(path: Path, on_: str) -> dict[str, Symbol]:
    timeline = run(path)
    shown = picture(scene(timeline, on_), frame(timeline), ("marks",))
    return {item.of: item for item in shown.items if isinstance(item, Symbol) and item.of}


@pytest.mark.parametrize("colours", [TWICE, [None] * 12, [None] * 20], ids=["twice", "12", "20"])
def test_every_side_of_many_can_be_told_from_every_other(
    tmp_path: Path, colours: list[str | None]
) -> None:
    found = marks(written(tmp_path, colours), "1990-01-02")
    assert len(found) == len(colours)
    looks = {(symbol.fill, symbol.letters) for symbol in found.values()}
    assert len(looks) == len(colours)
    assert all(len(symbol.letters) == 1 for symbol in found.values())
    bare = [tuple(s.rings for s in parts(s)) for s in found.values()]
    assert len(set(bare)) == len(colours)


def test_six_sides_of_different_colours_need_no_letters(tmp_path: Path) -> None:
    assert {s.letters for s in marks(written(tmp_path, [None] * 6), "1990-01-02").values()} == {""}


def test_two_sides_of_one_colour_have_letters_in_every_style(tmp_path: Path) -> None:
    found = marks(written(tmp_path, ["blue", "blue"]), "1990-01-02")
    assert {symbol.letters for symbol in found.values()} == {"A", "B"}
    for signs in (False, True):
        drawn = [parts(symbol, signs) for symbol in found.values()]
        assert all(any(shape.fill == "on(blue)" for shape in shapes) for shapes in drawn)


def test_a_contest_has_a_piece_and_a_letter_for_each_party(tmp_path: Path) -> None:
    timeline = run(written(tmp_path, TWICE))
    value = Control("contested", sides=("s0", "s1", "s6"))
    symbol = mark(timeline.scenario, Marked(value), Point(0, 0), "circle", 20)
    assert (symbol.fill, symbol.second, *symbol.others) == ("blue", "red", "blue")
    assert symbol.letters == "ABG"
    shapes = parts(symbol)
    assert sum(shape.fill == "blue" for shape in shapes) == 2
    assert sum(str(shape.fill).startswith("on(") for shape in shapes) == 3


def area(shapes: list[Shape]) -> float:
    total = 0.0
    for ring in (ring for shape in shapes for ring in shape.rings):
        x, y = np.array(ring).T
        total += abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2
    return total


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_the_sectors_of_a_contested_mark_share_it(count: int) -> None:
    colours = SIDES[:count]
    symbol = Symbol(
        at=Point(0, 0),
        shape="circle",
        size=100,
        fill=colours[0],
        second=colours[1],
        others=colours[2:],
        pattern="split",
    )
    shapes = {str(shape.fill): area([shape]) for shape in parts(symbol) if shape.fill}
    whole = shapes.pop(colours[0])
    assert len(shapes) == count - 1
    for found in shapes.values():
        assert found == pytest.approx(whole / count, rel=0.02)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_place_held_together_has_a_band_for_each_holder(count: int) -> None:
    colours = SIDES[:count]
    look = {"fill": colours[0], "second": colours[1], "others": colours[2:], "pattern": "bands"}
    symbol = Symbol(at=Point(0, 0), shape="circle", size=100, **look)  # type: ignore[arg-type]
    whole, *rest = [shape for shape in parts(symbol) if shape.fill in colours]
    assert [shape.fill for shape in (whole, *rest)] == list(colours)
    heights = [area([shape]) for shape in (whole, *rest)]
    bands = [a - b for a, b in zip(heights, [*heights[1:], 0.0], strict=True)]
    assert min(bands) > 0.6 * heights[0] / count  # none is a mere rim


def test_a_place_held_together_or_or_besieged_has_the_letters_of_all(tmp_path: Path) -> None:
    scenario = run(written(tmp_path, TWICE)).scenario
    value = Control("besieged", sides=("s0", "s6"), by=("s1", "s7"))
    symbol = mark(scenario, Marked(value), Point(0, 0), "circle", 20)
    assert (symbol.letters, symbol.ring_letters) == ("AG", "BH")
    letters = [shape for shape in parts(symbol) if str(shape.fill).startswith("on(")]
    assert len(letters) == 4
    covered = bounds(symbol)
    for point in (p for shape in letters for ring in shape.rings for p in ring):
        assert covered.left < point.x < covered.right
        assert covered.top < point.y < covered.bottom


# --- the script and what asks about it ----------------------------------------------------------


def test_sides_of_the_same_colour_are_asked_about(tmp_path: Path) -> None:
    found = [f for f in check(written(tmp_path, TWICE)).findings if f.code == "L341"]
    assert [f.of for f in found] == [f"s{n}" for n in range(6, 12)]
    assert "Faction 0 and Faction 6 have the same colour, blue" in found[0].message
    assert "free: brown, skyblue, pink, lime, violet, teal" in found[0].hint


def test_colours_that_the_colour_blind_mistake_are_asked_about(tmp_path: Path) -> None:
    assert apart("#D06000", "#C06A00", "normal") > ALIKE
    path = written(tmp_path, ["#B05000", "#5E7A00"])
    who = similar_colours("#B05000", "#5E7A00")
    assert who is not None
    assert who != "most readers"
    [found] = [f for f in check(path).findings if f.code == "L341"]
    assert who in found.message


def test_a_colour_that_the_ground_swallows_is_asked_about(tmp_path: Path) -> None:
    found = check(written(tmp_path, ["#F4EFE2", "#12AA34"])).findings
    assert [(f.code, f.of) for f in found if f.code == "L342"] == [("L342", "s0")]


@pytest.mark.parametrize(
    ("colour", "hint"),
    [
        ("orange", "one of blue, red"),
        ("#12a", '"#1122AA"'),
        ("12aa34", '"#12AA34"'),
        ("purpel", "purple"),
        ("#12aa3g", "like"),
    ],
)
def test_a_colour_that_is_none_is_refused_with_what_to_write(
    tmp_path: Path, colour: str, hint: str
) -> None:
    with pytest.raises(ScenarioError) as raised:
        load(written(tmp_path, [colour, "red"]))
    [problem] = raised.value.problems
    assert problem.code == "E204"
    assert problem.spot.line == 6
    assert hint in str(problem)


def test_a_free_colour_reaches_maps_pages_and_data(tmp_path: Path) -> None:
    timeline = run(written(tmp_path, ["#12aa34", None]))
    assert timeline.scenario.colours == {"s0": "#12AA34", "s1": "blue"}
    told = {f.of: f.colour for f in features(timeline) if f.feature == "control"}
    assert told == {"t0": "#12AA34", "t1": "blue"}
    sheet = palettes(timeline.scenario)
    assert "--c12aa34:#12AA34" in sheet
    assert "--on-c12aa34:" in sheet
    assert "--on-blue:" in sheet


def test_a_palette_of_one_s_own_knows_letters_on_colours() -> None:
    plain = Palette("plain", {"ink": "#000000", "paper": "#FFFFFF", "a": "#FFFFFF", "b": "#101010"})
    assert plain.resolve(on("a")) == "#000000"
    assert plain.resolve(on("b")) == "#FFFFFF"
