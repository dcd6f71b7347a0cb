"""A comparison as plain data: the shape of `replay compare --json`."""

from __future__ import annotations

from collections.abc import Iterable

from replay.analysis.compare import Comparison, CountComparison, PlaceChange, ReplaySum
from replay.analysis.lens_effect import dated_by_publication
from replay.facts.answers import (
    Json,
    control_json,
    question_json,
    range_json,
    tally_json,
    testimony_json,
)
from replay.model import Scenario
from replay.script.change_phrases import Changed
from replay.text.counts import reasons
from replay.timeline.timeline import State, Timeline


def question_of(timeline: Timeline) -> Json:
    """Which replay: the scenario, its lens, and as known on which day; then also which claims are
    left out for want of a report date, and how many count from the publication of their source."""
    found: Json = {"scenario": timeline.scenario.scenario, **question_json(timeline)}
    if timeline.known_on:
        dated = dated_by_publication(timeline.scenario)
        found["by_publication"] = {source: number for source, (number, _) in dated.items()}
    return found


def comparison_json(found: Comparison) -> Json:
    """One plain object: what was compared, places by stretches of days, numbers, statements."""
    return {
        "a": question_of(found.a),
        "b": question_of(found.b),
        "same": found.same,
        "place_days": found.place_days,
        "places": [place_json(d) for d in found.places],
        "numbers": [_number(found.a.scenario, found.b.scenario, n) for n in found.numbers],
        "statements": [
            {
                "id": s.id,
                "summary": s.summary,
                "reporter": s.reporter,
                "cite": list(s.cite),
                "a": s.a,
                "b": s.b,
            }
            for s in found.statements
        ],
    }


def hypothetical_json(made: Changed) -> Json:
    """What makes `b` hypothetical: the changes, and the dates that no longer go together."""
    return {
        "hypothetical": True,
        "changes": list(made.changes),
        "conflicts": list(made.conflicts),
    }


def between_json(
    timeline: Timeline, first: str | State, last: str | State, found: Iterable[PlaceChange]
) -> Json:
    """What stands otherwise on two days of one replay."""
    places = [place_json(d) for d in found]
    a = {**question_of(timeline), "on": timeline.at(first).label}
    b = {**question_of(timeline), "on": timeline.at(last).label}
    return {"a": a, "b": b, "same": not places, "places": places}


def place_json(one: PlaceChange) -> Json:
    """A place on a stretch of days, as each replay shows it and with the claims of each."""
    return {
        "id": one.place,
        "name": one.name,
        "from": one.first,
        "to": one.last,
        "days": one.days,
        "a": control_json(one.a),
        "b": control_json(one.b),
        "because_a": [testimony_json(t) for t in one.told_a],
        "because_b": [testimony_json(t) for t in one.told_b],
    }


def _number(a: Scenario, b: Scenario, one: CountComparison) -> Json:
    sides = {"a": _sum(a, one.sum_a), "b": _sum(b, one.sum_b)}
    return {"name": one.name, "unit": one.unit, "of": one.of, **sides}


def _sum(scenario: Scenario, found: ReplaySum) -> Json:
    return {
        **range_json(found.number),
        "counters": [tally_json(row) for row in found.counters],
        "because": [testimony_json(t) for t in found.told],
        "why": list(reasons(scenario, found.reckoning)),
    }
