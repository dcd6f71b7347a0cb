"""The page docs/json.md and the files of docs/schemas."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from .commands import COMMANDS, Shape
from .export import EXPORT
from .parts import COMMON, Schema

FOLDER = Path(__file__).parents[1] / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SHAPES: dict[str, Shape] = COMMANDS | {"export": EXPORT}


def schema_files() -> dict[str, str]:
    """The JSON Schemas by the name of their file."""
    files: dict[str, Schema] = {
        "common.json": {"description": "Parts that shapes share.", "$defs": COMMON}
    }
    for name, shape in SHAPES.items():
        files[f"{name}.json"] = {"title": command(name, shape)} | shape.schema
    return {
        name: json.dumps({"$schema": DIALECT, "$id": name} | schema, indent=1, ensure_ascii=False)
        + "\n"
        for name, schema in files.items()
    }


def command(name: str, shape: Shape) -> str:
    """What to type for a shape."""
    return shape.printed_by + ("" if name == "export" else " --json")


INTRODUCTION = """\
With `--json` a command prints one JSON object instead of text. These are the shapes, each with a
JSON Schema in [schemas/](schemas/): no other key occurs. A new version may add keys; CHANGELOG.md
says so.

Ids are those of the script. Dates are EDTF. Numbers have `low`, `best` and `high`, null if open.
Every mark is `certain`, `possible` (dates allow another value) or `disputed` (sources differ)."""


def json_page() -> str:
    """docs/json.md without its first line."""
    parts = ["# JSON", INTRODUCTION]
    for name, shape in SHAPES.items():
        parts.append(
            f"## {name}\n\n`{command(name, shape)}` · [schema](schemas/{name}.json)\n\n{shape.told}"
        )
        parts += _keys_of(shape.schema)
    parts.append("## Parts\n\nThe schema of these parts is [common.json](schemas/common.json).")
    for name, schema in sorted(COMMON.items()):
        parts.append(f"### Part {name}\n\n{schema['description']}")
        parts += _keys_of(schema)
    return "\n\n".join(parts) + "\n"


def _keys_of(schema: Schema) -> Iterator[str]:
    """A table of the keys of an object, or one for each form that it can have."""
    for one in schema.get("anyOf", ()):
        if "$ref" in one or "properties" in one or one.get("anyOf"):
            yield from [_kind(one)] if "$ref" in one else _keys_of(one)
    if "properties" not in schema:
        return
    rows = ["| key | | |", "| --- | --- | --- |"]
    for name, inner in schema["properties"].items():
        optional = "" if name in schema["required"] else " (not always)"
        rows.append(f"| `{name}`{optional} | {_kind(inner)} | {inner.get('description', '')} |")
    yield "\n".join(rows)


def _kind(schema: Schema) -> str:
    """What a value is, in a word or two."""
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        shared = schema["$ref"].startswith("common")
        return f"[{name}](#part-{name})" if shared else name.lower()
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(_kind, schema["anyOf"])))
    kind = schema.get("type")
    if isinstance(kind, list):
        return " or ".join(map(str, kind))
    if kind == "array":
        return f"list of {_kind(schema['items'])}"
    if kind == "object" and isinstance(inner := schema.get("additionalProperties"), dict):
        return f"by id or name: {_kind(inner)}"
    if "properties" in schema:
        return f"object: {', '.join(f'`{key}`' for key in schema['properties'])}"
    return str(kind or "any value")


def write_schemas() -> None:
    """Write docs/schemas."""
    for name, schema in schema_files().items():
        (FOLDER / name).write_text(schema, "utf-8")
        print(f"docs/schemas/{name}", file=sys.stderr)
