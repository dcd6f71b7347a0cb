"""What a symbol is made of: its outline, its filling, its ring, its letters, as shapes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from replay.foundation.glyphs import glyph
from replay.picture.items import Outline, Point, Points, Shape, Sign, Symbol

_CORNERS: dict[Outline, tuple[float, ...]] = {
    "square": (45, 135, 225, 315),
    "triangle": (90, 210, 330),
    "diamond": (0, 90, 180, 270),
    "hexagon": (0, 60, 120, 180, 240, 300),
}
"""Directions of the corners, in degrees against the clock from the right."""


LARGE = 120.0
"""A circle of this diameter has more corners: in pixels of a picture of 1280 by 720."""


@lru_cache(maxsize=256)
def outline(shape: Outline, size: float) -> Points:
    """The corners of an outline around the origin, y downwards, within a circle of diameter `size`.

    A circle has 32 corners, and more where it is so large that they would show.
    """
    r = size / 2
    around = 32 if size < LARGE else 128
    if shape == "cross":
        return _cross(r)
    if shape == "burst":
        spokes = range(16)
        return tuple(_polar(r if n % 2 == 0 else r * 0.58, n * 22.5) for n in spokes)
    angles = _CORNERS.get(shape) or tuple(n * 360 / around for n in range(around))
    # every outline covers about the area of the circle, so that no kind of place looks bigger
    grow = {"square": 1.16, "triangle": 1.3, "diamond": 1.2, "hexagon": 1.06}.get(shape, 1.0)
    return tuple(_polar(r * grow, angle) for angle in angles)


def _polar(r: float, degrees: float) -> Point:
    a = math.radians(degrees)
    return Point(round(r * math.cos(a), 3), round(-r * math.sin(a), 3))


def _cross(r: float) -> Points:
    """Two crossed bars."""
    t = r * 0.2
    plus = [(t, t), (t, r), (-t, r), (-t, t), (-r, t), (-r, -t)]
    plus += [(-t, -t), (-t, -r), (t, -r), (t, -t), (r, -t), (r, t)]
    s = math.sqrt(0.5)
    return tuple(Point(round(s * (x - y), 3), round(s * (x + y), 3)) for x, y in plus)


def parts(symbol: Symbol, signs: bool = False) -> tuple[Shape, ...]:
    """The shapes that make up a symbol, the lowest first; with `signs` also that of its side."""
    corners = outline(symbol.shape, symbol.size)
    found: list[Shape] = []

    def add(points: Points, **look: Any) -> None:
        placed = tuple(Point(symbol.at.x + x, symbol.at.y + y) for x, y in points)
        found.append(Shape(rings=(placed,), opacity=symbol.opacity, **look))

    if symbol.fill is not None:
        add(corners, fill=symbol.fill)
    if symbol.second is not None and symbol.pattern == "split":
        colours = (symbol.second, *symbol.others)
        same = len({symbol.fill, *colours}) <= len(colours)
        line = {"edge": "paper", "width": symbol.size * 0.06} if same else {}
        for colour, sector in _sectors(colours, symbol.size, symbol.portion):
            add(_within(corners, sector), fill=colour, **line)
    if symbol.second is not None and symbol.pattern == "bands":
        colours = (symbol.second, *symbol.others)
        for colour, top in zip(colours, _tops(len(colours) + 1, symbol.size)[1:], strict=True):
            gap = symbol.size * 0.03
            add(_within(corners, _below(top - gap, symbol.size)), fill="paper")
            add(_within(corners, _below(top + gap, symbol.size)), fill=colour)
    if symbol.second is not None and symbol.pattern == "hatched":
        for stripe in _stripes(symbol.size):
            piece = _within(corners, stripe)
            if len(piece) > 2:
                add(piece, fill=symbol.second)
    if signs and symbol.sign is not None and not symbol.letters:
        add(_sign(symbol.sign, symbol.size * 0.5, symbol.size * 0.09), fill="paper")
        add(_sign(symbol.sign, symbol.size * 0.5, 0.0), fill="ink")
    if symbol.edge is not None and symbol.width:
        add(corners, edge=symbol.edge, width=symbol.width, dash=symbol.dash)
    wide = max(1.5, symbol.size / 8)
    if len(symbol.ring) == 1:
        look = {"edge": symbol.ring[0], "width": wide, "dash": symbol.ring_dash}
        add(outline("circle", symbol.size + 6), **look)
    for n, colour in enumerate(symbol.ring if len(symbol.ring) > 1 else ()):
        for first, last in _arcs(n, len(symbol.ring), bool(symbol.ring_dash)):
            add(_arc(symbol.size / 2 + 3, wide, first, last), fill=colour)
    found += _letters(symbol)
    if symbol.unequal:
        for points, colour in _unequal(symbol.size):
            add(points, fill=colour)
    return tuple(
        replace(shape, of=symbol.of, space=symbol.space, clip=symbol.clip) for shape in found
    )


def _below(level: float, size: float) -> Points:
    """All that lies below a level of a symbol of some size."""
    far = size * 2
    return Point(-far, level), Point(far, level), Point(far, far), Point(-far, far)


def _tops(count: int, size: float) -> list[float]:
    """Where each of some bands begins, from the top: the outer ones of a round mark are taller."""
    reach = size * 0.5
    if count == 2:
        return [-reach, 0.0]
    inner = 2 * reach * 0.72 / (count - 1)
    return [-reach, *(-(inner * (count - 2)) / 2 + inner * n for n in range(count - 1))]


def _sectors(colours: tuple[str, ...], size: float, portion: float) -> Iterator[tuple[str, Points]]:
    """Sectors for all colours but the first, which fills the rest: clockwise from the top.

    The second of two colours has the right half, or what a portion leaves of the mark.
    """
    far = size * 2
    if len(colours) == 1:
        x = round(_chord(portion) * size / 2, 3)
        yield colours[0], (Point(x, -far), Point(far, -far), Point(far, far), Point(x, far))
        return
    wide = 360 / (len(colours) + 1)
    for n, colour in enumerate(colours):
        corners = (_polar(far, 90 - wide * (n + part / 2)) for part in range(3))
        yield colour, (Point(0, 0), *corners)


@lru_cache(maxsize=256)
def _chord(portion: float) -> float:
    """Where an upright line cuts off a portion of a disc of radius 1 at its left."""
    low, high = -1.0, 1.0
    for _ in range(30):
        x = (low + high) / 2
        left = 1 - (math.acos(x) - x * math.sqrt(1 - x * x)) / math.pi
        low, high = (x, high) if left < portion else (low, x)
    return round((low + high) / 2, 6)


def _arc(r: float, wide: float, first: float, last: float) -> Points:
    """A part of a ring, from one share of the circle to another, clockwise from the top."""
    angles = [90 - 360 * (first + (last - first) * n / 16) for n in range(17)]
    outer = [_polar(r + wide / 2, angle) for angle in angles]
    inner = [_polar(r - wide / 2, angle) for angle in reversed(angles)]
    return (*outer, *inner)


def _arcs(n: int, count: int, dashed: bool) -> Iterator[tuple[float, float]]:
    """From where to where one of several colours of a ring goes; in dashes, with gaps."""
    if not dashed:
        yield n / count, (n + 1) / count
        return
    pieces = 4
    for k in range(pieces):
        first = (n + k / pieces) / count
        yield first, first + 0.6 / (pieces * count)


def _unequal(size: float) -> Iterator[tuple[Points, str]]:
    """A small ≠ on a disc, at the lower right of a mark of a size."""
    r = max(4.0, size * 0.3)
    x = y = size * 0.36 + 1.0

    def placed(points: Points) -> Points:
        return tuple(Point(round(p.x + x, 3), round(p.y + y, 3)) for p in points)

    long, thin, gap = r * 0.62, r * 0.11, r * 0.27
    yield placed(outline("circle", r * 2)), "paper"
    for level in (-gap, gap):
        corners = ((-long, -thin), (long, -thin), (long, thin), (-long, thin))
        yield placed(tuple(Point(a, b + level) for a, b in corners)), "alert"
    far, wide = r * 0.66, thin * 1.15
    half = far * 0.5
    slash = ((half + wide, -far), (half - wide, -far), (-half - wide, far), (-half + wide, far))
    yield placed(tuple(Point(a, b) for a, b in slash)), "alert"


def _letters(symbol: Symbol) -> Iterator[Shape]:
    """The letters of a symbol: one in its middle, one in each sector, or some beside each other.

    Those of a ring are on it.
    """
    count = len(symbol.letters)
    parted = symbol.pattern in ("split", "bands")
    colours = [symbol.fill or "paper", symbol.second or "paper", *symbol.others]
    size = symbol.size * (min(0.46, 1.1 / len(colours)) if parted else 0.74)
    for n, letter in enumerate(symbol.letters):
        spot = _middle(symbol, n) if parted else Point((n - (count - 1) / 2) * size, 0)
        below = colours[n] if n < len(colours) else "paper"
        yield from _letter(symbol, letter, spot, size, below, symbol.pattern == "hatched")
    for n, letter in enumerate(symbol.ring_letters):
        spot = _polar(symbol.size / 2 + 4, 45 - 360 * n / len(symbol.ring_letters))
        yield from _letter(symbol, letter, spot, symbol.size * 0.5, "paper", True)


def _letter(
    symbol: Symbol, letter: str, spot: Point, size: float, below: str, halo: bool
) -> Iterator[Shape]:
    """A letter at a spot of a symbol, on a colour; with a halo it is set off from what is below."""
    at = Point(symbol.at.x + spot.x, symbol.at.y + spot.y)
    rings = tuple(
        tuple(Point(round(at.x + x * size, 3), round(at.y + y * size, 3)) for x, y in ring)
        for ring in glyph(letter)
    )
    if halo:
        yield Shape(rings=rings, edge=below, width=symbol.size * 0.16, opacity=symbol.opacity)
    yield Shape(rings=rings, fill=f"on({below})", opacity=symbol.opacity)


def _middle(symbol: Symbol, n: int) -> Point:
    """Where in a sector or band its letter is; the first colour has the last sector."""
    count = 2 + len(symbol.others)
    if symbol.pattern == "bands":
        tops = [*_tops(count, symbol.size), symbol.size / 2]
        return Point(0, (tops[n] + tops[n + 1]) / 2)
    if count == 2:
        return Point(symbol.size * (0.24 if n else -0.24), 0)
    return _polar(symbol.size * 0.28, 90 - 360 * ((n - 1) % count + 0.5) / count)


def _sign(sign: Sign, size: float, more: float) -> Points:
    """The corners of a sign around the origin, with so much more on each side."""
    if sign == "dot":
        return outline("circle", size * 0.9 + 2 * more)
    if sign == "diamond":
        return outline("diamond", size * 0.8 + 2 * more)
    if sign == "cross":
        return outline("cross", size * 1.2 + 2 * more)
    long, thin = size * 0.6 + more, size * 0.22 + more
    w, h = (long, thin) if sign == "bar" else (thin, long)
    return Point(w, h), Point(-w, h), Point(-w, -h), Point(w, -h)


def _stripes(size: float) -> Iterator[Points]:
    """Diagonal stripes, rising to the right, as wide as the gaps between them."""
    step = max(2.2, size / 5)
    count = int(size / step) + 1
    for n in range(-count, count + 1):
        c = n * step * 2
        near, far = c - step * 0.5, c + step * 0.5
        yield (
            Point(near - size, size),
            Point(near + size, -size),
            Point(far + size, -size),
            Point(far - size, size),
        )


def _within(points: Points, window: Points) -> Points:
    """The part of a polygon inside a convex one (Sutherland & Hodgman 1974)."""
    centre = Point(sum(p.x for p in window) / len(window), sum(p.y for p in window) / len(window))
    for a, b in zip(window, (*window[1:], window[0]), strict=True):
        points = _cut(points, a, b, centre)
    return points


def _cut(points: Points, a: Point, b: Point, inside: Point) -> Points:
    def side(p: Point) -> float:
        return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)

    sign = math.copysign(1.0, side(inside))
    kept: list[Point] = []
    for p, q in zip(points, (*points[1:], *points[:1]), strict=True):
        d, e = side(p) * sign, side(q) * sign
        if d >= 0:
            kept.append(p)
        if d * e < 0:
            t = d / (d - e)
            kept.append(Point(round(p.x + t * (q.x - p.x), 3), round(p.y + t * (q.y - p.y), 3)))
    return tuple(kept)
