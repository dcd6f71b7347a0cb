"""Pictures as pixels: of each only what has changed since the one before it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from numpy.typing import NDArray

from replay.outputs.rendering.bounds import Bounds, bounds, merged
from replay.outputs.rendering.brush import Brush
from replay.outputs.rendering.sprites import DPI, Pixels
from replay.picture.items import Item, Layer, Line, Picture, Shape, Text
from replay.picture.styles import STYLES, Style

Parts = NDArray[np.int32]
"""Items × 4: left, top, right and bottom of what each of them covers."""

SNAPSHOTS = 10
"""Into how many steps the first picture is cut, after each of which it is remembered."""


class Raster:
    """A page of pixels that shows one picture after the other.

    What it shows does not depend on what it showed before: every pixel is the one that a new page
    would have. Of the layers that begin all pictures alike an image is kept.
    """

    def __init__(self, size: tuple[int, int], style: Style = STYLES["light"]) -> None:
        self.size = size
        self.brush = Brush(size, style)
        self.pixels: Pixels = np.zeros((size[1], size[0], 4), np.uint8)
        """Height × width × 4; the next picture changes them."""
        agg: Any = RendererAgg
        self._page = agg(*size, DPI)
        self._ink: Pixels = np.asarray(self._page.buffer_rgba())
        """What is drawn on: right only in the parts that are being drawn."""
        self.picture: Picture | None = None
        """What it shows."""
        self._parts: dict[str, tuple[Layer, Parts]] = {}
        self._kept: dict[int, Pixels] = {}
        """The page after so many layers."""

    def show(self, picture: Picture) -> list[Bounds]:
        """Draw a picture; the parts of the page that may have changed, which do not overlap."""
        before = self.picture
        if before is None or before.paper != picture.paper:
            self._begin(picture)
            changed = [Bounds(0, 0, *self.size)]
        else:
            changed = self._change(before, picture)
        self.picture = picture
        return changed

    # --- the first picture --------------------------------------------------------------------

    def _begin(self, picture: Picture) -> None:
        self._kept = {}
        self._ink[...] = self._paper(picture)
        step = sum(map(_work, picture.items)) / SNAPSHOTS
        done, due = 0, step
        for n, layer in enumerate(picture.layers, start=1):
            for item in layer.items:
                self.brush.draw(self._page, item)
            done += sum(map(_work, layer.items))
            if done >= due and n < len(picture.layers):
                self._kept[n] = self._ink.copy()
                due = done + step
        self.pixels[...] = self._ink

    def _paper(self, picture: Picture) -> NDArray[np.uint8]:
        colour = self.brush.style.palette.resolve(picture.paper)
        return np.array([*(int(colour[n : n + 2], 16) for n in (1, 3, 5)), 255], np.uint8)

    # --- the next one -------------------------------------------------------------------------

    def _change(self, before: Picture, picture: Picture) -> list[Bounds]:
        pairs = list(zip(before.layers, picture.layers, strict=False))
        same = next((n for n, (a, b) in enumerate(pairs) if a != b), len(pairs))
        whole = Bounds(0, 0, *self.size)
        differing = self._differing(before.layers[same:], picture.layers[same:])
        dirty = merged(part.within(whole) for part in differing)
        self._kept = {n: kept for n, kept in self._kept.items() if n <= same}
        known = max(self._kept, default=0)
        below = self._kept.get(known)
        for part in dirty:
            self._ink[part.pixels] = self._paper(picture) if below is None else below[part.pixels]
        for layer in picture.layers[known:]:
            self._draw(layer, dirty)
        for part in dirty:
            self.pixels[part.pixels] = self._ink[part.pixels]
        return dirty

    def _draw(self, layer: Layer, dirty: list[Bounds]) -> None:
        """Draw the items of a layer that reach into some parts of the page.

        They are drawn whole: Agg rounds a clipped edge otherwise than a whole one.
        """
        if layer.items and dirty:
            left, top, right, bottom = self._covered(layer).T
            meets = [
                (left < d.right) & (right > d.left) & (top < d.bottom) & (bottom > d.top)
                for d in dirty
            ]
            for n in np.flatnonzero(np.any(meets, axis=0)):
                self.brush.draw(self._page, layer.items[n])

    def _covered(self, layer: Layer) -> Parts:
        """What the items of a layer cover; remembered while the layer stays as it is."""
        known = self._parts.get(layer.name)
        if known is not None and known[0] is layer:
            return known[1]
        if known is not None and known[0] == layer:
            parts = known[1]
        else:
            weight = self.brush.style.weight
            parts = np.array([bounds(item, weight) for item in layer.items], np.int32)
        self._parts[layer.name] = layer, parts
        return parts

    def _differing(self, old: Sequence[Layer], new: Sequence[Layer]) -> Iterator[Bounds]:
        """What the items cover that come, go, or change their order."""
        weight = self.brush.style.weight
        before = {layer.name: layer for layer in old}
        after = {layer.name: layer for layer in new}
        same_names = list(before) == list(after) and len(before) == len(old) == len(new)
        if not same_names:  # other layers, or in another order
            for layer in (*old, *new):
                yield from (bounds(item, weight) for item in layer.items)
            return
        for name, layer in after.items():
            if before[name] != layer:
                yield from (bounds(i, weight) for i in _moved(before[name].items, layer.items))


def _moved(old: Sequence[Item], new: Sequence[Item]) -> Iterator[Item]:
    """The items that are in one list only; all of them, if the others change their order."""
    common = Counter(old) & Counter(new)
    kept_old, gone = _parted(old, common)
    kept_new, come = _parted(new, common)
    if kept_old == kept_new:
        yield from (*gone, *come)
    else:
        yield from (*old, *new)


def _parted(items: Sequence[Item], common: Counter[Item]) -> tuple[list[Item], list[Item]]:
    """The items that are common, and those that are not."""
    left, kept, rest = common.copy(), [], []
    for item in items:
        if left[item] > 0:
            left[item] -= 1
            kept.append(item)
        else:
            rest.append(item)
    return kept, rest


def _work(item: Item) -> int:
    """About how long an item takes to be drawn, in points of a path."""
    if isinstance(item, Text):
        return 40 + 10 * len(item.text)
    if isinstance(item, Shape):
        return 20 + sum(map(len, item.rings))
    return 20 + len(item.points) if isinstance(item, Line) else 100
