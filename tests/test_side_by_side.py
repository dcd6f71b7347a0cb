"""Pages that compare two moments: columns that keep what belongs together, words that differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_campaign import campaign

from replay.model.state import Range
from replay.picture.items import Box, Text
from replay.picture.pages.flow import Block, Row, balanced, heading
from replay.picture.pages.side_by_side import _ground
from replay.scene import Scene, scene


def block(name: str, rows: int) -> Block:
    return Block(tuple(Row(f"{name}{n}", 10.0) for n in range(rows)))


@pytest.mark.parametrize("rows", [[9], [1, 1, 12], [12, 1, 1], [3, 9, 2, 2]])
def test_no_column_is_shorter_than_the_tallest_block_with_its_heading(rows: list[int]) -> None:
    columns = [Box(x * 200.0, 0, 180, 400) for x in range(3)]
    blocks = [heading("Title"), *(block(f"b{n}r", count) for n, count in enumerate(rows))]
    items, left = balanced(blocks, columns)
    assert left == []
    texts = [item for item in items if isinstance(item, Text)]
    where = {text.text: text.at.x for text in texts}
    for n, count in enumerate(rows):
        assert len({where[f"b{n}r{row}"] for row in range(count)}) == 1
    assert where["Title"] == where["b0r0"]


def ground_rows(one: Scene, two: Scene) -> list[str]:
    return [row.text for found in _ground(one, two) for row in found.rows]


def test_a_difference_is_never_told_in_equal_words(tmp_path: Path) -> None:
    shown = scene(campaign(tmp_path), "2017-10-28")
    fact = next(g for g in shown.grounds if g.of == "desert")

    def with_ground(share: Range, mark: str = "certain") -> Scene:
        changed = replace(fact, amount=None, share=share, mark=mark)  # type: ignore[arg-type]
        return replace(shown, grounds=(changed,))

    less, more = with_ground(Range(0.0, 0.3, 1.0)), with_ground(Range(0.0, 0.6, 1.0))
    first, second = ground_rows(less, more)[-2:]
    assert (first, second) == ("0–100 %, best estimate 30 %", "0–100 %, best estimate 60 %")
    unsure = with_ground(Range(0.0, 0.3, 1.0), "possible")
    assert ground_rows(less, unsure)[-2:] == ["0–100 %", "0–100 % (exact time unknown)"]
    alike = with_ground(Range(0.0, 0.301, 1.0))
    assert ground_rows(less, alike) == []
