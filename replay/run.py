"""Run a scenario through a lens: readings, replay, timeline, in one call."""

from __future__ import annotations

from pathlib import Path

from replay import dates
from replay.engine import replay
from replay.lens import Lens, named_lens, readings
from replay.model import Scenario
from replay.problems import UsageProblem
from replay.script.load import load
from replay.tables import table_readings
from replay.timeline import Timeline


def run(
    scenario: Scenario | str | Path,
    lens: str | Lens = "default",
    known_on: str | None = None,
) -> Timeline:
    """The timeline of a scenario under a lens, with what had been reported by `known_on`.

    Raises Problems when the scenario is invalid, UsageProblem for an unknown lens or a bad date.

    >>> import replay
    >>> replay.run("western-iraq-2017").lens.name
    'default'
    """
    if not isinstance(scenario, Scenario):
        scenario = load(scenario)
    through = named_lens(scenario, lens) if isinstance(lens, str) else lens
    until = _minute(known_on)
    chosen = readings(scenario, through, until)
    tables = table_readings(scenario, through, until)
    log = replay(scenario, chosen, tables)
    return Timeline(scenario, chosen, log, through, known_on, tables)


def _minute(known_on: str | None) -> int | None:
    if known_on is None:
        return None
    try:
        latest = dates.parse(known_on).bounds.latest
    except dates.DateError as error:
        raise UsageProblem("U503", str(error), error.hint) from None
    if latest is None:
        raise UsageProblem("U503", f"{known_on!r} has no end", "name a day: 2017-11-03")
    return latest
