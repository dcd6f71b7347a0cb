"""Drawing: pictures on a matplotlib canvas, phase sheets, films."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replay.layers import frame, picture
from replay.scene import scene
from replay.timeline import Timeline

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(timeline: Timeline, on: str | int, *, size: tuple[int, int] = (1280, 720)) -> Figure:
    """The map of a moment as a matplotlib figure of `size` pixels, at 100 pixels to the inch.

    Raises UsageProblem U503 where `on` is no moment of the window.

    >>> import replay
    >>> figure = replay.draw(replay.run("western-iraq-2017"), "2017-11-03")
    >>> figure.savefig("map.png")
    """
    from matplotlib import rc_context

    from replay.draw.canvas import SETTINGS, Canvas

    shown = picture(scene(timeline, on), frame(timeline, size))
    with rc_context(SETTINGS):
        canvas = Canvas(size, shown.paper)
        canvas.show(shown)
    return canvas.figure


__all__ = ["draw"]
