"""What the replay makes of the statements, as a list that can be printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from replay.analysis.statements import Outcome, Verdict
from replay.analysis.verdict_evidence import instead
from replay.foundation.english import human_date
from replay.text.explanation import witnesses
from replay.text.narrative import Line
from replay.text.phrases import voices
from replay.timeline.timeline import Timeline

KINDS = {
    "independent": "Statements",
    "restates": "Statements that restate an event",
}
OUTCOMES: tuple[Outcome, ...] = ("contradicted", "undecidable", "supported")


def told_verdicts(
    timeline: Timeline, verdicts: Sequence[Verdict], supported: bool = False
) -> Iterator[Line]:
    """How many of each kind, the independent ones first; and those contradicted or undecidable.

    Each with who makes it, and with what the replay has instead, since when, and who says that.
    """
    for kind, title in KINDS.items():
        mine = [v for v in verdicts if v.kind == kind]
        if not mine:
            continue
        told = [v for v in mine if v.statement.asserts]
        yield Line("phase", title)
        yield Line("answer", _count(told, len(mine) - len(told)))
        for outcome in OUTCOMES:
            for verdict in (v for v in told if v.outcome == outcome):
                if supported or outcome != "supported":
                    yield from _verdict(timeline, verdict)


def _count(told: Sequence[Verdict], mute: int) -> str:
    counts = Counter(v.outcome for v in told)
    parts = [f"{counts[o]} {o}" for o in ("supported", "contradicted", "undecidable")]
    verb = "asserts" if mute == 1 else "assert"
    return ", ".join(parts) + (f"; {mute} {verb} nothing to be checked." if mute else ".")


def _verdict(timeline: Timeline, verdict: Verdict) -> Iterator[Line]:
    scenario, statement = timeline.scenario, verdict.statement
    when = f" ({human_date(statement.on)})" if statement.on else ""
    yield Line("gap", "")
    yield Line("event", f"{verdict.outcome.capitalize()}: {statement.summary}{when}")
    reporter = scenario.name(statement.reporter) if statement.reporter else None
    yield Line("source", f"says {voices((reporter, str(cite)) for cite in statement.cite)}")
    mark = {"contradicted": "≠", "undecidable": "?", "supported": "="}[verdict.outcome]
    for one in instead(timeline, verdict):
        who = f" – {witnesses(scenario, list(one.told))}" if one.told else ""
        yield Line("rival", f"{mark} {one.says}{who}", hang=2)
        for reason in one.why:
            yield Line("source", f"  {reason}", hang=2)
