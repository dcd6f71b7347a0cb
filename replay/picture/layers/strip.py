"""The strip of all days: how many events each has, the phases, and which day it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from replay.foundation import theme
from replay.foundation.calendar import Calendar
from replay.foundation.edtf import DAY, civil, day_number
from replay.foundation.english import human
from replay.picture.items import Box, Item, Line, Point, Shape, Text
from replay.picture.layers.frame import Frame
from replay.picture.layers.land import box as boxed
from replay.picture.layers.text_metrics import fitted, width
from replay.scene import Scene

BAND = 15.0
DATES = 13.0


def strip(scene: Scene, frame: Frame) -> list[Item]:
    """Bars of events and bands of phases; the same on every day."""
    return list(_strip(frame))


@lru_cache(maxsize=16)
def _strip(frame: Frame) -> tuple[Item, ...]:
    u, box = frame.unit, frame.boxes.strip
    bars = Box(box.x, box.y, box.w, box.h - (BAND + DATES) * u)
    found: list[Item] = [boxed(bars, fill=theme.PANEL)]
    found += _bars(frame, bars)
    found += _caption(frame, bars)
    found += _phases(frame, Box(box.x, bars.bottom, box.w, BAND * u))
    found += _dates(frame, bars.bottom + (BAND + 10) * u)
    return tuple(found)


def _x(frame: Frame, tick: float) -> float:
    box = frame.boxes.strip
    return round(box.x + box.w * tick / frame.scenario.calendar.ticks, 2)


def _caption(frame: Frame, bars: Box) -> Iterator[Item]:
    """What the bars are, where they leave room for saying it."""
    u, size = frame.unit, 8 * frame.unit
    words = "events on each day" if frame.scenario.step == "day" else "events"
    words += "; pale: by then" if frame.census.by_then else ""
    end = bars.x + width(words, size) + 10 * u
    under = (n for n, _ in enumerate(frame.census.density) if _x(frame, n) < end)
    if all(_tall(frame, bars, frame.census.density[n]) < bars.h - 11 * u for n in under):
        at = Point(bars.x + 4 * u, bars.y + 9 * u)
        yield Text(at=at, text=words, size=size, colour=theme.SOFT)


def _tall(frame: Frame, bars: Box, count: int) -> float:
    """How tall the bar of some events is: as the root of their number."""
    share = count / max(1, max(frame.census.density, default=0))
    return max(2 * frame.unit, (bars.h - 3 * frame.unit) * share**0.5) if share else 0.0


def _bars(frame: Frame, bars: Box) -> Iterator[Item]:
    """A bar for each day: pale for events that had happened by it, and perhaps before."""
    u, counted = frame.unit, frame.census
    for tick, (count, exact) in enumerate(zip(counted.density, counted.exact, strict=True)):
        left, right = _x(frame, tick), _x(frame, tick + 1)
        gap = min(1.0 * u, (right - left) * 0.2)
        pale = theme.mixed(theme.SOFT, theme.PAPER, 0.6)
        for number, fill in ((count if count > exact else 0, pale), (exact, theme.SOFT)):
            if number:
                tall = _tall(frame, bars, number)
                where = Box(left, bars.bottom - tall, max(0.6, right - left - gap), tall)
                yield boxed(where, fill=fill)


def _phases(frame: Frame, band: Box) -> Iterator[Item]:
    u, size = frame.unit, 10 * frame.unit
    for n, phase in enumerate(frame.scenario.phases):
        first, last = frame.scenario.span(phase)
        left, right = _x(frame, max(first, 0)), _x(frame, last + 1)
        where = Box(left, band.y + 1 * u, max(right - left - 1 * u, 1.0), band.h - 2 * u)
        yield boxed(where, fill=theme.mixed(theme.INK, theme.PAPER, 0.78 if n % 2 else 0.86))
        room = where.w - 6 * u
        text = phase.name if width(phase.name, size) <= room else fitted(phase.name, size, room)
        if len(text) > 3:
            at = Point(left + 4 * u, band.y + 11 * u)
            yield Text(at=at, text=text, size=size, colour=theme.INK, of=phase.id)


def _dates(frame: Frame, y: float) -> Iterator[Item]:
    """The first day, and the first of each month where there is room for it."""
    u, calendar, end = frame.unit, frame.scenario.calendar, 0.0
    for tick in range(calendar.ticks):
        day = _month_begins(calendar, tick)
        if day is not None:
            begin, end_of = calendar.begin(tick), calendar.end(tick)
            share = max(0, day * DAY - begin) / (end_of + 1 - begin)
            x, text = _x(frame, tick + share), human(day)
            wide = width(text, 9 * u)
            if x >= end and x + wide <= frame.boxes.strip.right:
                yield Line(
                    points=(Point(x, y - 10 * u), Point(x, y)), colour=theme.SOFT, width=0.8 * u
                )
                yield Text(at=Point(x + 3 * u, y), text=text, size=9 * u, colour=theme.SOFT)
                end = x + wide + 10 * u


def _month_begins(calendar: Calendar, tick: int) -> int | None:
    """The day that is written at a tick: its first one, or the first of a month that it has."""
    begin, end = calendar.begin(tick), calendar.end(tick)
    if tick == 0:
        return begin // DAY
    year, month, _ = civil(end // DAY)
    first = day_number(year, month, 1)
    return first if begin <= first * DAY <= end else None


def now(scene: Scene, frame: Frame) -> list[Item]:
    """The day on the strip."""
    u, box = frame.unit, frame.boxes.strip
    x = (_x(frame, scene.tick) + _x(frame, scene.tick + 1)) / 2
    top = box.y
    tip = (Point(x - 5 * u, top - 5 * u), Point(x + 5 * u, top - 5 * u), Point(x, top + 2 * u))
    foot = box.bottom - (BAND + DATES) * u
    return [
        Line(points=(Point(x, top), Point(x, foot)), colour=theme.ALERT, width=1.6 * u),
        Shape(rings=(tip,), fill=theme.ALERT),
    ]
