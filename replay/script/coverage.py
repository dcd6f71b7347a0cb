"""Coverage: every sentence of every source with what cites it, or why it was set aside.

It proves accounting, not truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replay.foundation.errors import ScenarioError, UsageError
from replay.foundation.locators import Sentence, TextOutline, locator, outline_of_text
from replay.model import Citation, Event, Record, Scenario, Source, Statement, Table
from replay.script.assemble import shown_value, unfit
from replay.script.text_file import read_text


@dataclass(frozen=True, slots=True)
class Coverage:
    """One source: its sentences, and for each what cites it or the reason it was set aside."""

    source: str
    sentences: tuple[Sentence, ...]
    cited: Mapping[Sentence, tuple[str, ...]]
    set_aside: Mapping[Sentence, str]
    encoded: frozenset[Sentence]
    """Those that an event, a statement or a table cites: what they say is in the replay. Others
    that are cited only name something: a place, a voice, a report."""

    @property
    def open(self) -> tuple[Sentence, ...]:
        """Sentences that nothing accounts for."""
        done = self.cited.keys() | self.set_aside.keys()
        return tuple(s for s in self.sentences if s not in done)

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of sentences: all, cited (encoded or named only), set aside only, and open."""
        aside = sum(1 for s in self.set_aside if s not in self.cited)
        return {
            "sentences": len(self.sentences),
            "cited": len(self.cited),
            "encoded": len(self.encoded),
            "named": len(self.cited) - len(self.encoded),
            "set_aside": aside,
            "open": len(self.open),
        }


def coverage(scenario: Scenario, outlines: Mapping[str, TextOutline]) -> list[Coverage]:
    """Coverage of every source whose outline is known (from its text or from the lock)."""
    cited: dict[str, dict[Sentence, list[str]]] = {}
    encoded: dict[str, set[Sentence]] = {}
    for owner, citation, encodes in _citations(scenario):
        if citation.source in outlines:
            at = cited.setdefault(citation.source, {})
            for sentence in outlines[citation.source].covers(citation.locator):
                by = at.setdefault(sentence, [])
                if owner not in by:
                    by.append(owner)
                if encodes:
                    encoded.setdefault(citation.source, set()).add(sentence)
    return [
        Coverage(
            source.id,
            tuple(outlines[source.id].sentences()),
            {s: tuple(by) for s, by in sorted(cited.get(source.id, {}).items())},
            _set_aside(source, outlines[source.id]),
            frozenset(encoded.get(source.id, ())),
        )
        for source in scenario.sources
        if source.id in outlines
    ]


def _set_aside(source: Source, known: TextOutline) -> dict[Sentence, str]:
    found: dict[Sentence, str] = {}
    for where, reason in source.set_aside.items():
        for part in where.split(","):
            for sentence in known.covers(locator(part.strip())):
                found.setdefault(sentence, reason)
    return found


def coverage_citations(scenario: Scenario) -> Iterator[tuple[str, Citation]]:
    """Every citation of a scenario with the id of the record that makes it."""
    yield from ((owner, citation) for owner, citation, _ in _citations(scenario))


def _citations(scenario: Scenario) -> Iterator[tuple[str, Citation, bool]]:
    """The same, and whether the record encodes what the sentence says."""
    for record in scenario.records():
        owner = getattr(record, "id", None) or getattr(record, "file", None) or "scenario"
        encodes = isinstance(record, Event | Statement | Table)
        for citation in _in(record):
            yield str(owner), citation, encodes


def _in(value: Any) -> Iterator[Citation]:
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _in(item)


def texts(scenario: Scenario, folder: Path) -> dict[str, str]:
    """The texts of the sources in a folder, by source.

    Raises UsageError U508 when the folder or a text that the scenario names is not there.
    """
    if not folder.is_dir():
        hint = "name the folder that holds them, one .txt file for each source"
        raise UsageError("U508", f"there is no folder {str(folder)!r} with texts", hint)
    found = {}
    for source in scenario.sources:
        name = source.text or f"{source.id}.txt"
        if source.text is None and not (folder / name).exists():
            continue
        wrong = unfit(folder, name, "folder of the texts")
        if wrong is not None:
            _, what, todo = wrong
            named = f" (`text:` of the source {source.id} names it)" if source.text else ""
            raise UsageError("U508", what + named, todo)
        try:
            found[source.id] = read_text(folder / name, shown_value(folder / name))
        except ScenarioError as problem:
            (wrong_text,) = problem.problems
            what = f"{wrong_text.spot}: {wrong_text.message}"
            raise UsageError("U508", what, wrong_text.hint) from None
    if not found:
        names = ", ".join(source.text or f"{source.id}.txt" for source in scenario.sources)
        raise UsageError("U508", f"{folder} has the text of no source", f"expected: {names}")
    return found


def outlines_of(found: Mapping[str, str]) -> dict[str, TextOutline]:
    """The outline of each text."""
    return {source: outline_of_text(text) for source, text in found.items()}
