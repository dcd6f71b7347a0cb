"""A small campaign that has something of everything that is drawn, for the tests of pictures."""

from __future__ import annotations

import json
from pathlib import Path

from replay.pipeline import run
from replay.timeline.timeline import Timeline

SCRIPT = """\
scenario: small
title: A small campaign
attribution: Ground drawn for a test
window: 2017-10-25/2017-11-03
map: {extent: [40.0, 33.0, 43.0, 35.0], geography: ground.geojson}
sides:
  - {id: iraq, name: government, letter: G, colour: blue}
  - {id: isil, name: ISIL, letter: i, colour: red}
  - {id: kurds, name: Kurds, letter: K, colour: yellow}
forces:
  - {id: army, name: the army, side: iraq}
  - {id: militia, name: the militia, side: iraq}
voices:
  - {id: general, name: the general, side: iraq}
sources:
  - {id: article, title: An article, published: 2017-12-10/..}
places:
  - {id: city, name: City, kind: city, position: {lat: 34.0, lon: 42.4, gazetteer: GeoNames}}
  - {id: town, name: Town, kind: town, position: {lat: 34.4, lon: 41.1, gazetteer: GeoNames}}
  - {id: a, name: Suburb A, kind: village, position: {lat: 34.41, lon: 41.05, gazetteer: GeoNames}}
  - {id: b, name: Suburb B, kind: village, position: {lat: 34.38, lon: 41.06, gazetteer: GeoNames}}
  - {id: c, name: Suburb C, kind: village, position: {lat: 34.42, lon: 41.14, gazetteer: GeoNames}}
  - {id: d, name: A crossing, kind: crossing, position: {lat: 34.4, lon: 41.0, gazetteer: GeoNames}}
  - {id: e, name: A base, kind: base, position: {lat: 34.35, lon: 41.12, gazetteer: GeoNames}}
  - {id: field, name: Gas field, kind: field, position: {from: town, km: 60, bearing: south-east}}
  - {id: ring, name: Ring camp, kind: camp, position: {from: city, km: 30}}
  - {id: station, name: Station, kind: station, position: {lat: 33.4, lon: 40.6, estimated: 12}}
  - {id: lost, name: Lost village, kind: village}
  - {id: far, name: Far away, kind: city, position: {lat: 33.3, lon: 44.4, gazetteer: GeoNames}}
  - {id: sight, name: Sight, position: {lat: 33.6, lon: 42.0, gazetteer: GeoNames}, context: true}
areas:
  - {id: desert, name: Desert, km2: 1000}
  - {id: district, name: District}
routes:
  - {id: road, name: Road, km: 100}
operations:
  - {id: push, name: The push, side: iraq, axes: [{name: east, from: city, to: town}]}
phases:
  - {id: opening, name: Opening, period: 2017-10-25/2017-10-28, summary: It begins.}
  - {id: end, name: End, period: 2017-10-29/2017-11-03}
events:
"""

C = "claims: [{cite: article p1.s1}]"
EVENTS = f"""\
  - {{id: held, type: hold, date: 2014, place: [town, a, b, c, d, e, field, ring, station, lost],
     by: isil, summary: ISIL holds the towns., {C}}}
  - {{id: ours, type: hold, date: 2014, place: [city, far], by: iraq, summary: The rest., {C}}}
  - {{id: launched, type: launch, date: 2017-10-26, operation: push, summary: It begins., {C}}}
  - {{id: strikes, type: air-strike, date: 2017-10-26, by: iraq, place: town,
     tallies: [{{name: strikes, unit: strikes, add: ~15}}], summary: Aircraft strike., {C}}}
  - {{id: fight, type: clash, date: 2017-10-27, by: army, against: isil, place: field,
     summary: They fight at the field., {C}}}
  - {{id: part, type: clear, date: 2017-10-27, by: iraq, operation: push, place: desert,
     share: 0.2, summary: A fifth is cleared., {C}}}
  - {{id: march, type: move, by: militia, from: city, to: station, departed: 2017-10-26,
     date: 2017-10-29, summary: The militia moves to the station., {C}}}
  - id: station-taken
    type: capture
    date: 2017-10-28
    place: station
    by: army
    summary: The army takes the station.
    claims:
      - {{cite: article p2.s1, reporter: general}}
      - {{cite: article p3.s2, date: 2017-10-31}}
  - {{id: vague, type: capture, date: 2017-10-27/2017-10-30, place: field, by: army,
     summary: The field is taken., {C}}}
  - {{id: halt, type: halt, date: 2017-10-29, operation: push, reason: sandstorm,
     summary: A storm stops it., {C}}}
  - {{id: again, type: resume, date: 2017-10-31, operation: push, summary: It goes on., {C}}}
  - {{id: entered, type: contest, date: 2017-10-31, place: town, by: army, against: isil,
     summary: They enter the town., {C}}}
  - {{id: ringed, type: besiege, date: 2017-10-31, place: a, by: army, summary: A ring., {C}}}
  - {{id: left, type: withdraw, date: 2017-10-31, place: b, by: isil, summary: They go., {C}}}
  - {{id: taken, type: capture, date: 2017-11-01, place: [town, lost], by: militia,
     summary: The town is taken., {C}}}
  - {{id: all, type: clear, date: 2017-11-03, by: iraq, operation: push, place: desert,
     share: 1, summary: All is cleared., {C}}}
  - {{id: somewhere, type: losses, summary: Two are killed on an unknown day.,
     tallies: [{{name: killed, of: isil, add: 2}}], {C}}}
"""


def ground() -> str:
    """Two countries, a border, a river and a lake."""

    def feature(layer: str, name: str, kind: str, numbers: object) -> dict[str, object]:
        return {
            "type": "Feature",
            "properties": {"layer": layer, "name": name, "source": "test", "licence": "CC0"},
            "geometry": {"type": kind, "coordinates": numbers},
        }

    west = [[[38, 32], [40.5, 32], [40.5, 36], [38, 36], [38, 32]]]
    east = [[[40.5, 32], [45, 32], [45, 36], [40.5, 36], [40.5, 32]]]
    lake = [[[42.0, 34.4], [42.5, 34.4], [42.5, 34.7], [42.0, 34.7], [42.0, 34.4]]]
    found = [
        feature("country", "Westland", "Polygon", west),
        feature("country", "Eastland", "MultiPolygon", [east]),
        feature("border", "", "LineString", [[40.5, 32], [40.5, 36]]),
        feature("river", "River", "LineString", [[38, 34.6], [41, 34.5], [43, 33.4], [45, 33.2]]),
        feature("lake", "Lake", "Polygon", lake),
    ]
    return json.dumps({"type": "FeatureCollection", "features": found})


def campaign(folder: Path, more: str = "", script: str = SCRIPT) -> Timeline:
    """The replay of the small campaign, with more events if wanted, from a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(script + EVENTS + more, "utf-8")
    (folder / "ground.geojson").write_text(ground(), "utf-8")
    return run(folder)
