"""The days of a replay as pixels, one after the other in any order: for a window or a notebook."""

from __future__ import annotations

from functools import cached_property
from weakref import WeakKeyDictionary

from replay.foundation.fonts import one_warning
from replay.outputs.rendering.raster import Raster
from replay.outputs.rendering.sprites import Pixels
from replay.picture.layers import Frame, frame, picture
from replay.picture.styles import Style, style_of
from replay.scene import scene
from replay.timeline.timeline import Timeline


class Viewer:
    """Pictures of one replay in one size; what they have in common is made once."""

    def __init__(
        self, timeline: Timeline, size: tuple[int, int], style: str | Style | None = None
    ) -> None:
        self.timeline, self.size = timeline, size
        self._raster = Raster(size, style_of(style))

    @cached_property
    def _frame(self) -> Frame:
        return frame(self.timeline, self.size)

    @one_warning()
    def pixels(self, tick: int) -> Pixels:
        """A day: height × width × 4; the next one changes the array."""
        self._raster.show(picture(scene(self.timeline, tick), self._frame))
        return self._raster.pixels


_known: WeakKeyDictionary[Timeline, Viewer] = WeakKeyDictionary()


def viewer(timeline: Timeline, size: tuple[int, int]) -> Viewer:
    """The viewer of a timeline in the usual style; the same one while the size is the same."""
    known = _known.get(timeline)
    if known is None or known.size != size:
        known = _known[timeline] = Viewer(timeline, size)
    return known
