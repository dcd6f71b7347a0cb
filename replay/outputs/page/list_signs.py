"""The signs of places in the page's lists: the symbols of its map, all of one size."""

from __future__ import annotations

from replay.model import Scenario
from replay.model.state import UNKNOWN, Marked
from replay.outputs.page.maps import Maps
from replay.picture.items import Point
from replay.picture.layers.symbology import mark, outline_of

SIZE = 11.0
"""Diameter in pixels, without the ring of besiegers."""


class ListSigns:
    """Numbers of the symbols that stand for places, in the table that the map's symbols are in."""

    def __init__(self, scenario: Scenario, maps: Maps) -> None:
        self.scenario = scenario
        self.maps = maps

    def of(self, place: str, control: Marked) -> int:
        """The symbol of a place under a control."""
        return self._number(self.scenario.place[place].kind, control)

    def unknown(self) -> dict[str, int]:
        """For each kind of place the symbol of one whose control is unknown."""
        kinds = dict.fromkeys(place.kind for place in self.scenario.places)
        return {kind: self._number(kind, Marked(UNKNOWN)) for kind in kinds}

    def _number(self, kind: str, control: Marked) -> int:
        return self.maps.look(mark(self.scenario, control, Point(0, 0), outline_of(kind), SIZE))
