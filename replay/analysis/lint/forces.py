"""Questions about forces through time: who changes sides, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replay.analysis.lint.registry import Finding, rule
from replay.foundation.locators import plain_text
from replay.model import Event, Scenario
from replay.timeline.timeline import Timeline


@rule("L331", "an actor that changes sides within the dates of an event")
def _changes_within(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    if not scenario.turns:
        return
    for event in scenario.events:
        for actor in event.actors():
            for turn in scenario.turns.get(actor, ()):
                if turn.side and turn.within(event, scenario.event[turn.event].after):
                    name, side = scenario.name(actor), scenario.name(scenario.side_of(actor, event))
                    message = f"{name} changes sides by {turn.event} within the dates of {event.id}"
                    hint = (
                        f"it acts for {side} here: write `after:` in one of them, or a closer date"
                    )
                    yield Finding("L331", event.id, message, hint)


@rule("L332", "a reorganised force that joins a side in words only")
def _joins_in_words(timeline: Timeline) -> Iterator[Finding]:
    scenario = timeline.scenario
    for event in scenario.events:
        words, side = getattr(event, "becomes", None), getattr(event, "side", None)
        if words and side is None:
            for other in _named(scenario, event, words):
                message = f"{event.id} says {words!r}, and does not change the side of the force"
                hint = f"if it acts for {scenario.name(other)} from then on, add `side: {other}`"
                yield Finding("L332", event.id, message, hint)


def _named(scenario: Scenario, event: Event, words: str) -> Iterator[str]:
    """The sides that words name, apart from that of the force."""
    text = f" {plain_text(words)} "
    own = {scenario.side_of(force, event) for force in event.actors()}
    for side in scenario.sides:
        names = {plain_text(name) for name in (side.id, side.name, *side.also)}
        named = any(re.search(rf" {re.escape(name)} ", text) for name in names if name)
        if named and side.id not in own:
            yield side.id
