"""What a known-on day leaves out because nothing says when it was reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from replay.analysis.left_out import left_out
from replay.frontends.cli import APP
from replay.lens import admitted, learned
from replay.outputs.page import page
from replay.outputs.page.data import contents
from replay.pipeline import run
from replay.script.load import load

SCRIPT = """\
scenario: undated
title: What has no date
window: 2001-05-01/2001-05-12
sides:
  - {id: blue, name: Blue, letter: B, colour: blue}
  - {id: red, name: Red, letter: R, colour: red}
sources:
  - {id: paper, title: A newspaper}
  - {id: wire, title: A wire, published: 2001-05-06}
places:
  - {id: town, name: Town, position: {lat: 34.0, lon: 41.0, estimated: 10}}
  - {id: fort, name: Fort, position: {lat: 34.2, lon: 41.0, estimated: 10}}
events:
  - {id: before, type: hold, date: 2001-04, place: [town, fort], by: red, summary: Red holds both., claims: [{cite: wire p1}]}
  - {id: taken, type: capture, date: 2001-05-04, place: town, by: blue, summary: Blue takes the town., claims: [{cite: paper p2.s1, reported: 2001-05-05}]}
  - {id: lost, type: capture, date: 2001-05-05, place: town, by: red, summary: Red takes the town., claims: [{cite: paper p2.s2}]}
  - id: dead
    type: losses
    date: 2001-05-08
    summary: The dead are counted.
    tallies: [{name: killed, of: red, where: everywhere, add: 3}]
    claims: [{cite: paper p3.s1}]
