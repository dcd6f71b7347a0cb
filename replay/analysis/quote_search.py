"""Where remembered words stand in a text: exactly, across a full stop, or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from math import log

from replay.foundation.locators import Locator, paragraphs, plain_text, sentences

Found = tuple[Locator, str]
"""A locator, and the sentence or sentences that stand there."""

MOST_QUOTES = 3
"""Near matches that are given."""
NEAR = 0.75
"""How much a word must be like another to be taken for a misspelling of it, 1 being the same."""
ENOUGH = 0.5
"""The part of what is remembered that a sentence must have, rare words counting for more."""


def search_quotes(text: str, words: str) -> list[Found]:
    """Where remembered words stand in a text: exact runs of words first, else the best matches.

    Case, accents and punctuation do not count. Where no sentence has the run of words, sentences
    of one paragraph that have it together are given; where there are none either, the sentences
    that share most of the words, small mistakes allowed: at most three, the best one first. Words
    in quotation marks are a quotation, which has no near matches.
    """
    wanted = plain_text(words).split()
    if not wanted:
        return []
    cut = [(p, sentences(line)) for p, line in enumerate(paragraphs(text), 1)]
    exact = list(_inside(cut, wanted)) or list(_across(cut, wanted))
    quotation = re.fullmatch(r"\s*[\"“«].*[\"”»]\s*", words, re.DOTALL)
    return exact if exact or quotation else _nearly(cut, wanted)


def stands_in(sentence: str, words: str) -> bool:
    """Whether a sentence has the words as a run; case, accents and punctuation do not count."""
    return f" {plain_text(words)} " in f" {plain_text(sentence)} "


Cut = Sequence[tuple[int, list[str]]]
"""Numbers of paragraphs, each with its sentences."""


def _inside(cut: Cut, wanted: list[str]) -> Iterator[Found]:
    for p, told in cut:
        for s, sentence in enumerate(told, 1):
            if stands_in(sentence, " ".join(wanted)):
                yield Locator(p, s, p, s), sentence


def _across(cut: Cut, wanted: list[str]) -> Iterator[Found]:
    """Runs that begin in one sentence and end in a later one of the same paragraph."""
    for p, told in cut:
        said = [
            (word, s) for s, sentence in enumerate(told, 1) for word in plain_text(sentence).split()
        ]
        for n in range(len(said) - len(wanted) + 1):
            stretch = said[n : n + len(wanted)]
            if [word for word, _ in stretch] == wanted:
                first, last = stretch[0][1], stretch[-1][1]
                yield Locator(p, first, p, last), " ".join(told[first - 1 : last])


def _nearly(cut: Cut, wanted: list[str]) -> list[Found]:
    """The sentences that share most of the words; one that many sentences have counts for less."""
    known = [
        (Locator(p, s, p, s), sentence, set(plain_text(sentence).split()))
        for p, told in cut
        for s, sentence in enumerate(told, 1)
    ]
    vocabulary = sorted(set().union(*(has for _, _, has in known)))
    needed: dict[str, tuple[set[str], float]] = {}
    for word in wanted:
        alike = {word, *get_close_matches(word, vocabulary, n=MOST_QUOTES, cutoff=NEAR)}
        having = sum(1 for _, _, has in known if alike & has)
        needed[word] = alike, log(1 + len(known) / (having or 0.5))
    total = sum(weight for _, weight in needed.values())
    scored = []
    for where, sentence, has in known:
        score = sum(
            weight if word in has else weight * NEAR
            for word, (alike, weight) in needed.items()
            if alike & has
        )
        if score >= ENOUGH * total:
            scored.append((-score, where, sentence))
    return [(where, sentence) for _, where, sentence in sorted(scored)[:MOST_QUOTES]]
