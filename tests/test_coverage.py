"""Coverage: every sentence is cited, set aside for a reason, or open; counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_texts import SCRIPT, TEXT, locked

from replay.analysis.check import check
from replay.frontends.cli import start
from replay.script.coverage import coverage, outlines_of
from replay.script.load import load

TextsAndScript = tuple[Path, Path]
ENCODED = {"encoded": 2, "named": 0}


@pytest.fixture
def mill(tmp_path: Path) -> TextsAndScript:
    """A scenario with one source of five sentences, of which one is accounted for by nothing."""
    return locked(tmp_path)


def written(scenario: Path, old: str, new: str) -> None:
    path = scenario / "scenario.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


# --- the count ------------------------------------------------------------------------------------


def test_every_sentence_is_cited_set_aside_or_open(mill: TextsAndScript) -> None:
    [covered] = check(mill[0]).coverage
    assert covered.counts == {"sentences": 5, "cited": 2, **ENCODED, "set_aside": 2, "open": 1}
    assert covered.cited == {(2, 1): ("mill", "taken"), (2, 2): ("unhurt",)}
    assert covered.set_aside == {
        (1, 1): "the title of the page",
        (3, 1): "furniture of the page",
    }
    assert covered.open == ((2, 3),)


@pytest.mark.parametrize(
    ("cite", "open_"),
    [
        ("gazette p2", ()),
        ("gazette p2.s2-s3", ()),
        ("gazette p1-p2", ()),
        ("gazette p1", ((2, 2), (2, 3))),
        ("[gazette p2.s2, gazette p2.s3]", ()),
    ],
)
def test_a_locator_accounts_for_all_the_sentences_that_it_names(
    mill: TextsAndScript, cite: str, open_: tuple[tuple[int, int], ...]
) -> None:
    written(mill[0], "cite: gazette p2.s2,", f"cite: {cite},")
    [covered] = check(mill[0]).coverage
    assert covered.open == open_


def test_a_sentence_that_is_cited_and_set_aside_counts_as_cited(mill: TextsAndScript) -> None:
    written(mill[0], "{p1: the title", "{p1-p2: the title")
    [covered] = check(mill[0]).coverage
    assert covered.counts == {"sentences": 5, "cited": 2, **ENCODED, "set_aside": 3, "open": 0}


def test_one_reason_sets_several_stretches_aside(mill: TextsAndScript) -> None:
    written(
        mill[0],
        "{p1: the title of the page, p3: furniture of the page}",
        '{"p1, p2.s2-s3, p3": furniture}',
    )
    [covered] = check(mill[0]).coverage
    assert set(covered.set_aside) == {(1, 1), (2, 2), (2, 3), (3, 1)}
    assert covered.open == ()


def test_every_kind_of_record_may_cite(mill: TextsAndScript) -> None:
    written(mill[0], "letter: N}]", "letter: N, cite: gazette p2.s3}]")
    [covered] = check(mill[0]).coverage
    assert covered.cited[2, 3] == ("north",)


WORDS = st.lists(st.sampled_from(["Mill", "river", "Gen.", "4", "[2]"]), min_size=1, max_size=4)
PARAGRAPHS = st.lists(WORDS.map(" ".join).map("{}.".format), min_size=1, max_size=6)


@given(PARAGRAPHS, st.data())
def test_what_is_open_and_what_is_not_make_up_the_source(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], data: st.DataObject
) -> None:
    """Whatever is cited and set aside: each sentence is counted once, and none is lost."""
    number = st.integers(1, len(lines))
    cited, aside = data.draw(number), data.draw(number)
    folder = tmp_path_factory.mktemp("mill")
    script = (
        SCRIPT.replace("p2.s1", f"p{cited}")
        .replace("p2.s2", f"p{cited}.s1")
        .replace(
            "{p1: the title of the page, p3: furniture of the page}", f"{{p{aside}: a reason}}"
        )
    )
    (folder / "scenario.yaml").write_text(script, "utf-8")
    [covered] = coverage(load(folder), outlines_of({"gazette": "\n".join(lines)}))
    n = covered.counts
    assert n["cited"] + n["set_aside"] + n["open"] == n["sentences"] == len(covered.sentences)
    assert {p for p, _ in covered.open} == set(range(1, len(lines) + 1)) - {cited, aside}


# --- what the check says of it --------------------------------------------------------------------


def test_an_open_sentence_is_a_finding_where_the_texts_are_given(
    mill: TextsAndScript, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, texts = map(str, mill)
    assert start(["check", scenario]) == 0
    assert start(["check", scenario, "--texts", texts, "--json"]) == 1
    told = json.loads(capsys.readouterr().out.partition("No findings.\n")[2])
    assert [(f["code"], f["of"]) for f in told["findings"]] == [("L401", "gazette")]
    assert "1 sentence: p2.s3" in told["findings"][0]["message"]
    assert told["coverage"] == {
        "gazette": {"sentences": 5, "cited": 2, **ENCODED, "set_aside": 2, "open": 1}
    }


def test_many_open_sentences_are_counted_and_the_first_are_named(tmp_path: Path) -> None:
    text = TEXT + "\n" + "\n".join(f"Sentence {n}." for n in range(1, 11))
    scenario, texts = locked(tmp_path, gazette=text)
    [finding] = check(scenario, texts).findings
    assert "11 sentences: p2.s3, p4.s1" in finding.message
    assert "and 3 more" in finding.message


def test_an_open_sentence_may_be_acknowledged(mill: TextsAndScript) -> None:
    written(mill[0], "acknowledge: [", "acknowledge: [{code: L401, of: gazette, reason: later}, ")
    assert check(*mill).clean
    assert check(mill[0]).clean, "what only the texts can show is no idle acknowledgement"


def test_an_acknowledged_coverage_that_is_whole_is_told(mill: TextsAndScript) -> None:
    written(mill[0], "acknowledge: [", "acknowledge: [{code: L401, of: gazette, reason: later}, ")
    written(mill[0], "cite: gazette p2.s2,", "cite: gazette p2,")
    assert [f.code for f in check(*mill).findings] == ["L403"]


def test_a_text_that_is_not_the_locked_one_is_told_from_where_it_differs(
    mill: TextsAndScript,
) -> None:
    (mill[1] / "gazette.txt").write_text(TEXT.replace("Friday", "Saturday"), "utf-8")
    found = {f.code: f.message for f in check(*mill).findings}
    assert "from p2 on" in found["L402"]


def test_a_text_that_has_grown_is_told(mill: TextsAndScript) -> None:
    (mill[1] / "gazette.txt").write_text(TEXT + "\nAnd so on.\n", "utf-8")
    found = {f.code: f.message for f in check(*mill).findings}
    assert "number of paragraphs" in found["L402"]


def test_space_between_the_paragraphs_is_no_difference(mill: TextsAndScript) -> None:
    spaced = TEXT.replace("\n\n", "\r\n\r\n\r\n  ")
    (mill[1] / "gazette.txt").write_bytes(spaced.encode())
    assert "L402" not in {f.code for f in check(*mill).findings}


def test_a_text_without_a_lock_is_told(mill: TextsAndScript) -> None:
    (mill[0] / "texts.lock").unlink()
    assert check(mill[0]).coverage == ()
    assert {f.code for f in check(*mill).findings} == {"L401", "L402"}


def test_the_lock_is_written_anew_when_that_is_asked(
    mill: TextsAndScript, capsys: pytest.CaptureFixture[str]
) -> None:
    (mill[1] / "gazette.txt").write_text("Evening Gazette\n\nA. B. C.\n\nD.\n", "utf-8")
    written(mill[0], "p2.s2", "p2")
    assert start(["check", str(mill[0]), "--texts", str(mill[1])]) == 1
    assert start(["check", str(mill[0]), "--texts", str(mill[1]), "--lock"]) == 0
    assert "texts.lock" in capsys.readouterr().err
    assert check(*mill).clean


def test_the_lock_needs_the_texts(mill: TextsAndScript, capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["check", str(mill[0]), "--lock"]) == 2
    assert "--texts FOLDER" in capsys.readouterr().err


def test_a_locator_that_the_source_does_not_have_is_an_error_by_the_lock_alone(
    mill: TextsAndScript, capsys: pytest.CaptureFixture[str]
) -> None:
    written(mill[0], "gazette p2.s2", "gazette p2.s4")
    assert start(["check", str(mill[0])]) == 1
    assert "E404" in capsys.readouterr().err


def test_a_sentence_that_only_a_name_cites_is_named_only(
    mill: TextsAndScript, capsys: pytest.CaptureFixture[str]
) -> None:
    written(mill[0], "the mill, cite: gazette p2.s1", "the mill, cite: gazette p2.s3")
    [covered] = check(mill[0]).coverage
    counts = covered.counts
    assert (2, 3) in covered.cited
    assert (2, 3) not in covered.encoded
    assert (counts["cited"], counts["encoded"], counts["named"]) == (3, 2, 1)
    assert start(["check", str(mill[0]), "--coverage"]) in (0, 1)
    printed = " ".join(capsys.readouterr().out.split())
    assert "sentences encoded named only set aside open gazette 5 2 1 2 0" in printed
    assert "p2.s3 named only: mill" in printed


def test_the_check_lists_each_sentence_with_what_accounts_for_it(
    mill: TextsAndScript, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(["check", str(mill[0]), "--texts", str(mill[1]), "--coverage"]) == 1
    rows = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line]
    assert [row for row in rows if row[0].startswith("p") and ".s" in row[0]] == [
        ["p1.s1", "set aside: the title of the page"],
        ["p2.s1", "mill, taken"],
        ["p2.s2", "unhurt"],
        ["p2.s3", "OPEN"],
        ["p3.s1", "set aside: furniture of the page"],
    ]
