"""The legend: only what occurs in the replay, fixed before the first picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from replay.foundation import theme
from replay.model import Scenario
from replay.model.state import EMPTY, UNKNOWN, Marked, besieged, contested, held
from replay.picture.items import Item, Line, Outline, Point, Shape, Symbol, Text
from replay.picture.layers.arrows import arc, arrow, head
from replay.picture.layers.ground_labels import NOT_STATED
from replay.picture.layers.occurrences import Census
from replay.picture.layers.optional import BANDS, LEGEND, OPACITY
from replay.picture.layers.symbology import by_this_day, colour_of, mark
from replay.picture.layers.text_metrics import width
from replay.picture.layers.window import extent_of_map, wide_km
from replay.text.dates import this_step

if TYPE_CHECKING:
    from replay.picture.layers.frame import Frame
    from replay.scene import Scene

ROW = 17.0
SIZE = 10.2
SIGN = 12.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign and what it means."""

    text: str
    control: Marked | None = None
    shape: Outline = "circle"
    colour: str | None = None
    line: str = ""
    """An arrow: solid, dashed, pale or hollow."""
    bar: bool = False
    """A bar, as at the side of an event."""
    hatched: bool = False
    """Strokes, as over an area that has no outline."""
    ring: bool = False
    """A dashed ring, as under what had happened by the day."""
    first: bool = False
    """Whether a group begins with it."""
    extra: str = ""
    """The optional layer that it explains."""


def entries(scenario: Scenario, counted: Census, extra: tuple[str, ...] = ()) -> Iterator[Entry]:
    """What the legend explains, in order: who holds, how surely, what kind of place, what else."""
    yield from _holders(scenario, counted)
    yield from _doubts(counted)
    yield from _kinds(counted)
    yield from _events(scenario, counted)
    yield from _advances(counted)
    if scenario.regions:
        yield Entry(f"area: {NOT_STATED}", hatched=True)
    if _circles(scenario):
        yield Entry("somewhere within", shape="circle", colour="")
    for layer, text in LEGEND.items():
        if layer in extra:
            yield Entry(text, colour=scenario.sides[0].id if scenario.sides else None, extra=layer)


def _two(counted: Census) -> tuple[str, str]:
    """The two sides of all examples, in the same order in each of them."""
    first, second = (*counted.sides, *counted.sides, "", "")[:2]
    return first, second


def _holders(scenario: Scenario, counted: Census) -> Iterator[Entry]:
    first, second = _two(counted)
    for side in counted.sides:
        yield Entry(scenario.side[side].name, Marked(held(side)))
    if "jointly" in counted.states:
        yield Entry("held together", Marked(held(first, second)))
    if "contested" in counted.states:
        yield Entry("contested", Marked(contested(first, second)))
    if "half known" in counted.states:
        yield Entry("contested, one side not known", Marked(contested(first)))
    if "besieged" in counted.states:
        yield Entry("besieged", Marked(besieged([second], [first])))
    if "none" in counted.states:
        yield Entry("held by nobody", Marked(EMPTY))
    if "unknown" in counted.states:
        yield Entry("not known", Marked(UNKNOWN))


def _doubts(counted: Census) -> Iterator[Entry]:
    """The ways in which a mark shows that something else is possible, or that sources differ."""
    first, second = _two(counted)
    one, other = (held(first), held(second)) if first != second else (held(first), EMPTY)
    siege = (besieged([second], [first]),)
    if "possible" in counted.doubts:
        text = "exact time unknown; edge: the other possibility"
        yield Entry(text, Marked(one, "possible", (other,)))
    if "unknown" in counted.doubts:
        yield Entry("not known; edge: who may hold it", Marked(UNKNOWN, "possible", (one,)))
    if "siege possible" in counted.doubts:
        yield Entry("may be besieged", Marked(held(second), "possible", siege))
    if "disputed" in counted.doubts:
        yield Entry("sources differ", Marked(one, "disputed", (other,)))
    if "unequal" in counted.doubts:
        split = contested(first, second)
        yield Entry("≠: sources differ", Marked(split, "disputed", (one,)))
    if "siege disputed" in counted.doubts:
        yield Entry("siege: sources differ", Marked(held(second), "disputed", siege))


