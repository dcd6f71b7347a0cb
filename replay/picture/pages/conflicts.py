"""Where the sources differ in a phase: each subject once, with what each side of it says."""

from __future__ import annotations

from dataclasses import dataclass

from replay.analysis.disagreements import Disagreement, disagreements
from replay.text.disagreements import all_sides, disagreement_title
from replay.timeline.explanation import Testimony
from replay.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources differ on: of which events, what each says, and who says it.

    Sentences that contradict each other have no title but the first of them.
    """

    title: str
    events: tuple[str, ...]
    sides: tuple[tuple[str, str], ...]


def conflicts(timeline: Timeline, first: int, last: int) -> list[Conflict]:
    """The disagreements that begin in ticks first … last, each in one phase only.

    Statements that contradict each other come last, at the end of the days of which they speak;
    what counters say stands where the numbers stand.
    """
    known = [one for one in disagreements(timeline) if one.dated and not _of_counters(one)]
    events = [d for d in known if not d.of_statements and _belongs(d.first, first, last)]
    sentences = [d for d in known if d.of_statements and first <= d.last <= last]
    return [_conflict(timeline, one) for one in (*events, *sentences)]


def _belongs(begin: int, first: int, last: int) -> bool:
    return begin <= last and (begin >= first or first == 0)


def _of_counters(one: Disagreement) -> bool:
    counted = one.disputes[0].key.tally
    return counted is not None and not counted.counted_by


def undated_conflicts(timeline: Timeline) -> list[Conflict]:
    """Statements that contradict each other, of which none says of when it speaks."""
    return [
        _conflict(timeline, one)
        for one in disagreements(timeline)
        if one.of_statements and not one.dated
    ]


def _conflict(timeline: Timeline, one: Disagreement) -> Conflict:
    name = "" if one.of_statements else _capital(disagreement_title(timeline, one))
    return Conflict(name, one.events, tuple(all_sides(timeline, one)))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


__all__ = ["Conflict", "Testimony", "conflicts"]
