"""The cells of a replay: a cell for each key knows its value, and what is open about it.

The worlds in which events happen otherwise (`marks.py`) are kept only for keys on which something
is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from replay.lens import Reading, Version
from replay.log import Log, Rival
from replay.marks import Case, Variant, marked
from replay.model import Scenario
from replay.model.event import leaves_out
from replay.state import Control, Effort, Key, Marked, Step, Value, unspoken
from replay.tallies import effects, states

_SPOKEN: dict[str, frozenset[str]] = {
    "control": frozenset({"control", "place"}),
    "formation": frozenset({"formation", "by"}),
    "presence": frozenset({"presence", "by"}),
    "position": frozenset({"position", "from", "to"}),
    "tally": frozenset({"tally", "tallies"}),
    "progress": frozenset({"progress", "km2", "km", "share"}),
    "strength": frozenset({"strength", "number"}),
    "effort": frozenset({"effort", "operation"}),
    "standing": frozenset({"standing", "person"}),
}
"""Words with which a claim's `silent` says that it does not speak of an aspect."""

_OF_FORCES = frozenset({"formation", "presence", "position"})


def cases_of(reading: Reading, scenario: Scenario) -> Iterator[tuple[Key, ...]]:
    """The keys that any version of a reading touches."""
    for version in reading.versions:
        yield tuple(key for key, _ in effects(version.event, reading.event, scenario))


def speaks(reading: Reading, claim: int, aspect: str) -> bool:
    """Whether a claim of a reading's event is not silent of an aspect."""
    silent = reading.event.claims[claim].silent
    return not silent or _SPOKEN.get(aspect, frozenset()).isdisjoint(silent)


