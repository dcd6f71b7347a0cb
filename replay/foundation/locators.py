"""Sentences of a source: how a text is cut, how one is cited, and what the lock remembers.

The rule. A paragraph is a non-blank line, counted from 1. Inside it a sentence ends at `.`, `?`
or `!`, together with the quotation marks, closing brackets and footnote marks (`[12]`,
`[citation needed]`) that follow at once, provided that white space comes next and then something
that can begin a sentence: a capital letter or a letter of a script without capitals, a digit, or
an opening quotation mark, bracket or footnote mark before one of these. It does not end

- after an initial ("J. Smith", "U.S.") or a listed abbreviation ("Gen. Smith", "Lt. Gen."),
- inside a pair of round brackets (a bracket that is never closed does not count),
- after the number of a footnote ("12. ^ ...").
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

ABBREVIATIONS = frozenset(
    [
        "adm",
        "approx",
        "brig",
        "ca",
        "capt",
        "cf",
        "cmdr",
        "co",
        "col",
        "cpl",
        "dr",
        "ed",
        "eds",
        "fig",
        "gen",
        "gov",
        "hon",
        "inc",
        "jr",
        "lt",
        "ltd",
        "maj",
        "mr",
        "mrs",
        "ms",
        "mt",
        "no",
        "op",
        "p",
        "pp",
        "prof",
        "rep",
        "rev",
        "sen",
        "sgt",
        "sr",
        "st",
        "vol",
        "vs",
    ]
)
"""Words whose full stop does not end a sentence, in lower case."""

_CLOSERS = r"[\"'”’»)\]]*(?:\s?\[[^\[\]]{1,40}\])*[\"'”’»)]*"
_END = re.compile(rf"[.?!]+{_CLOSERS}(?=\s)")
_STARTS = re.compile(r"\s+(?:\[[^\[\]]{1,40}\]\s*)*[\"'“‘«(\[]*(.)")
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD_BEFORE = re.compile(r"([^\W_]+)$")


def paragraphs(text: str) -> list[str]:
    """The non-blank lines of a text, without the white space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph, in order; together they are the whole paragraph.

    >>> sentences("Gen. A. B. Smith took it.[12] He left (at 5 p.m. Friday) by 6. Why?")
    ['Gen. A. B. Smith took it.[12]', 'He left (at 5 p.m. Friday) by 6.', 'Why?']
    """
    held = [match.span() for match in _BRACKETS.finditer(paragraph)]
    found, start = [], 0
    for match in _END.finditer(paragraph):
        if _ends_sentence(paragraph, match, held):
            found.append(paragraph[start : match.end()].strip())
            start = match.end()
    rest = paragraph[start:].strip()
    return [*found, rest] if rest else found


def _ends_sentence(text: str, match: re.Match[str], held: list[tuple[int, int]]) -> bool:
    stop = match.start()
    if any(a < stop < b - 1 for a, b in held):
        return False
    after = _STARTS.match(text, match.end())
    if after is None or not _can_begin(after[1]):
        return False
    word = _WORD_BEFORE.search(text, 0, stop)
    if word is None or text[stop] != ".":
        return True
    if word[1].lower() in ABBREVIATIONS or (word.start() == 0 and word[1].isdigit()):
        return False
    return not (len(word[1]) == 1 and word[1].isupper())


def _can_begin(character: str) -> bool:
    return character.isdigit() or unicodedata.category(character) in ("Lu", "Lt", "Lo")


# --- locators ---------------------------------------------------------------------------------

_LOCATOR = re.compile(r"p(\d{1,6})(?:\.s(\d{1,6}))?(?:-(?:p(\d{1,6})|s(\d{1,6})))?")


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """A stretch of a source: paragraphs `p1-p4`, one `p5`, a sentence `p5.s2` or `p5.s2-s4`.

    A sentence of 0 stands for the whole paragraph. A locator of an older work ("BG 7.68") is kept
    as written in `own`, and nothing is checked about it.
    """

    paragraph: int
    sentence: int = 0
    last_paragraph: int = 0
    last_sentence: int = 0
    own: str = ""

    def __str__(self) -> str:
        if self.own:
            return self.own
        text = f"p{self.paragraph}" + (f".s{self.sentence}" if self.sentence else "")
        if self.last_paragraph > self.paragraph:
            return f"{text}-p{self.last_paragraph}"
        return f"{text}-s{self.last_sentence}" if self.last_sentence > self.sentence else text


@lru_cache(maxsize=65536)
def locator(text: str) -> Locator:
    """Read a locator; raises ValueError when it is none.

    >>> str(locator("p30.s4")), str(locator("p1-p4"))
    ('p30.s4', 'p1-p4')
    """
    match = _LOCATOR.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a locator")
    first, sentence, last, last_sentence = (int(g) if g else 0 for g in match.groups())
    if not first or match[2] == "0" or (last and sentence) or (last_sentence and not sentence):
        raise ValueError(f"{text!r} is not a locator")
    if (last and last < first) or (last_sentence and last_sentence < sentence):
        raise ValueError(f"{text!r} runs backwards")
    return Locator(first, sentence, last or first, last_sentence or sentence)


# --- the lock ---------------------------------------------------------------------------------

Sentence = tuple[int, int]
"""Number of a paragraph and of a sentence in it, both from 1."""


@dataclass(frozen=True, slots=True)
class TextOutline:
    """What a lock knows of a source: sentences in each paragraph, a digest of each, no text."""

    counts: tuple[int, ...]
    digests: tuple[str, ...]

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, in the order of the text."""
        for paragraph, count in enumerate(self.counts, 1):
            for sentence in range(1, count + 1):
                yield paragraph, sentence

    def covers(self, where: Locator) -> list[Sentence]:
        """The sentences that a locator names; empty when the source has no such place."""
        if where.own or where.last_paragraph > len(self.counts):
            return []
        if not where.sentence:
            chosen = range(where.paragraph, where.last_paragraph + 1)
            return [(p, s) for p in chosen for s in range(1, self.counts[p - 1] + 1)]
        if where.last_sentence > self.counts[where.paragraph - 1]:
            return []
        return [(where.paragraph, s) for s in range(where.sentence, where.last_sentence + 1)]


