"""A scenario becomes readable YAML, and reading it back gives an equal scenario."""

from __future__ import annotations

import shutil
import string
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import HEAD
from example_scripts import laid_out, whole_scripts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_certainty import accounts

import replay
from replay.foundation.errors import ScenarioError, UsageError
from replay.model import Scenario
from replay.outputs.formats import export
from replay.pipeline import run
from replay.script.load import load
from replay.script.text_edits import with_record, with_value, without_record
from replay.script.yaml_writer import yaml_text

SCRIPTS = list(whole_scripts())


def read_back(scenario: Scenario, folder: Path) -> Scenario:
    """What `load` makes of the written scenario, beside the files that it refers to."""
    if scenario.folder is not None:
        shutil.copytree(scenario.folder, folder, dirs_exist_ok=True)
        for path in folder.glob("*.yaml"):
            path.unlink()
    folder.mkdir(exist_ok=True)
    (folder / "scenario.yaml").write_text(yaml_text(scenario), "utf-8")
    again = load(folder)
    return again.linked(scenario.folder, again.columns, again.variants)


def same(one: Scenario, other: Scenario) -> bool:
    """Whether all that the authors say is the same; arrays of tables are compared by their text."""
    fields = set(Scenario.model_fields) - {"columns"}
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def test_the_shipped_scenario_is_read_back_as_it_is(tmp_path: Path) -> None:
    scenario = load("western-iraq-2017")
    assert same(read_back(scenario, tmp_path / "again"), scenario)


@pytest.mark.parametrize(("name", "files"), SCRIPTS, ids=[name for name, _ in SCRIPTS])
def test_so_is_every_script_of_the_docs(name: str, files: dict[str, str], tmp_path: Path) -> None:
    try:
        scenario = load(laid_out(tmp_path / "first", files))
    except ScenarioError:
        pytest.skip("an example of a mistake")
    assert same(read_back(scenario, tmp_path / "again"), scenario)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(accounts())
def test_so_is_any_scenario(tmp_path: Path, events: str) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(f"{HEAD}events:\n{events}", "utf-8")
    try:
        scenario = load(path)
    except ScenarioError:
        return
    assert same(read_back(scenario, tmp_path), scenario)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
AWKWARD = st.sampled_from(
    [
        "yes",
        "null",
        "~",
        "1e3",
        "0x1F",
        "2017-11-03",
        "a: b",
        "- a",
        "#x",
        "'",
        '"',
        "[x]",
        "{y}",
        "&a",
        "*a",
        "!tag",
        "%TAG",
        "@x",
        "`y`",
        "a #b",
        "a\nb",
        "two\n\nlines",
        "end ",
        "=",
        "<<",
        "?",
        ">",
    ]
)


@given(TEXTS | AWKWARD, TEXTS | AWKWARD)
def test_any_text_is_read_back_letter_for_letter(one: str, other: str) -> None:
    data: dict[str, Any] = {
        "scenario": "small",
        "title": "A case",
        "window": "2001-05-01/2001-05-12",
        "sides": [{"id": "blue", "name": "Blue", "letter": "B"}],
        "sources": [{"id": "paper", "title": "Paper", "note": one}],
        "phases": [
            {"id": "all", "name": "All", "period": "2001-05-01/2001-05-12", "summary": other}
        ],
    }
    try:
        scenario = replay.scenario(data)
    except ScenarioError:
        return
    read = yaml.load(yaml_text(scenario), Loader=yaml.BaseLoader)
    assert read["sources"][0]["note"] == scenario.sources[0].note
    assert read["phases"][0]["summary"] == scenario.phases[0].summary


def test_a_record_that_fits_has_one_line_and_sentences_have_their_own(tmp_path: Path) -> None:
    lines = yaml_text(load("western-iraq-2017")).splitlines()
    assert "  - {id: isil, name: ISIL, letter: i, colour: red}" in [
        line for line in lines if "id: isil," in line
    ] or any(line.startswith("  - id: isil") for line in lines)
    assert max(map(len, lines)) <= 110
    assert not any(line.endswith(" ") for line in lines)
    assert "tables: []" not in lines


def test_a_hypothetical_scenario_is_exported_to_be_edited(tmp_path: Path) -> None:
    changed = replay.scenario(SMALL).shifted("taken", days=2)
    written = export(run(changed), tmp_path / "changed.yaml")
    again = load(written)
    assert again.title == "A small case (hypothetical)"
    assert again.event["taken"].date == changed.event["taken"].date
    assert replay.write(changed, tmp_path / "same.yaml").read_text() == written.read_text()


