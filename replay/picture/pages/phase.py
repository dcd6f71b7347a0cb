"""The sheet of a phase: before and after, what changed, in which order, and who disagrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from replay.foundation import theme
from replay.foundation.english import format_date
from replay.model import Phase
from replay.picture.items import Box, Item, Layer, Picture, Point, Text
from replay.picture.layers.text_metrics import width
from replay.picture.pages.changed import changes
from replay.picture.pages.flow import Block, balanced, flow
from replay.picture.pages.flow import foot as foot_of
from replay.picture.pages.grid import cells, small_maps
from replay.picture.pages.maps import Atlas, layers_of
from replay.picture.pages.page import Page, foot, head, sources_line
from replay.picture.pages.report import report
from replay.scene import Scene
from replay.timeline.timeline import Timeline

SCALES = (1.3, 1.2, 1.12, 1.06, 1.0)
"""How much larger letters may be where there is little to say, the best first."""
MOST_PAGES = 40
MANY = 800
"""Of more blocks than this the best letters and maps are not sought."""


def phase_pages(atlas: Atlas, phase: Phase | None) -> list[Picture]:
    """The pages of a phase, or of the whole window: maps with words, then only words.

    Letters and maps are as large as the number of pages allows.
    """
    timeline, page = atlas.timeline, atlas.page
    first, last = span(timeline, phase)
    begin, end = atlas.day(max(0, first - 1)), atlas.day(last)
    plans = plans_of(atlas, moved=bool(changes(begin, end)))
    blocks = list(report(timeline, first, last, begin, end, _listed(atlas, plans[0])))
    scale, plan = _fitting(page, blocks, plans)
    blocks = list(report(timeline, first, last, begin, end, _listed(atlas, plan)))
    left = [block.scaled(scale * page.u) for block in blocks]
    drawn: list[list[Layer]] = []
    while (left or not drawn) and len(drawn) < MOST_PAGES:
        columns = page.columns(page.body) if drawn else plan.columns
        before = left
        items, left = balanced(before, columns)
        left = continued(before, left)
        maps = _day_by_day(atlas, first, last, foot_of(items)) if drawn and not left else []
        if not drawn:
            maps = list(_maps(atlas, plan, begin, end, first == 0))
        drawn.append([*maps, Layer("words", tuple(items))])
    if left:
        drawn[-1].append(Layer("more", tuple(_left_out(page, left))))
    done = []
    for n, layers in enumerate(drawn, start=1):
        top = Layer("head", tuple(_head(timeline, page, phase, n, len(drawn))))
        done.append(Picture(page.size, theme.PAPER, (top, *layers)))
    return done


def _left_out(page: Page, left: Sequence[Block]) -> Iterator[Item]:
    """That there is more than so many pages hold."""
    text = f"and {len(left):,} more: `replay export -o log.csv` writes every event"
    u, body = page.u, page.body
    at = Point(body.right, body.bottom + 12 * u)
    yield Text(at=at, text=text, size=10 * u, bold=True, colour=theme.INK, align="right")


def continued(before: Sequence[Block], left: Sequence[Block]) -> list[Block]:
    """What is left for the next page; the day in the middle of which it begins is named again."""
    if not left or left[0].heading or not before[: -len(left)]:
        return list(left)
    heads = [block for block in before[: -len(left)] if block.heading]
    if not heads or heads[-1].rows[0].text.endswith(MORE):
        return list(left)
    [row] = heads[-1].rows
    again = replace(heads[-1], rows=(replace(row, text=row.text + MORE),))
    return [again, *left]


MORE = " (continued)"


def _day_by_day(atlas: Atlas, first: int, last: int, low: float) -> list[Layer]:
    """Small maps of the days on which places changed, where the words leave enough of a page."""
    body, u = atlas.page.body, atlas.page.u
    room = Box(body.x, low + 46 * u, body.w, body.bottom - low - 46 * u)
    days = [n for n in range(first, last + 1) if n > 0 and changes(atlas.day(n - 1), atlas.day(n))]
    if room.h < 170 * u or atlas.aspect is None or len(days) < 2:
        return []
    most = _as_many(room, len(days), atlas.aspect, u)
    if len(days) > most:  # those on which most changed, in their order
        weight = {n: len(changes(atlas.day(n - 1), atlas.day(n))) for n in days}
        days = sorted(sorted(days, key=lambda n: (-weight[n], n))[:most])
    if most < 2:
        return []
    title = Text(
        at=Point(body.x, low + 34 * u),
        text="Day by day",
        size=15 * u,
        bold=True,
        colour=theme.INK,
    )
    return [Layer("day by day", (title,)), *small_maps(atlas, days, room)]


def _head(
    timeline: Timeline, page: Page, phase: Phase | None, n: int, count: int
) -> Iterator[Item]:
    title = phase.name if phase else timeline.scenario.title
    dates = format_date(phase.period if phase else timeline.scenario.window)
    summary = (phase.summary if phase else timeline.scenario.summary) if n == 1 else None
    more = "" if n == 1 else f" ({n} of {count})"
    yield from head(page, timeline, title + more, dates, summary or "")


def numbered(picture: Picture, timeline: Timeline, page: Page, number: str) -> Picture:
    """A page with its foot: the sources, and its number."""
    items = tuple(foot(page, sources_line(timeline), number))
    return Picture(picture.size, picture.paper, (*picture.layers, Layer("foot", items)))


def span(timeline: Timeline, phase: Phase | None) -> tuple[int, int]:
    """First and last tick of a phase, as far as it lies in the window."""
    scenario = timeline.scenario
    first, last = scenario.span(phase) if phase else (0, scenario.calendar.ticks - 1)
    return max(first, 0), min(last, scenario.calendar.ticks - 1)


def _as_many(room: Box, count: int, aspect: float, u: float) -> int:
    """How many small maps a box has room for, if each is to be read."""
    for n in range(count, 1, -1):
        boxes, _ = cells(room, n, aspect, 22 * u, 16 * u)
        if boxes[0].w >= SMALLEST * u:
            return n
    return 0


SMALLEST = 260
"""Width of a small map, in pixels of A3."""


# --- the first page ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the parts of a first page stand."""

    maps: tuple[Box, ...]
    legend: Box
    columns: list[Box]

    @property
    def shown(self) -> float:
        """How large a map is, in square pixels."""
        return self.maps[0].w * self.maps[0].h if self.maps else 0.0


