"""How a mark looks: what a value of control, and what we know of it, makes of a symbol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

from replay.foundation import theme
from replay.model import Scenario
from replay.model.state import UNKNOWN, Control, Marked
from replay.picture.items import Outline, Point, Sign, Symbol

DASHED = (2.2, 1.4)
DOTTED = (1.1, 1.5)


def colour_of(scenario: Scenario, side: str | None) -> str:
    """The colour of a side; grey where there is none."""
    if side is None or side not in scenario.side:
        return theme.FAINT
    return scenario.colours[side]


def sign_of(scenario: Scenario, side: str | None) -> Sign | None:
    """The sign of a side: none for the first one, nor for those beyond the sixth."""
    order = [s.id for s in scenario.sides]
    signs: tuple[Sign, ...] = get_args(Sign)
    n = order.index(side) if side in order else 0
    return signs[n - 1] if 0 < n <= len(signs) else None


def outline_of(kind: str) -> Outline:
    """The outline of a kind of place."""
    return theme.OUTLINES.get(kind, "circle")  # type: ignore[return-value]


def mark(
    scenario: Scenario, control: Marked, at: Point, shape: Outline, size: float, **more: Any
) -> Symbol:
    """The symbol of a place under a control: filled, split, ringed or hollow, and as sure as it is.

    Possible: lighter, with a dashed edge in the colour of what it may be already. Disputed: striped
    in the colour of what rivals say, with a dashed edge, or with a ≠ where it has several colours.
    If only the siege is in doubt, the filling is as ever and the ring dotted or dashed.
    """
    value = control.value if isinstance(control.value, Control) else UNKNOWN
    look = _plain(scenario, value)
    if control.mark != "certain":
        holders, ring = _rivals(control)
        if holders is not None:
            look |= _doubted(scenario, control, value, holders, look)
        if ring is not None:
            look |= _rings(scenario, (*value.by, *(side for side in ring if side not in value.by)))
            look["ring_dash"] = DOTTED if control.mark == "possible" else DASHED
            look["unequal"] = look.get("unequal", False) or control.mark == "disputed"
    return Symbol(at=at, shape=shape, size=size, **{**look, **more})


Doubt = Literal["possible", "unknown", "disputed", "unequal", "siege possible", "siege disputed"]
"""How a mark shows that its value is not certain: `unknown` if nobody is shown, but somebody may
hold it; `unequal` if a mark of several colours has a ≠.
"""


def doubts(control: Marked) -> frozenset[Doubt]:
    """What the legend must explain of a mark that is not certain."""
    if control.mark == "certain":
        return frozenset()
    holders, ring = _rivals(control)
    found: set[Doubt] = set()
    if ring is not None:
        found.add("siege possible" if control.mark == "possible" else "siege disputed")
    if holders is not None and control.mark == "possible":
        found.add("unknown" if control.value in (None, UNKNOWN) else "possible")
    elif holders is not None:
        found.add("unequal" if _in_pieces(control.value) else "disputed")
    return frozenset(found)


def _rivals(control: Marked) -> tuple[Control | None, tuple[str, ...] | None]:
    """The first alternative that differs in who holds or contests a place, and the besiegers of the
    first one that differs in them; None where none does.
    """
    value = control.value if isinstance(control.value, Control) else UNKNOWN
    others = [other if isinstance(other, Control) else UNKNOWN for other in control.could]
    holders = next((other for other in others if _filling(other) != _filling(value)), None)
    ring = next((other.by for other in others if other.by != value.by), None)
    return (holders if holders or ring is not None else UNKNOWN), ring


def _filling(value: Control) -> tuple[str, tuple[str, ...]]:
    """What the filling of a mark shows of a value: all but its besiegers."""
    return "held" if value.status == "besieged" else value.status, value.sides


def _in_pieces(value: object) -> bool:
    """Whether the filling of a mark has several colours, so that stripes would not show."""
    return isinstance(value, Control) and (value.status == "contested" or value.jointly)


def _doubted(
    scenario: Scenario, control: Marked, value: Control, other: Control, look: dict[str, Any]
) -> dict[str, Any]:
    """How the filling and the edge show that a place may be held differently."""
    rival = _rival(scenario, value, other)
    found: dict[str, Any] = {"dash": DASHED, "width": 1.6, "edge": _visible(rival)}
    if control.mark == "possible":
        found["fill"] = theme.lighter(look["fill"])
        if look.get("second"):
            found["second"] = theme.lighter(look["second"])
            found["others"] = tuple(theme.lighter(colour) for colour in look["others"])
        return found
    if _in_pieces(value):
        inside = rival in (look["fill"], look["second"], *look["others"])
        return found | {"unequal": True, "edge": theme.INK if inside else found["edge"]}
    stripes = _apart(look["fill"], rival)
    return found | {"pattern": "hatched", "second": stripes, "sign": None}


def _rings(scenario: Scenario, sides: Sequence[str]) -> dict[str, Any]:
    """A ring in the colours of besiegers, with their letters where those are needed."""
    look: dict[str, Any] = {"ring": tuple(colour_of(scenario, side) for side in sides)}
    if scenario.lettered:
        look["ring_letters"] = "".join(scenario.side[side].letter for side in sides)
    return look


def _plain(scenario: Scenario, value: Control) -> dict[str, Any]:
    """The look of a value that is certain."""
    look: dict[str, Any] = {"edge": theme.INK, "width": 0.9, "fill": theme.PAPER}
    look |= _rings(scenario, value.by)
    match value.status:
        case "contested":
            look |= _pieces(scenario, value.sides, "split")
        case "held" | "besieged":
            look |= _pieces(scenario, value.sides, "bands")
        case "none":
            look["width"] = 1.9
        case _:
            look |= {"edge": theme.FAINT, "width": 1.4}
    return look


def _pieces(
    scenario: Scenario, sides: Sequence[str], pattern: Literal["split", "bands"]
) -> dict[str, Any]:
    """The colours of some sides, each in its piece, with their letters where those are needed."""
    first, *rest = (colour_of(scenario, side) for side in sides or (None,))
    if pattern == "split" and not rest:
        rest = [theme.FAINT]  # contested by somebody of whom nothing is known
    look: dict[str, Any] = {"fill": first}
    if scenario.lettered:
        look["letters"] = "".join(scenario.side[side].letter for side in sides)
    if rest:
        return look | {"pattern": pattern, "second": rest[0], "others": tuple(rest[1:])}
    return look | {"sign": sign_of(scenario, next(iter(sides), None))}


def _rival(scenario: Scenario, value: Control, other: Control) -> str:
    """The colour of an alternative: of its first side that is not shown already, if any."""
    if other.status == "unknown":
        return theme.RULE
    if other.status == "none":
        return theme.PAPER
    alone = other.status == "contested" and len(other.sides) == 1
    sides = (*other.sides, None) if alone or not other.sides else other.sides
    return colour_of(scenario, next((s for s in sides if s not in value.sides), sides[0]))


def _visible(colour: str) -> str:
    """White would not show as an edge."""
    return theme.INK if colour in (theme.PAPER, theme.RULE) else colour


def _apart(fill: str, rival: str) -> str:
    """Stripes that can be seen on a filling; white ones are kept for "held by nobody"."""
    if rival != fill:
        return rival
    return theme.RULE if fill == theme.PAPER else theme.mixed_colour(fill, theme.INK, 0.5)


def by_this_day(u: float) -> dict[str, Any]:
    """The look of the ring under what had happened by a day."""
    edge = theme.edge_of(theme.TODAY)
    return {"fill": None, "edge": edge, "width": 1.6 * u, "dash": (3.0 * u, 2.2 * u)}
