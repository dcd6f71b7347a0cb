"""A scenario as the YAML that a careful author would write: what `load` reads back as equal.

PyYAML lays the text out. Every scalar of a script is a text until a record reads it, so none is
quoted because YAML would take it for a number or a date. Comments are not part of a scenario: to
change a file that somebody wrote by hand, edit its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from replay.foundation.files import write_text
from replay.model import Scenario
from replay.script.plain_data import fields_of

WIDTH = 100
"""Columns of the file. A record that fits into one line is written in one."""
LAST = ("summary", "tallies", "claims", "note")
"""Keys that come after all others in a record, in this order: what it is, then who says so."""
SENTENCE_KEYS = ("summary", "note", "reason", "quote")
"""Keys whose texts are sentences: a record with one of them is written key by key."""


class _Dumper(yaml.SafeDumper):
    """Writes every scalar as the text that it is."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def ignore_aliases(self, data: Any) -> bool:
        return True  # what occurs twice is written twice, as scripts have no anchors

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # a list stands deeper than its key


def write(scenario: Scenario, path: str | Path) -> Path:
    """Write a scenario as one script, whole or not at all; `replay.load` reads back equal records.

    Parameters
    ----------
    scenario : Scenario
        Any scenario. Comments of its files are not part of it. What it refers to by file (tables,
        the geography, texts of sources) is not copied.
    path : str or Path
        The YAML file to write, best in the folder of the scenario, so that its files are found.

    Returns
    -------
    Path
        The path that was written.

    Raises
    ------
    UsageError
        U506 if the path cannot be written.

    See also
    --------
    docs/python.md : scenarios in Python.

    Example
    -------
    >>> import tempfile
    >>> import replay
    >>> small = replay.scenario({"scenario": "small", "title": "A small one",
    ...     "window": "2001-05-01/2001-05-12",
    ...     "sides": [{"id": "blue", "name": "Blue", "letter": "B"}]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     replay.load(replay.write(small, f"{folder}/small.yaml")).title
    'A small one'
    """
    path = Path(path)
    write_text(path, yaml_text(scenario))
    return path


def yaml_text(scenario: Scenario) -> str:
    """The scenario as YAML, a section after the other, each of its records as short as it reads."""
    return "\n".join(_sections(fields_of(scenario)))


def _sections(data: Mapping[str, Any]) -> Iterator[str]:
    head = {key: value for key, value in data.items() if value != [] and not _records(value)}
    yield _dumped(head)
    for key, value in data.items():
        if _records(value):
            yield _dumped({key: value})


def _records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, Mapping) for item in value)


def lines_of(value: Any, flow: bool = False) -> list[str]:
    """Plain data as lines of YAML; `flow` puts it into one line, in brackets."""
    node = _node(value)
    if flow:
        _put_in_one_line(node)
    elif isinstance(node, yaml.CollectionNode):
        node.flow_style = isinstance(node, yaml.SequenceNode) and not _records(value)
    text = yaml.serialize(
        node,
        Dumper=_Dumper,
        width=10**6 if flow else WIDTH,
        allow_unicode=True,
        indent=2,
        line_break="\n",
    )
    assert isinstance(text, str)
    return text.removesuffix("...\n").rstrip("\n").split("\n")


def _dumped(data: Mapping[str, Any]) -> str:
    return "\n".join(lines_of(data)) + "\n"


def _node(value: Any) -> yaml.Node:
    if isinstance(value, Mapping):
        order = sorted(value, key=lambda key: LAST.index(key) if key in LAST else -1)
        pairs = [(_scalar(str(key)), _node(value[key])) for key in order]
        sentences = any(key in SENTENCE_KEYS for key in value)
        flow = not sentences and _one_line(value)
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow)
    if isinstance(value, list):
        if len(value) == 1 and not isinstance(value[0], Mapping | list):
            return _node(value[0])  # a list of one is written without its brackets
        items = [_node(item) for item in value]
        flow = not _records(value) and _one_line(value)
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=flow)
    return _scalar(str(value))


def _put_in_one_line(node: yaml.Node) -> None:
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = True
        for part in node.value:
            for inner in part if isinstance(part, tuple) else (part,):
                _put_in_one_line(inner)


def _scalar(text: str) -> yaml.ScalarNode:
    # A text of several lines is quoted: a block would lose the blanks at the ends of its lines.
    style = '"' if "\n" in text or "\t" in text else None
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


def _one_line(value: Any) -> bool:
    """Whether a value has room in one line of its own, some columns in."""
    return len(_spelled(value)) <= WIDTH - 12 and "\n" not in _spelled(value)


def _spelled(value: Any) -> str:
    """About as long as the value in flow style."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_spelled(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_spelled(item) for item in value) + "]"
    return str(value)
