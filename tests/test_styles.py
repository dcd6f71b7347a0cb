"""Styles: what a page looks like is asked for by name or in a file; nobody needs to see colours."""

from __future__ import annotations

import pickle
from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from PIL import Image
from small_campaign import campaign
from vision import MACHADO, apart, channels, lab, seen

from replay.foundation.colours import MANY_SIDES
from replay.foundation.errors import ScenarioError
from replay.foundation.theme import SIDES
from replay.outputs.formats import export
from replay.outputs.rendering import draw
from replay.outputs.rendering.canvas import Canvas
from replay.picture.items import Face, Layer, Picture, Point, Symbol, Text
from replay.picture.layers import OPTIONAL, frame, picture
from replay.picture.layers.sizes import SIZES, size_of
from replay.picture.layers.text_metrics import width
from replay.picture.matplotlib_style import USED
from replay.picture.styles import STYLES, Style, style_of
from replay.picture.symbol_shapes import parts
from replay.scene import scene
from replay.timeline.timeline import Timeline

COLOURED = [style for style in STYLES.values() if not style.signs]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


# --- what can be told apart -------------------------------------------------------------------


@pytest.mark.parametrize("vision", ["normal", *MACHADO])
@pytest.mark.parametrize("style", COLOURED, ids=lambda style: style.name)
def test_the_colours_of_sides_stay_apart_for_the_colour_blind(style: Style, vision: str) -> None:
    """Far more than is just noticeable (2.3), from each other and from the land."""
    colours = style.palette.colours
    for one, two in combinations((*SIDES, "land"), 2):
        assert apart(colours[one], colours[two], vision) > 8, (one, two)
    assert apart(colours["blue"], colours["red"], vision) > 40


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_the_first_sides_stay_apart_without_any_colour(style: Style) -> None:
    colours = style.palette.colours
    for one, two in combinations(("blue", "red", "yellow"), 2):
        assert apart(colours[one], colours[two], "greyscale") > 12, (one, two)


def test_in_print_six_sides_differ_in_shade_and_in_their_sign(small: Timeline) -> None:
    """More sides have letters, in every style."""
    colours = STYLES["print"].palette.colours
    assert all(len(set(channels(colour))) == 1 for colour in colours.values())
    assert len({colours[side] for side in SIDES}) == len(SIDES)
    for one, two in combinations(SIDES[:MANY_SIDES], 2):
        assert apart(colours[one], colours[two], "greyscale") > 10, (one, two)
    shown = picture(scene(small, "2017-11-03"), frame(small))
    signs = {s.fill: s.sign for s in shown.items if isinstance(s, Symbol) and s.fill in SIDES}
    assert signs == {"blue": None, "red": "dot"}
    one = Symbol(at=Point(0, 0), shape="circle", size=10, fill="red", sign="dot")
    assert len(parts(one, signs=True)) == len(parts(one)) + 2


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_words_have_the_contrast_that_wcag_asks_of_them(style: Style) -> None:
    """4.5 to 1 (WCAG 2.2, 1.4.3) for what is read, on all that it is written on."""

    def light(colour: str) -> float:
        return float(((lab(channels(colour))[0] + 16) / 116) ** 3)

    colours = style.palette.colours
    for word in ("ink", "soft", "pale", "alert"):
        for below in ("paper", "panel"):
            a, b = sorted((light(colours[word]), light(colours[below])))
            assert (b + 0.05) / (a + 0.05) >= 4.5, (word, below)


def test_the_simulation_leaves_greys_alone_and_removes_what_is_not_seen() -> None:
    grey = channels("#808080")
    for vision in (*MACHADO, "greyscale"):
        assert abs(seen(grey, vision) - grey).max() < 1
    assert apart("#D06000", "#608A00", "normal") > 3 * apart("#D06000", "#608A00", "deuteranopia")


# --- asked for --------------------------------------------------------------------------------


def test_a_style_has_a_name_is_its_own_and_survives_a_process() -> None:
    for name, style in STYLES.items():
        assert style_of(name) is style
        assert style_of(style) is style
        copy = pickle.loads(pickle.dumps(style))
        assert dict(copy.palette.colours) == dict(style.palette.colours)
    assert style_of().palette is STYLES["light"].palette