def _kinds(counted: Census) -> Iterator[Entry]:
    kinds = {theme.OUTLINES[kind] for kind in counted.kinds}
    for shape, text in theme.OUTLINE_GROUPS:
        if shape in kinds and len(kinds) > 1:
            new = shape == next(one for one, _ in theme.OUTLINE_GROUPS if one in kinds)
            yield Entry(text, shape=shape, colour=theme.RULE, first=new)  # type: ignore[arg-type]
    if counted.context:
        yield Entry("for orientation only", colour=theme.FAINT)


def _events(scenario: Scenario, counted: Census) -> Iterator[Entry]:
    if counted.events:
        unit = this_step(scenario).removeprefix("this ")
        yield Entry(f"event of the {unit}", colour=theme.TODAY, first=True)
        if counted.by_then:
            yield Entry(f"had happened by this {unit}", ring=True)
        for side in counted.actors:
            yield Entry(scenario.side[side].name, colour=colour_of(scenario, side), bar=True)
    if counted.events & {"air-strike", "artillery"}:
        yield Entry("strike or shelling", shape="burst", colour=theme.FIRE)
    if counted.events & {"clash", "contest"}:
        yield Entry("fighting", shape="cross", colour=theme.INK)


def _advances(counted: Census) -> Iterator[Entry]:
    if counted.axes or counted.tracks:
        yield Entry("advance or move", line="solid")
    if counted.towards:
        yield Entry("move towards", line="dashed")
    if counted.bearings:
        yield Entry("advance from this side", line="pale")
    if counted.halted:
        yield Entry("halted advance", line="hollow")


def _circles(scenario: Scenario) -> bool:
    """Whether places are located so vaguely that the map draws circles around them."""
    extent = extent_of_map(scenario)
    radii = [p.radius_km for p in scenario.located.values()]
    return extent is not None and max(radii, default=0.0) > wide_km(extent) * VAGUE


VAGUE = 0.01
"""A circle that is larger, as a share of the width of the map, sticks out under a mark."""


def rows(
    scenario: Scenario, counted: Census, room: float, u: float, extra: tuple[str, ...] = ()
) -> list[list[Entry]]:
    """The entries in rows that have room."""
    found: list[list[Entry]] = [[]]
    x = 0.0
    for entry in entries(scenario, counted, extra):
        wide, apart = _wide(entry, u), _apart(entry, x, u)
        if x + apart + wide > room and found[-1]:
            found.append([])
            x = apart = 0.0
        found[-1].append(entry)
        x += apart + wide
    return found


def _apart(entry: Entry, x: float, u: float) -> float:
    """The gap before a group that does not begin a row."""
    return 7.0 * u if entry.first and x > 0 else 0.0


def _wide(entry: Entry, u: float) -> float:
    return (SIGN + 9.0) * u + width(entry.text, SIZE * u) + 9.5 * u


def height(
    scenario: Scenario, counted: Census, room: float, u: float, extra: tuple[str, ...] = ()
) -> float:
    """How tall the legend is, in a width, with the entries of optional layers."""
    return len(rows(scenario, counted, room, u, extra)) * ROW * u


def legend(scene: Scene, frame: Frame) -> list[Item]:
    """The legend; the same on every day."""
    return list(_legend(frame))


@lru_cache(maxsize=16)
def _legend(frame: Frame) -> tuple[Item, ...]:
    u, box = frame.unit, frame.boxes.legend
    found: list[Item] = []
    for n, row in enumerate(rows(frame.scenario, frame.census, box.w, u, frame.extra)):
        x, y = box.x, box.y + (n + 0.5) * ROW * u
        for entry in row:
            x += _apart(entry, x - box.x, u)
            found += _entry(entry, frame, x, y)
            x += _wide(entry, u)
    return tuple(found)


def _entry(entry: Entry, frame: Frame, x: float, y: float) -> Iterator[Item]:
    u = frame.unit
    at = Point(x + (SIGN / 2 + 2) * u, y)
    if entry.extra:
        yield from _extra(entry, frame, at)
    elif entry.line:
        yield from _line(entry, x, y, u)
    elif entry.bar:
        left, right, top, low = x + 7 * u, x + 10 * u, y - 6 * u, y + 6 * u
        yield Shape(
            rings=((Point(left, top), Point(right, top), Point(right, low), Point(left, low)),),
            fill=entry.colour,
        )
    else:
        yield from _mark(entry, frame, at)
    yield Text(
        at=Point(x + (SIGN + 8) * u, y + SIZE * 0.36 * u),
        text=entry.text,
        size=SIZE * u,
        colour=theme.INK,
    )


