"""The strip of all days: how many events each has, the phases, and which day it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from replay.foundation import theme
from replay.picture.items import Box, Item, Line, Point, Shape, Text
from replay.picture.layers.frame import Frame
from replay.picture.layers.land import box as boxed
from replay.picture.layers.text_metrics import fitted, width
from replay.picture.layers.time_axis import calendar_labels
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
    """What the bars are: where they leave room for saying it, the first place from the left."""
    u, size = frame.unit, 8 * frame.unit
    words = fitted(_words(frame), size, bars.w - 8 * u)
    wide = width(words, size) + 8 * u
    ticks = frame.scenario.calendar.ticks
    tall = [n for n in range(ticks) if _tall(frame, bars, _most(frame, n)) > _top(frame, bars)]
    x = bars.x
    for tick in tall:
        if _x(frame, tick) >= x + wide:
            break
        x = _x(frame, tick + 1)
    at = Point(min(x, bars.right - wide) + 4 * u, bars.y + 9 * u)
    yield Text(at=at, text=words, size=size, colour=theme.SOFT)


def _words(frame: Frame) -> str:
    words = "events on each day" if frame.scenario.step == "day" else "events"
    words += "; pale: by then" if frame.census.by_then else ""
    return words + ("; outlined: dated so by other sources" if any(frame.census.rivals) else "")


def _top(frame: Frame, bars: Box) -> float:
    """How tall a bar may be under the caption."""
    return bars.h - 11 * frame.unit


def _most(frame: Frame, tick: int) -> int:
    return frame.census.density[tick] + frame.census.rivals[tick]


def _tall(frame: Frame, bars: Box, count: int) -> float:
    """How tall the bar of some events is: as the root of their number."""
    if not count:
        return 0.0
    share = float((count / _highest(frame)) ** 0.5)
    return max(2 * frame.unit, (bars.h - 3 * frame.unit) * _room(frame, bars) * share)


@lru_cache(maxsize=16)
def _highest(frame: Frame) -> int:
    ticks = range(frame.scenario.calendar.ticks)
    return max(1, max((_most(frame, tick) for tick in ticks), default=0))


@lru_cache(maxsize=16)
def _room(frame: Frame, bars: Box) -> float:
    """The share of the height that bars may have: less if the caption would have no room."""
    u, wide = frame.unit, width(_words(frame), 8 * frame.unit) + 8 * frame.unit
    x = bars.x
    for tick in range(frame.scenario.calendar.ticks):
        share = (_most(frame, tick) / _highest(frame)) ** 0.5
        if (bars.h - 3 * u) * share > _top(frame, bars):
            if _x(frame, tick) >= x + wide:
                return 1.0
            x = _x(frame, tick + 1)
    return 1.0 if bars.right >= x + wide else (bars.h - 12 * u) / (bars.h - 3 * u)


def _bars(frame: Frame, bars: Box) -> Iterator[Item]:
    """A bar for each day: pale for events that had happened by it, and perhaps before; an outline
    for those that other sources date to it.
    """
    u, counted = frame.unit, frame.census
    pale = theme.mixed_colour(theme.SOFT, theme.PAPER, 0.6)
    for tick, (count, exact) in enumerate(zip(counted.density, counted.exact, strict=True)):
        left, right = _x(frame, tick), _x(frame, tick + 1)
        gap = min(1.0 * u, (right - left) * 0.2)
        looks: list[tuple[int, dict[str, Any]]] = [(count if count > exact else 0, {"fill": pale})]
        looks.append((exact, {"fill": theme.SOFT}))
        if counted.rivals[tick]:
            looks.append((_most(frame, tick), {"edge": theme.SOFT, "width": 0.8 * u}))
        for number, look in looks:
            if number:
                tall = _tall(frame, bars, number)
                where = Box(left, bars.bottom - tall, max(0.6, right - left - gap), tall)
                yield boxed(where, **look)


def _phases(frame: Frame, band: Box) -> Iterator[Item]:
    u, size = frame.unit, 10 * frame.unit
    for n, phase in enumerate(frame.scenario.phases):
        first, last = frame.scenario.span(phase)
        left, right = _x(frame, max(first, 0)), _x(frame, last + 1)
        where = Box(left, band.y + 1 * u, max(right - left - 1 * u, 1.0), band.h - 2 * u)
        yield boxed(where, fill=theme.mixed_colour(theme.INK, theme.PAPER, 0.78 if n % 2 else 0.86))
        room = where.w - 6 * u
        text = phase.name if width(phase.name, size) <= room else fitted(phase.name, size, room)
        if len(text) > 3:
            at = Point(left + 4 * u, band.y + 11 * u)
            yield Text(at=at, text=text, size=size, colour=theme.INK, of=phase.id)


def _dates(frame: Frame, y: float) -> Iterator[Item]:
    """The first moment, and then as many hours, days, months or years as have room."""
    u, calendar = frame.unit, frame.scenario.calendar
    size, strip = 9 * u, frame.boxes.strip
    done = strip.x - 1.0
    for tick, text in calendar_labels(calendar, strip.w / u):
        x, wide = _x(frame, tick), width(text, size)
        if x < done or x + 3 * u + wide > strip.right:
            continue
        ends = (Point(x, y - 10 * u), Point(x, y))
        yield Line(points=ends, colour=theme.SOFT, width=0.8 * u)
        yield Text(at=Point(x + 3 * u, y), text=text, size=size, colour=theme.SOFT)
        done = x + 3 * u + wide + 10 * u


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
