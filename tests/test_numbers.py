"""Numbers: what is counted, what it adds up to, and that nothing exceeds its whole."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.analysis.differences import differences
from replay.analysis.facts import explain_json
from replay.cli import start
from replay.difference import Difference
from replay.run import run
from replay.script.load import load
from replay.state import Key, Progress, Range, within
from replay.timeline import Timeline

GROUND = """\
scenario: numbers
title: A small case
window: 2001-05-01/2001-05-31
sides:
  - {id: blue, name: Blue, letter: B, colour: blue}
  - {id: red, name: Red, letter: R, colour: red}
forces:
  - {id: guard, name: the guard, side: blue}
  - {id: militia, name: the militia, side: blue}
voices:
  - {id: general, name: the general, side: blue}
  - {id: minister, name: the minister, side: blue}
sources:
  - {id: paper, title: A newspaper, published: 2001-06-01}
places:
  - {id: town, name: Town, position: {lat: 35.8, lon: 38.5, estimated: 10}}
  - {id: fort, name: Fort, position: {lat: 35.9, lon: 38.9, estimated: 10}}
routes:
  - {id: road, name: the road, km: 40}
areas:
  - {id: plain, name: the plain, km2: 100}
events:
  - {id: before, type: hold, date: 2001-03, place: [town, fort], by: red, summary: Red holds both., claims: [{cite: paper p1.s1}]}
"""


def campaign(folder: Path, events: str) -> Path:
    """A scenario file with some events, one a line."""
    path = folder / "scenario.yaml"
    lines = "".join(f"  - {{{line.strip()}}}\n" for line in events.strip().splitlines())
    path.write_text(GROUND + lines, "utf-8")
    return path


def replayed(folder: Path, events: str) -> Timeline:
    return run(load(campaign(folder, events)))


def asked(*words: object) -> str:
    """What a command prints."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out):
        assert start([str(word) for word in words]) in (0, 1), words
    out.flush()
    return out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


# --- names --------------------------------------------------------------------------------------

NAMES = ["killed|wounded", "a@b", "a|b|c|d|e|f", "killed+wounded", "a;b", "tanks, trucks", "é 中"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_that_is_accepted_works_in_every_command(tmp_path: Path, name: str) -> None:
    spelled = json.dumps(name, ensure_ascii=False)
    path = campaign(
        tmp_path,
        f"id: e, type: losses, date: 2001-05-02, place: town, summary: Losses.,"
        f" tallies: [{{name: {spelled}, of: red, add: 3}}], claims: [{{cite: paper p2}}]",
    )
    for words in (
        ("check", path, "--disputes"),
        ("tally", path, "--on", "2001-05-03"),
        ("tally", path, name, "--on", "2001-05-03", "--json"),
        ("explain", path, "town", "--on", "2001-05-03"),
        ("state", path, "--on", "2001-05-03", "--json"),
        ("chart", path, name, "-o", tmp_path / "chart.csv"),
        ("export", path, "-o", tmp_path / "log.csv"),
        ("export", path, "-o", tmp_path / "days.csv", "--format", "csv-days"),
        ("export", path, "-o", tmp_path / "log.json"),
        ("export", path, "-o", tmp_path / "page.html"),
    ):
        asked(*words)
    log = json.loads((tmp_path / "log.json").read_text("utf-8"))
    [of] = [c["of"] for c in log["changes"] if c["aspect"] == "tally"]
    assert of["name"] == name
    assert of["of"] == "red"
    assert of["where"] == ["town"]


def test_no_output_has_a_joined_key(tmp_path: Path) -> None:
    path = campaign(
        tmp_path,
        "id: e, type: losses, date: 2001-05-02, place: town, by: guard, summary: Losses.,"
        " tallies: [{name: killed, of: red, add: 3}], claims: [{cite: paper p2}]",
    )
    asked("export", path, "-o", tmp_path / "log.csv")
    asked("export", path, "-o", tmp_path / "log.json")
    for name in ("log.csv", "log.json"):
        assert "|" not in (tmp_path / name).read_text("utf-8")


# --- units --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("killed", "persons"),
        ("killed and wounded", "persons"),
        ("leaders killed", "persons"),
        ("bombs", "bombs"),
        ("tanks captured", "tanks captured"),
        ("villages taken", "villages taken"),
    ],
)
def test_a_number_is_in_persons_only_where_its_name_counts_people(
    tmp_path: Path, name: str, unit: str
) -> None:
    path = campaign(
        tmp_path,
        f"id: e, type: count, date: 2001-05-02, summary: s, tallies: [{{name: {name}, add: 3}}],"
        " claims: [{cite: paper p2}]",
    )
    answer = json.loads(asked("tally", path, "--on", "2001-05-03", "--json"))
    assert [row["unit"] for row in answer["tallies"]] == [unit]
    assert "persons" not in asked("chart", path) or unit == "persons"


# --- no more than the whole -----------------------------------------------------------------------

TOO_MUCH = """
id: first, type: clear, date: 2001-05-04, place: plain, by: blue, km2: 30, counts: add, summary: a, claims: [{cite: paper p2.s1}]
id: second, type: clear, date: 2001-05-10, place: plain, by: blue, km2: 90, counts: add, summary: b, claims: [{cite: paper p2.s2}]
"""


def test_ground_is_never_more_than_there_is(tmp_path: Path) -> None:
    timeline = replayed(tmp_path, TOO_MUCH)
    for tick in range(31):
        value = timeline.at(tick)[Key("progress", "plain")].value
        if isinstance(value, Progress):
            assert value.amount.low <= (value.amount.best or 0) <= (value.amount.high or 0) <= 100
        share = explain_json(timeline, "plain", tick)["control"]["share"]
        assert share["high"] is None or share["high"] <= 1
    value = timeline.at("2001-05-20")[Key("progress", "plain")].value
    assert isinstance(value, Progress)
    assert (value.amount, value.reported) == (Range(100, 100, 100), Range(120, 120, 120))


def test_what_exceeds_the_whole_is_listed_with_every_part(tmp_path: Path) -> None:
    path = campaign(tmp_path, TOO_MUCH)
    [found] = differences(run(load(path)))
    assert found.key == Key("whole", "plain")
    said = [(c.locator, c.says.value) for c in found.claims if isinstance(c.says, Difference)]
    parts = [(where, str(value)) for where, value in said]
    assert parts == [("p2.s1", "30 km² taken by blue"), ("p2.s2", "90 km² taken by blue")]
    assert "more is reported than there is of the plain" in asked("check", path, "--disputes")


@given(*[st.floats(0, 1000)] * 4)
def test_a_part_stays_within_its_whole(low: float, best: float, high: float, whole: float) -> None:
    low, best, high = sorted((low, best, high))
    for size in (Range(whole, whole, whole), Range(whole * 0.9, whole, whole * 1.1)):
        for part in (Range(low, best, high), Range(low, None, None), Range(low, low, None)):
            found = within(part, size)
            assert found.high is not None
            assert found.low <= (found.low if found.best is None else found.best) <= found.high
            assert found.high <= whole or part == size