def _line(entry: Entry, x: float, y: float, u: float) -> Iterator[Item]:
    """The sign of what is drawn as a line."""
    a, b = Point(x, y), Point(x + (SIGN + 4) * u, y)
    if entry.line == "dashed":
        body = Point(b.x - 6 * u, y)
        dash = (4.0 * u, 2.0 * u)
        yield Line(points=(a, body), colour=theme.SOFT, width=2.0 * u, dash=dash)
        yield Shape(rings=(head(body, b, 7 * u),), fill=theme.SOFT)
    elif entry.line == "hollow":
        dash = (3.0 * u, 2.0 * u)
        yield Shape(rings=(arrow(a, b, 5.5 * u),), edge=theme.SOFT, width=0.8 * u, dash=dash)
    else:
        wide, pale = (5.5 * u, 0.5) if entry.line == "pale" else (4.5 * u, 1.0)
        yield Shape(rings=(arrow(a, b, wide),), fill=theme.SOFT, opacity=pale)


def _mark(entry: Entry, frame: Frame, at: Point) -> Iterator[Item]:
    """The sign of what is drawn as a mark."""
    u = frame.unit
    if entry.control is not None:
        shown = mark(frame.scenario, entry.control, at, entry.shape, SIGN * u)
        yield replace(shown, size=(SIGN - 3) * u) if shown.ring else shown
    elif entry.hatched:
        look: dict[str, Any] = {
            "pattern": "hatched",
            "fill": theme.LAND,
            "second": theme.FAINT,
        }
        yield Symbol(at=at, shape="circle", size=(SIGN + 3) * u, opacity=0.6, **look)
    elif entry.ring:
        yield Symbol(at=at, shape="circle", size=(SIGN + 1) * u, **by_this_day(u))
    elif entry.colour == "":
        yield Symbol(
            at=at,
            shape="circle",
            size=SIGN * 1.2 * u,
            edge=theme.SOFT,
            width=0.9 * u,
            dash=(2.5 * u, 2.5 * u),
        )
    else:
        small = entry.colour == theme.RULE
        edge = theme.SOFT if small else theme.edge_of(entry.colour or theme.PAPER)
        size = {theme.RULE: SIGN - 1.5, theme.FAINT: SIGN * 0.45}.get(entry.colour or "", SIGN + 2)
        yield Symbol(
            at=at,
            shape=entry.shape,
            size=size * u,
            fill=entry.colour,
            edge=None if entry.colour == theme.FAINT else edge,
            width=0.9 * u,
        )


def _extra(entry: Entry, frame: Frame, at: Point) -> Iterator[Item]:
    """The sign of an optional layer."""
    u = frame.unit
    if entry.extra == "tint":
        for n in range(BANDS):
            size = (SIGN + 4) * u * (1 - n / BANDS)
            colour = colour_of(frame.scenario, entry.colour)
            yield Symbol(at=at, shape="circle", size=size, fill=colour, opacity=2 * OPACITY)
    elif entry.extra == "front":
        ends = (Point(at.x - 8 * u, at.y), Point(at.x + 8 * u, at.y))
        yield Line(points=ends, colour=theme.INK, width=2.2 * u, dash=(7.0 * u, 3.0 * u))
    elif entry.extra == "app6":
        wide = ((-7.0, -4.7), (7.0, -4.7), (7.0, 4.7), (-7.0, 4.7))
        corners = tuple(Point(at.x + x * u, at.y + y * u) for x, y in wide)
        colour = theme.mixed_colour(colour_of(frame.scenario, entry.colour), theme.PAPER, 0.6)
        yield Shape(rings=(corners,), fill=colour, edge=theme.INK, width=1.1 * u)
    else:
        points = arc(at, (SIGN / 2 + 0.5) * u, 0.4)
        yield Symbol(at=at, shape="circle", size=(SIGN - 5) * u, fill=theme.FAINT)
        yield Line(points=points, colour=theme.INK, width=1.5 * u, opacity=0.75)
