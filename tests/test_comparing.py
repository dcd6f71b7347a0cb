"""Two replays side by side: the news, the numbers and why, versions of a script, who agrees."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Made, script

from replay.analysis.agreement import between_lenses, between_sources
from replay.analysis.compare import between, compare
from replay.analysis.lens_effect import admitted_claims
from replay.analysis.news import NEWS_KINDS, bulletin
from replay.analysis.scenario_diff import edits
from replay.facts.agreement import agreement_json
from replay.facts.comparison import comparison_json
from replay.frontends.cli import start
from replay.lens import every_lens
from replay.model import Scenario
from replay.pipeline import run
from replay.script.load import load
from replay.text.counts import reasons


def written(path: Path, events: str) -> Path:
    path.mkdir()
    (path / "scenario.yaml").write_text(script(events), "utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert start(["compare", *arguments]) == 0
    return " ".join(capsys.readouterr().out.split())


# --- news ---------------------------------------------------------------------------------------

NEWS = """
- id: town-taken
  type: capture
  date: 2017-10-28
  place: town
  by: army
  summary: The town is taken.
  claims:
    - {cite: article p1, reporter: general, reported: 2017-10-28}
    - {cite: article p2, reporter: minister, reported: 2017-10-30}
    - {cite: article p3, reporter: general, reported: 2017-10-31, date: 2017-10-27}
    - {cite: article p4, reporter: minister, reported: 2017-10-31, by: militia}
- id: station-taken
  type: capture
  date: 2017-10-29
  place: station
  by: army
  summary: The station is taken.
  claims: [{cite: article p5, reported: 2017-10-31}]
- id: village-taken
  type: capture
  date: 2017-10-31
  place: village
  by: army
  summary: The village is taken.
  claims:
    - {cite: article p6, reporter: reporter, reported: 2017-11-01}
    - {cite: article p7, reporter: general, reported: 2017-10-28, date: 2017-10-28}
- id: left
  type: withdraw
  date: 2017-10-30/2017-11-01
  place: town
  by: army
  summary: They leave.
  claims: [{cite: article p8, reported: 2017-11-01}]
