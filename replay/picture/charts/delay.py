"""How long news took: for each event the days between its happening and the first report of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replay.analysis.delay import Delay, delays
from replay.foundation import theme
from replay.foundation.edtf import DAY
from replay.picture.charts.plot import GUTTER, Plot, named
from replay.picture.charts.registry import Chart, Row, chart
from replay.picture.charts.source_note import rests_on
from replay.picture.items import Box, Item, Line, Outline, Point, Symbol
from replay.picture.layers.label_space import Board
from replay.picture.layers.text_metrics import fitted
from replay.timeline.timeline import Timeline

SHAPES: dict[str, Outline] = {
    "report": "circle",
    "inherited": "circle",
    "carrier": "square",
    "publication": "diamond",
}
"""Of what the first report's date is: the claim, the report that carried it, its source."""
MARKS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
NAMED = 10
"""How many late ones are named."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An event of the window on the chart."""

    delay: Delay
    tick: int
    value: float


@chart("delay", "Days between each event and the first report of it.")
def delay(timeline: Timeline) -> Chart:
    """The delay of every event that happened in the window, on a scale that grows by factors."""
    found = delays(timeline)
    inside = [dot for one in found if (dot := _dot(timeline, one)) is not None]
    return Chart(
        "delay",
        "From the event to the first report of it",
        _says(found, inside),
        "days",
        tuple(_row(one) for one in found),
        rests_on(timeline, timeline.readings),
        (
            ("circle", "the claim is dated"),
            ("square", "dated by the report that carried it"),
            ("hollow", "only its source is dated"),
            (
                "upright",
                "from the least days to the most, dotted where open; larger: several events",
            ),
        ),
        lambda box, u: list(_draw(timeline, inside, box, u)),
    )


def _dot(timeline: Timeline, one: Delay) -> Dot | None:
    """Where an event stands; None for one outside the window, or of which nothing is known."""
    if one.last is None or (one.least is None and one.most is None):
        return None
    tick = timeline.scenario.calendar.tick(one.last * DAY + DAY - 1)
    if not 0 <= tick < timeline.scenario.calendar.ticks:
        return None
    value = one.least if one.least is not None else one.most
    return Dot(one, tick, float(value or 0))


def _row(one: Delay) -> Row:
    return {
        "event": one.event,
        "happened": one.happened,
        "reported": one.report.days,
        "basis": one.report.basis,
        "least": one.least,
        "most": one.most,
        "source": one.report.claim.source,
        "locator": one.report.claim.locator,
        "reporter": one.report.claim.reporter,
    }


def _says(found: Sequence[Delay], inside: Sequence[Dot]) -> str:
    dated = [d.delay for d in inside if d.delay.report.basis != "publication"]
    quick = sum(d.most is not None and 0 <= d.most <= 1 for d in dated)
    early = sum(d.most is not None and d.most < 0 for d in dated)
    told = f"Of {len(dated)} events with a dated report {quick} were surely told within a day"
    told += f", {early} before they happened" if early else ""
    only = len(inside) - len(dated)
    out = len(found) - len(inside)
    rest = f"; {out} have no dates or lie outside the window" if out else ""
    return f"{told}; of {only} only the date of the source is known{rest}."


def _log(value: float) -> float:
    """A scale on which each factor is as long as the next, and 0 has a place."""
    return math.copysign(math.log1p(abs(value)), value)


def _draw(timeline: Timeline, dots: Sequence[Dot], box: Box, u: float) -> Iterator[Item]:
    most = max((max(d.value, d.delay.most or 0) for d in dots), default=10.0)
    least = min((d.value for d in dots), default=0.0)
    top = next((m for m in MARKS if m >= most), most)
    part = Box(box.x + GUTTER * u, box.y, box.w - (GUTTER + 16) * u, box.h - 24 * u)
    plot = Plot(timeline, part, float(top), u, bottom=min(-0.4, least * 1.3), scale=_log)
    yield from plot.ground()
    yield from plot.values([m for m in MARKS if m <= top], "days")
    yield from plot.days()
    board = Board(part)
    if plot.remark is not None:
        board.take(plot.remark)
    drawn: list[tuple[Dot, Point, Box]] = []
    for place, group in _groups(dots, plot).items():
        at = Point(*place[:2])
        size = 6.5 * u * math.sqrt(len(group))
        yield from _mark(plot, group, at, size)
        mark = Box(at.x - size / 2, at.y - size / 2, size, size)
        board.take(mark)
        for top, _ in _ends(group):
            board.take(Box(at.x - u, plot.y(top), 2 * u, at.y - plot.y(top)))
        drawn += [(dot, at, mark) for dot in group]
    yield from plot.unknown()
    yield from _names(drawn, board, u)


def _groups(dots: Sequence[Dot], plot: Plot) -> dict[tuple[float, float, str], list[Dot]]:
    """Events with the same day, delay and kind of date; the kinds of a day side by side."""
    wide = (plot.x(1) - plot.x(0)) or 1
    shift = {"report": -0.2, "inherited": -0.1, "carrier": 0.0, "publication": 0.2}
    found: dict[tuple[float, float, str], list[Dot]] = {}
    for dot in sorted(dots, key=lambda d: (d.tick, d.value, d.delay.event)):
        basis = dot.delay.report.basis
        x = plot.x(dot.tick) + wide * (0.5 + shift[basis])
        found.setdefault((round(x, 2), plot.y(dot.value), basis), []).append(dot)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _ends(group: Sequence[Dot]) -> Iterator[tuple[float, bool]]:
    """Up to where the days of a group may reach, and whether that is open."""
    value = group[0].value
    known = [d.delay.most for d in group if d.delay.most is not None and d.delay.least is not None]
    if known and max(known) > value:
        yield max(known), False
    if len(known) < len(group):
        yield value * 1.35 + 0.6, True


def _mark(plot: Plot, group: Sequence[Dot], at: Point, size: float) -> Iterator[Item]:
    """A mark at the least days that passed, the larger the more events; a line up to the most."""
    u, value = plot.u, group[0].value
    basis = group[0].delay.report.basis
    pale = basis == "publication"
    colour = theme.FAINT if pale else theme.mixed_colour("blue", theme.INK, 0.2)
    if value < 0:
        colour = theme.ALERT
    for top, dash in _ends(group):
        ends = (at, Point(at.x, plot.y(top)))
        pattern = (1.5 * u, 1.5 * u) if dash else ()
        yield Line(points=ends, colour=colour, width=1.1 * u, dash=pattern, opacity=0.65)
    yield Symbol(
        at=at,
        shape=SHAPES[basis],
        size=size,
        fill=theme.PAPER if pale else theme.mixed_colour(colour, theme.PAPER, 0.25),
        edge=colour,
        width=1.1 * u,
        of=group[0].delay.event,
    )


def _names(drawn: Sequence[tuple[Dot, Point, Box]], board: Board, u: float) -> Iterator[Item]:
    """The summaries of the latest news with a date of its own, and of what was told too early."""
    dated = [d for d in drawn if d[0].delay.report.basis != "publication"]
    early = [d for d in dated if d[0].value < 0]
    late = sorted((d for d in dated if d[0].value > 1), key=lambda d: -d[0].value)
    size = 9.5 * u
    for dot, at, mark in [*early, *late][:NAMED]:
        text = fitted(dot.delay.summary.rstrip("."), size, 300 * u)
        yield from named(board, (text,), at, mark, dot.delay.event, u)
