"""The day: signs under the places of which its events speak, of fire and of fighting."""

from __future__ import annotations

from typing import Any

from replay import style
from replay.layers.frame import Frame, Site
from replay.picture import Item, Symbol
from replay.scene import Scene

FIRE = frozenset({"air-strike", "artillery"})
FIGHT = frozenset({"clash", "contest"})


def glow(scene: Scene, frame: Frame) -> list[Item]:
    """Under the marks: a disc where something happens on this day, a star where it is fire, and
    crossed bars that stick out where it is fighting.
    """
    spoken = {place: event.event for event in scene.events for place in event.places}
    struck = {p: e.event for e in scene.events if e.type in FIRE for p in e.places}
    fought = {p: e.event for e in scene.events if e.type in FIGHT for p in e.places}
    found: list[Item] = []
    for site in (s for s in frame.sites if not s.ring and s.place in spoken):
        if site.place in struck:
            found.append(_sign(site, frame, struck, 15, shape="burst", fill=style.FIRE))
        else:
            look = {"fill": style.TODAY, "edge": style.edge_of(style.TODAY)}
            found.append(_sign(site, frame, spoken, 10, shape="circle", **look))
        if site.place in fought:
            found.append(_sign(site, frame, fought, 17, shape="cross", fill=style.INK))
    return found


def _sign(site: Site, frame: Frame, of: dict[str, str], more: float, **look: Any) -> Symbol:
    """A symbol that reaches so many pixels beyond a mark."""
    u = frame.unit if site.named else frame.unit * 0.55
    clip = frame.windows[site.window].box
    look = {"edge": style.PAPER, "width": 0.7, **look}
    size = site.size + more * u
    return Symbol(at=site.at, size=size, of=of[site.place], space="map", clip=clip, **look)
