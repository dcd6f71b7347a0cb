"""The JSON Schema of the script, made from the records: completion and hover in an editor."""

from __future__ import annotations

from typing import Any

from replay.events import EVENT_TYPES
from replay.model import Scenario
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
    choices = [_event(name, cls, definitions) for name, cls in sorted(EVENT_TYPES.items())]
    by_type = [
        {"if": {"properties": {"type": {"const": name}}}, "then": schema}
        for (name, _), schema in zip(sorted(EVENT_TYPES.items()), choices, strict=True)
    ]
    kinds = {"enum": sorted(EVENT_TYPES)}
    event = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": kinds},
        "allOf": by_type,
    }
    head = Scenario.model_json_schema(ref_template="#/$defs/{model}")
    definitions.update(head.pop("$defs", {}))
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


def _event(name: str, cls: type[Any], definitions: Json) -> Json:
    schema = _schema(cls, definitions)
    schema["properties"]["type"] = {"const": name}
    return schema


def _list_of(item: Json) -> Json:
    return {"type": "array", "items": item}
