"""The lint: for each rule what it asks about, and the like of it that is in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import script
from test_docs import reference

from replay.analysis.check import check
from replay.analysis.lint import RULES
from replay.script.load import load

EXAMPLES = reference.EXAMPLES
CLAIM = "summary: s, claims: [{cite: article p1}]"
HELD = f"- {{id: held, type: hold, date: 2017-10-25, place: [town, village], by: isil, {CLAIM}}}"


def taken(name: str, more: str, place: str = "town", by: str = "army") -> str:
    return f"- {{id: {name}, type: capture, {more}, place: {place}, by: {by}, {CLAIM}}}"


TAKEN = taken("taken", "date: 2017-10-27")
LOST = taken("lost", "date: 2017-10-29", by="isil")
AGAIN = taken("again", "date: 2017-10-31")
CLEAR = "type: clear, place: desert, by: iraq"


def found(tmp_path: Path, code: str, events: list[str], head: str = "") -> list[str]:
    """What the findings of a code are about, in a scenario of some events."""
    path = tmp_path / "scenario.yaml"
    path.write_text(script("\n".join([HELD, *events])) + head, "utf-8")
    load(path)
    return [finding.of for finding in check(path).findings if finding.code == code]


def with_places(tmp_path: Path, head: str) -> str:
    """Places beyond those of all tests stand in a file of their own."""
    if not head.startswith(("places:", "reports:")):
        return head
    (tmp_path / "more.yaml").write_text(head, "utf-8")
    return "include: [more.yaml]\n"


# --- the examples of the page ---------------------------------------------------------------------


def example(tmp_path: Path, script: str) -> list[tuple[str, str]]:
    """The findings of an example of the page: code, and what it is about."""
    (tmp_path / "scenario.yaml").write_text(EXAMPLES.HEAD, "utf-8")
    (tmp_path / "example.yaml").write_text(script, "utf-8")
    return [(finding.code, finding.of) for finding in check(tmp_path).findings]


def test_every_rule_has_an_example() -> None:
    assert EXAMPLES.EXAMPLES.keys() == RULES.keys()


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_asks_about_what_it_is_for_and_about_nothing_else(tmp_path: Path, code: str) -> None:
    shown = EXAMPLES.EXAMPLES[code]
    assert example(tmp_path, shown.bad) == [(code, of) for of in shown.of]


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_asks_nothing_where_all_is_in_order(tmp_path: Path, code: str) -> None:
    assert example(tmp_path, EXAMPLES.EXAMPLES[code].good) == []


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_finding_is_silenced_by_a_written_reason(tmp_path: Path, code: str) -> None:
    shown = EXAMPLES.EXAMPLES[code]
    reasons = [f"  - {{code: {code}, of: {of}, reason: {shown.reason}}}\n" for of in shown.of]
    assert example(tmp_path, f"{shown.bad}acknowledge:\n{''.join(reasons)}") == []


def test_a_place_with_a_position_of_any_kind_is_located(tmp_path: Path) -> None:
    head = with_places(
        tmp_path,
        "places: [{id: a, name: A, position: {lat: 34, lon: 42, estimated: 10}},"
        " {id: b, name: B, position: {from: a, km: 40}}]\n",
    )
    assert not {"a", "b"} & set(found(tmp_path, "L312", [], head))


def test_one_voice_under_two_names_is_asked_about(tmp_path: Path) -> None:
    head = "include: [more.yaml]\n"
    more = "voices: [{id: general-k, name: The General}, {id: colonel, name: The Colonel}]\n"
    (tmp_path / "more.yaml").write_text(more, "utf-8")
    assert found(tmp_path, "L316", [], head) == ["general-k"]


def test_reports_of_days_apart_are_two(tmp_path: Path) -> None:
    head = with_places(
        tmp_path,
        "reports: [{id: monday, title: News in brief, published: 2017-10-30, cite: article p61},"
        " {id: friday, title: News in brief, published: 2017-11-03, cite: article p62}]\n",
    )
    assert found(tmp_path, "L316", [], head) == []


@pytest.mark.parametrize(("lens", "known_on"), [("only:paper", None), ("default", "2017-10-20")])
def test_the_lint_asks_about_the_script_whatever_the_lens(
    tmp_path: Path, lens: str, known_on: str | None
) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(script("\n".join([HELD, TAKEN, AGAIN])), "utf-8")
    usual = check(path).findings
    assert "L301" in {finding.code for finding in usual}
    assert check(path, None, lens, known_on).findings == usual


def test_a_star_silences_all_findings_of_a_code(tmp_path: Path) -> None:
    head = 'acknowledge: [{code: L312, of: "*", reason: no map has them}]\n'
    assert found(tmp_path, "L312", [], head) == []


def test_an_acknowledgement_of_nothing_is_itself_told(tmp_path: Path) -> None:
    head = "acknowledge: [{code: L301, of: town, reason: it is so}]\n"
    assert found(tmp_path, "L403", [], head) == ["town"]


# --- vague dates: what may be in order is no finding ------------------------------------------------

VAGUE: dict[str, tuple[str, list[str]]] = {
    "two sides one after the other": (
        "L306",
        [
            taken("one", "date: 2017-10-26/2017-10-30"),
            taken("two", "date: 2017-10-28/2017-11-01", by="isil"),
        ],
    ),
    "a loss that may lie between": (
        "L301",
        [TAKEN, taken("lost", "date: 2017-10-28/2017-11-03", by="isil"), AGAIN],
    ),
    "a withdrawal that may lie between": (
        "L301",
        [
            TAKEN,
            f"- {{id: left, type: withdraw, date: 2017-10-28/2017-11-03, place: town, by: army, {CLAIM}}}",
            AGAIN,
        ],
    ),
    "a capture that may come after a loss": (
        "L301",
        [TAKEN, LOST, taken("again", "date: 2017-10-28/2017-10-31")],
    ),
    "a loss that may precede its capture by another": (
        "L315",
        [
            taken("lost", "date: 2017-10-26/2017-10-30"),
            taken("back", "date: 2017-10-28", by="fighters"),
        ],
    ),
    "an end that may lie in the window": ("L303", [taken("late", "date: 2017-11-04/2017-11-20")]),
    "one source that puts it into the window": (
        "L303",
        [
            "- {id: late, type: capture, date: 2017-11-06, place: town, by: army, summary: s,"
            " claims: [{cite: article p1}, {cite: paper p1, date: 2017-11-05}]}"
        ],
    ),
    "a state whose first day no source gives": (
        "L302",
        [f"- {{id: kept, type: hold, date: ../2017-10-28, place: town, by: isil, {CLAIM}}}"],
    ),
    "a contest that may have ended": (
        "L305",
        [
            f"- {{id: in, type: contest, date: 2017-10-28, place: town, by: army, {CLAIM}}}",
            taken("taken", "date: 2017-11-01/2017-11-20"),
        ],
    ),
    "a fight that may precede the death": (
        "L310",
        [
            f"- {{id: death, type: kill, date: 2017-10-27, person: leader, {CLAIM}}}",
            "- {id: seen, type: report-presence, date: 2017-10-26/2017-10-29, by: leader,"
            f" place: town, {CLAIM}}}",
        ],
    ),
    "a total that may be as large as before": (
        "L307",
        [
            f"- {{id: {n}, type: losses, date: {day}, tallies: [{{name: killed, where: everywhere,"
            f" period: 2017-10-25/{day}, total: {number}}}], {CLAIM}}}"
            for n, day, number in (("first", "2017-10-27", "~90"), ("then", "2017-10-29", 85))
        ],
    ),
    "ground that may be as large": (
        "L313",
        [f"- {{id: much, date: 2017-10-27, {CLEAR}, km2: ~1050, {CLAIM}}}"],
    ),
}


@pytest.mark.parametrize("case", VAGUE)
def test_what_may_be_in_order_is_no_finding(tmp_path: Path, case: str) -> None:
    code, events = VAGUE[case]
    assert found(tmp_path, code, events) == []


CERTAIN: dict[str, tuple[str, list[str], list[str]]] = {
    "a vague capture is still a second one": (
        "L301",
        [TAKEN, taken("again", "date: 2017-10-29/2017-10-31")],
        ["again"],
    ),
    "and so is one by another force of the side": (
        "L301",
        [TAKEN, AGAIN.replace("army", "militia")],
        ["again"],
    ),
    "a third one as well": (
        "L301",
        [TAKEN, AGAIN, taken("thrice", "date: 2017-11-02")],
        ["again", "thrice"],
    ),
    "a place handed over and then taken": (
        "L315",
        [
            "- {id: given, type: hand-over, date: 2017-10-26, place: town, by: fighters, to: army,"
            f" {CLAIM}}}",
            TAKEN,
        ],
        ["taken"],
    ),
    "all claims after the window": (
        "L303",
        [
            "- {id: late, type: capture, date: 2017-11-06, place: town, by: army, summary: s,"
            " claims: [{cite: article p1}, {cite: paper p1, date: 2017-11-08}]}"
        ],
        ["late"],
    ),
    "an hour says which came first": (
        "L306",
        [
            taken("taken", "date: 2017-10-27T06"),
            taken("back", "date: 2017-10-27T15", by="isil"),
        ],
        [],
    ),
    "an order told by way of another event": (
        "L306",
        [
            TAKEN,
            f"- {{id: parley, type: declare, date: 2017-10-27, after: taken, by: army, {CLAIM}}}",
            taken("back", "date: 2017-10-27, after: parley", by="isil"),
        ],
        [],
    ),
}


@pytest.mark.parametrize("case", CERTAIN)
def test_what_cannot_be_in_order_is_asked_about(tmp_path: Path, case: str) -> None:
    code, events, about = CERTAIN[case]
    assert found(tmp_path, code, events) == about
