"""Questions about sides: colours that readers mistake for each other, or hardly see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from replay.analysis.lint.registry import Finding, rule
from replay.foundation.colours import pale, similar_colours
from replay.foundation.theme import SIDES
from replay.model import Side
from replay.timeline.timeline import Timeline


@rule("L341", "two sides whose colours look alike")
def _alike(timeline: Timeline) -> Iterator[Finding]:
    for one, two in combinations(timeline.scenario.sides, 2):
        who = similar_colours(one.colour, two.colour) if one.colour and two.colour else None
        if who is None:
            continue
        if one.colour == two.colour:
            message = f"{one.name} and {two.name} have the same colour, {one.colour}"
        else:
            both = f"{one.name} ({one.colour}) and {two.name} ({two.colour})"
            message = f"the colours of {both} look alike to {who}"
        letters = f"only the letters {one.letter} and {two.letter} tell their marks apart"
        yield Finding("L341", two.id, f"{message}: {letters}", _instead(timeline))


@rule("L342", "a side whose colour can hardly be seen on the ground of a map")
def _pale(timeline: Timeline) -> Iterator[Finding]:
    for side in timeline.scenario.sides:
        if side.colour and pale(side.colour):
            message = f"the marks of {side.name} ({side.colour}) can hardly be seen on the map"
            yield Finding("L342", side.id, message, _instead(timeline))


def _instead(timeline: Timeline) -> str:
    """Colours that no side has, nor one like them."""
    sides: tuple[Side, ...] = timeline.scenario.sides
    used = [side.colour for side in sides if side.colour]
    free = [name for name in SIDES if not any(similar_colours(name, colour) for colour in used)]
    if not free:
        return 'write another colour, such as `colour: "#12AA34"`'
    return f"write another colour; free: {', '.join(free)}"
