"""How lines of text are cut and broken to fit, without drawing anything."""

from __future__ import annotations

import re
import unicodedata

from replay.foundation import fonts

ASCENT, DESCENT = 0.76, 0.24
"""How far letters reach above and below the baseline, as a share of their size."""
_CLOSING = "、。，．：；！？）」』】》〉…"
"""Signs with which no line begins."""
_OPENING = "（「『【《〈"
"""Signs with which no line ends."""


def width(text: str, size: float, bold: bool = False, italic: bool = False) -> float:
    """Width of a line of text in pixels, in the fonts that draw it."""
    return fonts.width(text, bold, italic) * size


def fitted(text: str, size: float, room: float, bold: bool = False, italic: bool = False) -> str:
    """The text, or as much of it as has room, with an ellipsis."""
    text = " ".join(text.split())
    if width(text, size, bold, italic) <= room:
        return text
    parts = fonts.clusters(text)
    while parts and width("".join(parts) + "…", size, bold, italic) > room:
        parts.pop()
    return "".join(parts).rstrip(" ,;–-") + "…" if parts else ""


def wrapped(
    text: str, size: float, room: float, most: int = 99, bold: bool = False, italic: bool = False
) -> list[str]:
    """The text in lines that have room; of more than `most` lines the last ends in an ellipsis.

    A line is not broken at a no-break space, which becomes an ordinary one. Between Chinese and
    Japanese letters it may be broken without a space.
    """
    lines: list[str] = []
    line = ""
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        gap = " "
        for unit in _units(word):
            for piece in _pieces(unit, size, room, bold, italic):
                longer = f"{line}{gap}{piece}" if line else piece
                if not line or width(longer, size, bold, italic) <= room:
                    line = longer
                else:
                    lines.append(line)
                    line = piece
            gap = ""
    lines = [one.replace("\u00a0", " ") for one in (*lines, line) if one]
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        return [*lines[: most - 1], fitted(rest, size, room, bold, italic)]
    return lines


def _units(word: str) -> list[str]:
    """A word in parts between which a line may be broken: Chinese letters need no spaces."""
    if word.isascii() or not any(map(_wide, word)):
        return [word]
    units: list[str] = []
    for part in fonts.clusters(word):
        breaks = units and (_wide(part[0]) or _wide(units[-1][-1]))
        if breaks and part[0] not in _CLOSING and units[-1][-1] not in _OPENING:
            units.append(part)
        elif units:
            units[-1] += part
        else:
            units.append(part)
    return units


def _wide(letter: str) -> bool:
    """Whether a letter is of a script that is written without spaces; Korean has spaces."""
    return unicodedata.east_asian_width(letter) in "WF" and not "\uac00" <= letter <= "\ud7a3"


def _pieces(word: str, size: float, room: float, bold: bool, italic: bool) -> list[str]:
    """A word, cut where it is wider than a line."""
    pieces = []
    parts = fonts.clusters(word) if width(word, size, bold, italic) > room else [word]
    while len(parts) > 1 and width("".join(parts), size, bold, italic) > room:
        n = len(parts) - 1
        while n > 1 and width("".join(parts[:n]), size, bold, italic) > room:
            n -= 1
        pieces.append("".join(parts[:n]))
        parts = parts[n:]
    return [*pieces, "".join(parts)]
