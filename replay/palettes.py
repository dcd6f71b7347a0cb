"""Palettes: what the roles of colours are on the page. A style is little more than a palette.

The colours of sides are those of Okabe and Ito ("Color Universal Design", 2008), which stay apart
for the colour-blind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType


@dataclass(frozen=True, eq=False)
class Palette:
    """A colour (#RRGGBB) for each role."""

    name: str
    colours: Mapping[str, str]

    def resolve(self, colour: str) -> str:
        """#RRGGBB for a role, a mixture (`mix(ink,paper,0.5)`) or what is #RRGGBB already.

        Raises KeyError for a role that no palette has.
        """
        return _resolved(self, colour)


@lru_cache(maxsize=4096)
def _resolved(palette: Palette, colour: str) -> str:
    if colour.startswith("#"):
        return colour
    if not colour.startswith("mix("):
        return palette.colours[colour]
    one, other, share = mixture(colour)
    a, b = (_channels(_resolved(palette, part)) for part in (one, other))
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in zip(a, b, strict=True))


def mixture(colour: str) -> tuple[str, str, float]:
    """The two colours of a mixture, which may be mixtures themselves, and the other one's share."""
    both, _, share = colour[4:-1].rpartition(",")
    depth = 0
    for n, letter in enumerate(both):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            return both[:n], both[n + 1 :], float(share)
    raise ValueError(f"{colour!r} is no mixture of two colours")


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))


LIGHT = Palette(
    "light",
    MappingProxyType(
        {
            "blue": "#0072B2",
            "red": "#D55E00",
            "green": "#009E73",
            "yellow": "#E8B100",
            "purple": "#B0569A",
            "grey": "#7D7D7D",
            "paper": "#FFFFFF",
            "ink": "#1B1B1B",
            "soft": "#555555",
            "pale": "#6E6E6E",
            "faint": "#8A8A8A",
            "rule": "#CFCBC3",
            "panel": "#F4F2EE",
            "alert": "#8A1C5B",
            "land": "#F7F4EC",
            "abroad": "#EAE6DC",
            "water": "#C3DCE9",
            "shore": "#8DB9D1",
            "river": "#6FA8C9",
            "border": "#6A6157",
            "province": "#BDB4A6",
            "road": "#CDAE8C",
            "land-names": "#8F867A",
            "water-names": "#3E7FA3",
            "today": "#FFD23F",
            "fire": "#C2261D",
        }
    ),
)

DARK = Palette(
    "dark",
    MappingProxyType(
        {
            "blue": "#4FA8E0",
            "red": "#F0803C",
            "green": "#2FBF95",
            "yellow": "#F2C53D",
            "purple": "#D182BD",
            "grey": "#A3A3A3",
            "paper": "#15181C",
            "ink": "#ECE9E2",
            "soft": "#B4B1AA",
            "pale": "#9C9991",
            "faint": "#807D77",
            "rule": "#3B4048",
            "panel": "#1E2329",
            "alert": "#F08CC4",
            "land": "#262B31",
            "abroad": "#1E2227",
            "water": "#1F4257",
            "shore": "#3A6C88",
            "river": "#4C86A8",
            "border": "#9A9184",
            "province": "#4A4D50",
            "road": "#7A6448",
            "land-names": "#8C877D",
            "water-names": "#7FB6D6",
            "today": "#C79A1A",
            "fire": "#FF6A5E",
        }
    ),
)

PALETTES = {palette.name: palette for palette in (LIGHT, DARK)}
"""All palettes by name."""
