"""The whole replay as a film, an animation, a folder of frames, or its subtitles.

Options of all of them: `size` (a name, or width and height), `style`, `extra` (optional layers),
`fps`, `pace` (event, day or phase), `days` (the first and the last moment), `transitions` (yes, no,
or seconds), `cards` (of the title, the phases and the sources), `length` in seconds, `jobs` or the
`scheduler` of a Dask cluster. The frames do not depend on who makes them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from replay.outputs.formats.registry import export_format
from replay.timeline.timeline import Timeline


@export_format(".mp4", name="mp4", summary="The replay as a film.", film=True, exact=False)
def mp4(timeline: Timeline, path: Path, **options: Any) -> None:
    """H.264, which plays everywhere; the phases are its chapters."""
    from replay.outputs.rendering import film

    film.mp4(film.film(timeline, **options), path)


@export_format(
    ".webm", name="webm", summary="The replay as a film for web pages.", film=True, exact=False
)
def webm(timeline: Timeline, path: Path, **options: Any) -> None:
    """VP9; the phases are its chapters."""
    from replay.outputs.rendering import film

    film.webm(film.film(timeline, **options), path)


@export_format(
    ".gif", name="gif", summary="The replay as an animation for pages and slides.", film=True
)
def gif(timeline: Timeline, path: Path, **options: Any) -> None:
    """A GIF of 256 colours that repeats."""
    from replay.outputs.rendering import film

    film.gif(film.film(timeline, **options), path)


@export_format(
    ".webp", name="webp", summary="The same, smaller and in all colours.", film=True, exact=False
)
def webp(timeline: Timeline, path: Path, **options: Any) -> None:
    """An animated WebP that repeats."""
    from replay.outputs.rendering import film

    film.webp(film.film(timeline, **options), path)


@export_format(
    ".frames",
    name="frames",
    summary="A folder with every frame as a numbered PNG, and the days that they show.",
    film=True,
    folder=True,
)
def frames(timeline: Timeline, path: Path, **options: Any) -> None:
    """Frames for other programs: 000001.png … and days.csv."""
    from replay.outputs.rendering import film

    film.folder(film.film(timeline, **options), path)


@export_format(".srt", name="srt", summary="Subtitles with the times of the film.", film=True)
def srt(timeline: Timeline, path: Path, **options: Any) -> None:
    """The date and the events of each day, as SubRip."""
    from replay.outputs.rendering import film

    film.captions(film.film(timeline, **options), path, "srt")


@export_format(".vtt", name="vtt", summary="The same for web pages.", film=True)
def vtt(timeline: Timeline, path: Path, **options: Any) -> None:
    """The date and the events of each day, as WebVTT."""
    from replay.outputs.rendering import film

    film.captions(film.film(timeline, **options), path, "vtt")
