"""The JSON Schema of the script, made from the records: completion and hover in an editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from replay.events import EVENT_TYPES
from replay.model import Scenario
from replay.model.assertions import VERBS
from replay.script.load import SECTIONS

Json = dict[str, Any]


def script_schema() -> Json:
    """One schema for a scenario's main file and for the files that it includes.

    Which keys are required is left to `replay check`, since they may stand in any of the files.
    """
    definitions: Json = {}
    sections: Json = {}
    for name, cls in SECTIONS.items():
        sections[name] = _list_of(_schema(cls, definitions))
    event = _by_name("type", EVENT_TYPES, definitions)
    head = Scenario.model_json_schema(ref_template="#/$defs/{model}")
    definitions.update(head.pop("$defs", {}))
    definitions["Assertion"] = _by_name("says", VERBS, definitions)
    own = {
        name: value
        for name, value in head["properties"].items()
        if name not in SECTIONS and name not in ("events", "folder", "columns", "variants")
    }
    files = {"description": "Further files of the scenario.", "items": {"type": "string"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of campaign-replay",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **own,
            "include": {"type": ["array", "string"], **files},
            **sections,
            "events": _list_of(event),
        },
        "$defs": definitions,
    }


def _schema(cls: type[Any], definitions: Json) -> Json:
    schema: Json = cls.model_json_schema(ref_template="#/$defs/{model}")
    definitions.update(schema.pop("$defs", {}))
    return schema


def _by_name(key: str, classes: Mapping[str, type[Any]], definitions: Json) -> Json:
    """A record whose class one of its keys names: the type of an event, the verb of a statement."""
    choices = []
    for name, cls in sorted(classes.items()):
        schema = _schema(cls, definitions)
        schema["properties"][key] = {"const": name}
        choices.append({"if": {"properties": {key: {"const": name}}}, "then": schema})
    return {
        "type": "object",
        "required": [key],
        "properties": {key: {"enum": sorted(classes)}},
        "allOf": choices,
    }


def _list_of(item: Json) -> Json:
    return {"type": "array", "items": item}
