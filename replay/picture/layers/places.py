"""Places: their names, how vaguely they are located, and the marks of who holds them."""

from __future__ import annotations

from functools import lru_cache

from replay.foundation import theme
from replay.model.state import UNKNOWN, Control
from replay.picture.items import Item, Line, Point, Shape, Symbol, Text
from replay.picture.layers.frame import Frame, Site
from replay.picture.layers.ground_labels import REGION
from replay.picture.layers.symbology import colour_of, mark, outline_of
from replay.picture.symbol_shapes import outline
from replay.scene import PlaceMark, Scene


def labels(scene: Scene, frame: Frame) -> list[Item]:
    """The names of all places that the map shows; the same on every day."""
    return list(_labels(frame))


@lru_cache(maxsize=16)
def _labels(frame: Frame) -> tuple[Item, ...]:
    found: list[Item] = [
        Text(
            at=word.at,
            text=word.text,
            size=word.size,
            colour=theme.SOFT,
            italic=True,
            align="centre",
            halo=theme.LAND,
            of=word.of,
            space="map",
        )
        for word in frame.words
        if word.layer == REGION
    ]
    for name in frame.names:
        if name.leader is not None:
            found.append(
                Line(points=name.leader, colour=theme.SOFT, width=0.7 * frame.unit, of=name.of)
            )
    for name in frame.names:
        context = bool(frame.scenario.place[name.of].context)
        for n, line in enumerate(name.lines):
            found.append(
                Text(
                    at=Point(name.at.x, round(name.at.y + n * name.size * 1.12, 2)),
                    text=line,
                    size=name.size,
                    colour=theme.SOFT if context else theme.INK,
                    bold=name.bold,
                    italic=name.italic,
                    align=name.align,  # type: ignore[arg-type]
                    halo=theme.LAND,
                    of=name.of,
                    space="map",
                )
            )
    return tuple(found)


def vagueness(scene: Scene, frame: Frame, n: int = 0) -> list[Item]:
    """A circle within which a vaguely located place lies, or the ring on which it lies.

    Those in the main window, or in window `n`.
    """
    facts = {m.place: m for m in scene.marks}
    found: list[Item] = []
    closer = frame.windows[1:] if n == 0 else ()
    for site in (s for s in frame.sites if s.window == n):
        elsewhere = any(frame.windows[0].region(other).holds(*site.at) for other in closer)
        if site.radius > site.size * 0.75 and not elsewhere and not facts[site.place].context:
            found.append(_circle(site, frame, facts[site.place]))
    return found


def _circle(site: Site, frame: Frame, fact: PlaceMark) -> Shape:
    """The circle of a vague place; in full colour the ring of one that has no other mark."""
    points, shown = outline("circle", site.radius * 2), frame.windows[site.window]
    value = fact.control.value if isinstance(fact.control.value, Control) else UNKNOWN
    colour = colour_of(frame.scenario, (*value.sides, None)[0])
    return Shape(
        rings=(tuple(Point(site.at.x + x, site.at.y + y) for x, y in points),),
        edge=colour if site.ring else theme.mixed_colour(colour, theme.LAND, 0.5),
        width=(1.2 if site.ring else 0.7 if shown.inset else 0.9) * frame.unit,
        dash=(2.5 * frame.unit, 2.5 * frame.unit),
        of=site.place,
        space="map",
        clip=shown.box,
    )


def marks(scene: Scene, frame: Frame) -> list[Item]:
    """The marks of all places: the least important at the bottom."""
    facts = {m.place: m for m in scene.marks}
    order = sorted((s for s in frame.sites if not s.ring), key=lambda s: (s.named, s.size, s.place))
    return [_mark(site, facts[site.place], frame) for site in order]


def _mark(site: Site, fact: PlaceMark, frame: Frame) -> Symbol:
    clip = frame.windows[site.window].box
    if fact.context and fact.control.value in (None, UNKNOWN):
        return Symbol(
            at=site.at,
            shape="circle",
            size=site.size * 0.45,
            fill=theme.FAINT,
            of=site.place,
            space="map",
            clip=clip,
        )
    shape = outline_of(fact.kind)
    portion = portion_of(fact)
    more = {} if portion is None else {"portion": portion}
    return mark(
        frame.scenario,
        fact.control,
        site.at,
        shape,
        site.size,
        of=site.place,
        space="map",
        clip=clip,
        **more,
    )


def portion_of(fact: PlaceMark) -> float | None:
    """How much of the mark of a contested place its first side has; None if nothing says so.

    Neither side has less than a sliver, or the place would look held.
    """
    value = fact.control.value
    if fact.share is None or not isinstance(value, Control) or value.status != "contested":
        return None
    side, share = fact.share
    if side not in value.sides or len(value.sides) > 2:
        return None
    return min(max(share if value.sides[0] == side else 1 - share, 0.08), 0.92)