"""


def test_each_kind_of_news_by_hand(made: Made) -> None:
    """Known on the 29th: the general's town, and his village. Known on 1 November: all.

    The station had fallen by the 29th; the withdrawal may be of the 30th. The general moves his own
    date, and the minister names other troops. A reporter with a grade dates the village later
    than the general reported it.
    """
    scenario = made(NEWS)
    found = bulletin(run(scenario, known_on="2017-10-29"), run(scenario, known_on="2017-11-01"))
    told = {(n.kind, n.event, n.reported) for n in found.news}
    assert told == {
        ("correction", "town-taken", "2017-10-31"),
        ("contradiction", "town-taken", "2017-10-31"),
        ("late", "station-taken", "2017-10-31"),
        ("premature", "village-taken", "2017-11-01"),
        ("contradiction", "village-taken", "2017-11-01"),
        ("new", "left", "2017-11-01"),
    }
    assert found.agreeing == 1  # the minister, on the 30th
    assert {n.kind for n in found.news} == set(NEWS_KINDS)


def test_no_news_between_a_day_and_itself(made: Made) -> None:
    timeline = run(made(NEWS), known_on="2017-10-30")
    assert bulletin(timeline, timeline).news == ()


def test_the_command_tells_the_news_with_who_and_when(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "news", NEWS)
    days = ("--known-on", "2017-10-29", "--known-on", "2017-11-01")
    told = printed(capsys, str(path), *days)
    assert "Every claim has a report date." in told
    assert "before: the general (article p1 [reported 28 October 2017])" in told
    assert "≠ by the militia: the minister (article p4 [reported 31 October 2017])" in told
    assert "1 further claim only repeats what was known." in told
    assert start(["compare", str(path), *days, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["agreeing"], len(data["news"])) == (1, 6)
    assert data["a"]["known_on"] == "2017-10-29"
    assert data["a"]["without_report_date"]["sources"] == data["a"]["by_publication"] == {}


def test_of_what_came_after_the_later_day_nothing_is_compared(made: Made) -> None:
    scenario = made(NEWS)
    a, b = (run(scenario, known_on=day) for day in ("2017-10-29", "2017-10-31"))
    assert max(d.last for d in compare(a, b).places) == "2017-10-31"


# --- numbers --------------------------------------------------------------------------------------

COUNTS = """
- {id: a, type: losses, date: 2017-10-27, summary: s, tallies: [{name: killed, of: isil, where: everywhere, add: 10}], claims: [{cite: article p1, reporter: general}]}
- {id: b, type: losses, date: 2017-10-27, summary: s, tallies: [{name: killed, of: isil, where: everywhere, add: 4}], claims: [{cite: paper p1, reporter: reporter}]}
- {id: c, type: losses, date: 2017-10-31, summary: s, tallies: [{name: killed, of: isil, where: everywhere, add: 6}], claims: [{cite: article p2, reporter: general}]}
- {id: d, type: losses, date: 2017-11-02, summary: s, tallies: [{name: killed, of: isil, where: everywhere, period: 2017-10-30/2017-11-02, total: 9}], claims: [{cite: article p3, reporter: minister}]}
- {id: e, type: clear, date: 2017-11-01, place: desert, by: iraq, km2: 400, summary: s, claims: [{cite: article p4}]}
"""


def test_an_overlap_is_never_added_twice_and_that_is_said(made: Made) -> None:
    scenario = made(COUNTS)
    found = compare(run(scenario, "only:paper"), run(scenario))
    killed, desert = found.numbers
    assert (str(killed.a), str(killed.b), str(desert.b)) == ("4", "19..23", "400")
    assert tuple(reasons(scenario, killed.sum_b.reckoning)) == (
        "9 in all by the minister (30 October – 2 November 2017) contains 6 by the general"
        " (31 October 2017), which is not added",
        "10 by the general (27 October 2017) and 4 by a reporter (27 October 2017) may overlap:"
        " 10 to 14, at least the largest and at most the sum",
        "10 to 14 and 9 are of different times or places and are added",
    )
    assert [row.counted_by for row in killed.sum_a.counters] == ["reporter"]
    assert [told.locator for told in desert.sum_b.told] == ["p4"]
    sides = comparison_json(found)["numbers"][0]
    assert (sides["b"]["best"], sides["b"]["why"]) == (
        19,
        list(reasons(scenario, killed.sum_b.reckoning)),
    )


# --- days and versions ------------------------------------------------------------------------------


def test_two_days_are_compared_with_the_claims_of_each(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = next(d for d in between(run(made(NEWS)), "2017-10-25", "2017-10-29"))
    assert (town.place, [t.locator for t in town.told_b]) == ("town", ["p2", "p1", "p4"])
    path = written(tmp_path / "days", NEWS)
    told = printed(capsys, str(path), "--on", "2017-10-25", "--on", "2017-10-29")
    assert "Town a unknown b held by government – the minister (article p2" in told
    assert "No difference." in printed(
        capsys, str(path), "--on", "2017-10-25", "--on", "2017-10-26"
    )


OLD = """
- {id: gone, type: capture, date: 2017-10-27, place: station, by: army, summary: It | goes., claims: [{cite: article p1}]}
- id: kept
  type: capture
  date: 2017-10-28
  place: town
  by: army
  summary: It stays.
  claims: [{cite: article p2, reporter: general}, {cite: article p3}, {cite: paper p1}]
"""
NEW = """
- id: kept
  type: capture
  date: 2017-10-29
  place: town
  by: army
  summary: It stays.
  claims: [{cite: article p2, reporter: general, reported: 2017-10-29}, {cite: paper p1}, {cite: paper p2}]
