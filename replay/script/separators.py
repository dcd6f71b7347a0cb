"""What separates the columns of a table: a comma, a semicolon, a tab or a bar.

The header decides, as it is known which columns a table must have: the separator that yields most
of them, then the one that yields most columns at all. Counting signs in the rows would take the
commas of a text, or of decimal fractions, for separators.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def separator_of(text: str, wanted: Iterable[str]) -> str:
    """The sign that separates the columns of a table which has to have certain columns."""
    needed = set(wanted)

    def fit(sign: str) -> tuple[int, int]:
        header = next(rows_of_file(text, sign), [])
        return len(needed.intersection(header)), len(header)

    return max(SEPARATORS.values(), key=fit)  # of equals the first: a comma


def rows_of_file(text: str, separator: str) -> Iterator[list[str]]:
    """The rows of a table, the header first; blanks around the names of columns do not count.

    Raises csv.Error where a row cannot be read.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for header in reader:
        yield [name.strip() for name in header]
        break
    yield from reader
