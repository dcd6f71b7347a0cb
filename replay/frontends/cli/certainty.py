"""The command that shows how certain control is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from replay.frontends.cli.options import (
    AsJson,
    Jobs,
    KnownOn,
    LensName,
    ScenarioName,
    Scheduler,
    UndatedCount,
    print_json,
    print_lines,
    progress_bar,
    timeline_of,
)

if TYPE_CHECKING:
    from replay.timeline.timeline import Timeline


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("certainty")(certainty)


def certainty(
    scenario: ScenarioName,
    thing: Annotated[
        str | None,
        typer.Argument(metavar="[THING]", help="A place, by id or name. [default: all]"),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="WHEN",
            help="A day (its end), a time of day, or the id of an event. [default: all days]",
        ),
    ] = None,
    shares: Annotated[
        bool, typer.Option("--shares", help="In how many readings of the dates each value occurs.")
    ] = False,
    samples: Annotated[
        int | None,
        typer.Option(
            "--samples",
            metavar="N",
            min=1,
            help="Draw N readings for each place instead of counting all of them.",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, help="Which readings are drawn.")
    ] = 0,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    as_json: AsJson = False,
) -> None:
    """Show what is certain about control, and what is uncertain because of vague dates.

    A value is certain if it occurs wherever the events happened within the bounds of their dates,
    and possible if it occurs for some of these days. This does not decide which source is right:
    the lens does.
    """
    from replay.analysis.certainty import certainty as found
    from replay.facts.certainty import certainty_json
    from replay.foundation.executors import executor
    from replay.text.certainty import certainty_lines

    timeline = timeline_of(scenario, lens, known_on, undated)
    moment = timeline.at(on) if on is not None else None
    if moment is not None:
        timeline = moment.timeline
    places = [_place(timeline, thing)] if thing else None
    asked = shares or samples is not None
    with executor(jobs, scheduler) as workers, progress_bar("readings") as progress:
        answer = found(
            timeline,
            places,
            shares=asked,
            samples=samples,
            seed=seed,
            workers=workers,
            progress=progress,
        )
    if as_json:
        print_json(certainty_json(answer, moment))
    else:
        print_lines(certainty_lines(answer, moment, whole=thing is not None))


def _place(timeline: Timeline, typed: str) -> str:
    """The id of the place that is meant. Raises UsageProblem U502."""
    from replay.analysis.names import find_thing
    from replay.foundation.errors import UsageError

    scenario = timeline.scenario
    place = find_thing(scenario, typed)
    if place not in scenario.place:
        what = f"{scenario.name(place)} is a {scenario.kind_of(place)}, not a place"
        raise UsageError("U502", what, "name a place; `replay state` lists them")
    return place
