"""Arguments and options that several commands share, and how they print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from replay.text.narrative import TextLine
    from replay.timeline.timeline import State, Timeline

ScenarioName = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="Name, folder or file of a scenario.")
]
LensName = Annotated[
    str, typer.Option("--lens", help="Which claims to trust: default, only:SOURCE, official:SIDE …")
]
KnownOn = Annotated[
    str | None,
    typer.Option("--known-on", metavar="DAY", help="Only claims reported by that day."),
]
UndatedCount = Annotated[
    str,
    typer.Option(
        "--undated",
        metavar="known|unknown",
        help="With --known-on: whether claims without a report date count.",
    ),
]
WHEN = "A day (its end), a time of day, or the id of an event (just after it)."
OnDay = Annotated[
    str | None,
    typer.Option("--on", metavar="WHEN", help=f"{WHEN} [default: the last day with an event]"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Jobs = Annotated[
    int,
    typer.Option("--jobs", metavar="N", min=1, help="How many processes share the work."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="A Dask cluster that does the work: tcp://10.0.0.5:8786 (extra `cluster`).",
    ),
]
StyleName = Annotated[
    str | None,
    typer.Option(
        "--style",
        metavar="STYLE",
        help="light, newspaper, dark, print, or a matplotlib style file.",
    ),
]
PageSize = Annotated[
    str | None,
    typer.Option(
        "--size",
        metavar="SIZE",
        help="screen, slide, slide-4x3, square, upright, a4, a4-portrait, a3 … or 1600x900.",
    ),
]
With = Annotated[
    str | None,
    typer.Option(
        "--with", metavar="LAYERS", help="Optional layers of the map: tint,front,age,app6."
    ),
]
Texts = Annotated[
    Path | None,
    typer.Option("--texts", metavar="DIR", help="Folder with the texts of the sources."),
]


def timeline_of(
    scenario: str, lens: str, known_on: str | None, undated: str = "unknown"
) -> Timeline:
    """Load and replay. Raises UsageProblem U507 if `undated` has no effect."""
    from replay.lens.question import how_undated_count
    from replay.pipeline import run

    return run(scenario, lens, known_on, how_undated_count(undated, known_on))


def moment_of(timeline: Timeline, on: str | None) -> State:
    """The requested moment; without one, the end of the last day with an event.

    If no event has a day within the window, it is the window's last day.
    """
    if on is not None:
        return timeline.at(on)
    last = timeline.last_event
    return timeline.at(timeline.scenario.calendar.ticks - 1 if last is None else last)


def chosen_for_you(state: State, on: str | None) -> list[TextLine]:
    """A line that says which moment was chosen, if none was requested."""
    from replay.text.dates import in_words
    from replay.text.narrative import TextLine

    if on is not None:
        return []
    step = "day" if state.timeline.scenario.step == "day" else "step"
    chosen = f"is the last {step} with an event"
    if state.timeline.last_event is None:
        chosen = f"is the last {step} of the window, in which no event is dated to a {step}"
    words = f"Without --on: {in_words(state)} {chosen}."
    return [TextLine("note", words)]


def file_label(label: str) -> str:
    """The label of a moment as a part of a file's name; ISO 8601 allows -- for the slash."""
    return label.replace("/", "--").replace(":", "")


def look(style: str | None, size: str | None = None, extra: str | None = None) -> dict[str, Any]:
    """The look of pictures as options of an export; wrong names are refused here."""
    found: dict[str, Any] = {}
    if style is not None:
        from replay.picture.styles import style_of

        found["style"] = style_of(style)
    if size is not None:
        from replay.picture.layers.sizes import size_of

        found["size"] = size_of(size)
    if extra is not None:
        from replay.picture.layers import optional

        found["extra"] = optional(name.strip() for name in extra.split(",") if name.strip())
    return found


def print_json(data: Any) -> None:
    """Print one JSON object on standard output, in the encoding of that output."""
    escaped = sys.stdout.encoding.lower() not in ("utf-8", "utf8")
    json.dump(data, sys.stdout, ensure_ascii=escaped, indent=1)
    sys.stdout.write("\n")


def console(stderr: bool = False) -> Console:
    """The console for text; without a terminal it has no colour and a fixed width."""
    from rich.console import Console

    class Shown(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich would leave with exit code 1

    shown = Shown(stderr=stderr, highlight=False, soft_wrap=False, markup=False, emoji=False)
    if not shown.is_terminal:
        shown = Shown(
            stderr=stderr, highlight=False, markup=False, emoji=False, width=100, color_system=None
        )
    return shown


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, if that is a terminal; (done, total) moves it."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    out = console(stderr=True)
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


STYLES = {
    "title": "bold",
    "phase": "bold",
    "day": "bold",
    "source": "dim",
    "rival": "dim",
    "quote": "italic",
    "note": "italic",
}
NARROWEST = 24
"""The least width for the second column of a row; with less it begins below the first."""


def print_lines(lines: Iterable[TextLine]) -> None:
    """Print lines with their style and indent, wrapped to the terminal."""
    from rich.text import Text

    from replay.text.narrative import INDENT

    shown = console()
    for line in lines:
        if line.kind == "phase":
            shown.print()
        if line.kind == "phase" and len(line.text) < shown.width - 2:
            shown.rule(Text(line.text, style="bold"), align="left", characters="─")
        elif line.kind == "strip":
            shown.print(line.text, soft_wrap=True)
        else:
            indent = INDENT.get(line.kind, 0)
            room = shown.width - indent - line.hang
            below = indent + (line.hang if room >= NARROWEST else 4 if line.hang else 0)
            for part in _wrapped(line.text, shown.width, indent, below) or [""]:
                shown.print(Text(part, style=STYLES.get(line.kind, "")))


def _wrapped(text: str, width: int, indent: int, below: int) -> list[str]:
    return wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * below,
        break_on_hyphens=False,
    )
