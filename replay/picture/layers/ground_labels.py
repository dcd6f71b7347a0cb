"""Names of the ground (countries, provinces, lakes, rivers, roads) where the places leave room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from replay.foundation.geodesy import Located, LonLat
from replay.model import Scenario
from replay.picture.items import Box, Point
from replay.picture.layers.ground import GroundFeature, Path
from replay.picture.layers.label_space import Board, Leader, crosses
from replay.picture.layers.text_metrics import width, wrapped
from replay.picture.layers.window import Window


@dataclass(frozen=True, slots=True)
class Word:
    """A name of the ground (a country, a river, an area), with its slope in degrees."""

    window: int
    text: str
    layer: str
    at: Point
    size: float
    turn: float
    of: str | None = None
    """The area of the script that it names."""


REGION = "region"
"""The layer of names of areas whose outline nobody gives."""
NOT_STATED = "extent not stated"
_SIZES = {"country": 13.0, "province": 10.0, "lake": 9.5, "river": 10.5, "road": 9.0}
_LINES = ("river", "road")


def ground_names(
    features: Sequence[GroundFeature], windows: Sequence[Window], boards: list[Board], u: float
) -> tuple[Word, ...]:
    """Names of countries, provinces, lakes, rivers and roads where the places leave room."""
    found: list[Word] = []
    for n, (shown, board) in enumerate(zip(windows, boards, strict=True)):
        lines = [] if n else list(_all_lines(features, shown))
        for layer, size in _SIZES.items():
            if n and layer in ("country", "province", "road"):
                continue  # an inset is too small for them
            for feature in (f for f in features if f.layer == layer and f.name):
                text = _spelled(feature)
                spot = (
                    _along(feature, text, size * u, shown, board)
                    if layer in _LINES
                    else _inside(feature, text, size * u, shown, board, lines)
                )
                if spot is not None:
                    found.append(Word(n, text, layer, spot[0], size * u, spot[1]))
    return tuple(found)


def region_names(
    scenario: Scenario, windows: Sequence[Window], boards: list[Board], u: float
) -> tuple[Word, ...]:
    """Names of the areas that have no outline, which the whole map has room for."""
    found: list[Word] = []
    for of, region in scenario.regions.items() if windows else ():
        shown, size, small = windows[0], 11.0 * u, 9.0 * u
        rings = [list(ring) for ring in shown.paths(region.outline())]
        for room in (280.0, 110.0):  # on one line, or on several short ones
            lines = wrapped(scenario.name(of), size, room * u, 3, italic=True)
            texts = [*((line, size) for line in lines), (NOT_STATED, small)]
            wide = max(width(text, points, italic=True) for text, points in texts)
            tall = sum(points * 1.15 for _, points in texts)
            spot = _roomiest(rings, (wide, tall), boards[0])
            if spot is not None:
                boards[0].take(spot)
                found += _stacked(spot, texts, of)
                break
    return tuple(found)


def _stacked(spot: Box, texts: list[tuple[str, float]], of: str) -> Iterator[Word]:
    """Lines of a name one below the other in a box."""
    y = spot.y
    for text, size in texts:
        y += size * 1.15
        at = Point(round(spot.centre.x, 2), round(y - size * 0.3, 2))
        yield Word(0, text, REGION, at, size, 0.0, of)


def _roomiest(rings: list[list[Point]], size: tuple[float, float], board: Board) -> Box | None:
    """The roomiest box of a size in the part of some rings that a board shows."""
    inside = [p for ring in rings for p in ring]
    box, (w, h) = board.box, size
    left, right = max(box.x, min(p.x for p in inside)), min(box.right, max(p.x for p in inside))
    top, bottom = max(box.y, min(p.y for p in inside)), min(box.bottom, max(p.y for p in inside))
    spots: list[tuple[float, Box]] = []
    for i in range(1, 16):
        for j in range(1, 16):
            at = Point(left + (right - left) * i / 16, top + (bottom - top) * j / 16)
            own = Box(at.x - w / 2, at.y - h / 2, w, h)
            if board.free(own.inset(-3)) and _holds(rings, at):
                spots.append((_room(own, board, rings), own))
    return max(spots, default=(0.0, None))[1]


def _all_lines(features: Sequence[GroundFeature], shown: Window) -> Iterator[Leader]:
    """The pieces of all lines that a name should not be written across."""
    for feature in features:
        if not feature.area or feature.layer == "lake":
            for points in (found for path in feature.paths for found in shown.paths(path)):
                yield from pairwise(points)


def _spelled(feature: GroundFeature) -> str:
    text = feature.name.partition(" (")[0]
    return " ".join(text.upper()) if feature.layer == "country" else text


def _inside(
    feature: GroundFeature, text: str, size: float, shown: Window, board: Board, lines: list[Leader]
) -> tuple[Point, float] | None:
    """The roomiest spot for a name in the part of an area that the window shows."""
    rings = [list(ring) for path in feature.paths for ring in shown.paths(path)]
    inside = [p for ring in rings for p in ring]
    if not inside:
        return None
    box = board.box
    left, right = max(box.x, min(p.x for p in inside)), min(box.right, max(p.x for p in inside))
    top, bottom = max(box.y, min(p.y for p in inside)), min(box.bottom, max(p.y for p in inside))
    w, h = width(text, size), size * 1.3
    spots: list[tuple[float, Box]] = []
    for i in range(1, 16):
        for j in range(1, 16):
            at = Point(left + (right - left) * i / 16, top + (bottom - top) * j / 16)
            own = Box(at.x - w / 2, at.y - h / 2, w, h)
            ends = (Point(own.x - 6, at.y), at, Point(own.right + 6, at.y))
            if board.free(own.inset(-3)) and all(_holds(rings, p) for p in ends):
                spots.append((_room(own, board, rings), own))
    near = [pair for pair in lines if crosses(pair, Box(left, top, right - left, bottom - top))]
    for _, own in sorted(spots, reverse=True):
        if not any(crosses(pair, own) for pair in near):
            break
    else:
        return None
    best = own
    board.take(best)
    return Point(best.x + w / 2, best.y + h / 2 + size * 0.26), 0.0


FAR = 90.0
"""Pixels from everything else that are room enough."""


def _room(own: Box, board: Board, rings: list[list[Point]]) -> float:
    """How far a box is from what is taken, from the edge of the map and from its own border."""
    c = own.centre
    edge = min(c.x - board.box.x, board.box.right - c.x, c.y - board.box.y, board.box.bottom - c.y)
    marks = min((_gap(own, other) for other in board.near(own.inset(-FAR))), default=FAR)
    border = min((math.dist(c, p) for ring in rings for p in ring), default=1e9)
    return min(edge, marks, border, FAR)


def _gap(a: Box, b: Box) -> float:
    dx = max(b.x - a.right, a.x - b.right, 0.0)
    dy = max(b.y - a.bottom, a.y - b.bottom, 0.0)
    return math.hypot(dx, dy)


def _holds(rings: list[list[Point]], p: Point) -> bool:
    """Whether a point lies within some rings (by the even-odd rule)."""
    odd = False
    for ring in rings:
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (a.y > p.y) != (b.y > p.y):
                odd ^= p.x < a.x + (p.y - a.y) * (b.x - a.x) / (b.y - a.y)
    return odd


def _along(
    feature: GroundFeature, text: str, size: float, shown: Window, board: Board
) -> tuple[Point, float] | None:
    """A stretch of a line, straight enough for its name, with nothing else near."""
    need = width(text, size) + size
    for line in (found for path in feature.paths for found in shown.paths(path)):
        points = _dense(list(line), size)
        for start, end, above, below in _stretches(points, need, size * 0.9):
            turn = -math.degrees(math.atan2(end.y - start.y, end.x - start.x))
            if abs(turn) > 60:
                continue
            a = math.radians(turn)
            middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
            for off in (-size * 0.35 - above, size * 1.05 + below):
                at = Point(middle.x + off * math.sin(a), middle.y + off * math.cos(a))
                boxes = list(_tiles(at, a, need - size, size))
                if all(board.free(box) for box in boxes):
                    board.take(*boxes)
                    return at, turn
    return None


def _stretches(
    points: list[Point], need: float, most: float
) -> Iterator[tuple[Point, Point, float, float]]:
    """Stretches of a line, from left to right, with how far it strays above and below.

    Those in the middle of the line come first; none strays farther than `most`.
    """
    found = []
    for n, start in enumerate(points):
        m = n
        while m + 1 < len(points) and math.dist(start, points[m]) < need:
            m += 1
        end = points[m]
        if math.dist(start, end) >= need:
            a, b = (start, end) if start.x < end.x else (end, start)
            off = [_off(p, a, b) for p in points[n : m + 1]]
            above, below = max(0.0, -min(off)), max(0.0, *off)
            if max(above, below) <= most:
                found.append((abs((n + m) / 2 - len(points) / 2), a, b, above, below))
    for _, a, b, above, below in sorted(found):
        yield a, b, above, below


def _dense(points: list[Point], step: float) -> list[Point]:
    """The points of a line with more between those that are far apart."""
    found = points[:1]
    for a, b in pairwise(points):
        count = min(200, max(1, int(math.dist(a, b) / step)))
        for n in range(1, count + 1):
            found.append(Point(a.x + (b.x - a.x) * n / count, a.y + (b.y - a.y) * n / count))
    return found


def _off(p: Point, a: Point, b: Point) -> float:
    """How far a point lies below the line from a to b."""
    return ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / math.dist(a, b)


def _tiles(at: Point, angle: float, length: float, size: float) -> Iterator[Box]:
    """Boxes that cover a sloping text."""
    count = max(1, round(length / size))
    for n in range(count + 1):
        along = (n / count - 0.5) * length
        x, y = at.x + along * math.cos(angle), at.y - along * math.sin(angle)
        yield Box(x - size * 0.55, y - size * 0.85, size * 1.1, size * 1.1)


def home(features: Sequence[GroundFeature], located: Sequence[Located]) -> str | None:
    """The name of the country in which most of some places lie."""
    counts = {
        f.name: sum(_within(f.paths, p.at) for p in located)
        for f in features
        if f.layer == "country"
    }
    return max(counts, key=lambda name: counts[name]) if counts else None


def _within(paths: Sequence[Path], p: LonLat) -> bool:
    return _holds([[Point(*q) for q in path] for path in paths], Point(*p))
