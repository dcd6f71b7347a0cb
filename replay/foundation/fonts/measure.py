"""How much room a line of text takes, in the fonts that draw it."""

from __future__ import annotations

from functools import lru_cache

from replay.foundation.fonts.choice import FontFile, chosen, has, house, opened
from replay.foundation.fonts.letters import line, printable, stands_alone


@lru_cache(maxsize=8192)
def slants(text: str, bold: bool = False) -> bool:
    """Whether the slanted letters of the house's font are enough for a line: it has no Arabic."""
    return text.isascii() or all(has(house(bold, True), letter) for letter in printable(text))


def fonts_of(text: str, bold: bool = False, italic: bool = False) -> tuple[FontFile, ...]:
    """The fonts that draw a line; it is upright where it has letters that are never slanted."""
    return chosen(text, house(bold, italic and slants(text, bold)))


@lru_cache(maxsize=65536)
def width(text: str, bold: bool = False, italic: bool = False) -> float:
    """Width of a line of size 1.

    Kerning of Latin letters, which only makes a line narrower, is not counted.
    """
    text = line(text)
    files = fonts_of(text, bold, italic)
    if len(files) == 1 and all(map(stands_alone, text)):
        return sum(_advance(letter, files[0]) for letter in text)
    return _laid_out(text, files)[0]


def reach(text: str, bold: bool = False, italic: bool = False) -> tuple[float, float]:
    """How far the letters of a line of size 1 reach above and below its baseline."""
    _, tall, below = _laid_out(line(text), fonts_of(text, bold, italic))
    return tall - below, below


@lru_cache(maxsize=8192)
def _advance(letter: str, file: FontFile) -> float:
    from matplotlib.ft2font import LoadFlags

    font = opened([file])
    font.set_size(100, 72)
    glyph = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 6553600


@lru_cache(maxsize=65536)
def _laid_out(text: str, files: tuple[FontFile, ...]) -> tuple[float, float, float]:
    """Width, height and depth below the baseline of a line of size 1."""
    from matplotlib.ft2font import LoadFlags

    font = opened(files)
    font.clear()
    font.set_size(100, 72)
    font.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    wide, tall = font.get_width_height()
    # A mark that no font can put on its letter is a box beside it, which adds nothing to the width.
    font.draw_glyphs_to_bitmap()
    wide = max(wide, font.get_bitmap_offset()[0] + 64 * font.get_image().shape[1])
    return wide / 6400, tall / 6400, font.get_descent() / 6400


def glyph_outline(letter: str) -> tuple[list[tuple[float, float]], list[int]]:
    """The outline of one bold letter of 100 points: points and codes of matplotlib's paths."""
    from matplotlib.ft2font import LoadFlags

    files = fonts_of(letter, bold=True)
    file = next((file for file in files if has(file, letter)), files[-1])
    font = opened([file])
    font.set_size(100, 72)
    font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    points, codes = font.get_path()
    return [(float(x), float(y)) for x, y in points], [int(code) for code in codes]
