"""What a scenario is about: sources and voices, sides and forces, places, operations, phases."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from replay.model.assertions import AssertionField
from replay.model.event import with_unit
from replay.model.fields import (
    Amount,
    Bearing,
    Cites,
    Colour,
    Flag,
    Id,
    Letter,
    Listed,
    Misspelled,
    Names,
    NameText,
    Number,
    PlainText,
    Record,
    Ref,
    Refs,
    When,
    of_kind,
)

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""Admiralty scale (NATO AJP-2.1): A completely reliable … E unreliable, F cannot be judged."""


class Source(Record):
    """A document that is cited."""

    id: Id
    title: NameText
    publisher: NameText | None = None
    author: NameText | None = None
    published: When | None = None
    kind: NameText = "document"
    derives_from: Annotated[Ref | None, of_kind("source")] = None
    """Another source that this one excerpts or repeats: it is no second witness."""
    text: PlainText | None = None
    """Name of the file with its text, for `--texts`; `<id>.txt` where nothing is said."""
    locators: Literal["sentences", "own"] = "sentences"
    """`own` where the work has its own ways to cite: BG 7.68."""
    cite: Cites = ()
    """Where the source says these things of itself: its title, its date."""
    set_aside: dict[str, PlainText] = {}
    """Stretches that nothing needs to cite, each with the reason: `{p1-p4: page furniture}`."""
    note: PlainText | None = None


class Report(Record):
    """A report that carried a claim into a source: a dated footnote, a listed headline."""

    id: Id
    title: NameText
    outlet: Annotated[Ref | None, of_kind("voice")] = None
    author: NameText | None = None
    published: When | None = None
    cite: Cites = Field(min_length=1)
    same_as: Annotated[Ref | None, of_kind("report")] = None
    """The same report as another source lists it."""
    note: PlainText | None = None


class Thing(Record):
    """Whatever has a name: its id, its name, other spellings, and what the documents say of it."""

    id: Id
    name: NameText
    also: Names = ()
    """Other spellings and names that the documents use."""
    cite: Cites = ()
    note: PlainText | None = None


class Voice(Thing):
    """A person, office or outlet that speaks or carries news."""

    kind: Literal["person", "office", "outlet"] = "person"
    role: NameText | None = None
    side: Annotated[Ref | None, of_kind("side")] = None
    interest: Annotated[Ref | None, of_kind("side")] = None
    """The side that it serves."""
    grade: Reliability | None = None
    part_of: Annotated[Ref | None, of_kind("voice", "force")] = None


class Side(Thing):
    """A belligerent, or a party beside the belligerents."""

    letter: Letter
    colour: Colour | None = None
    """A name or `"#12AA34"`. Without one the program gives it a colour that no other side has."""


class Force(Thing):
    """A formation, militia, service or staff of one side."""

    side: Annotated[Ref, of_kind("side")]
    part_of: Annotated[Ref | None, of_kind("force")] = None
    kind: NameText = "formation"
    first: When | None = None
    """When it first takes part, where a document says so."""


class Person(Thing):
    """A named person who is spoken of; one who speaks is a voice."""

    side: Annotated[Ref | None, of_kind("side")] = None
    role: NameText | None = None


class Location(Record):
    """Where a place is. Absolute, relative to another place, or (without a bearing) a ring.

    An absolute position names the gazetteer in which it was looked up, or is `estimated` with a
    radius of 10 km or more. A distance without a bearing is a ring; a bearing without a distance
    is not yet a position.
    """

    lat: Number | None = Field(None, ge=-90, le=90)
    lon: Number | None = Field(None, ge=-180, le=180)
    gazetteer: PlainText | None = None
    accuracy_km: Number | None = Field(None, gt=0)
    """How exact the gazetteer's point is for this place."""
    estimated: Number | None = Field(None, ge=10, le=500)
    """Radius in km of the author's own estimate."""
    from_: Annotated[Ref | None, of_kind("place")] = Field(None, alias="from")
    km: Amount | None = None
    bearing: Bearing | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.from_ is not None:
            if self.km is None or self.km.best is None:
                raise ValueError("a position from another place needs km, and a bearing if known")
            if self.lat is not None or self.lon is not None:
                raise ValueError("give either lat and lon or from and km, not both")
        elif self.lat is None or self.lon is None:
            raise ValueError("a position is lat and lon, or from, km and bearing")
        elif (self.gazetteer is None) == (self.estimated is None):
            raise ValueError(
                "an absolute position names its gazetteer, or is estimated with a radius in km"
            )
        return self


