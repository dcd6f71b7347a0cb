"""Lenses: what each admits, how it ranks, and what a claim that is silent of the day then says."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Made, script
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replay.analysis.compare import compare
from replay.analysis.tallies import reported
from replay.foundation.errors import UsageError
from replay.frontends.cli import start
from replay.lens import LENSES
from replay.model import Scenario
from replay.model.state import UNKNOWN, StateKey, held
from replay.pipeline import run
from replay.script.load import load

EVENTS = """
- {id: old, type: hold, date: 2017-10-25, place: [town, station], by: isil, summary: s, claims: [{cite: article p1}]}
- id: taken
  type: capture
  date: 2017-10-28
  place: town
  by: iraq
  against: isil
  summary: s
  claims:
    - {cite: article p2, reporter: general, reported: 2017-10-28}
    - {cite: paper p2, reporter: reporter, date: 2017-10-30}
    - {cite: copy p2, reporter: general, reported: 2017-10-28}
- id: lost
  type: capture
  date: 2017-11-02
  place: station
  by: iraq
  summary: s
  claims: [{cite: paper p3, reporter: general}]
- id: left
  type: withdraw
  date: 2017-11-03
  place: town
  by: army
  summary: s
  claims: [{cite: paper p4, reporter: general}]
"""


def shown(scenario: Scenario, lens: str, place: str = "town") -> str:
    return run(scenario, lens).strip([place]).splitlines()[0].split()[1]


@pytest.fixture
def told(made: Made) -> Scenario:
    return made(EVENTS)


@pytest.mark.parametrize(
    ("lens", "town", "station"),
    [
        ("default", "iiiiiGGGG___", "iiiiiiiiGGGG"),  # the reporter is graded
        ("only:article", "iiiGGGGGGGGG", "iiiiiiiiiiii"),
        ("without:article", ".....GGGG___", "........GGGG"),
        ("only:copy", "...GGGGGGGGG", ""),
        ("official:iraq", "...GGGGGG___", "........GGGG"),
        ("against-interest", "iiiiiGGGG___", "iiiiiiiiiiii"),
        ("earliest", "iiiGGGGGG___", "iiiiiiiiGGGG"),
        ("latest", "iiiiiGGGG___", "iiiiiiiiGGGG"),
    ],
)
def test_each_lens_by_hand(told: Scenario, lens: str, town: str, station: str) -> None:
    """The general has an interest in his side: he counts against interest only when it leaves."""
    assert shown(told, lens) == town
    if station:
        assert shown(told, lens, "station") == station


def test_every_shipped_lens_is_counted_above() -> None:
    marks = test_each_lens_by_hand.pytestmark[0].args[1]
    assert {lens.partition(":")[0] for lens, *_ in marks} == set(LENSES)


def test_ranking_never_removes_a_dispute(told: Scenario) -> None:
    for lens in ("default", "earliest", "latest"):
        marks = run(told, lens).at("2017-10-29").control["town"]
        assert (lens, marks.mark) == (lens, "disputed")


def test_what_is_not_admitted_disputes_nothing(told: Scenario) -> None:
    assert run(told, "only:article").at("2017-10-29").control["town"].mark == "certain"


@pytest.mark.parametrize(
    ("spelled", "said"),
    [
        ("defualt", "did you mean 'default'"),
        ("only:papr", "did you mean 'paper'"),
        ("official:irak", "did you mean 'iraq'"),
        ("official", "needs a side"),
        ("earliest:article", "takes no argument"),
    ],
)
def test_an_unknown_lens_says_which_there_are(told: Scenario, spelled: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        run(told, spelled)


def test_a_claim_silent_of_the_day_takes_it_from_the_others_that_are_admitted(made: Made) -> None:
    scenario = made(
        "- {id: taken, type: capture, date: 2017-10-28, place: town, by: army, summary: s, claims: ["
        "{cite: article p1}, {cite: paper p1, silent: [date]}]}"
    )
    assert shown(scenario, "default") == "...GGGGGGGGG"
    alone = run(scenario, "only:paper")
    assert alone.strip(["town"]).splitlines() == ["town  ..........GG", "      ??????????"], (
        "the newspaper of 4 November says only that it had happened"
    )


def test_a_claim_silent_of_numbers_lends_the_number_of_its_event_to_nobody(made: Made) -> None:
    scenario = made(
        "- {id: taken, type: capture, date: 2017-10-28, place: town, by: army, summary: s, "
        "tallies: [{name: killed, of: isil, add: 9}], claims: ["
        "{cite: article p1}, {cite: paper p1, silent: [tallies]}]}"
    )

    def numbers(lens: str) -> list[tuple[str, list[str]]]:
        found = reported(run(scenario, lens), scenario.calendar.ticks - 1)
        cited = [[i.reading.event.claims[n].cite.source for n in i.claims] for i in found]
        return [
            (str(item.said.number), sources) for item, sources in zip(found, cited, strict=True)
        ]

    assert numbers("default") == [("9", ["article"])]
    assert numbers("only:paper") == []


def test_a_claim_silent_of_the_place_alone_changes_no_place(made: Made) -> None:
    scenario = made(
        "- {id: taken, type: capture, date: 2017-10-28, place: town, by: army, summary: s, claims: ["
        "{cite: article p1}, {cite: paper p1, silent: [place]}]}"
    )
    assert shown(scenario, "default") == "...GGGGGGGGG"
    assert (
        run(scenario, "only:paper").at("2017-11-05")[StateKey("control", "town")].value == UNKNOWN
    )


# --- lenses of a scenario's own -------------------------------------------------------------------

OWN = """
lenses:
  - {id: press, summary: The newspaper alone., sources: paper}
  - {id: no-general, summary: Whoever is not the general., without_voices: general, rank: latest}
  - {id: graded, summary: Graded B or better., grade: B}
