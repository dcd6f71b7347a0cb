"""Who agrees, in words: how many stand behind each place and day, and where they part."""

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
    """How many agree, as a strip of digits; where they part, by name; and the numbers of each."""
    yield TextLine("title", replay_title(found.base))
    for told in report_date_lines(found.base):
        yield TextLine("note", told)
    yield TextLine("answer", f"Held against it: {', '.join(found.voices)}.")
    yield TextLine("answer", _summary(found))
    yield from _parting(found)
    yield TextLine("phase", "How many agree with what is shown")
    yield from in_stretches(found.base, _strip(found), width)
    yield TextLine("gap", "")
    yield TextLine(
        "answer", "first row: how many show the same (a = 10, b = 11 …); . nobody speaks of it"
    )
    yield TextLine("answer", "second row, where there is one: how many show something else")
    yield from _numbers(found)


def _strip(found: Agreement) -> str:
    rows = found.strip()
    wide = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"{name:<{wide}}  {digits}" for name, digits in rows)


def _summary(found: Agreement) -> str:
    """How much rests on how many."""
    cells = [cell for row in found.cells.values() for cell in row if cell.agree or cell.differ]
    parts = {
        "rest on one alone": sum(len(c.agree) == 1 and not c.differ for c in cells),
        "on two or more that agree": sum(len(c.agree) > 1 and not c.differ for c in cells),
        "are shown otherwise by somebody": sum(bool(c.differ) for c in cells),
    }
    told = [f"{number:,} {what}" for what, number in parts.items() if number]
    total = counted(len(cells), "place-day")
    return f"Of {total} of which anybody speaks {', '.join(told)}." if cells else "Nobody speaks."


def _parting(found: Agreement) -> Iterator[TextLine]:
    """Where somebody shows something else: the place, the days, and who."""
    scenario = found.base.scenario
    apart = {p: row for p, row in found.cells.items() if any(c.differ for c in row)}
    yield TextLine("phase", "Where they disagree")
    if not apart:
        yield TextLine("answer", "Nowhere: nobody shows anything else.")
    for place, row in apart.items():
        yield TextLine("event", scenario.name(place))
        for cell, days in _stretches(found, row):
            if cell.differ:
                shown = control(scenario, cell.shown)
                same = f" – so too {', '.join(cell.agree)}" if cell.agree else ""
                yield TextLine("source", f"{day_text(days)}: {shown}{same}")
                for says, who in _said(found, place, days, cell):
                    yield TextLine("rival", f"≠ {says} – {', '.join(who)}")


def _said(found: Agreement, place: str, days: str, cell: Cell) -> Iterator[tuple[str, list[str]]]:
    """What those who differ show instead, on the first of some days."""
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
    """What each makes of what is counted; one number together. The rest is silent."""
    if found.numbers:
        yield TextLine("phase", "Counted by the last day")
    for (name, unit, of), told in found.numbers.items():
        yield TextLine("event", count_subject(found.base.scenario, name, of))
        same: dict[str, list[str]] = {}
        for voice, known in ((v, k) for v, k in told.items() if k.number is not None):
            same.setdefault(amount(known, unit, name), []).append(voice)
        for spelled, voices in same.items():
            yield TextLine("source", f"{spelled} – {', '.join(voices)}", hang=2)
