"""How many readings of the dates give a place each value: counted, in one pass through the days.

The pass carries, for each set of open events that have happened and each value, the number of ways
to come there; a pass back, without the values, the number of ways to go on from each set. Their
products, summed, are the counts: whole numbers or fractions, so that nothing is rounded. Where
dates do not constrain each other the sets of different times fall apart, and the pass is the closed
form. Where events are on one tick in an order that nothing tells, the orders have equal shares of
that reading of the dates.

What only bounds one other event is taken out beforehand: it becomes a weight on the other's days
(a message of the sum-product algorithm on a tree; Kschischang, Frey and Loeliger 2001).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

from replay.analysis.certainty.course import Dated, EventCourse

MOST_WAYS = 10_000
"""Ways to keep apart on one day; with more, readings are sampled."""
MOST_DAYS = 100_000

Counts = dict[int, Fraction]
"""Number of a value → in how many readings it holds."""


class TooMany(Exception):
    """There are more ways to keep apart than can be counted in reasonable time."""


class TickSpan(NamedTuple):
    """From a tick of the window on: how many readings give each value. All spans have one sum."""

    first: int
    counts: Counts


def count_readings(course: EventCourse) -> list[TickSpan]:
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
    follows: frozenset[int]

    @property
    def last(self) -> int:
        return self.first + len(self.weights) - 1


def _node(event: Dated) -> _Node:
    if event.last - event.first > MOST_DAYS:
        raise TooMany
    weights = [1] * (event.last - event.first + 1)
    return _Node(event.first, weights, event.becomes, frozenset(event.after), event.follows)


def _weighted(events: Sequence[Dated]) -> list[_Node]:
    """Events that only bound one other become weights on its days."""
    nodes = {n: _node(event) for n, event in enumerate(events)}
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
    return [
        node._replace(
            after=frozenset(place[a] for a in node.after),
            follows=frozenset(place[a] for a in node.follows if a in place),
        )
        for node in nodes.values()
    ]


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
    follows: int = 0
    """Which of the turns of the moment come before it: a bit for each place in their list."""


class _Moment(NamedTuple):
    tick: int
    turns: list[_Turn]


_State = tuple[int, int]
"""The open events that have happened, as bits; the value."""


def _passed(course: EventCourse, nodes: Sequence[_Node]) -> list[TickSpan]:
    """The counts at all ticks of the window, those that are alike together."""
    moments = list(_moments(nodes, course.ticks))
    forth: list[dict[_State, Fraction]] = []
    states: dict[_State, Fraction] = {(0, 0): Fraction(1)}
    for moment in moments:
        states = _forth(states, moment.turns)
        forth.append(states)
    onward = {bits: 1 for bits, _ in states}
    spans: list[TickSpan] = []
    for n in reversed(range(len(moments))):
        tick = moments[n].tick
        if tick < course.ticks:
            spans.append(TickSpan(max(tick, 0), _totals(forth[n], onward)))
        if tick <= 0:
            break
        before = forth[n - 1] if n else {(0, 0): Fraction(1)}
        onward = _back({bits for bits, _ in before}, moments[n].turns, onward)
    if not spans or spans[-1].first > 0:
        start = sum(onward.values()) if moments else 1
        spans.append(TickSpan(0, {0: Fraction(start)}))
    spans.reverse()
    return _joined(spans)


def _joined(spans: Sequence[TickSpan]) -> list[TickSpan]:
    """Spans without those that go on as the one before."""
    return [s for n, s in enumerate(spans) if not n or s.counts != spans[n - 1].counts]


def _forth(states: dict[_State, Fraction], turns: Sequence[_Turn]) -> dict[_State, Fraction]:
    """The ways to each state after the turns of a moment."""
    acting = [n for n, turn in enumerate(turns) if turn.becomes is not None and turn.ways]
    if any(not turns[b].follows >> a & 1 for a, b in combinations(acting, 2)):
        return _in_any_order(states, turns, acting)
    for turn in turns:
        after: defaultdict[_State, Fraction] = defaultdict(Fraction)
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


def _in_any_order(
    states: dict[_State, Fraction], turns: Sequence[_Turn], acting: Sequence[int]
) -> dict[_State, Fraction]:
    """The same where the order of some turns is not known: all that can be are equally likely."""
    if 1 << len(turns) > MOST_WAYS:
        raise TooMany
    before: defaultdict[int, dict[int, Fraction]] = defaultdict(dict)
    for (bits, value), ways in states.items():
        before[bits][value] = ways
    after: defaultdict[_State, Fraction] = defaultdict(Fraction)
    for bits, values in before.items():
        ordered = _orders(values, turns, [n for n in acting if not bits & turns[n].bit])
        for happened, then, number in _chosen(bits, turns):
            orders, found = ordered[sum(1 << n for n in acting if happened >> n & 1)]
            for value, ways in found.items():
                after[then, value] += number * ways / orders
        if len(after) > MOST_WAYS:
            raise TooMany
    return after


def _orders(
    values: dict[int, Fraction], turns: Sequence[_Turn], acting: Sequence[int]
) -> dict[int, tuple[int, dict[int, Fraction]]]:
    """For each set of turns, as bits: in how many orders they can come, and the ways to each value
    summed over the orders."""
    found: dict[int, tuple[int, dict[int, Fraction]]] = {0: (1, values)}
    fresh = [0]
    while fresh:
        further: dict[int, None] = {}
        for done in fresh:
            orders, ways = found[done]
            for n in acting:
                if done >> n & 1 or any(turns[m].follows >> n & 1 for m in acting if done >> m & 1):
                    continue
                becomes = turns[n].becomes
                assert becomes is not None
                number, sums = found.get(done | 1 << n, (0, {}))
                own = dict(sums)
                for value, count in ways.items():
                    own[becomes[value]] = own.get(becomes[value], Fraction(0)) + count
                found[done | 1 << n] = number + orders, own
                further[done | 1 << n] = None
        fresh = list(further)
    return found


def _chosen(bits: int, turns: Sequence[_Turn]) -> list[tuple[int, int, int]]:
    """Which turns can be taken together: as bits of their places, with the state then, and in how
    many ways."""
    found = [(0, bits, 1)]
    for n, turn in enumerate(turns):
        if bits & turn.bit:
            continue
        taken = [
            (happened | 1 << n, then | turn.bit, ways * turn.ways)
            for happened, then, ways in found
            if then & turn.behind == turn.behind and turn.ways
        ]
        found = taken if turn.last else found + taken
    return found


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


def _totals(states: dict[_State, Fraction], onward: dict[int, int]) -> Counts:
    found: defaultdict[int, Fraction] = defaultdict(Fraction)
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
                follows = sum(1 << k for k, m in enumerate(active) if m in node.follows)
                turns.append(_Turn(bit.get(n, 0), behind[n], node.becomes, ways, last, follows))
            yield _Moment(end - 1, turns)
