"""Forces in the frames of NATO's APP-6: where documents last saw them, and what little they say.

The frame follows the colour that the script gives a side: blue a rectangle (friend), red a diamond
(hostile), green a square (neutral), any other a clover (unknown); it says how the author draws the
sides, and nothing else. In it stands only what the kind of a force says: an aircraft, a gun, or
special forces; above it the size of a formation; a headquarters has a staff.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from replay.foundation import theme
from replay.picture.items import Item, Line, Point, Shape, Text
from replay.picture.layers.force_frames import HIGH, MOST, WIDE, room
from replay.picture.layers.frame import Frame, Site
from replay.picture.layers.optional import RECENT
from replay.picture.layers.symbology import colour_of
from replay.picture.symbol_shapes import outline
from replay.scene import Scene, Seen

ECHELONS = {
    "battalion": "II",
    "regiment": "III",
    "brigade": "X",
    "division": "XX",
    "corps": "XXX",
    "field army": "XXXX",
}
"""What stands above the frame of a formation, by the word of its kind."""


def app6(scene: Scene, frame: Frame) -> list[Item]:
    """The frames of forces above the marks of places where documents lately saw them."""
    there: dict[str, list[tuple[str, str, Seen]]] = {}
    for force in scene.forces:
        for seen in force.seen:
            if seen.age_days <= RECENT:
                there.setdefault(seen.place, []).append((force.force, force.side, seen))
    found: list[Item] = []
    for site in (s for s in frame.sites if s.named and not s.ring and s.place in there):
        found += _row(site, there[site.place], frame)
    return found


def _row(site: Site, forces: list[tuple[str, str, Seen]], frame: Frame) -> Iterator[Item]:
    u, clip = frame.unit, frame.windows[site.window].box
    kept = forces if len(forces) <= MOST else forces[: MOST - 1]
    box = room(site.at, site.size, len(forces), u)
    y = box.bottom - HIGH * u / 2
    for n, (force, side, seen) in enumerate(kept):
        at = Point(round(box.x + (n + 0.5) * WIDE * u, 2), round(y, 2))
        sure = seen.mark == "certain" and not seen.belief
        kind = frame.scenario.force[force].kind
        look = {"of": force, "space": "map", "clip": clip}
        yield from sign(at, u, colour_of(frame.scenario, side), kind, sure, **look)
    if len(kept) < len(forces):
        at = Point(round(box.right - WIDE * u / 2, 2), round(y + 3 * u, 2))
        text = f"+{len(forces) - len(kept)}"
        yield Text(
            at=at,
            text=text,
            size=8.5 * u,
            colour=theme.INK,
            align="centre",
            halo=theme.LAND,
            space="map",
        )


def sign(
    at: Point, u: float, colour: str, kind: str, sure: bool = True, **look: Any
) -> Iterator[Item]:
    """A frame with what the kind of a force says; dashed where it is disputed or only believed."""
    corners = tuple(Point(at.x + x * u, at.y + y * u) for x, y in _frame(colour))
    yield Shape(
        rings=(corners,),
        fill=theme.mixed_colour(colour, theme.PAPER, 0.6),
        edge=theme.INK,
        width=1.1 * u,
        dash=() if sure else (2.2 * u, 1.4 * u),
        **look,
    )
    ink: dict[str, Any] = {"fill": theme.INK, **look}
    if "air" in kind:
        for way in (-1, 1):
            ends = ((0.0, 0.0), (way * 4.0, -2.0), (way * 4.0, 2.0))
            yield Shape(rings=(tuple(Point(at.x + x * u, at.y + y * u) for x, y in ends),), **ink)
    elif "artillery" in kind:
        dot = outline("circle", 4.0 * u)
        yield Shape(rings=(tuple(Point(at.x + x, at.y + y) for x, y in dot),), **ink)
    elif "special" in kind:
        yield _letters("SF", Point(at.x, at.y + 2.4 * u), 6.5 * u, look)
    if "command" in kind or "headquarters" in kind:
        x = min(p.x for p in corners)
        yield Line(
            points=(Point(x, at.y), Point(x, at.y + 9 * u)),
            colour=theme.INK,
            width=1.1 * u,
            **look,
        )
    if kind in ECHELONS:
        top = min(p.y for p in corners)
        yield _letters(ECHELONS[kind], Point(at.x, top - 1.2 * u), 6.0 * u, look)


def _letters(text: str, at: Point, size: float, look: dict[str, Any]) -> Text:
    return Text(at=at, text=text, size=size, colour=theme.INK, bold=True, align="centre", **look)


def _frame(colour: str) -> tuple[tuple[float, float], ...]:
    """The corners of a frame around the origin, in pixels of a page 720 high."""
    if colour == "blue":
        return (-7.0, -4.7), (7.0, -4.7), (7.0, 4.7), (-7.0, 4.7)
    if colour == "red":
        return (-7.0, 0.0), (0.0, -7.0), (7.0, 0.0), (0.0, 7.0)
    if colour == "green":
        return (-5.2, -5.2), (5.2, -5.2), (5.2, 5.2), (-5.2, 5.2)
    return tuple(_clover())


def _clover() -> Iterator[tuple[float, float]]:
    """Four half circles around a square."""
    r = 3.4
    for leaf in range(4):
        middle = leaf * 90.0
        for step in range(9):
            a = math.radians(middle - 90 + step * 22.5)
            m = math.radians(middle)
            x, y = r * (math.cos(m) + math.cos(a)), r * (math.sin(m) + math.sin(a))
            yield round(x, 2), round(y, 2)
