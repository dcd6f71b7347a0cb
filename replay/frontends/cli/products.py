"""Commands that make things: run, show, snapshots, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from replay.frontends.cli.films import (
    Captions,
    Cards,
    First,
    Fps,
    Last,
    Length,
    PaceName,
    Transitions,
    film_options,
    only_films,
    shared_by,
)
from replay.frontends.cli.options import (
    WHEN,
    Jobs,
    KnownOn,
    LensName,
    PageSize,
    ScenarioName,
    Scheduler,
    StyleName,
    UndatedCount,
    With,
    chosen_for_you,
    console,
    file_label,
    look,
    moment_of,
    print_lines,
    progress_bar,
    timeline_of,
)

if TYPE_CHECKING:
    from replay.timeline.timeline import Timeline

Folder = Annotated[
    Path | None, typer.Option("-o", "--out", metavar="DIR", help="Folder to write into.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("run")(run)
    app.command("show")(show)
    app.command("snapshots")(snapshots)
    app.command("export")(export)


def run(
    scenario: ScenarioName,
    out: Folder = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    text_only: Annotated[
        bool, typer.Option("--text-only", help="Only print; write no files.")
    ] = False,
    style: StyleName = None,
) -> None:
    """Replay a campaign, phase by phase.

    It prints what happened and who says so, and writes the player, the log, a map, a sheet for each
    phase and a film.
    """
    from replay.text.narrative import narrative

    options = look(style)
    timeline = timeline_of(scenario, lens, known_on, undated)
    shown = console()
    print_lines(narrative(timeline, shown.width if shown.is_terminal else None))
    if not text_only:
        _write_all(timeline, out or Path("out") / timeline.scenario.scenario, options)


def _write_all(timeline: Timeline, folder: Path, options: dict[str, Any]) -> None:
    from replay.outputs.formats import export as write
    from replay.outputs.rendering.sheet import sheets

    name = timeline.scenario.scenario
    last = timeline.scenario.calendar.ticks - 1
    with progress_bar("player") as progress:
        written = [write(timeline, folder / f"{name}.html", progress=progress)]
    written += [
        write(timeline, folder / f"{name}-log.csv"),
        write(timeline, folder / f"{name}-log.json"),
        write(timeline, folder / f"{name}-map.png", on=last, **options),
    ]
    with progress_bar("phase sheets") as progress:
        written += sheets(timeline, folder / "sheets", progress=progress, **options)
    with progress_bar("film") as progress:
        written.append(write(timeline, folder / f"{name}.mp4", progress=progress, **options))
    shown = console(stderr=True)
    shown.print("wrote")
    for path in written:
        shown.print(f"  {path}")


def show(
    scenario: ScenarioName,
    on: Annotated[
        list[str] | None,
        typer.Option(
            "--on",
            metavar="WHEN",
            help=f"{WHEN[:-1]}; twice: side by side. [default: the last day with an event]",
        ),
    ] = None,
    days: Annotated[
        str | None,
        typer.Option("--days", metavar="DAYS", help="A page of small maps: days with commas."),
    ] = None,
    every: Annotated[
        int | None,
        typer.Option("--every", metavar="N", min=1, help="A page of small maps: every Nth day."),
    ] = None,
    phases: Annotated[
        bool, typer.Option("--phases", help="A page of small maps: the ends of the phases.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="FILE", help="PNG, SVG or PDF. [default: SCENARIO-DAY.png]"
        ),
    ] = None,
    style: StyleName = None,
    size: PageSize = None,
    extra: With = None,
    window: Annotated[
        bool,
        typer.Option("--window", help="Open a window with a slider, if there is a display."),
    ] = False,
    lens: Annotated[
        list[str] | None,
        typer.Option(
            "--lens", help="Which claims to trust; twice: side by side. [default: default]"
        ),
    ] = None,
    known_on: Annotated[
        list[str] | None,
        typer.Option(
            "--known-on",
            metavar="DAY",
            help="Only claims reported by that day; twice: side by side.",
        ),
    ] = None,
    undated: UndatedCount = "unknown",
) -> None:
    """Draw a map: who held what on a day; two side by side; or small ones of many days.

    Side by side, the places that look different are ringed and listed with who says so. Without a
    day, it is the one on which most places differ.
    """
    from replay.frontends.cli.showing import multiples, one_each, one_moment, side_by_side
    from replay.outputs.formats import export as write
    from replay.outputs.rendering.write import kind_of

    options = look(style, size, extra)
    many = [days is not None, every is not None, phases]
    if window:
        from replay.frontends.cli.stepping import open_window

        open_window(scenario, on, lens, known_on, undated, style, [out, size, extra, *many])
        return
    if not one_moment(on, lens, known_on, many):
        if extra:
            _only_one_map(extra)
        if not any(many):
            side_by_side(scenario, on, lens, known_on, undated, out, options)
            return
        timeline = timeline_of(scenario, *one_each(lens, known_on), undated)
        multiples(timeline, days, every, out, options)
        return
    if out is not None:
        kind_of(out)
    timeline = timeline_of(scenario, *one_each(lens, known_on), undated)
    asked = on[0] if on else None
    now = moment_of(timeline, asked)
    name = asked if asked in timeline.scenario.event else file_label(now.label)
    path = out or Path(f"{timeline.scenario.scenario}-{name}.png")
    console(stderr=True).print(f"wrote {write(timeline, path, on=now, **options)}")
    for line in chosen_for_you(now, asked):
        console(stderr=True).print(line.text)


def _only_one_map(extra: str) -> None:
    """Raises UsageProblem U507."""
    from replay.foundation.errors import UsageError

    what = f"--with {extra} is for a single map"
    raise UsageError("U507", what, "leave it out, or name one day")


def snapshots(
    scenario: ScenarioName,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Folder to write into.")],
    style: StyleName = None,
    size: PageSize = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
) -> None:
    """Draw the sheets of a campaign: a page for each phase, and all in one PDF.

    A title page with the contents, how to read them, charts, each phase with the maps before and
    after it, the sources. Without --size they are A3.
    """
    from replay.outputs.rendering.sheet import sheets

    options = look(style, size)
    timeline = timeline_of(scenario, lens, known_on, undated)
    with progress_bar("sheets") as progress:
        written = sheets(timeline, out, progress=progress, **options)
    for path in written:
        console(stderr=True).print(f"wrote {path}")


def export(
    scenario: ScenarioName,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The file to write.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHEN", help="The day, for formats of one day.")
    ] = None,
    first: First = None,
    last: Last = None,
    pace: PaceName = None,
    length: Length = None,
    fps: Fps = None,
    transitions: Transitions = True,
    cards: Cards = True,
    captions: Captions = False,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="The format, if the suffix is not enough.")
    ] = None,
    style: StyleName = None,
    size: PageSize = None,
    extra: With = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
) -> None:
    """Write the replay as a film, pictures or data.

    The suffix of FILE chooses the format: .mp4, .gif, .png, .svg, .geojson, .kml, .csv … An unknown
    suffix lists them all.
    """
    from replay.outputs.formats import export as write

    timeline = timeline_of(scenario, lens, known_on, undated)
    when = timeline.at(on) if on is not None else None
    if when is not None:
        _only_stills(out, format_name)
    options = look(style, size, extra)
    if options:
        _only_pictures(out, format_name)
    more = film_options(timeline, first, last, pace, length, fps, transitions, cards)
    more |= shared_by(jobs, scheduler)
    if more or captions:
        only_films(out, format_name)
    options |= more
    with progress_bar(out.name) as progress:
        path = write(timeline, out, format=format_name, on=when, progress=progress, **options)
    console(stderr=True).print(f"wrote {path}")
    if captions:
        path = write(timeline, out.with_suffix(".srt"), **options)
        console(stderr=True).print(f"wrote {path}")


def _only_stills(out: Path, format_name: str | None) -> None:
    """Raises UsageProblem U507 if a day is named for a format with all days."""
    from replay.foundation.errors import UsageError
    from replay.outputs.formats import format_of

    known = format_of(out, format_name)
    if not known.still:
        what = f"--on is for pictures of one day, and {known.suffix} has all days"
        raise UsageError("U507", what, "leave it out, or write a .png, .svg or .pdf")


def _only_pictures(out: Path, format_name: str | None) -> None:
    """Raises UsageProblem U507 if a look is requested for a format that is not a picture."""
    from replay.foundation.errors import UsageError
    from replay.outputs.formats import format_of

    known = format_of(out, format_name)
    if known.data:
        what = f"--style, --size and --with are for pictures, and {known.suffix} is not a picture"
        raise UsageError("U507", what, "leave them out, or write a .png, .svg, .pdf, .mp4 or .gif")
