"""Letters: the fonts of a style, in the room that the house's font would take."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import LoadFlags

from replay.layers.lettering import font_file, slants, width
from replay.picture import Text
from replay.styles import HOUSE, Style


def font(style: Style, text: Text, scale: float) -> FontProperties:
    """The font of a text, at `scale` points to a pixel.

    It is never wider than the same text in the house's font, for which its room was measured. A
    headline in narrow letters is made larger, by a fifth at most. Where no font of the style has
    all the letters, the house's has.
    """
    for family in style.families(text.face):
        drawn = _width(family, text.bold, text.italic, text.text) if family != HOUSE else None
        if drawn is not None:
            most = 1.2 if text.face == "headline" else 1.0
            size = text.size * min(most, width(text.text, 100, text.bold, text.italic) / drawn)
            return _font(family, text.bold, text.italic, size * scale)
        if family == HOUSE:
            break
    return _font(HOUSE, text.bold, text.italic and slants(text.text, text.bold), text.size * scale)


@lru_cache(maxsize=1024)
def _font(family: str, bold: bool, italic: bool, points: float) -> FontProperties:
    if family == HOUSE:
        return FontProperties(fname=font_file(bold, italic), size=points)
    return FontProperties(
        family=family,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
        size=points,
    )


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    return frozenset(entry.name for entry in fontManager.ttflist)


@lru_cache(maxsize=4096)
def _width(family: str, bold: bool, italic: bool, text: str) -> float | None:
    """Width of a text of size 100; None where this machine or the font lacks something for it."""
    if family not in _installed() or not text.strip():
        return None
    letters: Any = get_font(findfont(_font(family, bold, italic, 10)))
    if any(ord(letter) not in letters.get_charmap() for letter in text if letter.isprintable()):
        return None
    letters.set_size(100, 72)
    letters.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(letters.get_width_height()[0]) / 64 or None
