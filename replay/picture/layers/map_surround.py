"""What every frame carries: title, date, lens, scale bar, north, attribution."""

from __future__ import annotations

import math

from replay.foundation import theme
from replay.foundation.edtf import parse
from replay.foundation.english import format_date
from replay.picture.items import Box, Item, Line, Point, Shape, Text
from replay.picture.layers.frame import CREDIT, Frame
from replay.picture.layers.source_key import source_key
from replay.picture.layers.text_metrics import fitted, width
from replay.picture.layers.window import Window, inset_bar
from replay.scene import Scene


def title(scene: Scene, frame: Frame) -> list[Item]:
    """What is replayed, and through which lens: the same on every day."""
    u, head = frame.unit, frame.boxes.head
    room = head.w if _narrow(frame) else head.w * 0.66
    lens = f"Lens: {scene.lens}"
    if scene.known_on:
        lens += f" · only what was reported by {format_date(parse(scene.known_on))}"
    if scene.without_report_date:
        lens += f" · {scene.without_report_date}"
    return [
        Text(
            at=Point(head.x, head.y + 17 * u),
            text=fitted(scene.title, 18 * u, room, True),
            size=18 * u,
            colour=theme.INK,
            bold=True,
            face="headline",
        ),
        Text(
            at=Point(head.x, head.y + 33 * u),
            text=fitted(lens, 11 * u, room),
            size=11 * u,
            colour=theme.SOFT,
        ),
    ]


def date(scene: Scene, frame: Frame) -> list[Item]:
    """The day, large, and its phase."""
    u, head = frame.unit, frame.boxes.head
    if scene.phase_name is None:
        phase = "between phases" if frame.scenario.phases else ""
    else:
        days = "day" if frame.scenario.step == "day" else "step"
        phase = f"{scene.phase_name} · {days} {scene.phase_tick} of {scene.phase_ticks}"
    if scene.after:
        phase = f"just after {scene.after}"
    narrow = _narrow(frame)
    at = Point(head.x, head.y + 61 * u) if narrow else Point(head.right, head.y + 19 * u)
    below = Point(head.right, at.y if narrow else head.y + 35 * u)
    left = head.w - width(scene.date, 24 * u, True) - 12 * u if narrow else head.w * 0.5
    return [
        Text(
            at=at,
            text=scene.date,
            size=24 * u,
            bold=True,
            colour=theme.INK,
            align="left" if narrow else "right",
            face="headline",
            of=scene.on,
        ),
        Text(
            at=below,
            text=fitted(phase, 12 * u, left),
            size=12 * u,
            colour=theme.SOFT,
            align="right",
            of=scene.phase,
        ),
    ]


def _narrow(frame: Frame) -> bool:
    """Whether the date stands below the title, for want of width."""
    return frame.boxes.head.h > 50 * frame.unit


def scale(scene: Scene, frame: Frame) -> list[Item]:
    """A bar of a round number of kilometres, and the direction of north; one for each window."""
    found: list[Item] = []
    if frame.scale_bar is not None:
        found += _bar(frame.windows[0], frame.scale_bar, frame.unit, north=True)
    for shown in frame.windows[1:]:
        u = frame.unit
        found += _bar(shown, inset_bar(shown, u), u, north=False)
    return found


def _bar(shown: Window, where: Box, u: float, north: bool) -> list[Item]:
    km = _round_number((where.w - 44 * u) / shown.scale)
    long = km * shown.scale
    x, y = where.x + 6 * u, where.bottom - 7 * u
    text = f"{km:g} km" if km >= 1 else f"{km * 1000:g} m"
    up = y - 4 * u
    corners = (Point(x, up), Point(x, y), Point(x + long, y), Point(x + long, up))
    found: list[Item] = [
        Line(points=corners, colour=theme.INK, width=1.4 * u),
        Text(
            at=Point(x + long / 2, y - 5 * u),
            text=text,
            size=10 * u,
            colour=theme.INK,
            align="centre",
            halo=theme.LAND,
        ),
    ]
    if north:
        n = x + max(long, width(text, 10 * u)) + 18 * u
        tip = (
            Point(n, y - 24 * u),
            Point(n + 5 * u, y - 8 * u),
            Point(n, y - 11 * u),
            Point(n - 5 * u, y - 8 * u),
        )
        found.append(Shape(rings=(tip,), fill=theme.INK))
        found.append(
            Text(
                at=Point(n, y + 2 * u),
                text="N",
                size=10 * u,
                colour=theme.INK,
                bold=True,
                align="centre",
                halo=theme.LAND,
            )
        )
    return found


def _round_number(most: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not more than `most`."""
    power = 10.0 ** math.floor(math.log10(max(most, 1e-6)))
    return max(n * power for n in (1, 2, 5) if n * power <= most)


def attribution(scene: Scene, frame: Frame) -> list[Item]:
    """Where the facts and the ground come from."""
    return [*sources(frame), *credit(scene, frame)]


def sources(frame: Frame) -> list[Item]:
    """The sources, at the foot of the page."""
    u, head = frame.unit, frame.boxes.head
    return source_key(frame.scenario, head.x, frame.size[1] - 7 * u, head.w, u)


def credit(scene: Scene, frame: Frame) -> list[Item]:
    """Where the ground comes from, in a corner of the map."""
    if frame.credit is None:
        return []
    box, lines = frame.credit
    left = box.centre.x < frame.windows[0].box.centre.x
    size = CREDIT * frame.unit
    return [
        Text(
            at=Point(box.x if left else box.right, round(box.y + (n + 0.95) * size * 1.2, 2)),
            text=line,
            size=size,
            colour=theme.SOFT,
            align="left" if left else "right",
            halo=theme.LAND,
        )
        for n, line in enumerate(lines)
    ]
