"""References: every id that a script mentions stands for a thing of the right kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from replay.foundation.errors import Problem, did_you_mean, either
from replay.foundation.locators import TextOutline
from replay.model import Citation, Record, Scenario, To
from replay.model.event import EVERYWHERE
from replay.script.assemble import FilePlace
from replay.script.tree import Path_

Named = dict[str, dict[str, Any]]
"""Kind of thing → id → the thing."""


def named_references(scenario: Scenario) -> Named:
    """Everything that can be referred to, by kind and id."""
    kinds: Named = {k: {t.id: t for t in things} for k, things in scenario.kinds.items()}
    kinds["thing"] = dict(scenario.things)
    kinds["source"] = dict(scenario.source)
    kinds["report"] = dict(scenario.report)
    kinds["event"] = dict(scenario.event)
    kinds["statement"] = {statement.id: statement for statement in scenario.statements}
    return kinds


@lru_cache(maxsize=256)
def plan(
    cls: type[Record],
) -> tuple[list[tuple[str, str, tuple[str, ...]]], list[tuple[str, str]]]:
    """Fields that refer to things (name, key, kinds) and fields that hold other records."""
    refers, holds = [], []
    for name, field in cls.model_fields.items():
        key = field.alias or name
        marks = [m for m in field.metadata if isinstance(m, To)]
        if marks:
            refers.append((name, key, marks[0].kinds))
        elif "Record" in str(field.annotation) or _holds_records(field.annotation):
            holds.append((name, key))
    return refers, holds


def _holds_records(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, (Record, Citation))
    return any(_holds_records(a) for a in getattr(annotation, "__args__", ()))


def check_references(
    record: Record,
    place: FilePlace,
    known: Named,
    outlines: dict[str, TextOutline],
    problems: list[Problem],
    path: Path_ = (),
) -> None:
    """Note every reference of a record, and of the records in it, that leads nowhere."""
    refers, holds = plan(type(record))
    for name, key, kinds in refers:
        value = getattr(record, name)
        if not value or value == (EVERYWHERE,):
            continue
        one = isinstance(value, str)
        for n, ref in enumerate((value,) if one else value):
            for kind in kinds:
                if ref in known[kind]:
                    break
            else:
                where = (*path, key) if one else (*path, key, n)
                problems.append(unknown(ref, kinds, known, place, where, len(problems)))
    for name, key in holds:
        value = getattr(record, name)
        if not value:
            continue
        one = isinstance(value, (Citation, Record))
        for n, item in enumerate((value,) if one else value):
            where = (*path, key) if one else (*path, key, n)
            if isinstance(item, Citation):
                _check_citation(item, place, known, outlines, problems, where)
            elif isinstance(item, Record):
                check_references(item, place, known, outlines, problems, where)


_HINTS = 500_000
"""Comparisons of names for hints; with many names and many errors only the first have one."""


def unknown(
    ref: str, kinds: tuple[str, ...], known: Named, place: FilePlace, path: Path_, before: int
) -> Problem:
    """The problem of a reference to nothing, or to a thing of another kind."""
    other = [kind for kind, things in known.items() if ref in things and kind != "thing"]
    wanted = either(kinds)
    if other:
        what = f"{ref!r} is {_a(other[0])}, but this key takes {_a(wanted)}"
        return place.problem("E402", what, path, _some(kinds, known))
    among = {i for kind in kinds for i in known[kind]}
    hint = did_you_mean(ref, among) if len(among) * (before + 1) < _HINTS else None
    if hint is None and "thing" not in kinds:
        hint = f"describe it under `{kinds[0]}s:`"
    return place.problem("E401", f"there is no {wanted} {ref!r}", path, hint)


def _some(kinds: tuple[str, ...], known: Named) -> str:
    """Examples of what could stand there instead."""
    names = [name for kind in kinds for name in known[kind]]
    if not names:
        return f"describe one under `{kinds[0]}s:`"
    return f"name one, for example {either(names[:5])}"


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _check_citation(
    cited: Citation,
    place: FilePlace,
    known: Named,
    outlines: dict[str, TextOutline],
    problems: list[Problem],
    path: Path_,
) -> None:
    if cited.source not in known["source"]:
        problems.append(unknown(cited.source, ("source",), known, place, path, len(problems)))
        return
    source = known["source"][cited.source]
    if source is None:
        return  # its own errors are told
    if cited.locator.own and source.locators != "own":
        hint = "write p37.s3, or give the source `locators: own` if it is cited in its own way"
        what = f"{cited.locator.own!r} is not a locator"
        problems.append(place.problem("E404", what, path, hint))
    elif cited.source in outlines and not cited.locator.own:
        outline = outlines[cited.source]
        if not outline.covers(cited.locator):
            problems.append(place.problem("E404", missing_references(cited, outline), path, FIND))


FIND = "`replay cite SCENARIO SOURCE WORDS --texts DIR` finds the locator of a quotation"


def missing_references(cited: Citation, outline: TextOutline) -> str:
    """What to say of a place that a source does not have."""
    where = cited.locator
    if where.last_paragraph > len(outline.counts):
        return f"{cited.source} has {len(outline.counts)} paragraphs, but no {where}"
    count = outline.counts[where.paragraph - 1]
    return f"p{where.paragraph} of {cited.source} has {count} sentences, but no {where}"


def circles(
    things: dict[str, Any], leads: Callable[[Any], tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """Chains of references that come back to where they began."""
    state: dict[str, int] = {}
    for start in things:
        if start in state or not leads(things[start]):
            continue
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(leads(things[start])))]
        state[start] = 1
        while trail:
            here, rest = trail[-1]
            following = next(rest, None)
            if following is None:
                state[here] = 2
                trail.pop()
            elif following in things and state.get(following) == 1:
                names = [name for name, _ in trail]
                yield tuple(names[names.index(following) :])
            elif following in things and following not in state:
                state[following] = 1
                trail.append((following, iter(leads(things[following]))))
