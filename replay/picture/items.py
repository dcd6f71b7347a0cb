"""A picture as plain data: a page of items (symbols, lines, shapes, texts, images) in layers.

Positions are pixels of the page, from its top left corner, y downwards. Drawers know nothing but
this module: a scene becomes a picture once, and every drawer shows the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple, TypeAlias


class Point(NamedTuple):
    """A position in pixels of the page."""

    x: float
    y: float


class Box(NamedTuple):
    """An upright rectangle on the page: its top left corner, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def centre(self) -> Point:
        return Point(self.x + self.w / 2, self.y + self.h / 2)

    def inset(self, by: float) -> Box:
        """The box with a margin taken away on each side (a negative one is added)."""
        return Box(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def contains(self, other: Box) -> bool:
        return self.holds(other.x, other.y) and self.holds(other.right, other.bottom)

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


Space = Literal["map", "page"]
"""Whether an item moves with the map when that is moved or zoomed, or stays where it is."""

Face = Literal["text", "headline"]
"""Whether words stand in the letters of a style's text, or in those of its headlines."""

Outline = Literal["circle", "square", "triangle", "diamond", "hexagon", "burst", "cross"]
Pattern = Literal["plain", "split", "bands", "hatched"]
Sign = Literal["dot", "bar", "post", "diamond", "cross"]
"""What the marks of a side bear in a style that does without colours."""

Points = tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A filled or outlined area: closed rings, of which inner ones run the other way round."""

    rings: tuple[Points, ...]
    fill: str | None = None
    edge: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    of: str | None = None
    space: Space = "page"
    clip: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line through points; it ends in a point of `head` pixels where that is not 0."""

    points: Points
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    of: str | None = None
    space: Space = "page"
    clip: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A mark at a point: an outline, filled plain, split in sectors, in bands, or hatched.

    It keeps its size in pixels when the map is zoomed. `symbol_shapes.parts` says exactly what it
    looks like.
    """

    at: Point
    shape: Outline
    size: float
    """Diameter of the circle that holds it."""
    fill: str | None = None
    second: str | None = None
    """The colour of the second sector or band, or of the hatching."""
    others: tuple[str, ...] = ()
    """The colours of further sectors or bands."""
    pattern: Pattern = "plain"
    portion: float = 0.5
    """Of two sectors, how much of the mark the first one has."""
    edge: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    ring: tuple[str, ...] = ()
    """The colours of a ring around it: one, or as many arcs."""
    ring_dash: tuple[float, ...] = ()
    unequal: bool = False
    """Whether a small ≠ is at its corner: sources differ over it."""
    sign: Sign | None = None
    """Drawn only in styles that do without colours."""
    letters: str = ""
    """A letter for each colour of the filling: of sides that colours do not tell apart."""
    ring_letters: str = ""
    """A letter for each colour of the ring."""
    opacity: float = 1.0
    of: str | None = None
    space: Space = "page"
    clip: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text; `at` is on its baseline, at its left end, middle or right end."""

    at: Point
    text: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    align: Literal["left", "centre", "right"] = "left"
    halo: str | None = None
    """The colour of an outline that sets it off from what is below."""
    turn: float = 0.0
    """Degrees against the clock, around `at`."""
    face: Face = "text"
    of: str | None = None
    space: Space = "page"
    clip: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A raster picture, as the bytes of a PNG file, in a box."""

    box: Box
    png: bytes
    opacity: float = 1.0
    of: str | None = None
    space: Space = "page"
    clip: Box | None = None


Item: TypeAlias = Shape | Line | Symbol | Text | Image


@dataclass(frozen=True, slots=True)
class Layer:
    """The items of one layer, in drawing order."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page: its size in pixels, its colour, and its layers from the lowest to the highest."""

    size: tuple[int, int]
    paper: str
    layers: tuple[Layer, ...]

    @property
    def items(self) -> Iterator[Item]:
        """All items, in drawing order."""
        return (item for layer in self.layers for item in layer.items)

    def to_json(self) -> dict[str, Any]:
        """The picture as plain data, ready for `json.dumps`."""
        return {
            "size": list(self.size),
            "paper": self.paper,
            "layers": [
                {"name": layer.name, "items": [_plain(item) for item in layer.items]}
                for layer in self.layers
            ],
        }


def _plain(item: Item) -> dict[str, Any]:
    data = asdict(item)
    if isinstance(item, Image):
        import base64

        data["png"] = base64.b64encode(item.png).decode("ascii")
    return {"item": type(item).__name__.lower(), **data}
