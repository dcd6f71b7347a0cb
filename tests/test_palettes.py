"""A picture names the roles of its colours; a palette says what they are on the page."""

from __future__ import annotations

import pytest

from replay.foundation import theme
from replay.foundation.palettes import LIGHT, PALETTES, Palette, mixture

ROLES = {
    value for name, value in vars(theme).items() if name.isupper() and isinstance(value, str)
} | set(theme.SIDES)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_palette_knows_every_role_and_no_other(palette: Palette) -> None:
    assert set(palette.colours) == ROLES


def test_a_mixture_lies_between_its_colours_and_may_hold_mixtures() -> None:
    plain = Palette("plain", {"ink": "#000000", "paper": "#FFFFFF"})
    half = theme.mixed_colour("ink", "paper", 0.5)
    assert plain.resolve(half) == "#808080"
    assert plain.resolve(theme.mixed_colour(half, "paper", 0.5)) == "#C0C0C0"
    assert plain.resolve(theme.mixed_colour("paper", half, 0)) == "#FFFFFF"
    assert plain.resolve("#123456") == "#123456"
    assert mixture(theme.mixed_colour(half, "paper", 0.25)) == (half, "paper", 0.25)


def test_a_colour_without_a_role_is_refused() -> None:
    with pytest.raises(KeyError):
        LIGHT.resolve("mauve")
