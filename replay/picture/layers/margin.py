"""The margin: ground taken as bars, and the places that the documents do not let one locate."""

from __future__ import annotations

from collections.abc import Iterator

from replay.foundation import theme
from replay.model.state import SOME_PART, Control, Marked, Range, held, spell_number
from replay.picture.items import Box, Item, Point, Symbol, Text
from replay.picture.layers.bars import ground_bar
from replay.picture.layers.day import LASTING
from replay.picture.layers.frame import Frame
from replay.picture.layers.symbology import by_this_day, colour_of, mark, outline_of
from replay.picture.layers.text_metrics import fitted, width
from replay.scene import Ground, Scene

BAR_ROW, LOW_ROW = 33.0, 27.0
PLACE_ROW = 13.8
HEADING = 17.0
SIGNED = 13.0
"""Room for the sign of a side before a bar."""


def margin(scene: Scene, frame: Frame, listed: bool = True) -> list[Item]:
    """Areas and routes as bars with low, best and high; then (`listed`) places on no map."""
    u, room = frame.unit, frame.boxes.margin
    found: list[Item] = []
    y = room.y
    grounds = [ground for ground in scene.grounds if ground.of in frame.census.grounds]
    if grounds:
        found.append(heading("Areas and routes", room.x, y, u))
        if any(g.basis == "interpolated" for g in grounds):
            found.append(_note("dashed: interpolated", room.right, y, u))
        y += HEADING * u
        bars, y = _bars(grounds, room._replace(y=y, h=room.bottom - y), frame)
        found += bars
        y += 4 * u
    if listed:
        found += _places(scene, frame, Box(room.x, y, room.w, room.bottom - y))
    return found


