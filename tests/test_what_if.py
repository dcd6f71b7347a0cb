"""What if: a scenario against a changed copy of it, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import script

from replay.foundation.errors import UsageError
from replay.frontends.cli import start
from replay.outputs.formats import export
from replay.pipeline import run
from replay.script.change_phrases import change_scenario
from replay.script.load import load

EVENTS = """\
- {id: begun, type: launch, operation: push, date: 2017-10-26, summary: The push begins., claims: [{cite: article p1}]}
- {id: taken, type: capture, date: 2017-10-28, place: town, by: army, after: begun, summary: The army takes the town., claims: [{cite: article p2}]}
- {id: lost, type: capture, date: 2017-10-31, place: town, by: fighters, summary: ISIL takes it back., claims: [{cite: article p3}]}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "scenario.yaml"
    written.write_text(script(EVENTS), "utf-8")
    return written


def test_a_moved_event_moves_what_the_map_shows(path: Path) -> None:
    made = change_scenario(load(path), ["move taken +2d"])
    assert run(made.scenario).strip(["town"]).split()[1] == ".....Giiiiii"
    assert run(load(path)).strip(["town"]).split()[1] == "...GGGiiiiii"


@pytest.mark.parametrize(
    ("phrase", "date"),
    [
        ("move taken +2d", "2017-10-30"),
        ("move taken -1 day", "2017-10-27"),
        ("move taken by 1 week", "2017-11-04"),
        ("  move   taken  +36h", "2017-10-29T12:00:00/2017-10-30T11:59:00"),
    ],
)
def test_a_change_is_read_as_one_types_it(path: Path, phrase: str, date: str) -> None:
    moved = change_scenario(load(path), [phrase]).scenario.event["taken"].date
    assert moved is not None
    assert moved.text == date


def test_several_changes_are_made_one_after_the_other(path: Path) -> None:
    made = change_scenario(load(path), ["move begun +1d", "without lost"])
    assert [event.id for event in made.scenario.events] == ["begun", "taken"]
    assert made.changes == ("move begun +1d", "without lost")
    assert made.conflicts == ()


def test_dates_that_contradict_the_order_are_listed(path: Path) -> None:
    made = change_scenario(load(path), ["move begun +3d"])
    (conflict,) = made.conflicts
    assert conflict == "taken ends 2017-10-28, before begun (2017-10-29) begins"


@pytest.mark.parametrize("phrase", ["", "move taken", "move taken soon", "undo taken", "move +3d"])
def test_what_is_not_a_change_says_how_to_write_one(path: Path, phrase: str) -> None:
    with pytest.raises(UsageError) as refused:
        change_scenario(load(path), [phrase])
    (problem,) = refused.value.problems
    assert problem.code == "U507"
    assert problem.hint == 'write "move EVENT +3d", "move EVENT -6h" or "without EVENT"'


def test_an_unknown_event_is_named_with_one_like_it(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(["compare", str(path), "--what-if", "move takn +1d"]) == 2
    assert "did you mean 'taken'?" in capsys.readouterr().err


def test_the_command_says_that_it_is_hypothetical_and_what_follows(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(["compare", str(path), "--what-if", "move taken +2d"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("Hypothetical: move taken +2d")
    assert "A documented capture stays on its day unless you move it." in said
    assert "(hypothetical), lens: default" in said
    assert "28–29 October 2017 (2 days)" in said


def test_so_do_its_data_and_its_picture(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "what-if.svg"
    asked = ["compare", str(path), "--what-if", "move taken +2d", "--json", "-o", str(picture)]
    assert start(asked) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["hypothetical"] is True
    assert data["changes"] == ["move taken +2d"]
    assert "Hypothetical: move taken +2d" in picture.read_text("utf-8")


def test_what_is_exported_of_a_changed_scenario_says_so_too(path: Path, tmp_path: Path) -> None:
    timeline = run(change_scenario(load(path), ["without lost"]).scenario)
    for suffix in ("html", "svg", "json", "kml"):
        written = export(timeline, tmp_path / f"x.{suffix}").read_text("utf-8")
        assert "(hypothetical)" in written, suffix


@pytest.mark.parametrize(
    "more", [["--sources"], ["--lens", "default", "--lens", "earliest"], ["--markdown"]]
)
def test_it_is_asked_alone(path: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["compare", str(path), "--what-if", "without lost", *more]) == 2
    assert "what-if" in capsys.readouterr().err
