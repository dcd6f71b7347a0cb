"""What `--json` prints and the export `.json` holds has the shape of docs/schemas, and no more."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from small_campaign import campaign
from small_texts import locked
from typer.main import get_command

import replay
from replay.frontends.cli import APP, start

DOCS = Path(__file__).parent.parent / "docs"
FLAGSHIP = "western-iraq-2017"

REGROUPED = """\
scenario: regrouped
title: A force that changes sides
window: 2001-05-01/2001-05-12
sides: [{id: north, name: North, letter: N}, {id: south, name: South, letter: S}]
forces:
  - {id: guard, name: the guard, side: north}
  - {id: riders, name: the riders, side: south, part_of: cavalry}
  - {id: cavalry, name: the cavalry, side: south}
voices: [{id: general, name: the general, side: north, interest: north}]
persons: [{id: leader, name: the leader, side: south}]
sources:
  - {id: gazette, title: The gazette, published: 2001-05-06}
  - {id: memoir, title: A memoir}
places:
  - {id: town, name: Town, kind: town, perhaps: ford}
  - {id: ford, name: Ford, kind: crossing}
  - {id: mill, name: Mill, kind: locality, part_of: town}
areas: [{id: moor, name: Moor, km2: 40..50}]
routes: [{id: road, name: Road, km: 30, ends: [town, ford]}]
operations: [{id: push, name: The push, side: north, forces: [guard]}]
tables:
  - {file: rows.csv, type: capture, cite: memoir p9,
     tallies: [{name: killed, of: north, column: dead}]}
events:
  - {id: first, type: hold, date: 2001-04, place: [town, ford], by: south, summary: South has both.,
     claims: [{cite: memoir p1}]}
  - {id: push-on, type: launch, date: 2001-05-02, operation: push, summary: It begins.,
     claims: [{cite: memoir p2}]}
  - {id: taken, type: capture, date: 2001-05-03/2001-05-05, place: town, by: guard,
     summary: The guard takes the town.,
     tallies: [{name: killed, of: south, add: 4..6}, {name: killed, of: south, total: 10+}],
     claims: [{cite: gazette p1, reporter: general, note: The text is torn.},
              {cite: memoir p3, date: 2001-05-07, by: north}, {cite: memoir p4, denies: true}]}
  - {id: over, type: reorganise, date: 2001-05-08, by: riders, side: north, name: new riders,
     part_of: guard, becomes: riders of the north, summary: The riders change sides.,
     claims: [{cite: memoir p5}]}
  - {id: dead, type: declare, date: 2001-05-09, by: general, summary: He says so.,
     claims: [{cite: memoir p6}]}
  - {id: moor-part, type: clear, date: 2001-05-04, place: moor, by: north, km2: 10, summary: Some.,
     claims: [{cite: memoir p7}, {cite: gazette p2, km2: 12}]}
  - {id: half, type: contest, date: 2001-05-06, place: ford, by: north, against: south, share: 0.4,
     summary: North has two fifths., claims: [{cite: memoir p8}]}
  - {id: rider-march, type: move, date: 2001-05-06, by: riders, from: ford, to: mill,
     summary: They ride., claims: [{cite: memoir p8}]}
statements:
  - {id: said, cite: gazette p3, summary: North holds the town., on: 2001-05-05,
     asserts: {says: holds, side: north, place: town}}
"""


@lru_cache
def validator(name: str) -> Draft202012Validator:
    """What checks a shape; the committed files are read."""
    files = {path.name: json.loads(path.read_text("utf-8")) for path in _files()}
    known = [(file, Resource.from_contents(schema)) for file, schema in files.items()]
    return Draft202012Validator(files[f"{name}.json"], registry=Registry().with_resources(known))


def _files() -> list[Path]:
    return sorted((DOCS / "schemas").glob("*.json"))


def has_shape(data: Any, name: str) -> None:
    errors = [
        f"{list(e.absolute_path)}: {e.message[-300:]}" for e in validator(name).iter_errors(data)
    ]
    assert not errors, errors[:5]


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A campaign of everything that is drawn, and one of what changes and is denied."""
    folder = tmp_path_factory.mktemp("scenarios")
    campaign(folder / "small")
    (folder / "regrouped").mkdir()
    (folder / "regrouped" / "scenario.yaml").write_text(REGROUPED, "utf-8")
    table = "date,place,by,dead\n2001-05-09,mill,riders,3\n2001-05-10,mill,south,\n"
    (folder / "regrouped" / "rows.csv").write_text(table, "utf-8")
    return {FLAGSHIP: FLAGSHIP} | {name: str(folder / name) for name in ("small", "regrouped")}


