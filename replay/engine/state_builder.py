"""The cells of a replay: a cell for each key knows its value, and what is open about it.

The worlds in which events happen otherwise (`marks.py`) are kept only for keys on which something
is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replay.engine.log import Log, RivalValue
from replay.engine.uncertainty import Episode, EventEffect, Precedence, Variant, weigh
from replay.events.tallies import effects, states
from replay.lens import BEFORE_ALL, NO_BEGIN, NO_END, Reading, TickMinute, Version
from replay.model import Scenario
from replay.model.event import leaves_out
from replay.model.state import Effort, Marked, StateKey, Step, Value, unspoken

_SPOKEN: dict[str, frozenset[str]] = {
    "control": frozenset({"control", "place"}),
    "ground": frozenset({"ground", "control", "place"}),
    "formation": frozenset({"formation", "by"}),
    "presence": frozenset({"presence", "by"}),
    "position": frozenset({"position", "from", "to"}),
    "tally": frozenset({"tally", "tallies"}),
    "progress": frozenset({"progress", "km2", "km", "share"}),
    "strength": frozenset({"strength", "number"}),
    "effort": frozenset({"effort", "operation"}),
    "standing": frozenset({"standing", "person"}),
    "share": frozenset({"share", "tallies"}),
}
"""Words with which a claim's `silent` says that it does not speak of an aspect."""

_OF_FORCES = frozenset({"formation", "presence", "position"})


_WHEREABOUTS = frozenset({"presence", "position"})
"""Aspects that only those claims dispute which speak of this force, or deny the event."""


def cases_of(reading: Reading, scenario: Scenario) -> Iterator[tuple[StateKey, ...]]:
    """The keys that any version of a reading touches."""
    for version in reading.versions:
        yield tuple(key for key, _ in effects(version.event, reading.event, scenario))


def document_speaks(reading: Reading, claim: int, aspect: str) -> bool:
    """Whether a claim of a reading's event is not silent of an aspect."""
    silent = reading.event.claims[claim].silent
    return not silent or _SPOKEN.get(aspect, frozenset()).isdisjoint(silent)


def speaks_of(reading: Reading, claim: int, key: StateKey) -> bool:
    """Whether a claim of a reading's event speaks of a key: of numbers, whether it states it."""
    return document_speaks(reading, claim, key.aspect) and states(reading.event.claims[claim], key)


_What = tuple[TickMinute, TickMinute, bool, Value | None]
"""What a group of claims says of a key: from when to when, whether it changes, and to what."""
_NO_DAY = ((0, NO_BEGIN), (0, NO_END))


