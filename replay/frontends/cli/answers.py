"""Commands that answer: state, explain, tally, delay."""

from __future__ import annotations

from typing import Annotated

import typer

from replay.frontends.cli.options import (
    AsJson,
    KnownOn,
    LensName,
    OnDay,
    ScenarioName,
    UndatedCount,
    chosen_for_you,
    moment_of,
    print_json,
    print_lines,
    timeline_of,
)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("state")(state)
    app.command("explain")(explain)
    app.command("tally")(tally)
    app.command("delay")(delay)


def state(
    scenario: ScenarioName,
    on: OnDay = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    as_json: AsJson = False,
) -> None:
    """Show the state on a day: places, areas, forces, tallies."""
    from replay.analysis.tallies import tally_rows
    from replay.facts.answers import state_json
    from replay.text.explanation import told_state

    timeline = timeline_of(scenario, lens, known_on, undated)
    now = moment_of(timeline, on)
    numbers = tally_rows(timeline, now)
    if as_json:
        print_json(state_json(timeline, now, numbers))
    else:
        print_lines([*told_state(timeline, now, numbers), *chosen_for_you(now, on)])


def explain(
    scenario: ScenarioName,
    thing: Annotated[
        str, typer.Argument(metavar="THING", help="A place, force, operation … by id or name.")
    ],
    on: OnDay = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    as_json: AsJson = False,
) -> None:
    """Explain a thing: its state, why it is so, who says so, and who disagrees.

    THING is the id or any spelling of a place, area, route, force, operation, person or tally.
    Accents and apostrophes are ignored.
    """
    from replay.analysis.names import find_tallies, find_thing
    from replay.analysis.tallies import tally_rows
    from replay.facts.answers import explain_json, json_head, tally_json
    from replay.foundation.errors import UsageError
    from replay.text.explanation import told_tally, told_why

    timeline = timeline_of(scenario, lens, known_on, undated)
    now = moment_of(timeline, on)
    try:
        of = find_thing(timeline.scenario, thing)
    except UsageError as unknown:
        try:
            names = {s.name for s in find_tallies(timeline, thing)}
        except UsageError:
            raise unknown from None
        found = [row for name in sorted(names) for row in tally_rows(timeline, now, name)]
        if as_json:
            print_json(
                json_head(timeline, now.label) | {"tallies": [tally_json(row) for row in found]}
            )
        else:
            print_lines([*told_tally(timeline, now, found), *chosen_for_you(now, on)])
        return
    if as_json:
        print_json(explain_json(timeline, of, now))
    else:
        print_lines([*told_why(timeline, of, now), *chosen_for_you(now, on)])


def tally(
    scenario: ScenarioName,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="What is counted: killed, villages …")
    ] = None,
    on: OnDay = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    as_json: AsJson = False,
) -> None:
    """List counts with their bounds: of each counter, and of all together."""
    from replay.analysis.names import find_tallies
    from replay.analysis.tallies import tally_rows
    from replay.facts.answers import json_head, tally_json
    from replay.text.explanation import told_tally

    timeline = timeline_of(scenario, lens, known_on, undated)
    now = moment_of(timeline, on)
    names = sorted({s.name for s in find_tallies(timeline, name)} or {name}) if name else [None]
    found = [row for one in names for row in tally_rows(timeline, now, one)]
    if as_json:
        answer = json_head(timeline, now.label)
        print_json(answer | {"tallies": [tally_json(row) for row in found]})
    else:
        print_lines([*told_tally(timeline, now, found), *chosen_for_you(now, on)])


def delay(
    scenario: ScenarioName,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    as_json: AsJson = False,
) -> None:
    """Show how fast the news came: the days between each event and its first report.

    With a vague date or an undated source the delay is a range, or unknown.
    """
    from replay.facts.delay import delays_json
    from replay.text.delay import told_delays

    timeline = timeline_of(scenario, lens, known_on, undated)
    if as_json:
        print_json(delays_json(timeline))
    else:
        print_lines(told_delays(timeline))
