"""The command that compares: lenses, days, what was known, versions of a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from replay.cli.options import AsJson, print_json, print_lines, timeline_of

if TYPE_CHECKING:
    from replay.analysis.compare import Comparison
    from replay.analysis.narrative import Line
    from replay.timeline import Timeline


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
        list[str] | None, typer.Option("--lens", help="Twice: the lenses to compare.")
    ] = None,
    on: Annotated[
        list[str] | None, typer.Option("--on", metavar="WHEN", help="Twice: the days to compare.")
    ] = None,
    known_on: Annotated[
        list[str] | None,
        typer.Option("--known-on", metavar="DAY", help="Twice: what was known on two days."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two lenses, two days, what was known on two days, or two versions."""
    from replay.analysis.compare import compare as compared

    lenses, days, known = _pair(lens), _pair(on), _pair(known_on)
    a = timeline_of(scenario, lenses[0] or "default", known[0])
    b = timeline_of(other or scenario, lenses[1] or "default", known[1])
    _something_to_compare(other, lens, on, known_on)
    if on and days[0] != days[1]:
        _between(a, str(days[0]), str(days[1]), as_json)
        return
    found = compared(a, b)
    if as_json:
        print_json(found.to_json())
    else:
        print_lines(_told(found))


def _pair(values: list[str] | None) -> tuple[str | None, str | None]:
    """The two values of an option; one value goes for both sides."""
    from replay.problems import UsageProblem

    if not values:
        return None, None
    if len(values) > 2:
        raise UsageProblem("U507", "an option is given more than twice", "compare two at a time")
    return values[0], values[-1]


def _something_to_compare(other: str | None, *options: list[str] | None) -> None:
    from replay.problems import UsageProblem

    if other is None and not any(values and len(values) == 2 for values in options):
        hint = "give --lens, --on or --known-on twice, or name two scenarios"
        raise UsageProblem("U507", "there is nothing to compare", hint)


def _title(timeline: Timeline) -> str:
    from replay.analysis.telling import day

    known = f" as known on {day(timeline.known_on)}" if timeline.known_on else ""
    return f"{timeline.scenario.title}, lens {timeline.lens.name}{known}"


def _told(found: Comparison) -> Iterator[Line]:
    from replay.analysis.narrative import Line, who_says
    from replay.analysis.telling import day
    from replay.analysis.wording import number, value

    yield Line("title", f"a  {_title(found.a)}")
    yield Line("title", f"b  {_title(found.b)}")
    if found.same:
        yield Line("text", "No difference.")
        return
    name = ""
    for one in found.places:
        if one.name != name:
            yield Line("phase", one.name)
            name = one.name
        span = one.first if one.days == 1 else f"{one.first}/{one.last}"
        days = "1 day" if one.days == 1 else f"{one.days} days"
        yield Line("event", f"{day(span)} ({days})")
        sides = (("a", found.a, one.a, one.told_a), ("b", found.b, one.b, one.told_b))
        for letter, timeline, marked, told in sides:
            scenario = timeline.scenario
            who = "; ".join(dict.fromkeys(who_says(scenario, t) for t in told))
            says = f"{letter}  {value(scenario, marked)}"
            yield Line("source", f"{says} – {who}" if who else says)
    if found.numbers:
        yield Line("phase", "Counted by the last day")
    for row in found.numbers:
        scenario = found.a.scenario
        whom = f" ({scenario.name(row.of)})" if row.of else ""
        a, b = (number(n, row.unit) if n else "nothing" for n in (row.a, row.b))
        yield Line("event", f"{row.name}{whom}: a {a}, b {b}")


def _between(timeline: Timeline, first: str, last: str, as_json: bool) -> None:
    """What changed hands between two days of one replay."""
    from replay.analysis.facts import control_json
    from replay.analysis.narrative import Line
    from replay.analysis.telling import day
    from replay.analysis.wording import control

    a, b = timeline.at(first), timeline.at(last)
    scenario = timeline.scenario
    changed = [p for p in scenario.places if a.control[p.id] != b.control[p.id]]
    if as_json:
        places: list[dict[str, Any]] = [
            {
                "id": p.id,
                "name": p.name,
                "a": control_json(a.control[p.id]),
                "b": control_json(b.control[p.id]),
            }
            for p in changed
        ]
        who: dict[str, Any] = {"scenario": scenario.scenario, "lens": timeline.lens.name}
        who = {**who, "known_on": timeline.known_on}
        print_json(
            {"a": {**who, "on": a.label}, "b": {**who, "on": b.label}, "same": not changed}
            | {"places": places}
        )
        return
    lines = [Line("title", f"{_title(timeline)}: {day(a.label)} and {day(b.label)}")]
    lines += [
        Line(
            "event",
            f"{p.name}: {control(scenario, a.control[p.id])} → "
            f"{control(scenario, b.control[p.id])}",
        )
        for p in changed
    ]
    print_lines(lines if changed else [*lines, Line("text", "No difference.")])
