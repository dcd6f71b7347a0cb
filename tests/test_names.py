"""Names with tabs, line breaks and letters of every kind work in every command and picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import replay
from replay.frontends.cli import start
from replay.model.fields import one_line_text

SCRIPT = """\
scenario: names
title: {name}
window: 2001-05-01/2001-05-10
sides:
  - {{id: a, name: {name}, letter: A, colour: blue}}
  - {{id: b, name: B, letter: B, colour: red}}
forces: [{{id: f, name: {name}, side: a}}]
sources: [{{id: paper, title: {name}, author: {name}}}]
voices: [{{id: v, name: {name}, role: {name}}}]
operations: [{{id: push, name: {name}, side: a}}]
areas: [{{id: plain, name: {name}, km2: 100}}]
places:
  - {{id: town, name: {name}, also: [{name}], kind: town, position: {{lat: 34.5, lon: 117.7, estimated: 10}}}}
  - {{id: other, name: Other, kind: town, position: {{lat: 34.2, lon: 118.7, estimated: 10}}}}
phases: [{{id: one, name: {name}, period: 2001-05-01/2001-05-05}}, {{id: two, name: Two, period: 2001-05-06/2001-05-10}}]
events:
  - {{id: one, type: capture, date: 2001-05-05, place: town, by: f, operation: push, summary: {name}, tallies: [{{name: {name}, add: 5, unit: {name}}}], claims: [{{cite: paper p1, reporter: v}}]}}
  - {{id: two, type: capture, date: 2001-05-07, place: other, by: b, summary: x, claims: [{{cite: paper p2}}]}}
"""
NAMES = {
    "tab": "First\tArmy",
    "line break": "First\nArmy\n",
    "spaces": "First  Army",
    "signs": "<b>\"'&{}[]$%_^~#\\",
    "joined": "क्‍ष می‌خواهم",
    "both directions": "القائم (al-Qa'im) القائم",
    "separators": "First\u2028Army\u2029x",
}


@pytest.fixture(params=NAMES)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(
        SCRIPT.format(name=json.dumps(NAMES[request.param], ensure_ascii=True)), "utf-8"
    )
    return path


COMMANDS = [
    "check {0}",
    "check {0} --disputes",
    "run {0} --text-only",
    "state {0} --on 2001-05-06",
    "explain {0} town --on 2001-05-06",
    "explain {0} f --on 2001-05-06",
    "tally {0} --on 2001-05-10",
    "delay {0}",
    "certainty {0}",
    "chart {0}",
    "compare {0} --on 2001-05-04 --on 2001-05-06",
    "show {0} --on 2001-05-06 -o {1}/m.svg",
    "export {0} -o {1}/x.csv",
    "export {0} -o {1}/x.json",
    "export {0} -o {1}/x.geojson",
    "export {0} -o {1}/x.kml",
    "export {0} -o {1}/x.srt",
    "export {0} -o {1}/x.html",
]


def test_every_command_takes_the_name(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        code = start([word.format(path, path.parent) for word in command.split()])
        out, err = capsys.readouterr()
        assert code == 0, (command, err)
        assert "\t" not in out, command


def test_a_name_is_one_line(path: Path) -> None:
    scenario = replay.load(path)
    for name in (scenario.title, scenario.name("town"), scenario.name("a"), scenario.name("paper")):
        assert len(name.splitlines()) == 1
        assert "\t" not in name


def test_breaks_become_spaces() -> None:
    assert one_line_text("First\tArmy\n") == "First Army"
    assert one_line_text("a \r\n  b") == "a b"
    assert one_line_text("a\u00a0b  c") == "a\u00a0b  c"
