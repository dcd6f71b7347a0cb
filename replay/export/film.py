"""The whole replay as a film: MP4 or GIF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from replay.export.registry import export_format
from replay.timeline import Timeline


@export_format(".mp4", name="mp4", summary="The replay as a film.", exact=False)
def mp4(timeline: Timeline, path: Path, **options: Any) -> None:
    """H.264, 1280 × 720 at 10 frames a second, or as `size` and `fps` say.

    `days` are the first and the last moment that it shows.
    """
    from replay.draw.film import mp4

    mp4(timeline, path, **options)


@export_format(".gif", name="gif", summary="The replay as an animation for pages and slides.")
def gif(timeline: Timeline, path: Path, **options: Any) -> None:
    """A GIF that repeats, 1280 × 720 at 10 frames a second, or as `size` and `fps` say.

    `days` are the first and the last moment that it shows.
    """
    from replay.draw.film import gif

    gif(timeline, path, **options)
