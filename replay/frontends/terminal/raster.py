"""A field of character cells, and lines drawn into it with the dots of braille letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from rich.cells import cell_len

from replay.foundation import theme
from replay.picture.items import Point


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: roles of colours, and what also shows where there is no colour."""

    ink: str = theme.INK
    ground: str | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    turned: bool = False
    """Ink and ground change places."""


PLAIN = Look()
Run = tuple[str, Look]
"""Letters beside each other that look alike."""


class Field:
    """Cells in rows: one letter each, with its look. What is put outside of it is lost."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.letters = [[" "] * width for _ in range(height)]
        self.looks = [[PLAIN] * width for _ in range(height)]
        self.taken = [[False] * width for _ in range(height)]
        """Cells with a mark or a name, on which no other name may be put."""

    def copy(self) -> Field:
        """Another field that looks the same."""
        made = Field(self.width, self.height)
        made.letters = [row[:] for row in self.letters]
        made.looks = [row[:] for row in self.looks]
        made.taken = [row[:] for row in self.taken]
        return made

    def put(self, x: int, y: int, text: str, look: Look, take: bool = True) -> None:
        """Write a text from a cell on; the ground that is there stays where the look has none."""
        for n, letter in enumerate(cells(text)):
            if 0 <= x + n < self.width and 0 <= y < self.height:
                ground = look.ground or self.looks[y][x + n].ground
                self.letters[y][x + n] = letter
                self.looks[y][x + n] = replace(look, ground=ground)
                self.taken[y][x + n] = take

    def free(self, x: int, y: int, length: int) -> bool:
        """Whether cells are inside the field and bear neither mark nor name."""
        inside = 0 <= y < self.height and x >= 0 and x + length <= self.width
        return inside and not any(self.taken[y][x : x + length])

    def runs(self, y: int) -> Iterator[Run]:
        """A row as stretches that look alike."""
        cells = zip(self.letters[y], self.looks[y], strict=True)
        for look, group in groupby(cells, key=lambda cell: cell[1]):
            yield "".join(letter for letter, _ in group), look

    def __str__(self) -> str:
        return "\n".join("".join(row).rstrip() for row in self.letters)


def printable(text: str) -> str:
    """A text without what a terminal cannot print."""
    return "".join(c for c in text if c.isprintable())


def cells(text: str) -> list[str]:
    """A text cell by cell: after a wide letter an empty one, and marks with what they stand on."""
    found: list[str] = []
    for letter in text:
        wide = cell_len(letter)
        if wide:
            found += [letter, *[""] * (wide - 1)]
        elif found:
            found[-1 if found[-1] else -2] += letter
    return found


def shortened(text: str, width: int) -> str:
    """A text, or its beginning and a sign that more follows, in so many cells."""
    if cell_len(text) <= width:
        return text
    return f"{''.join(_whole(cells(text), max(width - 1, 0))).rstrip()}…"


def filled(text: str, width: int) -> str:
    """A text cut or filled up to so many cells."""
    kept = "".join(_whole(cells(text), width))
    return kept + " " * (width - cell_len(kept))


def _whole(row: list[str], width: int) -> list[str]:
    """The first cells of a row, without half of a wide letter at its end."""
    return row[: width - 1] if width < len(row) and width and not row[width] else row[:width]


# --- dots ---------------------------------------------------------------------------------------

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille letter, by row and column (Unicode 16, chapter 21.1)."""


class Dots:
    """Lines of dots, two across and four down in each cell; the line drawn last has the colour."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.bits: dict[tuple[int, int], tuple[int, str]] = {}

    def dot(self, x: int, y: int, ink: str) -> None:
        """Set one dot."""
        cell = x // 2, y // 4
        if 0 <= x < 2 * self.width and 0 <= y < 4 * self.height:
            bits, _ = self.bits.get(cell, (0, ink))
            self.bits[cell] = bits | _BITS[y % 4][x % 2], ink

    def line(self, points: Iterable[Point], ink: str, dash: tuple[int, int] = (1, 0)) -> None:
        """A line through points in dots; of so many dots some are set, and some left out."""
        along, (on, off) = 0, dash
        for a, b in pairwise(points):
            for x, y in _between(a, b, 2 * self.width, 4 * self.height):
                if along % (on + off) < on:
                    self.dot(x, y, ink)
                along += 1

    def onto(self, field: Field) -> None:
        """Put the letters of the dots into a field."""
        for (x, y), (bits, ink) in self.bits.items():
            field.put(x, y, chr(0x2800 + bits), Look(ink), take=False)


def _between(a: Point, b: Point, width: int, height: int) -> Iterator[tuple[int, int]]:
    """Every dot from one point to just before another, of the part that can be seen."""
    clipped = _clipped(a, b, width, height)
    if clipped is None:
        return
    (ax, ay), (bx, by) = clipped
    steps = max(1, round(max(abs(bx - ax), abs(by - ay))))
    for n in range(steps):
        yield round(ax + (bx - ax) * n / steps), round(ay + (by - ay) * n / steps)


def _clipped(a: Point, b: Point, width: int, height: int) -> tuple[Point, Point] | None:
    """The part of a line inside a rectangle from the origin (Liang & Barsky 1984)."""
    dx, dy = b.x - a.x, b.y - a.y
    first, last = 0.0, 1.0
    for p, q in ((-dx, a.x), (dx, width - a.x), (-dy, a.y), (dy, height - a.y)):
        if p == 0:
            if q < 0:
                return None
        elif p < 0:
            first = max(first, q / p)
        else:
            last = min(last, q / p)
    if first > last:
        return None
    return Point(a.x + dx * first, a.y + dy * first), Point(a.x + dx * last, a.y + dy * last)
