"""Why it is so, who says it, and who says otherwise: the claims behind a value of a timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np

from replay.engine.log import RivalValue
from replay.foundation.edtf import Bounds, spell_within
from replay.lens import BEFORE_ALL, NEVER, Reading, Version
from replay.model import Claim
from replay.model.state import UNKNOWN, Marked, StateKey, Value, unspoken
from replay.timeline.difference import Difference, Says
from replay.timeline.index import NO_ROW
from replay.timeline.timeline import State, Timeline, WithinStep


@dataclass(frozen=True, slots=True)
class Testimony:
    """One claim as it bears on a value: the event, where it stands, who says it, and when."""

    event: str
    type: str
    date: str | None
    """EDTF, as this claim dates the event."""
    source: str
    locator: str
    reporter: str | None
    via: str | None
    reported: str | None
    says: Says | None = None
    """What it says, where that is to be told from what others say."""
    inherited_from: str | None = None
    """The locator of the sentence from which it has its report date, if that is inherited."""
    note: str | None = None
    """What the author noted beside the claim."""


@dataclass(frozen=True, slots=True)
class Next:
    """The next change of a value."""

    tick: int
    date: str
    event: str
    to: Marked


@dataclass(frozen=True, slots=True)
class Explanation:
    """The value of a key at a moment with all that stands behind it."""

    key: StateKey
    on: str
    marked: Marked
    since: str | None
    """EDTF: the dates within which the value came about; None before any claim."""
    because: tuple[Testimony, ...]
    against: tuple[Testimony, ...]
    pending: tuple[Testimony, ...]
    """Claims that say when, or in which order, only within bounds: why the value is possible."""
    next: Next | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A key on which admitted claims differ: the ticks while they do, and what each says."""

    key: StateKey
    first: int
    last: int
    claims: tuple[Testimony, ...]


def explain(timeline: Timeline, key: StateKey, on: str | int | State) -> Explanation:
    """What holds of a key at a moment, since when, because of which claims, against which others.

    Raises UsageError U503 where `on` is no moment of the window.
    """
    state = timeline.at(on)
    rows, later = _split(state.timeline, key, state.tick)
    return _explained(state.timeline, key, state.label, state.tick, rows, later)


def explain_turn(timeline: Timeline, key: StateKey, turn: WithinStep) -> Explanation:
    """The same of a key from one of its turns on, until the next."""
    own = timeline.rows_of(key).tolist()
    rows, later = own[: turn.rows], own[turn.rows :]
    label = timeline.scenario.calendar.label(turn.tick)
    return _explained(timeline, key, label, turn.tick, rows, later)


def _explained(
    timeline: Timeline, key: StateKey, on: str, tick: int, rows: list[int], later: list[int]
) -> Explanation:
    shown = timeline.marked(rows[-1]) if rows else Marked(unspoken(key.aspect))
    run = _run(timeline, rows, shown.value)
    because: list[Testimony] = []
    against: list[Testimony] = []
    pending: list[Testimony] = []
    begun = None
    for reading in _readings(timeline, run):
        groups = _groups(timeline, reading, key)
        chosen = groups[0]
        made_it = _made(timeline, key, reading, chosen, shown, tick)
        if made_it and begun is None:
            begun = spell_ticks(timeline, reading, chosen)
        for group in groups:
            told = [claimed(reading, n) for n in group.claims]
            if made_it and _agrees(group, chosen):
                because += told
            elif made_it or (group.latest <= tick and group.touches and group.after != shown.value):
                says = _says(timeline, reading, group)
                against += [replace(t, says=says) for t in told]
            elif group.touches and group.earliest <= tick < group.latest:
                pending += told
    if shown.mark != "certain":
        _add_causes(timeline, key, tick, because, against, pending)
    return Explanation(
        key,
        on,
        shown,
        begun,
        tuple(because),
        tuple(against),
        tuple(pending),
        _next(timeline, later, shown.value),
    )


