"""Text that flows in columns: blocks of rows, kept together where a column has room for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from replay.foundation import theme
from replay.picture.items import Box, Item, Point, Symbol, Text
from replay.picture.layers.text_metrics import width, wrapped


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of a block: words, perhaps with a lead word in bold and symbols before it."""

    text: str
    size: float = 12.0
    colour: str = theme.INK
    bold: bool = False
    lead: str = ""
    indent: float = 0.0
    symbol: Symbol | None = None
    becomes: Symbol | None = None
    """A second symbol, that to which the first one has changed."""
    between: str = "→"
    """What stands between the two."""
    note: str = ""
    """A last word, such as a number to look up, in the colour of what is in doubt."""
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing that stands among the rows: how tall it is, and its items in a box."""

    tall: float
    draw: Callable[[Box], Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together, perhaps over a drawing; a heading stays with what follows."""

    rows: tuple[Row, ...]
    heading: bool = False
    gap: float = 7.0
    figure: Figure | None = None

    def scaled(self, by: float) -> Block:
        """The same block in larger or smaller letters."""
        rows = tuple(
            replace(
                row,
                size=row.size * by,
                indent=row.indent * by,
                symbol=_grown(row.symbol, by),
                becomes=_grown(row.becomes, by),
            )
            for row in self.rows
        )
        return replace(self, rows=rows, gap=self.gap * by)


def _grown(symbol: Symbol | None, by: float) -> Symbol | None:
    return symbol and replace(symbol, size=symbol.size * by, width=symbol.width * by)


LEADING = 1.27


def heading(text: str) -> Block:
    """The title of a section."""
    return Block((Row(text, size=15.0, bold=True),), heading=True, gap=5.0)


def flow(
    blocks: Sequence[Block], columns: Sequence[Box], split: bool = True
) -> tuple[list[Item], list[Block]]:
    """The items of the blocks that have room in the columns, and the blocks that are left.

    A block that is longer than a whole column is split, if `split` allows it.
    """
    items: list[Item] = []
    left = list(blocks)
    for n, column in enumerate(columns):
        y = column.y
        most = max((other.h for other in columns[n + 1 :]), default=0.0)
        while left:
            tall = _need(left, column.w)
            if y + tall > column.bottom and (y > column.y or most > column.h or not split):
                break  # a column that is taller still comes
            if y + tall > column.bottom:  # longer than a whole column: what has room
                head, tail = _split(left[0], column)
                left[0:1] = [head, tail] if tail.rows or tail.figure else [head]
            block = left.pop(0)
            items += _block(block, column, y)
            y += _tall(block, column.w)
    return items, left


def balanced(blocks: Sequence[Block], columns: Sequence[Box]) -> tuple[list[Item], list[Block]]:
    """As `flow`, but where all blocks have room, columns that end at about the same height."""
    items, left = flow(blocks, columns)
    if left or not blocks:
        return items, left
    low, high = min(c.y for c in columns), max(c.bottom for c in columns)
    while high - low > 3:
        middle = (low + high) / 2
        kept = [c._replace(h=min(middle, c.bottom) - c.y) for c in columns if c.y + 30 < middle]
        found, left = flow(blocks, kept, split=False)
        if left or foot(found) > middle + 6:  # too short for a block and its heading
            low = middle
        else:
            items, high = found, middle
    return items, []


def foot(items: Sequence[Item]) -> float:
    """How far down some words reach."""
    return max((i.at.y + i.size * 0.3 for i in items if isinstance(i, Text)), default=0.0)


def _need(blocks: Sequence[Block], wide: float) -> float:
    """How tall the next block is, with the headings before it and without the gap after it."""
    group = _together(blocks)
    return sum(_tall(block, wide) for block in group) - group[-1].gap


def _together(blocks: Sequence[Block]) -> Sequence[Block]:
    """The next block, with all headings before it."""
    count = next((n for n, block in enumerate(blocks) if not block.heading), len(blocks) - 1)
    return blocks[: count + 1]


def _split(block: Block, column: Box) -> tuple[Block, Block]:
    rows, room = list(block.rows), column.h
    kept: list[Row] = []
    while rows and room - _row_tall(rows[0], column.w) >= 0:
        room -= _row_tall(rows[0], column.w)
        kept.append(rows.pop(0))
    if not kept and rows:
        kept.append(rows.pop(0))
    if not rows:
        return block, Block(())
    return replace(block, rows=tuple(kept), figure=None), replace(block, rows=tuple(rows))


def _tall(block: Block, wide: float) -> float:
    figure = block.figure.tall if block.figure else 0.0
    return sum(_row_tall(row, wide) for row in block.rows) + figure + block.gap


def _row_tall(row: Row, wide: float) -> float:
    return len(_lines(row, wide)) * row.size * LEADING


def _signs(row: Row) -> float:
    """Room that the symbols before a row take."""
    if row.symbol is None:
        return 0.0
    return row.size * (3.5 if row.becomes is not None else 1.5)


def _inset(row: Row) -> float:
    lead = width(row.lead, row.size, True) + row.size * 0.5 if row.lead else 0.0
    return row.indent + _signs(row) + lead


def _lines(row: Row, wide: float) -> list[str]:
    text = f"{row.text} {row.note}" if row.note else row.text
    return wrapped(text, row.size, wide - _inset(row), bold=row.bold or bool(row.note)) or [""]


def _block(block: Block, column: Box, y: float) -> Iterator[Item]:
    for row in block.rows:
        yield from _row(row, column, y)
        y += _row_tall(row, column.w)
    if block.figure is not None:
        yield from block.figure.draw(Box(column.x, y, column.w, block.figure.tall))


def _row(row: Row, column: Box, y: float) -> Iterator[Item]:
    x = column.x + row.indent
    base = y + row.size * 1.0
    yield from _marks(row, x, base)
    x += _signs(row)
    if row.lead:
        yield _text(row, Point(x, base), row.lead, bold=True)
        x += width(row.lead, row.size, True) + row.size * 0.5
    *most, last = _lines(row, column.w)
    for line in most:
        yield _text(row, Point(x, base), line)
        base += row.size * LEADING
    said = last.removesuffix(row.note).rstrip() if row.note else last
    if said:
        yield _text(row, Point(x, base), said)
    if row.note:
        x += width(said + " ", row.size, row.bold) if said else 0.0
        yield replace(_text(row, Point(x, base), row.note, bold=True), colour=theme.ALERT)


def _text(row: Row, at: Point, text: str, bold: bool | None = None) -> Text:
    heavy = row.bold if bold is None else bold
    return Text(at=at, text=text, size=row.size, colour=row.colour, bold=heavy, of=row.of)


def _marks(row: Row, x: float, base: float) -> Iterator[Item]:
    if row.symbol is None:
        return
    middle = base - row.size * 0.34
    yield replace(row.symbol, at=Point(x + row.size * 0.58, middle))
    if row.becomes is not None:
        at = Point(x + row.size * 1.6, base)
        yield Text(at=at, text=row.between, size=row.size, colour=theme.SOFT, align="centre")
        yield replace(row.becomes, at=Point(x + row.size * 2.6, middle))
