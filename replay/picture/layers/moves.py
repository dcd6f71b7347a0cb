"""Movement: directions of operations, documented moves of the day, forces on their way."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from replay.model.state import Marked, held
from replay.picture.items import Box, Item, Line, Point, Shape
from replay.picture.layers.arrow_lines import ArrowEnds, arrow_between, arrow_from_side
from replay.picture.layers.arrows import arrow, cut, head
from replay.picture.layers.frame import Frame
from replay.picture.layers.symbology import colour_of
from replay.scene import EffortMark, Scene, Track


def axes(scene: Scene, frame: Frame, n: int = 0) -> list[Item]:
    """Directions of the operations that are under way: pale arrows, hollow while one is halted.

    One that has reached its end, which its side certainly holds, is drawn no more. Those in the
    main window, or in window `n`. Where documents name no start the arrow tells the direction only,
    and its length nothing.
    """
    found: list[Item] = []
    holders = {mark.place: mark.control for mark in scene.marks}
    for effort in scene.efforts:
        if effort.status == "complete":
            continue
        reached = Marked(held(effort.side))
        for axis in (axis for axis in effort.axes if holders[axis.end] != reached):
            if axis.start is not None:
                pieces = list(_between(frame, n, axis.start, axis.end))
            else:
                pieces = list(
                    arrow_from_side(
                        frame.scenario,
                        frame.windows,
                        n,
                        axis.end,
                        axis.bearing or "north",
                        frame.unit,
                    )
                )
            found += [_axis(piece, effort, frame) for piece in pieces]
    return found


def _axis(piece: ArrowEnds, effort: EffortMark, frame: Frame) -> Shape:
    a, b, clip = piece
    u, halted = frame.unit, effort.status == "halted"
    colour = colour_of(frame.scenario, effort.side)
    return Shape(
        rings=(arrow(a, b, 9 * u),),
        fill=None if halted else colour,
        edge=colour,
        width=0.8 * u,
        dash=(3 * u, 2 * u) if halted else (),
        opacity=0.85 if halted else 0.45,
        of=effort.operation,
        space="map",
        clip=clip,
    )


PALE = 0.45
"""Opacity of the arrow of a move that had happened by this day, and perhaps long before."""


def tracks(scene: Scene, frame: Frame, n: int = 0) -> list[Item]:
    """Moves: an arrow where a document names both ends; what is interpolated is dashed.

    Those in the main window, or in window `n`.
    """
    found: list[Item] = []
    on_the_way = {(track.start, track.end) for track in scene.tracks}
    for event in scene.events:
        if event.start is None:
            continue
        colour = colour_of(frame.scenario, (event.sides or (None,))[0])
        for ends, dash in ((event.ends, ()), (event.towards, (5.0, 3.0))):
            for end in ends:
                if (event.start, end) not in on_the_way:
                    for a, b, clip in _between(frame, n, event.start, end):
                        pale = 1.0 if event.exact else PALE
                        found += _arrow(frame, a, b, colour, dash, event.event, clip, pale)
    for track in scene.tracks:
        found += _track(track, frame, n)
    return found


def _track(track: Track, frame: Frame, n: int) -> Iterator[Item]:
    colour = colour_of(frame.scenario, track.side)
    best = track.share.shown
    for a, b, clip in _between(frame, n, track.start, track.end):
        here = Point(a.x + (b.x - a.x) * best, a.y + (b.y - a.y) * best)
        dash = () if track.share.exact else (5.0, 3.0)
        if math.dist(a, here) > 8 * frame.unit:
            yield from _arrow(frame, a, here, colour, dash, track.force, clip)
        if track.share.high != best:
            u = frame.unit
            yield Line(
                points=(here, b),
                colour=colour,
                width=1.1 * u,
                dash=(1.2 * u, 3 * u),
                opacity=0.8,
                of=track.force,
                space="map",
                clip=clip,
            )


def _arrow(
    frame: Frame,
    a: Point,
    b: Point,
    colour: str,
    dash: tuple[float, ...],
    of: str,
    clip: Box,
    pale: float = 1.0,
) -> Iterator[Item]:
    u = frame.unit
    more: dict[str, Any] = {"of": of, "space": "map", "clip": clip}
    if not dash:
        yield Shape(rings=(arrow(a, b, 6 * u),), fill=colour, opacity=0.85 * pale, **more)
        return
    more["opacity"] = pale
    body, tip = cut(a, b, 9 * u)
    scaled = tuple(d * u for d in dash)
    yield Line(points=(a, body), colour=colour, width=2.2 * u, dash=scaled, **more)
    yield Shape(rings=(head(body, tip, 9 * u),), fill=colour, **more)


def _between(frame: Frame, n: int, start: str, end: str) -> Iterator[ArrowEnds]:
    yield from arrow_between(frame.scenario, frame.windows, n, start, end, frame.unit)
