"""Text that flows in columns: blocks of rows, kept together where a column has room for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replay import style
from replay.layers.lettering import width, wrapped
from replay.picture import Box, Item, Point, Symbol, Text


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of a block: words, perhaps with a lead word in bold and a symbol before it."""

    text: str
    size: float = 12.0
    colour: str = style.INK
    bold: bool = False
    lead: str = ""
    indent: float = 0.0
    symbol: Symbol | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together; a heading stays with the block that follows."""

    rows: tuple[Row, ...]
    heading: bool = False
    gap: float = 7.0


LEADING = 1.27


def heading(text: str) -> Block:
    """The title of a section."""
    return Block((Row(text, size=15.0, bold=True),), heading=True, gap=5.0)


def flow(blocks: Sequence[Block], columns: Sequence[Box]) -> tuple[list[Item], list[Block]]:
    """The items of the blocks that have room in the columns, and the blocks that are left."""
    items: list[Item] = []
    left = list(blocks)
    for column in columns:
        y = column.y
        while left:
            tall = sum(_tall(block, column.w) for block in _together(left))
            if y + tall > column.bottom and y > column.y:
                break
            if y + tall > column.bottom:  # longer than a whole column: what has room
                head, tail = _split(left[0], column)
                left[0:1] = [head, tail] if tail.rows else [head]
            block = left.pop(0)
            if not (y == column.y and not block.rows):
                items += _block(block, column, y)
                y += _tall(block, column.w)
    return items, left


def _together(blocks: Sequence[Block]) -> Sequence[Block]:
    """The next block, with the one that it heads."""
    return blocks[:2] if blocks[0].heading else blocks[:1]


def _split(block: Block, column: Box) -> tuple[Block, Block]:
    rows, room = list(block.rows), column.h
    kept: list[Row] = []
    while rows and room - _row_tall(rows[0], column.w) >= 0:
        room -= _row_tall(rows[0], column.w)
        kept.append(rows.pop(0))
    if not kept:
        kept.append(rows.pop(0))
    return Block(tuple(kept)), Block(tuple(rows))


def _tall(block: Block, wide: float) -> float:
    return sum(_row_tall(row, wide) for row in block.rows) + block.gap


def _row_tall(row: Row, wide: float) -> float:
    return len(_lines(row, wide)) * row.size * LEADING


def _inset(row: Row) -> float:
    lead = width(row.lead, row.size, True) + 6 if row.lead else 0.0
    return row.indent + (18.0 if row.symbol else 0.0) + lead


def _lines(row: Row, wide: float) -> list[str]:
    return wrapped(row.text, row.size, wide - _inset(row), bold=row.bold) or [""]


def _block(block: Block, column: Box, y: float) -> Iterator[Item]:
    for row in block.rows:
        x = column.x + row.indent
        base = y + row.size * 1.0
        if row.symbol is not None:
            yield _moved(row.symbol, Point(x + 7, base - row.size * 0.34))
            x += 18
        if row.lead:
            yield Text(
                at=Point(x, base),
                text=row.lead,
                size=row.size,
                colour=row.colour,
                bold=True,
                of=row.of,
            )
            x += width(row.lead, row.size, True) + 6
        for line in _lines(row, column.w):
            yield Text(
                at=Point(x, base),
                text=line,
                size=row.size,
                colour=row.colour,
                bold=row.bold,
                of=row.of,
            )
            base += row.size * LEADING
        y += _row_tall(row, column.w)


def _moved(symbol: Symbol, at: Point) -> Symbol:
    from dataclasses import replace

    return replace(symbol, at=at)
