"""The frame: all that is settled before the first picture of a replay, and the same in each.

Which boxes the page has, which windows look onto the ground, which places they show, and where the
names stand, so that nothing jumps from one day to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from replay.foundation import theme
from replay.foundation.geodesy import Located
from replay.model import Place, Scenario
from replay.picture.items import Box, Point
from replay.picture.layers import ground, ground_labels
from replay.picture.layers.arrow_lines import arrow_lines, spot
from replay.picture.layers.force_frames import room, stands
from replay.picture.layers.label_space import Board, Name, sight_lines
from replay.picture.layers.legend import height as legend_height
from replay.picture.layers.names import place_names
from replay.picture.layers.occurrences import Census, census
from replay.picture.layers.pages import Boxes as Boxes
from replay.picture.layers.pages import page, unit
from replay.picture.layers.sizes import PAGE
from replay.picture.layers.source_key import height as source_height
from replay.picture.layers.text_metrics import width, wrapped
from replay.picture.layers.window import (
    Window,
    aspect,
    closer,
    crowd,
    extent_of_map,
    inset_bar,
    window,
)
from replay.timeline.timeline import Timeline

PLENTY = 300
"""More places than this get smaller marks."""
LETTERED = 1.25
"""How much larger marks are that have letters in them."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place as a window shows it."""

    place: str
    window: int
    at: Point
    size: float
    """Diameter of its mark."""
    named: bool
    radius: float
    """Pixels within which (for a ring: at which) the place lies."""
    ring: bool


