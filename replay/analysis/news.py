"""The news between two days: what became known from one known-on day to another, and of what kind.

Each claim that is admitted on the second day and not on the first is news. One that only says again
what was known is counted and not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from replay.foundation.edtf import parse, spell_within
from replay.foundation.errors import UsageError
from replay.lens import Reading, Version, admitted, roots_of, told_on
from replay.timeline.difference import FieldDifference, event_difference
from replay.timeline.explanation import Testimony, claimed
from replay.timeline.timeline import Timeline

Json = dict[str, Any]
NewsKind = Literal["new", "late", "premature", "correction", "contradiction"]
NEWS_KINDS: dict[NewsKind, str] = {
    "new": "an event not reported by the first day, which may have happened after it",
    "late": "an event not reported by the first day, although it had happened by then",
    "premature": "an event reported as done by the first day that, as known on the second, had not"
    " happened when it was reported",
    "correction": "a witness contradicts their own earlier account",
    "contradiction": "another witness contradicts what was known",
}
"""What each kind of news is."""


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news: its kind, the event, and the claims that bring it."""

    kind: NewsKind
    event: str
    summary: str
    happened: str | None
    """EDTF, as the second day shows it."""
    told: tuple[Testimony, ...]
    reported: str | None
    """EDTF: when the first of these claims was made; None where nothing says."""
    says: tuple[FieldDifference, ...] = ()
    """What is said differently, of a correction or contradiction."""
    thought: str | None = None
    """EDTF: when it had happened as the first day knew it, if premature."""
    before: tuple[Testimony, ...] = ()
    """The claims that were known on the first day."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All that became known between two days."""

    news: tuple[News, ...]
    agreeing: int
    """How many new claims only repeat what was known."""


def bulletin(a: Timeline, b: Timeline) -> Bulletin:
    """What became known from the first of two known-on days to the second, in order of its report.

    Raises UsageProblem U507 where the two replays differ in more than the day.
    """
    if a.scenario is not b.scenario and a.scenario != b.scenario:
        raise UsageError("U507", "news is of one scenario", "name one, with --known-on twice")
    known = {reading.event.id: reading for reading in a.readings}
    first = _end(a)
    found: list[News] = []
    agreeing = 0
    for reading in b.readings:
        old = known.get(reading.event.id)
        fresh = _fresh(a, reading)
        if old is None:
            found.append(_first_news(b, reading, fresh, first))
            continue
        if _premature(b, old, reading):
            before = _told(old, old.shown.claims)
            said = _date(old.shown)
            claims = fresh or reading.shown.claims
            found.append(_news("premature", b, reading, claims, before=before, thought=said))
        for version in reading.versions:
            mine = [n for n in version.claims if n in fresh]
            says = event_difference(b.scenario, old, version)
            if mine and says:
                kind: NewsKind = "correction" if _own(b, old, mine) else "contradiction"
                before = _told(old, old.shown.claims)
                found.append(_news(kind, b, reading, mine, says, before))
            else:
                agreeing += len(mine)
    order = {reading.event.id: reading.listed for reading in b.readings}
    found.sort(key=lambda n: (_when(n), order[n.event]))
    return Bulletin(tuple(found), agreeing)


def _end(timeline: Timeline) -> int:
    assert timeline.known_until is not None
    return timeline.known_until


def _fresh(a: Timeline, reading: Reading) -> list[int]:
    """The claims of a later reading that were not admitted on the first day."""
    had = set(admitted(a.scenario, reading.event, a.lens, _end(a), a.question.undated))
    return [n for v in reading.versions for n in v.claims if n not in had]


def _first_news(b: Timeline, reading: Reading, fresh: list[int], first: int) -> News:
    """An event of which nothing was known: new, or late where it had happened by then."""
    happened_by = b.scenario.calendar.end(reading.shown.latest) if reading.dated else None
    kind: NewsKind = "late" if happened_by is not None and happened_by <= first else "new"
    return _news(kind, b, reading, fresh)


def _premature(b: Timeline, old: Reading, reading: Reading) -> bool:
    """Whether an event was reported as done that, as known later, had not happened yet."""
    if not old.dated or reading.shown.earliest <= old.shown.earliest:
        return False
    begins = b.scenario.calendar.begin(reading.shown.earliest)
    told = [told_on(b.scenario, old.event.claims[n])[0].latest for n in old.shown.claims]
    return any(minute is not None and minute < begins for minute in told)


def _own(b: Timeline, old: Reading, claims: Sequence[int]) -> bool:
    """Whether the new account comes from a witness to what was known."""
    had = [roots_of(b.scenario, old.event.claims[n]) for n in old.shown.claims]
    return any(roots_of(b.scenario, old.event.claims[n]) & roots for n in claims for roots in had)


def _news(
    kind: NewsKind,
    b: Timeline,
    reading: Reading,
    claims: Sequence[int],
    says: tuple[FieldDifference, ...] = (),
    before: tuple[Testimony, ...] = (),
    thought: str | None = None,
) -> News:
    event, date = reading.event, reading.shown.event.date
    told = _told(reading, claims)
    return News(
        kind,
        event.id,
        event.summary,
        date.text if date else None,
        told,
        _first_report(b, reading, claims),
        says,
        thought,
        before,
    )


def _told(reading: Reading, claims: Sequence[int]) -> tuple[Testimony, ...]:
    return tuple(claimed(reading, n) for n in claims)


def _first_report(b: Timeline, reading: Reading, claims: Sequence[int]) -> str | None:
    spans = [told_on(b.scenario, reading.event.claims[n])[0] for n in claims]
    known = [span for span in spans if span.latest is not None]
    return spell_within(min(known, key=lambda span: span.latest or 0)) if known else None


def _date(version: Version) -> str | None:
    return version.event.date.text if version.event.date else None


def _when(news: News) -> int:
    latest = parse(news.reported).bounds.latest if news.reported else None
    return 0 if latest is None else latest


# --- as data ------------------------------------------------------------------------------------
