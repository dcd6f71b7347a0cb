"""Load a scenario: all its files, records and references, or all that is wrong with them."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from replay.foundation.edtf import DateError
from replay.foundation.errors import Problem, ScenarioError, SourceSpan, did_you_mean, quoted
from replay.foundation.locators import LockError, TextOutline, read_lock
from replay.model import STEPS, Event, Record, Scenario
from replay.model import things as t
from replay.script.assemble import Assembled, FilePlace, assemble, shown_value, unfit
from replay.script.find import find_scenario
from replay.script.ground import read_ground
from replay.script.inherit import inherit
from replay.script.invalid_records import check_unread, class_of
from replay.script.lines import located
from replay.script.link import Unread, known_to, link
from replay.script.plain_data import NO_LINE, assemble_data, fields_of
from replay.script.read import read_event, read_record
from replay.script.tables import read_tables
from replay.script.text_file import read_text
from replay.script.validation_errors import MOST_PROBLEMS, findings, problem_of

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
    "lenses": t.LensRule,
    "acknowledge": t.Acknowledgement,
}
"""Keys whose lists several files may add to, with the record of each; and `events`."""
_LISTS = frozenset((*SECTIONS, "events"))

LOCK = "texts.lock"


@dataclass(frozen=True, slots=True)
class Script:
    """A scenario with the places in the files where its records were written."""

    scenario: Scenario
    places: dict[int, FilePlace]
    """`id()` of a record → where it stands."""
    outlines: dict[str, TextOutline]
    """What texts.lock knows of the sources."""

    def place(self, record: object) -> FilePlace:
        return self.places[id(record)]


def load(name: str | Path) -> Scenario:
    """Read a scenario, with all its files, and check every record and reference.

    Parameters
    ----------
    name : str or Path
        A name that `replay list` shows, a folder with a `scenario.yaml`, or a YAML file.

    Returns
    -------
    Scenario
        The campaign as its author wrote it. It never changes; copies are made of it.

    Raises
    ------
    UsageError
        U501 if there is no such scenario.
    ScenarioError
        E101 to E405 with everything that is wrong with it, each problem with its file and line.

    See also
    --------
    docs/script.md : the keys of a script.
    docs/checks.md : every code.

    Example
    -------
    >>> import replay
    >>> replay.load("western-iraq-2017").title
    'The 2017 campaign in western Iraq'
    """
    return load_script(name).scenario


def load_script(name: str | Path) -> Script:
    """As `load`, with the place of every record in the files."""
    main = find_scenario(name)
    return build(assemble(main, _LISTS), main.parent)


def scenario(data: Mapping[str, Any] | Scenario, folder: str | Path | None = None) -> Scenario:
    """Make a scenario from plain data: the same as from a script with these keys and values.

    Parameters
    ----------
    data : mapping or Scenario
        What the files of a scenario hold: texts, numbers, lists, mappings, and dates as EDTF or
        `datetime.date`. Records that were read before may be among them. A Scenario is checked and
        linked again.
    folder : str or Path, optional
        Where its tables and its geography are. Without it the scenario can have neither.

    Returns
    -------
    Scenario
        As `replay.load` returns it.

    Raises
    ------
    ScenarioError
        E101 to E405 with everything that is wrong, each problem with the path of its record, such
        as `events[3].claims[1].date`.

    See also
    --------
    docs/python.md : scenarios in Python.
    docs/script.md : the keys of a script.

    Example
    -------
    >>> import replay
    >>> small = replay.scenario({"scenario": "small", "title": "A small one",
    ...     "window": "2001-05-01/2001-05-12",
    ...     "sides": [{"id": "blue", "name": "Blue", "letter": "B"}]})
    >>> small.calendar.ticks
    12
    """
    return script_from(data, folder).scenario


def hypothetical(data: Mapping[str, Any] | Scenario, folder: str | Path | None = None) -> Scenario:
    """As `scenario`, of data that was changed: dates that now contradict `after:` are allowed.

    The dates count then, and a HypotheticalWarning says which event stays before one that it came
    after.
    """
    return script_from(data, folder, changed=True).scenario


class HypotheticalWarning(UserWarning):
    """Something that a change to a scenario leaves as it was, though it no longer goes together."""

    def __init__(self, *conflicts: str) -> None:
        super().__init__(*conflicts)
        self.conflicts = conflicts
        """Each date that contradicts an order, as a sentence."""

    def __str__(self) -> str:
        return f"the dates count: {'; '.join(self.conflicts)}"


def script_from(
    data: Mapping[str, Any] | Scenario, folder: str | Path | None = None, changed: bool = False
) -> Script:
    """As `scenario`, with the path of every record; as `hypothetical` if it was changed."""
    if isinstance(data, Scenario):
        folder = data.folder if folder is None else folder
        data = fields_of(data)
    at = None if folder is None else Path(folder)
    return build(assemble_data(data, _LISTS), at, changed)


def build(files: Assembled, folder: Path | None, changed: bool = False) -> Script:
    """Records from the assembled files. Raises ScenarioError with all that is wrong.

    In a changed scenario dates may contradict `after:`; that is a warning.
    """
    with _uncollected():
        script, contradictions = _built(files, folder, changed)
    if contradictions:
        conflicts = (problem.message for problem in contradictions)
        warnings.warn(HypotheticalWarning(*conflicts), stacklevel=5)
    return script


@contextmanager
def _uncollected() -> Iterator[None]:
    """None of the many records is garbage: looking for it would walk all of them many times."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _built(files: Assembled, folder: Path | None, changed: bool) -> tuple[Script, list[Problem]]:
    """A script, and what a change leaves in contradiction."""
    problems: list[Problem] = []
    places: dict[int, FilePlace] = {}
    parts: dict[str, Any] = {}
    unread: Unread = {}
    for name, cls in SECTIONS.items():
        records = []
        for value, place in files.section(name):
            record = read_record(cls, value, place, problems)
            if record is None:
                unread.setdefault(name, []).append((value, place))
            else:
                places[id(record)] = place
                records.append(record)
        parts[name] = tuple(records)
    variants: dict[tuple[str, int], Event] = {}
    events = _events(files, problems, places, variants, unread)
    parts["events"] = tuple(inherit(events, parts["reports"], places, problems))
    scenario = _head(files, parts, problems)
    if not parts["sides"] or _misnamed(files):
        raise ScenarioError(_sorted(problems))
    if scenario is None:  # what is wrong between the records is told all the same
        bare: dict[str, Any] = {"scenario": "", "title": "", "window": None}
        scenario = Scenario.model_construct(**bare, **parts)
    outlines = _outlines(folder, problems)
    link(scenario, places, variants, outlines, unread, problems)
    for section, values in unread.items():
        known = known_to(scenario, unread)
        for value, place in values:
            check_unread(class_of(section, value, SECTIONS), value, place, known, problems)
    _geography(scenario, folder, files, problems)
    contradictions = [p for p in problems if changed and p.code == "E302"]
    problems = [p for p in problems if p not in contradictions]
    columns = None if problems else read_tables(scenario, folder, places, problems)
    if problems:
        raise ScenarioError(_sorted(problems))
    linked = scenario.linked(folder, columns, variants)
    return Script(linked, places, outlines), contradictions


