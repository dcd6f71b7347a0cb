"""The frame of a chart: ticks across, values upwards, phases as bands, direct labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from replay.foundation import theme
from replay.foundation.edtf import DAY, MONTHS, civil, spell_year
from replay.picture.items import Box, Item, Line, Point, Shape, Text
from replay.picture.layers.label_space import Board, placed
from replay.picture.layers.land import box as boxed
from replay.picture.layers.text_metrics import fitted, width
from replay.timeline.timeline import Timeline

Scale = Callable[[float], float]

UNKNOWN = "nothing of these days was known"
GUTTER = 66.0
"""Room for numbers at the left of a plot."""


def plain(value: float) -> float:
    return value


@dataclass(frozen=True, slots=True)
class Plot:
    """A box of the page with the days of a window across and values upwards."""

    timeline: Timeline
    box: Box
    top: float
    """The value at the upper edge; 0 is at the lower one, or `bottom`."""
    u: float
    bottom: float = 0.0
    scale: Scale = plain

    @property
    def ticks(self) -> int:
        return self.timeline.scenario.calendar.ticks

    def x(self, tick: float) -> float:
        """Where a tick begins."""
        return round(self.box.x + self.box.w * min(max(tick, 0), self.ticks) / self.ticks, 2)

    def y(self, value: float) -> float:
        """Where a value lies; one beyond an edge lies on it."""
        low, high = self.scale(self.bottom), self.scale(self.top)
        share = (self.scale(value) - low) / ((high - low) or 1)
        return round(self.box.bottom - self.box.h * min(max(share, 0.0), 1.0), 2)

    # --- around the data ----------------------------------------------------------------------

    def ground(self, named: bool = True) -> Iterator[Item]:
        """Bands of the phases with their names above, under everything else."""
        scenario = self.timeline.scenario
        end = -1e9
        for n, phase in enumerate(scenario.phases):
            first, last = scenario.span(phase)
            if last < 0 or first >= self.ticks:
                continue
            a, b = self.x(first), self.x(last + 1)
            fill = theme.PANEL if n % 2 == 0 else theme.mixed_colour(theme.PANEL, theme.PAPER, 0.55)
            yield boxed(Box(a, self.box.y, b - a, self.box.h), fill=fill, of=phase.id)
            if named:
                size = 10 * self.u
                start = max(a, end)
                text = fitted(phase.name, size, max(b, self._next(n)) - start - 4 * self.u)
                if text and not text.startswith("…") and len(text) > 2:
                    at = Point(start, self.box.y - 5 * self.u)
                    yield Text(at=at, text=text, size=size, colour=theme.SOFT, of=phase.id)
                    end = start + width(text, size) + 8 * self.u

    def _next(self, n: int) -> float:
        """Where the phase after the nth begins; the end of the plot after the last."""
        phases = self.timeline.scenario.phases
        if n + 1 < len(phases):
            return self.x(self.timeline.scenario.span(phases[n + 1])[0])
        return self.box.right

    def values(self, steps: Sequence[float], unit: str = "") -> Iterator[Item]:
        """Lines at some values with their numbers; the uppermost with the unit."""
        size = 10 * self.u
        for value in steps:
            y = self.y(value)
            colour = theme.SOFT if value == 0 else theme.RULE
            ends = (Point(self.box.x, y), Point(self.box.right, y))
            yield Line(points=ends, colour=colour, width=(1.0 if value == 0 else 0.6) * self.u)
            text = f"{value:,.0f}" if value == int(value) else f"{value:g}"
            text += f" {unit}" if unit and value == max(steps) else ""
            at = Point(self.box.x - 5 * self.u, y + 3.5 * self.u)
            if width(text, size) > GUTTER * self.u - 6 * self.u:
                at = Point(self.box.x + 3 * self.u, y - 3 * self.u)
                yield Text(at=at, text=text, size=size, colour=theme.SOFT)
            else:
                yield Text(at=at, text=text, size=size, colour=theme.SOFT, align="right")

    def days(self) -> Iterator[Item]:
        """Dates under the plot, as many as there is room for, at the beginning of their day."""
        size, y = 10 * self.u, self.box.bottom
        end = -1e9
        labels = list(_dates(self.timeline))
        for tick, text, strong in labels:
            x = self.x(tick)
            tall = (7 if strong else 4) * self.u
            yield Line(
                points=(Point(x, y), Point(x, y + tall)), colour=theme.SOFT, width=0.8 * self.u
            )
            wide = width(text, size, strong)
            right = min(x + wide, self.box.right + 30 * self.u)
            if right - wide >= end:
                at = Point(right - wide, y + 17 * self.u)
                yield Text(at=at, text=text, size=size, colour=theme.SOFT, bold=strong)
                end = right + 10 * self.u

    @property
    def known_until(self) -> float | None:
        """Where the days begin of which nothing can be known; None where there are none."""
        known = self.timeline.known_on
        if known is None:
            return None
        tick = self.timeline.scenario.calendar.of(known) + 1
        return self.x(tick) if 0 < tick < self.ticks else None

    @property
    def remark(self) -> Box | None:
        """Where those days are spoken of."""
        x = self.known_until
        if x is None:
            return None
        size = 10 * self.u
        wide = min(width(UNKNOWN, size), self.box.right - x - 8 * self.u)
        return Box(x + 5 * self.u, self.box.bottom - size * 1.5, wide, size)

    def unknown(self, named: bool = True) -> Iterator[Item]:
        """A veil over the days of which nothing can be known."""
        x, where, u = self.known_until, self.remark, self.u
        if x is None or where is None:
            return
        veil = Box(x, self.box.y, self.box.right - x, self.box.h)
        yield boxed(veil, fill=theme.PAPER, opacity=0.6)
        ends = (Point(x, self.box.y), Point(x, self.box.bottom))
        yield Line(points=ends, colour=theme.ALERT, width=1.2 * u, dash=(4 * u, 3 * u))
        text = fitted(UNKNOWN, 10 * u, where.w)
        if named and len(text) > 12:
            at = Point(where.x, where.bottom - 2 * u)
            yield Text(at=at, text=text, size=10 * u, colour=theme.ALERT, halo=theme.PAPER)

    # --- data ---------------------------------------------------------------------------------

    def band(self, low: Sequence[float], high: Sequence[float], fill: str) -> Iterator[Shape]:
        """The stretch between two values of each tick."""
        for a, b in _runs([b > a for a, b in zip(low, high, strict=True)]):
            upper = list(self.steps(high, a, b))
            lower = list(self.steps(low, a, b))
            yield Shape(rings=((*upper, *reversed(lower)),), fill=fill)

    def line(
        self, values: Sequence[float], colour: str, width: float = 2.0, dash: tuple[float, ...] = ()
    ) -> Line:
        """A value for each tick, as steps."""
        points = tuple(self.steps(values, 0, len(values)))
        dashes = tuple(d * self.u for d in dash)
        return Line(points=points, colour=colour, width=width * self.u, dash=dashes)

    def runs(
        self, values: Sequence[float], colour: str, width: float, dash: tuple[float, ...]
    ) -> Iterator[Line]:
        """A value for each tick where it is not 0, as steps."""
        for a, b in _runs([value > 0 for value in values]):
            points = tuple(self.steps(values, a, b))
            dashes = tuple(d * self.u for d in dash)
            yield Line(points=points, colour=colour, width=width * self.u, dash=dashes)

    def steps(self, values: Sequence[float], first: int, stop: int) -> Iterator[Point]:
        for tick in range(first, stop):
            y = self.y(values[tick])
            changed = tick == first or values[tick] != values[tick - 1]
            ends = tick == stop - 1 or values[tick] != values[tick + 1]
            if changed:
                yield Point(self.x(tick), y)
            if ends:
                yield Point(self.x(tick + 1), y)

    def hatch(self, low: Sequence[float], high: Sequence[float], colour: str) -> Iterator[Item]:
        """Stripes over the stretch between two values of each tick: what sources differ on."""
        for a, b in _runs([b > a for a, b in zip(low, high, strict=True)]):
            start = a
            for tick in range(a + 1, b + 1):
                if tick == b or (low[tick], high[tick]) != (low[start], high[start]):
                    top, foot = self.y(high[start]), self.y(low[start])
                    x = self.x(start)
                    yield from stripes(Box(x, top, self.x(tick) - x, foot - top), colour, self.u)
                    start = tick


def stripes(box: Box, colour: str, u: float) -> Iterator[Item]:
    """Diagonal stripes in a box."""
    step, h = 5.0 * u, box.h
    first = math.floor((box.x - h) / step)
    for n in range(first, math.ceil(box.right / step) + 1):
        x = n * step
        ends = (Point(x, box.bottom), Point(x + h, box.y))
        yield Line(points=ends, colour=colour, width=1.5 * u, clip=box)


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and behind-the-last index of each stretch of true values."""
    start = None
    for n, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = n
        elif not flag and start is not None:
            yield start, n
            start = None


