"""One cursor for every front end and for the film: by day, event and phase; jump, search and pace.

Everything here is a pure function over plain data: a `StopCourse` says which events come when and
which days make a phase, a `Cursor` where you are on it. The browser's player has the same functions
in its own language; a test compares the two by the table `answers`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from replay.foundation.locators import plain_text
from replay.timeline.timeline import Timeline

# --- the course ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stop:
    """An event on the way: the tick at which it takes effect, and the words in its summary."""

    event: str
    tick: int
    words: int


@dataclass(frozen=True, slots=True)
class StopSpan:
    """A phase: its first and last tick."""

    phase: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class StopCourse:
    """What the cursor steps over: ticks, the events of the window in order, and the phases."""

    ticks: int
    stops: tuple[Stop, ...]
    phases: tuple[StopSpan, ...]

    def to_json(self) -> dict[str, Any]:
        """The course as plain data, ready for `json.dumps`."""
        return asdict(self)


def course(timeline: Timeline) -> StopCourse:
    """The course of a replay. Undated events and those before the window are not stops."""
    scenario = timeline.scenario
    ticks = scenario.calendar.ticks
    stops = (
        Stop(r.event.id, r.shown.latest, len(r.shown.event.summary.split()))
        for r in timeline.events_on(0, ticks - 1)
    )
    spans = [StopSpan(phase.id, *scenario.span(phase)) for phase in scenario.phases]
    inside = [
        StopSpan(span.phase, max(span.first, 0), min(span.last, ticks - 1))
        for span in sorted(spans, key=lambda span: span.first)
        if span.last >= 0 and span.first < ticks
    ]
    return StopCourse(ticks, tuple(stops), tuple(inside))


# --- steps --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cursor:
    """The current tick, and the number of the selected stop, if there is one."""

    tick: int
    stop: int | None = None


StepMove = Literal[
    "next-day",
    "previous-day",
    "next-event",
    "previous-event",
    "next-phase",
    "previous-phase",
    "first",
    "last",
]
MOVES: tuple[StepMove, ...] = get_args(StepMove)


def step_stop(along: StopCourse, at: Cursor, move: StepMove) -> Cursor:
    """Where a move leads; at the end of the course the cursor stays.

    Moves by day and by phase select no event. The next event from there is the first one on that
    day or later, and the previous one is the last before it. The previous phase is the beginning
    of this one, unless the cursor is already there.
    """
    match move:
        case "next-day":
            return _on(along, at, at.tick + 1)
        case "previous-day":
            return _on(along, at, at.tick - 1)
        case "first":
            return Cursor(0)
        case "last":
            return Cursor(along.ticks - 1)
        case "next-phase":
            later = [span.first for span in along.phases if span.first > at.tick]
            return Cursor(later[0]) if later else at
        case "previous-phase":
            earlier = [span.first for span in along.phases if span.first < at.tick]
            return Cursor(earlier[-1]) if earlier else at
        case "next-event":
            number = _following(along, at.tick) if at.stop is None else at.stop + 1
            return _stopped(along, at, number)
        case "previous-event":
            number = _following(along, at.tick) if at.stop is None else at.stop
            return _stopped(along, at, number - 1)


def _on(along: StopCourse, at: Cursor, tick: int) -> Cursor:
    return Cursor(tick) if 0 <= tick < along.ticks else at


def _stopped(along: StopCourse, at: Cursor, number: int) -> Cursor:
    inside = 0 <= number < len(along.stops)
    return Cursor(along.stops[number].tick, number) if inside else at


def _following(along: StopCourse, tick: int) -> int:
    """The number of the first stop on a tick or later."""
    return bisect_left(along.stops, tick, key=lambda stop: stop.tick)


def stops_on(along: StopCourse, tick: int) -> range:
    """The numbers of the stops of a tick."""
    return range(
        _following(along, tick), bisect_right(along.stops, tick, key=lambda stop: stop.tick)
    )


def phase_at(along: StopCourse, tick: int) -> StopSpan | None:
    """The phase that contains a tick."""
    return next((span for span in along.phases if span.first <= tick <= span.last), None)


def jump(timeline: Timeline, along: StopCourse, to: str) -> Cursor:
    """The cursor on a day, an hour or an event; an event as the lens dates it.

    Raises UsageProblem U503 if that is not a moment of the window.
    """
    for number, stop in enumerate(along.stops):
        if stop.event == to:
            return Cursor(stop.tick, number)
    return Cursor(timeline.tick(to))


def carried(at: Cursor, old: StopCourse, new: StopCourse) -> Cursor:
    """The same moment on another course, for example of another lens.

    The event stays selected if it is on that day.
    """
    tick = min(at.tick, new.ticks - 1)
    if at.stop is not None:
        event = old.stops[at.stop].event
        for number in stops_on(new, tick):
            if new.stops[number].event == event:
                return Cursor(tick, number)
    return Cursor(tick)


# --- pace ---------------------------------------------------------------------------------------

Pace = Literal["event", "day", "phase"]
PACES: tuple[Pace, ...] = get_args(Pace)

QUIET = 0.3
"""Seconds for a tick without events."""
LOOK, EACH_EVENT, EACH_WORD = 0.8, 0.3, 0.12
"""Seconds for the map of a tick with events, for each event, and for each word of its summary."""
LONGEST_STAY = 10.0
"""The longest time for a tick, in seconds."""
EVEN = 0.8
"""Seconds for every tick when playing by day."""
CHAPTER = 12.0
"""Seconds for every phase when playing by phase."""


def stays(along: StopCourse, by: Pace = "event") -> list[float]:
    """How many seconds each tick stays.

    By event: long enough to look and to skim the events; quiet ticks are short. By day: all the
    same. By phase: every phase takes the same time, and ticks between phases are short.
    """
    if by == "day":
        return [EVEN] * along.ticks
    found = [QUIET] * along.ticks
    if by == "phase":
        for span in along.phases:
            length = span.last - span.first + 1
            found[span.first : span.last + 1] = [CHAPTER / length] * length
        return found
    events, words = [0] * along.ticks, [0] * along.ticks
    for stop in along.stops:
        events[stop.tick] += 1
        words[stop.tick] += stop.words
    for tick, number in enumerate(events):
        if number:
            stay = LOOK + EACH_EVENT * number + EACH_WORD * words[tick]
            found[tick] = round(min(LONGEST_STAY, stay), 3)
    return found


# --- search -------------------------------------------------------------------------------------

ENTRY_KINDS = ("place", "operation", "force", "area", "route", "event", "person", "voice", "side")
"""The kinds of things that can be found; this order decides between equally good answers."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A thing that can be found: kind, id and name, and all that it may be called (`plain_text`).

    `tick` is the one of an event; None for other things, and for an event outside of the window.
    """

    kind: str
    of: str
    name: str
    spellings: tuple[str, ...]
    tick: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The entry as plain data, ready for `json.dumps`."""
        return asdict(self)


