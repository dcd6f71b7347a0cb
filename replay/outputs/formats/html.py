"""The replay as one page for a browser."""

from __future__ import annotations

from pathlib import Path

from replay.outputs.formats.registry import export_format
from replay.outputs.page import page
from replay.outputs.page.data import Progress
from replay.timeline.timeline import Timeline


@export_format(".html", name="html", summary="A page to step through, for any browser.", data=True)
def html(timeline: Timeline, path: Path, progress: Progress | None = None) -> None:
    """One UTF-8 file that needs no network: every lens, every day of news, every claim."""
    path.write_text(page(timeline, progress=progress), encoding="utf-8", newline="\n")
