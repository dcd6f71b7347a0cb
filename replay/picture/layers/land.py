"""The land: countries, provinces, waters, roads, borders, and their names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from replay.foundation import theme
from replay.picture.items import Box, Item, Line, Point, Shape, Text
from replay.picture.layers.frame import Frame
from replay.picture.layers.ground import GroundFeature
from replay.picture.layers.ground_labels import REGION
from replay.picture.layers.window import Window
from replay.scene import Scene

_LINES: dict[str, dict[str, Any]] = {
    "province_border": {"colour": theme.PROVINCE, "width": 0.9, "dash": (4.0, 2.5)},
    "road": {"colour": theme.ROAD, "width": 1.8},
    "river": {"colour": theme.RIVER, "width": 1.7},
    "border": {"colour": theme.BORDER, "width": 1.7, "dash": (7.0, 2.0, 1.5, 2.0)},
}
"""Lines from the lowest to the highest."""

_NAMES: dict[str, dict[str, Any]] = {
    "country": {"colour": theme.LAND_NAMES, "bold": True},
    "province": {"colour": theme.LAND_NAMES},
    "lake": {"colour": theme.WATER_NAMES, "italic": True},
    "river": {"colour": theme.WATER_NAMES, "italic": True},
    "road": {"colour": theme.mixed_colour(theme.ROAD, theme.INK, 0.35), "italic": True},
}


def land(scene: Scene, frame: Frame) -> list[Item]:
    """The main map's ground; the same on every day."""
    return list(ground_items(frame, 0)) if frame.windows else []


@lru_cache(maxsize=16)
def ground_items(frame: Frame, n: int) -> tuple[Item, ...]:
    """The ground of a window, with its names."""
    shown, u = frame.windows[n], frame.unit
    found: list[Item] = [box(shown.box, fill=theme.ABROAD if frame.features else theme.LAND)]
    for layer in ("country", "lake"):
        for feature in (f for f in frame.features if f.layer == layer):
            fill = theme.LAND if feature.name == frame.home else theme.ABROAD
            edge = None
            if layer == "lake":
                fill, edge = theme.WATER, theme.SHORE
            found += _area(feature, shown, fill, edge, u)
        if layer == "country":
            found += _lines(frame, shown, ("province_border", "road", "river"))
    found += _lines(frame, shown, ("border",))
    own = (word for word in frame.words if word.window == n and word.layer != REGION)
    found += [_word(word, shown) for word in own]
    found.append(box(shown.box, edge=theme.SOFT, width=1.0 * u))
    return tuple(found)


def box(where: Box, **look: Any) -> Shape:
    """A box as a shape."""
    corners = (
        Point(where.x, where.y),
        Point(where.right, where.y),
        Point(where.right, where.bottom),
        Point(where.x, where.bottom),
    )
    return Shape(rings=(corners,), **look)


def _area(
    feature: GroundFeature, shown: Window, fill: str, edge: str | None, u: float
) -> Iterator[Item]:
    rings = tuple(ring for path in feature.paths for ring in shown.paths(path))
    yield Shape(rings=rings, fill=fill, edge=edge, width=0.8 * u, space="map", clip=shown.box)


def _lines(frame: Frame, shown: Window, layers: tuple[str, ...]) -> Iterator[Item]:
    for layer in layers:
        look = _LINES[layer]
        u = frame.unit
        dash = tuple(d * u for d in look.get("dash", ()))
        for feature in (f for f in frame.features if f.layer == layer):
            for points in (found for path in feature.paths for found in shown.paths(path)):
                yield Line(
                    points=points,
                    colour=look["colour"],
                    width=look["width"] * u,
                    dash=dash,
                    space="map",
                    clip=shown.box,
                )


def _word(word: Any, shown: Window) -> Text:
    look = _NAMES[word.layer]
    halo = theme.LAND if word.layer in ("river", "road") else None
    return Text(
        at=word.at,
        text=word.text,
        size=word.size,
        align="centre",
        turn=word.turn,
        halo=halo,
        space="map",
        clip=shown.box,
        **look,
    )
