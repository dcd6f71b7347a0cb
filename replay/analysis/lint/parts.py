"""Questions about a place and its parts: does what is said of one fit what is said of another?"""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.lint.registry import Finding, rule
from replay.model.state import Control, StateKey, control_text
from replay.timeline.timeline import Timeline


@rule("L330", "a part of a place that its holder does not hold")
def _part_of_another(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    for whole, parts in scenario.parts.items():
        for part in parts:
            for tick in _turns(timeline, whole, part):
                said = _contrary(timeline, whole, part, tick)
                if said:
                    day = scenario.calendar.label(tick)
                    message = f"on {day} {scenario.name(whole)} is {said[0]}, its part {said[1]}"
                    hint = (
                        "what happens to a place happens to its parts: say what happened to"
                        f" {scenario.name(part)} then, or that {scenario.name(whole)} was contested"
                        " or taken in part"
                    )
                    yield Finding("L330", part, message, hint)
                    break


def _turns(timeline: Timeline, whole: str, part: str) -> list[int]:
    """The ticks of the window on which the control of one or the other can change."""
    found = {0}
    for place in (whole, part):
        if (key := StateKey("control", place)) in timeline.keys:
            found |= {int(timeline.rows.tick[row]) for row in timeline.rows_of(key)}
    return sorted(tick for tick in found if 0 <= tick < timeline.scenario.calendar.ticks)


def _contrary(timeline: Timeline, whole: str, part: str, tick: int) -> tuple[str, str] | None:
    """What is certain of a place and of a part of it, in words, if it does not go together."""
    state = timeline.at(tick)
    marked = [state[StateKey("control", place)] for place in (whole, part)]
    if any(one.mark != "certain" for one in marked):
        return None
    values = [one.value for one in marked]
    outer, inner = (value if isinstance(value, Control) else None for value in values)
    if outer is None or inner is None or not outer.holders or not inner.sides:
        return None
    if set(inner.sides) <= set(outer.holders):
        return None
    name = timeline.scenario.name
    words = control_text(outer, name), control_text(inner, name)
    return words[0], f"{name(part)} {words[1]}"
