"""Facts as plain data for other programs: the JSON shapes of state, explain and tally."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from replay.analysis.denials import denied_about, sides_of_denial
from replay.analysis.ground_state import ground_marks_at, ground_range, last_said
from replay.analysis.left_out import left_out
from replay.analysis.notes import same_place
from replay.analysis.presences import LastSeen, last_seen
from replay.analysis.tallies import Addend, TallyRow
from replay.analysis.whole import wholes_behind
from replay.facts.left_out import left_out_json
from replay.facts.records import control_value_json, plain_value
from replay.lens import Reading
from replay.model import Event, Scenario, TallyEntry
from replay.model.state import (
    UNKNOWN,
    Control,
    Effort,
    Marked,
    Progress,
    Range,
    Share,
    Standing,
    StateKey,
    Strength,
    Value,
    presence_of,
)
from replay.timeline.difference import Difference, ReportedNumber, Says, StatedSentence
from replay.timeline.explanation import Explanation, Testimony, explain, since_date
from replay.timeline.timeline import State, Timeline

Json = dict[str, Any]


def json_head(timeline: Timeline, on: str) -> Json:
    """What every answer begins with."""
    return {"scenario": timeline.scenario.scenario, **question_json(timeline), "on": on}


def question_json(timeline: Timeline) -> Json:
    """What a replay was asked with; on a known-on day also what has no report date."""
    asked: Json = {"lens": timeline.lens.name, "known_on": timeline.known_on}
    if timeline.known_on is None:
        return asked
    return asked | {"without_report_date": left_out_json(left_out(timeline))}


def range_json(number: Range | None) -> Json:
    """low, best and high; null where open."""
    if number is None:
        return {"low": None, "best": None, "high": None}
    return {"low": number.low, "best": number.best, "high": number.high}


def control_json(marked: Marked) -> Json:
    """Control of a place."""
    value = marked.value if isinstance(marked.value, Control) else UNKNOWN
    return {
        **control_value_json(value),
        "mark": marked.mark,
        "could": [_could(v) for v in marked.could],
    }


def _could(value: Value | None) -> Json:
    if isinstance(value, Progress):
        return {"status": "contested", "side": value.side, "sides": [value.side], "by": []}
    return control_value_json(value if isinstance(value, Control) else UNKNOWN)


def ground_json(scenario: Scenario, of: str, control: Marked, progress: Marked) -> Json:
    """Who holds an area or route, and how much of it is taken; the surer mark never hides another.

    If sources or dates leave open how much is taken, and not who holds it, the mark says so.
    """
    unit = "km2" if of in scenario.area else "km"
    share, amount = ground_range(scenario, of, progress.value)
    answer = control_json(control)
    if control.mark == "certain" and progress.mark != "certain":
        answer["mark"] = progress.mark
        answer["could"] = [_could(value) for value in progress.could]
    return {**answer, "share": range_json(share), unit: range_json(amount)}


def ground_at(state: State, of: str) -> Json:
    """`ground_json` at a moment."""
    return ground_json(state.timeline.scenario, of, *ground_marks_at(state, of))


def key_json(key: StateKey) -> Json:
    """What a value is of: its aspect and the thing; a presence and a tally as an object."""
    of: Any = key.of
    if key.tally is not None:
        of = plain_value(key.tally)
    elif key.at:
        of = {"force": key.of, "place": key.at}
    return {"aspect": key.aspect, "of": of}


def testimony_json(told: Testimony) -> Json:
    """An item of `because`; with `says` where it is one of `against`, and `inherited_from` where
    its report date is that of another sentence."""
    data = {field.name: getattr(told, field.name) for field in fields(told)}
    for name in ("inherited_from", "note"):
        if data[name] is None:
            del data[name]
    if told.says is None:
        del data["says"]
        return data
    return data | {"says": says_json(told.says)}


def says_json(says: Says) -> Json:
    """What a claim says differently: value, date, denies and silent; or a text, or a number.

    Of a whole event the fields are given that differ, by their names in a script.
    """
    match says:
        case StatedSentence(text=text):
            return {"text": text}
        case ReportedNumber(number=number, total=total):
            return {"number": range_json(number), "total": total}
        case Difference(value=value, date=date, denies=denies, silent=silent):
            return {"value": plain_value(value), "date": date, "denies": denies, "silent": silent}
    given: Json = {}
    for one in says:
        match one.given:
            case TallyEntry() as entry:
                given.setdefault("tallies", []).append(plain_value(entry))
            case Event(type=name):
                given["type"] = name
            case other:
                given[one.field.rstrip("_")] = plain_value(other)
    stated, denied = given.pop("date", None), given.pop("denies", False)
    return {"date": stated, "denies": denied, "fields": given}


def why_json(why: Explanation) -> Json:
    """since, because, against, pending and next of an explanation."""
    following = None
    if why.next is not None:
        to = why.next.to
        spelled: Any = str(to.value)
        if isinstance(to.value, Control):
            spelled = control_value_json(to.value)
        following = {"date": why.next.date, "event": why.next.event, "to": spelled}
    return {
        "since": why.since,
        "because": [testimony_json(t) for t in why.because],
        "against": [testimony_json(t) for t in why.against],
        "pending": [testimony_json(t) for t in why.pending],
        "next": following,
    }


def denied_json(reading: Reading) -> Json:
    """An event that some report and others deny, with the claims of both."""
    reports, denying = sides_of_denial(reading)
    date = reading.shown.event.date
    return {
        "event": reading.event.id,
        "date": date.text if date else None,
        "because": [testimony_json(told) for told in reports],
        "against": [testimony_json(told) for told in denying],
    }


def explain_json(timeline: Timeline, of: str, on: str | int | State) -> Json:
    """Everything that is known of a thing at a moment, and why."""
    state = timeline.at(on)
    timeline, tick = state.timeline, state.tick
    scenario = timeline.scenario
    kind = scenario.kind_of(of) or "thing"
    answer = json_head(timeline, state.label)
    answer[kind] = {"id": of, "name": scenario.name(of)}
    answer["denied"] = [denied_json(reading) for reading in denied_about(timeline, of, tick)]
    if kind == "place":
        why = explain(timeline, StateKey("control", of), tick)
        answer |= {"control": control_json(why.marked), **why_json(why)}
        answer["as_part_of"] = list(wholes_behind(scenario, why))
        answer["perhaps"] = same_place(scenario, of)
        answer["formation"] = _formation(timeline, of, tick)
        answer["share"] = _share(timeline, of, tick)
        return answer
    if kind in ("area", "route"):
        state = timeline.at(tick)
        why = explain(timeline, last_said(state, of), tick)
        return answer | {"control": ground_at(state, of), **why_json(why)}
    if kind == "operation":
        why = explain(timeline, StateKey("effort", of), tick)
        return answer | {"effort": _effort(why.marked), **why_json(why)}
    if kind in ("person", "voice"):
        why = explain(timeline, StateKey("standing", of), tick)
        answer |= {"standing": _standing(why.marked), **why_json(why)}
    elif kind == "side":
        held = [p for p, m in timeline.at(tick).control.items() if _held_by(m, of)]
        return answer | {"holds": held}
    if kind == "force":
        now = scenario.force_at(of, scenario.calendar.end(tick))
        answer |= {"side": now.side, "part_of": now.part_of, "turns": turns_json(scenario, of)}
        answer[kind]["name"] = now.name
        why = explain(timeline, StateKey("strength", of), tick)
        answer |= {"strength": strength_json(why.marked), **why_json(why)}
        standing = explain(timeline, StateKey("standing", of), tick)
        answer["standing"] = {**_standing(standing.marked), **why_json(standing)}
    answer["presence"] = [
        {
            **presence_json(seen),
            "why": why_json(explain(timeline, presence_of(of, seen.place), tick)),
        }
        for seen in last_seen(timeline.at(tick)).get(of, ())
    ]
    return answer


def _held_by(marked: Marked, side: str) -> bool:
    return isinstance(marked.value, Control) and side in marked.value.holders


def _formation(timeline: Timeline, place: str, tick: int) -> Json | None:
    """Which forces hold a place, unless control has changed since they were named."""
    state = timeline.at(tick)
    named, held = state.row(StateKey("formation", place)), state.row(StateKey("control", place))
    if named is None or held is None:
        return None
    why = explain(timeline, StateKey("formation", place), tick)
    control = explain(timeline, StateKey("control", place), tick)
    if why.marked.value is None or (control.since and why.since and why.since < control.since):
        return None
    forces = list(getattr(why.marked.value, "forces", ()))
    return {"forces": forces, "mark": why.marked.mark, **why_json(why)}


def _standing(marked: Marked) -> Json:
    """What has become of a person or force, in the author's words."""
    return {
        "value": marked.value.status if isinstance(marked.value, Standing) else None,
        "mark": marked.mark,
        "could": [v.status for v in marked.could if isinstance(v, Standing)],
    }


