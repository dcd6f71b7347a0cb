"""Layers: one function each, from the facts of a scene and a frame to items.

To add a layer, write a function `(scene, frame) -> list of items` and add a line to the table.
What is the same on every day comes first, so that a film draws it once.
"""

from __future__ import annotations

from collections.abc import Callable

from replay.foundation import theme
from replay.picture.items import Item, Layer, Picture
from replay.picture.layers.age import age
from replay.picture.layers.app6 import app6
from replay.picture.layers.day import glow
from replay.picture.layers.frame import Frame, frame
from replay.picture.layers.inset import inset
from replay.picture.layers.interpolation import front, tint
from replay.picture.layers.land import land
from replay.picture.layers.legend import legend
from replay.picture.layers.map_surround import attribution, date, scale, title
from replay.picture.layers.margin import margin
from replay.picture.layers.moves import axes, tracks
from replay.picture.layers.optional import OPTIONAL, optional
from replay.picture.layers.panel import panel
from replay.picture.layers.places import labels, marks, vagueness
from replay.picture.layers.regions import regions
from replay.picture.layers.strip import now, strip
from replay.scene import Scene

Draw = Callable[[Scene, Frame], list[Item]]

LAYERS: dict[str, Draw] = {
    "title": title,
    "legend": legend,
    "strip": strip,
    "land": land,
    "regions": regions,
    "tint": tint,
    "vagueness": vagueness,
    "axes": axes,
    "tracks": tracks,
    "inset": inset,
    "front": front,
    "labels": labels,
    "scale": scale,
    "attribution": attribution,
    "age": age,
    "day": glow,
    "marks": marks,
    "app6": app6,
    "date": date,
    "events": panel,
    "margin": margin,
    "now": now,
}
"""The layers of a picture, from the lowest to the highest."""

GROUND = (
    "land",
    "regions",
    "vagueness",
    "axes",
    "tracks",
    "inset",
    "labels",
    "scale",
    "day",
    "marks",
)
"""Those that belong to the map itself, and not to the page around it, the optional ones apart."""


def picture(scene: Scene, frame: Frame, layers: tuple[str, ...] | None = None) -> Picture:
    """The picture of a scene: the usual layers and those of the frame, or only those named."""
    usual = [name for name in LAYERS if name not in OPTIONAL or name in frame.extra]
    chosen = [name for name in usual if layers is None or name in layers]
    drawn = tuple(Layer(name, tuple(LAYERS[name](scene, frame))) for name in chosen)
    return Picture(frame.size, theme.PAPER, drawn)


__all__ = ["GROUND", "LAYERS", "OPTIONAL", "Frame", "frame", "optional", "picture"]
