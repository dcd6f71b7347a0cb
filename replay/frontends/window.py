"""A window that shows one day after another, with a slider and the keys of all front ends."""

from __future__ import annotations

from typing import Any

from replay.foundation.errors import UsageError
from replay.foundation.theme import PAPER
from replay.outputs.rendering.viewer import Viewer
from replay.picture.styles import Style, style_of
from replay.stepping import navigator
from replay.stepping.key_bindings import KEYS
from replay.stepping.navigator import MOVES, PACES, Cursor, Pace
from replay.timeline.timeline import Timeline

SIZE = (1280, 720)
_ACTIONS = {name: key.action for key in KEYS for name in key.window}


class Window:
    """A figure of matplotlib with a map, a slider below it, and keys."""

    def __init__(
        self, timeline: Timeline, figure: Any, on: str | None, style: str | Style | None = None
    ) -> None:
        """Raises UsageProblem U503 if `on` is not a moment of the window, U520 for a style."""
        from matplotlib.widgets import Slider

        self.timeline, self.figure = timeline, figure
        self.course = navigator.course(timeline)
        self.at = Cursor(0) if on is None else navigator.jump(timeline, self.course, on)
        self.pace: Pace = "event"
        self.timer: Any = None
        self._viewer = Viewer(timeline, SIZE, style)
        figure.set_facecolor(style_of(style).palette.resolve(PAPER))
        shown = figure.add_axes((0, 0.06, 1, 0.94))
        shown.set_axis_off()
        self.image = shown.imshow(self._viewer.pixels(self.at.tick), aspect="equal")
        # below the strip of days of the picture and as wide, so that their days line up
        ticks, air = self.course.ticks, 14 / SIZE[0]
        below = figure.add_axes((air, 0.015, 1 - 2 * air, 0.03))
        steps = list(range(ticks))
        self.slider = Slider(
            below, "", -0.5, ticks - 0.5, valinit=self.at.tick, valstep=steps, initcolor="none"
        )
        self.slider.valtext.set_visible(False)
        self.slider.on_changed(self._slid)
        figure.canvas.mpl_connect("key_press_event", lambda event: self.press(event.key))
        self._show()

    def press(self, key: str | None) -> None:
        """Do what the table of keys says for this key, if it has one."""
        action = _ACTIONS.get(key or "")
        if action in MOVES:
            self.go(action)
        elif action in ("week", "week-back"):
            self.go("next-day" if action == "week" else "previous-day", 7)
        elif action == "play" and self.timer is not None:
            self.stop()
        elif action == "play":
            self._wait()
        elif action == "pace":
            self.pace = PACES[(PACES.index(self.pace) + 1) % len(PACES)]
        elif action == "quit":
            from matplotlib import pyplot

            pyplot.close(self.figure)

    def go(self, move: navigator.StepMove, times: int = 1) -> None:
        """Make a move, once or several times."""
        self.stop()
        for _ in range(times):
            self.at = navigator.step_stop(self.course, self.at, move)
        self._show()

    def _slid(self, tick: float) -> None:
        if int(tick) != self.at.tick:
            self.stop()
            self.at = Cursor(int(tick))
            self._show()

    def _show(self) -> None:
        self.image.set_data(self._viewer.pixels(self.at.tick))
        self.slider.set_val(self.at.tick)
        self.figure.canvas.draw_idle()

    def _wait(self) -> None:
        seconds = navigator.stays(self.course, self.pace)[self.at.tick]
        self.timer = self.figure.canvas.new_timer(interval=round(seconds * 1000))
        self.timer.single_shot = True
        self.timer.add_callback(self._played)
        self.timer.start()

    def _played(self) -> None:
        """The time for this day is over."""
        self.timer = None
        before, self.at = self.at, navigator.step_stop(self.course, self.at, "next-day")
        self._show()
        if self.at != before:
            self._wait()

    def stop(self) -> None:
        """Stop playing."""
        if self.timer is not None:
            self.timer.stop()
            self.timer = None


def show(timeline: Timeline, on: str | None = None, style: str | Style | None = None) -> None:
    """Open a window and wait until it is closed. Raises UsageProblem U513 if none can open."""
    from matplotlib import pyplot

    _no_keys_of_its_own(pyplot.rcParams)
    width, height = SIZE
    inches = (width / 100, height / 94)
    try:
        figure = pyplot.figure(timeline.scenario.title, figsize=inches, dpi=100)
    except Exception as error:  # each toolkit raises its own errors if there is no display
        what = f"no window can be opened here: {error or type(error).__name__}"
        raise UsageError("U513", what, _INSTEAD) from None
    if figure.canvas.required_interactive_framework is None:
        pyplot.close(figure)
        what = f"no window can be opened here: matplotlib draws with {pyplot.get_backend()!r}"
        raise UsageError("U513", what, _INSTEAD)
    window = Window(timeline, figure, on, style)
    pyplot.show(block=True)
    window.stop()


_INSTEAD = (
    "it needs a display, and a toolkit such as PySide6 or Tk; "
    "`replay step` works without them, `replay show -o FILE` writes a picture"
)


def _no_keys_of_its_own(settings: Any) -> None:
    """Free our keys from matplotlib's own uses: panning, saving, closing."""
    for name in [name for name in settings if name.startswith("keymap.")]:
        settings[name] = [key for key in settings[name] if key not in _ACTIONS]
