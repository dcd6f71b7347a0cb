"""The command that compares: lenses, days, what was known, versions of a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from replay.frontends.cli.options import (
    AsJson,
    PageSize,
    StyleName,
    UndatedCount,
    console,
    look,
    print_json,
    print_lines,
    timeline_of,
)


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("compare")(compare)


def compare(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="Name, folder or file of a scenario.")
    ],
    other: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="Another version of it.")
    ] = None,
    lens: Annotated[
        list[str] | None,
        typer.Option(
            "--lens",
            help="Once: against all claims; twice: one against the other; more: who agrees.",
        ),
    ] = None,
    on: Annotated[
        list[str] | None, typer.Option("--on", metavar="WHEN", help="Twice: the days to compare.")
    ] = None,
    known_on: Annotated[
        list[str] | None,
        typer.Option("--known-on", metavar="DAY", help="Twice: what was known on two days."),
    ] = None,
    undated: UndatedCount = "unknown",
    sources: Annotated[
        bool, typer.Option("--sources", help="For each place and day, how many sources agree.")
    ] = False,
    lenses: Annotated[
        bool, typer.Option("--lenses", help="For each place and day, how many lenses agree.")
    ] = False,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="CHANGE",
            help='Against a changed copy: "move EVENT +3d", "move EVENT -6h", "without EVENT"; '
            "may be repeated.",
        ),
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="With NEW: print Markdown for a pull request.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="Also draw it: PNG, SVG or PDF."),
    ] = None,
    style: StyleName = None,
    size: PageSize = None,
    as_json: AsJson = False,
) -> None:
    """Compare two lenses, two days, what was known on two days, or two versions.

    With two known-on days it lists the news. With --sources or --lenses, or more than two --lens,
    it shows who agrees, for the whole campaign. With --what-if it compares the scenario with a
    hypothetical one.
    """
    options = look(style, size)
    if what_if:
        _not_hypothetical(other, sources or lenses, markdown, lens, on, known_on)
        asked = (_one(lens) or "default", _one(known_on), undated)
        _what_if(scenario, what_if, asked, _one(on), out, options, as_json)
        return
    if out is not None:
        _drawable(other, sources or lenses or len(lens or ()) > 2)
    if sources or lenses or len(lens or ()) > 2:
        _alone(other, on, known_on, markdown, (sources, lenses, lens))
        _agree(scenario, lens or [], sources, known_on, undated, as_json)
        return
    lens = _against_all(other, lens, on, known_on)
    pairs = _pair(lens), _pair(on), _pair(known_on)
    _something_to_compare(other, markdown, lens, on, known_on)
    if other is not None:
        _versions(scenario, other, *pairs[::2], undated, markdown, as_json)
    elif pairs[1][0] != pairs[1][1]:
        _days(scenario, *pairs, undated, as_json)
    elif pairs[0][0] == pairs[0][1] and pairs[2][0] != pairs[2][1]:
        _known(scenario, *pairs[::2], undated, as_json)
    else:
        _replays(scenario, *pairs[::2], undated, as_json)
    if out is not None:
        from replay.frontends.cli.showing import side_by_side

        side_by_side(scenario, on, lens, known_on, undated, out, options)


def _drawable(other: str | None, agreement: bool) -> None:
    """Raises UsageProblem U507 if the comparison cannot be drawn as two maps."""
    from replay.foundation.errors import UsageError

    if other is not None or agreement:
        what = "a picture compares two days, two lenses or two known-on days of one scenario"
        raise UsageError("U507", what, "leave out -o, or give one of them twice")


Pair = tuple[str | None, str | None]


def _against_all(
    other: str | None, lens: list[str] | None, *options: list[str] | None
) -> list[str] | None:
    """One lens, and nothing else to compare, is compared with all claims."""
    alone = other is None and not any(values and len(values) == 2 for values in options)
    if alone and lens is not None and len(lens) == 1 and lens[0] != "default":
        return ["default", *lens]
    return lens


def _pair(values: list[str] | None) -> Pair:
    """The two values of an option; one value goes for both sides."""
    from replay.foundation.errors import UsageError

    if not values:
        return None, None
    if len(values) > 2:
        raise UsageError("U507", "an option is given more than twice", "compare two at a time")
    return values[0], values[-1]


def _something_to_compare(other: str | None, markdown: bool, *options: list[str] | None) -> None:
    from replay.foundation.errors import UsageError

    if markdown and other is None:
        what = "--markdown is for two versions of a scenario"
        raise UsageError("U507", what, "name the old one and the new one")
    if other is None and not any(values and len(values) == 2 for values in options):
        hint = "give --lens, --on or --known-on twice, or --sources, or name two scenarios"
        raise UsageError("U507", "there is nothing to compare", hint)


def _alone(
    other: str | None,
    on: list[str] | None,
    known_on: list[str] | None,
    markdown: bool,
    ways: tuple[bool, bool, list[str] | None],
) -> None:
    """Raises UsageProblem U507 if the question who agrees comes with other options."""
    from replay.foundation.errors import UsageError

    if sum(map(bool, ways)) > 1:
        what = "--sources, --lenses and --lens are three ways to ask who agrees"
        raise UsageError("U507", what, "use one of them")
    if other is not None or on or markdown or len(known_on or ()) > 1:
        what = "who agrees is shown for one scenario and all of its days"
        raise UsageError("U507", what, "leave out NEW, --on, --markdown and a second --known-on")


def _versions(
    old: str, new: str, lenses: Pair, known: Pair, undated: str, markdown: bool, as_json: bool
) -> None:
    """Two versions of a scenario: their states, and the records of their scripts."""
    from replay.analysis.compare import compare as compared
    from replay.analysis.scenario_diff import edits, edits_json
    from replay.facts.comparison import comparison_json
    from replay.text.compare import told_versions
    from replay.text.markdown import markdown_page

    a = timeline_of(old, lenses[0] or "default", known[0], undated)
    b = timeline_of(new, lenses[1] or "default", known[1], undated)
    found, changed = compared(a, b), edits(a.scenario, b.scenario)
    if as_json:
        print_json(comparison_json(found) | {"records": edits_json(changed)})
    elif markdown:
        console().out(markdown_page(found, changed), end="", highlight=False)
    else:
        print_lines(told_versions(found, changed))


def _one(values: list[str] | None) -> str | None:
    return values[0] if values else None


def _not_hypothetical(
    other: str | None, agreement: bool, markdown: bool, *options: list[str] | None
) -> None:
    """Raises UsageProblem U507 for options that do not go with --what-if."""
    from replay.foundation.errors import UsageError

    if other is not None or agreement or markdown:
        what = "--what-if compares one scenario with a changed copy of it"
        raise UsageError("U507", what, "leave out NEW, --sources, --lenses and --markdown")
    if any(len(values or ()) > 1 for values in options):
        what = "with --what-if, --lens, --on and --known-on go for both replays"
        raise UsageError("U507", what, "give each of them once at most")


def _what_if(
    name: str,
    changes: list[str],
    asked: tuple[str, str | None, str],
    on: str | None,
    out: Path | None,
    options: dict[str, Any],
    as_json: bool,
) -> None:
    """A scenario against a changed copy of it."""
    from replay.analysis.compare import compare as compared
    from replay.analysis.scenario_diff import edits, edits_json
    from replay.facts.comparison import comparison_json, hypothetical_json
    from replay.lens.question import how_undated_count
    from replay.pipeline import run
    from replay.script.change_phrases import change_scenario
    from replay.script.load import load
    from replay.text.compare import told_versions
    from replay.text.what_if import told_changes

    loaded = load(name)
    hypothetical = change_scenario(loaded, changes)
    lens, known_on, undated = asked
    way = how_undated_count(undated, known_on)
    a, b = (run(s, lens, known_on, way) for s in (loaded, hypothetical.scenario))
    found, records = compared(a, b), edits(a.scenario, b.scenario)
    if as_json:
        shown = hypothetical_json(hypothetical) | comparison_json(found)
        print_json(shown | {"records": edits_json(records)})
    else:
        print_lines([*told_changes(hypothetical), *told_versions(found, records)])
    if out is not None:
        from replay.frontends.cli.showing import hypothetical_map

        hypothetical_map(a, b, hypothetical.changes, on, out, options)


def _days(
    scenario: str, lenses: Pair, days: Pair, known: Pair, undated: str, as_json: bool
) -> None:
    """What changed hands between two days of one replay."""
    from replay.analysis.compare import between
    from replay.facts.comparison import between_json
    from replay.foundation.errors import UsageError
    from replay.text.compare import told_between

    if lenses[0] != lenses[1] or known[0] != known[1]:
        what = "two days are compared under one lens, as known on one day"
        raise UsageError("U507", what, "give --lens and --known-on once at most")
    timeline = timeline_of(scenario, lenses[0] or "default", known[0], undated)
    first, last = timeline.at(days[0] or ""), timeline.at(days[1] or "")
    found = between(timeline, first, last)
    if as_json:
        print_json(between_json(timeline, first, last, found))
    else:
        print_lines(told_between(timeline, first, last, found))


def _known(scenario: str, lenses: Pair, known: Pair, undated: str, as_json: bool) -> None:
    """What was known on two days: the news, and what it changes."""
    from replay.analysis.compare import compare as compared
    from replay.analysis.news import bulletin
    from replay.facts.comparison import comparison_json
    from replay.facts.news import bulletin_json
    from replay.text.compare import told_comparison, told_news

    a, b = _both(scenario, lenses, known, undated)
    found, news = compared(a, b), bulletin(a, b)
    if as_json:
        print_json(comparison_json(found) | bulletin_json(news))
    else:
        print_lines([*told_comparison(found), *told_news(b, news)])


def _replays(scenario: str, lenses: Pair, known: Pair, undated: str, as_json: bool) -> None:
    """Two lenses."""
    from replay.analysis.compare import compare as compared
    from replay.facts.comparison import comparison_json
    from replay.text.compare import told_comparison

    found = compared(*_both(scenario, lenses, known, undated))
    if as_json:
        print_json(comparison_json(found))
    else:
        print_lines(told_comparison(found))


def _both(scenario: str, lenses: Pair, known: Pair, undated: str) -> tuple[Any, Any]:
    """Two replays of one scenario, which is read once."""
    from replay.lens.question import how_undated_count
    from replay.pipeline import run
    from replay.script.load import load

    loaded = load(scenario)
    way = how_undated_count(undated, known[0] or known[1])
    a, b = (run(loaded, lenses[n] or "default", known[n], way) for n in (0, 1))
    return a, b


def _agree(
    scenario: str,
    names: list[str],
    sources: bool,
    known_on: list[str] | None,
    undated: str,
    as_json: bool,
) -> None:
    """Who agrees, for the whole campaign."""
    from replay.analysis.agreement import between_lenses, between_sources
    from replay.facts.agreement import agreement_json
    from replay.lens.question import ReplayQuestion, how_undated_count
    from replay.script.load import load
    from replay.text.agreement import told_agreement

    loaded, known = load(scenario), known_on[0] if known_on else None
    asked = ReplayQuestion("default", known, how_undated_count(undated, known))
    found = between_sources(loaded, asked) if sources else between_lenses(loaded, names, asked)
    if as_json:
        print_json(agreement_json(found))
    else:
        print_lines(told_agreement(found, console().width))
