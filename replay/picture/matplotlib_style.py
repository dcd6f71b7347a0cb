"""Matplotlib's style files and settings, as far as pictures take something from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replay.foundation.errors import (
    Problem,
    ScenarioError,
    SourceSpan,
    UsageError,
    did_you_mean,
    quoted,
)
from replay.foundation.palettes import DARK, LIGHT, Palette
from replay.foundation.theme import SIDES


def own_settings() -> dict[str, Any]:
    """What the user's matplotlibrc, or the calling program, sets otherwise than matplotlib."""
    import matplotlib

    usual: Any = matplotlib.rcParamsDefault
    here: Any = matplotlib.rcParams
    return {key: here[key] for key in USED if here[key] != usual[key]}


USED = (
    "figure.facecolor",
    "text.color",
    "axes.facecolor",
    "axes.linewidth",
    "axes.prop_cycle",
    "font.family",
    "font.serif",
    "font.sans-serif",
    "font.monospace",
    "savefig.dpi",
)
"""The settings of matplotlib that a style takes something from."""


def settings(path: Path) -> dict[str, Any]:
    """The settings of a style file. Raises UsageProblem U520 without it, BadStyle U521."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        what = f"the style file {str(path)!r} cannot be read: {why}"
        raise UsageError("U520", what, "name a file that ends in .mplstyle") from None
    found: dict[str, Any] = {}
    bad: list[Problem] = []
    for number, raw in enumerate(lines, 1):
        line = _without_comment(raw).strip()
        try:
            found |= _setting(line) if line else {}
        except _Bad as error:
            what, hint = error.args
            spot = SourceSpan(str(path), number, len(raw) - len(raw.lstrip()) + 1)
            bad.append(Problem("U521", what, spot, hint, raw))
    if bad:
        raise BadStyle(bad)
    return found


class BadStyle(UsageError):
    """All lines of a style file that matplotlib would not read."""

    def __init__(self, problems: list[Problem]) -> None:
        ScenarioError.__init__(self, problems)

    def __reduce__(self) -> tuple[Any, ...]:
        return BadStyle, (list(self.problems),)


class _Bad(Exception):
    """What is wrong with a line, and what to do about it."""


def _setting(line: str) -> dict[str, Any]:
    import matplotlib

    key, colon, value = (part.strip() for part in line.partition(":"))
    if not colon:
        raise _Bad("a setting is `key: value`", _LIKE)
    if key not in matplotlib.rcParamsDefault:
        close = did_you_mean(key, matplotlib.rcParamsDefault)
        raise _Bad(f"matplotlib has no setting {quoted(key)}", close or _LIKE)
    try:
        return {key: dict(matplotlib.RcParams({key: value.strip('"')}).items())[key]}
    except ValueError as error:
        raise _Bad(f"{key} cannot be {quoted(value)}: {error}".splitlines()[0], _LIKE) from None


_LIKE = "write such as `figure.facecolor: white` (docs/pictures.md)"


def _without_comment(line: str) -> str:
    """A line up to its comment; a # in quotation marks begins none."""
    quoted = False
    for n, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == "#" and not quoted:
            return line[:n]
    return line


def families(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The fonts that some settings name: a list, or one of matplotlib's kinds and its list."""
    if "font.family" not in settings and "font.sans-serif" not in settings:
        return ()
    found: list[str] = []
    for family in settings.get("font.family", ["sans-serif"]):
        found += settings.get(f"font.{family}", _kind(family))
    return tuple(dict.fromkeys(found))


def _kind(family: str) -> list[str]:
    return {
        "serif": ["DejaVu Serif"],
        "sans-serif": ["DejaVu Sans"],
        "sans": ["DejaVu Sans"],
        "monospace": ["DejaVu Sans Mono"],
    }.get(family, [family])


def palette(name: str, settings: Mapping[str, Any]) -> Palette:
    """The colours of a style: those that settings name, the others mixed from them."""
    from matplotlib.colors import to_hex, to_rgba

    def colour(key: str) -> str | None:
        value = settings.get(key)
        if value is None or value in ("auto", "inherit") or to_rgba(value)[3] == 0:
            return None
        return str(to_hex(value)).upper()

    given: dict[str, str] = {}
    for key, role in (
        ("figure.facecolor", "paper"),
        ("text.color", "ink"),
        ("axes.facecolor", "land"),
    ):
        found = colour(key)
        if found is not None:
            given[role] = found
    cycle = settings.get("axes.prop_cycle")
    colours = cycle.by_key().get("color", []) if cycle is not None else []
    given |= {side: to_hex(c).upper() for side, c in zip(SIDES, colours, strict=False)}
    return _completed(name, given)


def _completed(name: str, given: dict[str, str]) -> Palette:
    """A palette of the house, the light or the dark one, with other colours put in."""
    if not given:
        return LIGHT
    plain = Palette(name, {**LIGHT.colours, **given})
    whole = Palette(name, {**(DARK if plain.dark else LIGHT).colours, **given})
    if "ink" in given or "paper" in given:
        for role, share in (("soft", 0.3), ("pale", 0.4), ("faint", 0.52)):
            given[role] = whole.resolve(f"mix(ink,paper,{share})")
        given["panel"] = whole.resolve("mix(paper,ink,0.05)")
        given["rule"] = whole.resolve("mix(paper,ink,0.2)")
    if "land" in given or "paper" in given:
        if "land" not in given:
            given["land"] = whole.resolve("mix(paper,ink,0.03)")
            whole = Palette(name, {**whole.colours, "land": given["land"]})
        given["abroad"] = whole.resolve("mix(land,ink,0.07)")
        given["province"] = whole.resolve("mix(land,ink,0.25)")
    return Palette(name, {**whole.colours, **given})
