"""Small multiples: the maps of many days on one page, one legend for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from replay.foundation import theme
from replay.picture.items import Box, Item, Layer, Picture, Point, Text
from replay.picture.layers import Frame
from replay.picture.layers.label_space import Board
from replay.picture.layers.names import place_names
from replay.picture.layers.text_metrics import fitted, width, wrapped
from replay.picture.pages.changed import changes, short
from replay.picture.pages.maps import Atlas, layers_of
from replay.picture.pages.page import Page, foot, head, sources_line
from replay.scene import Scene
from replay.text.dates import ticks_in_words
from replay.timeline.timeline import Timeline

MOST = 60
"""So many maps have room on a page."""
SMALL = ("land", "regions", "vagueness", "labels", "marks")
"""What a small map shows."""


def grid(timeline: Timeline, ticks: Sequence[int], page: Page, trim: bool = False) -> Picture:
    """A page of maps at the end of some days; rings where a place changed since the map before.

    `trim` takes from the page what it has no use for.
    """
    atlas = Atlas(timeline, page)
    if trim and (less := _too_tall(atlas, len(ticks))) > 0:
        across, down = page.size
        page = replace(page, size=(across, round(down - less)))
        atlas = Atlas(timeline, page)
    u = page.u
    area = atlas.page.body
    room, tall = _room(atlas)
    layers = small_maps(atlas, ticks, room)
    key = Box(area.x, room.bottom + 12 * u, area.w, tall)
    words = [*atlas.legend(key, KEY * u), *_page(timeline, ticks, page, len(ticks) > 1)]
    return Picture(page.size, theme.PAPER, (*layers, Layer("words", tuple(words))))


KEY = 1.04


def small_maps(atlas: Atlas, ticks: Sequence[int], room: Box) -> list[Layer]:
    """Maps of some days that fill a box, under each what has changed since the one before."""
    u = atlas.page.u
    boxes, spare = cells(room, len(ticks), atlas.aspect or 1.4, 22 * u, 16 * u)
    frame = _named(atlas, boxes[0])
    layers: list[Layer] = []
    before: Scene | None = None
    for n, (tick, box) in enumerate(zip(ticks, boxes, strict=True)):
        day = atlas.day(tick)
        ringed = {b.place for _, b in changes(before, day)} if before else set()
        at = Point(box.x, box.y)
        layers += layers_of(f"map {n}", day, frame, at, SMALL, ringed)
        layers.append(Layer(f"map {n} date", tuple(_date(day, box, u))))
        if before is not None and spare >= LINE * u:
            below = Box(box.x, box.bottom + 5 * u, box.w, spare)
            words = tuple(_changed(atlas.timeline, before, day, below, u))
            layers.append(Layer(f"map {n} words", words))
        before = day
    return layers


def _room(atlas: Atlas) -> tuple[Box, float]:
    """The box for the maps, and how tall the legend is."""
    area, u = atlas.page.body, atlas.page.u
    tall = atlas.legend_tall(area.w, KEY * u)
    return area._replace(h=area.h - tall - 12 * u), tall


def _too_tall(atlas: Atlas, count: int) -> float:
    """How much of the page no map and no word under it needs."""
    room, _ = _room(atlas)
    u = atlas.page.u
    boxes, spare = cells(room, count, atlas.aspect or 1.4, 22 * u, 16 * u)
    rows = len({box.y for box in boxes})
    return rows * max(0.0, spare - 5 * LINE * u - 6 * u)


LINE = 15.0
"""Height of a line under a small map."""


def _page(timeline: Timeline, ticks: Sequence[int], page: Page, rings: bool) -> Iterator[Item]:
    calendar = timeline.scenario.calendar
    name = "Day by day" if len(ticks) > 1 else "One day"
    dates = ticks_in_words(calendar, ticks[0], ticks[-1] if rings else ticks[0])
    note = "Rings: places shown otherwise than on the map before." if rings else ""
    told = (note, timeline.scenario.attribution)
    yield from head(page, timeline, name, dates, "  ".join(part for part in told if part))
    yield from foot(page, sources_line(timeline))


def cells(room: Box, count: int, aspect: float, over: float, gap: float) -> tuple[list[Box], float]:
    """Boxes of one form, each with room over it, and how much room there is under each.

    The maps are as large as they can be without leaving much of the page empty.
    """

    def rows_of(columns: int) -> int:
        return -(-count // columns)

    def wide(columns: int) -> float:
        rows = rows_of(columns)
        w = (room.w - gap * (columns - 1)) / columns
        return min(w, ((room.h - gap * (rows - 1)) / rows - over) * aspect)

    def worth(columns: int) -> float:
        full = count / (rows_of(columns) * columns)
        return wide(columns) ** 2 * full**2

    columns = max(range(1, count + 1), key=worth)
    rows, w = rows_of(columns), wide(columns)
    h = w / aspect
    across = min((room.w - w * columns) / max(1, columns - 1), w * 0.5) if columns > 1 else 0.0
    spare = max(0.0, (room.h - gap * (rows - 1)) / rows - over - h)
    boxes = [
        Box(
            room.x + (n % columns) * (w + across),
            room.y + over + (n // columns) * (h + over + spare + gap),
            w,
            h,
        )
        for n in range(count)
    ]
    return boxes, spare


def _changed(timeline: Timeline, before: Scene, day: Scene, box: Box, u: float) -> Iterator[Item]:
    """What has changed since the map before, as many lines as there is room for."""
    groups: dict[str, list[str]] = {}
    for _, b in changes(before, day):
        groups.setdefault(short(timeline.scenario, b.control), []).append(b.name)
    size, lines = 10.5 * u, int(box.h / (LINE * u))
    told = [f"{words}: {', '.join(names)}" for words, names in groups.items()]
    left = lines
    for n, text in enumerate(told):
        most = max(1, left - (len(told) - n - 1))
        for line in wrapped(text, size, box.w, most):
            if left:
                y = box.y + (lines - left + 1) * LINE * u - 3 * u
                yield Text(at=Point(box.x, y), text=line, size=size, colour=theme.SOFT)
                left -= 1
    if not told:
        y = box.y + LINE * u - 3 * u
        yield Text(at=Point(box.x, y), text="no change", size=size, colour=theme.FAINT)


def _named(atlas: Atlas, box: Box) -> Frame:
    """The frame of a small map: no inset, and only the names that stand beside their marks."""
    u = atlas.page.u * min(1.0, max(0.62, box.w / (atlas.page.u * 620)))
    bare = atlas.frame(box, u, named=False)
    if not bare.windows:
        return bare
    boards = [Board(bare.windows[0].box.inset(2 * u))]
    names, unnamed = place_names(bare.scenario, bare.sites, boards, u)
    near = tuple(name for name in names if name.leader is None)
    far = tuple(name.of for name in names if name.leader is not None)
    return replace(bare, names=near, unnamed=(*unnamed, *far))


def _date(day: Scene, box: Box, u: float) -> Iterator[Item]:
    """The day over its map, and what phase it is in."""
    size = 12 * u
    date = fitted(day.date, size, box.w, True)
    yield Text(
        at=Point(box.x, box.y - 6 * u), text=date, size=size, bold=True, colour=theme.INK, of=day.on
    )
    left = box.w - width(date, size, True) - 10 * u
    phase = day.phase_name or ""
    if phase and width(phase, 10 * u) <= left:
        at = Point(box.right, box.y - 6 * u)
        yield Text(at=at, text=phase, size=10 * u, colour=theme.SOFT, align="right")
