"""Stretches: the spans of ticks through which a value, its mark and its alternatives stay the same.

They are the control strip in another form: a new stretch begins where a letter of the strip or the
mark below it changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from replay.explain import Explanation, explain
from replay.log import BASES
from replay.state import Key, Marked, unspoken
from replay.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Stretch:
    """What holds of a key from the first to the last tick, both included, inside the window."""

    key: Key
    first: int
    last: int
    marked: Marked

    def why(self, timeline: Timeline) -> Explanation:
        """What stands behind it: every claim that bears on it by the end of its last tick."""
        return explain(timeline, self.key, self.last)


def stretches(timeline: Timeline, key: Key) -> Iterator[Stretch]:
    """The stretches of a key in order, from the first tick of the window to the last.

    They touch and never overlap. What no claim has spoken of yet is a stretch as well: unknown
    control, no value of anything else.
    """
    first, marked = 0, Marked(unspoken(key.aspect))
    for tick, following in _settled(timeline, key):
        if following != marked:
            if tick > first:
                yield Stretch(key, first, tick - 1, marked)
            first, marked = max(tick, 0), following
    yield Stretch(key, first, timeline.scenario.calendar.ticks - 1, marked)


def _settled(timeline: Timeline, key: Key) -> Iterator[tuple[int, Marked]]:
    """What a key comes to at each tick that changes it; ticks after the window are left out."""
    rows = timeline.rows_of(key)
    ticks = timeline.rows.tick[rows]
    for n, (row, tick) in enumerate(zip(rows.tolist(), ticks.tolist(), strict=True)):
        last_of_tick = n + 1 == len(rows) or ticks[n + 1] > tick
        if last_of_tick and tick < timeline.scenario.calendar.ticks:
            yield tick, timeline.marked(row)


def basis(timeline: Timeline, key: Key, tick: int) -> str | None:
    """Whether the value at the end of a tick is documented or interpolated; None before any."""
    row = timeline.at(tick).row(key)
    return None if row is None else BASES[int(timeline.rows.basis[row])]


def explained(timeline: Timeline, key: Key) -> Iterator[tuple[int, Explanation]]:
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


def _turns(timeline: Timeline, key: Key) -> list[int]:
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
