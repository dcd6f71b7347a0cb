"""What holds at a moment, and one step of it: keys, their values, their marks."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce, total_ordering
from typing import Any, Literal, NamedTuple, TypeAlias


@total_ordering
@dataclass(frozen=True, slots=True)
class TallyKey:
    """What one counter counts: a name and unit, of whom, by whom, in which places together."""

    name: str
    unit: str
    of: str | None
    where: tuple[str, ...]
    """Ids of places taken together; empty for everywhere."""
    counted_by: str
    by: str | None = None
    """By whose doing: the counter speaks of what this force or side did, and of no more."""
    level: bool = False
    """Whether it is a number at a time, and nothing that adds up."""

    def __lt__(self, other: TallyKey) -> bool:
        return self._rank < other._rank

    @property
    def _rank(self) -> tuple[str, str, str, str, tuple[str, ...], str, bool]:
        whom = self.of or "", self.by or ""
        return self.name, self.unit, *whom, self.where, self.counted_by, self.level


class StateKey(NamedTuple):
    """What a value is of: an aspect (control, presence, tally, …) and the id of a thing.

    Presence is of a force or person *and* a place; a tally is of all that its `TallyKey` says.
    Make these with `presence_of` and `tally_of`.
    """

    aspect: str
    of: str
    """The id of the thing; of a tally the name of what is counted."""
    at: str = ""
    """Of presence: the id of the place."""
    tally: TallyKey | None = None

    def __str__(self) -> str:
        return f"{self.aspect} of {self.of}" + (f" at {self.at}" if self.at else "")


def presence_of(who: str, place: str) -> StateKey:
    """The key of the presence of a force or person at a place."""
    return StateKey("presence", who, place)


def tally_of(counted: TallyKey) -> StateKey:
    """The key of what one counter counts."""
    return StateKey("tally", counted.name, "", counted)


@lru_cache(maxsize=65536)
def control_of(place: str) -> StateKey:
    """The key that most events change; remembered, as making one takes longer than its event."""
    return StateKey("control", place)


# --- numbers ----------------------------------------------------------------------------------

_NUMBER = r"\d{1,15}(?:\.\d{1,6})?"
_SPELLINGS = re.compile(
    rf"(?P<about>~)?(?P<one>{_NUMBER})(?P<open>\+)?|(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})|some"
)

ABOUT = 0.1
"""How far "about" reaches, as a share of the number: a convention of this project."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number as far as it is known: low ≤ best ≤ high; None where a source leaves it open."""

    low: float
    best: float | None
    high: float | None

    def __add__(self, other: Range) -> Range:
        return Range(
            self.low + other.low, _plus(self.best, other.best), _plus(self.high, other.high)
        )

    def scaled(self, factor: float) -> Range:
        """All three bounds times a factor."""
        best = None if self.best is None else round(self.best * factor, 9)
        high = None if self.high is None else round(self.high * factor, 9)
        return Range(round(self.low * factor, 9), best, high)

    @property
    def shown(self) -> float:
        """What a line or a dot shows of it: the best value, or the least where none is best."""
        return self.low if self.best is None else self.best

    @property
    def exact(self) -> bool:
        return self.low == self.best == self.high

    def __str__(self) -> str:
        """As one would write it in a script: `75`, `75..80`, `90+`; the best in between if any."""
        if self.exact:
            return spell_number(self.low)
        if self.best and (self.low, self.high) == _about(self.best):
            return f"~{spell_number(self.best)}"
        if self.high is None:
            return f"{spell_number(self.low)}+" if (self.low, self.best) != (1, None) else "some"
        return f"{spell_number(self.low)}..{spell_number(self.high)}"


def _about(best: float) -> tuple[float, float]:
    return best * (1 - ABOUT), best * (1 + ABOUT)


def sum_of(numbers: Sequence[Range]) -> Range:
    """Numbers of different things, added up; at least one."""
    return reduce(Range.__add__, numbers)


def widened(numbers: Sequence[Range]) -> Range:
    """Numbers that may speak of the same in part: at least the largest, at most their sum."""
    bests = [n.best for n in numbers if n.best is not None]
    highs = [n.high for n in numbers if n.high is not None]
    return Range(
        max(n.low for n in numbers),
        max(bests, default=None),
        sum(highs) if len(highs) == len(numbers) else None,
    )


def within_range(number: Range, whole: Range | None) -> Range:
    """A part of something, which is never more than the whole: bounds beyond it are cut."""
    if whole is None:
        return number
    most = whole.high if whole.best is None else whole.best
    if most is None or number == whole:
        return number
    high = most if number.high is None else min(number.high, most)
    best = None if number.best is None else min(number.best, most)
    return Range(min(number.low, most), best, high)


