"""The waits of a user: the flagship's replay, and the help of the command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.timing import Result, compared, of_pairs, seconds
from replay.engine.simulation import simulate
from replay.lens import named_lens, readings
from replay.script.load import load

FLAGSHIP = "western-iraq-2017"
IMPORT = "import time; t = time.process_time(); import simpy; print(time.process_time() - t)"


def results() -> Iterator[Result]:
    scenario = load(FLAGSHIP)
    through = named_lens(scenario, "default")
    simulate(scenario, readings(scenario, through))
    pairs = []
    for _ in range(9):
        fresh = readings(scenario, through)  # readings remember how their claims rank
        ours = seconds(lambda fresh=fresh: simulate(scenario, fresh))
        pairs.append((ours, import_of_simpy()))
    yield of_pairs("the flagship's replay / import simpy", 0.5, pairs)
    yield compared(
        "replay --help / python -c pass",
        10,
        lambda: python("-m", "replay", "--help"),
        lambda: python("-c", "pass"),
    )


def import_of_simpy() -> float:
    """Seconds that `import simpy` takes in a fresh interpreter, without its start."""
    return float(python("-c", IMPORT))


def python(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, text=True
    ).stdout
