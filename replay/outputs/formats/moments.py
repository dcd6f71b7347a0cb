"""Moments as other programs read them: ISO 8601, half-open or closed, with or without a zone.

The clock of a scenario is local and knows no time zone. GeoJSON and tables keep it so; formats
that cannot do without a zone write the same clock with a Z, and their readers are to show UTC.
"""

from __future__ import annotations

from replay.foundation.calendar import Calendar
from replay.foundation.edtf import (
    DAY,
    Bounds,
    Date,
    DateError,
    Minute,
    civil,
    clock,
    parse,
    spell_bounds,
    spell_day,
    spell_day_or_year,
    spell_moment,
)
from replay.foundation.errors import UsageError
from replay.lens import BEFORE_ALL, NEVER
from replay.timeline.timeline import Timeline


def iso(minute: Minute) -> str:
    """`2017-11-17T05:00:00`; years are astronomical, and six digits long beyond 0 … 9999."""
    year, month, day = civil(minute // DAY)
    spelled = f"{year:04d}" if 0 <= year <= 9999 else f"{year:+07d}"
    return f"{spelled}-{month:02d}-{day:02d}T{clock(minute)}:00"


def start(first: Minute | None) -> str | None:
    """The beginning of a span whose first minute this is; None where it is open."""
    return None if first is None else iso(first)


def end(last: Minute | None) -> str | None:
    """The end of a span whose last minute this is: the first moment that is no longer in it."""
    return None if last is None else iso(last + 1)


def last_second(last: Minute | None) -> str | None:
    """The end of a span whose last minute this is: the last second that is still in it."""
    return None if last is None else f"{iso(last)[:-2]}59"


def within(first: Minute, last: Minute) -> Date:
    """The span from one minute to another, both included, as EDTF: in whole days if it is."""
    if first % DAY or (last + 1) % DAY:
        return parse(spell_bounds(Bounds(first, last)))
    begin, end = spell_day(first // DAY), spell_day(last // DAY)
    return parse(begin if begin == end else f"{begin}/{end}")


def tick_ends(calendar: Calendar, first: int, last: int) -> tuple[str, str]:
    """The first and last day of a span of ticks; of shorter ticks, when they begin."""
    try:
        return calendar.ends(first, last)
    except DateError:
        return label(calendar, first), label(calendar, last)


def ends(first: Minute, last: Minute) -> tuple[str, str]:
    """The first and last day or minute of a span, as EDTF; years alone beyond -9999 … 9999."""
    return _end(first, first), _end(last, last + 1)


def _end(minute: Minute, edge: Minute) -> str:
    try:
        return spell_moment(minute, 1 if edge % DAY else DAY)
    except DateError:
        return spell_day_or_year(minute // DAY)


def label(calendar: Calendar, tick: int) -> str:
    """The day or hour of a tick as EDTF; its year alone where EDTF spells no days: `Y-17000`.

    `..` for what is possible from the very beginning.
    """
    if tick <= BEFORE_ALL:
        return ".."
    try:
        return calendar.label(tick)
    except DateError:
        return spell_day_or_year(calendar.begin(tick) // DAY)


def dated(timeline: Timeline, tick: int, date: Date | None) -> str:
    """The date of an event or change, if it lies within its step, else the step; as `label`."""
    try:
        return timeline.dated_in(tick, date)
    except DateError:
        return label(timeline.scenario.calendar, tick)


def only_common_era(timeline: Timeline, what: str) -> None:
    """Raises UsageProblem U512 where the window or an event has years that a format lacks."""
    calendar = timeline.scenario.calendar
    ticks = {0, calendar.ticks - 1}
    for reading in timeline.readings:
        ticks |= {reading.shown.earliest, reading.shown.latest} - {BEFORE_ALL, NEVER}
    if not all(1 <= civil(calendar.begin(tick) // DAY)[0] <= 9999 for tick in ticks):
        why = f"{what} files have no years before 1 or after 9999"
        raise UsageError("U512", why, "write .geojson, .csv or .json instead")
