"""The state as a table: one row for each day and each thing of which anything is known."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from replay.analysis.ground_state import last_said
from replay.analysis.intervals import basis, explained
from replay.analysis.tallies import counted_row
from replay.facts.answers import control_json, ground_at, range_json, strength_json
from replay.foundation.spreadsheets import harmless_cell
from replay.model import Scenario
from replay.model.state import Effort, Presence, Share, StateKey, ground_key
from replay.outputs.formats.registry import export_format
from replay.text import phrases
from replay.text.difference import difference_text
from replay.text.left_out import left_out_short
from replay.text.phrases import witnessed
from replay.text.tallies import addends, says
from replay.timeline.explanation import Explanation
from replay.timeline.timeline import State, Timeline

COLUMNS = (
    *("date", "tick", "phase", "what", "of", "name", "kind", "part_of"),
    *("lon", "lat", "accuracy_km", "position", "place"),
    *("status", "side", "sides", "by", "mark", "could", "since", "age_days", "basis"),
    *(
        "share_low",
        "share_best",
        "share_high",
        "low",
        "best",
        "high",
        "unit",
        "counted_by",
        "reports",
    ),
    *("events", "says_so", "says_otherwise", "lens", "known_on"),
    "without_report_date",
)
Row = dict[str, Any]


@export_format(
    ".csv", name="csv-days", summary="The state of everything on every day as a table.", data=True
)
def csv_days(timeline: Timeline, path: Path, progress: object = None) -> None:
    """Rows in order of day, then as in the script: places, areas, routes, strengths,
    operations, presences, tallies.

    What a row says holds at the end of its day, and is what `replay explain` says of it. Events
    without a day come last, without a date. UTF-8 with a byte order mark; lines end as in RFC 4180.
    """
    asked = {"lens": timeline.lens.name, "known_on": timeline.known_on}
    asked["without_report_date"] = left_out_short(timeline)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for row in day_rows(timeline):
            row |= asked
            table.writerow(harmless_cell([_cell(row.get(key)) for key in COLUMNS]))


_OF_GROUND = ("ground", "progress")


def _spoken_of(timeline: Timeline, of: str) -> StateKey | None:
    """A key of an area or route of which any claim speaks."""
    keys = (ground_key(of), StateKey("progress", of))
    return next((key for key in keys if key in timeline.keys), None)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


def day_rows(timeline: Timeline) -> Iterator[Row]:
    """The rows of the table as values; a column that says nothing is left out."""
    scenario = timeline.scenario
    keys = [StateKey("control", place.id) for place in scenario.places]
    ground = [of.id for of in (*scenario.areas, *scenario.routes)]
    keys += [key for of in ground if (key := _spoken_of(timeline, of))]
    keys += [StateKey("strength", force.id) for force in scenario.forces]
    keys += [StateKey("effort", operation.id) for operation in scenario.operations]
    keys = [key for key in keys if key in timeline.keys]
    keys += [
        key for aspect in ("share", "presence", "tally") for key, _ in timeline.keys_of(aspect)
    ]
    both = (key for of in ground for key in (ground_key(of), StateKey("progress", of)))
    asked = [*keys, *(key for key in both if key in timeline.keys)]
    why = {key: list(explained(timeline, key))[::-1] for key in asked}
    for tick in range(scenario.calendar.ticks):
        state = timeline.at(tick)
        phase = scenario.phase_at(tick)
        day = {"date": state.label, "tick": tick, "phase": phase.id if phase else None}
        for listed in keys:
            key = last_said(state, listed.of) if listed.aspect in _OF_GROUND else listed
            key = key if key in why else listed  # of which nothing is said yet
            turns = why[key]
            while len(turns) > 1 and turns[-2][0] <= tick:
                turns.pop()
            told = _ROWS[key.aspect](state, key, turns[-1][1])
            if told is not None:
                yield (
                    day
                    | {"of": key.of, "name": scenario.name(key.of)}
                    | told
                    | {"basis": basis(timeline, key, tick)}
                )
    for reading in timeline.every_reading():
        if not reading.dated:
            claims = (reading.claim(n) for n in reading.shown.claims)
            says = phrases.voices(phrases.said(scenario, claim) for claim in claims)
            event = reading.event
            yield {"what": "event", "of": event.id, "name": event.summary, "kind": event.type} | {
                "place": _joined(event.place),
                "says_so": says,
            }


# --- what a row of each kind says ---------------------------------------------------------------


def _place(state: State, key: StateKey, why: Explanation) -> Row:
    scenario = state.timeline.scenario
    place = scenario.place[key.of]
    return {
        "what": "place",
        "kind": place.kind,
        "part_of": place.part_of,
        "place": place.id,
        **_where(scenario, place.id),
        **_control(control_json(why.marked)),
        **_evidence(scenario, why),
    }


def _ground(state: State, key: StateKey, why: Explanation) -> Row:
    scenario = state.timeline.scenario
    is_area = key.of in scenario.area
    what, unit = ("area", "km2") if is_area else ("route", "km")
    told = ground_at(state, key.of)
    share = {f"share_{bound}": value for bound, value in told["share"].items()}
    control = _control(told)
    control["side"] = told["side"] or getattr(
        state[StateKey("progress", key.of)].value, "side", None
    )
    return {"what": what, **control, **share, **told[unit], "unit": unit} | _evidence(scenario, why)


def _presence(state: State, key: StateKey, why: Explanation) -> Row | None:
    """A force or person at a place, from when it was documented there until it is gone."""
    timeline, row, value = state.timeline, state.row(key), why.marked.value
    if row is None or not isinstance(value, Presence) or value.status == "gone":
        return None
    scenario, since = timeline.scenario, int(timeline.rows.tick[row])
    who, where = key.of, key.at
    is_force = who in scenario.force
    minute = scenario.calendar.end(state.tick)
    thing: Any = scenario.force_at(who, minute) if is_force else scenario.things[who]
    return {
        "what": "presence",
        "of": who,
        "name": thing.name,
        "side": thing.side,
        "kind": thing.kind if is_force else "person",
        "place": where,
        "part_of": thing.part_of if is_force else None,
        **_where(scenario, where),
        "status": value.status,
        "mark": why.marked.mark,
        **_evidence(scenario, why),
        "since": timeline.dated(row),
        "age_days": scenario.calendar.days_between(since, state.tick),
    }


def _tally(state: State, key: StateKey, why: Explanation) -> Row | None:
    """What one counter's reports come to by then; `counted_by` only where it is one number."""
    scenario, row = state.timeline.scenario, counted_row(state.timeline, key, state.tick)
    if row is None:
        return None
    parts = list(addends(scenario, row)) if row.counted_by is None else []
    return {
        "what": "tally",
        "kind": row.kind,
        "of": row.of,
        "name": row.name,
        "unit": row.unit,
        "by": row.by,
        "place": _joined(row.where),
        "counted_by": row.counted_by,
        "reports": row.reports,
        **range_json(row.number),
        "mark": row.mark,
        "since": row.since,
        "age_days": row.age_days,
        "events": _joined(dict.fromkeys(told.event for told in row.because)),
        "says_so": _joined(parts) if parts else witnessed(scenario, row.because),
        "says_otherwise": _joined(f"{witnessed(scenario, [t])}: {says(t)}" for t in row.against),
    }


