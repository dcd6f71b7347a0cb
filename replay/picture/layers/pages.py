"""Pages: where their parts stand, by the form of the page, and how large its letters are.

A wide page has the map at the left and the day at the right; a square one the map above, beside the
margin, and the day below; a tall one the map across its width and all else below. On any page a map
that is far taller than wide has all words beside it, and one that is far wider than tall has them
below it, if that shows the map larger.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from replay.picture.items import Box
from replay.picture.layers.sizes import PAGE


class Boxes(NamedTuple):
    """Where the parts of a page stand; a part without width is left out."""

    map: Box
    head: Box
    events: Box
    margin: Box
    legend: Box
    strip: Box

    def without_margin(self) -> Boxes:
        """The day takes the margin's room too, if that lies beside or below it."""
        day, margin = self.events, self.margin
        if (day.y, day.h) == (margin.y, margin.h):
            x = min(day.x, margin.x)
            whole = Box(x, day.y, max(day.right, margin.right) - x, day.h)
        elif (day.x, day.w) == (margin.x, margin.w):
            whole = day._replace(h=margin.bottom - day.y)
        else:
            return self
        return self._replace(events=whole, margin=NOWHERE)


NOWHERE = Box(0, 0, 0, 0)
FLAT, WIDE, SQUARE = 1.5, 1.2, 0.85
"""Width by height down to which the day stands beside the map with the margin at its own side, down
to which it stands beside the map at all, and down to which a page is square."""
TALL_MAP, LONG_MAP = 0.8, 1.8
"""Width by height of a map below which its words may all stand beside it, and above which below."""
LONGEST = 3.2
"""A longer map gets a box of this form: names above and below its places need room."""
NAMES = 180.0
"""How much wider than itself the box of a tall map is, for names at its sides."""
AIR = 14.0
STRIP, LOW_STRIP = 58.0, 48.0
"""How tall the strip of days is, and how tall on a page that is tall itself."""

Height = Callable[[float, float], float]
"""How tall the legend, or the list of sources, is in a width and at a unit."""


def unit(size: tuple[int, int]) -> float:
    """Pixels to a pixel of a page of 1280 × 720.

    Paper is read from nearby, a square or an upright film on a telephone: its letters are larger.
    """
    width, height = size
    usual: float = (width * height / (PAGE[0] * PAGE[1])) ** 0.5
    form = width / height
    if form >= WIDE:
        return min(width / PAGE[0], height / PAGE[1], usual)
    if abs(form - 0.5**0.5) < 0.02:
        return usual * 1.12
    return usual * (1.2 if form >= SQUARE else 1.28)


def page(size: tuple[int, int], form: float | None, legend: Height, foot: Height) -> Boxes:
    """The parts of a page. `form` is the width by height of what the map shows, None without one.

    Between the strip of days and the end of the page there is room for a foot of some height.
    """
    width, height = size
    u = unit(size)
    air = AIR * u
    room = width - 2 * air
    head = Box(air, 10 * u, room, (38 if room >= 600 * u else 66) * u)
    low = (LOW_STRIP if width / height < SQUARE else STRIP) * u
    strip = Box(air, height - foot(room, u) - 10 * u - low, room, low)
    body = Box(air, head.bottom + 6 * u, room, strip.y - head.bottom - 14 * u)
    tall = legend(room, u)
    if width / height >= FLAT or (width / height >= WIDE and form is None):
        key = Box(air, strip.y - tall - 8 * u, room, tall)
        columns = _columns(body._replace(h=key.y - body.y - 8 * u), form, u)
        usual = Boxes(columns[0], head, columns[1], columns[2], key, strip)
    elif width / height >= WIDE:
        usual = _beside(body, form or 1.0, legend, u, head, strip)
    else:
        below = _square if width / height >= SQUARE else _across
        usual = below(body, form, tall, u, head, strip)
    if form is None:
        return usual
    ways = [usual]
    if form < TALL_MAP:
        ways.append(_upright(body, form, tall, u, head, strip))
    elif form > LONG_MAP:
        ways.append(_across(body, form, tall, u, head, strip))
    return max(ways, key=lambda boxes: _seen(boxes.map, form) * (1.1 if boxes is usual else 1.0))


def _seen(box: Box, form: float) -> float:
    """How wide a box shows a map of some form, in pixels."""
    return min(box.w, box.h * form)


