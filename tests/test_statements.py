"""Statements: each verb supported, contradicted and undecidable, on a campaign counted by hand."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from conftest import script
from hypothesis import given
from hypothesis import strategies as st

from replay.analysis.differences import differences
from replay.analysis.statements import Verdict, verdicts
from replay.foundation.errors import ScenarioError
from replay.model.assertions import VERBS, every, fits, same_value
from replay.model.state import Range, exactly, read_range
from replay.pipeline import run
from replay.script.load import load
from replay.text.verdicts import told_verdicts
from replay.timeline.difference import ReportedNumber
from replay.timeline.timeline import Timeline

EVENTS = """
- {id: old, type: hold, date: ../2017-10-25, place: [town, village], by: isil, summary: s, claims: [{cite: article p1}]}
- {id: station-taken, type: capture, date: ../2017-10-28, after: old, place: station, by: iraq, summary: s, claims: [{cite: article p2}]}
- id: town-taken
  type: capture
  date: 2017-10-30
  place: town
  by: iraq
  summary: s
  tallies: [{name: killed, of: isil, where: everywhere, add: 5}]
  claims: [{cite: article p3}, {cite: paper p3, date: 2017-11-01}]
- {id: half, type: clear, date: 2017-10-31, place: desert, by: iraq, share: 0.5, summary: s, claims: [{cite: article p4}]}
- {id: tally, type: losses, date: 2017-11-02, summary: s, tallies: [{name: killed, of: isil, where: everywhere, add: 7}], claims: [{cite: paper p5}]}
"""


def replayed(tmp_path: Path, *statements: str, events: str = EVENTS) -> Timeline:
    path = tmp_path / "scenario.yaml"
    lines = "\n".join(
        f"  - {{id: s{n}, cite: article p{9 + n}, summary: s, {s}}}"
        for n, s in enumerate(statements)
    )
    text = script(events.strip()).replace(
        "places:\n",
        "places:\n  - {id: far, name: Far, position: {lat: 34, lon: 42, estimated: 10}}\n"
        "  - {id: farther, name: Farther, position: {from: far, km: 100, bearing: north}}\n",
    )
    path.write_text(f"{text}statements:\n{lines}\n", "utf-8")
    return run(load(path))


def judged(tmp_path: Path, *statements: str) -> list[Verdict]:
    return verdicts(replayed(tmp_path, *statements))


YES, NO, OPEN = "supported", "contradicted", "undecidable"


@pytest.mark.parametrize(
    ("asserts", "outcome"),
    [
        ("holds, side: isil, place: [town, village], on: 2017-10-29", YES),
        ("holds, side: iraq, place: [town, village], on: 2017-11-02", NO),
        ("holds, side: iraq, place: station, on: 2017-10-27", OPEN),  # by the 28th
        ("holds, side: iraq, place: station, on: 2017-10-28", YES),
        ("holds, side: iraq, place: town, on: 2017-10-31", OPEN),  # disputed
        ("holds, side: iraq, place: town, on: 2017-10-29/2017-11-02", OPEN),  # not all days
        ("holds, side: iraq, place: far, on: 2017-11-02", OPEN),  # nobody says who
        ("holds, side: iraq, place: town, on: 2018-01-01", OPEN),  # outside of the window
        ("only-left, side: isil, left: village, among: [town, village], on: 2017-11-01", YES),
        ("only-left, side: isil, left: [], among: [town, village], on: 2017-11-01", NO),
        ("only-left, side: isil, left: village, among: [village, far], on: 2017-11-01", OPEN),
        ("before, first: station-taken, then: town-taken", YES),
        ("before, first: tally, then: half", NO),
        ("before, first: town-taken, then: half", OPEN),  # the 30th, or 1 November
        ("counted, name: killed, of: isil, number: 5, period: 2017-10-29/2017-11-01", YES),
        ("counted, name: killed, of: isil, number: 4, period: 2017-10-29/2017-11-01", NO),
        ("counted, name: killed, of: isil, number: 6+, period: 2017-10-29/2017-11-01", OPEN),  # 5 of them, no total
        ("counted, name: wounded, number: 5, period: 2017-10-29/2017-11-01", OPEN),
        ("total, name: killed, of: isil, number: 12, on: 2017-11-03", YES),
        ("total, name: killed, of: isil, number: 6, on: 2017-11-03", NO),
        ("total, name: killed, of: isil, number: 75, on: 2017-11-03", OPEN),  # 12, and perhaps others
        ("total, name: killed, of: isil, number: 12, on: 2017-11-01/2017-11-03", OPEN),
        ("total, name: killed, of: isil, counted_by: paper, number: 7, on: 2017-11-03", YES),
        ("share, of: desert, share: ~0.5, on: 2017-11-01", YES),
        ("share, of: desert, km2: 900+, on: 2017-11-01", NO),
        ("share, of: district, share: 0.5, on: 2017-11-01", OPEN),
        ("lasts, first: half, last: tally, period: 2017-10-31/2017-11-02", YES),
        ("lasts, first: half, last: tally, period: 2017-10-31/2017-11-03", NO),
        ("lasts, first: town-taken, last: tally, period: 2017-10-30/2017-11-02", OPEN),
        ("apart, a: far, b: farther, km: 99..101", OPEN),  # 100 km, give or take the radii
        ("apart, a: far, b: farther, km: 1..200", YES),
        ("apart, a: far, b: farther, km: 300", NO),
        ("apart, a: far, b: town, km: 200", OPEN),  # nobody says where the town is
    ],
)  # fmt: skip
def test_each_verb_is_supported_contradicted_or_left_open(
    tmp_path: Path, asserts: str, outcome: str
) -> None:
    [verdict] = judged(tmp_path, f"asserts: {{says: {asserts}}}")
    assert verdict.outcome == outcome


def test_too_few_contradict_only_where_somebody_gives_a_total(tmp_path: Path) -> None:
    total = (
        "- {id: all, type: losses, date: 2017-11-03, summary: s, claims: [{cite: paper p6}], tallies: "
        "[{name: killed, of: isil, where: everywhere, period: 2017-10-25/2017-11-03, total: 20}]}"
    )
    asserts = (
        "asserts: {says: counted, name: killed, of: isil, number: 75, period: 2017-10-29/2017-11-03}",
        "asserts: {says: counted, name: killed, of: isil, number: 75, period: 2017-10-25/2017-11-03}",
        "asserts: {says: total, name: killed, of: isil, number: 75, on: 2017-11-03}",
    )
    found = verdicts(replayed(tmp_path, *asserts, events=f"{EVENTS.strip()}\n{total}"))
    assert [verdict.outcome for verdict in found] == [OPEN, NO, NO]


def test_every_verb_has_all_three_outcomes_above() -> None:
    cases = test_each_verb_is_supported_contradicted_or_left_open.pytestmark[0].args[1]
    told = {(a.split(",")[0], outcome) for a, outcome in cases}
    assert told == set(product(VERBS, (YES, NO, OPEN)))


def test_a_verdict_names_the_claims_that_decide_it(tmp_path: Path) -> None:
    [verdict] = judged(tmp_path, "asserts: {says: holds, side: isil, place: town, on: 2017-11-02}")
    assert verdict.outcome == NO
    assert {(c.event, c.source) for c in verdict.because} == {
        ("town-taken", "article"),
        ("town-taken", "paper"),
    }


def test_a_statement_takes_its_own_date_where_the_verb_gives_none(tmp_path: Path) -> None:
    [verdict] = judged(tmp_path, "on: 2017-11-02, asserts: {says: holds, side: iraq, place: town}")
    assert verdict.outcome == YES


def test_statements_that_restate_are_told_apart(tmp_path: Path) -> None:
    plain, restating, mute = judged(
        tmp_path,
        "asserts: {says: before, first: half, then: tally}",
        "restates: half, asserts: {says: before, first: half, then: tally}",
        "about: town",
    )
    assert [v.kind for v in (plain, restating, mute)] == ["independent", "restates", "independent"]
    assert mute.outcome == OPEN


@pytest.mark.parametrize(
    ("asserts", "said"),
    [
        ("{says: hold, side: iraq, place: town}", "did you mean 'holds'"),
        ("{side: iraq}", "an assertion needs a verb"),
        ("{says: holds, side: irak, place: town}", "did you mean 'iraq'"),
        ("{says: holds, side: iraq, place: town, when: 2017}", "unknown key 'when'"),
        ("{says: holds, side: iraq}", "the key 'place' is missing"),
        ("{says: share, of: desert}", "give the amount with one of share, km2 or km"),
        ("{says: before, first: half, then: nothing}", "nothing"),
    ],
)
def test_what_is_wrong_with_an_assertion_is_told_where_it_stands(
    tmp_path: Path, asserts: str, said: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        replayed(tmp_path, f"asserts: {asserts}")
    [problem] = caught.value.problems
    assert said in str(problem)
    assert problem.spot is not None
    lines = (tmp_path / "scenario.yaml").read_text("utf-8").splitlines()
    line = lines[problem.spot.line - 1]
    assert problem.spot.column >= line.index("asserts:")


def test_contradicting_statements_are_listed_with_both_sides(tmp_path: Path) -> None:
    timeline = replayed(
        tmp_path, "on: 2017-10-29, contradicts: [s1, half]", "on: 2017-11-02, about: town"
    )
    [found] = [d for d in differences(timeline) if d.key.aspect == "statement"]
    assert [(c.event, c.locator) for c in found.claims] == [
        ("s0", "p9"),
        ("s1", "p10"),
        ("half", "p4"),
    ]
    label = timeline.scenario.calendar.label
    assert (label(found.first), label(found.last)) == ("2017-10-29", "2017-11-02")


OWN = """
- {id: old, type: hold, date: 2017-10-25, place: town, by: isil, summary: s, claims: [{cite: article p9}]}
- {id: taken, type: capture, date: 2017-10-30, place: town, by: iraq, summary: s, claims: [{cite: article p3}]}
"""


def test_a_sentence_is_not_contradicted_by_itself(tmp_path: Path) -> None:
    """The same sentence says who held the town; the statement made of it reads it otherwise."""
    asserts = "asserts: {says: holds, place: town, side: iraq}"
    said = f"on: 2017-10-27, {asserts}"
    own, other = verdicts(replayed(tmp_path, said, said, events=OWN))
    assert (own.outcome, own.because) == ("undecidable", ())
    assert (other.outcome, [c.locator for c in other.because]) == ("contradicted", ["p9"])


def test_two_sentences_that_contradict_each_other_are_listed_once(tmp_path: Path) -> None:
    timeline = replayed(tmp_path, "contradicts: [s1, old]", "contradicts: [s0]", events=OWN)
    [found] = [d for d in differences(timeline) if d.key.aspect == "statement"]
    assert [(c.event, c.locator) for c in found.claims] == [("s0", "p9"), ("s1", "p10")]


def test_counters_of_the_same_days_are_listed_side_by_side(tmp_path: Path) -> None:
    events = """
