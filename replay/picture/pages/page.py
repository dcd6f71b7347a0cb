"""A page: its measures, and what each has at its head and at its foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replay.foundation import theme
from replay.foundation.edtf import parse
from replay.foundation.english import format_date
from replay.picture.items import Box, Item, Line, Point, Text
from replay.picture.layers.text_metrics import fitted, width, wrapped
from replay.text.left_out import left_out_short
from replay.timeline.timeline import Timeline

A3 = (1654, 1169)
"""Pixels of an A3 sheet on its side at 100 to the inch: the page for which sizes are given."""


@dataclass(frozen=True, slots=True)
class Page:
    """The measures of a page."""

    size: tuple[int, int]
    u: float
    """Pixels to a pixel of A3."""

    @property
    def air(self) -> float:
        return 30 * self.u

    @property
    def body(self) -> Box:
        """Between the head and the foot."""
        top, low = 104 * self.u, 40 * self.u
        wide, tall = self.size
        return Box(self.air, top, wide - 2 * self.air, tall - top - low)

    def columns(self, box: Box, wanted: float = 376) -> list[Box]:
        """Columns of about a width (in pixels of A3) that fill a box."""
        gap = 28 * self.u
        count = max(1, round((box.w + gap) / (wanted * self.u + gap)))
        w = (box.w - gap * (count - 1)) / count
        return [Box(box.x + n * (w + gap), box.y, w, box.h) for n in range(count)]


def page(size: tuple[int, int] = A3) -> Page:
    """The measures of a page of some size: of one that stands upright the width decides."""
    wide, tall = size
    return Page(size, max(min(wide / A3[0], tall / A3[1]), min(wide / A3[1], tall / A3[0]) * 0.9))


def seen_through(timeline: Timeline) -> str:
    """The lens and what was known: what every page must name."""
    text = f"Lens: {timeline.lens.name}"
    if timeline.known_on is None:
        return text
    told = f"{text} · known on {format_date(parse(timeline.known_on))}"
    undated = left_out_short(timeline)
    return f"{told} · {undated}" if undated else told


def head(
    page: Page,
    timeline: Timeline,
    name: str,
    right: str = "",
    summary: str = "",
    lens: str | None = None,
) -> Iterator[Item]:
    """The campaign, the name of the page, what it is of, and the lens (or lenses)."""
    u, wide = page.u, page.size[0] - 2 * page.air
    end = page.size[0] - page.air
    lens = fitted(lens or seen_through(timeline), 12.5 * u, wide * 0.6, True)
    left = wide - width(lens, 12.5 * u, True) - 20 * u
    yield _text(page.air, 30 * u, fitted(timeline.scenario.title, 13 * u, left), 13 * u, theme.SOFT)
    yield Text(
        at=Point(end, 30 * u), text=lens, size=12.5 * u, colour=theme.INK, bold=True, align="right"
    )
    size = 21 * u
    right = fitted(right, size, wide * 0.5, True)
    room = wide - width(right, size, True) - 24 * u
    big = min(31 * u, 31 * u * room / max(1.0, width(name, 31 * u, True)))
    big = max(big, 17 * u)
    shown = fitted(name, big, room, True)
    yield Text(
        at=Point(page.air, 64 * u),
        text=shown,
        size=big,
        colour=theme.INK,
        bold=True,
        face="headline",
    )
    if right:
        at = Point(end, 64 * u)
        yield Text(at=at, text=right, size=size, bold=True, colour=theme.INK, align="right")
    for n, line in enumerate(wrapped(summary, 13 * u, wide, 2)):
        yield _text(page.air, (85 + n * 16) * u, line, 13 * u, theme.SOFT)


def foot(page: Page, left: str, right: str = "") -> Iterator[Item]:
    """A line at the foot: what the page is part of, and its number."""
    u, wide = page.u, page.size[0] - 2 * page.air
    y = page.size[1] - 12 * u
    end = page.size[0] - page.air
    ends = (Point(page.air, y - 14 * u), Point(end, y - 14 * u))
    yield Line(points=ends, colour=theme.RULE, width=0.8 * u)
    room = wide - width(right, 9.5 * u) - 16 * u
    if left:
        yield _text(page.air, y, fitted(left, 9.5 * u, room), 9.5 * u, theme.SOFT)
    if right:
        at = Point(end, y)
        yield Text(at=at, text=right, size=9.5 * u, colour=theme.SOFT, align="right")


def sources_line(timeline: Timeline) -> str:
    """The titles of all sources in a line."""
    titles = ", ".join(source.title for source in timeline.scenario.sources)
    return f"Sources: {titles}" if titles else ""


def paragraph(
    text: str, at: Point, size: float, room: float, colour: str = theme.INK, bold: bool = False
) -> list[Text]:
    """Lines of a text from a baseline downwards."""
    return [
        Text(at=Point(at.x, at.y + n * size * 1.32), text=line, size=size, colour=colour, bold=bold)
        for n, line in enumerate(wrapped(text, size, room, bold=bold))
    ]


def _text(x: float, y: float, text: str, size: float, colour: str) -> Text:
    return Text(at=Point(x, y), text=text, size=size, colour=colour)
