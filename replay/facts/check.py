"""What check found, as plain data."""

from __future__ import annotations

from dataclasses import asdict

from replay.analysis.check import CheckReport
from replay.analysis.disagreements import Disagreement
from replay.facts.answers import Json, key_json, question_json, testimony_json
from replay.timeline.explanation import Dispute


def report_json(report: CheckReport) -> Json:
    """The shape of `replay check --json` for a scenario without errors."""
    timeline, scenario = report.timeline, report.timeline.scenario
    return {
        "scenario": timeline.scenario.scenario,
        **question_json(timeline),
        "problems": [],
        "findings": [asdict(finding) for finding in report.findings],
        "acknowledged": [
            {**asdict(finding), "reason": report.reason(finding)} for finding in report.acknowledged
        ],
        "disputes": [_dispute_json(report, dispute) for dispute in report.disputes],
        "disagreements": [_disagreement_json(report, one) for one in report.disagreements],
        "statements": [
            {
                "id": verdict.statement.id,
                "verdict": verdict.outcome,
                "kind": verdict.kind,
                "because": [testimony_json(told) for told in verdict.because],
            }
            for verdict in report.statements
        ],
        "tables": [
            {"file": scenario.tables[c.table].file, "rows": len(c), "unread": list(c.unread)}
            for c in scenario.columns or ()
        ],
        "coverage": {covered.source: covered.counts for covered in report.coverage},
    }


def _disagreement_json(report: CheckReport, one: Disagreement) -> Json:
    """What is disputed because of the same claims, as one: its keys are among the disputes."""
    first, last = report.timeline.scenario.calendar.ends(one.first, one.last)
    return {
        "from": first,
        "to": last,
        "keys": [key_json(dispute.key) for dispute in one.disputes],
        "events": list(one.events),
    }


def _dispute_json(report: CheckReport, dispute: Dispute) -> Json:
    first, last = report.timeline.scenario.calendar.ends(dispute.first, dispute.last)
    return {
        "key": key_json(dispute.key),
        "from": first,
        "to": last,
        "claims": [testimony_json(told) for told in dispute.claims],
    }
