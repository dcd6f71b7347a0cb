"""Reading: which claims a lens admits, how they rank, and what they make of each event."""

from replay.lens.order import just_after
from replay.lens.question import UNDATED, Question, Undated
from replay.lens.readings import (
    BEFORE_ALL,
    NEVER,
    Reading,
    Version,
    admitted,
    readings,
    ticks,
    was_known,
)
from replay.lens.shipped import LENSES, Lens, every_lens, lens, named_lens
from replay.lens.testimony import (
    Basis,
    by_weight,
    grade,
    learned,
    lineage,
    reported_itself,
    roots_of,
    told_on,
    witnesses,
)

__all__ = [
    "BEFORE_ALL",
    "LENSES",
    "NEVER",
    "UNDATED",
    "Basis",
    "Lens",
    "Question",
    "Reading",
    "Undated",
    "Version",
    "admitted",
    "by_weight",
    "every_lens",
    "grade",
    "just_after",
    "learned",
    "lens",
    "lineage",
    "named_lens",
    "readings",
    "reported_itself",
    "roots_of",
    "ticks",
    "told_on",
    "was_known",
    "witnesses",
]