def exactly(value: float) -> Range:
    """The range of a number that is known."""
    return Range(value, value, value)


@lru_cache(maxsize=65536)
def read_range(text: str) -> Range:
    """Read a number as sources give it; raises ValueError when it is none.

    `75` exact, `~2400` about (a tenth either way), `90+` at least, `40..50` between, `some` an
    unknown positive number.

    >>> read_range("~2400")
    Range(low=2160.0, best=2400.0, high=2640.0)
    """
    match = _SPELLINGS.fullmatch(text)
    if match is None or (match["about"] and match["open"]):
        raise ValueError(f"{text!r} is not a number; write 75, ~2400, 90+, 40..50 or some")
    if text == "some":
        return Range(1, None, None)
    if match["low"]:
        low, high = float(match["low"]), float(match["high"])
        if high < low:
            raise ValueError(f"{text!r} runs backwards; write the smaller number first")
        return Range(low, (low + high) / 2, high)
    number = float(match["one"])
    if match["about"]:
        low, high = _about(number)
        return Range(low, number, high)
    return Range(number, number, None) if match["open"] else exactly(number)


def spell_number(value: float) -> str:
    """A number with no more digits than it has: 75, 14500, 0.5."""
    return str(int(value)) if value == int(value) else f"{value:.6g}"


def _plus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a + b


# --- values -----------------------------------------------------------------------------------

