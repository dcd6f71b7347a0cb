"""The command line: it parses, calls and prints, and has no logic of its own."""

from __future__ import annotations

import sys

import typer
from typer.main import get_command

from replay.frontends.cli import (
    answers,
    certainty,
    charting,
    comparing,
    products,
    scripts,
    stepping,
)

APP = typer.Typer(
    name="replay",
    help="Replay a military campaign day by day from its documents: who held what, why, "
    "who says so, and who disagrees.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (scripts, products, stepping, charting, answers, certainty, comparing):
    module.add_to(APP)


@APP.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Show the version and leave."),
) -> None:
    if version:
        import replay

        print(f"campaign-replay {replay.__version__}")
        raise typer.Exit


def start(arguments: list[str]) -> int:
    """Run a command; returns 0 if fine, 1 for an invalid scenario, 2 for wrong usage, 130 if
    interrupted."""
    from replay.foundation.fonts import one_warning

    with one_warning(lambda message: print(f"replay: {message}", file=sys.stderr)):
        return _start(arguments)


def _start(arguments: list[str]) -> int:
    from replay.foundation.errors import ScenarioError, UsageError

    try:
        # not by `main`, which would turn interruptions and closed pipes into plain exits
        with get_command(APP).make_context("replay", list(arguments)) as context:
            code = context.command.invoke(context)
    except typer.Exit as leave:
        return leave.exit_code
    except UsageError as problem:
        print(f"replay: {problem}", file=sys.stderr)
        return 2
    except ScenarioError as problem:
        print(problem, file=sys.stderr)
        count = len(problem.problems)
        print(f"\n{count} {'problem' if count == 1 else 'problems'}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nreplay: interrupted; no incomplete files are left", file=sys.stderr)
        return 130
    except Exception as error:
        return _click(error)
    return code if isinstance(code, int) else 0


def _click(error: Exception) -> int:
    """Print messages of the argument parser; any other error is a bug and is raised."""
    from replay.foundation.errors import one_line_excerpt

    name = type(error).__name__
    if name == "Abort":
        return 130
    if name == "NoArgsIsHelpError":
        print(getattr(error, "message", ""))
        return 0
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):
        print(f"replay: U507 {one_line_excerpt(error.format_message())}", file=sys.stderr)
        print(f"    {_hint(error)}", file=sys.stderr)
        return 2
    raise error


_BRACES = str.maketrans("", "", "{}")


def _hint(error: Exception) -> str:
    """What the missing or wrong option or argument takes, or where to find the help."""
    context, option = getattr(error, "ctx", None), getattr(error, "param", None)
    command = context.command_path if context is not None else "replay"
    missing = type(error).__name__ == "MissingParameter"
    if missing and context is not None and getattr(option, "param_type_name", "") == "argument":
        usage = " ".join(context.command.get_usage(context).split()[1:]).translate(_BRACES)
        return f"write: {usage}\n    `replay list` names the scenarios, `{command} --help` explains"
    says, takes = getattr(option, "help", None), getattr(option, "metavar", None)
    if option is None or not says or not takes:
        return f"try `{command} --help`"
    flag = next((name for name in option.opts if name.startswith("--")), "")
    return f"{flag} {takes}: {says}".strip()
