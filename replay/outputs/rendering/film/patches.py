"""Patches: what parts of a page become, in the planes of a kind of pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from replay.outputs.rendering.bounds import Bounds
from replay.outputs.rendering.film.pixel_format import Plane

Steps = tuple[int, ...]
"""How many pixels of the page make one of each plane, across and down."""


class Patch(NamedTuple):
    """What a part of the page becomes: the left and top of the part, and its planes."""

    left: int
    top: int
    planes: tuple[Plane, ...]


def seen(patch: Patch, planes: tuple[Plane, ...], steps: tuple[int, ...]) -> list[Plane]:
    """The parts of planes on which a patch lies."""
    found = []
    for own, plane, step in zip(patch.planes, planes, steps, strict=True):
        top, left = patch.top // step, patch.left // step
        found.append(plane[top : top + own.shape[0], left : left + own.shape[1]])
    return found


def put(patch: Patch, planes: tuple[Plane, ...], steps: tuple[int, ...]) -> None:
    """Lay a patch onto planes."""
    for there, own in zip(seen(patch, planes, steps), patch.planes, strict=True):
        there[...] = own


def differing(patch: Patch, planes: tuple[Plane, ...], steps: Steps) -> Patch | None:
    """The smallest part of a patch that has all that differs from planes; None if nothing does."""
    most = max(steps)
    found = list(_differing(patch, planes, steps))
    if not found:
        return None
    left, top = min(part.left for part in found), min(part.top for part in found)
    right, bottom = max(part.right for part in found), max(part.bottom for part in found)
    own = tuple(
        plane[top // step : bottom // step, left // step : right // step]
        for plane, step in zip(patch.planes, steps, strict=True)
    )
    assert left % most == top % most == 0
    return Patch(patch.left + left, patch.top + top, own)


def _differing(patch: Patch, planes: tuple[Plane, ...], steps: Steps) -> Iterator[Bounds]:
    """Where each plane of a patch differs, in pixels from its corner."""
    most = max(steps)
    for there, plane, step in zip(seen(patch, planes, steps), patch.planes, steps, strict=True):
        differs = there != plane
        if differs.ndim == 3:
            differs = differs.any(2)
        rows, columns = np.flatnonzero(differs.any(1)), np.flatnonzero(differs.any(0))
        if len(rows):
            first = Bounds(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
            yield grown(Bounds(*(side * step for side in first)), most)


def grown(part: Bounds, step: int) -> Bounds:
    """A part whose sides lie on multiples of a step."""
    return Bounds(
        part.left // step * step,
        part.top // step * step,
        -(-part.right // step) * step,
        -(-part.bottom // step) * step,
    )
