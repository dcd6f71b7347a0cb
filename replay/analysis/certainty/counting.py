"""How many readings of the dates give a place each value: counted, in one pass through the days.

The pass carries, for each set of open events that have happened and each value, the number of ways
to come there; a pass back, without the values, the number of ways to go on from each set. Their
products, summed, are the counts: whole numbers, so that nothing is rounded. Where dates do not
constrain each other the sets of different times fall apart, and the pass is the closed form.

What only bounds others is taken out beforehand. Where just the values matter, any such event can
be: bounds that are narrowed leave no order that could not be kept. Where readings are counted, one
that is tied to a single other becomes a weight on the other's days (a message of the sum-product
algorithm on a tree; Kschischang, Frey and Loeliger 2001).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from replay.analysis.certainty.course import Course, Dated
from replay.lens import BEFORE_ALL, NEVER

MOST_WAYS = 10_000
"""Ways to keep apart on one day; with more, readings are sampled."""
MOST_DAYS = 100_000

Counts = dict[int, int]
"""Number of a value → in how many readings it holds."""


class TooMany(Exception):
    """There are more ways to keep apart than can be counted in reasonable time."""


class Span(NamedTuple):
    """From a tick of the window on: how many readings give each value. All spans have one sum."""

    first: int
    counts: Counts


def possible(course: Course) -> list[Span]:
    """The values that some reading of the dates gives, each counted as one.

    Dates may have open ends. Raises TooMany.
    """
    spans = _passed(course, _spread(course, _without_others(course.events)))
    return _joined([Span(first, dict.fromkeys(counts, 1)) for first, counts in spans])


def counted(course: Course) -> list[Span]:
    """How many readings of the dates give each value. Raises TooMany.

    No date of the course may have an open end.
    """
    assert course.bounded
    return _passed(course, _weighted(course.events))


class _Node(NamedTuple):
    """An event with the weight of each of its days, from the first on."""

    first: int
    weights: Sequence[int]
    becomes: Sequence[int] | None
    after: frozenset[int]

    @property
    def last(self) -> int:
        return self.first + len(self.weights) - 1


# --- without what only bounds others --------------------------------------------------------------


def _without_others(events: Sequence[Dated]) -> list[Dated]:
    """The events that do something; an order between two by way of others is one of their own."""
    number: dict[int, int] = {}
    behind: list[frozenset[int]] = []
    found: list[Dated] = []
    for n, event in enumerate(events):
        own = frozenset(b for a in event.after for b in ([a] if events[a].becomes else behind[a]))
        behind.append(own)
        if event.becomes is not None:
            number[n] = len(found)
            found.append(event._replace(after=tuple(number[a] for a in sorted(own))))
    return found


def _spread(course: Course, events: Sequence[Dated]) -> list[_Node]:
    """Open beginnings reach far enough back for any order, open ends just behind the window."""
    ends = [end for e in events for end in (e.first, e.last) if BEFORE_ALL < end < NEVER]
    begin = min([0, *ends]) - sum(e.first == BEFORE_ALL for e in events)
    end = max([course.ticks, *ends])
    return [
        _node(max(e.first, begin), min(e.last, end), e.becomes, frozenset(e.after)) for e in events
    ]


def _node(first: int, last: int, becomes: Sequence[int] | None, after: frozenset[int]) -> _Node:
    if last - first > MOST_DAYS:
        raise TooMany
    return _Node(first, [1] * (last - first + 1), becomes, after)


def _weighted(events: Sequence[Dated]) -> list[_Node]:
    """Events that only bound one other become weights on its days."""
    nodes = {n: _node(e.first, e.last, e.becomes, frozenset(e.after)) for n, e in enumerate(events)}
    links: defaultdict[int, set[int]] = defaultdict(set)
    for n, node in nodes.items():
        for a in node.after:
            links[n].add(a)
            links[a].add(n)
    leaves = [n for n in nodes if len(links[n]) == 1]
    while leaves:
        n = leaves.pop()
        if n not in nodes or nodes[n].becomes is not None or len(links[n]) != 1:
            continue
        (other,) = links.pop(n)
        nodes[other] = _leaned_on(nodes[other], nodes.pop(n), n, n > other)
        links[other].discard(n)
        leaves.append(other)
    place = {n: k for k, n in enumerate(nodes)}
    return [node._replace(after=frozenset(place[a] for a in node.after)) for node in nodes.values()]


def _leaned_on(node: _Node, leaf: _Node, number: int, follows: bool) -> _Node:
    """A node's weights times the ways of a leaf for each of its days: from it on, or up to it."""
    until = [0, *accumulate(leaf.weights)]
    weights = []
    for tick, weight in enumerate(node.weights, node.first):
        reach = min(max(tick - leaf.first + (not follows), 0), len(leaf.weights))
        weights.append(weight * (until[-1] - until[reach] if follows else until[reach]))
    return node._replace(weights=weights, after=node.after - {number})


