"""The ground of the map, of a scenario that names a file with it."""

from __future__ import annotations

from replay.model import Scenario
from replay.script.ground import GroundFeature as GroundFeature
from replay.script.ground import GroundLine as Path
from replay.script.ground import read_ground_file

__all__ = ["GroundFeature", "Path", "features"]


def features(scenario: Scenario) -> tuple[GroundFeature, ...]:
    """What the scenario's geography file holds; nothing where it names none.

    Raises Problems E101 when the file cannot be read as GeoJSON (RFC 7946).
    """
    return read_ground_file(scenario).features
