"""In how many readings of the dates a place is held: counted, drawn at once, or replayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.timing import Result, compared
from replay.analysis.certainty import certainty
from replay.analysis.certainty.course import Dated, Orders
from replay.analysis.certainty.sampling import drawn_samples
from replay.engine.simulation import simulate
from replay.lens import BEFORE_ALL, NEVER, Reading
from replay.model.state import Value
from replay.pipeline import run
from replay.timeline.timeline import Timeline

FLAGSHIP = "western-iraq-2017"
SAMPLES = 200
Shares = dict[tuple[int, str], Counter[Value | None]]


def results() -> Iterator[Result]:
    timeline = run(FLAGSHIP)
    yield compared(
        f"{SAMPLES} samples of all places on all days / the same by replays, one for each sample",
        1 / 15,
        lambda: certainty(timeline, shares=True, samples=SAMPLES),
        lambda: naive(timeline, SAMPLES),
        repetitions=3,
    )
    yield compared(
        "all readings of the dates counted, all places on all days / one replay",
        5,
        lambda: certainty(timeline, shares=True),
        lambda: simulate(timeline.scenario, timeline.readings),
    )


def naive(timeline: Timeline, samples: int) -> Shares:
    """The floor: put every event on a day, replay all of it, look at all places on all days."""
    found: Shares = {}
    for reading in chosen(timeline, samples):
        log = simulate(timeline.scenario, reading)
        one = Timeline(timeline.scenario, reading, log, timeline.lens)
        for tick in range(timeline.scenario.calendar.ticks):
            for place, marked in one.at(tick).control.items():
                found.setdefault((tick, place), Counter())[marked.value] += 1
    return found


def chosen(timeline: Timeline, samples: int) -> Iterator[list[Reading]]:
    """The readings of a campaign with every event on one day; what has an open end on its last."""
    orders = Orders(timeline)
    bounds, after = orders.narrowed
    closed = [
        (first, last) if first > BEFORE_ALL and last < NEVER else (last, last)
        for (first, _), (last, _) in bounds
    ]
    events = [
        Dated(*ends, None, tuple(a for a in before if closed[a][1] > closed[n][0]))
        for n, (ends, before) in enumerate(zip(closed, after, strict=True))
    ]
    for days in drawn_samples(events, np.random.default_rng(0), samples).tolist():
        yield [
            replace(reading, versions=(replace(reading.shown, earliest=day, latest=day),))
            for reading, day in zip(orders.readings, days, strict=True)
        ]
