"""Tables that a spreadsheet opens: no cell of them is taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula at the beginning of a cell, after OWASP's advice on CSV
injection."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)


def harmless_cell(cells: Iterable[object]) -> Iterator[object]:
    """Cells that no spreadsheet takes for formulas; numbers stay as they are.

    >>> list(harmless(["=1+1", "-1.5", -1.5, "- 5 tanks", None]))
    ["'=1+1", '-1.5', -1.5, "'- 5 tanks", None]
    """
    for cell in cells:
        risky = isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
        yield f"'{cell}" if risky else cell
