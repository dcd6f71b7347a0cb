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
    """Draw the map of a moment as a matplotlib figure, at 100 pixels to the inch.

    Parameters
    ----------
    timeline : Timeline
        A replay, from `replay.run`.
    on : str, int or State
        The moment, as for `Timeline.at`.
    size : str or (int, int), default (1280, 720)
        A name ("screen", "slide", "slide-4x3", "square", "upright", "a4", "a4-portrait", "a3",
        "a3-portrait"), a text such as "1600x900", or width and height. In pixels, each 200 to 8000.
    style : str or Style, optional
        "light", "newspaper", "dark", "print", the path of a matplotlib style file, the name of a
        style of matplotlib, or a Style. Without it: "light" with what the user's matplotlibrc sets.
    extra : iterable of str, default ()
        Optional layers: "tint", "front", "age", "app6". The first two are interpolated and say so.

    Returns
    -------
    matplotlib.figure.Figure
        The map with its title, legend and sources. It does not belong to pyplot.

    Raises
    ------
    UsageError
        U503 if `on` is not a moment of the window, U520 if there is no such style, size or layer.
    ScenarioError
        U521 with every wrong line of a style file.

    See also
    --------
    docs/pictures.md : styles, sizes and layers.

    Example
    -------
    >>> import replay
    >>> figure = replay.draw(replay.run("western-iraq-2017"), "2017-11-03", size="square")
    >>> figure.get_size_inches().tolist()
    [10.8, 10.8]
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
