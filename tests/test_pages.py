"""Sheets, comparisons, small maps: what every page must have, and what each of them says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import clipped, collisions, words
from pypdf import PdfReader
from small_campaign import SCRIPT, campaign

from replay.frontends.cli import start
from replay.outputs.rendering.sheet import sheets
from replay.picture.items import Box, Line, Picture, Point, Shape, Symbol, Text
from replay.picture.pages.book import Sheet, book
from replay.picture.pages.conflicts import conflicts
from replay.picture.pages.flow import Block, Row, balanced, flow, heading
from replay.picture.pages.grid import cells, grid
from replay.picture.pages.maps import Atlas, moved, rings
from replay.picture.pages.page import A3, page
from replay.picture.pages.phase import continued, phase_pages
from replay.picture.pages.side_by_side import Side, beside, widest
from replay.pipeline import run
from replay.timeline.timeline import Timeline

UPRIGHT = (1190, 1684)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def pages(small: Timeline) -> list[Sheet]:
    return book(Atlas(small, page(A3)))


@pytest.fixture(scope="module")
def flagship() -> Timeline:
    return run("western-iraq-2017")


@pytest.fixture(scope="module")
def al_qaim(flagship: Timeline) -> list[Picture]:
    phase = next(p for p in flagship.scenario.phases if p.id == "al-qaim")
    return phase_pages(Atlas(flagship, page(A3)), phase)


# --- every page -------------------------------------------------------------------------------


def test_every_page_names_its_lens_and_what_was_known(small: Timeline) -> None:
    known = run(small.scenario, "latest", "2017-11-01")
    for sheet in book(Atlas(known, page(A3))):
        said = words(sheet.picture)
        assert "Lens: latest" in said, sheet.stem
        assert "nown on 1 November 2017" in said, sheet.stem


@pytest.mark.parametrize("size", [A3, UPRIGHT])
def test_no_word_is_cut_off_or_written_over_another(small: Timeline, size: tuple[int, int]) -> None:
    for sheet in book(Atlas(small, page(size))):
        assert clipped(sheet.picture) == [], sheet.stem
        assert collisions(sheet.picture) == [], sheet.stem


def test_no_word_of_a_crowded_phase_is_cut_off_or_written_over(al_qaim: list[Picture]) -> None:
    for picture in al_qaim:
        assert clipped(picture) == []
        assert collisions(picture) == []


def test_the_contents_name_the_page_on_which_each_phase_begins(pages: list[Sheet]) -> None:
    title = words(pages[0].picture).splitlines()
    for n, sheet in enumerate(pages[1:], start=2):
        if sheet.title:
            at = next(i for i, line in enumerate(title) if line == sheet.title)
            assert str(n) in title[at : at + 4]
        assert f"{n} of {len(pages)}" in words(sheet.picture)


def test_sheets_need_neither_map_nor_phases_nor_sources(tmp_path: Path) -> None:
    script = SCRIPT.partition("phases:")[0].replace(
        "map: {extent: [40.0, 33.0, 43.0, 35.0], geography: ground.geojson}\n", ""
    )
    bare = script[: script.index("places:")] + "places:\n  - {id: lost, name: Lost}\nevents:\n"
    bare += "  - {id: taken, type: capture, date: 2017-11-01, place: lost, by: army,"
    bare += " summary: It is taken., claims: [{cite: article p1.s1}]}\n"
    (tmp_path / "scenario.yaml").write_text(bare, "utf-8")
    found = book(Atlas(run(tmp_path), page(A3)))
    stems = [sheet.stem for sheet in found]
    assert stems == ["00-title", "00-how-to-read", "00-charts", "01-window", "02-sources"]
    assert "It is taken." in words(found[3].picture)


# --- a phase ----------------------------------------------------------------------------------


def test_each_event_of_a_phase_is_told_once(small: Timeline, pages: list[Sheet]) -> None:
    told = "\n".join(words(sheet.picture) for sheet in pages if sheet.stem.startswith("02-end"))
    scenario = small.scenario
    first, last = scenario.span(scenario.phases[1])
    readings = small.events_on(first, last)
    assert len(readings) > 6
    for reading in readings:
        assert told.count(reading.shown.event.summary) == 1, reading.event.id


def test_events_without_a_day_and_before_the_window_have_a_place(pages: list[Sheet]) -> None:
    last = words(pages[-1].picture)
    assert "Two are killed on an unknown day." in last
    assert "ISIL holds the towns." in last


def test_what_changed_is_ringed_on_the_second_map_alone(small: Timeline) -> None:
    phase = small.scenario.phases[1]
    [picture] = phase_pages(Atlas(small, page(A3)), phase)
    begin, end = small.at("2017-10-28").control, small.at("2017-11-03").control
    changed = {place for place in begin if begin[place] != end[place]}
    circled: dict[str, set[str]] = {}
    for layer in picture.layers:
        name = layer.name.partition(" ")[0]
        for item in layer.items:
            if layer.name.endswith("labels") and isinstance(item, Shape) and item.of:
                circled.setdefault(name, set()).add(item.of)
    on_map = {"town", "a", "b", "field", "station"}
    assert circled == {"after": changed & on_map}
    assert circled["after"] == on_map & changed != set()


def test_a_dispute_is_told_once_with_all_of_its_sides(small: Timeline) -> None:
    [station] = [c for c in conflicts(small, 0, 9) if "station-taken" in c.events]
    assert station.title == "Who holds and which forces took Station"
    sides = dict(station.sides)
    assert set(sides.values()) == {"the general (article p2.s1)", "article p3.s2"}
    assert any("31 October 2017" in says for says in sides)


def test_an_event_points_to_its_dispute(pages: list[Sheet]) -> None:
    opening = next(sheet for sheet in pages if sheet.stem == "01-opening")
    said = words(opening.picture)
    assert said.count("≠1") == 2  # at the event, and at the dispute


# --- columns ----------------------------------------------------------------------------------


def test_balanced_columns_end_at_the_same_height() -> None:
    blocks = [heading("A title")]
    blocks += [Block((Row(f"Block {n} " + "word " * (5 + n % 9), 12),)) for n in range(40)]
    columns = [Box(n * 300, 0, 280, 2000) for n in range(4)]
    items, left = balanced(blocks, columns)
    assert not left
    ends = [_end(items, column) for column in columns]
    tallest = 3 * 12 * 1.27 + 7
    assert max(ends) - min(ends) < tallest * 1.5
    assert sum(isinstance(item, Text) for item in items) == sum(
        isinstance(item, Text) for item in flow(blocks, columns)[0]
    )


def test_columns_of_different_heights_end_at_one_line() -> None:
    blocks = [Block((Row(f"Block {n}", 12),)) for n in range(60)]
    columns = [Box(0, 400, 280, 1600), Box(300, 400, 280, 1600), Box(600, 0, 280, 2000)]
    items, left = balanced(blocks, columns)
    assert not left
    ends = [_end(items, column) for column in columns]
    assert max(ends) - min(ends) < 50


def _end(items: list[object], column: Box) -> float:
    found = [i.at.y for i in items if isinstance(i, Text) and column.x <= i.at.x < column.right]
    return max(found, default=column.y)


def test_the_pages_of_a_phase_are_balanced(al_qaim: list[Picture]) -> None:
    measures = page(A3)
    for picture in al_qaim[1:]:
        text = next(layer for layer in picture.layers if layer.name == "words").items
        ends = [_end(list(text), column) for column in measures.columns(measures.body)]
        assert max(ends) - min(ends) < 0.12 * A3[1]


def test_a_day_that_goes_on_is_named_again() -> None:
    day = Block((Row("3 November", bold=True),), heading=True)
    events = [Block((Row(f"Event {n}"),)) for n in range(3)]
    left = continued([day, *events], events[1:])
    assert [block.rows[0].text for block in left] == [
        "3 November (continued)",
        "Event 1",
        "Event 2",
    ]
    assert continued([day, *events], [day, *events]) == [day, *events]


# --- side by side -----------------------------------------------------------------------------


def test_what_two_lenses_show_otherwise_is_ringed_and_listed(small: Timeline) -> None:
    other = run(small.scenario, "only:article", "2017-10-30")
    first, second = widest(small, other)
    one, two = small.at(first).control, other.at(second).control
    differing = {place for place in one if one[place] != two[place]}
    picture = beside(Side(small, small.at(first)), Side(other, other.at(second)), page(A3))
    said = words(picture)
    assert "Lens: only:article" in said
    assert "Lens: default" in said
    for place in differing:
        assert small.scenario.name(place) in said
    assert clipped(picture) == []
    assert collisions(picture) == []


def test_two_days_that_are_the_same_have_no_rings(small: Timeline) -> None:
    picture = beside(Side(small, small.at(8)), Side(small, small.at(8)), page(A3))
    assert "No place is shown otherwise." in words(picture)
    ringed = [
        item
        for layer in picture.layers
        if layer.name in ("a labels", "b labels")
        for item in layer.items
        if isinstance(item, Shape)
    ]
    assert ringed == []


def test_the_day_that_is_chosen_is_one_on_which_most_places_differ(small: Timeline) -> None:
    other = run(small.scenario, "latest")
    tick, same = widest(small, other)
    assert tick == same

    def count(t: int) -> int:
        a, b = small.at(t).control, other.at(t).control
        return sum(a[place] != b[place] for place in a)

    counts = [count(t) for t in range(small.scenario.calendar.ticks)]
    assert counts[tick] == max(counts) > 0


def test_a_ring_lies_around_its_mark(small: Timeline) -> None:
    atlas = Atlas(small, page(A3))
    frame = atlas.frame(Box(100, 100, 700, 500), 1.0)
    site = next(s for s in frame.sites if s.place == "city")
    found = list(rings(frame, {"city"}))
    assert found
    for ring in found:
        assert isinstance(ring, Shape)
        far = [((p.x - site.at.x) ** 2 + (p.y - site.at.y) ** 2) ** 0.5 for p in ring.rings[0]]
        assert min(far) > site.size / 2


def test_an_item_is_moved_with_its_window() -> None:
    box = Box(0, 0, 10, 10)
    for item in (
        Symbol(at=Point(1, 2), shape="circle", size=3, clip=box),
        Line(points=(Point(1, 2), Point(3, 4)), colour="ink", clip=box),
        Text(at=Point(1, 2), text="x", size=3, colour="ink", clip=box),
        Shape(rings=((Point(1, 2),),), clip=box),
    ):
        there = moved(item, 5, 7)
        assert there.clip == Box(5, 7, 10, 10)
        assert moved(there, -5, -7) == item


# --- small multiples --------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 7, 14, 30, 60])
@pytest.mark.parametrize("aspect", [0.7, 1.4, 2.2])
def test_small_maps_fill_their_room_and_do_not_touch(count: int, aspect: float) -> None:
    room = Box(30, 100, 1594, 1000)
    boxes, spare = cells(room, count, aspect, 22, 16)
    assert len(boxes) == count
    assert spare >= 0
    for n, box in enumerate(boxes):
        assert room.inset(-0.01).contains(box._replace(h=box.h + spare))
        assert box.w / box.h == pytest.approx(aspect)
        above = box._replace(y=box.y - 22, h=box.h + 22 + spare)
        assert not any(above.overlaps(other) for m, other in enumerate(boxes) if m != n)


def test_a_page_of_small_maps_has_the_date_of_each(small: Timeline) -> None:
    ticks = [0, 3, 6, 9]
    picture = grid(small, ticks, page(A3))
    said = words(picture)
    for day in ("25 October 2017", "28 October 2017", "31 October 2017", "3 November 2017"):
        assert day in said
    assert "Lens: default" in said
    assert clipped(picture) == []
    assert collisions(picture) == []


# --- files ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(small: Timeline, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    told: list[tuple[int, int]] = []
    folder = tmp_path_factory.mktemp("sheets")
    found = sheets(small, folder, progress=lambda done, all: told.append((done, all)))
    assert told == [(n, 7) for n in range(1, 8)]
    assert sorted(folder.iterdir()) == sorted(found)
    return found


def test_each_page_is_a_picture_and_all_are_one_document(written: list[Path]) -> None:
    assert [path.name for path in written] == [
        *(f"00-{name}.png" for name in ("title", "how-to-read", "charts")),
        "01-opening.png",
        "02-end.png",
        "03-sources.png",
        "small-sheets.pdf",
    ]


def test_sheets_are_the_same_bytes_again(
    small: Timeline, written: list[Path], tmp_path: Path
) -> None:
    again = sheets(small, tmp_path)
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in written]


def test_the_document_has_every_sheet_with_its_bookmark(written: list[Path]) -> None:
    *pictures, document = written
    reader = PdfReader(document)
    assert len(reader.pages) == len(pictures)
    bookmarks = {
        item.title: reader.get_destination_page_number(item)
        for item in reader.outline
        if not isinstance(item, list)
    }
    stems = [path.stem for path in pictures]
    assert bookmarks["Opening"] == stems.index("01-opening")
    assert bookmarks["End"] == stems.index("02-end")
    links = [a.get_object() for a in reader.pages[0].get("/Annots", [])]
    assert len(links) == len(bookmarks) - 1  # all but the title page itself
    assert reader.metadata is not None
    assert reader.metadata.title == "A small campaign"
    text = reader.pages[bookmarks["End"]].extract_text()
    assert "All is cleared." in text
    assert "Lens: default" in text
    assert "29 October – 3 November 2017" in text
    kinds = {font["/Subtype"] for font in _fonts(reader)}
    assert kinds == {"/Type0"}  # letters as outlines that can be searched


def _fonts(reader: PdfReader) -> Iterator[Any]:
    for one in reader.pages:
        for font in one["/Resources"]["/Font"].values():
            yield font.get_object()


REFUSED = [
    (["show", ".", "--on", "2017-11-01", "--phases"], "U507"),
    (["show", ".", "--days", "2017-11-01", "--every", "2"], "U507"),
    (["show", ".", "--every", "2", "--lens", "default", "--lens", "latest"], "U507"),
    (["show", ".", "--on", "2017-10-26", "--on", "2017-10-27", "--on", "2017-10-28"], "U507"),
    (["show", ".", "--days", "2017-12-24"], "U503"),
    (["show", ".", "--days", ","], "U503"),
    (["show", ".", "--phases", "-o", "x.jpg"], "U505"),
    (["show", ".", "--on", "2017-10-26", "--on", "2017-10-27", "-o", "x.jpg"], "U505"),
    (["compare", ".", "--on", "2017-10-26", "--on", "2017-10-27", "-o", "x"], "U505"),
    (["compare", ".", "--sources", "-o", "x.png"], "U507"),
    (["chart", ".", "plases"], "U502"),
    (["chart", ".", "places", "-o", "x.gif"], "U505"),
    (["chart", ".", "places", "-o", "x.png", "--style", "pink"], "U520"),
]


@pytest.mark.parametrize(("arguments", "code"), REFUSED)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(
    arguments: list[str],
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    campaign(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert start(arguments) == 2
    assert code in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before


def test_the_commands_write_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign(tmp_path)
    monkeypatch.chdir(tmp_path)
    small = ["--size", "800x500"]
    twice = ["--on", "2017-10-28", "--on", "2017-11-03"]
    assert start(["show", ".", *twice, "-o", "a.svg", *small]) == 0
    assert start(["show", ".", "--phases", "-o", "b.png", *small]) == 0
    assert start(["compare", ".", *twice, "-o", "c.png", "--json", *small]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["same"] is False
    for name in ("a.svg", "b.png", "c.png"):
        assert f"wrote {name}" in told.err
        assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.parametrize(("lens", "known_on"), [("only:musings", None), ("default", "2017-11-05")])
def test_a_lens_shows_no_sentence_that_it_does_not_admit(
    flagship: Timeline, lens: str, known_on: str | None
) -> None:
    through = run(flagship.scenario, lens, known_on)
    last = flagship.scenario.calendar.ticks - 1
    told = [who for one in conflicts(through, 0, last) for _, who in one.sides if not one.title]
    everything = [who for one in conflicts(flagship, 0, last) for _, who in one.sides]
    assert any("niqash" in who for who in everything)
    assert any("article" in who for who in everything)
    if known_on is None:
        assert all("musings" in who for who in told)
    else:
        assert any("article p47" in who for who in everything)
        assert not any("article p47" in who for who in told)  # published in December


def test_what_has_no_room_on_the_last_page_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from replay.picture.pages import phase

    event = "type: count, date: 2017-11-01, claims: [{cite: article p1.s1}]"
    more = "".join(f"  - {{id: e{n}, summary: Event {n}., {event}}}\n" for n in range(150))
    crowded = campaign(tmp_path, more)
    monkeypatch.setattr(phase, "MOST_PAGES", 1)
    [picture] = phase_pages(Atlas(crowded, page(A3)), crowded.scenario.phases[1])
    told = sum(f"Event {n}." in words(picture).splitlines() for n in range(150))
    assert 0 < told < 150
    assert re.search(r"and \d+ more: `replay export -o log.csv`", words(picture))
