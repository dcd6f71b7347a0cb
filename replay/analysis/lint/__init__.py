"""The lint that walks a replay: what is not wrong, but what an author should have a reason for.

A rule is one function that yields findings, under `@rule` in the module of its subject. A finding
that is meant is acknowledged in the script with a written reason.
"""

from replay.analysis.lint import control, days, evidence, forces, leaving, parts, reports, sides
from replay.analysis.lint.registry import RULES, Finding, lint, rule, unacknowledged

__all__ = [
    "RULES",
    "Finding",
    "control",
    "days",
    "evidence",
    "forces",
    "leaving",
    "lint",
    "parts",
    "reports",
    "rule",
    "sides",
    "unacknowledged",
]
