"""What the panel can show, as rows: the day's events, why, what is disputed, what was counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from replay.analysis.tallies import tally_rows as tally_rows
from replay.foundation import theme
from replay.frontends.terminal.chart import mark_of
from replay.frontends.terminal.raster import Look, printable, shortened
from replay.frontends.terminal.text_layout import Row, dressed
from replay.stepping.navigator import step_stop, stops_on
from replay.stepping.session import Session
from replay.text.explanation import told_numbers
from replay.text.narrative import TextLine
from replay.text.state import (
    changes_within,
    date_in_words,
    told_disputes,
    told_event,
    told_other_disputes,
    told_thing,
    told_undated,
)
from replay.timeline.strip import MARK_SIGNS

Shown = tuple[list[Row], int, dict[int, int]]
"""Rows, the one to begin with, and for rows of events the number of their stop."""

VIEWS = ("events", "why", "disputes", "tallies", "undated")
"""What the panel can show: each is the action that shows it."""


def shown(view: str, walk: Session, width: int) -> Shown:
    """The rows of a view, in a width."""
    if view == "events":
        return _events(walk, width)
    return dressed(_TOLD[view](walk), width), 0, {}


def _events(walk: Session, width: int) -> Shown:
    rows: list[Row] = []
    stops: dict[int, int] = {}
    top = 0
    for number, reading in zip(stops_on(walk.course, walk.at.tick), walk.readings, strict=True):
        told = dressed(told_event(walk.timeline, reading, walk.texts), width - 2)
        here = number == walk.at.stop
        if here:
            top = len(rows)
        for n, row in enumerate(told):
            stops[len(rows)] = number
            sign = ("▶ " if here else "• ") if n == 0 else "  "
            rows.append([(sign, Look(theme.TODAY if here else theme.SOFT)), *_loud(row, here)])
        rows.append([])
    if not stops:
        rows += [*dressed(_quiet(walk), width), []]
    rows += dressed(changes_within(walk.timeline, walk.at.tick), width)
    return rows, top, stops


def _loud(row: Row, here: bool) -> Row:
    """The words of the event that is looked at stand out."""
    return [(text, Look(bold=True) if here and look == Look() else look) for text, look in row]


def _quiet(walk: Session) -> Iterator[TextLine]:
    """When something happens, on a day without events."""
    yield TextLine("note", "No event on this day.")
    for move, words in (("previous-event", "before: ↑"), ("next-event", "next: ↓")):
        there = step_stop(walk.course, walk.at, move)  # type: ignore[arg-type]
        if there.stop is not None:
            yield TextLine("note", f"{words} {date_in_words(walk.timeline, there.tick)}")


def _why(walk: Session) -> Iterator[TextLine]:
    if walk.about is None:
        yield TextLine("note", "Nothing is selected: Tab selects a place, / finds one.")
    else:
        yield from told_thing(walk.timeline, walk.about, walk.now)


def _disputes(walk: Session) -> Iterator[TextLine]:
    yield from told_disputes(walk.timeline, walk.at.tick)
    yield from told_other_disputes(walk.timeline, walk.at.tick)


def _tallies(walk: Session) -> Iterator[TextLine]:
    yield from told_numbers(walk.scenario, tally_rows(walk.timeline, walk.now), why=False)


def _undated(walk: Session) -> Iterator[TextLine]:
    yield from told_undated(walk.timeline, walk.texts)


_TOLD: dict[str, Callable[[Session], Iterator[TextLine]]] = {
    "why": _why,
    "disputes": _disputes,
    "tallies": _tallies,
    "undated": _undated,
}


# --- places -------------------------------------------------------------------------------------


def place_rows(walk: Session, width: int) -> list[tuple[str, Row]]:
    """Every place with its mark, the ones of the day first: what the map shows, as a list."""
    today = {place for event in walk.scene.events for place in event.places}
    facts = sorted(walk.scene.marks, key=lambda mark: (mark.place not in today, mark.context))
    found = []
    for fact in facts:
        letter, look, _ = mark_of(walk.scenario, fact.control)
        doubt = MARK_SIGNS[fact.control.mark]
        name = printable(fact.name) or fact.place
        ink = theme.TODAY if fact.place in today else theme.INK
        since = f" {fact.since}" if fact.since else ""
        room = width - 5 - len(since)
        text = shortened(name, max(room, 2))
        named = Look(ink, italic=fact.at is None, turned=fact.place == walk.about)
        row: Row = [(" ", Look()), (letter, look), (doubt, Look(theme.ALERT)), (" ", Look())]
        found.append((fact.place, [*row, (text, named), (since, Look(theme.SOFT))]))
    return found
