"""Dates as documents give them: in EDTF, each with an earliest and a latest minute.

Write dates in EDTF (https://www.loc.gov/standards/datetime/, now in ISO 8601-2:2019):

| spelling | meaning |
| --- | --- |
| `2017-11-17`, `2017-11`, `2017` | a day, a month, a year |
| `-0048-01-10`, `Y-17000` | years are astronomical: `0000` is 1 BC, `-0048` is 49 BC |
| `2017-11-17T05:00:00` | a minute; seconds are read but not kept |
| `2017-11-17T05`, `2017-11-17T05:30` | an hour, a minute: shorthands that are not part of EDTF |
| `2017-10-26/2017-10-28`, `../2017-10-27`, `2017-10-30/..` | an interval, open ends |
| `2017-10-XX`, `2017-XX`, `2017-XX-XX`, `201X`, `20XX` | digits that are not specified |
| `2017-21` … `2017-24` | northern spring (March–May) … winter (December to next February) |
| `2017-10-28~`, `2017-10-28?`, `2017-10-28%` | approximate, uncertain, both |

EDTF does not define how wide "approximate" is. Here it is one unit of precision on each side:
`2017-10-28~` is 27 … 29 October, `2017-10-28T05~` is 04:00 … 06:59. "Uncertain" widens nothing.
Beyond EDTF level 1, intervals may have times and years with Y, and `?~%` may follow times, X and Y.
The calendar is the proleptic Gregorian one: convert Julian dates first. The clock is local to the
scenario, without time zones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

Minute: TypeAlias = int
"""Minutes since 1970-01-01T00:00 of the proleptic Gregorian calendar, local to the scenario."""

Precision = Literal["minute", "hour", "day", "month", "season", "year", "decade", "century", "open"]
"""From the finest to the coarsest; "open" is an interval without any end."""

HOUR, DAY = 60, 1440  # in minutes
LONGEST_TEXT = 64

_FINEST_FIRST: tuple[Precision, ...] = get_args(Precision)
_MINUTES = {"minute": 1, "hour": HOUR, "day": DAY}
_MONTHS = {"month": 1, "season": 3, "year": 12, "decade": 120, "century": 1200}
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August"]
MONTHS += ["September", "October", "November", "December"]
HOW_TO_WRITE = (
    "write a day as 2017-11-17, a span as 2017-10-26/2017-10-28, an open end as ../2017-10-27"
)


class DateError(ValueError):
    """A date that cannot be used: `str()` says what is wrong, `hint` what to write instead."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def day_number(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a civil day; that the day exists is not checked.

    After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.

    >>> day_number(1970, 1, 1), day_number(-48, 1, 10)
    (0, -737051)
    """
    era, year = divmod(year - (month <= 2), 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1  # counted from 1 March
    return era * 146097 + year * 365 + year // 4 - year // 100 + day_of_year - 719468


def civil(day_number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number: the inverse of `day_number` (civil_from_days)."""
    era, day = divmod(day_number + 719468, 146097)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153  # counted from March
    return year + era * 400 + (month >= 10), (month + 2) % 12 + 1, day - (153 * month + 2) // 5 + 1


@dataclass(frozen=True, slots=True)
class Bounds:
    """From the earliest to the latest minute, both included; None is an open end.

    Raises DateError where the latest is before the earliest.
    """

    earliest: Minute | None
    latest: Minute | None

    def __post_init__(self) -> None:
        if not _reaches(self.earliest, self.latest):
            raise DateError("the latest bound is before the earliest")

    def overlaps(self, other: Bounds) -> bool:
        """Whether some minute lies in both."""
        return _reaches(self.earliest, other.latest) and _reaches(other.earliest, self.latest)

    def contains(self, other: Bounds) -> bool:
        """Whether every minute of the other lies in this one."""
        starts = self.earliest is None or _reaches(self.earliest, other.earliest, False)
        return starts and (self.latest is None or _reaches(other.latest, self.latest, False))


def _reaches(a: Minute | None, b: Minute | None, when_open: bool = True) -> bool:
    return when_open if a is None or b is None else a <= b


@dataclass(frozen=True, slots=True)
class Date:
    """A date as a document gives it; `str()` is its spelling."""

    text: str
    bounds: Bounds
    approximate: bool
    uncertain: bool
    precision: Precision
    """The finest part that is known: the month of `2017-10-XX`; of an interval, of either side."""
    is_interval: bool

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=65536)
def parse(text: str) -> Date:
    """The date that a text spells (see the table above); raises DateError.

    >>> spell_bounds(parse("2017-10-28~").bounds)
    '2017-10-27/2017-10-29'
    """
    if len(text) > LONGEST_TEXT:
        raise DateError(f"a text of {len(text)} characters is not a date", HOW_TO_WRITE)
    date = _read(text)
    if date is None:
        raise _explained(text)
    return date


