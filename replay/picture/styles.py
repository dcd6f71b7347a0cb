"""Styles: how a picture is dressed: its colours, its letters, the weight of its lines.

A picture names roles only; a style says what they are. `light` is the house's own, `newspaper` has
serif headlines on cream, `dark` is for slides and films, `print` needs no colour. A style file of
matplotlib is a style too, and what a user's matplotlibrc sets is respected where no style is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from replay.foundation.errors import UsageError, did_you_mean
from replay.foundation.palettes import DARK, LIGHT, NEWSPAPER, PRINT, Palette
from replay.picture import matplotlib_style
from replay.picture.items import Face

HOUSE = "DejaVu Sans"
"""The font in which all words are measured, and which has letters that others lack."""


@dataclass(frozen=True)
class Style:
    """How a picture is dressed."""

    name: str
    palette: Palette
    text: tuple[str, ...] = (HOUSE,)
    """Families of fonts, the first choice first."""
    headline: tuple[str, ...] = (HOUSE,)
    weight: float = 1.0
    """Of lines and edges."""
    signs: bool = False
    """Whether the marks of a side bear its sign, so that nobody needs to see colours."""
    dpi: float = 100.0
    """Pixels to an inch of a picture in a file; a page of 1280 pixels is 12.8 inches wide."""

    def families(self, face: Face) -> tuple[str, ...]:
        """The families of a face, that of the house at the end."""
        chosen = self.headline if face == "headline" else self.text
        return chosen if HOUSE in chosen else (*chosen, HOUSE)


STYLES: dict[str, Style] = {
    style.name: style
    for style in (
        Style("light", LIGHT),
        Style("newspaper", NEWSPAPER, headline=("STIXGeneral",), weight=0.8),
        Style("dark", DARK),
        Style("print", PRINT, signs=True),
    )
}
"""The styles of the house by name."""


def style_of(named: str | Style | None = None) -> Style:
    """A style by its name, by the path of a matplotlib style file, or by that library's name.

    None is `light` with what the user's matplotlibrc sets, or `plt.style.use`. Raises UsageProblem
    U520 for a style that is not there, U521 for the lines of a file that make it none.
    """
    if isinstance(named, Style):
        return named
    if named is None:
        return _dressed("light", matplotlib_style.own_settings())
    if named in STYLES:
        return STYLES[named]
    path = Path(named)
    if path.suffix == ".mplstyle" or path.is_file():
        return _dressed(path.stem, matplotlib_style.settings(path))
    from matplotlib.style import library

    if named in library:
        return _dressed(named, dict(library[named].items()))
    hint = did_you_mean(named, STYLES) or f"styles: {', '.join(STYLES)}, or a file .mplstyle"
    raise UsageError("U520", f"there is no style {named!r}", hint)


def _dressed(name: str, settings: Mapping[str, Any]) -> Style:
    """The house's style with some settings of matplotlib put in."""
    palette = matplotlib_style.palette(name, settings)
    style = replace(STYLES["dark" if palette.dark else "light"], name=name, palette=palette)
    families = matplotlib_style.families(settings)
    if families:
        style = replace(style, text=families, headline=families)
    if "axes.linewidth" in settings:
        style = replace(style, weight=float(settings["axes.linewidth"]) / 0.8)
    dpi = settings.get("savefig.dpi", "figure")
    return style if dpi == "figure" else replace(style, dpi=min(1200.0, max(20.0, float(dpi))))


__all__ = ["STYLES", "Style", "style_of"]
