"""Certainty in words and as JSON: what is certain, what is possible, in how many readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, sqrt
from typing import Any

from replay.analysis.certainty.answer import Certainty, CertaintyInterval, HeldShare
from replay.analysis.left_out import left_out
from replay.foundation.english import counted
from replay.model import Scenario
from replay.model.state import UNKNOWN, Marked
from replay.text.dates import at_the_time
from replay.text.explanation import day_text
from replay.text.lens import lens_line
from replay.text.narrative import TextLine, left_out_note
from replay.text.phrases import control
from replay.timeline.timeline import State, Timeline

Json = dict[str, Any]

READINGS = (
    "A reading of the dates puts every event on one {step} within the bounds of its date, and "
    "keeps the order that the script states. A value that is not listed for a {step} occurs in no "
    "reading. Values that only lower-ranked claims give are in brackets."
)
ASSUMPTIONS = (
    "all readings have the same weight: no day within the bounds of a date is more probable than "
    "another, and dates are independent except for the order that the script states",
    "for each place, only the version of an event that ranks first under the lens counts; rival "
    "versions and denials do not",
    "all orders of events on one day that the hours and the script allow have the same weight",
    "no share is given if a date with an open end matters; events without a date are left out",
)
"""What the shares assume."""


# --- words ----------------------------------------------------------------------------------------


def certainty_lines(
    found: Certainty, on: str | State | None = None, whole: bool = False
) -> Iterator[TextLine]:
    """Control that is uncertain because of dates: day by day, or on one day.

    `whole` lists the certain days too.
    """
    timeline = found.timeline
    scenario = timeline.scenario
    when = f", {at_the_time(timeline.at(on))}" if on else ""
    yield TextLine("title", f"How certain control is: {scenario.title}{when}")
    yield TextLine("note", lens_line(timeline))
    yield from left_out_note(left_out(timeline))
    step = scenario.step if scenario.step in ("hour", "day", "week") else "step"
    yield TextLine("note", READINGS.format(step=step))
    if on:
        yield from _on(found, timeline.at(on).tick)
    else:
        yield from _throughout(found, whole)
    notes = list(_notes(found, timeline.at(on).tick if on else None))
    if notes:
        yield TextLine("phase", "Left out")
        yield from notes
    if found.shares:
        yield from _assumptions(found)


def _throughout(found: Certainty, whole: bool) -> Iterator[TextLine]:
    """Places with the days on which they are uncertain; places with the same days together."""
    groups: dict[tuple[CertaintyInterval, ...], list[str]] = {}
    for where in found.places:
        told = tuple(s for s in where.stretches if whole or not s.certain)
        if told:
            groups.setdefault(told, []).append(where.place)
    scenario = found.timeline.scenario
    for stretches, places in groups.items():
        yield TextLine("phase", ", ".join(scenario.name(place) for place in places))
        spans = [day_text(_edtf(found.timeline, s)) for s in stretches]
        wide = max(map(len, spans))
        for span, stretch in zip(spans, stretches, strict=True):
            yield TextLine("row", f"{span:<{wide}}  {_says(scenario, stretch)}", hang=wide + 2)
    rest = sum(where.certain for where in found.places)
    if not whole and rest:
        yield TextLine("phase", "Certain on all days")
        subject = "all others" if groups else "all places"
        yield TextLine("row", f"{subject} ({rest}); `replay state` lists them")


def _on(found: Certainty, tick: int) -> Iterator[TextLine]:
    """One day: what is uncertain, what is certain, and the places without any events."""
    scenario = found.timeline.scenario
    shown = [(w.place, w.at(tick)) for w in found.places if not scenario.place[w.place].context]
    certain = [(place, here) for place, here in shown if here.certain]
    silent = [(place, here) for place, here in certain if here.held[0].control == UNKNOWN]
    yield from _table(scenario, "Uncertain", [row for row in shown if not row[1].certain])
    told = [row for row in certain if row not in silent]
    yield from _table(scenario, "Certain", told, certainly="")
    if silent:
        yield TextLine("phase", "No events by then, whatever the dates")
        yield TextLine("row", ", ".join(scenario.name(place) for place, _ in silent))


def _table(
    scenario: Scenario,
    title: str,
    rows: list[tuple[str, CertaintyInterval]],
    certainly: str = "certainly ",
) -> Iterator[TextLine]:
    if rows:
        yield TextLine("phase", title)
    wide = max((len(scenario.name(place)) for place, _ in rows), default=0)
    for place, stretch in rows:
        text = _says(scenario, stretch, certainly)
        yield TextLine("row", f"{scenario.name(place):<{wide}}  {text}", hang=wide + 2)


def _says(scenario: Scenario, stretch: CertaintyInterval, certainly: str = "certainly ") -> str:
    """A stretch in words: "certainly held by ISIL", "possibly …, or …", "in 50 of 100 …"."""
    known = sorted(stretch.by_dates, key=lambda held: held.control == UNKNOWN)  # what is said first
    texts = [_value(scenario, held) for held in known]
    if stretch.dates_agree:
        if stretch.disputed:
            return f"{texts[0]} whatever the dates, but sources differ{_rivals(scenario, stretch)}"
        return texts[0] if known[0].control == UNKNOWN else certainly + texts[0]
    differ = f"; sources differ{_rivals(scenario, stretch)}" if stretch.disputed else ""
    shares = [held.share for held in known if held.share is not None]
    if not shares:
        return f"possibly {', or '.join(texts)}{differ}"
    told = [f"in {number} {text}" for number, text in zip(of_100(shares), texts, strict=True)]
    first = told[0].replace(f" {texts[0]}", f" of 100 readings {texts[0]}", 1)
    return ", ".join([first, *told[1:]]) + differ


def _value(scenario: Scenario, held: HeldShare) -> str:
    return control(scenario, Marked(held.control)).replace(", besieged", " and besieged")


def _rivals(scenario: Scenario, stretch: CertaintyInterval) -> str:
    """The values that only rival claims give, in brackets."""
    texts = [_value(scenario, held) for held in stretch.held if held.rival]
    return f" (or {', or '.join(texts)})" if texts else ""


def of_100(shares: Sequence[Fraction]) -> list[str]:
    """Shares of a whole as numbers of 100 that add up to 100.

    Rounded by the method of largest remainders; of equal ones the first is rounded up. A share
    between none and all is never shown as 0 or 100.

    >>> of_100([Fraction(3, 8), Fraction(5, 8)]), of_100([Fraction(1, 500), Fraction(499, 500)])
    (['38', '62'], ['fewer than 1', 'more than 99'])
    """
    numbers = [int(share * 100) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda n: numbers[n] - shares[n] * 100)
    for n in by_rest[: 100 - sum(numbers)]:
        numbers[n] += 1
    told = []
    for number, share in zip(numbers, shares, strict=True):
        if share < Fraction(1, 100):
            told.append("fewer than 1")
        else:
            told.append("more than 99" if Fraction(99, 100) < share < 1 else str(number))
    return told


def _notes(found: Certainty, tick: int | None) -> Iterator[TextLine]:
    """What the answer leaves out."""
    scenario = found.timeline.scenario

    def summaries(events: Sequence[str]) -> str:
        return " ".join(f"“{scenario.event[event].summary}”" for event in events)

    for where in found.places:
        name = scenario.name(where.place)
        if where.undated:
            text = f"{name}: {summaries(where.undated)} has no date and is left out."
            yield TextLine("row", text, hang=2)
        here = where.stretches if tick is None else (where.at(tick),)
        if found.shares and where.unbounded and not all(s.dates_agree for s in here):
            text = (
                f"{name}: no shares, because a date has an open end: {summaries(where.unbounded)}"
            )
            yield TextLine("row", text, hang=2)
        for event, before in where.contrary:
            order = f"{summaries([event])} comes after {summaries([before])} in the script"
            text = f"{name}: {order}, but its date contradicts this."
            yield TextLine("row", text, hang=2)
        if not where.complete:
            yield TextLine("row", f"{name}: {INCOMPLETE}.", hang=2)


INCOMPLETE = "too many uncertain dates to try them all; a rare value may be missing"


def _assumptions(found: Certainty) -> Iterator[TextLine]:
    yield TextLine("phase", "What the shares assume")
    for text in ASSUMPTIONS:
        yield TextLine("row", f"- {text}", hang=2)
    for text in _methods(found):
        yield TextLine("row", f"- {text}", hang=2)


def _methods(found: Certainty) -> Iterator[str]:
    ways = {(w.method, w.samples) for w in found.places if w.method}
    for method, samples in sorted(ways, key=str):
        if method == "counted":
            yield "all readings are counted; nothing is estimated"
        else:
            assert samples is not None
            yield (
                f"{counted(samples, 'reading')} are drawn for each place (seed {found.seed}): "
                f"19 of 20 shares are accurate to within {error(samples)} of 100"
            )


def error(samples: int) -> int:
    """The possible error of a share from samples, in readings of 100.

    Twice the standard error of a share of one half, rounded up.
    """
    return ceil(100 / sqrt(samples))


def _edtf(timeline: Timeline, stretch: CertaintyInterval) -> str:
    return timeline.scenario.calendar.span(stretch.first, stretch.last)


# --- JSON -----------------------------------------------------------------------------------------
