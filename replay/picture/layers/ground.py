"""The ground of the map, of a scenario that names a file with it."""

from __future__ import annotations

from replay.model import Scenario
from replay.script.ground import Feature as Feature
from replay.script.ground import Line as Path
from replay.script.ground import ground_of

__all__ = ["Feature", "Path", "features"]


def features(scenario: Scenario) -> tuple[Feature, ...]:
    """What the scenario's geography file holds; nothing where it names none.

    Raises Problems E101 when the file cannot be read as GeoJSON (RFC 7946).
    """
    return ground_of(scenario).features
