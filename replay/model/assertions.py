"""What a statement asserts of the state: eight verbs, each in one place.

A verb is a pure function of the possible states. It knows neither the log nor the lens: it asks a
`Sight`, and answers True (supported), False (contradicted) or None (undecidable). An answer counts
only if it is the same in every state that is possible. A statement is undecidable if it depends on
a vague date, on a dispute, or on a place about which nothing is known.

To add a verb, write its class here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, ClassVar, Protocol, Self, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from replay.foundation.errors import did_you_mean, either, quoted
from replay.model.fields import Amount, Misspelled, NameText, Record, Ref, Refs, When, of_kind
from replay.model.state import UNKNOWN, Control, Range, StateKey, Value

Answer = bool | None
"""True if a statement is supported, False if it is contradicted, None if neither."""


class Sight(Protocol):
    """What a verb may ask of a replay."""

    def ticks(self, on: When | None) -> range:
        """The ticks of the window of which a date speaks; none where it lies outside."""

    def values(self, key: StateKey, tick: int) -> tuple[Value | None, ...]:
        """Every value that a key may have at the end of a tick: the one shown, and what else."""

    def spans(self, event: str) -> list[tuple[int, int]]:
        """First and last tick of an event by each admitted version of it; empty where none is."""

    def share(self, of: str, tick: int) -> Range | None:
        """How much of an area or route the first side to take any has, as a share."""

    def amount(self, of: str, tick: int) -> Range | None:
        """The same in km² or km."""

    def apart(self, a: str, b: str) -> Range | None:
        """How many km two places lie from each other; None where one of them is not located."""

    def counted(self, what: CountAssertion | Total, tick: int) -> Range | None:
        """What the counters of a tally come to together, or one of them."""

    def whole(self, what: CountAssertion | Total, tick: int) -> bool:
        """Whether one of them gives a total, and not only numbers that others may add to."""


class Assertion(Record):
    """One thing that a statement says of the state."""

    says: str
    verb: ClassVar[str] = ""

    def judge(self, sight: Sight, on: When | None) -> Answer:
        """Whether it is so. `on` is the statement's own date, for a verb that gives none."""
        raise NotImplementedError

    def parts(self) -> Iterable[Assertion]:
        """Smaller assertions that must all be so if this is: one of each place it speaks of."""
        return (self,)


VERBS: dict[str, type[Assertion]] = {}

A = TypeVar("A", bound=Assertion)


def verb(name: str) -> Callable[[type[A]], type[A]]:
    """Class decorator: assertions that say `name` are of this class."""

    def register(cls: type[A]) -> type[A]:
        assert name not in VERBS, f"two verbs called {name}"
        cls.verb = name
        VERBS[name] = cls
        return cls

    return register


# --- three-valued logic (Kleene's strong one) ---------------------------------------------------


def every(answers: Iterable[Answer]) -> Answer:
    """True if all are true, False if any is false, else None. None without answers."""
    known = list(answers)
    if False in known:
        return False
    return None if None in known or not known else True


def same_value(answers: Iterable[Answer]) -> Answer:
    """The answer that all of them give; None if they differ, or if there are no answers."""
    known = set(answers)
    return known.pop() if len(known) == 1 else None


def fits(said: Range, found: Range | None) -> Answer:
    """Whether a number is what was said: inside of it, outside of it, or neither for certain."""
    if found is None:
        return None
    high = float("inf")
    if found.low > (high if said.high is None else said.high):
        return False
    if (high if found.high is None else found.high) < said.low:
        return False
    upper = said.high is None or (found.high is not None and found.high <= said.high)
    return True if said.low <= found.low and upper else None


# --- the verbs ----------------------------------------------------------------------------------

PlaceIds = Annotated[Refs, of_kind("place"), Field(min_length=1)]
GroundAssertion = Annotated[Ref, of_kind("area", "route")]
SideRef = Annotated[Ref, of_kind("side")]


@verb("holds")
class Holds(Assertion):
    """A side alone holds one or more places. A besieged place is held by the besieged side."""

    side: SideRef
    place: PlaceIds
    on: When | None = None

    def judge(self, sight: Sight, on: When | None) -> Answer:
        return same_value(
            every(_has(sight, place, self.side, tick, whole=True) for place in self.place)
            for tick in sight.ticks(self.on or on)
        )

    def parts(self) -> Iterable[Assertion]:
        return [self.model_copy(update={"place": (place,)}) for place in self.place]


@verb("only-left")
class OnlyLeft(Assertion):
    """A side has only these left of some places, whether held or contested."""

    side: SideRef
    left: Annotated[Refs, of_kind("place")] = ()
    among: PlaceIds
    on: When | None = None

    def judge(self, sight: Sight, on: When | None) -> Answer:
        return same_value(self._at(sight, tick) for tick in sight.ticks(self.on or on))

    def _at(self, sight: Sight, tick: int) -> Answer:
        rest = [place for place in self.among if place not in self.left]
        left = [_has(sight, place, self.side, tick) for place in self.left]
        lost = [_has(sight, place, self.side, tick) for place in rest]
        return every([*left, *(None if has is None else not has for has in lost)])

    def parts(self) -> Iterable[Assertion]:
        for place in dict.fromkeys((*self.left, *self.among)):
            left = (place,) if place in self.left else ()
            yield self.model_copy(update={"left": left, "among": (place,)})


