"""Questions about who leaves a place or hands it over without being there, and about denials."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.lint.registry import Finding, rule
from replay.events.control import HandOver, Withdraw, acting_together
from replay.lens import Reading
from replay.model.state import Control, StateKey, ground_key
from replay.timeline.timeline import Timeline


@rule("L343", "a place left or handed over by a side that was not there")
def _left_by_another(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    for reading in timeline.readings:
        event = reading.shown.event
        if not isinstance(event, (HandOver, Withdraw)) or not reading.dated:
            continue
        giving = set(acting_together(event, scenario, event.by))
        for place in event.place:
            there = _there(timeline, place, reading)
            if there is not None and giving.isdisjoint(there):
                does = "hands over" if isinstance(event, HandOver) else "leaves"
                who = " and ".join(sorted(scenario.name(side) for side in giving))
                message = f"{who} {does} {scenario.name(place)} without holding or contesting it"
                hint = "is `by` the right side, or does an event before it have no claim yet?"
                yield Finding("L343", event.id, message, hint)


def _there(timeline: Timeline, place: str, reading: Reading) -> set[str] | None:
    """The sides in and around a place before an event; None where that is not certain."""
    key = StateKey("control", place) if place in timeline.scenario.place else ground_key(place)
    tick = reading.shown.earliest
    same_tick = (change.event for change in timeline.history(key) if change.tick == tick)
    if tick <= 0 or any(event != reading.event.id for event in same_tick):
        return None
    before = timeline.at(tick - 1)[key]
    if before.mark != "certain" or not isinstance(before.value, Control):
        return None
    there = {*before.value.sides, *before.value.by}
    return None if before.value.status == "unknown" else there


@rule("L344", "an event that every claim denies")
def _only_denied(timeline: Timeline) -> Iterator[Finding]:
    for event in timeline.scenario.events:
        if event.claims and all(claim.denies for claim in event.claims):
            message = f"{event.id}: no claim says that it happened, and all deny it"
            hint = "cite who says that it happened; a denial alone changes and disputes nothing"
            yield Finding("L344", event.id, message, hint)
