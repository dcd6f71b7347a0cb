"""What was counted in a phase: each subject once, with every counter's number under it."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.tallies import TallyRow as Counted
from replay.analysis.tallies import tally_rows as counted_rows
from replay.foundation import theme
from replay.model import Scenario
from replay.model.state import TallyKey
from replay.picture.pages.flow import Block, Row
from replay.text.phrases import number
from replay.text.tallies import addends, at, counter_text, how_many, what, when
from replay.timeline.timeline import Timeline

Subject = tuple[str, str, str | None]


def counted(timeline: Timeline, first: int, last: int) -> Iterator[Block]:
    """The subjects to whose count something was added in the phase, as they stood at its end."""
    fresh = {c.key.tally for c in timeline.during(first, last) if c.key.tally}
    subjects = {_subject(series) for series in fresh}
    groups: dict[Subject, list[Counted]] = {}
    for row in counted_rows(timeline, last):
        if (row.name, row.unit, row.of) in subjects:
            groups.setdefault((row.name, row.unit, row.of), []).append(row)
    for rows in groups.values():
        yield _block(timeline.scenario, rows, fresh)


def _subject(series: TallyKey) -> Subject:
    return series.name, series.unit, series.of


def _block(scenario: Scenario, rows: list[Counted], fresh: set[TallyKey]) -> Block:
    """One counter: a line. Several: what they come to together, and a line for each."""
    if len(rows) == 1:
        row = rows[0]
        told = f"{what(scenario, row)} · {_by(scenario, row)}"
        parts = _parts(scenario, row, 14)
        return Block((Row(told, 11.0, lead=how_many(row), colour=_colour(row)), *parts), gap=4)
    together = [row for row in rows if row.together] or rows[-1:]
    head = together[0]
    told = f"{what(scenario, head)}, {counter_text(scenario, head)}"
    lines = [Row(told, 11.0, lead=how_many(head), bold=False)]
    earlier = []
    for row in (row for row in rows if row is not head):
        if row.key in fresh:
            text = f"{at(scenario, row).strip()}: " if row.where else ""
            colour = _colour(row, theme.SOFT)
            lead = number(row.number)
            lines.append(Row(text + _by(scenario, row), 10.0, colour, lead=lead, indent=14))
            lines += _parts(scenario, row, 28)
        else:
            earlier.append(number(row.number))
    if earlier:
        text = f"counted before this phase: {' · '.join(earlier)}"
        lines.append(Row(text, 10.0, theme.SOFT, indent=14))
    return Block(tuple(lines), gap=5)


def _parts(scenario: Scenario, row: Counted, indent: float) -> Iterator[Row]:
    """What a sum is made of, each part with its own citation."""
    if row.counted_by is None:
        for part in addends(scenario, row):
            yield Row(part, 10.0, theme.SOFT, indent=indent)


def _by(scenario: Scenario, row: Counted) -> str:
    return ", ".join(part for part in (counter_text(scenario, row), when(row)) if part)


def _colour(row: Counted, usual: str = theme.INK) -> str:
    return theme.ALERT if row.mark == "disputed" else usual
