"""Moments as other programs read them: ISO 8601, half-open or closed, with or without a zone.

The clock of a scenario is local and knows no time zone. GeoJSON and tables keep it so; formats
that cannot do without a zone write the same clock with a Z, and their readers are to show UTC.
"""

from __future__ import annotations

from replay.dates import (
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
)
from replay.lens import BEFORE_ALL, NEVER
from replay.problems import UsageProblem
from replay.ticks import Calendar
from replay.timeline import Timeline


def iso(minute: Minute) -> str:
    """`2017-11-17T05:00:00`; years are astronomical, and six digits long beyond 0 … 9999."""
    year, month, day = civil(minute // DAY)
    spelled = f"{year:04d}" if 0 <= year <= 9999 else f"{year:+07d}"
    return f"{spelled}-{month:02d}-{day:02d}T{clock(minute)}:00"


def start(calendar: Calendar, tick: int | None) -> str | None:
    """The beginning of a span whose first tick this is; None where it is open."""
    return None if tick is None else iso(calendar.begin(tick))


def end(calendar: Calendar, tick: int | None) -> str | None:
    """The end of a span whose last tick this is: the first moment that is no longer in it."""
    return None if tick is None else iso(calendar.begin(tick + 1))


def last_second(calendar: Calendar, tick: int | None) -> str | None:
    """The end of a span whose last tick this is: the last second that is still in it."""
    return None if tick is None else f"{iso(calendar.end(tick))[:-2]}59"


def within(calendar: Calendar, first: int, last: int) -> Date:
    """The span from one tick to another, both included, as EDTF: in days, where ticks are days."""
    if calendar.step % DAY == 0:
        begin, end = spell_day(calendar.begin(first) // DAY), spell_day(calendar.end(last) // DAY)
        return parse(begin if begin == end else f"{begin}/{end}")
    return parse(spell_bounds(Bounds(calendar.begin(first), calendar.end(last))))


def label(calendar: Calendar, tick: int) -> str:
    """The day or hour of a tick as EDTF; its year alone where EDTF spells no days: `Y-17000`.

    `..` for what is possible from the very beginning.
    """
    if tick <= BEFORE_ALL:
        return ".."
    try:
        return calendar.label(tick)
    except DateError:
        return f"Y{civil(calendar.begin(tick) // DAY)[0]}"


def only_common_era(timeline: Timeline, what: str) -> None:
    """Raises UsageProblem U512 where the window or an event has years that a format lacks."""
    calendar = timeline.scenario.calendar
    ticks = {0, calendar.ticks - 1}
    for reading in timeline.readings:
        ticks |= {reading.shown.earliest, reading.shown.latest} - {BEFORE_ALL, NEVER}
    if not all(1 <= civil(calendar.begin(tick) // DAY)[0] <= 9999 for tick in ticks):
        why = f"{what} files have no years before 1 or after 9999"
        raise UsageProblem("U512", why, "write .geojson, .csv or .json instead")
