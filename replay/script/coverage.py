"""Coverage: every sentence of every source with what cites it, or why it was set aside.

It proves accounting, not truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replay.model import Citation, Record, Scenario, Source
from replay.problems import UsageProblem
from replay.texts import Outline, Sentence, locator, outline, read_text


@dataclass(frozen=True, slots=True)
class Coverage:
    """One source: its sentences, and for each what cites it or the reason it was set aside."""

    source: str
    sentences: tuple[Sentence, ...]
    cited: Mapping[Sentence, tuple[str, ...]]
    set_aside: Mapping[Sentence, str]

    @property
    def open(self) -> tuple[Sentence, ...]:
        """Sentences that nothing accounts for."""
        done = self.cited.keys() | self.set_aside.keys()
        return tuple(s for s in self.sentences if s not in done)

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of sentences: all, cited, set aside only, and open."""
        aside = sum(1 for s in self.set_aside if s not in self.cited)
        return {
            "sentences": len(self.sentences),
            "cited": len(self.cited),
            "set_aside": aside,
            "open": len(self.open),
        }


def coverage(scenario: Scenario, outlines: Mapping[str, Outline]) -> list[Coverage]:
    """Coverage of every source whose outline is known (from its text or from the lock)."""
    cited: dict[str, dict[Sentence, list[str]]] = {}
    for owner, citation in citations(scenario):
        if citation.source in outlines:
            at = cited.setdefault(citation.source, {})
            for sentence in outlines[citation.source].covers(citation.locator):
                by = at.setdefault(sentence, [])
                if owner not in by:
                    by.append(owner)
    return [
        Coverage(
            source.id,
            tuple(outlines[source.id].sentences()),
            {s: tuple(by) for s, by in sorted(cited.get(source.id, {}).items())},
            _set_aside(source, outlines[source.id]),
        )
        for source in scenario.sources
        if source.id in outlines
    ]


def _set_aside(source: Source, known: Outline) -> dict[Sentence, str]:
    found: dict[Sentence, str] = {}
    for where, reason in source.set_aside.items():
        for part in where.split(","):
            for sentence in known.covers(locator(part.strip())):
                found.setdefault(sentence, reason)
    return found


def citations(scenario: Scenario) -> Iterator[tuple[str, Citation]]:
    """Every citation of a scenario with the id of the record that makes it."""
    for record in scenario.records():
        owner = getattr(record, "id", None) or getattr(record, "file", None) or "scenario"
        for citation in _in(record):
            yield str(owner), citation


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

    Raises UsageProblem U508 when the folder or a text that the scenario names is not there.
    """
    if not folder.is_dir():
        raise UsageProblem("U508", f"there is no folder {str(folder)!r} with texts")
    found = {}
    for source in scenario.sources:
        path = folder / (source.text or f"{source.id}.txt")
        try:
            found[source.id] = read_text(path)
        except FileNotFoundError:
            if source.text:
                hint = f"`text:` of the source {source.id} names it"
                raise UsageProblem("U508", f"{folder} has no file {source.text}", hint) from None
        except (OSError, UnicodeDecodeError) as error:
            raise UsageProblem("U508", f"cannot read {path}: {error}") from None
    if not found:
        names = ", ".join(source.text or f"{source.id}.txt" for source in scenario.sources)
        raise UsageProblem("U508", f"{folder} has the text of no source", f"expected: {names}")
    return found


def outlines_of(found: Mapping[str, str]) -> dict[str, Outline]:
    """The outline of each text."""
    return {source: outline(text) for source, text in found.items()}
