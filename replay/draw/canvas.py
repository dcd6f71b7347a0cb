"""Items on a matplotlib figure. It knows nothing but items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeVar

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import FigureImage
from matplotlib.patches import PathPatch
from matplotlib.path import Path as MplPath
from matplotlib.patheffects import withStroke
from matplotlib.text import Text as MplText
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox
from numpy.typing import NDArray

from replay.draw.letters import font
from replay.picture import Image, Item, Layer, Line, Picture, Point, Shape, Symbol, Text, parts
from replay.styles import STYLES, Style

DPI = 100
_PT = 72 / DPI
"""Points to a pixel."""

SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "campaign-replay",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.hinting": "none",
    "path.simplify": False,
}
"""Settings under which pictures are drawn, so that the same inputs give the same bytes."""

A = TypeVar("A", bound=Artist)

Pixels = NDArray[np.uint8]
"""Height × width × 4: red, green, blue, opacity."""


_ALIGN: dict[str, Literal["left", "center", "right"]] = {
    "left": "left",
    "centre": "center",
    "right": "right",
}


class Page(Figure):
    """A figure that is drawn under our settings whoever saves it: else its words may not fit."""

    def draw(self, renderer: Any) -> None:
        with rc_context(SETTINGS):
            super().draw(renderer)


class Canvas:
    """A figure of a fixed size that turns items into artists, each item once."""

    def __init__(self, size: tuple[int, int], paper: str, style: Style = STYLES["light"]) -> None:
        width, height = size
        self.style = style
        inches = (width / DPI, height / DPI)
        self.figure = Page(figsize=inches, dpi=DPI, facecolor=style.palette.resolve(paper))
        self.agg: Any = FigureCanvasAgg(self.figure)
        self.size = size
        flip = Affine2D().scale(1 / width, -1 / height).translate(0, 1)
        self.page = flip + self.figure.transFigure
        self._made: dict[Item, list[Artist]] = {}
        self._last: tuple[Layer, ...] = ()
        self._images: dict[int, Any] = {}
        """The page after so many layers, where these stayed as they were in the picture before."""

    def show(self, picture: Picture) -> None:
        """Put a whole picture onto the figure."""
        for item in picture.items:
            for artist in self._artists(item):
                self.figure.add_artist(artist)

    def pixels(self, picture: Picture) -> Pixels:
        """A picture as pixels; layers that have not changed since the last one are not drawn again.

        The layers that begin the picture as they began the last one are restored from an image.
        """
        with rc_context(SETTINGS):
            same = self._unchanged(picture)
            known = max((n for n in self._images if n <= same), default=0)
            self._images = {n: image for n, image in self._images.items() if n <= same}
            if known:
                self.agg.restore_region(self._images[known])
            else:
                self.figure.draw(self.agg.get_renderer())
            for n, layer in enumerate(picture.layers[known:], start=known + 1):
                for item in layer.items:
                    for artist in self._artists(item):
                        self.figure.draw_artist(artist)
                if n == same:
                    self._images[n] = self.agg.copy_from_bbox(self.figure.bbox)
            self._last = picture.layers
            return np.asarray(self.agg.buffer_rgba())

    def _unchanged(self, picture: Picture) -> int:
        """How many layers at the bottom are as they were in the last picture."""
        same = 0
        for layer, before in zip(picture.layers, self._last, strict=False):
            if layer != before:
                break
            same += 1
        return same

    # --- artists ------------------------------------------------------------------------------

    def _artists(self, item: Item) -> list[Artist]:
        made = self._made.get(item)
        if made is None:
            made = list(self._make(item))
            for artist in made:
                artist.set_figure(self.figure)
            if len(self._made) > 20_000:
                self._made.clear()
            self._made[item] = made
        return made

    def _make(self, item: Item) -> Iterator[Artist]:
        if isinstance(item, Symbol):
            for part in parts(item, self.style.signs):
                yield self._shape(part)
        elif isinstance(item, Shape):
            yield self._shape(item)
        elif isinstance(item, Line):
            yield self._line(item)
        elif isinstance(item, Text):
            yield self._text(item)
        else:
            yield self._image(item)

    def _shape(self, shape: Shape) -> PathPatch:
        patch = PathPatch(
            _closed(shape.rings),
            facecolor=self._colour(shape.fill),
            edgecolor=self._colour(shape.edge),
            linewidth=shape.width * self.style.weight * _PT if shape.edge else 0,
            linestyle=_dash(shape.dash, shape.width * self.style.weight),
            alpha=shape.opacity if shape.opacity < 1 else None,
            joinstyle="round",
            transform=self.page,
        )
        return self._clipped(patch, shape)

    def _line(self, line: Line) -> PathPatch:
        patch = PathPatch(
            MplPath(np.array(line.points)),
            facecolor="none",
            edgecolor=self._colour(line.colour),
            linewidth=line.width * self.style.weight * _PT,
            linestyle=_dash(line.dash, line.width * self.style.weight),
            alpha=line.opacity if line.opacity < 1 else None,
            joinstyle="round",
            capstyle="butt",
            transform=self.page,
        )
        return self._clipped(patch, line)

    def _text(self, text: Text) -> MplText:
        artist = MplText(
            text.at.x,
            text.at.y,
            _printable(text.text),
            color=self._colour(text.colour),
            fontproperties=font(self.style, text, _PT),
            horizontalalignment=_ALIGN[text.align],
            verticalalignment="baseline",
            rotation=text.turn,
            rotation_mode="anchor",
            parse_math=False,
            transform=self.page,
        )
        if text.halo:
            artist.set_path_effects(
                [
                    withStroke(
                        linewidth=max(2.0, text.size * 0.22) * _PT,
                        foreground=self._colour(text.halo),
                    )
                ]
            )
        return self._clipped(artist, text)

    def _image(self, image: Image) -> FigureImage:
        import io

        from PIL import Image as Raster

        wide, tall = round(image.box.w), round(image.box.h)
        raster = Raster.open(io.BytesIO(image.png)).convert("RGBA").resize((wide, tall))
        y = self.size[1] - image.box.y - tall
        artist = FigureImage(self.figure, offsetx=round(image.box.x), offsety=round(y))
        artist.set_data(np.asarray(raster))
        return artist

    def _colour(self, colour: str | None) -> str:
        return "none" if colour is None else self.style.palette.resolve(colour)

    def _clipped(self, artist: A, item: Item) -> A:
        if item.clip is not None:
            box = item.clip
            corners = Bbox([[box.x, box.y], [box.right, box.bottom]])
            artist.set_clip_box(TransformedBbox(corners, self.page))
            artist.set_clip_on(True)
        else:
            artist.set_clip_on(False)
        return artist


def _closed(rings: tuple[tuple[Point, ...], ...]) -> MplPath:
    """Closed rings as one path."""
    points: list[Point] = []
    codes: list[Any] = []
    for ring in rings:
        if len(ring) > 1:
            points += [*ring, ring[0]]
            codes += [MplPath.MOVETO, *[MplPath.LINETO] * (len(ring) - 1), MplPath.CLOSEPOLY]
    return MplPath(np.array(points, float).reshape(-1, 2), codes)


def _dash(dash: tuple[float, ...], width: float) -> Any:
    """Dashes in pixels, as matplotlib wants them: in line widths."""
    return (0, tuple(d / max(width, 0.1) for d in dash)) if dash else "solid"


def _printable(text: str) -> str:
    """Text without characters that no font shows and that break files."""
    return "".join(c if c.isprintable() else " " for c in text)