def _add_causes(
    timeline: Timeline,
    key: StateKey,
    tick: int,
    because: Sequence[Testimony],
    against: list[Testimony],
    pending: list[Testimony],
) -> None:
    """Name the claims that leave the value open, also where an earlier event handed that down."""
    causes = timeline.causes(key, tick)
    named = {replace(testimony, says=None) for testimony in against}
    for case, variant in causes.rivals:
        groups = _groups(timeline, case.reading, key)
        group = next(g for g in groups if g.claims == variant.claims)
        told = [claimed(case.reading, n) for n in variant.claims]
        says = _says(timeline, case.reading, group)
        against += [replace(t, says=says) for t in told if t not in named]
        named.update(told)
    named |= {replace(testimony, says=None) for testimony in (*because, *pending)}
    told = [claimed(case.reading, n) for case in causes.dates for n in case.variants[0].claims]
    pending += [t for t in told if t not in named] or (told if not pending else [])


_KNOWN: WeakKeyDictionary[Timeline, dict[int, str | None]] = WeakKeyDictionary()
"""What `since_date` found, by the last row of a key: for rows on which nothing is open any more."""


def since_date(timeline: Timeline, key: StateKey, tick: int) -> str | None:
    """EDTF: the dates within which the value of a key at a tick came about, as `explain` says them.

    It hears no witnesses and remembers its answers, so that a picture can ask it of every place.
    """
    number = timeline.keys.get(key)
    row = NO_ROW if number is None else timeline.index.last_row(number, tick)
    if row == NO_ROW:
        return None
    known = _KNOWN.setdefault(timeline, {})
    if row not in known:
        found, settled = _since(timeline, key, tick)
        if not settled:
            return found
        known[row] = found
    return known[row]


def _since(timeline: Timeline, key: StateKey, tick: int) -> tuple[str | None, bool]:
    """The same, and whether it will stay so until the next row of the key."""
    rows, _ = _split(timeline, key, tick)
    shown = timeline.marked(rows[-1])
    readings = list(_readings(timeline, _run(timeline, rows, shown.value)))
    told = [(reading, _groups(timeline, reading, key)[0]) for reading in readings]
    settled = all(chosen.latest <= tick for _, chosen in told)
    for reading, chosen in told:
        if _made(timeline, key, reading, chosen, shown, tick):
            return spell_ticks(timeline, reading, chosen), settled
    return None, settled


def _split(timeline: Timeline, key: StateKey, tick: int) -> tuple[list[int], list[int]]:
    """The rows of a key up to the end of a tick, and those after it."""
    own = timeline.rows_of(key)
    stop = int(np.searchsorted(own, timeline.index.stop(tick)))
    return own[:stop].tolist(), own[stop:].tolist()


def _run(timeline: Timeline, rows: list[int], value: Value | None) -> list[int]:
    """The last rows of a key through which its value stayed what it is."""
    run: list[int] = []
    for row in reversed(rows):
        if timeline.marked(row).value != value:
            break
        run.append(row)
    return run[::-1]


def _readings(timeline: Timeline, rows: list[int]) -> Iterator[Reading]:
    """The readings behind some rows, each once, in order."""
    seen = {int(timeline.rows.event[row]): row for row in rows}
    for row in seen.values():
        yield timeline.cause(row)


def _groups(timeline: Timeline, reading: Reading, key: StateKey) -> tuple[RivalValue, ...]:
    """What the groups of claims of a reading make of a key, the one that is shown first."""
    number = timeline.keys[key]
    known = timeline.rivals.get((reading.index, number))
    if known is not None:
        return known
    version = reading.shown
    return (RivalValue(version.earliest, version.latest, None, True, version.claims),)


def _made(
    timeline: Timeline,
    key: StateKey,
    reading: Reading,
    chosen: RivalValue,
    shown: Marked,
    tick: int,
) -> bool:
    """Whether the value that is shown came about, or was said again, with this reading by a tick.

    The claims that are ranked first for this key decide from when on: of other keys of the same
    event others may be.
    """
    if not chosen.touches or chosen.latest > tick:
        return False
    own = timeline.rows_of(key)
    events, ticks = timeline.rows.event[own], timeline.rows.tick[own]
    said = own[(events == reading.index) & (ticks >= chosen.latest)]
    return any(timeline.marked(row).value == shown.value for row in said.tolist())


def _agrees(group: RivalValue, chosen: RivalValue) -> bool:
    """Whether a group says the same of the key as another, at a time that can be the same."""
    overlap = group.earliest <= chosen.latest and chosen.earliest <= group.latest
    return group.touches and group.after == chosen.after and overlap


