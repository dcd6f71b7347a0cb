"""A denial has a result: both sides are listed everywhere, also for events that change no state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Made

from replay.analysis.disagreements import disagreements
from replay.facts.answers import explain_json
from replay.frontends.cli import start
from replay.outputs.formats import export
from replay.pipeline import run
from replay.text.disagreements import all_sides, disagreement_title
from replay.text.explanation import told_why
from replay.timeline.timeline import Timeline

BOTH = "claims: [{cite: article p1, reporter: general}, {cite: paper p2, denies: true}]"
DEAL = "type: declare, by: minister, place: town, summary: A truce is agreed."
CLASH = "type: clash, by: iraq, against: isil, place: town, summary: They fight in the town."
FORCES = "type: clash, by: army, against: fighters, place: town, summary: They fight in the town."
STRIKE = "type: air-strike, by: iraq, place: town, summary: Aircraft strike."


@pytest.fixture(params=[DEAL, CLASH, FORCES, STRIKE], ids=["deal", "clash", "forces", "strike"])
def timeline(request: pytest.FixtureRequest, made: Made) -> Timeline:
    """An event that changes no control, reported by one and denied by another."""
    return run(made(f"- {{id: e, date: 2017-10-28, {request.param}, {BOTH}}}"))


def test_it_is_one_disagreement_with_both_sides(timeline: Timeline) -> None:
    (found,) = disagreements(timeline)
    summary = timeline.scenario.event["e"].summary
    assert disagreement_title(timeline, found) == f"whether it happened: {summary}"
    assert all_sides(timeline, found) == [
        (summary, "the general (article p1)"),
        ("denies it", "paper p2"),
    ]


def test_explain_of_the_place_lists_both_sides(timeline: Timeline) -> None:
    (denied,) = explain_json(timeline, "town", "2017-10-29")["denied"]
    assert denied["event"] == "e"
    assert [claim["source"] for claim in denied["because"]] == ["article"]
    assert [claim["source"] for claim in denied["against"]] == ["paper"]
    assert explain_json(timeline, "town", "2017-10-27")["denied"] == []
    assert explain_json(timeline, "village", "2017-10-29")["denied"] == []
    lines = [line.text for line in told_why(timeline, "town", "2017-10-29")]
    assert "Reported, and denied" in lines
    assert "≠ paper p2: denies it" in lines


def test_no_output_says_that_it_did_not_happen(timeline: Timeline, tmp_path: Path) -> None:
    for suffix in ("json", "csv", "geojson", "kml"):
        text = export(timeline, tmp_path / f"out.{suffix}").read_text("utf-8-sig")
        assert "did not happen" not in text
    data = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert any(d["of"] == "e" or d["aspect"] == "presence" for d in data["disputes"])
    export(timeline, tmp_path / "out.html")


def test_a_denied_capture_is_one_disagreement_too(made: Made) -> None:
    taken = "type: capture, by: army, place: town, summary: The town is taken."
    timeline = run(made(f"- {{id: e, date: 2017-10-28, {taken}, {BOTH}}}"))
    (found,) = disagreements(timeline)
    assert "who holds" in disagreement_title(timeline, found)
    lines = [line.text for line in told_why(timeline, "town", "2017-10-29")]
    assert "Reported, and denied" not in lines, "the control of the town says so"


def test_who_alone_denies_disputes_nothing(made: Made) -> None:
    timeline = run(made(f"- {{id: e, date: 2017-10-28, {DEAL}, {BOTH}}}"), "only:article")
    assert disagreements(timeline) == []


def test_the_command_lists_it(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(f"- {{id: e, date: 2017-10-28, {DEAL}, {BOTH}}}")
    start(["check", str(tmp_path), "--disputes"])
    assert "whether it happened: A truce is agreed." in capsys.readouterr().out
