"""How many events each day has: on that day, by that day, and those on which sources differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from replay.foundation import theme
from replay.foundation.english import counted
from replay.lens import Reading
from replay.model.state import listed
from replay.picture.charts.plot import GUTTER, Plot, steps, stripes
from replay.picture.charts.registry import Chart, Row, chart
from replay.picture.charts.source_note import rests_on
from replay.picture.items import Box, Item, Point, Text
from replay.picture.layers.land import box as boxed
from replay.picture.layers.occurrences import census
from replay.picture.layers.text_metrics import width
from replay.text.dates import tick_in_words
from replay.timeline.difference import event_difference
from replay.timeline.timeline import Timeline

KINDS = ("on that day", "by that day", "sources differ")
"""How an event is dated, and apart from that those on which admitted claims differ."""


@chart("events", "How many events each day has, and how surely they are dated.")
def events(timeline: Timeline) -> Chart:
    """Events by the day on which they had happened."""
    days = _days(timeline)
    return Chart(
        "events",
        "Events a day",
        _says(timeline, days),
        "events",
        tuple(_rows(timeline, days)),
        rests_on(timeline, timeline.readings),
        (
            ("on that day", "happened on that day"),
            ("by that day", "by that day: the date is a bound"),
            ("sources differ", "sources differ on it"),
        ),
        lambda box, u: list(_draw(timeline, days, box, u)),
    )


def _days(timeline: Timeline) -> list[Counter[str]]:
    """The events of each tick by their kind; a row of a table is dated to its day."""
    days: list[Counter[str]] = [Counter() for _ in range(timeline.scenario.calendar.ticks)]
    for reading in timeline.readings:
        if reading.dated and 0 <= reading.shown.latest < len(days):
            days[reading.shown.latest][_kind(timeline, reading)] += 1
    for day, every in zip(days, census(timeline).density, strict=True):
        rows = every - sum(day.values())
        if rows > 0:
            day["on that day"] += rows
    return days


def _kind(timeline: Timeline, reading: Reading) -> str:
    rivals = reading.versions[1:]
    if any(event_difference(timeline.scenario, reading, version) for version in rivals):
        return "sources differ"
    shown = reading.shown
    return "on that day" if shown.earliest == shown.latest else "by that day"


def _rows(timeline: Timeline, days: list[Counter[str]]) -> Iterator[Row]:
    label = timeline.scenario.calendar.label
    for tick, kinds in enumerate(days):
        yield {
            "day": label(tick),
            "events": sum(kinds.values()),
            **{kind.replace(" ", "_"): kinds[kind] for kind in KINDS},
        }


def _says(timeline: Timeline, days: list[Counter[str]]) -> str:
    total = sum(sum(day.values()) for day in days)
    undated = len(timeline.undated())
    before = sum(r.dated and r.shown.latest < 0 for r in timeline.readings)
    quiet = sum(not day for day in days)
    told = f"{counted(total, 'event')} on {len(days) - quiet} of {len(days)} days"
    more = [
        f"{before} before the window" if before else "",
        f"{undated} without a day" if undated else "",
    ]
    rest = " and ".join(part for part in more if part)
    return f"{told}; {rest} are on none." if rest else f"{told}."


def _draw(timeline: Timeline, days: list[Counter[str]], box: Box, u: float) -> Iterator[Item]:
    counts = [sum(day.values()) for day in days]
    values = steps(max(counts, default=1) * 1.05, whole=True)
    plot = Plot(
        timeline,
        Box(box.x + GUTTER * u, box.y, box.w - (GUTTER + 16) * u, box.h - 24 * u),
        values[-1],
        u,
    )
    yield from plot.ground()
    yield from plot.values(values, "events")
    yield from plot.days()
    for tick, day in enumerate(days):
        yield from _bar(plot, tick, day)
    yield from plot.unknown()
    yield from _peaks(timeline, plot, counts)


def _bar(plot: Plot, tick: int, day: Counter[str]) -> Iterator[Item]:
    a, b = plot.x(tick), plot.x(tick + 1)
    gap = min(2 * plot.u, (b - a) * 0.15)
    done = 0
    for kind in KINDS:
        if day[kind]:
            low, high = plot.y(done), plot.y(done + day[kind])
            where = Box(a + gap, high, b - a - 2 * gap, low - high)
            yield from swatch(kind, where, plot.u)
            done += day[kind]


def swatch(kind: str, where: Box, u: float) -> Iterator[Item]:
    """How a kind of event looks in a bar."""
    if kind == "on that day":
        yield boxed(where, fill=theme.mixed_colour(theme.INK, theme.PAPER, 0.3))
    elif kind == "by that day":
        yield boxed(where, fill=theme.mixed_colour(theme.INK, theme.PAPER, 0.68))
    else:
        yield boxed(where, fill=theme.mixed_colour(theme.ALERT, theme.PAPER, 0.75))
        yield from stripes(where, theme.ALERT, u)
        yield boxed(where, edge=theme.ALERT, width=0.8 * u)


@dataclass(frozen=True, slots=True)
class Peak:
    """The name of the days with the most events: several if they are close and alike."""

    ticks: tuple[int, ...]
    text: str
    box: Box


def _peaks(timeline: Timeline, plot: Plot, counts: list[int]) -> Iterator[Item]:
    """The days with the most events, named, each where no other name is.

    Days of equally many that lie too close for two names have one; no peak hides its equal.
    """
    u, size = plot.u, 10.5 * plot.u
    peaks: list[Peak] = []
    order = sorted(range(len(counts)), key=lambda tick: (-counts[tick], tick))
    for tick in order[:7]:
        if counts[tick] < max(2, max(counts) * 0.25):
            break
        peak = _peak(timeline, plot, (tick,), counts)
        near = [other for other in peaks if peak.box.inset(-3 * u).overlaps(other.box)]
        equal = [other for other in near if counts[other.ticks[0]] == counts[tick]]
        if len(near) == 1 and equal:
            peaks.remove(equal[0])
            peak = _peak(timeline, plot, (*equal[0].ticks, tick), counts)
            near = [other for other in peaks if peak.box.inset(-3 * u).overlaps(other.box)]
        if not near:
            peaks.append(peak)
    for peak in peaks:
        at = Point(peak.box.x, peak.box.bottom)
        yield Text(at=at, text=peak.text, size=size, colour=theme.INK, halo=theme.PAPER)


def _peak(timeline: Timeline, plot: Plot, ticks: tuple[int, ...], counts: list[int]) -> Peak:
    ticks = tuple(sorted(ticks))
    days = (tick_in_words(timeline.scenario.calendar, tick) for tick in ticks)
    text = f"{listed([' '.join(day.split(' ')[:2]) for day in days])}: {counts[ticks[0]]}"
    size = 10.5 * plot.u
    wide = width(text, size)
    x = (plot.x(ticks[0]) + plot.x(ticks[0] + 1)) / 2 - wide / 2
    if len(ticks) > 1:  # to the right of the first one, not over what is before it
        x = plot.x(ticks[0])
    left = min(max(x, plot.box.x), plot.box.right - wide)
    under = (t for t in range(len(counts)) if _under(plot, t, left, wide))
    y = min(plot.y(counts[tick]) for tick in (*under, *ticks))
    low = max(y - 5 * plot.u, plot.box.y + size)
    return Peak(ticks, text, Box(left, low - size, wide, size))


def _under(plot: Plot, tick: int, left: float, wide: float) -> bool:
    return plot.x(tick + 1) > left and plot.x(tick) < left + wide
