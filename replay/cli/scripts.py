"""Commands about scripts: list, new, check, cite."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from replay.cli.options import (
    AsJson,
    KnownOn,
    LensName,
    ScenarioName,
    Texts,
    console,
    print_json,
)

if TYPE_CHECKING:
    from replay.analysis.check import Report


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("list")(list_scenarios)
    app.command("new")(new)
    app.command("check")(check)
    app.command("cite")(cite)
    app.command("schema")(schema)


def list_scenarios(as_json: AsJson = False) -> None:
    """The scenarios that are found: in ./scenarios and among those that come with the program."""
    from replay.problems import Problems
    from replay.script.find import available
    from replay.script.load import load

    found = []
    for name, path in available().items():
        try:
            scenario = load(path)
            entry = {"name": name, "title": scenario.title, "window": str(scenario.window)}
        except Problems as problem:
            count = len(problem.problems)
            entry = {
                "name": name,
                "title": f"({count} problems: replay check {name})",
                "window": "",
            }
        found.append({**entry, "path": str(path)})
    if as_json:
        print_json({"scenarios": found})
        return
    out = console()
    for entry in found:
        out.print(f"{entry['name']:<24} {entry['title']}  {entry['window']}")
    if not found:
        out.print("no scenario is found; `replay new FOLDER` writes one to begin with")


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that does not exist.")],
) -> None:
    """Write a commented scenario to begin with."""
    from replay.script.skeleton import write_skeleton

    written = write_skeleton(folder)
    out = console()
    out.print(f"wrote {', '.join(str(path) for path in written)}")
    out.print(f"next: edit it, then `replay check {folder}` and `replay run {folder}`")


def check(
    scenario: ScenarioName,
    texts: Texts = None,
    disputes: Annotated[
        bool, typer.Option("--disputes", help="List every disagreement with its claims.")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="List every sentence with what cites it.")
    ] = False,
    lock: Annotated[
        bool, typer.Option("--lock", help="With --texts: write texts.lock anew.")
    ] = False,
    lens: LensName = "default",
    known_on: KnownOn = None,
    as_json: AsJson = False,
) -> None:
    """Errors, lint, statements, coverage. Exit code 1 where something is not accounted for."""
    from replay.analysis.check import check as check_scenario
    from replay.problems import Problems, UsageProblem

    if lock:
        if texts is None:
            raise UsageProblem("U507", "--lock needs the texts", "add --texts FOLDER")
        _write_lock(scenario, texts)
    try:
        report = check_scenario(scenario, texts, lens, known_on)
    except UsageProblem:
        raise
    except Problems as problem:
        if as_json:
            print_json({"problems": [_problem_json(p) for p in problem.problems]} | _EMPTY)
        raise
    if as_json:
        print_json(_report_json(report))
    else:
        _print_report(report, disputes, coverage)
    if not report.clean:
        raise typer.Exit(1)


_EMPTY: dict[str, object] = {"findings": [], "disputes": [], "statements": [], "coverage": {}}


def _write_lock(scenario: str, texts: Path) -> None:
    from replay.analysis.check import lock_text
    from replay.files import write_text

    path, text = lock_text(scenario, texts)
    write_text(path, text)
    console(stderr=True).print(f"wrote {path}")


def _problem_json(problem: object) -> dict[str, object]:
    from dataclasses import asdict

    data = asdict(problem)  # type: ignore[call-overload]
    spot = data.pop("spot")
    where = {"file": spot[0], "line": spot[1], "column": spot[2]} if spot else {}
    return {**where, **data}


def _report_json(report: Report) -> dict[str, object]:
    from dataclasses import asdict

    from replay.analysis.facts import testimony_json

    calendar = report.timeline.scenario.calendar
    return {
        "scenario": report.timeline.scenario.scenario,
        "lens": report.timeline.lens.name,
        "known_on": report.timeline.known_on,
        "problems": [],
        "findings": [asdict(f) for f in report.findings],
        "acknowledged": [asdict(f) for f in report.acknowledged],
        "disputes": [
            {
                "key": {"aspect": d.key.aspect, "of": d.key.of},
                "from": calendar.label(d.first),
                "to": calendar.label(d.last),
                "claims": [testimony_json(t) for t in d.claims],
            }
            for d in report.disputes
        ],
        "statements": [
            {
                "id": v.statement.id,
                "verdict": v.outcome,
                "kind": v.kind,
                "because": [testimony_json(t) for t in v.because],
            }
            for v in report.statements
        ],
        "coverage": {c.source: c.counts for c in report.coverage},
    }


def _print_report(report: Report, show_disputes: bool, show_coverage: bool) -> None:
    from replay.analysis.narrative import heading, sides

    out = console()
    scenario = report.timeline.scenario
    claims = sum(len(event.claims) for event in scenario.events)
    out.print(
        f"{scenario.title}: {len(scenario.sources)} sources, {len(scenario.events)} events, "
        f"{claims} claims, {len(scenario.places)} places, {len(scenario.statements)} statements."
    )
    for finding in report.findings:
        out.print(f"\n{_where(report, finding.of)}{finding.code} {finding.message}")
        out.print(f"    {finding.hint}")
    if report.acknowledged:
        count = len(report.acknowledged)
        out.print(f"\n{count} findings are acknowledged in the script, each with a reason.")
    differ = len(report.disputes)
    hint = "" if show_disputes or not differ else ": --disputes lists them"
    out.print(f"\nSources differ over {differ} things{hint}.")
    if show_disputes:
        calendar = scenario.calendar
        for dispute in report.disputes:
            days = calendar.label(dispute.first)
            if dispute.last > dispute.first:
                days += f" to {calendar.label(dispute.last)}"
            out.print(f"\n{days}: {heading(report.timeline, dispute)}")
            for says, who in sides(report.timeline, dispute):
                out.print(f"  {says}")
                out.print(f"    {who}")
    _print_statements(report)
    _print_coverage(report, show_coverage)
    verdict = "Nothing is left open." if report.clean else f"{len(report.findings)} findings."
    out.print(f"\n{verdict}")


def _print_statements(report: Report) -> None:
    """What the replay makes of the statements, the independent ones first."""
    from replay.analysis.narrative import who_says

    out = console()
    scenario = report.timeline.scenario
    for kind, title in (("independent", "Statements"), ("restates", "Statements that restate")):
        told = [v for v in report.statements if v.kind == kind and v.statement.asserts]
        mute = [v for v in report.statements if v.kind == kind and not v.statement.asserts]
        if not told and not mute:
            continue
        counts = Counter(v.outcome for v in told)
        parts = [f"{counts[o]} {o}" for o in ("supported", "contradicted", "undecidable")]
        out.print(f"\n{title}: {', '.join(parts)}; {len(mute)} assert nothing to be checked.")
        for verdict in (v for v in told if v.outcome != "supported"):
            cites = "; ".join(str(cite) for cite in verdict.statement.cite)
            out.print(f"  {verdict.outcome}: {verdict.statement.summary} ({cites})")
            for claim in verdict.because[:4]:
                out.print(f"      {claim.event}, {who_says(scenario, claim)}")


def _where(report: Report, of: str) -> str:
    """file:line:column of the record that a finding is about, if it is one."""
    scenario = report.script.scenario
    known: list[dict[str, Any]] = [scenario.event, scenario.things, scenario.source]
    known.append({phase.id: phase for phase in scenario.phases})
    record = next((among[of] for among in known if of in among), None)
    if record is None or id(record) not in report.script.places:
        return ""
    place = report.script.place(record)
    return f"{place.tree.spot(place.path)}: "


def _print_coverage(report: Report, listed: bool) -> None:
    out = console()
    if not report.coverage:
        out.print("\nCoverage: unknown; give the texts with --texts FOLDER.")
        return
    out.print("\nCoverage        sentences  cited  set aside  open")
    for covered in report.coverage:
        n = covered.counts
        out.print(
            f"  {covered.source:<14} {n['sentences']:>8} {n['cited']:>6} "
            f"{n['set_aside']:>10} {n['open']:>5}"
        )
        if listed:
            for p, s in covered.sentences:
                by = ", ".join(covered.cited.get((p, s), ()))
                why = by or "set aside: " + covered.set_aside.get((p, s), "OPEN")
                out.print(f"    p{p}.s{s:<4} {why}")


def cite(
    scenario: ScenarioName,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The id of a source.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Words that you remember.")],
    texts: Texts = None,
    as_json: AsJson = False,
) -> None:
    """Find the locator for words that stand in a source."""
    from replay.problems import UsageProblem, did_you_mean, visible
    from replay.script.coverage import texts as read_texts
    from replay.script.load import load
    from replay.texts import find

    loaded = load(scenario)
    if source not in loaded.source:
        hint = did_you_mean(source, loaded.source) or f"sources: {', '.join(loaded.source)}"
        raise UsageProblem("U502", f"there is no source {source!r}", hint)
    if texts is None:
        raise UsageProblem("U508", "the texts are needed to look into", "add --texts FOLDER")
    found = find(read_texts(loaded, texts).get(source, ""), words)
    if as_json:
        rows = [{"source": source, "locator": str(w), "sentence": s} for w, s in found]
        print_json({"scenario": loaded.scenario, "found": rows})
    for where, sentence in [] if as_json else found:
        console().print(f"{source} {where}\n    {visible(sentence)}")
    if not found:
        raise UsageProblem("U509", f"{source} has no sentence with these words")


def schema() -> None:
    """The JSON Schema of the script, for completion and hover in an editor."""
    from replay.script.schema import script_schema

    print_json(script_schema())
