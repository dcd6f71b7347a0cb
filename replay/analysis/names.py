"""Which thing is meant by what a user typed: an id or any documented spelling."""

from __future__ import annotations

from replay.analysis.tallies import share_names
from replay.model import Scenario
from replay.problems import UsageProblem, did_you_mean
from replay.state import TallyKey
from replay.texts import plain
from replay.timeline import Timeline


def find_thing(scenario: Scenario, typed: str) -> str:
    """The id of the thing with this id, name or other spelling; case and accents do not count.

    Raises UsageProblem U502 when there is none, or when several bear the name.
    """
    if typed in scenario.things:
        return typed
    ids = scenario.spellings.get(plain(typed), ())
    if len(ids) == 1:
        return ids[0]
    if ids:
        what = f"{typed!r} is the name of several things"
        listed = ", ".join(f"{i} ({scenario.kind_of(i)})" for i in sorted(ids))
        raise UsageProblem("U502", what, f"name one by its id: {listed}")
    raise UsageProblem("U502", f"there is nothing called {typed!r}", _close(scenario, typed))


def _close(scenario: Scenario, typed: str) -> str:
    wanted = plain(typed)
    near = did_you_mean(wanted, scenario.spellings)
    if near:
        return near
    part = [s for s in scenario.spellings if wanted and wanted in s][:5]
    return f"there are {', '.join(part)}" if part else "`replay state` lists the places"


def find_tallies(timeline: Timeline, typed: str) -> list[TallyKey]:
    """The series of tallies with this name or unit. Raises UsageProblem U502 if there is none."""
    known = [key.tally for key, _ in timeline.keys_of("tally") if key.tally]
    known += share_names(timeline).values()
    wanted = plain(typed)
    found = [s for s in known if wanted in (plain(s.name), plain(s.unit))]
    if not found:
        names = sorted({s.name for s in known})
        hint = did_you_mean(typed, names) or f"tallies: {', '.join(names) or 'none'}"
        raise UsageProblem("U502", f"nothing called {typed!r} is counted", hint)
    return found
