"""Numbers: what is counted, what it adds up to, and that nothing exceeds its whole."""

from __future__ import annotations

import csv
import io
import json
from contextlib import redirect_stdout
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.analysis.differences import differences
from replay.facts.answers import explain_json
from replay.foundation.errors import ScenarioError
from replay.frontends.cli import start
from replay.model.state import (
    Count,
    Progress,
    Range,
    Share,
    StateKey,
    counts_of,
    read_range,
    tallied,
    within_range,
)
from replay.pipeline import run
from replay.script.load import load
from replay.timeline.difference import Difference
from replay.timeline.timeline import Timeline

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
        value = timeline.at(tick)[StateKey("progress", "plain")].value
        if isinstance(value, Progress):
            assert value.amount.low <= (value.amount.best or 0) <= (value.amount.high or 0) <= 100
        share = explain_json(timeline, "plain", tick)["control"]["share"]
        assert share["high"] is None or share["high"] <= 1
    value = timeline.at("2001-05-20")[StateKey("progress", "plain")].value
    assert isinstance(value, Progress)
    assert (value.amount, value.reported) == (Range(100, 100, 100), Range(120, 120, 120))


def test_what_exceeds_the_whole_is_listed_with_every_part(tmp_path: Path) -> None:
    path = campaign(tmp_path, TOO_MUCH)
    [found] = differences(run(load(path)))
    assert found.key == StateKey("whole", "plain")
    said = [(c.locator, c.says.value) for c in found.claims if isinstance(c.says, Difference)]
    parts = [(where, str(value)) for where, value in said]
    assert parts == [("p2.s1", "30 km² taken by blue"), ("p2.s2", "90 km² taken by blue")]
    assert "reports exceed the size of the plain" in asked("check", path, "--disputes")


def test_what_another_side_had_is_no_beginning_of_what_this_side_takes(tmp_path: Path) -> None:
    timeline = replayed(
        tmp_path,
        """
id: red-has-it, type: hold, date: 2001-04, place: plain, by: red, summary: a, claims: [{cite: paper p2.s1}]
id: blue-first, type: clear, date: 2001-05-04, place: plain, by: blue, km2: 10, summary: b, claims: [{cite: paper p2.s2}]
id: blue-then, type: clear, date: 2001-05-10, place: plain, by: blue, km2: 40, summary: c, claims: [{cite: paper p2.s3}]
""",
    )
    values = [timeline.at(tick)[StateKey("progress", "plain")].value for tick in range(31)]
    blue = [v.amount.shown for v in values if isinstance(v, Progress) and v.side == "blue"]
    assert blue == sorted(blue), "it grows, and never begins at what red had"
    assert blue[0] <= 10
    assert blue[-1] == 40


def test_ground_names_each_part_of_its_sum(tmp_path: Path) -> None:
    said = asked("explain", campaign(tmp_path, TOO_MUCH), "plain", "--on", "2001-05-20")
    assert "sum of 2 reports, 120 km² by Blue" in said
    assert "30 km² by Blue: paper p2.s1" in said
    assert "90 km² by Blue: paper p2.s2" in said


@given(*[st.floats(0, 1000)] * 4)
def test_a_part_stays_within_its_whole(low: float, best: float, high: float, whole: float) -> None:
    low, best, high = sorted((low, best, high))
    for size in (Range(whole, whole, whole), Range(whole * 0.9, whole, whole * 1.1)):
        for part in (Range(low, best, high), Range(low, None, None), Range(low, low, None)):
            found = within_range(part, size)
            assert found.high is not None
            assert found.low <= (found.low if found.best is None else found.best) <= found.high
            assert found.high <= whole or part == size


# --- sums -----------------------------------------------------------------------------------------

SUMS = """
id: first, type: count, date: 2001-05-03, summary: a, tallies: [{name: villages taken, unit: villages, where: everywhere, add: 8}], claims: [{cite: paper p3.s1, reporter: general, reported: 2001-05-03}]
id: second, type: count, date: 2001-05-09, summary: b, tallies: [{name: villages taken, unit: villages, where: everywhere, add: 2}], claims: [{cite: paper p4.s1, reporter: general, reported: 2001-05-09}, {cite: paper p4.s2, tallies: [{name: villages taken, unit: villages, where: everywhere, add: 3}]}]
"""


