"""How fast the news came, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from replay.analysis.delay import Delay, Json, ReportDelay, delays
from replay.facts.answers import question_json
from replay.timeline.timeline import Timeline


def delays_json(timeline: Timeline) -> Json:
    """The shape of `replay delay --json`."""
    return {
        "scenario": timeline.scenario.scenario,
        **question_json(timeline),
        "delays": [_json(delay) for delay in delays(timeline)],
    }


def _json(delay: Delay) -> Json:
    return {
        "event": delay.event,
        "summary": delay.summary,
        "happened": delay.happened,
        "reported": delay.report.days,
        "basis": delay.report.basis,
        "days": {"least": delay.least, "most": delay.most},
        "reports": [dict(_report_json(told)) for told in delay.reports],
        **({"others": [_json(other) for other in delay.others]} if delay.others else {}),
    }


def _report_json(told: ReportDelay) -> Iterator[tuple[str, Any]]:
    claim = told.claim
    yield "source", claim.source
    yield "locator", claim.locator
    yield "reporter", claim.reporter
    yield "via", claim.via
    yield "reported", told.days
    yield "basis", told.basis
