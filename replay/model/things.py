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
    """The source that this one excerpts or repeats. The two count as one witness."""
    text: PlainText | None = None
    """Name of the file with its text, for `--texts`. By default `<id>.txt`."""
    locators: Literal["sentences", "own"] = "sentences"
    """`own` if the work is cited in its own way: BG 7.68."""
    cite: Cites = ()
    """Where the source gives its own title and date."""
    set_aside: dict[str, PlainText] = {}
    """Passages that need no citation, each with the reason: `{p1-p4: page furniture}`."""
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
    """Anything with a name: its id, its name, other spellings, and where documents mention it."""

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
    """A belligerent, or another party."""

    letter: Letter
    colour: Colour | None = None
    """A name or `"#12AA34"`. Without one the program gives it a colour that no other side has."""


class Force(Thing):
    """A formation, militia, service or staff of one side."""

    side: Annotated[Ref, of_kind("side")]
    part_of: Annotated[Ref | None, of_kind("force")] = None
    kind: NameText = "formation"
    first: When | None = None
    """When it first takes part, if a document says so."""


class Person(Thing):
    """A named person whom the sources mention. A person who speaks is a voice."""

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
                "a position with lat and lon needs its gazetteer, or an estimated radius in km"
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
    """Leave it out if no source says where it is: the place is then listed beside the map."""
    part_of: Annotated[Ref | None, of_kind("place")] = None
    perhaps: Annotated[Ref | None, of_kind("place")] = None
    """Another place that may be the same one under another name."""
    context: Flag = False
    """`true` for a place that only helps readers to find their way on the map."""


class Whereabouts(Record):
    """Where an area is, as far as a source says: around some places, or on one side of them.

    No source gives its outline. Maps draw it hatched, with a soft edge, as "extent not stated".
    Without `km` its size comes from `km2`, or is a fifth of the distance between the places.
    """

    around: Annotated[Refs, of_kind("place")] = Field(min_length=1)
    """The places that the area surrounds or lies between."""
    bearing: Bearing | None = None
    """The side of them on which it lies."""
    km: Number | None = Field(None, gt=0, le=3000)
    """How far it extends beyond them, approximately."""
    cite: Cites = ()
    """Where a source says so. Without it, this is the author's own estimate."""


class Area(Thing):
    """A stretch of ground in km² that can be held in part. A bar in the margin shows how much."""

    km2: Amount | None = None
    position: Whereabouts | None = None
    """Where it is. Without it the area is shown only in the margin."""

    @model_validator(mode="after")
    def _reaching(self) -> Self:
        where = self.position
        if where and len(where.around) == 1 and where.km is None and self.km2 is None:
            raise Misspelled(
                "the size of this area is unknown",
                "add `km: 30` to its position, or `km2:` to the area, or a second place",
            )
        return self


class Route(Thing):
    """A road, river or line in km that can be held in part."""

    km: Amount | None = None
    ends: Annotated[Refs, of_kind("place")] = ()


class Axis(Record):
    """A direction from which an operation advances."""

    name: NameText
    by: Annotated[Refs, of_kind("force", "side")] = ()
    from_: Annotated[Ref | None, of_kind("place")] = Field(None, alias="from")
    bearing: Bearing | None = None
    """The direction it comes from, if no document names the place where it starts."""
    to: Annotated[Ref | None, of_kind("place")] = None
    along: Annotated[Ref | None, of_kind("route")] = None
    cite: Cites = ()


class Operation(Thing):
    """An operation with a beginning and an end: launched, halted, resumed, completed."""

    side: Annotated[Ref, of_kind("side")]
    part_of: Annotated[Ref | None, of_kind("operation")] = None
    forces: Annotated[Refs, of_kind("force")] = ()
    axes: Listed[Axis] = ()


class Phase(Record):
    """A chapter of the window, including its first and last day."""

    id: Id
    name: NameText
    period: When
    summary: PlainText | None = None


class Pause(Record):
    """A deliberate gap between phases, with the reason."""

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
    """The events encoded from the same sentence. The statement is no evidence for them."""
    contradicts: Annotated[Refs, of_kind("event", "statement")] = ()
    """Events and statements that cannot be true if this is, as the author reads them."""
    about: Annotated[Refs, of_kind("thing")] = ()
    on: When | None = None
    asserts: AssertionField | None = None
    """What it says, in a form that can be tested against a replay."""

    @property
    def kind(self) -> str:
        return "restates" if self.restates else "independent"


class LensRule(Record):
    """A lens defined by the scenario. It admits the claims that meet all its conditions."""

    id: Id
    summary: PlainText
    sources: Annotated[Refs, of_kind("source")] = ()
    """Only claims of these sources."""
    without: Annotated[Refs, of_kind("source")] = ()
    """No claims of these sources, or of sources derived from them."""
    voices: Annotated[Refs, of_kind("voice")] = ()
    """Only claims reported by these."""
    without_voices: Annotated[Refs, of_kind("voice")] = ()
    """No claims reported by these."""
    sides: Annotated[Refs, of_kind("side")] = ()
    """Only claims whose reporters are on these sides."""
    grade: Reliability | None = None
    """Only reporters of this grade or a better one."""
    rank: Literal["weight", "earliest", "latest"] = "weight"
    """How differing claims are ranked: as in `default`, or by the date they give."""


class Acknowledgement(Record):
    """A finding of the lint that the author accepts, with the reason."""

    code: PlainText
    of: PlainText
    """The id that the finding is about, or `*` for all findings with the code."""
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
    """A GeoJSON file in the scenario's folder: rivers, borders, provinces, source, licence."""
    borders: PlainText = "country"
    """The layer of that file whose areas bound the interpolated tint and fronts."""

    @model_validator(mode="after")
    def _box(self) -> Self:
        west, south, east, north = self.extent
        what = "an extent is [west, south, east, north] in degrees"
        across = "across 180° write, for example, [150, -25, -150, 35]"
        if not -85 <= south < north <= 85:
            hint = "write, for example, [40.9, 33.2, 42.6, 34.6]: from 85° south to 85° north"
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
    """As in a tally of an event."""
    of: Annotated[Ref | None, of_kind("thing")] = None
    column: PlainText

    @model_validator(mode="before")
    @classmethod
    def _with_unit(cls, value: Any) -> Any:
        return with_unit(value)


class Table(Record):
    """A CSV file of many events of one type: columns `date`, `place`, `by`, and tallies.

    A row is what the cited source says happened on one day; it has no differing claims.
    """

    file: PlainText
    type: PlainText
    cite: Cites = Field(min_length=1)
    reporter: Annotated[Ref | None, of_kind("voice")] = None
    columns: dict[str, PlainText] = {}
    """Name of the field → name of the column, if they differ."""
    separator: Literal["comma", "semicolon", "tab", "bar"] | None = None
    """What separates the columns. By default it is detected from the header."""
    tallies: Listed[TableTally] = ()
