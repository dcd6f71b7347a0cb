"""The age of the evidence: how long ago a document last spoke of a place, as an arc around it."""

from __future__ import annotations

from replay.foundation import theme
from replay.picture.items import Item, Line
from replay.picture.layers.arrows import arc
from replay.picture.layers.frame import Frame
from replay.picture.layers.optional import FULL
from replay.scene import Scene


def age(scene: Scene, frame: Frame) -> list[Item]:
    """An arc around each mark with a name, clockwise from the top: the longer, the older."""
    ages = {mark.place: mark.age_days for mark in scene.marks}
    found: list[Item] = []
    for site in (s for s in frame.sites if s.named and not s.ring):
        days = ages[site.place]
        if days:
            reach = site.size / 2 + 3.4 * frame.unit
            found.append(
                Line(
                    points=arc(site.at, reach, min(1.0, days / FULL)),
                    colour=theme.INK,
                    width=1.5 * frame.unit,
                    opacity=0.75,
                    of=site.place,
                    space="map",
                    clip=frame.windows[site.window].box,
                )
            )
    return found
