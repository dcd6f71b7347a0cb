"""The strip of days: which dates are written, what its bars count, and what they say of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from small_campaign import SCRIPT, campaign

from replay.foundation.edtf import DAY, HOUR, parse
from replay.picture.items import Shape, Text
from replay.picture.layers import frame, picture
from replay.picture.layers.text_metrics import width
from replay.picture.layers.time_axis import axis_labels
from replay.pipeline import run
from replay.scene import scene
from replay.timeline.timeline import Timeline


def labels(window: str, wide: float = 1250.0, least: int = HOUR) -> list[str]:
    bounds = parse(window).bounds
    assert bounds.earliest is not None
    assert bounds.latest is not None
    return [text for _, text in axis_labels(bounds.earliest, bounds.latest, wide, least)]


@pytest.mark.parametrize(
    ("window", "wide", "first"),
    [
        ("1815-06-18T06/1815-06-18T21", 1250, ["18 June 1815, 06:00", "07:00", "08:00"]),
        ("1815-06-17T21/1815-06-18T03", 360, ["17 June 1815, 21:00", "22:00", "23:00", "18 June"]),
        ("1815-06-18T06/1815-06-18T21", 300, ["18 June 1815, 06:00", "09:00", "12:00"]),
        ("2001-05-01/2001-05-10", 1250, ["1 May 2001", "2 May", "3 May"]),
        ("2017-12-20/2018-01-20", 600, ["20 December 2017", "21 December", "26 December", "1 Jan"]),
        ("2017-09-15/2017-12-10", 1250, ["15 September 2017", "21 September", "1 October"]),
        ("2014-01-01/2017-12-31", 1250, ["1 January 2014", "1 July 2014", "1 January 2015"]),
        ("1914/1945", 1250, ["1 January 1914", "1916", "1918"]),
    ],
)
def test_the_smallest_steps_are_written_that_have_room(
    window: str, wide: float, first: list[str]
) -> None:
    least = HOUR if "T" in window else DAY
    found = labels(window, wide, least)[: len(first)]
    assert all(text.startswith(start) for text, start in zip(found, first, strict=True)), found


def test_no_hours_are_written_where_steps_are_days() -> None:
    assert labels("2001-05-01/2001-05-03", 1250, DAY) == ["1 May 2001", "2 May", "3 May"]


RIVAL = """\
  - {id: dated, type: capture, date: 2017-11-02, place: e, by: army, summary: The base is taken.,
     claims: [{cite: article p1.s1}, {cite: article p2.s1, date: 2017-10-26}]}
"""


def drawn(timeline: Timeline, layer: str, on: str | int = 0) -> list[Text]:
    shown = picture(scene(timeline, on), frame(timeline), (layer,))
    return [item for item in shown.items if isinstance(item, Text)]


def test_the_dates_on_the_strip_do_not_overlap(tmp_path: Path) -> None:
    texts = [t for t in drawn(campaign(tmp_path), "strip") if t.size == pytest.approx(9.0)]
    assert len(texts) == 10  # one for each day
    for one, other in pairwise(texts):
        assert one.at.x + width(one.text, one.size) < other.at.x


# --- an event that sources date differently -----------------------------------------------------


def test_a_day_to_which_a_rival_dates_an_event_says_so_and_when_it_is_shown(
    tmp_path: Path,
) -> None:
    timeline = campaign(tmp_path, RIVAL)
    told = " ".join(text.text for text in drawn(timeline, "events", "2017-10-26"))
    assert "≠ dated to this day by article p2.s1; shown on 2 November 2017" in told
    assert scene(timeline, "2017-11-02").elsewhere == ()


def test_a_day_with_nothing_else_is_not_called_quiet(tmp_path: Path) -> None:
    events = RIVAL.replace("2017-10-26", "2017-10-30")
    (tmp_path / "scenario.yaml").write_text(
        SCRIPT.replace("map: {extent: [40.0, 33.0, 43.0, 35.0], geography: ground.geojson}\n", "")
        + events,
        "utf-8",
    )
    timeline = run(tmp_path)
    assert any("dated to this day" in t.text for t in drawn(timeline, "events", "2017-10-30"))
    quiet = [t.text for t in drawn(timeline, "events", "2017-10-29")]
    assert "Nothing is dated to this day." in quiet
    assert "Nothing is dated to this day." not in [
        t.text for t in drawn(timeline, "events", "2017-10-30")
    ]


def test_earlier_events_that_are_disputed_have_the_sign_of_it(tmp_path: Path) -> None:
    timeline = campaign(tmp_path, RIVAL)
    assert [t.of for t in drawn(timeline, "events", "2017-11-03") if t.text == "≠"] == ["dated"]


def test_the_strip_outlines_a_bar_where_rivals_date_an_event(tmp_path: Path) -> None:
    timeline = campaign(tmp_path, RIVAL)
    fixed = frame(timeline)
    assert fixed.census.rivals[1] == 1
    shown = picture(scene(timeline, 0), fixed, ("strip",))
    outlined = [item for item in shown.items if isinstance(item, Shape) and item.edge]
    assert len(outlined) == 2  # and the station, which is taken on two days
    assert any("outlined: dated so by other sources" in t.text for t in drawn(timeline, "strip"))


def test_the_strip_never_loses_its_caption(tmp_path: Path) -> None:
    busy = "".join(
        f"  - {{id: busy{n}, type: declare, date: 2017-{day}, summary: s,"
        " claims: [{cite: article p1.s1}]}\n"
        for n, day in enumerate(f"{10 + d // 31}-{d % 31 + 1:02}" for d in range(24, 34))
    )
    many = "".join(busy.replace("id: busy", f"id: b{n}x") for n in range(6))
    timeline = campaign(tmp_path, many)
    assert any(t.text.startswith("events on each day") for t in drawn(timeline, "strip"))
