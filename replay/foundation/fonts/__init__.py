"""Fonts: which one draws each letter, how wide a line is, and which letters none has."""

from __future__ import annotations

from replay.foundation.fonts.choice import FontFile, has, lacking, opened
from replay.foundation.fonts.letters import clusters, line, printable
from replay.foundation.fonts.measure import fonts_of, glyph_outline, reach, width
from replay.foundation.fonts.missing import (
    MissingLetters,
    missing_letters,
    note_missing,
    one_warning,
)

__all__ = [
    "FontFile",
    "MissingLetters",
    "clusters",
    "fonts_of",
    "glyph_outline",
    "has",
    "lacking",
    "line",
    "missing_letters",
    "note_missing",
    "one_warning",
    "opened",
    "printable",
    "reach",
    "width",
]
