"""What pydantic finds wrong with a record, where it is and in words that its author can act on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from replay.foundation.edtf import DateError
from replay.foundation.errors import Problem, did_you_mean, quoted
from replay.model import Claim, Event, Record
from replay.model.assertions import VERBS
from replay.model.fields import expected
from replay.script.assemble import FilePlace

MOST_PROBLEMS = 50
"""Problems that are told of one record."""


def findings(error: ValidationError, cls: type[Record]) -> list[Any]:
    """What pydantic found, each thing once.

    Lists are not called empty because all their items were refused, and a key is not missing that
    is only misspelled.
    """
    found = error.errors(include_url=False)[:MOST_PROBLEMS]
    missing = {e["loc"] for e in found if e["type"] == "missing"}
    meant = set()
    for e in found:
        if e["type"] == "extra_forbidden":
            *path, name = e["loc"]
            close = did_you_mean(str(name), [str(m[-1]) for m in missing if m[:-1] == tuple(path)])
            glued = str(name).partition(":")[0]
            meant |= {m for m in missing if close and repr(m[-1]) in close}
            meant |= {m for m in missing if m == (*path, glued)}
    return [
        e
        for e in found
        if not (e["type"] == "too_short" and e["input"])
        and not (e["type"] == "missing" and e["loc"] in meant)
    ]


def problems_of(
    error: ValidationError, cls: type[Record], value: Any, place: FilePlace
) -> Iterator[Problem]:
    """All that pydantic found wrong with a record, in our words."""
    for e in findings(error, cls):
        cause = (e.get("ctx") or {}).get("error")
        if isinstance(cause, ValidationError):  # a record whose class its own words choose
            inner = _at(value, e["loc"])
            within = FilePlace(place.tree, (*place.path, *e["loc"]))
            yield from problems_of(cause, VERBS[inner["says"]], inner, within)
        else:
            yield problem_of(e, cls, value, place)


def problem_of(error: Any, cls: type[Record], value: Any, place: FilePlace) -> Problem:
    """One finding of pydantic, where it is, in our words."""
    path = tuple(error["loc"])
    kind, name = error["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return _unknown_key(name, cls, place, path)
    if kind == "missing":
        hint = f"add `{name}:`" if isinstance(path[-1], str) else None
        return place.problem("E203", f"the key {name!r} is missing", path[:-1], hint)
    given = _at(value, path)
    name = next((step for step in reversed(path) if isinstance(step, str)), name)
    if given == "" and path:
        hint = "write a value after the colon, or leave the key out"
        return place.problem("E204", f"{name!r} has no value", path, hint)
    context = error.get("ctx") or {}
    if isinstance(cause := context.get("error"), Exception):
        code = "E301" if isinstance(cause, DateError) else "E204"
        return place.problem(code, str(cause), path, getattr(cause, "hint", None))
    if kind == "string_pattern_mismatch":
        misspelled = expected(context["pattern"], str(given))
        return place.problem("E204", str(misspelled), path, misspelled.hint)
    if kind == "literal_error":
        return _no_choice(name, given, str(context.get("expected", "")), place, path)
    if kind == "too_short":
        hint = "begin each of its items with `- `"
        return place.problem("E203", f"{name!r} is empty but needs at least one item", path, hint)
    if kind in ("model_type", "dict_type"):
        return _no_record(name, given, cls, place, path)
    if kind in ("string_type", "tuple_type"):
        hint = "write it on one line, in quotation marks if it begins with [ or {"
        return place.problem("E204", f"expected a single text for {name!r}", path, hint)
    what, todo = _limit(kind, context, error["msg"])
    return place.problem("E204", f"{name!r} {what}", path, todo)


def _unknown_key(name: str, cls: type[Record], place: FilePlace, path: tuple[Any, ...]) -> Problem:
    among = keys_of(_record_at(cls, path[:-1]))
    key, colon, rest = name.partition(":")
    if colon and key in among:
        hint: str | None = f"a colon needs a space after it: `{key}: {rest}`"
    else:
        hint = did_you_mean(name.strip(), among) or f"known keys: {', '.join(among)}"
    return place.problem("E201", f"unknown key {quoted(name)}", path, hint, key=True)


def _no_choice(
    name: str, given: Any, choices: str, place: FilePlace, path: tuple[Any, ...]
) -> Problem:
    """`choices` is a list in pydantic's words: 'A', 'B' or 'C'."""
    words = [word.strip("'\" ") for word in choices.replace(" or ", ",").split(",")]
    if len(words) == 1:
        hint = f"write {words[0]}, or leave the key out"
    else:
        hint = did_you_mean(str(given), words) or f"one of {', '.join(words)}"
    return place.problem("E204", f"{name!r} cannot be {quoted(str(given))}", path, hint)


def _no_record(
    name: str, given: Any, cls: type[Record], place: FilePlace, path: tuple[Any, ...]
) -> Problem:
    """A single value where a record with keys of its own is expected."""
    record = _record_at(cls, path)
    if record is cls:  # plain keys and values, of no record
        what, hint = f"expected keys and values for {name!r}", "write `key: value` on each line"
        return place.problem("E204", what, path, hint)
    keys = keys_of(record)
    hint = f"its keys: {', '.join(keys)}"
    if isinstance(given, str) and record is Claim:
        hint = f"write `cite: {given}`"
    return place.problem(
        "E204", f"expected {a_record(record)} with keys and values here", path, hint
    )


def _limit(kind: str, context: dict[str, Any], message: str) -> tuple[str, str | None]:
    """What a limit asks for, and what to do."""
    match kind:
        case "greater_than_equal":
            return f"must be at least {context['ge']:g}", f"write {context['ge']:g} or more"
        case "less_than_equal":
            return f"must be at most {context['le']:g}", f"write {context['le']:g} or less"
        case "greater_than":
            return f"must be more than {context['gt']:g}", "write a larger number"
        case "int_type":
            return "takes a whole number", "write a whole number, without a point"
        case "string_too_long":
            return f"is longer than {context['max_length']} characters", "shorten it"
        case "too_long":
            return f"takes {context['max_length']} at most", "leave out the others"
    return f"is not valid: {message.lower()}", None


def a_record(cls: type[Record]) -> str:
    """How a record is called in a sentence: "a claim", "an event"."""
    name = "event" if issubclass(cls, Event) else cls.__name__.lower()
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


@lru_cache(maxsize=256)
def keys_of(cls: type[Record]) -> tuple[str, ...]:
    """The keys that a record takes, as a script spells them."""
    return tuple(field.alias or name for name, field in cls.model_fields.items())


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    """The value at a path, as deep as the path is found."""
    for step in path:
        if not isinstance(value, (dict, list, tuple)):
            break
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
                    inner = record_in(field.annotation)
                    cls = inner or cls
    return cls


def record_in(annotation: Any) -> type[Record] | None:
    """The class of the records that a field holds, if it does."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := record_in(argument)) is not None:
            return found
    return None
