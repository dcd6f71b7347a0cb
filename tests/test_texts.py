"""Sentences: how a text is cut, cited, locked, covered and searched; each example cut by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.analysis.check import check, lock_text
from replay.cli import start
from replay.texts import (
    Outline,
    find,
    locator,
    outline,
    paragraphs,
    plain,
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
    with pytest.raises(ValueError, match=r"is no locator|runs backwards"):
        locator(spelled)


KNOWN = Outline((2, 1, 3), ("0" * 16,) * 3)


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
    spelled = spell_lock({"gazette": outline("The mill was taken. It burned.\n\nSo they say.")})
    assert "mill" not in spelled
    assert "[gazette] 3 sentences" in spelled
    assert read_lock(spelled)["gazette"].counts == (2, 1)


@given(
    st.dictionaries(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True), st.text(), max_size=3)
)
def test_a_lock_reads_back(texts: dict[str, str]) -> None:
    outlines = {source: outline(text) for source, text in texts.items()}
    assert read_lock(spell_lock(outlines)) == outlines


# --- coverage -------------------------------------------------------------------------------------

TEXT = """Evening Gazette

The mill was taken on Friday. Nobody was hurt. The miller says that it burned.

Subscribe now!
"""
MILL = """\
scenario: mill
title: The mill
window: 2001-05-01/2001-05-09
sides: [{id: north, name: North, letter: N}]
sources:
  - id: gazette
    title: Evening Gazette
    set_aside: {p1: the title of the page, p3: furniture of the page}
places: [{id: mill, name: the mill, cite: gazette p2.s1}]
events:
  - id: taken
    type: capture
    date: 2001-05-04
    place: mill
    by: north
    summary: North takes the mill.
    claims: [{cite: gazette p2.s1}]
statements: [{id: unhurt, cite: gazette p2.s2, summary: Nobody is hurt.}]
acknowledge: [{code: L312, of: mill, reason: the paper does not say where it is}]
"""


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """A scenario with one source of five sentences, of which one is accounted for by nothing."""
    folder = tmp_path / "mill"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(MILL, "utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "gazette.txt").write_text(TEXT, "utf-8")
    lock, text = lock_text(folder, tmp_path / "texts")
    lock.write_text(text, "utf-8")
    return folder


def test_every_sentence_is_cited_set_aside_or_open(mill: Path) -> None:
    [covered] = check(mill).coverage
    assert covered.counts == {"sentences": 5, "cited": 2, "set_aside": 2, "open": 1}
    assert covered.cited[2, 1] == ("mill", "taken")
    assert covered.cited[2, 2] == ("unhurt",)
    assert covered.set_aside[1, 1] == "the title of the page"
    assert covered.open == ((2, 3),)


def test_an_open_sentence_is_a_finding_where_the_texts_are_given(mill: Path) -> None:
    assert check(mill).clean
    [finding] = check(mill, mill.parent / "texts").findings
    assert (finding.code, finding.of) == ("L401", "gazette")
    assert "p2.s3" in finding.message


def test_a_text_that_is_not_the_locked_one_is_told_from_where_it_differs(mill: Path) -> None:
    changed = TEXT.replace("Friday", "Saturday")
    (mill.parent / "texts" / "gazette.txt").write_text(changed, "utf-8")
    found = {f.code: f.message for f in check(mill, mill.parent / "texts").findings}
    assert "from p2 on" in found["L402"]


def test_the_check_lists_each_sentence_with_what_accounts_for_it(
    mill: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(["check", str(mill), "--texts", str(mill.parent / "texts"), "--coverage"]) == 1
    told = capsys.readouterr().out
    assert "p2.s1" in told
    assert "mill, taken" in told
    assert "furniture of the page" in told


def test_a_locator_that_the_source_does_not_have_is_an_error_by_the_lock_alone(
    mill: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = mill / "scenario.yaml"
    script.write_text(MILL.replace("gazette p2.s2", "gazette p2.s4"), "utf-8")
    assert start(["check", str(mill)]) == 1
    assert "E404" in capsys.readouterr().err


# --- finding words --------------------------------------------------------------------------------


def test_remembered_words_are_found_without_case_accents_and_points() -> None:
    [(where, sentence)] = find(TEXT, "miller SAYS, that")
    assert (str(where), sentence) == ("p2.s3", "The miller says that it burned.")


def test_words_that_are_nearly_right_find_the_sentences_that_share_most() -> None:
    found = find(TEXT, "the miller said it burned")
    assert str(found[0][0]) == "p2.s3"


def test_words_that_stand_nowhere_find_nothing() -> None:
    assert find(TEXT, "zeppelin over berlin") == []
    assert find(TEXT, " ") == []


def test_cite_gives_the_locator_to_write(mill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["cite", str(mill), "gazette", "nobody was hurt"]
    assert start([*words, "--texts", str(mill.parent / "texts"), "--json"]) == 0
    [found] = json.loads(capsys.readouterr().out)["found"]
    assert found == {"source": "gazette", "locator": "p2.s2", "sentence": "Nobody was hurt."}


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Al-Qa'im", "al qaim"), ("al-Qā’im", "al qaim"), ("  H-2  ", "h 2"), ("Ḥadītha", "haditha")],
)
def test_a_name_is_known_by_its_letters(text: str, bare: str) -> None:
    assert plain(text) == bare