SMALL: dict[str, Any] = {
    "scenario": "small",
    "title": "A small case",
    "window": "2001-05-01/2001-05-12",
    "sides": [{"id": "blue", "name": "Blue", "letter": "B"}],
    "sources": [{"id": "paper", "title": "A newspaper"}],
    "places": [{"id": "town", "name": "Town"}],
    "events": [
        {
            "id": "taken",
            "type": "capture",
            "date": "2001-05-04",
            "place": "town",
            "by": "blue",
            "summary": "Blue takes the town.",
            "claims": [{"cite": "paper p1"}],
        }
    ],
}


# --- edits in place -----------------------------------------------------------------------------

BY_HAND = """\
# My campaign, in my own order.
scenario: small
title: A small case
window: 2001-05-01/2001-05-12
sides: [{id: blue, name: Blue, letter: B}]   # one side
sources: [{id: paper, title: A newspaper}]
places:
  - {id: town, name: Town}   # where it happened
  - {id: fort, name: Fort}

events:
  # The first one.
  - id: taken
    type: capture
    date: 2001-05-04   # by the paper
    place: town
    by: blue
    summary: Blue takes the town.
    claims:
      - {cite: paper p1}
      # - {cite: paper p2}  not yet read

  # The second one.
  - {id: fort-taken, type: capture, date: 2001-05-06, place: fort, by: blue, summary: s, claims: [{cite: paper p3}]}
"""


def changed_lines(before: str, after: str) -> list[str]:
    old = before.splitlines()
    return [line for line in after.splitlines() if line not in old]


def loaded(folder: Path, text: str) -> Scenario:
    (folder / "scenario.yaml").write_text(text, "utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("name", "key", "value", "line"),
    [
        ("taken", "date", "2001-05-05", "    date: 2001-05-05   # by the paper"),
        ("taken", "note", "so: it is said", "    note: 'so: it is said'"),
        ("taken", "place", ["town", "fort"], "    place: [town, fort]"),
    ],
)
def test_an_edit_touches_the_lines_that_change(
    tmp_path: Path, name: str, key: str, value: Any, line: str
) -> None:
    after = with_value(BY_HAND, "events", name, key, value)
    assert changed_lines(BY_HAND, after) == [line]
    assert len(after.splitlines()) - len(BY_HAND.splitlines()) in (0, 1)
    assert getattr(loaded(tmp_path, after).event[name], key) is not None
    for comment in ("# My campaign", "# The first one.", "not yet read", "# one side"):
        assert comment in after


def test_a_record_in_one_line_stays_in_one_line(tmp_path: Path) -> None:
    after = with_value(BY_HAND, "events", "fort-taken", "note", "a, b: c")
    after = with_value(after, "events", "fort-taken", "date", "2001-05-07")
    (line,) = changed_lines(BY_HAND, after)
    assert "date: 2001-05-07, place: fort" in line
    event = loaded(tmp_path, after).event["fort-taken"]
    assert event.note == "a, b: c"


def test_a_key_can_be_left_out_again() -> None:
    for name in ("taken", "fort-taken"):
        with_note = with_value(BY_HAND, "events", name, "note", "for now")
        assert with_value(with_note, "events", name, "note", None) == BY_HAND


def test_a_record_is_added_and_taken_away(tmp_path: Path) -> None:
    event = {**SMALL["events"][0], "id": "again", "date": "2001-05-09"}
    after = with_record(BY_HAND, "events", event)
    assert list(loaded(tmp_path, after).event) == ["taken", "fort-taken", "again"]
    assert without_record(after, "events", "again") == BY_HAND
    new = with_record(BY_HAND, "persons", {"id": "leader", "name": "A leader", "side": "blue"})
    assert new.startswith(BY_HAND.rstrip())
    assert loaded(tmp_path, new).persons[0].name == "A leader"


def test_what_is_not_there_is_named_with_what_is_like_it() -> None:
    with pytest.raises(UsageError) as refused:
        with_value(BY_HAND, "events", "takn", "note", "x")
    assert refused.value.problems[0].hint == "did you mean 'taken'?"


LETTERS = st.text(string.ascii_letters + " .,:#'\"[]{}&*!|>%@-éя", min_size=1, max_size=30)


@given(LETTERS.filter(lambda text: text.strip() == text), st.sampled_from(["taken", "fort-taken"]))
def test_any_note_can_be_put_into_any_record(note: str, name: str) -> None:
    after = with_value(BY_HAND, "events", name, "note", note)
    (event,) = (e for e in yaml.load(after, Loader=yaml.BaseLoader)["events"] if e["id"] == name)
    assert event["note"] == note