def _share(timeline: Timeline, place: str, tick: int) -> Json | None:
    """How much of a place a side holds, where a source ever says so."""
    why = explain(timeline, StateKey("share", place), tick)
    value = why.marked.value
    if not isinstance(value, Share):
        return None
    given = range_json(value.given or value.amount)
    could = [range_json(v.amount) for v in why.marked.could if isinstance(v, Share)]
    told = {"side": value.side, **range_json(value.amount), "given": given}
    return {**told, "mark": why.marked.mark, "could": could, **why_json(why)}


def _effort(marked: Marked) -> Json:
    value = marked.value
    known = isinstance(value, Effort)
    return {
        "status": value.status if isinstance(value, Effort) else None,
        "reason": value.reason if isinstance(value, Effort) else None,
        "mark": marked.mark if known or marked.could else "certain",
    }


def strength_json(marked: Marked) -> Json | None:
    """The estimated strength of a force."""
    if not isinstance(marked.value, Strength):
        return None
    number = range_json(marked.value.number)
    return {**number, "unit": marked.value.unit, "mark": marked.mark}


def presence_json(seen: LastSeen) -> Json:
    """A place where a force was last documented, with the days since then."""
    belief = {"belief": True} if seen.believed else {}
    return {
        "place": seen.place,
        "since": seen.since,
        "age_days": seen.age_days,
        "mark": seen.mark,
        **belief,
    }