def day_date(text: str) -> int:
    """The number of a single day; raises DateError for anything wider, finer or marked."""
    return minute_date(text, "day")[0] // DAY


def minute_date(text: str, *precisions: Precision) -> tuple[Minute, Minute]:
    """The first and last minute of a single day (hour, minute); raises DateError otherwise."""
    date = parse(text)
    first, last = date.bounds.earliest, date.bounds.latest
    vague = date.is_interval or date.approximate or date.uncertain
    if first is None or last is None or vague or date.precision not in precisions:
        raise DateError(f"{text!r} is not a single {' or '.join(precisions)}", "write 2017-11-17")
    return first, last


def _read(text: str) -> Date | None:
    """None where the text is misspelled; raises DateError where no such date exists."""
    left, slash, right = text.partition("/")
    if not slash:
        return _one(text)
    first, last = (_OPEN if side == ".." else _one(side) for side in (left, right))
    if first is None or last is None:
        return None
    # Compared as written: a widened date may well reach behind the one that it comes after.
    start, end = (_one(d.text[:-1]) if d.approximate else d for d in (first, last))
    if start and end and not _reaches(start.bounds.earliest, end.bounds.latest):
        raise DateError(f"{text!r} runs backwards", f"write {right}/{left}")
    bounds = Bounds(first.bounds.earliest, last.bounds.latest)
    about, perhaps = first.approximate or last.approximate, first.uncertain or last.uncertain
    precision = min(first.precision, last.precision, key=_FINEST_FIRST.index)
    return Date(text, bounds, about, perhaps, precision, True)


_OPEN = Date("..", Bounds(None, None), False, False, "open", True)
_ONE = re.compile(
    r"(?:(-?[0-9]{4})(?:-XX(?:-XX)?|-([0-9]{2})(?:-(XX|[0-9]{2})"
    r"(?:(?<!X)T([0-9]{2})(?::([0-9]{2})(?::([0-9]{2}))?)?)?)?)?"
    r"|(Y-?[1-9][0-9]{4,8}|-?[0-9]{2}[0-9X]X))([~?%]?)"
)


def _one(text: str) -> Date | None:
    match = _ONE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, years, mark = match.groups()
    about = mark in ("~", "%")
    if day is None or day == "XX":
        precision, first, after = _months(years or year, month, day)
        unit = _MONTHS[precision] * about
        ends = (divmod(month, 12) for month in (first - unit, after + unit))
        first, after = (day_number(year, month + 1, 1) * DAY for year, month in ends)
    else:
        _check(year, month, day, hour, minute, second)
        precision = "day" if hour is None else "hour" if minute is None else "minute"
        unit = _MINUTES[precision]
        start = day_number(int(year), int(month), int(day)) * DAY
        start += int(hour or 0) * HOUR + int(minute or 0)
        first, after = start - unit * about, start + unit + unit * about
    return Date(text, Bounds(first, after - 1), about, mark in ("?", "%"), precision, False)


def _months(year: str, month: str | None, day: str | None) -> tuple[Precision, int, int]:
    """The precision, the first month and the one after the last, from January of the year 0."""
    if month is None:
        _check(year)
        first, last = sorted(int(year.strip("Y").replace("X", digit)) for digit in "09")
        precision = _FINEST_FIRST[_FINEST_FIRST.index("year") + year.count("X")]
        if first < 0 and last == 0:
            last = -1  # -000X ends before the year 0, which never has a minus
        return precision, first * 12, last * 12 + 12
    if day is None and month in ("21", "22", "23", "24"):
        start = int(year) * 12 + 3 * int(month) - 61
        return "season", start, start + 3
    _check(year, month)
    start = int(year) * 12 + int(month) - 1
    return "month", start, start + 1


def _check(year: str, month: str = "01", day: str = "01", *clock: str | None) -> None:
    if year == "-0000":
        raise DateError("there is no year -0000", "write 0000 for 1 BC, -0001 for 2 BC")
    if not "01" <= month <= "12":
        swapped = clock and "01" <= day <= "12" and "01" <= month <= "28"
        hint = f"write {year}-{day}-{month}" if swapped else None
        raise DateError(f"there is no month {month}; months run from 01 to 12", hint)
    days = 30 if month in ("04", "06", "09", "11") else 31
    name = MONTHS[int(month) - 1]
    if month == "02":
        days = day_number(int(year), 3, 1) - day_number(int(year), 2, 1)
        name = f"February {spell_year(int(year))}"
    if not "01" <= day <= str(days):
        raise DateError(f"{name} has {days} days", f"write a day from 01 to {days}")
    if clock[:1] == ("24",) and set(clock[1:]) <= {None, "00"}:
        following = spell_day(day_number(int(year), int(month), int(day)) + 1)
        raise DateError("24:00 is the next day", f"write {following}T00:00:00")
    if any((part or "") > most for part, most in zip(clock, ("23", "59", "59"), strict=False)):
        raise DateError("hours run from 00 to 23, minutes and seconds from 00 to 59")


