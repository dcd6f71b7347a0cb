"""Bars of ground taken: they show no more than their words say, and need no colours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_campaign import campaign

from replay.foundation import theme
from replay.model.state import SOME_PART, Range, exactly
from replay.picture.items import Box, Shape, Symbol
from replay.picture.layers import frame
from replay.picture.layers.bars import ground_bar
from replay.picture.layers.margin import amount_text, signed_bar
from replay.scene import Ground, scene
from replay.timeline.timeline import Timeline

BOX = Box(0, 0, 100, 8)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def desert(small: Timeline) -> Ground:
    return next(fact for fact in scene(small, "2017-10-28").grounds if fact.of == "desert")


def shapes(fact: Ground) -> list[Shape]:
    return [item for item in ground_bar(fact, BOX, "blue", None, 1.0) if isinstance(item, Shape)]


def framed(fact: Ground) -> bool:
    return any(shape.edge == theme.SOFT for shape in shapes(fact))


def filled(fact: Ground) -> float:
    """How many pixels are full of the colour."""
    whole = (s for s in shapes(fact) if s.fill == "blue" and s.opacity == 1 and s.clip is None)
    return sum(max(p.x for p in s.rings[0]) - min(p.x for p in s.rings[0]) for s in whole)


def test_a_known_share_fills_that_much_of_the_frame(desert: Ground) -> None:
    assert filled(replace(desert, share=exactly(0.4))) == pytest.approx(40)
    assert framed(replace(desert, share=exactly(0.4)))


def test_what_may_be_taken_is_hatched_and_no_tint(desert: Ground) -> None:
    between = replace(desert, share=Range(0.2, 0.5, 1.0))
    assert filled(between) == pytest.approx(20)
    assert {shape.fill for shape in shapes(between)} <= {"blue", theme.PAPER, None}
    assert any(s.clip is not None and s.clip.x == pytest.approx(20) for s in shapes(between))


def test_a_part_of_unknown_size_fades_out_and_fills_nothing(desert: Ground) -> None:
    part = replace(desert, share=SOME_PART)
    assert filled(part) == 0
    opacities = [shape.opacity for shape in shapes(part) if shape.fill == "blue"]
    assert opacities == sorted(opacities, reverse=True)
    assert opacities[0] > 0.9 > 0.1 > opacities[-1]


def test_an_amount_of_an_unknown_whole_has_no_frame_and_no_end(desert: Ground) -> None:
    kilometres = replace(desert, share=None, size=None, amount=exactly(43))
    assert shapes(kilometres)
    assert not framed(kilometres)


def test_nothing_reported_is_no_empty_bar(desert: Ground) -> None:
    assert shapes(replace(desert, share=None, amount=None)) == []


def test_a_bar_has_the_signs_of_both_sides_beside_it(small: Timeline, desert: Ground) -> None:
    fixed = frame(small)
    both = replace(desert, side="isil", rest="iraq", share=exactly(0.4))
    found = list(signed_bar(both, BOX, fixed))
    signs = [item for item in found if isinstance(item, Symbol)]
    assert [symbol.fill for symbol in signs] == [
        small.scenario.colours[s] for s in ("isil", "iraq")
    ]
    assert signs[0].sign is not None  # of the second side; the first one has none
    edges = [p.x for item in found if isinstance(item, Shape) for p in item.rings[0]]
    assert min(edges) > signs[0].at.x
    assert max(edges) < signs[1].at.x


def test_a_side_that_has_all_is_alone_beside_its_bar(small: Timeline, desert: Ground) -> None:
    whole = replace(desert, side="isil", rest="iraq", share=exactly(1))
    found = signed_bar(whole, BOX, frame(small))
    assert len([item for item in found if isinstance(item, Symbol)]) == 1


@pytest.mark.parametrize("how", ["capture, extent: part", "clear, share: some"])
def test_a_part_of_unknown_size_is_not_the_whole(tmp_path: Path, how: str) -> None:
    part = f"""\
  - {{id: some, type: {how}, date: 2017-10-27, by: iraq, place: district,
     summary: A part is taken., claims: [{{cite: article p1.s1}}]}}
"""
    timeline = campaign(tmp_path, part)
    fact = next(g for g in scene(timeline, "2017-10-28").grounds if g.of == "district")
    assert amount_text(fact) == "a part"
    assert filled(fact) == 0
