"""Drawing: pictures on a matplotlib canvas, phase sheets, films."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from replay.picture.layers import frame, optional, picture
from replay.picture.layers.sizes import PAGE, Size, size_of
from replay.picture.styles import Style, style_of
from replay.scene import scene
from replay.timeline.timeline import State, Timeline

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(
    timeline: Timeline,
    on: str | int | State,
    *,
    size: Size = PAGE,
    style: str | Style | None = None,
    extra: Iterable[str] = (),
) -> Figure:
    """The map of a moment as a matplotlib figure of `size` pixels, at 100 pixels to the inch.

    `size` is a name ("slide", "square") or width and height, `style` a name, a matplotlib style
    file or a Style, `extra` names optional layers. Raises UsageProblem U503 where `on` is no moment
    of the window, U520 for a style, a size or a layer that there is not.

    >>> import replay
    >>> figure = replay.draw(replay.run("western-iraq-2017"), "2017-11-03")
    >>> figure.savefig("map.png")
    """
    from matplotlib import rc_context

    from replay.outputs.rendering.canvas import SETTINGS, Canvas

    fixed = frame(timeline, size_of(size), optional(extra))
    shown, dress = picture(scene(timeline, on), fixed), style_of(style)
    with rc_context(SETTINGS):
        canvas = Canvas(shown.size, shown.paper, dress)
        canvas.show(shown)
    return canvas.figure


__all__ = ["draw"]
