"""How fast the news came, in words: a table of the events and who reported them first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from replay.analysis.delay import Delay, ReportDelay, delays
from replay.analysis.left_out import left_out
from replay.foundation.edtf import parse
from replay.foundation.english import counted, format_date
from replay.model import Scenario
from replay.text.lens import lens_line
from replay.text.narrative import TextLine, left_out_note, who_says
from replay.timeline.timeline import Timeline


def told_delays(timeline: Timeline) -> Iterator[TextLine]:
    """Each event with when it happened, when it was first reported, the days between, and by whom.

    The longest are listed first, then those with only the publication date of their source.
    """
    found = delays(timeline)
    yield TextLine("title", f"{timeline.scenario.title}: how fast the news came")
    yield TextLine("note", lens_line(timeline))
    yield from left_out_note(left_out(timeline))
    yield TextLine("answer", _summary(found))
    dated = [delay for delay in found if delay.report.basis != "publication"]
    rest = [delay for delay in found if delay.report.basis == "publication"]
    yield from _section(timeline, "Report date known", dated)
    yield from _section(timeline, "Dated only by the publication of their source", rest)


def _summary(found: list[Delay]) -> str:
    dated = [delay for delay in found if delay.report.basis != "publication"]
    kinds = Counter(_kind(delay) for delay in dated)
    parts = [f"{kinds[kind]} {kind}" for kind in _KINDS if kinds[kind]]
    text = f"{counted(len(found), 'event')}; the first report of {len(dated)} has a date"
    return f"{text}: {', '.join(parts)}." if parts else f"{text}."


_KINDS = (
    "on the same day",
    "within a week",
    "within a month",
    "later",
    "unknown",
    "before it happened",
)


def _kind(delay: Delay) -> str:
    if delay.most is None or delay.least is None:
        return "unknown"
    if delay.most < 0:
        return "before it happened"
    limits = ((0, "on the same day"), (7, "within a week"), (31, "within a month"))
    return next((kind for limit, kind in limits if delay.most <= limit), "later")


def _section(timeline: Timeline, title: str, found: list[Delay]) -> Iterator[TextLine]:
    if not found:
        return
    yield TextLine("phase", title)
    wide = max(len("days"), *(len(delay_text(delay)) for delay in found))
    yield TextLine("strip", f"  {'days':>{wide}}  event")
    for delay in sorted(found, key=_longest):
        yield TextLine("row", f"{delay_text(delay):>{wide}}  {delay.summary}", hang=wide + 2)
        yield TextLine("source", f"{'':{wide}}{_when(timeline.scenario, delay)}", hang=wide)
        for other in delay.others:
            when = f"≠ {delay_text(other)}: {_when(timeline.scenario, other)}"
            yield TextLine("rival", f"{'':{wide}}{when}", hang=wide)


def _longest(delay: Delay) -> tuple[bool, int, int]:
    most = delay.most
    return most is None, -(most or 0), -(delay.least or 0)


def delay_text(delay: Delay) -> str:
    """The days between: "11", "0 to 3", "45 or more", "not known"."""
    least, most = delay.least, delay.most
    if least is None or (most is None and least == 0):
        return "not known" if most is None else f"up to {most}"
    if most is None:
        return f"{least} or more"
    return str(most) if least == most else f"{least} to {most}"


def _when(scenario: Scenario, delay: Delay) -> str:
    happened = format_date(parse(delay.happened)) if delay.happened else "on an unknown day"
    return f"{happened}; {first_told(scenario, delay.report)}"


def first_told(scenario: Scenario, told: ReportDelay) -> str:
    """Who reported it first, and when: "War Media Cell (article p29.s2), 27 October 2017"."""
    day = format_date(parse(told.days)) if told.days else "on an unknown day"
    carrier = scenario.report.get(told.claim.via or "")
    outlet = scenario.name(carrier.outlet) if carrier and carrier.outlet else None
    way = f" via {outlet}" if outlet else ""
    verb = "published" if told.basis == "publication" else "reported"
    return f"{verb} {day}: {who_says(scenario, told.claim)}{way}"
