"""Who holds an area or route, and how much of it is taken."""

from __future__ import annotations

from replay.model import Scenario
from replay.model.state import (
    UNKNOWN,
    Control,
    Marked,
    Progress,
    Range,
    StateKey,
    Value,
    contested,
    ground_key,
    held,
)
from replay.timeline.timeline import State


def ground_marks_at(state: State, of: str) -> tuple[Marked, Marked]:
    """Who holds an area or route at a moment, and how much of it is taken."""
    control, progress = state[ground_key(of)], state[StateKey("progress", of)]
    later = last_said(state, of).aspect == "progress"
    return ground_marks(state.timeline.scenario, of, control, progress, taken_later=later)


def ground_marks(
    scenario: Scenario, of: str, control: Marked, progress: Marked, *, taken_later: bool
) -> tuple[Marked, Marked]:
    """Who holds an area or route, and how much of it is taken, each in the light of the other.

    It is held by a side that has taken all of it bit by bit, and contested from the moment on at
    which anything of it is taken. `taken_later` says whether a document spoke last of how much is
    taken: whoever enters ground that is wholly held contests it, so the holder no longer decides.
    """
    taken, inside = progress.value, control.value
    if isinstance(taken, Progress) and isinstance(inside, Control):
        share, _ = ground_range(scenario, of, taken)
        undecided = inside.status == "unknown" or (inside.status == "contested" and taken_later)
        if share is not None and share.low >= 1 and undecided:
            return Marked(held(taken.side), control.mark, control.could), progress
        if inside == UNKNOWN and not (share is not None and share.high == 0):
            return Marked(contested(taken.side), control.mark, control.could), progress
    return control, progress


def last_said(state: State, of: str) -> StateKey:
    """Of the two keys of an area or route the one of which a document spoke last."""
    control, progress = ground_key(of), StateKey("progress", of)
    rows = state.row(control), state.row(progress)
    if rows[0] is None or rows[1] is None:
        return progress if rows[0] is None else control
    ticks = [int(state.timeline.rows.tick[row]) for row in rows if row is not None]
    return control if ticks[0] > ticks[1] else progress


def ground_range(
    scenario: Scenario, of: str, value: Value | None
) -> tuple[Range | None, Range | None]:
    """How much of an area or route that is: its share, and its km² or km; None where not known."""
    if not isinstance(value, Progress):
        return None, None
    size = scenario.size_of(of)
    if value.unit == "share":
        return value.amount, size and _times(size, value.amount)
    return value.share or (size and _part(value.amount, size)), value.amount


def _times(size: Range, share: Range) -> Range:
    def product(a: float | None, b: float | None) -> float | None:
        return None if a is None or b is None else a * b

    return Range(
        size.low * share.low, product(size.best, share.best), product(size.high, share.high)
    )


def _part(amount: Range, size: Range) -> Range:
    """Share of the whole; the bounds of the two go against each other."""
    best = amount.best / size.best if amount.best is not None and size.best else None
    low = amount.low / size.high if size.high else 0.0
    high = amount.high / size.low if amount.high is not None and size.low else None
    return Range(min(1.0, low), best, None if high is None else min(1.0, high))