def mended(text: str) -> tuple[str, str] | None:
    """What a misspelled date means in EDTF, and what is wrong with its spelling; None if unclear.

    Raises DateError if the date does not exist, may be two different days or has a time zone.

    >>> mended("3 Nov 2017")
    ('2017-11-03', 'is written in words')
    """
    if len(text) > LONGEST_TEXT:
        raise DateError(f"a text of {len(text)} characters is not a date", HOW_TO_WRITE)
    if _ZONE.search(text):
        local = "write the local time of the scenario without it, as 2017-11-17T05:00:00"
        raise DateError(f"{text!r} has a time zone", local)
    fixed, reason = text, ""
    for why, slip, instead in _SLIPS:
        before, fixed = fixed, re.sub(slip, instead, fixed)
        reason = reason or (why if fixed != before else "")
    return (fixed, reason) if reason and _read(fixed) else None


def _explained(text: str) -> DateError:
    """What is wrong with a misspelled date; raises it where the date meant does not exist."""
    found = mended(text)
    if found is not None:
        return DateError(f"{text!r} {found[1]}", f"write {found[0]}")
    return DateError(f"{text!r} is not a date", HOW_TO_WRITE)


def _year_last(match: re.Match[str]) -> str:
    first, _, second, year = match.groups()
    day_first, month_first = f"{year}-{second:0>2}-{first:0>2}", f"{year}-{first:0>2}-{second:0>2}"
    if int(first) <= 12 and int(second) <= 12 and first != second:
        raise DateError(f"{match[0]!r} may be two days", f"write {day_first} or {month_first}")
    return month_first if int(second) > 12 else day_first


def _named(match: re.Match[str]) -> str:
    day, name, day_after, year = match.groups()
    if day and day_after:
        return match[0]
    starts = [month.lower().startswith(name.lower()) for month in MONTHS]
    rest = f"-{day or day_after:0>2}" if day or day_after else ""
    return f"{year}-{starts.index(True) + 1:02d}{rest}" if any(starts) else match[0]


_ZONE = re.compile(r"(?i)[0-9][T ][0-9]{1,2}[:.0-9]* ?(Z|UTC|GMT|[+-][0-9]{1,2}:?[0-9]*)(/|$)")
_SPAN = r"^(-?\d{4}[-\dXT:]*?[~?%]?) ?(?:\.\.|-|to|until) ?(-?\d{4}[-\dXT:]*[~?%]?)$"
_NAMED = r"\b(?:(\d\d?)[a-z.]* )?([A-Za-z]{3,9})\.?(?: (\d\d?)[a-z]*)?,? (-?\d{4})\b"
_WORDS, _DIGITS, _END = "is written in words", "has too few or too many digits", "has only one end"
_SLIPS: tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...] = (
    ("has spaces around it", r"^\s+|\s+$", ""),
    ("has digits other than 0 to 9", r"(?![0-9])\d", lambda m: str(int(m[0]))),
    ("has dashes that are not hyphens", r"[\u2010-\u2015\u2212]", "-"),
    ("has small letters", r"(?<=[0-9xX-])x|(?<=[0-9])t(?=[0-9])|^y", lambda m: m[0].upper()),
    ("uses BC", r"(?i)\b(\d{1,9}) ?BCE?\b", lambda m: _spelled_year(1 - int(m[1]))),
    ("uses AD", r"(?i)\b(\d{1,4}) ?(?:AD|CE)\b", lambda m: m[1].zfill(4)),
    ("uses AD", r"(?i)(?<=\d) ?(?:AD|CE)\b", ""),
    ("puts the year last", r"(?<![\d-])(\d\d?)([./-])(\d\d?)\2(\d{4})\b", _year_last),
    ("has no hyphens", r"\b(\d{4})([/.])(\d\d?)\2(\d\d?)\b", r"\1-\3-\4"),
    ("has no hyphens", r"\b(\d{4})(\d\d)(\d\d)\b", r"\1-\2-\3"),
    (_WORDS, r"(?<![\d-])(\d\d?) ?- ?(\d\d?) (\w+ -?\d{4})\b", r"\1 \3/\2 \3"),
    (_WORDS, _NAMED, _named),
    ("has no T before the hour", r"(?<=-\d\d),? (?=\d\d?:)", "T"),
    (_DIGITS, r"(?<=\d)([-T])(\d)(?![\dX])", r"\g<1>0\2"),
    (_DIGITS, r"^Y?(-?)0*(\d{1,4})$", lambda m: m[1] + m[2].zfill(4)),
    (_DIGITS, r"^-?\d{5,9}$", r"Y\g<0>"),
    ("repeats only part of the date", r"^(\d{4}-(?:\d\d-)?)(\d\d)/(\d\d)$", r"\1\2/\1\3"),
    ("has its mark in front", r"(^|/)(?:~|(?:about|circa|ca?\.?) ?)([^/~?%]+)", r"\1\2~"),
    ("has two marks", r"\?~|~\?", "%"),
    ("has no slash between its ends", _SPAN, r"\1/\2"),
    ("has spaces around the slash", r" */ *", "/"),
    (_END, r"^(?:(?:unknown|open)?/|by |\.\.(?!/))(?=.)", "../"),
    (_END, r"(?:/(?:unknown|open)?|(?<=[\dX~?%])\.\.)$", "/.."),
)
"""What is wrong, what it looks like, how to mend it; in an order that lets slips be combined."""


