"""The replay as plain marked-up text: for browsers that run no scripts, and for searches."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from replay.analysis.left_out import left_out
from replay.analysis.notes import reading_notes
from replay.lens import Reading
from replay.outputs.page.views import MANY_EVENTS
from replay.text.left_out import left_out_line
from replay.text.narrative import citation_line, day_of
from replay.timeline.timeline import Timeline


def plain_page(timeline: Timeline) -> str:
    """All events of a replay in order, with who says so and otherwise; of very many none."""
    return "\n".join(_lines(timeline))


def _lines(timeline: Timeline) -> Iterator[str]:
    scenario = timeline.scenario
    yield f"<h1>{escape(scenario.title)}</h1>"
    yield f"<p>{escape(scenario.summary or '')}</p>"
    known = f", as known on {timeline.known_on}" if timeline.known_on else ""
    yield f"<p>Lens: {escape(timeline.lens.name)}{known}. {escape(timeline.lens.summary)}</p>"
    if left_out(timeline):
        yield f"<p>{escape(left_out_line(left_out(timeline), ''))}</p>"
    yield "<p>With JavaScript this page is a map to step through, day by day.</p>"
    if not timeline.tables and len(timeline.readings) <= MANY_EVENTS:
        yield "<ol>"
        told = sorted(timeline.every_reading(), key=lambda r: (r.shown.latest, r.listed))
        yield from (_event(timeline, reading) for reading in told)
        yield "</ol>"
    yield f"<p>{escape(scenario.attribution or '')}</p>"


def _event(timeline: Timeline, reading: Reading) -> str:
    agree, rivals = citation_line(timeline.scenario, reading)
    summary = escape(reading.shown.event.summary)
    told = (agree, *(f"≠ {rival}" for rival in rivals), *reading_notes(reading))
    said = "".join(f"<br>{escape(text)}" for text in told)
    name, day = escape(reading.event.id), escape(day_of(timeline, reading))
    return f'<li id="{name}"><b>{day}</b> {summary}<small>{said}</small></li>'
