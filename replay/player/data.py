"""All that the page holds, as plain data: computed once in Python, so that the page only looks up.

What two views share is kept once: records in tables, and for each view runs of their numbers.
"""

from __future__ import annotations

from typing import Any

from replay.layers.census import census
from replay.lens import Reading
from replay.player.facts import facts
from replay.player.maps import Maps
from replay.player.tables import runs
from replay.player.told import Told
from replay.player.views import MANY_EVENTS, Views, reading_signature, views
from replay.scene import scene
from replay.state import Key, Marked
from replay.timeline import Timeline

Json = dict[str, Any]

MOVING = ("position",)
"""Aspects of which a picture also shows whether they changed on this very day."""

UNSEEN = ("tally", "formation", "strength", "standing", "presence")
"""Aspects of which the map shows nothing."""


def contents(timeline: Timeline, every: bool | None = None) -> Json:
    """The data of the page about a replay.

    `every` says whether it holds all lenses and days of news, or only the view of the timeline;
    without it the size of the scenario decides.
    """
    scenario = timeline.scenario
    if every is None:
        every = len(scenario.events) <= MANY_EVENTS and not scenario.tables
    chosen = views(timeline, every)
    base = chosen.timelines[chosen.offers[0].known[-1].view]
    made = _Made(base)
    recorded = [made.view(one) for one in chosen.timelines]
    return {
        "version": 1,
        **facts(scenario),
        "lenses": _offers(chosen),
        "start": {"lens": timeline.lens.name, "known": timeline.known_on},
        "views": recorded,
        "map": made.maps.to_json(scene(base, 0)),
        **made.told.to_json(),
    }


def _offers(chosen: Views) -> list[Json]:
    return [
        {
            "name": offer.lens.name,
            "label": offer.label,
            "group": offer.group,
            "summary": offer.lens.summary,
            "known": [[known.day, known.words, known.view] for known in offer.known],
        }
        for offer in chosen.offers
    ]


class _Made:
    """The views made so far, with all that they share."""

    def __init__(self, timeline: Timeline) -> None:
        self.scenario = timeline.scenario
        self.maps = Maps(timeline)
        self.told = Told(timeline.scenario)
        self._drawn: dict[object, Json] = {}
        self._numbers: dict[tuple[Key, Marked], int] = {}

    def view(self, timeline: Timeline) -> Json:
        """One view: for each thing that is told or drawn, runs over the ticks."""
        drawn = self._days(timeline)
        frames = {
            frame: {layer: runs([day["map"][frame][layer] for day in drawn]) for layer in layers}
            for frame, layers in drawn[0]["map"].items()
        }
        return {
            "map": frames,
            "ground": runs([day["ground"] for day in drawn]),
            "efforts": runs([day["efforts"] for day in drawn]),
            "events": self.told.happenings(timeline),
            "density": list(census(timeline).density),
            "counted": runs(self.told.counted(timeline)),
            "why": self.told.why(timeline),
            "disputes": self.told.differing(timeline),
        }

    def _days(self, timeline: Timeline) -> list[Json]:
        """What each tick shows. Ticks on which all that is shown is alike are drawn once."""
        held: dict[Key, int] = {}
        found: list[Json] = []
        done = 0
        by_tick = _by_tick(timeline)
        for tick in range(timeline.scenario.calendar.ticks):
            stop = timeline.index.stop(tick)
            moved = False
            for row in range(done, stop):
                key = timeline.names[int(timeline.rows.key[row])]
                if key.aspect not in UNSEEN:
                    held[key] = self._number(key, timeline.marked(row), row)
                moved = moved or key.aspect in MOVING
            done = stop
            today = by_tick.get(tick, ())
            signature = (tuple(sorted(held.items())), today, moved)
            if signature not in self._drawn:
                self._drawn[signature] = self._day(timeline, tick)
            found.append(self._drawn[signature])
        return found

    def _number(self, key: Key, marked: Marked, row: int) -> int:
        return self._numbers.setdefault((key, marked), len(self._numbers))

    def _day(self, timeline: Timeline, tick: int) -> Json:
        shown = scene(timeline, tick)
        told = [
            {"of": e.operation, "status": e.status, "reason": e.reason, "mark": e.mark}
            for e in shown.efforts
        ]
        return {
            "map": self.maps.drawn(shown),
            "ground": [self.told.ground(ground) for ground in shown.grounds],
            "efforts": [self.told.efforts.number(effort) for effort in told],
        }


def _by_tick(timeline: Timeline) -> dict[int, tuple[object, ...]]:
    """What distinguishes the events of each tick."""
    scenario = timeline.scenario
    found: dict[int, list[object]] = {}
    readings: list[Reading] = timeline.events_on(0, scenario.calendar.ticks - 1)
    for reading in readings:
        found.setdefault(reading.shown.latest, []).append(reading_signature(scenario, reading))
    return {tick: tuple(signatures) for tick, signatures in found.items()}
