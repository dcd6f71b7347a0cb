"""Cards: what a film says between its days: the campaign, each phase, and at the end its sources.

The strip of days stands where it stands on every day, so that a card tells where one is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replay.analysis.left_out import left_out
from replay.foundation import theme
from replay.foundation.edtf import parse
from replay.foundation.english import format_date
from replay.model import Phase, Source
from replay.outputs.rendering.film.edit_list import Shot
from replay.picture.items import Box, Item, Layer, Picture, Point, Shape, Text
from replay.picture.layers.frame import Frame
from replay.picture.layers.strip import strip
from replay.picture.layers.text_metrics import wrapped
from replay.scene import scene
from replay.text.left_out import left_out_line
from replay.timeline.timeline import Timeline

LEADING = 1.32


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a card."""

    text: str
    size: float
    colour: str = theme.INK
    bold: bool = False
    gap: float = 0.0
    """Room above it, in sizes."""
    most: int = 4
    """Lines that it takes at most."""


def card(timeline: Timeline, frame: Frame, shot: Shot) -> Picture:
    """The picture of a card."""
    phase = next((p for p in timeline.scenario.phases if p.id == shot.phase), None)
    first = scene(timeline, 0)
    items: list[Item] = []
    if shot.kind == "phase" and phase is not None:
        items += _here(frame, phase)
        lines = list(_phase(timeline, phase))
    else:
        lines = list(_closing(timeline) if shot.kind == "closing" else _title(timeline, shot))
    items += _set(lines, frame)
    days = Layer("strip", tuple(strip(first, frame)))
    return Picture(frame.size, theme.PAPER, (days, Layer("card", tuple(items))))


# --- what they say ------------------------------------------------------------------------------


def _title(timeline: Timeline, shot: Shot) -> Iterator[Line]:
    scenario = timeline.scenario
    yield Line(scenario.title, 46, bold=True)
    days = parse(shot.days) if shot.days else scenario.window
    yield Line(format_date(days), 24, theme.SOFT, gap=0.5)
    if scenario.summary:
        yield Line(scenario.summary, 19, gap=1.2)
    if scenario.author:
        yield Line(scenario.author, 15, theme.SOFT, gap=0.9)
    yield Line(_lens(timeline), 15, theme.SOFT, gap=1.6)


def _phase(timeline: Timeline, phase: Phase) -> Iterator[Line]:
    scenario = timeline.scenario
    number = scenario.phases.index(phase) + 1
    yield Line(f"Phase {number} of {len(scenario.phases)}", 17, theme.SOFT)
    yield Line(phase.name, 44, bold=True, gap=0.15)
    yield Line(format_date(phase.period), 22, theme.SOFT, gap=0.4)
    if phase.summary:
        yield Line(phase.summary, 19, gap=1.1)
    first, last = scenario.span(phase)
    count = len(timeline.events_on(first, last))
    told = "Nothing is dated to it." if not count else f"{count} events"
    yield Line("1 event" if count == 1 else told, 15, theme.SOFT, gap=1.3)


def _closing(timeline: Timeline) -> Iterator[Line]:
    scenario = timeline.scenario
    yield Line("Sources", 34, bold=True)
    sources = scenario.sources
    size = 16.0 if len(sources) <= 8 else 13.0 if len(sources) <= 14 else 10.5
    for source in sources:
        yield Line(_source(source), size, gap=0.45)
    yield Line(_lens(timeline), 14, theme.SOFT, gap=1.6)
    undated = len(timeline.undated())
    if undated:
        events = "1 event has" if undated == 1 else f"{undated} events have"
        yield Line(f"{events} no day in the documents: see the log.", 14, theme.SOFT, gap=0.4)
    notes = (scenario.attribution, scenario.licence and f"Licence: {scenario.licence}")
    for note in notes:
        if note:
            yield Line(note, 14, theme.SOFT, gap=0.4)


def _source(source: Source) -> str:
    """Who wrote it, what it is called, where and when it came out; and the name it is cited by."""
    by = f"{source.author}: " if source.author else ""
    told = [f"{by}{source.title}", source.publisher or ""]
    told.append(format_date(source.published) if source.published else "")
    return f"{', '.join(part for part in told if part)} [{source.id}]"


def _lens(timeline: Timeline) -> str:
    told = f"Lens: {timeline.lens.name}. {timeline.lens.summary}"
    if timeline.known_on:
        told += f" Only what was reported by {format_date(parse(timeline.known_on))}."
    if left_out(timeline):
        told += f" {left_out_line(left_out(timeline), '')}"
    return told


# --- where it stands ----------------------------------------------------------------------------


def _set(lines: Sequence[Line], frame: Frame) -> Iterator[Item]:
    """The paragraphs, one below the other, in the middle of the page above the strip of days."""
    u, (width, _) = frame.unit, frame.size
    left = max(40 * u, width * 0.09)
    room = Box(left, 30 * u, min(width - 2 * left, 980 * u), frame.boxes.strip.y - 70 * u)
    scale, set_lines = 1.0, _wrapped(lines, room.w, u)
    while _tall(set_lines) > room.h and scale > 0.55:
        scale *= 0.94
        set_lines = _wrapped(lines, room.w, u * scale)
    y = room.y + max(0.0, (room.h - _tall(set_lines)) * 0.45)
    bar = Box(room.x - 22 * u, y + 4 * u, 5 * u, min(room.h, _tall(set_lines)) - 4 * u)
    corners = (
        Point(bar.x, bar.y),
        Point(bar.right, bar.y),
        Point(bar.right, bar.bottom),
        Point(bar.x, bar.bottom),
    )
    yield Shape(rings=(corners,), fill=theme.ALERT)
    for text, line, size, gap in set_lines:
        y += gap
        if y + size > room.bottom:
            return
        yield Text(
            at=Point(room.x, round(y + size * 0.95, 2)),
            text=text,
            size=size,
            colour=line.colour,
            bold=line.bold,
            face="headline" if line.bold else "text",
        )
        y += size * LEADING


def _wrapped(lines: Sequence[Line], room: float, u: float) -> list[tuple[str, Line, float, float]]:
    """Each line of text with its paragraph, its size and the gap above it."""
    found = []
    for line in lines:
        size = round(line.size * u, 2)
        for n, text in enumerate(wrapped(line.text, size, room, line.most, line.bold)):
            found.append((text, line, size, 0.0 if n else line.gap * size))
    return found


def _tall(set_lines: Sequence[tuple[str, Line, float, float]]) -> float:
    return sum(size * LEADING + gap for _, _, size, gap in set_lines)


def _here(frame: Frame, phase: Phase) -> Iterator[Item]:
    """A frame around a phase on the strip of days."""
    box, calendar, u = frame.boxes.strip, frame.scenario.calendar, frame.unit
    first, last = frame.scenario.span(phase)
    ends = (max(first, 0), min(last + 1, calendar.ticks))
    left, right = (box.x + box.w * tick / calendar.ticks for tick in ends)
    right = max(right, left + 4 * u)
    ring = (
        Point(left, box.y - 3 * u),
        Point(right, box.y - 3 * u),
        Point(right, box.bottom - 11 * u),
        Point(left, box.bottom - 11 * u),
    )
    yield Shape(rings=(ring,), edge=theme.ALERT, width=2.2 * u)
