"""Changes to a scenario as one types them: "move qaim-launched +3d", "without sandstorm-halt"."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from replay.foundation.errors import UsageError
from replay.model import Scenario
from replay.script.load import HypotheticalWarning

MOVE = re.compile(r"move\s+(\S+)\s+(?:by\s+)?([+-]?\d+(?:\.\d+)?)\s*(h|d|w|hour|day|week)s?")
WITHOUT = re.compile(r"(?:without|leave out)\s+(\S.*)")
DAYS = {"d": 1.0, "day": 1.0, "w": 7.0, "week": 7.0}
SPELLINGS = 'write "move EVENT +3d", "move EVENT -6h" or "without EVENT"'


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed scenario, with what was asked and what no longer goes together in it."""

    scenario: Scenario
    changes: tuple[str, ...]
    """The changes as they were asked for, in order."""
    conflicts: tuple[str, ...]
    """Dates that now contradict an order that the script states, as sentences; the dates count."""


def change_scenario(scenario: Scenario, phrases: Sequence[str]) -> Changed:
    """The scenario with changes made one after the other.

    Raises UsageError U507 for a change that cannot be read, U502 for an event that there is not,
    U503 for one without a date, and ScenarioError where nothing valid is left.
    """
    conflicts: tuple[str, ...] = ()
    for phrase in phrases:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always", HypotheticalWarning)
            scenario = _made(scenario, phrase.strip())
        # Only the last change sees all dates: what an earlier one broke may be mended by it.
        conflicts = tuple(
            conflict
            for warning in heard
            if isinstance(warning.message, HypotheticalWarning)
            for conflict in warning.message.conflicts
        )
    return Changed(scenario, tuple(phrase.strip() for phrase in phrases), conflicts)


def _made(scenario: Scenario, phrase: str) -> Scenario:
    if found := MOVE.fullmatch(phrase):
        event, number, unit = found[1], float(found[2]), found[3]
        if unit in DAYS:
            return scenario.shifted(event, days=number * DAYS[unit])
        return scenario.shifted(event, hours=number)
    if found := WITHOUT.fullmatch(phrase):
        return scenario.without(*re.split(r"[\s,]+", found[1].strip(" ,")))
    raise UsageError("U507", f"{phrase!r} is not a change", SPELLINGS)
