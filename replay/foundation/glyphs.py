"""Letters as outlines, so that a mark can have a letter in it on paper, pixels and pages alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from replay.foundation.fonts import glyph_outline

GlyphPoint = tuple[float, float]
Rings = tuple[tuple[GlyphPoint, ...], ...]

PIECES = 5
"""Straight pieces to a curve: enough for letters as small as those in marks."""


@lru_cache(maxsize=256)
def glyph(letter: str) -> Rings:
    """The outlines of a bold letter of size 1 around the middle of its body, y downwards.

    Inner outlines run the other way round.
    """
    points, codes = glyph_outline(letter)
    size = 100.0
    rings = list(_rings(points, codes))
    xs = [x for ring in rings for x, _ in ring] or [0.0]
    ys = [y for ring in rings for _, y in ring] or [0.0]
    middle, height = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return tuple(
        tuple((round((x - middle) / size, 4), round((height - y) / size, 4)) for x, y in ring)
        for ring in rings
    )


MOVE, LINE, CURVE, CUBIC, CLOSE = 1, 2, 3, 4, 79
"""The codes of matplotlib's paths."""


def _rings(
    points: list[tuple[float, float]], codes: list[int]
) -> Iterator[list[tuple[float, float]]]:
    """Closed outlines whose curves have become straight pieces."""
    ring: list[GlyphPoint] = []
    n = 0
    while n < len(codes):
        code = codes[n]
        if code == MOVE:
            if len(ring) > 2:
                yield ring
            ring = [points[n]]
        elif code == LINE:
            ring.append(points[n])
        elif code in (CURVE, CUBIC):
            order = 2 if code == CURVE else 3
            ring += _curve([ring[-1], *points[n : n + order]])
            n += order - 1
        n += 1
    if len(ring) > 2:
        yield ring


def _curve(controls: list[GlyphPoint]) -> Iterator[GlyphPoint]:
    """Points on a Bézier curve after its first one (de Casteljau 1959)."""
    for piece in range(1, PIECES + 1):
        t, row = piece / PIECES, controls
        while len(row) > 1:
            row = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(row)]
        yield row[0]
