"""Run a scenario through a lens: readings, replay, timeline, in one call."""

from __future__ import annotations

from pathlib import Path

from replay.engine.simulation import simulate
from replay.foundation.calendar import Calendar
from replay.lens import Lens, ReplayQuestion, Undated, just_after, named_lens, readings
from replay.lens.tables import table_readings
from replay.model import Scenario
from replay.script.load import load
from replay.script.load import scenario as linked
from replay.timeline.moments import NamedMoment, read_known_on
from replay.timeline.timeline import Timeline


def run(
    scenario: Scenario | str | Path,
    lens: str | Lens = "default",
    known_on: str | None = None,
    undated: Undated = "unknown",
) -> Timeline:
    """Replay a scenario through a lens, from the first step of its window to the last.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, or what `replay.load` takes.
    lens : str or Lens, default "default"
        Which claims are admitted and how they rank: "default" (all claims), "only:SOURCE",
        "without:SOURCE", "official:SIDE", "against-interest", "earliest", "latest", the id of a
        lens that the scenario defines, or a Lens.
    known_on : str, optional
        A day, month or year in EDTF: only claims reported by its end count. A day without its year
        is of the first year of the window. Without `known_on` the date of a report does not matter.
    undated : "unknown" or "known", default "unknown"
        Whether claims without any report date count on a known-on day. It changes nothing without
        `known_on`.

    Returns
    -------
    Timeline
        All changes of the replay, with random access to any moment.

    Raises
    ------
    UsageError
        U501 if there is no such scenario, U503 if `known_on` is not a date or has no end, U504 if
        there is no such lens.
    ScenarioError
        E101 to E405 if the scenario is invalid.

    Method
    ------
    docs/testimony.md : who is believed.
    docs/control.md : what events do to control.
    docs/certainty.md : what the dates leave open.

    Example
    -------
    >>> import replay
    >>> timeline = replay.run("western-iraq-2017", known_on="2017-11-03")
    >>> timeline.at("2017-11-02").control["rawa"].value
    Control(status='held', sides=('isil',), by=())
    """
    if not isinstance(scenario, Scenario):
        scenario = load(scenario)
    elif scenario.variants is None:  # made of records, by nobody who links them
        scenario = linked(scenario)
    through = named_lens(scenario, lens) if isinstance(lens, str) else lens
    known = None if known_on is None else read_known_on(scenario, known_on).text
    return _replayed(scenario, through, ReplayQuestion(through.name, known, undated))


def _replayed(
    scenario: Scenario, lens: Lens, question: ReplayQuestion, after: NamedMoment | None = None
) -> Timeline:
    until, undated = question.until, question.undated
    chosen = readings(scenario, lens, until, undated)
    if after is not None and after.event is not None:
        chosen = just_after(chosen, after.event, scenario.calendar.tick(after.minute))
    tables = table_readings(scenario, lens, until, undated)
    log = simulate(scenario, chosen, tables)
    return Timeline(
        scenario, chosen, log, lens, question.known_on, tables, undated, refine=_refined
    )


def _refined(timeline: Timeline, calendar: Calendar, after: NamedMoment | None) -> Timeline:
    """The same question on a calendar with split steps."""
    scenario = timeline.scenario.on_calendar(calendar)
    return _replayed(scenario, timeline.lens, timeline.question, after)


def ask(scenario: Scenario, question: ReplayQuestion) -> Timeline:
    """The timeline that answers a question about a scenario; raises UsageError."""
    return run(scenario, question.lens, question.known_on, question.undated)
