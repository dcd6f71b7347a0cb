"""Questions about numbers, places and citations."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.lint.registry import Finding, rule
from replay.events.tallies import series
from replay.foundation.locators import plain_text
from replay.model.report_dates import apart
from replay.model.state import Progress, Tally
from replay.model.things import Report
from replay.timeline.timeline import Timeline


@rule("L307", "a running total that falls")
def _total_falls(timeline: Timeline) -> Iterator[Finding]:
    for key, _ in timeline.keys_of("tally"):
        for change in timeline.history(key):
            event = timeline.scenario.event.get(change.event)
            before, after = change.before.value, change.after.value
            if event is None or not isinstance(before, Tally) or not isinstance(after, Tally):
                continue
            mine = [e for e in event.tallies if series(event, e, event) == key.tally]
            total = any(entry.total is not None for entry in mine)
            falls = (after.number.high or after.number.low) < before.number.low
            if total and falls and change.before.mark == "certain":
                message = f"{change.event}: the total of {key.of} falls to {after}"
                hint = f"it was {before} before; is it an increment, or another period or place?"
                yield Finding("L307", change.event, message, hint)


_AT_A_TIME = frozenset(
    (
        *("inhabitants", "residents", "population", "garrison", "strength", "remaining"),
        *("left", "stationed", "trapped", "besieged", "defenders"),
    )
)
"""Words of names that say how many there are, and not how many more."""


@rule("L340", "a number that may be a level, given as an increment or a total")
def _may_be_a_level(timeline: Timeline) -> Iterator[Finding]:
    for event in timeline.scenario.events:
        for entry in event.tallies:
            written = "add" if entry.add is not None else "total"
            words = set(entry.name.lower().split())
            at_a_time = entry.percent and not entry.share_of(event)
            if entry.level is None and (at_a_time or words & _AT_A_TIME):
                message = f"{event.id}: {entry.name} is given as `{written}`"
                hint = "if it says how many there are at that time, write `level` instead"
                yield Finding("L340", event.id, message, hint)


@rule("L309", "a place that stands in no event")
def _idle_place(timeline: Timeline) -> Iterator[Finding]:
    named = {part for key in timeline.names for part in (key.of, key.at)}
    named |= {place for key in timeline.names if key.tally for place in key.tally.where}
    for reading in timeline.readings:
        for version in reading.versions:
            named.update(version.event.place)
            named.update(version.event.objects())
    for place in timeline.scenario.places:
        named |= {p for p in (place.part_of, place.position and place.position.from_) if p}
    for place in timeline.scenario.places:
        if place.id not in named and not place.context:
            message = f"{place.name} is in no event"
            yield Finding("L309", place.id, message, "mark it `context: true` if it is to be seen")


@rule("L311", "the same sentence cited twice by one event")
def _cited_twice(timeline: Timeline) -> Iterator[Finding]:
    for event in timeline.scenario.events:
        seen: set[tuple[str, str, bool]] = set()
        for claim in event.claims:
            cite = (claim.cite.source, str(claim.cite.locator), claim.denies)
            if cite in seen:
                message = f"{event.id} cites {cite[0]} {cite[1]} twice: it is one witness"
                yield Finding("L311", event.id, message, "put what both say into one claim")
            seen.add(cite)


@rule("L316", "two reports or two voices that may be one witness, counted as two")
def _one_witness(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    reports: dict[tuple[str, str | None], list[Report]] = {}
    for report in scenario.reports:
        alike = reports.setdefault((plain_text(report.title), report.outlet), [])
        one = next((r for r in alike if _may_be_one_day(r, report)), None)
        if one is not None and report not in scenario.listings[one.id]:
            message = f"{one.id} and {report.id} have one title and one outlet, and count as two"
            hint = f"if they are one report, write `same_as: {one.id}` in {report.id}"
            yield Finding("L316", report.id, message, hint)
        alike.append(report)
    called: dict[str, str] = {}
    for voice in scenario.voices:
        names = {plain_text(name) for name in (voice.name, *voice.also)}
        for name in sorted(names & called.keys())[:1]:
            message = f"{called[name]} and {voice.id} are both called {name!r}, and count as two"
            hint = "if they are one, cite them under one id"
            yield Finding("L316", voice.id, message, hint)
        called.update(dict.fromkeys(names, voice.id))


def _may_be_one_day(one: Report, two: Report) -> bool:
    """Whether two reports can have come out on one day; no date may be any."""
    if one.published is None or two.published is None:
        return True
    return not apart(one.published.bounds, two.published.bounds)


@rule("L312", "a place that nothing locates")
def _nowhere(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    for place in scenario.places:
        if place.id not in scenario.located:
            message = f"{place.name} has no position and stands beside the map"
            yield Finding("L312", place.id, message, "if no source locates it, acknowledge that")
    for area in scenario.areas:
        around = area.position.around if area.position else ()
        lost = [scenario.name(place) for place in around if place not in scenario.located]
        if lost:
            drawn = "drawn around the others" if area.id in scenario.regions else "not drawn"
            message = f"{area.name} is {drawn}, as nothing locates {' and '.join(lost)}"
            yield Finding("L312", area.id, message, "name places that have a position")


@rule("L313", "more of an area or route than there is")
def _more_than_all(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    for key, _ in timeline.keys_of("progress"):
        thing = scenario.area.get(key.of) or scenario.route.get(key.of)
        size = getattr(thing, "km2", None) or getattr(thing, "km", None)
        for change in timeline.history(key):
            value = change.after.value
            amount = value.reported if isinstance(value, Progress) else None
            over = size and amount and size.high is not None and amount.low > size.high
            if over and change.basis == "documented":
                message = f"{change.event}: {amount} of {scenario.name(key.of)}, which has {size}"
                hint = "is it a total and not an increment, or do the sources contradict?"
                yield Finding("L313", change.event, message, hint)
