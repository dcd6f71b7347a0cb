"""The cut of a film: what it shows, for how many frames, and in which order.

Cards name the campaign, each phase and, at the end, the sources; between them stand the days, each
for as long as its pace says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from replay.foundation.errors import UsageError, did_you_mean
from replay.picture.layers import optional
from replay.picture.layers.sizes import PAGE, Size, size_of
from replay.picture.styles import Style, style_of
from replay.stepping.navigator import PACES, Pace, course, phase_at, stays
from replay.timeline.timeline import Timeline

Kind = Literal["title", "phase", "day", "closing"]
Days = tuple[str | int, str | int]
"""The first and the last moment that a film shows."""

FPS = 10
FADE_S = 0.4
"""Seconds in which one day becomes the next."""
LONGEST_FADE_S = 10.0
TITLE_S, PHASE_S, CLOSING_S, SOURCE_S = 3.0, 2.2, 4.0, 0.8
"""Seconds that the cards stay; the closing one longer for each source."""
LAST_S = 3.0
"""Seconds that the last day stays at least."""
MOST_S = 86_400.0
LONGEST_S = 600.0
"""Seconds that a film lasts at most where nobody says how long it is to be."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What stays for some frames: a card, or a day."""

    kind: Kind
    frames: int
    tick: int = -1
    """Of a day."""
    phase: str | None = None
    """That a card announces, or in which a day lies."""
    days: str | None = None
    """EDTF: what a film shows, on the card with its title, where that is a part of the window."""


@dataclass(frozen=True)
class Wish:
    """How the frames of a film are to look; `wish` checks it."""

    size: tuple[int, int]
    style: Style
    extra: tuple[str, ...] = ()
    fps: int = FPS
    fade: int = 0
    """Frames in which one day becomes the next; 0 for none."""


def wish(
    size: Size = PAGE,
    style: str | Style | None = None,
    extra: tuple[str, ...] = (),
    fps: int = FPS,
    transitions: bool | float = True,
) -> Wish:
    """How a film is to look. `transitions` may be the seconds that they take.

    Raises UsageProblem U520 for a style, a size or a layer that there is not, U522 for a number of
    frames that no player shows.
    """
    if not 1 <= fps <= 60:
        what = f"a film cannot have {fps} frames a second"
        raise UsageError("U522", what, "write --fps 1 to --fps 60")
    seconds = FADE_S if transitions is True else float(transitions)
    if not 0 <= seconds <= LONGEST_FADE_S:
        what = f"a transition cannot take {seconds:g} seconds"
        raise UsageError("U522", what, f"at most {LONGEST_FADE_S:g}, or 0 for none")
    return Wish(size_of(size), style_of(style), optional(extra), fps, round(seconds * fps))


def even(wished: Wish) -> Wish:
    """The same; raises UsageProblem U520 where a side has an odd number of pixels."""
    width, height = wished.size
    if width % 2 or height % 2:
        what = f"a film of this format cannot be {width} × {height} pixels"
        hint = f"both must be even, as {width + width % 2}x{height + height % 2}"
        raise UsageError("U520", what, hint)
    return wished


# --- which shots --------------------------------------------------------------------------------


def cut(
    timeline: Timeline,
    fps: int = FPS,
    pace: str = "event",
    days: Days | None = None,
    cards: bool = True,
    length: float | None = None,
) -> tuple[Shot, ...]:
    """The shots of a film, in order; together they have exactly the frames of the film.

    `length` is how many seconds it is to last. Raises UsageProblem U503 for days outside of the
    window or in the wrong order, U522 for a pace that there is not or a length that is too short.
    """
    by, ticks = _pace(pace), _ticks(timeline, days)
    held = stays(course(timeline), by)
    held[ticks[-1]] = max(held[ticks[-1]], LAST_S if by == "event" else 0.0)
    wanted = list(_wanted(timeline, ticks, held, cards))
    if length is None:
        length = min(sum(stay for _, stay in wanted), max(LONGEST_S, len(wanted) / fps))
    shots = [shot for shot, _ in wanted]
    counts = _counts(_fitted(wanted, length), length, fps)
    return tuple(replace(s, frames=n) for s, n in zip(shots, counts, strict=True))


def _pace(named: str) -> Pace:
    for pace in PACES:
        if pace == named:
            return pace
    hint = did_you_mean(named, PACES) or f"paces: {', '.join(PACES)}"
    raise UsageError("U522", f"there is no pace {named!r}", hint)


def _ticks(timeline: Timeline, days: Days | None) -> range:
    first, last = days or (0, timeline.scenario.calendar.ticks - 1)
    if isinstance(first, str) and isinstance(last, str):
        ticks = timeline.ticks(first, last)
    else:
        ticks = range(timeline.tick(first), timeline.tick(last) + 1)
    if not ticks:
        what = f"a film cannot run from {first} to {last}"
        raise UsageError("U503", what, "name the earlier day first")
    return ticks


def _wanted(
    timeline: Timeline, ticks: range, held: list[float], cards: bool
) -> Iterator[tuple[Shot, float]]:
    """The shots and the seconds that each would like to stay."""
    along = course(timeline)
    if cards:
        yield Shot("title", 0, days=_part(timeline, ticks)), TITLE_S
    before: str | None = None
    for tick in ticks:
        span = phase_at(along, tick)
        phase = span.phase if span else None
        if cards and phase is not None and phase != before:
            yield Shot("phase", 0, phase=phase), PHASE_S
        before = phase or before
        yield Shot("day", 0, tick, phase), held[tick]
    if cards:
        yield Shot("closing", 0), CLOSING_S + SOURCE_S * len(timeline.scenario.sources)


def _part(timeline: Timeline, ticks: range) -> str | None:
    calendar = timeline.scenario.calendar
    if len(ticks) == calendar.ticks:
        return None
    return calendar.span(ticks[0], ticks[-1])


def _fitted(wanted: list[tuple[Shot, float]], length: float) -> list[float]:
    """The seconds of each shot in a film of a length.

    The cards stay as long as they want, but for a third of the film at most; the days share what
    is left.
    """
    cards = sum(stay for shot, stay in wanted if shot.kind != "day")
    days = sum(stay for shot, stay in wanted if shot.kind == "day")
    told = min(cards, length / 3)
    of_cards, of_days = told / cards if cards else 0.0, max(0.0, length - told) / days
    return [stay * (of_days if shot.kind == "day" else of_cards) for shot, stay in wanted]


def _counts(seconds: list[float], length: float, fps: int) -> list[int]:
    """Frames for each shot: one at least, in proportion, and exactly the length together."""
    if not 0 < length <= MOST_S:
        raise UsageError("U522", f"a film cannot last {length:g} seconds", "write a minute: 60")
    total = round(length * fps)
    if total < len(seconds):
        what = f"{len(seconds)} days and cards do not fit into {total} frames"
        hint = "give more seconds or frames a second, fewer days with --from and --until"
        raise UsageError("U522", what, hint)
    counts = _shared(total, seconds)
    if min(counts) < 1:
        counts = [1 + more for more in _shared(total - len(seconds), seconds)]
    return counts


def _shared(total: int, seconds: list[float]) -> list[int]:
    """A number of frames shared out in proportion; rounding never adds up."""
    whole = sum(seconds)
    ends = [round(total * end / whole) for end in accumulate(seconds)]
    ends[-1] = total
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]
