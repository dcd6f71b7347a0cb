"""Two moments, lenses or states of knowledge side by side: maps with rings where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from replay.analysis.tallies import TallyRow as Counted
from replay.analysis.tallies import tally_rows as counted_rows
from replay.foundation import theme
from replay.foundation.edtf import parse
from replay.foundation.english import format_date
from replay.model.state import Marked, Range, StateKey
from replay.picture.items import Box, Item, Layer, Picture, Point
from replay.picture.layers.margin import amount_text
from replay.picture.layers.symbology import mark, outline_of
from replay.picture.pages.changed import changed_hands
from replay.picture.pages.flow import Block, Row, balanced, heading
from replay.picture.pages.maps import Atlas, layers_of
from replay.picture.pages.page import Page, foot, head, seen_through, sources_line
from replay.picture.pages.phase import Plan, caption, plans_of
from replay.scene import Ground, Scene
from replay.text.dates import in_words
from replay.text.phrases import number, value, voice, voices
from replay.timeline.explanation import explain
from replay.timeline.timeline import State, Timeline

ORIGIN = Point(0, 0)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a replay at a moment."""

    timeline: Timeline
    on: State
    caption: str = ""
    """What it is, where that is neither the day, the lens nor what was known."""

    @property
    def date(self) -> str:
        return in_words(self.on)


def beside(a: Side, b: Side, page: Page) -> Picture:
    """A page with both maps, rings around what they show otherwise, and below it who says so.

    The two are of one scenario; the days, the lenses or what was known may differ.
    """
    atlas = Atlas(a.timeline, page, b.timeline)
    days = (atlas.day(a.on), _other_day(atlas, b))
    differ = [m.place for m, n in zip(days[0].marks, days[1].marks, strict=True) if _apart(m, n)]
    plan, words = _laid_out(atlas, a, b, days, differ)
    layers = list(_maps(atlas, plan.maps, days, differ, _captions(a, b)))
    if plan.maps:
        layers.append(Layer("legend", tuple(atlas.legend(plan.legend, KEY * page.u))))
    name, right = _title(a, b)
    summary = _summary(len(differ))
    top = head(page, a.timeline, name, right, summary, lens=_lenses(a, b))
    low = foot(page, sources_line(a.timeline))
    layers += [Layer("words", tuple(words)), Layer("head", (*top, *low))]
    return Picture(page.size, theme.PAPER, tuple(layers))


KEY = 1.04


def _apart(m: object, n: object) -> bool:
    return getattr(m, "control", None) != getattr(n, "control", None)


def _other_day(atlas: Atlas, b: Side) -> Scene:
    from replay.scene import scene

    same = b.timeline is atlas.timeline
    return atlas.day(b.on) if same else scene(b.timeline, b.on)


def _lenses(a: Side, b: Side) -> str:
    """What both are seen through, once where it is the same."""
    texts = list(dict.fromkeys(seen_through(side.timeline) for side in (a, b)))
    return "  |  ".join(texts)


def _title(a: Side, b: Side) -> tuple[str, str]:
    """What is compared, and the day where both have it."""
    if a.caption and b.caption:
        return b.caption, b.date
    if a.timeline is b.timeline:
        return f"{a.date} and {b.date}", ""
    lens, other = a.timeline.lens.name, b.timeline.lens.name
    if lens != other:
        return f"Lenses {lens} and {other}", a.date
    return f"As known on {_known(a)}, and on {_known(b)}", a.date


def _known(side: Side) -> str:
    known = side.timeline.known_on
    return format_date(parse(known)) if known else "any day"


def _captions(a: Side, b: Side) -> tuple[str, str]:
    if a.caption and b.caption:
        return f"a  {a.caption}", f"b  {b.caption}"
    if a.timeline is b.timeline:
        return f"a  {a.date}", f"b  {b.date}"
    return f"a  {seen_through(a.timeline)}", f"b  {seen_through(b.timeline)}"


def _summary(differing: int) -> str:
    if not differing:
        return "No place is shown otherwise."
    places = "1 place is" if differing == 1 else f"{differing} places are"
    return f"{places} shown otherwise; those on the map are ringed, all are listed below."


# --- maps -------------------------------------------------------------------------------------


def _maps(
    atlas: Atlas,
    boxes: tuple[Box, ...],
    days: tuple[Scene, Scene],
    differ: Sequence[str],
    captions: tuple[str, str],
) -> Iterator[Layer]:
    if not boxes:
        return
    u = atlas.page.u
    frame = atlas.frame(boxes[0], KEY * u)
    words: list[Item] = []
    for name, box, day, text in zip("ab", boxes, days, captions, strict=True):
        at = Point(box.x, box.y)
        yield from layers_of(name, day, frame, at, ringed=differ, credited=name == "b")
        words += caption(box, text, "", u)
    yield Layer("captions", tuple(words))


# --- words ------------------------------------------------------------------------------------


def _laid_out(
    atlas: Atlas, a: Side, b: Side, days: tuple[Scene, Scene], differ: Sequence[str]
) -> tuple[Plan, list[Item]]:
    """What differs with who says so, and where the maps stand; in fewer words for want of room."""
    plans = plans_of(atlas, moved=True)
    u = atlas.page.u
    more = [*_ground(*days), *_numbers(a, b)]
    bare = list(changed_hands(a.timeline.scenario, *days, sep="|"))
    blocks: list[Block] = []
    for places in (_told(a, b, differ), _told(a, b, differ, joined=True), bare):
        blocks = [*([heading("Places"), *places] if places else []), *more]
        for plan, scale in product(plans, (1.2, 1.1, 1.0, 0.92)):
            items, left = balanced([block.scaled(scale * u) for block in blocks], plan.columns)
            if not left:
                return plan, items
    names = Block((Row("and more: `replay compare` lists all that differs", 11.0, theme.SOFT),))
    return plans[-1], _cut([block.scaled(u * 0.92) for block in blocks], names.scaled(u), plans[-1])


