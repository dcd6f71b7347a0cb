"""The rows around map and panel: the day above, the selected place, tabs, keys below, the help."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from replay.analysis.left_out import left_out
from replay.foundation import theme
from replay.foundation.english import counted
from replay.frontends.terminal.raster import Look, filled, printable, shortened
from replay.frontends.terminal.text_layout import Row, wrapped
from replay.frontends.terminal.views import VIEWS
from replay.picture.layers.symbology import colour_of
from replay.stepping.key_bindings import KEYS, KeyBinding, key_table, shown_keys
from replay.stepping.session import Session
from replay.text.dates import in_words
from replay.text.phrases import control
from replay.text.state import phase_in_words

LOUD = Look(theme.PAPER, theme.TODAY, bold=True)


def head(walk: Session, width: int) -> Row:
    """The title, shortened to fit, and the day."""
    number = len(walk.readings)
    parts = [
        in_words(walk.now),
        phase_in_words(walk.timeline, walk.at.tick),
    ]
    parts.append(counted(number, "event") if number else "no events")
    when = " · ".join(part for part in parts if part)
    room = width - cell_len(when) - 3
    title = shortened(printable(walk.scenario.title), room) if room > 8 else ""
    gap = " " * max(width - cell_len(when) - cell_len(title) - 2, 1)
    return [(f" {title}{gap}", Look(theme.SOFT)), (f"{when} ", Look(theme.TODAY, bold=True))]


def about(walk: Session, width: int, hidden: int) -> list[Row]:
    """The selected place in a few rows; without one, how many marks are hidden by others."""
    of, scenario = walk.about, walk.scenario
    if of not in scenario.place:
        text = f" {counted(hidden, 'mark')} behind others: + zooms in" if hidden else ""
        return [[(text, Look(theme.SOFT))]]
    fact = walk.now.control[of]
    name = f"{scenario.name(of)}: "
    first, *rest = wrapped(f"{name}{control(scenario, fact)}", width - 2, below=1)
    cut = min(len(name), len(first))
    row: Row = [(f" {first[:cut]}", Look(bold=True)), (first[cut:], Look())]
    return [row, *([(f" {text}", Look())] for text in rest)]


def tabs(here: str, width: int, actions: tuple[str, ...] = VIEWS) -> Row:
    """The views with their keys; the current one is highlighted.

    If there is not enough room, the last ones are shown as keys only.
    """
    keys = {key.action: key.keys[0] for key in KEYS}
    words = {action: f" {keys[action]} {action} " for action in actions}
    for action in reversed(actions):
        if sum(map(cell_len, words.values())) > width and action != here:
            words[action] = f" {keys[action]} "
    return [(words[a], LOUD if a == here else Look(theme.SOFT)) for a in actions]


def foot(walk: Session, width: int, said: str, playing: str | None) -> Row:
    """The lens; then a message, or the keys that you need most."""
    known = f", known on {walk.timeline.known_on}" if walk.timeline.known_on else ""
    undated = left_out(walk.timeline)
    if undated:
        known += f" ({undated.number} undated {'counted' if undated.counted else 'left out'})"
    plain = walk.timeline.lens.name == "default" and not known
    row: Row = [(f" lens {walk.timeline.lens.name}{known} ", Look(theme.SOFT) if plain else LOUD)]
    if playing:
        row.append((f" ▶ by {playing}", Look(theme.TODAY, bold=True)))
    if said:
        return [*row, (f" {printable(said)}", Look())]
    room = width - sum(cell_len(text) for text, _ in row)
    for key, word in _hints():
        hint = f"  {shown_keys(key.keys[0])} {word}"
        room -= len(hint)
        if room > 0:
            row.append((hint, Look()))
    return row


def _hints() -> Iterator[tuple[KeyBinding, str]]:
    """The keys in the footer, the most needed first, with one word each."""
    words = {"help": "keys", "next-day": "day", "next-event": "event", "find": "find"}
    words |= {"why": "why", "lens": "lens", "quit": "quit", "goto": "go to", "next-phase": "phase"}
    words |= {"known": "known on", "places": "places", "select": "place", "play": "play"}
    for action, word in words.items():
        yield next(key for key in KEYS if key.action == action), word


# --- the legend and the help --------------------------------------------------------------------


def legend(walk: Session, width: int, height: int) -> list[Row]:
    """What the letters mean, in columns; as many of them as fit."""
    scenario = walk.scenario
    signs = [
        (s.letter, printable(s.name), Look(theme.PAPER, colour_of(scenario, s.id)))
        for s in scenario.sides
    ]
    signs += [(letter, name, Look(bold=True)) for letter, name in _SIGNS]
    rows: list[Row] = [[] for _ in range(height)]
    used = 0
    for n in range(0, len(signs), height):
        column = signs[n : n + height]
        wide = max(cell_len(name) for _, name, _ in column) + 4
        if used + wide > width:
            break
        for row, (letter, name, look) in zip(rows, column, strict=False):
            row += [
                ("  ", Look()),
                (letter, look),
                (filled(f" {name}", wide - 3), Look(theme.SOFT)),
            ]
        for row in rows[len(column) :]:
            row.append((" " * wide, Look()))
        used += wide
    return rows


_SIGNS = (
    ("&", "held together"),
    ("x", "contested"),
    ("b", "besieged"),
    ("_", "nobody"),
    ("○", "unknown"),
    ("?", "possible"),
    ("~", "disputed"),
)


def help_text(walk: Session) -> str:
    """All keys with what they do, and what the letters of the map mean."""
    rows = [(keys, does) for keys, _, _, does in key_table() if keys]
    wide = max(len(keys) for keys, _ in rows)
    lines = [f"{keys:<{wide}}  {does}" for keys, does in rows]
    sides = [f"{side.letter}  {printable(side.name)}" for side in walk.scenario.sides]
    lines += ["", "On the map", *sides, *(f"{letter}  {name}" for letter, name in _SIGNS[:5])]
    lines += ["·  a place for orientation", "?  possible: the exact time is unknown"]
    lines += ["~  disputed: sources differ"]
    return "\n".join(lines)
