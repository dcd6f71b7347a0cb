"""How a mark looks: what a value of control, and what we know of it, makes of a symbol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

from replay.foundation import theme
from replay.model import Scenario
from replay.model.state import UNKNOWN, Control, Marked, Value
from replay.picture.items import Outline, Point, Sign, Symbol


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
    in the colour of what rivals say, with a dashed edge.
    """
    value = control.value if isinstance(control.value, Control) else UNKNOWN
    look = _plain(scenario, value)
    if control.mark != "certain":
        other = next((c for c in control.could if c != value), None)
        rival = _rival(scenario, other)
        look |= {"dash": (2.2, 1.4), "width": 1.6, "edge": _visible(rival)}
        if control.mark == "possible":
            look["fill"] = theme.lighter(look["fill"])
            if look.get("second"):
                look["second"] = theme.lighter(look["second"])
                look["others"] = tuple(theme.lighter(colour) for colour in look["others"])
        elif look.get("pattern") not in ("split", "bands"):
            look |= {"pattern": "hatched", "second": _apart(look["fill"], rival)}
    return Symbol(at=at, shape=shape, size=size, **{**look, **more})


def _plain(scenario: Scenario, value: Control) -> dict[str, Any]:
    """The look of a value that is certain."""
    look: dict[str, Any] = {"edge": theme.INK, "width": 0.9, "fill": theme.PAPER}
    look["ring"] = tuple(colour_of(scenario, side) for side in value.by)
    if scenario.lettered:
        look["ring_letters"] = "".join(scenario.side[side].letter for side in value.by)
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


def _rival(scenario: Scenario, value: Value | None) -> str:
    """The colour that stands for an alternative."""
    if not isinstance(value, Control) or value.status == "unknown":
        return theme.RULE
    if value.status == "none":
        return theme.PAPER
    return colour_of(scenario, (*value.by, *value.sides, None)[0])


def _visible(colour: str) -> str:
    """White would not show as an edge."""
    return theme.INK if colour in (theme.PAPER, theme.RULE) else colour


def _apart(fill: str, rival: str) -> str:
    """Stripes that can be seen on a filling."""
    return theme.RULE if rival == fill == theme.PAPER else theme.PAPER if rival == fill else rival


def by_this_day(u: float) -> dict[str, Any]:
    """The look of the ring under what had happened by a day."""
    edge = theme.edge_of(theme.TODAY)
    return {"fill": None, "edge": edge, "width": 1.6 * u, "dash": (3.0 * u, 2.2 * u)}
