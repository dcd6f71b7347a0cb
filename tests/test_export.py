"""Promises that every format keeps, and what each one holds."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from small_campaign import SCRIPT, campaign

from replay.foundation.errors import UsageError
from replay.lens import Reading
from replay.outputs.formats import FORMATS, export, export_format, format_of
from replay.pipeline import run
from replay.timeline.timeline import Timeline

NAMES = [name for name, known in FORMATS.items() if not known.folder]
EXACT = [name for name, known in FORMATS.items() if known.exact and not known.folder]
DATA = [name for name, known in FORMATS.items() if known.data]
TEXT = [name for name in DATA if FORMATS[name].suffix != ".parquet"]
SMALL = {"size": (480, 270)}
EVIL = "=cmd()<script>alert(1)</script>"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


def options(name: str) -> dict[str, object]:
    return {} if FORMATS[name].data else dict(SMALL)


def written(timeline: Timeline, folder: Path, name: str, **more: object) -> Path:
    """A file in a format, whether or not its suffix would be enough."""
    path = folder / f"{name}{FORMATS[name].suffix}"
    return export(timeline, path, format=name, **(options(name) | more))  # type: ignore[arg-type]


def table(path: Path) -> io.StringIO:
    return io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")


@pytest.fixture
def own_formats(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Formats that a test adds are gone after it."""
    before = dict(FORMATS)
    yield
    FORMATS.clear()
    FORMATS.update(before)


