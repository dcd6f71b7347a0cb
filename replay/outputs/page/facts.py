"""What the page knows of a scenario whatever the view: its days, phases, things and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from replay.analysis.notes import same_place
from replay.foundation.calendar import Calendar
from replay.foundation.english import format_date
from replay.foundation.locators import plain_text
from replay.model import Phase, Place, Scenario, Source
from replay.picture.layers.symbology import colour_of
from replay.picture.layers.time_axis import calendar_labels
from replay.stepping.navigator import ENTRY_KINDS
from replay.text.dates import this_step, tick_in_words

Json = dict[str, Any]


def facts(scenario: Scenario) -> Json:
    """The scenario as plain data."""
    calendar = scenario.calendar
    return {
        "id": scenario.scenario,
        "title": scenario.title,
        "summary": scenario.summary,
        "author": scenario.author,
        "licence": scenario.licence,
        "attribution": scenario.attribution,
        "unit": this_step(scenario).removeprefix("this "),
        "days": [calendar.label(tick) for tick in range(calendar.ticks)],
        "dates": [tick_in_words(calendar, tick) for tick in range(calendar.ticks)],
        "axis": list(_axis(calendar)),
        "phases": [_phase(scenario, phase) for phase in scenario.phases],
        "pauses": [
            {"period": format_date(pause.period), "reason": pause.reason}
            for pause in scenario.pauses
        ],
        "sides": [
            {"id": side.id, "name": side.name, "colour": colour_of(scenario, side.id)}
            for side in scenario.sides
        ],
        "sources": [_source(source) for source in scenario.sources],
        "kinds": [kind for kind in ENTRY_KINDS if kind != "event"],
        "things": list(_things(scenario)),
    }


AXIS_WIDTHS = range(240, 1700, 40)
"""Widths of the strip of days, in pixels, for which the page has labels."""
LETTERS = 11.5 / 9
"""How much larger the letters of the page's axis are than those of a picture's."""


def _axis(calendar: Calendar) -> Iterator[list[Any]]:
    """From which width on which labels of the axis have room: the width, then [tick, text] each."""
    last: list[Any] = []
    for wide in AXIS_WIDTHS:
        labels = [[round(at, 3), text] for at, text in calendar_labels(calendar, wide / LETTERS)]
        if labels != last:
            last = labels
            yield [wide, labels]


def _phase(scenario: Scenario, phase: Phase) -> Json:
    return {
        "id": phase.id,
        "name": phase.name,
        "summary": phase.summary,
        "period": format_date(phase.period),
        "span": list(scenario.span(phase)),
    }


def _source(source: Source) -> Json:
    return {
        "id": source.id,
        "title": source.title,
        "kind": source.kind,
        "publisher": source.publisher,
        "author": source.author,
        "published": format_date(source.published) if source.published else None,
        "derives": source.derives_from,
        "own": source.locators == "own",
        "note": source.note,
    }


def _things(scenario: Scenario) -> Iterator[Json]:
    """Everything that has a name, in the order in which a search goes through it."""
    for kind in (kind for kind in ENTRY_KINDS if kind != "event"):
        for thing in scenario.kinds[kind]:
            called = (plain_text(thing.name), plain_text(thing.id), *map(plain_text, thing.also))
            data = {
                "kind": kind,
                "id": thing.id,
                "name": thing.name,
                "called": list(dict.fromkeys(called)),
                "also": list(thing.also),
                "note": thing.note,
                "side": getattr(thing, "side", None),
                "part_of": getattr(thing, "part_of", None),
                "role": getattr(thing, "role", None),
                "what": getattr(thing, "kind", None),
                "turns": _turns(scenario, thing.id),
                **(_place(scenario, thing) if isinstance(thing, Place) else {}),
            }
            yield {key: value for key, value in data.items() if value not in (None, [])}


def _turns(scenario: Scenario, force: str) -> list[Json]:
    """From which tick on a force has another side, parent or name."""
    found = []
    for turn in scenario.turns.get(force, ()):
        if turn.latest is not None:
            tick = scenario.calendar.tick(turn.latest)
            now = scenario.force_at(force, turn.latest)
            found.append({"tick": tick, "side": now.side, "part_of": now.part_of, "name": now.name})
    return found


def _place(scenario: Scenario, place: Place) -> Json:
    return {
        "perhaps": same_place(scenario, place.id),
        "context": True if place.context else None,
        "where": _where(scenario, place),
    }


def _where(scenario: Scenario, place: Place) -> str:
    """On what the position of a place rests, in words."""
    where = scenario.located.get(place.id)
    if where is None:
        return "No document lets one say where it lies."
    radius = f"{where.radius_km:.0f} km"
    match where.kind:
        case "gazetteer":
            name = place.position.gazetteer if place.position else None
            return f"Position from {name}, good to about {radius}."
        case "estimated":
            return f"Position estimated, within {radius}."
        case "ring":
            return f"Somewhere {radius} from {_origin(scenario, place)}; no direction is given."
    return f"Measured from {_origin(scenario, place)}, good to about {radius}."


def _origin(scenario: Scenario, place: Place) -> str:
    origin = place.position.from_ if place.position else None
    return scenario.name(origin) if origin else "another place"
