"""What an author notes of events, claims and places is shown wherever they are."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from conftest import HEAD

from replay.frontends.cli import start
from replay.outputs.page.data import contents
from replay.outputs.rendering.brush import Brush
from replay.picture.items import Text
from replay.pipeline import run

OF_EVENT, OF_CLAIM = "the order of the day is lost", 'a "headline" only, iraq'
RIVAL, OF_PLACE = "the editor doubts it", "called so by one document"
MAYBE = f"perhaps: village, note: {json.dumps(OF_PLACE)}}}"
THINGS = HEAD.replace("name: Town, kind: town}", f"name: Town, kind: town, {MAYBE}")
SCRIPT = (
    THINGS
    + f"""
- id: taken
  type: capture
  date: 2017-10-27
  place: town
  by: army
  summary: The army takes the town.
  note: {OF_EVENT}
  claims:
    - {{cite: article p1, note: {json.dumps(OF_CLAIM)}}}
    - {{cite: paper p2, date: 2017-10-29, note: {RIVAL}}}
"""
)
NOTES = (f"note: {OF_EVENT}", f"note on article p1: {OF_CLAIM}", f"note on paper p2: {RIVAL}")


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    (tmp_path / "scenario.yaml").write_text(SCRIPT, "utf-8")
    return str(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        ("explain", "town", "--on", "2017-10-30"),
        ("run", "--text-only"),
        ("check", "--disputes"),
        ("step", "--plain", "--on", "2017-10-29"),
    ],
    ids=" ".join,
)
def test_notes_are_printed(
    scenario: str,
    command: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("disputes\n"))
    start([command[0], scenario, *command[1:]])
    printed = " ".join(capsys.readouterr().out.split())
    assert [note for note in NOTES if note not in printed] == []


@pytest.mark.parametrize(("of", "other"), [("town", "Village"), ("village", "Town")])
def test_a_place_that_may_be_another_says_so(
    scenario: str, of: str, other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start(["explain", scenario, of, "--on", "2017-10-30"])
    printed = capsys.readouterr().out
    assert f"perhaps the same place as {other}" in printed
    assert (f"note: {OF_PLACE}" in printed) == (of == "town")
    start(["explain", scenario, of, "--on", "2017-10-30", "--json"])
    assert json.loads(capsys.readouterr().out)["perhaps"] == [other.lower()]


def test_the_facts_have_the_notes(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    start(["explain", scenario, "town", "--on", "2017-10-30", "--json"])
    told = json.loads(capsys.readouterr().out)
    notes = [claim["note"] for claim in (*told["because"], *told["against"])]
    assert set(notes) == {OF_CLAIM, RIVAL}


def test_the_sheets_have_the_notes(
    scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = Brush.draw

    def noted(self: Brush, page: object, item: object) -> None:
        if isinstance(item, Text):
            drawn.append(item.text)
        draw(self, page, item)  # type: ignore[arg-type]

    monkeypatch.setattr(Brush, "draw", noted)
    assert start(["snapshots", scenario, "-o", str(tmp_path / "sheets")]) == 0
    text = " ".join(drawn)
    assert [note for note in (*NOTES, "Town is perhaps Village") if note not in text] == []


def test_the_page_has_the_notes(scenario: str) -> None:
    known = contents(run(scenario))
    assert {event["note"] for event in known["events"]} == {OF_EVENT}
    assert {claim["note"] for claim in known["claims"]} == {OF_CLAIM, RIVAL}
    places = {thing["id"]: thing for thing in known["things"] if thing["kind"] == "place"}
    assert (places["town"]["perhaps"], places["village"]["perhaps"]) == (["village"], ["town"])


def test_acknowledged_findings_are_listed_with_their_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = "the paper was printed before"
    script = SCRIPT.replace("date: 2017-10-27", "date: ../2017-10-27")
    script += f"acknowledge: [{{code: L302, of: taken, reason: {reason}}}]\n"
    (tmp_path / "scenario.yaml").write_text(script, "utf-8")
    start(["check", str(tmp_path)])
    assert reason not in capsys.readouterr().out
    start(["check", str(tmp_path), "--acknowledged"])
    printed = capsys.readouterr().out
    assert "L302 taken may have happened at any time" in printed
    assert f"acknowledged: {reason}" in printed
    start(["check", str(tmp_path), "--json"])
    [found] = json.loads(capsys.readouterr().out)["acknowledged"]
    assert (found["code"], found["reason"]) == ("L302", reason)
