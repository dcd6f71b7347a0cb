"""The line mode: you type `next`, `why rawa`, `goto 3 nov`, and read the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from replay.analysis.left_out import left_out
from replay.analysis.names import find_tallies, find_thing
from replay.analysis.tallies import tally_rows
from replay.foundation.errors import ScenarioError, UsageError, did_you_mean, quoted
from replay.stepping.key_bindings import KEYS, KeyBinding
from replay.stepping.navigator import MOVES, StepMove, stops_on
from replay.stepping.session import Session
from replay.text.dates import at_the_time
from replay.text.explanation import told_numbers, told_state
from replay.text.left_out import AS_COMMAND
from replay.text.lens import lens_named
from replay.text.narrative import TextLine, left_out_note
from replay.text.state import (
    told_disputes,
    told_event,
    told_head,
    told_moment,
    told_thing,
    told_undated,
)

Say = Callable[[Iterable[TextLine]], None]

WORDS: dict[str, KeyBinding] = {key.words.split(" ")[0]: key for key in reversed(KEYS) if key.words}
"""Command → its line in the table of keys; `event` includes `event back`."""


def converse(walk: Session, typed: Iterable[str], say: Say) -> None:
    """Answer each line until `quit` or the end. A wrong line gets only a message."""
    say(_greeting(walk))
    for line in typed:
        command, _, rest = line.strip().partition(" ")
        if not command:
            continue
        try:
            key = _meant(command)
            if key.action == "quit":
                return
            say(list(_answer(walk, key, rest.strip())))
        except ScenarioError as problem:
            say(TextLine("answer", text) for text in str(problem).splitlines())


def _greeting(walk: Session) -> Iterator[TextLine]:
    yield TextLine("title", walk.scenario.title)
    yield TextLine("note", lens_named(walk.timeline))
    yield from left_out_note(left_out(walk.timeline), AS_COMMAND)
    yield from told_moment(walk.timeline, walk.at.tick, walk.texts)
    yield TextLine("answer", "`help` lists the commands, `quit` leaves.")


def _meant(command: str) -> KeyBinding:
    """The command of this name, or the only one that begins so; raises UsageProblem U507."""
    word = command.lower()
    if word in WORDS:
        return WORDS[word]
    begun = [name for name in WORDS if name.startswith(word)]
    if len(begun) == 1:
        return WORDS[begun[0]]
    hint = f"{' or '.join(begun)}?" if begun else did_you_mean(word, WORDS)
    what = f"there is no command {quoted(command)}"
    raise UsageError("U507", what, hint or "`help` lists the commands")


# --- answers ------------------------------------------------------------------------------------


def _answer(walk: Session, key: KeyBinding, rest: str) -> Iterator[TextLine]:
    if key.action in MOVES:
        return _moved(walk, key.action, rest)
    return _ANSWERS[key.action](walk, rest)


def _moved(walk: Session, move: StepMove, rest: str) -> Iterator[TextLine]:
    """A step by day, event or phase; "back" turns it, a number repeats it."""
    words = rest.split()
    if words and "back".startswith(words[0]) and move.startswith("next-") and move != "next-day":
        move = move.replace("next-", "previous-")  # type: ignore[assignment]
        words = words[1:]
    if len(words) > 1 or (words and not words[0].isdecimal()):
        raise UsageError("U507", f"{quoted(rest)} is not a number", "write how many: next 3")
    if not walk.go(move, int(words[0][:9]) if words else 1):
        yield TextLine("answer", _END.get(move, "You cannot go any further."))
    elif move.endswith("event"):
        yield from _event(walk)
    else:
        yield from told_moment(walk.timeline, walk.at.tick, walk.texts)


_END = {
    "next-day": "This is the last day.",
    "previous-day": "This is the first day.",
    "next-event": "This is the last event.",
    "previous-event": "This is the first event.",
    "next-phase": "No phase begins after this day.",
    "previous-phase": "No phase begins before this day.",
    "first": "This is the first day.",
    "last": "This is the last day.",
}


def _event(walk: Session) -> Iterator[TextLine]:
    """The selected event, and its number among the events of its day."""
    reading, today = walk.reading, stops_on(walk.course, walk.at.tick)
    assert reading is not None
    assert walk.at.stop is not None
    yield from told_head(walk.timeline, walk.at.tick)
    if len(today) > 1:
        yield TextLine("note", f"event {walk.at.stop - today.start + 1} of {len(today)}:")
    yield from told_event(walk.timeline, reading, walk.texts)


def _day(walk: Session, rest: str) -> Iterator[TextLine]:
    return told_moment(walk.timeline, walk.at.tick, walk.texts)


def _goto(walk: Session, rest: str) -> Iterator[TextLine]:
    _needed(rest, "goto", "a day, as in goto 2017-11-03, or an event")
    walk.goto(rest)
    if walk.reading:
        yield from _event(walk)
    else:
        yield from told_moment(walk.timeline, walk.at.tick, walk.texts)
    if walk.now.moment is not None:
        words = at_the_time(walk.now)
        yield TextLine("note", f"`why`, `places` and `tallies` answer for the moment {words}.")


def _needed(rest: str, command: str, what: str) -> None:
    if not rest:
        raise UsageError("U507", f"{command} needs an argument", f"name {what}")


def _find(walk: Session, rest: str) -> Iterator[TextLine]:
    _needed(rest, "find", "a place, a force, an event or an operation")
    found = walk.found(rest)
    if not found:
        yield TextLine("answer", f"No results for {quoted(rest)}.")
    for entry in found:
        when = walk.scenario.calendar.label(entry.tick) if entry.tick is not None else ""
        day = f", {when}" if when else ""
        yield TextLine("event", f"{entry.kind} {entry.of}{day}: {entry.name}")
    if found:
        best = next((e for e in found if e.kind == "place"), None)
        walk.chosen = best.of if best else walk.chosen
        event = next((e.of for e in found if e.kind == "event" and e.tick is not None), None)
        ways = ([f"`why {best.of}`"] if best else []) + ([f"`goto {event}`"] if event else [])
        if ways:
            yield TextLine("note", f"try {' or '.join(ways)}")


def _why(walk: Session, rest: str) -> Iterator[TextLine]:
    if not rest and walk.about is None:
        _needed("", "why", "a place, a force, an operation or a count")
    try:
        of = find_thing(walk.scenario, rest or walk.about or "")
    except UsageError as unknown:
        yield from _why_number(walk, rest, unknown)
        return
    walk.chosen = of
    yield from told_thing(walk.timeline, of, walk.now)


def _why_number(walk: Session, rest: str, unknown: UsageError) -> Iterator[TextLine]:
    """Why a number is what it is; raises the earlier error if no number has this name."""
    try:
        names = sorted({series.name for series in find_tallies(walk.timeline, rest)})
    except UsageError:
        raise unknown from None
    for name in names:
        yield from told_numbers(walk.scenario, tally_rows(walk.timeline, walk.now, name), why=True)


def _disputes(walk: Session, rest: str) -> Iterator[TextLine]:
    return told_disputes(walk.timeline, None if rest else walk.at.tick)


def _places(walk: Session, rest: str) -> Iterator[TextLine]:
    return told_state(walk.timeline, walk.now, [])


def _tallies(walk: Session, rest: str) -> Iterator[TextLine]:
    names = sorted({s.name for s in find_tallies(walk.timeline, rest)}) if rest else [None]
    found = [row for name in names for row in tally_rows(walk.timeline, walk.now, name)]
    return told_numbers(walk.scenario, found, why=bool(rest))


def _undated(walk: Session, rest: str) -> Iterator[TextLine]:
    return told_undated(walk.timeline, walk.texts)


def _lens_named(walk: Session, rest: str) -> Iterator[TextLine]:
    if not rest:
        for name, summary in walk.lenses():
            here = " (this one)" if name == walk.timeline.lens.name else ""
            yield TextLine("event", f"{name}{here}: {summary}")
        return
    walk.through(rest)
    yield from _turned(walk)


def _known(walk: Session, rest: str) -> Iterator[TextLine]:
    walk.known(rest or None)
    yield from _turned(walk)


def _turned(walk: Session) -> Iterator[TextLine]:
    yield TextLine("note", f"{lens_named(walk.timeline)}: {walk.timeline.lens.summary}")
    yield TextLine("note", walk.differs())
    yield from left_out_note(left_out(walk.timeline), AS_COMMAND)
    yield from told_moment(walk.timeline, walk.at.tick, walk.texts)


def _help(walk: Session, rest: str) -> Iterator[TextLine]:
    commands = [(key.words, key.does) for key in KEYS if key.words]
    wide = max(len(words) for words, _ in commands)
    for words, does in commands:
        yield TextLine("row", f"{words:<{wide}}  {does}", hang=wide + 2)
    yield TextLine("note", "You can shorten a command as long as no other command begins the same.")


_ANSWERS: dict[str, Callable[[Session, str], Iterator[TextLine]]] = {
    "goto": _goto,
    "find": _find,
    "why": _why,
    "disputes": _disputes,
    "places": _places,
    "tallies": _tallies,
    "undated": _undated,
    "events": _day,
    "lens": _lens_named,
    "known": _known,
    "help": _help,
}
