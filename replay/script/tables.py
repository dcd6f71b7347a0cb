"""Tables of events (CSV) as columns: `date`, `place`, `by`, and a column for each tally."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from replay import dates
from replay.events import EVENT_TYPES
from replay.model import Scenario, Table
from replay.model.columns import Codes, Columns, Counted
from replay.model.fields import Misspelled
from replay.problems import Problem, Spot, did_you_mean, quoted
from replay.script.assemble import Place, shown, unfit

COLUMN_TYPES = ("capture", "hold")
"""Event types whose effect on a key does not look at what was there before."""


def read_tables(
    scenario: Scenario, folder: Path | None, places: dict[int, Place], problems: list[Problem]
) -> list[Columns] | None:
    """The events of all tables; what is wrong with them is noted in `problems`."""
    found = []
    for number, table in enumerate(scenario.tables):
        place = places[id(table)]
        if table.type not in COLUMN_TYPES:
            hint = did_you_mean(table.type, EVENT_TYPES) or f"one of {', '.join(COLUMN_TYPES)}"
            what = f"a table cannot hold events of type {table.type!r}"
            problems.append(place.problem("E205", what, ("type",), hint))
            continue
        wrong = unfit(folder or Path(), table.file)
        if wrong is not None:
            code, what, more = wrong
            problems.append(place.problem(code, what, ("file",), more))
            continue
        path = (folder or Path()) / table.file
        columns = _read(scenario, table, number, path, place, problems)
        if columns is not None:
            found.append(columns)
    return found or None


def _read(
    scenario: Scenario,
    table: Table,
    number: int,
    path: Path,
    place: Place,
    problems: list[Problem],
) -> Columns | None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "a table is CSV: plain text in UTF-8 with commas"
        what = f"cannot read the table {table.file}: {reason}"
        problems.append(place.problem("E109", what, ("file",), hint))
        return None
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) < 2:
        problems.append(place.problem("E109", f"the table {table.file} has no rows", ("file",)))
        return None
    header = rows[0]
    at: dict[str, int] = {}
    for field in ("date", "place", "by", *(t.column for t in table.tallies)):
        name = table.columns.get(field, field)
        if name not in header:
            hint = did_you_mean(name, header) or f"columns: {', '.join(header)}"
            what = f"the table {table.file} has no column {name!r}"
            problems.append(place.problem("E109", what, ("file",), hint))
        else:
            at[field] = header.index(name)
    if len(at) < 3 + len(table.tallies):
        return None
    return _columns(scenario, table, number, rows, at, shown(path), problems)


def _columns(
    scenario: Scenario,
    table: Table,
    number: int,
    rows: list[list[str]],
    at: dict[str, int],
    file: str,
    problems: list[Problem],
) -> Columns | None:
    days: dict[str, tuple[int, dates.Date]] = {}
    places: dict[str, int] = {}
    actors: dict[str, int] = {}
    codes = np.empty((3, len(rows) - 1), np.int32)
    numbers = np.zeros((len(table.tallies), len(rows) - 1))
    wrong: list[Problem] = []
    for n, row in enumerate(rows[1:]):
        try:
            codes[0, n] = _date(scenario, row[at["date"]], days)
            codes[1, n] = _code(row[at["place"]], scenario.place, places, "place")
            codes[2, n] = _code(row[at["by"]], scenario._sides, actors, "force or side")
            for k, tally in enumerate(table.tallies):
                numbers[k, n] = _count(row[at[tally.column]])
        except (ValueError, IndexError) as error:
            few = "an empty line" if not row else "too few columns"
            what = few if isinstance(error, IndexError) else str(error)
            hint = getattr(error, "hint", None)
            wrong.append(Problem("E109", what, Spot(file, n + 2, 1), hint, ",".join(row)))
            if len(wrong) == 20:
                break
    problems += wrong
    if wrong:
        return None
    counted = tuple(Counted(t.name, t.unit, t.of, numbers[k]) for k, t in enumerate(table.tallies))
    by = table.reporter or table.cite[0].source
    return Columns(
        type=table.type,
        table=number,
        tick=_ticks(scenario, days)[codes[0]],
        date=codes[0],
        dates=tuple(date for _, date in days.values()),
        place=codes[1],
        places=tuple(places),
        by=codes[2],
        actors=tuple(actors),
        counted=counted,
        counted_by=by,
    )


def _ticks(scenario: Scenario, known: dict[str, tuple[int, dates.Date]]) -> Codes:
    latest = [date.bounds.latest for _, date in known.values()]
    return np.array([scenario.calendar.tick(m) for m in latest if m is not None], np.int32)


def _date(scenario: Scenario, text: str, known: dict[str, tuple[int, dates.Date]]) -> int:
    """The number of a date among those that are known; a new one is checked and noted."""
    if text not in known:
        date = dates.parse(text)
        first, last = date.bounds.earliest, date.bounds.latest
        if first is None or last is None:
            raise Misspelled(f"{quoted(text)}: a table takes single days")
        tick = scenario.calendar.tick
        if tick(first) != tick(last):
            hint = "write it as an event of the script"
            raise Misspelled(f"{quoted(text)} is longer than one step", hint)
        if abs(tick(first)) >= FARTHEST:
            raise Misspelled(f"{quoted(text)} is too far from the window")
        known[text] = len(known), date
    return known[text][0]


FARTHEST = 2**30
"""Ticks from the window to a row of a table; beyond, the columns cannot count them."""
_COUNT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})?")


def _count(text: str) -> float:
    """An increment of a tally; NaN for an empty field, which says nothing."""
    if text and not _COUNT.fullmatch(text):
        raise Misspelled(f"{quoted(text)} is no plain number", "write 25")
    return float(text or "nan")


def _code(text: str, among: Mapping[str, object], known: dict[str, int], kind: str) -> int:
    code = known.get(text)
    if code is None:
        if text not in among:
            raise Misspelled(f"there is no {kind} {quoted(text)}", did_you_mean(text, among))
        code = known[text] = len(known)
    return code
