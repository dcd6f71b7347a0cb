"""The scene: the facts that one frame shows, as plain data, before any drawing."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.ground_state import ground_marks_at, ground_range
from replay.analysis.presences import last_seen
from replay.model import Area, Operation, Place, Route
from replay.model.state import Effort, EnRoute, Progress, Share, StateKey, Tally, exactly, unspoken
from replay.scene.day import before, elsewhere, happening
from replay.scene.facts import (
    Axis,
    EffortMark,
    ForceMark,
    Ground,
    Happening,
    PlaceMark,
    Said,
    Scene,
    Seen,
    TallyMark,
    Track,
)
from replay.text.dates import after_what, in_words
from replay.text.left_out import left_out_short
from replay.timeline.explanation import since_date
from replay.timeline.timeline import State, Timeline


def scene(timeline: Timeline, on: str | int | State) -> Scene:
    """The facts of a moment. Raises UsageProblem U503 where `on` is no moment of the window."""
    state = timeline.at(on)
    timeline, scenario = state.timeline, state.timeline.scenario
    step_of = scenario.calendar.step_of
    phase = scenario.phase_at(state.tick)
    first, last = map(step_of, scenario.span(phase) if phase else (state.tick, state.tick))
    after = state.moment.event if state.moment else None
    return Scene(
        scenario=scenario.scenario,
        title=scenario.title,
        tick=state.step,
        on=state.label,
        date=in_words(state),
        after=after_what(scenario, after) if after else None,
        phase=phase.id if phase else None,
        phase_name=phase.name if phase else None,
        phase_tick=state.step - first + 1,
        phase_ticks=last - first + 1,
        sides=tuple((side.id, side.name) for side in scenario.sides),
        marks=tuple(_mark(state, place) for place in scenario.places),
        grounds=tuple(_grounds(state)),
        forces=tuple(_forces(state)),
        tracks=tuple(_tracks(state)),
        efforts=tuple(_efforts(state)),
        tallies=tuple(_tallies(state)),
        events=tuple(happening(timeline, r) for r in state.events()),
        elsewhere=tuple(elsewhere(state)),
        before=tuple(before(timeline, state.first_of_step)),
        undated=len(timeline.undated()),
        lens=timeline.lens.name,
        known_on=timeline.known_on,
        without_report_date=left_out_short(timeline),
        attribution=scenario.attribution,
    )


# --- places and ground ------------------------------------------------------------------------


def _mark(state: State, place: Place) -> PlaceMark:
    key = StateKey("control", place.id)
    row = state.row(key)
    where = state.timeline.scenario.located.get(place.id)
    return PlaceMark(
        place=place.id,
        name=place.name,
        kind=place.kind,
        context=bool(place.context),
        at=(where.at.lon, where.at.lat) if where else None,
        radius_km=where.radius_km if where else 0.0,
        position=where.kind if where else None,
        control=state.control[place.id],
        since=None if row is None else since_date(state.timeline, key, state.tick),
        share=_share(state, place),
        age_days=None if row is None else _age(state, row),
    )


def _share(state: State, place: Place) -> tuple[str, float] | None:
    marked = state[StateKey("share", place.id)]
    if not isinstance(marked.value, Share) or marked.mark != "certain":
        return None
    best = marked.value.amount.best
    return None if best is None else (marked.value.side, best)


def _age(state: State, row: int) -> int:
    """Whole days since the tick of a row."""
    calendar = state.timeline.scenario.calendar
    return calendar.days_between(int(state.timeline.rows.tick[row]), state.tick)


def _grounds(state: State) -> Iterator[Ground]:
    scenario = state.timeline.scenario
    yield from (_ground(state, area) for area in scenario.areas)
    yield from (_ground(state, route) for route in scenario.routes)


def _ground(state: State, ground: Area | Route) -> Ground:
    timeline, scenario = state.timeline, state.timeline.scenario
    key = StateKey("progress", ground.id)
    marked, row = state[key], state.row(key)
    kind = "area" if ground.id in scenario.area else "route"
    unit = "km2" if kind == "area" else "km"
    control, progress = ground_marks_at(state, ground.id)
    share, amount = ground_range(scenario, ground.id, progress.value)
    surest = progress.mark if control.mark == "certain" else control.mark
    return Ground(
        of=ground.id,
        name=ground.name,
        kind=kind,
        unit=unit,
        size=ground.km2 if isinstance(ground, Area) else ground.km,
        amount=amount,
        share=share,
        side=getattr(marked.value, "side", None),
        rest=_rest(state, key),
        control=control,
        mark=surest,
        basis=None if row is None else timeline.change(row).basis,
    )


def _rest(state: State, key: StateKey) -> str | None:
    """The side that held all of an area or route before another one took some of it."""
    marked, timeline = state[key], state.timeline
    if not isinstance(marked.value, Progress):
        return None
    for row in reversed(timeline.rows_of(key).tolist()):
        before = timeline.marked(row).value
        if int(timeline.rows.tick[row]) > state.tick or not isinstance(before, Progress):
            continue
        if before.side != marked.value.side:
            return before.side if before.share == exactly(1) or before.amount.low == 1 else None
    return None


# --- forces and efforts -----------------------------------------------------------------------


def _forces(state: State) -> Iterator[ForceMark]:
    scenario, present = state.timeline.scenario, last_seen(state)
    for force in scenario.forces:
        seen = tuple(
            Seen(
                place=entry.place,
                name=scenario.name(entry.place),
                since=entry.since,
                age_days=entry.age_days,
                mark=entry.mark,
                belief=entry.believed,
            )
            for entry in present.get(force.id, ())
        )
        if seen:
            now = scenario.force_at(force.id, scenario.calendar.end(state.tick))
            yield ForceMark(force.id, now.name, now.side, seen)


def _tracks(state: State) -> Iterator[Track]:
    timeline, scenario = state.timeline, state.timeline.scenario
    for force, marked in state.of("position").items():
        row = state.row(StateKey("position", force))
        if isinstance(marked.value, EnRoute) and row is not None:
            position = marked.value
            arrived = position.share.low >= 1
            arrival = scenario.calendar.step_of(int(timeline.rows.tick[row]))
            if arrived and arrival < state.step:
                continue  # it is there: its presence says so from now on
            now = scenario.force_at(force, scenario.calendar.end(state.tick))
            yield Track(
                force=force,
                name=now.name,
                side=now.side,
                start=position.start,
                end=position.end,
                share=position.share,
                basis=timeline.change(row).basis,
            )


def _efforts(state: State) -> Iterator[EffortMark]:
    timeline, calendar = state.timeline, state.timeline.scenario.calendar
    for operation in timeline.scenario.operations:
        key = StateKey("effort", operation.id)
        marked = state[key]
        if isinstance(marked.value, Effort):
            yield EffortMark(
                operation=operation.id,
                name=operation.name,
                side=operation.side,
                status=marked.value.status,
                reason=marked.value.reason,
                since=since_date(timeline, key, state.tick),
                age=state.step - calendar.step_of(_turned(timeline, key, state.tick)),
                mark=marked.mark,
                axes=tuple(axes_of(timeline, operation)),
            )


def _turned(timeline: Timeline, key: StateKey, tick: int) -> int:
    """The tick at which an effort last came to stand otherwise."""
    turned, value = 0, unspoken(key.aspect)
    for row in timeline.rows_of(key).tolist():
        before, value = value, timeline.marked(row).value
        when = int(timeline.rows.tick[row])
        if when <= tick and value != before:
            turned = when
    return turned


def axes_of(timeline: Timeline, operation: Operation) -> Iterator[Axis]:
    """The directions that can be drawn, as far as an admitted claim cites what tells of them."""
    for axis in operation.axes:
        told = not axis.cite or not timeline.cited.isdisjoint(axis.cite)
        if told and axis.to and (axis.from_ or axis.bearing):
            yield Axis(axis.name, axis.from_, axis.to, None if axis.from_ else axis.bearing)


def _tallies(state: State) -> Iterator[TallyMark]:
    for key, marked in state.known("tally"):
        if isinstance(marked.value, Tally) and (s := key.tally):
            number = marked.value.number
            yield TallyMark(s.name, s.unit, s.of, s.where, s.counted_by, number, marked.mark)


__all__ = [
    "Axis",
    "EffortMark",
    "ForceMark",
    "Ground",
    "Happening",
    "PlaceMark",
    "Said",
    "Scene",
    "Seen",
    "TallyMark",
    "Track",
    "axes_of",
    "happening",
    "scene",
]
