"""Colours of sides: which are given out, and whether people can tell them apart.

Differences are those of CIE 1976 (L*a*b*, white D65). The three kinds of colour-blindness are
simulated with the matrices of Machado, Oliveira and Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency" (IEEE TVCG 15/6, 2009), table 1 at severity 1.0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from replay.foundation.palettes import LIGHT
from replay.foundation.theme import SIDES

Rgb = tuple[float, float, float]
Matrix = tuple[Rgb, Rgb, Rgb]

FREE = re.compile(r"#[0-9A-Fa-f]{6}")
"""A colour that is no name: red, green and blue, two digits each."""

VISIONS: dict[str, Matrix] = {
    "most readers": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "readers with deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "readers with protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "readers with tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Who looks, and how linear red, green and blue reach them; the most common kind first."""

ALIKE = 8.0
"""Colours that differ by less look alike in small marks; 2.3 is just noticeable in large ones."""
PALE_LUMINANCE = 12.0
"""A mark that differs from the ground by less can hardly be seen."""
MANY_SIDES = 6
"""Of more sides nobody remembers the colours: their marks have letters too."""


def assigned(sides: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """The colour of each side: its own, or the first one that nothing like it is used for.

    Of more sides than there are colours, colours come again: letters tell those sides apart.
    """
    sides = list(sides)
    used = [colour for _, colour in sides if colour is not None]
    free = [name for name in SIDES if not any(similar_colours(name, other) for other in used)]
    found: dict[str, str] = {}
    for n, (side, colour) in enumerate(sides):
        found[side] = colour or (free.pop(0) if free else SIDES[n % len(SIDES)])
    return found


def similar_colours(one: str, other: str) -> str | None:
    """For whom two colours look alike; None if nobody mistakes one for the other."""
    return next((who for who in VISIONS if difference(one, other, who) < ALIKE), None)


def any_alike(colours: Sequence[str]) -> bool:
    """Whether any two of some colours look alike to anybody."""
    return any(similar_colours(a, b) for n, a in enumerate(colours) for b in colours[:n])


def pale(colour: str) -> bool:
    """Whether marks of a colour can hardly be seen on the ground of a map."""
    return difference(colour, "land", "most readers") < PALE_LUMINANCE


@lru_cache(maxsize=4096)
def difference(one: str, other: str, who: str) -> float:
    """How far two colours are from each other for somebody."""
    a, b = (_lab(_seen(_linear(LIGHT.resolve(colour)), VISIONS[who])) for colour in (one, other))
    return math.dist(a, b)


def _linear(colour: str) -> Rgb:
    """Linear light (0 to 1) of #RRGGBB."""
    r, g, b = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return _light(r), _light(g), _light(b)


def _light(c: float) -> float:
    return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)


def _seen(light: Rgb, how: Matrix) -> Rgb:
    r, g, b = (min(1.0, max(0.0, _times(row, light))) for row in how)
    return r, g, b


_TO_XYZ: Matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))


def _lab(light: Rgb) -> Rgb:
    x, y, z = (_root(_times(row, light) / sum(row)) for row in _TO_XYZ)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(t: float) -> float:
    return float(t ** (1 / 3)) if t > 0.008856 else 7.787 * t + 16 / 116


def _times(row: Rgb, light: Rgb) -> float:
    return sum(a * b for a, b in zip(row, light, strict=True))
