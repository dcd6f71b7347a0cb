"""The readings of the dates: what a key can be by a moment, wherever its events lie till then.

A reading of the dates puts every event on a moment of its bounds, and none before an event that it
comes after. What is left is an order of the events: one event certainly precedes another if it has
ended when the other can begin, or if `after:` says so. Nothing else decides between two events of
one day, and least of all the order of the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, Self, TypeVar

from replay.model.state import Step, Value

MOST_WAYS = 4_000
"""Ways to keep apart; with more, no answer is given."""


class _Comparable(Protocol):
    def __le__(self, other: Self, /) -> bool: ...
    def __lt__(self, other: Self, /) -> bool: ...


_T = TypeVar("_T", bound=_Comparable)


class DatedEffect(NamedTuple):
    """An event as it bears on a key by a moment: it can have happened, or it must have."""

    must: bool
    step: Step
    after: int = 0
    """The events that certainly precede it, all of them earlier in the list: a bit for each."""


def narrowed(
    bounds: Sequence[tuple[_T, _T]], after: Sequence[Iterable[int]]
) -> tuple[list[tuple[_T, _T]], list[tuple[int, ...]]]:
    """Bounds that some reading of the dates reaches, and the orders that can be kept.

    Events come after such with lower numbers only. An order that the bounds contradict is dropped,
    that of the later event: then all others can be kept, wherever in their new bounds a part of
    the events is put.
    """
    first, last = [list(ends) for ends in zip(*bounds, strict=True)] if bounds else ([], [])
    kept = []
    for n, before in enumerate(after):
        possible = tuple(a for a in before if first[a] <= last[n])
        first[n] = max([first[n], *(first[a] for a in possible)])
        kept.append(possible)
    for n in reversed(range(len(kept))):
        for a in kept[n]:
            last[a] = min(last[a], last[n])
    return list(zip(first, last, strict=True)), kept


def order_settled(events: Sequence[DatedEffect]) -> bool:
    """Whether all events have happened, in an order that is known."""
    order = all(b.after >> n & 1 for n, (_, b) in enumerate(pairwise(events)))
    return order and all(event.must for event in events)


def values(base: Value | None, events: Sequence[DatedEffect]) -> list[Value | None] | None:
    """What a key is in some reading of the dates; None where there are too many ways.

    Events are in an order that breaks none of those that are certain.
    """
    last = _last_ones(base, events)
    if last is not None:
        return last
    together = Counter(event.after for event in events).most_common(1)
    if together and 1 << together[0][1] > MOST_WAYS:
        return None  # any part of these can have happened before the rest: so many ways at least
    must = sum(1 << n for n, event in enumerate(events) if event.must)
    states: dict[tuple[int, Value | None], None] = {(0, base): None}
    found: dict[Value | None, None] = {}
    ways = 0
    while states:
        ways += len(states)
        if ways > MOST_WAYS:
            return None
        further: dict[tuple[int, Value | None], None] = {}
        for done, value in states:
            if done & must == must:
                found[value] = None
            for n, event in enumerate(events):
                if not done >> n & 1 and done & event.after == event.after:
                    further[done | 1 << n, event.step(value)] = None
        states = further
    return list(found)


def _last_ones(base: Value | None, events: Sequence[DatedEffect]) -> list[Value | None] | None:
    """The same where every event leaves its own value, whatever was before: the last one decides.

    None where some event does not.
    """
    own = [event.step(base) for event in events]
    for value in dict.fromkeys(own):
        if any(event.step(value) != mine for event, mine in zip(events, own, strict=True)):
            return None
    overtaken = 0
    for n in reversed(range(len(events))):
        if events[n].must or overtaken >> n & 1:
            overtaken |= events[n].after
    found = [mine for n, mine in enumerate(own) if not overtaken >> n & 1]
    if not any(event.must for event in events):
        found.insert(0, base)
    return list(dict.fromkeys(found))
