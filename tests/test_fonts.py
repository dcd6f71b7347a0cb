"""Letters that DejaVu Sans lacks: which font draws them, how wide they are, and what is said."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import replay
from replay.foundation import fonts
from replay.foundation.fonts.letters import script
from replay.foundation.glyphs import glyph
from replay.outputs.rendering.bounds import bounds
from replay.outputs.rendering.letters import type_of
from replay.outputs.rendering.raster import Raster
from replay.outputs.rendering.sprites import PT, Sprites
from replay.outputs.rendering.write import save
from replay.picture.items import Layer, Picture, Point, Text
from replay.picture.layers.text_metrics import fitted, wrapped
from replay.picture.styles import STYLES

WORDS = {
    "Chinese": "徐州会战 第五戰區",
    "Japanese": "大日本帝国陸軍 カタカナ",
    "Korean": "부산 한국",
    "Devanagari": "हल्दीघाटी",
    "Thai": "กรุงเทพ น้ำ",
    "Ethiopic": "አዲስ አበባ",
    "Arabic": "القائم",
    "Hebrew": "ירושלים",
    "Khmer": "ភ្នំពេញ",
    "Burmese": "ရန်ကုန်",
    "Tamil": "சென்னை",
    "Bengali": "ঢাকা",
    "emoji": "🔥⚔",
}
NO_FONT = "\U00013000"
"""An Egyptian hieroglyph, which neither DejaVu nor the extra has."""

SCRIPTS = """\
scenario: scripts
title: 徐州会战 – معركة – Сталинград – हल्दीघाटी – 한국
window: 1938-03-24/1938-04-10
sides:
  - {id: cn, name: 中華民國國民革命軍, letter: C, colour: blue}
  - {id: jp, name: 大日本帝国陸軍, letter: J, colour: red}
