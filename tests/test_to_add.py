"""To add a thing, touch one place: what follows by itself is proved with one that is not ours.

Each test writes what an author of the program would write, under the registry of its room, and
finds the new thing in the schema, the validation, the sentence, the pages, the files, the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import jsonschema
import pytest
from conftest import Made
from pages import words
from pydantic import Field
from test_docs import reference

import replay
from replay.analysis.lint import RULES, Finding, lint, rule, unacknowledged
from replay.analysis.statements import verdicts
from replay.events import EVENT_TYPES, event_type
from replay.foundation.errors import ScenarioError, UsageError
from replay.frontends.cli import start
from replay.lens import LENSES, Lens, lens
from replay.model import Effect, Event, Scenario
from replay.model.assertions import VERBS, Answer, Assertion, Sight, verb
from replay.model.fields import Refs, When, of_kind
from replay.model.state import EMPTY, StateKey, add_range
from replay.outputs.formats import FORMATS, export, export_format
from replay.outputs.page.data import contents
from replay.picture.charts import CHARTS, Chart, chart_of
from replay.picture.charts.registry import chart
from replay.picture.items import Item, Point, Text
from replay.picture.layers import LAYERS, Frame, frame, picture
from replay.picture.pages.chart import chart_page, page_of
from replay.picture.pages.maps import Atlas
from replay.picture.pages.overview import overview_page
from replay.picture.pages.page import page
from replay.pipeline import run
from replay.scene import Scene, scene
from replay.script.schema import script_schema
from replay.timeline.timeline import Timeline


@contextmanager
def added(registry: dict[str, Any], name: str) -> Iterator[None]:
    """The registry as it was, after the test."""
    try:
        yield
    finally:
        registry.pop(name, None)


# --- an event type: one class ---------------------------------------------------------------------


@pytest.fixture
def flooded() -> Iterator[None]:
    with added(EVENT_TYPES, "flood"):

        @event_type("flood")
        class Flood(Event):
            """Water drives everybody out of places."""

            verb = "floods"
            acled = "Strategic developments: Other"

            by: Annotated[Refs, of_kind("force", "side")] = ()
            place: Annotated[Refs, of_kind("place"), Field(min_length=1)]

            def effects(self, scenario: Scenario) -> Iterator[Effect]:
                for place in self.place:
                    yield StateKey("control", place), add_range(EMPTY)

        yield


FLOOD = """
- {id: held, type: hold, date: ../2017-10-25, place: town, by: isil, summary: s, claims: [{cite: article p1}]}
- {id: flood, type: flood, date: 2017-10-28, place: town, summary: s, claims: [{cite: article p2}, {cite: paper p2, date: 2017-10-30}]}
"""


STRIP = """\
town  iiiii_______
         ~~"""


@pytest.mark.usefixtures("flooded")
def test_a_new_event_type_is_replayed_disputed_said_and_documented(made: Made) -> None:
    timeline = run(made(FLOOD))
    assert timeline.strip(["town"]) == STRIP
    assert timeline.at("2017-10-31").control["town"].value == EMPTY
    assert timeline.scenario.event["flood"].sentence(timeline.scenario) == "floods Town"
    assert "flood" in script_schema()["properties"]["events"]["items"]["properties"]["type"]["enum"]
    assert "### flood\n\nWater drives everybody out of places." in reference.script_page()


@pytest.mark.usefixtures("flooded")
def test_a_new_event_type_is_validated_with_did_you_mean(made: Made) -> None:
    with pytest.raises(ScenarioError, match=r"did you mean 'flood'"):
        made(FLOOD.replace("type: flood", "type: flod"))
    with pytest.raises(ScenarioError, match=r"did you mean 'place'"):
        made(FLOOD.replace("2017-10-28, place:", "2017-10-28, plaec:"))


@pytest.mark.usefixtures("flooded")
def test_the_schema_for_editors_takes_a_new_event_type() -> None:
    claim = {"cite": "article p1"}
    event = {"id": "f", "type": "flood", "place": "town", "summary": "s", "claims": [claim]}
    jsonschema.validate({"events": [event]}, script_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"events": [{**event, "plaec": "town"}]}, script_schema())


# --- a lens, a lint rule, a verb: one registered function or class ----------------------------------


def test_a_new_lens_is_known_by_its_name_and_stands_in_the_pages(made: Made) -> None:
    with added(LENSES, "late"):

        @lens("late")
        def _late(scenario: Scenario, argument: str) -> Lens:
            return Lens("late", "Only what is not dated.", lambda s, c, said: c.reported is None)

        timeline = run(made(FLOOD.replace("type: flood", "type: withdraw, by: isil")), "late")
        assert timeline.lens.name == "late"
        offered = [lens["name"] for lens in contents(run(timeline.scenario))["lenses"]]
        assert "late" in offered
        assert "| `late` | Only what is not dated. |" in reference.commands_page()
    with pytest.raises(UsageError, match="late"):
        run(made(FLOOD.replace("type: flood", "type: withdraw, by: isil")), "late")


def test_a_new_lint_rule_is_walked_acknowledged_and_documented(made: Made) -> None:
    with added(RULES, "L999"):

        @rule("L999", "an event without a note")
        def _no_note(timeline: Timeline) -> Iterator[Finding]:
            for event in timeline.scenario.events:
                if event.note is None:
                    yield Finding("L999", event.id, f"{event.id} has no note", "write one")

        timeline = run(made(FLOOD.replace("type: flood", "type: withdraw, by: isil")))
        found = [f for f in lint(timeline) if f.code == "L999"]
        assert [f.of for f in found] == ["held", "flood"]
        assert unacknowledged(timeline, found) == found
        assert "| [L999](lint.md#l999) | an event without a note |" in reference.checks_page()


def test_a_new_verb_is_read_judged_and_documented(tmp_path: Path, made: Made) -> None:
    with added(VERBS, "told"):

        @verb("told")
        class Told(Assertion):
            """Some event is told of."""

            event: Annotated[str, of_kind("event")]

            def judge(self, sight: Sight, on: When | None) -> Answer:
                return bool(sight.spans(self.event))

        scenario = made(
            "- {id: held, type: hold, date: 2017-10-25, place: town, by: isil, summary: s, "
            "claims: [{cite: article p1}]}\n\n"
        )
        path = tmp_path / "scenario.yaml"
        asserts = "{says: told, event: held}"
        text = path.read_text("utf-8")
        path.write_text(
            f"{text}statements: [{{id: s, cite: article p2, summary: s, asserts: {asserts}}}]\n"
        )
        [verdict] = verdicts(run(replay.load(path)))
        assert verdict.outcome == "supported"
        assert "### says: told\n\nSome event is told of." in reference.script_page()
        assert scenario.statements == ()


# --- an export format: one file ---------------------------------------------------------------------


def test_a_new_format_is_found_by_its_suffix_and_written_whole_or_not(
    made: Made, tmp_path: Path
) -> None:
    timeline = run(made(FLOOD.replace("type: flood", "type: withdraw, by: isil")))
    with added(FORMATS, "count"):

        @export_format(".count", name="count", summary="The number of changes.", data=True)
        def _count(timeline: Timeline, path: Path, *, fail: bool = False) -> None:
            path.write_text(str(len(timeline.rows)), "utf-8")
            if fail:
                raise OSError("the disk is full")

        out = export(timeline, tmp_path / "replay.count")
        assert out.read_text("utf-8") == str(len(timeline.rows))
        out.write_text("the old one", "utf-8")
        with pytest.raises((OSError, UsageError)):
            export(timeline, out, fail=True)
        assert out.read_text("utf-8") == "the old one"
        assert [p.name for p in tmp_path.glob("*.count*")] == ["replay.count"]
        assert "| `.count` | The number of changes. |" in reference.commands_page()


# --- a map layer: one function, one line in the table -------------------------------------------------


def test_a_new_layer_is_in_the_picture_and_drawn(made: Made, tmp_path: Path) -> None:
    timeline = run(made(FLOOD.replace("type: flood", "type: withdraw, by: isil")))
    with added(LAYERS, "stamp"):

        def stamp(day: Scene, shown: Frame) -> list[Item]:
            return [
                Text(at=Point(200, 200), text="SPECIMEN", size=60, colour="#000000", of="stamp")
            ]

        before = _drawn(timeline, tmp_path / "before.png")
        LAYERS["stamp"] = stamp
        after = _drawn(timeline, tmp_path / "after.png")
        shown = picture(scene(timeline, 3), frame(timeline))
        assert [item.of for layer in shown.layers for item in layer.items if item.of == "stamp"]
        assert before != after


def _drawn(timeline: Timeline, path: Path) -> bytes:
    export(timeline, path, on="2017-10-28")
    return path.read_bytes()


# --- a chart: one function ----------------------------------------------------------------------------


def test_a_new_chart_is_listed_drawn_written_and_on_the_sheets(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    timeline = run(made(FLOOD.replace("type: flood", "type: withdraw, by: isil")))
    with added(CHARTS, "claims"):

        @chart("claims", "How many claims there are.")
        def claims(timeline: Timeline) -> Chart:
            count = sum(len(r.event.claims) for r in timeline.readings)
            said = Text(at=Point(300, 300), text=f"{count} claims", size=20, colour="ink")
            key = (("line", "a line of the key"),)
            rows = ({"claims": count},)
            return Chart(
                "claims",
                "Claims",
                "It counts.",
                "claims",
                rows,
                "Nothing.",
                key,
                lambda b, u: [said],
            )

        home = str(tmp_path / "scenario.yaml")
        assert start(["chart", home]) == 0
        assert "How many claims there are." in capsys.readouterr().out
        assert start(["chart", home, "claims", "-o", str(tmp_path / "claims.csv")]) == 0
        assert (tmp_path / "claims.csv").read_text("utf-8").startswith("claims\n")
        told = words(chart_page(timeline, chart_of(timeline, "claims"), page_of()))
        assert "a line of the key" in told
        assert "claims" in words(overview_page(Atlas(timeline, page())))
