"""Tables as data frames of pandas or polars, where the user has them."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

from replay.foundation.display import DataFrame
from replay.foundation.errors import UsageError, did_you_mean
from replay.outputs.formats.csv_days import COLUMNS, day_rows
from replay.outputs.formats.csv_log import value_cell
from replay.timeline.timeline import Timeline

Rows = list[dict[str, Any]]
LIBRARIES = ("pandas", "polars")


def table(timeline: Timeline, what: str = "days", using: str | None = None) -> DataFrame:
    """A table as a frame. Raises UsageProblem U502 or U510, see `Timeline.frame`."""
    if what not in _TABLES:
        hint = did_you_mean(what, _TABLES) or f"tables: {', '.join(_TABLES)}"
        raise UsageError("U502", f"there is no table {what!r}", hint)
    library: Any = importlib.import_module(_library(using))
    rows = _TABLES[what](timeline)
    more = {"infer_schema_length": None} if library.__name__ == "polars" else {}
    made: DataFrame = library.DataFrame(rows, **more)
    return made


def _library(using: str | None) -> str:
    """Which library makes the frame: the one named, else one that is imported, else installed."""
    if using is not None and using not in LIBRARIES:
        hint = did_you_mean(using, LIBRARIES) or f"either {' or '.join(LIBRARIES)}"
        raise UsageError("U502", f"frames are not made by {using!r}", hint)
    wanted = [using] if using else sorted(LIBRARIES, key=lambda name: name not in sys.modules)
    for name in wanted:
        if name in sys.modules or importlib.util.find_spec(name) is not None:
            return name
    named = " or ".join(wanted)
    hint = f"pip install {wanted[0]}, or write the table: replay.export(timeline, 'days.csv')"
    raise UsageError("U510", f"a frame needs {named}, which is not installed", hint)


def _days(timeline: Timeline) -> Rows:
    """The columns of the CSV of days, with numbers as numbers."""
    return [{key: row.get(key) for key in COLUMNS} for row in day_rows(timeline)]


def _changes(timeline: Timeline) -> Rows:
    """Every change of the log, in order, with its cause."""
    scenario = timeline.scenario
    return [
        {
            "order": change.order,
            "tick": change.tick,
            "date": timeline.dated(change.order),
            "aspect": change.key.aspect,
            "of": change.key.of,
            "name": scenario.name(change.key.of),
            "place": change.key.at or None,
            "before": value_cell(timeline, change.before.value) or None,
            "after": value_cell(timeline, change.after.value) or None,
            "mark": change.after.mark,
            "event": change.event,
            "basis": change.basis,
        }
        for change in timeline.changes()
    ]


_TABLES: dict[str, Callable[[Timeline], Rows]] = {"days": _days, "changes": _changes}