# --- every format -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_format_is_known_by_its_suffix(small: Timeline, tmp_path: Path, name: str) -> None:
    path = tmp_path / "new" / f"campaign{FORMATS[name].suffix.upper()}"
    first = format_of(path).name
    assert FORMATS[first].suffix == FORMATS[name].suffix
    of_several = None if first == name else name
    assert export(small, path, format=of_several, **options(name)) == path
    assert path.stat().st_size > 500
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("name", NAMES)
def test_a_format_that_fails_halfway_leaves_the_old_file(
    small: Timeline, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"campaign{FORMATS[name].suffix}"
    path.write_text("the old one")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    def halfway(timeline: Timeline) -> Iterator[Reading]:
        yield from timeline.readings[:5]
        stop()

    if FORMATS[name].film:
        more = {"progress": lambda done, of: stop() if done >= 3 else None}
    else:
        more = {}
        monkeypatch.setattr("matplotlib.figure.Figure.savefig", stop)
        monkeypatch.setattr(Timeline, "every_reading", halfway)
        monkeypatch.setattr("replay.outputs.formats.scenario_yaml.yaml_text", stop)
    with pytest.raises(KeyboardInterrupt):
        export(small, path, format=name, **options(name), **more)  # type: ignore[arg-type]
    assert path.read_text() == "the old one"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_is_no_output(small: Timeline, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"campaign{FORMATS[name].suffix}"
    path.mkdir()
    with pytest.raises(UsageError, match="U506"):
        export(small, path, format=name, **options(name))


def test_the_same_inputs_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    here = Path(__file__).parent
    campaign(tmp_path / "small")
    code = f"""
import sys
sys.path.insert(0, {str(here)!r})
from replay.pipeline import run
from replay.outputs.formats import FORMATS, export
timeline = run({str(tmp_path / "small")!r})
for name in {EXACT!r}:
    more = {{}} if FORMATS[name].data else {{"size": (480, 270)}}
    export(timeline, sys.argv[1] + "/" + name + FORMATS[name].suffix, format=name, **more)
"""
    for n, (seed, zone) in enumerate((("1", "UTC"), ("77", "Asia/Baghdad"))):
        settings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        folder = str(tmp_path / str(n))
        subprocess.run(
            [sys.executable, "-c", code, folder], check=True, env=settings, cwd=here.parent
        )
    for name in EXACT:
        file = f"{name}{FORMATS[name].suffix}"
        assert (tmp_path / "0" / file).read_bytes() == (tmp_path / "1" / file).read_bytes(), name


@pytest.mark.parametrize("name", TEXT)
def test_data_holds_the_events_without_a_day(small: Timeline, tmp_path: Path, name: str) -> None:
    text = written(small, tmp_path, name).read_text("utf-8")
    for event in small.scenario.events:
        assert event.id in text
    assert "Two are killed on an unknown day." in text


@pytest.mark.parametrize("name", [name for name in TEXT if name != "yaml"])
def test_data_names_its_lens_and_what_was_known_when(tmp_path: Path, name: str) -> None:
    campaign(tmp_path / "small", script=SCRIPT.replace("2017-12-10/..", "2017-12-10"))
    earlier = run(tmp_path / "small", lens="earliest", known_on="2018-01-06")
    text = written(earlier, tmp_path, name).read_text("utf-8")
    assert "earliest" in text
    assert "2018-01-06" in text


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_shown_harmlessly(tmp_path: Path, name: str) -> None:
    script = SCRIPT.replace("name: Town,", f"name: '{EVIL}',")
    script = script.replace("title: A small campaign", f"title: '{EVIL}'")
    hostile = campaign(tmp_path / "small", script=script)
    path = written(hostile, tmp_path, name)
    suffix = FORMATS[name].suffix
    if suffix in (".svg", ".kml"):
        root = ElementTree.fromstring(path.read_bytes())
        assert not [e for e in root.iter() if e.tag.lower().endswith("script")]
    if suffix == ".kml":
        shown = [e.text or "" for e in root.iter() if e.tag.endswith("description")]
        assert [text for text in shown if "&lt;script&gt;" in text]
        assert not [text for text in shown if "<script" in text]
    if suffix == ".czml":
        for packet in json.loads(path.read_text("utf-8")):
            assert "<script" not in json.dumps(packet.get("description"))
    if suffix == ".csv":
        for row in csv.reader(table(path)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]
    if suffix in (".json", ".geojson"):
        assert EVIL in texts_of(json.loads(path.read_text("utf-8")))


def texts_of(data: object) -> set[str]:
    """Every text in plain data."""
    if isinstance(data, dict):
        return set().union(*map(texts_of, data.values()))
    if isinstance(data, list):
        return set().union(*map(texts_of, data))
    return {data} if isinstance(data, str) else set()


# --- choosing ---------------------------------------------------------------------------------


def test_an_unknown_format_names_the_known_ones(small: Timeline, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="U505") as problem:
        export(small, tmp_path / "campaign.mp5")
    assert "did you mean 'mp4'" in str(problem.value)
    assert "csv (.csv)" in str(problem.value)
    with pytest.raises(UsageError, match="U505"):
        export(small, tmp_path / "campaign")
    with pytest.raises(UsageError, match="U505"):
        export(small, tmp_path / "campaign.csv", format="cvs")
    assert list(tmp_path.iterdir()) == []


def test_a_format_may_be_named(small: Timeline, tmp_path: Path) -> None:
    path = export(small, tmp_path / "campaign.txt", format="json")
    assert json.loads(path.read_text("utf-8"))["lens"]["name"] == "default"


def test_a_picture_shows_the_moment_that_was_asked_for(small: Timeline, tmp_path: Path) -> None:
    first = export(small, tmp_path / "1.png", on="2017-10-25", **SMALL).read_bytes()
    last = export(small, tmp_path / "2.png", on=9, **SMALL).read_bytes()
    assert first != last == export(small, tmp_path / "3.png", **SMALL).read_bytes()
    with pytest.raises(UsageError, match="U503"):
        export(small, tmp_path / "4.png", on="2018-01-01")


@pytest.mark.usefixtures("own_formats")
def test_another_format_is_one_function(small: Timeline, tmp_path: Path) -> None:
    @export_format(".txt", name="strip", summary="The control strip.")
    def strip(timeline: Timeline, path: Path, **_: object) -> None:
        path.write_text(str(timeline), "utf-8")

    path = export(small, tmp_path / "campaign.txt")
    assert path.read_text("utf-8") == str(small)


# --- data -------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_every_change_and_every_other_event(
    small: Timeline, tmp_path: Path
) -> None:
    path = export(small, tmp_path / "campaign.csv")
    rows = list(csv.DictReader(table(path)))
    changes = [row for row in rows if row["order"]]
    assert len(changes) == len(list(small.changes()))
    taken = next(r for r in changes if r["event"] == "taken" and r["of"] == "town")
    assert (taken["date"], taken["before"], taken["after"]) == (
        "2017-11-01",
        "contested between government and ISIL",
        "held by government",
    )
    assert (taken["aspect"], taken["name"], taken["mark"]) == ("control", "Town", "certain")
    assert (taken["source"], taken["locators"], taken["basis"]) == (
        "article",
        "article p1.s1",
        "documented",
    )
    (somewhere,) = [r for r in rows if r["event"] == "somewhere"]
    assert (somewhere["date"], somewhere["order"], somewhere["type"]) == ("", "", "losses")
    assert {r["basis"] for r in rows} == {"documented", "interpolated"}


def test_the_json_holds_claims_disputes_and_what_has_no_day(
    small: Timeline, tmp_path: Path
) -> None:
    path = export(small, tmp_path / "campaign.json")
    data = json.loads(path.read_text("utf-8"))
    event = next(e for e in data["events"] if e["id"] == "station-taken")
    assert [(c["reporter"], c["against"]) for c in event["claims"]] == [
        ("general", False),
        (None, True),
    ]
    assert event["claims"][1]["says"] == {"date": "2017-10-31"}
    assert [e["id"] for e in data["undated"]] == ["somewhere"]
    assert ("control", "station") in [(d["aspect"], d["of"]) for d in data["disputes"]]
    assert len(data["changes"]) == len(list(small.changes()))
    places = {p["id"]: p["position"] for p in data["scenario"]["places"]}
    assert places["lost"] is None
    assert places["ring"]["kind"] == "ring"


def test_every_row_of_a_table_has_a_cell_for_every_column(small: Timeline, tmp_path: Path) -> None:
    for name in ("csv", "csv-days"):
        head, *rows = csv.reader(table(written(small, tmp_path, name)))
        assert {len(row) for row in rows} == {len(head)}
