"""Events and the claims that speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from replay.foundation.edtf import Date
from replay.model.fields import (
    Amount,
    Citation,
    Cite,
    Flag,
    Id,
    Inherited,
    Listed,
    NameText,
    PlainText,
    PlainTexts,
    Record,
    Ref,
    Refs,
    ReportedWhen,
    To,
    When,
    of_kind,
)
from replay.model.state import CountKind, Range, StateKey, Step

if TYPE_CHECKING:
    from replay.model.scenario import Scenario

Effect = tuple[StateKey, Step]
"""What an event does to one key."""

EVENT_ASPECTS = (
    "control",
    "ground",
    "formation",
    "presence",
    "position",
    "tally",
    "progress",
    "strength",
    "effort",
    "standing",
    "share",
)
"""What a key can be of, and a claim silent of."""


def _digit(value: Any) -> Any:
    return int(value) if isinstance(value, str) and re.fullmatch("[0-9]", value) else value


class Claim(Record):
    """What one source says about one event: a citation, who says it, and any differences."""

    model_config = ConfigDict(extra="allow")

    cite: Cite
    reporter: Annotated[Ref | None, of_kind("voice")] = None
    """Who says so. Leave it out if the source speaks in its own voice."""
    via: Annotated[Ref | None, of_kind("report")] = None
    """The report that carried it, for example a dated footnote."""
    reported: ReportedWhen | None = None
    """The report date. `inherited` takes it from an earlier sentence of the same paragraph."""
    denies: Flag = False
    """True if it says that the event did not happen."""
    silent: PlainTexts = ()
    """Fields of the event (or aspects of what it changes) that it does not mention."""
    credibility: Annotated[int | None, BeforeValidator(_digit), Field(ge=1, le=6)] = None
    """Admiralty scale: 1 confirmed … 5 improbable, 6 cannot be judged."""
    note: PlainText | None = None

    @property
    def report_date(self) -> Date | None:
        """Its own report date, written or inherited."""
        if isinstance(self.reported, Inherited):
            return self.reported.date
        return self.reported if isinstance(self.reported, Date) else None

    @property
    def inherited_from(self) -> Citation | None:
        """The sentence from which it has its report date, if it is inherited."""
        return self.reported.of if isinstance(self.reported, Inherited) else None

    @property
    def words(self) -> dict[str, Any]:
        """The fields of the event that it gives differently, as written."""
        return self.__pydantic_extra__ or {}

    @property
    def standing(self) -> tuple[bool, bool, str, str, str]:
        """Its place among the claims of an event, whatever their order in the file.

        Claims without words of their own come first, then those that name who says so, then the
        order of sources and locators.
        """
        locator = re.sub(r"\d+", lambda found: found[0].zfill(9), str(self.cite.locator))
        rest = f"{self.reporter} {self.via} {sorted(self.words.items())} {self.silent}"
        differs = self.denies or bool(self.words)
        return differs, self.reporter is None, self.cite.source, locator, rest


EVERYWHERE = "everywhere"
"""The value of `where` that means no place in particular."""


COUNT_KINDS: tuple[CountKind, ...] = ("add", "total", "level")
PERCENT = frozenset({"percent", "per cent", "%"})
_LOST = {"killed", "wounded", "injured", "captured", "missing", "dead", "died", "surrendered"}
_PEOPLE = {
    *("casualties", "civilians", "commanders", "deaths", "fighters", "inhabitants", "leaders"),
    *("men", "militants", "people", "persons", "prisoners", "refugees", "residents", "soldiers"),
    *("troops", "women", "children", "displaced", "population"),
}


def with_unit(entry: Any) -> Any:
    """A tally as written, with its unit: persons only where the name counts people.

    >>> with_unit({"name": "killed"})["unit"], with_unit({"name": "car bombs destroyed"})["unit"]
    ('persons', 'car bombs destroyed')
    """
    if not isinstance(entry, dict) or "unit" in entry or not isinstance(entry.get("name"), str):
        return entry
    words = set(re.findall(r"[^\W\d_]+", entry["name"].lower())) - {"and", "or"}
    people = bool(words) and (words <= _LOST or not words.isdisjoint(_PEOPLE))
    return {**entry, "unit": "persons" if people else entry["name"]}


class TallyEntry(Record):
    """A number that an event reports: what was counted, whose, where, when and by whom."""

    name: NameText
    """What is counted, in one word if possible: killed, villages, strikes."""
    unit: NameText = ""
    """The unit. By default persons if the name counts people (killed, wounded, inhabitants), else
    the name itself. Write `unknown` if the source has lost the unit."""
    of: Annotated[Ref | None, of_kind("thing")] = None
    """Whose they are: a side, force, person or area."""
    where: Annotated[Refs | None, of_kind("place", "area", "route")] = None
    """The places counted together, or `everywhere`. By default the places of the event."""
    period: When | None = None
    """The period that the number covers. By default the date of the event."""
    counted_by: Annotated[Ref | None, of_kind("voice", "source")] = None
    """Who counted. By default the reporter or source of the first claim. Claims that agree with the
    event come first, then claims with a reporter."""
    by: Annotated[Ref | None, of_kind("force", "side")] = None
    """Who did it: who killed, who took. Give it if the counter speaks of one force only."""
    add: Amount | None = None
    """An increment: the number counted during the event, or within `period`."""
    total: Amount | None = None
    """A running total: by the end of the event, or within `period` if there is one."""
    level: Amount | None = None
    """The number at that time: people in a town, fighters that are left. Never added up."""
    distinct: Flag = False
    """True if the source says that these are not among those counted before."""

    @model_validator(mode="before")
    @classmethod
    def _with_unit(cls, value: Any) -> Any:
        return with_unit(value)

    @model_validator(mode="after")
    def _either(self) -> Self:
        kinds = [name for name in COUNT_KINDS if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise ValueError(
                "a tally gives one of add (an increment), total (a running total)"
                " and level (how many at a time)"
            )
        if self.percent and (self.number.low > 100 or (self.number.best or 0) > 100):
            raise ValueError("a percentage is 100 at most")
        if self.distinct and kinds != ["add"]:
            raise ValueError("only an increment (add) can be distinct from what was counted before")
        return self

    @property
    def percent(self) -> bool:
        """Whether it is in per cent: a level, whatever it is called."""
        return self.unit in PERCENT

    def share_of(self, event: Event) -> str | None:
        """The place of which it says how much is held by a side (`of`), in per cent; or None."""
        where = event.place if self.where is None else self.where
        share = self.percent and self.of is not None and len(where) == 1
        return where[0] if share and where[0] != EVERYWHERE else None

    @property
    def kind(self) -> CountKind:
        """Which of the three kinds of number it is."""
        return "level" if self.percent else self._written

    @property
    def _written(self) -> CountKind:
        return next(name for name in COUNT_KINDS if getattr(self, name) is not None)

    @property
    def number(self) -> Range:
        """The number, of whichever kind."""
        number: Range = getattr(self, self._written)
        return number


class Event(Record):
    """One occurrence, with the claims about it. `replay/events/` defines what each type changes."""

    id: Id
    type: str
    date: When | None = None
    after: Annotated[Refs, of_kind("event")] = ()
    """Earlier events: they bound an open date and set the order within a day."""
    place: Annotated[Refs, of_kind("place", "area", "route")] = ()
    operation: Annotated[Ref | None, of_kind("operation")] = None
    summary: PlainText
    """One sentence in the author's own words."""
    claims: Listed[Claim] = Field(min_length=1)
    tallies: Listed[TallyEntry] = ()
    note: PlainText | None = None

    verb: ClassVar[str] = ""
    describes_state: ClassVar[bool] = False
    """Whether it describes the situation on its date and not a change: then the lint accepts a date
    without a first day."""
    acled: ClassVar[str] = "Other"
    """The sub-event of the ACLED codebook (2023) that it corresponds to."""

    def effects(self, scenario: Scenario) -> Iterable[Effect]:
        """What it changes, apart from tallies: pairs of a key and a step. Nothing by default."""
        return ()

    def serves(self, scenario: Scenario) -> frozenset[str]:
        """The sides that gain by it: in their own interest their voices report it."""
        return frozenset()

    def harms(self, scenario: Scenario) -> frozenset[str]:
        """The sides that lose by it: their voices speak against their interest."""
        return frozenset()

    def turns(self) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        """Forces that have another side, parent or name from then on: force, side, parent, name."""
        yield from ()

    def takers(self) -> tuple[str, ...]:
        """Ids of the forces and sides that hold its places afterwards, if any do."""
        return ()

    def objects(self) -> Iterator[str]:
        """Ids of the things that its sentence names after the verb: places by default."""
        yield from self.place

    def actors(self) -> tuple[str, ...]:
        """Ids of the forces, sides or persons that act."""
        by: tuple[str, ...] = getattr(self, "by", ())
        return by

    def places_named(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Its keys that list places, areas or routes, each with what it lists."""
        for name in _lists_of_places(type(self)):
            yield name, frozenset(getattr(self, name))

    def sentence(self, scenario: Scenario) -> str:
        """How it reads, made from its fields: "Iraqi army takes Rawa"."""
        actors = " and ".join(scenario.name(a) for a in self.actors())
        objects = ", ".join(scenario.name(o) for o in self.objects())
        return " ".join(part for part in (actors, self.verb, objects) if part)


@lru_cache(maxsize=256)
def _lists_of_places(cls: type[Event]) -> tuple[str, ...]:
    return tuple(
        name
        for name, field in cls.model_fields.items()
        if any(isinstance(mark, To) and "place" in mark.kinds for mark in field.metadata)
        and field.annotation is not None
        and "tuple" in str(field.annotation)
    )


def with_their_parts(places: frozenset[str], scenario: Scenario) -> frozenset[str]:
    """Places together with all their parts: who names the whole names them."""
    return places.union(*(scenario.parts.get(place, ()) for place in places))


def leaves_out(said: Event, other: Event, place: str, scenario: Scenario) -> bool:
    """Whether an event names fewer places than another, and not this one: it is silent of it.

    Where one names a place that the other does not, and the other way round, they contradict.
    """
    mine, its = (
        {name: with_their_parts(named, scenario) for name, named in event.places_named()}
        for event in (said, other)
    )
    if any(place in named for named in mine.values()):
        return False
    return any(
        mine.get(name) and mine[name] < named and place in named for name, named in its.items()
    )