def _cut(blocks: list[Block], end: Block, plan: Plan) -> list[Item]:
    """As many blocks as have room together with a last one."""
    for count in range(len(blocks), 0, -1):
        items, left = balanced([*blocks[:count], end], plan.columns)
        if not left:
            return items
    return []


def _told(a: Side, b: Side, differ: Sequence[str], joined: bool = False) -> list[Block]:
    """For each two values that places have, the places and who says so in each of the two.

    Places of which others say the same come apart; `joined` puts them together.
    """
    scenario = a.timeline.scenario
    groups: dict[tuple[object, ...], list[str]] = {}
    said: dict[str, tuple[Saying, Saying]] = {}
    for place in differ:
        said[place] = pair = _said(a, place), _said(b, place)
        key = (
            *(value(scenario, says.marked) for says in pair),
            not joined and (pair[0].who, pair[1].who),
        )
        groups.setdefault(key, []).append(place)
    found = []
    for places in groups.values():
        rows = [Row(", ".join(scenario.name(place) for place in places), 11.5, bold=True)]
        for n, letter in enumerate("ab"):
            marked = said[places[0]][n].marked
            sign = mark(scenario, marked, ORIGIN, outline_of("town"), 10)
            rows.append(Row(value(scenario, marked), 11.0, lead=letter, symbol=sign))
            who = dict.fromkeys(told for place in places for told in said[place][n].who)
            if who:
                rows.append(Row(voices(who), 10.0, theme.SOFT, indent=28))
        found.append(Block(tuple(rows)))
    return found


@dataclass(frozen=True, slots=True)
class Saying:
    """A value, and the reporters and citations behind it."""

    marked: Marked
    who: tuple[tuple[str | None, str], ...]


def _said(side: Side, place: str) -> Saying:
    key = StateKey("control", place)
    scenario = side.timeline.scenario
    marked = side.on.control[place]
    if side.timeline.keys.get(key) is None:
        return Saying(marked, ())
    why = explain(side.timeline, key, side.on)
    told = (voice(scenario, one) for one in (*why.because, *why.pending))
    return Saying(marked, tuple(dict.fromkeys(told)))


def _ground(one: Scene, two: Scene) -> Iterator[Block]:
    differing = [
        (m, n)
        for m, n in zip(one.grounds, two.grounds, strict=True)
        if (m.amount, m.share, m.mark) != (n.amount, n.share, n.mark)
    ]
    found = [(m.name, *_amounts(m, n)) for m, n in differing]
    found = [(name, first, second) for name, first, second in found if first != second]
    if found:
        yield heading("Areas and routes")
    for name, first, second in found:
        rows = (
            Row(name, 11.0, bold=True),
            Row(first, 11.0, lead="a", indent=6),
            Row(second, 11.0, lead="b", indent=6),
        )
        yield Block(rows, gap=5)


def _amounts(m: Ground, n: Ground) -> tuple[str, str]:
    """How much of an area or route is taken in each of two scenes, in words that differ if it
    does: with the best estimate, or with how sure it is.
    """
    first, second = amount_text(m), amount_text(n)
    if first == second and _best(m) != _best(n):
        return f"{first}{_best(m)}", f"{second}{_best(n)}"
    if first == second:
        return tuple(f"{first}{OPEN if g.mark == 'possible' else ''}" for g in (m, n))  # type: ignore[return-value]
    return first, second


OPEN = " (exact time unknown)"


def _best(fact: Ground) -> str:
    share = fact.share
    if share is None or share.best is None:
        return ""
    return f", best estimate {share.best * 100:.0f} %"


def _numbers(a: Side, b: Side) -> Iterator[Block]:
    mine, other = _all(a), _all(b)
    differing = [s for s in dict.fromkeys((*mine, *other)) if mine.get(s) != other.get(s)]
    if differing:
        yield heading("Counted")
    for subject in differing:
        name, unit, of = subject
        whom = f" ({a.timeline.scenario.name(of)})" if of else ""
        said = (
            number(n, unit) if n else "nothing" for n in (mine.get(subject), other.get(subject))
        )
        yield Block((Row(f"{name}{whom}: a {next(said)}, b {next(said)}", 11.0),), gap=3)


def _all(side: Side) -> dict[tuple[str, str, str | None], Range]:
    """What all counters come to, or the one counter that there is."""
    found: list[Counted] = sorted(
        counted_rows(side.timeline, side.on), key=lambda row: row.together
    )
    return {(row.name, row.unit, row.of): row.number for row in found}


def widest(a: Timeline, b: Timeline) -> tuple[int, int]:
    """The ticks of the day on which most places differ between two replays; of several the first.

    Where none differs it is the last day. Of what came after both known-on days neither knows.
    """
    last = min(t.scenario.calendar.ticks for t in (a, b)) - 1
    if a.known_on and b.known_on:
        known = max(a.scenario.calendar.of(t.known_on or "") for t in (a, b))
        last = max(0, min(last, known))
    counts = [_count(a, b, tick) for tick in range(last + 1)]
    best = max(range(last + 1), key=lambda tick: (counts[tick], -tick)) if any(counts) else last
    return best, best


def _count(a: Timeline, b: Timeline, tick: int) -> int:
    one, two = a.at(tick).control, b.at(tick).control
    return sum(marked != two.get(place) for place, marked in one.items())
