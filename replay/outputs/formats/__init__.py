"""Exports: a replay as a file, its format known by the suffix.

To add a format, write one file with a function under `export_format`, and import it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, TypedDict, Unpack

from replay.foundation.files import whole_folder, written_whole
from replay.foundation.fonts import one_warning
from replay.outputs.formats import (
    csv_days,
    csv_log,
    czml,
    film,
    geojson,
    html,
    json_log,
    kml,
    orbat_mapper,
    parquet,
    scenario_yaml,
    still,
)
from replay.outputs.formats.registry import FORMATS, Format, export_format, format_of
from replay.picture.layers.sizes import Size
from replay.picture.styles import Style
from replay.stepping.navigator import Pace
from replay.timeline.timeline import State, Timeline

Progress = Callable[[int, int], None]


class ExportOptions(TypedDict, total=False):
    """How pictures and films look and run; `export` says which formats take which."""

    size: Size
    style: str | Style | None
    extra: Iterable[str]
    fps: int
    transitions: bool | float
    pace: Pace
    days: tuple[str | int, str | int] | None
    cards: bool
    length: float | None
    jobs: int
    scheduler: str | None
    workers: Executor | None


@one_warning()
def export(
    timeline: Timeline,
    path: Path | str,
    *,
    format: str | None = None,
    on: str | int | State | None = None,
    progress: Progress | None = None,
    **options: Unpack[ExportOptions],
) -> Path:
    """Write a replay to a file, whole or not at all.

    An interrupted or failed export leaves an earlier file as it was.

    Parameters
    ----------
    timeline : Timeline
        A replay, from `replay.run`.
    path : str or Path
        The file, or for `.frames` the folder. Its suffix says the format. Missing folders are made.
    format : str, optional
        The name of a format, if the suffix is not enough: "csv-days" and "orbat-mapper" need it.
    on : str, int or State, optional
        The moment that png, svg and pdf show, as for `Timeline.at`. Without it: the last of the
        window. Other formats hold all days and ignore it.
    progress : callable (done, total), optional
        Called while a film or a page is made, with how many of how many frames or parts are done.
    **options : ExportOptions
        How pictures and films look and run; data and the page take none.

    Options
    -------
    size : png, svg, pdf, films
        As for `replay.draw`. For mp4 and webm both sides must be even.
    style : png, svg, pdf, films
        As for `replay.draw`.
    extra : png, svg, pdf, films
        As for `replay.draw`.
    fps : films
        Frames a second, 1 to 60; 10 without it.
    transitions : films
        Whether days fade into each other (0.4 seconds; the default), or for how many seconds, 0 to
        10.
    pace : films
        "event" (longer on days with more events; the default), "day" (all days alike) or "phase".
    days : films
        The first and the last moment, a pair; moments as for `Timeline.ticks`. All days without it.
    cards : films
        Whether to show cards with the title, the phases and the sources; True without it.
    length : films
        Seconds that the film lasts, more than 0, at most 86,400. Without it as long as its days and
        cards need, at most 600 seconds unless there are more frames than that.
    jobs : films
        Processes of this machine that draw, 1 or more; 1 without it.
    scheduler : films
        The address of a Dask cluster that draws, such as "tcp://10.0.0.5:8786", instead of `jobs`.
    workers : films
        An open `concurrent.futures.Executor` that draws, for several films in turn.

    Returns
    -------
    Path
        The path that was written.

    Raises
    ------
    UsageError
        U503 if a moment is outside the window, U505 if there is no such format, U506 if the path
        cannot be written, U507, U510 or U511 if the work cannot be spread, U510 if parquet needs an
        extra of the installation, U512 if the format cannot hold the scenario, U520 to U522 if a
        picture or film cannot be as asked.
    TypeError
        If the format does not take an option.

    See also
    --------
    docs/films.md : films.
    docs/pictures.md : pictures.
    docs/data.md : data for other programs.
    docs/commands.md : all formats by suffix.

    Example
    -------
    >>> import tempfile
    >>> import replay
    >>> timeline = replay.run("western-iraq-2017")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = replay.export(timeline, f"{folder}/campaign.csv")
    ...     path.read_text("utf-8-sig")[:16]
    'order,tick,date,'
    """
    path = Path(path)
    known = format_of(path, format)
    more: dict[str, Any] = dict(options)
    if known.still:
        last = timeline.scenario.calendar.ticks - 1
        more["on"] = timeline.at(last if on is None else on)
    if progress is not None:
        more["progress"] = progress
    with whole_folder(path, known.name) if known.folder else written_whole(path) as temporary:
        known.write(timeline, temporary, **more)
    return path


__all__ = [
    "FORMATS",
    "ExportOptions",
    "Format",
    "csv_days",
    "csv_log",
    "czml",
    "export",
    "export_format",
    "film",
    "format_of",
    "geojson",
    "html",
    "json_log",
    "kml",
    "orbat_mapper",
    "parquet",
    "scenario_yaml",
    "still",
]
