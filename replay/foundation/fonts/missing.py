"""Letters that no font has, and the one warning about them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from replay.foundation.fonts.letters import script
from replay.foundation.fonts.packages import brought

_MISSING: set[str] = set()
_REPORTED: set[str] = set()
_DEPTH = 0
SHOWN_LETTERS = 8
"""How many missing letters of each script the warning shows."""


class MissingLetters(UserWarning):
    """Some letters of a picture are drawn as boxes."""


def missing_letters() -> frozenset[str]:
    """The letters that were drawn as boxes so far, here and in the processes that work for us."""
    return frozenset(_MISSING)


def note_missing(letters: Iterable[str]) -> None:
    """Remember letters, with their marks, that were drawn as boxes."""
    _MISSING.update(letters)


def _warn(message: str) -> None:
    warnings.warn(message, MissingLetters, stacklevel=5)


@contextmanager
def one_warning(report: Callable[[str], None] = _warn) -> Iterator[None]:
    """At the end of a `with` block, report the letters that boxes stand for, if there are any.

    Of blocks within each other the outermost reports. No letter is reported twice.
    """
    global _DEPTH
    _DEPTH += 1
    try:
        yield
    finally:
        _DEPTH -= 1
        new = _MISSING - _REPORTED
        if new and not _DEPTH:
            _REPORTED.update(new)
            report(_message(new))


def _message(letters: set[str]) -> str:
    by_script: dict[str, list[str]] = {}
    for letter in sorted(letters):
        by_script.setdefault(script(letter[-1]), []).append(letter)
    listed = "; ".join(f"{name}: {_some(found)}" for name, found in sorted(by_script.items()))
    advice = "install a font that has them; Noto has one for almost every script"
    if not brought():
        advice = 'run pip install "campaign-replay[fonts]", or install Noto fonts'
    return (
        "no installed font has some letters, which are drawn as boxes\n"
        f"    {listed}\n    to draw them, {advice}"
    )


def _some(letters: list[str]) -> str:
    more = len(letters) - SHOWN_LETTERS
    return " ".join(letters[:SHOWN_LETTERS]) + (f" and {more} more" if more > 0 else "")
