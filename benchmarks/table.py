"""A million captures given as a table, against one NumPy scatter of the same assignments."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
import simpy

from benchmarks.material import DAYS, EVENTS, PLACES, campaign
from benchmarks.timing import Result, compared, exact
from replay.engine.log import Ints
from replay.engine.simulation import simulate
from replay.lens.tables import TableReading
from replay.model import Scenario


def results() -> Iterator[Result]:
    plain, counted = campaign(), campaign(tally=True)
    name = "a million captures from a table"
    yield compared(
        f"{name} / one NumPy scatter",
        5,
        lambda: simulate(plain[0], [], plain[1]),
        lambda: scatter(plain[0]),
    )
    yield compared(
        f"{name}, with a tally / one NumPy scatter",
        7,
        lambda: simulate(counted[0], [], counted[1]),
        lambda: scatter(counted[0]),
    )
    few, many = simpy_events(*campaign(rows=EVENTS // 10)), simpy_events(*plain)
    yield exact(
        "SimPy events of ten times the rows over the same days / those of one time the rows",
        many / few,
        1,
        f"{many} against {few}",
    )


def scatter(scenario: Scenario) -> Ints:
    """The floor: who held each place after each day on which it was taken."""
    (columns,) = scenario.columns
    table = np.zeros((DAYS, PLACES), np.int32)
    table[columns.tick, columns.place] = columns.by
    return table


def simpy_events(scenario: Scenario, tables: list[TableReading]) -> int:
    """How many events a replay has SimPy schedule."""
    schedule = simpy.Environment.schedule
    with patch.object(simpy.Environment, "schedule", autospec=True, side_effect=schedule) as seen:
        simulate(scenario, [], tables)
    return seen.call_count
