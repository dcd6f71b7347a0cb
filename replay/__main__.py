"""The command `replay`: start-up, and what becomes of errors, interruptions and closed pipes."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn, TextIO


def main() -> None:
    """Run the command line; exit codes as docs/commands.md states them."""
    import replay

    if getattr(replay, "__distribution__", None) != "campaign-replay":
        where = getattr(replay, "__file__", None) or "an unknown place"
        sys.exit(
            f"the package 'replay' that Python finds ({where}) is not campaign-replay;\n"
            "another distribution installs a module of that name: remove it, or install "
            "campaign-replay into an environment of its own"
        )
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        _prepare()
        from replay.cli import start

        code = start(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("\nreplay: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone (`| head`): no error of ours
        _nowhere(sys.stdout, sys.stderr)
        return 0
    except OSError as error:
        _nowhere(sys.stdout)
        where = error.filename or "standard output"
        print(f"replay: U506 cannot write {where}: {error.strerror or error}", file=sys.stderr)
        return 2
    return code


def _prepare() -> None:
    """Streams that never fail over a letter, and an orderly end when we are told to stop."""
    sys.stdout = _open(sys.stdout)
    sys.stderr = _open(sys.stderr)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave)


def _open(stream: TextIO | None) -> TextIO:
    """A stream that spells out the letters that it does not have; nowhere if it is closed."""
    if stream is None:
        stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)  # on the way out, what is half-written is removed


def _nowhere(*streams: TextIO) -> None:
    """What still waits to be written has nobody to read it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream.fileno())


if __name__ == "__main__":
    main()
