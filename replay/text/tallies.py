"""Numbers of tallies in words: what is counted, how many, and who gave the number."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.tallies import Addend, TallyRow
from replay.foundation.edtf import parse
from replay.foundation.english import counted, format_date
from replay.model import Scenario
from replay.model.event import PERCENT
from replay.model.state import Share
from replay.text.phrases import number, share_text, unit_beside, witnessed
from replay.timeline.difference import Difference, ReportedNumber
from replay.timeline.explanation import Testimony


def what(scenario: Scenario, row: TallyRow) -> str:
    """What is counted: "killed (ISIL, by the army) at Rawa"."""
    whom = scenario.name(row.of) if row.of else ""
    by = f"by {scenario.name(row.by)}" if row.by else ""
    about = ", ".join(part for part in (whom, by) if part)
    if row.by and row.of and scenario.side_of(row.by) == _side(scenario, row.of):
        about += ", their own side"
    return f"{row.name}{f' ({about})' if about else ''}{at(scenario, row)}"


def _side(scenario: Scenario, of: str) -> str | None:
    known = of in scenario.side or of in scenario.force
    return scenario.side_of(of) if known else None


def at(scenario: Scenario, row: TallyRow) -> str:
    """Where it is counted: " at Rawa"; empty if it is counted everywhere."""
    return f" at {' and '.join(scenario.name(p) for p in row.where)}" if row.where else ""


def how_many(row: TallyRow) -> str:
    """The number: "about 15", "10 or 11", "75 to 80 villages"."""
    if row.share is not None:
        return share_text(row.share)
    unit = "%" if row.unit in PERCENT else unit_beside(row.name, row.unit)
    if row.options:
        *first, last = row.options
        return f"{', '.join(number(n) for n in first)} or {number(last, unit)}"
    return number(row.number, unit)


def counter_text(scenario: Scenario, row: TallyRow) -> str:
    """Who gave the number: "counted by X"; nobody gave a sum: "sum of 2 reports"."""
    if row.counter is None:
        return f"all counters, {counted(row.reports, 'report')}"
    if row.counted_by is None:
        return f"sum of {counted(row.reports, 'report')}"
    return f"counted by {scenario.name(row.counted_by)}"


def when(row: TallyRow) -> str:
    """The time that it is about, and the age of a level: "26 October 2017 (12 days before)"."""
    days = format_date(parse(row.period)) if row.period else ""
    if row.age_days:
        days += f" ({counted(row.age_days, 'day')} before)"
    return days.strip()


def addends(scenario: Scenario, row: TallyRow) -> Iterator[str]:
    """The parts of a sum, each with its own citation: "8: the general (paper p3.s1)"."""
    for part in row.addends:
        yield f"{_part(part)}: {witnessed(scenario, part.because)}{_or(scenario, part)}"


def _part(part: Addend) -> str:
    days = format_date(parse(part.period)) if part.period else ""
    said = f"{number(part.number)}{' in all' if part.kind == 'total' else ''}"
    return f"{said} ({days})" if days else said


def _or(scenario: Scenario, part: Addend) -> str:
    """What others say instead of a part: ", or 3: paper p4.s2"."""
    found: dict[str, list[Testimony]] = {}
    for told in part.against:
        found.setdefault(says(told), []).append(told)
    return "".join(f"; or {text}: {witnessed(scenario, told)}" for text, told in found.items())


def says(told: Testimony) -> str:
    """What a claim says instead of a number."""
    match told.says:
        case ReportedNumber(number=amount, total=total):
            return number(amount) + (" in all" if total else "")
        case Difference(denies=True):
            return "denied"
        case Difference(value=Share() as share):
            return share_text(share)
    return "not mentioned"
