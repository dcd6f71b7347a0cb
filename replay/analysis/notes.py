"""What the author noted beside an event, a claim or a place, as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from replay.lens import Reading
from replay.model import Scenario
from replay.timeline.explanation import Testimony


def reading_notes(reading: Reading) -> Iterator[str]:
    """The notes of an event and of its claims that the lens admits, those with their citation."""
    if reading.event.note:
        yield f"note: {reading.event.note}"
    for version in reading.versions:
        for claim in (reading.event.claims[n] for n in version.claims):
            if claim.note:
                yield f"note on {claim.cite}: {claim.note}"


def testimony_notes(scenario: Scenario, told: Iterable[Testimony]) -> Iterator[str]:
    """The notes of the events of which claims speak, and of the claims, each once."""
    claims = list(told)
    for name in dict.fromkeys(one.event for one in claims):
        event = scenario.event.get(name)
        if event is not None and event.note:
            yield f"note: {event.note}"
    yield from claim_notes(claims)


def claim_notes(told: Iterable[Testimony]) -> Iterator[str]:
    """The notes of claims, each with its citation."""
    noted = (f"note on {o.source} {o.locator}: {o.note}" for o in told if o.note)
    yield from dict.fromkeys(noted)


def same_place(scenario: Scenario, of: str) -> list[str]:
    """The places that may be the same as one, as the author says of either."""
    named = [p.perhaps for p in scenario.places if p.id == of and p.perhaps]
    return [*named, *(p.id for p in scenario.places if p.perhaps == of)]


def place_notes(scenario: Scenario, of: str) -> Iterator[str]:
    """What the author noted of a thing, and which place it may be as well."""
    thing = scenario.things.get(of)
    if thing is not None and thing.note:
        yield f"note: {thing.note}"
    names = [scenario.name(other) for other in same_place(scenario, of)]
    if names:
        yield f"perhaps the same place as {' or '.join(names)}"


def place_note(scenario: Scenario, of: str) -> str | None:
    """Which place another may be as well, as a sentence; None where none is known."""
    names = [scenario.name(other) for other in same_place(scenario, of)]
    return f"{scenario.name(of)} is perhaps {' or '.join(names)}" if names else None
