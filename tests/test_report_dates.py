"""When a claim was reported, where the author does not write it out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.facts import answers
from replay.foundation.edtf import parse
from replay.lens import told_on
from replay.model import Report
from replay.model.report_dates import listings, report_dates
from replay.model.state import StateKey
from replay.pipeline import run
from replay.script.load import load
from replay.text.explanation import told_why
from replay.timeline.explanation import explain

HEAD = """\
scenario: dates
title: When it was reported
window: 2001-05-01/2001-05-31
sides:
  - {id: blue, name: Blue, letter: B, colour: blue}
  - {id: red, name: Red, letter: R, colour: red}
sources:
  - {id: paper, title: A newspaper, published: 2002}
places:
  - {id: town, name: Town}
"""

TWINS = """\
reports:
  - {id: wire-a, title: Wire A, published: 2001-05-05, cite: paper p9}
  - {id: wire-b, title: Wire B, cite: paper p10, same_as: wire-c}
  - {id: wire-c, title: Wire C, published: 2001-05-09, cite: paper p11}
events:
  - {id: taken, type: capture, date: 2001-05-04, place: town, by: blue, summary: Blue takes the town., claims: [{cite: paper p2.s1, via: wire-a}]}
  - {id: lost, type: contest, date: 2001-05-08, place: town, by: red, summary: Red enters it again., claims: [{cite: paper p2.s2, via: wire-b}]}
"""

FOLLOWING = """\
events:
  - {id: taken, type: capture, date: 2001-05-04, place: town, by: blue, summary: Blue takes the town., claims: [{cite: paper p2.s1, reported: 2001-05-05}]}
  - {id: lost, type: contest, date: 2001-05-04, after: taken, place: town, by: red, summary: Red enters it again., claims: [{cite: paper p2.s3, reported: inherited}]}
"""


@pytest.fixture
def scenario(tmp_path: Path, request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    (tmp_path / "scenario.yaml").write_text(HEAD + request.param, "utf-8")
    return load(tmp_path)


@pytest.mark.parametrize("scenario", [TWINS], indirect=True)
def test_a_report_has_the_date_of_its_twin(scenario) -> None:  # type: ignore[no-untyped-def]
    before, after = run(scenario, known_on="2001-05-08"), run(scenario, known_on="2001-05-09")
    assert before.at("2001-05-10").control["town"].value.status == "held"
    assert after.at("2001-05-10").control["town"].value.status == "contested"


@pytest.mark.parametrize("scenario", [FOLLOWING], indirect=True)
def test_an_inherited_date_counts_and_is_shown_as_inherited(scenario) -> None:  # type: ignore[no-untyped-def]
    lost = scenario.event["lost"].claims[0]
    assert told_on(scenario, lost) == (parse("2001-05-05").bounds, "inherited")
    timeline = run(scenario, known_on="2001-05-05")
    why = explain(timeline, StateKey("control", "town"), "2001-05-05")
    assert [t.event for t in why.because] == ["lost"]
    data = answers.testimony_json(why.because[0])
    assert (data["reported"], data["inherited_from"]) == ("2001-05-05", "p2.s1")
    text = "\n".join(line.text for line in told_why(timeline, "town", "2001-05-05"))
    assert "reported 5 May 2001, date taken from p2.s1" in text


@pytest.mark.parametrize("scenario", [TWINS], indirect=True)
def test_a_written_date_is_not_shown_as_inherited(scenario) -> None:  # type: ignore[no-untyped-def]
    why = explain(run(scenario), StateKey("control", "town"), "2001-05-10")
    assert all("inherited_from" not in answers.testimony_json(told) for told in why.because)


DATES = st.sampled_from([None, "2001-05", "2001-05-05", "2001-05-09", "2001-05-05/2001-05-06"])


@given(
    st.lists(DATES, min_size=1, max_size=6),
    st.lists(st.integers(0, 5), min_size=6, max_size=6),
    st.randoms(use_true_random=False),
)
def test_all_listings_of_a_report_have_one_date_whatever_their_order(dates, twins, random) -> None:  # type: ignore[no-untyped-def]
    """The oracle walks the pairs until nothing is added any more."""
    names = [f"r{n}" for n in range(len(dates))]
    pairs = {(names[n], names[t]) for n, t in enumerate(twins) if max(n, t) < len(names) and t < n}
    reports = [
        Report(
            id=name,
            title="x",
            cite="paper p1",
            published=date,
            same_as=next((b for a, b in pairs if a == name), None),
        )
        for name, date in zip(names, dates, strict=True)
    ]
    pairs = {(r.id, r.same_as) for r in reports if r.same_as}
    shuffled = list(reports)
    random.shuffle(shuffled)
    known = listings(shuffled)
    assert report_dates(known) == report_dates(listings(reports))
    for name in names:
        joined = {name}
        while more := {x for pair in pairs for x in pair if joined & set(pair) and x not in joined}:
            joined |= more
        assert {r.id for r in known[name]} == joined
        written = {r.published for r in reports if r.id in joined and r.published}
        assert (name in report_dates(known)) == bool(written)
