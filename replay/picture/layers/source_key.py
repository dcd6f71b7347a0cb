"""The sources at the foot of a page: the id by which the day cites each, and its title."""

from __future__ import annotations

from functools import lru_cache

from replay.foundation import theme
from replay.model import Scenario
from replay.picture.items import Item, Point, Text
from replay.picture.layers.text_metrics import wrapped

SIZE, ROW = 8.5, 11.0
MOST = 4
"""Lines that they take at most."""


@lru_cache(maxsize=64)
def _lines(told: str, room: float, u: float) -> tuple[str, ...]:
    """The lines, as even as their number allows: no word alone on the last one."""
    lines = tuple(wrapped(told, SIZE * u, room, MOST))
    for share in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        even = tuple(wrapped(told, SIZE * u, room * share, MOST + 1))
        if len(even) == len(lines) > 1:
            return even
    return lines


def _told(scenario: Scenario) -> str:
    keys = (f"{source.id}: {source.title}" for source in scenario.sources)
    return f"Sources – {' · '.join(keys)}" if scenario.sources else ""


def height(scenario: Scenario, room: float, u: float) -> float:
    """How tall they are in a width."""
    return len(_lines(_told(scenario), room, u)) * ROW * u


def source_key(scenario: Scenario, left: float, bottom: float, room: float, u: float) -> list[Item]:
    """The sources, their last line above `bottom`."""
    lines = _lines(_told(scenario), room, u)
    return [
        Text(
            at=Point(left, bottom - (len(lines) - 1 - n) * ROW * u),
            text=line,
            size=SIZE * u,
            colour=theme.SOFT,
        )
        for n, line in enumerate(lines)
    ]
