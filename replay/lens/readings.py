"""From an event's claims to readings of it: the ranked version, and its rivals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from graphlib import TopologicalSorter

from replay.dates import Bounds, parse, spell_bounds
from replay.lens.question import Undated
from replay.lens.shipped import Lens
from replay.lens.testimony import learned
from replay.model import Claim, Event, Scenario

BEFORE_ALL = -(2**30)
"""The tick of an open beginning."""
NEVER = 2**30
"""The tick of an open end: what is bounded by it never becomes certain."""


@dataclass(frozen=True, slots=True)
class Version:
    """An event in the words of claims that say the same of it, with its bounds in ticks."""

    event: Event
    earliest: int
    latest: int
    claims: tuple[int, ...]
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One event as a lens takes it: the ranked version first, then its rivals."""

    index: int
    event: Event
    versions: tuple[Version, ...]
    order: tuple[int, int, int]
    """Order among events of one tick: minute, depth below `after`, place in the script."""
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
            date = versions[0].event.date
            minute = NEVER if date is None or date.bounds.latest is None else date.bounds.latest
            order = (minute, depth[event.id], index)
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
    for n in followers:
        before = tuple([found[a].index for a in behind[n]])
        begin = max((found[a].shown.earliest for a in behind[n]), default=BEFORE_ALL)
        found[n] = _no_earlier(replace(found[n], after=before), begin)
    limits: dict[int, tuple[int, int]] = {}
    for n in reversed(followers):
        limit = found[n].order[0], found[n].shown.latest
        for a in behind[n]:
            if found[a].order[1] < found[n].order[1]:
                limits[a] = min(limits.get(a, limit), limit)
                found[a] = _no_later(found[a], *limits[a])
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


def _no_earlier(reading: Reading, tick: int) -> Reading:
    """A reading whose vague dates begin at a tick or after it."""
    if all(version.earliest >= tick or version.latest < tick for version in reading.versions):
        return reading
    versions = tuple(
        replace(version, earliest=max(version.earliest, tick))
        if version.latest >= tick
        else version
        for version in reading.versions
    )
    return replace(reading, versions=versions)


def _no_later(reading: Reading, minute: int, tick: int) -> Reading:
    """A reading whose vague dates end by a tick, and which counts by a minute within it."""
    date = reading.shown.event.date
    ended = all(v.latest <= tick or v.earliest > tick for v in reading.versions)
    if date is None or (ended and minute >= reading.order[0]):
        return reading
    own = date.bounds.earliest
    order = (min(reading.order[0], minute if own is None else max(own, minute)), *reading.order[1:])
    versions = tuple(
        replace(version, latest=min(version.latest, tick)) if version.earliest <= tick else version
        for version in reading.versions
    )
    return replace(reading, versions=versions, order=order)


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
        first, last = ticks(scenario, said, begins)
        if len(members) > 1:
            members.sort(key=lambda n: through.rank(scenario, event, [n]))
        found.append(Version(said, first, last, tuple(members), denies))
    return tuple(found)


def _by_the_report(scenario: Scenario, event: Event, said: Event, members: list[int]) -> Event:
    """An event of whose date no admitted claim speaks: it had happened when it was first told."""
    told = [learned(scenario, event.claims[n]) for n in members]
    known = [minute for minute in told if minute is not None]
    date = parse(spell_bounds(Bounds(None, min(known)))) if known else None
    return said.model_copy(update={"date": date})


def _same(a: Event, b: Event) -> bool:
    return type(a) is type(b) and all(
        getattr(a, name) == getattr(b, name) for name in type(a).model_fields if name != "claims"
    )


def ticks(scenario: Scenario, event: Event, begins: dict[str, int | None]) -> tuple[int, int]:
    """First and last tick at which an event can have happened, `after` taken into account.

    `begins` gives the earliest minute of every event.
    """
    bounds = event.date.bounds if event.date else Bounds(None, None)
    limits = [bounds.earliest, *(begins[other] for other in event.after)]
    known = [limit for limit in limits if limit is not None]
    tick = scenario.calendar.tick
    last = NEVER if bounds.latest is None else tick(bounds.latest)
    return min(tick(max(known)), last) if known else BEFORE_ALL, last


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