def _strength(state: State, key: StateKey, why: Explanation) -> Row | None:
    scenario = state.timeline.scenario
    told = strength_json(why.marked)
    if told is None:
        return None
    force = scenario.force_at(key.of, scenario.calendar.end(state.tick))
    return {"what": "strength", "kind": force.kind, "side": force.side, **told} | _evidence(
        scenario, why
    )


def _effort(state: State, key: StateKey, why: Explanation) -> Row | None:
    scenario, value = state.timeline.scenario, why.marked.value
    if not isinstance(value, Effort):
        return None
    side = scenario.side_of(key.of)
    told = {"what": "operation", "status": value.status, "side": side, "mark": why.marked.mark}
    return told | _evidence(scenario, why)


def _share(state: State, key: StateKey, why: Explanation) -> Row | None:
    """How much of a place a side holds."""
    scenario, value = state.timeline.scenario, why.marked.value
    if not isinstance(value, Share):
        return None
    share = {f"share_{bound}": number for bound, number in range_json(value.amount).items()}
    told = {"what": "share", "place": key.of, "side": value.side, "mark": why.marked.mark}
    return {**told, **share, **_evidence(scenario, why)}


_ROWS = {
    "control": _place,
    "share": _share,
    "ground": _ground,
    "progress": _ground,
    "presence": _presence,
    "tally": _tally,
    "strength": _strength,
    "effort": _effort,
}


# --- what several have --------------------------------------------------------------------------


def _where(scenario: Scenario, place: str) -> Row:
    located = scenario.located.get(place)
    if located is None:
        return {}
    return {
        "lon": round(located.at.lon, 6),
        "lat": round(located.at.lat, 6),
        "accuracy_km": round(located.radius_km, 3),
        "position": located.kind,
    }


def _control(told: dict[str, Any]) -> Row:
    plain = {key: told[key] for key in ("status", "side", "mark")}
    lists = {"sides": told["sides"], "by": told["by"], "could": map(_value, told["could"])}
    return plain | {key: _joined(texts) for key, texts in lists.items()}


def _value(control: dict[str, Any]) -> str:
    """A value of control in one cell: "held red", "held blue+red", "besieged red by blue"."""
    sides = "+".join(control["sides"])
    by = "by " + "+".join(control["by"]) if control["by"] else ""
    return " ".join(filter(None, (control["status"], sides, by)))


def _evidence(scenario: Scenario, why: Explanation) -> Row:
    return {
        "since": why.since,
        "events": _joined(dict.fromkeys(told.event for told in why.because)),
        "says_so": witnessed(scenario, why.because),
        "says_otherwise": _joined(
            f"{witnessed(scenario, [t])}: {difference_text(scenario, t.says)}" for t in why.against
        ),
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
