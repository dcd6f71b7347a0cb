"""The day in words: how the operations stand, each event, who says it, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replay.foundation import theme
from replay.model import Scenario
from replay.picture.items import Box, Item, Line, Point, Symbol, Text
from replay.picture.layers.frame import Frame
from replay.picture.layers.land import box as boxed
from replay.picture.layers.symbology import colour_of
from replay.picture.layers.text_metrics import fitted, wrapped
from replay.scene import EffortMark, Happening, Said, Scene
from replay.text.dates import this_step
from replay.text.phrases import since_text, voices


@dataclass(frozen=True, slots=True)
class Fit:
    """How much is said of each event, so that all of them have room."""

    size: float
    lines: int
    said: int
    gap: float = 8.0


FITS = (
    Fit(12, 6, 3),
    Fit(11.5, 4, 2),
    Fit(11, 3, 2),
    Fit(10.5, 3, 1, 6),
    Fit(10.5, 2, 1, 6),
    Fit(10, 2, 1, 4),
    Fit(10, 1, 1, 4),
    Fit(9.5, 1, 1, 2),
)
"""From the most comfortable to the most frugal."""
ABREAST = 560.0
"""Width of the panel from which there are two columns."""


def panel(scene: Scene, frame: Frame) -> list[Item]:
    """The efforts and the events of the day, as large as they have room."""
    u, room = frame.unit, frame.boxes.events
    found: list[Item] = [boxed(room, fill=theme.PANEL)]
    inner = room.inset(9 * u)
    y = inner.y
    y, efforts = _efforts(scene, inner, y, u, frame)
    found += efforts
    below = Box(inner.x, y, inner.w, inner.bottom - y)
    events = (*scene.events, *scene.elsewhere)
    if not events:
        found += _quiet(frame.scenario, below, u)
        return [*found, *_earlier(scene, below._replace(y=below.y + 26 * u, h=below.h - 26 * u), u)]
    if below.w >= ABREAST * u:
        return [*found, *_abreast(scene, events, below, u, frame)]
    for fit in FITS:
        tall = sum(_tall(event, fit, below.w, frame) for event in events)
        if tall <= below.h:
            found += _list(events, fit, below, u, frame)
            rest = below._replace(y=below.y + tall + 6 * u, h=below.h - tall - 6 * u)
            return [*found, *_earlier(scene, rest, u)]
    return [*found, *_cut(events, below, u, frame)]


def _abreast(
    scene: Scene, events: tuple[Happening, ...], below: Box, u: float, frame: Frame
) -> list[Item]:
    """The events of the day in two columns, the first one full before the second begins."""
    gap = 18 * u
    wide = (below.w - gap) / 2
    left, right = below._replace(w=wide), below._replace(x=below.x + wide + gap, w=wide)
    for fit in FITS:
        tall, kept = 0.0, 0
        for event in events:
            tall += _tall(event, fit, wide, frame)
            if tall - fit.gap * u > below.h:
                break
            kept += 1
        first, second = events[:kept], events[kept:]
        tall = sum(_tall(event, fit, wide, frame) for event in second)
        if tall - fit.gap * u <= below.h:
            found = [*_list(first, fit, left, u, frame), *_list(second, fit, right, u, frame)]
            rest = right._replace(y=right.y + tall, h=right.h - tall)
            return [*found, *_earlier(scene, rest, u)]
    return [*_list(first, fit, left, u, frame), *_cut(second, right, u, frame)]


def _quiet(scenario: Scenario, below: Box, u: float) -> Iterator[Item]:
    text = fitted(f"Nothing is dated to {this_step(scenario)}.", 11 * u, below.w)
    at = Point(below.x, below.y + 12 * u)
    yield Text(at=at, text=text, size=11 * u, colour=theme.SOFT, italic=True)


def _earlier(scene: Scene, room: Box, u: float) -> Iterator[Item]:
    """What happened before, in pale letters, as far as there is room."""
    size, step, y, day = 10.5 * u, 13 * u, room.y, ""
    for n, event in enumerate(scene.before):
        lines = wrapped(event.summary, size, room.w - 10 * u, 3)
        tall = len(lines) * step + (4 * u if event.day == day else 19 * u)
        if y + tall + (16 * u if n == 0 else 0) > room.bottom:
            return
        if n == 0:
            ends = (Point(room.x, y), Point(room.right, y))
            yield Line(points=ends, colour=theme.RULE, width=1.0 * u)
            y += 4 * u
        if event.day != day:
            at = Point(room.x, y + 12 * u)
            text = fitted(event.day, 9.5 * u, room.w, True)
            yield Text(at=at, text=text, size=9.5 * u, colour=theme.SOFT, bold=True)
            y, day = y + 15 * u, event.day
        if event.disputed:
            at = Point(room.x, y + 10 * u)
            yield Text(at=at, text="≠", size=size, colour=theme.ALERT, of=event.event)
        for line in lines:
            at = Point(room.x + 10 * u, y + 10 * u)
            yield Text(at=at, text=line, size=size, colour=theme.PALE_ROLE, of=event.event)
            y += step
        y += 4 * u


def _efforts(
    scene: Scene, inner: Box, y: float, u: float, frame: Frame
) -> tuple[float, list[Item]]:
    """A line for each operation that is under way, halted, or ended on this day."""
    found: list[Item] = []
    current = [effort for effort in scene.efforts if _current(effort, scene)]
    whole_of = {op.id: op.part_of for op in frame.scenario.operations}
    wholes = {whole_of[e.operation] for e in current if e.status != "complete"}
    for effort in current:
        if effort.status == "under way" and effort.operation in wholes:
            continue  # its parts say more
        text = f"{effort.name}: {effort.status}"
        if effort.status == "under way" and effort.since:
            text += f" {since_text(effort.since)}"
        text += f" ({effort.reason})" if effort.reason else ""
        text += " [sources differ]" if effort.mark == "disputed" else ""
        colour = colour_of(frame.scenario, effort.side)
        at = Point(inner.x + 5 * u, y + 7 * u)
        hollow = effort.status == "halted"
        found.append(
            Symbol(
                at=at,
                shape="triangle",
                size=9 * u,
                fill=theme.PAPER if hollow else colour,
                edge=colour,
                width=1.4 * u,
                of=effort.operation,
            )
        )
        for line in wrapped(text, 10.5 * u, inner.w - 14 * u, 2):
            found.append(
                Text(
                    at=Point(inner.x + 14 * u, y + 11 * u),
                    text=line,
                    size=10.5 * u,
                    colour=theme.SOFT,
                    of=effort.operation,
                )
            )
            y += 13.5 * u
        y += 2 * u
    return (y + 5 * u if found else y), found


def _current(effort: EffortMark, scene: Scene) -> bool:
    """Whether it is under way, or came to its end or halt in this phase."""
    if effort.status == "under way":
        return True
    return effort.age < (scene.phase_tick if effort.status == "halted" and scene.phase else 1)


# --- events -----------------------------------------------------------------------------------


def _tall(event: Happening, fit: Fit, room: float, frame: Frame) -> float:
    u = frame.unit
    size = fit.size * u
    summary = len(wrapped(event.summary, size, room - 12 * u, fit.lines))
    said = len(_said_lines(event, fit, room - 12 * u, frame))
    return summary * size * 1.22 + said * 12.2 * u + fit.gap * u


def _list(
    events: tuple[Happening, ...], fit: Fit, below: Box, u: float, frame: Frame
) -> Iterator[Item]:
    y, size = below.y, fit.size * u
    for event in events:
        colour = colour_of(frame.scenario, (event.sides or (None,))[0])
        bar = Box(below.x, y + 2 * u, 3 * u, _tall(event, fit, below.w, frame) - fit.gap * u)
        sure = event.exact and not event.shown
        look = {"fill": colour} if sure else {"edge": colour, "width": 0.9 * u}
        yield boxed(bar, of=event.event, **look)
        x = below.x + 10 * u
        for line in wrapped(event.summary, size, below.w - 12 * u, fit.lines):
            at = Point(x, y + size)
            words = theme.SOFT if event.shown else theme.INK
            yield Text(at=at, text=line, size=size, colour=words, of=event.event)
            y += size * 1.22
        for line, differs in _said_lines(event, fit, below.w - 12 * u, frame):
            at = Point(x, y + 9.5 * u)
            colour = theme.ALERT if differs else theme.SOFT
            yield Text(at=at, text=line, size=9.5 * u, colour=colour, of=event.event)
            y += 12.2 * u
        y += fit.gap * u


def _cut(events: tuple[Happening, ...], below: Box, u: float, frame: Frame) -> list[Item]:
    """As many events as have room, those first that move something, and how many more there are."""
    fit, tall = FITS[-1], 16 * u
    kept: list[Happening] = []
    for event in sorted(events, key=lambda event: _weight(event.type)):
        tall += _tall(event, fit, below.w, frame)
        if tall <= below.h:
            kept.append(event)
    shown = tuple(event for event in events if event in kept)
    found = list(_list(shown, fit, below, u, frame))
    if len(shown) < len(events):
        text = f"… and {len(events) - len(shown)} more on this day: see the log"
        at = Point(below.x, below.bottom - 2 * u)
        found.append(Text(at=at, text=text, size=10 * u, colour=theme.SOFT, italic=True))
    return found


CONTROL = frozenset({"capture", "contest", "besiege", "withdraw", "hand-over", "clear"})
EFFORT = frozenset({"launch", "halt", "resume", "complete", "move"})


def _weight(kind: str) -> int:
    """0 for events that change who holds ground, 1 for efforts and moves, 2 for all others."""
    return 0 if kind in CONTROL else 1 if kind in EFFORT else 2


def _said_lines(event: Happening, fit: Fit, room: float, frame: Frame) -> list[tuple[str, bool]]:
    """The claims of an event in lines: those that are shown, then those that differ."""
    u = frame.unit
    if event.shown:
        text = f"≠ dated to {this_step(frame.scenario)} by {_spelled(list(event.said))}"
        text += f"; shown {event.shown}"
        return [(line, True) for line in wrapped(text, 9.5 * u, room, fit.said + 1)]
    agree = _spelled([said for said in event.said if not said.otherwise])
    if not event.exact or event.within:
        agree = f"{event.day} · {agree}" if agree else event.day
    lines = [(line, False) for line in wrapped(agree, 9.5 * u, room, fit.said)]
    if event.disputed:
        rivals = [said for said in event.said if said.otherwise]
        told = "≠ " + "; ".join(_rival(s.otherwise, rivals) for s in _first_of_each(rivals))
        lines += [(line, True) for line in wrapped(told, 9.5 * u, room, fit.said)]
    return lines


def _spelled(said: list[Said]) -> str:
    """Reporters with their citations, each source named once for each of them."""
    cites: dict[tuple[str | None, str], dict[str, None]] = {}
    for one in said:
        cites.setdefault((one.reporter, one.source), {})[one.locator] = None
    return voices(
        (reporter, f"{source}\u00a0{', '.join(places)}")
        for (reporter, source), places in cites.items()
    )


def _first_of_each(rivals: list[Said]) -> list[Said]:
    return list({said.otherwise: said for said in reversed(rivals)}.values())[::-1]


def _rival(says: str, rivals: list[Said]) -> str:
    return f"{says}: {_spelled([said for said in rivals if said.otherwise == says])}"


__all__ = ["fitted", "panel"]