# --- the pass -------------------------------------------------------------------------------------


class _Turn(NamedTuple):
    """An event at one moment: in how many ways it happens then, and whether it is the last time."""

    bit: int
    """0 for an event of a known day."""
    behind: int
    """The bits of those that must have happened."""
    becomes: Sequence[int] | None
    ways: int
    last: bool


class _Moment(NamedTuple):
    tick: int
    turns: list[_Turn]


_State = tuple[int, int]
"""The open events that have happened, as bits; the value."""


def _passed(course: Course, nodes: Sequence[_Node]) -> list[Span]:
    """The counts at all ticks of the window, those that are alike together."""
    moments = list(_moments(nodes, course.ticks))
    forth: list[dict[_State, int]] = []
    states: dict[_State, int] = {(0, 0): 1}
    for moment in moments:
        states = _forth(states, moment.turns)
        forth.append(states)
    onward = {bits: 1 for bits, _ in states}
    spans: list[Span] = []
    for n in reversed(range(len(moments))):
        tick = moments[n].tick
        if tick < course.ticks:
            spans.append(Span(max(tick, 0), _totals(forth[n], onward)))
        if tick <= 0:
            break
        before = forth[n - 1] if n else {(0, 0): 1}
        onward = _back({bits for bits, _ in before}, moments[n].turns, onward)
    if not spans or spans[-1].first > 0:
        start = sum(onward.values()) if moments else 1
        spans.append(Span(0, {0: start}))
    spans.reverse()
    return _joined(spans)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans without those that go on as the one before."""
    return [s for n, s in enumerate(spans) if not n or s.counts != spans[n - 1].counts]


def _forth(states: dict[_State, int], turns: Sequence[_Turn]) -> dict[_State, int]:
    """The ways to each state after the turns of a moment."""
    for turn in turns:
        after: defaultdict[_State, int] = defaultdict(int)
        for (bits, value), ways in states.items():
            if bits & turn.bit:
                after[bits, value] += ways
                continue
            if not turn.last:
                after[bits, value] += ways
            if bits & turn.behind == turn.behind and turn.ways:
                then = turn.becomes[value] if turn.becomes is not None else value
                after[bits | turn.bit, then] += ways * turn.ways
        if len(after) > MOST_WAYS:
            raise TooMany
        states = after
    return states


def _back(wanted: set[int], turns: Sequence[_Turn], onward: dict[int, int]) -> dict[int, int]:
    """The ways to go on from each wanted set before a moment, from those after it."""
    open_turns = [turn for turn in turns if turn.bit]
    known: dict[tuple[int, int], int] = {}

    def ways(n: int, bits: int) -> int:
        if n == len(open_turns):
            return onward.get(bits, 0)
        if (n, bits) not in known:
            turn = open_turns[n]
            if bits & turn.bit:
                found = ways(n + 1, bits)
            else:
                found = 0 if turn.last else ways(n + 1, bits)
                if bits & turn.behind == turn.behind and turn.ways:
                    found += turn.ways * ways(n + 1, bits | turn.bit)
            known[n, bits] = found
        return known[n, bits]

    return {bits: ways(0, bits) for bits in wanted}


def _totals(states: dict[_State, int], onward: dict[int, int]) -> Counts:
    found: defaultdict[int, int] = defaultdict(int)
    for (bits, value), ways in states.items():
        if further := onward.get(bits, 0):
            found[value] += ways * further
    return dict(sorted(found.items()))


def _moments(nodes: Sequence[_Node], ticks: int) -> Iterator[_Moment]:
    """The ticks at which events can happen; before and behind the window, many at once if they
    are those of one event alone."""
    open_ones = [n for n, node in enumerate(nodes) if len(node.weights) > 1]
    bit = {n: 1 << k for k, n in enumerate(open_ones)}
    behind = {n: sum(bit.get(a, 0) for a in node.after) for n, node in enumerate(nodes)}
    limits = {0, ticks}.union(*({node.first, node.last + 1} for node in nodes))
    begins: defaultdict[int, list[int]] = defaultdict(list)
    for n, node in enumerate(nodes):
        begins[node.first].append(n)
    active: list[int] = []
    marks = sorted(limits)
    for start, stop in pairwise(marks):
        active = sorted([n for n in active if nodes[n].last >= start] + begins[start])
        if not active:
            continue
        lone = len(active) == 1 and (stop <= 0 or start >= ticks)
        if not lone and stop - start > MOST_DAYS:
            raise TooMany
        for begin, end in [(start, stop)] if lone else ((t, t + 1) for t in range(start, stop)):
            turns = []
            for n in active:
                node = nodes[n]
                ways = sum(node.weights[begin - node.first : end - node.first])
                last = end - 1 == node.last
                turns.append(_Turn(bit.get(n, 0), behind[n], node.becomes, ways, last))
            yield _Moment(end - 1, turns)
