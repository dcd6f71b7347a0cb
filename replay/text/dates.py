"""When something is so, in English: ticks, moments, spans of ticks, the dates of changes."""

from __future__ import annotations

from replay.analysis.intervals import Within
from replay.foundation.calendar import Calendar
from replay.foundation.edtf import DAY, HOUR, Bounds, clock, parse, spell_bounds
from replay.foundation.english import format_date, format_day
from replay.model import Scenario
from replay.timeline.timeline import State


def tick_in_words(calendar: Calendar, tick: int) -> str:
    """A tick: "3 November 2017", "16–22 January 2017", "17 November 2017, 05:00"."""
    begin, end = calendar.begin(tick), calendar.end(tick)
    if end - begin >= DAY - 1:
        return format_date(parse(calendar.span(tick, tick)))
    until = "" if end - begin < HOUR else f"–{clock(end)}"
    return f"{format_day(begin // DAY)}, {clock(begin)}{until}"


def ticks_in_words(calendar: Calendar, first: int, last: int) -> str:
    """The time from one tick to another: "26–28 October 2017"."""
    return format_date(parse(calendar.span(first, last)))


def within_in_words(scenario: Scenario, one: Within) -> str:
    """The time of something within a step: "2 January 2014, 09:00–17:59"."""
    if not one.timed:
        day = tick_in_words(scenario.calendar, one.turn.tick)
        long = scenario.calendar.step > DAY
        return f"within {day}" if long else f"on {day} (hour not documented)"
    minute, until = one.turn.minute, one.until
    if until is None:
        return f"since {format_date(parse(spell_bounds(Bounds(minute, minute))))}"
    return format_date(parse(spell_bounds(Bounds(minute, until))))


def time_within(scenario: Scenario, one: Within) -> str:
    """The same beside the name of the step: "09:00", "19 January 2017", "hour not documented"."""
    if not one.timed:
        return "hour not documented" if scenario.calendar.step <= DAY else "day not documented"
    minute = one.turn.minute
    if scenario.calendar.step <= DAY:
        return clock(minute)
    return (
        format_date(parse(spell_bounds(Bounds(minute, minute))))
        if minute % DAY
        else format_day(minute // DAY)
    )


def in_words(state: State) -> str:
    """A moment as a title has it: "17 November 2017", "17 November 2017, 12:00"."""
    if state.moment is None:
        return tick_in_words(state.timeline.scenario.calendar, state.tick)
    return format_date(parse(state.moment.text))


def at_the_time(state: State) -> str:
    """A moment inside a sentence: "at the end of 3 November 2017", "at noon on 3 November 2017"."""
    moment, words = state.moment, in_words(state)
    if moment is not None and moment.event is not None:
        summary = after_what(state.timeline.scenario, moment.event)
        return f"just after {summary} ({words})"
    if moment is not None and "T" in moment.text:
        day = format_day(moment.minute // DAY)
        time = clock(moment.minute)
        return f"at {'noon' if time == '12:00' else time} on {day}"
    return f"at the end of {words}"


def this_step(scenario: Scenario) -> str:
    """A step of a scenario inside a sentence: "this day", "this hour", "this step"."""
    return f"this {scenario.step}" if scenario.step in ("day", "hour") else "this step"


def after_what(scenario: Scenario, event: str) -> str:
    """An event as a quotation of its summary."""
    return f"“{scenario.event[event].summary.rstrip('.')}”"


__all__ = [
    "after_what",
    "at_the_time",
    "in_words",
    "this_step",
    "tick_in_words",
    "ticks_in_words",
    "time_within",
    "within_in_words",
]
