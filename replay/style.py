"""How things look: colours, outlines and sizes, fixed once for every picture.

The colours of sides are those of Okabe and Ito ("Color Universal Design", 2008), which stay apart
for the colour-blind. Colour never stands alone: the outline of a mark says what kind of place it
is, its filling says how it is held. Nothing blinks.
"""

from __future__ import annotations

from functools import lru_cache

SIDES = {
    "blue": "#0072B2",
    "red": "#D55E00",
    "green": "#009E73",
    "yellow": "#E8B100",
    "purple": "#B0569A",
    "grey": "#7D7D7D",
}
"""The colour of a side, by the word that the script uses."""

PAPER = "#FFFFFF"
INK = "#1B1B1B"
SOFT = "#555555"
PALE = "#6E6E6E"
FAINT = "#8A8A8A"
RULE = "#CFCBC3"
PANEL = "#F4F2EE"
ALERT = "#8A1C5B"
"""Words about sources that differ."""

LAND = "#F7F4EC"
ABROAD = "#EAE6DC"
WATER = "#C3DCE9"
SHORE = "#8DB9D1"
RIVER = "#6FA8C9"
BORDER = "#6A6157"
PROVINCE = "#BDB4A6"
ROAD = "#CDAE8C"
LAND_NAMES = "#8F867A"
WATER_NAMES = "#3E7FA3"
TODAY = "#FFD23F"
"""The glow under a place of which an event of the day speaks."""
FIRE = "#C2261D"
"""Strikes, shelling and clashes of the day."""

OUTLINES = {
    "city": "circle",
    "town": "circle",
    "village": "circle",
    "neighbourhood": "circle",
    "district": "circle",
    "locality": "circle",
    "base": "square",
    "camp": "square",
    "airfield": "triangle",
    "station": "diamond",
    "crossing": "diamond",
    "bridge": "diamond",
    "junction": "diamond",
    "field": "hexagon",
    "plant": "hexagon",
    "quarry": "hexagon",
    "dam": "hexagon",
}
"""The outline of a mark, by the kind of place."""

GROUPS = (
    ("circle", "settlement"),
    ("square", "base or camp"),
    ("triangle", "airfield"),
    ("diamond", "station, crossing, bridge, junction"),
    ("hexagon", "field, plant, quarry or dam"),
)
"""What the outlines mean, in the order of the legend."""

SIZES = {"city": 17.0, "town": 14.5, "base": 13.0, "airfield": 13.0}
"""Diameter of a mark in pixels of a page 720 high; 11.5 for all other kinds."""
SMALL = 11.5


def size_of(kind: str) -> float:
    """Diameter of the mark of a kind of place, on a page 720 pixels high."""
    return SIZES.get(kind, SMALL)


def rank_of(kind: str) -> int:
    """Which names come first where there is no room for all: 0 for cities."""
    order = ("city", "town", "base", "airfield", "dam", "crossing", "village", "station")
    return order.index(kind) if kind in order else len(order)


@lru_cache(maxsize=256)
def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another one in it."""
    a, b = (tuple(int(c[n : n + 2], 16) for n in (1, 3, 5)) for c in (colour, other))
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in zip(a, b, strict=True))


def lighter(colour: str) -> str:
    """The colour of what is only possible."""
    return mixed(colour, "#FFFFFF", 0.55)
