"""Sentences: how a text is cut, cited, locked, covered and searched; each example cut by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.foundation.locators import (
    TextOutline,
    locator,
    outline_of_text,
    paragraphs,
    plain_text,
    read_lock,
    sentences,
    spell_lock,
)

# --- sentences ------------------------------------------------------------------------------------

CUT = {
    "plain": ["The mill was taken.", "Nobody was hurt."],
    "question and cry": ["Who took it?", "We did!", "So they say."],
    "footnote marks": ["The mill was taken.[12]", "It burned.[3][4]", "It stood."],
    "a remark of the editors": ["The mill was taken.[citation needed]", "It burned."],
    "a footnote mark after a space": ["The mill was taken. [12]", "It burned."],
    "ranks": ["Gen. A. B. Miller and Lt. Col. Smith came.", "They left."],
    "initials": ["It was J. R. Miller who came.", "He left."],
    "brackets": ["He came (at dawn. Alone. On foot) to the mill.", "He left."],
    "a bracket that never closes": ["He came (at dawn to the mill.", "He left."],
    "quotations": ['"We have the mill."', "He said so twice."],
    "typographic quotations": ["“We have the mill.”", "“Nobody was hurt.”"],
    "numbers": ["It took 3.5 days.", "75 men came.", "1,500 left."],
    "a unit": ["They hold 29,000 km2 (11,197 sq mi) now.", "Half is theirs."],
    "the number of a footnote": ['12. ^ "A mill is taken".', "Evening Gazette.", "May 6, 2001."],
    "letters without capitals": ["أخذوا الطاحونة.", "احترقت."],
    "an ellipsis": ["He waited… and waited.", "He left."],
    "no end": ["The mill was taken.", "And then"],
    "one word": ["Mill"],
}


@pytest.mark.parametrize("kind", CUT)
def test_a_paragraph_is_cut_where_a_reader_would_cut_it(kind: str) -> None:
    assert sentences(" ".join(CUT[kind])) == CUT[kind]


@given(st.text())
def test_the_sentences_are_the_whole_paragraph(text: str) -> None:
    for paragraph in paragraphs(text):
        together = " ".join(sentences(paragraph))
        assert "".join(together.split()) == "".join(paragraph.split())
        assert all(sentence.strip() == sentence != "" for sentence in sentences(paragraph))


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    assert paragraphs("\n One.\n\n \t\nTwo. Three.\r\n") == ["One.", "Two. Three."]


# --- locators -------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelled", ["p1", "p30.s4", "p1-p4", "p5.s2-s4"])
def test_a_locator_reads_as_it_is_written(spelled: str) -> None:
    assert str(locator(spelled)) == spelled


@pytest.mark.parametrize(
    "spelled", ["", "p0", "p1.s0", "30", "p3.4", "p4-p1", "p5.s4-s2", "p1.s2-p4", "p1-s4", "P1"]
)
def test_what_is_no_locator_is_refused(spelled: str) -> None:
    with pytest.raises(ValueError, match=r"is not a locator|runs backwards"):
        locator(spelled)


KNOWN = TextOutline((2, 1, 3), ("0" * 16,) * 3)


@pytest.mark.parametrize(
    ("spelled", "named"),
    [
        ("p1", [(1, 1), (1, 2)]),
        ("p3.s2", [(3, 2)]),
        ("p3.s2-s3", [(3, 2), (3, 3)]),
        ("p2-p3", [(2, 1), (3, 1), (3, 2), (3, 3)]),
        ("p4", []),
        ("p2.s2", []),
        ("p3.s2-s4", []),
    ],
)
def test_a_locator_names_sentences_that_the_source_has(
    spelled: str, named: list[tuple[int, int]]
) -> None:
    assert KNOWN.covers(locator(spelled)) == named


# --- the lock -------------------------------------------------------------------------------------


def test_the_lock_knows_counts_and_digests_and_no_text() -> None:
    spelled = spell_lock(
        {"gazette": outline_of_text("The mill was taken. It burned.\n\nSo they say.")}
    )
    assert "mill" not in spelled
    assert "[gazette] 3 sentences" in spelled
    assert read_lock(spelled)["gazette"].counts == (2, 1)


@given(
    st.dictionaries(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True), st.text(), max_size=3)
)
def test_a_lock_reads_back(texts: dict[str, str]) -> None:
    outlines = {source: outline_of_text(text) for source, text in texts.items()}
    assert read_lock(spell_lock(outlines)) == outlines


# --- spellings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Al-Qa'im", "al qaim"), ("al-Qā’im", "al qaim"), ("  H-2  ", "h 2"), ("Ḥadītha", "haditha")],
)
def test_a_name_is_known_by_its_letters(text: str, bare: str) -> None:
    assert plain_text(text) == bare
