"""Features of the geography file that no map draws, and why, as findings of `check`."""

from __future__ import annotations

from collections.abc import Iterator

from replay.analysis.lint import Finding
from replay.foundation.english import counted
from replay.foundation.errors import did_you_mean
from replay.model import Scenario
from replay.script.ground import GROUND_LAYERS, Omitted, read_ground_file

CODE = "L404"
OF = "geography"
"""What these findings are about, for `acknowledge`."""
LISTED = 12
"""Features that a finding names; of more it says how many there are."""


def undrawn(scenario: Scenario) -> Iterator[Finding]:
    """A finding for each reason for which features are not drawn, with all of them."""
    groups: dict[tuple[str, str], list[Omitted]] = {}
    for one in read_ground_file(scenario).omitted:
        groups.setdefault((one.reason, one.detail), []).append(one)
    file = scenario.map.geography if scenario.map else ""
    for (reason, detail), members in groups.items():
        why, hint = _told(reason, detail, scenario.map.borders if scenario.map else "")
        message = f"{file}: no map draws {_named(members)}: {why}"
        yield Finding(CODE, OF, message, hint)


def _named(members: list[Omitted]) -> str:
    names = [f"{m.number} ({m.name})" if m.name else str(m.number) for m in members[:LISTED]]
    rest = len(members) - len(names)
    more = f" and {counted(rest, 'other feature')}" if rest else ""
    return f"feature{'s' if len(members) > 1 else ''} {', '.join(names)}{more}"


def _told(reason: str, detail: str, borders: str) -> tuple[str, str]:
    """Why features are not drawn, and what to do."""
    known = ", ".join(dict.fromkeys((*GROUND_LAYERS, borders)))
    match reason:
        case "no geometry":
            return "no geometry", "delete it, or draw it in the program that made the file"
        case "points":
            return "points only", "a point belongs among the script's `places:`"
        case "too few points":
            return "too few points for a line or an area", "delete it, or draw it again"
        case "no layer":
            return "the property `layer` is missing", f"write one of {known}"
        case "layer":
            close = did_you_mean(detail, GROUND_LAYERS)
            return f"there is no layer {detail!r}", close or f"write one of {known}"
        case "kind":
            return f"the layer {detail!r} is of areas", "draw it as a polygon"
    return "far outside the map's extent", "delete it, or correct `extent:`"
