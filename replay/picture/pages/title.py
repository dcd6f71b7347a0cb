"""The title page of the sheets: what they are of, whom they believe, what is on which page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replay.analysis.left_out import left_out
from replay.analysis.lens_effect import admitted_claims
from replay.foundation import theme
from replay.foundation.english import format_date
from replay.picture.charts.density import events
from replay.picture.items import Box, Item, Layer, Line, Picture, Point, Text
from replay.picture.layers.text_metrics import fitted, width, wrapped
from replay.picture.pages.maps import Atlas, layers_of
from replay.picture.pages.page import Page, foot, sources_line
from replay.picture.pages.phase import caption
from replay.text.left_out import left_out_line
from replay.timeline.timeline import Timeline

KEY = 1.04


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    title: str
    page: int
    dates: str = ""
    summary: str = ""


def title_page(atlas: Atlas, contents: Sequence[Entry]) -> Picture:
    """The title, who wrote it, the lens, the contents at the left; the end state as a large map."""
    page, timeline = atlas.page, atlas.timeline
    u, body = page.u, page.body
    wide, tall = page.size
    upright = tall > wide
    below = upright and (atlas.aspect or 1.0) > UPRIGHT
    box, key = _map_box(atlas, below)
    room = body.w if below or box is None else min(760 * u, box.x - page.air - 44 * u)
    left = Box(page.air, 70 * u, room, tall - 130 * u)
    words = list(_about(timeline, left, u))
    low = max((item.at.y for item in words if isinstance(item, Text)), default=left.y)
    words += _contents(contents, Box(left.x, low + 44 * u, left.w, left.bottom - low), u)
    layers: list[Layer] = []
    if box is not None:
        last = timeline.scenario.calendar.ticks - 1
        day = atlas.day(last)
        layers += layers_of("end", day, atlas.frame(box, KEY * u), credited=True)
        words += caption(box, f"At the end: {day.date}", "", u)
        words += atlas.legend(Box(box.x, box.bottom + 10 * u, box.w, key), KEY * u)
        under = Box(box.x, box.bottom + 22 * u + key, box.w, 0)
        words += _events(timeline, under, tall - 50 * u, u)
    words += foot(page, sources_line(timeline), "1")
    return Picture(page.size, theme.PAPER, (*layers, Layer("words", tuple(words))))


UPRIGHT = 0.7
"""Width by height of a map that stands beside the words of a page that is upright itself."""


def _map_box(atlas: Atlas, below: bool) -> tuple[Box | None, float]:
    """Where the map stands, none without one, and how tall the legend below it is.

    It stands `below` the words, at the foot of the page, or at their right.
    """
    if atlas.aspect is None:
        return None, 0.0
    page, u = atlas.page, atlas.page.u
    wide, tall = page.size
    w = page.body.w if below else max(page.body.w - 544 * u, page.body.w * 0.4)
    most = tall * (0.5 if below else 0.78)
    for _ in range(3):  # the narrower the map is, the taller is the legend below it
        key = atlas.legend_tall(w, KEY * u)
        h = max(1.0, min(w / atlas.aspect, most, tall - 96 * u - key - 66 * u))
        w = h * atlas.aspect
    if below:
        return Box(page.air, tall - 54 * u - key - 12 * u - h, w, h), key
    return Box(wide - page.air - w, 96 * u, w, h), key


def _events(timeline: Timeline, box: Box, low: float, u: float) -> list[Item]:
    """The events of all days under the map, where there is room for them."""
    room = Box(box.x, box.y + 40 * u, box.w, low - box.y - 40 * u)
    if room.h < 90 * u:
        return []
    chart = events(timeline)
    title = Text(
        at=Point(box.x, box.y + 16 * u), text=chart.title, size=13 * u, bold=True, colour=theme.INK
    )
    return [title, *chart.draw(room, u)]


def _about(timeline: Timeline, box: Box, u: float) -> Iterator[Item]:
    """Title, period, author, summary, lens, known-on, and how much it rests on."""
    scenario = timeline.scenario
    y = box.y
    for line in wrapped(scenario.title, 40 * u, box.w, 4, bold=True):
        y += 46 * u
        yield Text(
            at=Point(box.x, y), text=line, size=40 * u, bold=True, colour=theme.INK, face="headline"
        )
    y += 36 * u
    yield Text(at=Point(box.x, y), text=format_date(scenario.window), size=19 * u, colour=theme.INK)
    if scenario.author:
        y += 26 * u
        text = fitted(f"by {scenario.author}", 14 * u, box.w)
        yield Text(at=Point(box.x, y), text=text, size=14 * u, colour=theme.SOFT)
    y += 12 * u
    for line in wrapped(scenario.summary or "", 14 * u, box.w, 8):
        y += 19 * u
        yield Text(at=Point(box.x, y), text=line, size=14 * u, colour=theme.SOFT)
    y += 16 * u
    for text, bold in _lens(timeline):
        for line in wrapped(text, 13 * u, box.w, 4, bold=bold):
            y += 18 * u
            colour = theme.INK if bold else theme.SOFT
            yield Text(at=Point(box.x, y), text=line, size=13 * u, bold=bold, colour=colour)


def _lens(timeline: Timeline) -> Iterator[tuple[str, bool]]:
    scenario = timeline.scenario
    yield f"Lens: {timeline.lens.name}", True
    yield timeline.lens.summary, False
    if timeline.known_on:
        from replay.foundation.edtf import parse

        yield f"As known on {format_date(parse(timeline.known_on))}", True
        yield "Only what had been reported by the end of that day is admitted.", False
        if left_out(timeline):
            yield left_out_line(left_out(timeline), ""), False
    mine, every = admitted_claims(timeline)
    admitted = f"{mine} claims" if mine == every else f"{mine} of {every} claims"
    told = f"{len(timeline.readings)} events, {admitted}, {len(scenario.sources)} sources"
    yield f"Rests on {told}, {len(scenario.places)} places.", False


def _contents(contents: Sequence[Entry], box: Box, u: float) -> Iterator[Item]:
    needed = sum(27 + 15 * bool(entry.summary) for entry in contents) * u
    widest = max((width(entry.title, 14 * u, True) for entry in contents), default=1.0)
    u *= max(1.0, min(1.45, box.h * 0.92 / max(1.0, needed), (box.w - 70 * u) / widest))
    y = box.y
    for entry in contents:
        more = wrapped(entry.summary, 11 * u, box.w - 40 * u, 2)
        if y + (20 + 15 * len(more)) * u > box.bottom:
            break
        end = Point(box.x + box.w, y)
        size = 14 * u
        number = str(entry.page)
        dates = f"  {entry.dates}" if entry.dates else ""
        room = box.w - width(number, size, True) - width(dates, 11 * u) - 40 * u
        title = fitted(entry.title, size, room, True)
        x = box.x + width(title, size, True)
        yield Text(at=Point(box.x, y), text=title, size=size, bold=True, colour=theme.INK)
        if dates:
            yield Text(at=Point(x, y), text=dates, size=11 * u, colour=theme.SOFT)
            x += width(dates, 11 * u)
        yield Line(
            points=(
                Point(x + 8 * u, y - 3 * u),
                Point(end.x - width(number, size, True) - 8 * u, y - 3 * u),
            ),
            colour=theme.RULE,
            width=1.0 * u,
            dash=(1.5 * u, 3 * u),
        )
        yield Text(at=end, text=number, size=size, bold=True, colour=theme.INK, align="right")
        for line in more:
            y += 15 * u
            yield Text(at=Point(box.x, y), text=line, size=11 * u, colour=theme.SOFT)
        y += 26 * u


__all__ = ["Entry", "Page", "title_page"]
