"""Questions of the application: a choice from a list, or a line of text; and pages to read.

A question is plain data that reads one key after another, so that no key is lost if you type faster
than the screen follows, for example over a slow connection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from replay.foundation import theme
from replay.foundation.errors import ScenarioError
from replay.frontends.terminal.raster import Look, filled, printable, shortened
from replay.frontends.terminal.text_layout import Row, wrapped

Choice = tuple[str, str]
"""An answer and its label."""


class Typed:
    """A line that is being typed, and where the next letter goes."""

    def __init__(self, text: str = "") -> None:
        self.text, self.at = text, len(text)

    def insert(self, letters: str) -> None:
        """Insert letters at the cursor."""
        self.text = self.text[: self.at] + letters + self.text[self.at :]
        self.at += len(letters)

    def press(self, key: str) -> bool:
        """Edit the line; False for a key that does not edit."""
        match key:
            case "backspace":
                self.text = self.text[: max(self.at - 1, 0)] + self.text[self.at :]
                self.at = max(self.at - 1, 0)
            case "delete":
                self.text = self.text[: self.at] + self.text[self.at + 1 :]
            case "left" | "right":
                self.at = min(max(self.at + (1 if key == "right" else -1), 0), len(self.text))
            case "home" | "end":
                self.at = 0 if key == "home" else len(self.text)
            case "ctrl+u":
                self.text, self.at = self.text[self.at :], 0
            case _:
                return False
        return True

    def row(self, hint: str) -> Row:
        """The line with its cursor; without a text, what may be typed."""
        look, cursor = Look(ground=theme.RULE), Look(ground=theme.RULE, turned=True)
        if not self.text:
            return [(" ", look), (" ", cursor), (hint, Look(theme.SOFT, theme.RULE))]
        after = self.text[self.at :] or " "
        return [(f" {self.text[: self.at]}", look), (after[0], cursor), (after[1:], look)]


class Question:
    """A box over the screen that reads keys until it is done."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.done = False

    def press(self, key: str, letter: str | None) -> None:
        """Read a key and its letter, if it has one."""
        if key in ("escape", "ctrl+c"):
            self.done = True

    def paste(self, text: str) -> None:
        """Read a text that was pasted."""

    def click(self, y: int) -> None:
        """A row was clicked."""

    def rows(self, width: int, height: int) -> list[Row]:
        """The rows to show, at most `height` of them."""
        raise NotImplementedError


class Asker(Question):
    """A line of text; an error message is shown below it."""

    def __init__(self, title: str, hint: str, do: Callable[[str], None]) -> None:
        super().__init__(title)
        self.hint, self.do = hint, do
        self.line = Typed()
        self.wrong = ""

    def press(self, key: str, letter: str | None) -> None:
        super().press(key, letter)
        if key == "enter":
            self.take()
        elif self.line.press(key):
            self.changed()
        elif letter is not None and letter.isprintable():
            self.paste(letter)

    def paste(self, text: str) -> None:
        self.line.insert(" ".join(text.split()) if len(text) > 1 else text)
        self.changed()

    def changed(self) -> None:
        """The line has changed."""
        self.wrong = ""

    def take(self) -> None:
        """Do what was typed."""
        try:
            self.do(self.line.text.strip())
            self.done = True
        except ScenarioError as problem:
            self.wrong = str(problem)

    def rows(self, width: int, height: int) -> list[Row]:
        wrong = [row for line in self.wrong.splitlines() for row in wrapped(line, width)]
        return [self.line.row(self.hint), *([(text, Look(theme.ALERT))] for text in wrong)]


class Chooser(Asker):
    """One of many: typing narrows the list, arrows choose, Enter takes."""

    def __init__(
        self,
        title: str,
        hint: str,
        find: Callable[[str], Sequence[Choice]],
        do: Callable[[str], None],
    ) -> None:
        super().__init__(title, hint, do)
        self.find = find
        self.choices = find("")
        self.here, self.top = 0, 0

    def changed(self) -> None:
        super().changed()
        self.choices = self.find(self.line.text)
        self.here, self.top = 0, 0

    def press(self, key: str, letter: str | None) -> None:
        by = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10, "tab": 1, "shift+tab": -1}
        if key in by:
            self.here = max(0, min(self.here + by[key], len(self.choices) - 1))
        else:
            super().press(key, letter)

    def take(self) -> None:
        if not self.choices:
            self.wrong = "No results."
            return
        self.do(self.choices[self.here][0])
        self.done = True

    def click(self, y: int) -> None:
        if 0 <= self.top + y - 1 < len(self.choices) and y > 0:
            self.here = self.top + y - 1
            self.take()

    def rows(self, width: int, height: int) -> list[Row]:
        above = super().rows(width, height)
        whole = printable(self.choices[self.here][1]) if self.choices else ""
        below = wrapped(" ".join(whole.split()), width) if cell_len(whole) > width else []
        room = max(height - len(above) - 2, 1)
        self.top = min(max(self.top, self.here - room + 1), self.here)
        listed = [
            _cut(printable(text), width, number == self.here)
            for number, (_, text) in enumerate(self.choices)
        ]
        shown = listed[self.top : self.top + room]
        shown += [[] for _ in range(room - len(shown))]
        return [*above, *shown, *([(text, Look(theme.SOFT))] for text in below[:2])]


def _cut(text: str, width: int, here: bool) -> Row:
    """A row of a list, cut if it is too long."""
    return [(filled(shortened(text, width), width), Look(turned=here, bold=here))]


class Page(Question):
    """A page to read, closed by any of the keys that open or leave one."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self.lines = text.splitlines()
        self.top, self.room = 0, 1

    def press(self, key: str, letter: str | None) -> None:
        super().press(key, letter)
        by = {"down": 1, "up": -1, "pagedown": self.room, "pageup": -self.room}
        by |= {"home": -len(self.lines), "end": len(self.lines)}
        if key in by:
            self.top = max(0, min(self.top + by[key], len(self.lines) - self.room))
        elif key in ("q", "question_mark", "h", "enter", "space"):
            self.done = True

    def rows(self, width: int, height: int) -> list[Row]:
        below = len(self.lines) > height
        self.room = height - 1 if below else height
        shown = self.lines[self.top : self.top + self.room]
        rows: list[Row] = [[(line[:width], Look())] for line in shown]
        more = "↓ more · Esc leaves" if self.top + self.room < len(self.lines) else "Esc leaves"
        return [*rows, [(more, Look(theme.SOFT))]] if below else rows


def boxed(question: Question, width: int, height: int) -> list[Row]:
    """A question in its frame, within a width and a height."""
    inner = width - 4
    edge = Look(theme.SOFT)
    title = shortened(f" {question.title} ", inner + 2)
    rows: list[Row] = [
        [("╭", edge), (title, Look(bold=True)), ("─" * (width - 2 - len(title)) + "╮", edge)]
    ]
    for row in question.rows(inner, height - 2)[: height - 2]:
        used = sum(cell_len(text) for text, _ in row)
        rows.append([("│ ", edge), *row, (" " * max(inner - used, 0), Look()), (" │", edge)])
    rows.append([(f"╰{'─' * (width - 2)}╯", edge)])
    return rows
