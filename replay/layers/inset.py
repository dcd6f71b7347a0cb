"""The inset: where many places crowd, the map once more and closer."""

from __future__ import annotations

from replay import style
from replay.layers.board import sight_lines
from replay.layers.frame import Frame
from replay.layers.held import tint_of
from replay.layers.land import box, ground_items
from replay.layers.moves import axes, tracks
from replay.layers.places import vagueness
from replay.layers.regions import regions_of
from replay.picture import Item, Line
from replay.scene import Scene


def inset(scene: Scene, frame: Frame) -> list[Item]:
    """The ground of each inset, what moves over it, and which part of the map it enlarges."""
    found: list[Item] = []
    u = frame.unit
    for n, shown in enumerate(frame.windows[1:], start=1):
        region = frame.windows[0].region(shown)
        for a, b in sight_lines(region, shown.box):
            found.append(Line(points=(a, b), colour=style.SOFT, width=0.7 * u, opacity=0.6))
        found.append(box(region, edge=style.SOFT, width=1.1 * u, space="map"))
        found += ground_items(frame, n)
        found += regions_of(scene, frame, n)
        if "tint" in frame.extra:
            found += tint_of(scene, frame, n)
        for layer in (vagueness, axes, tracks):
            found += layer(scene, frame, n)
        found.append(box(shown.box, edge=style.INK, width=1.2 * u))
    return found
