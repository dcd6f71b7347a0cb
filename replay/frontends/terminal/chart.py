"""The map in letters: the ground in dots, a letter for who holds each place, names beside it.

A mark is the letter of the side that holds the place, on its colour; `&` if several hold it, `x`
contested, `b` besieged, `_` nobody, `○` unknown. After it stands `?` where that is only possible
and `~` where sources differ: letters that the control strip has as well, so that no colour is
needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from rich.cells import cell_len

from replay.foundation import theme
from replay.foundation.geodesy import LonLat
from replay.frontends.terminal.raster import Dots, Field, Look, printable, shortened
from replay.model import Scenario
from replay.model.state import UNKNOWN, Control, Marked
from replay.picture.items import Box, Point
from replay.picture.layers import ground, ground_labels
from replay.picture.layers.symbology import colour_of
from replay.picture.layers.window import Window, extent_of_map, window
from replay.scene import PlaceMark, Scene
from replay.timeline.strip import MARK_SIGNS, control_sign


@dataclass(frozen=True, slots=True)
class View:
    """What part of the map is looked at: how often the whole fits into it, and around what."""

    zoom: float = 1.0
    middle: tuple[float, float] | None = None
    """Longitude and latitude; None for the middle of the map."""


ZOOMS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
LONGEST_NAME = 22


class Chart:
    """What of the map is the same on every day: ground, where marks stand, and where names do."""

    def __init__(
        self,
        scenario: Scenario,
        size: tuple[int, int],
        view: View,
        features: tuple[ground.GroundFeature, ...] | None = None,
    ) -> None:
        """`features` are those of the scenario, where they have been read already."""
        self.scenario, self.size, self.view = scenario, size, view
        self.features = ground.features(scenario) if features is None else features
        self.window = _window(scenario, size, view)
        self.spots: dict[str, tuple[int, int]] = {}
        """The cell of each place that can be seen."""
        self.names: dict[str, tuple[int, int, str]] = {}
        """The cell where each name begins that found room, and its letters."""
        self.field = Field(*size)
        if self.window is not None:
            _draw_ground(self.field, scenario, self.features, self.window)
            self.spots = dict(self._seen(self.window))
            self._name_places()
            _name_ground(self.field, self.features, self.window)

    def _seen(self, shown: Window) -> Iterator[tuple[str, tuple[int, int]]]:
        """Places from the least to the most important one, with their cells."""
        order = sorted(self.scenario.places, key=lambda p: (bool(p.context), theme.rank_of(p.kind)))
        for place in reversed(order):
            where = self.scenario.located.get(place.id)
            if where is not None and where.kind != "ring":
                at = shown.at(where.at.lon, where.at.lat)
                x, y = int(at.x // 2), int(at.y // 4)
                if 0 <= x < self.size[0] and 0 <= y < self.size[1]:
                    yield place.id, (x, y)

    def _name_places(self) -> None:
        for x, y in self.spots.values():
            for n in (0, 1):  # the letter, and the sign that some day may follow it
                if x + n < self.size[0]:
                    self.field.taken[y][x + n] = True
        owners = {cell: place for place, cell in self.spots.items()}
        for place in reversed(self.spots):
            if owners[self.spots[place]] == place:  # a mark that hides behind another has no name
                spot = room(self.field, self.spots[place], self.name(place), owners.keys())
                if spot is not None:
                    self.names[place] = spot
                    self.field.put(*spot, Look(theme.SOFT))

    def name(self, place: str) -> str:
        """A place's name as it fits beside its mark."""
        name = printable(self.scenario.name(place)) or place
        return shortened(name, LONGEST_NAME)

    @property
    def hidden(self) -> int:
        """How many marks stand behind others."""
        return len(self.spots) - len(set(self.spots.values()))

    def nearest(self, x: int, y: int, reach: int = 2) -> str | None:
        """The place whose mark or name is at a cell, or whose mark is near it."""
        for place, (left, top, name) in self.names.items():
            if top == y and left <= x < left + cell_len(name):
                return place
        near = [
            (abs(px - x) + 2 * abs(py - y), -n, place)
            for n, (place, (px, py)) in enumerate(self.spots.items())
        ]
        distance, _, found = min(near, default=(reach + 1, 0, ""))
        return found if distance <= reach else None


def _window(scenario: Scenario, size: tuple[int, int], view: View) -> Window | None:
    """The window onto the ground, in dots; None where no place can be located."""
    extent = extent_of_map(scenario)
    if extent is None or min(size) < 2:
        return None
    box = Box(0, 0, 2 * size[0], 4 * size[1])
    whole = window(box, extent)
    if view.middle is None:
        x, y = whole.x0, whole.y0
    else:
        x, y = whole.projection.km(LonLat(*view.middle))
    return Window(box, whole.projection, x, y, whole.scale * view.zoom)