def _bars(grounds: list[Ground], room: Box, frame: Frame) -> tuple[list[Item], float]:
    """Bars side by side where there is room, those without any left out; and where they end."""
    u, gap = frame.unit, 16 * frame.unit
    abreast = max(1, min(len(grounds), int((room.w + gap) / (230 * u))))
    wide = (room.w - gap * (abreast - 1)) / abreast
    rows = -(-len(grounds) // abreast)
    step = BAR_ROW * u if rows * BAR_ROW * u <= room.h * 0.6 else LOW_ROW * u
    found: list[Item] = []
    for n, ground in enumerate(grounds):
        x, y = room.x + n % abreast * (wide + gap), room.y + n // abreast * step
        if y + step <= room.bottom + 4 * u:
            found += _bar(ground, Box(x, y, wide, step), frame)
    return found, min(room.bottom, room.y + rows * step)


def _note(text: str, x: float, y: float, u: float) -> Text:
    return Text(
        at=Point(x, y + 11 * u),
        text=text,
        size=9 * u,
        colour=theme.SOFT,
        align="right",
        italic=True,
    )


def heading(text: str, x: float, y: float, u: float) -> Text:
    """The title of a list."""
    return Text(
        at=Point(x, y + 11 * u),
        text=text,
        size=11 * u,
        colour=theme.INK,
        bold=True,
        face="headline",
    )


# --- ground -----------------------------------------------------------------------------------


def _bar(ground: Ground, row: Box, frame: Frame) -> Iterator[Item]:
    u = frame.unit
    y = row.y + 10 * u
    told, x = amount_text(ground), row.x
    if fought_over(ground):
        at = Point(x + 7.5 * u, y - 3.5 * u)
        yield mark(frame.scenario, ground.control, at, "circle", 8 * u, of=ground.of)
        x += (BEFORE + 3) * u
    name = fitted(ground.name, 10 * u, row.right - x - width(told, 9.5 * u) - 8 * u)
    yield Text(at=Point(x, y), text=name, size=10 * u, colour=theme.INK, of=ground.of)
    yield Text(
        at=Point(row.right, y),
        text=told,
        size=9.5 * u,
        colour=theme.SOFT,
        align="right",
        of=ground.of,
    )
    yield from signed_bar(ground, row._replace(y=y + 4 * u, h=min(9 * u, row.h - 19 * u)), frame)


def fought_over(ground: Ground) -> bool:
    """Whether a mark says more of an area or route than its bar: a road that is cut, a plain that
    is surrounded, what several sides hold.
    """
    value = ground.control.value
    if not isinstance(value, Control) or value.status == "unknown":
        return False
    return value.status in ("contested", "besieged") or bool(value.by) or value.jointly


def signed_bar(ground: Ground, box: Box, frame: Frame) -> Iterator[Item]:
    """The bar of what is taken, after the sign of the side that has it, so that it can be told
    without colours; and before that of the side that had it all.
    """
    u, scenario = frame.unit, frame.scenario
    if ground.side is None or (ground.share is None and ground.amount is None):
        return
    room = box._replace(x=box.x + SIGNED * u, w=box.w - SIGNED * u)
    sides = [(ground.side, box.x)]
    if ground.rest is not None and ground.share is not None and ground.share.low < 1:
        room = room._replace(w=room.w - SIGNED * u)
        sides.append((ground.rest, box.right - 8 * u))
    for side, x in sides:
        at = Point(x + 4 * u, box.centre.y)
        yield mark(scenario, Marked(held(side)), at, "square", 8 * u, of=ground.of)
    rest = None if ground.rest is None else colour_of(scenario, ground.rest)
    dash = (3.0 * u, 2.0 * u) if ground.basis == "interpolated" else ()
    yield from ground_bar(ground, room, colour_of(scenario, ground.side), rest, u, dash)


def amount_text(ground: Ground) -> str:
    """How much, of how much, and on what it rests."""
    unit = "km²" if ground.unit == "km2" else "km"
    if ground.share == SOME_PART:
        return "a part" + (" ≠" if ground.mark == "disputed" else "")
    if ground.amount is None and ground.share is None:
        value = ground.control.value
        if isinstance(value, Control) and value.status != "unknown":
            words: str = "held by nobody" if value.status == "none" else value.status
            words += ", besieged" if value.by and value.status != "besieged" else ""
            return words + {"certain": "", "possible": " ?", "disputed": " ≠"}[ground.mark]
        return f"? of {about(ground.size)} {unit}" if ground.size else "?"
    if ground.amount is None and ground.share is not None:
        text = percent(ground.share)
    else:
        assert ground.amount is not None
        whole = f" of {about(ground.size)}" if ground.size else ""
        text = f"{about(ground.amount)}{whole} {unit}"
    return text + (" ≠" if ground.mark == "disputed" else "")


def about(number: Range) -> str:
    """A number for a reader: the best value, or its bounds where there is none."""
    if number.exact:
        return _grouped(number.low)
    if number.best is None:
        return f"{_grouped(number.low)}+"
    if number.high is None:
        return f"{_grouped(number.low)}+"
    if number.low < number.best * 0.85:
        return f"{_grouped(number.low)}–{_grouped(number.high)}"
    return f"~{_grouped(number.best)}"


def _grouped(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return spell_number(round(value, 1) if value < 100 else round(value))


def percent(share: Range) -> str:
    """A share for a reader."""
    if share.exact:
        return f"{share.low * 100:.0f} %"
    high = "?" if share.high is None else f"{share.high * 100:.0f}"
    return f"{share.low * 100:.0f}–{high} %"


# --- places -----------------------------------------------------------------------------------

SIZE = 9.5
BEFORE, BETWEEN = 15.0, 9.0
"""Room for the mark before a name, and between a name and the next mark."""

Row = list[tuple[str, float]]
"""Places with the pixels at which they begin."""


def _places(scene: Scene, frame: Frame, room: Box) -> Iterator[Item]:
    """Marks and names of the places that stand on no map, as many to a line as have room."""
    u = frame.unit
    lists = [(title, list(_rows(frame, places, room.w))) for title, places in frame.lists]
    y, left = room.y, 0
    for title, rows in lists:
        fits = max(0, int((room.bottom - y - (HEADING + 12) * u) / (PLACE_ROW * u)))
        kept = rows if len(rows) * PLACE_ROW * u <= room.bottom - y - HEADING * u else rows[:fits]
        left += sum(len(row) for row in rows[len(kept) :])
        if kept:
            yield heading(title, room.x, y, u)
            y += HEADING * u
            yield from _listed(scene, frame, Point(room.x, y), kept)
            y += (len(kept) * PLACE_ROW + 4) * u
    if left and y + 12 * u <= room.bottom + 3 * u:
        at = Point(room.x, y + 8 * u)
        all_ = left == sum(len(row) for _, rows in lists for row in rows)
        text = f"{left} places are on no map" if all_ else f"and {left} more: see the log"
        yield Text(at=at, text=text, size=9.5 * u, colour=theme.SOFT, italic=True)


def _rows(frame: Frame, places: tuple[str, ...], wide: float) -> list[Row]:
    """Each place in the first line that has room for it: the same on every day."""
    u = frame.unit
    rows: list[Row] = []
    ends: list[float] = []
    for place in places:
        name = frame.scenario.name(place)
        need = BEFORE * u + min(width(name, SIZE * u), wide - BEFORE * u)
        row = next((n for n, end in enumerate(ends) if end + need <= wide), len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(0.0)
        rows[row].append((place, ends[row]))
        ends[row] += need + BETWEEN * u
    return rows


def _listed(scene: Scene, frame: Frame, corner: Point, rows: list[Row]) -> Iterator[Item]:
    u = frame.unit
    facts = {m.place: m for m in scene.marks}
    events = (event for event in scene.events if event.exact or event.type != LASTING)
    today = {place: event for event in events for place in event.places}
    for n, row in enumerate(rows):
        for place, x in row:
            at = Point(corner.x + x + 6 * u, corner.y + (n + 0.5) * PLACE_ROW * u)
            fact = facts[place]
            if place in today:
                event = today[place]
                look = {"fill": theme.TODAY} if event.exact else by_this_day(u)
                yield Symbol(at=at, shape="circle", size=15 * u, of=event.event, **look)
            yield mark(frame.scenario, fact.control, at, outline_of(fact.kind), 9.5 * u, of=place)
            name = fitted(fact.name, SIZE * u, frame.boxes.margin.w - BEFORE * u)
            spot = Point(at.x + 9 * u, at.y + 3.5 * u)
            yield Text(at=spot, text=name, size=SIZE * u, colour=theme.INK, of=place)