PlaceKind = Literal[
    "city",
    "town",
    "village",
    "neighbourhood",
    "district",
    "base",
    "airfield",
    "station",
    "crossing",
    "bridge",
    "junction",
    "field",
    "plant",
    "quarry",
    "dam",
    "camp",
    "locality",
]


class Place(Thing):
    """A town, village, base, crossing, station, field, bridge …"""

    kind: PlaceKind = "locality"
    position: Location | None = None
    """None where the documents do not let one say: the place stands in a list beside the map."""
    part_of: Annotated[Ref | None, of_kind("place")] = None
    perhaps: Annotated[Ref | None, of_kind("place")] = None
    """Another place that may be this same one under another name."""
    context: Flag = False
    """`true` for a place that is only there to be recognised, not to be fought over."""


class Whereabouts(Record):
    """Where an area is, as far as a source says so: around some places, or on one side of them.

    Nobody gives its outline: maps draw it hatched, with a soft edge, as "extent not stated".
    Without `km` it reaches as far as `km2` asks for, or a fifth of the distance between the places.
    """

    around: Annotated[Refs, of_kind("place")] = Field(min_length=1)
    """The places that it lies around or between."""
    bearing: Bearing | None = None
    """The side of them on which it lies."""
    km: Number | None = Field(None, gt=0, le=3000)
    """How far it reaches beyond them, about."""
    cite: Cites = ()
    """Where a source says so; without it, it is the author's own estimate."""


class Area(Thing):
    """A stretch of ground in km², held in part: a bar in the margin."""

    km2: Amount | None = None
    position: Whereabouts | None = None
    """Where it is; without it the area is in the margin alone."""

    @model_validator(mode="after")
    def _reaching(self) -> Self:
        where = self.position
        if where and len(where.around) == 1 and where.km is None and self.km2 is None:
            raise Misspelled(
                "nothing says how far this area reaches",
                "add `km: 30` to its position, or `km2:` to the area, or a second place",
            )
        return self


class Route(Thing):
    """A road, river or line in km, held in part."""

    km: Amount | None = None
    ends: Annotated[Refs, of_kind("place")] = ()


class Axis(Record):
    """A direction from which an operation advances."""

    name: NameText
    by: Annotated[Refs, of_kind("force", "side")] = ()
    from_: Annotated[Ref | None, of_kind("place")] = Field(None, alias="from")
    bearing: Bearing | None = None
    """The side from which it comes, where a document names no place at which it starts."""
    to: Annotated[Ref | None, of_kind("place")] = None
    along: Annotated[Ref | None, of_kind("route")] = None
    cite: Cites = ()


class Operation(Thing):
    """An effort that lasts: launched, halted, resumed, completed."""

    side: Annotated[Ref, of_kind("side")]
    part_of: Annotated[Ref | None, of_kind("operation")] = None
    forces: Annotated[Refs, of_kind("force")] = ()
    axes: Listed[Axis] = ()


class Phase(Record):
    """A chapter of the window; both days included."""

    id: Id
    name: NameText
    period: When
    summary: PlainText | None = None


class Pause(Record):
    """A gap between phases that is meant: what happened, or did not, in it."""

    period: When
    reason: PlainText
    cite: Cites = ()


class Statement(Record):
    """A sentence about the state that a source makes, in the author's words."""

    id: Id
    cite: Cites = Field(min_length=1)
    summary: PlainText
    reporter: Annotated[Ref | None, of_kind("voice")] = None
    restates: Annotated[Refs, of_kind("event")] = ()
    """The events that were encoded from the same sentence: then it proves nothing about them."""
    contradicts: Annotated[Refs, of_kind("event", "statement")] = ()
    """Events and statements that cannot be true together with it, as the author reads them."""
    about: Annotated[Refs, of_kind("thing")] = ()
    on: When | None = None
    asserts: AssertionField | None = None
    """What it says, in a form that a replay can be held against."""

    @property
    def kind(self) -> str:
        return "restates" if self.restates else "independent"