def room(
    field: Field, mark: tuple[int, int], name: str, marks: Set[tuple[int, int]]
) -> tuple[int, int, str] | None:
    """Where a name can stand at a mark, with no other mark between; None where there is no room."""
    (x, y), long = mark, cell_len(name)
    if (x + 1, y) not in marks and _alone(field, x + 2, y, long, before=False):
        return x + 2, y, name
    if (x - 1, y) not in marks and _alone(field, x - long - 1, y, long, after=False):
        return x - long - 1, y, name
    for left in (x + 1, x - long, x - long // 2):
        for top in (y - 1, y + 1):
            if _alone(field, left, top, long):
                return left, top, name
    return None


def _alone(
    field: Field, x: int, y: int, long: int, *, before: bool = True, after: bool = True
) -> bool:
    """Whether cells are free, and those before and after, so that two names never run together."""
    ends = [n for n, wanted in ((x - 1, before), (x + long, after)) if wanted]
    inside = [n for n in ends if 0 <= n < field.width]
    return field.free(x, y, long) and all(field.free(n, y, 1) for n in inside)


# --- the ground -----------------------------------------------------------------------------------

_LINES: Mapping[str, tuple[str, tuple[int, int]]] = {
    "province_border": (theme.PROVINCE, (1, 5)),
    "river": (theme.RIVER, (1, 0)),
    "border": (theme.BORDER, (3, 2)),
}
"""Lines from the lowest to the highest: ink, and dots set and left out."""


def _draw_ground(
    field: Field, scenario: Scenario, features: tuple[ground.GroundFeature, ...], shown: Window
) -> None:
    home = ground_labels.home(features, list(scenario.located.values()))
    _tint(field, features, shown, home)
    dots = Dots(field.width, field.height)
    for layer, (ink, dash) in _LINES.items():
        for feature in (f for f in features if f.layer == layer):
            for path in _paths(feature, shown):
                dots.line(path, ink, dash)
    for feature in (f for f in features if f.layer == "lake"):
        for path in _paths(feature, shown):
            dots.line(path, theme.SHORE)
    dots.onto(field)


def _paths(feature: ground.GroundFeature, shown: Window) -> list[tuple[Point, ...]]:
    """The lines or rings of a feature, in dots."""
    return [found for path in feature.paths for found in shown.paths(path)]


def _tint(
    field: Field, features: tuple[ground.GroundFeature, ...], shown: Window, home: str | None
) -> None:
    """The ground of each cell: this land, other lands, water."""
    other = theme.ABROAD if features else theme.LAND
    field.looks = [[Look(ground=theme.PAPER)] * field.width for _ in range(field.height)]
    for y in range(field.height):
        for x in _known(field, features, shown, y):
            field.looks[y][x] = Look(ground=other)
    for layer in ("country", "lake"):
        for feature in (f for f in features if f.layer == layer):
            tint = theme.WATER if layer == "lake" else theme.LAND
            if layer == "lake" or feature.name == home:
                for x, y in _inside(field, feature, shown):
                    field.looks[y][x] = Look(ground=tint)


def _known(
    field: Field, features: tuple[ground.GroundFeature, ...], shown: Window, y: int
) -> Iterator[int]:
    """The cells of a row that lie within what the ground's file describes."""
    known = (f for f in features if f.layer == "country")
    points = [p for f in known for path in _paths(f, shown) for p in path]
    if not points:
        yield from range(field.width)
        return
    left, right = min(p.x for p in points), max(p.x for p in points)
    top, bottom = min(p.y for p in points), max(p.y for p in points)
    if top <= 4 * y + 2 <= bottom:
        yield from (x for x in range(field.width) if left <= 2 * x + 1 <= right)


def _inside(
    field: Field, feature: ground.GroundFeature, shown: Window
) -> Iterator[tuple[int, int]]:
    """The cells whose middle lies in an area, by the even-odd rule."""
    rings = [list(ring) for ring in _paths(feature, shown)]
    for y in range(field.height):
        level = 4 * y + 2.001  # never exactly at the height of a corner
        cuts = sorted(_cuts(rings, level))
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            first, last = max(0, round(left / 2)), min(field.width, round(right / 2))
            yield from ((x, y) for x in range(first, last))


def _cuts(rings: list[list[Point]], level: float) -> Iterator[float]:
    for ring in rings:
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (a.y <= level) != (b.y <= level):
                yield a.x + (level - a.y) / (b.y - a.y) * (b.x - a.x)


def _name_ground(field: Field, features: tuple[ground.GroundFeature, ...], shown: Window) -> None:
    """Names of countries, lakes and rivers where the places leave room."""
    for feature in features:
        ink = {"country": theme.LAND_NAMES, "lake": theme.WATER_NAMES, "river": theme.WATER_NAMES}
        if feature.layer in ink and feature.name:
            text = printable(feature.name)
            text = text.upper() if feature.layer == "country" else text
            spot = _ground_spot(field, feature, shown, cell_len(text))
            if spot is not None:
                field.put(*spot, text, Look(ink[feature.layer], italic=True))


def _ground_spot(
    field: Field, feature: ground.GroundFeature, shown: Window, long: int
) -> tuple[int, int] | None:
    """The first cell of a name in the middle of what is seen of a thing, if there is room."""
    if feature.area:
        cells = list(_inside(field, feature, shown))
    else:
        points = (p for path in _paths(feature, shown) for p in path)
        cells = [(int(p.x // 2), int(p.y // 4) + 1) for p in points]
        cells = [c for c in cells if 0 <= c[0] < field.width and 0 <= c[1] < field.height]
    if len(cells) < 3:
        return None
    mx, my = (sum(c[n] for c in cells) / len(cells) for n in (0, 1))
    inside = set(cells)
    for x, y in sorted(cells, key=lambda c: abs(c[0] - mx) + 2 * abs(c[1] - my))[:400]:
        left = x - long // 2
        whole = not feature.area or feature.layer == "lake" or (left + long - 1, y) in inside
        if whole and (left >= 0) and field.free(max(left - 2, 0), y, long + 4):
            return left, y
    return None


# --- a day ------------------------------------------------------------------------------------


def drawn(chart: Chart, scene: Scene, selected: str | None = None) -> Field:
    """The chart with the marks of a day; names of places of its events and the selected one."""
    field = chart.field.copy()
    _moves(field, chart, scene)
    today = {place for event in scene.events if event.exact for place in event.places}
    facts = {mark.place: mark for mark in scene.marks}
    order = [*chart.spots, *(p for p in chart.spots if p in today)]
    if selected in chart.spots:
        order.append(str(selected))
    for place in order:
        _mark(field, chart, facts[place], place in today, place == selected)
    for place in reversed(order):
        if place in today or place == selected:
            _highlight(field, chart, place, place == selected)
    return field


def _mark(field: Field, chart: Chart, fact: PlaceMark, today: bool, selected: bool) -> None:
    letter, look, doubt = mark_of(chart.scenario, fact.control)
    x, y = chart.spots[fact.place]
    if fact.context and fact.control.value in (None, UNKNOWN):
        letter, look = "·", Look(theme.SOFT)
    below = chart.field.looks[y][x].ground
    loud = Look(look.ink, look.ground or below, bold=True, underline=today, turned=selected)
    field.put(x, y, letter, loud)
    if doubt and (x + 1, y) not in chart.spots.values():
        ink = theme.ALERT if doubt == "~" else theme.SOFT
        field.put(x + 1, y, doubt, Look(ink, bold=True))


def mark_of(scenario: Scenario, control: Marked) -> tuple[str, Look, str]:
    """The letter of a control, how it looks, and the sign of what we know of it, if any."""
    letters = {side.id: side.letter for side in scenario.sides}
    letter, doubt = control_sign(control, letters), MARK_SIGNS[control.mark].strip()
    value = control.value if isinstance(control.value, Control) else UNKNOWN
    if value.status == "contested":
        second = (*value.sides[:2],)[-1]
        return letter, Look(theme.PAPER, colour_of(scenario, second)), doubt
    if value.status in ("held", "besieged"):
        colour = colour_of(scenario, (*value.sides, None)[0])
        if control.mark == "possible":
            return letter, Look(colour), doubt
        return letter, Look(theme.PAPER, colour), doubt
    return ("○" if letter == "." else letter), Look(theme.SOFT), doubt


def _highlight(field: Field, chart: Chart, place: str, selected: bool) -> None:
    """The name of a place of which the day speaks, or that is selected; new if there is room."""
    known = chart.names.get(place)
    marks = set(chart.spots.values())
    spot = known or room(field, chart.spots[place], chart.name(place), marks)
    if spot is not None:
        look = Look(theme.INK if selected else theme.TODAY, bold=True, turned=selected)
        field.put(*spot, look)


def _moves(field: Field, chart: Chart, scene: Scene) -> None:
    """Forces on their way, as dotted lines up to where they are."""
    if chart.window is None:
        return
    dots = Dots(field.width, field.height)
    located = chart.scenario.located
    for track in scene.tracks:
        if track.start in located and track.end in located:
            ends = [chart.window.at(*located[p].at) for p in (track.start, track.end)]
            share = track.share.shown
            (ax, ay), (bx, by) = ends
            head = Point(ax + (bx - ax) * share, ay + (by - ay) * share)
            dots.line((ends[0], head), colour_of(chart.scenario, track.side), (2, 1))
    for (x, y), (bits, ink) in dots.bits.items():
        if field.free(x, y, 1):
            field.put(x, y, chr(0x2800 + bits), Look(ink), take=False)
