"""YAML as a tree of plain texts whose places in the file are remembered.

Everything in a script is a text until a record reads it: `no` is the word no, `2017-11-17` is what
stands there, and a date that does not exist can be shown to its author as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml._yaml import CParser

from replay.foundation.errors import Problem, ScenarioError, SourceSpan
from replay.script.input_limits import SIX, TOO_DEEP, refuse
from replay.script.lines import excerpt, located, yaml_mark_of
from replay.script.text_file import read_text
from replay.script.yaml_errors import slip

Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"]
Path_: TypeAlias = tuple[str | int, ...]


class _Composer(CParser):
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

    def spot(self, path: Path_, key: bool = False) -> SourceSpan:
        """Where the value at a path stands, or its key; as deep as the path is found."""
        node, mark = self.root, self.root.start_mark
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            mark = (found[0] if key and found[0] is not None else found[1]).start_mark
            node = found[1]
        return SourceSpan(self.file, mark.line + 1, mark.column + 1)

    def excerpt(self, spot: SourceSpan) -> str | None:
        """The line of the file at a spot."""
        return excerpt(self.text, spot.line)

    def problem(
        self, code: str, message: str, path: Path_, hint: str | None = None, key: bool = False
    ) -> Problem:
        """A problem located at a path of this file."""
        spot = self.spot(path, key)
        return Problem(code, message, spot, hint, self.excerpt(spot))


def read_tree(path: Path, shown: str) -> Tree:
    """Read one file. `shown` is its name in messages. Raises ScenarioError E101 to E106, E202."""
    text = read_text(path, shown)
    refuse(text, shown)
    doubled: list[list[tuple[Any, Any]]] = []
    try:
        node = _Composer(text).get_single_node()
        value = _plain(node, doubled) if node is not None else ""
    except yaml.YAMLError as error:
        raise ScenarioError([slip(error, text, shown)]) from None
    except RecursionError:
        raise ScenarioError([Problem("E105", TOO_DEEP, SourceSpan(shown, 1, 1), SIX)]) from None
    if node is None or value == "":
        raise ScenarioError([Problem("E104", "the file is empty", SourceSpan(shown, 1, 1), _BEGIN)])
    if not isinstance(value, dict):
        what = "the file must consist of keys with values"
        raise ScenarioError(
            [located("E104", what, text, shown, yaml_mark_of(node.start_mark), _BEGIN)]
        )
    if doubled:
        raise ScenarioError([_doubled(shown, text, pairs) for pairs in doubled])
    return Tree(shown, text, node, value)


_BEGIN = "begin with a line like `scenario: my-campaign`; `replay new FOLDER` writes an example"


def _plain(node: Any, doubled: list[list[tuple[Any, Any]]]) -> Any:
    """The texts of a node. Of each mapping with keys given twice (or that are no words) the keys
    are collected, with the node that gave them first (or none)."""
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
        key.value if type(key) is yaml.ScalarNode else _no_word(key, doubled): (
            item.value if type(item) is yaml.ScalarNode else _plain(item, doubled)
        )
        for key, item in pairs
    }
    if len(found) < len(pairs):
        seen: dict[Any, Any] = {}
        again = []
        for key, _ in pairs:
            if type(key) is yaml.ScalarNode and seen.setdefault(key.value, key) is not key:
                again.append((seen[key.value], key))
        doubled += [again] if again else []
    return found


def _no_word(key: Any, doubled: list[list[tuple[Any, Any]]]) -> str:
    doubled.append([(None, key)])
    return f"key {len(doubled)}"


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """Key node and value node of one step down, or None."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == step:
                return key, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _doubled(shown: str, text: str, pairs: list[tuple[Any, Any]]) -> Problem:
    """The keys of one mapping that are given twice: where a dash is missing, they all are."""
    first, again = pairs[0]
    at = yaml_mark_of(again.start_mark)
    if first is None:
        hint = "a text that begins with [ or { needs quotation marks"
        return located("E204", "a key must be one word, not a list", text, shown, at, hint)
    what = f"{again.value!r} is given twice"
    if len(pairs) > 1:
        what = f"{again.value!r} and {len(pairs) - 1} more keys are given twice"
    line = yaml_mark_of(first.start_mark)[0]
    hint = f"it is also in line {line}; keep one"
    if at[1] > 1:
        hint += ", or put `- ` before the first key of a new item"
    else:
        hint += " and put both parts below it"
    return located("E202", what, text, shown, at, hint)


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
