"""Ticks: the discrete time of a replay, steps of a day by default."""

from __future__ import annotations

from dataclasses import dataclass

from replay.dates import DAY, Date, DateError, Minute, moment, spell_moment

MOST_TICKS = 1_000_000


@dataclass(frozen=True, slots=True)
class Calendar:
    """The ticks of a scenario: `ticks` steps of `step` minutes from the minute `origin`.

    >>> calendar = Calendar.from_window(parse("2017-10-20/2017-12-10"), DAY)
    >>> calendar.ticks, calendar.of("2017-11-03"), calendar.label(14)
    (52, 14, '2017-11-03')
    """

    origin: Minute
    step: int
    ticks: int

    @classmethod
    def from_window(cls, window: Date, step: int) -> Calendar:
        """The ticks that cover a window; the first begins where its day (or hourly step) begins.

        Raises DateError for an open window, for a step that neither divides a day nor is made of
        whole days, and for more than a million ticks.
        """
        earliest, latest = window.bounds.earliest, window.bounds.latest
        if earliest is None or latest is None:
            raise DateError(f"the window {window} is open", "write both of its ends")
        if step < 1 or (step % DAY and DAY % step):
            raise DateError(f"a step of {step} minutes cuts across days", "take a day, or 6 hours")
        origin = earliest - earliest % min(step, DAY)
        ticks = (latest - origin) // step + 1
        if ticks > MOST_TICKS:
            raise DateError(f"the window {window} has {ticks} ticks", "take a longer step")
        return cls(origin, step, ticks)

    def tick(self, minute: Minute) -> int:
        """The tick of a minute; negative before the window, `ticks` and more after it."""
        return (minute - self.origin) // self.step

    def begin(self, tick: int) -> Minute:
        """The first minute of a tick."""
        return self.origin + tick * self.step

    def end(self, tick: int) -> Minute:
        """The last minute of a tick."""
        return self.begin(tick + 1) - 1

    def label(self, tick: int) -> str:
        """The day, or the day and hour, at which a tick begins; `of` reads it back."""
        return spell_moment(self.begin(tick), self.step)

    def of(self, text: str) -> int:
        """The tick at the end of a spelled day, hour or minute; it may lie outside the window.

        Raises DateError for anything wider or marked.
        """
        return self.tick(moment(text, "day", "hour", "minute")[1])
