"""Which thing is meant by what a user typed: an id or any documented spelling."""

from __future__ import annotations

from replay.analysis.tallies import share_names
from replay.foundation.errors import UsageError, did_you_mean
from replay.foundation.locators import plain_text
from replay.model import Scenario
from replay.model.state import TallyKey
from replay.timeline.timeline import Timeline


def find_thing(scenario: Scenario, typed: str) -> str:
    """The id of the thing with this id, name or other spelling.

    Case, accents and hyphens do not count; nor do blanks and the article (al-, the) if nothing is
    spelled just so. Raises UsageProblem U502 when there is none, or when several bear the name.
    """
    if typed in scenario.things:
        return typed
    ids = scenario.spellings.get(plain_text(typed)) or _loosely(scenario, plain_text(typed))
    if len(ids) == 1:
        return ids[0]
    if ids:
        what = f"{typed!r} is the name of several things"
        listed = ", ".join(f"{i} ({scenario.kind_of(i)})" for i in sorted(ids))
        raise UsageError("U502", what, f"name one by its id: {listed}")
    raise UsageError("U502", f"there is nothing called {typed!r}", _close(scenario, typed))


ARTICLES = frozenset(["the", "al", "el", "ad", "an", "ar", "as", "ash", "at", "az"])
"""The English article, and the Arabic one, also as it is spoken before d, n, r, s, sh, t and z."""


def _loosely(scenario: Scenario, typed: str) -> tuple[str, ...]:
    """The things that are spelled like this but for an article and for blanks."""
    wanted = _bare(typed)
    found: dict[str, None] = {}
    for spelling, ids in scenario.spellings.items():
        if wanted and wanted & _bare(spelling):
            found |= dict.fromkeys(ids)
    return tuple(found)


def _bare(spelling: str) -> frozenset[str]:
    """A plain spelling without blanks, with and without its article."""
    first, _, rest = spelling.partition(" ")
    without = rest if first in ARTICLES else ""
    return frozenset(text.replace(" ", "") for text in (spelling, without) if text)


def _close(scenario: Scenario, typed: str) -> str:
    wanted = plain_text(typed)
    near = did_you_mean(wanted, scenario.spellings)
    if near:
        return near
    part = [s for s in scenario.spellings if wanted and wanted in s][:5]
    return f"there are {', '.join(part)}" if part else "`replay state` lists the places"


def left_out_names(timeline: Timeline) -> set[str]:
    """Names of what only claims count that this question leaves out."""
    events = timeline.scenario.events
    return {plain_text(entry.name) for event in events for entry in event.tallies}


def find_tallies(timeline: Timeline, typed: str) -> list[TallyKey]:
    """The series of tallies with this name or unit. Raises UsageProblem U502 if there is none."""
    known = [key.tally for key, _ in timeline.keys_of("tally") if key.tally]
    known += share_names(timeline).values()
    wanted = plain_text(typed)
    found = [s for s in known if wanted in (plain_text(s.name), plain_text(s.unit))]
    if not found and wanted in left_out_names(timeline):
        return []
    if not found:
        names = sorted({s.name for s in known})
        hint = did_you_mean(typed, names) or f"tallies: {', '.join(names) or 'none'}"
        raise UsageError("U502", f"nothing called {typed!r} is counted", hint)
    return found
