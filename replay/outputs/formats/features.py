"""Features: what a map program shows of a replay, each with its time, its position, its evidence.

There are four kinds. `control` is a stretch in which nothing changes in how a place is held,
`ground` the same of an area or route, `presence` of a force or person at a place; `event` is
something that happened, within the dates that its claims leave open. What has no position or no
day stays, without geometry or time, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from replay.analysis.ground_state import ground_marks
from replay.analysis.intervals import Interval, stretches
from replay.engine.log import RivalValue
from replay.facts.answers import control_json, ground_json, testimony_json
from replay.foundation.edtf import Minute, parse
from replay.foundation.english import format_date
from replay.foundation.geodesy import Located, Region
from replay.lens import BEFORE_ALL, Reading
from replay.model import Scenario
from replay.model.state import UNKNOWN, Control, Marked, Presence, StateKey, ground_key
from replay.outputs.formats import moments
from replay.text import phrases
from replay.text.difference import difference_text
from replay.text.phrases import witnessed
from replay.timeline.difference import event_difference
from replay.timeline.explanation import Explanation, Testimony, claimed, spell_ticks
from replay.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the map for one span of time."""

    id: str
    feature: str
    """control, ground, presence or event."""
    of: str
    """The id of the place, area, route, force, person or event."""
    name: str
    title: str
    """Its name and what holds, in words."""
    first: Minute | None
    """Its first minute; None where the beginning is open. It may lie before the window."""
    last: Minute | None
    """Its last minute, included; None where no document sets an end: it never took effect."""
    edtf: str | None
    """The span as EDTF, both ends included; of an event, as its claims date it."""
    when: str | None
    """The same in English."""
    at: tuple[Located, ...]
    """Where it is: several places of one event, or none where that is not known."""
    around: Region | None
    """The ground around which it lies, if it is an area without an outline."""
    colour: str | None
    """The colour of the side that holds or acts, as the script names it."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What else there is to say, the same keys for all (see `FACTS`)."""

    @property
    def drawn(self) -> tuple[Located, ...]:
        """Where it is shown: nowhere if it has no day, as it would be shown on all of them."""
        return () if self.last is None else self.at


FACTS = (
    *("type", "status", "side", "sides", "by", "mark", "could", "since", "basis"),
    *("share", "amount", "unit", "places", "actors", "operation", "summary"),
    *("says_so", "says_otherwise", "because", "against", "pending"),
    *("position", "accuracy_km"),
)
"""The keys of `Feature.facts`, in order; what does not apply is None, or an empty list."""


def features(timeline: Timeline) -> Iterator[Feature]:
    """Every feature: places in the order of the script, then ground, presences and events.

    Places of which no claim ever speaks have no control to tell of; they are left to the whole
    replay (`.json`).
    """
    scenario = timeline.scenario
    spoken = {key.of for key, _ in timeline.keys_of("control")}
    for place in scenario.places:
        if place.id in spoken:
            for stretch in stretches(timeline, StateKey("control", place.id)):
                yield _control(timeline, stretch)
    for ground in (*scenario.areas, *scenario.routes):
        yield from _of_ground(timeline, ground.id)
    for key, _ in timeline.keys_of("presence"):
        for stretch in stretches(timeline, key):
            if isinstance(stretch.marked.value, Presence) and _there(stretch):
                yield _presence(timeline, stretch)
    for reading in timeline.every_reading():
        yield _event(timeline, reading)


def _there(stretch: Interval) -> bool:
    return getattr(stretch.marked.value, "status", "gone") != "gone"


# --- stretches ----------------------------------------------------------------------------------


def _control(timeline: Timeline, stretch: Interval) -> Feature:
    scenario, of = timeline.scenario, stretch.key.of
    control = stretch.marked.value if isinstance(stretch.marked.value, Control) else UNKNOWN
    held = phrases.control(scenario, stretch.marked)
    facts = {"type": scenario.place[of].kind, "places": [of], **control_json(stretch.marked)}
    return _stretch(timeline, stretch, "control", of, held, control.side, facts)


