"""One colour for a feature, for formats whose marks cannot be split or hatched."""

from __future__ import annotations

from collections.abc import Iterable

from replay.foundation import theme
from replay.foundation.palettes import LIGHT
from replay.model import Scenario
from replay.outputs.formats.features import Feature

Channels = tuple[int, int, int]


def tint(scenario: Scenario, feature: Feature) -> Channels:
    """Red, green and blue, 0 to 255.

    The holder's or the actor's colour; that of all sides mixed where they contest a place; soft
    where nobody is known. What is only possible is lighter.
    """
    sides = [feature.facts["side"]] if feature.facts["side"] else feature.facts["sides"]
    colour = blend(scenario.colours[side] for side in sides)
    return channels(theme.lighter(colour) if feature.facts["mark"] == "possible" else colour)


def blend(colours: Iterable[str]) -> str:
    """The role of several colours mixed in equal parts."""
    mixed = theme.SOFT
    for count, colour in enumerate(colours, 1):
        mixed = colour if count == 1 else theme.mixed_colour(mixed, colour, 1 / count)
    return mixed


def channels(colour: str) -> Channels:
    """What a role is on light paper."""
    spelled = LIGHT.resolve(colour)
    return int(spelled[1:3], 16), int(spelled[3:5], 16), int(spelled[5:7], 16)