def _dates(timeline: Timeline) -> Iterator[tuple[int, str, bool]]:
    """Ticks with a date to write: beginnings of months, and days between where there are few."""
    calendar = timeline.scenario.calendar
    numbers = [calendar.begin(tick) // DAY for tick in range(calendar.ticks)]
    days = numbers[-1] - numbers[0] + 1
    every = next(n for n in (1, 2, 5, 10, 99_999) if days / n <= 24)
    dates = {number: civil(number) for number in dict.fromkeys(numbers)}
    one_year = len({year for year, _, _ in dates.values()}) == 1
    for tick, number in enumerate(numbers):
        if tick and number == numbers[tick - 1]:
            continue
        year, month, day = dates[number]
        name = MONTHS[month - 1]
        if tick == 0 or (day == 1 and (days <= 400 or month == 1)):
            whole = name if day == 1 else f"{day} {name}"
            yield tick, whole if tick and one_year else f"{whole} {spell_year(year)}", True
        elif (day - 1) % every == 0 and day < 30 and every < 99:
            yield tick, str(day), False


def steps(top: float, most: int = 5, whole: bool = False) -> list[float]:
    """Round values from 0 to about `top`, a few of them; the last is not less than `top`.

    `whole`: of what is counted in ones.
    """
    if top <= 0:
        return [0, 1]
    raw = top / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= raw * 0.999)
    if whole:
        step = max(1.0, math.ceil(step))
    return [n * step for n in range(math.ceil(top / step - 1e-9) + 1)]