def test_a_style_file_of_matplotlib_is_a_style(tmp_path: Path, small: Timeline) -> None:
    own = tmp_path / "own.mplstyle"
    own.write_text(
        "# mine\nfigure.facecolor: 101010\ntext.color: \"#FFFFFF\"  # white\n"
        "axes.prop_cycle: cycler('color', ['cyan', 'magenta'])\nfont.family: serif\n"
        "savefig.dpi: 200\naxes.linewidth: 1.6\n",
        "utf-8",
    )  # fmt: skip
    style = style_of(str(own))
    colours = style.palette.colours
    assert (colours["paper"], colours["ink"]) == ("#101010", "#FFFFFF")
    assert (colours["blue"], colours["red"]) == ("#00FFFF", "#FF00FF")
    assert colours["water"] == STYLES["dark"].palette.colours["water"]
    assert style.families("text")[0] == "DejaVu Serif"
    assert (style.dpi, style.weight) == (200, 2)
    assert draw(small, 0, style=str(own)).get_facecolor()[:3] == pytest.approx((16 / 255,) * 3)


def test_a_style_of_matplotlib_s_own_has_its_name() -> None:
    assert style_of("dark_background").palette.colours["paper"] == "#000000"


def test_what_the_user_s_matplotlibrc_sets_is_respected_where_no_style_is_named() -> None:
    with matplotlib.rc_context({"figure.facecolor": "#FFEEDD", "font.family": "DejaVu Serif"}):
        assert style_of().palette.colours["paper"] == "#FFEEDD"
        assert style_of().families("text") == ("DejaVu Serif", "DejaVu Sans")
        assert style_of("light").palette.colours["paper"] == "#FFFFFF"


def drawn_width(style: Style, text: Text) -> float:
    """Pixels from the first column with ink to the last one."""
    canvas = Canvas((600, 100), "paper", style)
    canvas.show(Picture((600, 100), "paper", (Layer("words", (text,)),)))
    pixels = canvas.pixels()
    columns = np.flatnonzero((pixels != pixels[0, 0]).any(axis=(0, 2)))
    return float(columns[-1] - columns[0] + 1)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("face", ["text", "headline"])
@pytest.mark.parametrize("words", ["Wide MWQ words", "thin ill it", "القائم"])
def test_no_letters_of_a_style_need_more_room_than_was_measured(
    style: Style, face: Face, words: str
) -> None:
    text = Text(at=Point(9, 50), text=words, size=20, colour="ink", bold=True, face=face)
    assert drawn_width(style, text) <= width(words, 20, bold=True) + 2


# --- sizes ------------------------------------------------------------------------------------


def test_a_size_has_a_name_or_is_width_by_height() -> None:
    assert size_of("square") == (1080, 1080)
    assert size_of("1600x900") == size_of("1600 × 900") == size_of((1600, 900)) == (1600, 900)
    assert all(size_of(name) == size for name, size in SIZES.items())
    for wrong in ("sqare", "12x12", "99999x99999", "1600", "-5x900"):
        with pytest.raises(ScenarioError, match="U520"):
            size_of(wrong)


def test_the_page_on_pictures_tells_every_style_size_and_layer() -> None:
    page = (Path(__file__).parents[1] / "docs" / "pictures.md").read_text("utf-8")
    for name in (*STYLES, *SIZES, *OPTIONAL):
        assert f"`{name}`" in page, name
    for setting in USED:
        assert f"`{setting}`" in page or setting.startswith("font."), setting


def test_a_finer_file_shows_the_same_page(tmp_path: Path, small: Timeline) -> None:
    """At twice the pixels to the inch, each block of four is about the pixel of the usual file."""
    for name, dpi in (("usual", 100), ("fine", 200)):
        style = tmp_path / f"{name}.mplstyle"
        style.write_text(f"savefig.dpi: {dpi}\n", "utf-8")
        export(small, tmp_path / f"{name}.png", on="2017-10-31", style=str(style))
    usual, fine = (Image.open(tmp_path / f"{name}.png").convert("L") for name in ("usual", "fine"))
    assert usual.size == (1280, 720)
    assert fine.size == (2560, 1440)
    apart = np.abs(np.asarray(fine.reduce(8), int) - np.asarray(usual.reduce(4), int))
    assert (apart > 24).mean() < 0.006
