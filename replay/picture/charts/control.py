"""How many places each side holds, day by day: at least, as shown, and at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from replay.foundation import theme
from replay.foundation.english import counted
from replay.model.state import Control, Marked
from replay.picture.charts.plot import GUTTER, Plot, spread, steps
from replay.picture.charts.registry import Chart, Row, chart
from replay.picture.charts.source_note import rests_on
from replay.picture.items import Box, Item, Line, Point, Text
from replay.picture.layers.symbology import colour_of
from replay.picture.layers.text_metrics import fitted, width
from replay.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Held:
    """Places that a side holds, for each tick: surely; with those that it may hold; and shown."""

    name: str
    side: str | None
    sure: tuple[int, ...]
    possible: tuple[int, ...]
    """`sure` with those that may have changed already."""
    disputed: tuple[int, ...]
    """`possible` with those on which sources differ: the most that it can be."""
    shown: tuple[int, ...]


@chart("places", "How many places each side holds: at least, as shown, at most.")
def places(timeline: Timeline) -> Chart:
    """The number of places by who holds them. A besieged place is its holder's.

    One that several sides hold together is counted apart.
    """
    held = list(_held(timeline))
    readings = [r for r in timeline.readings if r.dated and _of_control(timeline, r.index)]
    return Chart(
        "places",
        "Places held by each side",
        _says(timeline, held),
        "places",
        tuple(_rows(timeline, held)),
        rests_on(timeline, readings),
        (
            ("line", "as shown"),
            ("pale", "may have changed already: the exact date is unknown"),
            ("hatched", "sources differ"),
        ),
        lambda box, u: list(_draw(timeline, held, box, u)),
    )


def _of_control(timeline: Timeline, index: int) -> bool:
    return index in _controlling(timeline)


def _controlling(timeline: Timeline) -> frozenset[int]:
    numbers = {number for _, number in timeline.keys_of("control")}
    rows = timeline.rows
    pairs = zip(rows.key.tolist(), rows.event.tolist(), strict=True)
    return frozenset(event for key, event in pairs if key in numbers and event >= 0)


def _held(timeline: Timeline) -> Iterator[Held]:
    ticks = timeline.scenario.calendar.ticks
    groups = list(_groups(timeline))
    counts = np.zeros((len(groups), 4, ticks + 1), np.int64)
    parts: dict[tuple[int, int, int], list[list[int]]] = {}
    rows = timeline.rows
    for key, _ in timeline.keys_of("control"):
        own = timeline.rows_of(key)
        for n, row in enumerate(own.tolist()):
            start = max(0, int(rows.tick[row]))
            end = int(rows.tick[own[n + 1]]) if n + 1 < len(own) else ticks
            if start < min(end, ticks):
                code = int(rows.value[row]), int(rows.mark[row]), int(rows.could[row])
                if code not in parts:
                    marked = timeline.marked(row)
                    parts[code] = [_parts(marked, side, test) for _, side, test in groups]
                counts[:, :, start] += parts[code]
                counts[:, :, min(end, ticks)] -= parts[code]
    totals = counts.cumsum(axis=2)[:, :, :ticks]
    for (name, side, _), of in zip(groups, totals.tolist(), strict=True):
        sure, possible, disputed, shown = (tuple(values) for values in of)
        if any(disputed) or any(shown):
            yield Held(name, side, sure, possible, disputed, shown)


def _groups(timeline: Timeline) -> Iterator[tuple[str, str | None, str]]:
    for side in timeline.scenario.sides:
        yield side.name, side.id, "held"
    yield "held together", None, "together"
    yield "contested", None, "contested"
    yield "held by nobody", None, "none"


def _parts(marked: Marked, side: str | None, test: str) -> list[int]:
    """What a place adds: surely, with what is possible, with what is disputed, and as shown."""
    now = _is(marked.value, side, test)
    may = now or any(_is(value, side, test) for value in marked.could)
    sure = now and marked.mark == "certain"
    possible = sure or (may and marked.mark == "possible")
    return [
        int(sure),
        int(possible),
        int(possible or (may and marked.mark == "disputed")),
        int(now),
    ]


def _is(value: object, side: str | None, test: str) -> bool:
    if not isinstance(value, Control):
        return False
    if test == "held":
        return value.side is not None and value.side == side
    return value.jointly if test == "together" else value.status == test


def _rows(timeline: Timeline, held: list[Held]) -> Iterator[Row]:
    label = timeline.scenario.calendar.label
    for tick in range(timeline.scenario.calendar.ticks):
        for one in held:
            yield {
                "day": label(tick),
                "held_by": one.side or one.name,
                "low": one.sure[tick],
                "shown": one.shown[tick],
                "possible": one.possible[tick],
                "high": one.disputed[tick],
            }


def _says(timeline: Timeline, held: list[Held]) -> str:
    sides = [one for one in held if one.side]
    if not sides:
        return "No document says who held any place."
    told = [f"{one.name} from {one.shown[0]} to {one.shown[-1]}" for one in sides]
    spoken = len(timeline.keys_of("control"))
    return (
        f"Of {counted(spoken, 'place')} that the documents speak of, as shown: {'; '.join(told)}."
    )


def _draw(timeline: Timeline, held: list[Held], box: Box, u: float) -> Iterator[Item]:
    most = max((max(one.disputed) for one in held), default=1)
    values = steps(most, whole=True)
    margin = _margin(held, box, u)
    plot = Plot(
        timeline,
        Box(box.x + GUTTER * u, box.y, box.w - GUTTER * u - margin, box.h - 24 * u),
        values[-1],
        u,
    )
    yield from plot.ground()
    yield from plot.values(values, "places")
    yield from plot.days()
    for one in held:
        colour = _colour(timeline, one)
        yield from plot.band(one.sure, one.possible, theme.mixed_colour(colour, theme.PAPER, 0.7))
        yield from plot.hatch(
            one.possible, one.disputed, theme.mixed_colour(colour, theme.PAPER, 0.3)
        )
    apart = 0
    for one in held:
        if one.side:
            yield plot.line(one.shown, _colour(timeline, one), 2.4)
        else:
            yield from plot.runs(one.shown, theme.SOFT, 1.4, (4.0, 2.5))
            yield _at_peak(plot, one, apart)
            apart += 1
    yield from plot.unknown()
    sides = [one for one in held if one.side]
    yield from _labels(timeline, sides, plot, box.right - plot.box.right, u)


_LABEL, _LEADER = 11.5, 15.0  # size of the text, and the room of the line that leads to it


def _margin(held: list[Held], box: Box, u: float) -> float:
    """Room for the labels at the right: as wide as the widest, at most a third of the box."""
    labels = [_label(one) for one in held if one.side]
    widest = max((width(text, _LABEL * u, bold=True) for text in labels), default=0.0)
    return min(max(widest + (_LEADER + 2) * u, 160 * u), box.w / 3)


def _label(one: Held) -> str:
    text = f"{one.name} {one.shown[-1]}"
    if one.sure[-1] != one.disputed[-1]:
        text += f" ({one.sure[-1]}–{one.disputed[-1]})"
    return text


def _at_peak(plot: Plot, one: Held, apart: int) -> Text:
    """The name of what no side holds, where there is most of it."""
    u = plot.u
    tick = max(range(len(one.disputed)), key=lambda t: (one.disputed[t], -t))
    at = Point(plot.x(tick) - 4 * u, plot.y(one.disputed[tick] / 2) + (3 - 12 * apart) * u)
    text = f"{one.name}: {one.disputed[tick]}"
    if at.x - width(text, 9.5 * u) < plot.box.x:  # there is no room at its left
        after = (t for t in range(tick, plot.ticks) if one.disputed[t] != one.disputed[tick])
        middle = (plot.x(tick) + plot.x(next(after, plot.ticks))) / 2
        middle = max(middle, plot.box.x + width(text, 9.5 * u) / 2 + 4 * u)
        at = Point(middle, plot.y(one.disputed[tick]) - (4 + 12 * apart) * u)
        look: dict[str, Any] = {"align": "centre", "halo": theme.PAPER}
        return Text(at=at, text=text, size=9.5 * u, colour=theme.SOFT, **look)
    return Text(at=at, text=text, size=9.5 * u, colour=theme.SOFT, align="right", halo=theme.PAPER)


def _colour(timeline: Timeline, one: Held) -> str:
    return colour_of(timeline.scenario, one.side) if one.side else theme.SOFT


def _labels(
    timeline: Timeline, held: list[Held], plot: Plot, margin: float, u: float
) -> Iterator[Item]:
    """The names at the right end of their lines, with the last number."""
    wanted = [(plot.y(one.shown[-1]), one.name) for one in held]
    heights = spread(wanted, 15 * u, plot.box.y, plot.box.bottom)
    for one, (y, _), height in zip(held, wanted, heights, strict=True):
        x, colour = plot.box.right, _colour(timeline, one)
        ends = (Point(x + 2 * u, y), Point(x + 12 * u, height))
        yield Line(points=ends, colour=colour, width=0.9 * u)
        text = fitted(_label(one), _LABEL * u, margin - _LEADER * u, bold=True)
        at = Point(x + _LEADER * u, height + 4 * u)
        said = theme.mixed_colour(colour, theme.INK, 0.35)
        yield Text(at=at, text=text, size=_LABEL * u, colour=said, bold=True)
