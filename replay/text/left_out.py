"""The claims without a report date that a known-on day leaves out, in words."""

from __future__ import annotations

from replay.analysis.left_out import LeftOut, left_out
from replay.foundation.english import counted
from replay.timeline.timeline import Timeline

FEW = 4
"""Up to this number, claims are listed by citation; above it, counted by source."""
AS_OPTION = "`--undated known` counts them."
"""What to type at the command line to count them."""
AS_COMMAND = "`known DAY undated` counts them."
"""What to type while stepping to count them."""


def left_out_line(found: LeftOut, hint: str = AS_OPTION) -> str:
    """Which claims are left out and how to count them; or that they are counted."""
    if found.counted:
        return f"Counted, though nothing says when they were reported: {_which(found)}."
    what = f"Left out, because nothing says when they were reported: {_which(found)}."
    return f"{what} {hint}".strip()


def _which(found: LeftOut) -> str:
    cites = dict.fromkeys(str(claim.cite) for claim in found.claims)
    if len(cites) <= FEW:
        return ", ".join(cites)
    sources = ", ".join(f"{source} {number:,}" for source, number in found.by_source.items())
    return f"{counted(found.number, 'claim')} ({sources})"


def left_out_short(timeline: Timeline) -> str:
    """The same for the caption of a picture: "43 claims without a report date left out"; empty
    if there are no such claims."""
    found = left_out(timeline)
    if not found:
        return ""
    what = f"{counted(found.number, 'claim')} without a report date"
    return f"{what} {'counted' if found.counted else 'left out'}"
