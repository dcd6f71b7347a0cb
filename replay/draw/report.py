"""A phase in words: what changed hands, how operations and forces stand, numbers, conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replay import style
from replay.analysis.narrative import citations, day_of, sides
from replay.analysis.narrative import heading as about_what
from replay.analysis.tallies import Row as Counted
from replay.analysis.tallies import rows as counted_rows
from replay.analysis.wording import control, number
from replay.dates import parse
from replay.draw.flow import Block, Row, heading
from replay.explain import Dispute, disputes
from replay.layers.looks import colour_of, mark, outline_of
from replay.layers.margin import about, percent
from replay.lens import Reading
from replay.model import Scenario
from replay.picture import Point, Symbol
from replay.scene import ForceMark, PlaceMark, Scene
from replay.spoken import human_date
from replay.state import UNKNOWN, Change, Key, Marked, Progress, Value
from replay.tallies import Series
from replay.timeline import Timeline

SMALL = 10.5
ORIGIN = Point(0, 0)


def report(
    timeline: Timeline, first: int, last: int, end: Scene, unmarked: Sequence[str]
) -> Iterator[Block]:
    """All sections of the sheet of ticks first … last; sections without anything are left out.

    `unmarked` are places for whose marks the page has no room.
    """
    sections = (
        ("What changed hands", list(_changes(timeline, first, last))),
        ("Ground taken", list(_ground(timeline, first, last))),
        ("Operations", list(_efforts(timeline, first, last, end))),
        ("What else happened", list(_others(timeline, first, last))),
        ("What was counted", list(_numbers(timeline, first, last))),
        ("Where sources differ", list(_conflicts(timeline, first, last))),
        ("Forces, where last documented", list(_forces(timeline.scenario, end))),
        ("Places that stand on no map", list(_unmarked(timeline.scenario, end, unmarked))),
    )
    for title, blocks in sections:
        if blocks:
            yield heading(title)
            yield from blocks


# --- control ----------------------------------------------------------------------------------


def _changes(timeline: Timeline, first: int, last: int) -> Iterator[Block]:
    """For each event that changes the control of places: the day, the places, who says so."""
    scenario = timeline.scenario
    groups: dict[tuple[int, str, str], list[Change]] = {}
    for change in timeline.during(first, last):
        changed = _value(change.after) != _value(change.before) or (
            change.after.mark == "disputed" != change.before.mark
        )
        if change.key.aspect == "control" and changed:
            words = control(scenario, change.after)
            groups.setdefault((change.tick, change.event, words), []).append(change)
    for (tick, event, words), changes in groups.items():
        names = ", ".join(scenario.name(change.key.of) for change in changes)
        place = scenario.place[changes[0].key.of]
        symbol = mark(scenario, changes[0].after, ORIGIN, outline_of(place.kind), 13)
        reading = timeline.cause(changes[0].order)
        lead = _date(timeline, reading, tick)
        first_row = Row(f"{names}: {words}", lead=lead, symbol=symbol, of=event)
        yield Block((first_row, *_said(scenario, reading)))


def _value(marked: Marked) -> Value:
    return UNKNOWN if marked.value is None else marked.value


def _said(scenario: Scenario, reading: Reading) -> Iterator[Row]:
    """Who says so, and below it each thing that others say instead."""
    agree, rivals = citations(scenario, reading)
    yield Row(agree, SMALL, style.SOFT, indent=18, of=reading.event.id)
    for rival in rivals:
        yield Row(f"≠ {rival}", SMALL, style.ALERT, indent=18, of=reading.event.id)


def _date(timeline: Timeline, reading: Reading, tick: int) -> str:
    """When an event happened by its shown claims: the day, or "by 27 October"."""
    if reading.shown.latest != tick:
        return _day(timeline, tick)
    year = human_date(parse(timeline.scenario.calendar.label(tick))).rpartition(" ")[2]
    return day_of(timeline, reading).removesuffix(f" {year}")


def _others(timeline: Timeline, first: int, last: int) -> Iterator[Block]:
    """The events that changed no hold on places or ground, in order."""
    told = {
        change.event
        for change in timeline.during(first, last)
        if change.key.aspect in ("control", "progress", "effort")
    }
    scenario = timeline.scenario
    for reading in timeline.events_on(first, last):
        event = reading.shown.event
        if event.id not in told:
            sides = [scenario.side_of(a) for a in event.actors() if a in scenario._sides]
            colour = colour_of(scenario, sides[0] if sides else None)
            symbol = Symbol(at=ORIGIN, shape="square", size=7, fill=colour)
            lead = _date(timeline, reading, reading.shown.latest)
            row = Row(event.summary, lead=lead, symbol=symbol, of=event.id)
            yield Block((row, *_said(scenario, reading)), gap=4)


def _ground(timeline: Timeline, first: int, last: int) -> Iterator[Block]:
    """The documented milestones of areas and routes."""
    scenario = timeline.scenario
    for change in timeline.during(first, last):
        value = change.after.value
        if isinstance(value, Progress) and change.basis == "documented":
            colour = colour_of(scenario, value.side)
            symbol = Symbol(at=ORIGIN, shape="hexagon", size=11, fill=colour)
            text = (
                f"{scenario.name(change.key.of)}: {_amount(value)} by {scenario.name(value.side)}"
            )
            text += "" if change.after.mark == "certain" else f" ({change.after.mark})"
            reading = timeline.cause(change.order)
            lead = _date(timeline, reading, change.tick)
            rows = (Row(text, lead=lead, symbol=symbol, of=change.event), *_said(scenario, reading))
            yield Block(rows)


def _amount(value: Progress) -> str:
    if value.unit == "share":
        return percent(value.amount)
    share = f" ({percent(value.share)})" if value.share is not None else ""
    return f"{about(value.amount)} {'km²' if value.unit == 'km2' else 'km'}{share}"


def _day(timeline: Timeline, tick: int) -> str:
    """A day without its year, which stands at the top of the sheet."""
    words = human_date(parse(timeline.scenario.calendar.label(tick)))
    return " ".join(words.split(" ")[:2]) if timeline.scenario.step == "day" else words


def _efforts(timeline: Timeline, first: int, last: int, end: Scene) -> Iterator[Block]:
    """How each operation stood at the end, and the days on which that changed."""
    scenario = timeline.scenario
    for effort in end.efforts:
        turns = [
            f"{_day(timeline, c.tick)} {c.after.value}"
            for c in timeline.history(Key("effort", effort.operation))
            if first <= c.tick <= last and c.after.value != c.before.value
        ]
        if turns or effort.status == "under way":
            colour = colour_of(scenario, effort.side)
            symbol = Symbol(at=ORIGIN, shape="triangle", size=11, fill=colour)
            text = "; ".join(turns) or effort.status
            yield Block((Row(f"{effort.name}: {text}", symbol=symbol, of=effort.operation),), gap=4)


# --- numbers ----------------------------------------------------------------------------------


def _numbers(timeline: Timeline, first: int, last: int) -> Iterator[Block]:
    """The tallies to which something was added in the phase, each counter's and all together."""
    fresh = {c.key.of for c in timeline.during(first, last) if c.key.aspect == "tally"}
    subjects = {(s.name, s.unit, s.of) for s in map(Series.read, fresh)}
    for row in counted_rows(timeline, last):
        series = Series(row.name, row.unit, row.of, row.where, row.counted_by or "")
        if series.id in fresh or (row.counted_by is None and _subject(row) in subjects):
            yield _number(timeline.scenario, row)


