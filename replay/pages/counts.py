"""What was counted in a phase: each subject once, with every counter's number under it."""

from __future__ import annotations

from collections.abc import Iterator

from replay import style
from replay.analysis.tallies import Row as Counted
from replay.analysis.tallies import rows as counted_rows
from replay.analysis.wording import number, unit_beside
from replay.dates import parse
from replay.model import Scenario
from replay.pages.flow import Block, Row
from replay.spoken import human_date
from replay.state import TallyKey
from replay.timeline import Timeline

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
        told = f"{_what(scenario, row)} · {_by(scenario, row)}"
        return Block((Row(told, 11.0, lead=_lead(row), colour=_colour(row)),), gap=4)
    together = [row for row in rows if row.counted_by is None] or rows[-1:]
    head = together[0]
    told = f"{_what(scenario, head)}, all counters together"
    lines = [Row(told, 11.0, lead=_lead(head), bold=False)]
    earlier = []
    for row in (row for row in rows if row is not head):
        series = TallyKey(row.name, row.unit, row.of, row.where, row.counted_by or "")
        if series in fresh:
            text = f"{_where(scenario, row)}{_by(scenario, row)}"
            colour = _colour(row, style.SOFT)
            lines.append(Row(text, 10.0, colour, lead=number(row.number), indent=14))
        else:
            earlier.append(number(row.number))
    if earlier:
        text = f"counted before this phase: {' · '.join(earlier)}"
        lines.append(Row(text, 10.0, style.SOFT, indent=14))
    return Block(tuple(lines), gap=5)


def _what(scenario: Scenario, row: Counted) -> str:
    whom = f" ({scenario.name(row.of)})" if row.of else ""
    where = f" at {' and '.join(scenario.name(p) for p in row.where)}" if row.where else ""
    return f"{row.name}{whom}{where}"


def _where(scenario: Scenario, row: Counted) -> str:
    return f"at {' and '.join(scenario.name(p) for p in row.where)}: " if row.where else ""


def _by(scenario: Scenario, row: Counted) -> str:
    by = scenario.name(row.counted_by) if row.counted_by else ""
    period = human_date(parse(row.period)) if row.period else ""
    return ", ".join(part for part in (by, period) if part)


def _lead(row: Counted) -> str:
    return number(row.number, unit_beside(row.name, row.unit))


def _colour(row: Counted, usual: str = style.INK) -> str:
    return style.ALERT if row.mark == "disputed" else usual
