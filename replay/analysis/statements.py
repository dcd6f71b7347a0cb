"""Statements about the state, checked against a replay: supported, contradicted, undecidable.

A statement that `restates` an event was encoded from the same sentence: that the replay supports
it proves nothing. The others are independent testimony about the state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Literal

from replay.analysis.combine_counts import ReportedCount, combined
from replay.analysis.ground_state import ground_range
from replay.analysis.tallies import reported
from replay.foundation import geodesy
from replay.lens import Reading
from replay.model import Scenario, Statement
from replay.model.assertions import Answer, CountAssertion, Total
from replay.model.fields import When
from replay.model.state import Range, StateKey, Value
from replay.timeline.explanation import Testimony, claimed, explain
from replay.timeline.timeline import Timeline

Outcome = Literal["supported", "contradicted", "undecidable"]
_OUTCOMES: dict[Answer, Outcome] = {True: "supported", False: "contradicted", None: "undecidable"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a replay makes of one statement."""

    statement: Statement
    outcome: Outcome
    because: tuple[Testimony, ...]
    """The claims behind the values that decide it, or that leave it open."""

    @property
    def kind(self) -> str:
        return self.statement.kind


def verdicts(timeline: Timeline) -> list[Verdict]:
    """Every statement of the scenario, in the order of the script."""
    return [judge(timeline, statement) for statement in timeline.scenario.statements]


def judge(timeline: Timeline, statement: Statement) -> Verdict:
    """What the replay makes of a statement; one without an assertion is undecidable."""
    if statement.asserts is None:
        return Verdict(statement, "undecidable", ())
    sight = TimelineSight(timeline)
    answer = statement.asserts.judge(sight, statement.on)
    because = dict.fromkeys(claim for claim in sight.told() if claim.event != statement.id)
    if answer is False and because:
        because = dict.fromkeys(claim for claim in because if not is_own(statement, claim))
        if not because:
            answer = None  # a sentence does not contradict itself: nobody else says otherwise
    return Verdict(statement, _OUTCOMES[answer], tuple(because))


def is_own(statement: Statement, claim: Testimony) -> bool:
    """Whether a claim cites a sentence that the statement cites: it is no testimony against it."""
    return (claim.source, claim.locator) in {(c.source, str(c.locator)) for c in statement.cite}


@dataclass(slots=True)
class TimelineSight:
    """A timeline as the verbs see it; it remembers what they asked for."""

    timeline: Timeline
    asked: dict[tuple[StateKey, int], None] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    events: dict[str, Reading | None] = field(default_factory=dict)
    """Events whose days were asked for; None where no admitted claim tells of one."""
    numbers: list[ReportedCount] = field(default_factory=list)
    """Counts that were asked for, as of the last tick."""
    distance: Range | None = None

    @property
    def scenario(self) -> Scenario:
        return self.timeline.scenario

    def ticks(self, on: When | None) -> range:
        calendar = self.scenario.calendar
        if on is None:
            return range(0)
        bounds = on.bounds
        first = 0 if bounds.earliest is None else calendar.tick(bounds.earliest)
        last = calendar.ticks - 1 if bounds.latest is None else calendar.tick(bounds.latest)
        if last > self._known_until():
            return range(0)
        return range(max(first, 0), min(last, calendar.ticks - 1) + 1)

    def _known_until(self) -> float:
        """The last tick of which anything can be known: what was known on a day ends with it."""
        until = self.timeline.known_until
        return inf if until is None else self.scenario.calendar.tick(until)

    def values(self, key: StateKey, tick: int) -> tuple[Value | None, ...]:
        self.asked[key, tick] = None
        marked = self.timeline.at(tick)[key]
        return (marked.value, *marked.could)

    def spans(self, event: str) -> list[tuple[int, int]]:
        reading = next((r for r in self.timeline.readings if r.event.id == event), None)
        self.events[event] = reading
        if reading is None:
            return []
        self.readings[event] = reading
        return [(v.earliest, v.latest) for v in reading.versions if not v.denies]

    def share(self, of: str, tick: int) -> Range | None:
        return self._ground(of, tick)[0]

    def amount(self, of: str, tick: int) -> Range | None:
        return self._ground(of, tick)[1]

    def _ground(self, of: str, tick: int) -> tuple[Range | None, Range | None]:
        key = StateKey("progress", of)
        self.asked[key, tick] = None
        marked = self.timeline.at(tick)[key]
        if marked.mark != "certain":
            return None, None
        return ground_range(self.scenario, of, marked.value)

    def apart(self, a: str, b: str) -> Range | None:
        located = self.scenario.located
        if a not in located or b not in located or "ring" in (located[a].kind, located[b].kind):
            return None
        far = geodesy.distance_km(located[a].at, located[b].at)
        doubt = located[a].radius_km + located[b].radius_km
        self.distance = Range(max(0.0, far - doubt), far, far + doubt)
        return self.distance

    def counted(self, what: CountAssertion | Total, tick: int) -> Range | None:
        items = [item for item in reported(self.timeline, tick) if self._meant(what, item)]
        self.numbers = items
        for item in items:
            self.readings[item.reading.event.id] = item.reading
        if not items:
            return None
        return combined(self.scenario, items)

    def whole(self, what: CountAssertion | Total, tick: int) -> bool:
        return any(
            item.total and self._meant(what, item) and self._covers(what, item)
            for item in reported(self.timeline, tick)
        )

    def _covers(self, what: CountAssertion | Total, item: ReportedCount) -> bool:
        """Whether a total speaks of the whole period that is meant."""
        if isinstance(what, Total):
            return True
        days = self.ticks(what.period)
        begin, end = self.scenario.calendar.begin(days[0]), self.scenario.calendar.end(days[-1])
        return item.said.earliest <= begin and end <= item.said.latest

    def _meant(self, what: CountAssertion | Total, item: ReportedCount) -> bool:
        series = item.series
        if series.name != what.name or series.of != what.of:
            return False
        if isinstance(what, Total):
            return what.counted_by in (None, series.counted_by)
        days = self.ticks(what.period)
        begin, end = self.scenario.calendar.begin(days[0]), self.scenario.calendar.end(days[-1])
        return begin <= item.said.earliest and item.said.latest <= end

    def told(self) -> Iterator[Testimony]:
        """The claims behind all that was asked."""
        for key, tick in self.asked:
            why = explain(self.timeline, key, tick)
            yield from (*why.because, *why.against, *why.pending)
        for reading in self.readings.values():
            for version in reading.versions:
                yield from (claimed(reading, n) for n in version.claims)
