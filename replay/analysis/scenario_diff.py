"""Two versions of a scenario, record by record: events, and their claims, added, removed, changed.

A claim is known by its citation and its reporter; what else it says may change. Other records are
told by their kind and id alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from replay.model import Claim, Event, Scenario
from replay.model.fields import Record
from replay.script.load import SECTIONS

Json = dict[str, Any]
How = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of one record: an event, a claim of it, or another record of the script."""

    how: How
    kind: str
    """event, claim, place, source …"""
    of: str
    """The id; of a claim, its event's."""
    what: str = ""
    """The citation and the reporter of a claim; the summary of an event; the name of a thing."""
    fields: tuple[tuple[str, str, str], ...] = ()
    """Of what is changed: key, before, after."""


def edits(old: Scenario, new: Scenario) -> list[Edit]:
    """Everything that differs between the records of two versions, in the order of the new one."""
    return [*_events(old, new), *_others(old, new)]


def _events(old: Scenario, new: Scenario) -> Iterator[Edit]:
    for name in _names(old.event, new.event):
        before, after = old.event.get(name), new.event.get(name)
        known = after or before
        assert known is not None
        if before is None or after is None:
            yield Edit("removed" if after is None else "added", "event", name, known.summary)
        else:
            changed = tuple(_fields(before, after, {"claims"}))
            if changed:
                yield Edit("changed", "event", name, after.summary, changed)
        yield from _claims(name, before, after)


def _claims(event: str, old: Event | None, new: Event | None) -> Iterator[Edit]:
    before, after = (_by_witness(e) if e else {} for e in (old, new))
    for name in _names(before, after):
        one, two = before.get(name), after.get(name)
        if one is None or two is None:
            yield Edit("added" if one is None else "removed", "claim", event, name)
        elif changed := tuple(_fields(one, two, set())):
            yield Edit("changed", "claim", event, name, changed)


def _by_witness(event: Event) -> dict[str, Claim]:
    found: dict[str, Claim] = {}
    for claim in event.claims:
        name = f"{claim.cite}, {claim.reporter}" if claim.reporter else str(claim.cite)
        while name in found:
            name += " (again)"
        found[name] = claim
    return found


def _others(old: Scenario, new: Scenario) -> Iterator[Edit]:
    for section, cls in SECTIONS.items():
        if "id" not in cls.model_fields:
            continue
        kind = cls.__name__.lower()
        before, after = ({r.id: r for r in getattr(s, section)} for s in (old, new))
        for name in _names(before, after):
            one, two = before.get(name), after.get(name)
            told = _told(two or one)
            if one is None or two is None:
                yield Edit("added" if one is None else "removed", kind, name, told)
            elif changed := tuple(_fields(one, two, set())):
                yield Edit("changed", kind, name, told, changed)


def _told(record: Any) -> str:
    named = (getattr(record, key, None) for key in ("name", "title", "summary"))
    return next((str(name) for name in named if name), "")


def _names(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Ids of both, in the order of the new one; those that it does not have come last."""
    return list(dict.fromkeys((*new, *old)))


def _fields(old: Record, new: Record, leave: set[str]) -> Iterator[tuple[str, str, str]]:
    before, after = _plain(old), _plain(new)
    for key in _names(before, after):
        if key not in leave and before.get(key) != after.get(key):
            yield key, _spelled(before.get(key)), _spelled(after.get(key))


def _plain(record: Record) -> dict[str, Any]:
    named = {
        type(record).model_fields[key].alias or key: getattr(record, key)
        for key in type(record).model_fields
    }
    return named | dict(record.__pydantic_extra__ or {})


def _spelled(value: Any) -> str:
    if value is None or value == () or value == "":
        return "nothing"
    if type(value) is tuple:  # a citation is one that spells itself
        return ", ".join(_spelled(v) for v in value)
    if isinstance(value, Record):
        told = {k: v for k, v in _plain(value).items() if v not in (None, (), "")}
        return " ".join(f"{k} {_spelled(v)}" for k, v in told.items())
    return str(value)


def edits_json(found: list[Edit]) -> list[Json]:
    """The shape of `records` in `replay compare OLD NEW --json`."""
    return [
        {
            "how": e.how,
            "kind": e.kind,
            "of": e.of,
            "what": e.what,
            "fields": [{"key": k, "before": a, "after": b} for k, a, b in e.fields],
        }
        for e in found
    ]
