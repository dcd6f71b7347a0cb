"""Campaigns made by chance, as scripts; and an oracle that writes out the readings of their dates.

The oracle knows nothing of how the program finds its answer. It takes every order of the events
that bear on a place, and for each moment every number of events that may have happened by then; it
keeps those for which there are times within the bounds of the dates, and folds the events in that
order.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import permutations
from typing import Any

from replay.events.tallies import effects
from replay.lens import Reading, Version
from replay.model.state import UNKNOWN, StateKey, Step, Value
from replay.timeline.timeline import Timeline

FIRST, LAST = 24, 33
"""Days of October 2017, and of November from 32 on, between which events lie."""
PLACES = ("town", "station", "village")
SIDES = ("north", "south", "east")
FORCES = {"first": "north", "second": "north", "guard": "south", "riders": "east"}
SOURCES = ("gazette", "memoir", "wire", "copy")
TYPES = ("capture", "capture", "hold", "contest", "withdraw", "besiege", "hand-over")

Script = dict[str, Any]


def day(number: int) -> str:
    return f"2017-10-{number:02d}" if number < 32 else f"2017-11-{number - 31:02d}"


def dated(chance: random.Random) -> str:
    """A day, an hour, some days, an open beginning or an open end."""
    first = chance.randint(FIRST, LAST - 2)
    last = first + chance.randint(1, 3)
    return chance.choices(
        [
            day(first),
            f"{day(first)}T{chance.choice(['05', '12', '20'])}",
            f"{day(first)}/{day(last)}",
            f"../{day(first)}",
            f"{day(first)}/..",
        ],
        [6, 2, 5, 1, 1],
    )[0]


def claims(chance: random.Random, event: Script) -> list[Script]:
    """One claim that agrees, and up to two others: rival days, places, actors, denials, silence."""
    found: list[Script] = [{"cite": f"{chance.choice(SOURCES)} p{chance.randint(1, 9)}"}]
    for _ in range(chance.choices([0, 1, 2], [5, 4, 1])[0]):
        claim: Script = {"cite": f"{chance.choice(SOURCES)} p{chance.randint(1, 9)}"}
        if chance.random() < 0.3:
            claim["reported"] = day(chance.randint(FIRST, LAST))
        kind = chance.randrange(7)
        if kind == 0:
            claim["date"] = dated(chance)
        elif kind == 1:
            claim["place"] = [chance.choice(PLACES)]
        elif kind == 2 and event["type"] != "hand-over":
            claim["by"] = [chance.choice([*SIDES, *FORCES])]
        elif kind == 3:
            claim["denies"] = "true"
        elif kind == 4:
            claim["silent"] = [chance.choice(["date", "control", "by", "place"])]
        found.append(claim)
    return found


def campaign(seed: int) -> Script:
    """A script with three to six events, all of it by chance."""
    chance = random.Random(seed)
    begin = chance.choice([FIRST - 3, FIRST + 2, FIRST + 4])
    events: list[Script] = []
    for n in range(chance.randint(3, 6)):
        event: Script = {
            "id": f"e{chance.randint(0, 9)}{n}",
            "type": chance.choice(TYPES),
            "summary": f"Event {n}.",
            "date": dated(chance),
            "place": chance.sample(PLACES[: chance.choice([1, 2, 3])], 1),
            "by": [chance.choice([*SIDES, *FORCES])],
        }
        if event["type"] == "hand-over":
            event["to"] = [chance.choice(SIDES)]
        if event["type"] in ("besiege", "contest") and chance.random() < 0.3:
            event["against"] = chance.choice(SIDES)
        if events and chance.random() < 0.25:
            event["after"] = [chance.choice(events)["id"]]
        event["claims"] = claims(chance, event)
        events.append(event)
    chance.shuffle(events)
    return {
        "scenario": "by-chance",
        "title": "By chance",
        "window": f"{day(begin)}/{day(LAST)}",
        "sides": [{"id": s, "name": s.title(), "letter": s[0].upper()} for s in SIDES],
        "forces": [{"id": f, "name": f.title(), "side": s} for f, s in FORCES.items()],
        "sources": [
            {"id": "gazette", "title": "Gazette", "published": "2017-11-02"},
            {"id": "memoir", "title": "Memoir"},
            {"id": "wire", "title": "Wire", "published": "2017-10-30"},
            {"id": "copy", "title": "Copy", "derives_from": "memoir"},
        ],
        "places": [{"id": p, "name": p.title()} for p in PLACES],
        "events": events,
    }


def written(script: Script) -> str:
    """A script as text: JSON is YAML."""
    return json.dumps(script, indent=1)


# --- the oracle -----------------------------------------------------------------------------------

FAR = 10**12
Span = tuple[int, int]


@dataclass(frozen=True)
class Happened:
    """An event as a claim has it: between which minutes, and what it does to a key."""

    begin: int
    end: int
    step: Step | None
    """None where it changes nothing."""


@dataclass(frozen=True)
class Answer:
    """What a key can be at a moment."""

    dates: frozenset[Value | None]
    """In the readings of the dates of what ranks first."""
    rivals: frozenset[Value | None]
    """In the worlds of rival claims, if these give different values."""


class Oracle:
    """All that can be said of the control of one place, from the claims and their dates."""

    def __init__(self, timeline: Timeline, place: str) -> None:
        self.timeline = timeline
        self.key = StateKey("control", place)
        number = timeline.keys.get(self.key, -1)
        self.readings: list[Reading] = []
        self.variants: list[list[Happened]] = []
        for reading in timeline.readings:
            ranked = timeline.rivals.get((reading.index, number))
            if ranked is None and reading.settled and self._step(reading, reading.shown):
                found = [self._happened(reading, reading.shown)]
            elif ranked:
                found = [
                    self._happened(
                        reading, next(v for v in reading.versions if r.claims[0] in v.claims)
                    )
                    if r.touches
                    else Happened(-FAR, FAR, None)
                    for r in ranked
                ]
            else:
                found = [Happened(*_bounds(reading.shown), None)]  # it only bounds others
            self.readings.append(reading)
            self.variants.append(found)
        place_of = {r.index: n for n, r in enumerate(self.readings)}
        self.after = [[place_of[a] for a in r.after] for r in self.readings]
        self.said = [
            variants[0] if variants[0].step else Happened(*_bounds(reading.shown), None)
            for reading, variants in zip(self.readings, self.variants, strict=True)
        ]
        self.first = self._narrowed(self.said)

    def _step(self, reading: Reading, version: Version) -> Step | None:
        scenario = self.timeline.scenario
        steps = [s for key, s in effects(version.event, reading.event, scenario) if key == self.key]
        if not steps or version.denies:
            return None
        return lambda before: reduce(lambda value, step: step(value), steps, before)

    def _happened(self, reading: Reading, version: Version) -> Happened:
        return Happened(*_bounds(version), self._step(reading, version))

    def _narrowed(self, said: Sequence[Happened]) -> list[Happened]:
        """No event before one that it comes after, as far as dates allow it."""
        first = list(said)
        for _ in first:  # long enough for the longest chain
            for n, before in enumerate(self.after):
                for a in before:
                    if first[a].begin <= first[n].end:
                        begin, end = max(first[n].begin, first[a].begin), first[n].end
                        first[n] = Happened(begin, end, first[n].step)
                        first[a] = Happened(first[a].begin, min(first[a].end, end), first[a].step)
        return first

    @property
    def contrary(self) -> bool:
        """Whether dates contradict `after:`: what counts then is another matter."""
        return any(
            self.first[a].begin > self.first[n].end
            for n, before in enumerate(self.after)
            for a in before
        )

    def at(self, tick: int) -> Answer:
        minute = self.timeline.scenario.calendar.end(tick)
        return Answer(frozenset(self._dates(minute)), frozenset(self._rivals(tick)))

    def _acting(self, said: Sequence[Happened]) -> list[int]:
        return [
            n for n, e in enumerate(said) if e.step is not None and (e.begin, e.end) != (-FAR, FAR)
        ]

    def _orders(self, said: Sequence[Happened], numbers: list[int]) -> Iterator[tuple[int, ...]]:
        """The orders of some events that keep `after:`, directly or by way of others."""
        behind = {n: self._behind(said, n) for n in numbers}
        for order in permutations(numbers):
            if not any(later in behind[n] for k, n in enumerate(order) for later in order[k + 1 :]):
                yield order

    def _behind(self, said: Sequence[Happened], n: int) -> frozenset[int]:
        """What an event comes after; an order that the dates contradict does not count."""
        direct = [a for a in self.after[n] if said[a].begin <= said[n].end]
        return frozenset(direct).union(*(self._behind(said, a) for a in direct))

    def _dates(self, minute: int) -> Iterator[Value | None]:
        acting = self._acting(self.first)
        for order in self._orders(self.first, acting):
            for happened in range(len(order) + 1):
                if self._can_be(order, happened, minute):
                    yield self._fold(self.first, order[:happened])

    def _can_be(self, order: Sequence[int], happened: int, minute: int) -> bool:
        """Whether there are times for events in this order, so many of them until a minute."""
        time = -FAR
        for k, n in enumerate(order):
            time = max(time, self.first[n].begin, -FAR if k < happened else minute + 1)
            if time > self.first[n].end or (k < happened and time > minute):
                return False
        return True

    def _fold(self, said: Sequence[Happened], order: Sequence[int]) -> Value | None:
        value: Value | None = UNKNOWN
        for n in order:
            step = said[n].step
            assert step is not None
            value = step(value)
        return value

    def _rivals(self, tick: int) -> set[Value | None]:
        """All values of the worlds of one event, if its claims make different ones."""
        calendar = self.timeline.scenario.calendar
        minute, found = calendar.end(tick), set[Value | None]()
        for n, variants in enumerate(self.variants):
            worlds = []
            for k, said in enumerate(variants if len(variants) > 1 else ()):
                own = self.first[n] if k == 0 and said.step is not None else said
                if own.step is None or minute < own.begin or own.end <= minute:
                    chosen = [*self.said[:n], own, *self.said[n + 1 :]]
                    worlds.append(self._at_the_latest(self._narrowed(chosen), minute))
            if any(world != worlds[0] for world in worlds):
                found = found.union(*worlds)
        return found

    def _at_the_latest(self, said: Sequence[Happened], minute: int) -> set[Value | None]:
        """The values if each event happens on its last day."""
        calendar = self.timeline.scenario.calendar
        happened = [n for n in self._acting(said) if said[n].end <= minute]
        days = {n: calendar.tick(said[n].end) for n in happened}
        found = set()
        for order in self._orders(said, happened):
            time = -FAR
            for n in order:
                time = max(time, said[n].begin, calendar.begin(days[n]))
                if time > said[n].end:
                    break
            else:
                found.add(self._fold(said, order))
        return found


def _bounds(version: Version) -> Span:
    return max(version.begin, -FAR), min(version.end, FAR)
