"""What the application is made of: rows of dressed letters, the map, a panel that scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from replay.foundation import theme
from replay.foundation.palettes import DARK
from replay.frontends.terminal.raster import Look
from replay.frontends.terminal.text_layout import Row


@lru_cache(maxsize=1024)
def rich_style(look: Look, ground: str) -> Style:
    """A look as the toolkit has it, on a ground where it has none of its own."""
    return Style(
        color=DARK.resolve(look.ink),
        bgcolor=DARK.resolve(look.ground or ground),
        bold=look.bold,
        italic=look.italic,
        underline=look.underline,
        reverse=look.turned,
    )


def strip_of(row: Row, width: int, ground: str = theme.PAPER) -> Strip:
    """A row on the screen, cut or filled up to so many cells."""
    made = Strip([Segment(text, rich_style(look, ground)) for text, look in row])
    return made.adjust_cell_length(width, rich_style(Look(), ground))


class Resized(Message):
    """A part of the screen has another size, so that what it shows has to be made anew."""


class Rows(Widget):
    """Rows that do not scroll. A click says in which row and column."""

    class Clicked(Message):
        """Where it was clicked, from the top left corner of the widget."""

        def __init__(self, widget: Rows, x: int, y: int) -> None:
            super().__init__()
            self.widget, self.x, self.y = widget, x, y

    def __init__(self, *, id: str, ground: str = theme.PAPER) -> None:
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.ground = ground

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.rows = rows
        self.refresh()

    def on_resize(self) -> None:
        self.post_message(Resized())

    def render_line(self, y: int) -> Strip:
        return strip_of(self.rows[y] if y < len(self.rows) else [], self.size.width, self.ground)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(self, event.x, event.y))


class Panel(ScrollView):
    """Rows that scroll, with one of them kept in view."""

    class Clicked(Message):
        """Which row was clicked."""

        def __init__(self, panel: Panel, row: int) -> None:
            super().__init__()
            self.panel, self.row = panel, row

    can_focus = False

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()

    @property
    def room(self) -> int:
        """Cells in a row, beside the bar by which one scrolls."""
        return max(self.size.width - 1, 8)

    def show(self, rows: Sequence[Row], top: int = 0) -> None:
        """Show other rows, from one of them on; the same rows stay where they were scrolled to."""
        if rows == self.rows:
            return
        self.rows = rows
        self.virtual_size = Size(self.room, len(rows))
        self.scroll_to(y=top, animate=False, force=True)
        self.refresh()

    def on_resize(self) -> None:
        self.post_message(Resized())

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        row = self.rows[number] if number < len(self.rows) else []
        return strip_of(row, self.size.width, theme.PANEL)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(self, event.y + self.scroll_offset.y))
