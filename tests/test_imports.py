"""What waits until it is needed: the help answers at once, and a timeline opens without SimPy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numpy", "simpy", "pydantic", "matplotlib", "PIL", "yaml", "rich", "textual"}

HELP = """
import runpy, sys
sys.argv = ["replay", "--help"]
try:
    runpy.run_module("replay", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
"""


def imported(code: str) -> set[str]:
    """The top modules that a fresh interpreter has imported after some code."""
    last = "import sys; print(*sys.modules, file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{last}"], check=True, capture_output=True, text=True
    )
    return {name.partition(".")[0] for name in run.stderr.split()}


@pytest.mark.parametrize("code", [HELP, "import replay; dir(replay)"])
def test_heavy_modules_wait_for_the_help(code: str) -> None:
    assert not imported(code) & HEAVY


def test_a_timeline_opens_without_simpy() -> None:
    assert "simpy" not in imported("import replay.timeline.timeline, replay.timeline.explanation")
