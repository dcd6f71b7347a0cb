"""Commands that answer: state, explain, tally."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from replay.cli.options import (
    AsJson,
    KnownOn,
    LensName,
    OnDay,
    ScenarioName,
    console,
    print_json,
    timeline_of,
)

if TYPE_CHECKING:
    from replay.analysis.tallies import Row
    from replay.explain import Testimony
    from replay.model import Scenario
    from replay.timeline import Timeline


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("state")(state)
    app.command("explain")(explain)
    app.command("tally")(tally)


def state(
    scenario: ScenarioName,
    on: OnDay,
    lens: LensName = "default",
    known_on: KnownOn = None,
    as_json: AsJson = False,
) -> None:
    """What holds on a day: places, areas, forces, tallies."""
    from replay.analysis.facts import state_json
    from replay.analysis.tallies import rows

    timeline = timeline_of(scenario, lens, known_on)
    numbers = rows(timeline, on)
    if as_json:
        print_json(state_json(timeline, on, numbers))
    else:
        _print_state(timeline, on, numbers)


def _print_state(timeline: Timeline, on: str, numbers: list[Row]) -> None:
    from replay.analysis.facts import presence_json
    from replay.analysis.wording import control, value
    from replay.state import Key

    out = console()
    known = timeline.scenario
    now = timeline.at(on)
    phase = known.phase_at(now.tick)
    out.print(f"{known.title}, {now.label}" + (f" · {phase.name}" if phase else ""))
    out.print("\nPlaces")
    for place in known.places:
        out.print(f"  {place.name:<28} {control(known, now.control[place.id])}")
    ground = [*known.areas, *known.routes]
    if ground:
        out.print("\nAreas and routes")
    for of in ground:
        out.print(f"  {of.name:<28} {value(known, now[Key('progress', of.id)])}")
    out.print("\nForces, where last documented")
    for force in known.forces:
        seen = [
            f"{known.name(p['place'])} ({p['age_days']} d)" for p in presence_json(now, force.id)
        ]
        if seen:
            out.print(f"  {force.name:<28} {', '.join(seen)}")
    if numbers:
        out.print("\nTallies")
    _print_rows(known, numbers)


def explain(
    scenario: ScenarioName,
    thing: Annotated[
        str, typer.Argument(metavar="THING", help="A place, force, operation … by id or name.")
    ],
    on: OnDay,
    lens: LensName = "default",
    known_on: KnownOn = None,
    as_json: AsJson = False,
) -> None:
    """Why it is so, who says it, and who says otherwise."""
    from replay.analysis.facts import explain_json, head, tally_json
    from replay.analysis.names import find_tallies, find_thing
    from replay.analysis.tallies import rows
    from replay.problems import UsageProblem

    timeline = timeline_of(scenario, lens, known_on)
    try:
        of = find_thing(timeline.scenario, thing)
    except UsageProblem as unknown:
        try:
            names = {s.name for s in find_tallies(timeline, thing)}
        except UsageProblem:
            raise unknown from None
        found = [row for name in sorted(names) for row in rows(timeline, on, name)]
        if as_json:
            when = timeline.at(on).label
            print_json(head(timeline, when) | {"tallies": [tally_json(row) for row in found]})
        else:
            _print_rows(timeline.scenario, found, why=True)
        return
    if as_json:
        print_json(explain_json(timeline, of, on))
    else:
        _print_explanation(timeline, of, on)


ASPECTS = {
    "place": ("control", "formation"),
    "area": ("progress",),
    "route": ("progress",),
    "operation": ("effort",),
    "force": ("strength", "position", "standing"),
    "person": ("standing",),
    "voice": ("standing",),
    "side": (),
}
"""What is explained of each kind of thing."""


def _print_explanation(timeline: Timeline, of: str, on: str) -> None:
    from replay.analysis.wording import value
    from replay.explain import explain as explain_key
    from replay.state import Key, Presence

    out = console()
    known = timeline.scenario
    now = timeline.at(on)
    kind = known.kind_of(of) or "thing"
    keys = [Key(aspect, of) for aspect in ASPECTS[kind]]
    keys += [key for key, _ in timeline.keys_of("presence") if key.of.partition("@")[0] == of]
    out.print(f"{known.name(of)} ({kind}), {now.label}, lens {timeline.lens.name}")
    if kind == "side":
        held = [p for p, m in now.control.items() if getattr(m.value, "side", None) == of]
        out.print("  holds " + (", ".join(known.name(p) for p in held) or "no place that is known"))
    for key in keys:
        why = explain_key(timeline, key, on)
        if why.marked.value is None and not why.marked.could and key.aspect != "control":
            continue
        gone = isinstance(why.marked.value, Presence) and why.marked.value.status == "gone"
        place = key.of.partition("@")[2]
        label = f"at {known.name(place)}" if place else key.aspect
        since = f", since {why.since}" if why.since and not gone else ""
        out.print(f"\n{label}: {value(known, why.marked)}{since}")
        _print_told(known, "because", why.because)
        _print_told(known, "against", why.against)
        _print_told(known, "pending", why.pending)
        if why.next:
            out.print(f"  next     {why.next.date}: {value(known, why.next.to)} ({why.next.event})")


def _print_told(known: Scenario, label: str, told: tuple[Testimony, ...]) -> None:
    out = console()
    for n, one in enumerate(told):
        who = known.name(one.reporter) if one.reporter else "in its own voice"
        when = f", reported {one.reported}" if one.reported else ""
        via = f", by way of {one.via}" if one.via else ""
        says = f" says: {one.says}" if one.says else ""
        lead = label if n == 0 else ""
        date = f", dated {one.date}" if one.date else ", undated"
        out.print(f"  {lead:<8} {one.source} {one.locator}, {who}{says}")
        out.print(f"           {one.event}{date}{when}{via}")


def tally(
    scenario: ScenarioName,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="What is counted: killed, villages …")
    ] = None,
    on: OnDay = "",
    lens: LensName = "default",
    known_on: KnownOn = None,
    as_json: AsJson = False,
) -> None:
    """Numbers with their bounds: each counter's, and all together."""
    from replay.analysis.facts import head, tally_json
    from replay.analysis.names import find_tallies
    from replay.analysis.tallies import rows

    timeline = timeline_of(scenario, lens, known_on)
    calendar = timeline.scenario.calendar
    when = on or calendar.label(calendar.ticks - 1)
    names = sorted({s.name for s in find_tallies(timeline, name)}) if name else [None]
    found = [row for one in names for row in rows(timeline, when, one)]
    if as_json:
        answer = head(timeline, timeline.at(when).label)
        print_json(answer | {"tallies": [tally_json(row) for row in found]})
    else:
        _print_rows(timeline.scenario, found, why=True)


def _print_rows(known: Scenario, found: list[Row], why: bool = False) -> None:
    out = console()
    for row in found:
        whom = f" of {known.name(row.of)}" if row.of else ""
        where = ", ".join(known.name(p) for p in row.where) or "everywhere"
        by = f"counted by {known.name(row.counted_by)}" if row.counted_by else "all counters"
        unit = "" if row.unit == row.name else f" {row.unit}"
        mark = "" if row.mark == "certain" else f" ({row.mark})"
        out.print(f"  {row.name}{whom}: {row.number}{unit}{mark}  [{where}; {row.period}; {by}]")
        if why:
            _print_told(known, "because", row.because)
            _print_told(known, "against", row.against)
