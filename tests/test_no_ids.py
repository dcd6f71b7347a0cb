"""No id of a thing stands in a sentence, a picture or a page: readers see names.

The shipped scenario gets ids that can be recognised, `zzid-…`, and everything is made of it. Ids
stand where they are meant: in the JSON, in columns of ids, in what one can type, and in the messages
of `check`, which tell an author what to correct. The id of a source is part of a citation.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser import Page, launched

from replay.frontends.cli import start
from replay.frontends.notebook.inline import html
from replay.outputs.rendering.brush import Brush
from replay.picture.items import Item, Text
from replay.pipeline import run
from replay.scene import scene
from replay.script.assemble import assemble
from replay.script.find import find_scenario
from replay.script.load import _LISTS
from replay.text.explanation import told_why
from replay.timeline.timeline import Timeline

MARK = "zzid-"
ID = re.compile(rf".{{0,40}}{MARK}[-a-z0-9@|]*")
RENAMED = _LISTS - {"sources", "lenses", "acknowledge", "tables", "pauses"}


def renamed(main: Path) -> dict[str, Any]:
    """What the files of a scenario hold, with recognisable ids."""
    files = assemble(main, _LISTS)
    data: dict[str, Any] = {name: value for name, (value, _) in files.values.items()}
    data |= {name: [value for value, _ in items] for name, items in files.items.items()}
    ids = {record["id"] for name in RENAMED for record in data.get(name, ())}
    for name in _LISTS - {"sources"}:
        data[name] = _renamed(data.get(name, []), ids)
    return data


QUIET = {"type", "kind", "says", "name", "unit", "cite", "status", "what"}
"""Keys whose values are words, though some are spelled like ids."""


def _renamed(value: Any, ids: set[str]) -> Any:
    if isinstance(value, dict):
        return {k: v if k in QUIET else _renamed(v, ids) for k, v in value.items()}
    if type(value) is list:
        return [_renamed(item, ids) for item in value]
    return f"{MARK}{value}" if isinstance(value, str) and value in ids else value


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The renamed scenario as files: JSON is YAML too."""
    folder = tmp_path_factory.mktemp("renamed")
    main = find_scenario("western-iraq-2017")
    text = json.dumps(renamed(main), ensure_ascii=False, indent=1)
    (folder / "scenario.yaml").write_text(text, "utf-8")
    for name in ("geography.geojson", "texts.lock"):
        (folder / name).write_bytes((main.parent / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def timeline(script: Path) -> Timeline:
    return run(script)


def found(text: str) -> list[str]:
    """Ids in a text. That of a side may stand in the name of a lens, which one can type."""
    return ID.findall(text.replace(f"official:{MARK}", "official:"))


# --- text ---------------------------------------------------------------------------------------

ON = ("--on", "2017-11-03")
TEXT: list[tuple[str, ...]] = [
    ("run", "--text-only"),
    ("run", "--text-only", "--lens", "only:article"),
    ("state", *ON),
    ("tally", *ON),
    ("tally", "villages taken", *ON),
    ("delay",),
    ("certainty",),
    ("compare", "--lens", "only:article"),
    ("compare", "--on", "2017-10-26", "--on", "2017-11-27"),
    ("compare", "--known-on", "2017-11-04", "--known-on", "2017-11-20"),
    ("compare", "--sources"),
    ("compare", "--lenses"),
    ("chart",),
]


@pytest.mark.parametrize("command", TEXT, ids=" ".join)
def test_a_command_prints_names(
    script: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start([command[0], str(script), *command[1:]]) in (0, 1)
    printed = capsys.readouterr().out
    assert printed
    assert found(printed) == []


def test_every_thing_is_explained_with_names(timeline: Timeline) -> None:
    for of in timeline.scenario.things:
        assert of.startswith(MARK)
        told = "\n".join(line.text for line in told_why(timeline, of, "2017-11-17"))
        assert timeline.scenario.name(of) in told
        assert found(told) == []


def test_the_disputes_and_verdicts_of_a_check_have_names(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start(["check", str(script), "--disputes"])
    printed = capsys.readouterr().out.partition("Sources differ on ")[2]
    assert printed.count("article p") > 10
    assert found(printed) == []


ANSWERS = "next\nday\nwhy {0}rawa\nwhy {0}isil-fighters\ndisputes all\ntallies\nplaces\nundated\nlens\nhelp\n"


def test_the_terminal_prints_names(
    script: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(ANSWERS.format(MARK)))
    start(["step", str(script), "--plain", *ON])
    printed = capsys.readouterr().out
    assert "Rawa, at the end of" in printed
    assert found(printed) == []


# --- pictures -----------------------------------------------------------------------------------


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, None]]:
    """Every text that is drawn while a test runs."""
    texts: dict[str, None] = {}
    draw = Brush.draw

    def noted(self: Brush, page: Any, item: Item) -> None:
        if isinstance(item, Text):
            texts[item.text] = None
        draw(self, page, item)

    monkeypatch.setattr(Brush, "draw", noted)
    yield texts
    assert len(texts) > 10
    assert [text for text in texts if MARK in text or "|" in text.replace(" | ", "")] == []


PICTURES: list[tuple[str, ...]] = [
    ("show", *ON, "--with", "tint,front,age,app6"),
    ("show", *ON, "--on", "2017-11-17"),
    ("compare", "--lens", "default", "--lens", "only:article"),
    ("compare", "--known-on", "2017-10-30", "--known-on", "2017-11-20"),
    *[("chart", name) for name in ("places", "ground", "events", "delay", "villages taken")],
]


@pytest.mark.parametrize("command", PICTURES, ids=" ".join)
def test_a_picture_shows_names(
    script: Path, command: tuple[str, ...], tmp_path: Path, drawn: dict[str, None]
) -> None:
    out = str(tmp_path / "picture.svg")
    assert start([command[0], str(script), *command[1:], "-o", out]) in (0, 1)


def test_the_sheets_show_names(script: Path, tmp_path: Path, drawn: dict[str, None]) -> None:
    assert start(["snapshots", str(script), "-o", str(tmp_path / "sheets")]) == 0


# --- data and pages -----------------------------------------------------------------------------


def test_the_tables_have_ids_in_columns_of_ids_only(script: Path, tmp_path: Path) -> None:
    ids = {"of", "event", "events", "place", "part_of", "phase", "whom", "counted_by"}
    ids |= {"side", "sides", "by", "could"}  # of the days: values in parts
    for format, columns in (("csv", ids - {"could"}), ("csv-days", ids)):
        path = tmp_path / f"{format}.csv"
        assert start(["export", str(script), "-o", str(path), "--format", format]) == 0
        with path.open(encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                assert {name for name, text in row.items() if MARK in text} <= columns, row


def test_labels_of_map_programs_are_names(script: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    assert start(["export", str(script), "-o", str(path)]) == 0
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        told = feature["properties"]
        for name in ("name", "title", "when", "summary", "says_so", "says_otherwise"):
            assert MARK not in (told[name] or ""), told
    for suffix in ("kml", "czml"):
        path = tmp_path / f"x.{suffix}"
        assert start(["export", str(script), "-o", str(path)]) == 0
        text = path.read_text("utf-8")
        told = re.findall(r"<(?:name|description)>(.*?)</", text, re.DOTALL)
        if suffix == "czml":
            told = [str(p.get(key)) for p in json.loads(text) for key in ("name", "description")]
        assert len(told) > 100
        assert [one for one in told if MARK in one] == []


def test_subtitles_have_names(script: Path, tmp_path: Path) -> None:
    assert start(["export", str(script), "-o", str(tmp_path / "x.srt")]) == 0
    assert found((tmp_path / "x.srt").read_text("utf-8")) == []


def visible(page: str) -> str:
    """The text of a page outside of its scripts and styles."""
    texts: list[str] = []

    class Reader(HTMLParser):
        hidden = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.hidden += tag in ("script", "style", "template")
            texts.extend(v for k, v in attrs if v and k in ("title", "aria-label", "alt"))

        def handle_endtag(self, tag: str) -> None:
            self.hidden -= tag in ("script", "style", "template")

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                texts.append(data)

    Reader().feed(page)
    return "\n".join(texts)


def test_a_notebook_shows_names(timeline: Timeline) -> None:
    for value in (timeline, timeline.at("2017-11-03"), scene(timeline, "2017-11-03")):
        assert found(visible(html(value))) == []


LOOK = """{
  const seen = new Set();
  const look = (where) => {
    const texts = [document.body.innerText, document.title];
    for (const e of document.querySelectorAll("[title], [aria-label]"))
      texts.push(e.getAttribute("title") ?? "", e.getAttribute("aria-label") ?? "");
    for (const e of document.querySelectorAll("svg text, svg title")) texts.push(e.textContent);
    for (const text of texts) for (const [id] of text.matchAll(/.{0,30}zzid-[-a-z0-9]*/g)) seen.add(`${where}: ${id}`);
  };
  const settle = () => new Promise((done) => requestAnimationFrame(done));
  for (const tab of ["day", "places", "numbers", "disputed"])
    for (const tick of [0, 49, 63, 80]) { app.set({ tab, tick }); await settle(); look(tab); }
  let cards = 0;
  for (const { kind, id } of campaign.data.things) {
    app.on.choose({ kind, id }, true); await settle(); look(kind); cards += 1;
  }
  for (const { id } of campaign.data.events) { app.on.eventById(id); await settle(); look("event"); }
  for (const { id } of campaign.data.sources) {
    app.on.choose({ kind: "source", id }); await settle(); look("source");
  }
  return [cards, [...seen]];
}"""


def test_the_page_shows_names_with_a_script_and_without(script: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert start(["export", str(script), "-o", str(path)]) == 0
    text = visible(path.read_text("utf-8"))
    assert "The border crossing is taken." in text
    assert found(text) == []
    with launched() as browser, Page(browser, path) as page:
        cards, seen = page.told(LOOK)
        assert cards > 100
        assert seen == []
        assert page.wrong == []
