"""The application that steps through a replay in a terminal: map, events, why, strip of days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from replay import style
from replay.keys import KEYS
from replay.layers.frame import extent_of_map
from replay.navigator import MOVES, PACES, Entry, Move, Pace, stays
from replay.palettes import DARK
from replay.problems import Problems
from replay.tui import bars, chart, days, views
from replay.tui.prompts import Asker, Choice, Chooser, Page
from replay.tui.views import VIEWS
from replay.tui.widgets import Panel, Rows
from replay.walk import Walk

TALL = 34
"""Rows of a terminal from which on the events stay visible above what else is asked."""
NARROW = 64
"""Columns below which the map and the panel take turns."""

_CSS = f"""
Screen {{ background: {DARK.resolve("paper")}; color: {DARK.resolve("ink")}; }}
#head, #foot {{ height: 1; }}
#about {{ height: 2; }}
#days {{ height: 3; }}
#map-side {{ width: 1fr; }}
#panel-side {{ width: 46%; min-width: 34; background: {DARK.resolve("panel")}; }}
#map {{ height: 1fr; }}
#tabs {{ height: 1; }}
#main {{ height: 1fr; }}
#more-title {{ height: 1; }}
#more {{ height: 45%; }}
Panel {{ background: {DARK.resolve("panel")}; }}
Panel, OptionList, VerticalScroll {{ scrollbar-size-vertical: 1;
  scrollbar-background: {DARK.resolve("panel")}; scrollbar-color: {DARK.resolve("faint")};
  scrollbar-background-hover: {DARK.resolve("panel")};
  scrollbar-color-hover: {DARK.resolve("soft")};
  scrollbar-background-active: {DARK.resolve("panel")};
  scrollbar-color-active: {DARK.resolve("soft")}; }}
.gone {{ display: none; }}
ModalScreen {{ align: center middle; background: {DARK.resolve("paper")} 60%; }}
#prompt {{ width: 90%; max-width: 100; height: auto; max-height: 90%; padding: 0 1;
  background: {DARK.resolve("panel")}; border: round {DARK.resolve("soft")}; }}
#prompt.tall {{ height: 90%; }}
#prompt-title {{ text-style: bold; }}
#choices {{ height: 1fr; border: none; background: {DARK.resolve("panel")};
  text-wrap: nowrap; text-overflow: ellipsis; }}
