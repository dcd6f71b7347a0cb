"""Palettes: what the roles of colours are on the page. A style is little more than a palette.

The colours of sides have the hues of Okabe and Ito ("Color Universal Design", 2008), which stay
apart for the colour-blind, in shades that stay apart without any colour: the first two by far. The
later six were chosen to stay as far as possible from all others, in each palette and for each kind
of colour-blindness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, eq=False)
class Palette:
    """A colour (#RRGGBB) for each role."""

    name: str
    colours: Mapping[str, str]
    grey: bool = False
    """Whether it does without colours: those that are written as #RRGGBB become greys."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Palette, (self.name, dict(self.colours), self.grey)

    @property
    def dark(self) -> bool:
        """Whether its paper is darker than its ink."""
        paper, ink = (sum(colour_channels(self.colours[role])) for role in ("paper", "ink"))
        return paper < ink

    def resolve(self, colour: str) -> str:
        """#RRGGBB for a role, a mixture (`mix(ink,paper,0.5)`), a letter on a colour (`on(blue)`)
        or what is #RRGGBB already; a dark colour is lighter on dark ground.

        Raises KeyError for a role that no palette has.
        """
        return _resolved(self, colour)


@lru_cache(maxsize=4096)
def _resolved(palette: Palette, colour: str) -> str:
    if colour.startswith("#"):
        return _adapted(palette, colour.upper())
    if colour.startswith("on("):
        return _legible(palette, _resolved(palette, colour[3:-1]))
    if not colour.startswith("mix("):
        return palette.colours[colour]
    one, other, share = mixture(colour)
    return _blended(_resolved(palette, one), _resolved(palette, other), share)


def _adapted(palette: Palette, colour: str) -> str:
    """A free colour as the palette shows it: grey without colours, light enough on dark ground."""
    if palette.grey:
        return "#" + f"{round(255 * _luminance(colour) ** (1 / 2.2)):02X}" * 3
    if not palette.dark:
        return colour
    for tenth in range(8):
        lighter = _blended(colour, "#FFFFFF", tenth / 10)
        if _contrast(lighter, palette.colours["land"]) >= VISIBLE:
            break
    return lighter


VISIBLE = 2.0
"""Contrast that a free colour has on dark ground at least."""


def _legible(palette: Palette, below: str) -> str:
    """The ink or the paper of a palette, whichever has more contrast with a colour."""
    return max(
        (palette.colours["ink"], palette.colours["paper"]), key=lambda one: _contrast(one, below)
    )


def _contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2.2 reckons it, 1 to 21."""
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


def _luminance(colour: str) -> float:
    """How much light a colour gives, 0 to 1."""
    light = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (n / 255 for n in colour_channels(colour))
    )
    return float(sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), light, strict=True)))


def _blended(one: str, other: str, share: float) -> str:
    """#RRGGBB between two, a share of the second."""
    a, b = colour_channels(one), colour_channels(other)
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in zip(a, b, strict=True))


def mixture(colour: str) -> tuple[str, str, float]:
    """The two colours of a mixture, which may be mixtures themselves, and the other one's share."""
    both, _, share = colour[4:-1].rpartition(",")
    depth = 0
    for n, letter in enumerate(both):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            return both[:n], both[n + 1 :], float(share)
    raise ValueError(f"{colour!r} is not a mixture of two colours")


def colour_channels(colour: str) -> tuple[int, ...]:
    """Red, green and blue of #RRGGBB, 0 to 255 each."""
    return tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))


LIGHT = Palette(
    "light",
    MappingProxyType(
        {
            "blue": "#00508C",
            "red": "#E4630E",
            "green": "#1F8D67",
            "yellow": "#EEBC22",
            "purple": "#A54F9A",
            "grey": "#A0A0A0",
            "brown": "#7A1E08",
            "skyblue": "#A9D8F8",
            "pink": "#F07CDC",
            "lime": "#58E488",
            "violet": "#8A14F2",
            "teal": "#447672",
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
            "blue": "#8CCDF8",
            "red": "#F07A2E",
            "green": "#22C08A",
            "yellow": "#FFEC94",
            "purple": "#B45FA7",
            "grey": "#8F8F8F",
            "brown": "#8A2E10",
            "skyblue": "#B8E0F0",
            "pink": "#D890C8",
            "lime": "#B8D810",
            "violet": "#7A1AF0",
            "teal": "#126A72",
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

NEWSPAPER = Palette(
    "newspaper",
    MappingProxyType(
        {
            "blue": "#1F4F78",
            "red": "#C4552F",
            "green": "#39926B",
            "yellow": "#DDB23C",
            "purple": "#964892",
            "grey": "#989389",
            "brown": "#6E1408",
            "skyblue": "#70CCF0",
            "pink": "#E47CC0",
            "lime": "#98D080",
            "violet": "#7E14E8",
            "teal": "#0A6E5C",
            "paper": "#FCF8EF",
            "ink": "#1C1917",
            "soft": "#57514A",
            "pale": "#6F685F",
            "faint": "#8C857A",
            "rule": "#D3C9B8",
            "panel": "#F5EEDF",
            "alert": "#8E1B3A",
            "land": "#F6EFDF",
            "abroad": "#E9E0CC",
            "water": "#BFD2D6",
            "shore": "#8FAEB5",
            "river": "#7FA3AD",
            "border": "#6E6254",
            "province": "#C2B59E",
            "road": "#CBB08E",
            "land-names": "#93876F",
            "water-names": "#4B7681",
            "today": "#F2C84B",
            "fire": "#A61F1A",
        }
    ),
)

PRINT = Palette(
    "print",
    MappingProxyType(
        {
            "blue": "#2B2B2B",
            "red": "#ABABAB",
            "green": "#6B6B6B",
            "yellow": "#DADADA",
            "purple": "#4A4A4A",
            "grey": "#8A8A8A",
            "brown": "#3A3A3A",
            "skyblue": "#C8C8C8",
            "pink": "#BABABA",
            "lime": "#9B9B9B",
            "violet": "#5A5A5A",
            "teal": "#7A7A7A",
            "paper": "#FFFFFF",
            "ink": "#000000",
            "soft": "#3D3D3D",
            "pale": "#595959",
            "faint": "#7A7A7A",
            "rule": "#C4C4C4",
            "panel": "#F4F4F4",
            "alert": "#000000",
            "land": "#FFFFFF",
            "abroad": "#EFEFEF",
            "water": "#DEDEDE",
            "shore": "#A8A8A8",
            "river": "#9C9C9C",
            "border": "#4A4A4A",
            "province": "#C0C0C0",
            "road": "#CFCFCF",
            "land-names": "#7D7D7D",
            "water-names": "#6A6A6A",
            "today": "#DEDEDE",
            "fire": "#000000",
        }
    ),
    grey=True,
)

PALETTES = {palette.name: palette for palette in (LIGHT, NEWSPAPER, DARK, PRINT)}
"""All palettes by name."""