def _of_ground(timeline: Timeline, of: str) -> Iterator[Feature]:
    """Stretches in which neither who holds an area or route changes nor how much of it is taken."""
    held = list(stretches(timeline, ground_key(of)))
    taken = list(stretches(timeline, StateKey("progress", of)))
    while held and taken:
        pair = held[0], taken[0]
        first, last = max(s.first for s in pair), min(s.last for s in pair)
        said = max(pair, key=lambda s: -1 if s.turn is None else s.turn.minute)
        if pair[1].turn and said.turn and said.turn.minute == pair[1].turn.minute:
            said = pair[1]
        yield _ground(timeline, replace(said, first=first, last=last), *(s.marked for s in pair))
        held, taken = (rest[rest[0].last == last :] for rest in (held, taken))


def _ground(timeline: Timeline, stretch: Interval, held_by: Marked, taken: Marked) -> Feature:
    scenario, of = timeline.scenario, stretch.key.of
    later = stretch.key.aspect == "progress"
    control, progress = ground_marks(scenario, of, held_by, taken, taken_later=later)
    is_area = of in scenario.area
    unit = "km2" if is_area else "km"
    told = ground_json(scenario, of, control, progress)
    amount = told.pop(unit)
    side = told["side"] or getattr(progress.value, "side", None)
    held = phrases.ground_phrase(scenario, control, progress)
    facts = {"type": "area" if is_area else "route", "amount": amount, "unit": unit, **told}
    return _stretch(timeline, stretch, "ground", of, held, side, facts)


def _presence(timeline: Timeline, stretch: Interval) -> Feature:
    scenario = timeline.scenario
    who, where = stretch.key.of, stretch.key.at
    side = scenario.side_of(who, stretch.last) if who in scenario.force else None
    side = side or getattr(scenario.things.get(who), "side", None)
    status = str(stretch.marked.value)
    facts = {
        "type": "force" if who in scenario.force else "person",
        "status": status,
        "side": side,
        "places": [where],
        "mark": stretch.marked.mark,
        "could": [{"status": "unknown" if v is None else str(v)} for v in stretch.marked.could],
    }
    doubt = "" if stretch.marked.mark == "certain" else f" ({stretch.marked.mark})"
    held = f"{status} at {scenario.name(where)}{doubt}"
    return _stretch(timeline, stretch, "presence", who, held, side, facts)


def _stretch(
    timeline: Timeline,
    stretch: Interval,
    kind: str,
    of: str,
    held: str,
    side: str | None,
    facts: dict[str, Any],
) -> Feature:
    scenario = timeline.scenario
    span = moments.within(stretch.first, stretch.last)
    where = facts.get("places", [])
    why = stretch.why(timeline)
    evidence = {"since": why.since, **_evidence(scenario, why)}
    evidence["basis"] = stretch.basis(timeline)
    thing = f"{of}@{stretch.key.at}" if stretch.key.at else of
    return Feature(
        id=f"{kind}:{thing}:{moments.ends(stretch.first, stretch.last)[0]}",
        feature=kind,
        of=of,
        name=scenario.name(of),
        title=f"{scenario.name(of)}: {held}",
        first=stretch.first,
        last=stretch.last,
        edtf=span.text,
        when=format_date(span),
        at=_located(scenario, where),
        around=scenario.regions.get(of),
        colour=_colour(scenario, side),
        facts=_facts(facts | evidence, _located(scenario, where), scenario.regions.get(of)),
    )


def _evidence(scenario: Scenario, why: Explanation) -> dict[str, Any]:
    names = dict.fromkeys(t.event for t in why.because)
    summaries = [scenario.event[name].summary for name in names if name in scenario.event]
    return {"summary": " ".join(summaries) or None} | _told(
        scenario, why.because, why.against, why.pending
    )


