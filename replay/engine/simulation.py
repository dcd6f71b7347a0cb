"""The replay: SimPy carries readings through time, and every change goes through one door.

One `simpy.Environment` per replay; `now` counts ticks. What happens at once is delivered by one
clock process, a batch per tick. What lasts (an operation, the clearing of an area, a move along a
track) is a process of its own, interrupted by a halt and resumed after it. Within a tick documents
come first and what lasts second: a lasting process waits for the `evening` of a tick, an event
without delay that SimPy puts behind everything which was due at that tick already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import simpy

from replay.engine.log import Log
from replay.engine.state_builder import Cells, cases_of
from replay.engine.table_rows import TableRows, table_rows
from replay.events.movement import MoveEvent
from replay.lens import BEFORE_ALL, NEVER, Reading
from replay.lens.tables import TableReading
from replay.model import Scenario
from replay.model.state import (
    SOME_PART,
    Effort,
    EnRoute,
    Marked,
    Progress,
    Range,
    StateKey,
    Value,
    exactly,
)

Process = Generator[simpy.Event, Any, None]


def simulate(
    scenario: Scenario, readings: Sequence[Reading], tables: Sequence[TableReading] = ()
) -> Log:
    """The log of one replay of a scenario's readings, in the order in which things happened."""
    return _Replay(scenario, readings, tables).run()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A documented value of something that grows in between."""

    tick: int
    value: Progress | EnRoute
    reading: Reading


class _Operation:
    """One operation while it is replayed: whether work goes on, and who is at work for it."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.under_way = env.event()
        self.at_work: dict[simpy.Process, None] = {}
        self.since: Reading | None = None

    def turn(self, effort: Effort, reading: Reading) -> None:
        """Go on, or stop and interrupt all that is at work."""
        if effort.status == "under way":
            self.since = reading
            if not self.under_way.triggered:
                self.under_way.succeed()
            return
        if self.under_way.triggered:
            self.under_way = self.env.event()
        while self.at_work:  # each only once, however often a halt is said
            process, _ = self.at_work.popitem()
            process.interrupt(effort.status)


