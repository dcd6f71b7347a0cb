"""Edits to a script that somebody wrote by hand: only the lines that change are touched.

PyYAML knows where each value begins and ends; the new text is put there, so that comments, order
and layout stay, and a diff shows just the edit. A library that keeps comments (ruamel.yaml) lays
the whole file out anew, which is more than a careful person would change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from replay.foundation.errors import UsageError, did_you_mean
from replay.script.plain_data import plain_data
from replay.script.yaml_writer import lines_of


def with_value(text: str, section: str, name: str, key: str, value: Any) -> str:
    """The text of a file where a record's key has another value, or one that it did not have.

    `name` is the id of the record; `value` is what `replay.scenario` takes. None removes the key.
    Raises UsageError U502 where the file has no such record.
    """
    record = _record(text, section, name)
    pair = next((pair for pair in record.value if pair[0].value == key), None)
    if value is None:
        return text if pair is None else _without(text, record, pair)
    if record.flow_style:
        written = lines_of({key: plain_data(value)}, flow=True)[0][1:-1]
        if pair is not None:
            return _spliced(text, pair[0].start_mark.index, pair[1].end_mark.index, written)
        end = record.end_mark.index - 1
        return _spliced(text, end, end, f", {written}")
    lines = lines_of({key: plain_data(value)})
    indent = " " * record.start_mark.column
    written = f"\n{indent}".join(lines)
    if pair is not None:
        return _spliced(text, pair[0].start_mark.index, _end(text, pair[1]), written)
    last = _end(text, record.value[-1][1])
    last = text.find("\n", last) if "\n" in text[last:] else len(text)  # after a comment there
    return _spliced(text, last, last, f"\n{indent}{written}")


def with_record(text: str, section: str, record: Mapping[str, Any]) -> str:
    """The text of a file with one more record at the end of a section, which may be new."""
    lines = lines_of([plain_data(record)])
    found = _section(text, section)
    if found is None or not found.value:
        body = "".join(f"  {line}\n" for line in lines)
        return f"{text.rstrip()}\n\n{section}:\n{body}".lstrip()
    last = found.value[-1]
    indent = " " * found.start_mark.column
    end = _end(text, last)
    end = text.find("\n", end) if "\n" in text[end:] else len(text)
    return _spliced(text, end, end, "".join(f"\n{indent}{line}" for line in lines))


def without_record(text: str, section: str, name: str) -> str:
    """The text of a file without a record. Raises UsageError U502 where there is none."""
    record = _record(text, section, name)
    start = text.rfind("\n", 0, record.start_mark.index) + 1
    end = text.find("\n", _end(text, record))
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def _section(text: str, section: str) -> yaml.SequenceNode | None:
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = tree.value if isinstance(tree, yaml.MappingNode) else []
    found = next((node for key, node in pairs if key.value == section), None)
    return found if isinstance(found, yaml.SequenceNode) else None


def _record(text: str, section: str, name: str) -> yaml.MappingNode:
    records = getattr(_section(text, section), "value", [])
    ids = {}
    for record in records:
        if isinstance(record, yaml.MappingNode):
            ids.update({v.value: record for k, v in record.value if k.value == "id"})
    if name not in ids:
        what = f"there is no {name!r} under `{section}:` in this file"
        raise UsageError("U502", what, did_you_mean(name, ids) or "name a record in this file")
    return ids[name]


def _end(text: str, node: yaml.Node) -> int:
    """Where a value ends, without the blank lines and comments that PyYAML counts to a block."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _without(text: str, record: yaml.MappingNode, pair: tuple[yaml.Node, yaml.Node]) -> str:
    start, end = pair[0].start_mark.index, _end(text, pair[1])
    if record.flow_style:
        later = text[end:]
        if later.lstrip().startswith(","):
            comma = end + later.index(",") + 1
            return text[:start] + text[comma:].lstrip(" ")
        return text[:start].rstrip(" ,") + later
    line = text.rfind("\n", 0, start) + 1
    close = text.find("\n", end)
    close = len(text) if close < 0 else close + 1
    if text[line:start].strip() == "-":  # the first key of a record stands behind the dash
        following = text[close:].lstrip(" ")
        return text[:start] + following
    return text[:line] + text[close:]


def _spliced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]
