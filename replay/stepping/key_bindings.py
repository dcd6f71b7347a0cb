"""The keys and commands for stepping, in one table: bindings, help and pages come from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replay.stepping.navigator import StepMove


@dataclass(frozen=True, slots=True)
class KeyBinding:
    """An action of a front end: its name, its keys, and its command in the line mode.

    `action` is a move of the navigator, or another action of a front end.
    """

    action: str
    keys: tuple[str, ...]
    """Names of keys in the terminal's toolkit; the first one is shown."""
    words: str
    """The command of the line mode with its argument in capitals; empty without a command."""
    does: str
    window: tuple[str, ...] = ()
    """Names of keys in matplotlib, if the window knows the action."""


def _move(
    move: StepMove, keys: tuple[str, ...], words: str, does: str, window: tuple[str, ...]
) -> KeyBinding:
    return KeyBinding(move, keys, words, does, window)


KEYS: tuple[KeyBinding, ...] = (
    _move("next-day", ("right",), "next [N]", "the next day, or N days forward", ("right",)),
    _move("previous-day", ("left",), "back [N]", "the day before, or N days back", ("left",)),
    KeyBinding(
        "week", ("shift+right", "greater_than_sign"), "", "seven days forward", ("shift+right", ">")
    ),
    KeyBinding(
        "week-back", ("shift+left", "less_than_sign"), "", "seven days back", ("shift+left", "<")
    ),
    _move("next-event", ("down", "n"), "event", "the next event", ("down", "n")),
    _move("previous-event", ("up", "p"), "event back", "the previous event", ("up", "p")),
    _move("next-phase", ("right_square_bracket",), "phase", "the next phase", ("]",)),
    _move(
        "previous-phase",
        ("left_square_bracket",),
        "phase back",
        "the beginning of this phase, then of the previous one",
        ("[",),
    ),
    _move("first", ("home",), "first", "the first day", ("home",)),
    _move("last", ("end",), "last", "the last day", ("end",)),
    KeyBinding("goto", ("g",), "goto DAY", "go to a day (2017-11-03, 3 nov, +7, -7) or an event"),
    KeyBinding("find", ("slash",), "find WORDS", "find a place, force, event or operation"),
    KeyBinding("select", ("tab",), "", "select the next place"),
    KeyBinding("select-back", ("shift+tab",), "", "select the previous place"),
    KeyBinding("why", ("w",), "why [THING]", "why it is so, who says so, and who disagrees"),
    KeyBinding(
        "disputes", ("d",), "disputes [all]", "what the sources differ on, this day or ever"
    ),
    KeyBinding("places", ("m",), "places", "the map, or a list of all places"),
    KeyBinding("tallies", ("t",), "tallies [NAME]", "counts, with their bounds"),
    KeyBinding("undated", ("u",), "undated", "undated events, and those before the window"),
    KeyBinding("events", ("e", "escape"), "day", "the events of the day"),
    KeyBinding(
        "lens", ("l",), "lens [NAME]", "which claims to trust; without a name, list the lenses"
    ),
    KeyBinding(
        "known",
        ("k",),
        "known [DAY]",
        "only what was reported by a day; add `undated` for undated reports",
    ),
    KeyBinding("play", ("space",), "", "play and stop", (" ",)),
    KeyBinding("pace", ("full_stop",), "", "play by event, day or phase", (".",)),
    KeyBinding("page", ("pagedown",), "", "scroll the panel down"),
    KeyBinding("page-back", ("pageup",), "", "scroll the panel up"),
    KeyBinding("closer", ("plus", "equals_sign"), "", "zoom in on the selected place"),
    KeyBinding("farther", ("minus",), "", "zoom out"),
    KeyBinding("help", ("question_mark", "h"), "help", "these keys"),
    KeyBinding("quit", ("q",), "quit", "leave", ("q",)),
)
"""All actions, in the order of the help."""

_SHOWN = {
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "shift+right": "Shift →",
    "shift+left": "Shift ←",
    "shift+tab": "Shift Tab",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "pagedown": "Page Down",
    "pageup": "Page Up",
    "escape": "Esc",
    " ": "Space",
}


def shown_keys(key: str) -> str:
    """A key as the help shows it: "→", "[", "Home", "Space"."""
    return _SHOWN.get(key, key if len(key) == 1 else key.capitalize())


def key_table() -> Iterator[tuple[str, str, str, str]]:
    """Rows for help and pages: keys of the terminal, keys of the window, command, what it does."""
    for key in KEYS:
        terminal, window = (", ".join(map(shown_keys, names)) for names in (key.keys, key.window))
        yield terminal, window, key.words, key.does
