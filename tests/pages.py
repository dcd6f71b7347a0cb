"""What stands on a page, for the tests of pages: its words with the room that they take."""

from __future__ import annotations

from itertools import combinations

from replay.picture.items import Box, Picture, Text
from replay.picture.layers.text_metrics import width


def words(picture: Picture) -> str:
    """All words of a page, line by line."""
    return "\n".join(item.text for item in picture.items if isinstance(item, Text))


def rooms(picture: Picture) -> list[tuple[Box, str]]:
    """The room of every line of upright text, from its capitals' height to its baseline."""
    found = []
    for item in picture.items:
        if isinstance(item, Text) and not item.turn and item.text.strip():
            w = width(item.text, item.size, item.bold, item.italic)
            x = item.at.x - {"left": 0.0, "centre": w / 2, "right": w}[item.align]
            found.append((Box(x, item.at.y - item.size * 0.72, w, item.size * 0.74), item.text))
    return found


def clipped(picture: Picture) -> list[str]:
    """The lines that reach beyond the page."""
    page = Box(-0.5, -0.5, picture.size[0] + 1, picture.size[1] + 1)
    return [text for box, text in rooms(picture) if not page.contains(box)]


def collisions(picture: Picture) -> list[tuple[str, str]]:
    """The pairs of lines that are written over each other."""
    pairs = combinations(rooms(picture), 2)
    return [(a, b) for (one, a), (two, b) in pairs if one.inset(1).overlaps(two.inset(1))]
