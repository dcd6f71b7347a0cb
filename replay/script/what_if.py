"""Changed scenarios: without an event, with one at another time, with one more.

What is changed is said on its face: in the title of the scenario, and in the summary of an event
that was moved or made up. Every change is linked like a script, so that nothing old is left in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from replay.foundation.edtf import DAY, HOUR, Bounds, Date, DateError, parse, spell_bounds
from replay.foundation.errors import UsageError, did_you_mean
from replay.model import Record, Scenario
from replay.script.load import hypothetical, scenario
from replay.script.plain_data import fields_of
from replay.script.references import plan

__all__ = ["hypothetical", "scenario", "shifted", "with_event", "without"]

NO_DOCUMENT = "Hypothetical: no document says so"
"""The title of the source of what is made up."""


def without(old: Scenario, events: Sequence[str]) -> Scenario:
    """The scenario without some events; see `Scenario.without`."""
    for name in events:
        _known(old, name)
    gone = frozenset(events)
    data = fields_of(old)
    kept = [event for event in old.events if event.id not in gone]
    data["events"] = [_following(old, fields_of(event), gone) for event in kept]
    data["statements"] = [
        _unmentioned(statement, fields_of(statement), gone)
        for statement in old.statements
        if not _asserts(statement.asserts, gone)
    ]
    data["acknowledge"] = [fields_of(one) for one in old.acknowledge if one.of not in gone]
    return hypothetical(_titled(data), old.folder)


def shifted(old: Scenario, name: str, days: float, hours: float) -> Scenario:
    """The scenario with one event at another time; see `Scenario.shifted`."""
    _known(old, name)
    if old.event[name].date is None:
        raise UsageError("U503", f"{name} has no date to move", "choose an event with a date")
    minutes = round(days * DAY + hours * HOUR)
    data = fields_of(old)
    moved = _moved(fields_of(old.event[name]), minutes)
    moved["summary"] = f"Hypothetical, moved by {_span(minutes)}: {moved['summary']}"
    data["events"] = [moved if e.id == name else fields_of(e) for e in old.events]
    return hypothetical(_titled(data), old.folder)


def with_event(old: Scenario, event: Mapping[str, Any]) -> Scenario:
    """The scenario with one more event; see `Scenario.with_event`."""
    data, made = fields_of(old), dict(event)
    if "summary" in made:
        made["summary"] = f"Hypothetical: {made['summary']}"
    if "claims" not in made:
        source = next((s.id for s in old.sources if s.title == NO_DOCUMENT), None)
        if source is None:
            source = "hypothetical" if "hypothetical" not in old.source else "hypothetical-what-if"
            new = {"id": source, "title": NO_DOCUMENT, "locators": "own"}
            data["sources"] = [*data.get("sources", []), new]
        made["claims"] = [{"cite": f"{source} what-if"}]
    data["events"] = [*data.get("events", []), made]
    return hypothetical(_titled(data), old.folder)


def _known(old: Scenario, name: str) -> None:
    if name not in old.event:
        hint = did_you_mean(name, old.event) or "give the id of an event"
        raise UsageError("U502", f"there is no event {name!r}", hint)


def _titled(data: dict[str, Any]) -> dict[str, Any]:
    mark = " (hypothetical)"
    return {**data, "title": data["title"].removesuffix(mark) + mark}


# --- without --------------------------------------------------------------------------------------


def _following(old: Scenario, data: dict[str, Any], gone: frozenset[str]) -> dict[str, Any]:
    """An event that comes after what the events that are gone came after."""
    after: dict[str, None] = {}
    asked = list(data.get("after", ()))
    seen = set(asked)
    while asked:
        name = asked.pop(0)
        if name not in gone:
            after[name] = None
            continue
        more = [other for other in old.event[name].after if other not in seen]
        seen.update(more)
        asked += more
    return {**data, "after": list(after)} if "after" in data else data


def _unmentioned(record: Record, data: dict[str, Any], gone: frozenset[str]) -> dict[str, Any]:
    """A record whose lists of references leave out what is gone."""
    for name, key, _ in plan(type(record))[0]:
        if isinstance(getattr(record, name), tuple) and key in data:
            data[key] = [ref for ref in data[key] if ref not in gone]
    return data


def _asserts(asserts: Record | None, gone: frozenset[str]) -> bool:
    """Whether a statement asserts something of an event that is gone."""
    if asserts is None:
        return False
    named = (getattr(asserts, n) for n, _, kinds in plan(type(asserts))[0] if "event" in kinds)
    return any(gone & {ref} if isinstance(ref, str) else gone & {*(ref or ())} for ref in named)


# --- shifted --------------------------------------------------------------------------------------


def _moved(value: Any, minutes: int) -> Any:
    """Data in which every date of when it happened is moved; that of a report stays."""
    if isinstance(value, list):
        return [_moved(item, minutes) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _date(item, minutes) if key in _DATES else _moved(item, minutes)
        for key, item in value.items()
    }


_DATES = ("date", "departed", "period")


def _date(value: Any, minutes: int) -> Any:
    """A date, moved. One that cannot be read stays, as do its open ends."""
    try:
        date = value if isinstance(value, Date) else parse(value)
    except (DateError, TypeError):
        return value
    ends = (date.bounds.earliest, date.bounds.latest)
    earliest, latest = (None if end is None else end + minutes for end in ends)
    return date if earliest is latest is None else parse(spell_bounds(Bounds(earliest, latest)))


def _span(minutes: int) -> str:
    """How far something was moved: "+3 days", "-6 hours"."""
    number, unit = (minutes / DAY, "day") if minutes % DAY == 0 else (minutes / HOUR, "hour")
    return f"{number:+g} {unit}{'' if abs(number) == 1 else 's'}"
