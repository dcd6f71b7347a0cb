"""The lint that walks a replay: what is not wrong, but what an author should have a reason for.

A rule is one function that yields findings. A finding that is meant is acknowledged in the script
with a written reason: `acknowledge: [{code: L301, of: rawa-taken, reason: …}]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from replay.events.control import Capture
from replay.lens import BEFORE_ALL
from replay.state import Control, Key, Tally
from replay.tallies import series
from replay.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: which rule, about which record, what, and what to do."""

    code: str
    of: str
    message: str
    hint: str


Rule = Callable[[Timeline], Iterator[Finding]]
RULES: dict[str, tuple[str, Rule]] = {}
"""Code → what the rule looks for, and the rule."""


def rule(code: str, looks_for: str) -> Callable[[Rule], Rule]:
    """Decorator: the function is the lint rule of this code."""

    def register(function: Rule) -> Rule:
        assert code not in RULES, f"two rules {code}"
        RULES[code] = (looks_for, function)
        return function

    return register


def lint(timeline: Timeline) -> list[Finding]:
    """All findings, those included that the script acknowledges."""
    return [finding for _, walk in RULES.values() for finding in walk(timeline)]


def unacknowledged(timeline: Timeline, findings: list[Finding]) -> list[Finding]:
    """The findings for which the script gives no reason."""
    known = {(a.code, a.of) for a in timeline.scenario.acknowledge}
    return [f for f in findings if not {(f.code, f.of), (f.code, "*")} & known]


@rule("L301", "a place taken again by the side that holds it, without a loss between")
def _taken_twice(timeline: Timeline) -> Iterator[Finding]:
    for key, _ in timeline.keys_of("control"):
        taken: str | None = None
        for change in timeline.history(key):
            reading = timeline.scenario.event.get(change.event)
            if change.after.mark == "possible" or not isinstance(reading, Capture):
                continue
            before, after = change.before.value, change.after.value
            same = isinstance(before, Control) and before == after and before.status == "held"
            if same and taken not in (None, change.event) and change.before.mark == "certain":
                name = timeline.scenario.name(key.of)
                message = f"{name} is taken by the side that holds it since {taken}"
                hint = "is it one event told twice, another place, or was it lost in between?"
                yield Finding("L301", change.event, message, hint)
            taken = change.event


@rule("L302", "a date without a beginning and no `after:` to bound it")
def _open_beginning(timeline: Timeline) -> Iterator[Finding]:
    for reading in timeline.readings:
        if reading.dated and any(v.earliest == BEFORE_ALL for v in reading.versions):
            message = f"{reading.event.id} may have happened at any time before its last day"
            hint = "give it `after:` an event that it cannot have preceded, or a first day"
            yield Finding("L302", reading.event.id, message, hint)


@rule("L303", "an event that happens after the window")
def _after_window(timeline: Timeline) -> Iterator[Finding]:
    calendar = timeline.scenario.calendar
    for reading in timeline.readings:
        if reading.dated and reading.shown.latest >= calendar.ticks:
            message = f"{reading.event.id} happens after the window has ended"
            yield Finding("L303", reading.event.id, message, "lengthen the window or leave it out")


@rule("L304", "a gap between phases that no pause declares")
def _gap(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    pauses = [pause.period.bounds for pause in scenario.pauses]
    phases = sorted((scenario.span(phase), phase.id) for phase in scenario.phases)
    for ((_, last), before), ((first, _), after) in pairwise(phases):
        for tick in range(last + 1, first):
            begin, end = scenario.calendar.begin(tick), scenario.calendar.end(tick)
            covered = any(
                (b.earliest is None or b.earliest <= begin)
                and (b.latest is None or end <= b.latest)
                for b in pauses
            )
            if not covered:
                day = scenario.calendar.label(tick)
                message = f"no phase and no pause covers {day}, between {before} and {after}"
                yield Finding("L304", after, message, "declare it under `pauses:` with a reason")
                break


@rule("L305", "a contested place whose contest never ends")
def _contested_for_ever(timeline: Timeline) -> Iterator[Finding]:
    last = timeline.at(timeline.scenario.calendar.ticks - 1)
    for place, marked in last.control.items():
        if isinstance(marked.value, Control) and marked.value.status == "contested":
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


@rule("L307", "a running total that falls")
def _total_falls(timeline: Timeline) -> Iterator[Finding]:
    for key, _ in timeline.keys_of("tally"):
        for change in timeline.history(key):
            event = timeline.scenario.event.get(change.event)
            before, after = change.before.value, change.after.value
            if event is None or not isinstance(before, Tally) or not isinstance(after, Tally):
                continue
            mine = [e for e in event.tallies if series(event, e).id == key.of]
            total = any(entry.total is not None for entry in mine)
            falls = (after.number.high or after.number.low) < before.number.low
            if total and falls and change.before.mark == "certain":
                message = f"{change.event}: the total of {key.of.split('|')[0]} falls to {after}"
                hint = f"it was {before} before; is it an increment, or another period or place?"
                yield Finding("L307", change.event, message, hint)


@rule("L308", "an event of which no source says the day")
def _undated(timeline: Timeline) -> Iterator[Finding]:
    for reading in timeline.undated():
        message = f"{reading.event.id} has no latest day: it never takes effect on the map"
        hint = "it stays in the log and in every export; acknowledge it if no source says more"
        yield Finding("L308", reading.event.id, message, hint)


@rule("L309", "a place that stands in no event")
def _idle_place(timeline: Timeline) -> Iterator[Finding]:
    named = {part for key in timeline.names for part in key.of.replace("+", "|").split("|")}
    named |= {part.partition("@")[2] for key in timeline.names for part in [key.of]}
    for reading in timeline.readings:
        for version in reading.versions:
            named.update(version.event.place)
            named.update(version.event.objects())
    for place in timeline.scenario.places:
        named |= {p for p in (place.part_of, place.position and place.position.from_) if p}
    for place in timeline.scenario.places:
        if place.id not in named and place.context is None:
            message = f"{place.name} is in no event"
            yield Finding("L309", place.id, message, "mark it `context: true` if it is to be seen")


__all__ = ["RULES", "Finding", "Key", "lint", "rule", "unacknowledged"]
