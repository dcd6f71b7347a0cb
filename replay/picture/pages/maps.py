"""Maps on a page: one frame for all of them, each put where it belongs, rings where they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from replay.foundation import theme
from replay.picture.items import Box, Image, Item, Layer, Line, Point, Shape, Symbol, Text
from replay.picture.layers import GROUND, LAYERS, Frame
from replay.picture.layers.frame import Boxes, framed
from replay.picture.layers.legend import height as legend_height
from replay.picture.layers.map_surround import credit
from replay.picture.layers.occurrences import Census, census
from replay.picture.layers.pages import LONGEST
from replay.picture.layers.window import aspect, extent_of_map
from replay.picture.pages.page import Page
from replay.picture.symbol_shapes import outline
from replay.scene import Scene, scene
from replay.timeline.timeline import State, Timeline

NOWHERE = Box(0, 0, 0, 0)
TALLEST = 0.45
"""A map that is taller for its width gets a box of this form, so that names have room."""
STILL = tuple(name for name in GROUND if name not in ("day", "tracks"))
"""The layers of a map without what happened on its day alone."""


def settled(timeline: Timeline) -> Census:
    """What occurs in a replay, for pages that leave out what happened on a day alone."""
    return replace(census(timeline), events=frozenset(), actors=(), tracks=False, towards=False)


def joined(a: Census, b: Census) -> Census:
    """What occurs in either of two replays of one scenario."""
    return replace(
        a,
        sides=tuple(dict.fromkeys((*a.sides, *b.sides))),
        states=a.states | b.states,
        doubts=a.doubts | b.doubts,
        grounds=a.grounds | b.grounds,
        places=a.places | b.places,
        towards=a.towards or b.towards,
        axes=a.axes or b.axes,
        bearings=a.bearings or b.bearings,
        halted=a.halted or b.halted,
        context=a.context or b.context,
    )


class Atlas:
    """The maps of one replay on pages of one size: what costs time is done once for all pages."""

    def __init__(self, timeline: Timeline, page: Page, other: Timeline | None = None) -> None:
        self.timeline = timeline
        self.page = page
        self.counted = settled(timeline)
        if other is not None and other is not timeline:
            self.counted = joined(self.counted, settled(other))
        self._frames: dict[tuple[Box, float, bool], Frame] = {}

    @cached_property
    def aspect(self) -> float | None:
        """Width by height of a map's box, none where there is nothing that a map could show."""
        extent = extent_of_map(self.timeline.scenario)
        return None if extent is None else min(LONGEST, max(TALLEST, aspect(extent)))

    def frame(self, box: Box, u: float, named: bool = True) -> Frame:
        """The frame of a map in a box, with what stands on no map, and nothing else."""
        key = box, u, named
        if key not in self._frames:
            head = Box(box.x, 0, box.w, 0)
            boxes = Boxes(box, head, NOWHERE, NOWHERE, NOWHERE, NOWHERE)
            size = self.page.size
            self._frames[key] = framed(self.timeline, size, u, self.counted, boxes, named)
        return self._frames[key]

    def legend(self, box: Box, u: float) -> list[Item]:
        """The legend, in the width of a box and from its top."""
        boxes = Boxes(NOWHERE, NOWHERE, NOWHERE, NOWHERE, box, NOWHERE)
        frame = framed(self.timeline, self.page.size, u, self.counted, boxes, named=False)
        return LAYERS["legend"](self.day(0), frame)

    def legend_tall(self, wide: float, u: float) -> float:
        """How tall the legend is in a width."""
        return legend_height(self.timeline.scenario, self.counted, wide, u)

    @lru_cache(maxsize=512)  # noqa: B019 an atlas lives as long as its pages are made
    def day(self, on: int | State) -> Scene:
        return scene(self.timeline, on)


def layers_of(
    title: str,
    day: Scene,
    frame: Frame,
    at: Point | None = None,
    kept: Sequence[str] = STILL,
    ringed: Collection[str] = (),
    credited: bool = False,
) -> Iterator[Layer]:
    """The layers of a map whose box begins `at` a point; rings around some places."""
    if "day" not in kept:
        day = replace(day, events=(), tracks=())
    home = frame.boxes.map
    dx, dy = (at.x - home.x, at.y - home.y) if at is not None else (0.0, 0.0)
    for layer in (name for name in LAYERS if name in kept):
        under = rings(frame, ringed) if layer == "labels" else ()
        items = (*under, *LAYERS[layer](day, frame))
        yield Layer(f"{title} {layer}", tuple(moved(item, dx, dy) for item in items))
    if credited:
        yield Layer(f"{title} credit", tuple(moved(i, dx, dy) for i in credit(day, frame)))


def rings(frame: Frame, places: Collection[str]) -> Iterator[Item]:
    """A ring around each of some places, where the map names it."""
    for site in frame.sites:
        if site.place in places and site.named and not site.ring:
            d = site.size + 10 * frame.unit
            circle = tuple(Point(site.at.x + x, site.at.y + y) for x, y in outline("circle", d))
            for width, colour in ((4.4, theme.LAND), (2.0, theme.INK)):
                yield Shape(
                    rings=(circle,),
                    edge=colour,
                    width=width * frame.unit,
                    of=site.place,
                    space="map",
                    clip=frame.windows[site.window].box,
                )


def moved(item: Item, dx: float, dy: float) -> Item:
    """An item somewhere else on the page."""
    return _moved(item, dx, dy) if dx or dy else item


@lru_cache(maxsize=100_000)
def _moved(item: Item, dx: float, dy: float) -> Item:
    clip = item.clip and _box(item.clip, dx, dy)
    match item:
        case Shape():
            rings = tuple(tuple(_point(p, dx, dy) for p in ring) for ring in item.rings)
            return replace(item, rings=rings, clip=clip)
        case Line():
            return replace(item, points=tuple(_point(p, dx, dy) for p in item.points), clip=clip)
        case Symbol() | Text():
            return replace(item, at=_point(item.at, dx, dy), clip=clip)
        case Image():
            return replace(item, box=_box(item.box, dx, dy), clip=clip)


def _point(p: Point, dx: float, dy: float) -> Point:
    return Point(round(p.x + dx, 2), round(p.y + dy, 2))


def _box(box: Box, dx: float, dy: float) -> Box:
    return box._replace(x=round(box.x + dx, 2), y=round(box.y + dy, 2))
