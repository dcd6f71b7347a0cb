"""Questions about when something was reported."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.lint.registry import Finding, rule
from replay.model.report_dates import contradictory
from replay.timeline.timeline import Timeline


@rule("L320", "two listings of one report whose dates cannot both be true")
def _two_dates(timeline: Timeline) -> Iterator[Finding]:
    known = timeline.scenario.listings
    for same in {listed[0].id: listed for listed in known.values()}.values():
        pair = contradictory(same)
        if pair is not None:
            one, two = pair
            message = (
                f"{one.id} is of {one.published}, and {two.id}, the same report, of {two.published}"
            )
            hint = "correct one of the dates, or leave out `same_as` if they are two reports"
            yield Finding("L320", two.id, message, hint)


@rule("L321", "an inherited report date before the event can have happened")
def _inherited_too_early(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    for event in scenario.events:
        for n, claim in enumerate(event.claims):
            date, begun = claim.report_date, scenario.variants.get((event.id, n), event).date
            if claim.inherited_from is None or date is None or begun is None or claim.denies:
                continue
            latest, earliest = date.bounds.latest, begun.bounds.earliest
            if latest is not None and earliest is not None and latest < earliest:
                message = (
                    f"{claim.cite} inherits the report date {date} from {claim.inherited_from},"
                    f" before {event.id} ({begun})"
                )
                hint = "leave `reported` out, or write the date on which it was reported"
                yield Finding("L321", event.id, message, hint)
