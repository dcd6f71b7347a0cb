"""The application in the terminal: keys go in, and what stands on the screen comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from small_campaign import campaign
from textual import events
from textual.pilot import Pilot

import replay
from replay.frontends.terminal import chart, days, header_footer
from replay.frontends.terminal.app import Stepper, Steps
from replay.frontends.terminal.controller import Desk
from replay.frontends.terminal.prompts import Typed
from replay.frontends.terminal.raster import Field, Look, cells, filled, shortened
from replay.frontends.terminal.text_layout import wrapped
from replay.scene import scene
from replay.stepping import key_bindings
from replay.stepping.navigator import StopCourse, stays
from replay.stepping.session import Session
from replay.timeline.timeline import Timeline

T = TypeVar("T")


def ran(story: Coroutine[Any, Any, T]) -> T:
    """What a story comes to, in a thread of its own: a browser of other tests may hold this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


@pytest.fixture(scope="module")
def flagship() -> Timeline:
    return replay.run(replay.load("western-iraq-2017"))


def screen(pilot: Pilot[None]) -> str:
    """The letters on the screen, row by row."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def ready(pilot: Pilot[None]) -> None:
    """Wait until the first picture is drawn."""
    for _ in range(100):
        await pilot.pause()
        if "▲" in screen(pilot):
            return
    raise AssertionError(screen(pilot))


async def press(pilot: Pilot[None], *typed: str) -> None:
    """Press keys; `type:…` types a text letter by letter."""
    for key in typed:
        names = {" ": "space", "-": "minus", ":": "colon"}
        if key.startswith("type:"):
            for letter in key.removeprefix("type:"):  # as fast as a paste
                pilot.app.post_message(events.Key(names.get(letter, letter), letter))
        else:
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()


def looks(
    timeline: Timeline,
    *steps: tuple[str, ...],
    size: tuple[int, int] = (80, 24),
    on: str = "2017-11-03",
) -> list[str]:
    """What stands on the screen after each of some groups of keys."""

    async def look() -> list[str]:
        async with Stepper(Session(timeline, on)).run_test(size=size) as pilot:
            await ready(pilot)
            found = []
            for typed in steps:
                await press(pilot, *typed)
                found.append(screen(pilot))
            return found

    return ran(look())


def after(
    timeline: Timeline, *typed: str, size: tuple[int, int] = (80, 24), on: str = "2017-11-03"
) -> str:
    """What stands on the screen after some keys."""
    return looks(timeline, typed, size=size, on=on)[-1]


def desk(timeline: Timeline, on: str = "2017-11-03") -> Desk:
    """The desk behind the screen, with a small map."""
    made = Desk(Session(timeline, on))
    made.size = (40, 12)
    return made


# --- steps ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ((), "3 November 2017 · Al-Qa'im, day 9 of 11 · 6 events"),
        (("right",), "4 November 2017"),
        (("left", "left"), "1 November 2017"),
        (("right_square_bracket",), "11 November 2017 · Rawa, day 1 of 7"),
        (("left_square_bracket",), "26 October 2017 · Al-Qa'im, day 1 of 11"),
        (("home",), "15 September 2017 · Prelude, day 1 of 41"),
        (("end",), "10 December 2017"),
        (("less_than_sign",), "27 October 2017"),
        (("up",), "2 November 2017"),
        (("g", "type:17 nov", "enter"), "17 November 2017"),
        (("g", "type:rawa-taken", "enter"), "17 November 2017"),
    ],
)
def test_a_key_leads_to_a_day(flagship: Timeline, typed: tuple[str, ...], day: str) -> None:
    at = desk(flagship)
    for key in typed:
        letters = key.removeprefix("type:") if key.startswith("type:") else [key]
        for letter in letters:
            at.press(letter, letter if len(letter) == 1 else None)
    assert day in "".join(text for text, _ in header_footer.head(at.walk, 100))


def test_the_day_stands_above_the_map(flagship: Timeline) -> None:
    one, two = looks(flagship, (), ("right", "right_square_bracket"))
    assert "3 November 2017 · Al-Qa'im, day 9 of 11 · 6 events" in one.splitlines()[0]
    assert "11 November 2017 · Rawa, day 1 of 7" in two.splitlines()[0]


def test_the_event_that_is_looked_at_is_marked_and_in_view(flagship: Timeline) -> None:
    names = ["Al-Bukamal", "border crossing", "al-Karabilah", "Gaza"]
    for shown, words in zip(looks(flagship, *[("n",)] * len(names)), names, strict=True):
        [marked] = [row for row in shown.splitlines() if "▶" in row]
        assert words in marked


def test_playing_goes_on_by_itself_at_the_pace_and_stops(flagship: Timeline) -> None:
    async def play() -> tuple[str, str, float]:
        async with Stepper(Session(flagship, "2017-11-08")).run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await press(pilot, "space")
            playing = screen(pilot)
            assert isinstance(pilot.app.screen, Steps)
            waits = pilot.app.screen.play_timer
            assert waits is not None
            await pilot.pause(0.45)
            await press(pilot, "space")
            return playing, screen(pilot), waits._interval

    playing, stopped, seconds = ran(play())
    assert "▶ by event" in playing
    assert "▶ by event" not in stopped
    assert "9 November 2017" in stopped.splitlines()[0]
    tick = flagship.tick("2017-11-08")
    assert seconds == stays(Session(flagship).course)[tick]


# --- asking -----------------------------------------------------------------------------------


def test_in_a_few_keys_who_took_al_qaim_who_says_so_and_who_otherwise(flagship: Timeline) -> None:
    find = ("slash", "type:qaim")
    found, why, below, disputes = looks(flagship, find, ("enter",), ("pagedown",), ("d",))
    assert "place     Al-Qa'im" in found
    assert "Held by Iraqi government" in why
    assert "(article p34.s4" in why
    assert "≠ article p10" in below
    assert "Sources differ on" in disputes


def test_another_lens_changes_the_map_and_says_how_much(flagship: Timeline) -> None:
    before, shown = looks(flagship, (), ("l", "type:only:mus", "enter"))
    assert "lens only:musings" in shown
    assert "44 places differ on 2,456 place-days." in shown
    assert "3 November 2017" in shown.splitlines()[0]
    assert before.splitlines()[5:15] != shown.splitlines()[5:15]


def test_only_what_was_known_on_a_day_and_all_again(flagship: Timeline) -> None:
    known, again = looks(flagship, ("k", "type:31 oct", "enter"), ("k", "enter"))
    assert "known on 2017-10-31" in known
    assert "known on" not in again.splitlines()[-1]


def test_a_wrong_day_is_told_and_can_be_mended(flagship: Timeline) -> None:
    mend = (*["backspace"] * 5, "type:11-01", "enter")
    wrong, mended = looks(flagship, ("g", "type:2017-13-01", "enter"), mend)
    assert "U503 there is no month 13" in wrong
    assert "1 November" in mended.splitlines()[0]
    at = desk(flagship)
    for key in ("g", "x", "enter", "escape"):
        at.press(key, key if len(key) == 1 else None)
    assert (at.question, at.walk.label) == (None, "2017-11-03")


def test_nothing_is_lost_of_what_is_typed_ahead(flagship: Timeline) -> None:
    async def burst() -> str:
        async with Stepper(Session(flagship, "2017-11-03")).run_test(size=(100, 30)) as pilot:
            await ready(pilot)
            for key in [*"/qaim", "enter", "l", *"only:mus", "enter", "g", *"17 nov", "enter"]:
                letter = key if len(key) == 1 else None
                name = {"/": "slash", " ": "space", ":": "colon"}.get(key, key)
                pilot.app.post_message(events.Key(name, letter))
            await pilot.pause()
            return screen(pilot)

    shown = ran(burst())
    assert "17 November 2017" in shown.splitlines()[0]
    assert "lens only:musings" in shown
    assert "Al-Qa'im, at the end of 17 November" in shown


def test_places_can_be_walked_over_and_listed(flagship: Timeline) -> None:
    at = desk(flagship)
    assert at.walk.about == "al-bukamal"
    at.press("tab")
    assert at.walk.about not in (None, "al-bukamal")
    at.press("shift+tab")
    assert at.walk.about == "al-bukamal"
    every = []
    for _ in at.places():
        at.press("tab")
        every.append(at.walk.about)
    assert sorted(map(str, every)) == sorted(at.chart.spots)
    listed = after(flagship, "m", size=(100, 40))
    assert "al-Karabilah neighbourhood" in listed
    assert "G  Al-Qa'im" in listed


_PAGE = "\n".join(f"A{n}. B{n}. C{n}. D{n}. E{n}." for n in range(1, 99))


def test_with_the_texts_the_cited_sentence_stands_below_its_event(flagship: Timeline) -> None:
    async def look() -> str:
        walk = Session(flagship, "rawa-taken", {"article": _PAGE})
        async with Stepper(walk).run_test(size=(140, 45)) as pilot:
            await ready(pilot)
            return screen(pilot)

    assert "article p37.s3: “C37.”" in ran(look())


def test_every_key_of_the_table_does_something_and_is_in_the_help(flagship: Timeline) -> None:
    for key in key_bindings.KEYS:
        for name in key.keys:
            at = desk(flagship)
            at.walk.chosen, at.look = "rawa", chart.View(2.0, (41.0, 34.0))
            before = what_is_shown(at)
            at.press(name)
            assert what_is_shown(at) != before, key.action
    told = after(flagship, "question_mark", size=(120, 60))
    for key in key_bindings.KEYS:
        assert f"{', '.join(map(key_bindings.shown_keys, key.keys))} " in told
        assert key.does in told


def what_is_shown(at: Desk) -> object:
    """All that a key can change."""
    asked = type(at.question), at.question and at.question.title
    shown = at.view, at.listed, at.look, at.turned, at.said
    return at.walk.at, at.walk.chosen, shown, at.pace, at.playing, at.leaving, asked


def test_a_line_is_typed_and_edited() -> None:
    line = Typed()
    for letter in "rawa":
        line.insert(letter)
    for key in ("home", "delete", "right", "backspace", "end", "left"):
        assert line.press(key)
    line.insert("X")
    assert (line.text, line.at) == ("wXa", 2)
    assert not line.press("f1")
    line.press("ctrl+u")
    assert line.text == "a"


def test_a_click_on_the_map_the_strip_and_an_event(flagship: Timeline) -> None:
    async def click() -> tuple[str, str, str]:
        app = Stepper(Session(flagship, "2017-11-03"))
        async with app.run_test(size=(140, 45)) as pilot:
            await ready(pilot)
            rows = screen(pilot).splitlines()
            y = next(n for n, row in enumerate(rows) if "Akashat" in row)
            await pilot.click(offset=(rows[y].index("Akashat"), y))
            await pilot.pause()
            place = screen(pilot)
            await pilot.click("#main", offset=(5, 0))
            await pilot.pause()
            event = screen(pilot)
            await pilot.click("#days", offset=(0, 0))
            await pilot.pause()
            return place, event, screen(pilot)

    place, event, day = ran(click())
    assert "Akashat, at the end of 3 November 2017" in place
    assert "▶" in event
    assert "15 September 2017" in day.splitlines()[0]


# --- sizes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (60, 20), (30, 10)])
def test_it_fits_into_any_terminal(flagship: Timeline, size: tuple[int, int]) -> None:
    shown, listed = looks(flagship, ("n",), ("m",), size=size)
    rows = shown.splitlines()
    assert len(rows) == size[1]
    assert "November" in rows[0]
    assert "lens default" in rows[-1]
    widest = max(len(row.rstrip()) for row in rows[1 : size[1] - 5])
    assert widest > size[0] * 0.7
    assert listed.count("2017-1") >= min(5, size[1] - 7)


def test_a_campaign_without_positions_lists_its_places(tmp_path: Path) -> None:
    script = tmp_path / "s.yaml"
    script.write_text(
        "scenario: s\ntitle: No map\nwindow: 2001-01-01/2001-01-03\n"
        "sides: [{id: a, name: A, letter: A}]\nsources: [{id: x, title: X}]\n"
        "places: [{id: mill, name: Mill 水車小屋}]\n"
        "events: [{id: e, type: capture, date: 2001-01-02, place: mill, by: a, summary: Taken.,"
        " claims: [{cite: x p1}]}]\n",
        "utf-8",
    )
    shown = after(replay.run(script), "right", on="2001-01-01")
    assert "A  Mill 水車小屋" in shown
    assert "Taken." in shown
    assert {cell_len(row) for row in shown.splitlines()} == {80}


# --- the map in letters -----------------------------------------------------------------------


def test_no_name_covers_a_mark_or_another_name(flagship: Timeline, tmp_path: Path) -> None:
    for timeline in (flagship, campaign(tmp_path)):
        ground = chart.Chart(timeline.scenario, (9, 9), chart.View()).features
        for size in ((44, 16), (120, 50)):
            for zoom in (1.0, 4.0):
                drawn = chart.Chart(timeline.scenario, size, chart.View(zoom), ground)
                cells = [
                    (x + n, y) for x, y, name in drawn.names.values() for n in range(len(name))
                ]
                assert len(cells) == len(set(cells))
                assert not set(cells) & set(drawn.spots.values())
                assert all(0 <= x < size[0] and 0 <= y < size[1] for x, y in cells)


def test_names_do_not_jump_from_day_to_day(flagship: Timeline) -> None:
    drawn = chart.Chart(flagship.scenario, (80, 30), chart.View())
    for tick in range(0, flagship.scenario.calendar.ticks, 9):
        rows = str(chart.drawn(drawn, scene(flagship, tick))).splitlines()
        for place, (x, y, name) in drawn.names.items():
            assert rows[y].ljust(80)[x : x + len(name)] == name, place


def test_marks_say_who_holds_a_place_without_any_colour(tmp_path: Path) -> None:
    small = campaign(tmp_path)
    drawn = chart.Chart(small.scenario, (100, 40), chart.View())
    letters = {side.id: side.letter for side in small.scenario.sides}
    for tick in range(small.scenario.calendar.ticks):
        facts = scene(small, tick)
        field = chart.drawn(drawn, facts)
        tops = {cell: place for place, cell in drawn.spots.items()}
        for (x, y), place in tops.items():
            control = next(m.control for m in facts.marks if m.place == place)
            held = getattr(control.value, "status", None) == "held"
            if held:
                assert field.letters[y][x] == letters[control.value.side]  # type: ignore[union-attr]
            if control.mark != "certain" and (x + 1, y) not in tops:
                assert field.letters[y][x + 1] == {"possible": "?", "disputed": "~"}[control.mark]


def test_a_place_is_found_by_its_mark_and_by_its_name(flagship: Timeline) -> None:
    drawn = chart.Chart(flagship.scenario, (80, 30), chart.View())
    for place, (x, y, name) in drawn.names.items():
        assert drawn.nearest(x + len(name) // 2, y) == place
        assert drawn.nearest(*drawn.spots[place]) == place
    assert drawn.nearest(0, 29) is None


# --- the strip of days, and words -------------------------------------------------------------


@given(st.integers(1, 400), st.integers(1, 200), st.data())
def test_every_day_has_its_column_and_every_column_its_days(
    ticks: int, width: int, data: st.DataObject
) -> None:
    strip = days.Days(None, StopCourse(ticks, (), ()), width)  # type: ignore[arg-type]
    assert [t for x in range(strip.columns) for t in strip.ticks(x)] in (
        list(range(ticks)),
        [t for t in range(ticks) for _ in range(strip.each)],
    )
    tick = data.draw(st.integers(0, ticks - 1))
    assert tick in strip.ticks(strip.column(tick))
    assert strip.columns <= width


def test_the_strip_shows_where_one_stands(flagship: Timeline) -> None:
    walk = Session(flagship)
    strip = days.Days(flagship.scenario, walk.course, 80)
    for label in ("2017-09-15", "2017-11-03", "2017-12-10"):
        rows = str(days.drawn(strip, flagship.tick(label))).splitlines()
        assert "Al-Qa'im" in rows[1]
        assert label in rows[2]
        assert rows[2].count("▲") == 1


@given(st.text(alphabet="ab 水е́\t\x1b", max_size=60), st.integers(9, 30), st.integers(0, 4))
def test_wrapped_words_fit_and_none_is_lost(text: str, width: int, indent: int) -> None:
    rows = wrapped(text, width, indent, indent)
    assert all(cell_len(row) <= width for row in rows)
    from replay.foundation.errors import visible

    assert "".join("".join(rows).split()) == "".join(visible(text).split())


WIDE = st.text(alphabet="ab 水車\u0301é", max_size=20)


@given(WIDE, st.integers(1, 25))
def test_wide_letters_take_two_cells_and_are_never_cut_in_half(text: str, width: int) -> None:
    assert len(cells(text)) == cell_len(text)
    assert cell_len(filled(text, width)) == width
    assert cell_len(shortened(text, width)) <= width
    field = Field(25, 1)
    field.put(0, 0, filled(text, width), Look())
    assert cell_len("".join(letters for letters, _ in field.runs(0))) == 25


def test_what_is_put_outside_of_a_field_is_lost() -> None:
    field = Field(5, 2)
    field.put(3, 1, "abc", Look())
    field.put(-1, 0, "xy", Look())
    field.put(0, 9, "no", Look())
    assert str(field) == "y\n   ab"


def test_where_the_views_have_no_room_the_last_ones_stand_with_their_keys() -> None:
    def told(here: str, width: int) -> str:
        return "".join(text for text, _ in header_footer.tabs(here, width))

    assert told("why", 60) == " e events  w why  d disputes  t tallies  u undated "
    assert told("why", 36) == " e events  w why  d disputes  t  u "
    assert told("undated", 36) == " e events  w why  d  t  u undated "
