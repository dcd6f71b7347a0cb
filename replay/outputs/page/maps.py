"""The maps of the page: the same items as in a picture, each once, and which of them a day shows.

There are two: the map of the export's frame, and one laid out for a narrow page, where names would
otherwise be too small to read.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import MISSING, fields, replace
from functools import lru_cache
from typing import Any

from replay.outputs.page.tables import Table
from replay.picture.items import Box, Image, Item, Line, Picture, Point, Shape, Symbol, Text
from replay.picture.layers import GROUND, Frame, frame, picture
from replay.picture.layers.frame import PLENTY, Boxes, framed
from replay.picture.layers.occurrences import census
from replay.picture.layers.window import aspect, extent_of_map
from replay.picture.symbol_shapes import parts
from replay.scene import Scene
from replay.timeline.timeline import Timeline

Json = dict[str, Any]

NARROW = 400
"""Width of the narrow map in pixels, of which a telephone has about so many."""

SHOWN = GROUND
"""The layers that the page draws from items; what else a picture has, the page lays out itself."""

FIXED = frozenset({"land", "labels", "scale"})
"""Those that are the same on every day."""


class Maps:
    """The frames of the page, and the items of every scene that was shown to it."""

    def __init__(self, timeline: Timeline) -> None:
        self.frames = {"wide": frame(timeline)}
        if len(timeline.scenario.located) <= PLENTY:  # of more places names need another zoom
            self.frames["narrow"] = narrow(timeline)
        self.items: Table[Json] = Table()
        self.looks: Table[list[Json]] = Table()
        self.lists: Table[list[int] | Json] = Table()
        self._lists: dict[int, list[int]] = {}
        """Each list of numbers in full; the page may hold it as another one with changes."""
        self._places: dict[int, dict[str | None, list[int]]] = {}
        self._known: dict[Item, int] = {}

    def drawn(self, scene: Scene, fixed: bool = False) -> dict[str, dict[str, int]]:
        """For each frame and layer of the map the number of its list of items."""
        layers = tuple(name for name in SHOWN if (name in FIXED) == fixed)
        return {
            name: {
                layer.name: self.listed(layer.items)
                for layer in picture(scene, shown, layers).layers
            }
            for name, shown in self.frames.items()
        }

    def listed(self, items: Iterable[Item]) -> int:
        """The number of a list of items."""
        return self._list([self._number(item) for item in items])

    def _list(self, numbers: list[int]) -> int:
        number = self.lists.number(numbers)
        self._lists.setdefault(number, numbers)
        return number

    def patched(self, number: int, items: Iterable[Item]) -> int:
        """The list that another one becomes when the items of some places are replaced."""
        fresh: dict[str | None, list[Item]] = {}
        for item in items:
            fresh.setdefault(item.of, []).append(item)
        if not fresh:
            return number
        if number not in self._places:
            self._places = {number: self._spots(self._lists[number])}
        spots = self._places.pop(number)
        numbers = list(self._lists[number])
        changes: list[int] = []
        for of, those in fresh.items():
            for spot, item in zip(spots.get(of, ()), those, strict=True):
                numbers[spot] = self._number(item)
                changes += [spot, numbers[spot]]
        patch = self.lists.number({"like": number, "put": changes})
        self._lists[patch] = numbers
        self._places[patch] = spots
        return patch

    def _spots(self, numbers: list[int]) -> dict[str | None, list[int]]:
        """Where in a list the items of each place stand."""
        found: dict[str | None, list[int]] = {}
        for spot, number in enumerate(numbers):
            found.setdefault(self.items.rows[number].get("of"), []).append(spot)
        return found

    def _number(self, item: Item) -> int:
        number = self._known.get(item)
        if number is None:
            data = plain(item)
            if isinstance(item, Symbol):
                data = {**data, "look": self.look(item)}
            number = self._known[item] = self.items.number(data)
        return number

    def look(self, symbol: Symbol) -> int:
        """The number of the shapes that a symbol is made of."""
        return self.looks.number(_look(replace(symbol, **BARE)))

    def to_json(self, scene: Scene) -> Json:
        """The frames with what never changes in them, and all tables."""
        fixed = self.drawn(scene, fixed=True)
        return {
            "frames": {
                name: {**_framed(shown), "fixed": fixed[name], "legend": self._legend(scene, name)}
                for name, shown in self.frames.items()
            },
            "layers": list(SHOWN),
            "items": self.items.rows,
            "looks": self.looks.rows,
            "lists": self.lists.rows,
        }

    def _legend(self, scene: Scene, name: str) -> list[Json]:
        """The signs of the legend, each with what it means, around the origin."""
        found: list[Json] = []
        signs: list[Item] = []
        if name != "wide":
            return found
        for item in picture(scene, self.frames[name], ("legend",)).items:
            if isinstance(item, Text):
                found.append({"text": item.text, "items": [self._number(s) for s in signs]})
                signs = []
            else:
                signs.append(item)
        return found


def narrow(timeline: Timeline) -> Frame:
    """A frame that is no more than a map, for a page as narrow as a telephone."""
    extent = extent_of_map(timeline.scenario)
    tall = NARROW / min(max(aspect(extent), 0.7), 1.6) if extent else 0.0
    nothing = Box(0, 0, 0, 0)
    box = Box(0, 0, NARROW if extent else 0, round(tall))
    boxes = Boxes(box, nothing, nothing, nothing, nothing, nothing)
    return framed(timeline, (NARROW, round(tall)), 0.86, census(timeline), boxes)


def _framed(shown: Frame) -> Json:
    return {
        "box": list(shown.boxes.map),
        "unit": shown.unit,
        "windows": [
            {"box": list(w.box), "scale": w.scale, "region": list(shown.windows[0].region(w))}
            for w in shown.windows
        ],
        "sites": [
            [s.place, s.window, s.at.x, s.at.y, s.size, s.named, s.ring] for s in shown.sites
        ],
        "unnamed": list(shown.unnamed),
        "names": [name.of for name in shown.names],
    }


# --- items as plain data ------------------------------------------------------------------------


USUAL: dict[str, Json] = {
    kind.__name__: {f.name: f.default for f in fields(kind) if f.default is not MISSING}
    for kind in (Shape, Line, Symbol, Text, Image)
}
"""What the fields of each kind of item are where nothing is said."""


def plain(item: Item) -> Json:
    """An item as plain data without what is so by default, as the page holds it."""
    usual = USUAL[type(item).__name__]
    own = ((f.name, getattr(item, f.name)) for f in fields(item))
    data = {name: v for name, v in own if name not in usual or v != usual[name]}
    if isinstance(item, Image):
        data["png"] = base64.b64encode(item.png).decode("ascii")
    return {"item": type(item).__name__.lower(), **data}


BARE: Json = {"at": Point(0, 0), "of": None, "clip": None, "space": "page"}
"""A symbol without what has no part in its look."""


@lru_cache(maxsize=4096)
def _look(symbol: Symbol) -> list[Json]:
    """The shapes that a symbol is made of, around the origin."""
    return [plain(part) for part in parts(symbol)]


def shown_items(drawn: Picture) -> dict[str, list[Json]]:
    """What the page must show of a picture, by layer, as plain data: what tests hold it against."""
    return {
        layer.name: [plain(item) for item in layer.items]
        for layer in drawn.layers
        if layer.name in SHOWN
    }