#choices > .option-list--option-highlighted {{ background: {DARK.resolve("rule")}; }}
#whole {{ height: auto; color: {DARK.resolve("soft")}; }}
#wrong {{ color: {DARK.resolve("alert")}; height: auto; }}
Input {{ border: none; height: 1; background: {DARK.resolve("rule")}; }}
"""


class Stepper(App[None]):
    """`replay step` where there is a terminal."""

    ENABLE_COMMAND_PALETTE = False
    CSS = _CSS

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self.walk = walk
        self.title = walk.scenario.title

    def get_default_screen(self) -> Screen[None]:
        return Steps(self.walk)


class Steps(Screen[None]):
    """The one screen of it; questions open above."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(key.keys), f"do('{key.action}')", key.does, show=False) for key in KEYS
    ]

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self.walk = walk
        self.view = "events"
        self.listed = extent_of_map(walk.scenario) is None
        """Whether the places are listed instead of drawn."""
        self.look = chart.View()
        self.pace: Pace = "event"
        self.said = ""
        self._timer: Timer | None = None
        self._chart: chart.Chart | None = None
        self._days: days.Days | None = None
        self._stops: dict[int, int] = {}
        self._listed: list[str] = []

    def compose(self) -> ComposeResult:
        yield Rows(id="head")
        with Horizontal():
            with Vertical(id="map-side"):
                yield Rows(id="map", ground=style.LAND)
                yield Rows(id="about", ground=style.PANEL)
            with Vertical(id="panel-side"):
                yield Rows(id="tabs", ground=style.RULE)
                yield Panel(id="main")
                yield Rows(id="more-title", ground=style.RULE)
                yield Panel(id="more")
        yield Rows(id="days")
        yield Rows(id="foot", ground=style.PANEL)

    def on_mount(self) -> None:
        self.call_after_refresh(self.redraw)

    def on_resize(self) -> None:
        self.call_after_refresh(self.redraw)

    # --- what is asked --------------------------------------------------------------------------

    def action_do(self, action: str) -> None:
        """Do what a line of the table of keys says."""
        self.said = ""
        if action in MOVES:
            self._go(action)
        else:
            getattr(self, f"_{action.replace('-', '_')}")()
        if self.is_current:
            self.redraw()

    def _go(self, move: Move, times: int = 1) -> None:
        self._stop()
        if self.view == "undated":
            self.view = "events"
        if not self.walk.go(move, times):
            self.said = "There is nowhere further to go."

    def _week(self) -> None:
        self._go("next-day", 7)

    def _week_back(self) -> None:
        self._go("previous-day", 7)

    def _quit(self) -> None:
        self.app.exit()

    def _help(self) -> None:
        self.app.push_screen(Page("Keys", bars.help_text(self.walk)))

    # --- what is shown --------------------------------------------------------------------------

    def _turn(self, view: str) -> None:
        self.view = view

    def _events(self) -> None:
        self._turn("events")

    def _why(self) -> None:
        if self.view == "why":
            self._turn("events")
        elif self.walk.about is None:
            self._find()
        else:
            self._turn("why")

    def _disputes(self) -> None:
        self._turn("events" if self.view == "disputes" else "disputes")

    def _tallies(self) -> None:
        self._turn("events" if self.view == "tallies" else "tallies")

    def _undated(self) -> None:
        self._turn("events" if self.view == "undated" else "undated")

    def _places(self) -> None:
        self.listed = not self.listed

    def _page(self, by: int = 1) -> None:
        panel = self.query_one("#more" if self._tall and self.view != "events" else "#main", Panel)
        panel.scroll_relative(y=by * max(panel.size.height - 2, 1), animate=False)

    def _page_back(self) -> None:
        self._page(-1)

    def _closer(self) -> None:
        self._zoom(1)

    def _farther(self) -> None:
        self._zoom(-1)

    def _zoom(self, by: int) -> None:
        number = chart.ZOOMS.index(self.look.zoom) + by
        zoom = chart.ZOOMS[min(max(number, 0), len(chart.ZOOMS) - 1)]
        at = self.walk.scenario.located.get(self.walk.about or "")
        middle = (at.at.lon, at.at.lat) if at else self.look.middle
        self.look = chart.View(zoom, middle if zoom > 1 else None)

    def _select(self, by: int = 1) -> None:
        """The next place: along the list if that is shown, else over the map from west to east."""
        if self.listed:
            order = [place for place, _ in views.place_rows(self.walk, 40)]
        else:
            spots = self._chart.spots if self._chart else {}
            order = sorted(spots, key=lambda place: (spots[place], place))
        if order:
            here = order.index(self.walk.about) if self.walk.about in order else -min(by, 0) - 1
            self.choose(order[(here + by) % len(order)])

    def _select_back(self) -> None:
        self._select(-1)

    def choose(self, of: str) -> None:
        """Ask about a thing from now on, and bring it into the map's view."""
        self.walk.chosen = of
        at = self.walk.scenario.located.get(of)
        if at is not None and self._chart is not None and of not in self._chart.spots:
            self.look = chart.View(self.look.zoom, (at.at.lon, at.at.lat))

    # --- questions ------------------------------------------------------------------------------

    def _find(self) -> None:
        def offer(typed: str) -> list[Choice]:
            found = self.walk.found(typed) if typed else list(self._nearby())
            return [(f"{e.kind} {e.of}", self._entry(e)) for e in found]

        hint = "a place, force, event or operation"
        self.app.push_screen(Chooser("Find", hint, offer), self._found)

    def _nearby(self) -> Iterator[Entry]:
        """What is offered before anything is typed: the places of the day."""
        today = {place for event in self.walk.scene.events for place in event.places}
        for place in self.walk.scenario.places:
            if place.id in today:
                yield Entry("place", place.id, place.name, ())

    def _entry(self, entry: Entry) -> str:
        day = f"{self.walk.scenario.calendar.label(entry.tick)} " if entry.tick is not None else ""
        return f"{entry.kind:<9} {day}{entry.name}"

    def _found(self, answer: str | None) -> None:
        kind, _, of = (answer or "").partition(" ")
        if kind == "event":
            try:
                self.walk.goto(of)
                self.view = "events"
            except Problems as problem:
                self.said = str(problem.problems[0].message)
                self.view = "undated"
        elif answer:
            self.choose(of)
            self.view = "why"
        self.redraw()

    def _goto(self) -> None:
        self._ask("Go to", "2017-11-03, 3 nov, +7, -7, or the id of an event", self.walk.goto)

    def _known(self) -> None:
        hint = "a day; nothing: all that is known"
        start = self.walk.timeline.known_on or self.walk.label
        self._ask("Known on", hint, lambda day: self._changed(self.walk.known, day or None), start)

    def _ask(self, title: str, hint: str, do: Callable[[str], None], start: str = "") -> None:
        self._stop()
        self.app.push_screen(Asker(title, hint, do, start), lambda done: self.redraw())

    def _lens(self) -> None:
        known = self.walk.lenses()

        def offer(typed: str) -> Sequence[Choice]:
            wide = max(len(name) for name, _ in known)
            here = self.walk.timeline.lens.name
            return [
                (name, f"{'▶' if name == here else ' '} {name:<{wide}}  {summary}")
                for name, summary in known
                if typed.lower() in f"{name} {summary}".lower()
            ]

        self.app.push_screen(Chooser("Whom to believe", "a lens", offer), self._through)

    def _through(self, lens: str | None) -> None:
        if lens:
            self._changed(self.walk.through, lens)
        self.redraw()

    def _changed(self, turn: Callable[[Any], None], to: str | None) -> None:
        turn(to)
        self.said = self.walk.differs()

    # --- playing --------------------------------------------------------------------------------

    def _play(self) -> None:
        if self._timer is not None:
            self._stop()
        else:
            self.view = "events"
            self._wait()

    def _wait(self) -> None:
        stay = stays(self.walk.course, self.pace)[self.walk.at.tick]
        self._timer = self.set_timer(stay, self._played)

    def _played(self) -> None:
        self._timer = None
        if self.walk.go("next-day"):
            self._wait()
        else:
            self.said = "This is the last day."
        self.redraw()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _pace(self) -> None:
        self.pace = PACES[(PACES.index(self.pace) + 1) % len(PACES)]
        self.said = f"Plays by {self.pace}."

    # --- drawing --------------------------------------------------------------------------------

    @property
    def _tall(self) -> bool:
        return self.size.height >= TALL

    def redraw(self) -> None:
        """Show what is so now."""
        if not self.is_mounted or not self.size.width:
            return
        self._arrange()
        width = self.size.width
        self.query_one("#head", Rows).show([bars.head(self.walk, width)])
        playing = self.pace if self._timer is not None else None
        foot = bars.foot(self.walk, width, self.said, playing)
        self.query_one("#foot", Rows).show([foot])
        self._draw_map()
        self._draw_panels()
        if self._days is None or self._days.width != width or self._days.course != self.walk.course:
            self._days = days.Days(self.walk.scenario, self.walk.course, width)
        strip = days.drawn(self._days, self.walk.at.tick)
        legend = bars.legend(self.walk, width - self._days.columns, 3)
        rows = [[*list(strip.runs(y)), *legend[y]] for y in range(3)]
        self.query_one("#days", Rows).show(rows)

    def _arrange(self) -> None:
        """Which parts there is room for."""
        narrow = self.size.width < NARROW
        self.query_one("#map-side").set_class(narrow and not self.listed, "gone")
        self.query_one("#panel-side").set_class(narrow and self.listed, "gone")
        for part in ("#more-title", "#more"):
            self.query_one(part).set_class(not self._tall, "gone")

    def _draw_map(self) -> None:
        shown_map = self.query_one("#map", Rows)
        size = (shown_map.size.width, shown_map.size.height)
        if self.listed:
            listed = views.place_rows(self.walk, size[0])
            here = next((n for n, (p, _) in enumerate(listed) if p == self.walk.about), 0)
            top = max(0, min(here - size[1] // 2, len(listed) - size[1]))
            self._listed = [place for place, _ in listed[top:]]
            shown_map.show([row for _, row in listed[top : top + size[1]]])
        else:
            at = self._chart
            if at is None or (at.size, at.view) != (size, self.look):
                self._chart = chart.Chart(self.walk.scenario, size, self.look)
            assert self._chart is not None
            field = chart.drawn(self._chart, self.walk.scene, self.walk.about)
            shown_map.show([list(field.runs(y)) for y in range(size[1])])
        hidden = self._chart.hidden if self._chart and not self.listed else 0
        self.query_one("#about", Rows).show(bars.about(self.walk, size[0], hidden))

    def _draw_panels(self) -> None:
        main, more = self.query_one("#main", Panel), self.query_one("#more", Panel)
        upper = "events" if self._tall else self.view
        rows, top, self._stops = views.shown(upper, self.walk, main.room)
        main.show(rows, top)
        self.query_one("#tabs", Rows).show([bars.tabs(upper, ("events",) if self._tall else VIEWS)])
        if self._tall:
            lower = "tallies" if self.view == "events" else self.view
            rows, top, _ = views.shown(lower, self.walk, more.room)
            more.show(rows, top)
            self.query_one("#more-title", Rows).show([bars.tabs(lower, VIEWS[1:])])

    # --- the mouse ------------------------------------------------------------------------------

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        if event.widget.id == "days" and self._days is not None:
            self._stop()
            self.walk.goto(f"{self._days.tick_at(event.x) - self.walk.at.tick:+d}")
        elif event.widget.id == "map":
            place = self._clicked(event.x, event.y)
            if place is not None:
                self.choose(place)
                self.view = "why"
        self.redraw()

    def _clicked(self, x: int, y: int) -> str | None:
        if self.listed:
            return self._listed[y] if y < len(self._listed) else None
        return self._chart.nearest(x, y) if self._chart else None

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        number = self._stops.get(event.row)
        if number is not None:
            self.walk.goto(self.walk.course.stops[number].event)
            self.redraw()
