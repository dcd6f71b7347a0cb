"""Movement: directions of operations, documented moves of the day, forces on their way."""

from __future__ import annotations

import math
from collections.abc import Iterator

from replay.layers.arrows import arrow, cut, head
from replay.layers.frame import Frame
from replay.layers.looks import colour_of
from replay.picture import Box, Item, Line, Point, Shape
from replay.scene import Scene, Track


def axes(scene: Scene, frame: Frame, n: int = 0) -> list[Item]:
    """Directions of the operations that are under way: pale arrows, hollow while one is halted.

    Those in the main window, or in window `n`.
    """
    found: list[Item] = []
    for effort in scene.efforts:
        if effort.status == "complete":
            continue
        colour = colour_of(frame.scenario, effort.side)
        halted = effort.status == "halted"
        for axis in effort.axes:
            for a, b, clip in _between(frame, n, axis.start, axis.end):
                shape = arrow(a, b, 11 * frame.unit)
                found.append(
                    Shape(
                        rings=(shape,),
                        fill=None if halted else colour,
                        edge=colour,
                        width=0.8 * frame.unit,
                        dash=(3 * frame.unit, 2 * frame.unit) if halted else (),
                        opacity=0.55 if halted else 0.3,
                        of=effort.operation,
                        space="map",
                        clip=clip,
                    )
                )
    return found


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
                        found += _arrow(frame, a, b, colour, dash, event.event, clip)
    for track in scene.tracks:
        found += _track(track, frame, n)
    return found


def _track(track: Track, frame: Frame, n: int) -> Iterator[Item]:
    colour = colour_of(frame.scenario, track.side)
    best = track.share.best if track.share.best is not None else track.share.low
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
) -> Iterator[Item]:
    u = frame.unit
    more = {"of": of, "space": "map", "clip": clip}
    if not dash:
        yield Shape(rings=(arrow(a, b, 6 * u),), fill=colour, opacity=0.85, **more)  # type: ignore[arg-type]
        return
    body, tip = cut(a, b, 9 * u)
    scaled = tuple(d * u for d in dash)
    yield Line(points=(a, body), colour=colour, width=2.2 * u, dash=scaled, **more)  # type: ignore[arg-type]
    yield Shape(rings=(head(body, tip, 9 * u),), fill=colour, **more)  # type: ignore[arg-type]


def _between(frame: Frame, n: int, start: str, end: str) -> Iterator[tuple[Point, Point, Box]]:
    """The ends of a movement in a window, short of the marks, where it shows one of them."""
    if n >= len(frame.windows):
        return
    a, b, box = frame.spot(start, n), frame.spot(end, n), frame.windows[n].box
    if a is None or b is None or math.dist(a, b) <= 24 * frame.unit:
        return
    if box.holds(*a) or box.holds(*b):
        short = 10 * frame.unit
        yield cut(b, a, short)[0], cut(a, b, short)[0], box
