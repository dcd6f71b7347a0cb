"""Marks of places: what a mark shows when a date is open or sources differ, and its legend."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_campaign import SCRIPT, ground

from replay.foundation import theme
from replay.model.state import EMPTY, UNKNOWN, Control, Marked, besieged, contested, held
from replay.picture.items import Point, Shape, Symbol, Text
from replay.picture.layers import frame, picture
from replay.picture.layers.symbology import colour_of, mark
from replay.picture.symbol_shapes import parts
from replay.pipeline import run
from replay.scene import scene
from replay.timeline.timeline import Timeline

HELD = "  - {id: before, type: hold, date: 2014, place: town, by: isil, summary: s, claims: [%s]}\n"
CITED = "{cite: article p1.s1}"
POSSIBLE = "exact time unknown; edge: the other possibility"


def replayed(folder: Path, *events: str) -> Timeline:
    """A replay in which ISIL holds the town, and of some events: each its fields but the rest."""
    written = "".join(
        f"  - {{id: e{n}, summary: s, {'' if 'place:' in event else 'place: town, '}{event}}}\n"
        for n, event in enumerate(events)
    )
    script = SCRIPT.replace(", context: true", "")
    (folder / "scenario.yaml").write_text(script + HELD % CITED + written, "utf-8")
    (folder / "ground.geojson").write_text(ground(), "utf-8")
    return run(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return replayed(tmp_path_factory.mktemp("small"))


def drawn(timeline: Timeline, value: Control, kind: str, *could: Control) -> Symbol:
    shown = Marked(value, kind, could)  # type: ignore[arg-type]
    return mark(timeline.scenario, shown, Point(0, 0), "circle", 12)


def colours(timeline: Timeline, *sides: str) -> tuple[str, ...]:
    return tuple(colour_of(timeline.scenario, side) for side in sides)


def legend(timeline: Timeline) -> set[str]:
    shown = picture(scene(timeline, 0), frame(timeline), ("legend",))
    return {item.text for item in shown.items if isinstance(item, Text)}


# --- sieges in doubt ----------------------------------------------------------------------------


def test_a_possible_siege_is_a_dotted_ring_around_the_filling_of_the_holder(
    small: Timeline,
) -> None:
    iraq, isil = colours(small, "iraq", "isil")
    symbol = drawn(small, held("isil"), "possible", besieged(["isil"], ["iraq"]))
    assert (symbol.fill, symbol.pattern, symbol.dash) == (isil, "plain", ())
    assert symbol.ring == (iraq,)
    assert symbol.ring_dash
    capture = drawn(small, held("isil"), "possible", held("iraq"))
    assert capture.edge == iraq
    assert not capture.ring


def test_a_disputed_siege_is_a_dashed_ring_with_a_sign_that_sources_differ(
    small: Timeline,
) -> None:
    siege = besieged(["isil"], ["iraq"])
    for value, other in ((held("isil"), siege), (siege, held("isil"))):
        symbol = drawn(small, value, "disputed", other)
        assert symbol.pattern == "plain"
        assert symbol.ring_dash
        assert symbol.unequal
    possible = drawn(small, held("isil"), "possible", siege)
    assert possible.ring_dash != symbol.ring_dash
    assert not possible.unequal


def test_a_place_that_may_be_taken_or_besieged_shows_both(small: Timeline) -> None:
    symbol = drawn(small, held("iraq"), "disputed", besieged(["isil"], ["iraq"]))
    assert (symbol.second, *symbol.ring) == colours(small, "isil", "iraq")
    assert symbol.pattern == "hatched"
    assert symbol.ring_dash


def test_besiegers_of_several_sides_can_be_in_doubt(small: Timeline) -> None:
    siege = besieged(["isil"], ["iraq", "kurds"])
    sure, open_ = drawn(small, siege, "certain"), drawn(small, held("isil"), "possible", siege)
    assert sure.ring == open_.ring
    assert len(parts(open_)) > len(parts(sure))


def test_the_legend_explains_a_siege_in_doubt_only_if_there_is_one(tmp_path: Path) -> None:
    siege = "type: besiege, by: iraq, against: isil"
    may = replayed(tmp_path, f"{siege}, date: 2017-10-26/2017-10-30, claims: [{CITED}]")
    assert "may be besieged" in legend(may)
    assert not {"siege: sources differ", "sources differ", POSSIBLE} & legend(may)
    rival = "{cite: article p2.s1, date: 2017-11-01}"
    differ = replayed(tmp_path, f"{siege}, date: 2017-10-26, claims: [{CITED}, {rival}]")
    assert "siege: sources differ" in legend(differ)
    assert not {"may be besieged", "sources differ"} & legend(differ)


# --- stripes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other", [held("isil"), contested("iraq", "isil"), besieged(["isil"], ["iraq"])]
)
def test_stripes_have_the_colour_of_the_side_that_is_not_shown(
    small: Timeline, other: Control
) -> None:
    symbol = drawn(small, held("iraq"), "disputed", other)
    assert (symbol.fill, symbol.second) == colours(small, "iraq", "isil")


def test_white_stripes_are_for_held_by_nobody_alone(small: Timeline) -> None:
    assert drawn(small, held("iraq"), "disputed", EMPTY).second == theme.PAPER
    others = (UNKNOWN, contested("iraq"), held("isil"), held("iraq", "isil"))
    assert theme.PAPER not in {drawn(small, held("iraq"), "disputed", o).second for o in others}


def test_a_striped_mark_has_no_sign_as_it_would_name_one_of_the_sides(small: Timeline) -> None:
    assert drawn(small, held("isil"), "certain").sign is not None
    assert drawn(small, held("isil"), "disputed", held("iraq")).sign is None


# --- several colours and sources that differ ----------------------------------------------------


@pytest.mark.parametrize("value", [contested("iraq", "isil"), held("iraq", "isil")])
def test_a_mark_of_several_colours_says_with_a_sign_that_sources_differ(
    small: Timeline, value: Control
) -> None:
    symbol = drawn(small, value, "disputed", held("isil"))
    assert symbol.pattern in ("split", "bands")
    assert symbol.unequal
    assert symbol.edge == theme.INK  # in the colour of a piece it would be lost
    fills = [part.fill for part in parts(symbol)]
    assert theme.ALERT in fills
    assert theme.ALERT not in [part.fill for part in parts(drawn(small, value, "certain"))]


def test_the_legend_explains_that_sign(tmp_path: Path) -> None:
    rival = "{cite: article p2.s1, date: 2017-11-01}"
    event = f"type: contest, by: iraq, against: isil, date: 2017-10-26, claims: [{CITED}, {rival}]"
    assert "≠: sources differ" in legend(replayed(tmp_path, event))


# --- what else the legend must have -------------------------------------------------------------


def test_the_legend_explains_every_sign_that_occurs(tmp_path: Path) -> None:
    half = replayed(tmp_path, f"type: contest, by: iraq, date: 2017-10-26, claims: [{CITED}]")
    assert "contested, one side not known" not in legend(half)  # ISIL held it: it is the other
    open_ = f"type: contest, by: iraq, date: 2017-10-26, place: a, claims: [{CITED}]"
    (tmp_path / "scenario.yaml").write_text(
        SCRIPT
        + f"  - {{id: e, summary: s, {open_}}}\n"
        + f"  - {{id: l, type: launch, operation: push, date: 2017-10-26, summary: s,"
        f" claims: [{CITED}]}}\n"
        + f"  - {{id: h, type: halt, operation: push, date: 2017-10-27, summary: s,"
        f" claims: [{CITED}]}}\n",
        "utf-8",
    )
    told = legend(run(tmp_path))
    assert {"contested, one side not known", "halted advance", "for orientation only"} <= told


def test_the_two_examples_of_doubt_show_the_same_side_first(tmp_path: Path) -> None:
    rival = "{cite: article p2.s1, date: 2017-11-01}"
    timeline = replayed(
        tmp_path,
        f"type: capture, by: iraq, date: 2017-10-26, claims: [{CITED}, {rival}]",
        f"type: capture, by: iraq, date: 2017-10-26/2017-10-30, place: a, claims: [{CITED}]",
        f"type: hold, by: isil, date: 2014, place: a, claims: [{CITED}]",
    )
    shown = picture(scene(timeline, 0), frame(timeline), ("legend",))
    found: dict[str, Symbol] = {}
    for item in shown.items:
        if isinstance(item, Symbol):
            symbol = item
        elif isinstance(item, Text):
            found[item.text] = symbol
    iraq, isil = colours(timeline, "iraq", "isil")
    assert (found[POSSIBLE].fill, found[POSSIBLE].edge) == (theme.lighter(iraq), isil)
    assert (found["sources differ"].fill, found["sources differ"].second) == (iraq, isil)


# --- how much of a place ------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "portion"), [("40 %", 0.4), ("~80 %", 0.8), ("1 %", 0.08)])
def test_a_contested_mark_is_split_as_the_place_is(
    tmp_path: Path, share: str, portion: float
) -> None:
    event = f"type: contest, by: iraq, against: isil, date: 2017-10-26, share: {share}"
    timeline = replayed(tmp_path, f"{event}, claims: [{CITED}]")
    shown = picture(scene(timeline, "2017-10-28"), frame(timeline), ("marks",))
    town = next(item for item in shown.items if isinstance(item, Symbol) and item.of == "town")
    assert town.pattern == "split"
    assert town.portion == pytest.approx(portion)
    whole, right = (p for p in parts(replace(town, size=100)) if p.fill is not None)
    assert 1 - area(right) / area(whole) == pytest.approx(portion, abs=0.02)


def test_a_contested_mark_is_halved_if_nobody_says_how_much(tmp_path: Path) -> None:
    event = "type: contest, by: iraq, against: isil, date: 2017-10-26"
    timeline = replayed(tmp_path, f"{event}, claims: [{CITED}]")
    shown = picture(scene(timeline, "2017-10-28"), frame(timeline), ("marks",))
    town = next(item for item in shown.items if isinstance(item, Symbol) and item.of == "town")
    assert town.portion == 0.5


def area(shape: Shape) -> float:
    ring = shape.rings[0]
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(a.x * b.y - b.x * a.y for a, b in pairs)) / 2
