"""Lines of an answer as they stand in a panel: wrapped, indented, and dressed by their kind."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, chop_cells

from replay.foundation import theme
from replay.foundation.errors import visible
from replay.frontends.terminal.raster import Look, Run
from replay.text.narrative import TextLine

LOOKS = {
    "title": Look(bold=True),
    "phase": Look(bold=True),
    "day": Look(bold=True),
    "event": Look(),
    "source": Look(theme.SOFT),
    "rival": Look(theme.ALERT),
    "quote": Look(theme.WATER_NAMES, italic=True),
    "note": Look(theme.SOFT, italic=True),
    "table": Look(theme.TODAY),
}
INDENTS = {"source": 2, "rival": 2, "quote": 2, "row": 0, "event": 0, "table": 0}

Row = list[Run]


def dressed(lines: Iterable[TextLine], width: int) -> list[Row]:
    """Rows of a panel so many cells wide; a phase has an empty row before it."""
    rows: list[Row] = []
    for line in lines:
        look = LOOKS.get(line.kind, Look())
        indent = INDENTS.get(line.kind, 0)
        if line.kind == "phase" and rows:
            rows.append([])
        for text in wrapped(line.text, width, indent, min(indent + line.hang, width // 2)):
            rows.append([(text, look)])
    return rows


def wrapped(text: str, width: int, indent: int = 0, below: int = 0) -> list[str]:
    """A text in rows of so many cells; a word that is longer than a row is cut."""
    rows, row, used = [], " " * indent, indent
    for word in visible(text).split(" "):
        for part in _pieces(word, max(width - below, 1)):
            long = cell_len(part)
            begun = bool(row.strip())
            if begun and used + 1 + long > width:
                rows.append(row)
                row, used, begun = " " * below, below, False
            row += f" {part}" if begun else part
            used += long + begun
    return [*rows, row]


def _pieces(word: str, width: int) -> list[str]:
    return [word] if cell_len(word) <= width else list(chop_cells(word, width))