def spell_day(day_number: int) -> str:
    """`2017-11-03`, `-0047-01-10`; raises DateError beyond the years -9999 … 9999."""
    return spell_moment(day_number * DAY, DAY)


def spell_day_or_year(day_number: int) -> str:
    """A day as `2017-11-03`; beyond the years -9999 … 9999, of which EDTF has no days, its year."""
    year = civil(day_number)[0]
    return spell_day(day_number) if -9999 <= year <= 9999 else f"Y{year}"


@lru_cache(maxsize=4096)
def spell_moment(minute: Minute, step_minutes: int) -> str:
    """The day of a minute for steps of a day or more, else `2017-11-17T05:00:00`."""
    text = _spelled(minute, "day" if step_minutes >= DAY else "minute")
    if text.startswith("Y"):
        raise DateError(f"EDTF cannot write days of the year {text.rsplit('-', 2)[0]}")
    return text


def spell_bounds(bounds: Bounds) -> str:
    """The shortest EDTF in years, months, days or minutes that `parse` reads as these bounds.

    Next to an open end days are kept. Raises DateError for bounds beyond the years -9999 … 9999
    unless they are whole years.

    >>> spell_bounds(parse("2017-10-01/2017-10-31").bounds), spell_bounds(parse("../2017").bounds)
    ('2017-10', '../2017-12-31')
    """
    ends = (bounds.earliest, bounds.latest)
    units = ("day", "minute", "year") if None in ends else ("year", "month", "day", "minute")
    for unit in units:
        left, right = (".." if end is None else _spelled(end, unit) for end in ends)
        text = left if left == right != ".." else f"{left}/{right}"
        date = _read(text)
        if date is not None and date.bounds == bounds:
            return text
    raise DateError("EDTF has no days beyond the years -9999 to 9999", "write whole years, Y12017")


def spell_within(bounds: Bounds) -> str:
    """As `spell_bounds`; beyond the years -9999 … 9999 the whole years that the bounds lie in.

    >>> spell_within(parse("Y123456789").bounds), spell_within(Bounds(None, 10**13))
    ('Y123456789', '../Y19015213')
    """
    try:
        return spell_bounds(bounds)
    except DateError:
        ends = (bounds.earliest, bounds.latest)
        left, right = (".." if end is None else _spelled(end, "year") for end in ends)
        return left if left == right else f"{left}/{right}"


def _spelled(minute: Minute, unit: str) -> str:
    year, month, day = civil(minute // DAY)
    time = f"T{clock(minute)}:00" if unit == "minute" else ""
    rest = {"year": "", "month": f"-{month:02d}"}.get(unit, f"-{month:02d}-{day:02d}{time}")
    return _spelled_year(year) + rest


def _spelled_year(year: int) -> str:
    return f"Y{year}" if abs(year) > 9999 else f"{year:0{4 + (year < 0)}d}"


def clock(minute: Minute) -> str:
    """The hour and minute: `05:30`."""
    return f"{minute % DAY // HOUR:02d}:{minute % HOUR:02d}"


def spell_year(year: int) -> str:
    """A year in English: `48 BC`, `476 AD`, `2017`."""
    return f"{1 - year} BC" if year <= 0 else f"{year} AD" if year < 1000 else str(year)
