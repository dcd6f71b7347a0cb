"""Bars of ground taken: full where it surely is, hatched where it may be, fading if not known."""

from __future__ import annotations

from collections.abc import Iterator

from replay.foundation import theme
from replay.model.state import SOME_PART, Range
from replay.picture.items import Box, Item, Line, Point, Points, Shape
from replay.picture.layers.land import box as boxed
from replay.scene import Ground

FADE_STEPS = 24
"""Pieces of a bar that fades out."""


def ground_bar(
    ground: Ground, box: Box, colour: str, rest: str | None, u: float, dash: tuple[float, ...] = ()
) -> Iterator[Item]:
    """How much of an area or route is taken, as a bar in its frame.

    Beyond it is the colour of whoever held it all before (`rest`). If the whole is unknown there is
    no frame; if nothing is reported there is no bar, as an empty one would say that nothing is
    taken.
    """
    share, of = ground.share, ground.of
    if share is None:
        if ground.amount is not None:
            yield from _fading(box, colour, of)
        return
    yield boxed(box, fill=rest or theme.PAPER, of=of)
    if share == SOME_PART:
        yield from _fading(box, colour, of, u)
    else:
        yield from _share(share, box, colour, of, u)
    yield boxed(box, edge=theme.SOFT, width=0.8 * u, dash=dash, of=of)


def _share(share: Range, box: Box, colour: str, of: str, u: float) -> Iterator[Item]:
    low, high = box.w * min(1, share.low), box.w * min(1, share.high or 1)
    yield boxed(box._replace(w=low), fill=colour, of=of)
    yield from hatched(box._replace(x=box.x + low, w=high - low), colour, of, u)
    if share.best is not None and not share.exact:
        x = box.x + box.w * min(1, share.best)
        ends = (Point(x, box.y - 2 * u), Point(x, box.bottom + 2 * u))
        yield Line(points=ends, colour=theme.INK, width=1.6 * u, of=of)


def hatched(box: Box, colour: str, of: str, u: float, opacity: float = 1.0) -> Iterator[Item]:
    """Diagonal stripes in a box: a tint would be another side's grey in a style without colours."""
    if box.w <= 0:
        return
    step, thick = 5.0 * u, 2.0 * u
    first, last = int((box.x - box.h) / step), int(box.right / step) + 1
    rings: list[Points] = []
    for n in range(first, last + 1):
        left = n * step
        corners = ((left, box.bottom), (left + thick, box.bottom))
        tops = ((left + thick + box.h, box.y), (left + box.h, box.y))
        rings.append(tuple(Point(round(x, 2), y) for x, y in (*corners, *tops)))
    yield Shape(rings=tuple(rings), fill=colour, opacity=opacity, of=of, clip=box)


def _fading(box: Box, colour: str, of: str, stripes: float = 0.0) -> Iterator[Item]:
    """A bar that fades out to its right, as nothing says where it ends; perhaps in stripes."""
    wide = box.w / FADE_STEPS
    for n in range(FADE_STEPS):
        piece = box._replace(x=box.x + n * wide, w=wide)
        opacity = round(1 - (n + 0.5) / FADE_STEPS, 3)
        if stripes:
            yield from hatched(piece, colour, of, stripes, opacity)
        else:
            yield boxed(piece, fill=colour, opacity=opacity, of=of)
