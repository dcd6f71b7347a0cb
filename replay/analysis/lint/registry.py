"""The rules of the lint by code: each registers itself where it is written.

A rule is one function that yields findings. A finding that is meant is acknowledged in the script
with a written reason: `acknowledge: [{code: L301, of: rawa-taken, reason: …}]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from replay.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: which rule, about which record, what, and what to do."""

    code: str
    of: str
    message: str
    hint: str


Rule = Callable[[Timeline], Iterator[Finding]]
RULES: dict[str, tuple[str, Rule]] = {}
"""Code → what the rule looks for, and the rule."""


def rule(code: str, looks_for: str) -> Callable[[Rule], Rule]:
    """Decorator: the function is the lint rule of this code."""

    def register(function: Rule) -> Rule:
        assert code not in RULES, f"two rules {code}"
        RULES[code] = (looks_for, function)
        return function

    return register


def lint(timeline: Timeline) -> list[Finding]:
    """All findings, those included that the script acknowledges."""
    return [finding for _, walk in RULES.values() for finding in walk(timeline)]


def unacknowledged(timeline: Timeline, findings: list[Finding]) -> list[Finding]:
    """The findings for which the script gives no reason."""
    known = {(a.code, a.of) for a in timeline.scenario.acknowledge}
    return [f for f in findings if not {(f.code, f.of), (f.code, "*")} & known]
