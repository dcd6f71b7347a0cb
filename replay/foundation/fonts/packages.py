"""The fonts that the extra `fonts` brings."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGES = ("manimgx_fonts", "weblate_fonts")
"""Packages of the extra `fonts`, which carry font files: Noto for most scripts, Kurinto for CJK."""


@lru_cache(maxsize=1)
def brought() -> tuple[Any, ...]:
    """The fonts of the extra `fonts`, without importing its packages; none if it is missing."""
    from matplotlib.font_manager import ttfFontProperty
    from matplotlib.ft2font import FT2Font

    entries = []
    for package in PACKAGES:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
            for path in sorted(Path(folder).rglob("*.ttf")):
                entries.append(ttfFontProperty(FT2Font(str(path))))
    return tuple(entries)
