"""A grid over a window: in which part of the ground each node lies, and how near to a border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from replay.picture.items import Box, Point
from replay.picture.layers.frame import Frame

Array = NDArray[np.float64]
Ring = list[Point]

STEP = 4.0
"""Pixels between nodes, on a page of 1280 × 720."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Nodes over the box of a window, and the parts of the ground that borders cut it into."""

    x: Array
    y: Array
    scale: float
    """Pixels to a km."""
    parts: tuple[tuple[Ring, ...], ...]
    """The rings of each part; without any the ground is one."""
    inside: tuple[Array, ...]
    """For each part the pixels of each node from its border: negative outside, of few pixels only.
    """

    @property
    def step(self) -> float:
        return float(self.x[1] - self.x[0])

    def part(self, at: Point) -> int:
        """The part in which a point lies; -1 for none."""
        return next((n for n, rings in enumerate(self.parts) if holds(rings, at)), -1)

    def within(self, part: int) -> Array:
        """Pixels from the border of a part; everywhere inside where there are no borders."""
        if part >= 0:
            return self.inside[part]
        outside = np.full((len(self.y), len(self.x)), REACH * self.step)
        for other in self.inside:
            outside = np.minimum(outside, -other)
        return outside

    def km(self, spots: Sequence[Point]) -> Array:
        """Distance of each node from each of some points, in km: nodes × points."""
        dx = self.x[None, :, None] - np.array([p.x for p in spots])
        dy = self.y[:, None, None] - np.array([p.y for p in spots])
        return np.asarray(np.hypot(dx, dy) / self.scale)


REACH = 3.0
"""Steps from a border beyond which it does not matter how far it is."""


@lru_cache(maxsize=16)
def grid(frame: Frame, n: int) -> Grid:
    """The grid of a window. The parts are the countries, or what the scenario's map says."""
    shown, scenario = frame.windows[n], frame.scenario
    layer = scenario.map.borders if scenario.map else "country"
    step, box = STEP * frame.unit, shown.box
    x = np.arange(box.x - step, box.right + 2 * step, step)
    y = np.arange(box.y - step, box.bottom + 2 * step, step)
    parts = tuple(
        tuple(list(ring) for path in feature.paths for ring in shown.paths(path))
        for feature in frame.features
        if feature.layer == layer and feature.area
    )
    inside = tuple(_inside(rings, x, y, box.inset(-4 * step)) for rings in parts)
    return Grid(x, y, shown.scale, parts, inside)


def _inside(rings: Sequence[Ring], x: Array, y: Array, around: Box) -> Array:
    """Pixels from the border of some rings, negative outside, at most REACH steps."""
    step = float(x[1] - x[0])
    most = REACH * step
    odd = np.zeros((len(y), len(x)), bool)
    near = np.full((len(y), len(x)), most)
    for ring in rings:
        for a, b in pairwise([*ring, ring[0]]):
            rows = np.nonzero((y > min(a.y, b.y)) & (y <= max(a.y, b.y)))[0]
            for row in rows.tolist():
                cross = a.x + (b.x - a.x) * (y[row] - a.y) / (b.y - a.y)
                odd[row, : np.searchsorted(x, cross)] ^= True
            _nearer(near, a, b, x, y, most, around)
    return np.where(odd, near, -near)


def _nearer(near: Array, a: Point, b: Point, x: Array, y: Array, most: float, box: Box) -> None:
    """Lower the distances of the nodes around a piece of a border."""
    if max(a.x, b.x) < box.x or min(a.x, b.x) > box.right:
        return
    i, j = np.searchsorted(x, (min(a.x, b.x) - most, max(a.x, b.x) + most)).tolist()
    k, m = np.searchsorted(y, (min(a.y, b.y) - most, max(a.y, b.y) + most)).tolist()
    if i == j or k == m:
        return
    dx, dy = b.x - a.x, b.y - a.y
    px, py = x[None, i:j] - a.x, y[k:m, None] - a.y
    along = np.clip((px * dx + py * dy) / max(dx * dx + dy * dy, 1e-9), 0, 1)
    far = np.hypot(px - along * dx, py - along * dy)
    near[k:m, i:j] = np.minimum(near[k:m, i:j], far)


def holds(rings: Sequence[Ring], p: Point) -> bool:
    """Whether a point lies within some rings (by the even-odd rule)."""
    odd = False
    for ring in rings:
        for a, b in pairwise([*ring, ring[0]]):
            if (a.y > p.y) != (b.y > p.y):
                odd ^= p.x < a.x + (p.y - a.y) * (b.x - a.x) / (b.y - a.y)
    return odd
