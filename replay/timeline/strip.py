"""The control strip: a replay as text, one line a place, one character a tick, and back.

The letter of the side that holds the place; `&` if several hold it together, `x` contested
(besieged or not), `b` besieged, `_` nobody, `.` unknown. Under a row, where there are any, its
marks: `?` possible, `~` disputed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from replay.model.state import Control, Marked

TOGETHER = "&"
"""The character of a place that several sides hold together."""
MARK_SIGNS = {"certain": " ", "possible": "?", "disputed": "~"}


def control_sign(marked: Marked, letters: Mapping[str, str]) -> str:
    """The character of one value of control."""
    value = marked.value
    if not isinstance(value, Control) or value.status == "unknown":
        return "."
    match value.status:
        case "held":
            return letters[value.side] if value.side else TOGETHER
        case "contested":
            return "x"
        case "besieged":
            return "b"
    return "_"


def control_strip(rows: Iterable[tuple[str, Sequence[Marked]]], letters: Mapping[str, str]) -> str:
    """The strip of some places: each its id or name, and its values of control, one a tick."""
    rows = list(rows)
    width = max((len(name) for name, _ in rows), default=0)
    lines = []
    for name, values in rows:
        lines.append(f"{name:<{width}}  {''.join(control_sign(v, letters) for v in values)}")
        marks = "".join(MARK_SIGNS[v.mark] for v in values).rstrip()
        if marks:
            lines.append(f"{'':<{width}}  {marks}")
    return "\n".join(lines)


def strip_legend(sides: Iterable[tuple[str, str]], together: bool = False) -> str:
    """What the characters mean: pairs of a letter and the name of its side."""
    named = [f"{letter} {name}" for letter, name in sides]
    named += [f"{TOGETHER} held together"] if together else []
    return "   ".join([*named, "x contested", "b besieged", "_ none", ". unknown"]) + (
        "\n? possible   ~ disputed   (blank: certain)"
    )


def read_strip(text: str) -> dict[str, tuple[str, str]]:
    """The inverse of `control_strip`: name → its letters and its marks, of equal length.

    It reads what `print(timeline)` shows as well: the legend, below an empty line, is passed over.
    """
    found: dict[str, tuple[str, str]] = {}
    name, begin = "", 0
    for line in text.partition("\n\n")[0].splitlines():
        if line.startswith(" ") and name:
            letters, _ = found[name]
            found[name] = letters, line[begin:].ljust(len(letters))[: len(letters)]
        else:
            name, letters = line.split()
            begin = line.index(letters, len(name))
            found[name] = letters, " " * len(letters)
    return found