class _Replay:
    def __init__(
        self, scenario: Scenario, readings: Sequence[Reading], tables: Sequence[TableReading]
    ) -> None:
        self.scenario = scenario
        self.log = Log()
        self.cells = Cells(self.log, scenario, readings)
        self.rows, extra = self._table_rows(readings, tables)
        self.row_ends = self.rows.rows.ends()
        self.readings = [*readings, *extra]
        self.works = list(works(scenario, self.readings))
        self.last = scenario.calendar.ticks - 1
        self.agenda = _agenda(self.readings)
        begins = [start.tick for *_, start in self.works if start is not None]
        dated = self.agenda.keys() - {BEFORE_ALL}
        self.env = simpy.Environment(min((0, *begins, *dated, *self.row_ends)))
        self.operations = {op.id: _Operation(self.env) for op in scenario.operations}

    def _table_rows(
        self, readings: Sequence[Reading], tables: Sequence[TableReading]
    ) -> tuple[TableRows, list[Reading]]:
        """Table rows that stay columns, and those that share a key with the script's events."""
        touched: set[StateKey] = set()
        if tables:
            touched.update(*(keys for r in readings for keys in cases_of(r, self.scenario)))
        return table_rows(self.scenario, tables, self.log, touched)

    def run(self) -> Log:
        self.env.process(self._clock())
        for work in self.works:
            self.env.process(self._work(*work))
        self.env.run(until=self.last + 1)
        self.log.finish(self.rows.rows)
        return self.log

    # --- what happens at once -----------------------------------------------------------------

    def _clock(self) -> Process:
        """Deliver each tick's documents in their order, one batch a tick."""
        done = 0
        for tick in sorted(self.agenda.keys() | self.row_ends.keys()):
            if tick > self.last:
                return
            if tick > self.env.now:
                yield self.env.timeout(tick - self.env.now)
            stop = self.row_ends.get(tick, done)
            for reading in self.agenda.get(tick, ()):
                if done < stop:
                    done = self._rows_before(reading, done, stop)
                for operation, effort in self.cells.occur(reading, tick):
                    self.operations[operation].turn(effort, reading)
            if done < stop:
                self.log.note_rows(stop)
                done = stop
            self.cells.end_of(tick)

    def _rows_before(self, reading: Reading, done: int, stop: int) -> int:
        """The rows of tables that come before a reading of the same tick; how many have come."""
        until = self.rows.until(reading.order, done, stop)
        if until > done:
            self.log.note_rows(until)
        return until

    # --- what lasts ---------------------------------------------------------------------------

    def _evening(self) -> simpy.Event:
        """The end of this tick: due when all its documents have been delivered."""
        return self.env.timeout(0)

    def _work(
        self,
        key: StateKey,
        operation: str | None,
        milestones: list[Milestone],
        start: Milestone | None,
    ) -> Process:
        """Grow from one documented value to the next, a step each tick that is not halted."""
        lead = self.operations.get(operation or "")
        before = start
        if start is not None:
            yield self.env.timeout(max(0, start.tick - self.env.now))
            yield self._evening()
            self._note(key, start.value, start.reading, "documented")
        elif lead is not None:
            yield lead.under_way
            before = self._standing(key, milestones[0].reading)
        for goal in milestones:
            if lead is not None or before is not None:
                yield from self._approach(key, lead, before, goal)
            before = goal

    def _standing(self, key: StateKey, reading: Reading) -> Milestone | None:
        """What an earlier operation has reached, from which the next one goes on."""
        value = self.cells.marked(key).value
        if not isinstance(value, (Progress, EnRoute)):
            return None
        return Milestone(self._before_this_step(), value, reading)

    # what lasts goes on step by step, at the last tick of a step that is split

    def _step(self, tick: int) -> int:
        return self.scenario.calendar.step_of(tick)

    def _before_this_step(self) -> int:
        return self.scenario.calendar.last_of_step(self._step(int(self.env.now)) - 1)

    def _until_end_of_step(self) -> Process:
        last = self.scenario.calendar.last_of_step(self._step(int(self.env.now)))
        if last > self.env.now:
            yield self.env.timeout(last - self.env.now)
        yield self._evening()

    def _approach(
        self, key: StateKey, lead: _Operation | None, before: Milestone | None, goal: Milestone
    ) -> Process:
        """Interpolate from one milestone to the next, as long as the operation is under way."""
        target = _amount(goal.value).best
        start = exactly(0)  # what another side had is not a beginning of this side's
        same = before is None or _side(before.value) == _side(goal.value)
        if lead is None and not same:
            return  # nothing says that the ground changed hands little by little
        if before is not None and same:
            if _unit(before.value) != _unit(goal.value):
                return
            start = _amount(before.value)
        low, best = start.low, start.best
        if target is None or best is None:
            return
        if before is not None and self._step(before.tick) >= self._step(int(self.env.now)):
            following = self.scenario.calendar.last_of_step(self._step(before.tick)) + 1
            yield self.env.timeout(following - self.env.now)
        me = self.env.active_process
        assert me is not None
        last = self._step(goal.tick)
        while self._step(int(self.env.now)) < last:
            try:
                if lead is not None:
                    yield lead.under_way
                    lead.at_work[me] = None
                yield from self._until_end_of_step()
                step = self._step(int(self.env.now))
                if step >= last:  # it was documented before the work began
                    break
                best += (target - best) / (last - step + 1)
                because = (lead and lead.since) or (before or goal).reading
                self._note(key, _between(goal.value, low, best), because, "interpolated")
                yield self.env.timeout(1)
            except simpy.Interrupt:
                continue  # and wait until it is under way again
            finally:
                if lead is not None:
                    lead.at_work.pop(me, None)

    def _note(self, key: StateKey, value: Value, reading: Reading, basis: str) -> None:
        """The door, for what lasts."""
        cell = self.cells.marked(key)
        number = self.log.key(key)
        claim = reading.shown.claims[0]
        shown = Marked(value, cell.mark, cell.could)
        self.log.note(int(self.env.now), number, shown, reading.index, claim, basis)


