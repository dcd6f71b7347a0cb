"""One list of what sources differ over: the same in every output, each disagreement once."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from typer.testing import CliRunner

from replay.analysis.differences import differences
from replay.analysis.disagreements import disagreements
from replay.frontends.cli import APP
from replay.model import Scenario
from replay.outputs.page.data import contents
from replay.picture.pages.conflicts import conflicts, undated_conflicts
from replay.pipeline import run
from replay.script.load import load
from replay.text.disagreements import all_sides, disagreement_line, disagreement_title
from replay.text.narrative import narrative
from replay.text.state import told_disputes
from replay.timeline.explanation import disputes

NAME = "western-iraq-2017"
ASKED = [
    ("default", None),
    ("only:article", None),
    ("against-interest", None),
    ("default", "2017-11-04"),
]


@pytest.fixture(scope="module")
def flagship() -> Scenario:
    return load(NAME)


def options(lens: str, known_on: str | None) -> list[str]:
    return ["--lens", lens, *(["--known-on", known_on] if known_on else [])]


@pytest.mark.parametrize(("lens", "known_on"), ASKED)
def test_check_the_page_and_the_terminal_list_the_same(
    flagship: Scenario, lens: str, known_on: str | None
) -> None:
    timeline = run(flagship, lens, known_on)
    found = disagreements(timeline)
    told = CliRunner().invoke(APP, ["check", NAME, "--disputes", *options(lens, known_on)]).output
    assert f"Sources differ on {len(found)} points" in told
    flat = " ".join(told.split())
    for one in found:
        assert " ".join(disagreement_title(timeline, one).split()) in flat
    data = json.loads(
        CliRunner().invoke(APP, ["check", NAME, "--json", *options(lens, known_on)]).output
    )
    assert [one["events"] for one in data["disagreements"]] == [list(o.events) for o in found]
    lines = list(told_disputes(timeline, None))
    assert lines[0].text == f"Sources differ on {len(found)} points"
    assert sum(line.kind == "event" for line in lines) == len(found)
    page = contents(timeline, every=False)
    shown = [page["disputes"][n] for n in page["views"][0]["disputes"]]
    assert [(one["title"], one["sides"]) for one in shown] == [
        (disagreement_title(timeline, one), [list(side) for side in all_sides(timeline, one)])
        for one in found
    ]


@pytest.mark.parametrize(("lens", "known_on"), ASKED)
def test_the_narrative_and_the_sheets_list_each_once(
    flagship: Scenario, lens: str, known_on: str | None
) -> None:
    timeline = run(flagship, lens, known_on)
    found = disagreements(timeline)
    notes = [
        line.text
        for line in narrative(timeline)
        if line.text.startswith("≠ ") and line.kind == "note"
    ]
    assert Counter(notes) == Counter(f"≠ {disagreement_line(timeline, one)}" for one in found)
    last = timeline.scenario.calendar.ticks - 1
    on_sheets = Counter(
        one.events for one in (*conflicts(timeline, 0, last), *undated_conflicts(timeline))
    )
    counters = [one for one in found if one.events not in on_sheets]
    assert set(on_sheets.values()) <= {1}
    assert {one.events for one in found} >= set(on_sheets)
    assert all(one.disputes[0].key.tally for one in counters)  # these stand with the numbers


def test_nothing_that_differs_is_lost(flagship: Scenario) -> None:
    """Every disputed key and every contradiction belongs to a disagreement with its claims."""
    timeline = run(flagship)
    found = disagreements(timeline)
    cited = [{(c.source, c.locator) for c in one.claims} for one in found]
    for dispute in (*disputes(timeline), *differences(timeline)):
        own = {(claim.source, claim.locator) for claim in dispute.claims}
        assert any(len(own & them) >= 2 for them in cited), dispute.key


def test_sentences_that_differ_over_an_event_are_not_listed_again(flagship: Scenario) -> None:
    timeline = run(flagship)
    of_station = [
        one
        for one in disagreements(timeline)
        if {"article p30.s2", "article p34.s3"} <= {f"{c.source} {c.locator}" for c in one.claims}
    ]
    [one] = of_station
    assert re.match("who holds and which forces took", disagreement_title(timeline, one))
