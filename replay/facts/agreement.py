"""Who agrees with whom, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replay.analysis.agreement import Agreement, Cell, Json
from replay.facts.answers import control_json, question_json, range_json


def agreement_json(found: Agreement) -> Json:
    """The voices, the places by stretches of days, and the numbers of each voice."""
    scenario = found.base.scenario
    return {
        "scenario": scenario.scenario,
        **question_json(found.base),
        "voices": [
            {"name": name, "lenses": [t.lens.name for t in timelines]}
            for name, timelines in found.voices.items()
        ],
        "places": {
            place: {"name": scenario.name(place), "days": list(_stretches(found, row))}
            for place, row in found.cells.items()
        },
        "numbers": [
            {
                "name": name,
                "unit": unit,
                "of": of,
                "voices": {voice: range_json(known.number) for voice, known in told.items()},
            }
            for (name, unit, of), told in found.numbers.items()
        ],
    }


def _stretches(found: Agreement, row: Sequence[Cell]) -> Iterator[Json]:
    """Days in a row that are alike, as one entry."""
    ends = found.base.scenario.calendar.ends
    first = 0
    for tick in range(1, len(row) + 1):
        if tick == len(row) or row[tick] != row[first]:
            cell = row[first]
            silent = [v for v in found.voices if v not in (*cell.agree, *cell.differ)]
            begin, end = ends(first, tick - 1)
            yield {
                "from": begin,
                "to": end,
                "shown": control_json(cell.shown),
                "agree": list(cell.agree),
                "differ": list(cell.differ),
                "silent": silent,
            }
            first = tick
