"""The charts by name, and what a chart is: numbers, what they rest on, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from replay.analysis.names import find_tallies
from replay.foundation.errors import UsageError, did_you_mean
from replay.picture.items import Box, Item
from replay.timeline.timeline import Timeline

Row = dict[str, Any]
"""A plotted number with what it is of: plain values, the same keys in every row of a chart."""


Sign = Literal[
    "line",
    "dashed",
    "pale",
    "hatched",
    "upright",
    "circle",
    "square",
    "hollow",
    "dot",
    "diamond",
    "on that day",
    "by that day",
    "sources differ",
]
"""The signs of which the key of a chart may tell."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one replay."""

    name: str
    title: str
    says: str
    """What it shows, in a sentence."""
    unit: str
    rows: tuple[Row, ...]
    rests: str
    """The sources and reporters behind it."""
    key: tuple[tuple[Sign, str], ...]
    """What its signs mean."""
    draw: Callable[[Box, float], list[Item]]
    """Its items in a box; the number is pixels to a pixel of a page of 1280 × 720."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of chart."""

    name: str
    summary: str
    make: Callable[[Timeline], Chart]


CHARTS: dict[str, Kind] = {}
"""The charts by name; beside them every counted thing is a chart by its own name."""


def chart(
    name: str, summary: str
) -> Callable[[Callable[[Timeline], Chart]], Callable[[Timeline], Chart]]:
    """Decorator: the function makes the chart of this name."""

    def register(make: Callable[[Timeline], Chart]) -> Callable[[Timeline], Chart]:
        assert name not in CHARTS, f"two charts called {name}"
        CHARTS[name] = Kind(name, summary, make)
        return make

    return register


def chart_of(timeline: Timeline, name: str) -> Chart:
    """The chart of a name: places, ground, events, delay, or of what is counted: killed …

    Raises UsageProblem U502 where there is none.
    """
    from replay.picture.charts.numbers import numbers

    if name in CHARTS:
        return CHARTS[name].make(timeline)
    try:
        series = find_tallies(timeline, name)
    except UsageError:
        counted = sorted({key.of for key, _ in timeline.keys_of("tally")})
        close = did_you_mean(name, [*CHARTS, *counted])
        listed = f"charts: {', '.join(CHARTS)}; or what is counted: {', '.join(counted) or 'none'}"
        hint = f"{close} {listed}" if close else listed
        raise UsageError("U502", f"there is no chart {name!r}", hint) from None
    return numbers(timeline, sorted({s.name for s in series}))