def outline_of_text(text: str) -> TextOutline:
    """The outline of a text: its paragraphs' sentence counts and digests."""
    lines = paragraphs(text)
    return TextOutline(
        tuple(len(sentences(line)) for line in lines),
        tuple(hashlib.sha256(line.encode()).hexdigest()[:16] for line in lines),
    )


MOST_SENTENCES = 2_000_000
"""Sentences of all sources together; more than a library of them."""


def spell_lock(outlines: Mapping[str, TextOutline]) -> str:
    """The text of `texts.lock`: for each source a line a paragraph, `number sentences digest`."""
    lines = ["# For each paragraph of each source: its number, its sentences, a digest. No text."]
    for source in sorted(outlines):
        known = outlines[source]
        lines.append(f"[{source}] {sum(known.counts)} sentences")
        pairs = zip(known.counts, known.digests, strict=True)
        lines += [f"{n} {count} {digest}" for n, (count, digest) in enumerate(pairs, 1)]
    return "\n".join(lines) + "\n"


class LockError(ValueError):
    """A line of a lock that is damaged; `at` is its number and column, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.at = line, 1

    def __reduce__(self) -> tuple[Any, ...]:
        return LockError, (*self.args, self.at[0])


def read_lock(text: str) -> dict[str, TextOutline]:
    """The outlines in a `texts.lock`; raises LockError when it is damaged."""
    found: dict[str, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] = []
    sentences = 0
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.fullmatch(r"\[([^\[\]]+)\] \d+ sentences", line):
            current = found.setdefault(head[1], [])
        elif row := re.fullmatch(r"(\d{1,6}) (\d{1,6}) ([0-9a-f]{16})", line):
            if int(row[1]) != len(current) + 1:
                raise LockError(f"paragraph {row[1]} is out of order", number)
            current.append((int(row[2]), row[3]))
            sentences += current[-1][0]
            if sentences > MOST_SENTENCES:
                raise LockError(f"more than {MOST_SENTENCES} sentences", number)
        elif line and not line.startswith("#"):
            raise LockError("this is not a paragraph of a source", number)
    return {
        source: TextOutline(tuple(n for n, _ in rows), tuple(d for _, d in rows))
        for source, rows in found.items()
    }


def plain_text(text: str) -> str:
    """A text reduced to its letters and digits: no case, accents, apostrophes or punctuation.

    >>> plain("al-Qā’im")
    'al qaim'
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in bare if not unicodedata.combining(c) and c not in "'’‘ʿʾ`ʻʼ")
    return " ".join(re.findall(r"[^\W_]+", kept))


def passage(text: str, where: Locator) -> str:
    """The sentences of a text that a locator names; empty where the text has no such place."""
    lines = paragraphs(text)
    if where.own or where.last_paragraph > len(lines):
        return ""
    if not where.sentence:
        return " ".join(lines[where.paragraph - 1 : where.last_paragraph])
    return " ".join(sentences(lines[where.paragraph - 1])[where.sentence - 1 : where.last_sentence])
