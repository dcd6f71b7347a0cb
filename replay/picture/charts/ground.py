"""Ground taken, day by day: what the replay makes of it, against what was reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from replay.engine.log import RivalValue
from replay.facts.answers import range_json
from replay.foundation import theme
from replay.lens import BEFORE_ALL, NEVER, Reading
from replay.model.state import SOME_PART, Progress, Range, StateKey
from replay.picture.charts.plot import GUTTER, Plot, avoid, named, steps
from replay.picture.charts.registry import Chart, Row, chart
from replay.picture.charts.source_note import rests_on
from replay.picture.items import Box, Item, Line, Outline, Point, Symbol, Text
from replay.picture.layers.label_space import Board
from replay.picture.layers.margin import about
from replay.picture.layers.symbology import colour_of
from replay.text.phrases import voice, voices
from replay.timeline.explanation import claimed
from replay.timeline.timeline import Timeline

MOST = 6
ROOF = 12.0
"""Room between the words of the page and the title of the first panel."""
UNITS = {"km2": "km²", "km": "km", "share": "%"}


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reported of a stretch of ground: how much, by when, who says so."""

    tick: int
    amount: Range
    who: str
    event: str
    shown: bool
    """Whether it is what the replay shows, or a rival of it."""
    more: bool
    """Whether it comes on top of what was taken before."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """An area or a route: what the replay shows at each tick, and what was reported."""

    of: str
    name: str
    unit: str
    side: str | None
    size: Range | None
    values: tuple[Range | None, ...]
    surely: tuple[bool, ...]
    """Whether a document says so at that tick, or it is interpolated."""
    reports: tuple[Report, ...]

    @property
    def most(self) -> float:
        """The largest number that is spoken of."""
        spoken = [n for n in (*self.values, *(r.amount for r in self.reports), self.size) if n]
        return max((max(n.low, n.best or 0, n.high or 0) for n in spoken), default=1.0)


@chart("ground", "Ground taken in km², km or per cent, against what was reported.")
def ground(timeline: Timeline) -> Chart:
    """The areas and routes of which anything is taken, those in km² first."""
    found = sorted(_stretches(timeline), key=lambda s: (s.unit == "share", -s.most))
    readings = {
        timeline.cause(int(row)).index: timeline.cause(int(row))
        for one in found
        for row in timeline.rows_of(StateKey("progress", one.of))
    }
    return Chart(
        "ground",
        "Ground taken, and what was reported of it",
        _says(found),
        UNITS[found[0].unit] if found else "",
        tuple(_rows(timeline, found)),
        rests_on(timeline, readings.values()),
        (
            ("line", "documented"),
            ("dashed", "interpolated between documents"),
            ("pale", "what it may be at least and at most"),
            ("dot", "reported"),
            ("diamond", "reported otherwise"),
        ),
        lambda box, u: list(_draw(timeline, found[:MOST], box, u)),
    )


def _stretches(timeline: Timeline) -> Iterator[Stretch]:
    scenario = timeline.scenario
    ticks = scenario.calendar.ticks
    for key, number in timeline.keys_of("progress"):
        values: list[Range | None] = []
        surely: list[bool] = []
        unit, side = "share", None
        sides: list[str | None] = []
        for tick in range(ticks):
            row = timeline.at(tick).row(key)
            value = timeline.marked(row).value if row is not None else None
            if isinstance(value, Progress):
                unit, side = value.unit, value.side
                sides.append(side)
                values.append(_scaled(value))
                surely.append(row is not None and timeline.change(row).basis == "documented")
            else:
                values.append(None)
                sides.append(None)
                surely.append(False)
        # what another side had before is not taken by this one
        values = [v if s == side else None for v, s in zip(values, sides, strict=True)]
        thing = scenario.area.get(key.of) or scenario.route[key.of]
        size = getattr(thing, "km2", None) or getattr(thing, "km", None)
        if any(values):
            yield Stretch(
                key.of,
                thing.name,
                unit,
                side,
                size if unit != "share" else Range(100, 100, 100),
                tuple(values),
                tuple(surely),
                tuple(_reports(timeline, key, number, side)),
            )


def _scaled(value: Progress) -> Range:
    return value.amount.scaled(100) if value.unit == "share" else value.amount


def _reports(timeline: Timeline, key: StateKey, number: int, side: str | None) -> Iterator[Report]:
    """Each group of claims that says how much; the first of its event is what is shown."""
    seen: dict[int, Reading] = {}
    for row in timeline.rows_of(key):
        change = timeline.change(int(row))
        if change.basis == "documented":
            reading = timeline.cause(int(row))
            seen[reading.index] = reading
    for reading in seen.values():
        rivals = timeline.rivals.get((reading.index, number))
        if rivals is None:
            rivals = (_agreed(timeline, key, reading),)
        for n, rival in enumerate(rivals):
            value, more = _reported_by(timeline, reading, rival, key)
            if value is not None and value.side == side and BEFORE_ALL < rival.latest < NEVER:
                told = (voice(timeline.scenario, claimed(reading, claim)) for claim in rival.claims)
                amount = _scaled(value)
                yield Report(rival.latest, amount, voices(told), reading.event.id, n == 0, more)


def _reported_by(
    timeline: Timeline, reading: Reading, rival: RivalValue, key: StateKey
) -> tuple[Progress | None, bool]:
    """What claims report of the ground itself, and whether it is an increment."""
    version = next(v for v in reading.versions if rival.claims[0] in v.claims)
    if not version.denies:
        for own, step in version.event.effects(timeline.scenario):
            if own == key and isinstance(value := step(None), Progress):
                return value, getattr(version.event, "counts", "total") == "add"
    return None, False


def _agreed(timeline: Timeline, key: StateKey, reading: Reading) -> RivalValue:
    """All claims of an event that nobody disputes, as one group."""
    shown = reading.shown
    rows = [r for r in timeline.rows_of(key) if timeline.rows.event[int(r)] == reading.index]
    documented = [r for r in rows if timeline.change(int(r)).basis == "documented"]
    value = timeline.marked(int(documented[-1])).value
    return RivalValue(shown.earliest, shown.latest, value, True, shown.claims)


def _says(found: Sequence[Stretch]) -> str:
    if not found:
        return "No document says how much ground was taken."
    told = [
        f"{one.name} {_amount(one.values[-1], one.unit)}"
        for one in found
        if one.values[-1] is not None
    ]
    rest = [one.name for one in found[MOST:]]
    more = f" No panel below: {', '.join(rest)}." if rest else ""
    return f"By the last day: {'; '.join(told)}.{more}"


A_PART = SOME_PART.scaled(100)


def _amount(number: Range, unit: str) -> str:
    """An amount of ground in words: "~2,400 km²", "a part"."""
    return "a part" if number == A_PART else f"{about(number)} {UNITS[unit]}"


def _rows(timeline: Timeline, found: Sequence[Stretch]) -> Iterator[Row]:
    label = timeline.scenario.calendar.label
    for one in found:
        shared = {"of": one.of, "unit": UNITS[one.unit]}
        for tick, value in enumerate(one.values):
            if value is not None:
                basis = "documented" if one.surely[tick] else "interpolated"
                yield {
                    "day": label(tick),
                    **shared,
                    "basis": basis,
                    **range_json(value),
                    "who": None,
                }
        for report in one.reports:
            day = label(min(max(report.tick, 0), timeline.scenario.calendar.ticks - 1))
            basis = "reported" if report.shown else "reported otherwise"
            yield {
                "day": day,
                **shared,
                "basis": basis,
                **range_json(report.amount),
                "who": report.who,
            }


# --- drawing ----------------------------------------------------------------------------------


def _draw(timeline: Timeline, found: Sequence[Stretch], box: Box, u: float) -> Iterator[Item]:
    if not found:
        return
    gap = 36 * u
    box = box._replace(y=box.y + ROOF * u, h=box.h - ROOF * u)
    room = box.h - gap * (len(found) - 1) - 24 * u
    weights = [2.6 if n == 0 and len(found) > 1 else 1.0 for n in range(len(found))]
    y = box.y
    for n, (one, weight) in enumerate(zip(found, weights, strict=True)):
        tall = room * weight / sum(weights)
        part = Box(box.x + GUTTER * u, y, box.w - (GUTTER + 16) * u, tall)
        yield from _panel(timeline, one, part, u, n == 0, n == len(found) - 1)
        y += tall + gap


def _panel(
    timeline: Timeline, one: Stretch, box: Box, u: float, first: bool, last: bool
) -> Iterator[Item]:
    values = steps(one.most, max(1, min(5, int(box.h / (30 * u)))))
    plot = Plot(timeline, box, values[-1], u)
    yield from plot.ground(named=first)
    yield from plot.values(values, UNITS[one.unit])
    if last:
        yield from plot.days()
    at = Point(box.x, box.y - (20 if first else 6) * u)
    whole = f", of {about(one.size)} {UNITS[one.unit]}" if one.size and one.unit != "share" else ""
    text = f"{one.name}{whole}"
    yield Text(at=at, text=text, size=11.5 * u, bold=True, colour=theme.INK, of=one.of)
    colour = colour_of(timeline.scenario, one.side)
    yield from _replayed(plot, one, colour)
    yield from plot.unknown(first)
    yield from _reported(plot, one, colour, first)


def _replayed(plot: Plot, one: Stretch, colour: str) -> Iterator[Item]:
    """The band of what may be taken; its best value, dashed where it is interpolated."""
    start = next((n for n, v in enumerate(one.values) if v is not None), 0)
    zero = Range(0, 0, 0)
    numbers = [v or zero for v in one.values]
    low = [n.low for n in numbers]
    high = [plot.top if n.high is None else n.high for n in numbers]
    yield from plot.band(low, high, theme.mixed_colour(colour, theme.PAPER, 0.72))
    best = _best(one)
    told = [sure if v != A_PART else None for sure, v in zip(one.surely, one.values, strict=True)]
    for a, b, sure in _stretches_of(told, start):
        if sure is None:
            continue  # nothing says how much: the band alone
        points = tuple(plot.steps(best, a, b))
        dash = () if sure else (4 * plot.u, 3 * plot.u)
        yield Line(points=points, colour=colour, width=2.2 * plot.u, dash=dash, of=one.of)


def _best(one: Stretch) -> list[float]:
    """What the line of the replay shows: the best value, else the least; 0 before any."""
    zero = Range(0, 0, 0)
    return [n.shown for n in (v or zero for v in one.values)]


def _stretches_of(
    flags: Sequence[bool | None], start: int
) -> Iterator[tuple[int, int, bool | None]]:
    """Stretches of ticks with the same flag."""
    first = start
    for n in range(start + 1, len(flags) + 1):
        if n == len(flags) or flags[n] != flags[first]:
            yield first, n, flags[first]
            first = n


def _reported(plot: Plot, one: Stretch, colour: str, first: bool) -> Iterator[Item]:
    """What was reported: a dot with its bounds, named by who says so; hollow where it differs."""
    u = plot.u
    board = Board(plot.box._replace(y=plot.box.y - 2 * u, h=plot.box.h + 2 * u))
    if first and plot.remark is not None:
        board.take(plot.remark)
    avoid(board, tuple(plot.steps(_best(one), 0, len(one.values))), 1.5 * u)
    placed_at: list[tuple[Report, Point, Box]] = []
    for report in one.reports:
        value = plot.top / 2 if report.amount == A_PART else report.amount.shown
        x = (plot.x(report.tick) + plot.x(report.tick + 1)) / 2
        at = Point(round(x, 2), plot.y(value))
        if not report.amount.exact:
            top = plot.top if report.amount.high is None else report.amount.high
            ends = (Point(x, plot.y(report.amount.low)), Point(x, plot.y(top)))
            yield Line(points=ends, colour=theme.SOFT, width=1.0 * u)
        fill = colour if report.shown else theme.PAPER
        edge = theme.INK if report.shown else theme.ALERT
        if report.amount != A_PART:
            shape: Outline = "circle" if report.shown else "diamond"
            look: dict[str, Any] = {"fill": fill, "edge": edge, "width": 1.3 * u}
            yield Symbol(at=at, shape=shape, size=8 * u, of=report.event, **look)
        mark = Box(at.x - 4.5 * u, at.y - 4.5 * u, 9 * u, 9 * u)
        board.take(mark)
        placed_at.append((report, at, mark))
    for report, at, mark in placed_at:
        more = " more" if report.more else ""
        amount = f"{_amount(report.amount, one.unit)}{more}"
        texts = (f"{amount}: {report.who}", amount)
        said = theme.SOFT if report.shown else theme.ALERT
        yield from named(board, texts, at, mark, report.event, u, said)
