"""What an author wrote reaches the reader as written, also where a word of it is an id or a date."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import Made
from hypothesis import given
from hypothesis import strategies as st

from replay.frontends.cli import start
from replay.model import Scenario
from replay.model.state import EnRoute, Formation, Standing, StateKey, exactly, held
from replay.pipeline import run
from replay.script.load import load
from replay.text.difference import difference_text, otherwise, undated_difference_text
from replay.text.disagreements import sides
from replay.timeline.difference import (
    Difference,
    FieldDifference,
    Says,
    StatedSentence,
    event_difference,
)
from replay.timeline.explanation import disputes, explain

SCRIPT = """\
scenario: demo
title: Demo
window: 2017-10-25/2017-11-05
sides:
  - {id: iraq, name: Government of Iraq, letter: G}
  - {id: isil, name: ISIL, letter: i}
  - {id: north, name: Northern Alliance, letter: n}
forces:
  - {id: army, name: the army, side: iraq}
  - {id: guard, name: Republican Guard, side: iraq}
sources:
  - {id: article, title: An article}
  - {id: paper, title: A newspaper}
places:
  - {id: town, name: Town, position: {lat: 34.0, lon: 41.0, estimated: 10}}
events:
  - id: held
    type: hold
    date: ../2017-10-25
    place: town
    by: isil
    summary: ISIL holds the town.
    claims: [{cite: article p1}]
  - id: siege
    type: capture
    date: 2017-10-28
    place: town
    by: army
    summary: The army takes the town.
    claims:
      - {cite: article p2}
      - {cite: paper p2, type: besiege}
  - id: reorganised
    type: reorganise
    date: 2017-10-29
    by: guard
    becomes: "dissolved, its men on guard duty in the north"
    summary: The Guard is dissolved.
    claims:
      - {cite: article p3}
      - {cite: paper p3, becomes: "merged into the army, north of Town"}
"""
FIRST = "dissolved, its men on guard duty in the north"
SECOND = "merged into the army, north of Town"


@pytest.fixture
def script(tmp_path: Path) -> str:
    (tmp_path / "scenario.yaml").write_text(SCRIPT, "utf-8")
    return str(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--disputes"),
        ("explain", "guard", "--on", "2017-10-29"),
        ("explain", "guard", "--on", "2017-10-29", "--json"),
    ],
    ids=" ".join,
)
def test_every_command_prints_the_words_as_written(
    script: str, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    start([command[0], script, *command[1:]])
    printed = " ".join(capsys.readouterr().out.split())
    assert SECOND in printed
    assert FIRST.removeprefix("dissolved") in printed


def test_what_a_claim_says_of_a_place_is_said_with_names(
    script: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start(["check", script, "--disputes"])
    printed = " ".join(capsys.readouterr().out.split())
    assert "held by ISIL, besieged by Government of Iraq, 28 October 2017 paper p2" in printed


def test_in_the_facts_value_and_date_are_apart(
    script: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start(["explain", script, "guard", "--on", "2017-10-29", "--json"])
    standing = json.loads(capsys.readouterr().out)["standing"]
    assert (standing["value"], standing["could"]) == (FIRST, [SECOND])
    assert [c["says"] for c in standing["against"]] == [
        {"value": {"status": SECOND}, "date": "2017-10-29", "denies": False, "silent": False}
    ]


WORDS = st.lists(
    st.sampled_from(["iraq", "army", "town,", "2017-10-29", "north", "of", "the", "guard", ", "]),
    min_size=1,
    max_size=6,
).map(lambda words: "x " + " ".join(words))


@given(WORDS)
def test_no_word_of_an_author_is_replaced(words: str) -> None:
    scenario = simple()
    told = Difference(Standing(words), "2017-10-29")
    assert undated_difference_text(scenario, told) == words
    assert difference_text(scenario, told) == f"{words}, 29 October 2017"
    assert difference_text(scenario, StatedSentence(words)) == words
    reason = FieldDifference("reason", words, None)
    assert difference_text(scenario, (reason,)) == f"because of {words}"


@cache
def simple() -> Scenario:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(SCRIPT, "utf-8")
        return load(path)


@pytest.mark.parametrize(
    ("says", "text"),
    [
        (Difference(held("iraq")), "held by Government of Iraq"),
        (Difference(None, "2017-10-28"), "unknown, 28 October 2017"),
        (Difference(denies=True), "denies it"),
        (Difference(silent=True), "not mentioned"),
        (Difference(Formation(("army", "guard"))), "the army and Republican Guard"),
        (
            Difference(EnRoute("town", "town", exactly(0.5))),
            "50 % of the way from Town to Town",
        ),
        ((FieldDifference("by", ("army",), ("guard",), refers=True),), "by the army"),
        ((FieldDifference("by", ("army",), ("guard",)),), "by army"),
    ],
)
def test_a_difference_has_one_wording(says: Says, text: str) -> None:
    assert difference_text(simple(), says) == text


def test_an_event_differs_in_fields_and_not_in_words(script: str) -> None:
    timeline = run(load(script))
    siege, reorganised = timeline.reading[1], timeline.reading[2]
    [kind] = event_difference(timeline.scenario, siege, siege.versions[1])
    assert kind.field == "type"
    assert otherwise(timeline.scenario, siege, siege.versions[1]) == "the army besieges Town"
    [words] = event_difference(timeline.scenario, reorganised, reorganised.versions[1])
    assert words == FieldDifference("becomes", SECOND, FIRST)


def test_a_denial_and_a_silence_are_told_apart(made: Made) -> None:
    timeline = run(
        made(
            """
            - {id: taken, type: capture, date: 2017-10-28, place: town, by: army, summary: s,
               claims: [{cite: article p1}, {cite: paper p1, denies: true}]}
            - {id: lost, type: capture, date: 2017-10-30, place: town, by: fighters, summary: s,
               claims: [{cite: article p2}, {cite: copy p2, silent: control, date: 2017-11-01}]}
            """
        )
    )
    [first] = [d for d in disputes(timeline) if d.key == StateKey("control", "town")][:1]
    assert [claim.says for claim in first.claims] == [
        Difference(held("iraq"), "2017-10-28"),
        Difference(denies=True),
    ]
    assert [words for words, _ in sides(timeline, first)] == [
        "held by government, 28 October 2017",
        "denies it",
    ]
    why = explain(timeline, StateKey("control", "town"), "2017-11-02")
    assert all(isinstance(claim.says, Difference) for claim in why.against)
