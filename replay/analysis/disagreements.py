"""What sources differ over, each disagreement once: the one list that every output shows.

Claims that differ over one event are one disagreement, though it leaves several things disputed:
who holds the place, which forces took it, who is present there. So are sentences that contradict
each other, unless the same sentences already differ over an event, and counters that count the
same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replay.analysis.differences import differences
from replay.timeline.difference import Says
from replay.timeline.explanation import Dispute, Testimony, disputes
from replay.timeline.timeline import Timeline

Cited = tuple[str, str]
"""A source and a locator in it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """All that is disputed because of the same claims; the most important key first."""

    disputes: tuple[Dispute, ...]

    @property
    def first(self) -> int:
        """The first tick on which any of it is disputed."""
        return min(dispute.first for dispute in self.disputes)

    @property
    def last(self) -> int:
        """The last tick on which any of it is disputed."""
        return max(dispute.last for dispute in self.disputes)

    @property
    def claims(self) -> tuple[Testimony, ...]:
        """The claims of all sides."""
        return tuple(claim for dispute in self.disputes for claim in dispute.claims)

    @property
    def events(self) -> tuple[str, ...]:
        """The events and statements that differ."""
        return tuple(dict.fromkeys(claim.event for claim in self.claims))

    @property
    def about(self) -> tuple[str, ...]:
        """Ids of the things that are disputed, and of the places where."""
        keys = [d.key for d in self.disputes if d.key.tally is None and d.key.aspect != "event"]
        return tuple(dict.fromkeys(of for key in keys for of in (key.of, key.at) if of))

    @property
    def of_statements(self) -> bool:
        """Whether it is sentences that contradict each other."""
        return self.disputes[0].key.aspect == "statement"

    @property
    def dated(self) -> bool:
        """Whether anything says of when it speaks."""
        return any(claim.date for claim in self.claims)

    def open_on(self, tick: int) -> bool:
        """Whether any of it is disputed on a tick."""
        return any(dispute.first <= tick <= dispute.last for dispute in self.disputes)


_WEIGHT = {
    "control": 0,
    "ground": 0,
    "formation": 1,
    "progress": 2,
    "effort": 3,
    "presence": 8,
    "position": 8,
}


def disagreements(timeline: Timeline) -> list[Disagreement]:
    """Everything that admitted claims differ over, in order of time."""
    by_event: dict[str, list[Dispute]] = {}
    for dispute in disputes(timeline):
        by_event.setdefault(dispute.claims[0].event, []).append(dispute)
    others = differences(timeline)
    for dispute in [other for other in others if other.key.aspect == "event"]:
        by_event.setdefault(dispute.key.of, []).append(dispute)
    others = [other for other in others if other.key.aspect != "event"]
    found = [Disagreement(tuple(_telling(group))) for group in by_event.values()]
    numbers = [dispute for dispute in others if dispute.key.aspect != "statement"]
    said = _said([*by_event.values(), *([dispute] for dispute in numbers)])
    sentences = [dispute for dispute in others if dispute.key.aspect == "statement"]
    alone = [dispute for dispute in sentences if not _is_covered(dispute, said)]
    found += [Disagreement((dispute,)) for dispute in (*numbers, *alone)]
    return sorted(found, key=lambda one: (one.first, one.disputes[0].key))


def _telling(group: Sequence[Dispute]) -> list[Dispute]:
    """Without what follows from another one: who is present from who took the place."""
    taken = {dispute.key.of for dispute in group if dispute.key.aspect == "formation"}
    kept = [d for d in group if d.key.aspect == "event"]
    kept = kept or [d for d in group if d.key.aspect != "presence" or d.key.at not in taken]
    return sorted(kept, key=lambda d: (_WEIGHT.get(d.key.aspect, 5), d.key))


RivalAccount = tuple[tuple[int, Says | None], ...]
"""What a citation says of each thing that is disputed together."""


def _said(groups: Sequence[Sequence[Dispute]]) -> dict[Cited, dict[int, RivalAccount]]:
    """Citation → number of a disagreement → what it says there."""
    found: dict[Cited, dict[int, RivalAccount]] = {}
    for number, group in enumerate(groups):
        for n, dispute in enumerate(group):
            for claim in dispute.claims:
                positions = found.setdefault((claim.source, claim.locator), {})
                positions[number] = (*positions.get(number, ()), (n, claim.says))
    return found


def _is_covered(dispute: Dispute, said: dict[Cited, dict[int, RivalAccount]]) -> bool:
    """Whether the sentences of a contradiction already differ over an event or a number."""
    parties: dict[str, dict[int, set[RivalAccount]]] = {}
    for claim in dispute.claims:
        own = parties.setdefault(claim.event, {})
        for number, position in said.get((claim.source, claim.locator), {}).items():
            own.setdefault(number, set()).add(position)
    first, *others = parties.values()
    return bool(others) and all(
        any(first[number] != other[number] for number in first.keys() & other.keys())
        for other in others
    )
