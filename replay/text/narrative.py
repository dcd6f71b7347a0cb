"""A replay as text: phase by phase, day by day, each event with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from replay.analysis.disagreements import Disagreement, disagreements
from replay.analysis.intervals import within_steps
from replay.analysis.left_out import LeftOut
from replay.analysis.notes import reading_notes
from replay.analysis.takers import taken_differently
from replay.analysis.tallies import tally_rows
from replay.foundation.edtf import DAY
from replay.foundation.english import format_date, format_day
from replay.lens import Reading
from replay.model import Phase, Scenario
from replay.model.state import Effort, StateKey
from replay.text.dates import ticks_in_words, within_in_words
from replay.text.difference import otherwise
from replay.text.disagreements import disagreement_line
from replay.text.left_out import AS_OPTION, left_out_line
from replay.text.lens import lens_lines
from replay.text.phrases import control, said, voices, witnessed
from replay.text.takers import at_event
from replay.text.tallies import counter_text, how_many, what, when
from replay.timeline.explanation import Testimony
from replay.timeline.timeline import Timeline

LineKind = Literal[
    "title",
    "phase",
    "day",
    "answer",
    "event",
    "source",
    "rival",
    "quote",
    "note",
    "table",
    "row",
    "strip",
    "text",
    "gap",
]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line to print, and its kind, which a terminal uses to style it."""

    kind: LineKind
    text: str
    hang: int = 0
    """The indent of the following lines if it is wrapped: the second column of a row."""


INDENT = {
    "event": 2,
    "row": 2,
    "source": 4,
    "rival": 4,
    "quote": 4,
    "note": 2,
    "table": 2,
    "text": 2,
}
"""The indent of each kind of line, in plain text as on a terminal."""


def narrative(timeline: Timeline, width: int | None = None) -> Iterator[TextLine]:
    """The whole replay as lines; the strip of control cut into stretches that fit a width."""
    scenario = timeline.scenario
    calendar = scenario.calendar
    yield TextLine("title", scenario.title)
    yield TextLine("note", ticks_in_words(calendar, 0, calendar.ticks - 1))
    for told in lens_lines(timeline):
        yield TextLine("note", told)
    earlier = [r for r in timeline.readings if r.dated and r.shown.latest < 0]
    if earlier:
        yield TextLine("phase", "Earlier")
        yield from _events(timeline, sorted(earlier, key=lambda r: (r.shown.latest, r.listed)))
    differ = disagreements(timeline)
    done = -1
    for phase in scenario.phases:
        first, last = scenario.span(phase)
        yield from _between(timeline, done + 1, first - 1)
        begun = [one for one in differ if one.first <= last]
        yield from _phase(timeline, phase, begun)
        differ = differ[len(begun) :]
        done = last
    yield from _between(timeline, done + 1, calendar.ticks - 1)
    yield from _differing(timeline, differ)
    undated = timeline.undated()
    if undated:
        yield TextLine("phase", "Undated")
        yield from _events(timeline, undated)
    unit = scenario.step if scenario.step in ("hour", "day", "week") else "step"
    yield TextLine("phase", f"Control, {unit} by {unit}")
    yield from _strip(timeline, width)


def left_out_note(found: LeftOut, hint: str = AS_OPTION) -> Iterator[TextLine]:
    """A note on the claims that a known-on day leaves out because they have no report date."""
    if found:
        yield TextLine("note", left_out_line(found, hint))


def _strip(timeline: Timeline, width: int | None) -> Iterator[TextLine]:
    """The control strip, whole or cut into stretches that fit, each with its dates."""
    yield from in_stretches(timeline, timeline.strip(named=True), width)
    yield TextLine("gap", "")
    for line in timeline.strip_legend().splitlines():
        yield TextLine("answer", line)
    yield from _not_in_the_strip(timeline)


def _not_in_the_strip(timeline: Timeline) -> Iterator[TextLine]:
    """What came and went within one step, which the strip cannot show."""
    scenario = timeline.scenario
    found = [one for one in within_steps(timeline) if one.brief]
    if found:
        yield TextLine("gap", "")
        yield TextLine("answer", f"Within one {scenario.step}, so not in the strip:")
    for one in sorted(found, key=lambda w: (w.turn.minute, w.turn.rows)):
        what = control(scenario, one.turn.marked)
        yield TextLine(
            "row", f"{scenario.name(one.place)}: {what}, {within_in_words(scenario, one)}"
        )


def in_stretches(timeline: Timeline, text: str, width: int | None) -> Iterator[TextLine]:
    """Rows of a name and one character a day, cut into stretches that fit a width, with dates."""
    rows = text.splitlines()
    calendar = timeline.scenario.calendar
    begin = max((len(row) for row in rows), default=0) - calendar.ticks
    room = calendar.ticks if width is None else max(width - begin, FEWEST_TICKS)
    if room >= calendar.ticks:
        yield TextLine("strip", text)
    for first in range(0, calendar.ticks, room) if room < calendar.ticks else ():
        last = min(first + room, calendar.ticks) - 1
        yield TextLine("gap", "")
        yield TextLine("day", ticks_in_words(calendar, first, last))
        for row in rows:
            part = row[:begin] + row[begin + first : begin + last + 1]
            if part.strip():
                yield TextLine("strip", part.rstrip())


