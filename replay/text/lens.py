"""What a lens admits, in words."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.left_out import left_out
from replay.analysis.lens_effect import admitted_claims, changes_nothing, dated_by_publication
from replay.foundation.edtf import DAY, parse
from replay.foundation.english import format_date, format_day
from replay.text.left_out import left_out_line
from replay.timeline.timeline import Timeline


def seen_through(timeline: Timeline) -> str:
    """The lens of a replay, and the day as known on which: "default, as known on 3 November"."""
    known = timeline.known_on
    return timeline.lens.name + (f", as known on {format_date(parse(known))}" if known else "")


def lens_named(timeline: Timeline) -> str:
    """Under which lens, and as known on which day, a replay was made."""
    return f"lens: {seen_through(timeline)}"


def lens_line(timeline: Timeline) -> str:
    """The same; and where the lens changes nothing, that is said."""
    idle = timeline.lens.name != "default" and changes_nothing(timeline)
    same = ", which changes nothing: all is as under the default lens" if idle else ""
    return f"{lens_named(timeline)}{same}"


def lens_lines(timeline: Timeline) -> Iterator[str]:
    """The same at more length: what the lens does, and how many claims are admitted."""
    yield lens_line(timeline)
    admitted, known = admitted_claims(timeline)
    count = "" if admitted == known else f" {admitted:,} of {known:,} claims are admitted."
    yield f"{timeline.lens.summary}{count}"
    yield from report_date_lines(timeline)


def report_date_lines(timeline: Timeline) -> Iterator[str]:
    """On a known-on day: what is left out for want of a report date, and what counts from the
    publication of its source."""
    if timeline.known_on is None:
        return
    found = left_out(timeline)
    if found:
        yield left_out_line(found)
    dated = dated_by_publication(timeline.scenario)
    if dated:
        told = "; ".join(
            f"{source} {number} ({format_day(last // DAY)})"
            for source, (number, last) in dated.items()
        )
        yield f"Dated by the publication of their source: {told}."
    if not found and not dated:
        yield "Every claim has a report date."
