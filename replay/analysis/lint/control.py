"""Questions about who holds what: taken twice, contested for ever, an order left open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from replay.analysis.lint.registry import Finding, rule
from replay.events.control import Capture, acting_together
from replay.model.state import MARKS, Change, Control, StateKey
from replay.timeline.timeline import Timeline


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
            if change.after.mark == "possible" or _may_be_later(timeline, key, change.tick):
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


def _may_be_later(timeline: Timeline, key: StateKey, tick: int) -> bool:
    """Whether the order of the events of a tick decides about a key, and is not known."""
    return bool(timeline.weighed(key, tick).dates)


def _sides(timeline: Timeline, event: Capture) -> tuple[str, ...]:
    return acting_together(event, timeline.scenario, event.by)


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


@rule("L306", "two events of the same tick of which nothing tells the order, though it matters")
def _order_open(timeline: Timeline) -> Iterator[Finding]:
    asked: set[tuple[str, str]] = set()
    keys = [key for key in timeline.names if key.aspect != "tally"]
    for key in sorted(keys, key=lambda key: (key.aspect != "control", key)):
        for tick in timeline.ties(key):
            for first, second in _without_order(timeline, key, tick):
                if (first, second) not in asked:
                    asked.add((first, second))
                    day = timeline.scenario.calendar.label(tick)
                    what = " at ".join(timeline.scenario.name(of) for of in (key.of, key.at) if of)
                    message = f"{first} and {second} change {what} on {day}, in an unknown order"
                    hint = "if a source says which came first, write it as `after:` or as an hour"
                    yield Finding("L306", second, message, hint)
    yield from _rows_in_no_order(timeline)


def _rows_in_no_order(timeline: Timeline) -> Iterator[Finding]:
    """Tables with rows of one place and tick, of different sides, that no hour puts in order."""
    rows = timeline.rows
    undecided = np.flatnonzero((rows.event < 0) & (rows.mark == MARKS.index("possible")))
    for table in timeline.tables:
        own = -1 - rows.event[undecided]
        found = undecided[(own >= table.first) & (own < table.first + len(table.columns))]
        if len(found):
            file = timeline.scenario.tables[table.columns.table].file
            first = timeline.change(int(found[0]))
            name = timeline.scenario.name(first.key.of)
            day = timeline.scenario.calendar.label(first.tick)
            times = "once" if len(found) == 1 else f"{len(found)} times"
            message = f"{file} has rows of one day and place in an unknown order, {times}"
            hint = f"write the hour into the date where it is known, as for {name} on {day}"
            yield Finding("L306", file, message, hint)


def _without_order(timeline: Timeline, key: StateKey, tick: int) -> Iterator[tuple[str, str]]:
    """Pairs of events of a tick whose order decides about a key, and is not known."""
    known = [
        case
        for case in timeline.causes(key, tick).dates
        if case.variants[0].earliest == case.variants[0].latest == tick
    ]
    known.sort(key=lambda case: case.reading.order)
    for one, other in combinations(known, 2):
        a, b = one.variants[0], other.variants[0]
        if a.last >= b.first and b.last >= a.first and not timeline.in_order(one, other):
            ids = one.reading.event.id, other.reading.event.id
            if ids[1] not in timeline.scenario.event:
                ids = ids[1], ids[0]
            if ids[1] in timeline.scenario.event:  # two rows of tables are another rule's
                yield ids


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
    for change in timeline.history(StateKey("control", place)):
        value = change.after.value
        taken = isinstance(timeline.scenario.event.get(change.event), Capture)
        if taken and isinstance(value, Control):
            for side in value.holders:
                found.setdefault(side, change.event)
    return found