- {id: come, type: losses, date: 2017-10-30, summary: It comes., tallies: [{name: killed, add: 3}], claims: [{cite: article p4}]}
"""


def test_two_versions_differ_in_records_and_in_state(tmp_path: Path) -> None:
    old, new = (load(written(tmp_path / n, e)) for n, e in (("old", OLD), ("new", NEW)))
    told = [(e.how, e.kind, e.of, e.what) for e in edits(old, new)]
    assert told == [
        ("changed", "event", "kept", "It stays."),
        ("changed", "claim", "kept", "article p2, general"),
        ("added", "claim", "kept", "paper p2"),
        ("removed", "claim", "kept", "article p3"),
        ("added", "event", "come", "It comes."),
        ("added", "claim", "come", "article p4"),
        ("removed", "event", "gone", "It | goes."),
        ("removed", "claim", "gone", "article p1"),
    ]
    assert edits(old, new)[0].fields == (("date", "2017-10-28", "2017-10-29"),)
    assert edits(old, new)[1].fields == (("reported", "nothing", "2017-10-29"),)
    assert edits(old, old) == []
    found = compare(run(old), run(new))
    assert [(d.place, d.first, d.days) for d in found.places] == [
        ("town", "2017-10-28", 1),
        ("station", "2017-10-27", 10),
    ]
    assert [(n.name, n.a, str(n.b)) for n in found.numbers] == [("killed", None, "3")]


def test_a_reviewer_gets_it_as_markdown_that_nothing_breaks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (str(written(tmp_path / n, e)) for n, e in (("old", OLD), ("new", NEW)))
    assert start(["compare", old, new, "--markdown"]) == 0
    page = capsys.readouterr().out
    assert "| Town | 28 October 2017 | 1 | held by government – paper p1, article p3; the" in page
    assert "| killed | nothing | 3 |  |" in page
    assert "- removed event `gone`: It \\| goes.\n" in page
    assert "  - date: 2017-10-28 → 2017-10-29\n" in page
    assert start(["compare", old, old, "--markdown"]) == 0
    assert "No difference." in capsys.readouterr().out


# --- who agrees -------------------------------------------------------------------------------------

AGREE = """
- {id: old, type: hold, date: 2017-10-25, place: [town, station], by: isil, summary: s, claims: [{cite: article p1}]}
- id: taken
  type: capture
  date: 2017-10-28
  place: town
  by: army
  summary: s
  claims: [{cite: article p2, reporter: general}, {cite: copy p2, reporter: general}, {cite: paper p2, date: 2017-10-30}]
