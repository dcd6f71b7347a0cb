"""From an event's claims to readings of it: the ranked version, and its rivals."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from graphlib import TopologicalSorter

from replay.foundation.edtf import Bounds, Minute, parse, spell_within
from replay.lens.question import Undated
from replay.lens.shipped import Lens
from replay.lens.testimony import learned
from replay.model import Claim, Event, Scenario

BEFORE_ALL = -(2**30)
"""The tick of an open beginning."""
NEVER = 2**30
"""The tick of an open end: what is bounded by it never becomes certain."""
NO_BEGIN = -(2**62)
NO_END = 2**62
"""The minutes of an open beginning and of an open end."""

TickMinute = tuple[int, int]
"""A tick and a minute in it: moments of one tick compare by the minute."""


Order = tuple[int, int, str]
"""Order among events of one tick: the minute by which each had happened, its depth below `after`,
and a text that decides if nothing else does. It is made of the minute at which each can have begun,
of who acted, and of the id: it only chooses what is shown while the documents leave the order open,
and it is the same whatever the order of the file."""


def order_of(minute: int, depth: int, begin: int, actors: tuple[str, ...], name: str) -> Order:
    """The order of an event; numbers in its id count as numbers."""
    spelled = re.sub(r"\d+", lambda found: found[0].zfill(9), name)
    return minute, depth, f"{begin - NO_BEGIN:020} {' '.join(actors)} {spelled}"


@dataclass(frozen=True, slots=True)
class Version:
    """An event in the words of claims that say the same of it, with its bounds in ticks."""

    event: Event
    earliest: int
    latest: int
    claims: tuple[int, ...]
    denies: bool = False
    begin: Minute = NO_BEGIN
    """The first minute at which it can have happened."""
    end: Minute = NO_END
    """The last minute."""

    @property
    def first(self) -> TickMinute:
        return self.earliest, self.begin

    @property
    def last(self) -> TickMinute:
        return self.latest, self.end


@dataclass(frozen=True, slots=True)
class Reading:
    """One event as a lens takes it: the ranked version first, then its rivals."""

    index: int
    event: Event
    versions: tuple[Version, ...]
    order: Order
    rank: Callable[[tuple[int, ...]], tuple[float, ...]]
    """The lens's sort key for a group of this event's claims. It remembers what it was asked: the
    same groups are weighed for every key that the event touches."""
    after: tuple[int, ...] = ()
    """Indexes of the readings that it cannot have preceded, as its shown version says."""
    settled: bool = field(init=False)
    """Whether all its claims agree on all of it, and on one tick; the engine asks this often."""

    def __post_init__(self) -> None:
        first = self.versions[0]
        agreed = first.earliest == first.latest and len(self.versions) == 1 and not first.denies
        agreed = agreed and not any(self.event.claims[n].silent for n in first.claims)
        if agreed and self.event.tallies:  # a claim with numbers of its own states no other
            agreed = not any("tallies" in self.event.claims[n].words for n in first.claims)
        object.__setattr__(self, "settled", agreed)

    @property
    def shown(self) -> Version:
        return self.versions[0]

    @property
    def listed(self) -> tuple[int, int, int]:
        """Order in a list of events of one tick: as `order`, but the rest as in the files."""
        place = self.index if self.index >= 0 else NEVER - self.index
        return self.order[0], self.order[1], place

    @property
    def dated(self) -> bool:
        """Whether its shown version has a latest day, so that it ever takes effect."""
        return self.shown.latest < NEVER

    def claim(self, index: int) -> Claim:
        claim: Claim = self.event.claims[index]
        return claim


def readings(
    scenario: Scenario, through: Lens, known_on: int | None = None, undated: Undated = "unknown"
) -> list[Reading]:
    """Every event that the lens admits, in the order of the script.

    `known_on` is a minute: only what had been reported by then is admitted, and with `undated`
    "known" also the claims of which nothing says when they were reported.
    """
    depth, begins = _follow(scenario)
    found = []
    for index, event in enumerate(scenario.events):
        chosen = admitted(scenario, event, through, known_on, undated)
        if any(not event.claims[n].denies for n in chosen):
            versions = _versions(scenario, event, chosen, through, begins)
            begin = event.date.bounds.earliest if event.date else None
            begin = NO_BEGIN if begin is None else begin
            order = order_of(versions[0].end, depth[event.id], begin, event.actors(), event.id)
            rank = lru_cache(maxsize=None)(partial(through.rank, scenario, event))
            found.append(Reading(index, event, versions, order, rank))
    return _in_their_order(scenario, found)


def _in_their_order(scenario: Scenario, found: list[Reading]) -> list[Reading]:
    """Readings that know what they come after: none begins before that, none ends later.

    Where that cannot be, because the dates contradict `after:`, the dates count.
    """
    place = {reading.event.id: n for n, reading in enumerate(found)}
    followers = [n for n, reading in enumerate(found) if reading.shown.event.after]
    followers.sort(key=lambda n: found[n].order[1])
    behind = {n: _admitted_before(scenario, found[n], place) for n in followers}
    after: dict[int, list[int]] = {}
    for n in followers:
        before = tuple([found[a].index for a in behind[n]])
        begins = [found[a].shown.first for a in behind[n]]
        found[n] = _no_earlier(replace(found[n], after=before), begins)
        for a in behind[n]:
            if found[a].order[1] < found[n].order[1]:
                after.setdefault(a, []).append(n)
    for a in sorted(after, key=lambda n: found[n].order[1], reverse=True):
        found[a] = _no_later(found[a], [found[n].shown.last for n in after[a]])
    return found


def _admitted_before(scenario: Scenario, reading: Reading, place: dict[str, int]) -> list[int]:
    """Places of the readings that one comes after; through events that are not admitted, too."""
    found: dict[int, None] = {}
    asked = list(reading.shown.event.after)
    known = set(asked)
    while asked:
        name = asked.pop()
        if name in place:
            found[place[name]] = None
        else:
            more = set(scenario.event[name].after) - known
            known |= more
            asked += more
    return sorted(found)


def _no_earlier(reading: Reading, moments: Sequence[TickMinute]) -> Reading:
    """A reading whose vague dates begin at some moments or after them.

    A moment after the end of a date contradicts it, and does not count.
    """
    versions = []
    for version in reading.versions:
        first = max([version.first, *(m for m in moments if m <= version.last)])
        if first != version.first:
            version = replace(version, earliest=first[0], begin=first[1])
        versions.append(version)
    return replace(reading, versions=tuple(versions))


def _no_later(reading: Reading, moments: Sequence[TickMinute]) -> Reading:
    """A reading whose vague dates end by some moments, unless these contradict them."""
    if reading.shown.event.date is None:
        return reading
    versions = []
    for version in reading.versions:
        last = min([version.last, *(m for m in moments if m >= version.first)])
        if last != version.last:
            version = replace(version, latest=last[0], end=last[1])
        versions.append(version)
    order = (versions[0].end, *reading.order[1:])
    return replace(reading, versions=tuple(versions), order=order)


def admitted(
    scenario: Scenario,
    event: Event,
    through: Lens,
    known_on: int | None = None,
    undated: Undated = "unknown",
) -> list[int]:
    """Which claims of an event a lens admits, of those that had been reported by a minute."""
    return [
        n
        for n, claim in enumerate(event.claims)
        if through.admits(scenario, claim, scenario.variants.get((event.id, n), event))
        and was_known(scenario, claim, known_on, undated)
    ]


def was_known(
    scenario: Scenario, claim: Claim, known_on: int | None, undated: Undated = "unknown"
) -> bool:
    """Whether a claim had been reported by a minute; without one every claim had."""
    if known_on is None:
        return True
    when = learned(scenario, claim)
    return undated == "known" if when is None else when <= known_on


def _versions(
    scenario: Scenario,
    event: Event,
    chosen: list[int],
    through: Lens,
    begins: dict[str, int | None],
) -> tuple[Version, ...]:
    """What the admitted claims make of the event, those that say the same together, ranked."""
    groups: list[tuple[Event, bool, list[int]]] = []
    for n in chosen:
        said = scenario.variants.get((event.id, n), event)
        denies = event.claims[n].denies
        for other, denied, members in groups:
            if denied == denies and (other is said or _same(other, said)):
                members.append(n)
                break
        else:
            groups.append((said, denies, [n]))
    if len(groups) > 1:
        groups.sort(key=lambda g: (g[1], through.rank(scenario, event, g[2])))
    undated = all("date" in event.claims[n].silent for n in chosen)
    found = []
    for said, denies, members in groups:
        if undated:
            said = _by_the_report(scenario, event, said, members)
        first, last, *minutes = ticks(scenario, said, begins)
        if len(members) > 1:
            members.sort(key=lambda n: through.rank(scenario, event, [n]))
        found.append(Version(said, first, last, tuple(members), denies, *minutes))
    return tuple(found)


def _by_the_report(scenario: Scenario, event: Event, said: Event, members: list[int]) -> Event:
    """An event of whose date no admitted claim speaks: it had happened when it was first told."""
    told = [learned(scenario, event.claims[n]) for n in members]
    known = [minute for minute in told if minute is not None]
    date = parse(spell_within(Bounds(None, min(known)))) if known else None
    return said.model_copy(update={"date": date})


def _same(a: Event, b: Event) -> bool:
    return type(a) is type(b) and all(
        getattr(a, name) == getattr(b, name) for name in type(a).model_fields if name != "claims"
    )


def ticks(
    scenario: Scenario, event: Event, begins: dict[str, int | None]
) -> tuple[int, int, Minute, Minute]:
    """First and last tick at which an event can have happened, `after` taken into account; and
    the first and the last minute.

    `begins` gives the earliest minute of every event.
    """
    bounds = event.date.bounds if event.date else Bounds(None, None)
    limits = [bounds.earliest, *(begins[other] for other in event.after)]
    known = [limit for limit in limits if limit is not None]
    tick = scenario.calendar.tick
    last, end = (NEVER, NO_END) if bounds.latest is None else (tick(bounds.latest), bounds.latest)
    if known and max(known) > end:  # the date contradicts the order, and counts
        known = [] if bounds.earliest is None else [bounds.earliest]
    if not known:
        return BEFORE_ALL, last, NO_BEGIN, end
    return tick(max(known)), last, max(known), end


def _follow(scenario: Scenario) -> tuple[dict[str, int], dict[str, int | None]]:
    """For each event, how many it comes after in a row, and its earliest minute."""
    depth: dict[str, int] = {}
    begins: dict[str, int | None] = {}
    for name in TopologicalSorter({e.id: e.after for e in scenario.events}).static_order():
        event = scenario.event[name]
        depth[name] = 1 + max(depth[o] for o in event.after) if event.after else 0
        own = event.date.bounds.earliest if event.date else None
        known = [m for m in (own, *(begins[o] for o in event.after)) if m is not None]
        begins[name] = max(known) if known else None
    return depth, begins
