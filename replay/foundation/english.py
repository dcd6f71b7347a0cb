"""Dates in English: how they are written, no more exact than they are, and how they are read."""

from __future__ import annotations

import re

from replay.foundation.edtf import (
    DAY,
    HOW_TO_WRITE,
    MONTHS,
    Date,
    DateError,
    civil,
    clock,
    mended,
    parse,
    spell_year,
)


def format_day(day_number: int) -> str:
    """A day in English: "3 November 2017", "10 January 48 BC"; years before 1000 say BC or AD."""
    year, month, day = civil(day_number)
    return f"{day} {MONTHS[month - 1]} {spell_year(year)}"


def format_date(date: Date) -> str:
    """A date in English, no more exact than it is.

    >>> [human_date(parse(text)) for text in ("2017-10-26/2017-10-28", "../2017-10-27", "2017-24~")]
    ['26–28 October 2017', 'by 27 October 2017', 'about winter 2017–2018']
    """
    left, slash, right = date.text.partition("/")
    if not slash:
        return _words(left)
    if left == "..":
        return "undated" if right == ".." else f"by {_words(right)}"
    if right == "..":
        return f"from {_words(left)}"
    if date.approximate or date.uncertain or parse(left).precision != parse(right).precision:
        return f"{_words(left)} – {_words(right)}"
    if date.precision in ("minute", "hour") and left.partition("T")[0] == right.partition("T")[0]:
        return _worded(date)
    return _joined(_words(left), _words(right))


def _words(text: str) -> str:
    for mark, word in (("~", "about"), ("?", "perhaps"), ("%", "perhaps about")):
        if text.endswith(mark):
            return f"{word} {_worded(parse(text[:-1]))}"
    return _worded(parse(text))


def _worded(date: Date) -> str:
    first, last = date.bounds.earliest or 0, date.bounds.latest or 0  # neither is open
    year, month, _ = civil(first // DAY)
    years = _joined(spell_year(year), spell_year(civil(last // DAY)[0]))
    day, time = format_day(first // DAY), _joined(clock(first), clock(last))
    words = {"minute": f"{day}, {time}", "hour": f"{day}, {time}", "day": day}
    words["month"] = f"{MONTHS[month - 1]} {years}"
    words["season"] = f"{('spring', 'summer', 'autumn', 'winter')[month // 3 - 1]} {years}"
    return words.get(date.precision, years)


def _joined(first: str, last: str) -> str:
    """Two dates with the words they end alike said once: "26–28 October 2017"."""
    if first == last:
        return first
    own, others = first.split(), last.split()
    while own[-1] == others[-1]:
        own.pop()
        others.pop()
    return f"{' '.join(own)}{'–' if len(own) == len(others) == 1 else ' – '}{last}"


# --- reading ------------------------------------------------------------------------------------


def read_date(text: str, years: tuple[int, int] | None = None) -> Date:
    """The date that someone types: EDTF, "3 Nov 2017", "Nov 3, 2017", "noon on 17 November 2017".

    `years` are the first and last year that a day without its year can be of: the first year that
    has the day is meant. Raises DateError for what is not a date, and for a numeric date that can
    be two days (3/11/2017).

    >>> read_date("3 Nov 2017").text, read_date("17 November, noon", (2017, 2017)).text
    ('2017-11-03', '2017-11-17T12:00')
    """
    day, time = _without_time(text)
    candidates = [(text, None), (day, time)]
    if years is not None and _lacks_year(day):
        first, last = years
        candidates = [(f"{day} {_four_digits(y)}", time) for y in range(first, last + 1)]
    wrong: DateError | None = None
    for one, at in candidates:
        try:
            date = _read_one(one, at)
        except DateError as error:
            wrong = wrong or error
        else:
            if date is not None:
                return date
    raise wrong or DateError(f"{text!r} is not a date", "write 3 November 2017, or 2017-11-03")


def _lacks_year(day: str) -> bool:
    numbers = re.findall(r"\d+", day)
    words = re.search(r"[A-Za-z]{3}", day) is not None
    return words and len(numbers) <= 1 and all(len(number) < 3 for number in numbers)


def _read_one(day: str, time: str | None) -> Date | None:
    """The date of some words; None where they are none. Raises DateError for one that is wrong."""
    try:
        date = parse(day)
    except DateError as error:
        found = mended(day)
        if found is None and error.hint == HOW_TO_WRITE:
            return None
        if found is None:
            raise
        date = parse(found[0])
    if time is None:
        return date
    if date.precision != "day" or date.is_interval or date.approximate or date.uncertain:
        return None
    return parse(f"{date.text}T{time}")


_FILLERS = r"(?i)\b(?:on|at|the|of|mon|tues?|wed|wednes|thu|thurs?|fri|satur|sat|sun)(?:day)?\b\.?"
_CLOCK = r"(?:(?<=\s)|^)(\d{1,2}):(\d{2})(?::\d{2})?(?: ?(?:h|hours?|hrs?)\b)?"


def _without_time(text: str) -> tuple[str, str | None]:
    """A day without its time of day, weekday and small words; and the time, if there is one."""
    rest, noons = re.subn(r"(?i)\b(?:12 )?noon\b", " ", text)
    times = re.findall(_CLOCK, rest)
    rest = re.sub(r"\s+", " ", re.sub(_FILLERS, " ", re.sub(_CLOCK, " ", rest)))
    rest = rest.strip(" ,").replace(" ,", ",")
    found = ["12:00"] * noons + [f"{hour:0>2}:{minute}" for hour, minute in times]
    return (text, None) if len(found) > 1 else (rest, found[0] if found else None)


def _four_digits(year: int) -> str:
    return f"{year:0{4 + (year < 0)}d}"


def counted(number: int, what: str) -> str:
    """How many there are of a thing: "1 finding", "2 findings"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