sources: [{id: p, title: 申報}]
voices: [{id: v, name: خلية الإعلام الحربي, side: cn}]
places:
  - {id: tai, name: 臺兒莊 (Tai'erzhuang), kind: town, position: {lat: 34.55, lon: 117.73, estimated: 10}}
  - {id: hi, name: हल्दीघाटी, kind: town, position: {lat: 34.9, lon: 119, estimated: 10}}
  - {id: am, name: አዲስ አበባ, kind: town, position: {lat: 34.0, lon: 117.9, estimated: 10}}
events:
  - {id: a, type: hold, date: 1938-03-25, place: [tai, hi], by: cn, summary: 國軍據守。, claims: [{cite: p p1, reporter: v}]}
  - {id: b, type: capture, date: 1938-04-07, place: am, by: jp, summary: استعادت القوات بلدة القائم., claims: [{cite: p p1}]}
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCRIPTS, "utf-8")
    return path


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("bold", [False, True])
def test_a_font_of_the_extra_has_the_letters(language: str, bold: bool) -> None:
    files = fonts.fonts_of(WORDS[language], bold)
    assert not fonts.lacking(WORDS[language], files)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("halo", [None, "PAPER"])
def test_a_line_is_as_wide_as_its_ink(language: str, bold: bool, halo: str | None) -> None:
    """Independent of how lines are measured: the columns of pixels that have ink."""
    colour = "#FFFFFF" if halo else None
    text = Text(
        at=Point(0, 0), text=WORDS[language], size=40, colour="#000000", bold=bold, halo=colour
    )
    _, _, sprite = Sprites(STYLES["light"]).of_text(text)
    ink = sprite.pixels.shape[1]
    wide = fonts.width(WORDS[language], bold) * 40
    assert wide - 16 <= ink <= wide + 12 + (18 if halo else 0)


@example("字ุ\u200d", False)
@given(st.text(st.sampled_from("ab ق م字あ한क्षिกรุ้አ🔥()1‏‍é"), max_size=12), st.booleans())
def test_ink_lies_within_the_bounds_of_its_text(letters: str, bold: bool) -> None:
    text = Text(at=Point(0, 0), text=letters, size=20, colour="#000000", bold=bold, halo="#FFFFFF")
    x, y, sprite = Sprites(STYLES["light"]).of_text(text)
    tall, wide = sprite.pixels.shape[:2]
    box = bounds(text)
    if wide and tall:
        assert box.left <= x + sprite.x
        assert x + sprite.x + wide <= box.right
        assert box.top <= y + sprite.y
        assert y + sprite.y + tall <= box.bottom


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_every_format_draws_every_script(kind: str, tmp_path: Path) -> None:
    texts = tuple(
        Text(
            at=Point(10, 30 * n + 30),
            text=word,
            size=18,
            colour="#000000",
            halo="#FFFFFF" if n % 2 else None,
        )
        for n, word in enumerate(WORDS.values())
    )
    picture = Picture((400, 450), "#FFFFFF", (Layer("words", texts),))
    save(picture, tmp_path / f"m.{kind}", kind, STYLES["light"])
    assert (tmp_path / f"m.{kind}").stat().st_size > 5000


def test_pixels_do_not_depend_on_what_was_shown_before() -> None:
    words = [
        Layer("words", (Text(at=Point(20, 60), text=word, size=30, colour="#000000"),))
        for word in WORDS.values()
    ]
    page = Raster((400, 100), STYLES["light"])
    for layer in words:
        picture = Picture((400, 100), "#FFFFFF", (layer,))
        page.show(picture)
        fresh = Raster((400, 100), STYLES["light"])
        fresh.show(picture)
        assert np.array_equal(page.pixels, fresh.pixels)


def test_a_line_of_both_directions_runs_as_most_of_it_does() -> None:
    assert fonts.line("القائم: held by the government")[0] == "\u200e"
    assert fonts.line("IS في القائم والرمانة")[0] == "\u200f"
    assert fonts.line("Held by القائم") == "Held by القائم"
    assert fonts.line("القائم 12") == "القائم 12"


def test_what_no_font_shows_takes_no_room() -> None:
    assert fonts.width("a\u00adb\u2066c") == fonts.width("abc")
    assert fonts.width("a\tb\nc") == fonts.width("a b c")


@given(st.text(st.sampled_from("ab 字、「」क्षिกรุ้አ"), max_size=30), st.integers(20, 200))
def test_lines_lose_no_letter_and_have_room(letters: str, room: int) -> None:
    lines = wrapped(letters, 10, room)
    assert "".join("".join(lines).split()) == "".join(letters.split())
    for one in lines:
        assert fonts.width(one) * 10 <= room or len(fonts.clusters(one)) <= 2
        assert one == fitted(one, 10, fonts.width(one) * 10)


def test_chinese_is_broken_without_spaces() -> None:
    assert wrapped("徐州会战第五戰區。", 10, 45) == ["徐州会战", "第五戰", "區。"]


def test_a_script_is_named_in_english() -> None:
    assert [script(c) for c in "字한क🔥ก"] == [
        "Chinese characters",
        "Hangul",
        "Devanagari",
        "symbols",
        "Thai",
    ]
    assert script(NO_FONT) == "Egyptian"


def test_a_letter_that_no_font_has_is_a_box_and_is_reported_once(tmp_path: Path) -> None:
    text = Text(at=Point(10, 60), text=f"a{NO_FONT}b", size=30, colour="#000000")
    files = type_of(STYLES["light"], text, PT).files
    assert fonts.lacking(text.text, files) == {NO_FONT}
    assert fonts.width(text.text) > fonts.width("ab") + 0.8
    said: list[str] = []
    with fonts.one_warning(said.append):
        with fonts.one_warning(said.append):
            Sprites(STYLES["light"]).of_text(text)
        assert not said
    with fonts.one_warning(said.append):
        Sprites(STYLES["light"]).of_text(text)
    assert len(said) == 1
    assert NO_FONT in said[0]
    assert "Egyptian" in said[0]


def test_every_picture_of_a_campaign_is_drawn_without_a_warning(
    scripts: Path, tmp_path: Path
) -> None:
    timeline = replay.run(scripts)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in ("m.png", "m.svg", "m.pdf", "x.gif", "x.html"):
            assert replay.export(timeline, tmp_path / name).stat().st_size


BARE = """
import sys
for package in ("manimgx_fonts", "weblate_fonts"):
    sys.modules[package] = None
from replay.frontends.cli import start
sys.exit(start(sys.argv[1:]))
"""


def bare(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command on a machine that has no fonts but those of matplotlib."""
    env = {
        **os.environ,
        "MPL_IGNORE_SYSTEM_FONTS": "1",
        "MPLCONFIGDIR": str(folder / "mpl"),
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-W", "error", "-c", BARE, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_without_fonts_a_command_draws_boxes_and_says_once_how_to_get_them(
    scripts: Path, tmp_path: Path
) -> None:
    done = bare("snapshots", str(scripts), "-o", "sheets", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("drawn as boxes") == 1
    for word in (
        "Chinese characters",
        "Devanagari",
        "Ethiopic",
        "Hangul",
        'pip install "campaign-replay[fonts]"',
    ):
        assert word in done.stderr


def test_the_page_needs_no_font_of_ours(scripts: Path, tmp_path: Path) -> None:
    done = bare("export", str(scripts), "-o", "x.html", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "boxes" not in done.stderr
    assert (tmp_path / "x.html").stat().st_size > 100_000


def test_a_process_that_helps_reports_its_letters(tmp_path: Path) -> None:
    text = SCRIPTS.replace("申報", NO_FONT).replace("徐州会战", "Xuzhou").replace("国", NO_FONT)
    (tmp_path / "scenario.yaml").write_text(text, "utf-8")
    done = bare("export", "scenario.yaml", "-o", "x.gif", "--jobs", "2", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("drawn as boxes") == 1
    assert NO_FONT in done.stderr


@pytest.mark.parametrize("letter", "W中กҰ" + NO_FONT)
def test_the_letter_of_a_side_has_an_outline_in_any_script(letter: str) -> None:
    rings = glyph(letter)
    assert rings
    assert all(abs(x) < 1.2 and abs(y) < 1.2 for ring in rings for x, y in ring)
