"""Tallies that events carry: which series a reported number belongs to, and what it does to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from replay.events.shares import share_effects, share_follows
from replay.model import Claim, Effect, Event, Scenario, TallyEntry
from replay.model.event import EVERYWHERE
from replay.model.state import Count, StateKey, Step, TallyKey, Value, tallied, tally_of
from replay.model.state import Tally as TallyValue


def series(event: Event, entry: TallyEntry, first: Event) -> TallyKey:
    """The series of an entry, with what the event says where the entry says nothing.

    `first` is the event as written. Versions of it that give another number of the same thing
    differ in the same series, that of the counter whom the event names, whoever gives them.
    """
    mine = _subject(event, entry, first)
    level = entry.kind == "level"
    levels = (e for e in first.tallies if (e.kind == "level") == level)
    alike = [e for e in levels if _subject(first, e, first) == mine]
    same = next((e for e in alike if e.counted_by == entry.counted_by), None)
    named = same or next(iter(alike), entry)
    name, unit, of, by, where = mine
    return TallyKey(name, unit, of, where, named.counted_by or counter(first), by, level)


def _subject(
    event: Event, entry: TallyEntry, first: Event
) -> tuple[str, str, str | None, str | None, tuple[str, ...]]:
    """What an entry counts: name, unit, of whom, by whom, where.

    A claim that names fewer of the event's places, and gives no number of its own, does not give
    the event's number for these places alone.
    """
    where: tuple[str, ...] = ()
    if entry.where != (EVERYWHERE,):
        places = set(event.place)
        if places < set(first.place) and entry in first.tallies:
            places = set(first.place)
        where = tuple(sorted(places if entry.where is None else set(entry.where)))
    return entry.name, entry.unit, entry.of, entry.by, where


def counter(event: Event) -> str:
    """Who counted, where an entry does not say: the first claim's reporter, else its source.

    Claims that say what the event says come first, and of these those that name who says so.
    """
    first = min(event.claims, key=lambda claim: claim.standing)
    return str(first.reporter or first.cite.source)


def count(event: Event, entry: TallyEntry) -> Count:
    """The number of an entry with the minutes it speaks of.

    A total without a period is one of all until then. A date that is doubtful may be any.
    """
    date = entry.period or event.date
    earliest = None if date is None or date.uncertain else date.bounds.earliest
    latest = None if date is None or date.uncertain else date.bounds.latest
    if entry.kind == "total" and entry.period is None:
        earliest = None
    return Count(
        entry.number,
        -math.inf if earliest is None else earliest,
        math.inf if latest is None else latest,
        entry.kind,
        entry.distinct,
        event.id,
    )


def tally_effects(event: Event, first: Event) -> Iterator[Effect]:
    """What an event's tallies change; `first` is the event as written."""
    for entry in event.tallies:
        if not entry.share_of(event):
            yield tally_of(series(event, entry, first)), _step(count(event, entry))


def _step(said: Count) -> Step:
    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, TallyValue)
        return tallied(before, said)

    return step


def states(claim: Claim, key: StateKey) -> bool:
    """Whether a claim that lists tallies of its own names this one: it states no other number."""
    listed = claim.words.get("tallies")
    if key.tally is None or not isinstance(listed, (list, tuple)):
        return True
    return any(_names(entry, key.tally) for entry in listed)


def _names(entry: Any, counted: TallyKey) -> bool:
    said = entry if isinstance(entry, dict) else dict(entry)
    of = said.get("of")
    return said.get("name") == counted.name and of in (None, counted.of)


def effects(event: Event, first: Event, scenario: Scenario) -> Iterable[Effect]:
    """All that an event changes: what its type says, its tallies, and shares of its places."""
    own = event.effects(scenario)
    if scenario.shared:
        own = list(own)
        own += share_follows(own, scenario)
        own += share_effects(event, scenario)
    return chain(own, tally_effects(event, first)) if event.tallies else own
