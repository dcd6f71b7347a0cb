"""Values, claims and numbers in words: the same wording for map, sheets and terminal."""

from __future__ import annotations

from collections.abc import Iterable

from replay.foundation.edtf import parse
from replay.foundation.english import format_date
from replay.model import Claim, Scenario
from replay.model.state import (
    SOME_PART,
    Control,
    EnRoute,
    Formation,
    Marked,
    Progress,
    Range,
    Share,
    Strength,
    Tally,
    Value,
    control_text,
    listed,
)
from replay.timeline.explanation import Testimony

# --- values -------------------------------------------------------------------------------------


def control(scenario: Scenario, marked: Marked) -> str:
    """Who holds a place, and how certain that is: "held by Iraq, or unknown (sources differ)"."""
    text = _held(scenario, marked.value)
    if marked.mark == "certain":
        return text
    could = " or ".join(dict.fromkeys(_held(scenario, value) for value in marked.could))
    doubt = "sources differ" if marked.mark == "disputed" else "exact time unknown"
    return f"{text}, or {could} ({doubt})"


def _held(scenario: Scenario, value: object) -> str:
    if not isinstance(value, Control):
        return "unknown"
    return control_text(value, scenario.name)


def value(scenario: Scenario, marked: Marked) -> str:
    """Any value in words, and how certain it is."""
    if isinstance(marked.value, Control) or marked.value is None:
        return control(scenario, marked)
    could = "" if marked.mark == "certain" else f" ({marked.mark})"
    return bare_value(scenario, marked.value) + could


def ground_phrase(scenario: Scenario, held_by: Marked, taken: Marked) -> str:
    """Who holds an area or route, and how much of it is taken: "contested …; 40 km² by Blue"."""
    if taken.value is None:
        return control(scenario, held_by)
    if isinstance(held_by.value, Control) and held_by.value.status == "held":
        return f"{control(scenario, held_by)}; {value(scenario, taken)}"
    if isinstance(held_by.value, Control) and held_by.value.status != "unknown":
        return f"{control(scenario, held_by)}; taken: {value(scenario, taken)}"
    return value(scenario, taken)


def bare_value(scenario: Scenario, found: Value | None) -> str:
    """A value in words without its certainty, with names and never an id."""
    match found:
        case None | Control():
            return _held(scenario, found)
        case Progress(side=side, amount=amount, unit="share") if amount == SOME_PART:
            return f"a part of it, of unknown size, by {scenario.name(side)}"
        case Progress(side=side, amount=amount, unit="share"):
            return f"{percent_text(amount)} by {scenario.name(side)}"
        case Progress(side=side, amount=amount, unit=unit):
            return f"{number(amount, 'km²' if unit == 'km2' else 'km')} by {scenario.name(side)}"
        case Share(side=side):
            return f"{share_text(found)} of it held by {scenario.name(side)}"
        case Formation(forces=forces):
            return listed([scenario.name(force) for force in forces])
        case EnRoute(start=start, end=end, share=share):
            way = f"from {scenario.name(start)} to {scenario.name(end)}"
            return f"{percent_text(share)} of the way {way}"
        case Strength(number=amount, unit=unit):
            return number(amount, unit)
        case Tally(number=amount):
            return number(amount)
    return str(found)


def since_text(date: str) -> str:
    """Since when something is so: "since 2014", "since 25 October or earlier"."""
    told = format_date(parse(date))
    return f"since {told[3:]} or earlier" if told.startswith("by ") else f"since {told}"


def percent_text(share: Range) -> str:
    """A share as per cent: "50 %", "40 to 60 %"."""
    low, high = share.low * 100, None if share.high is None else share.high * 100
    if high is None:
        return f"{low:.0f} % or more"
    return f"{low:.0f} %" if round(low) == round(high) else f"{low:.0f} to {high:.0f} %"


def share_text(found: Share) -> str:
    """A share as the source gives it, with its bounds beside it: "about 80 % (72 to 88 %)"."""
    bounds = percent_text(found.amount)
    said = found.given or found.amount
    given = percent_text(said) if said.high is None else f"{number(said.scaled(100))} %"
    return given if found.amount.exact else f"{given} ({bounds})"


def number(found: Range, unit: str = "") -> str:
    """A number with its unit: "some villages", "about 15", "33 to 47 villages"."""
    if unit == "unknown":
        return f"{number(found)} (unit missing in the source)"
    told = {"persons": "", "strikes": "", "": ""}.get(unit, f" {unit}")
    if (found.low, found.best, found.high) == (1, None, None):
        return f"some{told}" if told else "an unspecified number"
    spelled = str(found)
    if found.high is None:
        return f"{_grouped(found.low)} or more{told}"
    if spelled.startswith("~"):
        return f"about {_grouped(found.best or 0)}{told}"
    if found.low == found.high:
        return f"{_grouped(found.low)}{told}"
    return f"{_grouped(found.low)} to {_grouped(found.high)}{told}"


def unit_beside(name: str, unit: str) -> str:
    """The unit to write behind a number of a tally; empty if its name says it already."""
    return "" if unit in (name, name.split(" ")[0]) else unit


def _grouped(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:g}"


# --- claims -------------------------------------------------------------------------------------


def voices(told: Iterable[tuple[str | None, str]]) -> str:
    """Reporters with their citations, each reporter once; sources that speak for themselves first.

    >>> voices([("JOC", "article p30.s1"), (None, "afp p5"), ("JOC", "excerpts p4")])
    'afp p5; JOC (article p30.s1, excerpts p4)'
    """
    own: dict[str, None] = {}
    reporters: dict[str, dict[str, None]] = {}
    for reporter, cite in told:
        (own if reporter is None else reporters.setdefault(reporter, {}))[cite] = None
    spoken = [f"{reporter} ({', '.join(cites)})" for reporter, cites in reporters.items()]
    return "; ".join([*([", ".join(own)] if own else []), *spoken])


def witnessed(scenario: Scenario, told: Iterable[Testimony]) -> str:
    """The voices of testimonies, each with its citation: "a general (article p3.s1)"."""
    return voices(voice(scenario, one) for one in told)


def voice(scenario: Scenario, told: Testimony) -> tuple[str | None, str]:
    """The name of a testimony's reporter, if any, and its citation."""
    return (
        scenario.name(told.reporter) if told.reporter else None
    ), f"{told.source} {told.locator}"


def said(scenario: Scenario, claim: Claim) -> tuple[str | None, str]:
    """The name of a claim's reporter, if any, and its citation."""
    cite = f"{claim.cite.source} {claim.cite.locator}"
    return (scenario.name(claim.reporter) if claim.reporter else None), cite
