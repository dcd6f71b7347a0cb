"""A page that says how to read the sheets: what control, marks, numbers and citations mean."""

from __future__ import annotations

from collections.abc import Iterator

from replay.foundation import theme
from replay.model import Scenario
from replay.model.state import EMPTY, UNKNOWN, Marked, besieged, contested, held
from replay.picture.items import Layer, Outline, Picture, Point, Symbol
from replay.picture.layers.symbology import mark
from replay.picture.pages.flow import Block, Row, balanced, heading
from replay.picture.pages.maps import Atlas
from replay.picture.pages.page import head

ORIGIN = Point(0, 0)
TEXT = 12.5


def reading_page(atlas: Atlas) -> Picture:
    """How to read the sheets, with the marks in the colours of the campaign's sides."""
    page, timeline = atlas.page, atlas.timeline
    blocks = list(_blocks(timeline.scenario))
    columns = page.columns(page.body, 500)
    for scale in (1.8, 1.65, 1.5, 1.35, 1.2, 1.1, 1.0, 0.9):
        items, left = balanced([block.scaled(scale * page.u) for block in blocks], columns)
        if not left:
            break
    top = head(page, timeline, "How to read these sheets")
    return Picture(page.size, theme.PAPER, (Layer("words", (*top, *items)),))


def _blocks(scenario: Scenario) -> Iterator[Block]:
    yield from _control(scenario)
    yield from _marks(scenario)
    yield from _places()
    yield from _numbers()
    yield from _voices()


def _two(scenario: Scenario) -> tuple[str, str]:
    """Two sides to show the marks with; one twice where there is no other."""
    first, second = ([side.id for side in scenario.sides] * 2)[:2]
    return first, second


def _control(scenario: Scenario) -> Iterator[Block]:
    first, second = _two(scenario)
    one, two = scenario.name(first), scenario.name(second)
    yield heading("Who holds a place: a fact about the place")
    yield _sign(scenario, Marked(held(first)), f"Held by {one}. Each side has its colour.")
    yield _sign(
        scenario,
        Marked(contested(first, second)),
        f"Contested: {one} and {two} fight in it.",
    )
    yield _sign(
        scenario,
        Marked(besieged([second], [first])),
        f"Held by {two}, and ringed by {one}, who besiege it.",
    )
    yield _sign(
        scenario,
        Marked(held(first, second)),
        f"Held by {one} and {two} together: a band for each.",
    )
    yield _sign(scenario, Marked(EMPTY), "Held by nobody: left, and not taken.")
    yield _sign(scenario, Marked(UNKNOWN), "Not known: no admitted claim has spoken of it yet.")


def _marks(scenario: Scenario) -> Iterator[Block]:
    first, second = _two(scenario)
    one, two = scenario.name(first), scenario.name(second)
    yield heading("How surely we know it: a fact about the documents")
    yield _sign(scenario, Marked(held(first)), "Certain: the admitted claims agree.")
    yield _sign(
        scenario,
        Marked(held(second), "possible", (held(first),)),
        f"Possible: the exact date is unknown. It was {two}’s, and may be {one}’s already.",
    )
    yield _sign(
        scenario,
        Marked(held(first), "disputed", (held(second),)),
        "Disputed: admitted claims would give different values. The filling is what the first-"
        "ranked claim says, the stripes are what its rivals say. A town that is fought over is "
        "contested; one that sources differ on is disputed.",
    )


def _places() -> Iterator[Block]:
    yield heading("What kind of place, and where it is")
    for shape, text in theme.OUTLINE_GROUPS:
        yield _shape(shape, text[0].upper() + text[1:] + ".")  # type: ignore[arg-type]
    yield _words(
        "A dashed circle: the place lies somewhere within it. A place that the documents do not "
        "let one locate stands on no map and is named in the lists."
    )
    yield _words(
        "A black ring on the second map: the place is shown otherwise than on the first one."
    )
    yield _words("An arrow: a documented direction of an operation; hollow while it is halted.")


def _numbers() -> Iterator[Block]:
    yield heading("Dates and numbers")
    yield _words(
        "“by 27 October” is as exact as its source is: no later, and perhaps earlier. An event "
        "stands under the day by which it had happened."
    )
    yield _words(
        "“some”: an unknown number above none. “about 15”: a tenth more or less. “75 or more”: no "
        "source gives an end. “33 to 42”: what several counters leave open; where they may have "
        "counted the same, it is not added twice."
    )
    yield _words(
        "A bar is full up to what is surely taken, and hatched up to what may be. It fades if no "
        "source says how much. Between two documents, ground is interpolated and says so."
    )


def _voices() -> Iterator[Block]:
    yield heading("Who says so")
    yield _words(
        "Under each event stand its citations: “article p30.s2” is sentence 2 of paragraph 30 of "
        "the source that the list calls “article”. A name before a bracket is who said it there."
    )
    yield Block(
        (
            Row(
                "leads to the list “Where sources differ”, with each side of it once.",
                TEXT,
                lead="≠3",
                colour=theme.ALERT,
            ),
        )
    )
    yield _words(
        "The lens, named on every page, says which claims are admitted and how they rank. Ranking "
        "chooses what is shown and never removes a dispute; only not admitting a claim does. "
        "“Known on” a day: only what had been reported by its end."
    )


def _sign(scenario: Scenario, marked: Marked, text: str) -> Block:
    symbol = mark(scenario, marked, ORIGIN, "circle", 14)
    return Block((Row(text, TEXT, symbol=symbol),))


def _shape(shape: Outline, text: str) -> Block:
    symbol = Symbol(at=ORIGIN, shape=shape, size=12, fill=theme.PAPER, edge=theme.SOFT, width=1.0)
    return Block((Row(text, TEXT, symbol=symbol),), gap=4)


def _words(text: str) -> Block:
    return Block((Row(text, TEXT),))
