"""What each day of a view shows on the map and in the bars of ground, drawn as seldom as possible.

Most days of most views look like a day of another one, and share what was drawn for it. Of a
campaign with very many places only those are drawn anew that change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from replay.model.state import Marked, StateKey
from replay.outputs.page.maps import Maps
from replay.outputs.page.record_tables import Told
from replay.outputs.page.views import reading_signature
from replay.picture.layers import LAYERS, Frame
from replay.picture.layers.frame import PLENTY
from replay.scene import PlaceMark, Scene, happening, scene
from replay.timeline.timeline import Timeline

Json = dict[str, Any]

MOVING = ("position",)
"""Aspects of which a picture also shows whether they changed on this very day."""

UNSEEN = ("tally", "formation", "strength", "standing", "presence")
"""Aspects of which the map shows nothing."""

MARKED = ("marks", "vagueness")
"""Layers of which each item is of one place, and looks as the place does."""


class Days:
    """The days drawn so far."""

    def __init__(self, maps: Maps, told: Told) -> None:
        self.maps = maps
        self.told = told
        self._drawn: dict[object, Json] = {}
        self._numbers: dict[tuple[StateKey, Marked], int] = {}

    def of(self, timeline: Timeline) -> list[Json]:
        """For each tick of a view what it shows, as numbers of lists and records."""
        if len(timeline.scenario.located) > PLENTY:
            return list(self._by_changes(timeline))
        return list(self._by_looks(timeline))

    def _by_looks(self, timeline: Timeline) -> Iterator[Json]:
        """Ticks on which all that is shown is alike are drawn once."""
        held: dict[StateKey, int] = {}
        done = 0
        today = _by_tick(timeline)
        for tick in range(timeline.scenario.calendar.ticks):
            stop = timeline.index.stop(tick)
            moved = False
            for row in range(done, stop):
                key = timeline.names[int(timeline.rows.key[row])]
                if key.aspect not in UNSEEN:
                    pair = key, timeline.marked(row)
                    held[key] = self._numbers.setdefault(pair, len(self._numbers))
                moved = moved or key.aspect in MOVING
            done = stop
            signature = (tuple(sorted(held.items())), today.get(tick, ()), moved)
            if signature not in self._drawn:
                shown = scene(timeline, tick)
                self._drawn[signature] = self._day(shown, self.maps.drawn(shown))
            yield self._drawn[signature]

    def _day(self, shown: Scene, drawn: Json) -> Json:
        efforts = (
            {"of": e.operation, "status": e.status, "reason": e.reason, "mark": e.mark}
            for e in shown.efforts
        )
        return {
            "map": drawn,
            "ground": [self.told.ground(ground) for ground in shown.grounds],
            "efforts": [self.told.efforts.number(effort) for effort in efforts],
        }

    # --- very many places -----------------------------------------------------------------------

    def _by_changes(self, timeline: Timeline) -> Iterator[Json]:
        """From one tick to the next only the marks of places that changed are drawn anew."""
        marks: dict[str, PlaceMark] = {}
        last: Scene | None = None
        drawn: Json = {}
        done = timeline.index.stop(0)
        for tick in range(timeline.scenario.calendar.ticks):
            stop = timeline.index.stop(tick)
            keys = {timeline.names[int(timeline.rows.key[row])] for row in range(done, stop)}
            done = stop
            if last is None or last.tracks or any(_moves(key) for key in keys):
                last = scene(timeline, tick)
                marks = {mark.place: mark for mark in last.marks}
                drawn = self.maps.drawn(last)
            else:
                state = timeline.at(tick)
                changed = [key.of for key in keys if key.aspect == "control"]
                for place in changed:
                    marks[place] = replace(marks[place], control=state[StateKey("control", place)])
                events = tuple(happening(timeline, r) for r in timeline.events_on(tick))
                last = replace(last, tick=tick, events=events, marks=tuple(marks.values()))
                drawn = self._patched(drawn, last, set(changed))
            yield self._day(last, drawn)

    def _patched(self, before: Json, shown: Scene, changed: set[str]) -> Json:
        few = replace(shown, marks=tuple(m for m in shown.marks if m.place in changed))
        found: Json = {}
        for name, frame in self.maps.frames.items():
            part = _part(frame, changed)
            found[name] = dict(before[name])
            for layer in MARKED:
                items = LAYERS[layer](few, part)
                found[name][layer] = self.maps.patched(before[name][layer], items)
            for layer in ("day", "inset") if len(frame.windows) > 1 else ("day",):
                found[name][layer] = self.maps.listed(LAYERS[layer](shown, frame))
        return found


def _moves(key: StateKey) -> bool:
    """Whether a change may show elsewhere than in the mark of a place."""
    return key.aspect != "control" and key.aspect not in UNSEEN


def _part(frame: Frame, places: set[str]) -> Frame:
    return replace(frame, sites=tuple(site for site in frame.sites if site.place in places))


def _by_tick(timeline: Timeline) -> dict[int, tuple[object, ...]]:
    """What distinguishes the events of each tick."""
    scenario = timeline.scenario
    found: dict[int, list[object]] = {}
    for reading in timeline.events_on(0, scenario.calendar.ticks - 1):
        found.setdefault(reading.shown.latest, []).append(reading_signature(scenario, reading))
    return {tick: tuple(signatures) for tick, signatures in found.items()}
