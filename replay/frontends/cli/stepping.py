"""The command that steps through the days in a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from replay.frontends.cli.options import (
    KnownOn,
    LensName,
    ScenarioName,
    Texts,
    UndatedCount,
    print_lines,
    timeline_of,
)


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("step")(step)


def step(
    scenario: ScenarioName,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="WHEN", help="The day, hour or event to begin at."),
    ] = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    texts: Texts = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Type commands and read lines; the default in pipes.")
    ] = False,
) -> None:
    """Step through the days in the terminal.

    The key ? shows all keys. Without a terminal, or with --plain, you type commands: next, back,
    event, goto 2017-11-03, why rawa, find qaim, help, quit.
    """
    from replay.script.coverage import texts as read_texts
    from replay.stepping.session import Session

    timeline = timeline_of(scenario, lens, known_on, undated)
    walk = Session(timeline, on, read_texts(timeline.scenario, texts) if texts else None)
    if plain or not _can_draw():
        from replay.frontends.terminal.lines import converse

        converse(walk, _typed(), print_lines)
    else:
        from replay.frontends.terminal.app import Stepper

        Stepper(walk).run()


def _can_draw() -> bool:
    """Whether all streams are a terminal that can move its cursor and print the map."""
    # the toolkit draws on standard error, so this must be the terminal too
    terminal = all(s is not None and s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr))
    clever = os.name == "nt" or os.environ.get("TERM", "dumb") not in ("dumb", "unknown", "")
    return terminal and clever and "utf" in (sys.stdout.encoding or "").lower()


def _typed() -> Iterator[str]:
    """The lines that a user types, with a prompt in a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")
        yield from sys.stdin
        return
    import contextlib

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  # input() then has its arrows and its memory
    while True:
        try:
            yield input("> ")
        except EOFError:
            print()
            return


def open_window(
    scenario: str,
    on: list[str] | None,
    lens: list[str] | None,
    known_on: list[str] | None,
    undated: str,
    style: str | None,
    others: list[object],
) -> None:
    """Open a window on one replay; raises UsageProblem U507 for options of pictures."""
    from replay.foundation.errors import UsageError
    from replay.frontends.window import show

    if any(others) or any(len(given or ()) > 1 for given in (on, lens, known_on)):
        what = "a window shows one replay at a time, and writes no file"
        raise UsageError("U507", what, "leave out all but --on, --lens, --known-on and --style")
    day, believed, known = (given[0] if given else None for given in (on, lens, known_on))
    show(timeline_of(scenario, believed or "default", known, undated), day, style)
