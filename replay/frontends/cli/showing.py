"""Pictures of more than one moment: side by side, and small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replay.frontends.cli.options import console, timeline_of

if TYPE_CHECKING:
    from replay.picture.items import Picture
    from replay.picture.pages.page import Page
    from replay.timeline.timeline import Timeline

Values = list[str] | None


def one_moment(on: Values, lens: Values, known_on: Values, days: list[bool]) -> bool:
    """Whether a single map is asked for.

    Raises UsageProblem U507 if options do not go together.
    """
    from replay.foundation.errors import UsageError

    several = [name for name, given in _given(on, lens, known_on) if len(given or ()) > 1]
    if any(days):
        if sum(days) > 1 or on:
            what = "--on, --days, --every and --phases are ways to choose days"
            raise UsageError("U507", what, "use one of them")
        if several:
            what = f"a page of many days has one lens, and {several[0]} is given more than once"
            raise UsageError("U507", what, "choose one")
        return False
    return not several


def _given(on: Values, lens: Values, known_on: Values) -> list[tuple[str, Values]]:
    return [("--on", on), ("--lens", lens), ("--known-on", known_on)]


def one_each(lens: Values, known_on: Values) -> tuple[str, str | None]:
    """The lens and the known-on day, each given once at most."""
    return (lens[0] if lens else "default"), (known_on[0] if known_on else None)


def page_of(options: dict[str, Any]) -> Page:
    """The page that the options of a command ask for; A3 without a size."""
    from replay.picture.pages.page import A3, page

    return page(options.get("size") or A3)


def draw(picture: Picture, path: Path, options: dict[str, Any]) -> None:
    """Write a picture and say so."""
    from replay.outputs.rendering.write import write_picture
    from replay.picture.styles import style_of

    written = write_picture(picture, path, style_of(options.get("style")))
    console(stderr=True).print(f"wrote {written}")


# --- side by side -----------------------------------------------------------------------------


def side_by_side(
    scenario: str,
    on: Values,
    lens: Values,
    known_on: Values,
    undated: str,
    out: Path | None,
    options: dict[str, Any],
) -> None:
    """Draw two maps, of two days, two lenses or two states of knowledge.

    Without a day, it is the one on which most places differ.
    """
    from replay.outputs.rendering.write import kind_of
    from replay.picture.pages.side_by_side import Side, beside, widest

    if out is not None:
        kind_of(out)
    pairs = [_two(name, values) for name, values in _given(on, lens, known_on)]
    days, lenses, known = pairs
    a = timeline_of(scenario, lenses[0] or "default", known[0], undated)
    same = lenses[0] == lenses[1] and known[0] == known[1]
    b = a if same else timeline_of(scenario, lenses[1] or "default", known[1], undated)
    if days[0] is None or days[1] is None:
        ticks = widest(a, b)
        moments = a.at(ticks[0]), b.at(ticks[1])
    else:
        moments = a.at(days[0]), b.at(days[1])
    picture = beside(Side(a, moments[0]), Side(b, moments[1]), page_of(options))
    draw(picture, out or Path(f"{a.scenario.scenario}-compared.png"), options)


def hypothetical_map(
    a: Timeline,
    b: Timeline,
    changes: Sequence[str],
    on: str | None,
    out: Path,
    options: dict[str, Any],
) -> None:
    """Draw the documented campaign beside a hypothetical one.

    Without a day, it is the one on which most places differ.
    """
    from replay.outputs.rendering.write import kind_of
    from replay.picture.pages.side_by_side import Side, beside, widest

    kind_of(out)
    ticks = widest(a, b) if on is None else (a.at(on).tick, b.at(on).tick)
    sides = (
        Side(a, a.at(ticks[0]), "As documented"),
        Side(b, b.at(ticks[1]), f"Hypothetical: {'; '.join(changes)}"),
    )
    draw(beside(*sides, page_of(options)), out, options)


def _two(name: str, values: Values) -> tuple[str | None, str | None]:
    """The two values of an option; one value goes for both sides."""
    from replay.foundation.errors import UsageError

    if not values:
        return None, None
    if len(values) > 2:
        what = f"{name} is given more than twice"
        raise UsageError("U507", what, "give two at most; for more days use --days")
    return values[0], values[-1]


# --- small multiples --------------------------------------------------------------------------


def multiples(
    timeline: Timeline,
    days: str | None,
    every: int | None,
    out: Path | None,
    options: dict[str, Any],
) -> None:
    """Draw maps of many days on a page: named days, every Nth day, or the ends of phases."""
    from replay.foundation.errors import UsageError
    from replay.picture.pages.grid import MOST, grid

    ticks = _ticks(timeline, days, every)
    if not ticks:
        raise UsageError("U503", "no day was chosen", "name days of the window with commas")
    if len(ticks) > MOST:
        what = f"{len(ticks)} maps do not fit on a page"
        raise UsageError("U503", what, f"choose {MOST} days at most, for example with --every 2")
    picture = grid(timeline, ticks, page_of(options), trim="size" not in options)
    draw(picture, out or Path(f"{timeline.scenario.scenario}-days.png"), options)


def _ticks(timeline: Timeline, days: str | None, every: int | None) -> list[int]:
    from replay.picture.pages.phase import span

    last = timeline.scenario.calendar.ticks - 1
    if days is not None:
        named = [day.strip() for day in days.split(",") if day.strip()]
        return sorted({tick for day in named for tick in timeline.ticks(day, day)})
    if every is not None:
        return sorted({*range(0, last + 1, every), last})
    ends = [span(timeline, phase)[1] for phase in timeline.scenario.phases]
    return sorted({0, *ends, last})