FEWEST_TICKS = 10
"""Days of a stretch of the strip, however narrow the terminal is."""


def _between(timeline: Timeline, first: int, last: int) -> Iterator[TextLine]:
    """Events outside of every phase, if there are any."""
    events = timeline.events_on(first, last) if first <= last else []
    if events:
        scenario = timeline.scenario
        reason = next(
            (p.reason for p in scenario.pauses if _covers(timeline, p.period.bounds, first)), ""
        )
        if scenario.phases:
            yield TextLine("phase", f"Between phases{': ' + reason if reason else ''}")
        yield from _events(timeline, events)


def _covers(timeline: Timeline, bounds: object, tick: int) -> bool:
    begin = timeline.scenario.calendar.begin(tick)
    earliest, latest = getattr(bounds, "earliest", None), getattr(bounds, "latest", None)
    return (earliest is None or earliest <= begin) and (latest is None or begin <= latest)


def _differing(timeline: Timeline, known: Iterable[Disagreement]) -> Iterator[TextLine]:
    for one in known:
        yield TextLine("note", f"≠ {disagreement_line(timeline, one)}")


def _phase(timeline: Timeline, phase: Phase, known: list[Disagreement]) -> Iterator[TextLine]:
    first, last = timeline.scenario.span(phase)
    yield TextLine("phase", f"{phase.name}, {format_date(phase.period)}")
    if phase.summary:
        yield TextLine("text", phase.summary)
    yield from _events(timeline, timeline.events_on(first, last))
    yield from _standing(timeline, first, last)
    yield from _numbers(timeline, first, last)
    yield from _differing(timeline, known)


def _events(timeline: Timeline, readings: list[Reading]) -> Iterator[TextLine]:
    day = None
    for reading in readings:
        date = day_of(timeline, reading)
        if date != day:
            yield TextLine("day", date)
            day = date
        yield TextLine("event", reading.event.summary)
        agree, rivals = citation_line(timeline.scenario, reading)
        yield TextLine("source", agree)
        for rival in rivals:
            yield TextLine("rival", f"≠ {rival}")
        for one in taken_differently(timeline, reading):
            yield TextLine("source", at_event(timeline.scenario, one))
        for note in reading_notes(reading):
            yield TextLine("source", note)


def day_of(timeline: Timeline, reading: Reading) -> str:
    """The date of a reading in words; an exact date as its day."""
    date = reading.shown.event.date
    if date is None:
        return "no date"
    exact = reading.shown.earliest == reading.shown.latest
    if exact and timeline.scenario.step == "day" and date.precision not in ("hour", "minute"):
        return format_day(timeline.scenario.calendar.begin(reading.shown.latest) // DAY)
    return format_date(date)


def citation_line(scenario: Scenario, reading: Reading) -> tuple[str, list[str]]:
    """Who says so, and where; then what others say instead, with who says it."""
    agree: list[tuple[str | None, str]] = []
    rivals: dict[str, list[tuple[str | None, str]]] = {}
    for version in reading.versions:
        says = otherwise(scenario, reading, version)
        told = [said(scenario, reading.event.claims[n]) for n in version.claims]
        (rivals.setdefault(says, []) if says else agree).extend(told)
    return voices(agree), [f"{says}: {voices(told)}" for says, told in rivals.items()]


def _standing(timeline: Timeline, first: int, last: int) -> Iterator[TextLine]:
    """What changed hands in a phase, and the state of its operations."""
    scenario = timeline.scenario
    before, after = timeline.at(max(first - 1, 0)), timeline.at(last)
    changed: dict[str, list[str]] = {}
    for place, marked in after.control.items():
        if marked.value != before.control[place].value:
            changed.setdefault(control(scenario, marked), []).append(scenario.name(place))
    if changed:
        yield TextLine("table", "Changed hands:")
    for words, places in changed.items():
        yield TextLine("table", f"{words}: {', '.join(places)}.")
    for operation in scenario.operations:
        marked = after[StateKey("effort", operation.id)]
        if isinstance(marked.value, Effort) and marked != before[StateKey("effort", operation.id)]:
            yield TextLine("table", f"{operation.name}: {marked.value}.")


def _numbers(timeline: Timeline, first: int, last: int) -> Iterator[TextLine]:
    """The counts of a phase; if there are several counters, all of them together."""
    changed = (change.key.tally for change in timeline.during(first, last))
    fresh = {(s.name, s.unit, s.of) for s in changed if s}
    found = [r for r in tally_rows(timeline, last) if (r.name, r.unit, r.of) in fresh]
    together = {(r.name, r.unit, r.of) for r in found if r.together}
    for row in found:
        if row.together or (row.name, row.unit, row.of) not in together:
            days = f", {said}" if (said := when(row)) else ""
            scenario = timeline.scenario
            text = f"{what(scenario, row)}: {how_many(row)}{days}, {counter_text(scenario, row)}"
            yield TextLine("table", text)


def who_says(scenario: Scenario, told: Testimony) -> str:
    """The reporter with the citation, or only the citation of a source that speaks for itself."""
    return witnessed(scenario, [told])
