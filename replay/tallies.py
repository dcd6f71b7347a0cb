"""Tallies that events carry: which series a reported number belongs to, and what it does to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from replay.model import Effect, Event, Scenario, TallyEntry
from replay.model.event import EVERYWHERE
from replay.state import Count, Step, TallyKey, Value, added, tally_of, totalled
from replay.state import Tally as TallyValue


def series(event: Event, entry: TallyEntry) -> TallyKey:
    """The series of an entry, with what the event says where the entry says nothing."""
    if entry.where == (EVERYWHERE,):
        where: tuple[str, ...] = ()
    else:
        where = tuple(sorted(set(event.place if entry.where is None else entry.where)))
    return TallyKey(entry.name, entry.unit, entry.of, where, entry.counted_by or counter(event))


def counter(event: Event) -> str:
    """Who counted, where an entry does not say: the first claim's reporter, else its source."""
    first = event.claims[0]
    return str(first.reporter or first.cite.source)


def count(event: Event, entry: TallyEntry) -> Count:
    """The number of an entry with the minutes it speaks of."""
    number = entry.add if entry.add is not None else entry.total
    assert number is not None
    date = entry.period or event.date
    earliest = None if date is None else date.bounds.earliest
    latest = None if date is None else date.bounds.latest
    return Count(
        number,
        -math.inf if earliest is None else earliest,
        math.inf if latest is None else latest,
    )


def tally_effects(event: Event, first: Event) -> Iterator[Effect]:
    """What an event's tallies change.

    `first` is the event as written: its first claim names the counter for every version, so that
    versions that differ in a number differ in the same series.
    """
    for entry in event.tallies:
        said = count(event, entry)
        grow = entry.add is not None
        where = series(event, entry)
        if entry.counted_by is None:
            where = replace(where, counted_by=counter(first))
        yield tally_of(where), _step(said, grow)


def _step(said: Count, grow: bool) -> Step:
    def step(before: Value | None) -> Value | None:
        assert before is None or isinstance(before, TallyValue)
        return added(before, said) if grow else totalled(before, said)

    return step


def effects(event: Event, first: Event, scenario: Scenario) -> Iterable[Effect]:
    """All that an event changes: what its type says, and its tallies."""
    own = event.effects(scenario)
    return chain(own, tally_effects(event, first)) if event.tallies else own
