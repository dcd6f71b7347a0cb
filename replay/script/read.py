"""From plain values to records: what pydantic finds wrong becomes a located message."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from replay.events import EVENT_TYPES
from replay.foundation.errors import Problem, did_you_mean, quoted
from replay.model import Claim, Event, Record
from replay.model.event import COUNT_KINDS, EVENT_ASPECTS
from replay.script.assemble import FilePlace
from replay.script.references import plan
from replay.script.tree import Plain
from replay.script.validation_errors import a_record, findings, keys_of, problem_of, problems_of


def read_record(
    cls: type[Record], value: Plain, place: FilePlace, problems: list[Problem]
) -> Any | None:
    """A record of a class, or None with its problems noted."""
    if not isinstance(value, dict):
        what = f"expected {a_record(cls)} with keys and values here"
        problems.append(place.problem("E204", what, (), f"its keys: {', '.join(keys_of(cls))}"))
        return None
    try:
        return cls.model_validate(value)
    except ValidationError as error:
        problems += problems_of(error, cls, value, place)
    return None


def read_event(
    value: Plain, place: FilePlace, problems: list[Problem], variants: dict[tuple[str, int], Event]
) -> Event | None:
    """An event of its type, and the variants that its claims make of it."""
    if not isinstance(value, dict):
        what, hint = "expected an event with keys and values here", "begin it with `- id: …`"
        problems.append(place.problem("E204", what, (), hint))
        return None
    cls = _type_of(value, place, problems)
    event = read_record(cls, value, place, problems) if cls else None
    if event is None:
        return None
    for n, claim in enumerate(event.claims):
        if claim.silent:
            _silent(event, n, place, problems)
        if claim.words:
            variant = _variant(event, n, value, place, problems)
            if variant is not None:
                variants[event.id, n] = variant
    return event  # type: ignore[no-any-return]


def _type_of(
    value: dict[str, Plain], place: FilePlace, problems: list[Problem]
) -> type[Event] | None:
    name = value.get("type")
    if name is None or name == "":
        what = "the event does not say its type"
        hint = f"add `type:` with one of {', '.join(sorted(EVENT_TYPES))}"
        problems.append(place.problem("E203", what, (), hint))
    elif not isinstance(name, str) or name not in EVENT_TYPES:
        hint = did_you_mean(str(name), EVENT_TYPES) or f"one of {', '.join(sorted(EVENT_TYPES))}"
        problems.append(
            place.problem("E205", f"there is no event type {quoted(str(name))}", ("type",), hint)
        )
    else:
        return EVENT_TYPES[name]
    return None


_OWN_TO_EVENT = ("id", "type", "claims", "summary")


def _silent(event: Event, n: int, place: FilePlace, problems: list[Problem]) -> None:
    """A claim can be silent of what its event says or changes."""
    sayable = {*keys_of(type(event)), *EVENT_ASPECTS} - set(_OWN_TO_EVENT)
    claim: Claim = event.claims[n]
    for k, word in enumerate(claim.silent):
        if word not in sayable:
            hint = did_you_mean(word, sayable) or f"one of {', '.join(sorted(sayable))}"
            what = f"a claim of a {event.type} cannot be silent of {word!r}"
            problems.append(place.problem("E207", what, ("claims", n, "silent", k), hint))


def _variant(
    event: Event, n: int, value: dict[str, Plain], place: FilePlace, problems: list[Problem]
) -> Event | None:
    """The event with a claim's words put in. It is valid if an event written so would be."""
    claim: Claim = event.claims[n]
    inside = FilePlace(place.tree, (*place.path, "claims", n))
    known = len(problems)
    words = dict(claim.words)
    merged: dict[str, Any] = {**value, **words, "claims": [{"cite": claim.cite}]}
    if "tallies" in words:
        merged["tallies"] = _merged_tallies(value.get("tallies", []), words["tallies"])
    cls = EVENT_TYPES[event.type]
    if "type" in words:
        other = _type_of(words, inside, problems)
        if other is None:
            return None
        own, cls = cls, other
        merged = {k: v for k, v in merged.items() if k in words or _carries_over(k, own, cls)}
    sayable = [key for key in keys_of(cls) if key not in _OWN_TO_EVENT]
    for key in words:
        if key not in sayable and key != "type":
            close = did_you_mean(key, {*sayable, *keys_of(Claim)})
            hint = close or f"it can say {', '.join(sayable)}"
            what = f"a claim of a {merged['type']} cannot say {quoted(key)}"
            problems.append(inside.problem("E207", what, (key,), hint, key=True))
    if len(problems) > known:
        return None
    try:
        return cls.model_validate(merged)
    except ValidationError as error:
        found = _without_options(cls, merged, words) if "type" in words else None
        if found is not None:
            return found
        for e in findings(error, cls):
            if e["loc"] and e["loc"][0] in words:
                problems.append(problem_of(e, cls, merged, inside))
            else:
                problems.append(_contrary(e, cls, merged, words, inside))
    return None


