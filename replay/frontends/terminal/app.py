"""The application that steps through a replay in a terminal: map, events, why, strip of days."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from replay.foundation import theme
from replay.foundation.palettes import DARK
from replay.frontends.terminal import chart, days, header_footer, views
from replay.frontends.terminal.controller import Desk
from replay.frontends.terminal.prompts import boxed
from replay.frontends.terminal.views import VIEWS
from replay.frontends.terminal.widgets import Panel, Resized, Rows
from replay.stepping.session import Session

TALL = 34
"""Rows of a terminal from which on the events stay visible above what else is asked."""
NARROW = 64
"""Columns below which the map and the panel take turns."""

_CSS = f"""
Screen {{ layers: base above; background: {DARK.resolve("paper")}; color: {DARK.resolve("ink")}; }}
#head, #foot, #tabs, #more-title {{ height: 1; }}
#about {{ height: 2; }}
#days {{ height: 3; }}
#map-side {{ width: 1fr; }}
#panel-side {{ width: 46%; min-width: 34; background: {DARK.resolve("panel")}; }}
#map, #main {{ height: 1fr; }}
#more {{ height: 45%; }}
Panel {{ background: {DARK.resolve("panel")}; overflow-x: hidden;
  scrollbar-size-vertical: 1; scrollbar-gutter: stable;
  scrollbar-background: {DARK.resolve("panel")}; scrollbar-color: {DARK.resolve("faint")};
  scrollbar-background-hover: {DARK.resolve("panel")};
  scrollbar-color-hover: {DARK.resolve("soft")};
  scrollbar-background-active: {DARK.resolve("panel")};
  scrollbar-color-active: {DARK.resolve("soft")}; }}
