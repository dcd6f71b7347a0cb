"""Citing: where remembered words stand, exactly, across a full stop, or nearly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Made
from hypothesis import given
from hypothesis import strategies as st
from small_texts import SCRIPT, TEXT, locked

from replay.analysis.names import find_thing
from replay.analysis.quote_search import search_quotes
from replay.foundation.errors import UsageError
from replay.foundation.locators import paragraphs, sentences
from replay.frontends.cli import start
from replay.script.load import load

REPORT = """Dispatches from the upper valley

The column left Ferrol at dawn. It met nobody on the road. By noon it stood before the mill.

Gen. Ruiz reported that the column had taken the mill without a shot.[4] The miller, J. Ódonnell, \
says that a shot was fired (he heard it. He is sure). The general's staff did not answer.
The column rested.
"""


def found(words: str, text: str = REPORT) -> list[str]:
    return [str(where) for where, _ in search_quotes(text, words)]


# --- exactly --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("met nobody", ["p2.s2"]),
        ("MET Nobody, on the road", ["p2.s2"]),
        ("by noon", ["p2.s3"]),
        ("J. O'Donnell", ["p3.s2"]),
        ("without a shot", ["p3.s1"]),
        ("the generals staff", ["p3.s3"]),
        ("the column", ["p2.s1", "p3.s1", "p4.s1"]),
    ],
)
def test_a_run_of_words_is_found_wherever_it_stands(words: str, where: list[str]) -> None:
    assert found(words) == where


def test_a_run_that_crosses_a_full_stop_names_all_its_sentences() -> None:
    assert found("left Ferrol at dawn. It met nobody") == ["p2.s1-s2"]
    assert found("Ferrol at dawn it met nobody on the road by noon") == ["p2.s1-s3"]


def test_a_run_of_words_is_no_run_of_letters() -> None:
    assert "p2.s1" not in found('"erro"')


# --- nearly ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("colum left Ferol at down", "p2.s1"),
        ("the colunm stood before a mill at noon", "p2.s3"),
        ("general Ruiz reports that the mill was taken", "p3.s1"),
        ("a shot was fired, says the miller", "p3.s2"),
    ],
)
def test_small_mistakes_find_the_sentence_that_was_meant(words: str, where: str) -> None:
    assert found(words)[0] == where


def test_near_matches_are_few_and_the_best_comes_first() -> None:
    near = found("a column, a mill, a road")
    assert 1 <= len(near) <= 3
    assert near[0] in ("p2.s2", "p2.s3", "p3.s1")


def test_words_that_everybody_uses_are_not_enough() -> None:
    assert found("the zeppelin at the berlin") == []


@pytest.mark.parametrize("words", ["", " ", "…!?", "zeppelins over Berlin"])
def test_words_that_stand_nowhere_find_nothing(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize("words", ['"colum left"', "“the mill at noon”", "«nobody met»"])
def test_a_quotation_has_no_near_matches(words: str) -> None:
    assert found(words) == []
    assert found('"met nobody on the road"') == ["p2.s2"]


@given(st.data())
def test_every_sentence_is_found_by_its_own_words(data: st.DataObject) -> None:
    p, line = data.draw(st.sampled_from(list(enumerate(paragraphs(REPORT), 1))))
    s, sentence = data.draw(st.sampled_from(list(enumerate(sentences(line), 1))))
    words = sentence.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    assert f"p{p}.s{s}" in found(" ".join(words[first : last + 1]))


# --- the command ----------------------------------------------------------------------------------


Cite = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cite:
    """Asks `replay cite` in a scenario of two sources; gives the exit code, output and message."""
    other = SCRIPT.replace("sources:\n", "sources:\n  - {id: letter, title: A letter}\n")
    script = other.replace("sources:\n", "sources:\n  - {id: lost, title: A lost text}\n")
    scenario, texts = locked(tmp_path, script, gazette=TEXT, letter="I was not there. I was ill.\n")

    def ask(source: str, words: str, *more: str) -> tuple[int, str, str]:
        code = start(["cite", str(scenario), source, words, "--texts", str(texts), *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


def test_cite_tells_the_locator_to_write_and_the_sentence(cite: Cite) -> None:
    assert cite("gazette", "nobody was hurt") == (0, "gazette p2.s2\n    Nobody was hurt.\n", "")


def test_cite_as_json_is_one_object(cite: Cite) -> None:
    code, out, err = cite("gazette", "nobody was hurt", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "scenario": "mill",
        "found": [{"source": "gazette", "locator": "p2.s2", "sentence": "Nobody was hurt."}],
    }


def test_cite_says_where_it_gives_no_more_than_the_nearest(cite: Cite) -> None:
    code, out, err = cite("gazette", "the miler said it burned")
    assert code == 0
    assert out.startswith("gazette p2.s3\n")
    assert "no sentence with exactly these words; the nearest are" in err


def test_cite_names_another_source_that_has_the_words(cite: Cite) -> None:
    code, out, err = cite("gazette", "I was ill")
    assert (code, out) == (2, "")
    assert "U509" in err
    assert "letter p1.s2 has these words" in err


def test_cite_without_a_match_says_what_to_try(cite: Cite) -> None:
    code, _, err = cite("gazette", "zeppelins")
    assert code == 2
    assert "try fewer words" in err


def test_cite_asks_for_a_text_that_is_not_there(cite: Cite) -> None:
    code, _, err = cite("lost", "zeppelins")
    assert code == 2
    assert "has no text of lost" in err
    assert "lost.txt" in err


def test_cite_asks_for_a_source_that_is_known(cite: Cite) -> None:
    code, _, err = cite("gazete", "zeppelins")
    assert code == 2
    assert "did you mean 'gazette'?" in err


def test_cite_needs_the_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, _ = locked(tmp_path)
    assert start(["cite", str(scenario), "gazette", "nobody"]) == 2
    assert "add --texts FOLDER" in capsys.readouterr().err


# --- things by their spellings ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("al-Jazira", "al-jazira-desert"),
        ("jazira", "al-jazira-desert"),
        ("western desert", "al-jazira-desert"),
        ("the Western Desert", "al-jazira-desert"),
        ("Gaza", "gaza-neighbourhood"),
        ("the Gaza neighbourhood", "gaza-neighbourhood"),
        ("Qaem", "al-qaim"),
        ("AL QA\u2019IM", "al-qaim"),
        ("alqaim", "al-qaim"),
        ("el-Qaim", "al-qaim"),
        ("al-Rawa", "rawa"),
    ],
)
def test_a_documented_spelling_finds_its_thing(typed: str, found: str) -> None:
    assert find_thing(load("western-iraq-2017"), typed) == found


@pytest.mark.parametrize("typed", ["al", "the", "", "-", "al-", "qa im x"])
def test_what_is_spelled_like_nothing_is_refused_with_a_hint(typed: str) -> None:
    with pytest.raises(UsageError) as problem:
        find_thing(load("western-iraq-2017"), typed)
    assert problem.value.problems[0].hint


def test_the_exact_spelling_comes_before_the_one_without_an_article(made: Made) -> None:
    scenario = made("")
    places = [
        {"id": "qasr-one", "name": "Qasr"},
        {"id": "qasr-two", "name": "al-Qasr"},
    ]
    changed = scenario.model_copy(update={"places": [*scenario.places, *places]})
    assert (find_thing(changed, "qasr"), find_thing(changed, "Al Qasr")) == ("qasr-one", "qasr-two")
    with pytest.raises(UsageError, match="several things"):
        find_thing(changed, "el qasr")
