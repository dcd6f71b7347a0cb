"""Two things timed side by side: their ratio, and how far it scatters."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Result:
    """One ratio with its goal; it is `ok` where the ratio is at most the goal."""

    name: str
    ratio: float
    goal: float
    low: float
    high: float
    """The smallest and the largest ratio of a single repetition."""
    note: str = ""

    @property
    def ok(self) -> bool:
        return self.ratio <= self.goal


def exact(name: str, ratio: float, goal: float, note: str = "") -> Result:
    """A ratio of sizes or counts, which does not scatter."""
    return Result(name, ratio, goal, ratio, ratio, note)


def compared(
    name: str,
    goal: float,
    ours: Callable[[], Any],
    floor: Callable[[], Any],
    repetitions: int = 9,
) -> Result:
    """The time of `ours` over that of `floor`: the median over pairs that are timed in turn.

    Both run once before, so that no first time is counted.
    """
    ours()
    floor()
    pairs = [(seconds(ours), seconds(floor)) for _ in range(repetitions)]
    return of_pairs(name, goal, pairs)


def of_pairs(name: str, goal: float, pairs: list[tuple[float, float]]) -> Result:
    """The ratio of times that were taken in pairs, ours first."""
    ratios = sorted(ours / floor for ours, floor in pairs)
    note = " against ".join(_spelled(median(column)) for column in zip(*pairs, strict=True))
    return Result(name, median(ratios), goal, ratios[0], ratios[-1], note)


def seconds(run: Callable[[], Any]) -> float:
    """Processor time of a call. What it gives is dropped only after the clock has stopped."""
    gc.collect()  # nobody pays for the garbage of the one before
    begin = processor()
    result = run()
    taken = processor() - begin
    del result
    return taken


def elapsed(run: Callable[[], Any]) -> float:
    """Seconds on the wall that a call takes: for work that is done beside it at the same time."""
    gc.collect()
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def processor() -> float:
    """Seconds that this process and the programs it ran have had the processor.

    Unlike a wall clock it does not count what else a machine is doing meanwhile.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _spelled(taken: float) -> str:
    if taken >= 1:
        return f"{taken:.2f} s"
    return f"{taken * 1e3:.1f} ms" if taken >= 1e-3 else f"{taken * 1e6:.1f} µs"