"""


@pytest.mark.parametrize(
    ("lens", "town"),
    [("press", ".....GGGG___"), ("no-general", "iiiiiGGGGGGG"), ("graded", ".....GGGGGGG")],
)
def test_a_scenario_defines_lenses_of_its_own(tmp_path: Path, lens: str, town: str) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(script(EVENTS.strip("\n")) + OWN, "utf-8")
    timeline = run(load(path), lens)
    assert timeline.lens.name == lens
    assert timeline.strip(["town"]).splitlines()[0].split()[1] == town


# --- comparing ------------------------------------------------------------------------------------


def test_two_lenses_differ_in_stretches_of_days_with_the_claims_of_each(told: Scenario) -> None:
    found = compare(run(told, "only:article"), run(told, "latest"))
    town = [d for d in found.places if d.place == "town"]
    assert [(d.first, d.last, d.days) for d in town] == [
        ("2017-10-28", "2017-10-29", 2),
        ("2017-11-03", "2017-11-05", 3),
    ]
    assert (town[0].a.value, town[0].b.value) == (held("iraq"), held("isil"))
    assert [(t.source, t.locator) for t in town[0].told_a] == [("article", "p2")]


def test_comparing_a_replay_with_itself_finds_nothing(told: Scenario) -> None:
    assert compare(run(told), run(told)).same


def test_the_command_says_when_nothing_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(script(EVENTS.strip("\n")), "utf-8")
    words = ["compare", str(path), "--lens", "default", "--lens", "earliest"]
    assert start(words) == 0
    told = capsys.readouterr().out
    assert "2 days" in told or "No difference." in told
    assert start(["compare", str(path), "--lens", "default", "--lens", "default"]) == 0
    assert "No difference." in capsys.readouterr().out
    assert start(["compare", str(path)]) == 2


def test_two_versions_of_a_scenario_are_compared_in_terms_of_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, date in (("old", "2017-11-02"), ("new", "2017-11-04")):
        (tmp_path / name).mkdir()
        text = script(EVENTS.strip("\n")).replace("2017-11-02", date)
        (tmp_path / name / "scenario.yaml").write_text(text, "utf-8")
    assert start(["compare", str(tmp_path / "old"), str(tmp_path / "new")]) == 0
    told = capsys.readouterr().out
    assert "Station" in told
    assert "2–3 November 2017 (2 days)" in told


# --- what always holds ----------------------------------------------------------------------------


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(26, 31), min_size=1, max_size=4), lens=st.sampled_from(
    ["only:article", "without:article", "official:iraq", "against-interest"]
))  # fmt: skip
def test_admitting_fewer_claims_adds_no_dispute_that_they_do_not_have(
    made: Made, days: list[int], lens: str
) -> None:
    sources = ("article", "paper")
    claims = ", ".join(
        f"{{cite: {sources[n % 2]} p{n + 1}, date: 2017-10-{day}"
        f"{', reporter: general' if n % 3 == 0 else ''}}}"
        for n, day in enumerate(days)
    )
    scenario = made(
        "- {id: old, type: hold, date: 2017-10-25, place: town, by: isil, summary: s,"
        " claims: [{cite: article p9}, {cite: paper p9}]}\n"
        f"- {{id: taken, type: capture, date: 2017-10-{days[0]}, place: town, by: iraq, summary: s,"
        f" claims: [{claims}]}}"
    )
    few, all_of_them = run(scenario, lens), run(scenario)
    for tick in range(scenario.calendar.ticks):
        if few.at(tick).control["town"].mark == "disputed":
            assert all_of_them.at(tick).control["town"].mark == "disputed"


def test_known_on_the_last_day_is_the_default_where_all_reports_are_dated(made: Made) -> None:
    scenario = made(EVENTS.replace("article p1", "paper p1"))
    late = run(scenario, "without:article", known_on="2017-11-05")
    assert compare(late, run(scenario, "without:article")).same


def test_known_on_grows_with_the_day(told: Scenario) -> None:
    known = [
        sum(len(v.claims) for r in run(told, known_on=day).readings for v in r.versions)
        for day in ("2017-10-27", "2017-10-28", "2017-11-04", "2017-12-31")
    ]
    assert known == sorted(known)
    assert known[0] == 0
