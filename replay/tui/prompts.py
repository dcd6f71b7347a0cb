"""What the application asks: one of many, or a line of text; each closes on Escape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from replay.problems import Problems, visible

Choice = tuple[str, str]
"""What an answer is, and how it reads."""


class Chooser(ModalScreen[str | None]):
    """One of many: typing narrows the list, arrows choose, Enter takes."""

    BINDINGS = [
        Binding("escape", "dismiss_it", "leave", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str, hint: str, find: Callable[[str], Sequence[Choice]]) -> None:
        super().__init__()
        self.title_text, self.hint, self.find = title, hint, find
        self.choices: Sequence[Choice] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="prompt", classes="tall"):
            yield Static(Content(self.title_text), id="prompt-title")
            yield Input(placeholder=self.hint)
            yield OptionList(id="choices", markup=False)
            yield Static("", id="whole")

    def on_mount(self) -> None:
        self._offer("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._offer(event.value)

    def _offer(self, typed: str) -> None:
        listed = self.query_one(OptionList)
        self.choices = self.find(typed)
        listed.clear_options()
        listed.add_options([Option(Content(visible(text))) for _, text in self.choices])
        if self.choices:
            listed.highlighted = 0

    def on_option_list_option_highlighted(self) -> None:
        """Below the list, the whole of the answer that its row may have cut."""
        number = self.query_one(OptionList).highlighted
        if number is None or number >= len(self.choices):
            return  # the list has changed since
        text = visible(self.choices[number][1])
        long = cell_len(text) > self.query_one(OptionList).size.width - 3
        self.query_one("#whole", Static).update(Content(" ".join(text.split()) if long else ""))

    def action_move(self, by: int) -> None:
        listed = self.query_one(OptionList)
        if self.choices:
            listed.highlighted = ((listed.highlighted or 0) + by) % len(self.choices)

    def on_input_submitted(self) -> None:
        number = self.query_one(OptionList).highlighted
        self.dismiss(self.choices[number][0] if self.choices and number is not None else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self.choices):
            self.dismiss(self.choices[event.option_index][0])

    def action_dismiss_it(self) -> None:
        self.dismiss(None)


class Asker(ModalScreen[bool]):
    """A line of text that is done at once; what is wrong with it stands below it."""

    BINDINGS = [Binding("escape", "dismiss_it", "leave", show=False)]

    def __init__(self, title: str, hint: str, do: Callable[[str], None], start: str = "") -> None:
        super().__init__()
        self.title_text, self.hint, self.do, self.start = title, hint, do, start

    def compose(self) -> ComposeResult:
        with Vertical(id="prompt"):
            yield Static(Content(self.title_text), id="prompt-title")
            yield Input(self.start, placeholder=self.hint)
            yield Static("", id="wrong")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            self.do(event.value.strip())
        except Problems as problem:
            self.query_one("#wrong", Static).update(Content(str(problem)))
            return
        self.dismiss(True)

    def action_dismiss_it(self) -> None:
        self.dismiss(False)


class Page(ModalScreen[None]):
    """A page to read, closed by any of the keys that open or leave one."""

    BINDINGS = [Binding("escape,q,question_mark,h,enter,space", "dismiss_it", show=False)]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.title_text, self.text = title, text

    def compose(self) -> ComposeResult:
        with Vertical(id="prompt", classes="tall"):
            yield Static(Content(self.title_text), id="prompt-title")
            with VerticalScroll(id="choices"):
                yield Static(Content(self.text))

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_dismiss_it(self) -> None:
        self.dismiss(None)