"""


def test_each_place_and_day_tells_how_many_sources_agree(made: Made) -> None:
    """The newspaper has one witness and reports later, so that its day is shown; the copy is an
    excerpt of the article, and has no vote of its own. The newspaper came out on 4 November, and of
    the 5th it says nothing."""
    found = between_sources(made(AGREE))
    assert found.strip() == [
        ("Town", "111002222221"),
        ("", "   11"),
        ("Station", "111111111111"),
    ]
    assert list(found.voices) == ["article and copy", "paper"]


def test_who_agrees_is_told_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "agree", AGREE)
    told = printed(capsys, str(path), "--sources")
    assert "28–29 October 2017: held by ISIL, or held by government (sources differ)" in told
    assert "≠ held by government – article, copy" in told
    told = printed(
        capsys, str(path), "--lens", "earliest", "--lens", "latest", "--lens", "only:copy"
    )
    assert "Compared with: earliest, latest, only:copy." in told


def test_agreement_as_data_accounts_for_every_voice_on_every_day(made: Made) -> None:
    scenario: Scenario = made(AGREE)
    found = agreement_json(between_lenses(scenario))
    names = {voice["name"] for voice in found["voices"]}
    assert names == set(every_lens(scenario))
    for place in found["places"].values():
        for days in place["days"]:
            assert {*days["agree"], *days["differ"], *days["silent"]} == names
        assert place["days"][0]["from"] == "2017-10-25"
        assert place["days"][-1]["to"] == "2017-11-05"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lens", "default"], "nothing to compare"),
        (["--sources", "--lenses"], "three ways"),
        (["--sources", "--on", "2017-10-26"], "and all of its days"),
        (["--lens", "default", "--lens", "latest", "--markdown"], "two versions"),
        (["--on", "2017-10-26", "--on", "2017-10-27", "--known-on", "2017-10-26", "--known-on", "2017-10-27"], "as known on one day"),
        (["--known-on", "2017-10-26"] * 3, "more than twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    path = written(tmp_path / "refused", AGREE)
    assert start(["compare", str(path), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_one_lens_is_compared_with_all_claims(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path / "one", AGREE))
    printed = []
    for lenses in (["--lens", "latest"], ["--lens", "default", "--lens", "latest"]):
        assert start(["compare", path, *lenses]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


# --- the flagship -----------------------------------------------------------------------------------

DAYS = ("2017-10-27", "2017-10-31", "2017-11-03", "2017-11-04", "2017-11-17")
LENSES_OF_INTEREST = (
    "only:article",
    "only:musings",
    "without:article",
    "official:iraq",
    "against-interest",
)


@pytest.fixture(scope="module")
def flagship() -> Scenario:
    return load("western-iraq-2017")


@pytest.mark.parametrize(("first", "second"), [*pairwise(DAYS), ("2017-09-14", "2017-12-31")])
def test_every_claim_that_became_known_is_news_or_says_again_what_was_known(
    flagship: Scenario, first: str, second: str
) -> None:
    a, b = (run(flagship, known_on=day) for day in (first, second))
    found = bulletin(a, b)
    listed = sum(len(one.told) for one in found.news if one.kind != "premature")
    grown = admitted_claims(b)[0] - admitted_claims(a)[0]
    assert listed + found.agreeing == grown


@pytest.mark.parametrize("lens", LENSES_OF_INTEREST)
def test_place_days_are_those_that_a_count_finds(flagship: Scenario, lens: str) -> None:
    a, b = run(flagship), run(flagship, lens)
    days = range(flagship.calendar.ticks)
    states = [(a.at(day).control, b.at(day).control) for day in days]
    counted = sum(mine[p] != other[p] for mine, other in states for p in mine)
    there, back = compare(a, b), compare(b, a)
    assert there.place_days == back.place_days == counted
    assert [(d.place, d.first, d.a, d.b) for d in there.places] == [
        (d.place, d.first, d.b, d.a) for d in back.places
    ]


def test_sources_that_agree_are_counted_as_the_states_of_each_show(flagship: Scenario) -> None:
    found = between_sources(flagship)
    tick = flagship.calendar.of("2017-11-17")
    cell = found.cells["rawa"][tick]
    assert (cell.agree, cell.differ) == (("article and excerpts",), ())
    tick = flagship.calendar.of("2017-11-03")
    assert found.cells["al-qaim"][tick].agree == ("article and excerpts", "musings")


def test_the_place_days_shown_differently_are_those_of_the_documents(flagship: Scenario) -> None:
    """Read by hand: the article's troops enter al-Qa'im on the 3rd, the blog's on the 2nd; of the
    gas field the command says on the 28th what others date only by the 31st. What the blog of
    4 November would say of December, and a siege that the article does not mention, are neither."""
    found = between_sources(flagship)
    label = flagship.calendar.label
    differ = [
        (place, label(tick), cell.differ)
        for place, row in found.cells.items()
        for tick, cell in enumerate(row)
        if cell.differ
    ]
    one = ("article and excerpts",)
    assert differ == [
        ("al-qaim", "2017-11-02", one),
        *(("akkas", f"2017-10-{day}", one) for day in (28, 29, 30)),
    ]


def test_a_source_does_not_contradict_what_came_after_its_last_word(made: Made) -> None:
    """The article was published long after the loss and does not speak of it."""
    scenario = made(
        """
- {id: held, type: hold, date: 2017-10-25, place: town, by: army, summary: s, claims: [{cite: article p1}]}
- {id: lost, type: capture, date: 2017-10-30, place: town, by: isil, summary: s, claims: [{cite: paper p1}]}
"""
    )
    cells = between_sources(scenario).cells["town"]
    assert [cell.differ for cell in cells] == [()] * len(cells)
    assert cells[6].agree == ("paper",)


def test_a_source_says_nothing_of_the_days_after_its_publication(flagship: Scenario) -> None:
    """The oracle is the date of the source; a source without a date may speak of every day."""
    found = between_sources(flagship)
    for row in found.cells.values():
        for tick, cell in enumerate(row):
            for voice in (*cell.agree, *cell.differ):
                dates = [flagship.source[name].published for name in voice.split(" and ")]
                ends = [date.bounds.latest if date else None for date in dates]
                assert None in ends or flagship.calendar.begin(tick) <= max(e for e in ends if e)
