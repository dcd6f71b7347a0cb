"""Stretches: the spans of time through which a value, its mark and its alternatives stay the same.

They are the control strip in another form: a new stretch begins where a letter of the strip or the
mark below it changes, and also within a step where the documents give the hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from replay.engine.log import BASES
from replay.foundation.edtf import Minute
from replay.model.state import Marked, StateKey, unspoken
from replay.timeline.explanation import Explanation, explain, explain_turn
from replay.timeline.timeline import Timeline, WithinStep


@dataclass(frozen=True, slots=True)
class Interval:
    """What holds of a key from the first to the last minute, both included, inside the window."""

    key: StateKey
    first: Minute
    last: Minute
    marked: Marked
    turn: WithinStep | None
    """The last turn in it; None before any claim."""

    def why(self, timeline: Timeline) -> Explanation:
        """What stands behind it: every claim that bears on it by its end."""
        tick = timeline.scenario.calendar.tick(self.last)
        if self.turn is None or timeline.scenario.calendar.end(tick) == self.last:
            return explain(timeline, self.key, tick)
        return explain_turn(timeline, self.key, self.turn)

    def basis(self, timeline: Timeline) -> str | None:
        """Whether its value at the end is documented or interpolated; None before any claim."""
        if self.turn is None:
            return None
        row = timeline.rows_of(self.key)[self.turn.rows - 1]
        return BASES[int(timeline.rows.basis[row])]


def stretches(timeline: Timeline, key: StateKey) -> Iterator[Interval]:
    """The stretches of a key in order, from the first minute of the window to the last.

    They touch and never overlap; where the documents give hours, they begin and end by the hour.
    What no claim has spoken of yet is a stretch as well: unknown control, no value of anything
    else.
    """
    calendar = timeline.scenario.calendar
    first, marked, last_turn = calendar.origin, Marked(unspoken(key.aspect)), None
    for turn in timeline.turns(key):
        if turn.marked != marked:
            if turn.minute > first:
                yield Interval(key, first, turn.minute - 1, marked, last_turn)
            first, marked = max(turn.minute, calendar.origin), turn.marked
        last_turn = turn
    yield Interval(key, first, calendar.end(calendar.ticks - 1), marked, last_turn)


def basis(timeline: Timeline, key: StateKey, tick: int) -> str | None:
    """Whether the value at the end of a tick is documented or interpolated; None before any."""
    row = timeline.at(tick).row(key)
    return None if row is None else BASES[int(timeline.rows.basis[row])]


@dataclass(frozen=True, slots=True)
class Within:
    """A place that came to a value within a step, and not by its beginning."""

    place: str
    turn: WithinStep
    until: Minute | None
    """The last minute of the value, if it ended in the same step by the hour."""
    timed: bool
    """Whether documents give the hour."""
    brief: bool
    """Whether no end of a step shows it: it came and went within this one."""


def within_steps(timeline: Timeline) -> Iterator[Within]:
    """Changes of control by the hour, and those that came and went within a step."""
    calendar = timeline.scenario.calendar
    for key, _ in timeline.keys_of("control"):
        before = Marked(unspoken(key.aspect))
        for tick, group in groupby(timeline.turns(key), key=lambda turn: turn.tick):
            turns = list(group)
            timed = len(turns) > 1 or turns[0].minute > calendar.begin(tick)
            if tick >= 0 and timed:
                yield from _by_the_hour(key.of, turns, before)
            elif tick >= 0:
                yield from _without_hours(timeline, key, turns[0], before)
            before = turns[-1].marked


def _by_the_hour(place: str, turns: Sequence[WithinStep], before: Marked) -> Iterator[Within]:
    started = before.value
    for n, turn in enumerate(turns):
        following = turns[n + 1].minute if n + 1 < len(turns) else None
        if turn.marked != before and turn.minute != following:
            brief = following is not None and turn.marked.value not in (
                started,
                turns[-1].marked.value,
            )
            until = None if following is None else following - 1
            yield Within(place, turn, until, True, brief)
            before = turn.marked


def _without_hours(
    timeline: Timeline, key: StateKey, last: WithinStep, before: Marked
) -> Iterator[Within]:
    rows = timeline.rows_of(key)
    start = last.rows - int((timeline.rows.tick[rows[: last.rows]] == last.tick).sum())
    shown = {before.value, last.marked.value}
    for n in range(start, last.rows - 1):
        marked = timeline.marked(int(rows[n]))
        if marked.value not in shown:
            shown.add(marked.value)
            turn = WithinStep(last.minute, last.tick, n + 1, marked)
            yield Within(key.of, turn, None, False, True)


def explained(timeline: Timeline, key: StateKey) -> Iterator[tuple[int, Explanation]]:
    """What `explain` says of a key, from each tick on at which it says something else.

    The first is of tick 0. Evidence may change where the value does not: a claim's own date runs
    out, a later document says the same again.
    """
    said: Explanation | None = None
    for tick in _turns(timeline, key):
        now = explain(timeline, key, tick)
        if said is None or replace(now, on=said.on) != said:
            said = now
            yield tick, now


def _turns(timeline: Timeline, key: StateKey) -> list[int]:
    """The ticks at which anything about a key can change: its rows, the bounds of its claims."""
    number, ticks = timeline.keys.get(key), timeline.scenario.calendar.ticks
    rows = timeline.rows_of(key)
    found = {0, *timeline.rows.tick[rows].tolist()}
    for reading in set(timeline.rows.event[rows].tolist()):
        for group in timeline.rivals.get((reading, number or 0), ()):
            found |= {group.earliest, group.latest}
        if reading >= 0:
            shown = timeline.reading[reading].shown
            found |= {shown.earliest, shown.latest}
    return sorted(tick for tick in found if 0 <= tick < ticks)
