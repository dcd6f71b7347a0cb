"""Exports: a replay as a file, its format known by the suffix.

To add a format, write one file with a function under `export_format`, and import it here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
from replay.timeline.timeline import State, Timeline

Progress = Callable[[int, int], None]


@one_warning()
def export(
    timeline: Timeline,
    path: Path | str,
    *,
    format: str | None = None,
    on: str | int | State | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Path:
    """Write a replay to a file, all or nothing, and return its path.

    The suffix says the format, or `format` names it. `on` is the moment for a picture of one
    moment; without it the last one is meant. Raises UsageProblem U503 for a moment outside the
    window, U505 for an unknown format, U506 for a path that cannot be written.

    >>> import replay
    >>> timeline = replay.run("western-iraq-2017")
    >>> replay.export(timeline, "campaign.csv")  # doctest: +SKIP
    """
    path = Path(path)
    known = format_of(path, format)
    if known.still:
        last = timeline.scenario.calendar.ticks - 1
        options["on"] = timeline.at(last if on is None else on)
    if progress is not None:
        options["progress"] = progress
    with whole_folder(path, known.name) if known.folder else written_whole(path) as temporary:
        known.write(timeline, temporary, **options)
    return path


__all__ = [
    "FORMATS",
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
