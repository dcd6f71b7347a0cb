"""What a claim weighs: its grade, who stands behind it, and since when it was known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from replay.foundation.edtf import Bounds
from replay.model import Claim, Event, Scenario


def by_weight(scenario: Scenario, event: Event, claims: Sequence[int]) -> tuple[float, ...]:
    """The default order: best grade, most independent witnesses, latest report, own words first."""
    chosen = [event.claims[n] for n in claims]
    latest = max((learned(scenario, claim) or -1e18 for claim in chosen), default=-1e18)
    return (
        min((grade(scenario, claim) for claim in chosen), default=99),
        -ranked_witnesses(scenario, chosen),
        -latest,
        min((_place(event, n) for n in claims), default=0),
    )


def _place(event: Event, n: int) -> int:
    """Where a claim is among those of its event, whatever their order in the file."""
    mine = event.claims[n].standing
    return sum(claim.standing < mine for claim in event.claims)


def grade(scenario: Scenario, claim: Claim) -> float:
    """Admiralty grade as a number, 0 the best: the reporter's reliability, then credibility."""
    voice = scenario.voice.get(claim.reporter or "")
    reliability = "ABCDEF".index(voice.grade) if voice and voice.grade else 5
    return reliability + (claim.credibility or 6) / 10


def ranked_witnesses(scenario: Scenario, claims: Iterable[Claim]) -> int:
    """How many independent witnesses claims have: those with a common root count once."""
    groups: list[set[str]] = []
    for claim in claims:
        roots = roots_of(scenario, claim)
        touching = [g for g in groups if g & roots]
        groups = [g for g in groups if not g & roots] + [roots.union(*touching)]
    return len(groups)


def roots_of(scenario: Scenario, claim: Claim) -> set[str]:
    """What a claim goes back to: its reporter, or else its source's origin; and the carrier."""
    origin = lineage(scenario, claim.cite.source)[-1]
    roots = {f"reporter {claim.reporter}" if claim.reporter else f"source {origin}"}
    if claim.via:
        roots.add(f"via {scenario.listings[claim.via][0].id}")
    return roots


def lineage(scenario: Scenario, source: str) -> tuple[str, ...]:
    """A source and those that it derives from, the origin last."""
    line = [source]
    while (above := scenario.source[line[-1]].derives_from) is not None:
        line.append(above)
    return tuple(line)


Basis = Literal["report", "inherited", "carrier", "publication"]
"""What says when a claim was made: its own report date, one inherited from the sentence before it,
the report that carried it, or its source."""


def told_on(scenario: Scenario, claim: Claim) -> tuple[Bounds, Basis]:
    """Between which minutes a claim was made public, and what tells it.

    Its own report date; else the date of the report that carried it, as any of its listings gives
    it; else its source's publication. Open on both sides where none of the three is known.
    """
    carrier = scenario.report_dates.get(claim.via or "")
    own = claim.report_date
    if own is not None:
        return own.bounds, "report" if claim.inherited_from is None else "inherited"
    if carrier is not None:
        return carrier.bounds, "carrier"
    published = scenario.source[claim.cite.source].published
    return published.bounds if published else Bounds(None, None), "publication"


def reported_itself(scenario: Scenario, claim: Claim) -> bool:
    """Whether a claim has a report date of its own, or the report that carried it has one."""
    return told_on(scenario, claim)[1] != "publication"


def learned(scenario: Scenario, claim: Claim) -> int | None:
    """The last minute by which a claim had been reported, or None if nothing says.

    Its report date; else the date of the report that carried it; else its source's publication.
    """
    return told_on(scenario, claim)[0].latest
