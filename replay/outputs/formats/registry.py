"""Formats by their suffix: each registers its function where it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from replay.foundation.errors import UsageError, did_you_mean
from replay.timeline.timeline import Timeline


class Writer(Protocol):
    """Writes a replay to a path; `on` is the tick that a picture of one moment shows."""

    def __call__(self, timeline: Timeline, path: Path, /, **options: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a replay."""

    name: str
    suffix: str
    summary: str
    write: Writer
    still: bool
    """Whether it shows one moment, so that it needs `on`."""
    data: bool
    """Whether it holds every event, those without a day as well."""
    exact: bool
    """Whether the same inputs give the same bytes."""
    film: bool = False
    """Whether it runs through the days, so that it has a pace."""
    folder: bool = False
    """Whether it is a folder of files."""


FORMATS: dict[str, Format] = {}
"""All formats by name."""

W = Callable[..., None]


def export_format(
    suffix: str,
    *,
    name: str,
    summary: str,
    still: bool = False,
    data: bool = False,
    exact: bool = True,
    film: bool = False,
    folder: bool = False,
) -> Callable[[W], W]:
    """Decorator: the function writes files that end in `suffix`.

    Of two formats with one suffix, the suffix means the one that has its name.
    """

    def register(write: W) -> W:
        assert name not in FORMATS, f"two formats called {name}"
        FORMATS[name] = Format(name, suffix, summary, write, still, data, exact, film, folder)
        return write

    return register


def format_of(path: Path, name: str | None = None) -> Format:
    """The format of a name, or of a path's suffix. Raises UsageProblem U505 when there is none."""
    if name is not None:
        if name in FORMATS:
            return FORMATS[name]
        raise UsageError("U505", f"there is no format {name!r}", _hint(name))
    suffix = path.suffix.lower()
    same = [known for known in FORMATS.values() if known.suffix == suffix]
    if same:
        return next((known for known in same if f".{known.name}" == suffix), same[0])
    what = f"the suffix {suffix!r} names no format" if suffix else f"{path.name!r} has no suffix"
    raise UsageError("U505", what, _hint(suffix.lstrip(".")))


def _hint(typed: str) -> str:
    known_formats = sorted(FORMATS.values(), key=lambda f: f.name)
    names = ", ".join(f"{f.name} ({f.suffix})" for f in known_formats)
    suffixes = (known.suffix.lstrip(".") for known in FORMATS.values())
    close = did_you_mean(typed, dict.fromkeys([*FORMATS, *suffixes]))
    return f"{close} Formats: {names}" if close else f"formats: {names}"
