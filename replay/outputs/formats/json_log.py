"""The whole replay as one JSON object: scenario, events with all claims, changes, disputes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from replay.analysis.differences import differences
from replay.analysis.statements import Verdict, verdicts
from replay.analysis.tallies import tally_rows
from replay.facts.answers import key_json, question_json, tally_json, testimony_json
from replay.facts.records import plain_value, record_json
from replay.lens import Reading, Version
from replay.model import Scenario
from replay.model.state import Change, Marked
from replay.outputs.formats import moments
from replay.outputs.formats.registry import export_format
from replay.timeline.explanation import disputes
from replay.timeline.timeline import Timeline

Json = dict[str, Any]

_ELSEWHERE = frozenset({"events", "statements"})
"""Fields of the scenario that have a key of their own at the top."""


@export_format(".json", name="json", summary="The whole replay as one JSON object.", data=True)
def json_log(timeline: Timeline, path: Path, progress: object = None) -> None:
    """UTF-8, one key a line at the top; the same inputs give the same bytes."""
    text = json.dumps(replay_json(timeline), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def replay_json(timeline: Timeline) -> Json:
    """The replay as plain data: what the author wrote, what the lens makes of it, what follows.

    `disputes` has those of the map, with marks, and then the statements that contradict and the
    counters that differ, which have none. `tallies` are the numbers on the last day.
    """
    scenario = timeline.scenario
    last = scenario.calendar.ticks - 1
    return {
        "scenario": _scenario(scenario),
        "lens": {"name": timeline.lens.name, "summary": timeline.lens.summary},
        **{key: value for key, value in question_json(timeline).items() if key != "lens"},
        "events": [_event(timeline, r) for r in timeline.every_reading() if r.dated],
        "undated": [_event(timeline, r) for r in timeline.undated()],
        "changes": [_change(timeline, change) for change in timeline.changes()],
        "disputes": list(_disputes(timeline)),
        "statements": [_statement(verdict) for verdict in verdicts(timeline)],
        "tallies": [tally_json(row) for row in tally_rows(timeline, last)],
    }


def _scenario(scenario: Scenario) -> Json:
    """Everything but the events and statements; places with the positions that were computed."""
    told = record_json(scenario, _ELSEWHERE)
    for place in told["places"]:
        place["written"], place["position"] = place["position"], _position(scenario, place["id"])
    return told


def _position(scenario: Scenario, of: str) -> Json | None:
    where = scenario.located.get(of)
    if where is None:
        return None
    return {
        "lon": round(where.at.lon, 6),
        "lat": round(where.at.lat, 6),
        "radius_km": round(where.radius_km, 3),
        "kind": where.kind,
    }


def _event(timeline: Timeline, reading: Reading) -> Json:
    """An event as the lens shows it, with every admitted claim and what it says differently."""
    event = reading.shown.event
    return {
        **record_json(event),
        "by": list(event.actors()),
        "on": moments.dated(timeline, reading.shown.latest, event.date) if reading.dated else None,
        "sentence": event.sentence(timeline.scenario),
        "claims": [
            _claim(reading, version, n > 0, index)
            for n, version in enumerate(reading.versions)
            for index in version.claims
        ],
    }


def _claim(reading: Reading, version: Version, against: bool, index: int) -> Json:
    claim = reading.event.claims[index]
    date = version.event.date
    taken = claim.inherited_from
    return {
        "source": claim.cite.source,
        "locator": str(claim.cite.locator),
        "reporter": claim.reporter,
        "via": claim.via,
        "reported": claim.report_date.text if claim.report_date else None,
        **({"inherited_from": str(taken.locator)} if taken else {}),
        "denies": version.denies,
        "silent": list(claim.silent),
        "credibility": claim.credibility,
        "note": claim.note,
        "against": against,
        "date": date.text if date else None,
        "says": {key: plain_value(value) for key, value in claim.words.items()},
    }


def _statement(verdict: Verdict) -> Json:
    return {
        **record_json(verdict.statement),
        "kind": verdict.kind,
        "verdict": verdict.outcome,
        "because": [testimony_json(told) for told in verdict.because],
    }


def _change(timeline: Timeline, change: Change) -> Json:
    documented = change.basis == "documented"
    date = timeline.cause(change.order).shown.event.date if documented else None
    return {
        "order": change.order,
        "tick": change.tick,
        "date": moments.dated(timeline, change.tick, date),
        **key_json(change.key),
        "before": _marked(change.before),
        "after": _marked(change.after),
        "event": change.event,
        "claim": change.claim,
        "basis": change.basis,
    }


def _disputes(timeline: Timeline) -> Iterator[Json]:
    calendar = timeline.scenario.calendar
    for dispute in (*disputes(timeline), *differences(timeline)):
        span = dispute.first, dispute.last
        yield {
            **key_json(dispute.key),
            **dict(zip(("from", "to"), moments.tick_ends(calendar, *span), strict=True)),
            "claims": [testimony_json(told) for told in dispute.claims],
        }


def _marked(marked: Marked) -> Json:
    return {
        "value": plain_value(marked.value),
        "mark": marked.mark,
        "could": [plain_value(value) for value in marked.could],
    }
