"""Maps of every form, on pages of every form: all is drawn, in the page, and nothing overlaps."""

from __future__ import annotations

import tempfile
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import clipped, collisions
from theatres import theatre

from replay.outputs.page.data import contents
from replay.picture.items import Box, Picture
from replay.picture.layers import frame, picture
from replay.picture.layers.pages import page as parts_of
from replay.picture.layers.sizes import SIZES, size_of
from replay.picture.layers.window import aspect, extent_of, extent_of_map, wide_km, window
from replay.picture.pages.book import book
from replay.picture.pages.grid import grid
from replay.picture.pages.maps import Atlas
from replay.picture.pages.page import page
from replay.picture.pages.phase import plans_of
from replay.picture.pages.side_by_side import Side, beside
from replay.pipeline import run
from replay.scene import scene
from replay.timeline.timeline import Timeline

FORMS = (0.2, 0.35, 0.55, 0.8, 1.0, 1.6, 2.4, 3.5, 5.0)
forms = st.floats(0.2, 5.0)
sizes = st.sampled_from(sorted(SIZES.values())) | st.tuples(
    st.integers(480, 2000), st.integers(480, 2000)
)
quick = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def made(form: float, tall_km: float = 200.0, extent: bool = True) -> Timeline:
    with tempfile.TemporaryDirectory() as folder:
        return theatre(Path(folder), form, tall_km, extent=extent)


def assert_legible(shown: Picture) -> None:
    assert clipped(shown) == []
    assert collisions(shown) == []


# --- the map of a day ---------------------------------------------------------------------------


@quick
@given(forms, sizes, st.floats(0, 120), st.floats(0, 40))
def test_the_parts_of_a_page_lie_in_it_and_apart(
    form: float, size: tuple[int, int], legend: float, foot: float
) -> None:
    whole = Box(-0.01, -0.01, size[0] + 0.02, size[1] + 0.02)
    boxes = parts_of(size, form, lambda _room, u: legend * u, lambda _room, u: foot * u)
    used = [box for box in boxes if box.w and box.h]
    assert len(used) >= 5
    for box in used:
        assert box.w > 0
        assert box.h > 0
        assert whole.contains(box), box
    assert [(a, b) for a, b in combinations(used, 2) if a.inset(0.5).overlaps(b)] == []


@quick
@given(forms, sizes, st.floats(4, 4000))
def test_a_map_of_any_form_is_drawn_whole(
    form: float, size: tuple[int, int], tall_km: float
) -> None:
    timeline = made(form, tall_km)
    fixed = frame(timeline, size)
    extent = extent_of_map(timeline.scenario)
    assert extent is not None
    [shown, *_] = fixed.windows
    for lon in extent[::2]:
        for lat in extent[1::2]:
            assert shown.sees(lon, lat, -0.1)
    for tick in (0, 5):
        assert_legible(picture(scene(timeline, tick), fixed))


@pytest.mark.parametrize("size", sorted(SIZES))
def test_a_tall_map_stands_beside_its_words_and_a_long_one_above(size: str) -> None:
    tall = parts_of(size_of(size), 0.3, lambda _room, u: 20 * u, lambda _room, u: 10 * u)
    assert tall.events.x > tall.map.right
    assert tall.margin.x > tall.map.right
    assert tall.map.h > 0.5 * size_of(size)[1]
    long = parts_of(size_of(size), 5.0, lambda _room, u: 20 * u, lambda _room, u: 10 * u)
    assert long.events.y > long.map.bottom
    assert long.map.w > 0.9 * size_of(size)[0]


# --- sheets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_every_sheet_of_a_map_of_any_form_can_be_read(form: float) -> None:
    timeline = made(form)
    for size in ((1654, 1169), *SIZES.values()):
        for sheet in book(Atlas(timeline, page(size))):
            assert_legible(sheet.picture)
        assert_legible(
            beside(Side(timeline, timeline.at(1)), Side(timeline, timeline.at(8)), page(size))
        )
        assert_legible(grid(timeline, range(10), page(size)))


