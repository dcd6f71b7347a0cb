"""Load a scenario: all its files, records and references, or all that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from replay.dates import DateError
from replay.model import STEPS, Event, Record, Scenario
from replay.model import things as t
from replay.problems import Problem, Problems, did_you_mean
from replay.script.assemble import Assembled, Place, assemble
from replay.script.find import find
from replay.script.read import _problem, read_event, read_record
from replay.script.references import check_references, circles, named
from replay.script.tables import read_tables
from replay.texts import Outline, read_lock

SECTIONS: dict[str, type[Record]] = {
    "sources": t.Source,
    "reports": t.Report,
    "voices": t.Voice,
    "sides": t.Side,
    "forces": t.Force,
    "persons": t.Person,
    "places": t.Place,
    "areas": t.Area,
    "routes": t.Route,
    "operations": t.Operation,
    "phases": t.Phase,
    "pauses": t.Pause,
    "tables": t.Table,
    "statements": t.Statement,
    "acknowledge": t.Acknowledgement,
}
"""Keys whose lists several files may add to, with the record of each; and `events`."""

LOCK = "texts.lock"


@dataclass(frozen=True, slots=True)
class Script:
    """A scenario with the places in the files where its records were written."""

    scenario: Scenario
    places: dict[int, Place]
    """`id()` of a record → where it stands."""
    outlines: dict[str, Outline]
    """What texts.lock knows of the sources."""

    def place(self, record: object) -> Place:
        return self.places[id(record)]


def load(name: str | Path) -> Scenario:
    """The scenario of a name, folder or file.

    Raises Problems with everything that is wrong with it, UsageProblem if there is none.

    >>> load("western-iraq-2017").title
    'The 2017 campaign in western Iraq'
    """
    return load_script(name).scenario


def load_script(name: str | Path) -> Script:
    """As `load`, with the place of every record in the files."""
    main = find(name)
    return build(assemble(main, frozenset((*SECTIONS, "events"))), main.parent)


def build(files: Assembled, folder: Path | None) -> Script:
    """Records from the assembled files. Raises Problems with all that is wrong."""
    problems: list[Problem] = []
    places: dict[int, Place] = {}
    parts: dict[str, Any] = {}
    for name, cls in SECTIONS.items():
        records = []
        for value, place in files.section(name):
            record = read_record(cls, value, place, problems)
            if record is not None:
                places[id(record)] = place
                records.append(record)
        parts[name] = tuple(records)
    variants: dict[tuple[str, int], Event] = {}
    parts["events"] = tuple(_events(files, problems, places, variants))
    scenario = _head(files, parts, problems)
    if scenario is None or problems:
        raise Problems(_sorted(problems))
    outlines = _outlines(folder, problems)
    _link(scenario, places, variants, outlines, problems)
    columns = None if problems else read_tables(scenario, folder, places, problems)
    if problems:
        raise Problems(_sorted(problems))
    scenario = scenario.model_copy(
        update={"folder": folder, "columns": columns, "variants": variants}
    )
    return Script(scenario, places, outlines)


def _events(
    files: Assembled,
    problems: list[Problem],
    places: dict[int, Place],
    variants: dict[tuple[str, int], Event],
) -> list[Event]:
    events = []
    for value, place in files.section("events"):
        event = read_event(value, place, problems, variants)
        if event is not None:
            places[id(event)] = place
            events.append(event)
    return events


def _head(files: Assembled, parts: dict[str, Any], problems: list[Problem]) -> Scenario | None:
    """The scenario itself: its own keys, checked, with the records put in."""
    head = {name: value for name, (value, _) in files.values.items()}
    top = Place(files.main, ())
    for name, (_, place) in files.values.items():
        if name not in Scenario.model_fields or name in ("folder", "columns", "variants"):
            keys = {*Scenario.model_fields, "include"} - {"folder", "columns", "variants"}
            hint = did_you_mean(name, keys)
            problems.append(place.problem("E201", f"unknown key {name!r}", (), hint, key=True))
            head.pop(name)
    checked = None
    try:
        checked = Scenario.model_validate({**head, **parts})
    except ValidationError as error:
        for e in error.errors(include_url=False):
            if not (e["loc"] and e["loc"][0] in parts and parts[str(e["loc"][0])]):
                name = str(e["loc"][0]) if e["loc"] else ""
                at = Place(files.values[name][1].tree, ()) if name in files.values else top
                problems.append(_problem(e, Scenario, head, at))
    if checked is None:
        return None
    if checked.step not in STEPS:
        place = files.values["step"][1]
        problems.append(
            place.problem(
                "E204", f"step cannot be {checked.step!r}", (), f"one of {', '.join(STEPS)}"
            )
        )
        return None
    try:
        _ = checked.calendar
    except DateError as error:
        problems.append(files.values["window"][1].problem("E301", str(error), (), error.hint))
        return None
    return checked


def _outlines(folder: Path | None, problems: list[Problem]) -> dict[str, Outline]:
    if folder is None or not (folder / LOCK).is_file():
        return {}
    try:
        return read_lock((folder / LOCK).read_text("utf-8"))
    except (OSError, ValueError) as error:
        hint = "`replay check SCENARIO --texts FOLDER --lock` writes it anew"
        problems.append(Problem("E101", f"cannot read {folder / LOCK}: {error}", hint=hint))
        return {}


def _link(
    scenario: Scenario,
    places: dict[int, Place],
    variants: dict[tuple[str, int], Event],
    outlines: dict[str, Outline],
    problems: list[Problem],
) -> None:
    """Everything between records: ids used twice, references, circles, dates that contradict."""
    _unique(scenario, places, problems)
    known = named(scenario)
    for record in scenario.records():
        check_references(record, places[id(record)], known, outlines, problems)
    for (event_id, n), variant in variants.items():
        before = len(problems)
        event = scenario.event[event_id]
        check_references(variant, places[id(event)], known, outlines, problems)
        _move(problems, before, places[id(event)], n)
    _circles(scenario, places, problems)
    if not problems:
        for event in scenario.events:
            _bounded(event, scenario, places, problems)
        for phase in scenario.phases:
            bounds = phase.period.bounds
            if bounds.earliest is None or bounds.latest is None:
                what, hint = "a phase has a first and a last day", "write 2017-10-26/2017-11-05"
                problems.append(places[id(phase)].problem("E301", what, ("period",), hint))


def _move(problems: list[Problem], since: int, place: Place, n: int) -> None:
    """Problems of a variant belong to the claim whose words made it; known ones go."""
    if len(problems) == since:
        return
    at = place.tree.spot((*place.path, "claims", n))
    known = {(p.code, p.message) for p in problems[:since]}
    fresh = [p for p in problems[since:] if (p.code, p.message) not in known]
    problems[since:] = [
        Problem(p.code, p.message, at, p.hint, place.tree.excerpt(at)) for p in fresh
    ]


def _unique(scenario: Scenario, places: dict[int, Place], problems: list[Problem]) -> None:
    spaces: list[list[Any]] = [
        [thing for kind in scenario.kinds.values() for thing in kind],
        list(scenario.events),
        list(scenario.sources),
        list(scenario.reports),
        list(scenario.statements),
        list(scenario.phases),
    ]
    for space in spaces:
        first: dict[str, Any] = {}
        for record in space:
            if record.id in first:
                spot = places[id(first[record.id])]
                where = spot.tree.spot((*spot.path, "id"))
                what = f"the id {record.id!r} stands for something else already, at {where}"
                problems.append(places[id(record)].problem("E206", what, ("id",)))
            first.setdefault(record.id, record)
    letters: dict[str, str] = {}
    for side in scenario.sides:
        if side.letter in letters:
            what = f"{letters[side.letter]!r} has the letter {side.letter!r} too"
            problems.append(places[id(side)].problem("E206", what, ("letter",)))
        letters[side.letter] = side.id


def _circles(scenario: Scenario, places: dict[int, Place], problems: list[Problem]) -> None:
    def one(name: str) -> Any:
        return lambda thing: tuple(r for r in (getattr(thing, name, None),) if r)

    def start(place: Any) -> tuple[str, ...]:
        return (place.position.from_,) if place.position and place.position.from_ else ()

    leads: list[tuple[dict[str, Any], str, Any]] = [
        (scenario.source, "derives_from", one("derives_from")),
        (scenario.report, "same_as", one("same_as")),
        (scenario.force, "part_of", one("part_of")),
        (scenario.place, "part_of", one("part_of")),
        ({o.id: o for o in scenario.operations}, "part_of", one("part_of")),
        (scenario.place, "position", start),
        (scenario.event, "after", lambda event: event.after),
    ]
    for things, key, lead in leads:
        for circle in circles(things, lead):
            what = f"a circle: {' → '.join((*circle, circle[0]))}"
            problems.append(places[id(things[circle[0]])].problem("E403", what, (key,)))


def _bounded(
    event: Event, scenario: Scenario, places: dict[int, Place], problems: list[Problem]
) -> None:
    """An event cannot end before one that it comes after begins."""
    if event.date is None or event.date.bounds.latest is None:
        return
    for other in event.after:
        earlier = scenario.event[other].date
        if earlier and (begins := earlier.bounds.earliest) is not None:
            if event.date.bounds.latest < begins:
                what = f"{event.id} ends {event.date}, before {other} ({earlier}) begins"
                problems.append(places[id(event)].problem("E302", what, ("after",)))


def _sorted(problems: list[Problem]) -> list[Problem]:
    """In the order of the files, each once."""
    unique = list(dict.fromkeys(problems))
    return sorted(unique, key=lambda p: (p.spot is None, p.spot or ("", 0, 0)))
