"""Who agrees: for each place and day, how many sources or lenses show what the default shows.

Each voice is a replay of its own. A source that shows a place as unknown is silent about it: it
neither agrees nor disagrees. So it is about the days after its publication: what it could not know
it does not say. After its last word about a place a source contradicts no later event of which it
does not speak: a state carried forward is not a report. A source that leaves open whether it is as
shown agrees. "Besieged" and "held" by the same side agree.

Sources that derive from one another are one witness, and have one vote: they agree if any of them
does, and differ if any of them says something else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from replay.analysis.compare import CountSubject, ReplaySum, sums
from replay.lens import ReplayQuestion, every_lens, lineage
from replay.model import Scenario
from replay.model.state import UNKNOWN, Control, Marked, Value, control_of
from replay.pipeline import ask
from replay.timeline.timeline import Timeline

Json = dict[str, Any]
ALL = ReplayQuestion()
"""All claims, whenever they were reported."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""How many agree, in one character: `a` is ten. More than 35 show as `z`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place on one day: who shows what is shown by the default, and who something else."""

    shown: Marked
    agree: tuple[str, ...]
    differ: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """A replay, and the voices that are held against it, each with its own replay."""

    base: Timeline
    voices: Mapping[str, tuple[Timeline, ...]]
    """Name of a voice → its replays; a source and those that derive from it are one voice."""

    spoken_until: Mapping[str, int] = field(default_factory=dict)
    """Lens of a source → the last tick of which it can speak: that of its publication."""
    one_source: frozenset[str] = frozenset()
    """Lenses of single sources, whose last word is not carried on against others."""

    @cached_property
    def cells(self) -> dict[str, tuple[Cell, ...]]:
        """For each place that anybody speaks of, a cell for each day of the window."""
        ticks = range(self.base.scenario.calendar.ticks)
        shown = [self.base.at(tick).control for tick in ticks]
        said = [{name: self._said_by(name, tick) for name in self.voices} for tick in ticks]
        found = {}
        for place in self.base.scenario.places:
            row = tuple(
                self._cell(
                    shown[tick][place.id],
                    {
                        name: [
                            _Said(control[place.id], tick > self._last_word(name, place.id))
                            for control in controls
                        ]
                        for name, controls in said[tick].items()
                    },
                )
                for tick in ticks
            )
            if any(cell.agree or cell.differ for cell in row):
                found[place.id] = row
        return found

    def _said_by(self, voice: str, tick: int) -> list[Mapping[str, Marked]]:
        return [timeline.at(tick).control for timeline in self.speaking(voice, tick)]

    def _last_word(self, voice: str, place: str) -> int:
        """The tick of the last event of a source, or of those that derive from it, about a place.

        A lens is not a source: it may go on to the end.
        """
        last = -1
        for timeline in self.voices[voice]:
            if timeline.lens.name not in self.one_source:
                return timeline.scenario.calendar.ticks
            rows = timeline.rows_of(control_of(place))
            last = max(last, int(timeline.rows.tick[rows[-1]]) if len(rows) else -1)
        return last

    def speaking(self, voice: str, tick: int) -> list[Timeline]:
        """The replays of a voice that can speak of a tick: of what came after the publication of a
        source it says nothing, and its last word is not carried on."""
        until = self.spoken_until
        return [t for t in self.voices[voice] if tick <= until.get(t.lens.name, tick)]

    @staticmethod
    def _cell(shown: Marked, said: Mapping[str, Sequence[_Said]]) -> Cell:
        agree, differ = [], []
        for name, values in said.items():
            spoken = [one for one in values if source_speaks(one.marked)]
            if any(allows(one.marked, shown) for one in spoken):
                agree.append(name)
            # who dates an event differently speaks of the days between, which are disputed
            counted = [one for one in spoken if shown.mark == "disputed" or not one.carried]
            if any(not allows(one.marked, shown) for one in counted):
                differ.append(name)
        return Cell(shown, tuple(agree), tuple(differ))

    def strip(self) -> list[tuple[str, str]]:
        """Rows of a name and one character a day: who agree, and below where any, who differ."""
        found = []
        for place, row in self.cells.items():
            agree = "".join(_digit(len(c.agree)) if c.agree or c.differ else "." for c in row)
            differ = "".join(_digit(len(c.differ)) if c.differ else " " for c in row)
            found.append((self.base.scenario.name(place), agree))
            if differ.strip():
                found.append(("", differ.rstrip()))
        return found

    @cached_property
    def numbers(self) -> dict[CountSubject, dict[str, ReplaySum]]:
        """What is counted by the last day → the sum of each voice (of its first replay)."""
        last = self.base.scenario.calendar.ticks - 1
        told = {name: sums(timelines[0], last) for name, timelines in self.voices.items()}
        subjects = dict.fromkeys(
            subject for known in (sums(self.base, last), *told.values()) for subject in known
        )
        return {
            subject: {name: known.get(subject, ReplaySum()) for name, known in told.items()}
            for subject in subjects
        }


