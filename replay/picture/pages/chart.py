"""A page with one chart, or with several: what it shows, through which lens, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from replay.foundation import theme
from replay.foundation.english import format_date
from replay.picture.charts import Chart
from replay.picture.charts.density import swatch
from replay.picture.charts.plot import GUTTER, stripes
from replay.picture.charts.registry import Sign
from replay.picture.items import Box, Item, Layer, Line, Picture, Point, Symbol, Text
from replay.picture.layers.land import box as boxed
from replay.picture.layers.text_metrics import width
from replay.picture.pages.page import Page, head, paragraph
from replay.timeline.timeline import Timeline

TOP = 134.0
SIZE = (1280, 720)
"""Pixels of a page with one chart, where no size is named."""


def page_of(size: tuple[int, int] = SIZE) -> Page:
    """The measures of a page with one chart."""
    return Page(size, min(size[0] / SIZE[0], size[1] / SIZE[1]))


def chart_page(timeline: Timeline, chart: Chart, page: Page) -> Picture:
    """The page of one chart."""
    u = page.u
    dates = format_date(timeline.scenario.window)
    top = list(head(page, timeline, chart.title, dates, chart.says))
    room = page.size[0] - 2 * page.air
    low = list(paragraph(chart.rests, Point(page.air, 0), 10 * u, room, theme.SOFT))[:3]
    foot = page.size[1] - 12 * u - (len(low) - 1) * 13.2 * u
    moved = [
        Text(at=Point(t.at.x, foot + n * 13.2 * u), text=t.text, size=t.size, colour=t.colour)
        for n, t in enumerate(low)
    ]
    box = Box(page.air, TOP * u, room, foot - TOP * u - 40 * u)
    items = [*chart.draw(box, u), *key(chart, Point(page.air + GUTTER * u, box.bottom + 18 * u), u)]
    words = Layer("words", (*top, *moved))
    return Picture(page.size, theme.PAPER, (Layer("chart", tuple(items)), words))


def key(chart: Chart, at: Point, u: float, room: float = 1e9) -> Iterator[Item]:
    """What bands, stripes and dots mean, in a line; in two where there is no room for one."""
    x = at.x
    for sign, text in chart.key:
        wide = 21 * u + width(text, 10 * u)
        if x + wide > at.x + room:
            x, at = at.x, Point(at.x, at.y + 14 * u)
        where = Box(x, at.y - 9 * u, 16 * u, 10 * u)
        yield from _sign(sign, where, u)
        yield Text(at=Point(x + 21 * u, at.y), text=text, size=10 * u, colour=theme.SOFT)
        x += wide + 20 * u


def _sign(sign: Sign, box: Box, u: float) -> Iterator[Item]:
    middle = box.centre
    if sign in ("line", "dashed"):
        ends = (Point(box.x, middle.y), Point(box.right, middle.y))
        dash = (4 * u, 2.5 * u) if sign == "dashed" else ()
        yield Line(points=ends, colour=theme.SOFT, width=2.2 * u, dash=dash)
    elif sign == "hatched":
        yield from stripes(box, theme.mixed_colour(theme.SOFT, theme.PAPER, 0.3), u)
    elif sign == "pale":
        yield boxed(box, fill=theme.mixed_colour(theme.SOFT, theme.PAPER, 0.68))
    elif sign == "upright":
        ends = (Point(middle.x, box.y - 2 * u), Point(middle.x, box.bottom + 2 * u))
        yield Line(points=ends, colour=theme.SOFT, width=1.2 * u)
    elif sign in ("circle", "square", "hollow"):
        colour = theme.FAINT if sign == "hollow" else theme.mixed_colour("blue", theme.INK, 0.2)
        fill = theme.PAPER if sign == "hollow" else theme.mixed_colour(colour, theme.PAPER, 0.25)
        shape = "diamond" if sign == "hollow" else sign
        yield Symbol(at=middle, shape=shape, size=8 * u, fill=fill, edge=colour, width=1.1 * u)
    elif sign in ("dot", "diamond"):
        shape, edge = ("circle", theme.INK) if sign == "dot" else ("diamond", theme.ALERT)
        fill = theme.SOFT if sign == "dot" else theme.PAPER
        yield Symbol(at=middle, shape=shape, size=8 * u, fill=fill, edge=edge, width=1.2 * u)
    else:
        yield from swatch(sign, box, u)
