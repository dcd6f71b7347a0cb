"""A disagreement in words: what it is about, when, and each side of it with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from replay.analysis.disagreements import Disagreement
from replay.foundation.english import counted
from replay.model import Scenario
from replay.text.dates import ticks_in_words
from replay.text.difference import difference_text, stated_date, undated_difference_text
from replay.text.phrases import voice, voices
from replay.timeline.difference import Difference, Says
from replay.timeline.explanation import Dispute
from replay.timeline.timeline import Timeline


def disagreement_title(timeline: Timeline, found: Disagreement) -> str:
    """What a disagreement is about: "who holds and which forces took Rawa"."""
    if found.of_statements:
        return disagreement_heading(timeline, found.disputes[0])
    return _short(disagreement_subject(timeline, dispute) for dispute in found.disputes)


def differ_on(number: int) -> str:
    """How many disagreements there are: "Sources differ on 3 points"."""
    return f"Sources differ on {counted(number, 'point')}" if number else "Sources do not differ"


def days(timeline: Timeline, found: Disagreement) -> str:
    """From when to when any of it is disputed."""
    return ticks_in_words(timeline.scenario.calendar, found.first, found.last)


def all_sides(timeline: Timeline, found: Disagreement) -> list[tuple[str, str]]:
    """Each side of a disagreement once: what it says, and who says it."""
    if len(found.disputes) == 1:
        return sides(timeline, found.disputes[0])
    kept = found.disputes
    several = len({_name(timeline, d) for d in kept}) > 1
    by_claim: dict[tuple[str, str, str | None], dict[tuple[str, Says | None], None]] = {}
    for dispute in kept:
        name = _name(timeline, dispute) if several else ""
        for claim in dispute.claims:
            key = claim.source, claim.locator, claim.reporter
            by_claim.setdefault(key, {})[name, claim.says] = None
    told: dict[str, list[tuple[str | None, str]]] = {}
    for key, said in by_claim.items():
        told.setdefault(_once(timeline.scenario, list(said)), []).append(_told(timeline, key))
    return [(says, voices(who)) for says, who in told.items()]


def disagreement_line(timeline: Timeline, found: Disagreement) -> str:
    """A disagreement in one sentence: what it is about, and each side of it."""
    told = (f"{who}: {says}" for says, who in all_sides(timeline, found))
    return f"{disagreement_title(timeline, found)}: {'; '.join(told)}"


def _told(timeline: Timeline, key: tuple[str, str, str | None]) -> tuple[str | None, str]:
    source, locator, reporter = key
    return (timeline.scenario.name(reporter) if reporter else None), f"{source} {locator}"


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
    """The name of the thing that a dispute is about."""
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


# --- one key --------------------------------------------------------------------------------------


def sides(timeline: Timeline, dispute: Dispute) -> list[tuple[str, str]]:
    """Each side of a dispute once: what it says, and who says it."""
    scenario = timeline.scenario
    found: dict[str, list[tuple[str | None, str]]] = {}
    for told in dispute.claims:
        found.setdefault(difference_text(scenario, told.says), []).append(voice(scenario, told))
    return [(says, voices(told)) for says, told in found.items()]


def disagreement_heading(timeline: Timeline, dispute: Dispute) -> str:
    """What a dispute is about: "who holds Rawa"."""
    return " ".join(part for part in disagreement_subject(timeline, dispute) if part)


def disagreement_subject(timeline: Timeline, dispute: Dispute) -> tuple[str, str]:
    """What a dispute is about, and its thing: "who holds" and "Rawa"."""
    scenario = timeline.scenario
    aspect, of, place, tally = dispute.key
    if aspect == "statement":
        return "sentences that contradict each other", ""
    if tally is not None:
        of_whom = f" of {scenario.name(tally.of)}" if tally.of else ""
        counter = tally.counted_by
        by = f", counted by {scenario.name(counter)}" if counter else ", by several counters"
        return "the count of", f"{tally.name}{of_whom}{by}"
    if aspect == "event":
        return "whether it happened:", scenario.event[of].summary
    at = f" at {scenario.name(place)}" if place else ""
    return _ABOUT[aspect], f"{scenario.name(of)}{at}"


_ABOUT = {
    "control": "who holds",
    "ground": "who holds",
    "whole": "reports exceed the size of",
    "formation": "which forces took",
    "share": "how much is held of",
    "progress": "how much was taken of",
    "effort": "the state of",
    "strength": "the strength of",
    "standing": "what became of",
    "presence": "the presence of",
    "position": "the position of",
}
