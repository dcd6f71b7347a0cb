"""What a replay is asked with: whom to trust, and what had been reported by a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from replay.foundation import edtf
from replay.foundation.errors import UsageError, did_you_mean, quoted

Undated = Literal["unknown", "known"]
"""Whether a claim of which nothing says when it was reported counts on a known-on day."""
UNDATED: tuple[Undated, ...] = get_args(Undated)


@dataclass(frozen=True, slots=True)
class ReplayQuestion:
    """A lens by name, a known-on day in EDTF, and how claims without a report date count.

    It can be pickled, so that a process of its own can make the same replay.
    """

    lens: str = "default"
    known_on: str | None = None
    undated: Undated = "unknown"

    @property
    def until(self) -> int | None:
        """The last minute by which claims must have been reported; None where all count.

        Raises UsageError U503.
        """
        if self.known_on is None:
            return None
        try:
            latest = edtf.parse(self.known_on).bounds.latest
        except edtf.DateError as error:
            raise UsageError("U503", str(error), error.hint) from None
        if latest is None:
            raise UsageError("U503", f"{self.known_on!r} has no end", "give a day: 2017-11-03")
        return latest


def how_undated_count(spelled: str, known_on: str | None) -> Undated:
    """How claims without a report date count, as a user wrote it.

    Raises UsageError U507 for another word, and where no known-on day makes it matter.
    """
    for way in UNDATED:
        if spelled == way:
            if way == "known" and known_on is None:
                what = "without --known-on, all claims count, with or without a report date"
                raise UsageError("U507", what, "give --known-on DAY, or leave --undated out")
            return way
    what = f"claims without a report date can be known or unknown, not {quoted(spelled)}"
    raise UsageError("U507", what, did_you_mean(spelled, UNDATED) or "write --undated known")