def speaks_of(reading: Reading, claim: int, key: Key) -> bool:
    """Whether a claim of a reading's event speaks of a key: of numbers, whether it states it."""
    return speaks(reading, claim, key.aspect) and states(reading.event.claims[claim], key)


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
        self.readings = readings
        self.base = _Documented(log)
        self.open: dict[int, list[Case]] = {}
        self.shown: dict[int, Marked] = {}
        self._known: dict[int, list[int]] = {}
        self._order: dict[int, frozenset[int]] = {}
        self.again: dict[int, tuple[int, int]] = {}
        """Keys to look at again at the end of ticks to come: behind which, and until which."""

    def marked(self, key: Key) -> Marked:
        """What is shown of a key now."""
        number = self.log.key(key)
        return self.shown.get(number) or Marked(self.base[number])

    def occur(self, reading: Reading, tick: int) -> list[tuple[str, Effort]]:
        """A moment of a reading has come; the operations that it bears on, as they stand now."""
        if not reading.settled:
            return self._weigh(reading, tick)
        efforts = []
        log, base, unsettled = self.log, self.base, self.open
        version = reading.versions[0]
        for key, step in effects(version.event, reading.event, self.scenario):
            number = log.key(key)
            if number in unsettled:
                variant = Variant(tick, tick, step, version.claims)
                unsettled[number].append(Case(reading, (variant,)))
                value = self._refresh(number, tick, reading).value
            else:
                value = base[number] = step(base[number])
                log.note_certain(tick, number, value, reading.index, version.claims[0])
            if isinstance(value, Effort):
                efforts.append((key.of, value))
        return efforts

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
        touched: dict[Key, None] = {}
        steps: list[dict[Key, list[Step]]] = []
        for version in reading.versions:
            own: dict[Key, list[Step]] = {}
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
            self.open.setdefault(number, []).append(Case(reading, variants))
        return numbers

    def _variants(
        self,
        reading: Reading,
        key: Key,
        number: int,
        steps: Sequence[dict[Key, list[Step]]],
        scenario: Scenario,
    ) -> tuple[Variant, ...]:
        """Versions that make the same of the key at the same time, together and ranked for it."""
        before = self.shown[number].value if number in self.shown else self.base[number]
        groups: dict[tuple[int, int, bool, Value | None], tuple[Step | None, list[int]]] = {}
        for version, own in zip(reading.versions, steps, strict=True):
            claims = [n for n in version.claims if speaks_of(reading, n, key)]
            if not claims or (key.aspect in _OF_FORCES and _only_sides(version, scenario)):
                continue
            if key not in own and _leaves_out(version, reading, key, scenario):
                continue
            step = _chained(own[key]) if key in own else None
            after = step(before) if step else before
            bounds = (version.earliest, version.latest) if step else (0, 0)
            group = groups.setdefault((*bounds, step is not None, after), (step, []))
            group[1].extend(claims)
        found = [
            (
                Variant(first, last, step, tuple(claims)),
                Rival(first, last, after, does, tuple(claims)),
            )
            for (first, last, does, after), (step, claims) in groups.items()
        ]
        if len(found) > 1:
            rivals = [rival for _, rival in found]
            found.sort(key=lambda pair: _rank(pair[1], rivals, reading, key.aspect))
        self.log.rivals[reading.index, number] = tuple(rival for _, rival in found)
        return tuple(variant for variant, _ in found)

    def look_again(self, tick: int) -> None:
        """Work out anew, at the end of a tick, control that hangs on several open dates.

        What can have come before what takes as many ticks as there are dates, so that values become
        possible on days on which nothing is told.
        """
        for number, (since, until) in list(self.again.items()):
            cases = [c for c in self.open.get(number, ()) if c.variants[0].earliest <= tick]
            if cases and tick > since:
                self._refresh(number, tick, max(cases, key=lambda c: c.reading.order).reading, True)
            if tick >= until:
                del self.again[number]

    @cached_property
    def _after(self) -> dict[int, tuple[int, ...]]:
        """Reading → those that it directly comes after; asked for only where dates are open."""
        return {reading.index: reading.after for reading in self.readings if reading.after}

    def _behind(self, index: int) -> frozenset[int]:
        """The readings that one cannot have preceded, those behind them too."""
        if index not in self._order:
            found: set[int] = set()
            asked = [index]
            while asked:
                fresh = set(self._after.get(asked.pop(), ())) - found
                found |= fresh
                asked += fresh
            self._order[index] = frozenset(found)
        return self._order[index]

    def _refresh(self, number: int, tick: int, reading: Reading, again: bool = False) -> Marked:
        """Work out value, mark and alternatives of a key now; note them if a document does."""
        cases = self.open.get(number, [])
        before = self.shown.get(number) or Marked(self.base[number])
        shown = marked(self.base[number], cases, tick, reading.order, self._behind)
        said = [case.variants[0] for case in cases if case.reading is reading]
        told = said and not again and said[0].step and said[0].latest == tick
        if said and (shown != before or told):
            claim = said[0].claims[0]
            self.log.note(tick, number, shown, reading.index, claim, "documented")
        self.shown[number] = shown
        if shown.mark == "certain" and all(
            case.settled_from <= case.seen(tick, reading.order) for case in cases
        ):
            self.base[number] = shown.value
            self.open.pop(number, None)
            self.shown.pop(number, None)
        elif len(cases) > 1 and not again and isinstance(shown.value, Control):
            self.again[number] = tick, tick + len(cases) - 1
        return shown


def _chained(steps: Sequence[Step]) -> Step:
    def step(before: Value | None) -> Value | None:
        for one in steps:
            before = one(before)
        return before

    return steps[0] if len(steps) == 1 else step


def _rank(
    rival: Rival, rivals: Sequence[Rival], reading: Reading, aspect: str
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
    mute = not rival.touches and aspect not in ("control", "progress")
    denies = all(reading.event.claims[n].denies for n in rival.claims)
    return (mute or denies, own[:1], *ranks)


def _only_sides(version: Version, scenario: Scenario) -> bool:
    """Who names no more than a side does not say which of its forces it was."""
    actors = version.event.actors()
    return not version.denies and bool(actors) and all(a in scenario.side for a in actors)


def _leaves_out(version: Version, reading: Reading, key: Key, scenario: Scenario) -> bool:
    """Who names fewer places than another version does not say that it did not happen there."""
    if version.denies:
        return False
    place = key.at or key.of
    return any(
        leaves_out(version.event, other.event, place, scenario) for other in reading.versions
    )


def _dating(rival: Rival, reading: Reading) -> tuple[int, ...]:
    return tuple([n for n in rival.claims if "date" not in reading.event.claims[n].silent])
