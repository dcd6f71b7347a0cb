"""The JSON Schema for editors takes every script that the program takes, and sees misspelled keys."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml
from example_scripts import BLOCK, DOCS, ROOT, EditorLoader, whole_scripts
from jsonschema import Draft202012Validator

from replay.model.assertions import VERBS
from replay.script.schema import script_schema


@cache
def schema() -> Draft202012Validator:
    made = script_schema()
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def errors(data: Any) -> list[str]:
    """What is wrong with data: the path and the message of each error."""
    return [f"{list(e.path)}: {e.message[:120]}" for e in schema().iter_errors(data)]


def read(text: str) -> Any:
    """A script as an editor reads it; a list stands for the events of one."""
    data = yaml.load(text, EditorLoader)
    return {"events": data} if isinstance(data, list) else data


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").rglob("*.yaml")), ids=str)
def test_the_schema_takes_every_shipped_file(path: Any) -> None:
    assert errors(read(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("name", "files"), [pytest.param(*one, id=one[0]) for one in whole_scripts()]
)
def test_the_schema_takes_every_example_that_loads(name: str, files: dict[str, str]) -> None:
    for text in files.values():
        assert errors(read(text)) == []


@pytest.mark.parametrize("page", sorted(p for p in DOCS.glob("*.md")), ids=lambda p: p.name)
def test_the_schema_takes_every_block_of_the_docs(page: Any) -> None:
    for block in BLOCK.findall(page.read_text("utf-8")):
        assert errors(read(block)) == [], block


SIDES: dict[str, Any] = {"sides": [{"id": "a", "name": "A", "letter": "A"}]}
WRONG: dict[str, Any] = {
    "a key of the scenario": {"titel": "A"},
    "a key of a side": {"sides": [{**SIDES["sides"][0], "color": "red"}]},
    "a key of an event": {"events": [{"type": "capture", "plaec": "town"}]},
    "a type of event": {"events": [{"type": "capturd"}]},
    "a verb": {"statements": [{"asserts": {"says": "hold"}}]},
    "a key of a statement": {"statements": [{"assert": {"says": "holds"}}]},
    "a separator": {"tables": [{"separator": "dot"}]},
    "a flag": {"places": [{"id": "a", "name": "A", "context": "yes"}]},
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG.keys())
def test_the_schema_sees_what_is_misspelled(data: Any) -> None:
    assert errors(SIDES) == []
    assert errors(data)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_schema_sees_a_misspelled_key_of_every_verb(verb: str) -> None:
    known = {"id": "s", "cite": "paper p1", "summary": "S."}
    [found] = errors({"statements": [{**known, "asserts": {"says": verb, "plaec": "town"}}]})[:1]
    assert "asserts" in found
