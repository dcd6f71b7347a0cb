"""Certainty as plain data."""

from __future__ import annotations

from collections.abc import Sequence

from replay.analysis.certainty.answer import Certainty, CertaintyInterval, PlaceCertainty
from replay.facts.answers import question_json
from replay.facts.records import control_value_json
from replay.text.certainty import ASSUMPTIONS, Json
from replay.timeline.timeline import State, Timeline


def certainty_json(found: Certainty, on: str | State | None = None) -> Json:
    """One plain object: for each place its stretches of days and what each leaves open."""
    timeline = found.timeline
    state = None if on is None else timeline.at(on)
    tick, label = (None, None) if state is None else (state.tick, state.label)
    return {
        "scenario": timeline.scenario.scenario,
        **question_json(timeline),
        "on": label,
        "assumptions": list(ASSUMPTIONS) if found.shares else [],
        "seed": found.seed if any(w.method == "sampled" for w in found.places) else None,
        "places": {w.place: _place_json(timeline, w, tick) for w in found.places},
    }


def _place_json(timeline: Timeline, where: PlaceCertainty, tick: int | None) -> Json:
    stretches: Sequence[CertaintyInterval] = where.stretches if tick is None else (where.at(tick),)
    return {
        "name": timeline.scenario.name(where.place),
        "method": where.method,
        "samples": where.samples,
        "complete": where.complete,
        "open_ends": list(where.unbounded),
        "undated": list(where.undated),
        "contrary": [list(pair) for pair in where.contrary],
        "days": [_stretch_json(timeline, s, tick) for s in stretches],
    }


def _stretch_json(timeline: Timeline, stretch: CertaintyInterval, tick: int | None) -> Json:
    ticks = (stretch.first, stretch.last) if tick is None else (tick, tick)
    first, last = timeline.scenario.calendar.ends(*ticks)
    return {
        "from": first,
        "to": last,
        "mark": stretch.mark,
        "certain": stretch.certain,
        "disputed": stretch.disputed,
        "control": [
            {
                **control_value_json(h.control),
                "share": None if h.share is None else float(h.share),
                "rival": h.rival,
            }
            for h in stretch.held
        ],
    }
