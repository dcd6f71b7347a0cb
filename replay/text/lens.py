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
    """The lens and the known-on day of a replay: "default, as known on 3 November"."""
    known = timeline.known_on
    return timeline.lens.name + (f", as known on {format_date(parse(known))}" if known else "")


def lens_named(timeline: Timeline) -> str:
    """The lens and the known-on day of a replay, after the word "lens"."""
    return f"lens: {seen_through(timeline)}"


def lens_line(timeline: Timeline) -> str:
    """The same, with a note if the lens changes nothing."""
    idle = timeline.lens.name != "default" and changes_nothing(timeline)
    same = ", which gives the same result as the default lens" if idle else ""
    return f"{lens_named(timeline)}{same}"


def lens_lines(timeline: Timeline) -> Iterator[str]:
    """The same in full: what the lens does, and how many claims it admits."""
    yield lens_line(timeline)
    admitted, known = admitted_claims(timeline)
    count = "" if admitted == known else f" {admitted:,} of {known:,} claims are admitted."
    yield f"{timeline.lens.summary}{count}"
    yield from report_date_lines(timeline)


def report_date_lines(timeline: Timeline) -> Iterator[str]:
    """On a known-on day: which claims are left out because they have no report date, and which
    count from the publication of their source."""
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
