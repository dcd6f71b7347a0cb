"""Which font draws each letter of a line.

The fonts are tried in order: the one that is wanted (DejaVu Sans, which comes with matplotlib),
then other fonts that have the letters it lacks, Noto first, then the boxes of the Last Resort font,
each with a sign of its script. matplotlib shapes the letters (HarfBuzz) and orders lines that run
from right to left.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from replay.foundation.fonts.letters import clusters, invisible, line
from replay.foundation.fonts.packages import brought

_HOUSE = {
    (False, False): "DejaVuSans.ttf",
    (True, False): "DejaVuSans-Bold.ttf",
    (False, True): "DejaVuSans-Oblique.ttf",
    (True, True): "DejaVuSans-BoldOblique.ttf",
}
_NOT_FOR_WORDS = ("cm", "stixsize", "stixnonuni", "lastresort", ".lastresort", "adobeblank")
"""Beginnings of the names of fonts whose letters are not what their codes say."""


class FontFile(NamedTuple):
    """A file of fonts, and the number of the font in it."""

    path: str
    number: int = 0


@lru_cache(maxsize=4)
def house(bold: bool = False, italic: bool = False) -> FontFile:
    """The font that comes with matplotlib and draws whatever it can."""
    return FontFile(str(_shipped(_HOUSE[bold, italic])))


@lru_cache(maxsize=1)
def boxes() -> FontFile:
    """The font that has a box for every letter."""
    return FontFile(str(_shipped("LastResortHE-Regular.ttf")))


def _shipped(name: str) -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name


def opened(files: Iterable[FontFile]) -> Any:
    """matplotlib's font for a list of files, in which later ones have what earlier ones lack."""
    from matplotlib.font_manager import FontPath, get_font

    return get_font([FontPath(file.path, file.number) for file in files])


@lru_cache(maxsize=4096)
def has(file: FontFile, letter: str) -> bool:
    """Whether a font has a letter."""
    letters = _letters(file)
    n = bisect_left(letters, ord(letter))
    return n < len(letters) and letters[n] == ord(letter)


@cache
def _letters(file: FontFile) -> array[int]:
    """The codes of all letters of a font in ascending order; none of one that cannot be read."""
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(file.path, face_index=file.number)
        if not font.scalable:
            return array("L")
        return array("L", sorted(font.get_charmap()))
    except (OSError, RuntimeError, ValueError):
        return array("L")


def _covers(file: FontFile, cluster: str) -> bool:
    """Whether a font has a letter and all its marks, which no two fonts can share."""
    return all(has(file, letter) for letter in cluster if not invisible(letter))


@lru_cache(maxsize=16384)
def chosen(text: str, first: FontFile) -> tuple[FontFile, ...]:
    """The fonts that together draw a line, the wanted one first; boxes last if it is not enough.

    Of the others, one that has all missing letters is preferred to several that have some.
    """
    left = {part for part in clusters(line(text)) if not _covers(first, part)}
    if not left:
        return (first,)
    found = [first]
    while left:
        file = _best(left, first in (house(True), house(True, True)))
        if file is None:
            break
        found.append(file)
        left = {part for part in left if not _covers(file, part)}
    return (*found, boxes())


def lacking(text: str, files: tuple[FontFile, ...]) -> frozenset[str]:
    """The letters of a line, with their marks, that are drawn as boxes."""
    if files[-1] != boxes():
        return frozenset()
    return frozenset(
        part for part in clusters(line(text)) if not any(_covers(f, part) for f in files[:-1])
    )


def _best(parts: set[str], bold: bool) -> FontFile | None:
    """The font that has most of some letters; of equals, the one that is preferred."""
    best, most = None, 0
    for file in _others(bold):
        count = sum(_covers(file, part) for part in parts)
        if count == len(parts):
            return file
        if count > most:
            best, most = file, count
    return best


@lru_cache(maxsize=2)
def _others(bold: bool) -> tuple[FontFile, ...]:
    """All other fonts of this machine and of the extra, those that are preferred first."""
    from matplotlib.font_manager import fontManager

    entries = [
        entry
        for entry in (*fontManager.ttflist, *brought())
        if entry.style == "normal" and not _plain(entry.name).startswith(_NOT_FOR_WORDS)
    ]
    entries.sort(key=lambda entry: (*_preference(entry, bold), entry.name, entry.fname))
    files = (FontFile(entry.fname, entry.index) for entry in entries)
    return tuple(dict.fromkeys((house(bold), house(), *files)))


def _preference(entry: Any, bold: bool) -> tuple[bool, int, int]:
    """Neither thin nor black; DejaVu, then Noto Sans, then others; the weight that is wanted."""
    from matplotlib.font_manager import weight_dict

    name = _plain(entry.name)
    weight = entry.weight if isinstance(entry.weight, int) else weight_dict.get(entry.weight, 400)
    kinds = ("dejavusans", "notosans", "noto", "kurinto")
    kind = next((n for n, known in enumerate(kinds) if name.startswith(known)), len(kinds))
    odd = not 300 <= weight <= 800 or "color" in name or "mono" in name or "unifont" in name
    return odd, kind, abs(weight - (700 if bold else 400))


def _plain(name: str) -> str:
    return name.lower().replace(" ", "")
