"""Who agrees, in words: how many agree on each place and day, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from replay.analysis.agreement import Agreement, Cell, allows, source_speaks
from replay.foundation.english import counted
from replay.text.compare import amount, count_subject, replay_title
from replay.text.explanation import day_text
from replay.text.lens import report_date_lines
from replay.text.narrative import TextLine, in_stretches
from replay.text.phrases import control


def told_agreement(found: Agreement, width: int) -> Iterator[TextLine]:
    """Where they disagree, by name; how many agree, as a strip of digits; the numbers of each."""
    yield TextLine("title", replay_title(found.base))
    for told in report_date_lines(found.base):
        yield TextLine("note", told)
    yield TextLine("answer", f"Compared with: {', '.join(found.voices)}.")
    yield TextLine("answer", _summary(found))
    yield from _parting(found)
    yield TextLine("phase", "How many agree with what is shown")
    yield from in_stretches(found.base, _strip(found), width)
    yield TextLine("gap", "")
    yield TextLine("answer", "first row: how many show the same (a = 10, b = 11 …); . no reports")
    yield TextLine("answer", "second row, if any: how many show something else")
    yield from _numbers(found)


def _strip(found: Agreement) -> str:
    rows = found.strip()
    wide = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"{name:<{wide}}  {digits}" for name, digits in rows)


def _summary(found: Agreement) -> str:
    """How many place-days one voice reports, and on how many several agree or disagree."""
    cells = [cell for row in found.cells.values() for cell in row if cell.agree or cell.differ]
    parts = {
        "have one voice": sum(len(c.agree) == 1 and not c.differ for c in cells),
        "have two or more that agree": sum(len(c.agree) > 1 and not c.differ for c in cells),
        "have at least one that disagrees": sum(bool(c.differ) for c in cells),
    }
    told = [f"{number:,} {what}" for what, number in parts.items() if number]
    total = counted(len(cells), "place-day")
    return f"Of {total} with reports, {', '.join(told)}." if cells else "No reports."


def _parting(found: Agreement) -> Iterator[TextLine]:
    """Where voices disagree: the place, the days, and who."""
    scenario = found.base.scenario
    apart = {p: row for p, row in found.cells.items() if any(c.differ for c in row)}
    yield TextLine("phase", "Where they disagree")
    if not apart:
        yield TextLine("answer", "Nowhere.")
    for place, row in apart.items():
        yield TextLine("event", scenario.name(place))
        for cell, days in _stretches(found, row):
            if cell.differ:
                shown = control(scenario, cell.shown)
                same = f" – also {', '.join(cell.agree)}" if cell.agree else ""
                yield TextLine("source", f"{day_text(days)}: {shown}{same}")
                for says, who in _said(found, place, days, cell):
                    yield TextLine("rival", f"≠ {says} – {', '.join(who)}")


def _said(found: Agreement, place: str, days: str, cell: Cell) -> Iterator[tuple[str, list[str]]]:
    """What the voices that disagree show, on the first of some days."""
    scenario = found.base.scenario
    first = found.base.tick(days.partition("/")[0])
    said: dict[str, list[str]] = {}
    for voice in cell.differ:
        for timeline in found.speaking(voice, first):
            marked = timeline.at(first).control[place]
            if source_speaks(marked) and not allows(marked, cell.shown):
                who = said.setdefault(control(scenario, marked), [])
                name = timeline.lens.name.partition(":")[2] if " and " in voice else voice
                who.append(name)
    yield from said.items()


def _stretches(found: Agreement, row: tuple[Cell, ...]) -> Iterator[tuple[Cell, str]]:
    span = found.base.scenario.calendar.span
    first = 0
    for cell, group in groupby(row):
        last = first + len(list(group)) - 1
        yield cell, span(first, last)
        first = last + 1


def _numbers(found: Agreement) -> Iterator[TextLine]:
    """The counts of the voices, grouped by number; voices without a count are left out."""
    if found.numbers:
        yield TextLine("phase", "Counts by the last day")
    for (name, unit, of), told in found.numbers.items():
        yield TextLine("event", count_subject(found.base.scenario, name, of))
        same: dict[str, list[str]] = {}
        for voice, known in ((v, k) for v, k in told.items() if k.number is not None):
            same.setdefault(amount(known, unit, name), []).append(voice)
        for spelled, voices in same.items():
            yield TextLine("source", f"{spelled} – {', '.join(voices)}", hang=2)