def test_a_sum_shows_its_parts_and_is_nobodys(tmp_path: Path) -> None:
    path = campaign(tmp_path, SUMS)
    said = asked("tally", path, "--on", "2001-05-20")
    assert "villages taken: 10 or 11 [disputed], 3–9 May 2001, sum of 2 reports" in said
    assert "8 (3 May 2001): the general (paper p3.s1)" in said
    assert "paper p4.s2; or 2: the general (paper p4.s1)" in said
    assert "counted by" not in said
    [row] = json.loads(asked("tally", path, "--on", "2001-05-20", "--json"))["tallies"]
    assert (row["low"], row["high"], row["counted_by"], row["reports"]) == (10, 11, None, 2)
    assert [(a["low"], a["mark"]) for a in row["addends"]] == [(8, "certain"), (3, "disputed")]
    assert [a["because"][0]["locator"] for a in row["addends"]] == ["p3.s1", "p4.s2"]


def test_one_number_is_counted_by_who_gave_it(tmp_path: Path) -> None:
    path = campaign(tmp_path, SUMS)
    said = asked("tally", path, "--on", "2001-05-05")
    assert "villages taken: 8, 3 May 2001, counted by the general" in said


def test_every_export_says_that_a_sum_is_one(tmp_path: Path) -> None:
    path = campaign(tmp_path, SUMS)
    asked("export", path, "-o", tmp_path / "days.csv", "--format", "csv-days")
    with (tmp_path / "days.csv").open(encoding="utf-8-sig", newline="") as file:
        last = [row for row in csv.DictReader(file) if row["what"] == "tally"][-1]
    assert (last["counted_by"], last["reports"]) == ("", "2")
    assert (last["low"], last["high"]) == ("10", "11")
    assert "8 (3 May 2001): the general (paper p3.s1)" in last["says_so"]


