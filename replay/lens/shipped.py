"""Lenses: which claims are admitted, and how they rank. Each is one registered function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from replay.foundation.errors import UsageError, did_you_mean
from replay.lens.testimony import by_weight, grade, lineage
from replay.model import Claim, Event, LensRule, Scenario

Admits = Callable[[Scenario, Claim, Event], bool]
Rank = Callable[[Scenario, Event, Sequence[int]], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Lens:
    """A named rule: which claims are admitted, and how groups of claims that agree rank."""

    name: str
    summary: str
    admits: Admits = field(default=lambda scenario, claim, said: True)
    """Whether a claim counts; `said` is the event in its words."""
    rank: Rank = by_weight
    """Sort key of a group of claims (indices into the event's); the smallest is shown."""


Maker = Callable[[Scenario, str], Lens]
LENSES: dict[str, Maker] = {}
TAKES: dict[str, Literal["source", "side"]] = {}
"""Of what the lenses are that take something after a colon."""


def lens(name: str, takes: Literal["source", "side"] | None = None) -> Callable[[Maker], Maker]:
    """Decorator: the function makes the lens of this name from what follows the colon."""

    def register(make: Maker) -> Maker:
        assert name not in LENSES, f"two lenses called {name}"
        LENSES[name] = make
        if takes is not None:
            TAKES[name] = takes
        return make

    return register


def named_lens(scenario: Scenario, spelled: str) -> Lens:
    """The lens that a user asked for: `default`, `only:article`, or one that the scenario defines.

    Raises UsageError U504.
    """
    own = {rule.id: rule for rule in scenario.lenses}
    if spelled in own:
        return defined(own[spelled])
    name, _, argument = spelled.partition(":")
    if name not in LENSES:
        known = [*LENSES, *own]
        meant = [f"{kind}:{argument}" if kind in TAKES else kind for kind in known]
        hint = did_you_mean(spelled, meant) or did_you_mean(name, known)
        hint = hint or f"lenses: {', '.join(known)}"
        raise UsageError("U504", f"there is no lens {spelled!r}", hint)
    return LENSES[name](scenario, argument)


def every_lens(scenario: Scenario) -> list[str]:
    """The names of all lenses that a scenario can be seen through, the default first.

    Sides of which nobody reports are left out: through them nothing is seen.
    """
    speaking = {voice.side for voice in scenario.voices}
    arguments = {
        "source": list(scenario.source),
        "side": [side.id for side in scenario.sides if side.id in speaking],
    }
    names = []
    for name in LENSES:
        taken = TAKES.get(name)
        names += [f"{name}:{a}" for a in arguments[taken]] if taken else [name]
    return [*names, *(rule.id for rule in scenario.lenses)]


@lens("default")
def _default(scenario: Scenario, argument: str) -> Lens:
    _no_argument("default", argument)
    return Lens("default", "All claims; ranked by grade, corroboration, then the later report.")


@lens("only", "source")
def _only(scenario: Scenario, argument: str) -> Lens:
    source = _a_source(scenario, "only", argument)
    return Lens(
        f"only:{source}",
        f"Only what {scenario.source[source].title!r} says.",
        lambda scenario, claim, said: claim.cite.source == source,
    )


@lens("without", "source")
def _without(scenario: Scenario, argument: str) -> Lens:
    source = _a_source(scenario, "without", argument)
    return Lens(
        f"without:{source}",
        f"All that is not said by {scenario.source[source].title!r} or derived from it.",
        lambda scenario, claim, said: source not in lineage(scenario, claim.cite.source),
    )


def _no_argument(name: str, argument: str) -> None:
    if argument:
        what = f"the lens {name!r} takes no argument"
        raise UsageError("U504", what, f"write {name}")


def _a_source(scenario: Scenario, name: str, argument: str) -> str:
    if argument not in scenario.source:
        known = ", ".join(scenario.source)
        hint = did_you_mean(argument, scenario.source) or f"sources: {known}"
        raise UsageError("U504", f"the lens {name!r} needs a source, not {argument!r}", hint)
    return argument


@lens("official", "side")
def _official(scenario: Scenario, argument: str) -> Lens:
    sides = {side.id: side.name for side in scenario.sides}
    if argument not in sides:
        hint = did_you_mean(argument, sides) or f"sides: {', '.join(sides)}"
        what = f"the lens 'official' needs a side, not {argument!r}"
        raise UsageError("U504", what, hint)
    return Lens(
        f"official:{argument}",
        f"Only what reporters on the side of {sides[argument]} say.",
        lambda scenario, claim, said: side_of(scenario, claim) == argument,
    )


def side_of(scenario: Scenario, claim: Claim) -> str | None:
    """The side of a claim's reporter; a source that speaks for itself is on none."""
    voice = scenario.voice.get(claim.reporter or "")
    return voice.side if voice else None


@lens("against-interest")
def _against_interest(scenario: Scenario, argument: str) -> Lens:
    _no_argument("against-interest", argument)
    summary = "A voice with an interest counts only where it speaks against it."
    return Lens("against-interest", summary, speaks_against_interest)


def speaks_against_interest(scenario: Scenario, claim: Claim, said: Event) -> bool:
    """Whether a claim is made without an interest, or tells what harms the side that it serves.

    A denial of what serves a side harms it.
    """
    voice = scenario.voice.get(claim.reporter or "")
    if voice is None or voice.interest is None:
        return True
    touched = said.serves(scenario) if claim.denies else said.harms(scenario)
    return voice.interest in touched


@lens("earliest")
def _earliest(scenario: Scenario, argument: str) -> Lens:
    _no_argument("earliest", argument)
    summary = "All claims; of those that differ, the one with the earlier date is shown."
    return Lens("earliest", summary, rank=partial(by_date, 1))


@lens("latest")
def _latest(scenario: Scenario, argument: str) -> Lens:
    _no_argument("latest", argument)
    summary = "All claims; of those that differ, the one with the later date is shown."
    return Lens("latest", summary, rank=partial(by_date, -1))


def by_date(
    sign: int, scenario: Scenario, event: Event, claims: Sequence[int]
) -> tuple[float, ...]:
    """By the last day that claims give the event, from the earliest (1) or the latest (-1) on."""
    said = [scenario.variants.get((event.id, n), event) for n in claims]
    dates = [e.date.bounds.latest for e in said if e.date and e.date.bounds.latest is not None]
    first = min((sign * date for date in dates), default=float("inf"))
    return (first, *by_weight(scenario, event, claims))


RANKS: dict[str, Rank] = {
    "weight": by_weight,
    "earliest": partial(by_date, 1),
    "latest": partial(by_date, -1),
}


def defined(rule: LensRule) -> Lens:
    """A lens that a scenario defines: every condition that it gives must hold."""

    def admits(scenario: Scenario, claim: Claim, said: Event) -> bool:
        origin = set(lineage(scenario, claim.cite.source))
        conditions = (
            not rule.sources or claim.cite.source in rule.sources,
            not origin & set(rule.without),
            not rule.voices or claim.reporter in rule.voices,
            claim.reporter not in rule.without_voices,
            not rule.sides or side_of(scenario, claim) in rule.sides,
            rule.grade is None or grade(scenario, claim) < "ABCDEF".index(rule.grade) + 1,
        )
        return all(conditions)

    return Lens(rule.id, rule.summary, admits, RANKS[rule.rank])
