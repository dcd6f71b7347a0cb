"""The window of matplotlib: keys, slider and play, and what is said where none can open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backend_bases import KeyEvent, MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from small_campaign import campaign

from replay.foundation.errors import UsageError
from replay.frontends.cli import start
from replay.frontends.window import Window
from replay.outputs.rendering.viewer import Viewer
from replay.stepping.key_bindings import KEYS
from replay.stepping.navigator import stays
from replay.timeline.timeline import Timeline


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def opened(small: Timeline) -> Window:
    figure = Figure(figsize=(6.4, 3.9), dpi=50)
    FigureCanvasAgg(figure)
    return Window(small, figure, "2017-10-29")


@pytest.fixture
def window(opened: Window) -> Window:
    """The window, as it was opened."""
    opened.go("first")
    opened.go("next-day", 4)
    opened.pace = "event"
    return opened


def press(window: Window, key: str) -> str:
    """The day after a key, as a toolkit would report it."""
    KeyEvent("key_press_event", window.figure.canvas, key)._process()
    return window.timeline.scenario.calendar.label(window.at.tick)


def test_keys_step_by_day_event_phase_and_week(window: Window) -> None:
    assert press(window, "right") == "2017-10-30"
    assert press(window, "left") == "2017-10-29"
    assert press(window, "[") == "2017-10-25"
    assert press(window, "]") == "2017-10-29"
    assert press(window, "end") == "2017-11-03"
    assert press(window, "shift+left") == "2017-10-27"
    assert press(window, "home") == "2017-10-25"
    assert press(window, "down") == "2017-10-26"
    assert press(window, "f12") == "2017-10-26"


def test_the_window_shows_the_picture_of_its_day(window: Window, small: Timeline) -> None:
    fresh = Viewer(small, window._viewer.size)
    for key in ("right", "end", "home"):
        press(window, key)
        assert np.array_equal(window.image.get_array(), fresh.pixels(window.at.tick))
        assert window.slider.val == window.at.tick


def test_the_slider_goes_to_a_day(window: Window) -> None:
    axes, canvas = window.slider.ax, window.figure.canvas
    x, y = axes.transAxes.transform((1.0, 0.5))
    for name in ("button_press_event", "button_release_event"):
        MouseEvent(name, canvas, x, y, 1)._process()
    assert window.at.tick == window.course.ticks - 1


def test_it_plays_at_the_pace_of_the_navigator_until_the_end(window: Window) -> None:
    press(window, " ")
    expected = stays(window.course, "event")[window.at.tick]
    assert window.timer.interval == round(expected * 1000)
    before = window.at.tick
    window._played()
    assert window.at.tick == before + 1
    press(window, " ")
    assert window.timer is None
    press(window, "end")
    press(window, " ")
    window._played()
    assert window.timer is None
    window.stop()
    press(window, ".")
    assert window.pace == "day"


def test_every_key_of_the_window_is_in_the_table_once() -> None:
    names = [name for key in KEYS for name in key.window]
    assert len(names) == len(set(names))


def test_a_day_outside_of_the_replay_is_refused(small: Timeline) -> None:
    with pytest.raises(UsageError, match="U503"):
        Window(small, Figure(), "1999-01-01")


@pytest.mark.parametrize("display", [None, ":98765"])
def test_where_no_window_can_open_this_is_said(tmp_path: Path, display: str | None) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    if display:
        env["DISPLAY"] = display
    words = [sys.executable, "-m", "replay", "show", "western-iraq-2017", "--window"]
    run = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert run.returncode == 2
    assert run.stderr.startswith("replay: U513 no window can be opened here")
    assert "replay step" in run.stderr
    assert not list(tmp_path.iterdir())


def test_a_window_writes_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["show", "western-iraq-2017", "--window", "-o", "a.png"]) == 2
    assert "U507 a window shows one replay at a time" in capsys.readouterr().err
    assert not Path("a.png").exists()
