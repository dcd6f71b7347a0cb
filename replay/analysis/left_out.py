"""What a known-on day leaves out because nothing says when it was reported.

A claim that was reported later is left out because it was not known. A claim without a report date,
in a source without a date, may have been known: leaving it out is a choice, so every answer that it
changes says so, and `--undated known` is the other choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from replay.lens import BEFORE_ALL, Lens, learned
from replay.model import Citation, Claim, Event, Scenario
from replay.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class UndatedClaim:
    """A claim that the lens admits and of which nothing says when it was reported."""

    said: Event
    """The event in its words."""
    cite: Citation
    first: int
    """The first tick at which the event can have happened, in its words."""
    number: int = 1
    """How many claims: one, or as many as a table has rows."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The claims without a report date, of all or of those that bear on an answer."""

    claims: tuple[UndatedClaim, ...] = ()
    counted: bool = False
    """Whether they count all the same: `--undated known`."""

    def __bool__(self) -> bool:
        return bool(self.claims)

    @property
    def by_source(self) -> dict[str, int]:
        """Source → how many claims of it, in the order of the script."""
        found: Counter[str] = Counter()
        for claim in self.claims:
            found[claim.cite.source] += claim.number
        return dict(found)

    @property
    def number(self) -> int:
        """How many claims there are."""
        return sum(claim.number for claim in self.claims)

    def until(self, tick: int) -> LeftOut:
        """Those of events that can have happened by a tick."""
        return self._those(lambda claim: claim.first <= tick)

    def about(self, of: str) -> LeftOut:
        """Those of events that name a thing: a place, a force, an operation."""
        return self._those(lambda claim: of in set(_named(claim.said)))

    def counting(self, names: Collection[str] = ()) -> LeftOut:
        """Those that give a number, or a number of some names."""
        return self._those(
            lambda claim: any(not names or entry.name in names for entry in claim.said.tallies)
        )

    def _those(self, wanted: Callable[[UndatedClaim], bool]) -> LeftOut:
        return replace(self, claims=tuple(claim for claim in self.claims if wanted(claim)))


def _named(event: Event) -> Iterator[str]:
    yield from (*event.place, *event.objects(), *event.actors())
    if event.operation:
        yield event.operation


_KNOWN: WeakKeyDictionary[Timeline, LeftOut] = WeakKeyDictionary()


def left_out(timeline: Timeline) -> LeftOut:
    """The claims of the script's events and tables that have no report date; none without a
    known-on day, as then every claim counts."""
    if timeline.known_on is None:
        return LeftOut()
    if timeline not in _KNOWN:
        counted = timeline.question.undated == "known"
        _KNOWN[timeline] = LeftOut(tuple(undated(timeline)), counted)
    return _KNOWN[timeline]


def undated(timeline: Timeline) -> Iterator[UndatedClaim]:
    """The claims that a timeline's lens admits and that have no report date."""
    yield from undated_claims(timeline.scenario, timeline.lens)
    for table in timeline.tables:
        columns = table.columns
        for actor, event in enumerate(table.events):
            rows = columns.by == actor
            if rows.any():
                first = int(columns.tick[rows].min())
                said = event.model_copy(update={"place": columns.places})
                for claim in event.claims:
                    if _without_date(timeline.scenario, timeline.lens, claim, event):
                        yield UndatedClaim(said, claim.cite, first, int(rows.sum()))


def undated_claims(scenario: Scenario, lens: Lens) -> Iterator[UndatedClaim]:
    """The claims of the script's events that a lens admits and that have no report date."""
    for event in scenario.events:
        for n, claim in enumerate(event.claims):
            said = scenario.variants.get((event.id, n), event)
            if _without_date(scenario, lens, claim, said):
                earliest = said.date.bounds.earliest if said.date else None
                first = BEFORE_ALL if earliest is None else scenario.calendar.tick(earliest)
                yield UndatedClaim(said, claim.cite, first)


def _without_date(scenario: Scenario, lens: Lens, claim: Claim, said: Event) -> bool:
    return learned(scenario, claim) is None and lens.admits(scenario, claim, said)