@quick
@given(forms, sizes, st.booleans())
def test_there_is_always_a_way_to_lay_out_a_first_page(
    form: float, size: tuple[int, int], moved: bool
) -> None:
    atlas = Atlas(made(form), page(size))
    plans = plans_of(atlas, moved)
    assert plans
    body = atlas.page.body.inset(-1)
    for plan in plans:
        assert len(plan.maps) == (2 if moved else 1)
        parts = [*plan.maps, plan.legend, *plan.columns]
        assert all(body.contains(part) for part in parts)
        assert [(a, b) for a, b in combinations(parts, 2) if a.inset(0.5).overlaps(b)] == []
    assert plans == sorted(plans, key=lambda plan: -plan.shown)


# --- what the map shows where the script does not say -------------------------------------------


@quick
@given(forms, st.floats(0.5, 3000), st.floats(0.05, 40))
def test_the_extent_follows_from_the_places_and_their_accuracy(
    form: float, tall_km: float, accuracy_km: float
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        timeline = theatre(
            Path(folder), form, tall_km, extent=False, accuracy_km=round(accuracy_km, 3)
        )
    extent = extent_of_map(timeline.scenario)
    assert extent is not None
    west, south, east, north = extent
    located = timeline.scenario.located.values()
    assert all(west < p.at.lon < east and south < p.at.lat < north for p in located)
    wide = wide_km(extent)
    tall = wide / aspect(extent)
    spread = 0.9 * max(tall_km, tall_km * form)
    assert max(wide, tall) <= 1.6 * spread + 4 * accuracy_km + 0.7


def test_a_battlefield_of_four_kilometres_fills_its_map(tmp_path: Path) -> None:
    extent = extent_of_map(theatre(tmp_path, 1.4, 3.0, extent=False, accuracy_km=0.2).scenario)
    assert extent is not None
    assert wide_km(extent) < 6
    shown = window(Box(0, 0, 1000, 700), extent)
    assert shown.scale > 150  # pixels to a kilometre


def test_a_single_place_has_the_circle_of_its_accuracy_around_it(tmp_path: Path) -> None:
    timeline = theatre(tmp_path, 1.0, 1.0, count=1, extent=False, accuracy_km=0.5)
    extent = extent_of(timeline.scenario.located.values())
    assert extent is not None
    assert wide_km(extent) == pytest.approx(2.0, rel=0.02)
    assert extent_of([]) is None


BATTLE = """\
scenario: battle
title: A battle by the hour
window: 1815-06-18T06/1815-06-18T22
step: hour
sides:
  - {id: allied, name: Allies, letter: A, colour: red}
  - {id: french, name: French, letter: F, colour: blue}
sources: [{id: book, title: A book}]
places:
  - {id: farm, name: The farm, position: {lat: 50.67, lon: 4.39, gazetteer: a map, accuracy_km: 0.2}}
  - {id: mill, name: The mill, position: {lat: 50.68, lon: 4.43, gazetteer: a map, accuracy_km: 0.2}}
events:
  - {id: a, type: hold, date: 1815-06-18T06, place: [farm, mill], by: allied, summary: They hold it.,
     claims: [{cite: book p1}]}
  - {id: b, type: contest, date: 1815-06-18T11:35~, place: farm, by: french, summary: The attack.,
     claims: [{cite: book p2}, {cite: book p3, date: 1815-06-18T10}]}
"""


def test_a_battle_of_hours_with_about_times_reaches_the_page_and_the_map(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(BATTLE, "utf-8")
    battle = run(path)
    shown = contents(battle)
    ticks = {why["next"]["tick"] for why in shown["whys"] if why.get("next")}
    assert ticks
    assert all(0 <= tick < battle.scenario.calendar.ticks for tick in ticks)
    assert_legible(picture(scene(battle, 6), frame(battle)))
