"""Letters: what of a line can be drawn, in which direction it runs, where it may be cut."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SHAPED = "\u0590"
"""From this letter on, letters may join, stack or run from right to left."""
_UNSHAPED = (("\u1e00", "\u200b"), ("\u2010", "\u2028"), ("\u2030", "\u2060"), ("\u2070", "\u2c00"))
JOINERS = "\u200c\u200d\u200e\u200f"
"""Invisible characters that change how their neighbours are drawn."""


def invisible(letter: str) -> bool:
    """Whether a letter only changes how its neighbours are drawn: joiners, variation selectors."""
    return letter in JOINERS or "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0100"


@lru_cache(maxsize=16384)
def printable(text: str) -> str:
    """A line without characters that no font shows: white space is a space, the rest is left out.

    >>> printable("a\\tb\\u00ad")
    'a b'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_printable, text))


def _printable(letter: str) -> str:
    if letter.isprintable() or letter in JOINERS:
        return letter
    return "" if unicodedata.category(letter) == "Cf" else " "


@lru_cache(maxsize=16384)
def line(text: str) -> str:
    """A line as it is given to the renderer: printable, and told in which direction it runs.

    A line with letters of both directions runs as most of its letters do, not as its first.
    """
    text = printable(text)
    if not text or max(text) < SHAPED:
        return text
    strong = [_STRONG.get(unicodedata.bidirectional(letter), "") for letter in text]
    first = next(filter(None, strong), "")
    left, right = strong.count("\u200e"), strong.count("\u200f")
    most = "\u200e" if left >= right else "\u200f"
    return text if most == first or not (left and right) else most + text


_STRONG = {"L": "\u200e", "R": "\u200f", "AL": "\u200f"}
"""The mark of the direction that a letter gives to the line that it begins."""


def clusters(text: str) -> list[str]:
    """A text in parts that no line break and no ellipsis may cut: letters with their marks.

    >>> [len(part) for part in clusters("a\\u0301b")]
    [2, 1]
    """
    found: list[str] = []
    for letter in text:
        joined = found and (
            unicodedata.category(letter) in ("Mn", "Mc", "Me")
            or letter in "\u200c\u200d"
            or found[-1][-1] == "\u200d"
            or unicodedata.combining(found[-1][-1]) == 9  # a virama: the next letter joins
        )
        if joined:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def stands_alone(letter: str) -> bool:
    """Whether a letter is only put beside the one before it: Latin, Greek, Cyrillic, symbols."""
    return letter < SHAPED or any(low <= letter < high for low, high in _UNSHAPED)


_KINDS = (
    *("LETTER", "SYLLABLE", "VOWEL", "SIGN", "DIGIT", "NUMBER", "CONSONANT", "UNIFIED", "RADICAL"),
    *("COMPATIBILITY", "IDEOGRAPH", "HIEROGLYPH", "MARK", "SUBJOINED", "TONE", "NUMERIC"),
    *("CAPITAL", "SMALL", "DEPENDENT", "INDEPENDENT"),
)
"""Words that follow the name of a script in the name of a letter."""


def script(letter: str) -> str:
    """The name of a letter's script; "symbols" for what is no letter.

    >>> script("字"), script("한"), script("क"), script("🔥")
    ('Chinese characters', 'Hangul', 'Devanagari', 'symbols')
    """
    if unicodedata.category(letter)[0] not in "LMN":
        return "symbols"
    words = unicodedata.name(letter, "unnamed letters").replace("-", " ").split()
    if words[0] == "CJK":
        return "Chinese characters"
    count = next((n for n, word in enumerate(words) if word in _KINDS), 1)
    return " ".join(words[: max(count, 1)]).capitalize()
