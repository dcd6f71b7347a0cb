"""A hypothetical replay in words: what was changed, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from replay.script.change_phrases import Changed
from replay.text.narrative import TextLine

FOLLOWS = (
    "Advances, clearing and operations under way follow from the change. "
    "A documented capture stays on its day unless you move it."
)


def told_changes(made: Changed) -> Iterator[TextLine]:
    """What is hypothetical about the second replay."""
    for change in made.changes:
        yield TextLine("title", f"Hypothetical: {change}")
    yield TextLine("note", FOLLOWS)
    if made.conflicts:
        yield TextLine("phase", "These dates contradict the order in the script; the dates count")
        for conflict in made.conflicts:
            yield TextLine("row", f"- {conflict}", hang=2)
    yield TextLine("gap", "")
