"""The application in a real terminal: tmux types the keys and reads the screen."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest

pytestmark = pytest.mark.skipif(
    shutil.which("tmux") is None and os.environ.get("CI") != "true",
    reason="there is no tmux: install it to test in a real terminal",
)

STEP = [sys.executable, "-m", "replay", "step", "western-iraq-2017", "--on", "2017-11-03"]


_NUMBERS = count()


class Terminal:
    """A terminal of a size in which a command runs."""

    def __init__(self, name: str) -> None:
        self.name = name

    def tmux(self, *words: str) -> str:
        run = ["tmux", "-L", self.name, *words]
        return subprocess.run(run, check=True, capture_output=True, text=True).stdout

    def press(self, *typed: str) -> None:
        """Press keys by their names; `type:…` types letters."""
        for key in typed:
            if key.startswith("type:"):
                self.tmux("send-keys", "-l", key.removeprefix("type:"))
            else:
                self.tmux("send-keys", key)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p")

    def until(self, seen: Callable[[str], bool], seconds: float = 20) -> str:
        """The screen as soon as it is as expected; after so long the test fails with it."""
        end = time.monotonic() + seconds
        while not seen(shown := self.screen()):
            assert time.monotonic() < end, shown
            time.sleep(0.05)
        return shown


@contextmanager
def terminal(width: int, height: int, command: list[str], **more: str) -> Iterator[Terminal]:
    """A terminal that runs a command, and afterwards waits, so that its last screen can be read."""
    given = "".join(f"{name}={shlex.quote(value)} " for name, value in more.items())
    line = f"{given}{shlex.join(command)}; echo left with $?; sleep 60"
    made = Terminal(f"replay-test-{os.getpid()}-{next(_NUMBERS)}")
    made.tmux("-f", "/dev/null", "new-session", "-d", "-x", f"{width}", "-y", f"{height}", line)
    try:
        yield made
    finally:
        made.tmux("kill-server")


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
def test_a_user_asks_who_took_al_qaim_steps_back_a_week_and_believes_one_source(
    size: tuple[int, int],
) -> None:
    with terminal(*size, STEP) as shell:
        shown = shell.until(lambda s: "3 November 2017 · Al-Qa'im, day 9 of 11" in s)
        assert "The border crossing is taken." in shown
        assert "Euphrates" in shown
        assert "▲ 2017-11-03" in shown
        assert len(shown.splitlines()) == size[1]
        shell.press("/", "type:qaim", "Enter")
        shell.until(lambda s: "Al-Qa'im, at the end of 3 November" in s)
        shell.press("PageDown")
        shell.until(lambda s: "≠ article p10" in s)
        shell.press("d")
        shell.until(lambda s: "Sources differ on" in s)
        shell.press("<", "e")
        shell.until(lambda s: "27 October 2017 · Al-Qa'im, day 2 of 11" in s)
        shell.press("l", "type:only:mus", "Enter")
        shown = shell.until(lambda s: "lens only:musings" in s)
        assert "27 October 2017" in shown
        shell.press("q")
        shell.until(lambda s: "left with 0" in s)


def test_without_colour_the_same_letters_stand_there() -> None:
    with terminal(100, 30, STEP, NO_COLOR="1") as shell:
        plain = shell.until(lambda s: "▲ 2017-11-03" in s)
    with terminal(100, 30, STEP) as shell:
        assert shell.until(lambda s: s == plain) == plain


def test_a_dumb_terminal_gets_lines() -> None:
    with terminal(90, 40, STEP, TERM="dumb") as shell:
        shell.until(lambda s: "`help` lists the commands" in s)
        shell.press("type:why al-qaim", "Enter")
        shell.until(lambda s: "Held by Iraqi government, since 3 November 2017" in s)
        shell.press("type:foo", "Enter")
        shell.until(lambda s: "U507 there is no command 'foo'" in s)
        shell.press("type:quit", "Enter")
        shell.until(lambda s: "left with 0" in s)
