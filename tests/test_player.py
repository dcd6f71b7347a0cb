"""What the page holds, without a browser: its data, its size, its parts, its own unit tests."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import zlib
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from browser import give_up
from conftest import script
from small_campaign import campaign

from replay.foundation.palettes import LIGHT
from replay.lens import every_lens
from replay.model import Scenario
from replay.outputs.page import page
from replay.outputs.page.data import contents
from replay.outputs.page.html import BUILT
from replay.outputs.page.maps import SHOWN, shown_items
from replay.picture.layers import frame, picture
from replay.pipeline import run
from replay.scene import scene
from replay.script.load import load
from replay.stepping.navigator import answers
from replay.timeline.timeline import Timeline

SOURCES = Path(__file__).parent.parent / "player"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def written(small: Timeline) -> str:
    return page(small)


def held(text: str) -> Any:
    """The data of a page."""
    packed = re.search(r'id="contents">([^<]*)<', text)
    assert packed is not None
    return json.loads(zlib.decompress(base64.b64decode(packed[1])))


def node() -> str:
    """Node; without it the test is skipped, but never in CI."""
    found = shutil.which("node")
    if found is None:
        give_up("no node: install Node.js")
    assert found is not None
    return found


def test_the_page_is_one_file_that_names_no_other(written: str) -> None:
    assert not re.search(r"""(src|href)\s*=\s*["']?(?!data:)[\w/.:]""", written.split("<script")[0])
    assert "http://" not in written.replace("http://www.w3.org/", "")
    assert "https://" not in written


