"""How things look: colours by their role, outlines and sizes, fixed once for every picture.

An item names the role of its colour ("ink", "water", "blue": the colour of a side), or a mixture
of two, and a palette says what that is on the page: a picture is made once and drawn in any style.
Colour never stands alone: the outline of a mark says what kind of place it is, its filling says how
it is held. Nothing blinks.
"""

from __future__ import annotations

SIDES = (
    *("blue", "red", "green", "yellow", "purple", "grey"),
    *("brown", "skyblue", "pink", "lime", "violet", "teal"),
)
"""The colours of sides by name, in the order in which they are given out: the names are roles.

A side may also have a colour that is written as #RRGGBB.
"""

PAPER = "paper"
INK = "ink"
SOFT = "soft"
PALE_ROLE = "pale"
FAINT = "faint"
RULE = "rule"
PANEL = "panel"
ALERT = "alert"
"""Words about sources that differ."""

LAND = "land"
ABROAD = "abroad"
WATER = "water"
SHORE = "shore"
RIVER = "river"
BORDER = "border"
PROVINCE = "province"
ROAD = "road"
LAND_NAMES = "land-names"
WATER_NAMES = "water-names"
TODAY = "today"
"""The glow under a place of which an event of the day speaks."""
FIRE = "fire"
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

OUTLINE_GROUPS = (
    ("circle", "settlement"),
    ("square", "base or camp"),
    ("triangle", "airfield"),
    ("diamond", "station, crossing, bridge, junction"),
    ("hexagon", "field, plant, quarry or dam"),
)
"""What the outlines mean, in the order of the legend."""

MARK_SIZES = {"city": 17.0, "town": 14.5, "base": 13.0, "airfield": 13.0}
"""Diameter of a mark in pixels of a page 720 high; 11.5 for all other kinds."""
SMALL_MARK = 11.5


def mark_size_of(kind: str) -> float:
    """Diameter of the mark of a kind of place, on a page 720 pixels high."""
    return MARK_SIZES.get(kind, SMALL_MARK)


def rank_of(kind: str) -> int:
    """Which names come first where there is no room for all: 0 for cities."""
    order = ("city", "town", "base", "airfield", "dam", "crossing", "village", "station")
    return order.index(kind) if kind in order else len(order)


def mixed_colour(colour: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another one in it."""
    return f"mix({colour},{other},{share:g})"


def on(colour: str) -> str:
    """The colour of a letter on another one: ink or paper, whichever can be read."""
    return f"on({colour})"


def lighter(colour: str) -> str:
    """The colour of what is only possible: faded towards the paper."""
    return mixed_colour(colour, PAPER, 0.55)


def edge_of(colour: str) -> str:
    """The edge of a sign of the day."""
    return mixed_colour(colour, INK, 0.35) if colour == TODAY else PAPER
