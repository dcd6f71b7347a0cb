"""A hypothetical replay in words: what was changed, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from replay.script.change_phrases import Changed
from replay.text.narrative import Line

FOLLOWS = (
    "What lasts follows from the change: advances, clearing, operations under way. "
    "A documented capture stays on its day unless you move it."
)


def told_changes(made: Changed) -> Iterator[Line]:
    """What is hypothetical about the second replay."""
    for change in made.changes:
        yield Line("title", f"Hypothetical: {change}")
    yield Line("note", FOLLOWS)
    if made.conflicts:
        yield Line("phase", "Dates that contradict the order in the script; the dates count")
        for conflict in made.conflicts:
            yield Line("row", f"- {conflict}", hang=2)
    yield Line("gap", "")