def _subject(row: Counted) -> tuple[str, str, str | None]:
    return row.name, row.unit, row.of


def _number(scenario: Scenario, row: Counted) -> Block:
    whom = f" ({scenario.name(row.of)})" if row.of else ""
    where = f" at {' and '.join(scenario.name(p) for p in row.where)}" if row.where else ""
    by = (
        f"counted by {scenario.name(row.counted_by)}" if row.counted_by else "all counters together"
    )
    period = f", {human_date(parse(row.period))}" if row.period else ""
    lead = number(row.number, "" if row.unit == row.name.split(" ")[0] else row.unit)
    colour = style.ALERT if row.mark == "disputed" else style.INK
    return Block(
        (
            Row(f"{row.name}{whom}{where}", lead=lead, colour=colour),
            Row(f"{by}{period}", SMALL, style.SOFT, indent=18),
        ),
        gap=4,
    )


# --- conflicts --------------------------------------------------------------------------------


def _conflicts(timeline: Timeline, first: int, last: int) -> Iterator[Block]:
    """Each key on which claims differ in the phase, and under it every side of it."""
    found = [d for d in disputes(timeline) if _belongs(d, first, last)]
    taken = {d.key.of for d in found if d.key.aspect == "formation"}
    for dispute in found:
        aspect, of = dispute.key
        if aspect == "presence" and of.partition("@")[2] in taken:
            continue  # it follows from the dispute about who took the place
        rows = [
            Row(_capital(about_what(timeline, dispute)), bold=True, colour=style.ALERT, size=11.5)
        ]
        for says, told in sides(timeline, dispute):
            rows.append(Row(says, 11.5, indent=10, of=dispute.claims[0].event))
            rows.append(Row(told, SMALL, style.SOFT, indent=24, of=dispute.claims[0].event))
        yield Block(tuple(rows))


def _belongs(dispute: Dispute, first: int, last: int) -> bool:
    """Whether a dispute begins in a phase, or (about who holds a place) goes on in it."""
    goes_on = dispute.key.aspect == "control" and dispute.last >= first
    return dispute.first <= last and (dispute.first >= first or goes_on or first == 0)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


# --- forces -----------------------------------------------------------------------------------


def _forces(scenario: Scenario, end: Scene) -> Iterator[Block]:
    for force in sorted(end.forces, key=lambda f: (f.side, min(s.age_days for s in f.seen))):
        symbol = Symbol(at=ORIGIN, shape="square", size=10, fill=colour_of(scenario, force.side))
        yield Block((Row(_presence(force), symbol=symbol, of=force.force),), gap=4)


def _presence(force: ForceMark) -> str:
    """The places of a force, those of the same age together."""
    ages: dict[str, list[str]] = {}
    for seen in force.seen:
        days = "1 day" if seen.age_days == 1 else f"{seen.age_days} days"
        age = "on this day" if seen.age_days == 0 else f"{days} before"
        doubt = " (believed)" if seen.belief else ""
        mark = "" if seen.mark == "certain" else f" ({seen.mark})"
        ages.setdefault(age, []).append(f"{seen.name}{doubt}{mark}")
    told = (f"{', '.join(places)} – {age}" for age, places in ages.items())
    return f"{force.name}: {'; '.join(told)}"


def _unmarked(scenario: Scenario, end: Scene, places: Sequence[str]) -> Iterator[Block]:
    """Places by what is known of their control."""
    groups: dict[str, list[PlaceMark]] = {}
    for fact in end.marks:
        if fact.place in places:
            groups.setdefault(control(scenario, fact.control), []).append(fact)
    for words, facts in groups.items():
        symbol = mark(scenario, facts[0].control, ORIGIN, "circle", 11)
        names = ", ".join(fact.name for fact in facts)
        yield Block((Row(f"{words}: {names}", symbol=symbol),), gap=4)
