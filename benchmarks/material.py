"""What is measured: a long script, and a campaign of a million captures. Made, not documented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import numpy as np

from replay.foundation.edtf import parse
from replay.lens import named_lens
from replay.lens.tables import TableReading, table_readings
from replay.model import Scenario
from replay.model.columns import Columns, CountColumn

DAYS, PLACES, EVENTS = 2_000, 10_000, 1_000_000
SIDES = ("government", "rebels")
BEGIN = date(2012, 1, 1)
WINDOW = f"{BEGIN}/{BEGIN + timedelta(days=DAYS - 1)}"


def long_script(events: int) -> str:
    """A script with many captures, one in five of them disputed: about nine lines each."""
    random = Random(1)
    forces = [f"brigade-{n}" for n in range(40)]
    places = [f"village-{n}" for n in range(400)]
    lines = [
        "scenario: long",
        "title: A long script",
        f"window: {WINDOW}",
        "sides:",
        "  - {id: government, name: the government, letter: G}",
        "  - {id: rebels, name: the rebels, letter: r}",
        "forces:",
        *(
            f"  - {{id: {force}, name: Brigade {n}, side: {SIDES[n % 2]}}}"
            for n, force in enumerate(forces)
        ),
        "voices:",
        "  - {id: staff, name: The general staff, side: government}",
        "  - {id: agency, name: A news agency, kind: outlet}",
        "sources:",
        "  - {id: chronicle, title: A chronicle}",
        "places:",
        *(f"  - {{id: {place}, name: Village {n}}}" for n, place in enumerate(places)),
        "events:",
    ]
    for n in range(events):
        day = BEGIN + timedelta(days=n * DAYS // events)
        place, force = random.choice(places), random.choice(forces)
        where = f"chronicle p{n % 90 + 1}.s{n % 5 + 1}"
        lines += [
            f"  - id: taken-{n}",
            "    type: capture",
            f"    date: {day}",
            f"    place: {place}",
            f"    by: {force}",
            f"    summary: Men of {force} take {place} after a morning's fight.",
            "    claims:",
            f"      - cite: {where}",
            "        reporter: staff",
        ]
        if n % 5 == 0:
            lines += [
                f"      - cite: {where}",
                "        reporter: agency",
                f"        date: {day + timedelta(days=1)}",
            ]
    return "\n".join(lines) + "\n"


def campaign(tally: bool = False, rows: int = EVENTS) -> tuple[Scenario, list[TableReading]]:
    """Random captures, in the order of days, as a table that has been read: all admitted."""
    random = np.random.default_rng(1)
    places = tuple(f"place-{n}" for n in range(PLACES))
    killed = random.integers(0, 20, rows).astype(float)
    day = np.sort(random.integers(0, DAYS, rows, dtype=np.int32))
    table = Columns(
        type="capture",
        table=0,
        tick=day,
        date=day,
        dates=tuple(parse(str(BEGIN + timedelta(days=n))) for n in range(DAYS)),
        place=random.integers(0, PLACES, rows, dtype=np.int32),
        places=places,
        by=random.integers(0, len(SIDES), rows, dtype=np.int32),
        actors=SIDES,
        counted=(CountColumn("killed", "persons", None, killed),) if tally else (),
        counted_by="chronicle",
    )
    scenario = _scenario(places).linked(None, [table], {})  # its file is not read
    return scenario, table_readings(scenario, named_lens(scenario, "default"))


def _scenario(places: Sequence[str]) -> Scenario:
    return Scenario.unlinked(
        {
            "scenario": "million",
            "title": "A million captures",
            "window": WINDOW,
            "sides": [{"id": side, "name": side, "letter": side[0].upper()} for side in SIDES],
            "sources": [{"id": "chronicle", "title": "A chronicle"}],
            "places": [{"id": place, "name": place} for place in places],
            "tables": [{"file": "captures.csv", "type": "capture", "cite": "chronicle p1"}],
        }
    )
