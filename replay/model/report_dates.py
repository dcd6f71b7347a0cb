"""Report dates that the author does not write out: from another listing, from the sentence before.

A report that two sources list (`same_as`) is one report with one date. A claim with
`reported: inherited` takes its report date from the claim before it in the same paragraph: an
article that says on which day a communiqué came out does not say it again in the next sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from replay.foundation.edtf import Bounds, Date
from replay.foundation.locators import Locator
from replay.model.event import Claim
from replay.model.fields import Citation, Inherited
from replay.model.things import Report


def listings(reports: Iterable[Report]) -> dict[str, tuple[Report, ...]]:
    """For each report all listings of it, itself included: `same_as` followed both ways."""
    known = {report.id: report for report in reports}
    root = {name: name for name in known}

    def of(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for report in known.values():
        if report.same_as in known:
            one, other = sorted((of(report.id), of(report.same_as)))
            root[other] = one
    groups: dict[str, list[Report]] = {}
    for name in sorted(known):
        groups.setdefault(of(name), []).append(known[name])
    return {name: tuple(groups[of(name)]) for name in known}


def report_dates(known: Mapping[str, tuple[Report, ...]]) -> dict[str, Date]:
    """The date of each report of which any listing has one: the most exact, or where listings
    contradict each other its own, or else the latest, by which it was out in any case."""
    found = {}
    for name, same in known.items():
        dates = [report.published for report in same if report.published is not None]
        own = next((report.published for report in same if report.id == name), None)
        if own is not None and contradictory(same):
            found[name] = own
        elif dates:
            rank = _lateness if contradictory(same) else _vagueness
            found[name] = min(dates, key=rank)
    return found


def contradictory(same: Sequence[Report]) -> tuple[Report, Report] | None:
    """Two listings of one report whose dates cannot both be true, if there are any."""
    dated = [report for report in same if report.published is not None]
    for one, two in combinations(dated, 2):
        assert one.published is not None
        assert two.published is not None
        if apart(one.published.bounds, two.published.bounds):
            return one, two
    return None


def apart(one: Bounds, two: Bounds) -> bool:
    """Whether one of two stretches of time ends before the other begins."""
    pairs = (one.latest, two.earliest), (two.latest, one.earliest)
    return any(end is not None and begin is not None and end < begin for end, begin in pairs)


def _vagueness(date: Date) -> tuple[float, float, str]:
    """The most exact date first; of those the earlier one."""
    earliest, latest = date.bounds.earliest, date.bounds.latest
    last = float("inf") if latest is None else latest
    return (last if earliest is None else last - earliest), last, date.text


def _lateness(date: Date) -> tuple[float, str]:
    return -(float("inf") if date.bounds.latest is None else date.bounds.latest), date.text


# --- from the sentence before -------------------------------------------------------------------


class Paragraphs:
    """The report dates that claims give, by the sentence that they cite."""

    def __init__(self, claims: Iterable[Claim], dates: Mapping[str, Date]) -> None:
        self._dated: dict[tuple[str, int], dict[Locator, Date]] = {}
        for claim in claims:
            date = (
                claim.reported if isinstance(claim.reported, Date) else dates.get(claim.via or "")
            )
            where = claim.cite.locator
            if date is not None and date.bounds.latest is not None and where.sentence:
                known = self._dated.setdefault((claim.cite.source, where.paragraph), {})
                known[where] = min((date, known.get(where, date)), key=_lateness)

    def inherited(self, cite: Citation) -> Inherited | None:
        """The report date of the nearest sentence before a citation, in the same paragraph, or of
        another claim of the same sentence; of several dates of one sentence the latest."""
        where = cite.locator
        known = self._dated.get((cite.source, where.paragraph), {})
        before = [one for one in known if where.sentence and one.sentence <= where.sentence]
        if not before:
            return None
        nearest = max(before)
        return Inherited(known[nearest], Citation(cite.source, nearest))
