"""The command `replay`: start-up, and what becomes of errors, interruptions and closed pipes."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import TextIO


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
        from replay.frontends.cli import start

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
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _open(stream: TextIO | None) -> TextIO:
    """A stream that any text can be written to; nowhere if it is closed."""
    from replay.foundation.streams import readable

    if stream is None:
        stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    readable(stream)
    return stream


class _Stopped(KeyboardInterrupt):
    """Ctrl-C. For a plain KeyboardInterrupt that passes through `exec`, as in the making of a
    dataclass, Python would end by the signal itself, whatever exit code we give."""


def _stop(number: int, frame: FrameType | None) -> None:
    """Raises what ends us; on the way out, what is half-written is removed."""
    if _importing(frame) and hasattr(signal, "setitimer"):
        # a module written in C that is stopped while it is set up takes the whole process with it
        signal.signal(signal.SIGALRM, lambda _, later: _stop(number, later))
        signal.setitimer(signal.ITIMER_REAL, 0.02)
        return
    raise _Stopped if number == signal.SIGINT else SystemExit(128 + number)


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _nowhere(*streams: TextIO) -> None:
    """What still waits to be written has nobody to read it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream.fileno())


if __name__ == "__main__":
    main()