def _has(sight: Sight, place: str, side: str, tick: int, *, whole: bool = False) -> Answer:
    """Whether a side holds a place, or (not `whole`) at least contests it."""
    found = set()
    for value in sight.values(StateKey("control", place), tick):
        if not isinstance(value, Control) or value == UNKNOWN:
            return None
        if value.status == "besieged" and not value.sides and side not in value.by:
            return None  # nobody says who holds it
        found.add(value.side == side or (not whole and side in value.sides))
    return same_value(found)


@verb("before")
class Before(Assertion):
    """One event happens on an earlier day than another."""

    first: Annotated[Ref, of_kind("event")]
    then: Annotated[Ref, of_kind("event")]

    def judge(self, sight: Sight, on: When | None) -> Answer:
        pairs = [(a, b) for a in sight.spans(self.first) for b in sight.spans(self.then)]
        return same_value(_earlier(a, b) for a, b in pairs)


def _earlier(a: tuple[int, int], b: tuple[int, int]) -> Answer:
    if a[1] < b[0]:
        return True
    return False if a[0] >= b[1] else None


@verb("counted")
class CountAssertion(Assertion):
    """The number counted within a period, by all counters together."""

    name: NameText
    of: Annotated[Ref | None, of_kind("thing")] = None
    number: Amount
    period: When

    def judge(self, sight: Sight, on: When | None) -> Answer:
        days = sight.ticks(self.period)
        return _counted(sight, self, days[-1]) if days else None


@verb("total")
class Total(Assertion):
    """The number counted up to a moment, by all counters together or by one of them."""

    name: NameText
    of: Annotated[Ref | None, of_kind("thing")] = None
    counted_by: Annotated[Ref | None, of_kind("voice", "source")] = None
    number: Amount
    on: When | None = None

    def judge(self, sight: Sight, on: When | None) -> Answer:
        return same_value(_counted(sight, self, tick) for tick in sight.ticks(self.on or on))


def _counted(sight: Sight, what: CountAssertion | Total, tick: int) -> Answer:
    """Whether a number is what was counted. Too few are no contradiction where nobody gives a
    total: who counts a part does not say that there was no more."""
    found = sight.counted(what, tick)
    answer = fits(what.number, found)
    too_few = answer is False and found is not None and found.low < what.number.low
    return None if too_few and not sight.whole(what, tick) else answer


@verb("share")
class ShareAssertion(Assertion):
    """How much of an area or route is taken: a share of the whole, or km² or km."""

    of: GroundAssertion
    share: Amount | None = None
    km2: Amount | None = None
    km: Amount | None = None
    on: When | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if sum(m is not None for m in (self.share, self.km2, self.km)) != 1:
            raise Misspelled("give the amount with one of share, km2 or km")
        return self

    def judge(self, sight: Sight, on: When | None) -> Answer:
        said = self.share or self.km2 or self.km
        assert said is not None
        ask = sight.share if self.share else sight.amount
        return same_value(fits(said, ask(self.of, tick)) for tick in sight.ticks(self.on or on))


@verb("lasts")
class Lasts(Assertion):
    """Something lasts for the whole of a period, from one event to another."""

    first: Annotated[Ref, of_kind("event")]
    last: Annotated[Ref, of_kind("event")]
    period: When

    def judge(self, sight: Sight, on: When | None) -> Answer:
        days = sight.ticks(self.period)
        if not days:
            return None
        begins = same_value(_on(span, days[0]) for span in sight.spans(self.first))
        ends = same_value(_on(span, days[-1]) for span in sight.spans(self.last))
        return every([begins, ends])


def _on(span: tuple[int, int], tick: int) -> Answer:
    if not span[0] <= tick <= span[1]:
        return False
    return True if span[0] == span[1] else None


@verb("apart")
class Apart(Assertion):
    """The distance between two places in km, as the crow flies."""

    a: Annotated[Ref, of_kind("place")]
    b: Annotated[Ref, of_kind("place")]
    km: Amount

    def judge(self, sight: Sight, on: When | None) -> Answer:
        return fits(self.km, sight.apart(self.a, self.b))


# --- reading ------------------------------------------------------------------------------------


def _picked(value: Any) -> Any:
    """The class of the verb that is named reads the rest."""
    if isinstance(value, Assertion):
        return value
    if not isinstance(value, Mapping) or "says" not in value:
        raise Misspelled("an assertion needs a verb", f"write `says: {either(VERBS)}`")
    name = str(value["says"])
    if name not in VERBS:
        known = did_you_mean(name, VERBS) or f"one of {either(VERBS)}"
        raise Misspelled(f"there is no verb {quoted(name)}", known)
    return VERBS[name].model_validate(value)


AssertionField = Annotated[Assertion, BeforeValidator(_picked)]
