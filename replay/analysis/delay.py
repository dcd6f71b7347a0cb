"""How long news took: for each event, the days between its happening and its being reported.

An event is paired with the reports that date it so: when one account has it on the 3rd and another
on the 5th, each counts from its own day.

It happened between an earliest and a latest day, and each report of it came out between an earliest
and a latest day too, so that a delay is a pair of bounds: the least and the most days that can have
passed. An event is not reported before it happens: the least is no less than 0, unless all of the
report's days lie before all of the event's, which is shown as negative days (*premature*).

A report date is that of the claim; else of the report that carried it; else of the publication of
its source. `basis` says which; a delay by publication tells more of the source than of the news.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from replay.foundation.edtf import DAY, Bounds, spell_within
from replay.lens import BEFORE_ALL, NEVER, Basis, Reading, Version, told_on
from replay.timeline.explanation import Testimony, claimed
from replay.timeline.timeline import Timeline

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReportDelay:
    """One claim with the days (numbers since 1970-01-01) between which it was made public."""

    first: int | None
    last: int | None
    """None: nothing says by when."""
    basis: Basis
    claim: Testimony

    @property
    def days(self) -> str | None:
        """EDTF; None where nothing is known of it."""
        return _spelled(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Delay:
    """An event with the days between which it happened, as one account dates it, and the reports
    that date it so."""

    event: str
    summary: str
    place: tuple[str, ...]
    first: int | None
    last: int | None
    """Day numbers since 1970-01-01; None is an open end."""
    reports: tuple[ReportDelay, ...]
    """All admitted claims that say that it happened then, the earliest known one first."""
    others: tuple[Delay, ...] = ()
    """The same for those who date it differently."""

    @property
    def happened(self) -> str | None:
        """EDTF; None where no source says."""
        return _spelled(self.first, self.last)

    @property
    def report(self) -> ReportDelay:
        """The first report of it: by when it can be known first of all."""
        return self.reports[0]

    @property
    def least(self) -> int | None:
        """The least days that can have passed; None where that is not known."""
        low, high = self._apart()
        if low is None or low >= 0 or (high is not None and high < 0):
            return low
        return 0

    @property
    def most(self) -> int | None:
        """The most days that can have passed; None where that is not known."""
        return self._apart()[1]

    @property
    def known(self) -> bool:
        """Whether both bounds are."""
        return self.least is not None and self.most is not None

    def _apart(self) -> tuple[int | None, int | None]:
        told = self.report
        low = None if told.first is None or self.last is None else told.first - self.last
        high = None if told.last is None or self.first is None else told.last - self.first
        return low, high


def delays(timeline: Timeline) -> list[Delay]:
    """Every event of the script that the lens admits, in order of its last day; undated ones last.

    Rows of tables are left out: all of a table have one source, and its date.
    """
    found = [_delay(timeline, reading) for reading in timeline.readings]
    order = {reading.event.id: reading.listed for reading in timeline.readings}
    return sorted(found, key=lambda d: (d.last is None, d.last or 0, order[d.event]))


def _delay(timeline: Timeline, reading: Reading) -> Delay:
    """The delay as the version shown dates the event, and that of each account that dates it
    differently, each with the reports of those who date it so."""
    accounts: dict[tuple[int | None, int | None], list[int]] = {}
    silent: list[int] = []
    for version in (v for v in reading.versions if not v.denies):
        claims = accounts.setdefault(_days(timeline, version), [])
        for n in version.claims:
            (silent if "date" in reading.claim(n).silent else claims).append(n)
    first, *rest = accounts.items()
    shown = _account(timeline, reading, first[0], first[1] or silent)
    others = [_account(timeline, reading, days, claims) for days, claims in rest if claims]
    return replace(shown, others=tuple(others))


def _account(
    timeline: Timeline, reading: Reading, days: tuple[int | None, int | None], claims: list[int]
) -> Delay:
    told = [_told(timeline, reading, n) for n in claims]
    told.sort(key=lambda t: (t.last is None, t.last or 0, t.basis == "publication"))
    event = reading.shown.event
    return Delay(event.id, event.summary, event.place, *days, tuple(told))


def _told(timeline: Timeline, reading: Reading, n: int) -> ReportDelay:
    bounds, basis = told_on(timeline.scenario, reading.event.claims[n])
    return ReportDelay(*_day_numbers(bounds), basis, claimed(reading, n))


def _days(timeline: Timeline, shown: Version) -> tuple[int | None, int | None]:
    """First and last day of a version, `after` taken into account."""
    calendar = timeline.scenario.calendar
    written = shown.event.date.bounds if shown.event.date else Bounds(None, None)
    first, last = written.earliest, written.latest
    if shown.earliest > BEFORE_ALL:
        begin = calendar.begin(shown.earliest)
        first = begin if first is None else max(first, begin)
    if last is None and shown.latest < NEVER:
        last = calendar.end(shown.latest)
    return _day_numbers(Bounds(first, last))


def _day_numbers(bounds: Bounds) -> tuple[int | None, int | None]:
    first = None if bounds.earliest is None else bounds.earliest // DAY
    last = None if bounds.latest is None else bounds.latest // DAY
    return first, last


def _spelled(first: int | None, last: int | None) -> str | None:
    if first is None and last is None:
        return None
    begin = None if first is None else first * DAY
    end = None if last is None else last * DAY + DAY - 1
    return spell_within(Bounds(begin, end))


# --- as data ------------------------------------------------------------------------------------