class _Said(NamedTuple):
    """What a voice has of a place on a day."""

    marked: Marked
    carried: bool
    """Whether its last word about the place lies before that day."""


def source_speaks(said: Marked) -> bool:
    """Whether a replay says anything of a place."""
    return said.value not in (None, UNKNOWN)


def allows(said: Marked, shown: Marked) -> bool:
    """Whether a voice says the value that is shown, or leaves it open that it is so."""
    return any(same_control(shown.value, value) for value in (said.value, *said.could))


def same_control(shown: Value | None, said: Value | None) -> bool:
    """Whether two values are one to who looks at the map.

    A place is as contested if one of them does not know who else is in it, and as besieged if one
    of them does not know by whom, or of the siege.
    """
    if not isinstance(shown, Control) or not isinstance(said, Control):
        return shown == said
    if not _within_other(shown.by, said.by):
        return False
    if shown.status == said.status == "contested":
        return _within_other(shown.sides, said.sides)
    return _inside(shown) == _inside(said)


def _within_other(some: Sequence[str], others: Sequence[str]) -> bool:
    return set(some) <= set(others) or set(others) <= set(some)


def _inside(control: Control) -> tuple[str, tuple[str, ...]]:
    """Who is in a place, apart from a siege of it."""
    status = control.status if control.status != "besieged" else "held"
    return ("unknown" if status == "held" and not control.sides else status), control.sides


def _digit(number: int) -> str:
    return DIGITS[min(number, len(DIGITS) - 1)]


def between_sources(scenario: Scenario, asked: ReplayQuestion = ALL) -> Agreement:
    """Each source by itself, those that derive from one another together, against the default."""
    origins: dict[str, list[str]] = {}
    for source in scenario.source:
        origins.setdefault(lineage(scenario, source)[-1], []).append(source)
    voices = {
        " and ".join(members): tuple(
            ask(scenario, replace(asked, lens=f"only:{s}")) for s in members
        )
        for members in origins.values()
    }
    lenses = frozenset(f"only:{source}" for source in scenario.source)
    return Agreement(ask(scenario, asked), voices, _spoken_until(scenario), lenses)


def _spoken_until(scenario: Scenario) -> dict[str, int]:
    """For the lens of each source that has a date, the last tick at which it can have come out."""
    found = {}
    for source in scenario.sources:
        if source.published is not None and source.published.bounds.latest is not None:
            found[f"only:{source.id}"] = scenario.calendar.tick(source.published.bounds.latest)
    return found


def between_lenses(
    scenario: Scenario, names: Sequence[str] = (), asked: ReplayQuestion = ALL
) -> Agreement:
    """Some lenses, or all that there are, against the default."""
    chosen = list(names) or every_lens(scenario)
    voices = {name: (ask(scenario, replace(asked, lens=name)),) for name in dict.fromkeys(chosen)}
    return Agreement(ask(scenario, asked), voices)


__all__ = [
    "Agreement",
    "Cell",
    "allows",
    "between_lenses",
    "between_sources",
    "source_speaks",
]
