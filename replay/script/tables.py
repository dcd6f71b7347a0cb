"""Tables of events (CSV) as columns: `date`, `place`, `by`, and a column for each tally."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from replay.foundation import edtf
from replay.foundation.errors import Problem, ScenarioError, did_you_mean, either, quoted
from replay.model import Scenario, Table
from replay.model.columns import Codes, Columns, CountColumn
from replay.model.fields import Misspelled
from replay.script.assemble import FilePlace, shown_value, unfit
from replay.script.lines import line_of, located
from replay.script.separators import SEPARATORS, rows_of_file, separator_of
from replay.script.text_file import read_text

COLUMN_TYPES = ("capture", "hold")
"""Event types whose effect on a key does not look at what was there before."""
_BY_ONE = f"it takes {either(COLUMN_TYPES)}; write others as events of the script"


def read_tables(
    scenario: Scenario, folder: Path | None, places: dict[int, FilePlace], problems: list[Problem]
) -> list[Columns] | None:
    """The events of all tables; what is wrong with them is noted in `problems`."""
    found = []
    for number, table in enumerate(scenario.tables):
        place = places[id(table)]
        if table.type not in COLUMN_TYPES:
            hint = did_you_mean(table.type, COLUMN_TYPES) or _BY_ONE
            what = f"a table cannot hold events of type {quoted(table.type)}"
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
    place: FilePlace,
    problems: list[Problem],
) -> Columns | None:
    try:
        text = read_text(path, shown_value(path), LARGEST_TABLE, "split it into several tables")
        separator = SEPARATORS.get(table.separator or "") or separator_of(text, _wanted(table))
        rows = list(rows_of_file(text, separator))
    except ScenarioError as found:
        problems += found.problems
        return None
    except csv.Error as error:
        hint = "a table is CSV: plain text, a line for each event, its columns separated by commas"
        what = f"cannot read the table {table.file}: {error}"
        problems.append(place.problem("E109", what, ("file",), hint))
        return None
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) < 2:
        hint = "the first line must name the columns; each further line is one event"
        what = f"the table {table.file} has no rows"
        problems.append(place.problem("E109", what, ("file",), hint))
        return None
    at = _positions(table, rows[0], place, problems)
    if at is None:
        return None
    file = TableFile(table, number, text, rows, at, shown_value(path), separator)
    return _columns(scenario, file, problems)


LARGEST_TABLE = 256 * 1024 * 1024
"""Bytes; some five million rows."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as it was read: its rows, and which column holds which field."""

    table: Table
    number: int
    text: str
    rows: list[list[str]]
    at: dict[str, int]
    file: str
    separator: str

    @property
    def header(self) -> list[str]:
        return self.rows[0]


def _fields(table: Table) -> tuple[str, ...]:
    return ("date", "place", "by", *(tally.column for tally in table.tallies))


def _wanted(table: Table) -> list[str]:
    """The names of the columns that a table has to have."""
    return [table.columns.get(field, field) for field in _fields(table)]


def _positions(
    table: Table, header: list[str], place: FilePlace, problems: list[Problem]
) -> dict[str, int] | None:
    """Field → number of its column; None where one is missing."""
    at: dict[str, int] = {}
    missing = False
    for field in _fields(table):
        name = table.columns.get(field, field)
        if name in header:
            at[field] = header.index(name)
            continue
        missing = True
        listed = (
            f"its columns are {', '.join(header)}; name the right one: `columns: {{{field}: …}}`"
        )
        if len(header) == 1:
            listed = "name the separator: `separator: semicolon`, or comma, tab or bar"
        what = f"the table {table.file} has no column {quoted(name)}"
        hint = did_you_mean(name, header) or listed
        problems.append(place.problem("E109", what, ("file",), hint))
    return None if missing else at


def _columns(scenario: Scenario, file: TableFile, problems: list[Problem]) -> Columns | None:
    table, rows, at = file.table, file.rows, file.at
    days: dict[str, tuple[int, edtf.Date]] = {}
    places: dict[str, int] = {}
    actors: dict[str, int] = {}
    codes = np.empty((3, len(rows) - 1), np.int32)
    numbers = np.zeros((len(table.tallies), len(rows) - 1))
    wrong: list[Problem] = []
    for n, row in enumerate(rows[1:]):
        field = "date"
        try:
            codes[0, n] = _date(scenario, row[at[field]], days)
            field = "place"
            codes[1, n] = _code(row[at[field]], scenario.place, places, "place")
            field = "by"
            codes[2, n] = _code(row[at[field]], scenario._sides, actors, "force or side")
            for k, tally in enumerate(table.tallies):
                field = tally.column
                numbers[k, n] = _count(row[at[field]])
        except (ValueError, IndexError) as error:
            wrong.append(_wrong(error, file, n + 1, at[field]))
            if len(wrong) == MOST_ROWS:
                break
    problems += wrong
    if wrong:
        return None
    counted = tuple(
        CountColumn(t.name, t.unit, t.of, numbers[k]) for k, t in enumerate(table.tallies)
    )
    by = table.reporter or min(cite.source for cite in table.cite)  # as `tallies.counter` has it
    return Columns(
        type=table.type,
        table=file.number,
        tick=_ticks(scenario, days)[codes[0]],
        date=codes[0],
        dates=tuple(date for _, date in days.values()),
        place=codes[1],
        places=tuple(places),
        by=codes[2],
        actors=tuple(actors),
        counted=counted,
        counted_by=by,
        unread=tuple(name for n, name in enumerate(file.header) if n not in at.values()),
    )


MOST_ROWS = 20
"""Rows of a table whose errors are told."""


def _wrong(error: Exception, table: TableFile, number: int, column: int) -> Problem:
    """The problem of a row, which is the `number`th after the header, at one of its fields."""
    text, file, row = table.text, table.file, table.rows[number]
    line = _line(table, number)
    if isinstance(error, IndexError):
        what = "an empty line" if not row else "this line has too few columns"
        hint = f"the columns are {table.separator.join(table.header)}"
        return located("E109", what, text, file, (line, 1), hint)
    start = 1 + sum(len(field) + 1 for field in row[:column])
    within = row[column] in line_of(text, line)[start - 1 :]  # not so where fields are in quotes
    at = (line, start if within else 1)
    return located("E109", str(error), text, file, at, getattr(error, "hint", None))


def _line(table: TableFile, number: int) -> int:
    """The line of the file in which a row begins; a field in quotes may have several lines."""
    reader = csv.reader(io.StringIO(table.text, newline=""), delimiter=table.separator)
    for _ in range(number):
        next(reader)
    return reader.line_num + 1


def _ticks(scenario: Scenario, known: dict[str, tuple[int, edtf.Date]]) -> Codes:
    latest = [date.bounds.latest for _, date in known.values()]
    return np.array([scenario.calendar.tick(m) for m in latest if m is not None], np.int32)


def _date(scenario: Scenario, text: str, known: dict[str, tuple[int, edtf.Date]]) -> int:
    """The number of a date among those that are known; a new one is checked and noted."""
    if text not in known:
        date = edtf.parse(text)
        first, last = date.bounds.earliest, date.bounds.latest
        if first is None or last is None:
            raise Misspelled(f"{quoted(text)} has an open end, but a table takes single days")
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
        raise Misspelled(f"{quoted(text)} is not a plain number", "write 25")
    return float(text or "nan")


def _code(text: str, among: Mapping[str, object], known: dict[str, int], kind: str) -> int:
    code = known.get(text)
    if code is None:
        if text not in among:
            raise Misspelled(f"there is no {kind} {quoted(text)}", did_you_mean(text, among))
        code = known[text] = len(known)
    return code
