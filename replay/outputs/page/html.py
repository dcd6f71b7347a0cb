"""The page around the data: one file that loads nothing, and runs nothing that an author wrote."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from collections.abc import Sequence
from pathlib import Path

from replay.foundation import theme
from replay.foundation.palettes import DARK, LIGHT, Palette
from replay.model import Scenario
from replay.outputs.page.data import Progress, contents
from replay.outputs.page.plain import plain_page
from replay.timeline.timeline import Timeline

BUILT = Path(__file__).parent / "built"

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="campaign-replay">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="player"></div>
<noscript>
{plain}
</noscript>
<script type="text/plain" id="contents">{contents}</script>
<script>{script}</script>
</body>
</html>
"""


def page(timeline: Timeline, *, every: bool | None = None, progress: Progress | None = None) -> str:
    """The whole page of a replay as HTML.

    It opens with the lens and the day of news of the timeline. `every` says whether it holds all
    lenses and all days of news; without it a scenario of more than 2,000 events, or with tables,
    brings only what the timeline has.

    >>> import replay
    >>> page(replay.run("western-iraq-2017"), every=False)[:15]
    '<!DOCTYPE html>'
    """
    held = contents(timeline, every, progress)
    data = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    script = (BUILT / "player.js").read_text(encoding="utf-8").replace("</", "<\\/")
    sheet = palettes(timeline.scenario) + (BUILT / "player.css").read_text(encoding="utf-8")
    return PAGE.format(
        policy=policy(script, sheet),
        title=html.escape(timeline.scenario.title),
        style=sheet,
        plain=plain_page(timeline),
        contents=packed(data),
        script=script,
    )


def packed(text: str) -> str:
    """A text as the page unpacks it: zlib, then base64, which no markup can hide in."""
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def policy(script: str, style: str) -> str:
    """Only our own script and style run, known by their digests; nothing is loaded or sent."""
    allowed = {
        "default-src": "'none'",
        "script-src": _digest(script),
        "style-src": _digest(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _digest(text: str) -> str:
    made = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(made).decode('ascii')}'"


def palettes(scenario: Scenario) -> str:
    """The roles of colours as the page's variables: light, and dark where the reader has it so.

    Colours of sides that are no roles have variables too: `--c12aa34`. Each colour of a side has a
    second one for letters on it: `--on-blue`.
    """
    sides = sorted(set(scenario.colours.values()))
    dark = f"@media screen and (prefers-color-scheme:dark){{{_roles(DARK, sides)}}}"
    return f"{_roles(LIGHT, sides)}\n{dark}\n"


def _roles(palette: Palette, sides: Sequence[str]) -> str:
    values = dict(palette.colours)
    for colour in (*sides, "faint", "paper"):
        name = f"c{colour[1:].lower()}" if colour.startswith("#") else colour
        values[name] = palette.resolve(colour)
        values[f"on-{name}"] = palette.resolve(theme.on(colour))
    told = ";".join(f"--{name}:{value}" for name, value in values.items())
    return f":root{{{told}}}"