def _beside(body: Box, form: float, legend: Height, u: float, head: Box, strip: Box) -> Boxes:
    """The map with the legend below it; the day and the margin one above the other beside them."""
    gap = AIR * u
    w = 0.66 * body.w
    tall = legend(w, u)
    high = min(body.h - tall - 8 * u, w / form * 1.12)
    shown = Box(body.x, body.y, w, high)
    rest = Box(body.x + w + gap, body.y, body.w - w - gap, body.h)
    low = rest.h * 0.46
    events = rest._replace(h=rest.h - low - gap)
    margin = rest._replace(y=rest.bottom - low, h=low)
    key = Box(body.x, shown.bottom + 8 * u, w, tall)
    return Boxes(shown, head, events, margin, key, strip)


def _columns(body: Box, form: float | None, u: float) -> tuple[Box, Box, Box]:
    """The map, the events of the day, and the margin, side by side as the map's form allows."""
    gap = AIR * u
    if form is None:
        w = body.w * 0.45
        return (
            NOWHERE,
            Box(body.right - w, body.y, w, body.h),
            Box(body.x, body.y, body.w - w - gap, body.h),
        )
    least = min(0.46 * body.w, form * body.h + NAMES * u)
    w = min(max(form * body.h, least), 0.68 * body.w)
    rest = Box(body.x + w + gap, body.y, body.w - w - gap, body.h)
    shown = Box(body.x, body.y, w, body.h)
    if rest.w >= 500 * u:
        left = rest.w * 0.54
        return (
            shown,
            rest._replace(w=left),
            Box(rest.x + left + gap, rest.y, rest.w - left - gap, rest.h),
        )
    low = rest.h * 0.46
    return shown, rest._replace(h=rest.h - low - gap), Box(rest.x, rest.bottom - low, rest.w, low)


def _square(body: Box, form: float | None, tall: float, u: float, head: Box, strip: Box) -> Boxes:
    """The map with the margin at its side; the legend; the day below."""
    gap = 10 * u
    high = body.h * 0.56 if form is not None else body.h * 0.4
    w = min(max((form or 0) * high, 0.5 * body.w), 0.72 * body.w) if form is not None else -gap
    if form is not None:
        high = min(high, w / form * 1.1)
    shown = Box(body.x, body.y, w, high) if form is not None else NOWHERE
    margin = Box(body.x + w + gap, body.y, body.w - w - gap, high)
    legend = Box(body.x, body.y + high + gap * 0.6, body.w, tall)
    y = legend.bottom + gap * 0.6
    return Boxes(shown, head, Box(body.x, y, body.w, body.bottom - y), margin, legend, strip)


def _upright(body: Box, form: float, tall: float, u: float, head: Box, strip: Box) -> Boxes:
    """A tall map beside the day and the margin; the legend below both."""
    gap = 10 * u
    high = body.h - tall - gap
    w = min(form * high + NAMES * u, body.w * 0.56)
    shown = Box(body.x, body.y, w, high)
    rest = Box(shown.right + gap, body.y, body.w - w - gap, high)
    low = rest.h * 0.4
    events = rest._replace(h=rest.h - low - gap)
    margin = rest._replace(y=rest.bottom - low, h=low)
    legend = Box(body.x, shown.bottom + gap, body.w, tall)
    return Boxes(shown, head, events, margin, legend, strip)


def _across(body: Box, form: float | None, tall: float, u: float, head: Box, strip: Box) -> Boxes:
    """The map across the page; the legend; then the day and the margin, side by side if wide."""
    gap = 10 * u
    high = min(body.w / min(form, LONGEST), body.h * 0.52) if form is not None else 0
    shown = Box(body.x, body.y, body.w, high) if form is not None else NOWHERE
    legend = Box(body.x, body.y + high + gap * 0.6, body.w, tall)
    y = legend.bottom + gap * 0.6
    rest = Box(body.x, y, body.w, body.bottom - y)
    if body.w >= 640 * u:
        left = rest.w * 0.56
        events = rest._replace(w=left)
        margin = Box(rest.x + left + gap, y, rest.w - left - gap, rest.h)
    else:
        low = min(rest.h * 0.36, 112 * u)
        events = rest._replace(h=rest.h - low - gap)
        margin = Box(rest.x, rest.bottom - low, rest.w, low)
    return Boxes(shown, head, events, margin, legend, strip)
