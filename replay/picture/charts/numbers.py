"""What was counted, day by day: each counter's number, and what all come to, with its bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replay.analysis.combine_counts import ReportedCount as Count
from replay.analysis.combine_counts import combined
from replay.analysis.tallies import reported
from replay.facts.answers import range_json
from replay.foundation import theme
from replay.model.state import Range, StateKey, Tally, TallyKey
from replay.picture.charts.plot import GUTTER, Plot, avoid, named, spread, steps
from replay.picture.charts.registry import Chart, Row
from replay.picture.charts.source_note import rests_on
from replay.picture.items import Box, Item, Line, Point, Symbol, Text
from replay.picture.layers.label_space import Board
from replay.picture.layers.symbology import colour_of
from replay.picture.layers.text_metrics import fitted
from replay.text.phrases import number as spelled
from replay.text.phrases import unit_beside
from replay.timeline.timeline import Timeline

MOST = 4
"""So many subjects have room in one chart; those with the most counts."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A thing that is counted: what all counters come to at each tick, and the counts."""

    name: str
    unit: str
    of: str | None
    title: str
    total: tuple[Range | None, ...]
    counts: tuple[Count, ...]

    @property
    def most(self) -> float:
        """The largest number that is spoken of."""
        spoken = [n for n in (*self.total, *(c.said.number for c in self.counts)) if n]
        return max((max(n.low, n.best or 0, n.high or 0) for n in spoken), default=1.0)


def numbers(timeline: Timeline, names: Sequence[str]) -> Chart:
    """The chart of what is counted under some names."""
    found = sorted(_panels(timeline, names), key=lambda p: -len(p.counts))
    panels, more = found[:MOST], found[MOST:]
    readings = {c.reading.index: c.reading for panel in found for c in panel.counts}
    title = " and ".join(names)
    return Chart(
        names[0],
        title[0].upper() + title[1:],
        _says(panels, more),
        unit_beside(panels[0].name, panels[0].unit) if panels else "",
        tuple(_rows(timeline, found)),
        rests_on(timeline, readings.values()),
        (
            ("line", "all counters together: at least"),
            ("dashed", "best"),
            ("pale", "up to the most; palest where no source gives an end"),
            ("dot", "what one counter said, hollow for “or more”"),
        ),
        lambda box, u: list(_draw(timeline, panels, box, u)),
    )


def _panels(timeline: Timeline, names: Sequence[str]) -> Iterator[Panel]:
    ticks = timeline.scenario.calendar.ticks
    everything = [c for c in reported(timeline, ticks - 1) if c.series.name in names]
    groups: dict[tuple[str, str, str | None], list[Count]] = {}
    for count in everything:
        subject = count.series.name, count.series.unit, count.series.of
        groups.setdefault(subject, []).append(count)
    for (name, unit, of), counts in groups.items():
        counts.sort(key=lambda c: (c.reading.shown.latest, c.reading.listed))
        total: list[Range | None] = []
        for tick in range(ticks):
            if tick and not any(c.reading.shown.latest == tick for c in counts):
                total.append(total[-1])
                continue
            so_far = [c for c in counts if c.reading.shown.latest <= tick]
            total.append(combined(timeline.scenario, so_far) if so_far else None)
        yield Panel(name, unit, of, _title(timeline, name, of), tuple(total), tuple(counts))
    for key, _ in timeline.keys_of("tally"):
        series = key.tally
        if series and series.name in names and (series.name, series.unit, series.of) not in groups:
            yield _of_table(timeline, key, series)


def _of_table(timeline: Timeline, key: StateKey, series: TallyKey) -> Panel:
    """What the rows of a table count: there are too many of them for a dot each."""
    values = (timeline.at(tick)[key].value for tick in range(timeline.scenario.calendar.ticks))
    total = tuple(value.number if isinstance(value, Tally) else None for value in values)
    title = _title(timeline, series.name, series.of)
    return Panel(series.name, series.unit, series.of, title, total, ())


def _title(timeline: Timeline, name: str, of: str | None) -> str:
    return f"{name} ({timeline.scenario.name(of)})" if of else name


def _says(panels: Sequence[Panel], more: Sequence[Panel]) -> str:
    told = [
        f"{panel.title} {spelled(panel.total[-1], unit_beside(panel.name, panel.unit))}"
        for panel in panels
        if panel.total[-1] is not None
    ]
    rest = f" Not drawn: {', '.join(panel.title for panel in more)}." if more else ""
    return f"By the last day, all counters together: {'; '.join(told)}.{rest}"


def _rows(timeline: Timeline, panels: Sequence[Panel]) -> Iterator[Row]:
    label = timeline.scenario.calendar.label
    for panel in panels:
        shared = {"name": panel.name, "unit": panel.unit, "of": panel.of}
        for tick, total in enumerate(panel.total):
            if total is not None:
                yield {"day": label(tick), **shared, "counted_by": None, **range_json(total)}
        for count in panel.counts:
            tick = max(0, count.reading.shown.latest)
            by = count.series.counted_by
            yield {"day": label(tick), **shared, "counted_by": by, **range_json(count.said.number)}


# --- drawing ----------------------------------------------------------------------------------


