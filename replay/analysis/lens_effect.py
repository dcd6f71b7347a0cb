"""What a lens does: how many claims it admits, and whether it changes anything at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby

from replay.lens import Reading, reported_itself
from replay.model import Scenario
from replay.model.state import Marked, StateKey
from replay.pipeline import ask
from replay.timeline.timeline import Timeline


def admitted_claims(timeline: Timeline) -> tuple[int, int]:
    """How many claims of the script's events are admitted, and how many there are."""
    mine = sum(len(v.claims) for reading in timeline.readings for v in reading.versions)
    return mine, sum(len(event.claims) for event in timeline.scenario.events)


def changes_nothing(timeline: Timeline) -> bool:
    """Whether the same events are shown with the same words, and every state is the same, as under
    the default lens. The claims behind them may be fewer."""
    if timeline.lens.name == "default":
        return True
    usual = ask(timeline.scenario, replace(timeline.question, lens="default"))
    if _shown(timeline.readings) != _shown(usual.readings):
        return False
    keys = dict.fromkeys((*timeline.keys, *usual.keys))
    return all(_history(timeline, key) == _history(usual, key) for key in keys)


def _shown(readings: tuple[Reading, ...]) -> list[object]:
    return [(r.shown.event, r.shown.earliest, r.shown.latest) for r in readings]


def _history(timeline: Timeline, key: StateKey) -> list[tuple[int, Marked]]:
    """The values of a key at the ends of ticks, each with the tick since which it is so."""
    rows = ((int(timeline.rows.tick[row]), int(row)) for row in timeline.rows_of(key))
    found: list[tuple[int, Marked]] = []
    for tick, same in groupby(rows, lambda pair: pair[0]):
        marked = timeline.marked([row for _, row in same][-1])
        if not found or found[-1][1] != marked:
            found.append((tick, marked))
    return found


def dated_by_publication(scenario: Scenario) -> dict[str, tuple[int, int]]:
    """Source → how many of its claims have no other report date than its publication, and by which
    minute it was published."""
    counts = Counter(
        claim.cite.source
        for event in scenario.events
        for claim in event.claims
        if not reported_itself(scenario, claim)
    )
    found = {}
    for source, number in counts.items():
        published = scenario.source[source].published
        if published is not None and published.bounds.latest is not None:
            found[source] = number, published.bounds.latest
    return found
