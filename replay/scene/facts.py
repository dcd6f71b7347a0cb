"""The facts of a scene, one record for each kind of thing that a frame shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from replay.foundation.display import NotebookRepr
from replay.model.state import Mark, Marked, Range


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place and who holds it; `at` (longitude, latitude) is None where it cannot be located."""

    place: str
    name: str
    kind: str
    context: bool
    at: tuple[float, float] | None
    radius_km: float
    position: str | None
    """gazetteer, estimated, relative or ring; a ring lies `radius_km` from `at`, somewhere."""
    control: Marked
    since: str | None
    """EDTF; None before any claim."""
    share: tuple[str, float] | None
    """A side and how much of the place it has, 0 to 1, if a source says so and nothing differs."""
    age_days: int | None
    """Days since a document last spoke of it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """How much of an area (km²) or a route (km) has been taken."""

    of: str
    name: str
    kind: str
    unit: str
    size: Range | None
    amount: Range | None
    share: Range | None
    side: str | None
    rest: str | None
    """The side that held all of it before and has what is left."""
    control: Marked
    """Who holds, contests or surrounds it."""
    mark: Mark
    basis: str | None
    """documented, or interpolated between two documented values."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a force was last documented, or only believed, to be, and how long ago."""

    place: str
    name: str
    since: str
    age_days: int
    mark: Mark
    belief: bool


@dataclass(frozen=True, slots=True)
class ForceMark:
    """A force with the places where it was last documented."""

    force: str
    name: str
    side: str
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """A force on its way between two places of a documented move; `share` of the way."""

    force: str
    name: str
    side: str
    start: str
    end: str
    share: Range
    basis: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A documented direction of an operation: between two places, or from one side to a place."""

    name: str
    start: str | None
    end: str
    bearing: str | None = None
    """The side from which it comes, where no document says where it starts."""


@dataclass(frozen=True, slots=True)
class EffortMark:
    """How an operation stands."""

    operation: str
    name: str
    side: str
    status: str
    reason: str | None
    since: str | None
    age: int
    """Ticks for which it has stood so."""
    mark: Mark
    axes: tuple[Axis, ...]


@dataclass(frozen=True, slots=True)
class TallyMark:
    """A counter's number of something at this moment."""

    name: str
    unit: str
    of: str | None
    where: tuple[str, ...]
    counted_by: str
    number: Range
    mark: Mark


@dataclass(frozen=True, slots=True)
class Said:
    """Where an event stands, and who says it."""

    source: str
    locator: str
    reporter: str | None
    otherwise: str
    """What it says that cannot be so if the shown version is; empty where it agrees."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the day, as the lens takes it."""

    event: str
    type: str
    summary: str
    date: str
    """EDTF, or empty."""
    day: str
    """The date in words."""
    exact: bool
    """Whether it happened in this step; else it had happened by its end, and perhaps before."""
    within: bool
    """Whether its date is shorter than the step: an hour of a day, a day of a week."""
    places: tuple[str, ...]
    sides: tuple[str, ...]
    start: str | None
    """Where a move comes from, if a source says so."""
    ends: tuple[str, ...]
    """Where a move arrives."""
    towards: tuple[str, ...]
    said: tuple[Said, ...]
    disputed: bool
    shown: str = ""
    """Where only a rival claim dates it to this step: when it is shown, as "on 7 May 2001"."""


@dataclass(frozen=True, slots=True)
class Scene(NotebookRepr):
    """All facts of one tick."""

    scenario: str
    title: str
    tick: int
    on: str
    """The day (or hour), EDTF."""
    date: str
    """The same in words."""
    after: str | None
    """The event just after which it is, as its summary in quotation marks, if one was named."""
    phase: str | None
    phase_name: str | None
    phase_tick: int
    """Which tick of its phase this is, counted from 1."""
    phase_ticks: int
    sides: tuple[tuple[str, str], ...]
    """The ids of the sides with their names."""
    marks: tuple[PlaceMark, ...]
    grounds: tuple[Ground, ...]
    forces: tuple[ForceMark, ...]
    tracks: tuple[Track, ...]
    efforts: tuple[EffortMark, ...]
    tallies: tuple[TallyMark, ...]
    events: tuple[Happening, ...]
    elsewhere: tuple[Happening, ...]
    """Events that rival claims date to this step, and that are shown at another time."""
    before: tuple[Happening, ...]
    """The last events before this day, the latest first."""
    undated: int
    """How many events have no day and so appear on none."""
    lens: str
    known_on: str | None
    without_report_date: str
    """What a known-on day leaves out for want of a report date, in short; or nothing."""
    attribution: str | None

    def to_json(self) -> dict[str, Any]:
        """The scene as plain data, ready for `json.dumps`."""
        return asdict(self)