def state_json(timeline: Timeline, on: str | int | State, tallies: list[TallyRow]) -> Json:
    """The state of everything at a moment."""
    state = timeline.at(on)
    timeline, scenario = state.timeline, state.timeline.scenario
    phase = scenario.phase_at(state.tick)
    answer = json_head(timeline, state.label)
    answer["phase"] = phase.id if phase else None
    answer["places"] = {
        place.id: {
            "name": place.name,
            "control": control_json(state.control[place.id]),
            "since": since_date(timeline, StateKey("control", place.id), state.tick),
        }
        for place in scenario.places
    }
    answer["areas"] = {
        ground.id: {
            "name": ground.name,
            "control": ground_at(state, ground.id),
            "since": since_date(timeline, last_said(state, ground.id), state.tick),
        }
        for ground in (*scenario.areas, *scenario.routes)
    }
    present = last_seen(state)
    minute = scenario.calendar.end(state.tick)
    answer["forces"] = {
        force.id: {
            "name": scenario.force_at(force.id, minute).name,
            "side": scenario.side_of(force.id, minute),
            "part_of": scenario.force_at(force.id, minute).part_of,
            "presence": [presence_json(seen) for seen in present.get(force.id, ())],
            "strength": strength_json(state[StateKey("strength", force.id)]),
            "operations": [
                op.id
                for op in scenario.operations
                if force.id in op.forces and _under_way(state[StateKey("effort", op.id)])
            ],
        }
        for force in scenario.forces
    }
    answer["tallies"] = [tally_json(row) for row in tallies]
    return answer


def turns_json(scenario: Scenario, force: str) -> list[Json]:
    """From when on a force has another side, parent or name, and by which event."""
    return [
        {
            "event": turn.event,
            "date": date.text if (date := scenario.event[turn.event].date) else None,
            "side": turn.side,
            "part_of": turn.part_of,
            "name": turn.name,
        }
        for turn in scenario.turns.get(force, ())
    ]


def _under_way(marked: Marked) -> bool:
    return isinstance(marked.value, Effort) and marked.value.status != "complete"


def tally_json(row: TallyRow) -> Json:
    """One row of a tally."""
    return {
        "name": row.name,
        "unit": row.unit,
        "of": row.of,
        "where": list(row.where),
        "period": row.period,
        "by": row.by,
        "kind": row.kind,
        "together": row.together,
        "counted_by": row.counted_by,
        "reports": row.reports,
        **range_json(row.number),
        "mark": row.mark,
        "since": row.since,
        "age_days": row.age_days,
        "addends": [_addend(addend) for addend in row.addends],
        "because": [testimony_json(t) for t in row.because],
        "against": [testimony_json(t) for t in row.against],
    }


def _addend(addend: Addend) -> Json:
    """One number that somebody gave, and what others say instead of it."""
    return {
        "event": addend.event,
        "kind": addend.kind,
        **range_json(addend.number),
        "counted_by": addend.counted_by,
        "period": addend.period,
        "mark": addend.mark,
        "because": [testimony_json(t) for t in addend.because],
        "against": [testimony_json(t) for t in addend.against],
    }
