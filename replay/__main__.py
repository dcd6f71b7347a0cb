"""The command `replay`: start-up, and what becomes of errors."""

from __future__ import annotations

import sys


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
    from replay.cli import start

    sys.exit(start(sys.argv[1:]))


if __name__ == "__main__":
    main()
