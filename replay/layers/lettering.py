"""How wide words are, and how they are broken into lines, without drawing anything.

The fonts are the DejaVu Sans that come with matplotlib, so that every machine measures the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_FILES = {
    (False, False): "DejaVuSans.ttf",
    (True, False): "DejaVuSans-Bold.ttf",
    (False, True): "DejaVuSans-Oblique.ttf",
    (True, True): "DejaVuSans-BoldOblique.ttf",
}
ASCENT, DESCENT = 0.76, 0.24
"""How far letters reach above and below the baseline, as a share of their size."""


@lru_cache(maxsize=4)
def font_file(bold: bool = False, italic: bool = False) -> Path:
    """The file of the font."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / _FILES[bold, italic]


@lru_cache(maxsize=4)
def _font(bold: bool, italic: bool) -> object:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(font_file(bold, italic)))
    font.set_size(100, 72)
    return font


@lru_cache(maxsize=8192)
def slants(text: str, bold: bool = False) -> bool:
    """Whether the slanted letters of the font are enough for a text: it has no Arabic ones."""
    from matplotlib.ft2font import FT2Font

    font = _font(bold, True)
    assert isinstance(font, FT2Font)
    return text.isascii() or all(font.get_char_index(ord(letter)) for letter in text)


@lru_cache(maxsize=8192)
def _advance(letter: str, bold: bool, italic: bool) -> float:
    """Width of a letter of size 1."""
    from matplotlib.ft2font import FT2Font, LoadFlags

    font = _font(bold, italic)
    assert isinstance(font, FT2Font)
    return (
        float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 6553600
    )


@lru_cache(maxsize=65536)
def width(text: str, size: float, bold: bool = False, italic: bool = False) -> float:
    """Width of a line of text in pixels. Kerning, which only makes it narrower, is not counted."""
    italic = italic and slants(text, bold)
    return sum(_advance(letter, bold, italic) for letter in text) * size


def fitted(text: str, size: float, room: float, bold: bool = False, italic: bool = False) -> str:
    """The text, or as much of it as has room, with an ellipsis."""
    text = " ".join(text.split())
    if width(text, size, bold, italic) <= room:
        return text
    while text and width(text + "…", size, bold, italic) > room:
        text = text[:-1]
    return text.rstrip(" ,;–-") + "…" if text else ""


def wrapped(
    text: str, size: float, room: float, most: int = 99, bold: bool = False, italic: bool = False
) -> list[str]:
    """The text in lines that have room; of more than `most` lines the last ends in an ellipsis.

    A line is not broken at a no-break space, which becomes an ordinary one.
    """
    lines: list[str] = []
    line = ""
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        for piece in _pieces(word, size, room, bold, italic):
            longer = f"{line} {piece}" if line else piece
            if not line or width(longer, size, bold, italic) <= room:
                line = longer
            else:
                lines.append(line)
                line = piece
    lines = [one.replace("\u00a0", " ") for one in (*lines, line) if one]
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        return [*lines[: most - 1], fitted(rest, size, room, bold, italic)]
    return lines


def _pieces(word: str, size: float, room: float, bold: bool, italic: bool) -> list[str]:
    """A word, cut where it is wider than a line."""
    pieces = []
    while width(word, size, bold, italic) > room and len(word) > 1:
        n = len(word) - 1
        while n > 1 and width(word[:n], size, bold, italic) > room:
            n -= 1
        pieces.append(word[:n])
        word = word[n:]
    return [*pieces, word]