ControlStatus = Literal["held", "contested", "besieged", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class Control:
    """Who holds a place, who else fights for it, and who besieges it.

    `held`: by one side, or by several together. `contested`: among the sides that are named, one
    if the others are unknown; somebody may besiege it too. `besieged`: held by `sides` (nobody
    known if that is empty) and surrounded by `by`. Sides are kept once each, in alphabetical
    order, so that the order in which a script lists them never matters.
    """

    status: ControlStatus
    sides: tuple[str, ...] = ()
    """Who holds it, or who contests it."""
    by: tuple[str, ...] = ()
    """Who besieges it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sides", tuple(sorted(set(self.sides))))
        object.__setattr__(self, "by", tuple(sorted(set(self.by))))

    @property
    def holders(self) -> tuple[str, ...]:
        """The sides that hold it, also if it is besieged; empty if it is contested."""
        return self.sides if self.status in ("held", "besieged") else ()

    @property
    def side(self) -> str | None:
        """The one side that holds it, also if it is besieged; None if several do, or none."""
        return self.holders[0] if len(self.holders) == 1 else None

    @property
    def jointly(self) -> bool:
        """Whether several sides hold it together."""
        return len(self.holders) > 1

    def __str__(self) -> str:
        return control_text(self, str)


def control_text(control: Control, name: Callable[[str], str]) -> str:
    """A value of control in words, its sides in alphabetical order of their names."""

    def named(sides: Sequence[str]) -> str:
        return listed(by_name(sides, name))

    siege = f", besieged by {named(control.by)}" if control.by else ""
    match control.status:
        case "held" | "besieged":
            holder = named(control.sides) if control.sides else "an unknown side"
            return f"held by {holder}{' together' if control.jointly else ''}{siege}"
        case "contested":
            word = {1: "by", 2: "between"}.get(len(control.sides), "among")
            return f"contested {word} {named(control.sides)}{siege}"
        case "none":
            return "held by nobody"
    return "unknown"


def by_name(of: Iterable[str], name: Callable[[str], str]) -> list[str]:
    """The names of some things, in alphabetical order, capitals or not."""
    return sorted(map(name, of), key=lambda text: (text.casefold(), text))


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence: "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


UNKNOWN = Control("unknown")
EMPTY = Control("none")


def unspoken(aspect: str) -> Value | None:
    """What holds of a key before any claim speaks of it: control is unknown, the rest no value."""
    return UNKNOWN if aspect in ("control", "ground") else None


@lru_cache(maxsize=4096)
def held(*sides: str) -> Control:
    """Control by one side, or by several together."""
    return Control("held", sides)


def contested(*sides: str, by: Sequence[str] = ()) -> Control:
    """Control that sides contest, inside a ring of besiegers or without one."""
    return Control("contested", sides, tuple(by))


def besieged(sides: Sequence[str], by: Sequence[str]) -> Control:
    """Control by sides, or by an unknown one, inside a ring of besiegers."""
    return Control("besieged", tuple(sides), tuple(by))


@dataclass(frozen=True, slots=True)
class Formation:
    """Which forces were last documented to have taken or to hold a place, in alphabetical order."""

    forces: tuple[str, ...]

    def __str__(self) -> str:
        return listed(self.forces) or "nobody"


def ground_key(of: str) -> StateKey:
    """The key of who holds, contests or surrounds an area or route; how much is its progress."""
    return StateKey("ground", of)


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a force or person is at a place; the key names both."""

    status: Literal["present", "believed", "gone"]

    def __str__(self) -> str:
        return self.status


@dataclass(frozen=True, slots=True)
class EnRoute:
    """Where a force is between two documented places; `share` of the way, 0 to 1."""

    start: str
    end: str
    share: Range

    def __str__(self) -> str:
        return f"{_percent(self.share)} of the way from {self.start} to {self.end}"


@dataclass(frozen=True, slots=True)
class Effort:
    """How an operation stands."""

    status: Literal["under way", "halted", "complete"]
    reason: str | None = None

    def __str__(self) -> str:
        return f"{self.status} ({self.reason})" if self.reason else self.status


class Part(NamedTuple):
    """A part of ground that one event reports."""

    event: str
    amount: Range


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of an area (km²) or route (km) a side has; a share where the whole is unknown."""

    side: str
    amount: Range
    unit: Literal["km2", "km", "share"]
    share: Range | None = None
    """Share of the whole, where a document gave that and not a measure."""
    addends: tuple[Part, object] | None = field(default=None, compare=False, repr=False)
    """A chain of what it is the sum of: the last part, and the chain before it."""
    total: Range | None = field(default=None, compare=False, repr=False)
    """What they add up to where that is more than the whole."""

    @property
    def as_reported(self) -> Progress:
        """What the reports add up to, as a value."""
        return Progress(self.side, self.reported, self.unit)

    @property
    def reported(self) -> Range:
        """What the reports add up to, which can be more than there is."""
        return self.amount if self.total is None else self.total

    def __str__(self) -> str:
        if self.unit == "share":
            return f"{_percent(self.amount)} taken by {self.side}"
        return f"{self.amount} {'km²' if self.unit == 'km2' else 'km'} taken by {self.side}"


SOME_PART = Range(0.0, None, 1.0)
"""The share of ground of which a part is taken, and no source says how much."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a place a side has, 0 to 1."""

    side: str
    amount: Range
    given: Range | None = None
    """What the source gives, where it leaves an end open."""

    def __str__(self) -> str:
        return f"{_percent(self.amount)} held by {self.side}"


@dataclass(frozen=True, slots=True)
class Strength:
    """The estimated strength of a force, in persons unless it says otherwise."""

    number: Range
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of a person, or of a force that was reorganised."""

    status: str

    def __str__(self) -> str:
        return self.status


CountKind = Literal["add", "total", "level"]
"""An increment, a running total, or how many there were at a time."""


@dataclass(frozen=True, slots=True)
class Count:
    """One reported number of a tally with the minutes that it speaks of (infinite: open)."""

    number: Range
    earliest: float
    latest: float
    kind: CountKind = "add"
    distinct: bool = False
    """The source says that it is of others than were counted before."""
    event: str = ""
    """The event that reports it."""

    def inside(self, other: Count) -> bool:
        return other.earliest <= self.earliest and self.latest <= other.latest

    def touches(self, other: Count) -> bool:
        return self.earliest <= other.latest and other.earliest <= self.latest


@dataclass(frozen=True, slots=True)
class Tally:
    """A number that was counted, and the counts that it is made of."""

    number: Range
    sum: Sum | None = field(default=None, compare=False, repr=False)
    distinct: Sum | None = field(default=None, compare=False, repr=False)
    """Counts that are of others than were counted before."""

    def __str__(self) -> str:
        return str(self.number)


def tallied(before: Tally | None, count: Count) -> Tally:
    """What a tally comes to with one more count.

    Increments of different times are added; those that overlap may be of the same thing: at least
    the most that increments without overlap come to, at most the sum. A total takes the place of
    what lies inside its time. A level takes the place of the level before it.
    """
    if count.kind == "level":
        return Tally(count.number, Sum(count, None))
    added, distinct = (before.sum, before.distinct) if before else (None, None)
    if count.distinct:
        distinct = _inserted(distinct, count)
    else:
        added = _inserted(added, count)
        if count.kind == "total":
            distinct = _without(distinct, count)
    number = sum_of([found.number for found in (added, distinct) if found is not None])
    return Tally(number, added, distinct)


def counts_of(tally: Tally) -> list[Count]:
    """The counts that a tally is made of, in order of time."""
    found = [*_links(tally.sum), *_links(tally.distinct)]
    return sorted(found, key=lambda count: (count.latest, count.earliest))


class Sum:
    """A chain of counts in the order of their last minutes, with what all up to here come to.

    Of counts that overlap the bounds are those of the best choice of counts without overlap, and of
    all together. It is worked out from the link below, so that one more count costs little.
    """

    __slots__ = ("below", "best", "count", "high", "known", "low", "reach", "totals")
    high: float | None
    low: float
    best: float
    known: bool

    def __init__(self, count: Count, below: Sum | None) -> None:
        self.count = count
        self.below = below
        self.totals: Sum | None = self if count.kind == "total" else below and below.totals
        """The last total at or below this link."""
        reach = below
        if not count.distinct:
            if below is not None and below.count.earliest == count.earliest:
                reach = below.reach
            while reach is not None and reach.count.latest >= count.earliest:
                reach = reach.below
        self.reach: Sum | None = reach
        """The last link whose count does not overlap this one."""
        number, high = count.number, below.high if below else 0.0
        self.high = None if high is None or number.high is None else high + number.high
        self.low = number.low + (reach.low if reach else 0)
        self.best = number.shown + (reach.best if reach else 0)
        self.known = number.best is not None and (reach is None or reach.known)
        if below is not None:
            self.low = max(self.low, below.low)
            if below.best > self.best:
                self.best, self.known = below.best, below.known

    @property
    def number(self) -> Range:
        return Range(self.low, self.best if self.known else None, self.high)


def _inserted(chain: Sum | None, count: Count) -> Sum:
    """A chain with one more count, without what a total of the same time contains."""
    later: list[Count] = []
    if chain is not None and (count.kind == "total" or count.latest < chain.count.latest):
        while chain is not None and chain.count.latest >= count.earliest:
            later.append(chain.count)
            chain = chain.below
    elif chain is not None:
        total = chain.totals
        while total is not None and total.count.latest >= count.latest:
            if count.inside(total.count):
                return chain
            total = total.below and total.below.totals
        return Sum(count, chain)
    contained = any(other.kind == "total" and count.inside(other) for other in later)
    corrects = count.kind == "total" and any(_same_time(count, other) for other in later)
    if contained and not corrects:
        return _stacked(chain, later[::-1])
    kept = [o for o in later if not (count.kind == "total" and o.inside(count))]
    return _stacked(chain, sorted([*reversed(kept), count], key=lambda c: c.latest))


def _same_time(a: Count, b: Count) -> bool:
    return b.kind == "total" and (a.earliest, a.latest) == (b.earliest, b.latest)


def _stacked(chain: Sum | None, counts: Sequence[Count]) -> Sum:
    for count in counts:
        chain = Sum(count, chain)
    assert chain is not None
    return chain


def _without(chain: Sum | None, total: Count) -> Sum | None:
    """A chain without the counts that lie inside a total."""
    later: list[Count] = []
    while chain is not None and chain.count.latest >= total.earliest:
        later.append(chain.count)
        chain = chain.below
    kept = [count for count in reversed(later) if not count.inside(total)]
    return _stacked(chain, kept) if kept else chain


def parts(progress: Progress) -> list[Part]:
    """The parts of ground that a progress is the sum of, in order."""
    found: list[Part] = []
    rest: Any = progress.addends
    while rest is not None:
        part, rest = rest
        found.append(part)
    return found[::-1]


def _links(chain: Sum | None) -> Iterator[Count]:
    """The counts of a chain, the last one first."""
    while chain is not None:
        yield chain.count
        chain = chain.below


Value: TypeAlias = (
    Control
    | Formation
    | Presence
    | EnRoute
    | Effort
    | Progress
    | Share
    | Strength
    | Standing
    | Tally
)

Step: TypeAlias = Callable[[Value | None], Value | None]
"""A pure function from the value of a key before to its value after; None is no value yet."""


def add_range(value: Value) -> Step:
    """The step that sets a value whatever it was before."""
    return lambda before: value


# --- marks ------------------------------------------------------------------------------------

Mark = Literal["certain", "possible", "disputed"]
MARKS: tuple[Mark, ...] = ("certain", "possible", "disputed")


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with what we know of it: its mark and what it could be instead."""

    value: Value | None
    mark: Mark = "certain"
    could: tuple[Value | None, ...] = ()

    def __str__(self) -> str:
        text = "unknown" if self.value is None else str(self.value)
        if self.mark == "certain":
            return text
        return f"{text} ({self.mark}: {', '.join(str(c) for c in self.could)})"


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the state, as the log keeps it.

    `order` counts the changes of a replay from 0. `before` and `after` are equal where a document
    says again what held already, and where only the mark changes.
    """

    tick: int
    order: int
    key: StateKey
    before: Marked
    after: Marked
    event: str
    claim: int | None
    """Index of the claim in its event; None where no single claim is behind it."""
    basis: Literal["documented", "interpolated"]


def _percent(share: Range) -> str:
    def spelled(value: float | None) -> str:
        return "?" if value is None or math.isnan(value) else f"{value * 100:.0f}"

    if share.exact:
        return f"{spelled(share.low)} %"
    return f"{spelled(share.low)}–{spelled(share.high)} %"
