"""References of what is no valid record for other reasons: all errors are told at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from replay.events import EVENT_TYPES
from replay.foundation.errors import Problem
from replay.model import Event, Record
from replay.model.event import EVERYWHERE
from replay.model.fields import is_id
from replay.script.assemble import FilePlace
from replay.script.references import Named, plan, unknown
from replay.script.tree import Path_, Plain
from replay.script.validation_errors import record_in


def check_unread(
    cls: type[Record],
    value: Plain,
    place: FilePlace,
    known: Named,
    problems: list[Problem],
    path: Path_ = (),
) -> None:
    """Note every reference that leads nowhere of what was meant as a record of a class.

    Only what is spelled as an id is looked at: anything else is told as a misspelling.
    """
    if not isinstance(value, dict):
        return
    refers, holds = plan(cls)
    for _, key, kinds in refers:
        for where, ref in _texts(value.get(key), (*path, key)):
            if ref != EVERYWHERE and not any(ref in known[kind] for kind in kinds):
                problems.append(unknown(ref, kinds, known, place, where, len(problems)))
    for name, key in holds:
        inner = record_in(cls.model_fields[name].annotation)
        for where, item in _items(value.get(key), (*path, key)):
            if inner is not None:
                check_unread(inner, item, place, known, problems, where)
            elif isinstance(item, str):
                source = item.partition(" ")[0]
                if is_id(source) and source not in known["source"]:
                    found = unknown(source, ("source",), known, place, where, len(problems))
                    problems.append(found)


def class_of(section: str, value: Plain, sections: dict[str, type[Record]]) -> type[Record]:
    """The class of record that an item of a section was meant to be."""
    if section != "events":
        return sections[section]
    kind = value.get("type") if isinstance(value, dict) else None
    return EVENT_TYPES.get(kind, Event) if isinstance(kind, str) else Event


def _items(value: Any, path: Path_) -> Iterator[tuple[Path_, Plain]]:
    """One value, or each of several, with its path."""
    if isinstance(value, list):
        yield from (((*path, n), item) for n, item in enumerate(value))
    elif value is not None:
        yield path, value


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    for where, item in _items(value, path):
        if isinstance(item, str) and is_id(item):
            yield where, item
