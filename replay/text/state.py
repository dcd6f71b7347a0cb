"""A day for stepping: what changed hands, and each event with its sources and rivals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from replay.analysis.disagreements import disagreements
from replay.analysis.notes import reading_notes, testimony_notes
from replay.analysis.takers import taken_differently
from replay.foundation.english import counted
from replay.foundation.errors import visible
from replay.foundation.locators import passage
from replay.lens import Reading
from replay.model.state import Marked, StateKey
from replay.text.dates import tick_in_words
from replay.text.disagreements import all_sides, days, differ_on, disagreement_title
from replay.text.explanation import told_why
from replay.text.narrative import TextLine, citation_line, day_of
from replay.text.phrases import control
from replay.text.takers import at_event
from replay.timeline.timeline import State, Timeline

StateTexts = Mapping[str, str]
"""The texts of sources, by source; empty if they are not available."""


def date_in_words(timeline: Timeline, tick: int) -> str:
    """The day or the days of a tick, or its time if ticks are shorter than days."""
    return tick_in_words(timeline.scenario.calendar, tick)


def phase_in_words(timeline: Timeline, tick: int) -> str:
    """The phase with the number of the day in it; empty between phases."""
    scenario = timeline.scenario
    phase = scenario.phase_at(tick)
    if phase is None:
        return ""
    first, last = scenario.span(phase)
    unit = scenario.step if scenario.step in ("day", "hour", "week") else "step"
    return f"{phase.name}, {unit} {tick - first + 1} of {last - first + 1}"


def told_moment(timeline: Timeline, tick: int, texts: StateTexts) -> Iterator[TextLine]:
    """A day: its date and phase, its events, and what changed hands on it."""
    yield from told_head(timeline, tick)
    for reading in timeline.events_on(tick):
        yield from told_event(timeline, reading, texts)
    yield from changes_within(timeline, tick)


def told_head(timeline: Timeline, tick: int) -> Iterator[TextLine]:
    """The date, the phase, and how many events there are."""
    number = len(timeline.events_on(tick))
    parts = [date_in_words(timeline, tick), phase_in_words(timeline, tick)]
    parts.append(counted(number, "event") if number else "no events")
    yield TextLine("day", " · ".join(part for part in parts if part))


def changed_lines(timeline: Timeline, tick: int) -> dict[str, Marked]:
    """The places whose control changed in a tick, with the control at its end."""
    before: dict[str, Marked] = {}
    for change in timeline.during(tick, tick):
        if change.key.aspect == "control":
            before.setdefault(change.key.of, change.before)
    now = timeline.at(tick).control
    return {of: now[of] for of, then in before.items() if now[of] != then}


def changes_within(timeline: Timeline, tick: int) -> Iterator[TextLine]:
    """Places that changed hands or certainty on a day: "now held by Iraq: Rawa, Anah"."""
    scenario = timeline.scenario
    groups: dict[str, list[str]] = {}
    for of, after in changed_lines(timeline, tick).items():
        groups.setdefault(control(scenario, after), []).append(scenario.name(of))
    for words, places in groups.items():
        yield TextLine("table", f"now {words}: {', '.join(places)}")


def told_event(timeline: Timeline, reading: Reading, texts: StateTexts) -> Iterator[TextLine]:
    """An event with who says so, who disagrees, and the cited sentences if texts are given."""
    date = reading.shown.event.date
    vague = reading.shown.earliest != reading.shown.latest and date is not None
    when = f" ({day_of(timeline, reading)})" if vague else ""
    yield TextLine("event", f"{reading.event.summary}{when}")
    agree, rivals = citation_line(timeline.scenario, reading)
    yield TextLine("source", agree)
    for rival in rivals:
        yield TextLine("rival", f"≠ {rival}")
    for one in taken_differently(timeline, reading):
        yield TextLine("source", at_event(timeline.scenario, one))
    for note in reading_notes(reading):
        yield TextLine("source", note)
    yield from cited(reading, texts)


def cited(reading: Reading, texts: StateTexts) -> Iterator[TextLine]:
    """The sentences that the admitted claims of an event cite, each once."""
    seen = {}
    for version in reading.versions:
        for claim in (reading.event.claims[n] for n in version.claims):
            text = passage(texts.get(claim.cite.source, ""), claim.cite.locator)
            if text:
                seen[f"{claim.cite.source} {claim.cite.locator}"] = visible(" ".join(text.split()))
    for cite, text in seen.items():
        yield TextLine("quote", f"{cite}: “{text}”")


def told_undated(timeline: Timeline, texts: StateTexts) -> Iterator[TextLine]:
    """The undated events, and those before the window, which set the opening state."""
    earlier = [r for r in timeline.readings if r.dated and r.shown.latest < 0]
    undated = timeline.undated()
    if undated:
        yield TextLine("phase", f"Undated: {counted(len(undated), 'event')}")
    for reading in undated:
        yield from told_event(timeline, reading, texts)
    if earlier:
        yield TextLine("phase", f"Earlier: {counted(len(earlier), 'event')}")
    for reading in sorted(earlier, key=lambda r: (r.shown.latest, r.listed)):
        yield from told_event(timeline, reading, texts)
    if not undated and not earlier:
        yield TextLine("answer", "Every event is dated within the window.")


# --- disputes -----------------------------------------------------------------------------------


def told_disputes(timeline: Timeline, tick: int | None) -> Iterator[TextLine]:
    """What the sources differ on at a tick (or, with None, ever), with each side of it."""
    known = disagreements(timeline)
    chosen = [one for one in known if tick is None or one.open_on(tick)]
    when = "" if tick is None else f" on {date_in_words(timeline, tick)}"
    more = "" if tick is None else f" ({len(known)} over the whole time)"
    yield TextLine("phase", f"{differ_on(len(chosen))}{when}{more}")
    for one in chosen:
        yield TextLine(
            "event", f"{_capital(disagreement_title(timeline, one))}, {days(timeline, one)}"
        )
        for says, who in all_sides(timeline, one):
            yield TextLine("rival", f"≠ {says}: {who}")
        for note in testimony_notes(timeline.scenario, one.claims):
            yield TextLine("source", note)


def told_other_disputes(timeline: Timeline, tick: int) -> Iterator[TextLine]:
    """What the sources differ on at other times than a tick, and when."""
    others = [one for one in disagreements(timeline) if not one.open_on(tick)]
    if others:
        yield TextLine("phase", "At other times")
    for one in others:
        yield TextLine("row", f"{days(timeline, one)}: {disagreement_title(timeline, one)}", hang=2)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


# --- things -------------------------------------------------------------------------------------


def told_thing(timeline: Timeline, of: str, on: int | State) -> Iterator[TextLine]:
    """Why a thing is in its state; for a place also its whole history."""
    yield from told_why(timeline, of, on)
    history = list(told_history(timeline, of))
    if history:
        yield TextLine("phase", "Before and after")
        yield from history


def told_history(timeline: Timeline, of: str) -> Iterator[TextLine]:
    """The whole history of who held a place: each value with the day from whose end it is so."""
    scenario = timeline.scenario
    by_day = {
        max(change.tick, -1): change.after for change in timeline.history(StateKey("control", of))
    }
    before = None
    for tick, after in by_day.items():
        if after != before:
            day = tick_in_words(scenario.calendar, max(tick, 0))
            since = f"before {day}" if tick < 0 else day
            yield TextLine("row", f"{since}: {control(scenario, after)}", hang=2)
        before = after
