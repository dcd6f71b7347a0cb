"""A phase in words: what changed, the order of events, numbers, conflicts; each thing once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replay.analysis.notes import place_note, reading_notes
from replay.analysis.takers import taken_differently
from replay.foundation import theme
from replay.foundation.edtf import parse
from replay.foundation.english import format_date
from replay.lens import Reading
from replay.model import Scenario
from replay.model.state import Change, Control, Progress
from replay.picture.items import Point, Symbol
from replay.picture.layers.symbology import colour_of, mark, outline_of
from replay.picture.pages.changed import changed_hands, changes, ground, operations, remaining
from replay.picture.pages.conflicts import Conflict, conflicts
from replay.picture.pages.counts import counted
from replay.picture.pages.flow import Block, Row, heading
from replay.scene import Scene
from replay.text.dates import tick_in_words
from replay.text.narrative import citation_line, day_of
from replay.text.takers import at_event
from replay.timeline.timeline import Timeline

SMALL = 10.0
ORIGIN = Point(0, 0)


def report(
    timeline: Timeline, first: int, last: int, begin: Scene, end: Scene, listed: Sequence[str]
) -> Iterator[Block]:
    """All sections of the sheet of ticks first … last; sections without anything are left out.

    `begin` is the day before the first one. `listed` are the places that the map does not name.
    """
    found = conflicts(timeline, first, last)
    changed = {b.place for _, b in changes(begin, end)}
    still = [place for place in listed if place not in changed]
    sections = (
        ("What changed", list(changed_hands(timeline.scenario, begin, end, listed))),
        ("Areas and routes", list(ground(timeline.scenario, begin, end))),
        ("Operations", list(operations(timeline, first, last, end))),
        ("Order of events", list(order(timeline, first, last, found))),
        ("What was counted", list(counted(timeline, first, last))),
        ("Where sources differ", [conflict_block(n, c) for n, c in enumerate(found, 1)]),
        ("Forces, as documented", list(_forces(timeline.scenario, end, last - first))),
        ("Not named on the map, and unchanged", list(remaining(timeline.scenario, end, still))),
        ("Sources cited", list(_sources(timeline, first, last))),
    )
    if not timeline.events_on(first, last):
        yield Block((Row(_silence(timeline), 12.0),), gap=10)
    for title, blocks in sections:
        if blocks:
            yield heading(title)
            yield from blocks


def _silence(timeline: Timeline) -> str:
    """That nothing is told of some days, and through whom one looks."""
    if timeline.known_on is None:
        return "No claim that this lens admits tells of an event of these days."
    known = format_date(parse(timeline.known_on))
    return f"No admitted claim that had been reported by {known} tells of an event of these days."


# --- events -----------------------------------------------------------------------------------


def order(
    timeline: Timeline, first: int, last: int, found: Sequence[Conflict] = ()
) -> Iterator[Block]:
    """Every event of the days, by the day on which it had happened, with who says so."""
    yield from told(timeline, timeline.events_on(first, last), found)


def told(
    timeline: Timeline,
    readings: Sequence[Reading],
    found: Sequence[Conflict] = (),
    headed: bool = True,
) -> Iterator[Block]:
    """Events, under their days (`headed`); where sources differ with the number of the conflict."""
    made = _made(timeline)
    day = None
    for reading in readings:
        date = _day(timeline, reading)
        if date != day and headed:
            yield Block((Row(date, 12.0, bold=True),), heading=True, gap=1.0)
            day = date
        yield _event(timeline, reading, date if headed else "", found, made)


def _event(
    timeline: Timeline,
    reading: Reading,
    day: str,
    found: Sequence[Conflict],
    made: dict[str, Change],
) -> Block:
    event = reading.event.id
    numbers = [f"≠{n}" for n, c in enumerate(found, 1) if event in c.events]
    agree, rivals = citation_line(timeline.scenario, reading)
    when = _without_year(timeline, day_of(timeline, reading))
    told = [agree] if when in (day, "no date") else [when, agree]
    told += [f"otherwise: {rival}" for rival in rivals if not numbers]
    told += [at_event(timeline.scenario, one) for one in taken_differently(timeline, reading)]
    rows = [
        Row(reading.shown.event.summary, 11.5, symbol=_sign(timeline, reading, made)),
        Row(" · ".join(told), SMALL, theme.SOFT, indent=17, note=",".join(numbers), of=event),
    ]
    places = (place_note(timeline.scenario, of) for of in reading.shown.event.place)
    notes = (*reading_notes(reading), *(note for note in places if note))
    rows += [Row(note, SMALL, theme.SOFT, indent=17, of=event) for note in notes]
    return Block(tuple(rows), gap=4.5)


def _made(timeline: Timeline) -> dict[str, Change]:
    """The change by which each event is best shown: of control, else of ground."""
    found: dict[str, Change] = {}
    for change in timeline.changes() if len(timeline.rows) < MANY else ():
        known = found.get(change.event)
        if change.key.aspect == "control" and not (
            known and known.key != change.key and known.key.aspect == "control"
        ):
            found[change.event] = change
        elif change.key.aspect == "progress" and change.basis == "documented":
            found.setdefault(change.event, change)
    return found


MANY = 20_000
"""Of more changes than this no event is shown by its change: that would take too long."""


def _sign(timeline: Timeline, reading: Reading, made: dict[str, Change]) -> Symbol:
    """What an event makes of a place, or the colour of the side that acts."""
    scenario, event = timeline.scenario, reading.shown.event
    change = made.get(reading.event.id)
    if change is not None and isinstance(change.after.value, Control):
        kind = scenario.place[change.key.of].kind
        return mark(scenario, change.after, ORIGIN, outline_of(kind), 11)
    if change is not None and isinstance(change.after.value, Progress):
        colour = colour_of(scenario, change.after.value.side)
        return Symbol(at=ORIGIN, shape="hexagon", size=9, fill=colour)
    known = [a for a in event.actors() if a in scenario.side or a in scenario.force]
    side = scenario.side_of(known[0], event) if known else None
    return Symbol(at=ORIGIN, shape="square", size=6, fill=colour_of(scenario, side))


def _day(timeline: Timeline, reading: Reading) -> str:
    """The day (or hour) under which an event is told: that by which it had happened."""
    if not reading.dated:
        return "Without a day"
    if reading.shown.latest < 0:
        return "Before the window"
    words = tick_in_words(timeline.scenario.calendar, reading.shown.latest)
    return _without_year(timeline, words)


def _without_year(timeline: Timeline, words: str) -> str:
    """A date without a year that stands at the top of the page."""
    years = {timeline.scenario.calendar.label(tick)[:4] for tick in _ends(timeline)}
    return words.removesuffix(f" {years.pop()}") if len(years) == 1 else words


def _ends(timeline: Timeline) -> tuple[int, int]:
    return 0, timeline.scenario.calendar.ticks - 1


# --- conflicts and forces ---------------------------------------------------------------------


def conflict_block(n: int, conflict: Conflict) -> Block:
    """A conflict with its number and each side of it."""
    lead, (first, *others) = f"≠{n}", conflict.sides
    if conflict.title:
        rows = [Row(conflict.title, 11.5, bold=True, lead=lead, colour=theme.ALERT)]
        others = [first, *others]
    else:
        says, who = first
        rows = [Row(says, 11.0, lead=lead, colour=theme.ALERT, of=conflict.events[0])]
        rows.append(Row(who, SMALL, theme.SOFT, indent=24, of=conflict.events[0]))
    for says, who in others:
        rows.append(Row(says, 11.0, indent=12, of=conflict.events[0]))
        rows.append(Row(who, SMALL, theme.SOFT, indent=24, of=conflict.events[0]))
    return Block(tuple(rows))


def _forces(scenario: Scenario, end: Scene, days: int) -> Iterator[Block]:
    """Where forces were documented in these days, the latest first."""
    for force in sorted(end.forces, key=lambda f: (f.side, min(s.age_days for s in f.seen))):
        since: dict[str, list[str]] = {}
        for seen in sorted(force.seen, key=lambda s: s.age_days):
            if seen.age_days <= days:
                doubt = " (believed)" if seen.belief else ""
                doubt += "" if seen.mark == "certain" else f" ({seen.mark})"
                day = format_date(parse(seen.since))
                since.setdefault(day, []).append(f"{seen.name}{doubt}")
        if since:
            places = "; ".join(f"{', '.join(names)}, {day}" for day, names in since.items())
            colour = colour_of(scenario, force.side)
            symbol = Symbol(at=ORIGIN, shape="square", size=8, fill=colour)
            text = f"{force.name}: {places}"
            yield Block((Row(text, 11.0, symbol=symbol, of=force.force),), gap=4)


# --- sources ----------------------------------------------------------------------------------


def _sources(timeline: Timeline, first: int, last: int) -> Iterator[Block]:
    """What the short names of sources stand for, of those that the sheet cites."""
    scenario = timeline.scenario
    cited = {
        reading.event.claims[n].cite.source
        for reading in timeline.events_on(first, last)
        for version in reading.versions
        for n in version.claims
    }
    for source in scenario.sources:
        if source.id in cited:
            about = [source.author, source.publisher, source.kind]
            about.append(format_date(source.published) if source.published else "without a date")
            text = f"{source.title} – {', '.join(part for part in about if part)}"
            yield Block((Row(text, SMALL, lead=source.id),), gap=3)