class LensRule(Record):
    """A lens of the scenario's own: a claim counts for which all of its conditions hold."""

    id: Id
    summary: PlainText
    sources: Annotated[Refs, of_kind("source")] = ()
    """Only what these say."""
    without: Annotated[Refs, of_kind("source")] = ()
    """Nothing that these say, or that derives from them."""
    voices: Annotated[Refs, of_kind("voice")] = ()
    """Only what these report."""
    without_voices: Annotated[Refs, of_kind("voice")] = ()
    """Nothing that these report."""
    sides: Annotated[Refs, of_kind("side")] = ()
    """Only what reporters of these sides say."""
    grade: Reliability | None = None
    """Only reporters of this grade or a better one."""
    rank: Literal["weight", "earliest", "latest"] = "weight"
    """How claims that differ rank: as in `default`, or by the date that they give."""


class Acknowledgement(Record):
    """A finding of the lint that the author has looked at, and why it stays."""

    code: PlainText
    of: PlainText
    """The id that the finding is about, or `*` for all findings of the code."""
    reason: PlainText


def _extent(value: Any) -> Any:
    if not isinstance(value, (list, tuple)) or len(value) != 4:
        raise Misspelled("an extent is four numbers", "write [west, south, east, north] in degrees")
    return tuple(value)


class Map(Record):
    """What the map shows."""

    extent: Annotated[tuple[Number, Number, Number, Number], BeforeValidator(_extent)]
    """West, south, east, north, in degrees; `[150, -25, -150, 35]` crosses 180°."""
    geography: PlainText | None = None
    """A GeoJSON file beside the script: rivers, borders, provinces, with source and licence."""
    borders: PlainText = "country"
    """The layer of that file whose areas no interpolated tint or front leaves."""

    @model_validator(mode="after")
    def _box(self) -> Self:
        west, south, east, north = self.extent
        what = "an extent is [west, south, east, north] in degrees"
        across = "across 180° write such as [150, -25, -150, 35]"
        if not -85 <= south < north <= 85:
            hint = "write such as [40.9, 33.2, 42.6, 34.6]: from 85° south to 85° north"
            raise Misspelled(f"{what}, south before north", hint)
        if not all(-180 <= lon <= 180 for lon in (west, east)):
            turned = [f"{(lon + 180) % 360 - 180:g}" for lon in (west, east)]
            hint = f"write [{turned[0]}, {south:g}, {turned[1]}, {north:g}]"
            raise Misspelled(f"{what}, from -180 to 180", hint)
        if west == east:
            raise Misspelled(f"{what}: this one has no width", across)
        if west - east >= 180:  # it crosses 180°
            return self
        if west > east:
            turned_round = f"[{east:g}, {south:g}, {west:g}, {north:g}]"
            raise Misspelled(f"{what}, west before east", f"write {turned_round}; {across}")
        return self


class TableTally(Record):
    """A column of increments."""

    name: NameText
    unit: NameText = ""
    """As that of a tally of an event."""
    of: Annotated[Ref | None, of_kind("thing")] = None
    column: PlainText

    @model_validator(mode="before")
    @classmethod
    def _with_unit(cls, value: Any) -> Any:
        return with_unit(value)


class Table(Record):
    """A CSV file of many events of one type: columns `date`, `place`, `by`, and tallies.

    A row has no words of its own: it is what the cited source says, on one day.
    """

    file: PlainText
    type: PlainText
    cite: Cites = Field(min_length=1)
    reporter: Annotated[Ref | None, of_kind("voice")] = None
    columns: dict[str, PlainText] = {}
    """Name of the field → name of the column, where they differ."""
    separator: Literal["comma", "semicolon", "tab", "bar"] | None = None
    """What separates the columns; left out, the header decides."""
    tallies: Listed[TableTally] = ()
