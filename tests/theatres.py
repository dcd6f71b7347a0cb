"""Theatres of war of any form and size: invented campaigns whose places fill an extent."""

from __future__ import annotations

import math
from pathlib import Path

from replay.pipeline import run
from replay.timeline.timeline import Timeline

HEAD = """\
scenario: theatre
title: A theatre of its own form
window: 2001-05-01/2001-05-10
{map}sides:
  - {{id: north, name: the North, letter: N, colour: blue}}
  - {{id: south, name: the South, letter: S, colour: red}}
forces:
  - {{id: brigade, name: 1st Brigade, side: north}}
sources:
  - {{id: gazette, title: Evening Gazette, published: 2001-05-06}}
  - {{id: memoir, title: A memoir, published: 2010}}
areas:
  - {{id: plain, name: the plain, km2: 900}}
routes:
  - {{id: road, name: the coast road, km: 80}}
phases:
  - {{id: opening, name: Opening, period: 2001-05-01/2001-05-04}}
  - {{id: town, name: The towns, period: 2001-05-05/2001-05-10}}
"""

KINDS = ("city", "town", "village", "bridge", "base", "airfield", "village", "town", "plant")


def theatre(
    folder: Path,
    aspect: float,
    tall_km: float = 200.0,
    count: int = 14,
    middle: tuple[float, float] = (41.1, 34.4),
    extent: bool = True,
    accuracy_km: float = 1.0,
) -> Timeline:
    """A campaign whose places fill a box of a form (width by height) around a point.

    Without `extent` the program must find what the map shows.
    """
    lon0, lat0 = middle
    tall = tall_km / 111.2
    wide = aspect * tall / math.cos(math.radians(lat0))
    box = (lon0 - wide / 2, lat0 - tall / 2, lon0 + wide / 2, lat0 + tall / 2)
    shown = f"map: {{extent: [{', '.join(f'{n:.5f}' for n in box)}]}}\n" if extent else ""
    spots = [_spot(n) for n in range(count)]
    places = [
        f"  - {{id: p{n}, name: {_name(n)}, kind: {KINDS[n % len(KINDS)]}, position: "
        f"{{lat: {lat0 + (y - 0.5) * tall * 0.9:.5f}, lon: {lon0 + (x - 0.5) * wide * 0.9:.5f}, "
        f"gazetteer: a map, accuracy_km: {accuracy_km}}}}}\n"
        for n, (x, y) in enumerate(spots)
    ]
    places.append("  - {id: lost, name: A lost village, kind: village}\n")
    (folder / "scenario.yaml").write_text(
        HEAD.format(map=shown) + f"places:\n{''.join(places)}events:\n{''.join(_events(count))}",
        "utf-8",
    )
    return run(folder)


def _spot(n: int) -> tuple[float, float]:
    """Points that fill a square evenly (the Halton sequence of 2 and 3), its corners first."""
    if n < 2:
        return float(n), float(n)
    return _halton(n, 2), _halton(n, 3)


def _halton(n: int, base: int) -> float:
    found, share = 0.0, 1.0
    while n:
        share /= base
        found += share * (n % base)
        n //= base
    return found


def _name(n: int) -> str:
    stems = ("Aldermoor", "Brack", "Carrow Hill", "Dunmere", "East Fenwick", "Garth")
    return stems[n % len(stems)] + (f" {n // len(stems) + 1}" if n >= len(stems) else "")


def _events(count: int) -> list[str]:
    every = ", ".join(f"p{n}" for n in range(count))
    found = [
        f"  - {{id: held, type: hold, date: 2001-04, place: [{every}], by: south,"
        " summary: The South holds every town., claims: [{cite: memoir p1}]}\n"
    ]
    for n in range(0, count, 2):
        rival = f", {{cite: memoir p{n + 2}, date: 2001-05-{n % 9 + 2:02d}}}" if n % 4 == 0 else ""
        found.append(
            f"  - {{id: e{n}, type: capture, date: 2001-05-{n % 9 + 1:02d}, place: p{n},"
            f" by: brigade, summary: The brigade takes {_name(n)} after a fight of some hours.,"
            f" claims: [{{cite: gazette p{n + 2}}}{rival}]}}\n"
        )
    found.append(
        "  - {id: ground, type: clear, date: 2001-05-06, place: plain, by: brigade,"
        " km2: 400, summary: Some of the plain is taken., claims: [{cite: gazette p30}]}\n"
    )
    return found