def plans_of(atlas: Atlas, moved: bool) -> list[Plan]:
    """Ways to lay out the first page, those with large maps first; at least one.

    Two maps where anything has changed, one where nothing has. They stand over some of the columns
    or beside them, and the words in what is left.
    """
    page = atlas.page
    if atlas.aspect is None:
        return [Plan((), Box(0, 0, 0, 0), page.columns(page.body))]
    plans = [*_over(atlas, moved), *_beside(atlas, moved)]
    least = (MAP_SIDE * page.u) ** 2
    large = [plan for plan in plans if plan.shown >= least]
    plans = large or [max(plans, key=lambda plan: plan.shown)]
    return sorted(plans, key=lambda plan: -plan.shown)


MAP_SIDE = 400
"""A map is at least as large as a square of so many pixels on an A3 page, where it can be."""
KEY = 1.04
GAP = 24


def _over(atlas: Atlas, moved: bool) -> Iterator[Plan]:
    """The maps over some of the columns, the words below them and in the other columns."""
    page, body, u = atlas.page, atlas.page.body, atlas.page.u
    columns = page.columns(body)
    for over in range(len(columns), 0, -1):
        wide = columns[over - 1].right - body.x
        if over == len(columns) > 1 and body.w > body.h and not moved:
            continue  # a single map across a wide page leaves no room for words
        key = atlas.legend_tall(wide, KEY * u)
        most = min(body.h * (0.62 if moved else 0.86), body.h - key - (27 + 18) * u)
        room = Box(body.x, body.y + 18 * u, wide, most)
        for maps in (_abreast(atlas, room, moved), *([_stacked(atlas, room)] if moved else [])):
            legend = Box(body.x, maps[-1].bottom + 9 * u, wide, key)
            under = legend.bottom + 18 * u
            low = [c._replace(y=under, h=body.bottom - under) for c in columns[:over]]
            low = [c for c in low if c.h > (80 if moved else 160) * u]
            if left := [*low, *columns[over:]]:
                yield Plan(maps, legend, left)


def _beside(atlas: Atlas, moved: bool) -> Iterator[Plan]:
    """Tall maps with the legend below them, and the words in columns at their side."""
    page, body, u = atlas.page, atlas.page.body, atlas.page.u
    gap = GAP * u
    for share in (0.72, 0.6, 0.5, 0.4):
        wide = body.w * share
        for _ in range(3):  # the narrower the maps are, the taller is the legend below them
            key = atlas.legend_tall(wide, KEY * u)
            most = body.h - key - (18 + 9) * u
            maps = _abreast(atlas, Box(body.x, body.y + 18 * u, wide, most), moved)
            wide = max(maps[-1].right - body.x, 200 * u)
        legend = Box(body.x, maps[0].bottom + 9 * u, wide, key)
        rest = Box(body.x + wide + gap, body.y, body.w - wide - gap, body.h)
        if rest.w >= 240 * u:
            yield Plan(maps, legend, page.columns(rest))


