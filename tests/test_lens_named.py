"""Whatever is made under a lens names it, and says where it changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from conftest import script
from typer.main import get_command

from replay.frontends.cli import APP, start
from replay.outputs.formats import FORMATS, export
from replay.pipeline import run

EVENTS = """
- {id: old, type: hold, date: 2017-10-25, place: [town, station], by: isil, summary: s, claims: [{cite: article p1}]}
- id: taken
  type: capture
  date: 2017-10-28
  place: town
  by: army
  summary: s
  tallies: [{name: killed, of: isil, add: 3}]
  claims: [{cite: article p2, reporter: general, reported: 2017-10-28}, {cite: paper p2}]
"""

ON = ("--on", "2017-10-29")
ANSWERS = {
    "run": ("--text-only",),
    "state": ON,
    "explain": ("town", *ON),
    "tally": ("killed", *ON),
    "delay": (),
    "check": (),
}
WITHOUT_REPLAY = {"list", "new", "cite", "schema"}
"""Commands that replay nothing, so that no lens bears on them."""


@pytest.fixture
def folder(tmp_path: Path) -> str:
    path = tmp_path / "named"
    path.mkdir()
    (path / "scenario.yaml").write_text(script(EVENTS), "utf-8")
    return str(path)


def commands() -> dict[str, typer.core.TyperCommand]:
    return dict(getattr(get_command(APP), "commands", {}))


@pytest.mark.parametrize("name", sorted(commands().keys() - WITHOUT_REPLAY))
def test_every_command_that_replays_takes_a_lens_and_a_known_on_day(name: str) -> None:
    options = {option for parameter in commands()[name].params for option in parameter.opts}
    assert {"--lens", "--known-on"} <= options


def test_commands_that_replay_nothing_take_no_lens() -> None:
    for name in WITHOUT_REPLAY:
        assert not any("--lens" in p.opts for p in commands()[name].params), name


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_names_its_lens_and_what_was_known(
    folder: str, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    under = ("--lens", "only:article", "--known-on", "2017-10-30")
    start([name, folder, *ANSWERS[name], *under])
    told = capsys.readouterr().out
    assert "lens: only:article, as known on 30 October 2017" in told
    if name == "run":
        return
    start([name, folder, *ANSWERS[name], *under, "--json"])
    data = json.loads(capsys.readouterr().out)
    assert (data["lens"], data["known_on"]) == ("only:article", "2017-10-30")


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize(
    ("lens", "idle"), [("latest", True), ("only:article", True), ("only:paper", False)]
)
def test_a_lens_that_changes_nothing_says_so(
    folder: str, capsys: pytest.CaptureFixture[str], name: str, lens: str, idle: bool
) -> None:
    start([name, folder, *ANSWERS[name], "--lens", lens])
    told = " ".join(capsys.readouterr().out.split())
    assert ("which gives the same result as the default lens" in told) == idle


def test_the_default_lens_does_not_say_so(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    start(["state", folder, *ON])
    assert "changes nothing" not in capsys.readouterr().out


@pytest.mark.parametrize("name", [n for n, f in FORMATS.items() if f.data and n != "yaml"])
def test_every_file_of_data_names_its_lens(folder: str, tmp_path: Path, name: str) -> None:
    known = FORMATS[name]
    timeline = run(folder, "only:article", "2017-10-30")
    path = export(timeline, tmp_path / f"file{known.suffix}", format=name)
    assert b"only:article" in path.read_bytes()
    assert b"2017-10-30" in path.read_bytes()
