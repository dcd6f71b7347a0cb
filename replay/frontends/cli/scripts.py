"""Commands about scripts: list, new, check, cite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from replay.frontends.cli.options import (
    AsJson,
    KnownOn,
    LensName,
    ScenarioName,
    Texts,
    UndatedCount,
    console,
    print_json,
    print_lines,
)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("list")(list_scenarios)
    app.command("new")(new)
    app.command("check")(check)
    app.command("cite")(cite)
    app.command("schema")(schema)


def list_scenarios(as_json: AsJson = False) -> None:
    """List the scenarios.

    The program looks in ./scenarios and among the scenarios that come with it.
    """
    from replay.foundation.english import counted
    from replay.foundation.errors import ScenarioError
    from replay.script.find import available
    from replay.script.load import load

    found = []
    for name, path in available().items():
        try:
            scenario = load(path)
            entry = {"name": name, "title": scenario.title, "window": str(scenario.window)}
        except ScenarioError as problem:
            count = counted(len(problem.problems), "problem")
            title = f"({count}: see `replay check {name}`)"
            entry = {"name": name, "title": title, "window": ""}
        found.append({**entry, "path": str(path)})
    if as_json:
        print_json({"scenarios": found})
        return
    out = console()
    for entry in found:
        out.print(f"{entry['name']:<24} {entry['title']}  {entry['window']}")
    if not found:
        out.print("No scenarios. `replay new FOLDER` writes one to begin with.")


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
    acknowledged: Annotated[
        bool, typer.Option("--acknowledged", help="List the acknowledged findings with reasons.")
    ] = False,
    lock: Annotated[
        bool, typer.Option("--lock", help="With --texts: write texts.lock anew.")
    ] = False,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    as_json: AsJson = False,
) -> None:
    """Check a scenario: errors, lint, statements, coverage.

    The exit code is 1 if the scenario is invalid, or if a finding is not acknowledged in the
    script.
    """
    from replay.analysis.check import check as check_scenario
    from replay.facts.check import report_json
    from replay.foundation.errors import ScenarioError, UsageError
    from replay.lens.question import how_undated_count
    from replay.text.check_report import told_report

    if lock:
        if texts is None:
            raise UsageError("U507", "--lock needs the texts", "add --texts FOLDER")
        _write_lock(scenario, texts)
    try:
        report = check_scenario(
            scenario, texts, lens, known_on, how_undated_count(undated, known_on)
        )
    except UsageError:
        raise
    except ScenarioError as problem:
        if as_json:
            print_json({"problems": [_problem_json(p) for p in problem.problems]} | _EMPTY)
        raise
    if as_json:
        print_json(report_json(report))
    else:
        print_lines(told_report(report, disputes, coverage, acknowledged))
    if not report.clean:
        raise typer.Exit(1)


_EMPTY: dict[str, object] = {
    "findings": [],
    "disputes": [],
    "disagreements": [],
    "statements": [],
    "coverage": {},
}


def _write_lock(scenario: str, texts: Path) -> None:
    from replay.analysis.check import lock_text
    from replay.foundation.files import write_text

    path, text = lock_text(scenario, texts)
    write_text(path, text)
    console(stderr=True).print(f"wrote {path}")


def _problem_json(problem: object) -> dict[str, object]:
    from dataclasses import asdict

    data = asdict(problem)  # type: ignore[call-overload]
    spot = data.pop("spot")
    where = {"file": spot[0], "line": spot[1], "column": spot[2]} if spot else {}
    return {**where, **data}


def cite(
    scenario: ScenarioName,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The id of a source.")],
    words: Annotated[
        str,
        typer.Argument(
            metavar="WORDS", help="Words that you remember; '\"quoted words\"' match exactly."
        ),
    ],
    texts: Texts = None,
    as_json: AsJson = False,
) -> None:
    """Find the locator of words in a source.

    Case, accents, punctuation and small mistakes are ignored.
    """
    from replay.analysis.quote_search import search_quotes, stands_in
    from replay.foundation.errors import UsageError, did_you_mean, visible
    from replay.script.coverage import texts as read_texts
    from replay.script.load import load
    from replay.text.narrative import TextLine

    loaded = load(scenario)
    if source not in loaded.source:
        hint = did_you_mean(source, loaded.source) or f"sources: {', '.join(loaded.source)}"
        raise UsageError("U502", f"there is no source {source!r}", hint)
    if texts is None:
        raise UsageError("U508", "cite needs the texts of the sources", "add --texts FOLDER")
    known = read_texts(loaded, texts)
    if source not in known:
        hint = f"expected: {loaded.source[source].text or f'{source}.txt'}"
        raise UsageError("U508", f"{texts} has no text of {source}", hint)
    found = search_quotes(known[source], words)
    if as_json:
        rows = [{"source": source, "locator": str(w), "sentence": s} for w, s in found]
        print_json({"scenario": loaded.scenario, "found": rows})
    elif found and not stands_in(found[0][1], words):
        console(stderr=True).print(
            f"{source} has no sentence with exactly these words; the nearest are:"
        )
    for where, sentence in [] if as_json else found:
        told = visible(" ".join(sentence.split()))
        print_lines([TextLine("answer", f"{source} {where}"), TextLine("source", told)])
    if not found:
        raise UsageError("U509", f"{source} has no sentence like this", _elsewhere(known, words))


def _elsewhere(known: dict[str, str], words: str) -> str:
    """What to try if a source does not have the words."""
    from replay.analysis.quote_search import search_quotes, stands_in

    for source, text in known.items():
        for where, sentence in search_quotes(text, words):
            if stands_in(sentence, words):
                return f"{source} {where} has these words"
    return "try fewer words, or rarer ones; small mistakes do not matter"


def schema() -> None:
    """Print the JSON Schema of the script, for an editor.

    The editor then completes the keys and explains each one.
    """
    from replay.script.schema import script_schema

    print_json(script_schema())
