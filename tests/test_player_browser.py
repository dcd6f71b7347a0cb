"""The page in a real browser: what it shows, what it does, what it refuses to run.

One browser, and one page of the flagship, for all tests; the network is off.
"""

from __future__ import annotations

import html
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Page
from small_campaign import campaign
from test_player import node_modules

from replay.analysis.timeline_distance import place_days
from replay.foundation.english import format_day
from replay.model import Scenario
from replay.model.state import UNKNOWN, Control, Marked, StateKey
from replay.outputs.page.html import page
from replay.outputs.page.maps import SHOWN, narrow, shown_items
from replay.outputs.page.views import days_of_news, lenses
from replay.picture.layers import frame, picture
from replay.pipeline import run
from replay.scene import scene
from replay.script.load import load
from replay.stepping import navigator
from replay.timeline.explanation import explain
from replay.timeline.timeline import Timeline

NAME = "western-iraq-2017"


@pytest.fixture(scope="session")
def flagship() -> Timeline:
    return run(NAME)


@pytest.fixture(scope="session")
def path(flagship: Timeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the flagship: written once, also where several processes share the tests."""
    root = tmp_path_factory.getbasetemp()
    shared = root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root
    written, begun = shared / "campaign.html", shared / "campaign.begun"
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        for _ in range(3000):
            if written.exists():
                return written
            time.sleep(0.1)
    own = shared / "campaign.part"
    own.write_text(page(flagship), "utf-8")
    return own.rename(written)


@pytest.fixture(scope="session")
def shared(browser: Any, path: Path) -> Iterator[Page]:
    with Page(browser, path) as shown:
        yield shown


@pytest.fixture
def opened(shared: Page) -> Iterator[Page]:
    """The page, as it opens; nothing may go wrong on it, and nothing may be asked of a network."""
    shared.told("""
        app.playing.stop();
        for (const dialogue of app.dialogues) dialogue.close();
        app.both((map) => map.home());
        document.activeElement?.blur();
        app.arrive("");""")
    shared.page.mouse.move(1, 1)
    yield shared
    wrong, shared.wrong = shared.wrong, []
    assert wrong == []
    assert [url for url in shared.asked if not url.startswith(("file:", "data:"))] == []


# --- the same as in Python ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["wide", "narrow"])
def test_every_item_of_every_day_is_that_of_the_export(
    browser: Any, path: Path, flagship: Timeline, name: str
) -> None:
    """The player on day k, at its home zoom, shows what the export shows in frame k."""
    shown = {"wide": frame, "narrow": narrow}[name](flagship)
    size = {"wide": (1280, 800), "narrow": (390, 844)}[name]
    with Page(browser, path, size=size) as opened:
        days = opened.told("""
            const days = [];
            for (let tick = 0; tick < campaign.ticks; tick++) {
              app.set({ tick });
              const layers = {};
              for (const [name, layer] of app.maps[0].layers) {
                layers[name] = layer.entries.map((entry) => entry.element.isConnected ? entry.number : -1);
              }
              days.push(layers);
            }
            return days;""")
        items = opened.told("campaign.data.map.items")
        assert opened.told("app.maps[0].frameName") == name
        assert opened.wrong == []
    for item in items:
        item.pop("look", None)
    for tick, layers in enumerate(days):
        drawn = shown_items(picture(scene(flagship, tick), shown, SHOWN))
        assert {layer: [items[n] for n in numbers] for layer, numbers in layers.items()} == (
            json.loads(json.dumps(drawn))
        ), flagship.scenario.calendar.label(tick)


def test_marks_and_names_stand_at_home_where_the_items_say(opened: Page) -> None:
    off = opened.told("""
        app.set({ tick: 49 });
        const off = [];
        for (const layer of app.maps[0].layers.values()) {
          for (const { kind, anchor, element } of layer.entries) {
            if (kind !== "pin") continue;
            const { e, f, a } = element.transform.baseVal.consolidate().matrix;
            if (Math.abs(e - anchor[0]) > .01 || Math.abs(f - anchor[1]) > .01 || a !== 1) off.push([e, f, anchor]);
          }
        }
        return off;""")
    assert off == []


def state_runs(timeline: Timeline) -> dict[str, list[Any]]:
    """For each place of which anything is said its states: from which tick on, which value."""
    found: dict[str, list[Any]] = {}
    for key, number in timeline.keys_of("control"):
        by_tick: dict[int, Marked] = {0: Marked(UNKNOWN)}
        for row in timeline.index.history(number).tolist():
            by_tick[max(0, int(timeline.rows.tick[row]))] = timeline.marked(row)
        states = [[tick, *spelled(marked)] for tick, marked in sorted(by_tick.items())]
        found[key.of] = [s for n, s in enumerate(states) if n == 0 or s[1:] != states[n - 1][1:]]
    return {place: states for place, states in found.items() if states != [[0, *spelled(NOTHING)]]}


NOTHING = Marked(UNKNOWN)


def spelled(marked: Marked) -> list[Any]:
    return [control(marked.value), marked.mark, [control(value) for value in marked.could]]


def control(value: object) -> list[Any] | None:
    if not isinstance(value, Control):
        return None
    return [value.status, list(value.sides), list(value.by)]


STATES = """
    const told = {};
    for (const lens of campaign.data.lenses) {
      for (const known of given) {
        const view = campaign.view(lens.name, known);
        if (told[view.number]) { told[view.number].asked.push([lens.name, known]); continue; }
        const places = {};
        for (const place of Object.keys(view.data.why.control ?? {})) {
          const runs = [];
          for (let tick = 0; tick < campaign.ticks; tick++) {
            const why = view.why("control", place, tick);
            const state = [why.control, why.mark, why.could];
            if (!runs.length || JSON.stringify(runs.at(-1).slice(1)) !== JSON.stringify(state)) runs.push([tick, ...state]);
          }
          if (runs.length > 1 || runs[0][1][0] !== "unknown" || runs[0][2] !== "certain") places[place] = runs;
        }
        told[view.number] = { asked: [[lens.name, known]], places, course: view.course };
      }
    }
    return Object.values(told);"""


def test_every_place_is_on_every_day_as_python_says_under_every_lens_and_day_of_news(
    opened: Page, flagship: Timeline
) -> None:
    scenario = flagship.scenario
    news = [
        scenario.calendar.label(scenario.calendar.tick(day * 1440)) for day in news_days(scenario)
    ]
    told = opened.told(STATES, [*news, None])
    pairs = 0
    for view in told:
        for lens, known in view["asked"]:
            timeline = run(scenario, lens, known)
            assert state_runs(timeline) == view["places"], (lens, known)
            pairs += 1
        along = navigator.course(timeline).to_json()
        assert view["course"] == json.loads(json.dumps(along)), view["asked"][0]
    assert pairs == (len(news) + 1) * len(list(lenses(scenario, flagship.lens)))
    assert len(told) > 100


def news_days(scenario: Scenario) -> list[int]:
    return days_of_news(scenario)


@pytest.mark.parametrize("lens", ["default", "only:musings", "official:iraq"])
def test_every_reason_is_the_one_that_python_gives(
    opened: Page, flagship: Timeline, lens: str
) -> None:
    """Who says so, who says otherwise, what is open and what comes next: every place, every day."""
    told = opened.told(
        """
        const view = campaign.view(given, null), found = {};
        const cited = (numbers) => numbers.map((n) => campaign.data.claims[n]).map(({ event, source, locator, voice }) => [event, source, locator, voice]);
        for (const place of Object.keys(view.data.why.control)) {
          found[place] = [];
          for (let tick = 0; tick < campaign.ticks; tick++) {
            const why = view.why("control", place, tick);
            found[place].push([cited(why.because), cited(why.against.map(([n]) => n)), cited(why.pending), why.next ? why.next.event : null]);
          }
        }
        return found;""",
        lens,
    )
    timeline = run(flagship.scenario, lens)
    for place, days in told.items():
        for tick, day in enumerate(days):
            why = explain(timeline, StateKey("control", place), tick)
            kinds = (why.because, why.against, why.pending)
            claims = [[[t.event, t.source, t.locator, t.reporter] for t in kind] for kind in kinds]
            assert day == [*claims, why.next.event if why.next else None], (place, tick)


# --- every control ------------------------------------------------------------------------------


def date(opened: Page) -> str:
    return opened.page.locator(".date-line .date").inner_text()


def click(opened: Page, label: str) -> None:
    opened.page.get_by_role("button", name=label, exact=True).click()


def test_it_steps_by_day_event_and_phase_with_buttons_and_keys(
    opened: Page, flagship: Timeline
) -> None:
    along = navigator.course(flagship)
    at = navigator.Cursor(0)
    buttons = {
        "next-day": ("Next day (→)", "ArrowRight"),
        "next-event": ("Next event (↓)", "ArrowDown"),
        "next-phase": ("Next phase (])", "]"),
        "previous-event": ("Event before (↑)", "ArrowUp"),
        "previous-day": ("Day before (←)", "ArrowLeft"),
        "previous-phase": ("Phase before ([)", "["),
        "last": ("Last day (End)", "End"),
        "first": ("First day (Home)", "Home"),
    }
    for moves in (list(buttons), list(buttons)[::-1], ["next-phase", "next-event", "next-event"]):
        for move in moves:
            for how in (0, 1):
                at = navigator.step_stop(along, at, move)  # type: ignore[arg-type]
                if how:
                    opened.page.keyboard.press(buttons[move][1])
                else:
                    click(opened, buttons[move][0])
                minute = flagship.scenario.calendar.begin(at.tick)
                assert date(opened) == format_day(minute // 1440), move
                assert opened.told("app.state.stop") == at.stop


def test_one_drags_along_the_days(opened: Page) -> None:
    box = opened.page.get_by_role("slider").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 49.5 / 87, box["y"] + 20
    opened.page.mouse.move(box["x"] + 5, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x, y, steps=4)
    opened.page.mouse.up()
    assert date(opened) == "3 November 2017"
    slider = opened.page.get_by_role("slider")
    assert slider.get_attribute("aria-valuenow") == "49"
    assert "Al-Qa'im" in (slider.get_attribute("aria-valuetext") or "")


def test_it_plays_at_a_pace_and_stops(opened: Page) -> None:
    opened.page.get_by_role("combobox", name="Pace").select_option("day")
    opened.page.get_by_role("combobox", name="Speed").select_option("4")
    opened.page.keyboard.press("Space")
    opened.until("document.querySelector('.date-line .date').textContent > '17'")
    opened.page.get_by_role("button", name="Stop (Space)").click()
    stopped = date(opened)
    opened.page.wait_for_timeout(400)
    assert date(opened) == stopped


def test_a_click_on_a_place_tells_its_history_why_and_who_says_otherwise(opened: Page) -> None:
    opened.told("app.go(49)")
    opened.page.locator(".spot[data-place='border-crossing']:visible").first.click()
    card = opened.page.get_by_role("tabpanel")
    assert card.get_by_role("heading", level=2).inner_text() == "border crossing at al-Qa'im"
    text = card.inner_text()
    assert "Held by Iraqi government" in text
    assert "WHO SAYS SO" in text
    assert card.locator(".piece").count() >= 2
    assert opened.page.locator(".strip .past rect").count() >= 2
    assert "place=border-crossing" in opened.address
    card.locator(".piece").first.click()
    assert date(opened) == "15 September 2017"
    card.locator(".next .day").first.click()
    assert date(opened) != "15 September 2017"


def test_a_citation_leads_to_its_source_and_from_there_into_a_moment(opened: Page) -> None:
    opened.told("app.go(49)")
    panel = opened.page.get_by_role("tabpanel")
    panel.get_by_role("button", name="musings p3.s2:").first.click()
    assert "Last Stage In Freeing Iraq" in panel.get_by_role("heading", level=2).inner_text()
    panel.locator(".sentences button").last.click()
    assert "event=" in opened.address
    assert panel.get_by_role("heading", name="Who says so").is_visible()


def test_an_event_in_the_list_leads_into_its_moment_and_lights_its_places(opened: Page) -> None:
    opened.told("app.set({ tick: 50 })")
    item = opened.page.locator(".event[data-event='al-qaim-entered']")
    item.hover()
    assert opened.page.locator(".rings .lit").count() > 0
    item.locator(".summary").click()
    assert opened.told("app.state.tick") < 50
    assert "event=" in opened.address


def test_pointing_at_a_place_marks_its_events_in_the_list(opened: Page) -> None:
    opened.told("app.go(49)")
    opened.page.locator(".spot[data-place='al-qaim']:visible").first.hover()
    assert opened.page.locator(".event.near").count() > 0
    assert "Al-Qa'im" in opened.page.locator(".tip").first.inner_text()


def test_events_without_a_day_are_in_the_list(opened: Page, flagship: Timeline) -> None:
    opened.page.get_by_text("Undated (").click()
    for reading in flagship.undated():
        assert opened.page.get_by_text(reading.event.summary).is_visible()


def test_one_finds_places_forces_and_events(opened: Page) -> None:
    find = opened.page.get_by_role("combobox", name="Find a place, a force or an event")
    opened.page.keyboard.press("/")
    find.fill("qaim")
    assert opened.page.get_by_role("option").first.inner_text().endswith("Al-Qa'im")
    opened.page.keyboard.press("Enter")
    assert "place=al-qaim" in opened.address
    find.fill("7th")
    opened.page.get_by_role("option").first.click()
    assert "force=7th-division" in opened.address
    find.fill("rocket")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert "event=" in opened.address
    find.fill("zzz")
    assert opened.page.get_by_text("Nothing is called so").is_visible()


def test_a_lens_and_a_day_of_news_switch_without_loading(opened: Page) -> None:
    opened.told("app.go(49)")
    opened.page.get_by_label("Whom to believe").select_option("only:niqash")
    assert "lens=only:niqash" in opened.address
    note = opened.page.locator(".lens-note").inner_text()
    assert "place-days" in note
    assert "Only what" in note
    opened.page.get_by_label("Whom to believe").select_option("default")
    opened.page.get_by_label("What had been reported").select_option("2017-10-26")
    assert "known=2017-10-26" in opened.address
    assert opened.page.locator(".lens-note").inner_text().count("known by") == 1
    opened.page.get_by_role("button", name="Back to all claims").click()
    assert opened.page.locator(".lens-note").is_hidden()


def test_reports_without_a_date_are_named_and_counted_on_request(opened: Page) -> None:
    reports = opened.page.get_by_label("What had been reported")
    reports.select_option("2017-11-17")
    note = opened.page.locator(".lens-note")
    assert "Left out, because nothing says when they were reported:" in note.inner_text()
    reports.select_option("2017-11-17+undated")
    assert "undated reports counted" in note.inner_text()
    assert "Counted, though nothing says when they were reported:" in note.inner_text()
    assert "known=2017-11-17%2Bundated" in opened.address
    undated = run(NAME, known_on="2017-11-17", undated="known")
    opened.told("app.go(70)")
    for place in undated.scenario.places[:20]:
        shown = opened.told(f"app.view.why('control', '{place.id}', 70)?.control?.slice(0, 2)")
        value = undated.at(70).control[place.id].value
        assert isinstance(value, Control)
        assert (shown or ["unknown", []]) == [value.status, list(value.sides)], place.id
    opened.page.get_by_label("Whom to believe").select_option("only:musings")
    assert "nothing says when" not in note.inner_text()


def test_a_lens_that_changes_nothing_says_so(browser: Any, tmp_path: Path) -> None:
    own = tmp_path / "small.html"
    own.write_text(page(campaign(tmp_path)), "utf-8")
    with Page(browser, own) as shown:
        shown.page.get_by_label("Whom to believe").select_option("against-interest")
        assert "It changes nothing" in shown.page.locator(".lens-note").inner_text()
        assert shown.wrong == []


def test_what_a_lens_changes_is_counted_as_elsewhere(opened: Page, flagship: Timeline) -> None:
    opened.page.get_by_label("Whom to believe").select_option("against-interest")
    places, days = place_days(flagship, run(NAME, "against-interest"))
    note = opened.page.locator(".lens-note").inner_text()
    assert f"It changes {places} places, {days} place-days in all." in note


def test_events_without_a_day_come_into_sight_when_they_are_asked_for(opened: Page) -> None:
    opened.told("app.go(49)")
    title = opened.page.get_by_text("Undated (")
    title.click()
    opened.page.wait_for_function(
        """([list, panel]) => {
          const { top, bottom } = list.getBoundingClientRect(), room = panel.getBoundingClientRect();
          const long = bottom - top > room.height;  // then its first events are in sight
          return long ? Math.abs(top - room.top) < 2 : top >= room.top && bottom <= room.bottom + 1;
        }""",
        arg=[
            title.locator("xpath=..").element_handle(),
            opened.page.get_by_role("tabpanel").element_handle(),
        ],
    )


def test_while_one_compares_no_tab_hides_behind_the_cross(opened: Page) -> None:
    opened.told("app.on.choose({ kind: 'place', id: 'rawa' })")
    opened.page.get_by_role("button", name="Compare").click()
    cross = opened.page.locator(".close-card").bounding_box()
    tabs = [tab.bounding_box() for tab in opened.page.get_by_role("tab").all()]
    assert len(tabs) == 6
    assert all(tab["x"] + tab["width"] <= cross["x"] for tab in tabs)


def test_numbers_have_bounds_that_move_with_time(opened: Page) -> None:
    opened.page.get_by_role("tab", name="Numbers").click()
    opened.told("app.set({ tick: 45 })")
    early = opened.page.get_by_role("tabpanel").inner_text()
    opened.told("app.set({ tick: 86 })")
    late = opened.page.get_by_role("tabpanel").inner_text()
    assert early != late
    assert "about 6" in late
    assert opened.page.locator(".bar-open, .bar-high").count() > 0
    assert "AREAS AND ROUTES" in late
    assert "km²" in late


def test_what_is_disputed_is_listed_and_leads_to_its_day(opened: Page) -> None:
    opened.told("app.go(46)")
    opened.page.get_by_role("tab", name="Disputed").click()
    panel = opened.page.get_by_role("tabpanel")
    assert "DISPUTED ON THIS DAY" in panel.inner_text()
    panel.locator(".dispute .summary").last.click()
    assert opened.told("app.state.tab") == "card"


def test_places_on_no_map_are_in_the_list(opened: Page, flagship: Timeline) -> None:
    opened.page.get_by_role("tab", name="Places").click()
    text = opened.page.get_by_role("tabpanel").inner_text()
    for place in flagship.scenario.places:
        assert place.context or place.name in text


def test_two_days_stand_side_by_side(opened: Page) -> None:
    opened.told("app.go(49)")
    opened.page.keyboard.press("c")
    assert opened.page.locator("svg.map:visible").count() == 2
    opened.page.get_by_label("Day of the other map").select_option(label="27 October 2017")
    panel = opened.page.get_by_role("tabpanel")
    assert "places differ" in panel.inner_text().lower()
    assert "other-day=2017-10-27" in opened.address
    opened.page.get_by_label("Day of the other map").select_option(label="3 November 2017")
    assert "No difference" in panel.inner_text()
    opened.page.get_by_label("Lens of the other map").select_option("only:niqash")
    assert "only:niqash" in panel.inner_text()
    click(opened, "Compare")
    assert opened.page.locator("svg.map:visible").count() == 1


def test_the_map_zooms_and_pans_by_wheel_buttons_and_keys(opened: Page) -> None:
    box = opened.page.locator("svg.map").first.bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.page.mouse.wheel(0, -400)
    opened.until("location.hash.includes('zoom=')")
    near = opened.told("app.maps[0].transform.k")
    assert near > 1.2
    opened.page.locator("svg.map").first.focus()
    before = opened.told("app.maps[0].transform.x")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.told("app.maps[0].transform.x") != before
    assert date(opened) == "15 September 2017"
    click(opened, "Whole map")
    assert opened.told("app.maps[0].transform.k") == 1
    assert "zoom=" not in opened.address
    click(opened, "Zoom in")
    opened.page.wait_for_timeout(300)
    assert opened.told("app.maps[0].transform.k") > 1.3


def test_names_have_room_however_close_one_looks(opened: Page) -> None:
    overlaps = opened.told("""
        const found = [];
        for (const k of [1.6, 3, 6]) {
          app.maps[0].look({ k, x: .42, y: .5 });
          const boxes = [...document.querySelectorAll(".main-names text, [data-layer='labels'] text")]
            .filter((text) => text.checkVisibility()).map((text) => [text.textContent, text.parentNode, text.getBoundingClientRect()]);
          for (const [n, [a, p, one]] of boxes.entries()) for (const [b, q, two] of boxes.slice(n + 1)) {
            const x = Math.min(one.right, two.right) - Math.max(one.left, two.left);
            const y = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
            if (x > 3 && y > 5 && p !== q && p.parentNode !== q) found.push([k, a, b]);
          }
        }
        return found;""")
    assert overlaps == []


# --- the address --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "view",
    [
        "#day=2017-11-03&lens=only:article&known=2017-12-11&place=rawa",
        "#day=2017-10-27&tab=numbers",
        "#day=2017-11-17&force=7th-division",
        "#day=2017-11-03&event=qaim-launched",
        "#day=2017-11-03&source=musings",
        "#day=2017-11-05&zoom=2.50,0.4000,0.5000",
        "#day=2017-11-03&other-day=2017-10-27&other-lens=only:niqash",
    ],
)
def test_a_link_leads_to_the_very_view(browser: Any, path: Path, view: str) -> None:
    with Page(browser, path, view) as shown:
        assert shown.address == view
        told = words(shown)
        link = shown.address
        assert shown.wrong == []
    with Page(browser, path, link) as again:
        assert words(again) == told


def words(shown: Page) -> str:
    return " | ".join(shown.page.locator(".masthead, .desk, .transport").all_inner_texts())


@pytest.mark.parametrize(
    "view", ["#day=1999-01-01", "#lens=none&place=nowhere", "#tab=x&zoom=q", "#event=%3Cscript%3E"]
)
def test_an_address_that_means_nothing_is_harmless(browser: Any, path: Path, view: str) -> None:
    with Page(browser, path, view) as shown:
        assert shown.page.locator(".date-line .date").inner_text() == "15 September 2017"
        assert shown.wrong == []


def test_the_address_follows_and_is_followed(opened: Page) -> None:
    opened.told("app.go(49)")
    assert opened.address == "#day=2017-11-03"
    opened.page.evaluate("location.hash = '#day=2017-11-17&place=rawa'")
    opened.until("document.querySelector('.date').textContent.startsWith('17')")
    assert opened.page.get_by_role("heading", name="Rawa", exact=True).is_visible()


def test_a_link_is_copied(opened: Page) -> None:
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.told("app.go(49)")
    opened.page.keyboard.press("y")
    opened.until("document.querySelector('.toast').textContent.includes('copied')")
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("#day=2017-11-03")


def test_it_steps_within_another_page_too(browser: Any, tmp_path: Path, flagship: Timeline) -> None:
    """As in a notebook: in a frame that reaches nothing outside of it."""
    text = page(flagship, every=False)
    outer = tmp_path / "outer.html"
    inside = html.escape(text, quote=True)
    outer.write_text(f'<iframe sandbox="allow-scripts" srcdoc="{inside}" width="1000"></iframe>')
    with browser.new_context(offline=True) as context:
        around = context.new_page()
        wrong: list[str] = []
        around.on("pageerror", lambda error: wrong.append(str(error)))
        around.goto(outer.as_uri())
        frame = around.frame_locator("iframe")
        frame.get_by_role("button", name="Next phase (])").click()
        assert frame.locator(".date-line .date").inner_text() == "26 October 2017"
        assert wrong == []


def test_a_page_that_was_made_with_a_lens_opens_with_it(
    browser: Any, tmp_path: Path, flagship: Timeline
) -> None:
    own = tmp_path / "own.html"
    own.write_text(page(run(flagship.scenario, "only:afp", "2017-10-27"), every=False), "utf-8")
    with Page(browser, own) as shown:
        assert shown.told("[app.state.lens, app.state.known]") == ["only:afp", "2017-10-27"]
        assert shown.wrong == []


# --- for everybody ------------------------------------------------------------------------------


def test_all_of_it_is_reached_by_keyboard_alone(opened: Page) -> None:
    """From the top: tab to the map, walk from place to place, ask why, follow a citation, leave."""
    keys = opened.page.keyboard
    focused = (
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    )
    seen = []
    for _ in range(60):
        keys.press("Tab")
        seen.append(opened.page.evaluate(focused))
    told = " | ".join(str(text) for text in seen)
    for part in (
        "Skip",
        "Find a place",
        "Compare",
        "Copy link",
        "Whom to believe",
        "What had been",
    ):
        assert part in told
    for part in ("Zoom in", "Map", "Day", "Play (Space)", "Pace"):
        assert part in told
    keys.press("m")
    first = opened.page.evaluate(focused)
    keys.press("ArrowRight")
    assert opened.page.evaluate(focused) != first
    keys.press("Enter")
    assert opened.told("app.state.chosen.kind") == "place"
    assert opened.page.evaluate("document.activeElement.id") == "card-title"
    keys.press("Escape")
    assert opened.told("app.state.chosen") is None
    keys.press("?")
    assert opened.page.get_by_role("dialog", name="Keys").is_visible()
    keys.press("Escape")
    assert opened.page.get_by_role("dialog").count() == 0
    keys.press("k")
    assert "reported" in opened.page.evaluate(focused)


def test_the_day_is_told_to_a_screen_reader(opened: Page) -> None:
    opened.page.keyboard.press("ArrowRight")
    opened.until(
        "document.querySelector('[aria-live]').textContent.startsWith('16 September 2017, Prelude')"
    )
    label = opened.page.locator(".spot[data-place='rawa']:visible").get_attribute("aria-label")
    assert label == "Rawa, town. Held by ISIL."


VIEWS = [
    "#day=2017-11-03",
    "#day=2017-11-03&place=al-qaim",
    "#day=2017-11-03&tab=numbers",
    "#day=2017-11-03&tab=places",
    "#day=2017-10-30&tab=disputed",
    "#day=2017-11-03&other-day=2017-10-27&other-lens=default",
    "#day=2017-11-03&source=article&lens=only:article",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, path: Path, scheme: str) -> None:
    axe = (node_modules() / "axe-core" / "axe.min.js").read_text("utf-8")
    found = []
    with Page(browser, path, color_scheme=scheme) as shown:
        shown.page.evaluate(axe)
        for view in VIEWS if scheme == "light" else VIEWS[:3]:
            shown.page.evaluate("(view) => { location.hash = view }", view)
            shown.page.wait_for_timeout(60)
            found += audit(shown, view)
        for name in ("About", "Keys"):
            click(shown, name)
            found += audit(shown, name)
            shown.page.keyboard.press("Escape")
    assert found == []


def audit(shown: Page, view: str) -> list[str]:
    told = shown.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{view}: {rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in told["violations"]
        for node in rule["nodes"][:3]
    ]


def test_nothing_moves_for_those_who_want_it_still(browser: Any, path: Path) -> None:
    with Page(browser, path, reduced_motion="reduce") as shown:
        click(shown, "Zoom in")
        assert shown.told("app.maps[0].transform.k") > 1.5
        moving = shown.page.evaluate(
            "document.getAnimations().filter((one) => one.playState === 'running').length"
        )
        assert moving == 0


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1280, 800), (1680, 1050)])
def test_nothing_is_cut_off_at_the_side(browser: Any, path: Path, size: tuple[int, int]) -> None:
    for view in ("#day=2017-11-03&place=al-qaim", "#day=2017-11-03&other-day=2017-10-27"):
        with Page(browser, path, view, size=size, has_touch=size[0] < 500) as shown:
            wide = shown.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert wide[0] <= wide[1]
            cut = shown.page.evaluate("""() => [...document.querySelectorAll(
                'button, h1, h2, h3, .summary, .phase-line, .legend li, select')]
                .filter((one) => one.checkVisibility() && !one.closest('.tabs, .panel'))
                .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
                .map((one) => one.textContent.slice(0, 40))""")
            assert cut == []


def test_a_finger_on_the_map_asks_why(browser: Any, path: Path) -> None:
    with Page(browser, path, "#day=2017-11-03", size=(390, 844), has_touch=True) as shown:
        box = shown.page.locator(".spot[data-place='rawa']").bounding_box()
        assert box is not None
        shown.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert "place=rawa" in shown.address
        shown.page.wait_for_timeout(700)
        top = shown.page.get_by_role("heading", name="Rawa", exact=True).bounding_box()
        assert top is not None
        assert 0 <= top["y"] < 500


# --- speed and safety -----------------------------------------------------------------------------


def test_a_step_takes_less_than_a_frame(opened: Page) -> None:
    """The median over all days, drawn and laid out; the bound is wide for machines that are busy."""
    times = opened.told("""
        const times = [];
        for (let round = 0; round < 2; round++) for (let tick = 0; tick < campaign.ticks; tick++) {
          const start = performance.now();
          app.set({ tick });
          document.body.offsetHeight;
          if (round) times.push(performance.now() - start);
        }
        return times.sort((a, b) => a - b);""")
    assert times[len(times) // 2] < 32


def test_the_flagship_has_less_than_a_megabyte_and_a_half(path: Path) -> None:
    assert path.stat().st_size < 1_500_000


EVIL = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    "<img src=x onerror=window.hacked=3>",
    "<svg onload=window.hacked=4>",
    "javascript:window.hacked=5",
    "data:text/html,<script>window.hacked=6</script>",
    "--></noscript><iframe srcdoc='<script>parent.hacked=7</script>'></iframe>",
    "\"'><b onmouseover=window.hacked=8>{{x}}${window.hacked=9}",
    "</title></style><style>*{display:none}</style>",
)


def test_nothing_that_an_author_wrote_runs(browser: Any, tmp_path: Path) -> None:
    """Markup, handlers and addresses in every text of a script, shown as the letters they are."""
    evil = iter(range(10_000))

    def text() -> str:
        return json.dumps(EVIL[next(evil) % len(EVIL)] + f" {next(evil)}", ensure_ascii=False)

    script = f"""
scenario: evil
title: {text()}
summary: {text()}
author: {text()}
licence: {text()}
attribution: {text()}
window: 2017-10-25/2017-10-30
sides:
  - {{id: a, name: {text()}, letter: A, also: [{text()}], note: {text()}}}
  - {{id: b, name: {text()}, letter: B}}
forces:
  - {{id: f, name: {text()}, side: a, kind: {text()}}}
voices:
  - {{id: v, name: {text()}, side: a, role: {text()}, note: {text()}}}
persons:
  - {{id: p, name: {text()}, side: b, role: {text()}}}
sources:
  - {{id: s, title: {text()}, author: {text()}, publisher: {text()}, kind: {text()}, note: {text()}, published: 2017-11-01}}
  - {{id: t, title: {text()}, derives_from: s}}
reports:
  - {{id: r, title: {text()}, cite: s p1}}
places:
  - {{id: x, name: {text()}, kind: town, note: {text()}, position: {{lat: 34, lon: 41, gazetteer: {text()}}}}}
  - {{id: y, name: {text()}, kind: town, perhaps: x}}
areas: [{{id: d, name: {text()}, km2: 100}}]
operations: [{{id: o, name: {text()}, side: a}}]
phases: [{{id: one, name: {text()}, period: 2017-10-25/2017-10-28, summary: {text()}}}]
pauses: [{{period: 2017-10-29/2017-10-30, reason: {text()}}}]
lenses: [{{id: mine, summary: {text()}, sources: [s]}}]
events:
  - {{id: e1, type: capture, date: 2017-10-26, place: [x, y], by: f, summary: {text()}, claims: [{{cite: s p1, reporter: v, via: r}}, {{cite: t p2, date: 2017-10-28}}]}}
  - {{id: e2, type: halt, date: 2017-10-27, operation: o, reason: {text()}, summary: {text()}, claims: [{{cite: s p2}}]}}
  - {{id: e3, type: losses, summary: {text()}, tallies: [{{name: {text()}, unit: {text()}, of: b, add: 3}}], date: 2017-10-27, claims: [{{cite: s p3}}]}}
  - {{id: e4, type: losses, summary: {text()}, claims: [{{cite: s p4}}]}}
"""
    (tmp_path / "scenario.yaml").write_text(script, "utf-8")
    own = tmp_path / "evil.html"
    own.write_text(page(run(load(tmp_path / "scenario.yaml"))), "utf-8")
    with Page(browser, own) as shown:
        for _ in range(6):
            for view in (
                "tab=day",
                "tab=places",
                "tab=numbers",
                "tab=disputed",
                "place=x",
                "force=f",
                "voice=v",
                "source=s",
                "event=e1",
                "operation=o",
                "person=p",
                "side=a",
                "area=d",
            ):
                shown.page.evaluate(
                    "(view) => { location.hash = view }",
                    f"#day={['2017-10-26', '2017-10-28'][_ % 2]}&{view}",
                )
            shown.page.keyboard.press("c")
            shown.page.wait_for_timeout(20)
        shown.page.get_by_role("combobox", name="Find").fill("hacked")
        click(shown, "About")
        shown.page.wait_for_timeout(100)
        assert shown.page.evaluate("window.hacked") is None
        assert (
            shown.page.evaluate(
                "document.querySelectorAll('#player script, #player iframe, #player img, #player b[onmouseover]').length"
            )
            == 0
        )
        assert "<script>window.hacked=1</script>" in shown.page.locator("h1").inner_text()
        assert shown.wrong == []
        assert [url for url in shown.asked if not url.startswith("file:")] == []
    with browser.new_context(java_script_enabled=False, offline=True) as without:
        bare = without.new_page()
        bare.goto(own.as_uri())
        assert bare.locator("iframe, img, #player *").count() == 0
        assert "hacked" in bare.locator("h1").inner_text()