@pytest.fixture
def prints(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """The object that a command prints."""

    def answer(*words: str) -> Any:
        assert start([*words, "--json"]) in (0, 1)
        return json.loads(capsys.readouterr().out)

    return answer


@pytest.mark.parametrize("name", [path.stem for path in _files()])
def test_a_schema_is_one_and_its_references_lead_somewhere(name: str) -> None:
    schema = json.loads((DOCS / "schemas" / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    own, common = (_defined(one) for one in (name, "common"))
    for ref in _references(schema):
        file, _, part = ref.partition("#/$defs/")
        assert part in (common if file else own)


SCENARIOS = pytest.mark.parametrize("which", [FLAGSHIP, "small", "regrouped"])
COMMANDS = {
    "state": ["state", "S"],
    "tally": ["tally", "S"],
    "delay": ["delay", "S"],
    "certainty": ["certainty", "S", "--shares"],
    "compare": ["compare", "S", "--lens", "default", "--lens", "earliest"],
    "compare-versions": ["compare", "S", "S", "--lens", "earliest"],
    "compare-agreement": ["compare", "S", "--sources"],
    "check": ["check", "S"],
    "charts": ["chart", "S"],
    "chart": ["chart", "S", "events"],
}


@SCENARIOS
@pytest.mark.parametrize("shape", COMMANDS)
def test_a_command_prints_its_shape(
    prints: Callable[..., Any], scenarios: dict[str, str], which: str, shape: str
) -> None:
    has_shape(
        prints(*(scenarios.get(which, "") if w == "S" else w for w in COMMANDS[shape])), shape
    )


MOMENTS = {
    FLAGSHIP: ("2017-10-31", "2017-11-03"),
    "small": ("2017-10-26", "2017-10-31"),
    "regrouped": ("2001-05-02", "2001-05-06"),
}


@SCENARIOS
def test_two_moments_and_two_days_of_news_have_their_shapes(
    prints: Callable[..., Any], scenarios: dict[str, str], which: str
) -> None:
    first, last = MOMENTS[which]
    path = scenarios[which]
    has_shape(prints("compare", path, "--on", first, "--on", last), "compare-days")
    news = prints("compare", path, "--known-on", first, "--known-on", last)
    has_shape(news, "compare")
    assert {"news", "agreeing"} <= set(news)
    for shape in ("state", "certainty", "check"):
        has_shape(prints(shape, path, "--known-on", last), shape)


@pytest.mark.parametrize(
    ("which", "change"),
    [
        (FLAGSHIP, "move qaim-launched +3d"),
        ("small", "without taken"),
        ("regrouped", "move taken -2d"),
    ],
)
def test_a_hypothetical_comparison_has_its_shape(
    prints: Callable[..., Any], scenarios: dict[str, str], which: str, change: str
) -> None:
    has_shape(prints("compare", scenarios[which], "--what-if", change), "compare-what-if")


THINGS = {
    FLAGSHIP: (
        "al-qaim",
        "al-jazira-desert",
        "akashat-road",
        "iraqi-army",
        "iraq",
        "al-baghdadi",
        "al-abadi",
    ),
    "small": ("a", "field", "desert", "road", "push", "army", "isil"),
    "regrouped": ("town", "ford", "mill", "moor", "push", "riders", "general", "leader", "north"),
}


@SCENARIOS
def test_each_kind_of_thing_is_explained_in_its_shape(
    prints: Callable[..., Any], scenarios: dict[str, str], which: str
) -> None:
    for thing in THINGS[which]:
        for when in MOMENTS[which]:
            has_shape(prints("explain", scenarios[which], thing, "--on", when), "explain")
    counted = next(iter(prints("chart", scenarios[which])["counted"]))
    has_shape(prints("explain", scenarios[which], counted), "tally")
    has_shape(prints("chart", scenarios[which], counted), "chart")


@SCENARIOS
def test_an_export_has_its_shape(tmp_path: Path, scenarios: dict[str, str], which: str) -> None:
    path = replay.export(replay.run(scenarios[which]), tmp_path / "all.json")
    has_shape(json.loads(path.read_text("utf-8")), "export")


def test_the_errors_of_a_script_have_the_shape_of_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "scenario.yaml").write_text(REGROUPED.replace("by: guard", "by: gard"), "utf-8")
    assert start(["check", str(tmp_path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    has_shape(found, "check")
    assert [problem["code"] for problem in found["problems"]] == ["E401"]


def test_lists_and_citations_have_their_shapes(prints: Callable[..., Any], tmp_path: Path) -> None:
    has_shape(prints("list"), "list")
    scenario, texts = locked(tmp_path)
    found = prints("cite", str(scenario), "gazette", "taken on Friday", "--texts", str(texts))
    has_shape(found, "cite")


def test_a_key_that_is_not_in_the_schema_is_noticed(prints: Callable[..., Any]) -> None:
    answer = prints("state", FLAGSHIP)
    answer["places"]["rawa"]["control"]["colour"] = "red"
    assert not validator("state").is_valid(answer)


def test_the_committed_schemas_are_those_of_the_program() -> None:
    made = _page().schema_files()
    assert {path.name: path.read_text("utf-8") for path in _files()} == made, "run `make docs`"


def test_every_command_with_json_is_on_the_page() -> None:
    page = (DOCS / "json.md").read_text("utf-8")
    for name, command in get_command(APP).commands.items():
        if any("--json" in parameter.opts for parameter in command.params):
            assert re.search(rf"^`replay {name}\b.*--json`", page, re.MULTILINE), name


def _page() -> ModuleType:
    if str(DOCS) not in sys.path:
        sys.path.insert(0, str(DOCS))
    return importlib.import_module("json_shapes.page")


def _defined(name: str) -> set[str]:
    schema = json.loads((DOCS / "schemas" / f"{name}.json").read_text("utf-8"))
    return set(schema.get("$defs", ()))


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)
