"""What occurs in a replay at all: the legend and the strip of days are fixed by it beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from replay.lens import BEFORE_ALL
from replay.model.state import Control, Effort, Marked
from replay.picture.layers.symbology import Doubt, doubts
from replay.scene import axes_of
from replay.scene.day import rivals_by_tick
from replay.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Census:
    """The sides, states, marks, kinds of places and events that occur, and events a tick."""

    sides: tuple[str, ...]
    actors: tuple[str, ...]
    """Sides that hold nothing, but act in events."""
    states: frozenset[str]
    doubts: frozenset[Doubt]
    kinds: frozenset[str]
    events: frozenset[str]
    grounds: frozenset[str]
    """The areas and routes of which a claim speaks."""
    places: frozenset[str]
    """The places whose control is ever spoken of."""
    tracks: bool
    towards: bool
    """Whether anybody moves towards a place at which no document says that he arrives."""
    axes: bool
    bearings: bool
    """Whether an advance is known by the side alone from which it comes."""
    halted: bool
    """Whether an operation that has an advance is ever halted."""
    context: bool
    """Whether a place is on the map for orientation, and nobody is known to hold it."""
    by_then: bool
    """Whether of any event no more is known than the day by which it had happened."""
    density: tuple[int, ...]
    exact: tuple[int, ...]
    """Of the events of each tick those that certainly happened in it."""
    rivals: tuple[int, ...]
    """How many events rival claims date to each tick, which are shown at another."""


def census(timeline: Timeline) -> Census:
    """Count once what every frame of a replay may show."""
    scenario = timeline.scenario
    axes = [axis for operation in scenario.operations for axis in axes_of(timeline, operation)]
    controls = {key.of: number for key, number in timeline.keys_of("control")}
    shown = _controls(timeline)
    values = [m.value for m in shown if isinstance(m.value, Control)]
    could = [value for m in shown for value in m.could if isinstance(value, Control)]
    sides = {s for v in (*values, *could) for s in (*v.by, *v.sides)}
    spoken = set(timeline.at(0).of("control"))
    silent = any(place.id not in spoken and not place.context for place in scenario.places)
    acting = _actors(timeline)
    density, exact, rivals = _density(timeline)
    return Census(
        sides=tuple(side.id for side in scenario.sides if side.id in sides),
        actors=tuple(side.id for side in scenario.sides if side.id in acting - sides),
        states=frozenset(state for v in values for state in _states(v))
        | (frozenset({"unknown"}) if silent else frozenset()),
        doubts=frozenset(doubt for marked in shown for doubt in doubts(marked)),
        kinds=frozenset(place.kind for place in scenario.places),
        events=frozenset(
            [reading.shown.event.type for reading in timeline.readings]
            + [table.columns.type for table in timeline.tables]
        ),
        grounds=frozenset(
            key.of for aspect in ("ground", "progress") for key, _ in timeline.keys_of(aspect)
        ),
        places=frozenset(controls),
        tracks=bool(timeline.keys_of("position")) or _moves(timeline, "to"),
        towards=_moves(timeline, "towards"),
        axes=any(axis.start for axis in axes),
        bearings=any(axis.bearing for axis in axes),
        halted=_halted(timeline),
        context=any(place.context and place.id not in controls for place in scenario.places),
        by_then=sum(exact) < sum(density),
        density=density,
        exact=exact,
        rivals=rivals,
    )


def _controls(timeline: Timeline) -> list[Marked]:
    """Every value of a place, area or route that some evening of the window has, each once."""
    first = timeline.at(0)
    found = dict.fromkeys([*first.of("control").values(), *first.of("ground").values()])
    rows = timeline.rows
    keys = [number for aspect in ("control", "ground") for _, number in timeline.keys_of(aspect)]
    inside = np.flatnonzero(np.isin(rows.key, np.array(keys, np.int32)) & (rows.tick >= 0))
    order = inside[np.lexsort((inside, rows.tick[inside], rows.key[inside]))]
    key, tick = rows.key[order], rows.tick[order]
    last = np.ones(len(order), np.bool_)
    last[:-1] = (key[1:] != key[:-1]) | (tick[1:] != tick[:-1])
    evenings = order[last]
    kinds = np.stack([column[evenings] for column in (rows.value, rows.mark, rows.could)])
    _, one_each = np.unique(kinds, axis=1, return_index=True)
    found |= dict.fromkeys(timeline.marked(int(evenings[n])) for n in one_each)
    return list(found)


def _states(value: Control) -> Iterator[str]:
    """What the legend must explain of a value: a contested place may be besieged too."""
    yield "jointly" if value.status == "held" and value.jointly else value.status
    if value.status == "contested" and len(value.sides) == 1:
        yield "half known"
    if value.by:
        yield "besieged"
    if value.jointly:
        yield "jointly"


def _actors(timeline: Timeline) -> set[str]:
    """The sides of the first-named actors of events, in whose colours the day tells them."""
    scenario, found = timeline.scenario, set()
    for reading in timeline.readings:
        event = reading.shown.event
        actors = [a for a in event.actors() if a in scenario.side or a in scenario.force]
        if actors and reading.dated and reading.shown.latest >= 0:
            found.add(scenario.side_of(actors[0], event))
    return found


def _halted(timeline: Timeline) -> bool:
    with_axes = {operation.id for operation in timeline.scenario.operations if operation.axes}
    efforts = (
        timeline.marked(row).value
        for key, _ in timeline.keys_of("effort")
        if key.of in with_axes
        for row in timeline.rows_of(key).tolist()
    )
    return any(isinstance(value, Effort) and value.status == "halted" for value in efforts)


def _moves(timeline: Timeline, ends: str) -> bool:
    events = (r.shown.event for r in timeline.readings if r.dated)
    return any(getattr(e, "from_", None) and getattr(e, ends, ()) for e in events)


def _density(timeline: Timeline) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """How many events each tick of the window has, those of tables included; how many of them
    certainly happened in it; and how many more rival claims date to it.
    """
    ticks = timeline.scenario.calendar.ticks
    dated = [r.shown for r in timeline.readings if r.dated and r.shown.latest > BEFORE_ALL]
    rows = timeline.rows
    _, one_each = np.unique(rows.event, return_index=True)
    table = rows.tick[one_each[rows.event[one_each] < 0]].astype(np.int64)

    def counted(days: list[int], rows: np.typing.NDArray[np.int64] = table) -> tuple[int, ...]:
        found = np.concatenate([np.array(days, np.int64), rows])
        inside = found[(found >= 0) & (found < ticks)]
        return tuple(int(n) for n in np.bincount(inside, minlength=ticks))

    every = [shown.latest for shown in dated]
    certain = [shown.latest for shown in dated if shown.earliest == shown.latest]
    return counted(every), counted(certain), counted(_rival_ticks(timeline), table[:0])


def _rival_ticks(timeline: Timeline) -> list[int]:
    """The ticks to which rival claims date events that are shown at others."""
    ticks: list[int] = []
    for reading in timeline.readings:
        ticks += rivals_by_tick(timeline.scenario, reading)
    return ticks
