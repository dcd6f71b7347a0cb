"""Run a scenario through a lens: readings, replay, timeline, in one call."""

from __future__ import annotations

from pathlib import Path

from replay.engine import replay
from replay.lens import Lens, Question, Undated, named_lens, readings
from replay.model import Scenario
from replay.script.load import load
from replay.script.load import scenario as linked
from replay.tables import table_readings
from replay.timeline import Timeline


def run(
    scenario: Scenario | str | Path,
    lens: str | Lens = "default",
    known_on: str | None = None,
    undated: Undated = "unknown",
) -> Timeline:
    """The timeline of a scenario under a lens, with what had been reported by `known_on`.

    `undated` says whether claims without any report date count on a known-on day (`known`) or not.

    Raises Problems when the scenario is invalid, UsageProblem for an unknown lens or a bad date.

    >>> import replay
    >>> replay.run("western-iraq-2017").lens.name
    'default'
    """
    if not isinstance(scenario, Scenario):
        scenario = load(scenario)
    elif scenario.variants is None:  # made of records, by nobody who links them
        scenario = linked(scenario)
    through = named_lens(scenario, lens) if isinstance(lens, str) else lens
    until = Question(through.name, known_on, undated).until
    chosen = readings(scenario, through, until, undated)
    tables = table_readings(scenario, through, until, undated)
    log = replay(scenario, chosen, tables)
    return Timeline(scenario, chosen, log, through, known_on, tables, undated)


def ask(scenario: Scenario, question: Question) -> Timeline:
    """The timeline that answers a question about a scenario; raises UsageProblem."""
    return run(scenario, question.lens, question.known_on, question.undated)