def _events(
    files: Assembled,
    problems: list[Problem],
    places: dict[int, FilePlace],
    variants: dict[tuple[str, int], Event],
    unread: Unread,
) -> list[Event]:
    events = []
    for value, place in files.section("events"):
        event = read_event(value, place, problems, variants)
        if event is None:
            unread.setdefault("events", []).append((value, place))
        else:
            places[id(event)] = place
            events.append(event)
    return events


_OURS = ("folder", "columns", "variants")
"""Fields of a scenario that no script writes."""
_KEYS = frozenset((*Scenario.model_fields, "include")) - {*_OURS}


def _misnamed(files: Assembled) -> bool:
    """Whether a list has a key that is not known: then every reference into it would be wrong."""
    lists = (name for name, (value, _) in files.values.items() if isinstance(value, list))
    return any(name not in _KEYS for name in lists)


def _head(files: Assembled, parts: dict[str, Any], problems: list[Problem]) -> Scenario | None:
    """The scenario itself: its own keys, checked, with the records put in."""
    head = {name: value for name, (value, _) in files.values.items()}
    top = FilePlace(files.main, ())
    unknown = [name for name in files.values if name not in _KEYS]
    for name in unknown[:MOST_PROBLEMS]:
        hint = did_you_mean(name, _KEYS) or f"known keys: {', '.join(sorted(_KEYS))}"
        place = files.values[name][1]
        problems.append(place.problem("E201", f"unknown key {quoted(name)}", (), hint, key=True))
    checked = None
    try:
        checked = Scenario.unlinked({**head, **parts})
    except ValidationError as error:
        for e in findings(error, Scenario):
            name = str(e["loc"][0]) if e["loc"] else ""
            if name in parts and not files.items.get(name):
                what, hint = f"the key {name!r} is missing", f"add `{name}:` with at least one"
                at = files.values[name][1] if name in files.values else top
                problems.append(at.problem("E203", what, (), hint))
            elif name not in parts and name not in unknown:
                at = FilePlace(files.values[name][1].tree, ()) if name in files.values else top
                problems.append(problem_of(e, Scenario, head, at))
    return checked if checked is not None and _in_time(checked, files, problems) else None


