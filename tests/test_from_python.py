"""A scenario made in Python, or changed there, says the same as its script would."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import HEAD, Made
from example_scripts import laid_out, whole_scripts
from test_bad_input import SCRIPTS

import replay
from replay.foundation.edtf import parse
from replay.foundation.errors import ScenarioError, UsageError
from replay.model import Event, Scenario
from replay.model.event import Claim
from replay.script.assemble import assemble
from replay.script.load import _LISTS, HypotheticalWarning, load, script_from

SMALL: dict[str, Any] = {
    "scenario": "small",
    "title": "A small case",
    "window": "2001-05-01/2001-05-12",
    "sides": [
        {"id": "blue", "name": "Blue", "letter": "B"},
        {"id": "red", "name": "Red", "letter": "R"},
    ],
    "sources": [{"id": "paper", "title": "A newspaper"}],
    "places": [
        {"id": "town", "name": "Town", "position": {"lat": 34.0, "lon": 41, "estimated": 10}}
    ],
    "events": [
        {
            "id": "taken",
            "type": "capture",
            "date": datetime.date(2001, 5, 4),
            "place": "town",
            "by": "blue",
            "summary": "Blue takes the town.",
            "claims": [{"cite": "paper p1"}, {"cite": "paper p2", "date": "2001-05-07"}],
            "note": None,
        }
    ],
}
DISPUTED = "town  ...BBBBBBBBB\n         ~~~"


@pytest.mark.parametrize("make", [replay.scenario, Scenario.model_validate])
def test_a_scenario_from_python_has_its_disputes(make: Callable[[Any], Scenario]) -> None:
    assert str(replay.run(make(SMALL)).strip()).rstrip() == DISPUTED


def test_records_that_nobody_linked_are_linked_when_they_are_run() -> None:
    made = replay.scenario(SMALL)
    fields = {name: getattr(made, name) for name in Scenario.model_fields if name != "variants"}
    assert str(replay.run(Scenario(**fields)).strip()).rstrip() == DISPUTED
    assert str(replay.run(Scenario.model_construct(**fields)).strip()).rstrip() == DISPUTED


def plain(main: Path) -> dict[str, Any]:
    """What the files of a script hold."""
    files = assemble(main, _LISTS)
    data: dict[str, Any] = {name: value for name, (value, _) in files.values.items()}
    return data | {name: [value for value, _ in items] for name, items in files.items.items()}


def test_data_is_the_scenario_that_its_script_is(tmp_path: Path) -> None:
    for n, (name, files) in enumerate(whole_scripts()):
        main = laid_out(tmp_path / str(n), files)
        read = load(main)
        made = replay.scenario(plain(main), read.folder)
        assert made == read, name
        assert replay.scenario(made) == read, name
        assert made.variants.keys() == read.variants.keys()


def test_the_shipped_scenario_is_the_same_linked_again() -> None:
    read = load("western-iraq-2017")
    again = replay.scenario(read)
    assert again == read
    assert again.variants == read.variants


NOT_IN_DATA = ("E10", "E202-", "E101", "table")
"""What can be wrong with files only."""


@pytest.mark.parametrize("case", SCRIPTS, ids=lambda case: case.name)
def test_data_has_the_problems_that_its_script_has(case: Path) -> None:
    if case.name.startswith(NOT_IN_DATA):
        return
    try:
        data = plain(case / "scenario.yaml")
    except ScenarioError:
        return  # no YAML, and so no data
    with pytest.raises(ScenarioError) as in_files:
        load(case)
    with pytest.raises(ScenarioError) as in_data:
        replay.scenario(data, case)

    def told(found: ScenarioError) -> set[tuple[str, str]]:
        return {(p.code, re.split(" already used at |, at ", p.message)[0]) for p in found.problems}

    assert told(in_data.value) == told(in_files.value)


@pytest.mark.parametrize(
    ("change", "located"),
    [
        ({"by": "green"}, "events[0].by[0]: E401 there is no force or side 'green'"),
        ({"date": "2001-05-32"}, "events[0].date: E301 "),
        ({"date": 5.5}, "events[0].date: E301 "),
        ({"date": {"day": 4}}, "events[0].date: E204 "),
        ({"claims": [{"cite": "paper p1"}, {"cite": "papper p2"}]}, "events[0].claims[1].cite: "),
        ({"claims": [{"cite": "paper p1", "by": "green"}]}, "events[0].claims[0].by[0]: E401 "),
        ({"claims": [{"cite": "paper p1", "colour": "red"}]}, "events[0].claims[0].colour: E207 "),
        ({"type": "conquer"}, "events[0].type: E205 "),
        ({"summary": object()}, "events[0].summary: E204 "),
    ],
)
def test_a_problem_is_located_by_the_path_of_its_record(
    change: dict[str, Any], located: str
) -> None:
    [event] = SMALL["events"]
    with pytest.raises(ScenarioError) as found:
        replay.scenario({**SMALL, "events": [{**event, **change}]})
    assert located in str(found.value)
    assert ":0:0" not in str(found.value)


def test_what_is_no_scenario_at_all_says_so() -> None:
    for data in ([], "text", None, {"events": 3}, {}, {"sides": []}):
        with pytest.raises(ScenarioError) as found:
            replay.scenario(data)  # type: ignore[arg-type]
        assert found.value.problems


# --- a changed copy -----------------------------------------------------------------------------


def answers(scenario: Scenario) -> None:
    """Ask everything that a scenario remembers."""
    replay.run(scenario).strip()
    for name in ("things", "event", "force", "located", "spellings", "calendar"):
        getattr(scenario, name)


def test_a_changed_copy_answers_as_changed() -> None:
    scenario = replay.load("western-iraq-2017")
    answers(scenario)
    event = scenario.event["rawa-taken"].model_copy(update={"date": parse("2017-11-25")})
    events = tuple(event if e.id == event.id else e for e in scenario.events)
    with pytest.warns(HypotheticalWarning, match="rawa-complete ends 2017-11-17, before"):
        changed = scenario.model_copy(update={"events": events})
    assert str(changed.event["rawa-taken"].date) == "2017-11-25"
    timeline = replay.run(changed)
    assert timeline.scenario.calendar.label(timeline.tick("rawa-taken")) == "2017-11-25"
    assert "~" not in timeline.strip(["rawa"])
    assert str(scenario.event["rawa-taken"].date) == "2017-11-17"


def test_a_changed_claim_changes_the_dispute() -> None:
    scenario = replay.scenario(SMALL)
    answers(scenario)
    event = scenario.events[0]
    claims = (event.claims[0], Claim.model_validate({"cite": "paper p2", "date": "2001-05-10"}))
    changed = scenario.model_copy(update={"events": (event.model_copy(update={"claims": claims}),)})
    assert str(replay.run(changed).strip()).rstrip() == "town  ...BBBBBBBBB\n         ~~~~~~"


def test_a_changed_window_has_a_calendar_of_its_own() -> None:
    scenario = replay.scenario(SMALL)
    answers(scenario)
    changed = scenario.model_copy(update={"window": parse("2001-05-01/2001-05-05")})
    assert (scenario.calendar.ticks, changed.calendar.ticks) == (12, 5)


def test_a_copy_that_is_not_valid_is_refused_where_it_is() -> None:
    scenario = replay.scenario(SMALL)
    event: Event = scenario.events[0]
    wrong = event.model_copy(update={"date": "yesterday", "by": ("green",)})
    with pytest.raises(ScenarioError) as found:
        scenario.model_copy(update={"events": (wrong,)})
    assert "events[0].date: E301 " in str(found.value)
    with pytest.raises(ScenarioError, match="E401"):
        scenario.model_copy(update={"events": (event.model_copy(update={"by": ("green",)}),)})


# --- what if --------------------------------------------------------------------------------------

CHAIN = """
- {id: held, type: hold, date: 2017-10-25, place: [town, station], by: isil, summary: Held., claims: [{cite: article p1}]}
- {id: begun, type: launch, date: 2017-10-26, operation: push, summary: It begins., claims: [{cite: article p2}]}
- {id: middle, type: capture, date: 2017-10-28, after: begun, place: station, by: army, summary: The station., claims: [{cite: article p3}, {cite: paper p3, date: 2017-10-29, reporter: general, reported: 2017-10-30}]}
- {id: end, type: capture, date: 2017-10-30/.., after: middle, place: town, by: army, summary: The town., claims: [{cite: article p4}], tallies: [{name: killed, add: 5, period: 2017-10-30/2017-10-31}]}
"""


def test_without_an_event_what_came_after_it_stays(made: Made) -> None:
    scenario = made(CHAIN)
    answers(scenario)
    changed = scenario.without("middle")
    assert [event.id for event in changed.events] == ["held", "begun", "end"]
    assert changed.event["end"].after == ("begun",)
    assert changed.title == "A test (hypothetical)"
    assert changed.without("begun").event["end"].after == ()
    assert changed.without("begun").title == "A test (hypothetical)"
    assert replay.run(changed).at("2017-10-29").control["station"].value == (
        replay.run(scenario).at("2017-10-26").control["station"].value
    )


def test_an_event_that_is_moved_takes_its_dates_with_it(made: Made) -> None:
    changed = made(CHAIN).shifted("middle", days=1)
    event = changed.event["middle"]
    assert str(event.date) == "2017-10-29"
    assert event.summary == "Hypothetical, moved by +1 day: The station."
    rival = changed.variants["middle", 1]
    assert str(rival.date) == "2017-10-30"
    assert str(event.claims[1].report_date) == "2017-10-30", "a report stays where it is"
    last = made(CHAIN).shifted("end", days=-1, hours=-12).event["end"]
    assert (str(last.date), str(last.tallies[0].period)) == (
        "2017-10-28T12:00:00/..",
        "2017-10-28T12:00:00/2017-10-30T11:59:00",
    )


def test_what_is_moved_before_its_cause_is_warned_of(made: Made) -> None:
    with pytest.warns(HypotheticalWarning, match="middle ends 2017-10-28, before begun"):
        changed = made(CHAIN).shifted("begun", days=5)
    replay.run(changed)


def test_one_more_event_is_cited_as_hypothetical(made: Made) -> None:
    event = {"id": "storm", "type": "halt", "date": "2017-10-27", "operation": "push"}
    changed = made(CHAIN).with_event({**event, "summary": "A storm."})
    assert changed.event["storm"].summary == "Hypothetical: A storm."
    assert str(changed.event["storm"].claims[0].cite) == "hypothetical what-if"
    again = changed.with_event({**event, "id": "second", "summary": "Another."})
    assert [s.id for s in again.sources].count("hypothetical") == 1
    own = made(CHAIN).with_event({**event, "summary": "A.", "claims": [{"cite": "paper p1"}]})
    assert "hypothetical" not in own.source
    replay.run(again)


def test_a_wrong_change_says_what_to_do(made: Made) -> None:
    scenario = made(CHAIN.replace("date: 2017-10-30/.., ", ""))
    with pytest.raises(UsageError, match="did you mean 'middle'"):
        scenario.without("midle")
    with pytest.raises(UsageError, match="end has no date"):
        scenario.shifted("end", days=1)
    with pytest.raises(ScenarioError, match=r"events\[4\].type: E205"):
        scenario.with_event({"id": "x", "type": "storm", "summary": "A storm."})


def test_without_an_event_statements_do_not_speak_of_it() -> None:
    scenario = replay.load("western-iraq-2017")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        changed = scenario.without("rawa-taken", "hawija-taken")
    named = {ref for s in changed.statements for ref in (*s.restates, *s.contradicts)}
    assert not named & {"rawa-taken", "hawija-taken"}
    assert len(changed.statements) < len(scenario.statements), "some assert something of them"
    replay.check(changed)


def test_a_changed_scenario_is_still_one_of_its_folder(tmp_path: Path) -> None:
    table = "tables: [{file: t.csv, type: capture, cite: paper p2}]\n"
    script = HEAD.replace("events:\n", f"{table}events:\n{CHAIN}")
    (tmp_path / "scenario.yaml").write_text(script, "utf-8")
    (tmp_path / "t.csv").write_text("date,place,by\n2017-11-02,village,army\n", "utf-8")
    changed = load(tmp_path).without("middle")
    assert len(replay.run(changed).tables[0].columns) == 1
    assert script_from(changed).scenario == changed


PAGE = Path(__file__).parents[1] / "docs" / "python.md"


def test_the_page_about_python_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGE.read_text("utf-8")
    names: dict[str, Any] = {}
    seen = 0
    for code, printed in re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", page, re.DOTALL):
        exec(code, names)
        out = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
        assert out == printed.rstrip("\n")
        seen += 1
    assert seen == page.count("```python") == 3
    [event] = SMALL["events"]
    claims = [event["claims"][0], {"cite": "paper p2", "date": "2001-05-32"}]
    with pytest.raises(ScenarioError) as found:
        replay.scenario({**SMALL, "events": [{**event, "claims": claims}]})
    assert str(found.value) in page
