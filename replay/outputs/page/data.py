"""All that the page holds, as plain data: computed once in Python, so that the page only looks up.

What two views share is kept once: records in tables, and for each view runs of their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from replay.analysis.left_out import LeftOut, undated_claims
from replay.lens import Lens
from replay.outputs.page.days import Days
from replay.outputs.page.facts import facts
from replay.outputs.page.list_signs import ListSigns
from replay.outputs.page.maps import Maps
from replay.outputs.page.record_tables import Told
from replay.outputs.page.tables import runs
from replay.outputs.page.views import MANY_EVENTS, Known, Views, views
from replay.picture.layers.occurrences import census
from replay.scene import scene
from replay.text.left_out import left_out_line
from replay.timeline.timeline import Timeline

Json = dict[str, Any]
Progress = Callable[[int, int], None]


def contents(
    timeline: Timeline, every: bool | None = None, progress: Progress | None = None
) -> Json:
    """The data of the page about a replay.

    `every` says whether it holds all lenses and days of news, or only the view of the timeline;
    without it the size of the scenario decides. `progress` is told how many views are done.
    """
    scenario = timeline.scenario
    if every is None:
        every = len(scenario.events) <= MANY_EVENTS and not scenario.tables
    chosen = views(timeline, every)
    base = chosen.timelines[chosen.offers[0].known[-1].view]
    made = _Made(base)
    made.told.alone = len(chosen.timelines) == 1
    recorded = []
    for number, one in enumerate(chosen.timelines, start=1):
        recorded.append(made.view(one))
        if progress is not None:
            progress(number, len(chosen.timelines))
    return {
        "version": 1,
        **facts(scenario),
        "lenses": _offers(chosen),
        "start": {"lens": timeline.lens.name, "known": _start(timeline)},
        "views": recorded,
        "unknown_signs": made.signs.unknown(),
        "map": made.maps.to_json(scene(base, 0)),
        **made.told.to_json(),
    }


def _offers(chosen: Views) -> list[Json]:
    timeline = chosen.timelines[0]
    return [
        {
            "name": offer.lens.name,
            "label": offer.label,
            "group": offer.group,
            "summary": offer.lens.summary,
            "known": _days(offer.known),
            "undated": _days(offer.undated),
            **_left_out(timeline, offer.lens),
        }
        for offer in chosen.offers
    ]


def _days(known: Iterable[Known]) -> list[list[str | int | None]]:
    return [[one.day, one.words, one.view] for one in known]


def _left_out(timeline: Timeline, lens: Lens) -> Json:
    """What a known-on day leaves out for want of a report date, and what it counts if asked to."""
    found = LeftOut(tuple(undated_claims(timeline.scenario, lens)))
    if not found:
        return {"left": None, "counted": None}
    counted = replace(found, counted=True)
    return {"left": left_out_line(found, ""), "counted": left_out_line(counted)}


def _start(timeline: Timeline) -> str | None:
    """The day of news with which the page opens, as its address spells it."""
    counted = timeline.known_on and timeline.question.undated == "known"
    return f"{timeline.known_on}+undated" if counted else timeline.known_on


class _Made:
    """The views made so far, with all that they share."""

    def __init__(self, timeline: Timeline) -> None:
        self.scenario = timeline.scenario
        self.maps = Maps(timeline)
        self.signs = ListSigns(timeline.scenario, self.maps)
        self.told = Told(timeline.scenario, self.signs)
        self.days = Days(self.maps, self.told)

    def view(self, timeline: Timeline) -> Json:
        """One view: for each thing that is told or drawn, runs over the ticks."""
        drawn, counted = self.days.of(timeline), census(timeline)
        frames = {
            frame: {layer: runs([day["map"][frame][layer] for day in drawn]) for layer in layers}
            for frame, layers in drawn[0]["map"].items()
        }
        return {
            "map": frames,
            "ground": runs([day["ground"] for day in drawn]),
            "efforts": runs([day["efforts"] for day in drawn]),
            "events": self.told.happenings(timeline),
            "density": list(counted.density),
            "exact": list(counted.exact),
            "rivals": list(counted.rivals),
            "elsewhere": self.told.elsewhere(timeline),
            "counted": runs(self.told.counted(timeline)),
            "why": self.told.why(timeline),
            "within": self.told.within(timeline),
            "disputes": self.told.differing(timeline),
        }