def avoid(board: Board, points: Sequence[Point], near: float) -> None:
    """Keep words off a line of steps."""
    for a, b in pairwise(points):
        left, top = min(a.x, b.x), min(a.y, b.y)
        board.take(Box(left, top - near, abs(b.x - a.x), abs(b.y - a.y) + 2 * near))


# --- labels -----------------------------------------------------------------------------------


def named(
    board: Board,
    texts: Sequence[str],
    at: Point,
    mark: Box,
    of: str,
    u: float,
    colour: str = theme.SOFT,
) -> Iterator[Item]:
    """A mark's name where the board has room: the first of some texts that finds any, or none."""
    size = 9.5 * u
    found = (placed(board, "", (text,), at, mark, size) for text in texts)
    name = next((name for name in found if name is not None), None)
    if name is None:
        return
    if name.leader is not None:
        yield Line(points=name.leader, colour=theme.FAINT, width=0.7 * u)
    yield Text(
        at=name.at,
        text=name.lines[0],
        size=size,
        colour=colour,
        align=name.align,  # type: ignore[arg-type]
        halo=theme.PAPER,
        of=of,
    )


def spread(wanted: Sequence[tuple[float, str]], gap: float, top: float, low: float) -> list[float]:
    """Heights for labels that want some heights, at least a gap apart, between two bounds."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n][0])
    found = [y for y, _ in wanted]
    last = top - gap
    for n in order:
        found[n] = last = max(found[n], last + gap)
    last = low + gap
    for n in reversed(order):
        found[n] = last = min(found[n], last - gap)
    return found
