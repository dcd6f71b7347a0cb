"""Values as small pieces of HTML: a map, the day's events with who says so, who holds what."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from html import escape

from replay.foundation.english import counted, format_date
from replay.foundation.errors import visible
from replay.model.state import Control, control_text
from replay.scene import Scene
from replay.stepping.navigator import course
from replay.text.left_out import left_out_short
from replay.text.lens import seen_through
from replay.text.narrative import TextLine
from replay.text.state import told_moment
from replay.timeline.timeline import State, Timeline

SIZE = (1100, 620)
"""Pixels of the map."""


class Inline:
    """A piece of HTML that a notebook shows."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_html_(self) -> str:
        return self.text


def html(value: Timeline | State | Scene) -> str:
    """A value as HTML, all of its texts escaped; nothing in it runs or is loaded."""
    if isinstance(value, Timeline):
        return _timeline(value)
    if isinstance(value, State):
        return moment(value.timeline, value.tick)
    return _scene(value)


def _timeline(timeline: Timeline) -> str:
    """What was replayed, and its last day."""
    scenario, along = timeline.scenario, course(timeline)
    numbers = (
        (len(timeline.readings), "event"),
        (len(scenario.places), "place"),
        (len(timeline.rows), "change"),
    )
    short = left_out_short(timeline)
    undated = f"{safe(short)}<br>" if short else ""
    sizes = ", ".join(counted(number, what) for number, what in numbers)
    head = (
        f"<p><b>{safe(scenario.title)}</b><br>{safe(format_date(scenario.window))} · "
        f"lens {safe(seen_through(timeline))} · {sizes}<br>{undated}"
        "<small><code>.at(day)</code> shows a day, <code>.player()</code> steps, "
        "<code>.frame()</code> is a table.</small></p>"
    )
    return f"<div>{head}{moment(timeline, along.ticks - 1)}</div>"


def moment(timeline: Timeline, tick: int) -> str:
    """A day: its map as a picture, and its events in words."""
    day = timeline.at(tick)
    name = f"{timeline.scenario.title}, {day.label}"
    listed = lines_html(told_moment(timeline, tick, {}))
    return (
        f'<figure style="margin:0;max-width:{SIZE[0]}px">'
        f'<img alt="{safe(name)}" style="width:100%" src="{picture(timeline, tick)}">'
        f"<details><summary>The day in words</summary>{listed}</details></figure>"
    )


def picture(timeline: Timeline, tick: int, size: tuple[int, int] = SIZE) -> str:
    """The map of a day as the address of a PNG of few colours, which is small."""
    from PIL import Image

    from replay.outputs.rendering.viewer import viewer

    whole = Image.fromarray(viewer(timeline, size).pixels(tick)[..., :3])
    small = io.BytesIO()
    # the other methods give small marks the colours of large grounds
    few = whole.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(small, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(small.getvalue()).decode('ascii')}"


_DRESS = {
    "day": "font-weight:bold",
    "event": "margin-top:.4em",
    "source": "margin-left:1.5em;opacity:.75",
    "rival": "margin-left:1.5em;color:#b0307a",
    "quote": "margin-left:1.5em;font-style:italic",
    "phase": "font-weight:bold;margin-top:.6em",
    "note": "font-style:italic;opacity:.75",
}


def lines_html(lines: Iterable[TextLine]) -> str:
    """Lines of an answer, each with its dress."""
    return "".join(
        f'<div style="{_DRESS.get(line.kind, "")}">{safe(line.text)}</div>' for line in lines
    )


def _scene(facts: Scene) -> str:
    """The facts of a frame: its day, who holds what, its events."""
    held: dict[str, list[str]] = {}
    named = dict(facts.sides)
    for mark in facts.marks:
        if isinstance(mark.control.value, Control) and not mark.context:
            doubt = "" if mark.control.mark == "certain" else f" ({mark.control.mark})"
            who = control_text(mark.control.value, lambda side: named.get(side, side))
            held.setdefault(f"{who}{doubt}", []).append(mark.name)
    rows = "".join(
        f'<tr><th style="text-align:left">{safe(who)}</th>'
        f'<td style="text-align:left">{safe(", ".join(names))}</td></tr>'
        for who, names in held.items()
    )
    happened = "".join(f"<li>{safe(event.summary)}</li>" for event in facts.events)
    events = f"<ul>{happened}</ul>" if happened else "<p>No event.</p>"
    phase = f" · {safe(facts.phase_name)}" if facts.phase_name else ""
    head = f"<p><b>{safe(facts.title)}</b>, {safe(facts.date)}{phase}</p>"
    return f"<div>{head}{events}<table>{rows}</table></div>"


def safe(text: str) -> str:
    return escape(visible(text))


def player(timeline: Timeline, height: int = 720) -> Inline:
    """The player inside a frame of its own, which runs its script and reaches nothing outside."""
    from replay.outputs.page import page

    inside = escape(page(timeline), quote=True)
    title = escape(f"{timeline.scenario.title}: the player", quote=True)
    return Inline(
        f'<iframe title="{title}" sandbox="allow-scripts" srcdoc="{inside}" '
        f'style="width:100%;height:{int(height)}px;border:0"></iframe>'
    )