"""
SAID = "nothing says when they were reported"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCRIPT, "utf-8")
    return path


def replay(*words: object) -> str:
    found: Result = CliRunner().invoke(APP, [str(word) for word in words])
    assert found.exit_code == 0, found.output
    return " ".join(found.output.split())


KNOWN = ("--known-on", "2001-05-10")


def test_what_has_no_date_is_left_out_or_counted_as_one_asks(file: Path) -> None:
    out = run(file, known_on="2001-05-10")
    counted = run(file, known_on="2001-05-10", undated="known")
    assert out.at("2001-05-10").control["town"].value.side == "blue"
    assert counted.at("2001-05-10").control["town"].value.side == "red"
    assert [str(claim.cite) for claim in left_out(out).claims] == ["paper p2.s2", "paper p3.s1"]
    assert (left_out(out).counted, left_out(counted).counted) == (False, True)
    assert not left_out(run(file))


def test_only_claims_that_the_lens_admits_are_named(file: Path) -> None:
    assert not left_out(run(file, "only:wire", "2001-05-10"))


def test_left_out_are_exactly_the_claims_that_no_known_on_day_admits() -> None:
    """The oracle asks for what was known a thousand years later."""
    scenario = load("western-iraq-2017")
    timeline = run(scenario, known_on="3000-01-01")
    never = [
        str(event.claims[n].cite)
        for event in scenario.events
        for n in range(len(event.claims))
        if n not in admitted(scenario, event, timeline.lens, timeline.known_until)
    ]
    assert [str(claim.cite) for claim in left_out(timeline).claims] == never
    assert all(
        learned(scenario, claim) is not None
        for r in timeline.readings
        for claim in (r.claim(n) for v in r.versions for n in v.claims)
    )


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "FILE", "town", "--on", "2001-05-10"),
        ("state", "FILE", "--on", "2001-05-10"),
        ("run", "FILE", "--text-only"),
        ("delay", "FILE"),
        ("certainty", "FILE"),
        ("check", "FILE"),
        ("compare", "FILE", "--known-on", "2001-05-08"),
        ("compare", "FILE", "--sources"),
        ("compare", "FILE", "--on", "2001-05-03", "--on", "2001-05-10"),
    ],
    ids=lambda words: " ".join(words),
)
def test_every_answer_that_it_changes_says_so(file: Path, words: tuple[str, ...]) -> None:
    asked = [file if word == "FILE" else word for word in words]
    assert f"Left out, because {SAID}: paper p2.s2" in replay(*asked, *KNOWN)
    assert f"Counted, though {SAID}: paper p2.s2" in replay(*asked, *KNOWN, "--undated", "known")


def test_numbers_name_the_claims_that_count(file: Path) -> None:
    assert f"Left out, because {SAID}: paper p3.s1." in replay(
        "tally", file, "--on", "2001-05-12", *KNOWN
    )
    assert f"Counted, though {SAID}: paper p3.s1." in replay(
        "tally", file, "killed", "--on", "2001-05-12", *KNOWN, "--undated", "known"
    )


def test_an_answer_that_it_does_not_change_is_silent(file: Path) -> None:
    assert SAID not in replay("explain", file, "fort", "--on", "2001-05-10", *KNOWN)
    assert SAID not in replay("explain", file, "town", "--on", "2001-05-03", *KNOWN)
    assert SAID not in replay("explain", file, "town", "--on", "2001-05-10")


def test_data_says_what_is_left_out(file: Path, tmp_path: Path) -> None:
    found = json.loads(
        CliRunner().invoke(APP, ["state", str(file), "--on", "2001-05-10", *KNOWN, "--json"]).output
    )
    assert found["without_report_date"] == {
        "undated": "unknown",
        "claims": 2,
        "sources": {"paper": 2},
    }
    short = "2 claims without a report date left out"
    for name in ("a.csv", "a.geojson", "a.kml", "a.czml", "a.svg"):
        replay(
            "export",
            file,
            "-o",
            tmp_path / name,
            *KNOWN,
            *(["--on", "2001-05-10"] * (name == "a.svg")),
        )
        assert short in (tmp_path / name).read_text("utf-8-sig"), name
    replay("export", file, "-o", tmp_path / "a.json", *KNOWN)
    assert json.loads((tmp_path / "a.json").read_text())["without_report_date"]["claims"] == 2


def test_the_page_without_scripts_says_what_is_left_out(file: Path) -> None:
    assert f"Left out, because {SAID}" in page(run(file, known_on="2001-05-10"), every=False)


def test_the_page_offers_both_readings_of_what_has_no_date(file: Path) -> None:
    asked = run(file, known_on="2001-05-10", undated="known")
    for every in (True, False):
        data = contents(asked, every)
        assert data["start"]["known"] == "2001-05-10+undated"
        lens = data["lenses"][0]
        assert lens["left"].startswith("Left out")
        assert lens["counted"].startswith("Counted")
        assert lens["undated"]
    data = contents(asked, True)
    by_lens = {lens["name"]: lens for lens in data["lenses"]}
    assert by_lens["only:wire"]["left"] is None
    assert not contents(run(file, "only:wire", "2001-05-10"), every=False)["lenses"][0]["undated"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--undated", "known"), "without --known-on, all claims count"),
        (("--undated", "knwon", *KNOWN), "known or unknown, not 'knwon'"),
    ],
)
def test_a_wrong_way_to_count_is_refused(file: Path, words: tuple[str, ...], said: str) -> None:
    from replay.foundation.errors import UsageError

    found = CliRunner().invoke(APP, ["state", str(file), "--on", "2001-05-10", *words])
    assert isinstance(found.exception, UsageError)
    assert said in str(found.exception)


def test_a_count_that_is_left_out_is_named_and_not_denied(tmp_path: Path) -> None:
    """What is counted is known, though the question leaves out whoever counts it."""
    path = tmp_path / "scenario.yaml"
    path.write_text(
        "scenario: s\ntitle: S\nwindow: 2001-05-01/2001-05-31\n"
        "sides: [{id: blue, name: Blue, letter: B}]\nsources: [{id: nodate, title: A leaflet}]\n"
        "places: [{id: town, name: Town}]\nevents:\n"
        "  - {id: e, type: losses, date: 2001-05-03, place: town, summary: Nine are killed.,\n"
        "     tallies: [{name: killed, of: blue, add: 9}], claims: [{cite: nodate p5}]}\n",
        "utf-8",
    )
    told = replay("tally", path, "killed", "--known-on", "2001-05-31")
    assert "counted by then" in told
    assert "nodate p5" in told
