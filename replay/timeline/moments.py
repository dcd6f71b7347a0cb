"""Moments that someone asks for: a day (its end), a time of day, the moment after an event.

What is typed is read here and nowhere else, whichever option or argument it is for, and an error
suggests only what can be typed instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from replay.foundation.edtf import DAY, HOUR, Date, DateError, Minute, civil, clock, spell_day
from replay.foundation.english import read_date
from replay.foundation.errors import UsageError, did_you_mean
from replay.model import Scenario


@dataclass(frozen=True, slots=True)
class NamedMoment:
    """A moment that is asked for."""

    minute: Minute
    """The last minute that counts: the last one of a day, the very minute of a time of day."""
    text: str
    """EDTF: the day, the days of a step, or the day and time; of an event, its date."""
    event: str | None = None
    """The id of the event after which it is."""


def read_moment(scenario: Scenario, text: str) -> NamedMoment:
    """The day or time of day that is meant, in or out of the window.

    Raises UsageError U503 for anything else.
    """
    date = _read(
        scenario, text, lambda found: _moment(scenario, found) is not None, _events(scenario)
    )
    moment = _moment(scenario, date)
    if moment is None:
        what = f"{text!r} is {_WIDTHS.get(date.precision, 'a span of time')}, not a single day"
        raise UsageError("U503", what, f"write {_nearest(scenario, date)}")
    return moment


def read_span(scenario: Scenario, text: str) -> tuple[Minute, Minute]:
    """The first and last minute of a day, a time, or a span such as a month.

    Raises UsageError U503 for anything else, an open span too.
    """
    date = _read(scenario, text, lambda found: _closed(found) is not None, _events(scenario))
    span = _closed(date)
    if span is None:
        what = f"{text!r} is open, approximate or uncertain"
        raise UsageError("U503", what, f"write {_nearest(scenario, date)}")
    return span


def read_known_on(scenario: Scenario, text: str) -> Date:
    """The day (or month, or year) by whose end something was known.

    Raises UsageError U503 for anything else.
    """
    date = _read(scenario, text, lambda found: found.bounds.latest is not None)
    if date.bounds.latest is None:
        what = f"{text!r} has no end"
        raise UsageError("U503", what, f"write {_nearest(scenario, date)}")
    return date


def outside(scenario: Scenario, text: str) -> UsageError:
    """The problem of a moment that lies outside the window."""
    calendar = scenario.calendar
    minutes = (calendar.origin, calendar.end(calendar.ticks - 1))
    first, last = (_spelled(minute, calendar.step) for minute in minutes)
    what = f"{text} is outside the window of {scenario.scenario}"
    return UsageError("U503", what, f"the window is {first} to {last}")


_WIDTHS = {"month": "a month", "season": "a season", "year": "a year", "decade": "a decade"}


def _moment(scenario: Scenario, date: Date) -> NamedMoment | None:
    """The moment that a date is; None where it is a span, open or marked."""
    first, last = date.bounds.earliest, date.bounds.latest
    if first is None or last is None or date.approximate or date.uncertain:
        return None
    calendar = scenario.calendar
    if date.is_interval:
        tick = calendar.tick(last)
        same = (calendar.begin(tick), calendar.end(tick)) == (first, last)
        return NamedMoment(last, date.text) if same else None
    if date.precision == "day":
        return NamedMoment(last, date.text)
    if date.precision not in ("hour", "minute"):
        return None
    if calendar.step < DAY and date.precision == "hour" and calendar.step <= HOUR:
        return NamedMoment(last, date.text)  # the end of its last step
    tick = calendar.tick(first)
    if calendar.step < DAY and calendar.begin(tick) == first:
        return NamedMoment(
            calendar.end(tick), date.text
        )  # the step that is named after its beginning
    return NamedMoment(first, f"{spell_day(first // DAY)}T{clock(first)}")


def _events(scenario: Scenario) -> Iterator[str]:
    """The events that lie in the window, so that they can be suggested."""
    calendar = scenario.calendar
    for event in scenario.events:
        last = event.date.bounds.latest if event.date else None
        if last is not None and 0 <= calendar.tick(last) < calendar.ticks:
            yield event.id


def _closed(date: Date) -> tuple[Minute, Minute] | None:
    first, last = date.bounds.earliest, date.bounds.latest
    vague = date.approximate or date.uncertain
    return None if first is None or last is None or vague else (first, last)


def _read(
    scenario: Scenario, text: str, accepts: Callable[[Date], bool], events: Iterable[str] = ()
) -> Date:
    """A date as it is typed; a day without its year is of the first year of the window."""
    try:
        return read_date(text)
    except DateError as error:
        wrong = error
    ends = (scenario.calendar.origin, scenario.calendar.end(scenario.calendar.ticks - 1))
    first, last = (civil(minute // DAY)[0] for minute in ends)
    for year in range(first, min(last, first + MOST_YEARS) + 1):
        try:
            date = read_date(text, (year, year))
        except DateError:
            continue
        begin, end = date.bounds.earliest, date.bounds.latest
        if begin is not None and end is not None and begin <= ends[1] and end >= ends[0]:
            return date
    hint = did_you_mean(text, events) or _accepted(scenario, text, wrong.hint, accepts)
    raise UsageError("U503", str(wrong), hint) from None


MOST_YEARS = 200
"""Years of a window in which a day without a year is looked for."""


ISO = re.compile(r"-?\d{4}-\d\d(?:-\d\d(?:T\d\d(?::\d\d){0,2})?)?(?![\d-])")
IN_WORDS = re.compile(r"\d{1,2}[ -]+[^\W\d]+[ -]+\d{3,4}")


def _accepted(
    scenario: Scenario, typed: str, hint: str | None, accepts: Callable[[Date], bool]
) -> str:
    """The dates in a hint, or else in what was typed, that can be typed here; else an example."""
    calendar = scenario.calendar
    for spellings in (ISO.findall(hint or ""), [*ISO.findall(typed), *IN_WORDS.findall(typed)]):
        good = []
        for text in spellings:
            try:
                date = read_date(text.replace("-", " ") if IN_WORDS.fullmatch(text) else text)
            except DateError:
                continue
            last = date.bounds.latest
            if accepts(date) and last is not None and 0 <= calendar.tick(last) < calendar.ticks:
                good.append(date.text)
        if good:
            return f"write {' or '.join(good)}"
    return f"write a date such as {_example(scenario)}"


def _example(scenario: Scenario) -> str:
    calendar = scenario.calendar
    return _spelled(calendar.end(calendar.ticks // 2), calendar.step)


def _nearest(scenario: Scenario, date: Date) -> str:
    """A day of the window for a span: its last one, or else the nearest."""
    calendar = scenario.calendar
    minute = date.bounds.latest if date.bounds.latest is not None else date.bounds.earliest
    last = calendar.end(calendar.ticks - 1)
    return _spelled(last if minute is None else max(calendar.origin, min(minute, last)), DAY)


def _spelled(minute: Minute, step: int) -> str:
    day = spell_day(minute // DAY)
    return day if step >= DAY else f"{day}T{clock(minute)}"


__all__ = ["NamedMoment", "outside", "read_known_on", "read_moment", "read_span"]
