"""YAML as a tree of plain texts whose places in the file are remembered.

Everything in a script is a text until a record reads it: `no` is the word no, `2017-11-17` is what
stands there, and a date that does not exist can be shown to its author as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.cyaml import CParser

from replay.problems import Problem, Problems, Spot

Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"]
Path_: TypeAlias = tuple[str | int, ...]

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; more than a hundred thousand events, which belong into a table."""
DEEPEST = 40
"""Levels of nesting; a script needs six."""


class _Composer(CParser):  # type: ignore[misc]
    """libyaml's composer without YAML's guesses about what a plain word means."""

    def __init__(self, stream: str) -> None:
        CParser.__init__(self, stream)

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return "tag:replay"

    def descend_resolver(self, node: Any, index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Tree:
    """One file of a script: its content as plain texts, and where everything stands."""

    file: str
    text: str
    root: Any
    value: dict[str, Plain]

    def spot(self, path: Path_, key: bool = False) -> Spot:
        """Where the value at a path stands, or its key; as deep as the path is found."""
        node, mark = self.root, self.root.start_mark
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            mark = (found[0] if key and found[0] is not None else found[1]).start_mark
            node = found[1]
        return Spot(self.file, mark.line + 1, mark.column + 1)

    def excerpt(self, spot: Spot) -> str:
        """The line of the file at a spot."""
        return line_of(self.text, spot.line)

    def problem(
        self, code: str, message: str, path: Path_, hint: str | None = None, key: bool = False
    ) -> Problem:
        """A problem located at a path of this file."""
        spot = self.spot(path, key)
        return Problem(code, message, spot, hint, self.excerpt(spot))


def read_tree(path: Path, shown: str) -> Tree:
    """Read one file. `shown` is its name in messages. Raises Problems E101 to E106 and E202."""
    text = _read(path, shown)
    _refuse_depth(text, shown)
    if "&" in text or "*" in text:
        _refuse_anchors(text, shown)
    try:
        node = _Composer(text).get_single_node()
    except yaml.YAMLError as error:
        raise Problems([_yaml_problem(error, text, shown)]) from None
    except RecursionError:
        raise Problems([_too_deep(shown)]) from None
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        raise Problems([Problem("E104", f"{shown} is empty", hint=_BEGIN)])
    if not isinstance(node, yaml.MappingNode):
        spot = Spot(shown, node.start_mark.line + 1, node.start_mark.column + 1)
        what = "is not a mapping of keys to values"
        raise Problems([Problem("E104", what, spot, _BEGIN, line_of(text, spot.line))])
    doubled: list[tuple[Any, Any]] = []
    value = _plain(node, doubled)
    if doubled:
        raise Problems([_doubled(shown, text, first, again) for first, again in doubled])
    assert isinstance(value, dict)
    return Tree(shown, text, node, value)


_BEGIN = "begin with a line such as `scenario: my-campaign`; `replay new FOLDER` writes an example"


def _plain(node: Any, doubled: list[tuple[Any, Any]]) -> Any:
    """The texts of a node. Keys given twice are collected, with the node that gave them first."""
    kind = type(node)
    if kind is yaml.ScalarNode:
        return node.value
    if kind is yaml.SequenceNode:
        return [
            item.value if type(item) is yaml.ScalarNode else _plain(item, doubled)
            for item in node.value
        ]
    pairs = node.value
    found = {
        key.value if type(key) is yaml.ScalarNode else _spell_key(key): (
            item.value if type(item) is yaml.ScalarNode else _plain(item, doubled)
        )
        for key, item in pairs
    }
    if len(found) < len(pairs):
        seen: dict[Any, Any] = {}
        for key, _ in pairs:
            name = key.value if type(key) is yaml.ScalarNode else _spell_key(key)
            if name in seen:
                doubled.append((seen[name], key))
            seen[name] = key
    return found


def _spell_key(node: Any) -> str:
    return f"(line {node.start_mark.line + 1}: a key that is no word)"


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """Key node and value node of one step down, or None."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == step:
                return key, value
    elif isinstance(node, yaml.SequenceNode):
        if isinstance(step, int) and step < len(node.value):
            return None, node.value[step]
    return None


def _read(path: Path, shown: str) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            hint = "many events of one type belong into a table (see docs/script.md)"
            raise Problems([Problem("E105", f"{shown} is larger than 64 MiB", hint=hint)])
        data = path.read_bytes()
    except OSError as error:
        raise Problems(
            [Problem("E101", f"cannot read {shown}: {error.strerror or error}")]
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        hint = "save the file as UTF-8"
        what = f"byte {data[error.start]:#04x} is not UTF-8 text"
        raise Problems([Problem("E102", what, Spot(shown, line, column), hint)]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Problems([Problem("E102", "is a binary file, not a text", Spot(shown, line, 1))])
    return text


def _refuse_depth(text: str, shown: str) -> None:
    """Refuse nesting that no script needs before a recursive parser meets it."""
    deep = re.search(rf"^ {{{DEEPEST * 8}}}|(?:[-?:][ \t]+){{{DEEPEST}}}", text, re.M)
    if deep is None and text.count("[") + text.count("{") > DEEPEST:
        depth = 0
        for match in re.finditer(r"[\[\]{}]", text):
            depth = max(0, depth + (1 if match[0] in "[{" else -1))
            if depth > DEEPEST:
                deep = match
                break
    if deep is not None:
        line = text.count("\n", 0, deep.start()) + 1
        raise Problems([_too_deep(shown, line)])


def _too_deep(shown: str, line: int = 1) -> Problem:
    what = f"is nested deeper than {DEEPEST} levels"
    return Problem("E105", what, Spot(shown, line, 1), "a script needs about six levels")


def _refuse_anchors(text: str, shown: str) -> None:
    problems = []
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if getattr(event, "anchor", None) is not None:
                mark = event.start_mark
                spot = Spot(shown, mark.line + 1, mark.column + 1)
                hint = "write it out; if & or * is part of a text, put the text into quotes"
                what = f"{event.anchor!r} is a YAML anchor or alias"
                problems.append(Problem("E106", what, spot, hint, line_of(text, spot.line)))
                if len(problems) == 20:
                    break
    except yaml.YAMLError:
        return  # reported by the composer, with its place
    if problems:
        raise Problems(problems)


def _doubled(shown: str, text: str, first: Any, again: Any) -> Problem:
    spot = Spot(shown, again.start_mark.line + 1, again.start_mark.column + 1)
    earlier = first.start_mark.line + 1
    name = again.value if isinstance(again, yaml.ScalarNode) else "this key"
    what, hint = f"{name!r} is given twice", f"it stands in line {earlier} already; keep one"
    return Problem("E202", what, spot, hint, line_of(text, spot.line))


def _yaml_problem(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    hint = None
    if "multiple" in str(error) or "document" in str(what):
        hint = "one file is one document: remove the line '---'"
    elif "character" in str(what):
        hint = "indent with spaces, not tabs; put a text with : or # or quotes into quotation marks"
    elif "mapping values" in str(what) or "expected" in str(what) or "key" in str(what):
        hint = "look at the indentation; put a text with a colon in it into quotation marks"
    if mark is None:
        return Problem("E103", f"{shown}: {what}", hint=hint)
    line = min(mark.line + 1, text.count("\n") + 1)
    spot = Spot(shown, line, mark.column + 1)
    return Problem("E103", str(what), spot, hint, line_of(text, line))


@lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def line_of(text: str, line: int) -> str:
    """A line of a text, counted from 1; empty past its end."""
    lines = _lines(text)
    return lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""


def leaves(value: Plain, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text of a tree with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
