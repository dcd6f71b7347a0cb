"""Records that were not read from files: plain data made in Python, or those of a scenario.

They take the way that a file takes. What is wrong is located by the path of the record, such as
`events[3].claims[1].date`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from replay.foundation.errors import Problem, ScenarioError, SourceSpan
from replay.model import Citation, Record
from replay.model.fields import INHERITED, Inherited
from replay.script.assemble import Assembled, FilePlace
from replay.script.tree import Path_, Tree

NO_LINE = 0
"""The line of a spot that is in no file."""


@dataclass(frozen=True, slots=True)
class DataTree(Tree):
    """Data instead of a file: a spot in it is the path of a record."""

    def spot(self, path: Path_, key: bool = False) -> SourceSpan:
        return SourceSpan(spell_path(path), NO_LINE, NO_LINE)

    def excerpt(self, spot: SourceSpan) -> str | None:
        return None


def spell_path(path: Path_) -> str:
    """A path as Python would spell it.

    >>> spell_path(("events", 3, "claims", 1, "date"))
    'events[3].claims[1].date'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".") or "the scenario"


def assemble_data(data: object, lists: frozenset[str]) -> Assembled:
    """Data as if a file had held it; `lists` are the keys of lists of records.

    Raises ScenarioError where it is not made of keys and values.
    """
    if not isinstance(data, Mapping):
        what = f"a scenario must be a mapping of keys to values, not {type(data).__name__}"
        hint = 'write {"scenario": "my-campaign", "title": …}'
        raise ScenarioError(
            [Problem("E104", what, SourceSpan(spell_path(()), NO_LINE, NO_LINE), hint)]
        )
    tree = DataTree("", "", None, plain_data(data))
    done = Assembled(tree)
    for name, value in tree.value.items():
        if name in lists and isinstance(value, list):
            done.items[name] = [(item, FilePlace(tree, (name, n))) for n, item in enumerate(value)]
        elif name in lists:
            what = f"{name!r} takes a list"
            raise ScenarioError([tree.problem("E204", what, (name,), "put its items in [ ]")])
        else:
            done.values[name] = (value, FilePlace(tree, (name,)))
    return done


def plain_data(value: Any) -> Any:
    """A value as a script would hold it; what a record has read already stays as it is.

    Keys that are None are left out. Records are taken apart, so that they are checked again.
    """
    match value:
        case Record():
            return {**fields_of(value), **plain_data(value.model_extra or {})}
        case Inherited():
            return INHERITED
        case Citation() | str():
            return value
        case bool():
            return "true" if value else "false"
        case Integral():
            return str(int(value))
        case Real():
            return f"{float(value):.9f}".rstrip("0").rstrip(".")
        case datetime.date():
            return value.isoformat()
        case Mapping():
            return {str(k): plain_data(item) for k, item in value.items() if item is not None}
        case list() | tuple():
            return [plain_data(item) for item in value]
    return value


def fields_of(record: Record) -> dict[str, Any]:
    """What a record says, by the keys of a script."""
    fields = type(record).model_fields
    named = ((fields[n].alias or n, getattr(record, n)) for n in fields if n in _said(record))
    return {key: plain_data(value) for key, value in named if value is not None}


def _said(record: Record) -> set[str]:
    """The fields that were given and that a script can give."""
    fields = type(record).model_fields
    return {name for name in record.model_fields_set if name in fields and not fields[name].exclude}