#above {{ layer: above; }}
#panel-side.whole {{ width: 100%; }}
.gone {{ display: none; }}
"""


class Stepper(App[None]):
    """`replay step` where there is a terminal."""

    ENABLE_COMMAND_PALETTE = False
    CSS = _CSS

    def __init__(self, walk: Session) -> None:
        super().__init__()
        self.desk = Desk(walk)
        self.title = walk.scenario.title

    def get_default_screen(self) -> Screen[None]:
        return Steps(self.desk)


class Steps(Screen[None], inherit_bindings=False):
    """The one screen of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.days_strip: days.Days | None = None
        self.play_timer: Timer | None = None
        self.stops_of_rows: dict[int, int] = {}
        self.listed_places: list[str] = []

    def compose(self) -> ComposeResult:
        yield Rows(id="head")
        with Horizontal():
            with Vertical(id="map-side"):
                yield Rows(id="map", ground=theme.LAND)
                yield Rows(id="about", ground=theme.PANEL)
            with Vertical(id="panel-side"):
                yield Rows(id="tabs", ground=theme.RULE)
                yield Panel(id="main")
                yield Rows(id="more-title", ground=theme.RULE)
                yield Panel(id="more")
        yield Rows(id="days")
        yield Rows(id="foot", ground=theme.PANEL)
        yield Rows(id="above", ground=theme.PANEL)

    def on_mount(self) -> None:
        self.call_after_refresh(self.redraw)

    def on_resize(self) -> None:
        self.call_after_refresh(self.redraw)

    def on_resized(self, event: Resized) -> None:
        event.stop()
        self.redraw()

    # --- keys, the mouse, time ------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.desk.press(event.key, event.character)
        self.redraw()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.desk.paste(event.text)
        self.redraw()

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        name = event.widget.id
        if self.desk.question is not None:
            if name == "above":
                self.desk.click_question(event.y - 1)
        elif name == "days" and self.days_strip is not None:
            self.desk.goto(f"{self.days_strip.tick_at(event.x) - self.desk.walk.at.tick:+d}")
        elif name == "map":
            place = self._place_at(event.x, event.y)
            if place is not None:
                self.desk.choose(place)
        self.redraw()

    def _place_at(self, x: int, y: int) -> str | None:
        if self.desk.listed:
            return self.listed_places[y] if y < len(self.listed_places) else None
        return self.desk.chart.nearest(x, y)

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        number = self.stops_of_rows.get(event.row)
        if number is not None and event.panel.id == "main":
            self.desk.goto(self.desk.walk.course.stops[number].event)
            self.redraw()

    def _keep_time(self) -> None:
        """Wait for the next day while one plays, and for nothing else."""
        if not self.desk.playing and self.play_timer is not None:
            self.play_timer.stop()
            self.play_timer = None
        elif self.desk.playing and self.play_timer is None:
            self.play_timer = self.set_timer(self.desk.stay, self._played)

    def _played(self) -> None:
        self.play_timer = None
        self.desk.played()
        self.redraw()

    # --- drawing --------------------------------------------------------------------------------

    @property
    def is_tall(self) -> bool:
        return self.size.height >= TALL

    def redraw(self) -> None:
        """Show what is so now."""
        if self.desk.leaving:
            self.app.exit()
            return
        if not self.is_mounted or not self.size.width:
            return
        desk, width = self.desk, self.size.width
        self._arrange()
        self.query_one("#head", Rows).show([header_footer.head(desk.walk, width)])
        self._draw_map()
        self._draw_panels()
        self._draw_days()
        playing = desk.pace if desk.playing else None
        self.query_one("#foot", Rows).show(
            [header_footer.foot(desk.walk, width, desk.said, playing)]
        )
        self._draw_question()
        self._keep_time()

    def _arrange(self) -> None:
        """Which parts there is room for."""
        narrow, listed = self.size.width < NARROW, self.desk.listed
        wanted = {
            ("#map-side", "gone"): narrow and not listed,
            ("#panel-side", "gone"): narrow and listed,
            ("#panel-side", "whole"): narrow,
            ("#more-title", "gone"): not self.is_tall,
            ("#more", "gone"): not self.is_tall,
        }
        for (part, name), on in wanted.items():
            self.query_one(part).set_class(on, name)

    def _draw_map(self) -> None:
        desk, shown = self.desk, self.query_one("#map", Rows)
        width, height = desk.size = (max(shown.size.width, 1), max(shown.size.height, 1))
        if desk.listed:
            listed = views.place_rows(desk.walk, width)
            here = next((n for n, (p, _) in enumerate(listed) if p == desk.walk.about), 0)
            top = max(0, min(here - height // 2, len(listed) - height))
            self.listed_places = [place for place, _ in listed[top:]]
            shown.show([row for _, row in listed[top : top + height]])
        else:
            field = chart.drawn(desk.chart, desk.walk.scene, desk.walk.about)
            shown.show([list(field.runs(y)) for y in range(height)])
        hidden = 0 if desk.listed else desk.chart.hidden
        self.query_one("#about", Rows).show(header_footer.about(desk.walk, width, hidden))

    def _draw_panels(self) -> None:
        desk = self.desk
        main, more = self.query_one("#main", Panel), self.query_one("#more", Panel)
        upper = "events" if self.is_tall else desk.view
        rows, top, self.stops_of_rows = views.shown(upper, desk.walk, main.room)
        main.show(rows, top)
        tabs = header_footer.tabs(upper, main.size.width, ("events",) if self.is_tall else VIEWS)
        self.query_one("#tabs", Rows).show([tabs])
        if self.is_tall:
            lower = "tallies" if desk.view == "events" else desk.view
            more.show(views.shown(lower, desk.walk, more.room)[0])
            self.query_one("#more-title", Rows).show(
                [header_footer.tabs(lower, more.size.width, VIEWS[1:])]
            )
        if desk.turned:
            panel = more if self.is_tall and desk.view != "events" else main
            panel.scroll_relative(y=desk.turned * max(panel.size.height - 2, 1), animate=False)
            desk.turned = 0

    def _draw_days(self) -> None:
        walk, width, strip = self.desk.walk, self.size.width, self.days_strip
        if strip is None or strip.width != width or strip.course != walk.course:
            strip = self.days_strip = days.Days(walk.scenario, walk.course, width)
        field = days.drawn(strip, walk.at.tick)
        legend = header_footer.legend(walk, width - strip.columns, 3)
        self.query_one("#days", Rows).show([[*field.runs(y), *legend[y]] for y in range(3)])

    def _draw_question(self) -> None:
        above, question, (width, height) = (
            self.query_one("#above", Rows),
            self.desk.question,
            self.size,
        )
        above.set_class(question is None, "gone")
        if question is not None:
            wide, high = min(100, width - 2), height - (4 if height > 16 else 0)
            rows = boxed(question, wide, high)
            above.styles.width, above.styles.height = wide, len(rows)
            above.styles.offset = ((width - wide) // 2, max((height - len(rows)) // 3, 0))
            above.show(rows)
