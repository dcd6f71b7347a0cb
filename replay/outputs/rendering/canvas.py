"""Pictures on a matplotlib figure. It knows nothing but items."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from replay.outputs.rendering.brush import Brush
from replay.outputs.rendering.sprites import DPI, Pixels
from replay.picture.items import Picture
from replay.picture.styles import STYLES, Style

SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "campaign-replay",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.hinting": "none",
    "path.simplify": False,
}
"""Settings under which pictures are drawn, so that the same inputs give the same bytes."""


class Page(Figure):
    """A figure that is drawn under our settings whoever saves it: else its words may not fit."""

    def draw(self, renderer: Any) -> None:
        with rc_context(SETTINGS):
            super().draw(renderer)


class Drawn(Artist):
    """A picture as an artist of matplotlib."""

    def __init__(self, picture: Picture, brush: Brush) -> None:
        super().__init__()
        self.picture = picture
        self.brush = brush

    def draw(self, renderer: Any) -> None:
        for item in self.picture.items:
            self.brush.draw(renderer, item)


class Canvas:
    """A figure of a fixed size that shows pictures."""

    def __init__(self, size: tuple[int, int], paper: str, style: Style = STYLES["light"]) -> None:
        width, height = size
        inches = (width / DPI, height / DPI)
        self.figure = Page(figsize=inches, dpi=DPI, facecolor=style.palette.resolve(paper))
        self.agg: Any = FigureCanvasAgg(self.figure)
        self.brush = Brush(size, style)

    def show(self, picture: Picture) -> None:
        """Put a whole picture onto the figure."""
        self.figure.add_artist(Drawn(picture, self.brush))

    def pixels(self) -> Pixels:
        """What the figure shows, drawn anew: height × width × 4."""
        self.agg.draw()
        return np.asarray(self.agg.buffer_rgba())


__all__ = ["DPI", "SETTINGS", "Canvas"]
