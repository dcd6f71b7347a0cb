"""What a claim says differently, in words: names for ids, and the author's words as written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from replay.foundation.edtf import Date, DateError, parse
from replay.foundation.english import format_date
from replay.lens import Reading, Version
from replay.model import Event, Scenario, TallyEntry
from replay.model.state import Range
from replay.text.phrases import bare_value, number
from replay.timeline.difference import (
    Difference,
    FieldDifference,
    ReportedNumber,
    Says,
    StatedSentence,
    event_difference,
    given_number,
)

DENIES = "denies it"
SILENT = "not mentioned"


def difference_text(scenario: Scenario, says: Says | None) -> str:
    """What a claim says, with the date that it gives: "held by ISIL, 31 October 2017"."""
    date = stated_date(says)
    return ", ".join(part for part in (undated_difference_text(scenario, says), date) if part)


def stated_date(says: Says | None) -> str:
    """The date of a difference about one key; empty if it has none."""
    if not isinstance(says, Difference) or says.date is None:
        return ""
    with suppress(DateError):
        return format_date(parse(says.date))
    return says.date


def undated_difference_text(scenario: Scenario, says: Says | None) -> str:
    """What a claim says, without its date."""
    match says:
        case None:
            return ""
        case Difference(denies=True):
            return DENIES
        case Difference(silent=True):
            return SILENT
        case Difference(value=value):
            return bare_value(scenario, value)
        case StatedSentence(text=text):
            return text
        case ReportedNumber(number=amount, total=total):
            return number(amount) + (" in all" if total else "")
    return ", ".join(_field(scenario, one) for one in says)


def otherwise(scenario: Scenario, reading: Reading, version: Version) -> str:
    """What a version of an event says against the shown one; empty if they agree."""
    return difference_text(scenario, event_difference(scenario, reading, version))


# --- the fields of an event -----------------------------------------------------------------------


def _field(scenario: Scenario, one: FieldDifference) -> str:
    match one:
        case FieldDifference(field="denies"):
            return DENIES
        case FieldDifference(field="type", given=Event() as event):
            return event.sentence(scenario)
        case FieldDifference(field="date", given=None):
            return "no date"
        case FieldDifference(field="date", given=Date() as date):
            return format_date(date)
        case FieldDifference(field="tallies", given=TallyEntry() as entry, shown=shown):
            return _tally(entry, shown if isinstance(shown, TallyEntry) else None)
        case FieldDifference(field="extent", given=extent):
            return "in part" if extent == "part" else "as a whole"
        case FieldDifference(field="share", given=Range() as share):
            return f"{number(share.scaled(100))} %"
        case FieldDifference(field="km2" | "km" as unit, given=Range() as amount):
            return number(amount, "km²" if unit == "km2" else "km")
    text = " and ".join(_values(scenario, one)) or "nobody"
    return f"{_BEFORE.get(one.field, one.field)} {text}"


_BEFORE = {"place": "at", "from_": "from", "reason": "because of"}
"""The words before a field's value, if they are not the field's own name."""


def _values(scenario: Scenario, one: FieldDifference) -> Iterator[str]:
    given = one.given if isinstance(one.given, tuple) else (one.given,)
    for value in given:
        match value:
            case str() if one.refers:
                yield scenario.name(value)
            case Date():
                yield format_date(value)
            case Range():
                yield number(value)
            case bool():
                yield "yes" if value else "no"
            case None:
                yield "not stated"
            case _:
                yield str(value)


def _tally(entry: TallyEntry, shown: TallyEntry | None) -> str:
    given = given_number(entry)
    assert given is not None
    known = None if shown is None else given_number(shown)
    if known is None:
        return f"{number(given)} {entry.name}"
    return f"{number(given)} instead of {number(known)}"
