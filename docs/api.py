"""The page about the functions that programs call, made from their docstrings.

A docstring has one layout: a line that sums it up, paragraphs, and then sections with a title that
is underlined. `sections` takes it apart; docs/reference.py writes the page, and a test proves that
every docstring of `PUBLIC` is complete and true to its signature.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import replay
from replay.model import Scenario
from replay.timeline.timeline import State, Timeline

FRONT_DOOR: dict[str, Any] = {f"replay.{name}": getattr(replay, name) for name in replay.__all__}

METHODS: dict[type, tuple[str, ...]] = {
    Timeline: (
        *("at", "tick", "ticks", "strip", "strip_legend", "explain", "player", "frame"),
        *("history", "changes", "between", "during", "events_on", "undated"),
    ),
    State: ("control", "of", "known", "events", "label", "step"),
    Scenario: ("without", "shifted", "with_event", "model_copy"),
}
"""The methods that programs use."""

LAYOUT = ("Parameters", "Options", "Returns", "Raises", "See also", "Method", "Example")
"""Titles of sections, in the order in which they stand."""

TITLES = {"Options": "Options, and the formats that take them", "Method": "How it works"}


class Entry(NamedTuple):
    """A parameter, an error or another thing of which a section says something."""

    name: str
    """Empty where only a type is given."""
    kind: str
    text: str


def described() -> dict[str, Any]:
    """Everything on the page by its name there: functions, methods and properties."""
    found = dict(FRONT_DOOR)
    for owner, names in METHODS.items():
        found |= {f"{owner.__name__}.{name}": getattr(owner, name) for name in names}
    return found


def docstring(thing: Any) -> str:
    """Its docstring, also of a property that remembers its value."""
    return inspect.getdoc(thing) or ""


def sections(text: str) -> dict[str, str]:
    """The sections of a docstring by title; what stands before them has the title ""."""
    parts = re.split(r"^(\w[\w ]*)\n-{3,}\n", text, flags=re.MULTILINE)
    return {"": parts[0].strip()} | dict(
        zip(parts[1::2], (part.strip("\n") for part in parts[2::2]), strict=True)
    )


def entries(section: str) -> list[Entry]:
    """The entries of a section: a line each that is not indented, and what is said of it."""
    found = []
    for block in re.split(r"\n(?=\S)", section.strip("\n")) if section else ():
        head, _, text = block.partition("\n")
        name, between, kind = head.partition(" : ")
        told = " ".join(inspect.cleandoc(text).split())
        found.append(Entry(name, kind, told) if between else Entry("", head, told))
    return found


def api_page() -> str:
    """docs/api.md without its first line."""
    parts = ["# Functions for programs", INTRODUCTION]
    for name, function in FRONT_DOOR.items():
        parts += _thing(name, function, "##")
    for owner, names in METHODS.items():
        parts.append(f"## {owner.__name__}")
        parts.append(sections(docstring(owner))[""].partition("\n\n>>>")[0])
        for name in names:
            parts += _thing(f"{owner.__name__}.{name}", getattr(owner, name), "###")
    return "\n\n".join(parts) + "\n"


INTRODUCTION = """\
`import replay` gives the functions below. A scenario is loaded, run through a lens into a timeline,
and the timeline answers, draws and exports. Time stands in texts as EDTF, and is counted in ticks
from 0. Errors are in `replay.foundation.errors`; a `UsageError` is a `ScenarioError`, and each of
its `problems` has a code ([checks.md](checks.md))."""


def _thing(name: str, thing: Any, level: str) -> Iterator[str]:
    found = sections(docstring(thing))
    yield f"{level} {name}"
    if callable(thing):
        yield f"```python\n{_signature(name, thing)}\n```"
    yield found[""]
    for title in LAYOUT:
        if title in found:
            yield "\n".join([f"**{TITLES.get(title, title)}**", "", *_section(title, found[title])])


def _signature(name: str, thing: Any) -> str:
    known = inspect.signature(thing)
    kept = [p for p in known.parameters.values() if p.name != "self"]
    own = [(p, str(p).replace(f"'{p.annotation}'", p.annotation)) for p in kept]
    returns = f" -> {known.return_annotation}"
    short = name if name.startswith("replay.") else name.partition(".")[2]
    starred = any(p.kind is p.KEYWORD_ONLY for p in kept)
    line = f"{short}({', '.join(text for _, text in own)}){returns}"
    if len(line) <= 96 and not starred:
        return line
    rows = []
    for parameter, text in own:
        if parameter.kind is parameter.KEYWORD_ONLY and "    *," not in rows:
            rows.append("    *,")
        rows.append(f"    {text},")
    return "\n".join([f"{short}(", *rows, f"){returns}"])


def _section(title: str, section: str) -> Iterator[str]:
    if title == "Example":
        yield f"```pycon\n{section}\n```"
        return
    if title in ("See also", "Method"):
        for entry in entries(section):
            page = entry.name.removeprefix("docs/")
            yield f"- [{page}]({page}): {entry.kind}"
        return
    for entry in entries(section):
        if entry.name:
            yield f"- `{entry.name}` ({entry.kind}): {entry.text}"
        else:
            yield f"- `{entry.kind}`: {entry.text}"
