"""The optional layers of the map: their names, what they rest on, what the legend says of them."""

from __future__ import annotations

from collections.abc import Iterable

from replay.foundation.errors import UsageError, did_you_mean

FADE = 25.0
"""Kilometres from a documented place at which the tint has faded away."""
BANDS, OPACITY = 7, 0.055
"""How many times the tint is laid, each time less far, and how strongly."""
APART = 60.0
"""Kilometres between places of two sides between which a front is drawn at most."""
EXACT = 10.0
"""Places that are known less exactly (in km) carry no front."""
FULL = 30
"""Days for which the arc of an age is a whole circle."""
RECENT = 7
"""Days for which a force is shown where a document saw it."""

OPTIONAL = {
    "tint": "the ground around places that a side holds, fading with the distance: interpolated",
    "front": "lines midway between near places of two sides: interpolated",
    "age": "how long ago a document last spoke of a place",
    "app6": "where documents lately saw forces, in the frames of NATO's APP-6",
}
"""The layers that are drawn only where they are asked for, and what they show."""

LEGEND = {
    "tint": f"interpolated: to {FADE:g} km from a place that is held",
    "front": f"interpolated: midway between places up to {APART:g} km apart",
    "age": f"days since a document spoke of it (full circle: {FULL})",
    "app6": f"force that was seen there in the last {RECENT} days",
}
"""What the legend says of them."""


def optional(names: Iterable[str]) -> tuple[str, ...]:
    """Names of optional layers. Raises UsageProblem U520 for one that is none."""
    chosen = tuple(dict.fromkeys(names))
    for name in chosen:
        if name not in OPTIONAL:
            hint = did_you_mean(name, OPTIONAL) or f"layers: {', '.join(OPTIONAL)}"
            raise UsageError("U520", f"there is no optional layer {name!r}", hint)
    return chosen
