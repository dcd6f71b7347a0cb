"""What had happened by a day is not drawn as an event of that day."""

from __future__ import annotations

import pytest

from replay.foundation import theme
from replay.frontends.terminal.chart import Chart, View, drawn
from replay.outputs.page.data import contents
from replay.picture.items import Shape, Symbol, Text
from replay.picture.layers import Frame, frame, picture
from replay.pipeline import run
from replay.scene import Scene, scene
from replay.timeline.timeline import Timeline

CLAIM = "summary: It happens., claims: [{cite: paper p1}]"
SCRIPT = f"""\
scenario: by-then
title: By then
window: 2001-05-01/2001-05-10
map: {{extent: [40, 33, 43, 35]}}
sides:
  - {{id: north, name: the North, letter: N, colour: blue}}
  - {{id: south, name: the South, letter: S, colour: red}}
forces: [{{id: brigade, name: the Brigade, side: north}}]
sources: [{{id: paper, title: A paper}}]
places:
  - {{id: a, name: Alpha, position: {{lat: 34.5, lon: 40.5, estimated: 10}}}}
  - {{id: b, name: Bravo, position: {{lat: 34.5, lon: 41.5, estimated: 10}}}}
  - {{id: c, name: Carrow, position: {{lat: 34.5, lon: 42.5, estimated: 10}}}}
  - {{id: d, name: Delta, position: {{lat: 33.5, lon: 40.5, estimated: 10}}}}
  - {{id: e, name: Echo, position: {{lat: 33.5, lon: 42.5, estimated: 10}}}}
  - {{id: lost, name: Lost}}
events:
  - {{id: exact, type: air-strike, date: 2001-05-04, place: a, by: north, {CLAIM}}}
  - {{id: by-then, type: air-strike, date: ../2001-05-04, place: b, by: north, {CLAIM}}}
  - {{id: some-day, type: clash, date: 2001-05-02/2001-05-04, place: c, by: north, against: south,
     {CLAIM}}}
  - {{id: lasting, type: hold, date: ../2001-05-04, place: [d, lost], by: south, {CLAIM}}}
  - {{id: moved, type: move, date: ../2001-05-04, by: brigade, from: d, to: e, {CLAIM}}}
  - {{id: moved-then, type: move, date: 2001-05-05, by: brigade, from: e, to: d, {CLAIM}}}
"""


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    path = tmp_path_factory.mktemp("by") / "scenario.yaml"
    path.write_text(SCRIPT, "utf-8")
    return run(path)


@pytest.fixture(scope="module")
def fixed(timeline: Timeline) -> Frame:
    return frame(timeline)


@pytest.fixture(scope="module")
def day(timeline: Timeline) -> Scene:
    return scene(timeline, "2001-05-04")


def test_only_an_event_of_the_day_has_a_sign_of_the_day(day: Scene, fixed: Frame) -> None:
    signs = [item for item in picture(day, fixed, ("day",)).items if isinstance(item, Symbol)]
    filled = {symbol.of for symbol in signs if symbol.fill is not None}
    rings = {symbol.of for symbol in signs if symbol.fill is None}
    assert filled == {"exact"}
    assert rings == {"by-then", "some-day", "moved"}
    assert all(symbol.dash for symbol in signs if symbol.fill is None)
    assert [symbol.shape for symbol in signs if symbol.fill is not None] == ["burst"]


def test_a_state_that_lasted_has_no_sign_of_the_day(day: Scene, fixed: Frame) -> None:
    items = picture(day, fixed, ("day", "margin")).items
    assert "lasting" not in {item.of for item in items}


def test_the_arrow_of_a_move_by_then_is_pale(timeline: Timeline, fixed: Frame) -> None:
    def opacity(on: str) -> float:
        items = picture(scene(timeline, on), fixed, ("tracks",)).items
        [arrow] = [item for item in items if isinstance(item, Shape)]
        return arrow.opacity

    assert opacity("2001-05-04") < 0.5 * opacity("2001-05-05")


def test_lists_say_by_when_it_had_happened(day: Scene, fixed: Frame) -> None:
    told = [item.text for item in picture(day, fixed, ("events",)).items if isinstance(item, Text)]
    assert sum(line.startswith("by 4 May 2001 · paper") for line in told) == 3
    assert sum(line.startswith("2–4 May 2001 · paper") for line in told) == 1
    assert sum(line.startswith("paper") for line in told) == 1


def test_the_legend_and_the_strip_tell_both_kinds_apart(day: Scene, fixed: Frame) -> None:
    legend = picture(day, fixed, ("legend",)).items
    assert "had happened by this day" in [i.text for i in legend if isinstance(i, Text)]
    assert fixed.census.density[3] == 5
    assert fixed.census.exact[3] == 1
    bars = [i for i in picture(day, fixed, ("strip",)).items if isinstance(i, Shape)]
    pale = theme.mixed_colour(theme.SOFT, theme.PAPER, 0.6)
    assert [bar.fill for bar in bars if bar.fill in (pale, theme.SOFT)] == [
        pale,
        theme.SOFT,
        theme.SOFT,
    ]


def test_the_page_and_the_terminal_know_it_too(timeline: Timeline, day: Scene) -> None:
    events = {event["id"]: event["exact"] for event in contents(timeline)["events"]}
    assert events == {
        "exact": True,
        "by-then": False,
        "some-day": False,
        "lasting": False,
        "moved": False,
        "moved-then": True,
    }
    chart = Chart(timeline.scenario, (80, 24), View())
    looks = drawn(chart, day).looks
    underlined = {p for p, (x, y) in chart.spots.items() if looks[y][x].underline}
    assert underlined == {"a"}
