"""Words and images as small pictures of their own, drawn once and put down as often as needed.

Words take matplotlib ten times as long as a mark. A line of words is therefore drawn once, on
nothing, and laid over whatever is below it; it begins on a whole pixel, so that the same line looks
the same wherever it stands.
"""

from __future__ import annotations

import io
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.patheffects import PathEffectRenderer, withStroke
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from replay.foundation import fonts
from replay.foundation.palettes import Palette, colour_channels
from replay.outputs.rendering.bounds import Bounds
from replay.outputs.rendering.letters import Type, type_of
from replay.picture.items import Image, Point, Text
from replay.picture.styles import Style

DPI = 100
PT = 72 / DPI
"""Points to a pixel."""

Pixels = NDArray[np.uint8]
"""Height × width × 4: red, green, blue, opacity."""

K = TypeVar("K")

_ORIGIN = Point(0, 0)
_ROOM = 32_000_000
"""Bytes of sprites that are kept."""


class Sprite(NamedTuple):
    """A small picture, with its top left corner as seen from where it is put."""

    x: int
    y: int
    pixels: Pixels


def halo_width(size: float) -> float:
    """Width, in pixels, of the outline around letters of a size."""
    return max(2.0, size * 0.22)


class Sprites:
    """Texts and images in a style, as sprites; those that were used last are kept."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._kept: OrderedDict[Any, Sprite] = OrderedDict()
        self._bytes = 0

    def of_text(self, text: Text) -> tuple[int, int, Sprite]:
        """The whole pixel at which a text is put, and its sprite."""
        x, y = math.floor(text.at.x + 0.5), math.floor(text.at.y + 0.5)
        look = replace(text, at=_ORIGIN, text=fonts.line(text.text), of=None, clip=None)
        return x, y, self._keep(look, self._drawn if text.halo or text.turn else self._set)

    def of_image(self, image: Image) -> tuple[int, int, Sprite]:
        """The whole pixel at which an image is put, and its sprite."""
        size = max(1, round(image.box.w)), max(1, round(image.box.h))
        key = (image.png, size, image.opacity)
        sprite = self._keep(key, lambda _: _raster(image, size))
        return round(image.box.x), round(image.box.y), sprite

    def _keep(self, key: K, make: Callable[[K], Sprite]) -> Sprite:
        sprite = self._kept.get(key)
        if sprite is not None:
            self._kept.move_to_end(key)
            return sprite
        sprite = self._kept[key] = make(key)
        self._bytes += sprite.pixels.nbytes
        while self._bytes > _ROOM and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old.pixels.nbytes
        return sprite

    def _set(self, text: Text) -> Sprite:
        """A text without more ado, set by FreeType at once."""
        letters = _letters(type_of(self.style, text, PT), text.text)
        letters.draw_glyphs_to_bitmap()
        ink = np.asarray(letters.get_image())
        if not text.text.strip() or not ink.size:
            return _EMPTY
        wide, tall = (side / 64 for side in letters.get_width_height())
        left = letters.get_bitmap_offset()[0] / 64 - _BACK[text.align] * wide
        pixels = np.empty((*ink.shape, 4), np.uint8)
        pixels[..., :3] = colour_channels(self.style.palette.resolve(text.colour))
        pixels[..., 3] = ink
        return Sprite(math.floor(left), -math.ceil(tall - letters.get_descent() / 64), pixels)

    def _drawn(self, text: Text) -> Sprite:
        """A text that slopes or has an outline, drawn by matplotlib."""
        if not text.text.strip():
            return _EMPTY
        kind = type_of(self.style, text, PT)
        wide, tall = (side / 64 for side in _letters(kind, text.text).get_width_height())
        reach = math.ceil(wide + tall + text.size + halo_width(text.size))  # in any direction
        page: Any = RendererAgg(2 * reach, 2 * reach, DPI)  # type: ignore[no-untyped-call]
        with rc_context({"text.hinting": "none"}):
            write(page, text, (float(reach), float(reach)), kind, self.style.palette)
        return _cropped(-reach, -reach, np.asarray(page.buffer_rgba()))


def write(
    on: Any,
    text: Text,
    at: tuple[float, float],
    kind: Type,
    palette: Palette,
    clip: Bbox | None = None,
) -> None:
    """Draw a text with a renderer of matplotlib, at a point in its own pixels."""
    pen = on.new_gc()
    pen.set_foreground(palette.resolve(text.colour))
    if clip is not None:
        pen.set_clip_rectangle(clip)
    words, properties = fonts.line(text.text), kind.properties
    back = on.get_text_width_height_descent(words, properties, False)[0] * _BACK[text.align]
    angle, down = math.radians(text.turn), 1 if on.flipy() else -1
    x, y = at[0] - back * math.cos(angle), at[1] + down * back * math.sin(angle)
    to = on
    if text.halo:
        line = halo_width(text.size) * PT
        effect = withStroke(linewidth=line, foreground=palette.resolve(text.halo))
        to = PathEffectRenderer([effect], on)
    to.draw_text(pen, x, y, words, properties, text.turn)
    pen.restore()


_BACK = {"left": 0.0, "centre": 0.5, "right": 1.0}
"""How much of a text stands before the point at which it is put."""


def _letters(kind: Type, text: str) -> FT2Font:
    """A font with a line set in it."""
    letters: FT2Font = fonts.opened(kind.files)
    letters.clear()
    letters.set_size(kind.points, DPI)
    letters.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    return letters


def _cropped(left: int, top: int, pixels: Pixels) -> Sprite:
    """The part of a picture that is not empty."""
    filled = pixels[..., 3] > 0
    ys, xs = np.flatnonzero(filled.any(1)), np.flatnonzero(filled.any(0))
    if not len(ys):
        return _EMPTY
    y, x = int(ys[0]), int(xs[0])
    return Sprite(left + x, top + y, pixels[y : ys[-1] + 1, x : xs[-1] + 1].copy())


_EMPTY = Sprite(0, 0, np.zeros((0, 0, 4), np.uint8))


def _raster(image: Image, size: tuple[int, int]) -> Sprite:
    from PIL import Image as Raster

    pixels = np.array(Raster.open(io.BytesIO(image.png)).convert("RGBA").resize(size))
    if image.opacity < 1:
        pixels[..., 3] = (pixels[..., 3] * image.opacity).round().astype(np.uint8)
    return Sprite(0, 0, pixels)


def lay(sprite: Sprite, x: int, y: int, page: Pixels, clip: Bounds) -> None:
    """Lay a sprite over an opaque page, within a part of it."""
    height, width = sprite.pixels.shape[:2]
    left, top = x + sprite.x, y + sprite.y
    own = Bounds(left, top, left + width, top + height).within(clip)
    if own.right <= own.left or own.bottom <= own.top:
        return
    over = sprite.pixels[own.top - top : own.bottom - top, own.left - left : own.right - left]
    below = page[own.top : own.bottom, own.left : own.right, :3]
    share = over[..., 3:].astype(np.uint16)
    mixed = below * (255 - share)
    mixed += over[..., :3] * share
    # division by 255, rounded
    mixed += 128
    mixed += mixed >> 8
    below[...] = mixed >> 8
