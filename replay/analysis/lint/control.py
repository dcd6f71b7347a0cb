"""Questions about who holds what: taken twice, contested for ever, an order left open."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.lint.registry import Finding, rule
from replay.events.control import Capture, together
from replay.state import Change, Control, Key
from replay.timeline import Timeline


@rule("L301", "a place taken again by the side that holds it, without a loss between")
def _taken_twice(timeline: Timeline) -> Iterator[Finding]:
    for place, change, since in _taken_from_nobody(timeline):
        if isinstance(timeline.scenario.event.get(since), Capture):
            message = f"{place} is taken by the side that holds it since the event {since}"
            hint = "is it one event told twice, another place, or was it lost in between?"
            yield Finding("L301", change.event, message, hint)


@rule("L315", "a place taken by the side that held it all the time")
def _taken_by_its_holder(timeline: Timeline) -> Iterator[Finding]:
    for place, change, since in _taken_from_nobody(timeline):
        if not isinstance(timeline.scenario.event.get(since), Capture):
            message = f"{place} is taken by the side that had it already, by the event {since}"
            hint = "is `by` the right side, or was the place lost before?"
            yield Finding("L315", change.event, message, hint)


def _taken_from_nobody(timeline: Timeline) -> Iterator[tuple[str, Change, str]]:
    """Captures that change nothing for certain: the place, the change, and who gave it before.

    Where the place may have been lost in between, or the capture may not have happened yet, there
    is nothing to ask.
    """
    for key, _ in timeline.keys_of("control"):
        since = ""
        for change in timeline.history(key):
            if change.after.mark == "possible":
                continue
            before, after = change.before.value, change.after.value
            held = isinstance(before, Control) and before.status == "held" and before == after
            event = timeline.scenario.event.get(change.event)
            again = (
                isinstance(event, Capture)
                and key.of in event.place  # not as a part of one
                and _sides(timeline, event) == _holders(before)
            )
            if held and again and change.before.mark == "certain" and since != change.event:
                yield timeline.scenario.name(key.of), change, since
            since = change.event


def _sides(timeline: Timeline, event: Capture) -> tuple[str, ...]:
    return together(timeline.scenario, event.by)


def _holders(value: object) -> tuple[str, ...]:
    return value.holders if isinstance(value, Control) else ()


@rule("L305", "a contested place whose contest never ends")
def _contested_for_ever(timeline: Timeline) -> Iterator[Finding]:
    last = timeline.at(timeline.scenario.calendar.ticks - 1)
    for place, marked in last.control.items():
        contested = isinstance(marked.value, Control) and marked.value.status == "contested"
        if contested and marked.mark != "possible":
            name = timeline.scenario.name(place)
            message = f"{name} is still contested when the window ends"
            yield Finding("L305", place, message, "does no source say who has it in the end?")


@rule("L306", "an event that takes a place in the same tick as another, in an order left open")
def _order_open(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    for key, _ in timeline.keys_of("control"):
        earlier: dict[int, str] = {}
        for change in timeline.history(key):
            if change.basis != "documented" or change.tick < 0:
                continue
            other = earlier.get(change.tick)
            event = scenario.event.get(change.event)
            if other is not None and event is not None and other != change.event:
                told = _comes_after(timeline, change.event, other)
                if not told and change.before.value != change.after.value:
                    day = scenario.calendar.label(change.tick)
                    message = f"{change.event} and {other} change {key.of} on {day}, in file order"
                    hint = "if a source says which came first, write it as `after:` or as an hour"
                    yield Finding("L306", change.event, message, hint)
            earlier[change.tick] = change.event


def _comes_after(timeline: Timeline, event: str, other: str) -> bool:
    """Whether an event comes after another one, by `after`, directly or not, or by the hour."""
    mine, before = timeline.scenario.event[event].date, timeline.scenario.event[other].date
    begins = mine.bounds.earliest if mine else None
    ends = before.bounds.latest if before else None
    if begins is not None and ends is not None and ends < begins:
        return True
    seen = {event}
    todo = [event]
    while todo:
        for earlier in timeline.scenario.event[todo.pop()].after:
            if earlier == other:
                return True
            if earlier not in seen:
                seen.add(earlier)
                todo.append(earlier)
    return False


@rule("L314", "two places that may be one, both taken by the same side")
def _perhaps_one(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    for place in scenario.places:
        if place.perhaps is not None:
            mine, other = _takers(timeline, place.id), _takers(timeline, place.perhaps)
            for side in sorted(mine.keys() & other.keys()):
                one, two = scenario.name(place.id), scenario.name(place.perhaps)
                message = f"{mine[side]} takes {one}, {other[side]} {two}, which may be the same"
                hint = "is it one event told twice? if no source decides, acknowledge it"
                yield Finding("L314", place.id, message, hint)


def _takers(timeline: Timeline, place: str) -> dict[str, str]:
    """Side → the first event with which it took a place."""
    found: dict[str, str] = {}
    for change in timeline.history(Key("control", place)):
        value = change.after.value
        taken = isinstance(timeline.scenario.event.get(change.event), Capture)
        if taken and isinstance(value, Control):
            for side in value.holders:
                found.setdefault(side, change.event)
    return found
