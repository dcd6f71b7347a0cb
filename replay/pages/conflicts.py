"""Where the sources differ in a phase: each subject once, with what each side of it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from replay.analysis.difference_text import difference_text, stated_date, undated_difference_text
from replay.analysis.differences import contradictions
from replay.analysis.narrative import sides, subject
from replay.analysis.wording import voices
from replay.difference import Difference, Says
from replay.explain import Dispute, Testimony, disputes
from replay.model import Scenario
from replay.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources differ on: of which events, what each says, and who says it.

    Sentences that contradict each other have no title but the first of them.
    """

    title: str
    events: tuple[str, ...]
    sides: tuple[tuple[str, str], ...]


def conflicts(timeline: Timeline, first: int, last: int) -> list[Conflict]:
    """The conflicts that begin in ticks first … last, or (about who holds a place) go on in them.

    What follows from the same claims of one event (who holds a place, which forces took it) is one
    conflict. Statements that contradict each other come last; what counters say stands where the
    numbers stand.
    """
    mine = [d for d in disputes(timeline) if _belongs(d, first, last)]
    groups: dict[str, list[Dispute]] = {}
    for dispute in mine:
        groups.setdefault(dispute.claims[0].event, []).append(dispute)
    found = [_joined(timeline, group) for group in groups.values()]
    more = [d for d in _statements(timeline) if _dated(d) and first <= d.last <= last]
    return [*found, *(_alone(timeline, d) for d in more)]


def _belongs(dispute: Dispute, first: int, last: int) -> bool:
    goes_on = dispute.key.aspect == "control" and dispute.last >= first
    return dispute.first <= last and (dispute.first >= first or goes_on or first == 0)


def undated_conflicts(timeline: Timeline) -> list[Conflict]:
    """Statements that contradict each other, of which none says of when it speaks."""
    return [_alone(timeline, d) for d in _statements(timeline) if not _dated(d)]


def _statements(timeline: Timeline) -> list[Dispute]:
    return sorted(contradictions(timeline), key=lambda d: (d.first, d.key))


def _dated(dispute: Dispute) -> bool:
    return any(claim.date for claim in dispute.claims)


def _alone(timeline: Timeline, dispute: Dispute) -> Conflict:
    events = tuple(dict.fromkeys(t.event for t in dispute.claims))
    return Conflict("", events, tuple(sides(timeline, dispute)))


def _joined(timeline: Timeline, group: Sequence[Dispute]) -> Conflict:
    """The disputes of one event as one: what each claim says of all of it together."""
    kept = list(_telling(group))
    several = len({_name(timeline, d) for d in kept}) > 1
    by_claim: dict[tuple[str, str, str | None], dict[tuple[str, Says | None], None]] = {}
    for dispute in kept:
        name = _name(timeline, dispute) if several else ""
        for claim in dispute.claims:
            key = claim.source, claim.locator, claim.reporter
            by_claim.setdefault(key, {})[name, claim.says] = None
    found: dict[str, list[tuple[str | None, str]]] = {}
    for key, said in by_claim.items():
        found.setdefault(_once(timeline.scenario, list(said)), []).append(_told(timeline, key))
    return Conflict(
        _capital(_short(subject(timeline, d) for d in kept)),
        (group[0].claims[0].event,),
        tuple((says, voices(told)) for says, told in found.items()),
    )


def _told(timeline: Timeline, key: tuple[str, str, str | None]) -> tuple[str | None, str]:
    source, locator, reporter = key
    return (timeline.scenario.name(reporter) if reporter else None), f"{source} {locator}"


def _telling(group: Sequence[Dispute]) -> Iterator[Dispute]:
    """Without what follows from another one: who is present from who took the place."""
    taken = {d.key.of for d in group if d.key.aspect == "formation"}
    for dispute in group:
        if dispute.key.aspect != "presence" or dispute.key.at not in taken:
            yield dispute


def _short(subjects: Iterable[tuple[str, str]]) -> str:
    """Several subjects in one line: "who holds A, B; which forces took A, B"."""
    groups: dict[str, dict[str, None]] = {}
    for about, name in subjects:
        groups.setdefault(about, {})[name] = None
    names = {name for group in groups.values() for name in group}
    if len(names) == 1 and len(groups) > 1:
        return f"{' and '.join(groups)} {names.pop()}"
    return "; ".join(f"{about} {', '.join(group)}" for about, group in groups.items())


def _name(timeline: Timeline, dispute: Dispute) -> str:
    """Of what or whom a dispute is."""
    return timeline.scenario.name(dispute.key.of)


def _once(scenario: Scenario, said: Sequence[tuple[str, Says | None]]) -> str:
    """What a claim says of several things, a date that they share said once."""
    said = [(name, one) for name, one in said if not _is_silent(one)] or said[:1]
    dates = {stated_date(one) for _, one in said}
    if len(dates) > 1:
        return "; ".join(f"{name} {difference_text(scenario, one)}".strip() for name, one in said)
    texts = (f"{name} {undated_difference_text(scenario, one)}".strip() for name, one in said)
    return ", ".join(part for part in ("; ".join(dict.fromkeys(texts)), *dates) if part)


def _is_silent(says: Says | None) -> bool:
    return isinstance(says, Difference) and says.silent


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


__all__ = ["Conflict", "Testimony", "conflicts"]
