"""The events of a day, and those before it, with who says so and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from replay.foundation.edtf import Bounds
from replay.lens import NEVER, Reading, Version
from replay.model import Scenario
from replay.scene.facts import Happening, Said
from replay.text.difference import otherwise
from replay.text.narrative import day_of
from replay.timeline.difference import event_difference
from replay.timeline.timeline import State, Timeline

RECENT = 8
"""How many events before the day a scene has."""


def happening(timeline: Timeline, reading: Reading) -> Happening:
    """An event as the first-ranked claims tell it, with all claims that the lens admits."""
    scenario, event = timeline.scenario, reading.shown.event
    step_of = scenario.calendar.step_of
    actors = [a for a in event.actors() if a in scenario.side or a in scenario.force]
    places = [*event.place, *getattr(event, "to", ()), *getattr(event, "towards", ())]
    start = getattr(event, "from_", None)
    starts = (start,) if isinstance(start, str) else tuple(start or ())
    return Happening(
        event=event.id,
        type=event.type,
        summary=event.summary,
        date=event.date.text if event.date else "",
        day=day_of(timeline, reading),
        exact=step_of(reading.shown.earliest) == step_of(reading.shown.latest),
        within=_within(timeline, reading),
        places=tuple(dict.fromkeys(p for p in (*places, *starts) if p in scenario.place)),
        sides=tuple(dict.fromkeys(scenario.side_of(a, event) for a in actors)),
        start=starts[0] if starts else None,
        ends=tuple(getattr(event, "to", ())) if event.type == "move" else (),
        towards=tuple(getattr(event, "towards", ())),
        said=tuple(_said(scenario, reading)),
        disputed=any(event_difference(scenario, reading, v) for v in reading.versions[1:]),
    )


def _within(timeline: Timeline, reading: Reading) -> bool:
    """Whether its date is shorter than its step, so that the name of the step does not say it."""
    date, calendar = reading.shown.event.date, timeline.scenario.calendar
    if date is None or not reading.dated or None in (date.bounds.earliest, date.bounds.latest):
        return False
    step = calendar.step_of(reading.shown.latest)
    first, last = calendar.last_of_step(step - 1) + 1, calendar.last_of_step(step)
    whole = Bounds(calendar.begin(first), calendar.end(last))
    return whole.contains(date.bounds) and not date.bounds.contains(whole)


def before(timeline: Timeline, tick: int) -> Iterator[Happening]:
    """As many of the last events as a panel could hold."""
    chosen: list[Reading] = []
    for day in range(tick - 1, -1, -1):
        chosen += reversed(timeline.events_on(day))
        if len(chosen) >= RECENT:
            break
    yield from (happening(timeline, reading) for reading in chosen[:RECENT])


def rival_dates(scenario: Scenario, reading: Reading) -> Iterator[Version]:
    """The versions of an event that date it to another time than the one at which it is shown."""
    for version in reading.versions[1:]:
        if not version.denies and version.latest < NEVER:
            differing = event_difference(scenario, reading, version)
            if any(field.field == "date" for field in differing):
                yield version


def rivals_by_tick(scenario: Scenario, reading: Reading) -> dict[int, list[Version]]:
    """The versions that date an event to another tick than the one it is shown at, by that tick."""
    found: dict[int, list[Version]] = {}
    if len(reading.versions) > 1:
        for version in rival_dates(scenario, reading):
            if version.latest != reading.shown.latest:
                found.setdefault(version.latest, []).append(version)
    return found


def shown_when(timeline: Timeline, reading: Reading) -> str:
    """The day at which an event is shown: "on 2 November 2017", "as “27–30 October 2017”"."""
    day = day_of(timeline, reading)
    return f"on {day}" if day[0].isdigit() and "–" not in day else f"as “{day}”"


def elsewhere(state: State) -> Iterator[Happening]:
    """The events that rival claims date to the step of a state, and that are shown elsewhere."""
    timeline, scenario = state.timeline, state.timeline.scenario
    first, last = state.first_of_step, scenario.calendar.last_of_step(state.step)
    for reading in timeline.readings:
        if first <= reading.shown.latest <= last:
            continue
        by_tick = rivals_by_tick(scenario, reading)
        rivals = [v for tick, found in by_tick.items() if first <= tick <= last for v in found]
        if rivals:
            fact = happening(timeline, reading)
            said = (s for v in rivals for s in _claims(scenario, reading, v, ""))
            yield replace(
                fact,
                exact=rivals[0].earliest == rivals[0].latest,
                within=False,
                said=tuple(said),
                shown=shown_when(timeline, reading),
            )


def _said(scenario: Scenario, reading: Reading) -> Iterator[Said]:
    for version in reading.versions:
        says = otherwise(scenario, reading, version)
        yield from _claims(scenario, reading, version, says)


def _claims(scenario: Scenario, reading: Reading, version: Version, says: str) -> Iterator[Said]:
    for index in version.claims:
        claim = reading.event.claims[index]
        yield Said(
            source=claim.cite.source,
            locator=str(claim.cite.locator),
            reporter=scenario.name(claim.reporter) if claim.reporter else None,
            otherwise=says,
        )
