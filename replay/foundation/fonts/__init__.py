"""Fonts: which one draws each letter, how wide a line is, and which letters none has."""

from __future__ import annotations

from replay.foundation.fonts.choice import FontFile, has, lacking, opened
from replay.foundation.fonts.letters import clusters, line, printable
from replay.foundation.fonts.measure import fonts_of, outline, reach, width
from replay.foundation.fonts.missing import MissingLetters, missing, note_missing, one_warning

__all__ = [
    "FontFile",
    "MissingLetters",
    "clusters",
    "fonts_of",
    "has",
    "lacking",
    "line",
    "missing",
    "note_missing",
    "one_warning",
    "opened",
    "outline",
    "printable",
    "reach",
    "width",
]