@dataclass(frozen=True, eq=False)
class Frame:
    """What is settled for all pictures of one replay on pages of one size."""

    scenario: Scenario
    size: tuple[int, int]
    unit: float
    """Pixels to a pixel of a page of 1280 × 720."""
    census: Census
    boxes: Boxes
    windows: tuple[Window, ...]
    sites: tuple[Site, ...]
    names: tuple[Name, ...]
    features: tuple[ground.GroundFeature, ...]
    words: tuple[ground_labels.Word, ...]
    scale_bar: Box | None
    credit: tuple[Box, tuple[str, ...]] | None
    """Where the origin of the ground is told, and in which lines."""
    unnamed: tuple[str, ...]
    """Places that the map shows but for whose name there was no room."""
    extra: tuple[str, ...] = ()
    """The optional layers that are drawn."""

    @cached_property
    def home(self) -> str | None:
        """The country in which most of the places lie."""
        return ground_labels.home(self.features, list(self.scenario.located.values()))

    @cached_property
    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Places that have no mark and name on the map, under the heading of a list."""
        located = self.scenario.located
        shown = {site.place for site in self.sites if not site.ring}
        rest = [p.id for p in self.scenario.places if p.id not in shown and not p.context]
        rest.sort(key=lambda place: place not in self.census.places)
        vague = tuple(p for p in rest if p not in located or located[p].kind == "ring")
        outside = tuple(p for p in rest if p not in vague)
        lists = (
            ("Not located by the documents", vague),
            ("Outside the map", outside),
            ("No room for their names", tuple(p for p in self.unnamed if p not in rest)),
        )
        return tuple((heading, places) for heading, places in lists if places)

    def spot(self, place: str, n: int) -> Point | None:
        """Where a place lies in a window, within its box or not; None for one not located."""
        return spot(self.scenario, self.windows, place, n)


def frame(timeline: Timeline, size: tuple[int, int] = PAGE, extra: tuple[str, ...] = ()) -> Frame:
    """The frame of a replay's pictures on pages of a size: where everything stands.

    `extra` are the optional layers that are drawn.
    """
    counted = census(timeline)
    extent = extent_of_map(timeline.scenario)

    def tall(room: float, u: float) -> float:
        return legend_height(timeline.scenario, counted, room, u, extra)

    def foot(room: float, u: float) -> float:
        return source_height(timeline.scenario, room, u)

    boxes = page(size, None if extent is None else aspect(extent), tall, foot)
    found = framed(timeline, size, unit(size), counted, boxes, extra=extra)
    if counted.grounds or found.lists:
        return found
    return replace(found, boxes=boxes.without_margin())  # nothing would ever stand there


def framed(
    timeline: Timeline,
    size: tuple[int, int],
    u: float,
    counted: Census,
    boxes: Boxes,
    named: bool = True,
    extra: tuple[str, ...] = (),
) -> Frame:
    """A frame with its parts in boxes of the page; `named` False for a map without names."""
    scenario, box = timeline.scenario, boxes.map
    extent = extent_of_map(scenario)
    features = ground.features(scenario)
    windows: tuple[Window, ...] = ()
    bar, credit = None, None
    boards: list[Board] = []
    sites: tuple[Site, ...] = ()
    if extent is not None and box.w:
        windows = _windows(scenario, window(box, extent), u, named)
        sites = tuple(_sites(scenario, windows, u))
        bar = _corner(windows, sites, Point(150 * u, 34 * u), 6 * u)
        credit = _credit(scenario.attribution, windows, sites, bar, u)
        boards = _boards(windows, u)
        boards[0].take(bar, *([credit[0]] if credit else []))
    if named:
        for n, board in enumerate(boards):
            board.lines += arrow_lines(timeline, windows, n, u)
    if "app6" in extra:
        counts = stands(timeline)
        for site in (s for s in sites if s.named and not s.ring and s.place in counts):
            boards[site.window].take(room(site.at, site.size, counts[site.place], u))
    found, unnamed = place_names(scenario, sites, boards, u) if named else ((), ())
    # a ring tells nothing without its name
    sites = tuple(site for site in sites if not (site.ring and site.place in unnamed))
    named_ground: tuple[ground_labels.Word, ...] = ()
    if named:
        named_ground = ground_labels.region_names(scenario, windows, boards, u)
        named_ground += ground_labels.ground_names(features, windows, boards, u)
    return Frame(
        scenario,
        size,
        u,
        counted,
        boxes,
        windows,
        sites,
        found,
        features,
        named_ground,
        bar,
        credit,
        unnamed,
        extra,
    )


# --- windows ----------------------------------------------------------------------------------


def _boards(windows: tuple[Window, ...], u: float) -> list[Board]:
    """The room for names in each window; the whole map has none under its insets."""
    boards = [Board(shown.box.inset(3 * u)) for shown in windows]
    for inset, board in zip(windows[1:], boards[1:], strict=True):
        region = windows[0].region(inset)
        board.take(inset_bar(inset, u))
        boards[0].lines += sight_lines(region, inset.box)
        boards[0].take(inset.box.inset(-4 * u), region.inset(-3 * u))
    return boards


def _windows(scenario: Scenario, main: Window, u: float, named: bool) -> tuple[Window, ...]:
    """The whole map, and an inset where places crowd and a corner of the map has room for it."""
    spots = {
        place: main.at(where.at.lon, where.at.lat)
        for place, where in scenario.located.items()
        if where.kind != "ring" and main.sees(where.at.lon, where.at.lat)
    }
    usual = Point(main.box.w * 0.42, main.box.w * 0.42 * 0.62)
    crowded = crowd(spots, usual, u) if named else ()
    if not crowded:
        return (main,)
    points = [(scenario.located[p].at.lon, scenario.located[p].at.lat) for p in crowded]
    kept = [p for name, p in spots.items() if name not in crowded]
    heart = [spots[name] for name in crowded]
    best: Window | None = None
    for share, form in product((0.5, 0.45, 0.4, 0.35, 0.3), (0.72, 0.6, 0.48)):
        w = main.box.w * share
        for box in _edges(main.box, Point(w, w * form)):
            roomy = box.inset(-12 * u)
            if not any(roomy.holds(*p) for p in (*kept, *heart)):
                close = closer(main, points, box, 46 * u)
                if close and (best is None or _gain(close) > _gain(best) * 1.02):
                    best = close
                break
    return (main, best) if best else (main,)


def _gain(shown: Window) -> float:
    """What an inset is worth: how close it looks, and how much room it has for names."""
    return shown.scale**2 * shown.box.w * shown.box.h


def _edges(box: Box, size: Point) -> list[Box]:
    """Boxes of a size along the edges of a box, its corners first."""
    found = _corners(box, size, 0)
    left, top = box.right - size.x, box.bottom - size.y
    for n in range(1, 8):
        x, y = box.x + (left - box.x) * n / 8, box.y + (top - box.y) * n / 8
        found += [Box(x, box.y, *size), Box(x, top, *size)]
        found += [Box(box.x, y, *size), Box(left, y, *size)]
    return found


def _corners(box: Box, size: Point, air: float) -> list[Box]:
    """Boxes of a size in the corners of a box: lower left, lower right, upper left, upper right."""
    xs, ys = (box.x + air, box.right - size.x - air), (box.bottom - size.y - air, box.y + air)
    return [Box(x, y, size.x, size.y) for y in ys for x in xs]


def _corner(windows: tuple[Window, ...], sites: tuple[Site, ...], size: Point, air: float) -> Box:
    """The corner of the map with the fewest marks, for the scale bar."""
    taken = [w.box for w in windows[1:]]
    spots = [site.at for site in sites if site.window == 0]

    def cost(box: Box) -> int:
        near = sum(box.inset(-20).holds(*spot) for spot in spots)
        return near + 1000 * any(box.overlaps(other) for other in taken)

    return min(_corners(windows[0].box, size, air), key=cost)


def _credit(
    told: str | None, windows: tuple[Window, ...], sites: tuple[Site, ...], bar: Box, u: float
) -> tuple[Box, tuple[str, ...]] | None:
    """A corner of the map with the fewest marks for the origin of the ground, in a line or two."""
    if not told:
        return None
    size, box = CREDIT * u, windows[0].box
    spots = [site.at for site in sites if site.window == 0]
    best: tuple[float, Box, tuple[str, ...]] | None = None
    for rank, share in enumerate((0.7, 0.5, 0.36)):
        lines = tuple(wrapped(told, size, box.w * share, 2))
        wide = max(width(line, size) for line in lines) + 4 * u
        places = _corners(box, Point(wide, len(lines) * size * 1.2 + 2 * u), 3 * u)
        for n, place in enumerate(places[1:] + places[:1]):
            near = sum(place.inset(-9 * u).holds(*spot) for spot in spots)
            covered = any(place.overlaps(o) for o in (bar, *(w.box for w in windows[1:])))
            cost = 100.0 * covered + 4 * near + 0.5 * rank + 0.1 * n + 2 * (place.y < box.centre.y)
            if best is None or cost < best[0]:
                best = cost, place, lines
    return best[1:] if best else None


CREDIT = 8.0
"""Size of the letters that tell the origin of the ground."""


# --- places -----------------------------------------------------------------------------------


def _sites(scenario: Scenario, windows: tuple[Window, ...], u: float) -> list[Site]:
    """Each place in each window that shows it; crowded ones small and nameless on the main map."""
    found = []
    u *= max(0.4, min(1.0, (PLENTY / max(1, len(scenario.located))) ** 0.5))
    grown = LETTERED if scenario.lettered else 1.0
    for n, shown in enumerate(windows):
        regions = [shown.region(other) for other in windows[1:]] if n == 0 else []
        for place in scenario.places:
            where = scenario.located.get(place.id)
            if where is not None and shown.sees(where.at.lon, where.at.lat, 7 * u):
                found.append(_site(place, where, n, shown, regions, u * grown))
    return found


def _site(
    place: Place, where: Located, n: int, shown: Window, regions: list[Box], u: float
) -> Site:
    at = shown.at(where.at.lon, where.at.lat)
    crowded = any(region.holds(*at) for region in regions)
    size = theme.mark_size_of(place.kind) * (0.8 * u if shown.inset else u)
    radius = where.radius_km * shown.scale
    ring = where.kind == "ring"
    return Site(place.id, n, at, size * 0.55 if crowded else size, not crowded, radius, ring)
