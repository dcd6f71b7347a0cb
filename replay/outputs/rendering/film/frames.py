"""The reel: from takes to frames, of which each is what one sees for a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from replay.outputs.rendering.film.frame_deltas import Fade, Take
from replay.outputs.rendering.film.patches import Patch, put, seen
from replay.outputs.rendering.film.pixel_format import Plane, Stock, mixed


class Frames(NamedTuple):
    """A picture that is seen for so many frames; the planes are used again for the next one."""

    planes: tuple[Plane, ...]
    times: int
    changed: tuple[Patch, ...]
    """What is new since the one before."""


def roll(takes: Iterable[Take], stock: Stock, size: tuple[int, int]) -> Iterator[Frames]:
    """The frames of some takes, in order."""
    planes = stock.blank(size)
    late: tuple[Patch, ...] = ()
    for take in takes:
        for fade in take.fades:
            if fade.frames == 0:
                for patch in fade.patches:
                    put(patch, planes, stock.steps)
                late += fade.patches
            for patches in _faded(fade, planes, stock):
                yield Frames(planes, 1, late + patches)
                late = ()
        if take.rest:
            yield Frames(planes, take.rest, late)
            late = ()


def _faded(fade: Fade, planes: tuple[Plane, ...], stock: Stock) -> Iterator[tuple[Patch, ...]]:
    """Lays the frames of a fade onto the planes; yields after each what it laid."""
    old = [[part.copy() for part in seen(p, planes, stock.steps)] for p in fade.patches]
    for n in range(1, fade.frames + 1):
        weight = round(256 * n / fade.frames)
        laid = []
        for patch, before in zip(fade.patches, old, strict=True):
            own = tuple(mixed(a, b, weight) for a, b in zip(before, patch.planes, strict=True))
            laid.append(patch._replace(planes=own))
            put(laid[-1], planes, stock.steps)
        yield tuple(laid)
