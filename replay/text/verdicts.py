"""The verdicts of the replay on the statements, as a list to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from replay.analysis.statements import Outcome, Verdict
from replay.analysis.verdict_evidence import (
    CountEvidence,
    DistanceEvidence,
    EventEvidence,
    Evidence,
    StateEvidence,
    verdict_evidence,
)
from replay.foundation.edtf import parse
from replay.foundation.english import format_date
from replay.model import Scenario
from replay.text.counts import one, reasons
from replay.text.explanation import witness_text
from replay.text.narrative import TextLine
from replay.text.phrases import number, since_text, value, voices
from replay.timeline.timeline import Timeline

VERDICT_KINDS = {
    "independent": "Statements",
    "restates": "Statements that restate an event",
}
OUTCOMES: tuple[Outcome, ...] = ("contradicted", "undecidable", "supported")


def told_verdicts(
    timeline: Timeline, verdicts: Sequence[Verdict], supported: bool = False
) -> Iterator[TextLine]:
    """How many of each kind, the independent ones first; and those contradicted or undecidable.

    Each with who makes it, what the replay has instead, since when, and who says that.
    """
    for kind, title in VERDICT_KINDS.items():
        mine = [v for v in verdicts if v.kind == kind]
        if not mine:
            continue
        told = [v for v in mine if v.statement.asserts]
        yield TextLine("phase", title)
        yield TextLine("answer", _count(told, len(mine) - len(told)))
        for outcome in OUTCOMES:
            for verdict in (v for v in told if v.outcome == outcome):
                if supported or outcome != "supported":
                    yield from _verdict(timeline, verdict)


def _count(told: Sequence[Verdict], mute: int) -> str:
    counts = Counter(v.outcome for v in told)
    parts = [f"{counts[o]} {o}" for o in ("supported", "contradicted", "undecidable")]
    return ", ".join(parts) + (f"; {mute} cannot be checked." if mute else ".")


def _verdict(timeline: Timeline, verdict: Verdict) -> Iterator[TextLine]:
    scenario, statement = timeline.scenario, verdict.statement
    when = f" ({format_date(statement.on)})" if statement.on else ""
    yield TextLine("gap", "")
    yield TextLine("event", f"{verdict.outcome.capitalize()}: {statement.summary}{when}")
    reporter = scenario.name(statement.reporter) if statement.reporter else None
    yield TextLine("source", f"says {voices((reporter, str(cite)) for cite in statement.cite)}")
    mark = {"contradicted": "≠", "undecidable": "?", "supported": "="}[verdict.outcome]
    for evidence in verdict_evidence(timeline, verdict):
        who = f" – {witness_text(scenario, list(evidence.told))}" if evidence.told else ""
        yield TextLine("rival", f"{mark} {_evidence(scenario, evidence)}{who}", hang=2)
        if isinstance(evidence, CountEvidence) and evidence.reckoning and len(evidence.items) > 1:
            for reason in reasons(scenario, evidence.reckoning):
                yield TextLine("source", f"  {reason}", hang=2)


def _evidence(scenario: Scenario, evidence: Evidence) -> str:
    match evidence:
        case StateEvidence():
            return _state(scenario, evidence)
        case EventEvidence(admitted=False):
            return f"none of the selected sources mentions this: {evidence.summary}"
        case EventEvidence():
            dates = (format_date(date) if date else "undated" for date in evidence.dates)
            return f"{' or '.join(dict.fromkeys(dates))}: {evidence.summary}"
        case CountEvidence(items=items, reckoning=reckoning):
            if reckoning is None:
                return "none of the selected sources counts it"
            if len(items) == 1:
                return f"counted: {one(scenario, items[0])}"
            return f"counted: {number(reckoning.number)} by all counters"
        case DistanceEvidence(km=km):
            if km is None:
                return "no source says where one of the two places is"
            best, low = km.best or 0, km.low
            return f"{best:.0f} km as the crow flies, give or take {best - low:.0f} km"


def _state(scenario: Scenario, evidence: StateEvidence) -> str:
    key, marked = evidence.key, evidence.marked
    spoken = value(scenario, marked)
    if key.aspect == "progress" and marked.value is None and not marked.could:
        spoken = "none of it is taken"
    began = f", {since_text(evidence.since)}" if evidence.since else ""
    when = f"{format_date(parse(evidence.days))}: " if evidence.days else ""
    verb = " is " if key.aspect in ("control", "ground") else ": "
    return f"{when}{scenario.name(key.of)}{verb}{spoken}{began}"
