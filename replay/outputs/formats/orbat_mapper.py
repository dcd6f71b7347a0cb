"""ORBAT Mapper's scenario file: sides and forces as units, control as a layer, events as its list.

The format is that of https://orbat-mapper.app as its types describe it (`scenarioModels.ts`, MIT);
version 0.40 of the file is read by all of its later versions. Its clock needs a zone: the
scenario's is written as UTC.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from replay.foundation.geodesy import Located
from replay.model import Force, Scenario, Side
from replay.outputs.formats import moments
from replay.outputs.formats.balloons import about, told
from replay.outputs.formats.features import Feature, features
from replay.outputs.formats.geojson import geometry
from replay.outputs.formats.registry import export_format
from replay.outputs.formats.tints import channels, tint
from replay.timeline.timeline import Timeline

Json = dict[str, Any]

VERSION = "0.40.0"
IDENTITIES = {"blue": "3", "red": "6", "green": "4"}
"""The frame of a side's symbols by its colour, as APP-6 colours them: friend, hostile, neutral.

All other colours get the frame of the unknown. It is a shape to tell sides apart, no judgement.
"""
UNKNOWN = "1"
LAND_UNIT, FIGHTERS = "10", "121100"
"""Symbol set and the icon of infantry; a script says no more of a force than its name."""


@export_format(".json", name="orbat-mapper", summary="A scenario for orbat-mapper.app.", data=True)
def orbat_mapper(timeline: Timeline, path: Path, progress: object = None) -> None:
    """JSON in UTF-8. Raises UsageProblem U512 for a window with years that it cannot write."""
    moments.only_common_era(timeline, "ORBAT Mapper's")
    text = json.dumps(scenario_json(timeline), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def scenario_json(timeline: Timeline) -> Json:
    """The scenario as ORBAT Mapper reads it.

    Its clock starts in the middle of the first tick, as it steps from noon to noon. What has no
    day is told in the description, as its list of events has only dated ones.
    """
    scenario, calendar = timeline.scenario, timeline.scenario.calendar
    known: dict[str, list[Feature]] = {"control": [], "ground": [], "presence": [], "event": []}
    for feature in features(timeline):
        known[feature.feature].append(feature)
    undated = [feature for feature in known["event"] if feature.last is None]
    return {
        "id": scenario.scenario,
        "type": "ORBAT-mapper",
        "version": VERSION,
        "name": scenario.title,
        "description": "\n\n".join(_description(timeline, undated)),
        "startTime": f"{moments.iso(calendar.begin(0) + calendar.step // 2)}Z",
        "timeZone": "UTC",
        "symbologyStandard": "app6",
        "sides": [_side(timeline, side, known["presence"]) for side in scenario.sides],
        "events": [_event(timeline, f) for f in known["event"] if f.last is not None],
        "layers": [
            _layer(timeline, "control", "Who holds what", known["control"]),
            _layer(timeline, "events", "Events", known["event"], hidden=True),
        ],
        "mapLayers": [],
    }


def _description(timeline: Timeline, undated: list[Feature]) -> Iterator[str]:
    yield from about(timeline)
    if undated:
        yield "Events without a day:"
    for feature in undated:
        yield f"{feature.of}: {' '.join(_lines(feature))}"


def _lines(feature: Feature) -> list[str]:
    """What is told of a feature; no character of it makes Markdown of the text."""
    return [line.replace("<", "&lt;").replace("[", "&#91;") for line in told(feature)]


# --- sides and forces ---------------------------------------------------------------------------


def _side(timeline: Timeline, side: Side, presences: list[Feature]) -> Json:
    """A side with one group: its forces as a tree."""
    scenario = timeline.scenario
    top = [
        force
        for force in scenario.forces
        if force.side == side.id and _parent(scenario, force) is None
    ]
    fill = f"#{bytes(channels(scenario.colours[side.id])).hex()}"
    return {
        "id": side.id,
        "name": side.name,
        "standardIdentity": IDENTITIES.get(scenario.colours[side.id], UNKNOWN),
        "symbolOptions": {"fillColor": fill},
        "groups": [
            {
                "id": f"{side.id}:forces",
                "name": "Forces",
                "subUnits": [_unit(timeline, force, presences) for force in top],
            }
        ],
    }


def _parent(scenario: Scenario, force: Force) -> str | None:
    """The force of the same side that a force is part of."""
    above = scenario.force.get(force.part_of or "")
    return above.id if above is not None and above.side == force.side else None


def _unit(timeline: Timeline, force: Force, presences: list[Feature]) -> Json:
    """A force; where it was documented at several places at once, a part of it at each."""
    scenario = timeline.scenario
    below = [f for f in scenario.forces if _parent(scenario, f) == force.id]
    own = [p for p in presences if p.of == force.id and _point(p) is not None]
    apart = not _one_after_another(own)
    unit: Json = {
        "id": force.id,
        "name": force.name,
        "sidc": _symbol(scenario, force),
        "state": [] if apart else _states(timeline, own),
        "subUnits": [_unit(timeline, f, presences) for f in below],
    }
    if apart:
        own.sort(key=_where)
        unit["subUnits"] += [
            {
                "id": f"{force.id}@{where}",
                "name": f"{force.name} at {scenario.name(where)}",
                "sidc": _symbol(scenario, force),
                "state": _states(timeline, list(stays)),
                "subUnits": [],
            }
            for where, stays in groupby(own, key=_where)
        ]
    return unit


def _where(presence: Feature) -> str:
    place: str = presence.facts["places"][0]
    return place


def _symbol(scenario: Scenario, force: Force) -> str:
    """The symbol code of twenty digits (APP-6 D): version, reality, frame, set, icon."""
    frame = IDENTITIES.get(scenario.colours[force.side], UNKNOWN)
    return f"100{frame}{LAND_UNIT}0000{FIGHTERS}0000"


def _one_after_another(own: list[Feature]) -> bool:
    spans = sorted((p.first or 0, p.last or 0) for p in own)
    return all(after[0] > before[1] for before, after in pairwise(spans))


def _states(timeline: Timeline, stays: list[Feature]) -> list[Json]:
    """Where a unit is from when to when.

    ORBAT Mapper moves a unit evenly from one place to the next. No document says so: each stay
    ends a second before the next begins, or with no place at all.
    """
    calendar = timeline.scenario.calendar
    window_end = calendar.end(calendar.ticks - 1)
    found: list[Json] = []
    stays = sorted(stays, key=lambda stay: stay.first or 0)
    for stay, following in zip(stays, [*stays[1:], None], strict=False):
        at, doubt = _point(stay), stay.facts["mark"]
        begin = {"id": stay.id, "t": f"{moments.start(stay.first)}Z", "location": at}
        found.append(begin | {"title": stay.title, "subTitle": doubt})
        if stay.last is not None and stay.last < window_end:
            over = f"{moments.last_second(stay.last)}Z"
            found.append({"id": f"{stay.id}:over", "t": over, "location": at})
            if following is None or following.first != stay.last + 1:
                gone = f"{moments.end(stay.last)}Z"
                found.append({"id": f"{stay.id}:gone", "t": gone, "location": None})
    return found


def _point(feature: Feature) -> list[float] | None:
    points = [located for located in feature.drawn if located.kind != "ring"]
    return [round(points[0].at.lon, 6), round(points[0].at.lat, 6)] if points else None


# --- events and layers --------------------------------------------------------------------------


def _event(timeline: Timeline, feature: Feature) -> Json:
    """An event at the beginning of its last step, or at its own time in it."""
    calendar, last = timeline.scenario.calendar, feature.last
    assert last is not None
    begin = calendar.begin(calendar.tick(last))
    if feature.first is not None:
        begin = max(begin, feature.first)
    event: Json = {
        "id": feature.of,
        "title": feature.title,
        "subTitle": feature.when,
        "description": "\n\n".join(_lines(feature)),
        "startTime": f"{moments.start(begin)}Z",
    }
    shape = geometry(feature.drawn)
    return event | ({"where": {"type": "geometry", "geometry": shape}} if shape else {})


def _layer(
    timeline: Timeline, of: str, name: str, members: list[Feature], hidden: bool = False
) -> Json:
    drawn = [_drawn(timeline, feature, located) for feature, located in _each(members)]
    return {"id": f"layer:{of}", "name": name, "isHidden": hidden, "features": drawn}


def _each(members: list[Feature]) -> Iterator[tuple[Feature, tuple[Located, ...]]]:
    """Each feature with each place that it is drawn at, one by one."""
    for feature in members:
        yield from ((feature, (located,)) for located in feature.drawn)


def _drawn(timeline: Timeline, feature: Feature, at: tuple[Located, ...]) -> Json:
    shape = geometry(at)
    assert shape is not None
    fill = f"#{bytes(tint(timeline.scenario, feature)).hex()}"
    meta = {
        "type": shape["type"],
        "name": feature.name,
        "description": "\n\n".join(_lines(feature)),
        "visibleUntilT": f"{moments.end(feature.last)}Z",
    }
    if feature.first is not None:
        meta["visibleFromT"] = f"{moments.start(feature.first)}Z"
    doubt = feature.facts["mark"]
    number = feature.drawn.index(at[0])
    return {
        "type": "Feature",
        "id": feature.id if not number else f"{feature.id}:{number}",
        "geometry": shape,
        "properties": {"mark": doubt, "accuracy_km": round(at[0].radius_km, 3)},
        "meta": meta,
        "style": {
            "marker-color": fill,
            "marker-symbol": "circle" if doubt != "disputed" else "hexagon",
            "fill": fill,
            "stroke": fill,
            "stroke-width": 2,
            "title": feature.name,
            "showLabel": feature.feature == "control",
        },
    }
