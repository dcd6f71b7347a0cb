"""What a chart rests on: sources with how often each is cited, and who reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from replay.lens import Reading
from replay.timeline.timeline import Timeline


def rests_on(timeline: Timeline, readings: Iterable[Reading]) -> str:
    """The sources behind some events, with how many claims of each, and the reporters."""
    scenario = timeline.scenario
    sources: Counter[str] = Counter()
    voices: Counter[str] = Counter()
    events = 0
    for reading in readings:
        events += 1
        for version in reading.versions:
            for n in version.claims:
                claim = reading.event.claims[n]
                sources[claim.cite.source] += 1
                if claim.reporter:
                    voices[scenario.name(claim.reporter)] += 1
    rows = sum(len(table.admitted()) for table in timeline.tables)
    if not events and rows:
        return f"Rests on {rows:,} rows of tables."
    if not events:
        return "Rests on nothing: no claim is admitted."
    cited = ", ".join(
        f"{scenario.source[source].title} ({count})"
        for source, count in sorted(sources.items(), key=lambda s: (-s[1], s[0]))
    )
    claims = sum(sources.values())
    told = f"Rests on {claims} {'claim' if claims == 1 else 'claims'} of {events} "
    told += f"{'event' if events == 1 else 'events'}: {cited}"
    told += f"; and on {rows:,} rows of tables." if rows else "."
    if voices:
        few = sorted(voices.items(), key=lambda v: (-v[1], v[0]))
        most = [f"{name} ({count})" for name, count in few[:5]]
        more = f" and {len(few) - 5} more" if len(few) > 5 else ""
        told += f" Reported by {', '.join(most)}{more}."
    return told