def _draw(timeline: Timeline, panels: Sequence[Panel], box: Box, u: float) -> Iterator[Item]:
    if not panels:
        return
    gap = 40 * u
    if len(panels) > 1:  # each has a title: the first one keeps off the words of the page
        box = box._replace(y=box.y + 12 * u, h=box.h - 12 * u)
    room = box.h - gap * (len(panels) - 1)
    weights = [1.0 + min(len(panel.counts), 9) * 0.4 for panel in panels]
    y = box.y
    for n, (panel, weight) in enumerate(zip(panels, weights, strict=True)):
        tall = room * weight / sum(weights)
        last = n == len(panels) - 1
        part = Box(
            box.x + GUTTER * u, y, box.w - (GUTTER + 160) * u, tall - (24 * u if last else 0)
        )
        yield from _panel(timeline, panel, part, u, n == 0, last, len(panels) > 1)
        y += tall + gap


def _panel(
    timeline: Timeline, panel: Panel, box: Box, u: float, first: bool, last: bool, titled: bool
) -> Iterator[Item]:
    values = steps(panel.most * 1.04, max(2, min(5, int(box.h / (34 * u)))), whole=True)
    plot = Plot(timeline, box, values[-1], u)
    yield from plot.ground(named=first)
    unit = "" if panel.unit in ("persons", "unknown") else unit_beside(panel.name, panel.unit)
    yield from plot.values(values, unit)
    if last:
        yield from plot.days()
    if titled:
        at = Point(box.x, box.y - (20 if first else 8) * u)
        yield Text(at=at, text=panel.title, size=12 * u, bold=True, colour=theme.INK)
    colour = _colour(timeline, panel)
    yield from _total(plot, panel, colour)
    yield from plot.unknown(first)
    yield from _counts(timeline, plot, panel, colour)


def _colour(timeline: Timeline, panel: Panel) -> str:
    """The colour of the side of whom something is counted."""
    known = timeline.scenario
    if panel.of in known.side or panel.of in known.force:
        return colour_of(known, known.side_of(panel.of or ""))
    return theme.mixed_colour(theme.INK, theme.PAPER, 0.2)


def _total(plot: Plot, panel: Panel, colour: str) -> Iterator[Item]:
    """The band from low to high; where no source gives an end, it reaches the upper edge paler."""
    nothing = Range(0, 0, 0)
    numbers = [n or nothing for n in panel.total]
    low = [n.low for n in numbers]
    high = [plot.top if n.high is None else n.high for n in numbers]
    closed = [h if n.high is not None else n.low for n, h in zip(numbers, high, strict=True)]
    yield from plot.band(low, closed, theme.mixed_colour(colour, theme.PAPER, 0.7))
    yield from plot.band(closed, high, theme.mixed_colour(colour, theme.PAPER, 0.9))
    yield plot.line(low, colour, 2.0)
    best = [n.shown for n in numbers]
    if best != low and any(n.best is not None and n.best > n.low for n in numbers):
        yield plot.line(best, colour, 1.2, (4.0, 2.5))
    end = panel.total[-1]
    if end is not None:
        y = plot.y(end.shown)
        [height] = spread([(y, "")], 14 * plot.u, plot.box.y, plot.box.bottom)
        room = 144 * plot.u
        text = fitted(f"{spelled(end, '')} in all", 11.5 * plot.u, room, True)
        at = Point(plot.box.right + 8 * plot.u, height + 4 * plot.u)
        said = theme.mixed_colour(colour, theme.INK, 0.35)
        yield Text(at=at, text=text, size=11.5 * plot.u, colour=said, bold=True)


def _counts(timeline: Timeline, plot: Plot, panel: Panel, colour: str) -> Iterator[Item]:
    """Each count as a dot with its bounds at the day by which it speaks, named by its counter."""
    u, scenario = plot.u, timeline.scenario
    board = Board(Box(plot.box.x, plot.box.y, plot.box.w + 150 * u, plot.box.h).inset(-2))
    if plot.remark is not None:
        board.take(plot.remark)
    avoid(board, tuple(plot.steps(_low(panel), 0, len(panel.total))), 1.5 * u)
    dots: list[tuple[Count, Point, Box]] = []
    beside: dict[tuple[int, float], int] = {}
    for count in panel.counts:
        said, tick = count.said.number, max(0, count.reading.shown.latest)
        value = said.shown
        shift = beside.setdefault((tick, value), 0)
        beside[tick, value] += 1
        x = (plot.x(tick) + plot.x(tick + 1)) / 2 + shift * 7 * u
        at = Point(round(x, 2), plot.y(value))
        yield from _whisker(plot, said, x)
        yield Symbol(
            at=at,
            shape="circle",
            size=7 * u,
            fill=theme.PAPER if said.high is None else colour,
            edge=colour,
            width=1.4 * u,
            of=count.reading.event.id,
        )
        mark = Box(at.x - 4 * u, at.y - 4 * u, 8 * u, 8 * u)
        board.take(mark)
        dots.append((count, at, mark))
    if panel.total[-1] is not None:
        end = panel.total[-1]
        y = plot.y(end.shown)
        board.take(Box(plot.box.right + 4 * u, y - 10 * u, 150 * u, 20 * u))
    for count, at, mark in sorted(dots, key=lambda d: -d[0].said.number.low):
        text = f"{spelled(count.said.number)} {scenario.name(count.series.counted_by)}"
        yield from named(board, (text,), at, mark, count.reading.event.id, u)


def _low(panel: Panel) -> list[float]:
    return [0.0 if n is None else n.low for n in panel.total]


def _whisker(plot: Plot, said: Range, x: float) -> Iterator[Item]:
    if said.exact:
        return
    high = plot.top if said.high is None else said.high
    dash = (2.0 * plot.u, 2.0 * plot.u) if said.high is None else ()
    ends = (Point(x, plot.y(said.low)), Point(x, plot.y(high)))
    yield Line(points=ends, colour=theme.SOFT, width=1.0 * plot.u, dash=dash)