def _told(
    scenario: Scenario,
    because: Iterable[Testimony],
    against: Iterable[Testimony],
    pending: Iterable[Testimony] = (),
) -> dict[str, Any]:
    """The claims as data, and in words for a label: who says so, who says otherwise."""
    against = list(against)
    otherwise = [
        f"{witnessed(scenario, [t])}: {difference_text(scenario, t.says)}" for t in against
    ]
    return {
        "says_so": witnessed(scenario, because) or None,
        "says_otherwise": "; ".join(otherwise) or None,
        "because": [testimony_json(told) for told in because],
        "against": [testimony_json(told) for told in against],
        "pending": [testimony_json(told) for told in pending],
    }


# --- events -------------------------------------------------------------------------------------


def _event(timeline: Timeline, reading: Reading) -> Feature:
    scenario, shown = timeline.scenario, reading.shown
    event = shown.event
    group = RivalValue(shown.earliest, shown.latest, None, True, shown.claims)
    edtf = spell_ticks(timeline, reading, group) if event.date else None
    first, last = _span(timeline, reading, edtf)
    actors = event.actors()
    side = scenario.side_of(actors[0], event) if actors and actors[0] in scenario.force else None
    side = actors[0] if actors and actors[0] in scenario.side else side
    where = [of for of in dict.fromkeys((*event.place, *event.objects())) if of in scenario.place]
    facts = {
        "type": event.type,
        "side": side,
        "actors": list(actors),
        "places": where,
        "operation": event.operation,
        "summary": event.summary,
        **_event_told(timeline, reading),
    }
    return Feature(
        id=f"event:{event.id}",
        feature="event",
        of=event.id,
        name=scenario.name(next(iter((*where, *event.place, *actors)), "")) or event.summary,
        title=event.summary,
        first=first,
        last=last,
        edtf=edtf,
        when=format_date(parse(edtf)) if edtf else None,
        at=_located(scenario, where),
        around=None,
        colour=_colour(scenario, side),
        facts=_facts(facts, _located(scenario, where)),
    )


def _span(
    timeline: Timeline, reading: Reading, edtf: str | None
) -> tuple[Minute | None, Minute | None]:
    """The first and last minute within which an event happened; no last one where it has none."""
    shown, calendar = reading.shown, timeline.scenario.calendar
    if not reading.dated:
        return None, None
    first = calendar.begin(shown.earliest) if shown.earliest > BEFORE_ALL else None
    last = calendar.end(shown.latest)
    if edtf is None:
        return first, last
    bounds = parse(edtf).bounds
    begins = [minute for minute in (first, bounds.earliest) if minute is not None]
    own = last if bounds.latest is None else min(last, bounds.latest)
    return (min(max(begins), own) if begins else None), own


def _event_told(timeline: Timeline, reading: Reading) -> dict[str, Any]:
    because: list[Testimony] = []
    against: list[Testimony] = []
    for version in reading.versions:
        says = event_difference(timeline.scenario, reading, version)
        told = [claimed(reading, n, says or None) for n in version.claims]
        (against if says else because).extend(told)
    return _told(timeline.scenario, because, against)


# --- what all have ------------------------------------------------------------------------------


def _located(scenario: Scenario, places: Iterable[str]) -> tuple[Located, ...]:
    return tuple(scenario.located[of] for of in places if of in scenario.located)


def _colour(scenario: Scenario, side: str | None) -> str | None:
    return scenario.colours[side] if side else None


def _facts(
    told: dict[str, Any], at: tuple[Located, ...], around: Region | None = None
) -> dict[str, Any]:
    kinds = {located.kind for located in at}
    told["position"] = None if not kinds else kinds.pop() if len(kinds) == 1 else "several"
    told["accuracy_km"] = round(max(located.radius_km for located in at), 3) if at else None
    if around is not None:
        told |= {"position": "around", "accuracy_km": round(around.reach_km, 3)}
    lists = ("sides", "by", "could", "places", "actors", "because", "against", "pending")
    return {key: told.get(key, [] if key in lists else None) for key in FACTS}
