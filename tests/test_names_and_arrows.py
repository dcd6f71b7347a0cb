"""Names on the map name their own mark, and no arrow strikes one through."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random

import pytest
from small_campaign import SCRIPT, campaign

from replay.picture.items import Box, Point, Shape, Text
from replay.picture.layers import frame, picture
from replay.picture.layers.label_space import (
    NEAR_MARK,
    Board,
    Name,
    block,
    crosses,
    nearest,
    placed,
)
from replay.picture.layers.sizes import size_of
from replay.picture.layers.text_metrics import ASCENT, width
from replay.pipeline import run
from replay.scene import scene

CITED = "summary: s, claims: [{cite: article p1.s1}]"


def box_of(text: Text) -> Box:
    wide = width(text.text, text.size, text.bold, text.italic)
    x = text.at.x - {"left": 0.0, "centre": wide / 2, "right": wide}[text.align]
    return Box(x, text.at.y - ASCENT * text.size, wide, text.size).inset(1)


@pytest.mark.parametrize("axis", ["from: station, to: town", "bearing: east, to: station"])
def test_no_arrow_strikes_through_the_name_of_a_place(tmp_path: Path, axis: str) -> None:
    script = SCRIPT.replace("from: city, to: town", axis)
    march = (
        f"  - {{id: m, type: move, by: army, from: station, to: city, date: 2017-10-26, {CITED}}}\n"
    )
    timeline = campaign(tmp_path, march, script)
    fixed = frame(timeline)
    shown = picture(scene(timeline, "2017-10-26"), fixed)
    layers = {layer.name: layer.items for layer in shown.layers}
    names = [item for item in layers["labels"] if isinstance(item, Text) and not item.italic]
    arrows = [item for name in ("axes", "tracks") for item in layers[name]]
    shapes = [
        item for item in arrows if isinstance(item, Shape) and item.clip == fixed.windows[0].box
    ]
    assert shapes
    for shape in shapes:
        points = shape.rings[0]
        sides = list(zip(points, (*points[1:], points[0]), strict=True))
        struck = [t.text for t in names for side in sides if crosses(side, box_of(t))]
        assert struck == []


@pytest.mark.parametrize("seed", range(40))
def test_a_name_with_a_leader_does_not_seem_to_name_another_mark(seed: int) -> None:
    """Among many small obstacles, with another mark near."""
    chance, size = Random(seed), 10.0
    board = Board(Box(0, 0, 400, 400))
    mine = Point(200, 200)
    other = Point(200 + chance.uniform(25, 60), 200 + chance.uniform(-30, 30))
    for _ in range(60):
        board.take(Box(chance.uniform(120, 300), chance.uniform(120, 280), 6, 6))
    board.spots = [mine, other]
    mark = Box(mine.x - 6, mine.y - 6, 12, 12)
    name = placed(board, "mine", ("Some name",), mine, mark, size)
    if name is not None:
        box = box_of_name(name)
        assert nearest(box, mine, board.spots) or away(box, other) >= NEAR_MARK - 2


def box_of_name(name: Name) -> Box:
    wide, tall = block(name.lines, name.size, name.bold, name.italic)
    x = name.at.x - {"left": 0.0, "centre": wide / 2, "right": wide}[name.align]
    return Box(x, name.at.y - name.size, wide, tall)


def away(box: Box, spot: Point) -> float:
    across = max(box.x - spot.x, 0.0, spot.x - box.right)
    return math.hypot(across, max(box.y - spot.y, 0.0, spot.y - box.bottom))


@pytest.mark.parametrize("size", ["screen", "square", "a4-portrait"])
def test_the_flagship_names_no_crossing_with_the_name_of_a_village(size: str) -> None:
    timeline = run("western-iraq-2017")
    fixed = frame(timeline, size_of(size))
    spots = {site.place: site.at for site in fixed.sites if site.window == 1 and site.named}
    for name in (name for name in fixed.names if name.of in spots):
        box, own = box_of_name(name).inset(-1), spots[name.of]
        others = [spot for place, spot in spots.items() if place != name.of]
        clear = all(away(box, spot) >= NEAR_MARK - 2 for spot in others)
        assert nearest(box, own, list(spots.values())) or (name.leader and clear), name.lines
