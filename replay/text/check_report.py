"""What a check found, in words and as plain data: findings, disputes, statements, coverage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from replay.analysis.check import CheckReport
from replay.analysis.notes import testimony_notes
from replay.foundation.english import counted
from replay.script.coverage import Coverage
from replay.text.disagreements import all_sides, days, differ_on, disagreement_title
from replay.text.lens import lens_lines
from replay.text.narrative import TextLine
from replay.text.verdicts import told_verdicts

# --- as data ------------------------------------------------------------------------------------


# --- in words -----------------------------------------------------------------------------------


def told_report(
    report: CheckReport,
    list_disputes: bool = False,
    list_coverage: bool = False,
    list_acknowledged: bool = False,
) -> Iterator[TextLine]:
    """What a check found as lines; disputes, sentences and acknowledged findings if asked for.

    A line that begins with `file:line:column` is kept whole, so that an editor can follow it.
    """
    yield from _size(report)
    for told in lens_lines(report.timeline):
        yield TextLine("note", told)
    for finding in report.findings:
        yield TextLine("gap", "")
        yield TextLine("strip", f"{_where(report, finding.of)}{finding.code} {finding.message}")
        yield TextLine("source", finding.hint)
    if report.acknowledged:
        meant = counted(len(report.acknowledged), "finding")
        verb = "is" if len(report.acknowledged) == 1 else "are"
        yield TextLine("gap", "")
        hint = "" if list_acknowledged else ": --acknowledged lists them"
        yield TextLine("answer", f"{meant} {verb} acknowledged in the script, with a reason{hint}.")
    for finding in report.acknowledged if list_acknowledged else ():
        yield TextLine("gap", "")
        yield TextLine("strip", f"{_where(report, finding.of)}{finding.code} {finding.message}")
        yield TextLine("source", f"acknowledged: {report.reason(finding)}")
    yield from _disputes(report, list_disputes)
    yield from told_verdicts(report.timeline, report.statements)
    yield from _tables(report)
    yield from _coverage(report.coverage, list_coverage)
    yield TextLine("gap", "")
    left = counted(len(report.findings), "finding")
    yield TextLine("answer", "No findings." if report.clean else f"{left} to resolve.")


def _size(report: CheckReport) -> Iterator[TextLine]:
    scenario = report.timeline.scenario
    sizes = {
        "source": len(scenario.sources),
        "event": len(scenario.events),
        "claim": sum(len(event.claims) for event in scenario.events),
        "place": len(scenario.places),
        "statement": len(scenario.statements),
    }
    listed = ", ".join(counted(number, what) for what, number in sizes.items())
    yield TextLine("answer", f"{scenario.title}: {listed}.")


def _where(report: CheckReport, of: str) -> str:
    """file:line:column of the record that a finding is about, if it is one."""
    scenario = report.script.scenario
    phases: dict[str, Any] = {phase.id: phase for phase in scenario.phases}
    known: list[dict[str, Any]] = [scenario.event, scenario.things, scenario.source, phases]
    record = next((among[of] for among in known if of in among), None)
    if record is None or id(record) not in report.script.places:
        return ""
    place = report.script.place(record)
    return f"{place.tree.spot(place.path)}: "


def _disputes(report: CheckReport, listed: bool) -> Iterator[TextLine]:
    timeline = report.timeline
    number = len(report.disagreements)
    hint = "" if listed or not number else ": --disputes lists them"
    yield TextLine("gap", "")
    yield TextLine("answer", f"{differ_on(number)}{hint}.")
    for one in report.disagreements if listed else ():
        yield TextLine("gap", "")
        yield TextLine("day", f"{days(timeline, one)}: {disagreement_title(timeline, one)}")
        for says, who in all_sides(timeline, one):
            yield TextLine("event", says)
            yield TextLine("source", who)
        for note in testimony_notes(timeline.scenario, one.claims):
            yield TextLine("source", note)


def _tables(report: CheckReport) -> Iterator[TextLine]:
    """How many rows each table has, and which of its columns are not read."""
    scenario = report.timeline.scenario
    for n, columns in enumerate(scenario.columns or ()):
        if n == 0:
            yield TextLine("gap", "")
        left = f"; columns not read: {', '.join(columns.unread)}" if columns.unread else ""
        rows = counted(len(columns), "row")
        yield TextLine("answer", f"Table {scenario.tables[columns.table].file}: {rows}{left}.")


def _coverage(known: tuple[Coverage, ...], listed: bool) -> Iterator[TextLine]:
    yield TextLine("gap", "")
    if not known:
        yield TextLine("answer", "Coverage: unknown. Give the texts with --texts FOLDER.")
        return
    wide = max(len("Coverage"), *(len(covered.source) for covered in known))
    yield TextLine(
        "strip", f"{'Coverage':<{wide}}  sentences  encoded  named only  set aside  open"
    )
    for covered in known:
        n = covered.counts
        numbers = f"{n['sentences']:>9}  {n['encoded']:>7}  {n['named']:>10}"
        numbers += f"  {n['set_aside']:>9}  {n['open']:>4}"
        yield TextLine("strip", f"{covered.source:<{wide}}  {numbers}")
        for paragraph, sentence in covered.sentences if listed else ():
            by = ", ".join(covered.cited.get((paragraph, sentence), ()))
            aside = covered.set_aside.get((paragraph, sentence))
            if by and (paragraph, sentence) not in covered.encoded:
                by = f"named only: {by}"
            why = by or (f"set aside: {aside}" if aside else "OPEN")
            place = f"p{paragraph}.s{sentence}"
            yield TextLine("row", f"{place:<9} {why}", hang=10)
