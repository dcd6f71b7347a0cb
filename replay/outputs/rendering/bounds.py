"""Parts of a page in whole pixels: what an item covers, and what has changed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from replay.foundation import fonts
from replay.picture.items import Box, Image, Item, Point, Shape, Symbol, Text
from replay.picture.layers.text_metrics import width


class Bounds(NamedTuple):
    """A part of a page in whole pixels; right and bottom are not within."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: Bounds) -> bool:
        """Whether two parts have pixels in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Bounds) -> Bounds:
        """What two parts have in common; it may have no pixels."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Bounds(left, top, min(self.right, other.right), min(self.bottom, other.bottom))

    def around(self, other: Bounds) -> Bounds:
        """The smallest part that holds both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Bounds(left, top, max(self.right, other.right), max(self.bottom, other.bottom))

    @property
    def pixels(self) -> tuple[slice, slice]:
        """Its rows and columns in an array of pixels."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    @property
    def area(self) -> int:
        return max(0, self.right - self.left) * max(0, self.bottom - self.top)


_AIR = 2
"""Pixels around an item into which its edges may fade."""


def bounds(item: Item, weight: float = 1.0) -> Bounds:
    """The part of a page outside of which an item draws nothing."""
    if isinstance(item, Symbol):
        # an outline grows by a third at most; a ring lies three pixels outside, its letters on it
        ring = 3 + max(1.5, item.size / 8) * weight if item.ring else 0.0
        ring += 4 + item.size * 0.3 if item.ring_letters else 0.0
        reach = item.size * 0.67 + item.width * weight + ring
        box = Box(item.at.x - reach, item.at.y - reach, 2 * reach, 2 * reach)
    elif isinstance(item, Text):
        box = _of_text(item)
    elif isinstance(item, Image):
        box = item.box
    else:
        rings = item.rings if isinstance(item, Shape) else (item.points,)
        box = _of_points(rings).inset(-item.width * weight / 2)
    found = Bounds(
        math.floor(box.x) - _AIR,
        math.floor(box.y) - _AIR,
        math.ceil(box.right) + _AIR,
        math.ceil(box.bottom) + _AIR,
    )
    return found if item.clip is None else found.within(clipped(item.clip))


def clipped(box: Box) -> Bounds:
    """The pixels to which a clip confines an item, as Agg rounds it."""
    return Bounds(
        math.floor(box.x + 0.5),
        math.floor(box.y + 0.5),
        math.floor(box.right + 0.5),
        math.floor(box.bottom + 0.5),
    )


def _of_points(rings: Iterable[Iterable[Point]]) -> Box:
    points = [point for ring in rings for point in ring]
    if not points:
        return Box(0, 0, 0, 0)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, top = min(xs), min(ys)
    return Box(left, top, max(xs) - left, max(ys) - top)


def _of_text(text: Text) -> Box:
    """A text lies within its size above and half of it below; a slope may turn it any way."""
    air = text.size * 0.5 + 3
    wide = width(text.text, text.size, text.bold, text.italic) + 2 * air
    if text.face == "headline":
        wide *= 1.2  # a style may set it in larger letters
    x = text.at.x - air
    x -= {"left": 0.0, "centre": wide / 2 - air, "right": wide - 2 * air}[text.align]
    above, below = 1.35, 0.55
    if max(text.text, default="") >= "\u0590":  # such letters may stack higher
        reach = fonts.reach(text.text, text.bold, text.italic)
        above, below = max(above, reach[0] * 1.25), max(below, reach[1] * 1.25 + 0.1)
    if text.turn:
        far = wide + (above + below) * text.size
        return Box(text.at.x - far, text.at.y - far, 2 * far, 2 * far)
    size = text.size
    return Box(x, text.at.y - size * above - 3, wide, size * (above + below) + 6)


def merged(parts: Iterable[Bounds]) -> list[Bounds]:
    """Parts that hold all of some others and have no pixel in common, top to bottom.

    Neighbours become one where that adds little.
    """
    left = sorted({part for part in parts if part.area})
    found: list[Bounds] = []
    while left:
        one = left.pop()
        n = _neighbour(one, found)
        if n is None:
            found.append(one)
        else:
            left.append(one.around(found.pop(n)))
    return sorted(found, key=lambda part: (part.top, part.left))


def _neighbour(one: Bounds, others: list[Bounds]) -> int | None:
    """The number of a part that meets one, or with which it makes a part that is little larger."""
    left, top, right, bottom = one
    area = (right - left) * (bottom - top)
    for n, (x, y, far, low) in enumerate(others):
        if left < far and x < right and top < low and y < bottom:
            return n
        wide, tall = max(right, far) - min(left, x), max(bottom, low) - min(top, y)
        if wide * tall <= 1.15 * (area + (far - x) * (low - y)):
            return n
    return None
