"""Where there is still room: boxes and lines that are taken, and free places for words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replay.picture.items import Box, Point
from replay.picture.layers.text_metrics import ASCENT, DESCENT, width

Leader = tuple[Point, Point]


CELL = 64.0
"""Side of the squares, in pixels, by which taken boxes are found again."""


class Board:
    """The taken parts of a box; whatever is put there must be inside it and touch nothing."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.lines: list[Leader] = []
        self.spots: list[Point] = []
        """The middles of marks that have names: each name stands nearest to its own."""
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def copy(self) -> Board:
        """A board on which one may try something."""
        other = Board(self.box)
        other.lines = list(self.lines)
        other.spots = self.spots
        other._cells = {cell: list(boxes) for cell, boxes in self._cells.items()}
        return other

    def take(self, *boxes: Box) -> None:
        """Mark some boxes as taken."""
        for box in boxes:
            for cell in _cells(box):
                self._cells.setdefault(cell, []).append(box)

    def near(self, box: Box) -> Iterator[Box]:
        """The taken boxes that may touch a box, some of them more than once."""
        for cell in _cells(box):
            yield from self._cells.get(cell, ())

    def free(self, box: Box) -> bool:
        """Whether a box lies inside and touches nothing."""
        return (
            self.box.contains(box)
            and not any(box.overlaps(other) for other in self.near(box))
            and not any(crosses(line, box) for line in self.lines)
        )

    def clear(self, leader: Leader, but: Box) -> bool:
        """Whether a line crosses nothing but the mark at its own end and those in the same spot."""
        own = but.inset(but.w * 0.45)
        (ax, ay), (bx, by) = leader
        around = Box(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))
        # marks are round: their boxes have empty corners
        cores = (
            other.inset(min(3.0, other.w * 0.2) if other.w == other.h else 1.0)
            for other in self.near(around)
        )
        return not any(crosses(leader, core) for core in cores if not core.overlaps(own)) and (
            not any(_meet(leader, other) for other in self.lines)
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for i in range(int(box.x // CELL), int(box.right // CELL) + 1):
        for j in range(int(box.y // CELL), int(box.bottom // CELL) + 1):
            yield i, j


@dataclass(frozen=True, slots=True)
class Name:
    """Words with their place: the baseline's left end, middle or right end, and a leader."""

    of: str
    lines: tuple[str, ...]
    at: Point
    size: float
    align: str
    bold: bool = False
    italic: bool = False
    leader: Leader | None = None


def block(lines: Sequence[str], size: float, bold: bool = False, italic: bool = False) -> Point:
    """Width and height of some lines."""
    return Point(max(width(line, size, bold, italic) for line in lines), len(lines) * size * 1.12)


def beside(at: Point, reach: float, size: Point) -> Iterator[tuple[Box, str]]:
    """Boxes of a size around a mark that reaches so far, the best ones first."""
    w, h = size
    near = reach + 2
    slant = reach * 0.75 + 1
    yield Box(at.x + near, at.y - h / 2, w, h), "left"
    yield Box(at.x - near - w, at.y - h / 2, w, h), "right"
    yield Box(at.x - w / 2, at.y - near - h, w, h), "centre"
    yield Box(at.x - w / 2, at.y + near, w, h), "centre"
    for dx, dy in ((1, -1), (1, 1), (-1, -1), (-1, 1)):
        x = at.x + slant if dx > 0 else at.x - slant - w
        y = at.y + slant * 0.6 if dy > 0 else at.y - slant * 0.6 - h
        yield Box(x, y, w, h), "left" if dx > 0 else "right"


def farther(at: Point, reach: float, size: Point) -> Iterator[tuple[Box, str, Leader]]:
    """Boxes farther off, each with a leader to the mark, the nearest ones first."""
    w, h = size
    for step in range(1, 19):
        r = reach + 7.0 * step + 4
        for n in range(32):
            a = math.radians(n * 11.25)
            c, s = math.cos(a), math.sin(a)
            tip = Point(at.x + r * c, at.y + r * s)
            if abs(c) < 0.35:
                box, align = Box(tip.x - w / 2, tip.y if s > 0 else tip.y - h, w, h), "centre"
            elif c > 0:
                box, align = Box(tip.x + 2, tip.y - h / 2, w, h), "left"
            else:
                box, align = Box(tip.x - 2 - w, tip.y - h / 2, w, h), "right"
            foot = Point(at.x + reach * 0.8 * c, at.y + reach * 0.8 * s)
            yield box, align, (foot, tip)


def placed(
    board: Board,
    of: str,
    lines: tuple[str, ...],
    at: Point,
    mark: Box,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    far: bool = True,
) -> Name | None:
    """The name of a mark where there is room: beside it, else (`far`) at a leader; else none."""
    extent = block(lines, size, bold, italic)
    reach = mark.w / 2
    for box, align in beside(at, reach, extent):
        if board.free(box) and nearest(box, at, board.spots):
            board.take(box.inset(-1))
            return Name(of, lines, _base(box, align, size), size, align, bold, italic)
    tried = list(farther(at, reach, extent)) if far else []
    for belongs in (nearest, _apart):
        for box, align, leader in tried:
            if board.free(box) and belongs(box, at, board.spots) and board.clear(leader, mark):
                board.take(box.inset(-1))
                board.lines.append(leader)
                return Name(of, lines, _base(box, align, size), size, align, bold, italic, leader)
    return None


def nearest(box: Box, at: Point, spots: Sequence[Point]) -> bool:
    """Whether of some marks the one at a point is nearest to a box, or about as near as another."""
    own = _far(box, at)
    return all(_far(box, spot) >= own * 0.9 for spot in spots)


def _apart(box: Box, at: Point, spots: Sequence[Point]) -> bool:
    """Whether all other marks are so far from a box that it does not seem to name one of them."""
    return all(spot == at or _far(box, spot) >= NEAR_MARK for spot in spots)


NEAR_MARK = 24.0
"""Pixels from a mark within which words seem to name it."""


def _far(box: Box, p: Point) -> float:
    dx = max(box.x - p.x, 0.0, p.x - box.right)
    dy = max(box.y - p.y, 0.0, p.y - box.bottom)
    return math.hypot(dx, dy)


def _base(box: Box, align: str, size: float) -> Point:
    """The baseline of the first line of a block."""
    x = {"left": box.x, "centre": box.x + box.w / 2, "right": box.right}[align]
    line = size * 1.12
    return Point(round(x, 2), round(box.y + (line + (ASCENT - DESCENT) * size) / 2, 2))


def crosses(line: Leader, box: Box) -> bool:
    """Whether a line touches a box."""
    a, b = line
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    if (a[0] < x and b[0] < x) or (a[0] > right and b[0] > right):
        return False
    if (a[1] < y and b[1] < y) or (a[1] > bottom and b[1] > bottom):
        return False
    if box.holds(*a) or box.holds(*b):
        return True
    nw, ne = Point(box.x, box.y), Point(box.right, box.y)
    sw, se = Point(box.x, box.bottom), Point(box.right, box.bottom)
    return _meet(line, (nw, se)) or _meet(line, (ne, sw))


def _meet(one: Leader, two: Leader) -> bool:
    (a, b), (c, d) = one, two

    def turn(p: Point, q: Point, r: Point) -> float:
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)

    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


def sight_lines(small: Box, large: Box) -> list[Leader]:
    """Lines between the same corners of two boxes, those that run through neither."""
    pairs = list(zip(_corners(small), _corners(large), strict=True))
    boxes = (small.inset(1), large.inset(1))
    return [pair for pair in pairs if not any(crosses(pair, box) for box in boxes)]


def _corners(box: Box) -> list[Point]:
    xs, ys = (box.x, box.right), (box.y, box.bottom)
    return [Point(x, y) for x in xs for y in ys]
