"""One item on a renderer of matplotlib: the only place that knows how items become ink."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.path import Path as MplPath
from matplotlib.transforms import Affine2D, Bbox

from replay.outputs.rendering.bounds import Bounds, clipped
from replay.outputs.rendering.letters import type_of
from replay.outputs.rendering.sprites import DPI, PT, Pixels, Sprites, lay, write
from replay.picture.items import Box, Image, Item, Line, Point, Shape, Symbol, Text
from replay.picture.styles import Style
from replay.picture.symbol_shapes import parts


class Brush:
    """Draws items in a style on pages of a size; words and images are kept for the next time."""

    def __init__(self, size: tuple[int, int], style: Style) -> None:
        self.size = size
        self.style = style
        self.sprites = Sprites(style)

    def draw(self, page: Any, item: Item) -> None:
        """Draw an item on a renderer of matplotlib."""
        if isinstance(item, Symbol):
            for part in parts(item, self.style.signs):
                self._path(page, part)
        elif isinstance(item, (Shape, Line)):
            self._path(page, item)
        elif isinstance(page, RendererAgg) and page.dpi == DPI:
            self._sprite(page, item)
        elif isinstance(item, Text):
            self._text(page, item)
        else:
            self._image(page, item)

    def _path(self, page: Any, item: Shape | Line) -> None:
        scale = page.points_to_pixels(PT)
        pen = page.new_gc()
        edge = item.edge if isinstance(item, Shape) else item.colour
        width = item.width * self.style.weight if edge is not None else 0.0
        pen.set_foreground(self._rgba(edge, item.opacity), isRGBA=True)
        pen.set_linewidth(width * PT)
        pen.set_joinstyle("round")
        pen.set_capstyle("butt")
        if item.dash and width:
            pen.set_dashes(0, [dash * PT for dash in item.dash])
        if item.clip is not None:
            pen.set_clip_rectangle(self._box(item.clip, scale))
        if isinstance(item, Shape):
            path, fill = _rings(item.rings), self._fill(item)
        else:
            path, fill = _line(item.points), None
        page.draw_path(pen, path, self._flip(scale), fill)
        pen.restore()

    def _fill(self, shape: Shape) -> tuple[float, ...] | None:
        return None if shape.fill is None else self._rgba(shape.fill, shape.opacity)

    def _rgba(self, colour: str | None, opacity: float) -> tuple[float, ...]:
        if colour is None:
            return (0.0, 0.0, 0.0, 0.0)
        return _channels(self.style.palette.resolve(colour), opacity)

    def _flip(self, scale: float) -> Affine2D:
        """From pixels of the page, downwards, to those of a renderer, upwards."""
        return _flipped(self.size[1], scale)

    def _box(self, box: Box, scale: float) -> Bbox:
        low, high = self.size[1] - box.bottom, self.size[1] - box.y
        return Bbox([[box.x * scale, low * scale], [box.right * scale, high * scale]])

    # --- words and images ---------------------------------------------------------------------

    def _sprite(self, page: Any, item: Text | Image) -> None:
        """On pixels: a sprite laid over what is there."""
        pixels: Pixels = np.asarray(page.buffer_rgba())
        part = Bounds(0, 0, *self.size)
        if item.clip is not None:
            part = part.within(clipped(item.clip))
        if isinstance(item, Text):
            x, y, sprite = self.sprites.of_text(item)
        else:
            x, y, sprite = self.sprites.of_image(item)
        lay(sprite, x, y, pixels, part)

    def _text(self, page: Any, text: Text) -> None:
        """On paper: letters that stay letters, or outlines."""
        scale = page.points_to_pixels(PT)
        at = (text.at.x * scale, text.at.y * scale)
        if not page.flipy():
            at = (at[0], self.size[1] * scale - at[1])
        clip = None if text.clip is None else self._box(text.clip, scale)
        write(page, text, at, type_of(self.style, text, PT), self.style.palette, clip)

    def _image(self, page: Any, image: Image) -> None:
        scale = page.points_to_pixels(PT)
        _, _, sprite = self.sprites.of_image(image)
        pen = page.new_gc()
        if image.clip is not None:
            pen.set_clip_rectangle(self._box(image.clip, scale))
        box = image.box
        # matplotlib wants the lowest row first
        low = (self.size[1] - box.bottom) * scale
        page.draw_image(pen, box.x * scale, low, sprite.pixels[::-1])
        pen.restore()


@lru_cache(maxsize=16)
def _flipped(tall: int, scale: float) -> Affine2D:
    return Affine2D().scale(scale, -scale).translate(0, tall * scale)


@lru_cache(maxsize=1024)
def _channels(colour: str, opacity: float) -> tuple[float, ...]:
    return to_rgba(colour, opacity)


@lru_cache(maxsize=1024)
def _rings(rings: tuple[tuple[Point, ...], ...]) -> MplPath:
    """Closed rings as one path."""
    points: list[Point] = []
    codes: list[Any] = []
    for ring in rings:
        if len(ring) > 1:
            points += [*ring, ring[0]]
            codes += [MplPath.MOVETO, *[MplPath.LINETO] * (len(ring) - 1), MplPath.CLOSEPOLY]
    path = MplPath(np.array(points, float).reshape(-1, 2), codes)
    path.should_simplify = False
    return path


@lru_cache(maxsize=1024)
def _line(points: tuple[Point, ...]) -> MplPath:
    path = MplPath(np.array(points))
    path.should_simplify = False
    return path
