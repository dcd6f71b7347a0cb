"""The inset: where many places crowd, the map once more and closer."""

from __future__ import annotations

from replay.foundation import theme
from replay.picture.items import Item, Line
from replay.picture.layers.frame import Frame
from replay.picture.layers.interpolation import tint_of
from replay.picture.layers.label_space import sight_lines
from replay.picture.layers.land import box, ground_items
from replay.picture.layers.moves import axes, tracks
from replay.picture.layers.places import vagueness
from replay.picture.layers.regions import regions_of
from replay.scene import Scene


def inset(scene: Scene, frame: Frame) -> list[Item]:
    """The ground of each inset, what moves over it, and which part of the map it enlarges."""
    found: list[Item] = []
    u = frame.unit
    for n, shown in enumerate(frame.windows[1:], start=1):
        region = frame.windows[0].region(shown)
        for a, b in sight_lines(region, shown.box):
            found.append(Line(points=(a, b), colour=theme.SOFT, width=0.7 * u, opacity=0.6))
        found.append(box(region, edge=theme.SOFT, width=1.1 * u, space="map"))
        found += ground_items(frame, n)
        found += regions_of(scene, frame, n)
        if "tint" in frame.extra:
            found += tint_of(scene, frame, n)
        for layer in (vagueness, axes, tracks):
            found += layer(scene, frame, n)
        found.append(box(shown.box, edge=theme.INK, width=1.2 * u))
    return found
