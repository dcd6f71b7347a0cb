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
    """What one counter counts: a name and unit, of whom, in which places together."""

    name: str
    unit: str
    of: str | None
    where: tuple[str, ...]
    """Ids of places taken together; empty for everywhere."""
    counted_by: str

    def __lt__(self, other: TallyKey) -> bool:
        return self._rank < other._rank

    @property
    def _rank(self) -> tuple[str, str, str, tuple[str, ...], str]:
        return self.name, self.unit, self.of or "", self.where, self.counted_by


class Key(NamedTuple):
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


def presence_of(who: str, place: str) -> Key:
    """The key of the presence of a force or person at a place."""
    return Key("presence", who, place)


def tally_of(counted: TallyKey) -> Key:
    """The key of what one counter counts."""
    return Key("tally", counted.name, "", counted)


@lru_cache(maxsize=65536)
def control_of(place: str) -> Key:
    """The key that most events change; remembered, as making one takes longer than its event."""
    return Key("control", place)


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
        best = None if self.best is None else self.best * factor
        return Range(self.low * factor, best, None if self.high is None else self.high * factor)

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


def within(number: Range, whole: Range | None) -> Range:
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
        raise ValueError(f"{text!r} is no number; write 75, ~2400, 90+, 40..50 or some")
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
    return UNKNOWN if aspect == "control" else None


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


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a force or person is at a place; the key names both."""

    status: Literal["present", "believed", "gone"]

    def __str__(self) -> str:
        return self.status


@dataclass(frozen=True, slots=True)
class Position:
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
    def reported(self) -> Range:
        """What the reports add up to, which can be more than there is."""
        return self.amount if self.total is None else self.total

    def __str__(self) -> str:
        if self.unit == "share":
            return f"{_percent(self.amount)} taken by {self.side}"
        return f"{self.amount} {'km²' if self.unit == 'km2' else 'km'} taken by {self.side}"


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


@dataclass(frozen=True, slots=True)
class Count:
    """One reported number of a tally with the minutes that it speaks of (None: open)."""

    number: Range
    earliest: float
    latest: float

    def inside(self, other: Count) -> bool:
        return other.earliest <= self.earliest and self.latest <= other.latest

    def touches(self, other: Count) -> bool:
        return self.earliest <= other.latest and other.earliest <= self.latest


@dataclass(frozen=True, slots=True)
class Tally:
    """A running number; `counts` (last one first) are what it was made of."""

    number: Range
    counts: tuple[Count, object] | None = field(default=None, compare=False, repr=False)
    """A chain: the last count and the chain before it, so that adding one costs the same always."""

    def __str__(self) -> str:
        return str(self.number)


def added(before: Tally | None, count: Count) -> Tally:
    """An increment: it is added to what was counted before."""
    number = count.number if before is None else before.number + count.number
    return Tally(number, (count, before.counts if before else None))


def totalled(before: Tally | None, count: Count) -> Tally:
    """A reported total: it takes the place of the counts whose period lies inside its own.

    Counts whose period lies partly inside may speak in part of the same: they widen it.
    """
    kept = [old for old in reversed(list(chain(before))) if not old.inside(count)]
    partly = [old.number for old in kept if old.touches(count)]
    number = widened([count.number, sum_of(partly)]) if partly else count.number
    number = sum_of([*(old.number for old in kept if not old.touches(count)), number])
    tally: Tally | None = None
    for old in kept:
        tally = added(tally, old)
    return Tally(number, (count, tally.counts if tally else None))


def chain(tally: Tally | None) -> list[Count]:
    """The counts of a tally, the last one first."""
    return list(_links(tally.counts)) if tally else []


def parts(progress: Progress) -> list[Part]:
    """The parts of ground that a progress is the sum of, in order."""
    return list(_links(progress.addends))[::-1]


def _links(rest: Any) -> Iterator[Any]:
    """What a chain of pairs holds, the last one first."""
    while rest is not None:
        link, rest = rest
        yield link


Value: TypeAlias = (
    Control | Formation | Presence | Position | Effort | Progress | Strength | Standing | Tally
)

Step: TypeAlias = Callable[[Value | None], Value | None]
"""A pure function from the value of a key before to its value after; None is no value yet."""


def put(value: Value) -> Step:
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
    key: Key
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
