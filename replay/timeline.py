"""The timeline: all changes of one replay, in order, with random access to any moment.

It never changes: going back, jumping and asking are look-ups. It knows nothing of how the replay
was made, so that a log opens without the engine.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from replay.dates import parse
from replay.faces import Shown, Stepped
from replay.index import NO_ROW, Index
from replay.lens import Lens, Question, Reading, Undated
from replay.log import AMOUNT, BASES, Ints, Log, Rival, Rows
from replay.model import Citation, Scenario
from replay.problems import UsageProblem, did_you_mean
from replay.state import (
    MARKS,
    UNKNOWN,
    Change,
    Control,
    Key,
    Marked,
    Tally,
    Value,
    exactly,
    unspoken,
)
from replay.strip import TOGETHER, legend, strip
from replay.tables import TableReading, row_of, rows_of

NONE: Ints = np.empty(0, np.int32)


class State(Shown):
    """What holds at the end of one tick: a mapping from keys to marked values, read on demand."""

    def __init__(self, timeline: Timeline, tick: int) -> None:
        self.timeline = timeline
        self.tick = tick
        self._last = timeline.index.last_rows(tick)

    def __getitem__(self, key: Key) -> Marked:
        number = self.timeline.keys.get(key)
        row = NO_ROW if number is None else int(self._last[number])
        if row == NO_ROW:
            return Marked(unspoken(key.aspect))
        return self.timeline.marked(row)

    def of(self, aspect: str) -> dict[str, Marked]:
        """Every value of an aspect that is known at this tick, by the id it is of."""
        return {key.of: marked for key, marked in self.known(aspect)}

    def known(self, aspect: str) -> Iterator[tuple[Key, Marked]]:
        """Every value of an aspect that is known at this tick, with its key."""
        for key, number in self.timeline.keys_of(aspect):
            row = int(self._last[number])
            if row != NO_ROW:
                yield key, self.timeline.marked(row)

    def row(self, key: Key) -> int | None:
        """The row of the log that a value comes from."""
        number = self.timeline.keys.get(key)
        row = NO_ROW if number is None else int(self._last[number])
        return None if row == NO_ROW else row

    @cached_property
    def control(self) -> Mapping[str, Marked]:
        """Control of every place of the scenario; unknown where no claim has spoken yet."""
        known = self.of("control")
        return {p.id: known.get(p.id, Marked(UNKNOWN)) for p in self.timeline.scenario.places}

    @property
    def label(self) -> str:
        """The day (or hour) of this state, as EDTF."""
        return self.timeline.scenario.calendar.label(self.tick)

    def __repr__(self) -> str:
        known = sum(1 for marked in self.control.values() if marked.value != UNKNOWN)
        return f"<State on {self.label}: {known} of {len(self.control)} places known>"


class Timeline(Stepped):
    """The log of one replay and its answers.

    >>> import replay
    >>> timeline = replay.run(replay.load("western-iraq-2017"))
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
    ) -> None:
        assert log.rows is not None, "the log is not finished"
        self.scenario = scenario
        self.readings = tuple(readings)
        self.tables = tuple(tables)
        self.lens = lens
        self.known_on = known_on
        self.question = Question(lens.name, known_on, undated)
        self.rows: Rows = log.rows
        self.keys: Mapping[Key, int] = log.keys
        self.names: Sequence[Key] = log.names
        self.values: Sequence[Value | None] = log.values
        self.coulds = log.coulds
        self.rivals: Mapping[tuple[int, int], tuple[Rival, ...]] = log.rivals
        self.reading = {reading.index: reading for reading in readings}

    @property
    def known_until(self) -> int | None:
        """The last minute by which claims must have been reported; None where all count."""
        return parse(self.known_on).bounds.latest if self.known_on else None

    @cached_property
    def index(self) -> Index:
        return Index(self.rows, len(self.names), self.scenario.calendar.ticks)

    # --- moments ------------------------------------------------------------------------------

    def tick(self, on: str | int) -> int:
        """The tick that is meant by a day (its end), an hour, or the id of an event.

        Raises UsageProblem U503 where that is no moment of the window.
        """
        calendar = self.scenario.calendar
        if isinstance(on, int):
            tick = on
        elif on in self.scenario.event:
            tick = self._after(on)
        else:
            try:
                tick = calendar.of(on)
            except ValueError as error:
                hint = did_you_mean(on, self.scenario.event) or getattr(error, "hint", None)
                raise UsageProblem("U503", str(error), hint) from None
        if not 0 <= tick < calendar.ticks:
            first, last = calendar.label(0), calendar.label(calendar.ticks - 1)
            what = f"{on} is outside the window of {self.scenario.scenario}"
            raise UsageProblem("U503", what, f"the window is {first} to {last}")
        return tick

    def _after(self, event: str) -> int:
        date = self.scenario.event[event].date
        if date is None or date.bounds.latest is None:
            what = f"the event {event!r} has no latest day, so that no moment comes after it"
            raise UsageProblem("U503", what, "name a day instead")
        return self.scenario.calendar.tick(date.bounds.latest)

    def at(self, on: str | int) -> State:
        """The state at the end of a day, hour or tick, or after an event.

        Raises UsageProblem U503 where that is no moment of the window.
        """
        return State(self, self.tick(on))

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
        """Every change, in order."""
        return (self.change(row) for row in range(len(self.rows)))

    def between(self, after: str | int, until: str | int) -> list[Change]:
        """The changes after the end of one moment until the end of another."""
        start, stop = self.index.stop(self.tick(after)), self.index.stop(self.tick(until))
        return [self.change(row) for row in range(start, stop)]

    def during(self, first: int, last: int) -> list[Change]:
        """The changes of ticks first … last, both included."""
        start, stop = self.index.stop(first - 1), self.index.stop(last)
        return [self.change(row) for row in range(start, stop)]

    def history(self, key: Key) -> list[Change]:
        """The changes of one key, in order."""
        number = self.keys.get(key)
        return [] if number is None else [self.change(int(r)) for r in self.index.history(number)]

    def rows_of(self, key: Key) -> Ints:
        """Numbers of the rows of a key, in order."""
        number = self.keys.get(key)
        return NONE if number is None else self.index.history(number)

    def keys_of(self, aspect: str) -> list[tuple[Key, int]]:
        """The keys of an aspect with their numbers, in the order of first mention."""
        return self._by_aspect.get(aspect, [])

    @cached_property
    def _by_aspect(self) -> dict[str, list[tuple[Key, int]]]:
        found: dict[str, list[tuple[Key, int]]] = {}
        for number, key in enumerate(self.names):
            found.setdefault(key.aspect, []).append((key, number))
        return found

    def codes(self, aspect: str, tick: int) -> Ints:
        """Value codes (into `values`) of all keys of an aspect at the end of a tick: int32."""
        last = self.index.last_rows(tick)
        mine = self._numbers.get(aspect, NONE)
        if len(mine) < len(last):
            last = last[mine]
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
        """Readings whose shown version took effect in ticks first … last, in documented order.

        Rows of tables are among them, made as they are asked for.
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
        yield from rows_of(self.tables)

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
        """Readings without a latest day: they never take effect, and are never left out."""
        return [r for r in self.readings if not r.dated]

    # --- the strip ----------------------------------------------------------------------------

    def strip(self, places: Sequence[str] | None = None) -> str:
        """The control strip: one line a place that is ever spoken of, one character a tick."""
        known = {key.of for key, _ in self.keys_of("control")}
        chosen = places if places is not None else [p.id for p in self.scenario.places]
        states = [State(self, tick) for tick in range(self.scenario.calendar.ticks)]
        rows = {
            place: [state[Key("control", place)] for state in states]
            for place in chosen
            if place in known
        }
        return strip(rows, {side.id: side.letter for side in self.scenario.sides})

    def __str__(self) -> str:
        sides = [(side.letter, side.name) for side in self.scenario.sides]
        rows = self.strip()
        return f"{rows}\n\n{legend(sides, TOGETHER in rows)}"

    def __repr__(self) -> str:
        return (
            f"<Timeline of {self.scenario.scenario}, lens {self.lens.name}: "
            f"{len(self.readings)} events, {len(self.rows)} changes>"
        )


def _by_moment(reading: Reading) -> tuple[int, tuple[int, int, int]]:
    return reading.shown.latest, reading.order


__all__ = ["Control", "State", "Timeline"]