def test_only_its_own_script_and_style_may_run(written: str) -> None:
    policy = html.unescape(re.search(r'Policy" content="([^"]*)"', written)[1])  # type: ignore[index]
    style = re.search(r"<style>(.*?)</style>", written, re.DOTALL)[1]  # type: ignore[index]
    script = re.findall(r"<script>(.*?)</script>", written, re.DOTALL)
    assert len(script) == 1
    for text in (style, script[0]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_without_scripts_it_tells_every_event_and_who_says_so(
    small: Timeline, written: str
) -> None:
    told = re.search(r"<noscript>(.*?)</noscript>", written, re.DOTALL)[1]  # type: ignore[index]
    for event in small.scenario.events:
        assert html.escape(event.summary) in told
    assert "≠ 31 October 2017" in told


def test_every_lens_is_offered_with_the_days_on_which_it_differs(
    written: str, small: Timeline
) -> None:
    lenses = {lens["name"]: lens for lens in held(written)["lenses"]}
    assert list(lenses)[:4] == ["default", "against-interest", "earliest", "latest"]
    assert set(lenses) == set(every_lens(small.scenario)) > {"only:article", "official:iraq"}
    known = lenses["default"]["known"]
    assert [day for day, _, _ in known] == ["", None]  # an article whose date is open at its end


def test_readings_that_are_alike_are_kept_once(written: str) -> None:
    data = held(written)
    views = {lens["name"]: lens["known"][-1][2] for lens in data["lenses"]}
    assert views["default"] == views["only:article"] == views["against-interest"]
    assert views["default"] != views["official:iraq"]
    assert len(data["views"]) == len({json.dumps(view) for view in data["views"]})


def test_only_the_view_that_was_asked_for_is_held_on_request(small: Timeline) -> None:
    data = contents(small, every=False)
    assert [lens["name"] for lens in data["lenses"]] == ["default"]
    assert len(data["views"]) == 1


def test_of_very_many_places_only_those_that_change_are_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists of items are kept as changes of others; put together they are those of the pictures."""
    monkeypatch.setattr("replay.outputs.page.days.PLENTY", 30)
    monkeypatch.setattr("replay.outputs.page.maps.PLENTY", 30)
    timeline = run(many(tmp_path, places=40, events=120))
    data = contents(timeline)
    lists = data["map"]["lists"]
    assert list(data["map"]["frames"]) == ["wide"]
    assert sum(isinstance(one, dict) for one in lists) > 20

    def numbers(n: int) -> list[int]:
        one = lists[n]
        if isinstance(one, list):
            return one
        found = list(numbers(one["like"]))
        for spot, number in zip(one["put"][::2], one["put"][1::2], strict=True):
            found[spot] = number
        return found

    items = [{k: v for k, v in item.items() if k != "look"} for item in data["map"]["items"]]
    shown, drawn = frame(timeline), data["views"][0]["map"]["wide"]
    for tick in range(timeline.scenario.calendar.ticks):
        told = shown_items(picture(scene(timeline, tick), shown, SHOWN))
        for layer, runs in drawn.items():
            begun = [n for at, n in zip(runs[::2], runs[1::2], strict=True) if at <= tick]
            assert json.loads(json.dumps([items[n] for n in numbers(begun[-1])])) == (
                json.loads(json.dumps(told[layer]))
            ), (tick, layer)


def many(folder: Path, places: int, events: int) -> Scenario:
    """A scenario of so many places, and captures of them in a table."""
    random = Random(3)
    lines = [
        "scenario: many\ntitle: Many\nwindow: 2015-01-01/2015-02-09\nsides:",
        "  - {id: a, name: A, letter: A, colour: blue}\n  - {id: b, name: B, letter: r, colour: red}",
        "sources: [{id: c, title: A chronicle}]",
        "tables: [{file: t.csv, type: capture, cite: c p1}]",
        "places:",
    ]
    for n in range(places):
        at = f"lat: {random.uniform(33, 36):.3f}, lon: {random.uniform(38, 42):.3f}"
        lines.append(f"  - {{id: v{n}, name: Village {n}, position: {{{at}, estimated: 12}}}}")
    (folder / "scenario.yaml").write_text("\n".join(lines), "utf-8")
    rows = sorted((random.randrange(40), f"v{random.randrange(places)}") for _ in range(events))
    table = [f"{date(2015, 1, 1) + timedelta(n)},{v},{random.choice('ab')}" for n, v in rows]
    (folder / "t.csv").write_text("\n".join(["date,place,by", *table, ""]), "utf-8")
    return load(folder / "scenario.yaml")


def test_every_colour_of_an_item_is_a_role_that_the_page_knows(written: str) -> None:
    data = held(written)["map"]
    told = json.dumps([data["items"], data["looks"]])
    colours = set(re.findall(r'"(?:fill|edge|colour|second|ring|halo)": "([^"]*)"', told))
    roles = {word for colour in colours for word in re.findall(r"[a-z-]+", colour)} - {"mix"}
    assert roles <= set(LIGHT.colours)


def test_the_built_page_is_that_of_its_sources() -> None:
    """Without Node: the digest that the build wrote is the one of the sources that stand here."""
    files = [*(f"src/{p.relative_to(SOURCES / 'src').as_posix()}" for p in _sources())]
    total = hashlib.sha256()
    for name in sorted(["build.js", "package-lock.json", "package.json", *files]):
        total.update(f"{name}\0".encode() + (SOURCES / name).read_bytes() + b"\0")
    built = (BUILT / "player.js").read_text("utf-8")
    assert total.hexdigest()[:32] in built.partition("\n")[0], "run `npm run build` in player/"


def _sources() -> list[Path]:
    return [p for p in (SOURCES / "src").rglob("*") if p.suffix in (".js", ".css", ".json")]


def test_building_it_anew_gives_the_same_bytes(tmp_path: Path) -> None:
    node_modules()
    subprocess.run([node(), str(SOURCES / "build.js"), str(tmp_path)], check=True, timeout=120)
    for name in ("player.js", "player.css"):
        assert (tmp_path / name).read_bytes() == (BUILT / name).read_bytes(), name


def node_modules() -> Path:
    """What the build needs, fetched where it is missing."""
    found = SOURCES / "node_modules"
    npm = shutil.which("npm")
    node()
    if not (found / "esbuild").is_dir():
        command = [npm or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if npm is None or subprocess.run(command, cwd=SOURCES, check=False).returncode:
            give_up("no esbuild: run `npm ci` in player/")
    return found


def test_nobody_is_named_from_whom_the_packages_came() -> None:
    lock = (SOURCES / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert "http" not in re.sub(r'"url": "https?://[^"]*"', "", lock)


def test_its_modules_pass_their_own_tests(small: Timeline, tmp_path: Path) -> None:
    """`node --test`, among others with all answers of the navigator in Python."""
    queries = ["town", "TOWN", "suburb", "army", "the", "taken", "gas field", "nothing", "é", ""]
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers(small, queries)), "utf-8")
    tests = sorted(str(p) for p in (SOURCES / "test").glob("*.test.js"))
    assert tests
    ran = subprocess.run(
        [node(), "--test", *tests],
        env={**os.environ, "ANSWERS": str(path)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]


def test_reports_of_a_year_beyond_days_are_known_by_its_year(tmp_path: Path) -> None:
    claim = "{cite: article p1, reported: Y-123456789}"
    path = tmp_path / "scenario.yaml"
    path.write_text(
        script(
            "- {id: taken, type: capture, date: 2017-10-26, place: town, by: army, summary: s,"
            f" claims: [{claim}]}}"
        ),
        "utf-8",
    )
    [offer, *_] = contents(run(path))["lenses"]
    assert "Y-123456789" in json.dumps(offer)
