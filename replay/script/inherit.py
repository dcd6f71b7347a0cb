"""Claims with `reported: inherited` get the report date of the sentence before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replay.foundation.errors import Problem
from replay.model import Event, Report
from replay.model.fields import INHERITED
from replay.model.report_dates import Paragraphs, listings, report_dates
from replay.script.assemble import FilePlace


def inherit(
    events: Sequence[Event],
    reports: Sequence[Report],
    places: dict[int, FilePlace],
    problems: list[Problem],
) -> Iterator[Event]:
    """The events, with every inherited report date looked up; a problem where there is none."""
    asked = any(claim.reported == INHERITED for event in events for claim in event.claims)
    if not asked:
        yield from events
        return
    claims = (claim for event in events for claim in event.claims)
    paragraphs = Paragraphs(claims, report_dates(listings(reports)))
    for event in events:
        if any(claim.reported == INHERITED for claim in event.claims):
            yield _dated(event, paragraphs, places, problems)
        else:
            yield event


def _dated(
    event: Event, paragraphs: Paragraphs, places: dict[int, FilePlace], problems: list[Problem]
) -> Event:
    place = places.pop(id(event))
    claims = []
    for n, claim in enumerate(event.claims):
        taken = paragraphs.inherited(claim.cite) if claim.reported == INHERITED else None
        if taken is not None:
            claim = claim.model_copy(update={"reported": taken})
        elif claim.reported == INHERITED:
            what = (
                f"no claim with a report date cites a sentence of its paragraph before {claim.cite}"
            )
            hint = "write the report date, or leave out `reported` to say that the date is unknown"
            problems.append(place.problem("E405", what, ("claims", n, "reported"), hint))
        claims.append(claim)
    dated: Event = event.model_copy(update={"claims": tuple(claims)})
    places[id(dated)] = place
    return dated
