"""The whole replay as one JSON object: scenario, events with all claims, changes, disputes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from replay.analysis.facts import testimony_json
from replay.explain import disputes
from replay.export.registry import export_format
from replay.lens import Reading
from replay.model import Scenario
from replay.state import Change, Marked, Tally, Value
from replay.timeline import Timeline

Json = dict[str, Any]


@export_format(".json", name="json", summary="The whole replay as one JSON object.", data=True)
def json_log(timeline: Timeline, path: Path, progress: object = None) -> None:
    """UTF-8, one key a line at the top; the same inputs give the same bytes."""
    text = json.dumps(replay_json(timeline), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def replay_json(timeline: Timeline) -> Json:
    """The replay as plain data."""
    scenario = timeline.scenario
    return {
        "scenario": _head(scenario),
        "lens": {"name": timeline.lens.name, "summary": timeline.lens.summary},
        "known_on": timeline.known_on,
        "events": [_event(timeline, r) for r in timeline.every_reading() if r.dated],
        "undated": [_event(timeline, r) for r in timeline.undated()],
        "changes": [_change(timeline, change) for change in timeline.changes()],
        "disputes": list(_disputes(timeline)),
    }


def _head(scenario: Scenario) -> Json:
    head = scenario.model_dump(
        mode="json",
        include={"scenario", "title", "summary", "author", "licence", "attribution", "step"},
    )
    return {
        **head,
        "window": scenario.window.text,
        "sources": [
            {
                "id": s.id,
                "title": s.title,
                "publisher": s.publisher,
                "author": s.author,
                "published": s.published.text if s.published else None,
            }
            for s in scenario.sources
        ],
        "sides": [{"id": s.id, "name": s.name, "letter": s.letter} for s in scenario.sides],
        "forces": [
            {"id": f.id, "name": f.name, "side": f.side, "part_of": f.part_of}
            for f in scenario.forces
        ],
        "voices": [{"id": v.id, "name": v.name, "side": v.side} for v in scenario.voices],
        "places": [_place(scenario, p.id) for p in scenario.places],
        "areas": [{"id": a.id, "name": a.name, "km2": _value(a.km2)} for a in scenario.areas],
        "routes": [{"id": r.id, "name": r.name, "km": _value(r.km)} for r in scenario.routes],
        "operations": [{"id": o.id, "name": o.name, "side": o.side} for o in scenario.operations],
        "phases": [{"id": p.id, "name": p.name, "period": p.period.text} for p in scenario.phases],
    }


def _place(scenario: Scenario, of: str) -> Json:
    place, where = scenario.place[of], scenario.located.get(of)
    position = None
    if where is not None:
        position = {
            "lon": round(where.at.lon, 6),
            "lat": round(where.at.lat, 6),
            "radius_km": round(where.radius_km, 3),
            "kind": where.kind,
        }
    return {"id": of, "name": place.name, "kind": place.kind, "position": position}


def _event(timeline: Timeline, reading: Reading) -> Json:
    """An event as the lens shows it, with every admitted claim and what it says differently."""
    event, calendar = reading.shown.event, timeline.scenario.calendar
    claims = []
    for n, version in enumerate(reading.versions):
        for index in version.claims:
            claim = reading.event.claims[index]
            claims.append(
                {
                    "source": claim.cite.source,
                    "locator": str(claim.cite.locator),
                    "reporter": claim.reporter,
                    "via": claim.via,
                    "reported": claim.reported.text if claim.reported else None,
                    "denies": version.denies,
                    "against": n > 0,
                    "date": version.event.date.text if version.event.date else None,
                    "says": {key: _plain(value) for key, value in claim.words.items()},
                }
            )
    return {
        "id": event.id,
        "type": event.type,
        "date": event.date.text if event.date else None,
        "on": calendar.label(reading.shown.latest) if reading.dated else None,
        "summary": event.summary,
        "sentence": event.sentence(timeline.scenario),
        "place": list(event.place),
        "by": list(event.actors()),
        "operation": event.operation,
        "claims": claims,
    }


def _change(timeline: Timeline, change: Change) -> Json:
    return {
        "order": change.order,
        "tick": change.tick,
        "date": timeline.scenario.calendar.label(change.tick),
        "aspect": change.key.aspect,
        "of": change.key.of,
        "before": _marked(change.before),
        "after": _marked(change.after),
        "event": change.event,
        "claim": change.claim,
        "basis": change.basis,
    }


def _disputes(timeline: Timeline) -> Iterator[Json]:
    calendar = timeline.scenario.calendar
    for dispute in disputes(timeline):
        yield {
            "aspect": dispute.key.aspect,
            "of": dispute.key.of,
            "from": calendar.label(dispute.first),
            "to": calendar.label(dispute.last),
            "claims": [testimony_json(told) for told in dispute.claims],
        }


def _marked(marked: Marked) -> Json:
    return {
        "value": _value(marked.value),
        "mark": marked.mark,
        "could": [_value(value) for value in marked.could],
    }


def _value(value: Value | Any) -> Any:
    """A value as plain data; the counts behind a tally are events of their own."""
    if isinstance(value, Tally):
        return _value(value.number)
    if value is not None and is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(item) for key, item in asdict(value).items()}
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if math.isinf(value) or math.isnan(value) else value
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, bool, type(None))) else str(value)
