"""What a place has from its whole: what happens to the whole happens to its parts."""

from __future__ import annotations

from collections.abc import Iterator

from replay.model import Scenario
from replay.timeline.explanation import Explanation


def wholes_behind(scenario: Scenario, why: Explanation) -> Iterator[str]:
    """The places from which a place has its control, if the events behind it name only these."""
    place = why.key.of
    if why.key.aspect != "control" or not scenario.wholes(place):
        return
    found: dict[str, None] = {}
    for told in why.because:
        event = scenario.event.get(told.event)
        if event is not None and place not in event.place:
            wholes = (whole for whole in scenario.wholes(place) if whole in event.place)
            found.update(dict.fromkeys(wholes))
    yield from found
