"""A hundred thousand events one by one, against a SimPy process that does nothing else."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy as np
import simpy

from benchmarks.material import EVENTS, campaign
from benchmarks.timing import Result, compared
from replay.engine.simulation import simulate

SINGLE = 100_000


def results() -> Iterator[Result]:
    scenario, (table,) = campaign()
    chosen = range(0, EVENTS, EVENTS // SINGLE)
    readings = [replace(table.reading(row), index=n) for n, row in enumerate(chosen)]
    script = scenario.linked(None, None, {})
    waits = np.diff(table.columns.tick[list(chosen)], prepend=0).tolist()
    yield compared(
        "100,000 captures one by one / a SimPy process that resumes once for each",
        5,
        lambda: simulate(script, readings),
        lambda: raw(waits),
    )


def raw(waits: list[int]) -> None:
    """The floor: wait for each event, and let nothing happen."""
    env = simpy.Environment()

    def process() -> Generator[simpy.Event, None, None]:
        for wait in waits:
            yield env.timeout(wait)

    env.process(process())
    env.run()
