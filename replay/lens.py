"""Which claims are admitted and how they rank: from an event's claims to readings of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from graphlib import TopologicalSorter

from replay.dates import Bounds
from replay.model import Claim, Event, Scenario
from replay.problems import UsageProblem, did_you_mean

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
    settled: bool = field(init=False)
    """Whether all its claims agree, and on one tick; known beforehand, as the engine asks often."""

    def __post_init__(self) -> None:
        first = self.versions[0]
        agreed = first.earliest == first.latest and len(self.versions) == 1 and not first.denies
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


@dataclass(frozen=True, slots=True)
class Lens:
    """A named rule: which claims are admitted, and how groups of claims that agree rank."""

    name: str
    summary: str
    admits: Callable[[Scenario, Claim], bool] = field(default=lambda scenario, claim: True)
    rank: Callable[[Scenario, Event, Sequence[int]], tuple[float, ...]] = field(
        default_factory=lambda: by_weight
    )
    """Sort key of a group of claims (indices into the event's); the smallest is shown."""


Maker = Callable[[Scenario, str], Lens]
LENSES: dict[str, Maker] = {}


def lens(name: str) -> Callable[[Maker], Maker]:
    """Decorator: the function makes the lens of this name from what follows the colon."""

    def register(make: Maker) -> Maker:
        assert name not in LENSES, f"two lenses called {name}"
        LENSES[name] = make
        return make

    return register


def named_lens(scenario: Scenario, spelled: str) -> Lens:
    """The lens that a user asked for: `default`, `only:article`. Raises UsageProblem U504."""
    name, _, argument = spelled.partition(":")
    if name not in LENSES:
        hint = did_you_mean(name, LENSES) or f"lenses: {', '.join(LENSES)}"
        raise UsageProblem("U504", f"there is no lens {spelled!r}", hint)
    return LENSES[name](scenario, argument)


@lens("default")
def _default(scenario: Scenario, argument: str) -> Lens:
    _no_argument("default", argument)
    return Lens("default", "All claims; ranked by grade, corroboration, then the later report.")


@lens("only")
def _only(scenario: Scenario, argument: str) -> Lens:
    source = _a_source(scenario, "only", argument)
    return Lens(
        f"only:{source}",
        f"Only what {scenario.source[source].title!r} says.",
        lambda scenario, claim: claim.cite.source == source,
    )


@lens("without")
def _without(scenario: Scenario, argument: str) -> Lens:
    source = _a_source(scenario, "without", argument)
    return Lens(
        f"without:{source}",
        f"All that is not said by {scenario.source[source].title!r} or derived from it.",
        lambda scenario, claim: source not in lineage(scenario, claim.cite.source),
    )


def _no_argument(name: str, argument: str) -> None:
    if argument:
        what = f"the lens {name!r} takes nothing after a colon"
        raise UsageProblem("U504", what, f"write {name}")


def _a_source(scenario: Scenario, name: str, argument: str) -> str:
    if argument not in scenario.source:
        known = ", ".join(scenario.source)
        hint = did_you_mean(argument, scenario.source) or f"sources: {known}"
        raise UsageProblem("U504", f"the lens {name!r} needs a source, not {argument!r}", hint)
    return argument


# --- ranking ----------------------------------------------------------------------------------


def by_weight(scenario: Scenario, event: Event, claims: Sequence[int]) -> tuple[float, ...]:
    """The default order: best grade, most independent witnesses, latest report, script order."""
    chosen = [event.claims[n] for n in claims]
    latest = max((learned(scenario, claim) or -1e18 for claim in chosen), default=-1e18)
    return (
        min((grade(scenario, claim) for claim in chosen), default=99),
        -witnesses(scenario, chosen),
        -latest,
        min(claims, default=0),
    )


def grade(scenario: Scenario, claim: Claim) -> float:
    """Admiralty grade as a number, 0 the best: the reporter's reliability, then credibility."""
    voice = scenario.voice.get(claim.reporter or "")
    reliability = "ABCDEF".index(voice.grade) if voice and voice.grade else 5
    return reliability + (claim.credibility or 6) / 10


def witnesses(scenario: Scenario, claims: Iterable[Claim]) -> int:
    """How many independent witnesses claims have: those with a common root count once."""
    groups: list[set[str]] = []
    for claim in claims:
        roots = roots_of(scenario, claim)
        touching = [g for g in groups if g & roots]
        groups = [g for g in groups if not g & roots] + [roots.union(*touching)]
    return len(groups)


def roots_of(scenario: Scenario, claim: Claim) -> set[str]:
    """What a claim goes back to: its reporter, or else its source's origin; and the carrier."""
    origin = lineage(scenario, claim.cite.source)[-1]
    roots = {f"reporter {claim.reporter}" if claim.reporter else f"source {origin}"}
    if claim.via:
        report = scenario.report[claim.via]
        roots.add(f"via {report.same_as or report.id}")
    return roots


def lineage(scenario: Scenario, source: str) -> tuple[str, ...]:
    """A source and those that it derives from, the origin last."""
    line = [source]
    while (above := scenario.source[line[-1]].derives_from) is not None:
        line.append(above)
    return tuple(line)


def learned(scenario: Scenario, claim: Claim) -> int | None:
    """The last minute by which a claim had been reported, or None if nothing says.

    Its report date; else the date of the report that carried it; else its source's publication.
    """
    via = scenario.report[claim.via].published if claim.via else None
    source = scenario.source[claim.cite.source].published
    for date in (claim.reported, via, source):
        if date is not None:
            return date.bounds.latest
    return None


# --- readings ---------------------------------------------------------------------------------


def readings(scenario: Scenario, through: Lens, known_on: int | None = None) -> list[Reading]:
    """Every event that the lens admits, in the order of the script.

    `known_on` is a minute: only what had been reported by then is admitted.
    """
    depth, begins = _follow(scenario)
    found = []
    for index, event in enumerate(scenario.events):
        chosen = admitted(scenario, event, through, known_on)
        if any(not event.claims[n].denies for n in chosen):
            versions = _versions(scenario, event, chosen, through, begins)
            date = versions[0].event.date
            minute = NEVER if date is None or date.bounds.latest is None else date.bounds.latest
            order = (minute, depth[event.id], index)
            rank = lru_cache(maxsize=None)(partial(through.rank, scenario, event))
            found.append(Reading(index, event, versions, order, rank))
    return found


def admitted(
    scenario: Scenario, event: Event, through: Lens, known_on: int | None = None
) -> list[int]:
    """Which claims of an event a lens admits, of those that had been reported by a minute."""
    return [
        n
        for n, claim in enumerate(event.claims)
        if through.admits(scenario, claim) and _known(scenario, claim, known_on)
    ]


def _known(scenario: Scenario, claim: Claim, known_on: int | None) -> bool:
    if known_on is None:
        return True
    when = learned(scenario, claim)
    return when is not None and when <= known_on


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
    found = []
    for said, denies, members in groups:
        first, last = ticks(scenario, said, begins)
        if len(members) > 1:
            members.sort(key=lambda n: through.rank(scenario, event, [n]))
        found.append(Version(said, first, last, tuple(members), denies))
    return tuple(found)


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
