"""Tables of events through a lens: what is admitted of each, and its rows as readings.

A table is testimony like any other. A row is an event of one day that every citation of the table
claims; the lens and the date of report decide about it as about an event of the script. What they
decide depends on the actor of a row alone, so it is asked once for each actor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from replay.events import EVENT_TYPES
from replay.lens import Lens, Order, Reading, Undated, Version, admitted, order_of
from replay.model import Event, Scenario, TallyEntry
from replay.model.columns import Codes, Columns
from replay.model.state import exactly


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table as a lens takes it."""

    scenario: Scenario
    columns: Columns
    """All its rows, admitted or not."""
    first: int
    """Number of its first row among the rows of all tables."""
    events: tuple[Event, ...]
    """For each actor the event that a row of his stands for, at the first place of the table."""
    claims: tuple[tuple[int, ...], ...]
    """For each actor the claims that are admitted, the first-ranked first."""
    lens: Lens
    ranks: tuple[int, ...] = ()
    """For each actor a number that decides between rows of one minute, whatever their order."""

    def admitted(self) -> Codes:
        """The rows that some admitted claim speaks of, in the order of the file."""
        known = np.array([bool(claims) for claims in self.claims])
        if known.all():
            return np.arange(len(self.columns), dtype=np.int32)
        return np.flatnonzero(known[self.columns.by]).astype(np.int32)

    def readings(self, rows: Sequence[int]) -> list[Reading]:
        """Some admitted rows as readings of their own."""
        return [self.reading(row) for row in rows]

    def reading(self, row: int) -> Reading:
        """One admitted row as a reading; its index is below zero, as that of no event's."""
        columns, actor, tick = self.columns, self.columns.by[row], int(self.columns.tick[row])
        event = self.events[actor].model_copy(
            update={
                "id": self.id(row),
                "date": columns.dates[columns.date[row]],
                "place": (columns.places[columns.place[row]],),
                "tallies": tuple(
                    TallyEntry(
                        name=c.name, unit=c.unit, of=c.of, add=exactly(number), distinct=True
                    )
                    for c in columns.counted
                    if not np.isnan(number := float(c.numbers[row]))
                ),
            }
        )
        file = self.scenario.tables[columns.table].file
        said = f"{event.sentence(self.scenario)} (row {row + 1} of {file})"
        event = event.model_copy(update={"summary": said})
        rank = lru_cache(maxsize=None)(partial(self.lens.rank, self.scenario, event))
        bounds = columns.dates[columns.date[row]].bounds
        assert bounds.earliest is not None
        assert bounds.latest is not None
        minutes = bounds.earliest, bounds.latest
        version = Version(event, tick, tick, self.claims[actor], False, *minutes)
        return Reading(-1 - self.first - row, event, (version,), self.order(row), rank)

    def order(self, row: int) -> Order:
        """That of a row among events of one tick."""
        columns = self.columns
        bounds = columns.dates[columns.date[row]].bounds
        assert bounds.earliest is not None
        assert bounds.latest is not None, "a row has one day"
        actor = columns.actors[columns.by[row]]
        return order_of(bounds.latest, 0, bounds.earliest, (actor,), self.id(row))

    def latest(self, row: int) -> int:
        """The last minute of a row."""
        latest: int | None = self.columns.dates[self.columns.date[row]].bounds.latest
        assert latest is not None, "a row has one day"
        return latest

    def minutes(self) -> NDArray[np.int64]:
        """The last minute of each date of the table, which is never open."""
        return np.array([date.bounds.latest for date in self.columns.dates], np.int64)

    def id(self, row: int) -> str:
        """The id of the event that a row stands for."""
        return f"table-{self.columns.table + 1}-row-{row + 1}"


def table_readings(
    scenario: Scenario, through: Lens, known_on: int | None = None, undated: Undated = "unknown"
) -> list[TableReading]:
    """Every table as a lens takes it; `known_on` and `undated` as for the script's events."""
    found, first = [], 0
    actors = sorted({actor for columns in scenario.columns or () for actor in columns.actors})
    rank = {actor: n for n, actor in enumerate(actors)}
    for columns in scenario.columns or ():
        events = tuple([_event(scenario, columns, actor) for actor in columns.actors])
        claims = tuple([_ranked(scenario, event, through, known_on, undated) for event in events])
        ranks = tuple([rank[actor] for actor in columns.actors])
        found.append(TableReading(scenario, columns, first, events, claims, through, ranks))
        first += len(columns)
    return found


def _event(scenario: Scenario, columns: Columns, actor: str) -> Event:
    """An event as an actor's rows stand for: at the first place, claimed by each citation."""
    table = scenario.tables[columns.table]
    return EVENT_TYPES[columns.type].model_validate(
        {
            "id": "row",
            "type": columns.type,
            "place": columns.places[0],
            "by": actor,
            "summary": table.file,
            "claims": [{"cite": cite, "reporter": table.reporter} for cite in table.cite],
        }
    )


def _ranked(
    scenario: Scenario, event: Event, through: Lens, known_on: int | None, undated: Undated
) -> tuple[int, ...]:
    claims = admitted(scenario, event, through, known_on, undated)
    return tuple(sorted(claims, key=lambda n: through.rank(scenario, event, [n])))


def row_of(tables: Sequence[TableReading], number: int) -> tuple[TableReading, int]:
    """The table, and the row in it, of a number that counts through the rows of all tables."""
    for table in tables:
        if number < table.first + len(table.columns):
            return table, number - table.first
    raise IndexError(f"the tables have no row {number}")


def rows_of_table(tables: Sequence[TableReading]) -> Iterator[Reading]:
    """Every admitted row as a reading, made as it is asked for."""
    for table in tables:
        for row in table.admitted().tolist():
            yield table.reading(row)
