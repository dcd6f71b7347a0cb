"""The timeline: all changes of one replay, in order, with random access to any moment.

It never changes: going back, jumping and asking are look-ups. It knows nothing of how the replay
was made, so that a log opens without the engine.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from replay.engine.log import AMOUNT, BASES, Ints, Log, LogRows, RivalValue
from replay.engine.uncertainty import (
    Causes,
    Episode,
    EventEffect,
    Precedence,
    Variant,
    Weighed,
    causes,
    weigh,
)
from replay.foundation.calendar import Calendar
from replay.foundation.display import NotebookReplay, NotebookRepr
from replay.foundation.edtf import DAY, Bounds, Date, Minute, parse
from replay.foundation.errors import UsageError
from replay.lens import Lens, Reading, ReplayQuestion, Undated
from replay.lens.tables import TableReading, row_of, rows_of_table
from replay.model import Citation, Scenario
from replay.model.state import (
    MARKS,
    UNKNOWN,
    Change,
    Control,
    Marked,
    StateKey,
    Tally,
    Value,
    add_range,
    exactly,
    unspoken,
)
from replay.timeline.index import NO_ROW, Index
from replay.timeline.moments import NamedMoment, outside, read_moment, read_span
from replay.timeline.strip import TOGETHER, control_strip, strip_legend

NONE: Ints = np.empty(0, np.int32)


class State(NotebookRepr):
    """The state at the end of one step, or at a moment in it: marked values, read on demand.

    `state[key]` is the Marked value of a StateKey: `value`, `mark` ("certain", "possible" or
    "disputed") and `could`, the values that it could have instead. `timeline` may be finer than the
    one that was asked: its steps are split where the moment lies.
    """

    def __init__(self, timeline: Timeline, tick: int, moment: NamedMoment | None = None) -> None:
        self.timeline = timeline
        self.tick = tick
        self.moment = moment
        self._last = timeline.index.last_rows(tick)

    @property
    def step(self) -> int:
        """The step of the scenario in which the moment lies.

        Returns
        -------
        int
            Counted from 0.
        """
        return self.timeline.scenario.calendar.step_of(self.tick)

    @property
    def first_of_step(self) -> int:
        """The first tick of that step."""
        calendar = self.timeline.scenario.calendar
        return calendar.last_of_step(self.step - 1) + 1

    def events(self) -> list[Reading]:
        """The events of the step that have happened by now or may have, in documented order.

        Returns
        -------
        list of Reading
            Each with `shown`, the version that the lens ranks first, and `versions`, all of them.
        """
        timeline, last = self.timeline, self.timeline.scenario.calendar.last_of_step(self.step)
        whole = timeline.events_on(self.first_of_step, last)
        return [r for r in whole if min(r.shown.earliest, r.shown.latest) <= self.tick]

    def __getitem__(self, key: StateKey) -> Marked:
        number = self.timeline.keys.get(key)
        row = NO_ROW if number is None else int(self._last[number])
        if row == NO_ROW:
            return Marked(unspoken(key.aspect))
        return self.timeline.marked(row)

    def of(self, aspect: str) -> dict[str, Marked]:
        """Every value of an aspect that is known at this moment.

        Parameters
        ----------
        aspect : str
            "control", "presence", "formation", "effort", "progress", "ground", "share", "strength",
            "standing", "position" or "tally". An aspect that no event changes gives nothing.

        Returns
        -------
        dict of str to Marked
            By the id of the thing. Of presence and tallies several keys have one id: use `known`.
        """
        return {key.of: marked for key, marked in self.known(aspect)}

    def known(self, aspect: str) -> Iterator[tuple[StateKey, Marked]]:
        """Every value of an aspect that is known at this moment, with its key.

        Parameters
        ----------
        aspect : str
            As for `of`.

        Returns
        -------
        iterator of (StateKey, Marked)
            In the order of first mention.
        """
        for key, number in self.timeline.keys_of(aspect):
            row = int(self._last[number])
            if row != NO_ROW:
                yield key, self.timeline.marked(row)

    def row(self, key: StateKey) -> int | None:
        """The row of the log that a value comes from."""
        number = self.timeline.keys.get(key)
        row = NO_ROW if number is None else int(self._last[number])
        return None if row == NO_ROW else row

    @cached_property
    def control(self) -> Mapping[str, Marked]:
        """Control of every place of the scenario, by id; unknown if no claim has spoken of it yet.

        Returns
        -------
        mapping of str to Marked
            The `value` of each is a Control: `status` ("held", "contested", "besieged", "none" or
            "unknown"), `sides`, `by`.
        """
        known = self.of("control")
        return {p.id: known.get(p.id, Marked(UNKNOWN)) for p in self.timeline.scenario.places}

    @property
    def label(self) -> str:
        """The day, the days of the step, or the time of day of this state.

        Returns
        -------
        str
            In EDTF.
        """
        if self.moment is not None:
            return self.moment.text
        return self.timeline.scenario.calendar.label(self.tick)

    def __repr__(self) -> str:
        known = sum(1 for marked in self.control.values() if marked.value != UNKNOWN)
        return f"<State on {self.label}: {known} of {len(self.control)} places known>"


class WithinStep(NamedTuple):
    """A moment at which a key came to a value."""

    minute: Minute
    """From when on the value counts."""
    tick: int
    rows: int
    """How many rows the key has by then."""
    marked: Marked


MOST_IN_A_TICK = 1000
"""Changes of one key in one tick up to which each is looked at by itself."""


class Timeline(NotebookReplay):
    """All changes of one replay, in order, with random access to any moment; from `replay.run`.

    Time is counted in ticks: the steps of the window (days, unless the scenario says otherwise),
    from 0. `scenario`, `lens`, `known_on` and `readings` are what it was made of.

    >>> import replay
    >>> timeline = replay.run("western-iraq-2017")
    >>> timeline.at("2017-11-17").control["rawa"].value
    Control(status='held', sides=('iraq',), by=())
    """

    def __init__(
        self,
        scenario: Scenario,
        readings: Sequence[Reading],
        log: Log,
        lens: Lens,
        known_on: str | None = None,
        tables: Sequence[TableReading] = (),
        undated: Undated = "unknown",
        refine: Refine | None = None,
    ) -> None:
        """`refine` replays the same question with some steps split; without it none can be."""
        assert log.rows is not None, "the log is not finished"
        self.scenario = scenario
        self.readings = tuple(readings)
        self.tables = tuple(tables)
        self.lens = lens
        self.known_on = known_on
        self.question = ReplayQuestion(lens.name, known_on, undated)
        self.rows: LogRows = log.rows
        self.keys: Mapping[StateKey, int] = log.keys
        self.names: Sequence[StateKey] = log.names
        self.values: Sequence[Value | None] = log.values
        self.coulds = log.coulds
        self.rivals: Mapping[tuple[int, int], tuple[RivalValue, ...]] = log.rivals
        self.reading = {reading.index: reading for reading in readings}
        self._episodes: Mapping[int, Sequence[Episode]] = log.episodes
        self._behind = Precedence(self.readings)
        self._refine = refine
        self._refined: dict[NamedMoment | int, tuple[Timeline, int]] = {}

    @property
    def known_until(self) -> int | None:
        """The last minute by which claims must have been reported; None where all count."""
        return parse(self.known_on).bounds.latest if self.known_on else None

    @cached_property
    def index(self) -> Index:
        return Index(self.rows, len(self.names), self.scenario.calendar.ticks)

    # --- moments ------------------------------------------------------------------------------

    def tick(self, on: str | int) -> int:
        """The tick in which a moment lies.

        Parameters
        ----------
        on : str or int
            As for `at`.

        Returns
        -------
        int
            0 to the number of ticks less one.

        Raises
        ------
        UsageError
            U503 if `on` is not a moment of the window.
        """
        if isinstance(on, int):
            return self._inside(on, str(on))
        return self._inside(self.scenario.calendar.tick(self.moment(on).minute), on)

    def ticks(self, first: str, last: str) -> range:
        """The ticks from one moment to another, both included.

        Parameters
        ----------
        first, last : str
            Days, times of day, ids of events, or spans such as "2017-11": the first tick of
            `first`, the last of `last`.

        Returns
        -------
        range
            Empty if `last` is before `first`.

        Raises
        ------
        UsageError
            U503 if one of them is outside the window, or is open or approximate.
        """
        tick, event = self.scenario.calendar.tick, self.scenario.event
        ends = [
            (self.tick(text),) * 2
            if text in event
            else tuple(self._inside(tick(m), text) for m in read_span(self.scenario, text))
            for text in (first, last)
        ]
        return range(ends[0][0], ends[1][1] + 1)

    def _inside(self, tick: int, text: str) -> int:
        if not 0 <= tick < self.scenario.calendar.ticks:
            raise outside(self.scenario, text)
        return tick

    def moment(self, on: str) -> NamedMoment:
        """The moment that is meant by a day (its end), a time of day, or the id of an event.

        Raises UsageError U503 for anything else; it may lie outside the window.
        """
        return self._after(on) if on in self.scenario.event else read_moment(self.scenario, on)

    def _after(self, event: str) -> NamedMoment:
        reading = self._by_event.get(event)
        date = reading.shown.event.date if reading else self.scenario.event[event].date
        if date is None or date.bounds.latest is None:
            what = f"the event {event!r} has no latest day, so no moment is certainly after it"
            raise UsageError("U503", what, "give a day instead")
        minute = reading.order[0] if reading else date.bounds.latest
        return NamedMoment(min(minute, date.bounds.latest), date.text, event)

    @cached_property
    def _by_event(self) -> dict[str, Reading]:
        return {reading.event.id: reading for reading in self.readings}

    def at(self, on: str | int | State) -> State:
        """The state at the end of a day, at a time of day, or after an event.

        A moment inside a step is answered by a replay of the same question in which that step is
        split.

        Parameters
        ----------
        on : str, int or State
            A day ("2017-11-03", or "3 November"), a time of day ("2017-11-03T05:30"), the id of an
            event, or a tick from 0. A State is returned as it is.

        Returns
        -------
        State
            Everything that is known at that moment.

        Raises
        ------
        UsageError
            U503 if `on` is not a moment of the window.

        Example
        -------
        >>> import replay
        >>> timeline = replay.run("western-iraq-2017")
        >>> str(timeline.at("rawa-taken").control["rawa"])
        'held by iraq'
        """
        if isinstance(on, State):
            return on
        if isinstance(on, int):
            return State(self, self.tick(on))
        moment = self.moment(on)
        tick = self._inside(self.scenario.calendar.tick(moment.minute), on)
        if moment.event is not None:
            return self._just_after(moment, tick)
        if self.scenario.calendar.end(tick) == moment.minute or not self._turning(tick):
            return State(self, tick, moment)
        return self._finer(tick).at(on)

    @property
    def last_event(self) -> int | None:
        """The last tick of the window in which an event took effect; None without any."""
        ticks, last = self._dated[0], self.scenario.calendar.ticks - 1
        inside = [tick for tick in ticks[: bisect_right(ticks, last)] if tick >= 0]
        if self.tables:
            own = self.rows.tick[(self.rows.event < 0) & (self.rows.tick >= 0)]
            inside += [int(own.max())] if len(own) else []
        return max(inside, default=None)

    def _just_after(self, moment: NamedMoment, tick: int) -> State:
        reading = self._by_event.get(moment.event or "")
        others = self._turning(tick) - {reading.index if reading else None}
        if self._refine is None or reading is None or not others:
            return State(self, tick, moment)
        if moment not in self._refined:
            calendar = self.scenario.calendar
            if calendar.end(tick) - calendar.begin(tick) >= DAY:
                calendar = calendar.split(tick, DAY)
            calendar = calendar.split(calendar.tick(moment.minute), 1).doubled(moment.minute)
            finer = self._refine(self, calendar, moment)
            self._refined[moment] = finer, calendar.tick(moment.minute) - 1
        finer, own = self._refined[moment]
        return State(finer, own, moment)

    def _finer(self, tick: int) -> Timeline:
        """The replay with one tick split: into days, or a day into minutes."""
        if self._refine is None:
            return self
        if tick not in self._refined:
            calendar = self.scenario.calendar
            longer = calendar.end(tick) - calendar.begin(tick) >= DAY
            split = calendar.split(tick, DAY if longer else 1)
            self._refined[tick] = self._refine(self, split, None), tick
        return self._refined[tick][0]

    def _turning(self, tick: int) -> set[int | None]:
        """The events (by index of reading) that may happen or become certain in a tick."""
        found: set[int | None] = set(self._turns.get(tick, ()))
        start, stop = self.index.stop(tick - 1), self.index.stop(tick)
        found.update(self.rows.event[start:stop].tolist())
        return found

    @cached_property
    def _turns(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for reading in self.readings:
            for version in reading.versions:
                for tick in (version.earliest, version.latest):
                    found.setdefault(tick, set()).add(reading.index)
        return found

    # --- changes ------------------------------------------------------------------------------

    def marked(self, row: int) -> Marked:
        """The value of a row with its mark."""
        rows = self.rows
        code = int(rows.value[row])
        if code == AMOUNT and rows.amount is not None:
            return Marked(Tally(exactly(float(rows.amount[row]))))
        return Marked(
            self.values[code], MARKS[int(rows.mark[row])], self.coulds[int(rows.could[row])]
        )

    def weighed(self, key: StateKey, tick: int) -> Weighed:
        """The value of a key at the end of a tick, with what it could be and why that is open.

        The engine asked the same when it marked the value.
        """
        episode = self._episode(key, tick)
        if episode is None:
            number = self.keys.get(key)
            row = NO_ROW if number is None else self.index.last_row(number, tick)
            marked = Marked(unspoken(key.aspect)) if row == NO_ROW else self.marked(row)
            return Weighed(marked.value, (), marked.could)
        return weigh(episode.base, episode.cases, tick, None, self._behind)

    def causes(self, key: StateKey, tick: int) -> Causes:
        """Because of which claims and events a key is not certain at the end of a tick."""
        episode = self._episode(key, tick)
        if episode is None:
            return Causes((), ())
        return causes(episode.base, episode.cases, tick, self._behind)

    def open_ticks(self, key: StateKey) -> set[int]:
        """Ticks of the window on which what is open about a key, or because of whom, may change."""
        found = {0}
        for episode in self._episodes.get(self.keys.get(key, -1), ()):
            found |= {episode.since, episode.until}
            for case in episode.cases:
                found.update(tick for v in case.variants for tick in (v.earliest, v.latest))
        return {tick for tick in found if 0 <= tick < self.scenario.calendar.ticks}

    def ties(self, key: StateKey) -> list[int]:
        """Ticks at which two events of known day bear on a key on which something is open."""
        found: Counter[int] = Counter()
        for episode in self._episodes.get(self.keys.get(key, -1), ()):
            first = (case.variants[0] for case in episode.cases)
            found.update(v.latest for v in first if v.step is not None and v.earliest == v.latest)
        return sorted(tick for tick, events in found.items() if events > 1)

    def in_order(self, one: EventEffect, other: EventEffect) -> bool:
        """Whether `after:` says which of two events came first."""
        a, b = one.reading.index, other.reading.index
        return a in self._behind(b) or b in self._behind(a)

    def _episode(self, key: StateKey, tick: int) -> Episode | None:
        """What is open about a key at the end of a tick, if anything is."""
        own = self._episodes.get(self.keys.get(key, -1), ())
        n = bisect_right(own, tick, key=lambda episode: episode.since)
        if n and tick < own[n - 1].until:
            return own[n - 1]
        return self._tied_rows(key, tick) if self.tables else None

    def _tied_rows(self, key: StateKey, tick: int) -> Episode | None:
        """The last rows of tables that change a key, if their order leaves its value open."""
        number = self.keys.get(key)
        last = NO_ROW if number is None else self.index.last_row(number, tick)
        if last == NO_ROW or self.rows.event[last] >= 0 or not self.rows.mark[last]:
            return None
        own = self.rows_of(key)
        cases = []
        for row in own[self.rows.tick[own] == self.rows.tick[last]].tolist():
            reading, value = self.cause(row), self.values[int(self.rows.value[row])]
            assert value is not None
            said = reading.shown
            when = said.earliest, said.latest, add_range(value), said.claims, said.begin, said.end
            cases.append(EventEffect(reading, (Variant(*when),)))
        return Episode(unspoken(key.aspect), int(self.rows.tick[last]), cases)

    def change(self, row: int) -> Change:
        """One row of the log as a change."""
        rows = self.rows
        key = int(rows.key[row])
        own = self.index.history(key)
        n = int(np.searchsorted(own, row))
        name = self.names[key]
        before = self.marked(int(own[n - 1])) if n else Marked(unspoken(name.aspect))
        event, claim = int(rows.event[row]), int(rows.claim[row])
        return Change(
            tick=int(rows.tick[row]),
            order=row,
            key=name,
            before=before,
            after=self.marked(row),
            event=self._row_id(-1 - event) if event < 0 else self.reading[event].event.id,
            claim=claim,
            basis=BASES[int(rows.basis[row])],  # type: ignore[arg-type]
        )

    def dated(self, row: int) -> str:
        """When a change of the log happened, as EDTF: the date of its event if that lies within
        the step, else the step."""
        tick, documented = int(self.rows.tick[row]), not self.rows.basis[row]
        return self.dated_in(tick, self.cause(row).shown.event.date if documented else None)

    def dated_in(self, tick: int, date: Date | None) -> str:
        """A date if it lies within the step of a tick, else that step, as EDTF."""
        calendar = self.scenario.calendar
        step = calendar.step_of(tick)
        first, last = calendar.last_of_step(step - 1) + 1, calendar.last_of_step(step)
        whole = Bounds(calendar.begin(first), calendar.end(last))
        if date is not None and whole.contains(date.bounds):
            return date.text
        return calendar.label(first) if first == last else calendar.span(first, last)

    def turns(self, key: StateKey) -> list[WithinStep]:
        """When a key came to each of its values: by the documented hours where they are known.

        A tick in which the date of every event is shorter than the tick has a turn for each of
        them, unless one ends within another ("at 12:30", "between 12 and 1"). Any other tick has
        one, to the value at its end, that counts from its beginning. Ticks after the window are
        left out.
        """
        rows, found = self.rows_of(key), list[WithinStep]()
        ticks, calendar = self.rows.tick[rows].tolist(), self.scenario.calendar
        for start, stop in _runs(ticks):
            tick = ticks[start]
            if tick >= calendar.ticks:
                break
            own = rows[start:stop].tolist()
            few = own if len(own) <= MOST_IN_A_TICK else []
            hours = [h for h in map(self._hour, few) if h is not None]
            if len(hours) == len(own) and not _overlap(hours):
                begins = (first for first, _ in hours)
                for n, minute in enumerate(accumulate(begins, max)):
                    found.append(WithinStep(minute, tick, start + n + 1, self.marked(own[n])))
            else:
                found.append(WithinStep(calendar.begin(tick), tick, stop, self.marked(own[-1])))
        return found

    def _hour(self, row: int) -> tuple[Minute, Minute] | None:
        """The minutes between which a change was, if its event has a date shorter than the tick."""
        calendar, tick = self.scenario.calendar, int(self.rows.tick[row])
        event = int(self.rows.event[row])
        if event < 0:
            table, own = row_of(self.tables, -1 - event)
            date: Date | None = table.columns.dates[table.columns.date[own]]
        else:
            version = self.reading[event].shown
            exact = (version.earliest, version.latest) == (tick, tick)
            date = version.event.date if exact and not self.rows.basis[row] else None
        if date is None:
            return None
        first, last = date.bounds.earliest, date.bounds.latest
        single = not (date.is_interval or date.approximate or date.uncertain)
        if first is None or last is None or not single:
            return None
        inside = calendar.begin(tick) <= first and last <= calendar.end(tick)
        shorter = last - first < calendar.end(tick) - calendar.begin(tick)
        return (first, last) if inside and shorter else None

    def cause(self, row: int) -> Reading:
        """The reading behind a row; a row of a table becomes one when it is asked for."""
        event = int(self.rows.event[row])
        return self._table_row(-1 - event) if event < 0 else self.reading[event]

    def _table_row(self, number: int) -> Reading:
        table, own = row_of(self.tables, number)
        return table.reading(own)

    def _row_id(self, number: int) -> str:
        table, own = row_of(self.tables, number)
        return table.id(own)

    def changes(self) -> Iterator[Change]:
        """Every change of the replay.

        Returns
        -------
        iterator of Change
            In order.
        """
        return (self.change(row) for row in range(len(self.rows)))

    def between(self, after: str | int, until: str | int) -> list[Change]:
        """The changes after the end of one moment until the end of another.

        Parameters
        ----------
        after, until : str or int
            As for `at`; whole ticks are meant.

        Returns
        -------
        list of Change
            In order; empty if `until` is not later than `after`.

        Raises
        ------
        UsageError
            U503 if one of them is not a moment of the window.
        """
        start, stop = self.index.stop(self.tick(after)), self.index.stop(self.tick(until))
        return [self.change(row) for row in range(start, stop)]

    def during(self, first: int, last: int) -> list[Change]:
        """The changes of some ticks.

        Parameters
        ----------
        first, last : int
            Ticks, both included.

        Returns
        -------
        list of Change
            In order.
        """
        start, stop = self.index.stop(first - 1), self.index.stop(last)
        return [self.change(row) for row in range(start, stop)]

    def history(self, key: StateKey) -> list[Change]:
        """The changes of one key.

        Parameters
        ----------
        key : StateKey
            An aspect and the id of a thing, as `StateKey("control", "rawa")`; `presence_of` and
            `tally_of` make those of presences and tallies. All are in `replay.model.state`.

        Returns
        -------
        list of Change
            In order; empty if no event ever changes it.

        Example
        -------
        >>> import replay
        >>> from replay.model.state import StateKey
        >>> timeline = replay.run("western-iraq-2017")
        >>> timeline.history(StateKey("control", "rawa"))[-1].event
        'rawa-taken'
        """
        number = self.keys.get(key)
        return [] if number is None else [self.change(int(r)) for r in self.index.history(number)]

    def rows_of(self, key: StateKey) -> Ints:
        """Numbers of the rows of a key, in order."""
        number = self.keys.get(key)
        return NONE if number is None else self.index.history(number)

    def keys_of(self, aspect: str) -> list[tuple[StateKey, int]]:
        """The keys of an aspect with their numbers, in the order of first mention."""
        return self._by_aspect.get(aspect, [])

    @cached_property
    def _by_aspect(self) -> dict[str, list[tuple[StateKey, int]]]:
        found: dict[str, list[tuple[StateKey, int]]] = {}
        for number, key in enumerate(self.names):
            found.setdefault(key.aspect, []).append((key, number))
        return found

    def codes(self, aspect: str, tick: int) -> Ints:
        """Value codes (into `values`) of all keys of an aspect at the end of a tick: int32."""
        last = self.index.last_rows(tick)
        mine = self._numbers.get(aspect, NONE)
        if len(mine) < len(last):
            last = last[mine]
        if not len(self.rows):
            return np.zeros(len(last), np.int32)
        codes = self.rows.value.take(last, mode="clip")
        if last.size and last.min() < 0:
            codes[last < 0] = 0
        return codes

    @cached_property
    def _numbers(self) -> dict[str, Ints]:
        return {
            aspect: np.array([number for _, number in keys], np.int32)
            for aspect, keys in self._by_aspect.items()
        }

    # --- events -------------------------------------------------------------------------------

    def events_on(self, first: int, last: int | None = None) -> list[Reading]:
        """The events whose shown version took effect in some ticks; rows of tables are among them.

        Parameters
        ----------
        first : int
            The first tick.
        last : int, optional
            The last tick, included. Without it: `first` alone.

        Returns
        -------
        list of Reading
            In documented order.
        """
        last = first if last is None else last
        ticks, dated = self._dated
        chosen = list(dated[bisect_left(ticks, first) : bisect_right(ticks, last)])
        if self.tables:
            start, stop = self.index.stop(first - 1), self.index.stop(last)
            events = np.unique(self.rows.event[start:stop])
            chosen += [self._table_row(-1 - n) for n in events[events < 0].tolist()]
            chosen.sort(key=_by_moment)
        return chosen

    @cached_property
    def _dated(self) -> tuple[list[int], list[Reading]]:
        """The readings that take effect, in order, and the tick at which each does."""
        found = sorted((r for r in self.readings if r.dated), key=_by_moment)
        return [r.shown.latest for r in found], found

    def every_reading(self) -> Iterator[Reading]:
        """The events of the script, and then each row of the tables, made as it is asked for."""
        yield from self.readings
        yield from rows_of_table(self.tables)

    @cached_property
    def cited(self) -> frozenset[Citation]:
        """The citations of all claims that were admitted."""
        return frozenset(
            reading.event.claims[n].cite
            for reading in self.readings
            for version in reading.versions
            for n in version.claims
        )

    def undated(self) -> list[Reading]:
        """The events without a latest day: they never take effect, and no list leaves them out.

        Returns
        -------
        list of Reading
            In the order of the script.
        """
        return [r for r in self.readings if not r.dated]

    # --- the strip ----------------------------------------------------------------------------

    def strip(self, places: Sequence[str] | None = None, named: bool = False) -> str:
        """The control strip: one line a place, one character a tick.

        Parameters
        ----------
        places : sequence of str, optional
            Ids of places. Without it: all places that any claim speaks of.
        named : bool, default False
            Whether a line begins with the name of its place instead of its id.

        Returns
        -------
        str
            The letter of the side that holds the place; `&` several together, `x` contested, `b`
            besieged, `_` nobody, `.` unknown. Below a line its marks, if any: `?` possible, `~`
            disputed.
        """
        known = {key.of for key, _ in self.keys_of("control")}
        chosen = places if places is not None else [p.id for p in self.scenario.places]
        states = [State(self, tick) for tick in range(self.scenario.calendar.ticks)]
        rows = [
            (
                self.scenario.name(place) if named else place,
                [state[StateKey("control", place)] for state in states],
            )
            for place in chosen
            if place in known
        ]
        return control_strip(rows, {side.id: side.letter for side in self.scenario.sides})

    def strip_legend(self) -> str:
        """What the characters of the strip mean.

        Returns
        -------
        str
            Two lines: sides and states, then the marks.
        """
        sides = [(side.letter, side.name) for side in self.scenario.sides]
        return strip_legend(sides, TOGETHER in self.strip())

    def __str__(self) -> str:
        return f"{self.strip()}\n\n{self.strip_legend()}"

    def __repr__(self) -> str:
        return (
            f"<Timeline of {self.scenario.scenario}, lens {self.lens.name}: "
            f"{len(self.readings)} events, {len(self.rows)} changes>"
        )


def _overlap(hours: Sequence[tuple[Minute, Minute]]) -> bool:
    """Whether two different spans have a minute in common; the same hour twice is no such pair."""
    spans = sorted(set(hours))
    return any(last >= first for (_, last), (first, _) in pairwise(spans))


def _runs(ticks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the next position of each run of equal numbers."""
    start = 0
    for n in range(1, len(ticks) + 1):
        if n == len(ticks) or ticks[n] != ticks[start]:
            yield start, n
            start = n


Refine: TypeAlias = Callable[[Timeline, Calendar, NamedMoment | None], Timeline]
"""From a timeline, a calendar with split steps and (or None) the moment after an event, for which
the first tick of its minute is meant, to the timeline of the same question on that calendar."""


def _by_moment(reading: Reading) -> tuple[int, tuple[int, int, int]]:
    return reading.shown.latest, reading.listed


__all__ = ["Control", "State", "Timeline"]
