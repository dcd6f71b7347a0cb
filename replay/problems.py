"""What can be wrong with what an author or a user gave us, and how we say it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

CODES: dict[str, str] = {
    # files
    "E101": "a file cannot be found or read",
    "E102": "a file is not UTF-8 text",
    "E103": "a file is not YAML",
    "E104": "a file is empty, or not a mapping of keys to values",
    "E105": "a file is larger or nested deeper than a script has reason to be",
    "E106": "anchors and aliases are not part of the script",
    "E107": "an include leaves the scenario's folder",
    "E108": "a file is included twice, or includes itself",
    "E109": "a table of events cannot be read",
    # keys and values
    "E201": "an unknown key",
    "E202": "a key is given twice",
    "E203": "a key is missing",
    "E204": "a value is not of the kind that its key takes",
    "E205": "an unknown type of event",
    "E206": "an identifier is used twice",
    "E207": "a claim says something that its event cannot say",
    # dates
    "E301": "a date is misspelled or impossible",
    "E302": "a date contradicts the event that it comes after",
    # references
    "E401": "a reference to nothing",
    "E402": "a reference to a thing of another kind",
    "E403": "things that refer to each other in a circle",
    "E404": "a locator that its source does not have",
    # use
    "U501": "no such scenario",
    "U502": "an unknown name",
    "U503": "a date that cannot be used here",
    "U504": "an unknown lens",
    "U505": "an unknown format",
    "U506": "an output that cannot be written",
    "U507": "wrong usage of the command line",
    "U508": "the texts of the sources are not where they were said to be",
    "U509": "text that is not in the source",
}
"""Every code of an error with its meaning. Findings of the lint have codes of their own."""


class Spot(NamedTuple):
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One located message: where, what (with a stable code) and what to do about it."""

    code: str
    message: str
    spot: Spot | None = None
    hint: str | None = None
    excerpt: str | None = None
    """The line of the file at `spot`, for the caret."""

    def __str__(self) -> str:
        where = f"{self.spot}: " if self.spot else ""
        lines = [f"{where}{self.code} {self.message}"]
        if self.excerpt is not None and self.spot is not None:
            shown, column = _fit(self.excerpt, self.spot.column)
            lines += [f"    {shown}", "    " + " " * (column - 1) + "^"]
        if self.hint:
            lines.append(f"    {self.hint}")
        return "\n".join(lines)


class Problems(Exception):
    """All that was found wrong, together; nothing was done."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UsageProblem(Problems):
    """A wrong request (a name, a date, a format, an output) about a scenario that is fine."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__([Problem(code, message, hint=hint)])


def did_you_mean(word: str, among: Iterable[str]) -> str | None:
    """The hint for a misspelled word, or None when nothing among the choices is close."""
    close = difflib.get_close_matches(word, list(among), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(repr(c) for c in close)}?" if close else None


def _fit(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a line around a column that fits on a screen, and the column within it."""
    line = "".join(c if c.isprintable() else " " for c in line)
    if len(line) <= width:
        return line, column
    start = max(0, min(column - 1 - width // 2, len(line) - width))
    return line[start : start + width], column - start