_DAYS = "use a window between the years -9999 and 9999"


def _in_time(scenario: Scenario, files: Assembled, problems: list[Problem]) -> bool:
    """Whether step and window make a calendar."""
    if scenario.step not in STEPS:
        place = files.values["step"][1]
        hint = did_you_mean(scenario.step, STEPS) or f"one of {', '.join(STEPS)}"
        problems.append(
            place.problem("E204", f"'step' cannot be {quoted(scenario.step)}", (), hint)
        )
        return False
    try:
        calendar = scenario.calendar
        for tick in (0, calendar.ticks - 1):
            calendar.label(tick)  # raises where its days have no spelling
    except DateError as error:
        problems.append(
            files.values["window"][1].problem("E301", str(error), (), error.hint or _DAYS)
        )
        return False
    return True


def _geography(
    scenario: Scenario, folder: Path | None, files: Assembled, problems: list[Problem]
) -> None:
    """The file with the ground of the map is an ordinary one of the scenario's folder."""
    if scenario.map is None or scenario.map.geography is None or folder is None:
        return
    wrong = unfit(folder, scenario.map.geography)
    if wrong is not None:
        code, what, hint = wrong
        problems.append(files.values["map"][1].problem(code, what, ("geography",), hint))
        return
    path = folder / scenario.map.geography
    try:
        read_ground(path, shown_value(path), scenario.map.extent, scenario.map.borders)
    except ScenarioError as found:
        problems += found.problems


def _outlines(folder: Path | None, problems: list[Problem]) -> dict[str, TextOutline]:
    """What the lock knows of the sources; nothing where there is none."""
    if folder is None or not (folder / LOCK).exists():
        return {}
    path = shown_value(folder / LOCK)
    wrong = unfit(folder, LOCK)
    if wrong is not None:
        code, what, hint = wrong
        problems.append(Problem(code, what, SourceSpan(path, 1, 1), hint))
        return {}
    try:
        text = read_text(folder / LOCK, path, hint=_ANEW)
        return read_lock(text)
    except ScenarioError as found:
        problems += found.problems
    except LockError as error:
        what = f"the lock is damaged: {error}"
        problems.append(located("E101", what, text, path, error.at, _ANEW))
    return {}


_ANEW = "delete it and run `replay check SCENARIO --texts DIR --lock` to write it again"


def _sorted(problems: list[Problem]) -> list[Problem]:
    """In the order of the files, each once; of data in the order in which they were found."""
    unique = list(dict.fromkeys(problems))

    def place(problem: Problem) -> tuple[bool, tuple[str, int, int]]:
        spot = problem.spot
        return spot is None, ("", 0, 0) if spot is None or spot.line == NO_LINE else spot

    return sorted(unique, key=place)