def _abreast(atlas: Atlas, room: Box, moved: bool) -> tuple[Box, ...]:
    """One map or two, as large as a box has room for."""
    assert atlas.aspect is not None
    gap = GAP * atlas.page.u
    most = (room.w - gap) / 2 if moved else room.w
    tall = max(1.0, min(most / atlas.aspect, room.h))
    each = tall * atlas.aspect
    starts = (room.x, room.x + each + gap) if moved else (room.x,)
    return tuple(Box(x, room.y, each, tall) for x in starts)


def _stacked(atlas: Atlas, room: Box) -> tuple[Box, ...]:
    """Two maps one above the other, as large as a box has room for: long ones are larger so."""
    assert atlas.aspect is not None
    gap = GAP * atlas.page.u
    tall = max(1.0, min(room.w / atlas.aspect, (room.h - gap) / 2))
    wide = tall * atlas.aspect
    return Box(room.x, room.y, wide, tall), Box(room.x, room.y + tall + gap, wide, tall)


def _listed(atlas: Atlas, plan: Plan) -> list[str]:
    """The places that stand on no map, or without their names."""
    if not plan.maps:
        return [p.id for p in atlas.timeline.scenario.places if not p.context]
    lists = atlas.frame(plan.maps[0], KEY * atlas.page.u).lists
    return [place for _, places in lists for place in places]


def _maps(atlas: Atlas, plan: Plan, begin: Scene, end: Scene, opening: bool) -> Iterator[Layer]:
    """The maps with their captions, and rings around what is held otherwise than before."""
    if not plan.maps:
        return
    u = atlas.page.u
    frame = atlas.frame(plan.maps[0], KEY * u)
    changed = {b.place for _, b in changes(begin, end)}
    captions: list[Item] = []
    if len(plan.maps) == 1:
        yield from layers_of("after", end, frame, credited=True)
        captions += caption(plan.maps[0], end.date, " – no place changed hands", u)
    else:
        before, after = plan.maps
        yield from layers_of("before", begin, frame)
        yield from layers_of(
            "after", end, frame, Point(after.x, after.y), ringed=changed, credited=True
        )
        words = "At the opening" if opening else "Before"
        captions += caption(before, f"{words}: {begin.date}", "", u)
        captions += caption(after, f"After: {end.date}", " – ringed: what has changed", u)
    captions += atlas.legend(plan.legend, KEY * u)
    yield Layer("captions", tuple(captions))


def caption(box: Box, text: str, more: str, u: float) -> Iterator[Item]:
    """Over a map what it shows, in bold, and a remark."""
    size = 13 * u
    at = Point(box.x, box.y - 6 * u)
    yield Text(at=at, text=text, size=size, bold=True, colour=theme.INK)
    if more:
        x = at.x + width(text, size, True)
        yield Text(at=Point(x, at.y), text=more, size=11.5 * u, colour=theme.SOFT)


# --- words ------------------------------------------------------------------------------------


def _fitting(page: Page, blocks: Sequence[Block], plans: Sequence[Plan]) -> tuple[float, Plan]:
    """Size of the letters, and plan: few pages, then large letters and large maps."""
    if len(blocks) > MANY:  # it takes many pages in any case
        return 1.0, plans[0]
    count = min(_pages(page, blocks, plan, 1.0) for plan in plans)
    best: tuple[float, float, Plan] | None = None
    for plan in plans:
        for scale in SCALES:
            if _pages(page, blocks, plan, scale) <= count:
                worth = scale * (plan.shown**0.25 if plan.maps else 1)
                if best is None or worth > best[0] * 1.001:
                    best = worth, scale, plan
                break
    assert best is not None
    return best[1], best[2]


def _pages(page: Page, blocks: Sequence[Block], plan: Plan, scale: float) -> int:
    left, count = [block.scaled(scale * page.u) for block in blocks], 0
    while (left or not count) and count < MOST_PAGES:
        before = left
        _, left = flow(left, plan.columns if count == 0 else page.columns(page.body))
        left = continued(before, left)
        count += 1
    return count
