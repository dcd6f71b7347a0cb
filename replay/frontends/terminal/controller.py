"""The controller of the terminal application: keys, views and questions.

It knows nothing of the toolkit: it reads keys, and says what to show in each part of the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from replay.foundation.errors import ScenarioError
from replay.frontends.terminal import chart, header_footer, views
from replay.frontends.terminal.prompts import Asker, Choice, Chooser, Page, Question
from replay.picture.layers.window import extent_of_map
from replay.stepping.key_bindings import KEYS
from replay.stepping.navigator import MOVES, PACES, Pace, SearchEntry, StepMove, stays
from replay.stepping.session import Session

ACTIONS = {name: key.action for key in KEYS for name in key.keys}
"""What each key of the terminal does."""


ASKED = "a day; `DAY undated` also counts claims without a report date; empty: all claims"
"""What can be typed for the known-on day."""


class Desk:
    """The state of the application, apart from the session itself."""

    def __init__(self, walk: Session) -> None:
        self.walk = walk
        self.view = "events"
        self.listed = extent_of_map(walk.scenario) is None
        """Whether the places are listed instead of drawn."""
        self.look = chart.View()
        self.size = (1, 1)
        """Columns and rows of the map."""
        self.pace: Pace = "event"
        self.playing = False
        self.leaving = False
        self.turned = 0
        """Pages to turn in the panel."""
        self.said = ""
        self.question: Question | None = None
        self._chart: chart.Chart | None = None

    @property
    def chart(self) -> chart.Chart:
        """The map in the current view, without the day."""
        known = self._chart
        if known is None or (known.size, known.view) != (self.size, self.look):
            features = known.features if known else None
            known = chart.Chart(self.walk.scenario, self.size, self.look, features)
            self._chart = known
        return known

    def places(self) -> list[str]:
        """The places that can be selected: as they are listed, or over the map from the west."""
        if self.listed:
            return [place for place, _ in views.place_rows(self.walk, self.size[0])]
        spots = self.chart.spots
        return sorted(spots, key=lambda place: (spots[place], place))

    @property
    def stay(self) -> float:
        """Seconds for this day while playing."""
        return stays(self.walk.course, self.pace)[self.walk.at.tick]

    # --- keys and clicks ------------------------------------------------------------------------

    def press(self, key: str, letter: str | None = None) -> None:
        """Pass the key to the open question, or do what the table of keys says."""
        if self.question is not None:
            self.question.press(key, letter)
            self._close()
        elif key in ACTIONS:
            self.said = ""
            self.act(ACTIONS[key])

    def paste(self, text: str) -> None:
        """A question reads what was pasted."""
        if self.question is not None:
            self.question.paste(text)

    def click_question(self, y: int) -> None:
        """A row of a question was clicked."""
        if self.question is not None:
            self.question.click(y)
            self._close()

    def _close(self) -> None:
        if self.question is not None and self.question.done:
            self.question = None

    def act(self, action: str) -> None:
        """Do what a line of the table of keys says."""
        if action in MOVES:
            self.go(action)
        elif action in views.VIEWS:
            self.turn(action)
        else:
            getattr(self, f"_{action.replace('-', '_')}")()

    # --- steps ----------------------------------------------------------------------------------

    def go(self, move: StepMove, times: int = 1) -> None:
        """Make a move; stepping by hand stops playing."""
        self.playing = False
        if self.view == "undated":
            self.view = "events"
        if not self.walk.go(move, times):
            self.said = "You cannot go any further."

    def goto(self, to: str) -> None:
        """Go to a day or an event; raises UsageProblem U503."""
        self.playing = False
        self.walk.goto(to)

    def played(self) -> None:
        """The time for this day is over."""
        if self.playing and not self.walk.go("next-day"):
            self.playing = False
            self.said = "This is the last day."

    def _week(self) -> None:
        self.go("next-day", 7)

    def _week_back(self) -> None:
        self.go("previous-day", 7)

    def _play(self) -> None:
        self.playing = not self.playing
        self.view = "events" if self.playing else self.view

    def _pace(self) -> None:
        self.pace = PACES[(PACES.index(self.pace) + 1) % len(PACES)]
        self.said = f"Plays by {self.pace}."

    def _quit(self) -> None:
        self.leaving = True

    # --- what is shown --------------------------------------------------------------------------

    def turn(self, view: str) -> None:
        """Show a view; asked again, show the events; asked once more, select nothing."""
        if view == "why" and self.view != "why" and self.walk.about is None:
            self._find()
        elif view != self.view:
            self.view = view
        elif view == "events":
            self.walk.chosen = None
        else:
            self.view = "events"

    def choose(self, of: str, why: bool = True) -> None:
        """Select a thing, and bring it into the map's view."""
        self.walk.chosen = of
        if why:
            self.view = "why"
        at = self.walk.scenario.located.get(of)
        if at is not None and not self.listed and of not in self.chart.spots:
            self.look = chart.View(self.look.zoom, (at.at.lon, at.at.lat))

    def _select(self, by: int = 1) -> None:
        order = self.places()
        if order:
            here = order.index(self.walk.about) if self.walk.about in order else -min(by, 0) - 1
            self.choose(order[(here + by) % len(order)], why=False)

    def _select_back(self) -> None:
        self._select(-1)

    def _places(self) -> None:
        self.listed = not self.listed

    def _page(self) -> None:
        self.turned = 1

    def _page_back(self) -> None:
        self.turned = -1

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

    # --- questions ------------------------------------------------------------------------------

    def _help(self) -> None:
        self.question = Page("Keys", header_footer.help_text(self.walk))

    def _find(self) -> None:
        def offer(typed: str) -> list[Choice]:
            found = self.walk.found(typed) if typed else list(self._nearby())
            return [(f"{e.kind} {e.of}", self._entry(e)) for e in found]

        self.question = Chooser("Find", "a place, force, event or operation", offer, self._found)

    def _nearby(self) -> Iterator[SearchEntry]:
        """What is offered before anything is typed: the places of the day."""
        today = {place for event in self.walk.scene.events for place in event.places}
        for place in self.walk.scenario.places:
            if place.id in today:
                yield SearchEntry("place", place.id, place.name, ())

    def _entry(self, entry: SearchEntry) -> str:
        day = f"{self.walk.scenario.calendar.label(entry.tick)} " if entry.tick is not None else ""
        return f"{entry.kind:<9} {day}{entry.name}"

    def _found(self, answer: str) -> None:
        kind, _, of = answer.partition(" ")
        if kind != "event":
            self.choose(of)
            return
        try:
            self.goto(of)
            self.view = "events"
        except ScenarioError as problem:
            self.said = problem.problems[0].message
            self.view = "undated"

    def _goto(self) -> None:
        self.question = Asker("Go to", "2017-11-03, 3 nov, +7, -7, an event's id", self.goto)

    def _known(self) -> None:
        def know(day: str) -> None:
            self._believe(self.walk.known, day or None)

        self.question = Asker("Known on", ASKED, know)

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

        def take(lens: str) -> None:
            self._believe(self.walk.through, lens)

        self.question = Chooser("Lens: which claims to trust", "a lens", offer, take)

    def _believe(self, turn: Callable[[Any], None], to: str | None) -> None:
        turn(to)
        self.said = self.walk.differs()
