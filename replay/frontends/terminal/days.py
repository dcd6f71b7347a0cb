"""The strip of all days in letters: how much happened, the phases, and where one stands."""

from __future__ import annotations

from replay.foundation import theme
from replay.frontends.terminal.raster import Field, Look, filled, printable
from replay.model import Scenario
from replay.stepping.navigator import StopCourse, phase_at

BARS = "▁▂▃▄▅▆▇█"


class Days:
    """The strip of a replay in a width: which column stands for which ticks."""

    def __init__(self, scenario: Scenario, course: StopCourse, width: int) -> None:
        self.scenario, self.course = scenario, course
        self.width = max(width, 1)
        self.each = max(1, self.width // course.ticks)
        """Columns that a tick has where there is room for all."""
        self.columns = min(self.width, self.each * course.ticks)
        counts = [0] * course.ticks
        for stop in course.stops:
            counts[stop.tick] += 1
        self.amounts = [max(counts[t] for t in self.ticks(x)) for x in range(self.columns)]

    def ticks(self, x: int) -> range:
        """The ticks for which a column stands."""
        ticks, columns = self.course.ticks, self.columns
        first = x * ticks // columns
        return range(first, max(first + 1, (x + 1) * ticks // columns))

    def column(self, tick: int) -> int:
        """The first column of a tick."""
        if self.columns >= self.course.ticks:
            return tick * self.each
        return (tick * self.columns + self.columns - 1) // self.course.ticks

    def tick_at(self, x: int) -> int:
        """The tick that is meant by a column."""
        return self.ticks(min(max(x, 0), self.columns - 1))[0]


def drawn(days: Days, tick: int) -> Field:
    """Three rows: a bar for the events of each day, the phases by name, and where one stands."""
    field = Field(days.columns, 3)
    most = max(days.amounts, default=1) or 1
    here = days.column(tick)
    for x, amount in enumerate(days.amounts):
        bar = BARS[-(-amount * len(BARS) // most) - 1] if amount else "·"
        phase = phase_at(days.course, days.ticks(x)[0])
        now = here <= x < here + days.each
        ink = theme.TODAY if now else theme.INK if phase and amount else theme.SOFT
        field.put(x, 0, bar, Look(ink, theme.RULE if now else None, bold=now))
    _phases(field, days, tick)
    _foot(field, days, tick, here)
    return field


def _phases(field: Field, days: Days, tick: int) -> None:
    """The name of each phase on its own stretch, as far as it fits, or at least its beginning."""
    for number, span in enumerate(days.course.phases):
        first = days.column(span.first)
        wide = days.column(span.last) + days.each - first
        name = printable(next(p.name for p in days.scenario.phases if p.id == span.phase))
        inside = span.first <= tick <= span.last
        ground = theme.RULE if number % 2 else theme.PANEL
        ink = theme.TODAY if inside else theme.INK
        field.put(first, 1, _fitted(name, wide), Look(ink, ground, bold=inside))


def _fitted(name: str, wide: int) -> str:
    """A name between two bars, in so many cells: "▏Rawa  "."""
    return filled(f"▏{name}", wide)


def _foot(field: Field, days: Days, tick: int, here: int) -> None:
    """The first and last day, and an arrow with the day where one stands."""
    label = days.scenario.calendar.label
    first, last = days.scenario.calendar.ends(0, days.course.ticks - 1)
    now = f"▲ {label(tick)}" if here + 2 + len(last) <= days.columns else f"{label(tick)} ▲"
    left = here if now.startswith("▲") else here - len(now) + 1
    field.put(max(left, 0), 2, now, Look(theme.TODAY, bold=True))
    for x, text in ((0, first), (days.columns - len(last), last)):
        if all(
            field.free(n, 2, 1) for n in range(max(x - 1, 0), min(x + len(text) + 1, days.columns))
        ):
            field.put(x, 2, text, Look(theme.SOFT))