def _without_options(
    cls: type[Event], merged: dict[str, Any], words: dict[str, Any]
) -> Event | None:
    """The event of another type without what this one only may say: a share, an extent."""
    kept = {field.alias or name for name, field in cls.model_fields.items() if field.is_required()}
    kept |= {*keys_of(Event), *words}
    try:
        return cls.model_validate({key: v for key, v in merged.items() if key in kept})
    except ValidationError:
        return None


def _carries_over(key: str, own: type[Event], other: type[Event]) -> bool:
    """Whether a key of an event means the same if a claim says that it was of another type.

    It does not where one takes sides and the other takes places, such as `to`.
    """
    kinds = [{k: set(refers) for _, k, refers in plan(cls)[0]} for cls in (own, other)]
    if key not in keys_of(other):
        return False
    mine, its = (of.get(key) for of in kinds)
    return mine is None or its is None or bool(mine & its)


def _contrary(
    error: Any, cls: type[Event], merged: dict[str, Any], words: dict[str, Any], place: FilePlace
) -> Problem:
    """The event and a claim, each right by itself, do not go together."""
    at = tuple(words) if len(words) == 1 else ()
    key = str(error["loc"][0]) if error["loc"] else ""
    if "type" not in words:
        found = problem_of({**error, "loc": ()}, cls, merged, place)
        what = f"with what this claim says, the event is not valid: {found.message}"
        return place.problem("E207", what, at, found.hint)
    name = str(merged["type"])
    if error["type"] == "missing":
        what = f"this claim calls the event {a_type(name)}, which needs the key {key!r}"
        return place.problem("E207", what, ("type",), f"add `{key}:` to the claim")
    found = problem_of(error, cls, merged, place)
    what = f"this claim calls the event {a_type(name)}, which it cannot be: {found.message}"
    hint = found.hint or (f"add `{key}:` to the claim" if key else "add it to the claim")
    return place.problem("E207", what, ("type",), hint)


def _merged_tallies(own: Any, said: Any) -> Any:
    """Tallies matched by name (and of whom): a claim need only say what differs."""
    if not isinstance(own, list) or not isinstance(said, list):
        return said
    merged: list[Any] = [dict(entry) if isinstance(entry, dict) else entry for entry in own]
    for entry in said:
        for known in merged:
            if isinstance(entry, dict) and isinstance(known, dict) and _same_tally(known, entry):
                if not entry.keys().isdisjoint(COUNT_KINDS):
                    for kind in COUNT_KINDS:
                        known.pop(kind, None)
                known.update(entry)
                break
        else:
            merged.append(entry)
    return merged


def _same_tally(known: dict[str, Any], entry: dict[str, Any]) -> bool:
    return known.get("name") == entry.get("name") and (
        "of" not in entry or known.get("of") == entry["of"]
    )


def a_type(name: str) -> str:
    """A type of event in a sentence: "an air-strike"."""
    return f"an {name!r}" if name[0] in "aeiou" else f"a {name!r}"
