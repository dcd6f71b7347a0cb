"""Sizes of pages, in pixels, and their names."""

from __future__ import annotations

import re

from replay.foundation.errors import UsageError, did_you_mean

Size = str | tuple[int, int]

PAGE = (1280, 720)
"""The page for which sizes are given; on another one they grow or shrink with it."""

SIZES = {
    "screen": PAGE,
    "slide": (1920, 1080),
    "slide-4x3": (1440, 1080),
    "square": (1080, 1080),
    "upright": (1080, 1920),
    "a4": (1684, 1190),
    "a4-portrait": (1190, 1684),
    "a3": (2382, 1684),
    "a3-portrait": (1684, 2382),
}
"""Pages by name. Paper has the form of ISO 216, at 144 pixels to the inch."""

LEAST, MOST = 200, 8000
"""How few pixels a side of a page may have, and how many."""


def size_of(named: Size) -> tuple[int, int]:
    """Width and height of a page, by its name or as `1920x1080`.

    Raises UsageProblem U520 for what is neither, or too small or too large to be drawn.
    """
    if isinstance(named, str):
        if named in SIZES:
            return SIZES[named]
        found = re.fullmatch(r"(\d{1,5})\s*[x×]\s*(\d{1,5})", named.strip())
        if found is None:
            hint = did_you_mean(named, SIZES) or f"sizes: {', '.join(SIZES)}, or such as 1600x900"
            raise UsageError("U520", f"there is no size {named!r}", hint)
        named = int(found[1]), int(found[2])
    if not all(LEAST <= side <= MOST for side in named):
        what = f"a page cannot be {named[0]} × {named[1]} pixels"
        raise UsageError("U520", what, f"each side has {LEAST} to {MOST} pixels")
    return named
