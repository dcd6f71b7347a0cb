"""The day: signs under the places of which its events speak, of fire and of fighting.

An event that had happened by the day, and perhaps long before, has no more than a dashed ring.
"""

from __future__ import annotations

from typing import Any

from replay.foundation import theme
from replay.picture.items import Item, Symbol
from replay.picture.layers.frame import Frame, Site
from replay.picture.layers.symbology import by_this_day
from replay.scene import Scene

FIRE = frozenset({"air-strike", "artillery"})
FIGHT = frozenset({"clash", "contest"})
LASTING = "hold"
"""A state that lasts does not happen: without an exact day it has no sign."""


def glow(scene: Scene, frame: Frame) -> list[Item]:
    """Under the marks: a disc where something happens on this day, a star where it is fire, and
    crossed bars that stick out where it is fighting.
    """
    exact = [event for event in scene.events if event.exact]
    spoken = {place: event.event for event in exact for place in event.places}
    struck = {p: e.event for e in exact if e.type in FIRE for p in e.places}
    fought = {p: e.event for e in exact if e.type in FIGHT for p in e.places}
    vague = [event for event in scene.events if not event.exact and event.type != LASTING]
    by_now = {p: e.event for e in vague for p in e.places if p not in spoken}
    found: list[Item] = []
    for site in (s for s in frame.sites if not s.ring):
        if site.place in by_now:
            found.append(_sign(site, frame, by_now, 10, shape="circle", **by_this_day(frame.unit)))
        if site.place not in spoken:
            continue
        if site.place in struck:
            found.append(_sign(site, frame, struck, 15, shape="burst", fill=theme.FIRE))
        else:
            look = {"fill": theme.TODAY, "edge": theme.edge_of(theme.TODAY)}
            found.append(_sign(site, frame, spoken, 10, shape="circle", **look))
        if site.place in fought:
            found.append(_sign(site, frame, fought, 17, shape="cross", fill=theme.INK))
    return found


def _sign(site: Site, frame: Frame, of: dict[str, str], more: float, **look: Any) -> Symbol:
    """A symbol that reaches so many pixels beyond a mark."""
    u = frame.unit if site.named else frame.unit * 0.55
    clip = frame.windows[site.window].box
    look = {"edge": theme.PAPER, "width": 0.7, **look}
    size = site.size + more * u
    return Symbol(at=site.at, size=size, of=of[site.place], space="map", clip=clip, **look)