def search_entries(timeline: Timeline) -> list[SearchEntry]:
    """Everything that can be found in a replay: things by their names, events by their words."""
    return [*_things(timeline), *_events(timeline)]


def _things(timeline: Timeline) -> Iterator[SearchEntry]:
    scenario = timeline.scenario
    for kind in (kind for kind in ENTRY_KINDS if kind != "event"):
        for thing in scenario.kinds[kind]:
            called = (plain_text(thing.name), plain_text(thing.id), *map(plain_text, thing.also))
            yield SearchEntry(kind, thing.id, thing.name, tuple(dict.fromkeys(called)))


def _events(timeline: Timeline) -> Iterator[SearchEntry]:
    scenario, ticks = timeline.scenario, timeline.scenario.calendar.ticks
    for reading in sorted(timeline.every_reading(), key=lambda r: (r.shown.latest, r.listed)):
        event, tick = reading.shown.event, reading.shown.latest
        about = " ".join(scenario.name(of) for of in (*event.place, *event.actors()))
        called = (
            plain_text(event.summary),
            plain_text(event.id),
            plain_text(f"{event.summary} {about}"),
        )
        inside = tick if 0 <= tick < ticks else None
        yield SearchEntry("event", event.id, event.summary, tuple(dict.fromkeys(called)), inside)


def search(among: Sequence[SearchEntry], typed: str, most: int = 20) -> list[SearchEntry]:
    """The entries that match some letters, the best first; case, accents and apostrophes are
    ignored.

    Whole names come first, then other things, then events. In each group, matches at the beginning
    of a name come before matches at the beginning of a word, and matches inside words come last.
    """
    wanted = plain_text(typed)
    ranked = [
        (rank > 0, entry.kind == "event", rank, ENTRY_KINDS.index(entry.kind), number)
        for number, entry in enumerate(among)
        if wanted and (rank := min(_rank(called, wanted) for called in entry.spellings)) < _NOT
    ]
    return [among[ranking[-1]] for ranking in sorted(ranked)[:most]]


_NOT = 5


def _rank(called: str, wanted: str) -> int:
    """How well a spelling matches, from 0 (the exact name) to 5 (not at all)."""
    if called == wanted:
        return 0
    if called.startswith(wanted):
        return 1
    if f" {wanted}" in called:
        return 2
    if all(f" {word}" in f" {called}" for word in wanted.split()):
        return 3
    return 4 if wanted.replace(" ", "") in called.replace(" ", "") else _NOT


# --- the table of answers -----------------------------------------------------------------------


def answers(timeline: Timeline, queries: Sequence[str] = ()) -> dict[str, Any]:
    """All results of the functions above for a replay, to test an implementation elsewhere.

    `steps` has every cursor with every move: [tick, stop, move, tick, stop]; `stays` the seconds of
    each tick for every pace; `search` what each query finds: [kind, id].
    """
    along, among = course(timeline), search_entries(timeline)
    starts = [Cursor(tick) for tick in range(along.ticks)]
    starts += [Cursor(stop.tick, number) for number, stop in enumerate(along.stops)]
    steps = [
        [at.tick, at.stop, move, after.tick, after.stop]
        for at in starts
        for move in MOVES
        for after in [step_stop(along, at, move)]
    ]
    return {
        "course": along.to_json(),
        "entries": [entry.to_json() for entry in among],
        "steps": steps,
        "stays": {by: stays(along, by) for by in PACES},
        "search": {q: [[e.kind, e.of] for e in search(among, q)] for q in queries},
    }
