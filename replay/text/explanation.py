"""Answers in words: the state on a day, the reasons for it, and the counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from replay.analysis.denials import denied_about, sides_of_denial
from replay.analysis.ground_parts import ground_parts, reported_progress
from replay.analysis.ground_state import ground_marks_at
from replay.analysis.left_out import left_out
from replay.analysis.notes import claim_notes, place_notes, testimony_notes
from replay.analysis.presences import LastSeen, last_seen
from replay.analysis.takers import taken_differently
from replay.analysis.tallies import TallyRow
from replay.analysis.whole import wholes_behind
from replay.foundation.edtf import parse
from replay.foundation.english import counted, format_date
from replay.lens import Reading
from replay.model import Scenario
from replay.model.state import UNKNOWN, Marked, Presence, Share, StateKey
from replay.text.counts import reasons
from replay.text.dates import at_the_time
from replay.text.difference import undated_difference_text
from replay.text.lens import lens_line
from replay.text.narrative import TextLine, left_out_note, who_says
from replay.text.phrases import bare_value, value, voices
from replay.text.phrases import ground_phrase as ground_text
from replay.text.phrases import since_text as spoken_since
from replay.text.takers import at_place
from replay.text.tallies import addends, counter_text, how_many, says, what, when
from replay.timeline.explanation import Explanation, Testimony, explain
from replay.timeline.timeline import State, Timeline

EXPLAINED_ASPECTS = {
    "place": ("control", "share", "formation"),
    "area": ("ground", "progress"),
    "route": ("ground", "progress"),
    "operation": ("effort",),
    "force": ("strength", "position", "standing"),
    "person": ("standing",),
    "voice": ("standing",),
    "side": (),
}
"""The aspects that are explained for each kind of thing."""

_NAMED = {
    "control": "",
    "ground": "",
    "formation": "captured or held by ",
    "progress": "taken: ",
    "effort": "",
    "strength": "strength: ",
    "position": "",
    "standing": "",
}


def day_text(text: str) -> str:
    """A day or an interval in EDTF as a reader says it."""
    return format_date(parse(text))


# --- a day --------------------------------------------------------------------------------------


def told_state(
    timeline: Timeline, on: str | int | State, numbers: list[TallyRow]
) -> Iterator[TextLine]:
    """The state at a moment: places, ground, forces, numbers."""
    now = timeline.at(on)
    timeline, scenario = now.timeline, now.timeline.scenario
    phase = scenario.phase_at(now.tick)
    where = f" · {phase.name}" if phase else ""
    yield TextLine("title", f"{scenario.title}, {at_the_time(now)}{where}")
    yield TextLine("note", lens_line(timeline))
    yield from left_out_note(left_out(timeline).until(now.tick))
    known = {p.name: value(scenario, now.control[p.id]) for p in scenario.places if not p.context}
    yield from _table("Places", known)
    ground = [*scenario.areas, *scenario.routes]
    values = {of.name: ground_marks_at(now, of.id) for of in ground}
    spoken = {
        name: ground_text(scenario, held_by, taken)
        for name, (held_by, taken) in values.items()
        if held_by != Marked(UNKNOWN) or taken.value is not None
    }
    yield from _table("Areas and routes", spoken)
    yield from _table("Forces, where last documented", dict(_forces(scenario, now)))
    if numbers:
        yield TextLine("phase", "Counted")
        yield from told_numbers(scenario, numbers)


def _table(title: str, rows: dict[str, str]) -> Iterator[TextLine]:
    if rows:
        yield TextLine("phase", title)
    wide = max((len(name) for name in rows), default=0)
    for name, text in rows.items():
        yield TextLine("row", f"{name:<{wide}}  {text}", hang=wide + 2)


def _forces(scenario: Scenario, now: State) -> Iterator[tuple[str, str]]:
    places = last_seen(now)
    for force in scenario.forces:
        seen = [f"{scenario.name(p.place)}{_age(p)}" for p in places.get(force.id, ())]
        if seen:
            yield force.name, ", ".join(seen)


def _age(seen: LastSeen) -> str:
    days = seen.age_days
    return "" if days == 0 else " (1 day before)" if days == 1 else f" ({days} days before)"


# --- why ----------------------------------------------------------------------------------------


def told_why(timeline: Timeline, of: str, on: str | int | State) -> Iterator[TextLine]:
    """The state of a thing at a moment: why it is so, who says so, and who disagrees."""
    now = timeline.at(on)
    timeline, scenario = now.timeline, now.timeline.scenario
    kind = scenario.kind_of(of) or "thing"
    minute = scenario.calendar.end(now.tick)
    name = scenario.force_at(of, minute).name if kind == "force" else scenario.name(of)
    yield TextLine("title", f"{name}, {at_the_time(now)}")
    yield TextLine("note", lens_line(timeline))
    yield from left_out_note(left_out(timeline).until(now.tick).about(of))
    yield from (TextLine("note", note) for note in place_notes(scenario, of))
    if kind == "side":
        held = [p for p, m in now.control.items() if of in getattr(m.value, "holders", ())]
        places = ", ".join(scenario.name(p) for p in held) or "no known place"
        yield TextLine("event", f"holds {places}")
    if of in scenario.turns:
        yield TextLine("event", _sides_through_time(scenario, of, minute))
    keys = [StateKey(aspect, of) for aspect in EXPLAINED_ASPECTS[kind]]
    keys += [key for key, _ in timeline.keys_of("presence") if key.of == of]
    told = [why for key in keys if _is_told(why := explain(timeline, key, now))]
    for why in told:
        yield TextLine("phase", holds_line(scenario, why.key, why.marked, why.since))
        yield from _as_part(scenario, why)
        yield from _reasons(scenario, why)
        yield from (TextLine("note", text) for text in taker_notes(timeline, why))
        yield from _ground_parts(timeline, why)
        if why.key.aspect == "share":
            yield from _shares_before(timeline, why)
    against = {one.event for why in told for one in why.against}
    denied = [r for r in denied_about(timeline, of, now.tick) if r.event.id not in against]
    yield from _denied(scenario, denied)
    if not told and not denied and kind != "side":
        name = scenario.name(of)
        yield TextLine("answer", f"No event by then says anything about {name}.")


def taker_notes(timeline: Timeline, why: Explanation) -> Iterator[str]:
    """Why the event may name other takers than the place."""
    if why.key.aspect != "formation":
        return
    events = dict.fromkeys(told.event for told in why.because)
    for reading in (r for r in timeline.readings if r.event.id in events):
        for one in taken_differently(timeline, reading):
            if one.place == why.key.of:
                yield at_place(timeline.scenario, one)


def _ground_parts(timeline: Timeline, why: Explanation) -> Iterator[TextLine]:
    """The reports that are added up to the ground taken, each with its own citation."""
    scenario = timeline.scenario
    reported = ground_parts(timeline, why.key, timeline.tick(why.on))
    if len(reported) < 2:
        return
    total = reported_progress(timeline, why.key, timeline.tick(why.on))
    all_of_it = "" if total is None else f", {bare_value(scenario, total.as_reported)}"
    yield TextLine("event", f"sum of {counted(len(reported), 'report')}{all_of_it}")
    for part, claims in reported:
        yield TextLine("source", f"{bare_value(scenario, part)}: {witness_text(scenario, claims)}")


def _shares_before(timeline: Timeline, why: Explanation) -> Iterator[TextLine]:
    """How much of a place was held on the days before, with other possible values."""
    scenario, label = timeline.scenario, timeline.scenario.calendar.label
    now = timeline.tick(why.on)
    earlier = {c.tick: c.after for c in timeline.history(why.key) if 0 <= c.tick <= now}
    for tick, marked in sorted(earlier.items()):
        if marked != why.marked:
            values = [v for v in (marked.value, *marked.could) if isinstance(v, Share)]
            text = " or ".join(dict.fromkeys(bare_value(scenario, v) for v in values))
            doubt = "" if marked.mark == "certain" else f" ({marked.mark})"
            yield TextLine(
                "event", f"before, from {day_text(label(tick))}: {text or 'unknown'}{doubt}"
            )


def _sides_through_time(scenario: Scenario, force: str, minute: int) -> str:
    """The side that a force acts for, the force that it is part of, and when these changed."""
    now = scenario.force_at(force, minute)
    part = f", part of {scenario.name(now.part_of)}" if now.part_of else ""
    told = [f"acts for {scenario.name(now.side)}{part}"]
    for turn in scenario.turns[force]:
        event = scenario.event[turn.event]
        when = day_text(event.date.text) if event.date else "at an unknown date"
        words = [f"for {scenario.name(turn.side)}"] if turn.side else []
        words += [f"part of {scenario.name(turn.part_of)}"] if turn.part_of else []
        words += [f"called {turn.name}"] if turn.name else []
        told.append(f"from {when} on {', '.join(words)}")
    first = scenario.force[force]
    return f"{told[0]} (at first for {scenario.name(first.side)}; {'; '.join(told[1:])})"


def _is_told(why: Explanation) -> bool:
    marked = why.marked
    if why.key.aspect == "ground" and marked == Marked(UNKNOWN):
        return False
    return marked.value is not None or bool(marked.could) or why.key.aspect == "control"


def holds_line(scenario: Scenario, key: StateKey, marked: Marked, since: str | None) -> str:
    """A value in words, and since when: "Held by ISIL, since 2014"."""
    place = key.at
    if place:
        assert isinstance(marked.value, Presence) or marked.value is None
        status = marked.value.status if marked.value else "perhaps"
        doubt = "" if marked.mark == "certain" or not marked.value else f" ({marked.mark})"
        text = f"{status} at {scenario.name(place)}{doubt}"
    else:
        text = f"{_NAMED.get(key.aspect, '')}{value(scenario, marked)}"
    return f"{text[0].upper()}{text[1:]}" + (f", {spoken_since(since)}" if since else "")


def _denied(scenario: Scenario, readings: list[Reading]) -> Iterator[TextLine]:
    """The events that some claims report and others deny."""
    if readings:
        yield TextLine("phase", "Reported, and denied")
    for reading in readings:
        reports, denying = sides_of_denial(reading)
        yield TextLine("event", _summary(scenario, reports[0]))
        yield TextLine("source", witness_text(scenario, reports))
        for one in denying:
            yield TextLine("rival", f"≠ {who_says(scenario, one)}{_against(scenario, one)}")


def _as_part(scenario: Scenario, why: Explanation) -> Iterator[TextLine]:
    for whole in wholes_behind(scenario, why):
        yield TextLine("event", f"as a part of {scenario.name(whole)}")


def _reasons(scenario: Scenario, why: Explanation) -> Iterator[TextLine]:
    for told in _by_event(why.because):
        yield TextLine("event", f"because: {_summary(scenario, told[0])}")
        yield TextLine("source", witness_text(scenario, told))
        yield from _noted(testimony_notes(scenario, told))
    for told in _by_event(why.pending):
        yield TextLine("event", f"not yet certain: {_summary(scenario, told[0])}")
        yield TextLine("source", witness_text(scenario, told))
        yield from _noted(testimony_notes(scenario, told))
    own = {told.event for told in why.because}
    for one in why.against:
        date = f", {day_text(one.date)}" if one.date else ""
        about = "" if one.event in own else f" (about: {_summary(scenario, one)})"
        yield TextLine(
            "rival", f"≠ {who_says(scenario, one)}{date}{_against(scenario, one)}{about}"
        )
        yield from _noted(claim_notes([one]))
    if why.next:
        then = value(scenario, why.next.to)
        event = scenario.event.get(why.next.event)
        summary = f". {event.summary}" if event else ""
        yield TextLine("event", f"next, {day_text(why.next.date)}: {then}{summary}")


def _noted(notes: Iterable[str]) -> Iterator[TextLine]:
    return (TextLine("source", note) for note in notes)


def _by_event(told: Iterable[Testimony]) -> list[list[Testimony]]:
    found: dict[str, list[Testimony]] = {}
    for one in told:
        found.setdefault(one.event, []).append(one)
    return list(found.values())


def _summary(scenario: Scenario, told: Testimony) -> str:
    event = scenario.event.get(told.event)
    date = f" ({day_text(told.date)})" if told.date else ""
    return f"{event.summary if event else told.event}{date}"


def _against(scenario: Scenario, told: Testimony) -> str:
    """What a claim says differently, after the name of its reporter; empty if it says no more."""
    text = undated_difference_text(scenario, told.says)
    return f": {text}" if text else ""


def witness_text(scenario: Scenario, told: list[Testimony]) -> str:
    """Who says so, with the carrier and the day of the report if the claim gives them."""
    found: dict[tuple[str | None, str], list[str]] = {}
    for one in told:
        name = scenario.name(one.reporter) if one.reporter else None
        cites = found.setdefault((name, _carried(scenario, one)), [])
        cites.append(f"{one.source} {one.locator}")
    return voices((name, ", ".join(cites) + more) for (name, more), cites in found.items())


def _carried(scenario: Scenario, one: Testimony) -> str:
    """The outlet that carried a claim and the day of the report; empty without both."""
    report = scenario.report.get(one.via or "")
    told = []
    if report is not None:
        outlet = scenario.name(report.outlet) if report.outlet else f"“{report.title}”"
        told.append(f"via {outlet}")
    reported = report_day(one)
    if reported:
        told.append(f"reported {reported}")
    return f" [{', '.join(told)}]" if told else ""


def report_day(one: Testimony) -> str | None:
    """The report date of a claim in words, and whether it was taken from another sentence."""
    if one.reported is None:
        return None
    where = one.inherited_from
    taken = f", date taken from {where}" if where else ""
    return f"{day_text(one.reported)}{taken}"


# --- numbers ------------------------------------------------------------------------------------


def told_tally(
    timeline: Timeline, on: str | int | State, found: list[TallyRow]
) -> Iterator[TextLine]:
    """Numbers at a moment, each with who says so and how several come together."""
    now = timeline.at(on)
    timeline = now.timeline
    yield TextLine("title", f"Counted, {at_the_time(now)}")
    yield TextLine("note", lens_line(timeline))
    every = (e.name for event in timeline.scenario.events for e in event.tallies)
    names = {row.name for row in found} or set(every)  # what is left out may be all there is
    yield from left_out_note(left_out(timeline).until(now.tick).counting(names))
    yield from told_numbers(timeline.scenario, found, why=True)


def told_numbers(
    scenario: Scenario, found: list[TallyRow], why: bool = False
) -> Iterator[TextLine]:
    """Each number with its bounds, its period and its counter; `why` adds who says so."""
    if not found:
        yield TextLine("answer", "Nothing had been counted by then.")
    for row in found:
        days = f", {said}" if (said := when(row)) else ""
        mark = "" if row.mark == "certain" else f" [{row.mark}]"
        text = f"{what(scenario, row)}: {how_many(row)}{mark}{days}, {counter_text(scenario, row)}"
        yield TextLine("event", text, hang=4)
        for reason in reasons(scenario, row.reckoning) if why else ():
            yield TextLine("source", reason)
        if not why or row.together:
            continue
        if row.counted_by:
            yield TextLine("source", witness_text(scenario, list(row.because)))
            for one in row.against:
                yield TextLine("rival", f"≠ {who_says(scenario, one)}: {says(one)}")
        else:
            yield from (TextLine("source", part) for part in addends(scenario, row))
            if not row.addends:
                yield TextLine("source", witness_text(scenario, list(row.because)))
