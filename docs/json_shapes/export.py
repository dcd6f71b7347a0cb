"""The shape of the export `.json`: records by their classes, and what the lens makes of them."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any

from replay.events import EVENT_TYPES
from replay.foundation.edtf import Date
from replay.model import Record, Scenario
from replay.model.assertions import VERBS
from replay.model.fields import Citation
from replay.model.state import Range
from replay.model.things import Place, Statement

from . import parts
from .commands import DISPUTE, Shape
from .parts import (
    NULL,
    TEXT,
    Schema,
    a,
    flag,
    keys,
    many,
    maybe,
    number,
    text,
)


def record(cls: type[Record], leave_out: tuple[str, ...] = ()) -> Schema:
    """The shape of a record: every field by the name that the script gives it."""
    shown = {n: f for n, f in cls.model_fields.items() if not f.exclude and n not in leave_out}
    return keys({f.alias or n: written(f.annotation) for n, f in shown.items()})


def written(annotation: Any) -> Schema:
    """The shape of a value of a record, by its type."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return written(inner[0])
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [written(type_) for type_ in inner]}
    if origin is typing.Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": "array", "items": written(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": written(inner[1])}
    if annotation in _WRITTEN:
        return dict(_WRITTEN[annotation])
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return {"$ref": f"#/$defs/{annotation.__name__}"}
    return {}


_WRITTEN: dict[Any, Schema] = {
    str: TEXT,
    Date: TEXT,
    Citation: TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Range: {"$ref": "common.json#/$defs/range"},
    type(None): NULL,
}


def _records(*schemas: Schema) -> dict[str, Schema]:
    """The shapes of all records that some shapes refer to."""
    found: dict[str, Schema] = {}
    waiting = [*schemas]
    classes = {cls.__name__: cls for cls in _subclasses(Record)}
    while waiting:
        for name in _referred(waiting.pop()):
            if name not in found and name in classes:
                found[name] = record(classes[name])
                waiting.append(found[name])
    return dict(sorted(found.items()))


def _subclasses(cls: type[Record]) -> Iterator[type[Record]]:
    for below in cls.__subclasses__():
        yield below
        yield from _subclasses(below)


def _referred(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if str(schema.get("$ref", "")).startswith("#/$defs/"):
            yield schema["$ref"].removeprefix("#/$defs/")
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from _referred(one)


def _event(name: str, cls: type[Record]) -> Schema:
    """An event of a type: what the script says, and what the lens makes of it."""
    shape = record(cls)
    shown = shape["properties"] | {
        "type": {"const": name},
        "by": many("Ids of the actors.", TEXT),
        "on": maybe("When it took effect, as the lens shows it: EDTF."),
        "sentence": text("The event as a sentence."),
        "claims": many("The admitted claims.", {"$ref": "#/$defs/claim"}),
    }
    return keys(shown)


def _claim() -> Schema:
    said = {k: parts.CLAIM[k] for k in ("source", "locator", "reporter", "via", "reported")}
    return keys(
        said
        | {
            "denies": flag("Whether it says that the event did not happen."),
            "silent": many("Fields that it does not mention.", TEXT),
            "credibility": number("1 to 6; null without one.", null=True, whole=True),
            "note": maybe("The author's note."),
            "against": flag("Whether it is one of those that do not rank first."),
            "date": maybe("The date that it gives the event: EDTF."),
            "says": {"description": "The fields that it gives itself.", "type": "object"},
        },
        {"inherited_from": parts.NOTED["inherited_from"]},
    )


def export_schema() -> Schema:
    """The shape of the export `.json`."""
    scenario = record(Scenario, ("events", "statements"))
    scenario["properties"]["places"] = {"type": "array", "items": {"$ref": "#/$defs/PlaceShown"}}
    statement = record(Statement)
    statement["properties"]["asserts"] = {"anyOf": [*map(record, VERBS.values()), NULL]}
    judged = {
        "kind": text("Whether it is evidence of its own.", "independent", "restates"),
        "verdict": text("What the replay says.", "supported", "contradicted", "undecidable"),
        "because": many("The claims that decide.", "rival_claim"),
    }
    events = {"anyOf": [_event(name, cls) for name, cls in sorted(EVENT_TYPES.items())]}
    marked = keys(
        {
            "value": a("state_value", "The value."),
            "mark": parts.MARK,
            "could": many("What it could be instead.", "state_value"),
        }
    )
    key = parts.COMMON["key"]["properties"]
    change = keys(
        {
            "order": number("Its number in the log, from 0.", whole=True),
            "tick": number("The step, from 0.", whole=True),
            "date": text("When it counts from: EDTF."),
            **key,
            "before": {"$ref": "#/$defs/marked"},
            "after": {"$ref": "#/$defs/marked"},
            "event": text("The id of the event."),
            "claim": number("Which of its claims, from 0.", null=True, whole=True),
            "basis": text("", "documented", "interpolated"),
        }
    )
    place = record(Place)
    where = {
        "lon": number("Degrees."),
        "lat": number("Degrees."),
        "radius_km": number("How far off."),
    }
    position = keys(where | {"kind": text("estimated, gazetteer, ring …")})
    place = keys(
        place["properties"]
        | {
            "written": place["properties"]["position"],
            "position": {"description": "As computed.", "anyOf": [position, NULL]},
        }
    )
    shape = keys(
        {
            "scenario": scenario,
            "lens": keys({"name": TEXT, "summary": TEXT}),
            "known_on": parts.QUESTION["known_on"],
            "events": many("Events with a date, in documented order.", {"$ref": "#/$defs/event"}),
            "undated": many("Events without a date.", {"$ref": "#/$defs/event"}),
            "changes": many("The log.", {"$ref": "#/$defs/change"}),
            "disputes": many("Each disputed value.", keys(key | DISPUTE)),
            "statements": many("", keys(statement["properties"] | judged)),
            "tallies": many("Numbers on the last day.", "tally"),
        },
        parts.LEFT_OUT,
    )
    own = {
        "event": events,
        "claim": _claim(),
        "change": change,
        "marked": marked,
        "PlaceShown": place,
    }
    return shape | {"$defs": _records(shape, own) | own}


EXPORT = Shape(
    "replay export SCENARIO -o FILE.json",
    "The whole replay: the scenario as it is written, events with their claims, changes, disputes. "
    "A record has the keys of the script ([script.md](script.md)); what is not said is null.",
    export_schema(),
)
