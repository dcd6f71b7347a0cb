"""Why something is so, as a value: text when it is printed, a small page in notebooks, facts."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from replay.analysis.names import find_thing
from replay.facts.answers import explain_json
from replay.foundation.display import NotebookRepr
from replay.text.explanation import told_why
from replay.text.narrative import INDENT
from replay.timeline.timeline import State, Timeline


@dataclass(frozen=True, repr=False)
class Why(NotebookRepr):
    """What holds of a thing at a moment, since when, who says so, who otherwise, what is next."""

    timeline: Timeline
    of: str
    on: State

    def __str__(self) -> str:
        lines = told_why(self.timeline, self.of, self.on)
        return "\n".join(" " * INDENT.get(line.kind, 0) + line.text for line in lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f'<pre dir="auto" style="white-space: pre-wrap">{escape(str(self))}</pre>'

    def to_json(self) -> dict[str, Any]:
        """The same as `replay explain --json` prints."""
        return explain_json(self.timeline, self.of, self.on)


def explain(timeline: Timeline, thing: str, on: str | int) -> Why:
    """Why it stands so with a thing (its id or any spelling) at a day, an hour or after an event.

    Raises UsageProblem U502 for a thing that there is not, U503 for a moment outside the window.
    """
    of = find_thing(timeline.scenario, thing)
    return Why(timeline, of, timeline.at(on))
