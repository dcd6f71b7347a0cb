"""Which readings of a campaign the page holds: every lens, and every day on which news came in.

Two lenses, or two days, under which the events read alike share one view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replay.engine.simulation import simulate
from replay.foundation.edtf import DAY, spell_day_or_year
from replay.foundation.english import format_day
from replay.lens import Lens, Reading, Undated, Version, every_lens, learned, named_lens, readings
from replay.model import Event, Scenario
from replay.timeline.timeline import Timeline

Signature = tuple[object, ...]

MANY_EVENTS = 2000
"""With more events than this a page holds only the reading that it was asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """A day by which something new had been reported, and the view that it gives."""

    day: str | None
    """EDTF; None for all that was ever reported, the empty text for the time before any report."""
    words: str
    view: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A lens with the days on which what it admits differs, in order; all reports come last."""

    lens: Lens
    group: str
    label: str
    known: tuple[Known, ...]
    undated: tuple[Known, ...] = ()
    """The same days where claims without a report date count too, if there are any."""


@dataclass(frozen=True, slots=True)
class Views:
    """The timelines of a page, each once, and what they are offered as."""

    timelines: tuple[Timeline, ...]
    offers: tuple[Offer, ...]


def views(timeline: Timeline, every: bool) -> Views:
    """The views of a page about a timeline: all lenses and days (`every`), or only its own."""
    if not every:
        label = timeline.known_on or "all reports"
        known = Known(timeline.known_on, label, 0)
        name = timeline.lens.name
        counted = (known,) if timeline.question.undated == "known" else ()
        return Views((timeline,), (Offer(timeline.lens, "", name, (known,), counted),))
    made, own = _Made(timeline.scenario), timeline.lens.name
    offers = tuple(
        Offer(
            lens,
            group,
            label,
            tuple(made.known(lens)),
            tuple(made.counting_undated(lens)) if lens.name in ("default", own) else (),
        )
        for group, label, lens in lenses(timeline.scenario, timeline.lens)
    )
    return Views(tuple(made.timelines), offers)


NO_REPORT_YET = -(2**62)
"""A minute before any that a date can spell: by then nothing had been reported."""

LABELS = {
    "default": "All claims",
    "against-interest": "Against interest",
    "earliest": "Earliest dates",
    "latest": "Latest dates",
}
GROUPS = {
    "only": "Only one source",
    "without": "Without one source",
    "official": "Only one side's officials",
}
"""What the page calls the lenses that ship; another one is called by its name."""


def lenses(scenario: Scenario, own: Lens) -> Iterator[tuple[str, str, Lens]]:
    """All lenses that there are for a scenario: group, label, lens; those without a group first.

    `own` is added where it is none of them.
    """
    names = every_lens(scenario)
    found = [(*_called(scenario, name), named_lens(scenario, name)) for name in names]
    yield from sorted(found, key=lambda one: one[0] != "")
    if own.name not in names:
        yield "", own.name, own


def _called(scenario: Scenario, name: str) -> tuple[str, str]:
    """The group and the label of a lens."""
    kind, _, argument = name.partition(":")
    if any(rule.id == name for rule in scenario.lenses):
        return "This campaign's own", name
    if not argument:
        return "", LABELS.get(name, name)
    source = scenario.source.get(argument)
    return GROUPS.get(kind, kind), source.title if source else scenario.name(argument)


def days_of_news(scenario: Scenario) -> list[int]:
    """The days (of the calendar) by whose end a claim had been reported, in order."""
    minutes = (learned(scenario, claim) for event in scenario.events for claim in event.claims)
    return sorted({minute // DAY for minute in minutes if minute is not None})


class _Made:
    """The timelines made so far: each once, however many lenses and days lead to it."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.news = days_of_news(scenario)
        claims = (claim for event in scenario.events for claim in event.claims)
        self.undated = any(learned(scenario, claim) is None for claim in claims)
        self.timelines: list[Timeline] = []
        self._numbers: dict[Signature, int] = {}

    def known(self, lens: Lens) -> Iterator[Known]:
        """The days on which what a lens admits differs from the days before; then all reports."""
        found = [Known("", "before any report", self.view(lens, NO_REPORT_YET, ""))]
        for day in self.news:
            label = spell_day_or_year(day)
            view = self.view(lens, day * DAY + DAY - 1, label)
            if view != found[-1].view:
                found.append(Known(label, format_day(day), view))
        yield from found
        yield Known(None, "all reports", self.view(lens, None, None))

    def counting_undated(self, lens: Lens) -> Iterator[Known]:
        """The days on which what a lens admits differs where claims without a report date count
        too; none where every claim has a date."""
        last = -1
        for day in self.news if self.undated else ():
            label = spell_day_or_year(day)
            view = self.view(lens, day * DAY + DAY - 1, label, "known")
            if view != last:
                last = view
                yield Known(label, format_day(day), view)

    def view(
        self, lens: Lens, until: int | None, label: str | None, undated: Undated = "unknown"
    ) -> int:
        """The number of the timeline of a lens with what had been reported by a minute."""
        chosen = readings(self.scenario, lens, until, undated)
        signature = tuple(reading_signature(self.scenario, r) for r in chosen)
        number = self._numbers.get(signature)
        if number is None:
            number = self._numbers[signature] = len(self.timelines)
            log = simulate(self.scenario, chosen, ())
            self.timelines.append(Timeline(self.scenario, chosen, log, lens, label, (), undated))
        return number


def reading_signature(scenario: Scenario, reading: Reading) -> Signature:
    """What tells a reading of an event from another reading of it."""
    versions = (version_signature(scenario, reading.event, v) for v in reading.versions)
    return (reading.index, *versions)


def version_signature(scenario: Scenario, event: Event, version: Version) -> Signature:
    date = version.event.date
    said = version.claims[0] if (event.id, version.claims[0]) in scenario.variants else -1
    text = None if date is None else date.text
    return said, text, version.earliest, version.latest, version.claims, version.denies
