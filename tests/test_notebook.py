"""Notebooks: values show themselves, the player stands in a cell, a widget steps, tables."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from small_campaign import SCRIPT, campaign

from replay.foundation.errors import UsageError
from replay.frontends.notebook import stepper
from replay.frontends.notebook import widget as widget_script
from replay.scene import scene
from replay.timeline.timeline import Timeline

DOCS = Path(__file__).parent.parent / "docs"
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x1b[31m"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


class Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes, and whether each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


# --- values -----------------------------------------------------------------------------------


def test_a_timeline_shows_what_was_replayed_with_a_map(small: Timeline) -> None:
    shown = small._repr_html_()
    assert shown is not None
    tags = Tags(shown)
    assert "A small campaign" in shown
    assert "lens default" in shown
    [image] = [attrs for tag, attrs in tags.seen if tag == "img"]
    assert str(image["src"]).startswith("data:image/png;base64,")
    assert image["alt"] == "A small campaign, 2017-11-03"
    assert len(shown) < 400_000


def test_a_state_shows_its_own_day_and_its_events(small: Timeline) -> None:
    shown = small.at("2017-10-26")._repr_html_()
    assert shown is not None
    assert "26 October 2017 · Opening, day 2 of 4" in shown
    assert "It begins." in shown
    assert shown == small.at("2017-10-26")._repr_html_()
    other = small.at("2017-11-01")._repr_html_()
    assert other is not None
    images = [re.findall('base64,([^"]*)', text) for text in (shown, other)]
    assert images[0] != images[1]


def test_a_scene_shows_its_facts(small: Timeline) -> None:
    shown = scene(small, "2017-10-26")._repr_html_()
    assert shown is not None
    Tags(shown)
    assert "26 October 2017 · Opening" in shown
    assert "held by ISIL" in shown


def test_texts_of_a_script_are_shown_and_never_run(tmp_path: Path) -> None:
    text = json.dumps(HOSTILE.replace("\x1b", "").replace("\u202e", ""))
    script = SCRIPT.replace("title: A small campaign", f"title: {text}")
    script = script.replace("name: Town,", f"name: {text},")
    hostile = campaign(tmp_path, script=script)
    day = hostile.at("2017-10-26")
    for shown in (hostile._repr_html_(), day._repr_html_(), scene(hostile, 0)._repr_html_()):
        assert shown is not None
        seen = Tags(shown).seen
        assert {"script", "iframe"}.isdisjoint(tag for tag, _ in seen)
        assert not any(name.startswith("on") for _, attrs in seen for name in attrs)


def test_a_timeline_says_why_in_words_as_a_page_and_as_facts(small: Timeline) -> None:
    place = small.scenario.places[0]
    why = small.explain(place.name, small.at(3).label)
    assert str(why).startswith(f"{place.name}, at the end of")
    facts = why.to_json()
    assert facts["place"]["id"] == place.id
    assert facts["on"] == small.at(3).label
    shown = why._repr_html_()
    assert not Tags(shown).open
    with pytest.raises(UsageError, match="U502"):
        small.explain("nowhere", 3)


def test_a_value_costs_nothing_until_it_is_shown() -> None:
    code = "import sys, replay; t = replay.run('western-iraq-2017'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "replay.timeline.timeline" in loaded
    assert {
        "matplotlib",
        "replay.outputs.rendering",
        "replay.frontends.notebook",
        "textual",
    }.isdisjoint(loaded)


# --- the player and the widget ------------------------------------------------------------------


def test_the_player_stands_in_a_frame_that_reaches_nothing_outside(small: Timeline) -> None:
    from replay.outputs.page import page

    [(tag, attrs)] = Tags(small.player(height=500)._repr_html_()).seen
    assert tag == "iframe"
    assert attrs["sandbox"] == "allow-scripts"
    assert attrs["srcdoc"] == page(small)
    assert "height:500px" in str(attrs["style"])


def test_the_widget_has_its_day_lens_and_selection_as_traits(small: Timeline) -> None:
    widget = stepper(small, "2017-10-26")
    assert (widget.day, widget.lens, widget.selection, widget.known_on) == (
        "2017-10-26",
        "default",
        "",
        "",
    )
    assert "It begins." in widget.shown
    widget.day = "+1"
    assert widget.day == "2017-10-27"
    widget.selection = "TOWN"
    assert widget.selection == "town"
    assert "Town, at the end of 27 October 2017" in widget.shown
    widget.lens = "only:article"
    assert widget.lens == "only:article"
    widget.known_on = "2017-10-25"
    assert "as known on 25 October 2017" in widget.shown
    told: list[str] = []
    widget.observe(lambda change: told.append(change["new"]), "day")
    widget._moved(widget, {"move": "next-phase"}, [])
    assert told == ["2017-10-29"]


@pytest.mark.parametrize(
    ("trait", "wrong"),
    [("day", "2017-13-01"), ("lens", "nobody"), ("selection", "nowhere"), ("known_on", "soon")],
)
def test_a_trait_that_cannot_be_stays_as_it_was(small: Timeline, trait: str, wrong: str) -> None:
    widget = stepper(small)
    before = getattr(widget, trait), widget.shown
    with pytest.raises(UsageError, match="U50"):
        setattr(widget, trait, wrong)
    assert (getattr(widget, trait), widget.shown) == before


# what the widget's script sees, on a page without a notebook around it
PAGE = """<!DOCTYPE html><meta charset="utf-8"><div id="el"></div><script type="module">
const state = STATE, asked = [];
window.asked = asked;
const model = {
  get: name => state[name], set: (name, value) => { state[name] = value; },
  save_changes: () => asked.push([state.day, state.lens, state.selection]),
  send: message => asked.push(message.move), on: () => {},
};
SCRIPT
render({ model, el: document.getElementById("el") });
</script>"""


def test_in_a_browser_the_widget_asks_and_the_player_runs(
    browser: Any, small: Timeline, tmp_path: Path
) -> None:
    widget = stepper(small, "2017-10-26")
    names = ("day", "lens", "selection", "shown", "days", "lenses", "places", "moves")
    state = json.dumps({name: getattr(widget, name) for name in names}).replace("</", "<\\/")
    script = widget_script.SCRIPT.replace("export default { render };", "")
    page = PAGE.replace("STATE", state).replace("SCRIPT", script)
    (tmp_path / "widget.html").write_text(page, "utf-8")
    (tmp_path / "player.html").write_text(small.player()._repr_html_(), "utf-8")
    opened = browser.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto((tmp_path / "widget.html").as_uri())
    opened.get_by_label("Next day", exact=True).click()
    opened.get_by_label("Day", exact=True).fill("3")
    opened.get_by_label("Lens").select_option("only:article")
    opened.get_by_label("Why").select_option("town")
    assert opened.evaluate("asked") == [
        "next-day",
        ["2017-10-28", "default", ""],
        ["2017-10-28", "only:article", ""],
        ["2017-10-28", "only:article", "town"],
    ]
    opened.goto((tmp_path / "player.html").as_uri())
    inside = opened.frame_locator("iframe")
    inside.get_by_text("A small campaign").first.wait_for()
    assert not wrong


# --- tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("what", ["days", "changes"])
def test_tables_are_frames_of_the_library_that_one_has(
    small: Timeline, library: str, what: str
) -> None:
    frame = small.frame(what, using=library)
    assert type(frame).__module__.startswith(library)
    if what == "changes":
        assert len(frame) == len(small.rows)
    town = frame[(frame["of"] == "town")] if library == "pandas" else frame
    assert len(town)
    assert {"date", "tick", "of", "name", "mark"} <= set(frame.columns)


def test_the_table_of_days_says_what_the_timeline_says(small: Timeline) -> None:
    import pandas

    frame = small.frame(using="pandas")
    places = frame[frame["what"] == "place"]
    for _, row in places.iterrows():
        marked = small.at(row["date"]).control[row["of"]]
        assert (row["status"], row["mark"]) == (marked.value.status, marked.mark)
        side = None if pandas.isna(row["side"]) else row["side"]
        assert side == marked.value.side


def test_what_is_not_installed_is_named_with_a_way_around(
    small: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replay.frontends.notebook.frames.LIBRARIES", ("no_such_library",))
    with pytest.raises(UsageError, match="U510 a frame needs no_such_library"):
        small.frame()
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(UsageError, match=r"U510 the widget needs anywidget\n.*\[notebook\]"):
        stepper(small)


@pytest.mark.parametrize(("what", "using"), [("dayz", None), ("days", "excel")])
def test_a_table_or_a_library_that_there_is_not(
    small: Timeline, what: str, using: str | None
) -> None:
    with pytest.raises(UsageError, match="U502"):
        small.frame(what, using=using)


# --- the notebook of the documentation ----------------------------------------------------------


def test_the_notebook_runs_and_shows_what_it_is_committed_with(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("notebook", DOCS / "notebook.py")
    assert spec is not None
    assert spec.loader is not None
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    kept = json.loads((DOCS / "notebook.ipynb").read_text("utf-8"))
    for cell, before in zip(notebook.executed(tmp_path).cells, kept["cells"], strict=True):
        shown, known = (_texts(c.get("outputs")) for c in (cell, before))
        assert shown == known, "run `make docs`"
    assert not list(tmp_path.iterdir())


def _texts(outputs: list[dict[str, object]] | None) -> list[object]:
    """What cells print and answer as text; pictures and widgets are compared elsewhere."""
    found = []
    for output in outputs or []:
        data = output.get("data", {})
        text = output.get("text") or (data.get("text/plain") if isinstance(data, dict) else None)
        found.append("".join(text) if isinstance(text, list) else str(text))
    return found