class _Documented(dict[int, Value | None]):
    """The value of each key, by number; of one that nobody has spoken of, what holds till then."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self.log = log

    def __missing__(self, number: int) -> Value | None:
        return unspoken(self.log.names[number].aspect)


class Cells:
    """All keys of a replay: their values as documented, and what is open about them."""

    def __init__(self, log: Log, scenario: Scenario, readings: Sequence[Reading] = ()) -> None:
        self.log = log
        self.scenario = scenario
        self.behind = Precedence(readings)
        self.base = _Documented(log)
        self.open: dict[int, Episode] = {}
        self.shown: dict[int, Marked] = {}
        self._known: dict[int, list[int]] = {}
        self._tick = BEFORE_ALL
        self._today: dict[int, tuple[Value | None, Reading, Step]] = {}
        """Keys that one settled event has changed in this tick: the value before, and the event.
        A second one of the same tick may have come first."""
        self._weighed: dict[int, None] = {}
        """Keys on which something is open that were looked at in this tick."""

    def marked(self, key: StateKey) -> Marked:
        """What is shown of a key now."""
        number = self.log.key(key)
        return self.shown.get(number) or Marked(self.base[number])

    def occur(self, reading: Reading, tick: int) -> list[tuple[str, Effort]]:
        """A moment of a reading has come; the operations that it bears on, as they stand now."""
        if tick != self._tick:
            self._tick = tick
            self._today.clear()
        if not reading.settled:
            return self._weigh(reading, tick)
        efforts = []
        log, base, unsettled, today = self.log, self.base, self.open, self._today
        version = reading.versions[0]
        for key, step in effects(version.event, reading.event, self.scenario):
            number = log.key(key)
            if number in unsettled or number in today:
                self._join(number, reading, step)
                value = self._refresh(number, tick, reading).value
            else:
                before = base[number]
                value = base[number] = step(before)
                log.note_certain(tick, number, value, reading.index, version.claims[0])
                if key.aspect != "tally":  # numbers of one day come together in any order
                    today[number] = before, reading, step
            if isinstance(value, Effort):
                efforts.append((key.of, value))
        return efforts

    def _join(self, number: int, reading: Reading, step: Step) -> None:
        """A settled event bears on a key on which something is open, or becomes so with it."""
        cases = self._episode(number).cases
        if cases and cases[-1].reading is reading:  # it does two things to the key
            before = cases.pop().variants[0].step
            assert before is not None
            step = _chained([before, step])
        cases.append(_settled(reading, step))

    def _episode(self, number: int) -> Episode:
        """What is open about a key; with the event that has changed it in this tick, if any."""
        if number not in self.open:
            episode = Episode(self.base[number], self._tick, [])
            if number in self._today:
                episode.base, reading, step = self._today.pop(number)
                episode.cases.append(_settled(reading, step))
            self.open[number] = episode
            self.log.episodes.setdefault(number, []).append(episode)
        return self.open[number]

    def _weigh(self, reading: Reading, tick: int) -> list[tuple[str, Effort]]:
        """As `occur`, where claims differ or the tick is open."""
        if reading.index not in self._known:
            self._known[reading.index] = self._open(reading, self.scenario)
        efforts = []
        for number in self._known[reading.index]:
            value = self._refresh(number, tick, reading).value
            if isinstance(value, Effort):
                efforts.append((self.log.names[number].of, value))
        return efforts

    def _open(self, reading: Reading, scenario: Scenario) -> list[int]:
        """Sort out, for each key that a version touches, what is said of it."""
        touched: dict[StateKey, None] = {}
        steps: list[dict[StateKey, list[Step]]] = []
        for version in reading.versions:
            own: dict[StateKey, list[Step]] = {}
            if not version.denies:
                for key, step in effects(version.event, reading.event, scenario):
                    own.setdefault(key, []).append(step)
                    touched[key] = None
            steps.append(own)
        numbers = []
        for key in touched:
            number = self.log.key(key)
            variants = self._variants(reading, key, number, steps, scenario)
            if not variants:
                continue  # all claims that are admitted are silent of it
            numbers.append(number)
            self._episode(number).cases.append(EventEffect(reading, variants))
        return numbers

    def _variants(
        self,
        reading: Reading,
        key: StateKey,
        number: int,
        steps: Sequence[dict[StateKey, list[Step]]],
        scenario: Scenario,
    ) -> tuple[Variant, ...]:
        """Versions that make the same of the key at the same time, together and ranked for it."""
        before = self.shown[number].value if number in self.shown else self.base[number]
        groups: dict[_What, tuple[Step | None, list[int]]] = {}
        for version, own in zip(reading.versions, steps, strict=True):
            claims = [n for n in version.claims if speaks_of(reading, n, key)]
            if not claims or (key.aspect in _OF_FORCES and _only_sides(version, scenario)):
                continue
            if key not in own and _leaves_out(version, reading, key, scenario):
                continue
            if key not in own and key.aspect in _WHEREABOUTS and not version.denies:
                continue  # who names another force does not say that this one was not there
            step = _chained(own[key]) if key in own else None
            after = step(before) if step else before
            when = (version.first, version.last) if step else _NO_DAY
            group = groups.setdefault((*when, step is not None, after), (step, []))
            group[1].extend(claims)
        found = [
            (
                Variant(first[0], last[0], step, tuple(claims), first[1], last[1]),
                RivalValue(first[0], last[0], after, does, tuple(claims)),
            )
            for (first, last, does, after), (step, claims) in groups.items()
        ]
        if len(found) > 1:
            rivals = [rival for _, rival in found]
            found.sort(key=lambda pair: _rank(pair[1], rivals, reading, key.aspect))
        if found:
            self.log.rivals[reading.index, number] = tuple(rival for _, rival in found)
        return tuple(variant for variant, _ in found)

    def _refresh(self, number: int, tick: int, reading: Reading) -> Marked:
        """Work out value, mark and alternatives of a key now; note them if a document does."""
        episode = self.open.get(number)
        before = self.shown.get(number) or Marked(self.base[number])
        if episode is None:
            return before
        shown = weigh(episode.base, episode.cases, tick, reading.order, self.behind).marked
        said = [case.variants[0] for case in episode.cases if case.reading is reading]
        if said and (shown != before or (said[0].step and said[0].latest == tick)):
            claim = said[0].claims[0]
            self.log.note(tick, number, shown, reading.index, claim, "documented")
        self.shown[number] = shown
        self._weighed[number] = None
        return shown

    def end_of(self, tick: int) -> None:
        """At the end of a tick, close what is no longer open."""
        for number in self._weighed:
            episode, shown = self.open[number], self.shown[number]
            if shown.mark == "certain" and all(c.settled_from <= tick for c in episode.cases):
                episode.until = tick
                self.base[number] = shown.value
                del self.open[number], self.shown[number]
        self._weighed.clear()


def _settled(reading: Reading, step: Step) -> EventEffect:
    """An event of which all claims say the same, as it bears on a key."""
    version = reading.versions[0]
    variant = Variant(
        version.earliest, version.latest, step, version.claims, version.begin, version.end
    )
    return EventEffect(reading, (variant,))


def _chained(steps: Sequence[Step]) -> Step:
    def step(before: Value | None) -> Value | None:
        for one in steps:
            before = one(before)
        return before

    return steps[0] if len(steps) == 1 else step


def _rank(
    rival: RivalValue, rivals: Sequence[RivalValue], reading: Reading, aspect: str
) -> tuple[object, ...]:
    """How a group ranks for a key: by its own best grade, then by all claims that give the key its
    value, then by those that can mean the same day, then by its own. A denial comes last; and who
    puts the event elsewhere comes last for forces and numbers, for who names another does not say
    that this one was not there. A claim that is silent of the date bears no witness to the day.
    """
    same = [r for r in rivals if r.touches == rival.touches and r.after == rival.after]
    near = [r for r in same if r.earliest <= rival.latest and rival.earliest <= r.latest]
    everyone = tuple([n for r in same for n in r.claims])
    supports = (tuple([n for r in group for n in _dating(r, reading)]) for group in (near, [rival]))
    own = reading.rank(rival.claims)
    ranks = (reading.rank(claims) for claims in (everyone, *supports))
    mute = not rival.touches and aspect not in ("control", "ground", "progress")
    denies = all(reading.event.claims[n].denies for n in rival.claims)
    return (mute or denies, own[:1], *ranks)


def _only_sides(version: Version, scenario: Scenario) -> bool:
    """Who names no more than a side does not say which of its forces it was."""
    actors = version.event.actors()
    return not version.denies and bool(actors) and all(a in scenario.side for a in actors)


def _leaves_out(version: Version, reading: Reading, key: StateKey, scenario: Scenario) -> bool:
    """Who names fewer places than another version does not say that it did not happen there."""
    if version.denies:
        return False
    place = key.at or key.of
    return any(
        leaves_out(version.event, other.event, place, scenario) for other in reading.versions
    )


def _dating(rival: RivalValue, reading: Reading) -> tuple[int, ...]:
    return tuple([n for n in rival.claims if "date" not in reading.event.claims[n].silent])
