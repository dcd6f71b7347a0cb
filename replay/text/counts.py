"""How several counts come to one number, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replay.analysis.combine_counts import Reckoning, ReportedCount, period, widened_count
from replay.foundation.edtf import parse
from replay.foundation.english import format_date
from replay.model import Scenario
from replay.text.phrases import number as spelled


def reasons(scenario: Scenario, found: Reckoning | None) -> Iterator[str]:
    """How the number comes about, each step as a sentence; empty for a single count."""
    if found is None:
        return
    for container in dict.fromkeys(b for _, b in found.contained):
        parts = [one(scenario, a) for a, b in found.contained if b is container]
        rest = "which are not added" if len(parts) > 1 else "which is not added"
        yield f"{one(scenario, container)} contains {_listed(parts)}, {rest}"
    for group in found.groups:
        if len(group) > 1:
            parts = [one(scenario, item) for item in group]
            bounds = f"{spelled(widened_count(scenario, group))}, "
            bounds += "at least the largest and at most the sum"
            yield f"{_listed(parts)} may overlap: {bounds}"
    if len(found.groups) > 1:
        parts = [_short(scenario, group) for group in found.groups]
        yield f"{_listed(parts)} are of different times or places and are added"
    if found.lifted:
        yield "a count is larger than the count that contains it, which raises the upper bound"


def one(scenario: Scenario, item: ReportedCount) -> str:
    """A count with its counter and its days: "33 by Joint Operations Command (26–28 October)"."""
    by = scenario.name(item.counted_by)
    days = period([item.said])
    told = f"{spelled(item.said.number)}{' in all' if item.total else ''} by {by}"
    return f"{told} ({format_date(parse(days))})" if days else told


def _short(scenario: Scenario, group: Sequence[ReportedCount]) -> str:
    return spelled(widened_count(scenario, group))


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
