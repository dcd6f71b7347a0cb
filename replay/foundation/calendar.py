"""Ticks: the discrete time of a replay, steps of a day by default.

A calendar has steps of one length. To answer for a moment inside a step, one of its steps can be
split into shorter ticks (`split`); all other ticks stay as they are, so that a replay on the split
calendar costs little more and says the same of every other step.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import NamedTuple

from replay.foundation.edtf import (
    DAY,
    HOUR,
    Bounds,
    Date,
    DateError,
    Minute,
    parse,
    spell_bounds,
    spell_day,
    spell_moment,
)

MOST_TICKS = 1_000_000


class Piece(NamedTuple):
    """Ticks of one length: from the tick `first`, which begins at the minute `begin`, onward."""

    first: int
    begin: Minute
    step: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The ticks of a scenario: `ticks` steps of `step` minutes from the minute `origin`.

    >>> calendar = Calendar.from_window(parse("2017-10-20/2017-12-10"), DAY)
    >>> calendar.ticks, calendar.of("2017-11-03"), calendar.label(14)
    (52, 14, '2017-11-03')
    """

    origin: Minute
    step: int
    """The length of a step; ticks are shorter where a step is split."""
    ticks: int
    pieces: tuple[Piece, ...] = ()
    """Where steps are split: the pieces in order, the first of them of whole steps."""

    @classmethod
    def from_window(cls, window: Date, step: int) -> Calendar:
        """The ticks that cover a window; the first begins where its day (or hourly step) begins.

        Raises DateError for an open window, for a step that neither divides a day nor is made of
        whole days, and for more than a million ticks.
        """
        earliest, latest = window.bounds.earliest, window.bounds.latest
        if earliest is None or latest is None:
            raise DateError(f"the window {window} is open", "give both a first and a last day")
        if step < 1 or (step % DAY and DAY % step):
            raise DateError(f"a step of {step} minutes cuts across days", "use a day, or 6 hours")
        origin = earliest - earliest % min(step, DAY)
        ticks = (latest - origin) // step + 1
        if ticks > MOST_TICKS:
            raise DateError(f"the window {window} has {ticks} ticks", "use a longer step")
        return cls(origin, step, ticks)

    # --- ticks and minutes ----------------------------------------------------------------------

    def tick(self, minute: Minute) -> int:
        """The tick of a minute; negative before the window, `ticks` and more after it."""
        if not self.pieces:
            return (minute - self.origin) // self.step
        number = bisect_right(self.pieces, minute, key=lambda piece: piece.begin)
        first, begin, step = self.pieces[max(number - 1, 0)]
        return first + (minute - begin) // step

    def begin(self, tick: int) -> Minute:
        """The first minute of a tick."""
        first, begin, step = self._piece(tick)
        return begin + (tick - first) * step

    def end(self, tick: int) -> Minute:
        """The last minute of a tick."""
        return self.begin(tick) + self._piece(tick).step - 1

    def _piece(self, tick: int) -> Piece:
        if not self.pieces:
            return Piece(0, self.origin, self.step)
        number = bisect_right(self.pieces, tick, key=lambda piece: piece.first)
        return self.pieces[max(number - 1, 0)]

    def days_between(self, tick: int, later: int) -> int:
        """Whole days from the beginning of one tick to that of another."""
        return (self.begin(later) - self.begin(tick)) // DAY

    # --- steps ----------------------------------------------------------------------------------

    def step_of(self, tick: int) -> int:
        """The number of the step in which a tick lies: the tick itself where no step is split."""
        return (self.begin(tick) - self.origin) // self.step

    def last_of_step(self, step: int) -> int:
        """The last tick of a step."""
        return self.tick(self.origin + (step + 1) * self.step - 1)

    def split(self, tick: int, minutes: int) -> Calendar:
        """The same calendar with one tick split into ticks of some minutes, which divide it."""
        begin, end = self.begin(tick), self.end(tick) + 1
        number = (end - begin) // minutes
        return self._with(tick, Piece(tick, begin, minutes), Piece(tick + number, end, 0))

    def doubled(self, minute: Minute) -> Calendar:
        """The same calendar with two ticks for a minute that is a tick of its own already.

        What happens in the minute is in the second of them, until a replay is told otherwise: so
        the first one can be the moment after one event of the minute and before another.
        """
        tick = self.tick(minute)
        return self._with(tick, Piece(tick + 1, minute, 1), Piece(tick + 2, minute + 1, 0))

    def _with(self, tick: int, new: Piece, after: Piece) -> Calendar:
        """The pieces with a new one that begins within or behind a tick, and what follows it."""
        pieces = self.pieces or (Piece(0, self.origin, self.step),)
        more = after.first - tick - 1
        known = self._piece(tick)
        before = [p for p in pieces if p.first <= tick]
        later = [p._replace(first=p.first + more) for p in pieces if p.first > tick]
        if not later or later[0].first > after.first:
            later.insert(0, after._replace(step=known.step))
        return replace(self, ticks=self.ticks + more, pieces=(*before, new, *later))

    # --- names ----------------------------------------------------------------------------------

    def label(self, tick: int) -> str:
        """A tick as EDTF: its day, its first and last day, or the time at which it begins.

        `of` reads it back.
        """
        if self._piece(tick).step > DAY:
            return self.span(tick, tick)
        return spell_moment(self.begin(tick), self._piece(tick).step)

    def span(self, first: int, last: int) -> str:
        """The time from one tick to another, both included, as EDTF; in days where ticks are days.

        Raises DateError beyond the years -9999 … 9999.
        """
        begin, end = self.begin(first), self.end(last)
        if begin % DAY or (end + 1) % DAY:
            return spell_bounds(Bounds(begin, end))
        left, right = spell_day(begin // DAY), spell_day(end // DAY)
        return left if left == right else f"{left}/{right}"

    def ends(self, first: int, last: int) -> tuple[str, str]:
        """The first and the last day of a span of ticks; of short ticks, when they begin."""
        if self._piece(first).step < DAY:
            return self.label(first), self.label(last)
        return spell_day(self.begin(first) // DAY), spell_day(self.end(last) // DAY)

    def of(self, text: str) -> int:
        """The tick in which a day, an hour or a minute ends; it may lie outside the window.

        It reads the label of a tick as well. Raises DateError for any other span or marked date.
        """
        date = parse(text)
        last = date.bounds.latest
        exact = date.precision in ("day", "hour", "minute")
        if last is not None and exact and not date.approximate and not date.uncertain:
            tick = self.tick(last)
            if not date.is_interval or text == self.label(tick):
                return tick
        raise DateError(f"{text!r} is not a single day or hour", "write 2017-11-17")


__all__ = ["DAY", "HOUR", "Calendar"]
