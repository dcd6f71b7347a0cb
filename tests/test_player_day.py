"""What the page shows of a day, in a real browser: signs, bars, dates, and the words for a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browser import Page
from small_campaign import SCRIPT, campaign, ground

from replay.outputs.page.html import page
from replay.pipeline import run

RIVAL = """\
  - {id: dated, type: capture, date: 2017-11-02, place: e, by: army, summary: The base is taken.,
     note: The author wonders which base., claims: [{cite: article p1.s1},
     {cite: article p2.s1, reporter: general, date: 2017-10-25}]}
"""

HOURS = """\
  - {id: held, type: hold, date: 2014, place: [town, a], by: isil, summary: ISIL holds the towns.,
     claims: [{cite: article p1.s1}]}
  - {id: taken, type: capture, date: 2017-10-25T14, place: town, by: army,
     summary: They take the town., claims: [{cite: article p1.s2}]}
"""


@pytest.fixture(scope="module")
def days(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The small campaign, with an event that two sources date differently."""
    folder = tmp_path_factory.mktemp("days")
    path = folder / "page.html"
    path.write_text(page(campaign(folder, RIVAL)), "utf-8")
    with Page(browser, path) as shown:
        yield shown
        assert shown.wrong == []


@pytest.fixture(scope="module")
def hours(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A campaign of 22 hours without phases."""
    folder = tmp_path_factory.mktemp("hours")
    head = SCRIPT.replace("2017-10-25/2017-11-03", "2017-10-25T06/2017-10-26T03\nstep: hour")
    script = f"{head.partition('phases:')[0]}events:\n{HOURS}"
    (folder / "scenario.yaml").write_text(script, "utf-8")
    (folder / "ground.geojson").write_text(ground(), "utf-8")
    path = folder / "page.html"
    path.write_text(page(run(folder)), "utf-8")
    with Page(browser, path) as shown:
        yield shown
        assert shown.wrong == []


def panel(shown: Page, view: str) -> Any:
    """What is beside the map in a view."""
    shown.told("app.arrive(given)", view)
    return shown.page.get_by_role("tabpanel")


def sign(shown: Page, place: str) -> list[Any]:
    """The filling and the edge of each part of a place's sign in the list of places."""
    row = panel(shown, "#day=2017-11-02&tab=places").locator("li").filter(has_text=place)
    parts: list[Any] = row.locator("svg.sign path").evaluate_all(
        "(all) => all.map((one) => [one.getAttribute('fill'), one.getAttribute('stroke')])"
    )
    return parts


# --- places in lists ------------------------------------------------------------------------------


def test_a_besieged_place_has_the_besiegers_ring_in_lists(days: Page) -> None:
    assert ["none", "var(--blue)"] in sign(days, "Suburb A")
    assert ["none", "var(--blue)"] not in sign(days, "Suburb C")


def test_a_siege_is_a_line_along_the_history_of_the_place(days: Page) -> None:
    card = panel(days, "#day=2017-11-02&place=a")
    assert card.locator(".history-strip .siege rect").count() == 2
    assert days.page.locator(".strip .past .siege rect").count() == 2
    held = panel(days, "#day=2017-11-02&place=c")
    assert held.locator(".siege").count() == 0


def test_a_place_in_a_list_has_the_symbol_that_it_has_on_the_map(days: Page) -> None:
    """Shape and filling: an unknown holder does not look like a kind of place."""
    shapes = days.told("""
        const looks = campaign.data.map.looks, corners = (look) => looks[look][0].rings[0].length;
        const why = (place) => app.view.why("control", place, 8);
        return Object.fromEntries(["town", "d", "e"].map((id) => [id, corners(why(id).look)]));""")
    assert shapes == {"town": 32, "d": 4, "e": 4}
    unknown = days.told("campaign.data.map.looks[campaign.unknownSign('town')]")
    assert [part.get("fill") or part.get("edge") for part in unknown] == ["paper", "faint"]
    legend = days.told("""
        const settlement = campaign.data.map.frames.wide.legend.find(({ text }) => text === "settlement");
        return campaign.data.map.items[settlement.items[0]];""")
    assert legend["fill"] != "paper"


# --- events of a day ------------------------------------------------------------------------------


def test_a_day_lists_an_event_that_another_source_dates_to_it(days: Page) -> None:
    text = panel(days, "#day=2017-10-25").inner_text()
    assert "≠ dated to this day by the general article p2.s1; shown on 2 November 2017" in text
    assert "Nothing is dated" not in text


def test_a_day_without_events_says_so_and_when_the_next_one_is(days: Page) -> None:
    quiet = panel(days, "#day=2017-10-30").locator(".quiet").first
    assert quiet.inner_text() == "Nothing is dated to this day."
    days.told("""
        const { dated } = app.view;
        app.view.dated = dated.filter((event) => event.tick > 2);
        app.view.course.stops = app.view.dated.map((event) => ({ event: event.id, tick: event.tick, words: 1 }));
        app.go(1);""")
    assert quiet.inner_text() == "Nothing is dated to this day. Next: 28 October 2017."
    days.page.reload()
    days.page.wait_for_selector("html.ready", state="attached")


def test_an_event_in_a_list_shows_that_it_has_a_note(days: Page) -> None:
    events = panel(days, "#day=2017-11-02").locator(".event")
    noted = events.filter(has_text="The base is taken.").first
    assert noted.locator(".note-sign").inner_text() == "Note"
    assert events.filter(has_text="The town is taken.").locator(".note-sign").count() == 0
    noted.locator(".summary").click()
    card = days.page.get_by_role("tabpanel").inner_text()
    assert "Note: The author wonders which base." in card


# --- the strip ------------------------------------------------------------------------------------


def test_bars_tell_events_of_the_day_from_those_that_had_happened_by_then(days: Page) -> None:
    """Pale: by then; outlined: dated so by other sources. The still pictures do the same."""
    for kind in ("dated", "by", "rival"):
        assert days.page.locator(f".strip .bar-{kind}").count() > 0
    caption = days.page.locator(".strip-caption").inner_text().split("\n")
    assert [text.strip() for text in caption] == [
        "Events on each day",
        "dated to the day",
        "had happened by that day",
        "dated so by other sources",
    ]
    looks = days.page.evaluate("""() => ["dated", "by", "rival"].map((kind) =>
        getComputedStyle(document.querySelector(`.strip .bar-${kind}`)).fill)""")
    assert len(set(looks)) == 3


def test_the_axis_names_several_days(days: Page) -> None:
    labels = days.page.locator(".strip .dates text").all_text_contents()
    assert labels[0] == "25 October 2017"
    assert len(labels) >= 4


# --- steps of an hour -----------------------------------------------------------------------------


def test_steps_of_an_hour_are_called_hours(hours: Page) -> None:
    body = hours.page.locator("body").inner_text()
    assert "this day" not in body
    assert "IN THIS HOUR" in body
    assert "Events in each hour" in body
    for name in ("Hour before (←)", "Next hour (→)", "First hour (Home)", "Last hour (End)"):
        assert hours.page.get_by_role("button", name=name, exact=True).is_visible()


def test_without_phases_there_are_no_buttons_for_them(hours: Page, days: Page) -> None:
    for shown, count in ((hours, 0), (days, 2)):
        assert shown.page.get_by_role("button", name="phase", exact=False).count() == count
        assert shown.page.get_by_role("option", name="by phase").count() == count // 2
    assert hours.page.get_by_role("option", name="by hour").count() == 1


def test_the_axis_names_several_hours(hours: Page) -> None:
    labels = hours.page.locator(".strip .dates text").all_text_contents()
    assert labels[0] == "25 October 2017, 06:00"
    assert {"12:00", "15:00", "26 October"} <= set(labels)
