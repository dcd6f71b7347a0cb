"""How long news took: the bounds of a delay, whose report it was, and what is left open."""

from __future__ import annotations

import json

import pytest
from conftest import Made, script

from replay.analysis.delay import Delay, delays
from replay.frontends.cli import start
from replay.pipeline import run
from replay.text.delay import delay_text


def first(made: Made, events: str, lens: str = "default") -> Delay:
    return delays(run(made(events), lens))[0]


@pytest.mark.parametrize(
    ("date", "reported", "days"),
    [
        ("2017-10-28", "2017-10-28", "0"),
        ("2017-10-28", "2017-10-31", "3"),
        ("2017-10-26/2017-10-28", "2017-10-28", "0 to 2"),
        ("2017-10-26/2017-10-28", "2017-10-27", "0 to 1"),  # it is not told before it happens
        ("2017-10-26/2017-10-28", "2017-10-30/2017-11-01", "2 to 6"),
        ("../2017-10-28", "2017-10-28", "not known"),
        ("../2017-10-28", "2017-10-30", "2 or more"),
        ("2017-10-28", "../2017-10-30", "up to 2"),
        ("2017-11-01", "2017-10-28", "-4"),  # premature
    ],
)
def test_a_delay_is_the_least_and_the_most_days_that_can_have_passed(
    made: Made, date: str, reported: str, days: str
) -> None:
    event = (
        f"- {{id: taken, type: capture, date: {date}, place: town, by: army, summary: s,"
        f" claims: [{{cite: article p1, reporter: general, reported: {reported}}}]}}"
    )
    assert delay_text(first(made, event)) == days


EVENT = """
- id: went
  type: launch
  date: 2017-10-26
  operation: push
  summary: s
  claims: [{cite: article p1, reported: 2017-10-26}]
- id: taken
  type: capture
  date: ../2017-10-28
  after: went
  place: town
  by: army
  summary: It is taken.
  claims:
    - {cite: article p2}
    - {cite: paper p2}
    - {cite: article p3, reporter: general, reported: 2017-10-30}
    - {cite: article p4, denies: true, reported: 2017-10-27}
"""


def test_the_first_known_report_counts_and_a_denial_is_none(made: Made) -> None:
    taken = delays(run(made(EVENT)))[1]
    assert (taken.happened, taken.report.days, taken.report.basis) == (
        "2017-10-26/2017-10-28",
        "2017-10-30",
        "report",
    )
    assert [told.claim.source for told in taken.reports] == ["article", "paper", "article"]


def test_each_account_counts_from_its_own_day(made: Made) -> None:
    events = """
- id: taken
  type: capture
  date: 2017-10-28
  place: town
  by: army
  summary: It is taken.
  claims:
    - {cite: article p3, reporter: general, reported: 2017-10-30}
    - {cite: article p4, reporter: minister, reported: 2017-10-29, date: 2017-10-27}
    - {cite: paper p4, reported: 2017-10-28, silent: date}
"""
    taken = first(made, events)
    [other] = taken.others
    assert [(d.happened, d.report.days, delay_text(d)) for d in (taken, other)] == [
        ("2017-10-28", "2017-10-30", "2"),
        ("2017-10-27", "2017-10-29", "2"),
    ]
    told = [{(r.claim.source, r.claim.locator) for r in d.reports} for d in (taken, other)]
    assert told == [{("article", "p3")}, {("article", "p4")}]


def test_a_lens_leaves_the_reports_that_it_admits(made: Made) -> None:
    taken = delays(run(made(EVENT), "only:paper"))[0]
    assert (taken.report.basis, taken.least, taken.most) == ("publication", 7, 9)


def test_the_command_prints_a_table_and_one_object(
    made: Made, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = made(EVENT).folder
    assert folder is not None
    path = folder / "delayed"
    path.mkdir()
    (path / "scenario.yaml").write_text(script(EVENT), "utf-8")
    assert start(["delay", str(path)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "lens: default" in told
    assert "2 to 4 It is taken. 26–28 October 2017; reported 30 October 2017: the general" in told
    assert start(["delay", str(path), "--json", "--lens", "only:paper"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["lens"], data["delays"][0]["days"]) == ("only:paper", {"least": 7, "most": 9})