def _says(timeline: Timeline, reading: Reading, group: RivalValue) -> Difference:
    """What a group of claims says of the key."""
    if _version(reading, group.claims[0]).denies:
        return Difference(denies=True)
    if not group.touches:
        return Difference(silent=True)
    return Difference(group.after, spell_ticks(timeline, reading, group))


def _version(reading: Reading, claim: int) -> Version:
    return next(v for v in reading.versions if claim in v.claims)


def claimed(reading: Reading, n: int, says: Says | None = None) -> Testimony:
    """Claim n of a reading's event, with what it says where that is to be told."""
    claim: Claim = reading.event.claims[n]
    version = _version(reading, n)
    date = version.event.date
    return Testimony(
        event=reading.event.id,
        type=version.event.type,
        date=date.text if date else None,
        source=claim.cite.source,
        locator=str(claim.cite.locator),
        reporter=claim.reporter,
        via=claim.via,
        reported=claim.report_date.text if claim.report_date else None,
        says=says,
        inherited_from=str(claim.inherited_from.locator) if claim.inherited_from else None,
        note=claim.note,
    )


def spell_ticks(timeline: Timeline, reading: Reading, group: RivalValue) -> str:
    """The dates of a group of claims as EDTF: as written, or with the bound that `after` gives."""
    calendar = timeline.scenario.calendar
    version = _version(reading, group.claims[0])
    date = version.event.date
    if date is not None and (group.earliest == group.latest or not version.event.after):
        # `after:` may have bounded an end that is open
        closed = None not in (date.bounds.earliest, date.bounds.latest)
        if closed or group.earliest != group.latest:
            return date.text
    if group.earliest > BEFORE_ALL and group.latest < NEVER:
        return calendar.span(group.earliest, group.latest)
    first = calendar.begin(group.earliest) if group.earliest > BEFORE_ALL else None
    last = calendar.end(group.latest) if group.latest < NEVER else None
    return "../.." if first is last is None else spell_within(Bounds(first, last))


def _next(timeline: Timeline, rows: list[int], value: Value | None) -> Next | None:
    for row in rows:
        marked = timeline.marked(row)
        if marked.value != value:
            change = timeline.change(row)
            return Next(change.tick, timeline.dated(row), change.event, marked)
    return None


def disputes(timeline: Timeline) -> list[Dispute]:
    """Every key on which admitted claims differ, with the ticks of the dispute and all claims.

    Claims that differ from the first-ranked ones in the date or the value are listed even where
    the difference lies outside the window.
    """
    found = []
    for (index, number), groups in timeline.rivals.items():
        if all(_agrees(group, groups[0]) for group in groups):
            continue
        reading, key = timeline.reading[index], timeline.names[number]
        ticks = _disputed_ticks(timeline, number, index)
        told = []
        for group in groups:
            says = _says(timeline, reading, group)
            told += [claimed(reading, n, says) for n in group.claims]
        found.append(Dispute(key, *ticks, tuple(told)))
    return sorted(found, key=lambda d: (d.first, d.key))


def _disputed_ticks(timeline: Timeline, number: int, index: int) -> tuple[int, int]:
    """First and last tick at which a reading leaves a key disputed; its bounds if none does."""
    rows = timeline.index.history(number)
    ticks = timeline.rows.tick
    marks = timeline.rows.mark
    last_tick = timeline.scenario.calendar.ticks - 1
    spans = [
        (int(ticks[row]), int(ticks[rows[n + 1]]) - 1 if n + 1 < len(rows) else last_tick)
        for n, row in enumerate(rows)
        if marks[row] == 2
    ]
    spans = [(a, b) for a, b in spans if b >= a]
    if spans:
        return min(a for a, _ in spans), max(b for _, b in spans)
    groups = timeline.rivals[index, number]
    dated = [
        t for g in groups for t in (g.earliest, g.latest) if BEFORE_ALL < t < NEVER and g.touches
    ]
    return min(dated, default=0), max(dated, default=0)


__all__ = [
    "UNKNOWN",
    "Dispute",
    "Explanation",
    "Next",
    "Testimony",
    "disputes",
    "explain",
    "since_date",
]