- {id: a, type: losses, date: 2017-10-27, summary: s, tallies: [{name: killed, where: everywhere, period: 2017-10-26/2017-10-27, total: 9}], claims: [{cite: article p1}]}
- {id: b, type: losses, date: 2017-10-27, summary: s, tallies: [{name: killed, where: everywhere, add: 4}], claims: [{cite: paper p1}]}
- {id: c, type: losses, date: 2017-11-01, summary: s, tallies: [{name: killed, where: everywhere, add: 4}], claims: [{cite: paper p2}]}
- {id: d, type: losses, date: 2017-10-27, summary: s, tallies: [{name: wounded, where: everywhere, add: 4}], claims: [{cite: paper p3}]}
"""
    [found] = differences(replayed(tmp_path, "about: town", events=events))
    assert [(c.event, c.says) for c in found.claims] == [
        ("a", ReportedNumber(exactly(9), total=True)),
        ("b", ReportedNumber(exactly(4), total=False)),
    ]


@given(st.lists(st.sampled_from([True, False, None]), max_size=4))
def test_every_and_same_hold_however_the_open_ones_turn_out(answers: list[bool | None]) -> None:
    worlds = list(product(*([a] if a is not None else [True, False] for a in answers)))
    if answers:
        assert every(answers) == (
            True if all(map(all, worlds)) else False if not any(map(all, worlds)) else None
        )
    known = set(answers)
    assert same_value(answers) == (known.pop() if len(known) == 1 else None)


numbers = st.sampled_from(["3", "5", "~5", "4..6", "5+", "some", "2..9"]).map(read_range)


@given(numbers, numbers)
def test_a_number_fits_if_all_that_it_may_be_does(said: Range, found: Range) -> None:
    def among(number: Range, value: float) -> bool:
        return number.low <= value and (number.high is None or value <= number.high)

    grid = [n / 4 for n in range(200)]
    inside = [among(said, v) for v in grid if among(found, v)]
    assert fits(said, found) == (True if all(inside) else None if any(inside) else False)


def test_of_a_day_after_the_known_on_day_nothing_is_decided(tmp_path: Path) -> None:
    """As known on 2 November ISIL has the village; of the 3rd nobody could know that."""
    scenario = replayed(
        tmp_path,
        *(
            f"asserts: {{says: holds, side: iraq, place: village, on: {on}}}"
            for on in ("2017-11-02", "2017-11-03", "2017-11-01/2017-11-03")
        ),
        events=EVENTS.replace("cite: article p1}", "cite: article p1, reported: 2017-10-26}"),
    ).scenario
    told = [v.outcome for v in verdicts(run(scenario, known_on="2017-11-02"))]
    assert told == [NO, OPEN, OPEN]


# --- the list that can be printed ---------------------------------------------------------------


def told_of(tmp_path: Path, *statements: str) -> str:
    timeline = replayed(tmp_path, *statements)
    lines = told_verdicts(timeline, verdicts(timeline), supported=True)
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize(
    ("asserts", "told"),
    [
        (
            "holds, side: iraq, place: [town, village], on: 2017-11-02",
            "≠ Village is held by ISIL, since 25 October 2017 or earlier – article p1",
        ),
        (
            "holds, side: iraq, place: station, on: 2017-10-27",
            "? Station is unknown, or held by government (exact time unknown) – article p2",
        ),
        (
            "holds, side: iraq, place: far, on: 2017-11-02",
            "? Far is unknown",
        ),
        (
            "only-left, side: isil, left: [], among: [town, village], on: 2017-11-01",
            "≠ Village is held by ISIL, since 25 October 2017 or earlier – article p1",
        ),
        (
            "before, first: tally, then: half",
            "≠ 2 November 2017: s – paper p5\n≠ 31 October 2017: s – article p4",
        ),
        (
            "before, first: town-taken, then: half",
            "? 1 November 2017 or 30 October 2017: s – paper p3, article p3",
        ),
        (
            "total, name: killed, of: isil, number: 6, on: 2017-11-03",
            "≠ counted: 12 by all counters – paper p3, paper p5\n  5 and 7 are of different times",
        ),
        (
            "counted, name: wounded, number: 5, period: 2017-10-29/2017-11-01",
            "? none of the selected sources counts it",
        ),
        (
            "share, of: desert, km2: 900+, on: 2017-11-01",
            "≠ Desert: 500 km² by government, since 31 October 2017 – article p4",
        ),
        ("apart, a: far, b: farther, km: 300", "≠ 100 km as the crow flies, give or take 62 km"),
        ("apart, a: far, b: town, km: 200", "? no source says where one of the two places is"),
        (
            "holds, side: iraq, place: station, on: 2017-10-28",
            "= Station is held by government, since 28 October 2017 or earlier – article p2",
        ),
    ],
)
def test_what_the_replay_has_instead_is_told_with_since_when_and_who(
    tmp_path: Path, asserts: str, told: str
) -> None:
    assert told in told_of(tmp_path, f"asserts: {{says: {asserts}}}")


def test_of_several_places_only_those_that_decide_are_told(tmp_path: Path) -> None:
    told = told_of(
        tmp_path, "asserts: {says: holds, side: iraq, place: [town, village], on: 2017-11-02}"
    )
    assert "Town is" not in told


def test_who_makes_the_statement_is_told(tmp_path: Path) -> None:
    told = told_of(
        tmp_path,
        "reporter: general, on: 2017-11-02, asserts: {says: holds, side: iraq, place: village}",
    )
    assert "Contradicted: s (2 November 2017)\nsays the general (article p9)\n" in told
