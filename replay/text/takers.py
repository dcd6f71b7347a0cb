"""Why an event and a place name different takers, in words."""

from __future__ import annotations

from replay.analysis.takers import TakenDifferently
from replay.model import Scenario


def at_event(scenario: Scenario, one: TakenDifferently) -> str:
    """The explanation beside the event."""
    taken, place = _names(scenario, one.by_place), scenario.name(one.place)
    return (
        f"{place} is shown as captured or held by {taken}. For the place, all claims that name the"
        " same forces count together, whatever day they give."
    )


def at_place(scenario: Scenario, one: TakenDifferently) -> str:
    """The explanation beside the place."""
    return (
        f"The event is shown with {_names(scenario, one.by_event)}. For the event, each account"
        " counts with the day that it gives. Here all claims that name the same forces count"
        " together."
    )


def _names(scenario: Scenario, actors: tuple[str, ...]) -> str:
    return " and ".join(scenario.name(actor) for actor in actors)