def _agenda(readings: Sequence[Reading]) -> dict[int, list[Reading]]:
    """The readings that each tick delivers, in the order within a tick."""
    agenda: defaultdict[int, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.settled:
            agenda[reading.versions[0].latest].append(reading)
            continue
        for tick in _moments(reading):
            agenda[tick].append(reading)
    for batch in agenda.values():
        batch.sort(key=attrgetter("order"))
    return agenda


def _moments(reading: Reading) -> set[int]:
    """Ticks at which one of its versions begins to be possible or takes effect.

    What has no earliest day is possible from the very beginning, long before the window: only so
    can it have come before everything else that is open by then.
    """
    found = set()
    for version in reading.versions:
        if version.earliest > BEFORE_ALL or version.latest < NEVER:
            found.add(version.earliest)
        if version.latest < NEVER:
            found.add(version.latest)
    return found


Work = tuple[StateKey, str | None, list[Milestone], Milestone | None]


def works(scenario: Scenario, readings: Sequence[Reading]) -> Iterator[Work]:
    """What takes time: each area or route in progress under an operation, each tracked move."""
    values: dict[StateKey, Value | None] = {}
    growing: dict[tuple[StateKey, str | None, int], list[Milestone]] = {}
    lost: Counter[StateKey] = Counter()
    ground = scenario.ground
    # only moves and what happens to ground take time
    lasting = [
        reading
        for reading in readings
        if isinstance(event := reading.versions[0].event, MoveEvent)
        or (ground and not ground.isdisjoint(event.place))
    ]
    dated = [reading for reading in lasting if reading.dated]
    for reading in sorted(dated, key=lambda r: (r.shown.latest, r.order)):
        event = reading.shown.event
        if isinstance(event, MoveEvent) and event.tracked:
            yield from _tracks(scenario, reading, event)
        for key, step in event.effects(scenario):
            if key.aspect == "progress":
                value = values[key] = step(values.get(key))
                if value is None:
                    lost[key] += 1  # what is taken later begins anew
                elif isinstance(value, Progress) and value.amount != SOME_PART:
                    milestone = Milestone(reading.shown.latest, value, reading)
                    again = (key, event.operation, lost[key])
                    growing.setdefault(again, []).append(milestone)
    for (key, operation, _), milestones in growing.items():
        if operation is not None or len(milestones) > 1:
            yield key, operation, milestones, None


def _tracks(scenario: Scenario, reading: Reading, event: MoveEvent) -> Iterator[Work]:
    assert event.departed is not None
    assert event.from_ is not None
    latest = event.departed.bounds.latest
    if latest is None:
        return
    departed = scenario.calendar.tick(latest)
    for force in event.by:
        start = Milestone(departed, EnRoute(event.from_, event.to[0], exactly(0)), reading)
        arrived = EnRoute(event.from_, event.to[0], exactly(1))
        goal = Milestone(reading.shown.latest, arrived, reading)
        yield StateKey("position", force), event.operation, [goal], start


def _amount(value: Progress | EnRoute) -> Range:
    return value.amount if isinstance(value, Progress) else value.share


def _side(value: Progress | EnRoute) -> str | None:
    """Whose ground it is: what another side had before is no part of it."""
    return value.side if isinstance(value, Progress) else None


def _unit(value: Progress | EnRoute) -> str:
    return value.unit if isinstance(value, Progress) else "share"


def _between(goal: Progress | EnRoute, low: float, best: float) -> Progress | EnRoute:
    """A value on the way: low is the last documented one, high the next."""
    to = _amount(goal)
    whole = isinstance(goal, Progress) and goal.share == exactly(1)
    reach = Range(low, best, to.best if whole else to.high)
    if isinstance(goal, Progress):
        return Progress(goal.side, reach, goal.unit)
    return EnRoute(goal.start, goal.end, reach)
