"""Moments as other programs read them: ISO 8601, half-open or closed, with or without a zone.

The clock of a scenario is local and knows no time zone. GeoJSON and tables keep it so; formats
that cannot do without a zone write the same clock with a Z, and their readers are to show UTC.
"""

from __future__ import annotations

from replay.dates import DAY, Bounds, Date, Minute, civil, clock, parse, spell_bounds, spell_day
from replay.problems import UsageProblem
from replay.ticks import Calendar


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


def only_common_era(calendar: Calendar, suffix: str) -> None:
    """Raises UsageProblem U512 where the window has years that a format cannot write."""
    for minute in (calendar.origin, calendar.end(calendar.ticks - 1)):
        if not 1 <= civil(minute // DAY)[0] <= 9999:
            what = f"{suffix} files have no years before 1 or after 9999"
            raise UsageProblem("U512", what, "write .geojson, .csv or .json instead")
