"""Which moments are written on an axis of time: hours, days, months or years, as have room."""

from __future__ import annotations

from collections.abc import Iterator

from replay.foundation.calendar import Calendar
from replay.foundation.edtf import DAY, HOUR, MONTHS, Minute, civil, clock, day_number, spell_year
from replay.foundation.english import format_day

HOUR_STEPS = (1, 3, 6, 12)
DAY_STEPS = (1, 2, 5, 10)
MONTH_STEPS = (1, 3, 6)
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
LABEL_WIDTHS = {"hour": 50.0, "day": 86.0, "month": 102.0, "year": 52.0}
"""Pixels that a label needs, with the gap after it, on a page of 1280 × 720."""


def axis_labels(
    begin: Minute, end: Minute, wide: float, least: Minute = HOUR
) -> list[tuple[Minute, str]]:
    """The moments that are written on an axis of some width, the first one always.

    The smallest steps are chosen whose labels have room, none shorter than `least`.
    """
    unit, step = _step(end + 1 - begin, wide, least)
    marks = [m for m in _moments(unit, step, begin, end) if m > begin]
    found, day = [(begin, _first(begin, unit))], begin // DAY
    for minute in marks:
        found.append((minute, _label(minute, unit, day)))
        day = minute // DAY
    return found


def calendar_labels(calendar: Calendar, wide: float) -> list[tuple[float, str]]:
    """The labels of an axis of some width: each with its place in ticks, and its text.

    A label inside a tick has a fraction: 2.5 is the middle of the third tick.
    """
    begin, end = calendar.begin(0), calendar.end(calendar.ticks - 1)
    least = min(DAY, calendar.end(0) + 1 - begin)
    return [(_place(calendar, m), text) for m, text in axis_labels(begin, end, wide, least)]


def _place(calendar: Calendar, minute: Minute) -> float:
    tick = calendar.tick(minute)
    first, last = calendar.begin(tick), calendar.end(tick)
    return tick + (minute - first) / (last + 1 - first)


def _step(minutes: Minute, wide: float, least: Minute) -> tuple[str, int]:
    """The unit of an axis and how many of it lie between two labels."""
    for unit, steps, long in (
        ("hour", HOUR_STEPS, HOUR),
        ("day", DAY_STEPS, DAY),
        ("month", MONTH_STEPS, 30 * DAY),
        ("year", YEAR_STEPS, 365 * DAY),
    ):
        for step in steps:
            if step * long >= least and minutes / (step * long) * LABEL_WIDTHS[unit] <= wide:
                return unit, step
    return "year", YEAR_STEPS[-1]


def _moments(unit: str, step: int, begin: Minute, end: Minute) -> Iterator[Minute]:
    """The round moments of an axis."""
    if unit == "hour":
        first = -(-begin // (step * HOUR)) * step * HOUR
        yield from range(first, end + 1, step * HOUR)
        return
    first_day, last_day = begin // DAY, end // DAY
    if unit == "day":
        days = range(first_day, last_day + 1)
        round_ = {1, 6, 11, 16, 21, 26} if step == 5 else {1, 11, 21}
        for day in days:
            of_month = civil(day)[2]
            if of_month in round_ or (step <= 2 and (day - first_day) % step == 0):
                yield day * DAY
        return
    (year, month, _), (last_year, *_) = civil(first_day), civil(last_day)
    months = step if unit == "month" else step * 12
    start = year * 12 + month - 1
    for number in range(-(-start // months) * months, last_year * 12 + 12, months):
        minute = day_number(number // 12, number % 12 + 1, 1) * DAY
        if minute <= end:
            yield minute


def _first(minute: Minute, unit: str) -> str:
    """The label of the beginning, with its day."""
    text = format_day(minute // DAY)
    return f"{text}, {clock(minute)}" if unit == "hour" else text


def _label(minute: Minute, unit: str, before: int) -> str:
    """A later label, with no more than the labels before it leave open."""
    year, month, day = civil(minute // DAY)
    if unit == "hour":
        clock_text = clock(minute)
        return clock_text if minute // DAY == before else f"{day} {MONTHS[month - 1]}"
    if unit == "day" and civil(before)[0] == year:
        return f"{day} {MONTHS[month - 1]}"
    if unit in ("day", "month"):
        return f"{day} {MONTHS[month - 1]} {spell_year(year)}"
    return spell_year(year)
