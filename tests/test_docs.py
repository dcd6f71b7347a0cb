"""The reference pages are current, and what they show as an example is one."""

from __future__ import annotations

import importlib.util
import re
import textwrap
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from replay.events import EVENT_TYPES
from replay.script.load import load

DOCS = Path(__file__).parent.parent / "docs"


def _reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = _reference()


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_committed_page_is_what_the_program_says(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == reference.PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_the_example_of_an_event_type_loads(tmp_path: Path, name: str) -> None:
    example = reference.example(name, EVENT_TYPES[name])
    assert example in (DOCS / "script.md").read_text("utf-8")
    path = tmp_path / "scenario.yaml"
    path.write_text(f"{reference.HEAD}events:\n{textwrap.indent(example, '  ')}", "utf-8")
    [event] = load(path).events
    assert event.type == name


def test_the_script_that_the_page_begins_with_loads(tmp_path: Path) -> None:
    first = re.search("```yaml\n(.*?)```", (DOCS / "script.md").read_text("utf-8"), re.DOTALL)
    assert first is not None
    path = tmp_path / "scenario.yaml"
    path.write_text(first[1], "utf-8")
    assert load(path).scenario == "exampleton"


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (DOCS / target).exists(), f"{page.name} links to {target}"


def test_every_yaml_in_the_pages_is_yaml() -> None:
    for page in DOCS.glob("*.md"):
        for block in re.findall("```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            yaml.safe_load(block)


def test_the_floors_on_the_page_are_those_that_are_checked() -> None:
    page = (DOCS / "architecture.md").read_text("utf-8").split("## The house")[1].split("\n## ")[0]
    cells = re.findall(r"^\| [a-z' ]+ \| (`.*?) (?<!\\)\| ", page, re.MULTILINE)
    told = [
        set(re.findall(r"`(\w+)/?`", floor)) for cell in cells for floor in cell.split(" above ")
    ]
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    assert told == [set(re.findall(r"replay\.(\w+)", floor)) for floor in contract["layers"]]


def test_every_dependency_is_on_the_page_with_its_lower_bound() -> None:
    rows = re.findall(
        r"^\| ([\w-]+)(?: \(extra `\w+`\))? \| ([\d.]+) \|",
        (DOCS / "dependencies.md").read_text("utf-8"),
        re.MULTILINE,
    )
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"]]
    for extra in ("parquet", "cluster", "notebook", "fonts"):
        needed += extras[extra]
    assert sorted(">=".join(row) for row in rows) == sorted(needed)
    page = (DOCS / "dependencies.md").read_text("utf-8").lower()
    for other in (name.partition(">=")[0] for name in [*extras["test"][1:], *extras["check"]]):
        assert other.removeprefix("pytest-").lower() in page, other
