"""Errors in scripts and in requests: codes, locations, messages and hints."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

CODES: dict[str, str] = {
    # files
    "E101": "a file cannot be found or read",
    "E102": "a file is not UTF-8 text",
    "E103": "a file is not YAML",
    "E104": "a file is empty, or not a mapping of keys to values",
    "E105": "a file is too large or nested too deeply",
    "E106": "YAML anchors, aliases and tags are not allowed",
    "E107": "an included file outside the scenario's folder",
    "E108": "a file is included twice, or includes itself",
    "E109": "a table of events cannot be read",
    # keys and values
    "E201": "an unknown key",
    "E202": "a key is given twice",
    "E203": "a key is missing",
    "E204": "a value of the wrong kind for its key",
    "E205": "an unknown type of event",
    "E206": "an identifier is used twice",
    "E207": "a claim says something that its event cannot say",
    # dates
    "E301": "a date is misspelled or impossible",
    "E302": "a date contradicts the event that it comes after",
    # references
    "E401": "a reference to something that does not exist",
    "E402": "a reference to a thing of another kind",
    "E403": "a circle of references",
    "E404": "a locator that is not in its source",
    "E405": "an inherited report date, but no earlier sentence has one",
    # use
    "U501": "no such scenario",
    "U502": "an unknown name",
    "U503": "a date that cannot be used here",
    "U504": "an unknown lens",
    "U505": "an unknown format",
    "U506": "an output that cannot be written",
    "U507": "wrong usage of the command line",
    "U508": "the texts of the sources cannot be found",
    "U509": "text that is not in the source",
    "U510": "an optional dependency is missing",
    "U511": "distributed work failed: no cluster, or a process that died",
    "U512": "something that the format cannot represent",
    "U513": "a window that cannot be opened here",
    "U520": "no such style, size or layer of a picture",
    "U521": "a style file that matplotlib cannot read",
    "U522": "an impossible film: its pace, length or frame rate",
}
"""Every code of an error with its meaning. Findings of the lint have codes of their own."""


class SourceSpan(NamedTuple):
    """A place in a file; line and column count from 1. In no file: a record's path, and line 0."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One located message: where, what (with a stable code) and what to do about it.

    What it quotes from a file or a command line is made `one_line_excerpt` to a terminal.
    """

    code: str
    message: str
    spot: SourceSpan | None = None
    hint: str | None = None
    excerpt: str | None = None
    """The line of the file at `spot`, for the caret."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", one_line_excerpt(self.message))
        if self.hint is not None:
            object.__setattr__(self, "hint", one_line_excerpt(self.hint))
        if self.spot is not None:
            object.__setattr__(
                self, "spot", self.spot._replace(file=one_line_excerpt(self.spot.file))
            )

    def __str__(self) -> str:
        where = f"{self.spot}: " if self.spot else ""
        lines = [f"{where}{self.code} {self.message}"]
        if self.excerpt is not None and self.spot is not None:
            shown, column = _fit(self.excerpt, self.spot.column)
            lines += [f"    {shown}", "    " + " " * (column - 1) + "^"]
        if self.hint:
            lines.append(f"    {self.hint}")
        return "\n".join(lines)


class ScenarioError(Exception):
    """All that was found wrong, together; nothing was done."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UsageError(ScenarioError):
    """A wrong request (a name, a date, a format, an output) about a scenario that is fine."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__([Problem(code, message, hint=hint)])

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by what it was made from, so that a worker process can raise it."""
        (problem,) = self.problems
        return type(self), (problem.code, problem.message, problem.hint)


def did_you_mean(word: str, among: Iterable[str]) -> str | None:
    """The hint for a misspelled word, or None when nothing among the choices is close."""
    if not 0 < len(word) <= LONGEST_WORD:
        return None
    spelled = {choice.casefold(): choice for choice in sorted(among)}
    wanted = word.casefold()
    close = difflib.get_close_matches(wanted, spelled, n=3, cutoff=0.6)
    ratios = [difflib.SequenceMatcher(None, choice, wanted).ratio() for choice in close]
    best = [spelled[c] for c, r in zip(close, ratios, strict=True) if r > ratios[0] - 0.1]
    return f"did you mean {either([repr(choice) for choice in best])}?" if best else None


LONGEST_WORD = 100
"""Characters up to which a word can be a misspelling of another."""


def either(words: Iterable[str]) -> str:
    """Alternatives in a sentence: "a place, area or route" takes `place, area or route`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def quoted(text: str) -> str:
    """A text in quotation marks as a message quotes it, its end left out where it is long."""
    return repr(text if len(text) <= 80 else f"{text[:60]}…")


LONGEST_MESSAGE = 600
_JOINING = "\u200c\u200d\u200e\u200f"
"""Characters without a shape that scripts such as Arabic need inside of words."""


def one_line_excerpt(text: str) -> str:
    """A text that a terminal can only show: no escape sequence, no turn of direction, no end.

    Control characters are spelled out, and of a very long text the middle is left out.
    """
    if len(text) > LONGEST_MESSAGE:
        text = f"{text[:300]} … {text[-200:]}"
    return visible(text)


def visible(text: str) -> str:
    """A text in one line with its control characters spelled out, and nothing left out."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _JOINING else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _fit(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a line around a column that fits on a screen, and the column within it."""
    start = max(0, min(column - 1 - width // 2, len(line) - width))
    part = line[start : start + width]
    part = "".join(c if c.isprintable() or c in _JOINING else " " for c in part)
    before = sum(_cells(c) for c in part[: column - 1 - start])
    return part, before + 1


def _cells(character: str) -> int:
    """How many columns of a terminal a character takes."""
    if character in _JOINING or unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
