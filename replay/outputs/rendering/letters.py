"""Letters: the fonts of a style, in the room that the house's font would take."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from matplotlib.font_manager import FontPath, FontProperties, findfont, fontManager
from matplotlib.ft2font import LoadFlags

from replay.foundation import fonts
from replay.foundation.fonts import FontFile
from replay.picture.items import Text
from replay.picture.styles import HOUSE, Style


class _Files(FontProperties):
    """Fonts by their files: a renderer asks for one family after the other, and for its file."""

    def copy(self) -> _Files:
        return _Files(family=self.get_family(), size=self.get_size_in_points())

    def get_file(self) -> FontPath:
        path, _, number = self.get_family()[0].rpartition("#")
        return FontPath(path, int(number))


class Type(NamedTuple):
    """The fonts in which a line is set, and their size in points."""

    files: tuple[FontFile, ...]
    points: float

    @property
    def properties(self) -> FontProperties:
        """The same as matplotlib's renderers take it."""
        return _Files(family=[f"{f.path}#{f.number}" for f in self.files], size=self.points)


def type_of(style: Style, text: Text, scale: float) -> Type:
    """The fonts and size of a text, at `scale` points to a pixel.

    It is never wider than the same text in the house's font, for which its room was measured. A
    headline in narrow letters is made larger, by a fifth at most. Where no font of the style has
    all the letters, the house's draws what it has, and other installed fonts the rest.
    """
    for family in style.families(text.face):
        if family == HOUSE:
            break
        file = _file(family, text.bold, text.italic)
        drawn = None if file is None else _width(file, text.text)
        if file is not None and drawn is not None:
            most = 1.2 if text.face == "headline" else 1.0
            room = fonts.width(text.text, text.bold, text.italic)
            return Type((file,), text.size * min(most, room / drawn) * scale)
    files = fonts.fonts_of(text.text, text.bold, text.italic)
    fonts.note_missing(fonts.lacking(text.text, files))
    return Type(files, text.size * scale)


@lru_cache(maxsize=1024)
def _file(family: str, bold: bool, italic: bool) -> FontFile | None:
    """The file of a family; None if this machine does not have it."""
    if family not in _installed():
        return None
    wanted = FontProperties(
        family=family,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
    )
    found = findfont(wanted)
    return FontFile(str(found), found.face_index if isinstance(found, FontPath) else 0)


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    return frozenset(entry.name for entry in fontManager.ttflist)


@lru_cache(maxsize=4096)
def _width(file: FontFile, text: str) -> float | None:
    """Width of a text of size 1; None where the font lacks something for it."""
    text = fonts.printable(text)
    if not text.strip() or not all(fonts.has(file, letter) for letter in text):
        return None
    letters: Any = fonts.opened([file])
    letters.set_size(100, 72)
    letters.set_text(fonts.line(text), 0.0, flags=LoadFlags.NO_HINTING)
    return float(letters.get_width_height()[0]) / 6400 or None
