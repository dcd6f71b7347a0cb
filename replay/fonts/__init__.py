"""Fonts: which one draws each letter, how wide a line is, and which letters none has."""

from __future__ import annotations

from replay.fonts.choice import FontFile, has, lacking, opened
from replay.fonts.letters import clusters, line, printable
from replay.fonts.measure import fonts_of, outline, reach, width
from replay.fonts.missing import MissingLetters, missing, note_missing, one_warning

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