COUNTS = st.lists(
    st.builds(
        lambda number, begin, length, kind, distinct: Count(
            number, begin, begin + length, kind, distinct and kind == "add"
        ),
        st.sampled_from(
            [read_range(text) for text in ("0", "3", "7", "~10", "4+", "2..9", "some")]
        ),
        st.integers(0, 9),
        st.integers(0, 4),
        st.sampled_from(["add", "add", "add", "total"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)


def chosen(counts: list[Count]) -> float:
    """The most that counts without overlap come to, by trying all choices."""
    best = 0.0
    for size in range(len(counts) + 1):
        for some in combinations(counts, size):
            if all(not a.touches(b) for a, b in combinations(some, 2)):
                best = max(best, sum(count.number.low for count in some))
    return best


@given(COUNTS)
def test_a_tally_is_at_least_what_does_not_overlap_and_at_most_the_sum(counts: list[Count]) -> None:
    tally = None
    for count in counts:
        tally = tallied(tally, count)
    assert tally is not None
    kept = counts_of(tally)
    number = tally.number
    assert number.low == chosen([c for c in kept if not c.distinct]) + sum(
        c.number.low for c in kept if c.distinct
    )
    highs = [count.number.high for count in kept]
    assert number.high == (None if None in highs else sum(h for h in highs if h is not None))
    assert number.best is None or number.low <= number.best
    assert number.best is None or number.high is None or number.best <= number.high
    totals = [c for c in kept if c.kind == "total"]
    assert not any(c.inside(t) for t in totals for c in kept if c is not t and not c.distinct), (
        "it was counted twice"
    )
    for count in counts:
        assert count in kept or any(count.inside(t) for t in counts if t.kind == "total")


def test_many_counts_of_one_day_take_no_longer_each() -> None:
    """Links that are made, not seconds: a count more makes one link, whatever came before."""
    one = Count(read_range("1"), 5, 5)
    tally = None
    links = []
    for _ in range(3000):
        tally = tallied(tally, one)
        assert tally.sum is not None
        links.append(tally.sum)
    assert all(link.below is before for before, link in pairwise(links))
    assert links[-1].number == Range(1, 1, 3000)


# --- kinds ----------------------------------------------------------------------------------------


def test_a_level_has_its_age_and_is_not_added_up(tmp_path: Path) -> None:
    path = campaign(
        tmp_path,
        """
id: a, type: count, date: 2001-05-03, place: town, summary: a, tallies: [{name: inhabitants, level: 5000}], claims: [{cite: paper p2}]
id: b, type: count, date: 2001-05-04, place: fort, summary: b, tallies: [{name: inhabitants, level: 300}], claims: [{cite: paper p3}]
id: c, type: count, date: 2001-05-09, place: town, summary: c, tallies: [{name: inhabitants, level: 2000}], claims: [{cite: paper p4}]
""",
    )
    said = asked("tally", path, "--on", "2001-05-12")
    assert "inhabitants at Town: 2,000, 9 May 2001 (3 days before), counted by paper" in said
    assert "inhabitants at Fort: 300, 4 May 2001 (8 days before), counted by paper" in said
    assert "all counters" not in said


def test_friendly_fire_is_said(tmp_path: Path) -> None:
    path = campaign(
        tmp_path,
        "id: e, type: losses, date: 2001-05-02, place: town, summary: s, tallies: [{name: killed,"
        " of: guard, by: militia, add: 3}], claims: [{cite: paper p2}]",
    )
    said = asked("tally", path, "--on", "2001-05-03")
    assert "killed (the guard, by the militia, their own side) at Town: 3" in said


# --- shares ---------------------------------------------------------------------------------------

OLD = """
id: quarter, type: contest, date: 2001-05-04, place: town, by: blue, against: red, summary: a, tallies: [{name: per cent held, unit: percent, of: blue, total: 15}], claims: [{cite: paper p2.s1}]
id: half, type: count, date: 2001-05-10, place: town, summary: b, tallies: [{name: per cent held, unit: percent, of: blue, total: 40+}], claims: [{cite: paper p2.s2}, {cite: paper p2.s3, tallies: [{name: per cent held, unit: percent, of: blue, total: 60+}]}]
id: most, type: count, date: 2001-05-11, place: town, summary: c, tallies: [{name: per cent held, unit: percent, of: blue, total: ~80}], claims: [{cite: paper p2.s4}]
"""
NEW = """
id: quarter, type: contest, date: 2001-05-04, place: town, by: blue, against: red, share: 15 %, summary: a, claims: [{cite: paper p2.s1}]
id: half, type: count, date: 2001-05-10, place: town, holder: blue, share: 40+ %, summary: b, claims: [{cite: paper p2.s2}, {cite: paper p2.s3, share: 60+ %}]
id: most, type: count, date: 2001-05-11, place: town, holder: blue, share: ~0.8, summary: c, claims: [{cite: paper p2.s4}]
"""


@pytest.mark.parametrize("script", [OLD, NEW], ids=["tally", "share"])
def test_a_share_of_a_place_is_said_with_its_bounds_and_its_history(
    tmp_path: Path, script: str
) -> None:
    path = campaign(tmp_path, script)
    said = " ".join(asked("explain", path, "town", "--on", "2001-05-20").split())
    assert "About 80 % (72 to 88 %) of it held by Blue, since 11 May 2001" in said
    assert "before, from 4 May 2001: 15 % of it held by Blue" in said
    assert "40 % or more (40 to 100 %) of it held by Blue or 60 % or more (60 to 100 %)" in said
    assert ": about 80 % (72 to 88 %), 11 May 2001 (9 days before)" in asked(
        "tally", path, "--on", "2001-05-20"
    )
    for day in range(1, 32):
        answer = json.loads(asked("explain", path, "town", "--on", f"2001-05-{day:02}", "--json"))
        share = answer["share"]
        assert share is None or 0 <= share["low"] <= share["best"] <= share["high"] <= 1
    assert share["mark"] == "certain"


@pytest.mark.parametrize(
    ("last", "share"),
    [
        ("type: capture, by: blue", ("blue", 1)),
        ("type: capture, by: red", ("red", 1)),
        ("type: withdraw, by: blue", ("blue", 0)),
    ],
)
def test_who_takes_a_place_has_all_of_it_and_who_leaves_it_nothing(
    tmp_path: Path, last: str, share: tuple[str, float]
) -> None:
    end = (
        f"id: end, {last}, date: 2001-05-20, place: town, summary: e, claims: [{{cite: paper p9}}]"
    )
    timeline = replayed(tmp_path, NEW + end)
    value = timeline.at("2001-05-21")[StateKey("share", "town")].value
    assert isinstance(value, Share)
    assert (value.side, value.amount) == (share[0], Range(share[1], share[1], share[1]))


@pytest.mark.parametrize("share", ["120 %", "1.5", "40", "101+ %"])
def test_a_share_above_the_whole_is_refused(tmp_path: Path, share: str) -> None:
    event = f"type: contest, date: 2001-05-04, place: town, by: blue, share: {share}, summary: a"
    with pytest.raises(ScenarioError, match="is more than the whole"):
        load(campaign(tmp_path, f"id: e, {event}, claims: [{{cite: paper p2.s1}}]"))


def test_places_without_a_share_have_none(tmp_path: Path) -> None:
    timeline = replayed(tmp_path, NEW)
    assert [key.of for key, _ in timeline.keys_of("share")] == ["town"]
