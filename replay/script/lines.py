"""The lines of a file as YAML counts them."""

from __future__ import annotations

import re
from functools import lru_cache

from replay.foundation.errors import Problem, SourceSpan

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
LONGEST_SHOWN = 100_000
"""Characters of a line above which it is not shown with its problem."""


@lru_cache(maxsize=4)
def lines(text: str) -> list[str]:
    """The lines of a text without their ends."""
    return _BREAK.split(text)


def line_of(text: str, line: int) -> str:
    """A line of a text, counted from 1; empty past its end."""
    known = lines(text)
    return known[line - 1] if 0 < line <= len(known) else ""


def excerpt(text: str, line: int) -> str | None:
    """The line to show with a problem; None where it is no line that a person wrote."""
    found = line_of(text, line)
    return found if len(found) <= LONGEST_SHOWN else None


def located(
    code: str, what: str, text: str, shown: str, at: tuple[int, int], hint: str | None = None
) -> Problem:
    """A problem at a line and column of a text whose file is `shown` so."""
    return Problem(code, what, SourceSpan(shown, *at), hint, excerpt(text, at[0]))


def yaml_mark_of(mark: object) -> tuple[int, int]:
    """Line and column, from 1, of a mark of YAML."""
    return mark.line + 1, mark.column + 1  # type: ignore[attr-defined]
