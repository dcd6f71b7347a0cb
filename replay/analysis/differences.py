"""Disagreements beyond one event: statements that contradict, counters who count the same.

Claims of one event that differ are the engine's business: it marks what they leave disputed. Two
sentences about the state can contradict each other without any event between them, and two
counters can give their own numbers for the same days. Both are listed with the claims side by
side, as the claims of one event are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from replay.analysis.combine_counts import ReportedCount, overlapping
from replay.analysis.denials import denials
from replay.analysis.ground_parts import ground_parts, reported_progress
from replay.analysis.statements import is_own
from replay.analysis.tallies import reported
from replay.foundation.edtf import Date
from replay.lens import Reading, was_known
from replay.model import Citation, Claim, Event, Statement
from replay.model.state import Progress, StateKey, TallyKey, exactly, tally_of
from replay.timeline.difference import Difference, ReportedNumber, StatedSentence
from replay.timeline.explanation import Dispute, Testimony, claimed
from replay.timeline.timeline import Timeline


def differences(timeline: Timeline) -> list[Dispute]:
    """Contradictions of statements and events, overlapping counts, denials: in order of time."""
    found = [
        *contradictions(timeline),
        *count_differences(timeline),
        *beyond(timeline),
        *denials(timeline),
    ]
    return sorted(found, key=lambda dispute: (dispute.first, dispute.key))


# --- statements -------------------------------------------------------------------------------


def contradictions(timeline: Timeline) -> Iterator[Dispute]:
    """Statements that, as the author reads them, cannot be true together with something else.

    Of each the citations that the lens admits; one that is left without a rival is none, and a
    sentence does not contradict itself. Two that contradict each other are listed once.
    """
    scenario = timeline.scenario
    statements = {statement.id: statement for statement in scenario.statements}
    readings = {reading.event.id: reading for reading in timeline.readings}
    seen: set[frozenset[tuple[str, str, str]]] = set()
    for statement in scenario.statements:
        claims = list(_stated(timeline, statement))
        dates = [statement.on]
        for other in statement.contradicts:
            more: list[Testimony] = []
            if other in statements:
                more = list(_stated(timeline, statements[other]))
                dates.append(statements[other].on)
            elif other in readings:
                more = _told(readings[other])
                dates.append(readings[other].shown.event.date)
            claims += [claim for claim in more if not is_own(statement, claim)]
        said = frozenset((claim.event, claim.source, claim.locator) for claim in claims)
        if len({claim.event for claim in claims}) > 1 and said not in seen:
            seen.add(said)
            key = StateKey("statement", statement.id)
            yield Dispute(key, *_ticks(timeline, dates), tuple(claims))


def _stated(timeline: Timeline, statement: Statement) -> Iterator[Testimony]:
    for cite in (cite for cite in statement.cite if _admitted(timeline, statement, cite)):
        yield Testimony(
            event=statement.id,
            type="statement",
            date=statement.on.text if statement.on else None,
            source=cite.source,
            locator=str(cite.locator),
            reporter=statement.reporter,
            via=None,
            reported=None,
            says=StatedSentence(statement.summary),
        )


def _admitted(timeline: Timeline, statement: Statement, cite: Citation) -> bool:
    """Whether a statement is admitted: as a claim of its source, made when that was published."""
    scenario = timeline.scenario
    claim = Claim.model_construct(cite=cite, reporter=statement.reporter)
    if not was_known(scenario, claim, timeline.known_until, timeline.question.undated):
        return False
    restated = (scenario.event[e] for e in statement.restates if e in scenario.event)
    return timeline.lens.admits(scenario, claim, next(restated, NO_EVENT))


NO_EVENT = Event.model_construct(id="", type="", summary="", claims=())
"""What a statement speaks of that restates no event: it harms nobody."""


def _told(reading: Reading) -> list[Testimony]:
    event: Event = reading.event
    claims = reading.shown.claims
    return [claimed(reading, n, StatedSentence(event.summary)) for n in claims]


def _ticks(timeline: Timeline, dates: list[Date | None]) -> tuple[int, int]:
    """From the first to the last tick of the window of which the dates speak."""
    calendar = timeline.scenario.calendar
    minutes = [m for d in dates if d for m in (d.bounds.earliest, d.bounds.latest) if m is not None]
    ticks = [min(max(calendar.tick(m), 0), calendar.ticks - 1) for m in minutes]
    return min(ticks, default=0), max(ticks, default=0)


# --- more than there is ------------------------------------------------------------------------


def beyond(timeline: Timeline) -> Iterator[Dispute]:
    """Areas and routes of which the reports add up to more than the whole, even at the least."""
    scenario = timeline.scenario
    last = scenario.calendar.ticks - 1
    for key, _ in timeline.keys_of("progress"):
        for change in timeline.history(key):
            value = change.after.value
            if not isinstance(value, Progress) or change.basis != "documented":
                continue
            size = exactly(1) if value.unit == "share" else scenario.size_of(key.of)
            if size is None or size.high is None or value.amount.low < (size.best or size.high):
                continue  # what exceeds the whole is shown as the whole
            cause = timeline.cause(change.order)
            reported = reported_progress(timeline, key, change.tick, cause)
            if _reported(reported) <= size.high:
                continue
            claims = [
                replace(told, says=Difference(part))
                for part, behind in ground_parts(timeline, key, change.tick, cause)
                for told in behind
            ]
            yield Dispute(StateKey("whole", key.of), max(0, change.tick), last, tuple(claims))
            break


def _reported(value: object) -> float:
    """The least that reports add up to."""
    return value.reported.low if isinstance(value, Progress) else 0.0


# --- counts -----------------------------------------------------------------------------------


def count_differences(timeline: Timeline) -> Iterator[Dispute]:
    """Numbers of different counters for the same thing on days and ground that overlap."""
    items = reported(timeline, timeline.scenario.calendar.ticks - 1)

    def subject(item: ReportedCount) -> tuple[str, str, str]:
        return item.series.name, item.series.unit, item.series.of or ""

    for (name, unit, of), same in groupby(sorted(items, key=subject), subject):
        for group in overlapping(timeline.scenario, list(same)):
            if len({item.series.counted_by for item in group}) > 1:
                group.sort(key=lambda item: (item.said.earliest, item.said.latest))
                claims = [t for item in group for t in _counted(item)]
                dates = [item.version.event.date for item in group]
                key = tally_of(TallyKey(name, unit, of or None, (), ""))
                yield Dispute(key, *_ticks(timeline, dates), tuple(claims))


def _counted(item: ReportedCount) -> list[Testimony]:
    says = ReportedNumber(item.said.number, item.total)
    return [claimed(item.reading, n, says) for n in item.claims]
