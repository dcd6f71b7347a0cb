"""What map programs read of a replay, through readers that are not ours."""

from __future__ import annotations

import csv
import datetime
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import czml3
import fastkml
import geopandas
import jsonschema
import numpy as np
import pyarrow.parquet as pq
import pyogrio
import pytest
from lxml import etree
from shapely import to_geojson
from small_campaign import SCRIPT, campaign

from replay.analysis.check import check
from replay.analysis.tallies import tally_rows
from replay.facts.answers import control_json, explain_json, tally_json
from replay.facts.check import report_json
from replay.foundation.errors import UsageError
from replay.frontends.cli import start
from replay.model.state import StateKey
from replay.outputs.formats import FORMATS, export
from replay.pipeline import run
from replay.timeline.explanation import explain
from replay.timeline.timeline import Timeline

KML = {"k": "http://www.opengis.net/kml/2.2"}
EVIDENCE = ("mark", "could", "since", "because", "against", "pending")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def flagship() -> Timeline:
    return run("western-iraq-2017")


@pytest.fixture(scope="module")
def files(
    small: Timeline, flagship: Timeline, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Exports of the small campaign and of the flagship, by name and suffix."""
    folder = tmp_path_factory.mktemp("files")
    return {
        f"{name}{suffix}": export(timeline, folder / f"{name}{suffix}")
        for name, timeline in (("small", small), ("flagship", flagship))
        for suffix in (".geojson", ".kml", ".parquet", ".czml")
    }


def geojson(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
    return features


def of(features: list[dict[str, Any]], kind: str, thing: str) -> list[dict[str, Any]]:
    chosen = (f for f in features if f["properties"]["feature"] == kind)
    return [f for f in chosen if f["properties"]["of"] == thing]


def runs(timeline: Timeline, place: str) -> list[int]:
    """How many days each run of equal letters and marks in the control strip lasts."""
    letters, *marks = timeline.strip([place]).splitlines()
    begin = len(letters) - timeline.scenario.calendar.ticks
    mark = marks[0][begin:].ljust(timeline.scenario.calendar.ticks) if marks else None
    pairs = zip(letters[begin:], mark or " " * len(letters[begin:]), strict=True)
    return [len(list(group)) for _, group in groupby(pairs)]


def days(start: str, end: str) -> int:
    moments = [datetime.datetime.fromisoformat(text) for text in (start, end)]
    return (moments[1] - moments[0]).days


# --- stretches --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["small", "flagship"])
def test_the_stretches_of_a_place_are_the_runs_of_its_control_strip(
    name: str, files: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    timeline: Timeline = request.getfixturevalue(name)
    features = geojson(files[f"{name}.geojson"])
    places = {key.of for key, _ in timeline.keys_of("control")}
    assert places == {f["properties"]["of"] for f in features if f["id"].startswith("control:")}
    for place in places:
        lasting = [f["properties"] for f in of(features, "control", place)]
        assert [days(p["start"], p["end"]) for p in lasting] == runs(timeline, place), place


@pytest.mark.parametrize("name", ["small", "flagship"])
def test_every_stretch_says_what_explain_says_on_its_last_day(
    name: str, files: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    timeline: Timeline = request.getfixturevalue(name)
    for feature in geojson(files[f"{name}.geojson"]):
        told = feature["properties"]
        if told["feature"] == "control":
            why = explain_json(timeline, told["of"], told["edtf"].rpartition("/")[2])
            control = why.pop("control")
            assert {key: told[key] for key in control} == control
            shared = [key for key in EVIDENCE if key in why]
            assert {key: told[key] for key in shared} == {key: why[key] for key in shared}


def test_spans_touch_and_never_overlap(files: dict[str, Path]) -> None:
    lasting = [f["properties"] for f in of(geojson(files["small.geojson"]), "control", "town")]
    assert [(p["start"], p["end"], p["edtf"], p["status"]) for p in lasting] == [
        ("2017-10-25T00:00:00", "2017-10-31T00:00:00", "2017-10-25/2017-10-30", "held"),
        ("2017-10-31T00:00:00", "2017-11-01T00:00:00", "2017-10-31", "contested"),
        ("2017-11-01T00:00:00", "2017-11-04T00:00:00", "2017-11-01/2017-11-03", "held"),
    ]


def test_hours_are_kept_as_documented(tmp_path: Path) -> None:
    script = SCRIPT.replace("window:", "step: 6 hours\nwindow:")
    more = "  - {id: dawn, type: capture, date: 2017-11-02T08, place: a, by: iraq, summary: A., claims: [{cite: article p1.s1}]}\n"
    path = export(campaign(tmp_path / "small", more, script), tmp_path / "hours.geojson")
    last = of(geojson(path), "control", "a")[-1]
    assert last["properties"]["start"] == "2017-11-02T08:00:00"
    assert last["properties"]["edtf"] == "2017-11-02T08:00:00/2017-11-03T23:59:00"
    assert last["when"]["timespans"][0]["start"] == {"in": "2017-11-02T08:00:00"}


# --- GeoJSON ----------------------------------------------------------------------------------


def test_gdal_reads_every_feature_with_its_times(files: dict[str, Path]) -> None:
    path = files["flagship.geojson"]
    features = geojson(path)
    info = pyogrio.read_info(path)
    assert (info["features"], info["crs"]) == (len(features), "EPSG:4326")
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert types["start"] == types["end"] == "datetime64[ms]"
    assert types["accuracy_km"] == "float64"
    meta, _, shapes, columns = pyogrio.raw.read(path, columns=["id", "start", "end"])
    assert [shape is not None for shape in shapes] == [f["geometry"] is not None for f in features]
    read = dict(zip(meta["fields"], columns, strict=True))
    assert list(read["id"]) == [f["id"] for f in features]
    for key in ("start", "end"):
        written = [f["properties"][key] for f in features]
        assert [None if np.isnat(moment) else str(moment)[:19] for moment in read[key]] == written


def test_geojson_keeps_to_its_standard(files: dict[str, Path]) -> None:
    for name in ("small", "flagship"):
        data = json.loads(files[f"{name}.geojson"].read_text("utf-8"))
        assert data["type"] == "FeatureCollection"
        assert "crs" not in data
        ids = [f["id"] for f in data["features"]]
        assert len(ids) == len(set(ids))
        for feature in data["features"]:
            assert set(feature) >= {"type", "id", "properties", "geometry"}
            for lon, lat in positions(feature["geometry"]):
                assert -180 <= lon <= 180
                assert -90 <= lat <= 90


def positions(geometry: dict[str, Any] | None) -> list[list[float]]:
    """Every position of a geometry, however deep its coordinates are nested."""

    def flat(numbers: list[Any]) -> Iterator[list[float]]:
        if isinstance(numbers[0], (int, float)):
            yield numbers
        else:
            for inner in numbers:
                yield from flat(inner)

    return [] if geometry is None else list(flat(geometry["coordinates"]))


def test_a_ring_is_a_line_and_not_a_false_point(small: Timeline, files: dict[str, Path]) -> None:
    from replay.foundation.geodesy import LonLat, distance_km

    ring = of(geojson(files["small.geojson"]), "control", "ring")[0]
    assert ring["geometry"]["type"] == "LineString"
    assert (ring["properties"]["position"], ring["properties"]["accuracy_km"]) == ("ring", 30)
    line = ring["geometry"]["coordinates"]
    assert line[0] == line[-1]
    city = small.scenario.located["city"].at
    for lon, lat in line:
        assert distance_km(city, LonLat(lon, lat)) == pytest.approx(30, abs=0.001)


def test_what_has_no_position_or_no_day_stays_without_geometry(files: dict[str, Path]) -> None:
    features = geojson(files["small.geojson"])
    lost = of(features, "control", "lost")
    assert [f["geometry"] for f in lost] == [None, None]
    assert lost[0]["properties"]["start"] is not None
    [somewhere] = of(features, "event", "somewhere")
    assert somewhere["geometry"] is None
    assert (somewhere["properties"]["start"], somewhere["properties"]["end"]) == (None, None)
    assert "when" not in somewhere
    vague = of(features, "control", "field")[0]
    assert (vague["properties"]["position"], vague["geometry"]["type"]) == ("relative", "Point")
    assert vague["properties"]["accuracy_km"] > 20


def test_an_event_lasts_as_long_as_its_claims_leave_it_open(files: dict[str, Path]) -> None:
    features = geojson(files["small.geojson"])
    [vague] = of(features, "event", "vague")
    assert (vague["properties"]["start"], vague["properties"]["end"]) == (
        "2017-10-27T00:00:00",
        "2017-10-31T00:00:00",
    )
    bounds = {"earliest": "2017-10-27", "latest": "2017-10-30"}
    assert vague["when"] == {"timespans": [{"start": bounds, "end": bounds}]}
    [taken] = of(features, "event", "station-taken")
    assert [c["reporter"] for c in taken["properties"]["because"]] == ["general"]
    says = {"date": "2017-10-31", "denies": False, "fields": {}}
    assert [c["says"] for c in taken["properties"]["against"]] == [says]
    assert taken["properties"]["says_otherwise"] == "article p3.s2: 31 October 2017"


# --- KML --------------------------------------------------------------------------------------


def test_kml_follows_its_schema(files: dict[str, Path]) -> None:
    schema = Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"
    rules = etree.XMLSchema(etree.parse(schema))
    for name in ("small", "flagship"):
        rules.assertValid(etree.parse(files[f"{name}.kml"]))


def test_gdal_reads_the_folders_of_kml(flagship: Timeline, files: dict[str, Path]) -> None:
    path = files["flagship.kml"]
    kinds = Counter(f["properties"]["feature"] for f in geojson(files["flagship.geojson"]))
    counts = {
        str(name): pyogrio.read_info(path, layer=name)["features"]
        for name, _ in pyogrio.list_layers(path)
    }
    assert counts["Who holds what"] == kinds["control"]
    assert counts["Ground cleared"] == kinds["ground"]
    assert counts["Where forces were documented"] == kinds["presence"]
    assert counts["Events without a day"] == len(flagship.undated())
    assert counts["Events"] + counts["Events without a day"] == kinds["event"]


def test_spans_of_kml_end_with_their_last_second(files: dict[str, Path]) -> None:
    tree = etree.parse(files["small.kml"])
    town = tree.xpath(
        "//k:Placemark[.//k:Data[@name='id' and starts-with(k:value,'control:town')]]",
        namespaces=KML,
    )
    spans = [[t.text for t in mark.find("k:TimeSpan", KML)] for mark in town]
    assert spans == [
        ["2017-10-25T00:00:00Z", "2017-10-30T23:59:59Z"],
        ["2017-10-31T00:00:00Z", "2017-10-31T23:59:59Z"],
        ["2017-11-01T00:00:00Z", "2017-11-03T23:59:59Z"],
    ]
    undated = tree.xpath(
        "//k:Placemark[.//k:Data[@name='id' and k:value='event:somewhere']]", namespaces=KML
    )
    assert len(undated) == 1
    assert undated[0].find("k:TimeSpan", KML) is None
    assert undated[0].find("k:Point", KML) is None


def test_what_a_format_cannot_hold_is_refused(tmp_path: Path) -> None:
    old = SCRIPT.replace("2017-10-25/2017-11-03", "-0048-01-10/-0048-03-01")
    old = old[: old.index("phases:")] + old[old.index("events:") :]
    more = "  - {id: old, type: capture, date: -0048-02-01, place: c, by: iraq, summary: Long ago., claims: [{cite: article p1.s1}]}\n"
    timeline = campaign(tmp_path / "old", more, old)
    for name in ("kml", "czml", "orbat-mapper"):
        with pytest.raises(UsageError, match="U512") as problem:
            export(timeline, tmp_path / "refused", format=name)
        assert ".geojson" in str(problem.value)
    path = export(timeline, tmp_path / "old.geojson")
    [begin, taken] = of(geojson(path), "control", "c")
    assert begin["properties"]["start"] == "-000048-01-10T00:00:00"
    assert taken["properties"]["edtf"] == "-0048-02-01/-0048-03-01"


def test_an_event_of_another_age_is_refused_or_told(tmp_path: Path) -> None:
    more = "  - {id: far, type: capture, date: Y-17000, place: c, by: iraq, summary: Long ago., claims: [{cite: article p1.s1}]}\n"
    timeline = campaign(tmp_path / "far", more)
    for known in [known for known in FORMATS.values() if known.data]:
        if known.name in ("kml", "czml", "orbat-mapper"):
            with pytest.raises(UsageError, match="U512"):
                export(timeline, tmp_path / "refused", format=known.name)
        else:
            assert export(timeline, tmp_path / known.name, format=known.name).stat().st_size > 500
    [far] = of(geojson(tmp_path / "geojson"), "event", "far")
    assert (far["properties"]["edtf"], far["properties"]["start"]) == (
        "Y-17000",
        "-017000-01-01T00:00:00",
    )


# --- tables -----------------------------------------------------------------------------------


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["small", "flagship"])
def test_a_row_of_the_days_says_what_explain_says_on_that_day(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    timeline: Timeline = request.getfixturevalue(name)
    found = table(export(timeline, tmp_path / "days.csv", format="csv-days"))
    places = [row for row in found if row["what"] == "place"]
    ticks = timeline.scenario.calendar.ticks
    assert len(places) == ticks * len(timeline.keys_of("control"))
    for row in places:
        why = explain(timeline, StateKey("control", row["of"]), row["date"])
        control = control_json(why.marked)
        for key in ("status", "side", "mark"):
            assert row[key] == (control[key] or "")
        for key in ("sides", "by"):
            assert row[key] == "; ".join(control[key])
        assert row["since"] == (why.since or "")
        assert row["events"] == "; ".join(dict.fromkeys(t.event for t in why.because))
        assert row["says_otherwise"].count(": ") >= len(why.against)


def test_the_days_tell_of_ground_forces_operations_and_numbers(
    small: Timeline, tmp_path: Path
) -> None:
    found = table(export(small, tmp_path / "days.csv", format="csv-days"))
    on = {(r["what"], r["of"], r["place"]): r for r in found if r["date"] == "2017-10-30"}
    desert = on["area", "desert", ""]
    assert (desert["status"], desert["side"], desert["basis"]) == (
        "contested",
        "iraq",
        "interpolated",
    )
    assert (desert["share_low"], desert["share_high"]) == ("0.2", "1")
    assert 0.2 < float(desert["share_best"]) < 1
    assert (desert["low"], desert["high"], desert["unit"]) == ("200", "1000", "km2")
    arrived = on["presence", "militia", "station"]
    assert (arrived["since"], arrived["age_days"], arrived["side"]) == ("2017-10-29", "1", "iraq")
    assert on["operation", "push", ""]["status"] == "halted"
    strikes = on["tally", "", "town"]
    assert (strikes["name"], strikes["low"], strikes["best"]) == ("strikes", "13.5", "15")
    assert found[-1]["of"] == "somewhere"
    assert found[-1]["date"] == ""


# --- the whole replay -------------------------------------------------------------------------


def test_the_whole_replay_holds_all_that_the_script_says(
    flagship: Timeline, tmp_path: Path
) -> None:
    scenario = flagship.scenario
    data = json.loads(export(flagship, tmp_path / "all.json").read_text("utf-8"))
    kinds = ("sources", "reports", "voices", "sides", "forces", "persons", "places", "areas")
    kinds += ("routes", "operations", "phases", "pauses", "acknowledge", "lenses", "tables")
    for kind in kinds:
        assert len(data["scenario"][kind]) == len(getattr(scenario, kind)), kind
    events = data["events"] + data["undated"]
    assert {e["id"] for e in events} == {e.id for e in scenario.events}
    cited = {(c["source"], c["locator"]) for e in events for c in e["claims"]}
    assert cited == {
        (c.cite.source, str(c.cite.locator)) for e in scenario.events for c in e.claims
    }
    assert [s["id"] for s in data["statements"]] == [s.id for s in scenario.statements]
    report = report_json(check("western-iraq-2017"))
    keys = ("id", "verdict", "kind", "because")
    assert [{k: s[k] for k in keys} for s in data["statements"]] == report["statements"]
    assert [d["claims"] for d in data["disputes"]] == [d["claims"] for d in report["disputes"]]
    last = scenario.calendar.label(scenario.calendar.ticks - 1)
    assert data["tallies"] == [tally_json(row) for row in tally_rows(flagship, last)]
    assert {c["after"]["mark"] for c in data["changes"]} == {"certain", "possible", "disputed"}


def test_the_whole_replay_spells_what_the_script_spells(small: Timeline, tmp_path: Path) -> None:
    data = json.loads(export(small, tmp_path / "all.json").read_text("utf-8"))
    places = {p["id"]: p for p in data["scenario"]["places"]}
    assert places["field"]["written"]["bearing"] == "south-east"
    assert places["field"]["written"]["km"] == {"low": 60, "best": 60, "high": 60}
    [source] = data["scenario"]["sources"]
    assert source["published"] == "2017-12-10/.."
    [strikes] = [e for e in data["events"] if e["id"] == "strikes"]
    assert strikes["tallies"][0]["add"] == {"low": 13.5, "best": 15, "high": 16.5}
    [axis] = data["scenario"]["operations"][0]["axes"]
    assert (axis["from"], axis["to"]) == ("city", "town")


# --- Parquet ----------------------------------------------------------------------------------


def _read(name: str, value: Any) -> Any:
    """A column of a claim; what it says differently is a JSON text there."""
    return json.loads(value) if name == "says" else value


def test_parquet_holds_the_features_of_geojson_with_types(files: dict[str, Path]) -> None:
    table = pq.read_table(files["flagship.parquet"])
    features = geojson(files["flagship.geojson"])
    rows = table.to_pylist()
    assert [row["id"] for row in rows] == [f["id"] for f in features]
    for row, feature in zip(rows, features, strict=True):
        told = feature["properties"]
        for key in ("start", "end"):
            assert (row[key].isoformat() if row[key] else None) == told[key]
        for key in ("edtf", "when", "status", "sides", "mark", "since", "accuracy_km", "lens"):
            assert row[key] == told[key]
        for key in ("because", "against", "pending"):
            assert [{k: _read(k, v) for k, v in c.items() if v} for c in row[key]] == [
                {k: v for k, v in c.items() if v} for c in told[key]
            ]
    assert json.loads(table.schema.metadata[b"replay"])["lens"] == "default"


def test_geopandas_reads_parquet_as_a_map(files: dict[str, Path]) -> None:
    frame = geopandas.read_parquet(files["small.parquet"])
    assert frame.crs.to_authority() == ("OGC", "CRS84")
    for shape, feature in zip(frame.geometry, geojson(files["small.geojson"]), strict=True):
        assert (shape and json.loads(to_geojson(shape))) == feature["geometry"]
    now = datetime.datetime(2017, 10, 31, 12)
    held = frame[(frame.feature == "control") & (frame.start <= now) & (now < frame.end)]
    assert dict(zip(held.of, held.status, strict=True))["town"] == "contested"


def test_parquet_without_its_library_says_what_to_install(
    small: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="U510") as problem:
        export(small, tmp_path / "small.parquet")
    assert "campaign-replay[parquet]" in str(problem.value)
    assert list(tmp_path.iterdir()) == []


# --- CZML -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["small", "flagship"])
def test_czml3_reads_every_packet(name: str, files: dict[str, Path]) -> None:
    packets = json.loads(files[f"{name}.czml"].read_text("utf-8"))
    document = czml3.Document.model_validate({"packets": packets})
    assert len(document.packets) == len(packets)
    ids = [packet["id"] for packet in packets]
    assert ids[0] == "document"
    assert len(ids) == len(set(ids))


def test_a_place_in_czml_changes_its_colour_with_its_holder(files: dict[str, Path]) -> None:
    packets = {p["id"]: p for p in json.loads(files["small.czml"].read_text("utf-8"))}
    town = packets["control:town:town"]
    assert town["availability"] == ["2017-10-25T00:00:00Z/2017-11-04T00:00:00Z"]
    colours = town["point"]["color"]
    assert [c["interval"] for c in colours] == [
        "2017-10-25T00:00:00Z/2017-10-31T00:00:00Z",
        "2017-10-31T00:00:00Z/2017-11-01T00:00:00Z",
        "2017-11-01T00:00:00Z/2017-11-04T00:00:00Z",
    ]
    assert len({tuple(c["rgba"]) for c in colours}) == 3
    assert [s["string"] for s in town["properties"]["status"]] == ["held", "contested", "held"]
    assert "availability" not in packets["event:somewhere"]
    assert "polyline" in packets["control:ring:ring"]
    assert not {"point", "polyline"} & set(packets["control:lost:lost"])


# --- ORBAT Mapper -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["small", "flagship"])
def test_orbat_mapper_finds_only_keys_that_it_knows(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    timeline: Timeline = request.getfixturevalue(name)
    data = json.loads(orbat(timeline, tmp_path).read_text("utf-8"))
    schema = Path(__file__).parent / "schemas" / "orbat-mapper.schema.json"
    jsonschema.validate(data, json.loads(schema.read_text("utf-8")))
    assert [side["id"] for side in data["sides"]] == [s.id for s in timeline.scenario.sides]
    units = [unit["id"] for side in data["sides"] for unit in every_unit(side["groups"][0])]
    assert {u for u in units if "@" not in u} == set(timeline.scenario.force)
    assert len(units) == len(set(units))
    dated = {r.event.id for r in timeline.every_reading() if r.dated}
    assert {event["id"] for event in data["events"]} == dated


def orbat(timeline: Timeline, folder: Path) -> Path:
    return export(timeline, folder / "orbat.json", format="orbat-mapper")


def every_unit(above: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for unit in above["subUnits"]:
        yield unit
        yield from every_unit(unit)


def test_orbat_mapper_shows_at_noon_what_holds_on_a_day(flagship: Timeline, tmp_path: Path) -> None:
    """Its rule: shown strictly between `visibleFromT` and `visibleUntilT`."""
    data = json.loads(orbat(flagship, tmp_path).read_text("utf-8"))
    control = data["layers"][0]["features"]
    spoken = {key.of for key, _ in flagship.keys_of("control")} & set(flagship.scenario.located)
    for day in ("2017-09-15", "2017-11-03", "2017-11-17", "2017-12-10"):
        noon = f"{day}T12:00:00Z"
        shown = [
            f for f in control if f["meta"]["visibleFromT"] < noon < f["meta"]["visibleUntilT"]
        ]
        assert sorted(f["id"].split(":")[1] for f in shown) == sorted(spoken)
        state = flagship.at(day)
        for feature in shown:
            assert feature["properties"]["mark"] == state.control[feature["id"].split(":")[1]].mark


def test_a_unit_stays_where_it_was_documented_until_it_is_elsewhere(
    small: Timeline, tmp_path: Path
) -> None:
    data = json.loads(orbat(small, tmp_path).read_text("utf-8"))
    units = {u["id"]: u for side in data["sides"] for u in every_unit(side["groups"][0])}
    where = [(s["t"], s["location"]) for s in units["militia@station"]["state"]]
    assert where[0] == ("2017-10-29T00:00:00Z", [40.6, 33.4])
    assert "Two are killed on an unknown day." in data["description"]


# --- the page ---------------------------------------------------------------------------------


def test_the_example_with_folium_makes_a_timeline(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parent.parent / "docs" / "data.md").read_text("utf-8")
    example = re.search(r"```python\n(import json.*?)```", page, re.DOTALL)
    assert example is not None
    (tmp_path / "campaign.geojson").write_bytes(files["flagship.geojson"].read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(example[1], "data.md", "exec"), {})
    script = (tmp_path / "campaign.html").read_text("utf-8")
    begin = script.index("L.timeline(") + len("L.timeline(")
    shown, _ = json.JSONDecoder().raw_decode(script[begin:].lstrip())
    located = [f for f in geojson(files["flagship.geojson"]) if f["geometry"]]
    expected = [f for f in located if f["properties"]["feature"] == "control"]
    assert [
        (f["id"], f["properties"]["start"], f["properties"]["end"]) for f in shown["features"]
    ] == [(f["id"], f["properties"]["start"], f["properties"]["end"]) for f in expected]
    assert all(f["properties"]["endExclusive"] is True for f in shown["features"])
    assert "pointToLayer" in script


def test_the_page_tells_of_every_format_and_property(files: dict[str, Path]) -> None:
    page = (Path(__file__).parent.parent / "docs" / "data.md").read_text("utf-8")
    for known in FORMATS.values():
        if known.data:
            assert f"| `{known.suffix}` | `{known.name}` |" in page
    for name in geojson(files["small.geojson"])[0]["properties"]:
        assert f"`{name}`" in page


# --- the command ------------------------------------------------------------------------------


def test_options_that_data_does_not_know_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "campaign.geojson"
    wanted = ["export", "western-iraq-2017", "-o", str(out)]
    for option in (["--on", "2017-11-03"], ["--from", "2017-11-03"], ["--size", "square"]):
        assert start([*wanted, *option]) == 2
        assert f"{option[0]}" in capsys.readouterr().err
    assert not out.exists()
    assert start([*wanted, "--lens", "only:afp", "--known-on", "2017-11-01"]) == 0
    head = json.loads(out.read_text("utf-8"))
    assert (head["lens"], head["known_on"]) == ("only:afp", "2017-11-01")
