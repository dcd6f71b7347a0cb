"""From plain values to records: what pydantic finds wrong becomes a located message."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from replay.dates import DateError
from replay.events import EVENT_TYPES
from replay.model import Claim, Event, Record
from replay.model.fields import EXPECTED
from replay.problems import Problem, did_you_mean
from replay.script.assemble import Place
from replay.script.tree import Plain


def read_record(
    cls: type[Record], value: Plain, place: Place, problems: list[Problem]
) -> Any | None:
    """A record of a class, or None with its problems noted."""
    if not isinstance(value, dict):
        what = f"expected a {cls.__name__.lower()} with keys and values here"
        problems.append(place.problem("E204", what))
        return None
    try:
        return cls.model_validate(value)
    except ValidationError as error:
        problems += [_problem(e, cls, value, place) for e in _findings(error)]
    return None


def _findings(error: ValidationError) -> list[Any]:
    """What pydantic found, without lists that it calls empty because it refused all their items."""
    found = error.errors(include_url=False)
    return [e for e in found if not (e["type"] == "too_short" and e["input"])]


def read_event(
    value: Plain, place: Place, problems: list[Problem], variants: dict[tuple[str, int], Event]
) -> Event | None:
    """An event of its type, and the variants that its claims make of it."""
    if not isinstance(value, dict):
        problems.append(place.problem("E204", "expected an event with keys and values here"))
        return None
    cls = _type_of(value, place, problems)
    event = read_record(cls, value, place, problems) if cls else None
    if event is None:
        return None
    for n, claim in enumerate(event.claims):
        if claim.words:
            variant = _variant(event, n, value, place, problems)
            if variant is not None:
                variants[event.id, n] = variant
    return event  # type: ignore[no-any-return]


def _type_of(value: dict[str, Plain], place: Place, problems: list[Problem]) -> type[Event] | None:
    name = value.get("type")
    if name is None:
        what = "the event does not say its type"
        problems.append(place.problem("E203", what, (), f"one of {', '.join(sorted(EVENT_TYPES))}"))
    elif not isinstance(name, str) or name not in EVENT_TYPES:
        hint = did_you_mean(str(name), EVENT_TYPES) or f"one of {', '.join(sorted(EVENT_TYPES))}"
        problems.append(place.problem("E205", f"there is no event type {name!r}", ("type",), hint))
    else:
        return EVENT_TYPES[name]
    return None


_OWN_TO_EVENT = ("id", "claims", "summary")


def _variant(
    event: Event, n: int, value: dict[str, Plain], place: Place, problems: list[Problem]
) -> Event | None:
    """The event with a claim's words put in. It is valid if an event written so would be."""
    claim: Claim = event.claims[n]
    inside = Place(place.tree, (*place.path, "claims", n))
    known = len(problems)
    words = dict(claim.words)
    raw = value["claims"]
    assert isinstance(raw, list)
    merged: dict[str, Any] = {**value, **words, "claims": [{"cite": claim.cite}]}
    if "tallies" in words:
        merged["tallies"] = _merged_tallies(value.get("tallies", []), words["tallies"])
    cls = EVENT_TYPES[event.type]
    if "type" in words:
        other = _type_of(words, inside, problems)
        if other is None:
            return None
        cls = other
        allowed = _keys(cls)
        merged = {k: v for k, v in merged.items() if k in allowed or k in words}
    for key in words:
        if key in _OWN_TO_EVENT or key not in _keys(cls):
            hint = did_you_mean(key, {*_keys(cls), *_keys(Claim)} - set(_OWN_TO_EVENT))
            what = f"a claim of a {cls.__name__.lower()} cannot say {key!r}"
            problems.append(inside.problem("E207", what, (key,), hint, key=True))
    if len(problems) > known:
        return None
    try:
        return cls.model_validate(merged)
    except ValidationError as error:
        for e in _findings(error):
            where = e["loc"] if e["loc"] and e["loc"][0] in words else ()
            found = _problem({**e, "loc": where}, cls, merged, inside)
            what = f"with this claim's words the event is not valid: {found.message}"
            problems.append(inside.problem("E207", what, where, found.hint))
    return None


def _merged_tallies(own: Any, said: Any) -> Any:
    """Tallies matched by name (and of whom): a claim need only say what differs."""
    if not isinstance(own, list) or not isinstance(said, list):
        return said
    merged: list[Any] = [dict(entry) if isinstance(entry, dict) else entry for entry in own]
    for entry in said:
        for known in merged:
            if isinstance(entry, dict) and isinstance(known, dict) and _same_tally(known, entry):
                if "add" in entry or "total" in entry:
                    known.pop("add", None)
                    known.pop("total", None)
                known.update(entry)
                break
        else:
            merged.append(entry)
    return merged


def _same_tally(known: dict[str, Any], entry: dict[str, Any]) -> bool:
    return known.get("name") == entry.get("name") and (
        "of" not in entry or known.get("of") == entry["of"]
    )


@lru_cache(maxsize=256)
def _keys(cls: type[Record]) -> tuple[str, ...]:
    """The keys that a record takes, as a script spells them."""
    return tuple(field.alias or name for name, field in cls.model_fields.items())


def _problem(error: Any, cls: type[Record], value: Any, place: Place) -> Problem:
    """One finding of pydantic, where it is, in our words."""
    path = tuple(error["loc"])
    kind, name = error["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        among = _keys(_record_at(cls, path[:-1]))
        hint = did_you_mean(name, among) or f"known keys: {', '.join(among)}"
        return place.problem("E201", f"unknown key {name!r}", path, hint, key=True)
    if kind == "missing":
        where = path[:-1]
        return place.problem("E203", f"the key {name!r} is missing", where, f"add `{name}:`")
    cause = (error.get("ctx") or {}).get("error")
    if isinstance(cause, DateError):
        return place.problem("E301", str(cause), path, cause.hint)
    if cause is not None:
        return place.problem("E204", str(cause), path)
    if kind == "literal_error":
        choices = str((error.get("ctx") or {}).get("expected", ""))
        given = _at(value, path)
        words = [w.strip("'\" ") for w in choices.replace(" or ", ",").split(",")]
        hint = did_you_mean(str(given), words) or f"one of {choices}"
        return place.problem("E204", f"{name!r} cannot be {given!r}", path, hint)
    if kind == "too_short":
        return place.problem("E203", f"{name!r} is empty, and needs at least one", path)
    if kind in ("model_type", "dict_type"):
        return place.problem("E204", f"expected keys and values for {name!r}", path)
    if kind == "string_pattern_mismatch":
        return place.problem("E204", EXPECTED[error["ctx"]["pattern"]], path)
    if kind == "string_too_long":
        return place.problem("E204", f"{name!r} is longer than {error['ctx']['max_length']}", path)
    if kind in ("string_type", "tuple_type"):
        return place.problem("E204", f"expected a single text for {name!r}", path)
    return place.problem("E204", f"{name}: {error['msg'].lower()}", path)


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            break
    return value


def _record_at(cls: type[Record], path: tuple[Any, ...]) -> type[Record]:
    """The class of the record at a path inside a record: of the claim inside an event, say."""
    for step in path:
        if isinstance(step, str):
            for name, field in cls.model_fields.items():
                if step in (name, field.alias):
                    inner = _record_in(field.annotation)
                    cls = inner or cls
    return cls


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _record_in(argument)) is not None:
            return found
    return None
