"""The state at any moment: against a row of a dense table, a replay, and stepping forward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.material import DAYS, campaign
from benchmarks.table import scatter
from benchmarks.timing import Result, compared, exact, of_pairs, seconds
from replay.engine.simulation import simulate
from replay.lens import named_lens
from replay.timeline.timeline import Timeline


def results() -> Iterator[Result]:
    scenario, tables = campaign()
    log = simulate(scenario, [], tables)
    timeline = Timeline(scenario, [], log, named_lens(scenario, "default"), tables=tables)
    dense = scatter(scenario)
    days = Random(1).choices(range(DAYS), k=500)

    def states(of: Sequence[int]) -> None:
        for day in of:
            timeline.codes("control", day)

    def rows() -> None:
        for day in days:
            dense[day].copy()

    yield compared(
        "all places on random days / a row of a dense table for each",
        20,
        lambda: states(days),
        rows,
    )
    yield exact(
        "memory of the indexes beside the log / the dense table",
        timeline.index.nbytes / dense.nbytes,
        0.1,
        f"{timeline.index.nbytes / 1e6:.1f} MB against {dense.nbytes / 1e6:.0f} MB",
    )
    pairs = [
        (seconds(lambda: states(days)) / len(days), seconds(lambda: simulate(scenario, [], tables)))
        for _ in range(9)
    ]
    yield of_pairs("all places on a random day / a replay from the start", 0.01, pairs)
    yield compared(
        "stepping back through all days / stepping forward",
        1.5,
        lambda: states(range(DAYS - 1, -1, -1)),
        lambda: states(range(DAYS)),
    )
