"""The log as a table: one row a change, and one for each event that has no day."""

from __future__ import annotations

import csv
from pathlib import Path

from replay.foundation.edtf import Date
from replay.foundation.spreadsheets import harmless_cell
from replay.lens import Reading
from replay.model.state import Change, StateKey, Value
from replay.outputs.formats import moments
from replay.outputs.formats.registry import export_format
from replay.text.difference import otherwise
from replay.text.left_out import left_out_short
from replay.text.phrases import bare_value, said, voices
from replay.timeline.timeline import Timeline

COLUMNS = (
    "order",
    "tick",
    "date",
    "aspect",
    "of",
    "name",
    "place",
    "unit",
    "whom",
    "counted_by",
    "before",
    "after",
    "mark",
    "could",
    "event",
    "type",
    "summary",
    "source",
    "locators",
    "reporters",
    "against",
    "basis",
    "lens",
    "known_on",
    "without_report_date",
)


@export_format(".csv", name="csv", summary="The log as a table, one row a change.", data=True)
def csv_log(timeline: Timeline, path: Path, progress: object = None) -> None:
    """UTF-8 with a byte order mark, as spreadsheets expect it; lines end as RFC 4180 says."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        changing: set[str] = set()
        for change in timeline.changes():
            changing.add(change.event)
            table.writerow(harmless_cell(_row(timeline, change)))
        for reading in timeline.every_reading():
            if reading.event.id not in changing:
                table.writerow(harmless_cell(_still(timeline, reading)))


def _row(timeline: Timeline, change: Change) -> list[str]:
    cause, key = timeline.cause(change.order), change.key
    return [
        str(change.order),
        str(change.tick),
        moments.dated(timeline, change.tick, _date(cause, change)),
        key.aspect,
        key.of,
        timeline.scenario.name(key.of),
        *_more(key),
        *(value_cell(timeline, marked.value) for marked in (change.before, change.after)),
        change.after.mark,
        "; ".join(bare_value(timeline.scenario, value) for value in change.after.could),
        change.event,
        *_event(timeline, cause),
        change.basis,
        *_under(timeline),
    ]


def _date(cause: Reading, change: Change) -> Date | None:
    """The date of the event behind a change; what is interpolated is not dated by it."""
    return cause.shown.event.date if change.basis == "documented" else None


def _more(key: StateKey) -> list[str]:
    """place, unit, whom, counted_by: what else a presence or a tally is of."""
    if key.tally is None:
        return [key.at, "", "", ""]
    counted = key.tally
    return ["; ".join(counted.where), counted.unit, counted.of or "", counted.counted_by]


def value_cell(timeline: Timeline, value: Value | None) -> str:
    """A value in words; empty where there is none yet."""
    return "" if value is None else bare_value(timeline.scenario, value)


def _still(timeline: Timeline, reading: Reading) -> list[str]:
    """An event that changes nothing in the window: with its day if it has one."""
    day = ["", "", ""]
    if reading.dated:
        tick = reading.shown.latest
        day = ["", str(tick), moments.dated(timeline, tick, reading.shown.event.date)]
    return [
        *day,
        *[""] * 11,
        reading.event.id,
        *_event(timeline, reading),
        "documented",
        *_under(timeline),
    ]


def _event(timeline: Timeline, reading: Reading) -> list[str]:
    """type, summary, source, locators, reporters, against."""
    scenario = timeline.scenario
    claims = [reading.event.claims[n] for version in reading.versions for n in version.claims]
    against = []
    for version in reading.versions:
        if says := otherwise(scenario, reading, version):
            told = (said(scenario, reading.event.claims[n]) for n in version.claims)
            against.append(f"{voices(told)}: {says}")
    sources = dict.fromkeys(claim.cite.source for claim in claims)
    reporters = dict.fromkeys(scenario.name(c.reporter) for c in claims if c.reporter)
    return [
        reading.shown.event.type,
        reading.event.summary,
        "; ".join(sources),
        "; ".join(str(claim.cite) for claim in claims),
        "; ".join(reporters),
        "; ".join(against),
    ]


def _under(timeline: Timeline) -> list[str]:
    return [timeline.lens.name, timeline.known_on or "", left_out_short(timeline)]
