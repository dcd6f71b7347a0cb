"""The docstrings of what programs call: complete, true to the signatures, with examples that run."""

from __future__ import annotations

import doctest
import importlib.util
import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from replay.foundation.errors import CODES
from replay.outputs.formats import ExportOptions, export
from replay.outputs.rendering import draw
from replay.outputs.rendering.film import film

DOCS = Path(__file__).parent.parent / "docs"


def _api() -> ModuleType:
    spec = importlib.util.spec_from_file_location("api_page", DOCS / "api.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


api = _api()
DESCRIBED: dict[str, Any] = api.described()
CALLED = {name: thing for name, thing in DESCRIBED.items() if callable(thing)}


@pytest.mark.parametrize("name", DESCRIBED)
def test_it_begins_with_one_line_that_is_a_sentence(name: str) -> None:
    first, _, rest = api.docstring(DESCRIBED[name]).partition("\n")
    assert first[0].isupper()
    assert re.search(r"[.:]$", first), first
    assert not rest or rest.startswith("\n")


@pytest.mark.parametrize("name", DESCRIBED)
def test_its_sections_have_known_titles_and_say_something(name: str) -> None:
    found = api.sections(api.docstring(DESCRIBED[name]))
    assert set(found) - {""} <= set(api.LAYOUT)
    assert "Returns" in found
    assert all(found.values())


@pytest.mark.parametrize("name", CALLED)
def test_it_describes_each_parameter_with_its_default(name: str) -> None:
    parameters = [p for p in _parameters(CALLED[name]) if p.name != "self"]
    section = api.sections(api.docstring(CALLED[name])).get("Parameters", "")
    described = {}
    for entry in api.entries(section):
        assert entry.text, f"{entry.name} is only named"
        described |= dict.fromkeys(entry.name.split(", "), entry.kind)
    assert list(described) == [_spelled(p) for p in parameters]
    for parameter in parameters:
        kind = described[_spelled(parameter)]
        if parameter.default is None:
            assert kind.endswith("optional")
        elif parameter.default is not parameter.empty:
            spelled = repr(parameter.default).replace("'", '"')
            assert kind.endswith((f"default {spelled}", "optional")), (kind, spelled)


@pytest.mark.parametrize("name", api.FRONT_DOOR)
def test_a_function_at_the_front_door_has_the_whole_layout(name: str) -> None:
    found = api.sections(api.docstring(DESCRIBED[name]))
    assert {"Parameters", "Returns", "Raises", "Example"} <= set(found)
    assert {"Method", "See also"} & set(found)


@pytest.mark.parametrize("name", CALLED)
def test_what_it_returns_has_a_type(name: str) -> None:
    returns = inspect.signature(CALLED[name]).return_annotation
    assert isinstance(returns, str)
    assert "Any" not in returns


@pytest.mark.parametrize("name", DESCRIBED)
def test_the_codes_that_it_raises_exist(name: str) -> None:
    raised = api.sections(api.docstring(DESCRIBED[name])).get("Raises", "")
    assert set(re.findall(r"\b[EUL]\d{3}\b", raised)) <= set(CODES)


@pytest.mark.parametrize("name", DESCRIBED)
@pytest.mark.filterwarnings("ignore::replay.script.load.HypotheticalWarning")
def test_its_example_runs(name: str) -> None:
    thing = getattr(DESCRIBED[name], "func", DESCRIBED[name])  # of a property that remembers
    for example in doctest.DocTestFinder(recurse=False).find(thing, name, globs={}):
        said: list[str] = []
        assert doctest.DocTestRunner(verbose=False).run(example, out=said.append).failed == 0, said


def test_the_options_of_an_export_are_those_of_pictures_and_films() -> None:
    section = api.sections(api.docstring(export))["Options"]
    described = {entry.name: entry.kind for entry in api.entries(section)}
    pictures = {name for name, takes in described.items() if "png" in takes}
    films = {name for name, takes in described.items() if "films" in takes}
    assert set(described) == set(ExportOptions.__annotations__)
    assert pictures == set(inspect.signature(draw).parameters) - {"timeline", "on"}
    assert films == set(inspect.signature(film).parameters) - {"timeline", "progress"}


def _parameters(thing: Any) -> list[inspect.Parameter]:
    return list(inspect.signature(thing).parameters.values())


def _spelled(parameter: inspect.Parameter) -> str:
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    return stars.get(parameter.kind, "") + parameter.name
