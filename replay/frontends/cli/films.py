"""Options of films, and how they are passed on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from replay.timeline.timeline import Timeline

First = Annotated[
    str | None, typer.Option("--from", metavar="WHEN", help="The first day of a film.")
]
Last = Annotated[
    str | None, typer.Option("--until", metavar="WHEN", help="The last day of a film.")
]
PaceName = Annotated[
    str | None,
    typer.Option("--pace", metavar="PACE", help="Play by event, day or phase."),
]
Length = Annotated[
    float | None, typer.Option("--length", metavar="SECONDS", help="The length of a film.")
]
Fps = Annotated[int | None, typer.Option("--fps", metavar="N", help="Frames per second of a film.")]
Transitions = Annotated[
    bool, typer.Option("--transitions/--no-transitions", help="Whether days fade into each other.")
]
Cards = Annotated[
    bool,
    typer.Option(
        "--cards/--no-cards", help="Whether a film shows cards with its title, phases and sources."
    ),
]
Captions = Annotated[
    bool, typer.Option("--captions", help="Also write subtitles (.srt) beside a film.")
]


def film_options(
    timeline: Timeline,
    first: str | None,
    last: str | None,
    pace: str | None,
    length: float | None,
    fps: int | None,
    transitions: bool,
    cards: bool,
) -> dict[str, Any]:
    """The requested options of a film, as options of an export."""
    found: dict[str, Any] = {"pace": pace, "length": length, "fps": fps}
    found = {name: value for name, value in found.items() if value is not None}
    if first is not None or last is not None:
        label, end = timeline.scenario.calendar.label, timeline.scenario.calendar.ticks - 1
        found["days"] = (first or label(0), last or label(end))
    if not transitions:
        found["transitions"] = False
    if not cards:
        found["cards"] = False
    return found


def shared_by(jobs: int, scheduler: str | None) -> dict[str, Any]:
    """The processes or cluster that make the pictures, unless it is this process alone."""
    found: dict[str, Any] = {"jobs": jobs} if jobs != 1 else {}
    return found if scheduler is None else {**found, "scheduler": scheduler}


def only_films(out: Path, format_name: str | None) -> None:
    """Raises UsageProblem U507 if options of films are given for another format."""
    from replay.foundation.errors import UsageError
    from replay.outputs.formats import format_of

    known = format_of(out, format_name)
    if not known.film:
        asked = "--from, --until, --pace, --jobs and the like"
        what = f"{asked} are for films, and {known.suffix} is not a film"
        raise UsageError("U507", what, "use --on for one day, or write a .mp4, .webm or .gif")
