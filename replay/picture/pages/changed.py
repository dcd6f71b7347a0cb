"""What a phase changed: places by who held them before and after, ground as bars, operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replay.foundation import theme
from replay.model import Scenario
from replay.model.state import (
    UNKNOWN,
    Control,
    Marked,
    Range,
    StateKey,
    by_name,
    control_text,
    listed,
)
from replay.picture.items import Box, Item, Line, Point, Symbol
from replay.picture.layers.bars import ground_bar
from replay.picture.layers.margin import amount_text
from replay.picture.layers.symbology import colour_of, mark, outline_of
from replay.picture.pages.flow import Block, Figure, Row
from replay.scene import Ground, PlaceMark, Scene
from replay.text.dates import tick_in_words
from replay.timeline.timeline import Timeline

ORIGIN = Point(0, 0)


def short(scenario: Scenario, marked: Marked) -> str:
    """Who holds a place, in as few words as a heading has room for."""
    text = _held(scenario, marked.value)
    if marked.mark == "certain":
        return text
    if marked.mark == "disputed":
        return f"{text} (sources differ)"
    could = " or ".join(dict.fromkeys(_held(scenario, value) for value in marked.could))
    return f"{text}, perhaps already {could}"


def _held(scenario: Scenario, value: object) -> str:
    if not isinstance(value, Control):
        return "not known"
    text = control_text(value, scenario.name)
    if value.status == "contested":
        inside = listed(by_name(value.sides, scenario.name))
        return "contested: " + inside + text.partition(inside)[2]
    return "not known" if value == UNKNOWN else text.removeprefix("held by ")


def changes(begin: Scene, end: Scene) -> list[tuple[PlaceMark, PlaceMark]]:
    """The places that two days show otherwise, in the order of the script."""
    pairs = zip(begin.marks, end.marks, strict=True)
    return [(a, b) for a, b in pairs if a.control != b.control]


def changed_hands(
    scenario: Scenario, begin: Scene, end: Scene, listed: Sequence[str] = (), sep: str = "→"
) -> Iterator[Block]:
    """Places by what they were and what they are; those that the map does not name come last."""
    groups: dict[tuple[str, str], list[tuple[PlaceMark, PlaceMark]]] = {}
    for a, b in changes(begin, end):
        words = short(scenario, a.control), short(scenario, b.control)
        groups.setdefault(words, []).append((a, b))
    for (before, after), pairs in groups.items():
        first, then = pairs[0][0].control, pairs[0][1].control
        names = [b.name for _, b in pairs if b.place not in listed]
        hidden = [b.name for _, b in pairs if b.place in listed]
        told = [", ".join(names)] if names else []
        told += [f"not named on the map: {', '.join(hidden)}"] if hidden else []
        was, now = (mark(scenario, m, ORIGIN, outline_of("town"), 11) for m in (first, then))
        yield Block(
            (
                Row(
                    f"{before} {sep} {after}", 11.0, bold=True, symbol=was, becomes=now, between=sep
                ),
                Row("; ".join(told), 11.0, indent=38),
            ),
            gap=5,
        )


def remaining(scenario: Scenario, end: Scene, places: Sequence[str]) -> Iterator[Block]:
    """Places by what is known of their control."""
    groups: dict[str, list[PlaceMark]] = {}
    for fact in end.marks:
        if fact.place in places:
            groups.setdefault(short(scenario, fact.control), []).append(fact)
    for words, facts in groups.items():
        symbol = mark(scenario, facts[0].control, ORIGIN, "circle", 10)
        names = ", ".join(fact.name for fact in facts)
        yield Block((Row(f"{words}: {names}", 10.0, symbol=symbol),), gap=4)


# --- ground -----------------------------------------------------------------------------------


def ground(scenario: Scenario, begin: Scene, end: Scene) -> Iterator[Block]:
    """Areas and routes of which more, or less, is known to be taken than before, as bars."""
    before = {g.of: g for g in begin.grounds}
    for now in end.grounds:
        then = before.get(now.of)
        if then is None or (then.amount, then.share) != (now.amount, now.share):
            yield _bar(scenario, then, now)


def _bar(scenario: Scenario, then: Ground | None, now: Ground) -> Block:
    told = amount_text(now)
    had = then is not None and (then.amount is not None or then.share is not None)
    was = f" (before: {amount_text(then)})" if then is not None and had else ""
    doubt = "" if now.mark == "certain" else f" ({now.mark})"
    row = Row(f"{now.name}: {told}{was}{doubt}", 11.0, of=now.of)
    if now.share is None:
        return Block((row,), gap=5)
    known = then.share if then is not None else None
    colour = colour_of(scenario, now.side)
    rest = colour_of(scenario, now.rest) if now.rest else None
    return Block(
        (row,),
        gap=7,
        figure=Figure(12, lambda box: _share_bar(_lower(box), colour, now, known, rest)),
    )


def _lower(box: Box) -> Box:
    """The part of a box that stands off from the words above."""
    return box._replace(y=box.y + 4, h=box.h - 4)


def _share_bar(
    box: Box, colour: str, now: Ground, before: Range | None, rest: str | None
) -> list[Item]:
    """How much is taken; a tick where it stood before."""
    found = list(ground_bar(now, box, colour, rest, 1.0))
    if before is not None and before.low > 0:
        x = box.x + box.w * min(1, before.low)
        ends = (Point(x, box.y - 2), Point(x, box.bottom + 2))
        found.append(Line(points=ends, colour=theme.INK, width=1.6, of=now.of))
    return found


# --- operations -------------------------------------------------------------------------------


def operations(timeline: Timeline, first: int, last: int, end: Scene) -> Iterator[Block]:
    """How each operation stood at the end, and the days on which that changed."""
    scenario = timeline.scenario
    for effort in end.efforts:
        turns = [
            f"{_day(timeline, c.tick)} {c.after.value}"
            for c in timeline.history(StateKey("effort", effort.operation))
            if first <= c.tick <= last and c.after.value != c.before.value
        ]
        if turns or effort.status == "under way":
            colour = colour_of(scenario, effort.side)
            symbol = Symbol(at=ORIGIN, shape="triangle", size=10, fill=colour)
            text = "; ".join(turns) or f"{effort.status} throughout"
            row = Row(f"{effort.name}: {text}", 11.0, symbol=symbol, of=effort.operation)
            yield Block((row,), gap=4)


def _day(timeline: Timeline, tick: int) -> str:
    """A day without its year, which stands at the top of the sheet."""
    words = tick_in_words(timeline.scenario.calendar, tick)
    return " ".join(words.split(" ")[:2]) if timeline.scenario.step == "day" else words
