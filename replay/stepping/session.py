"""A session of stepping through a replay: the current moment, the lens, and the selected thing.

The terminal and the line mode are two front ends of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from replay.analysis.lens_effect import admitted_claims
from replay.analysis.timeline_distance import place_days, same_state
from replay.foundation.english import counted
from replay.lens import Reading, ReplayQuestion, Undated, every_lens, named_lens
from replay.model import Scenario
from replay.pipeline import ask, run
from replay.scene import Scene, scene
from replay.stepping import navigator
from replay.stepping.navigator import Cursor, SearchEntry, StepMove, StopCourse
from replay.text.state import StateTexts
from replay.timeline.timeline import State, Timeline


class Session:
    """The current position in a replay. Replays of lenses and known-on days are cached."""

    def __init__(self, timeline: Timeline, on: str | None = None, texts: StateTexts | None = None):
        """Raises UsageProblem U503 if `on` is not a moment of the window."""
        self.timeline = timeline
        self.texts: StateTexts = texts or {}
        self.chosen: str | None = None
        """The selected thing (usually a place), if there is one."""
        self._seen = {timeline.question: timeline}
        self.course: StopCourse = navigator.course(timeline)
        self.at = Cursor(0)
        self._asked: str | None = None
        """The current moment inside a step, as the user typed it."""
        if on is not None:
            self.goto(on)

    @property
    def scenario(self) -> Scenario:
        return self.timeline.scenario

    @property
    def scene(self) -> Scene:
        """The facts of the day."""
        return scene(self.timeline, self.now)

    @property
    def now(self) -> State:
        """The state that is shown: at the end of the step, or at a moment inside it."""
        return self.timeline.at(self.at.tick if self._asked is None else self._asked)

    @property
    def label(self) -> str:
        """The day, as EDTF."""
        return self.scenario.calendar.label(self.at.tick)

    @property
    def readings(self) -> list[Reading]:
        """The events of the day, in order."""
        return self.timeline.events_on(self.at.tick)

    @property
    def reading(self) -> Reading | None:
        """The selected event."""
        if self.at.stop is None:
            return None
        number = self.at.stop - navigator.stops_on(self.course, self.at.tick).start
        return self.readings[number]

    # --- steps ----------------------------------------------------------------------------------

    def go(self, move: StepMove, times: int = 1) -> bool:
        """Make a move, once or several times; False if there was nowhere to go."""
        start, self._asked = self.at, None
        for _ in range(times):
            before, self.at = self.at, navigator.step_stop(self.course, self.at, move)
            if self.at == before:
                break
        return self.at != start

    def goto(self, to: str) -> None:
        """Go to a day, an hour or an event, by a number of days ("+7"), or to "3 nov".

        Raises UsageProblem U503 if that is not a moment of the window.
        """
        if re.fullmatch(r"[+-]\d{1,7}", to):
            tick = min(max(self.at.tick + int(to), 0), self.course.ticks - 1)
            self.at, self._asked = Cursor(tick), None
        else:
            self.at = navigator.jump(self.timeline, self.course, to)
            self._asked = None if to in self.scenario.event else self._inside(to)

    def _inside(self, to: str) -> str | None:
        """A moment, unless it is the end of its step."""
        calendar = self.scenario.calendar
        ends = self.timeline.moment(to).minute == calendar.end(self.at.tick)
        return None if ends else to

    # --- what is looked at ----------------------------------------------------------------------

    @property
    def about(self) -> str | None:
        """The selected thing; without one, a place of the selected event or of the day."""
        if self.chosen is not None:
            return self.chosen
        looked_at = [self.reading] if self.reading else self.readings
        for reading in looked_at:
            for place in reading.shown.event.place:
                if place in self.scenario.place:
                    return place
        return None

    def found(self, words: str, most: int = 20) -> list[SearchEntry]:
        """The entries that match some words, the best first."""
        return navigator.search(self._entries, words, most)

    @cached_property
    def _entries(self) -> list[SearchEntry]:
        return navigator.search_entries(self.timeline)

    # --- whom to believe ------------------------------------------------------------------------

    def through(self, lens: str) -> None:
        """Change the lens and stay at the current moment. Raises UsageProblem U504."""
        self._turn(replace(self.timeline.question, lens=lens))

    def known(self, on: str | None) -> None:
        """Admit only what had been reported by a day; None admits all. Raises UsageProblem U503.

        The word `undated` after the day also admits the claims without a report date.
        """
        day, _, more = (on or "").rpartition(" ")
        undated: Undated = "known" if day and more == "undated" else "unknown"
        if undated == "known":
            on = day
        self._turn(replace(self.timeline.question, known_on=on, undated=undated))

    def _turn(self, question: ReplayQuestion) -> None:
        made = self._seen.get(question) or ask(self.scenario, question)
        self._seen[made.question] = made
        course = navigator.course(made)
        self.at = navigator.carried(self.at, self.course, course)
        self.timeline, self.course = made, course
        self.__dict__.pop("_entries", None)

    def lenses(self) -> list[tuple[str, str]]:
        """Every lens of this scenario, with its description."""
        return [
            (name, named_lens(self.scenario, name).summary) for name in every_lens(self.scenario)
        ]

    def differs(self) -> str:
        """How many claims count, and how much that changes compared with all claims."""
        plainly = self._seen.get(ReplayQuestion()) or run(self.scenario)
        self._seen[ReplayQuestion()] = plainly
        if plainly is self.timeline:
            return "All claims count."
        mine, known = admitted_claims(self.timeline)
        claims = f"{mine:,} of {known:,} claims" if mine < known else "all claims"
        places, days = place_days(plainly, self.timeline)
        if places:
            differ = "differs" if places == 1 else "differ"
            return f"{claims}; {counted(places, 'place')} {differ} on {days:,} place-days."
        if same_state(plainly, self.timeline):
            return f"{claims}; this changes nothing."
        return f"{claims}; the places look the same, numbers or forces differ."
