"""One moment as a picture: PNG, SVG or PDF."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from replay.outputs.formats.registry import export_format
from replay.picture.layers.sizes import PAGE, Size
from replay.picture.styles import Style, style_of
from replay.timeline.timeline import State, Timeline


@export_format(".png", name="png", summary="The map of one moment as pixels.", still=True)
def png(timeline: Timeline, path: Path, **options: Any) -> None:
    """A PNG of 1280 × 720 pixels, or of `size`."""
    _still(timeline, path, "png", **options)


@export_format(".svg", name="svg", summary="The map of one moment as shapes.", still=True)
def svg(timeline: Timeline, path: Path, **options: Any) -> None:
    """An SVG whose letters are outlines, so that it looks the same everywhere."""
    _still(timeline, path, "svg", **options)


@export_format(".pdf", name="pdf", summary="The map of one moment for printing.", still=True)
def pdf(timeline: Timeline, path: Path, **options: Any) -> None:
    """A PDF of one page."""
    _still(timeline, path, "pdf", **options)


def _still(
    timeline: Timeline,
    path: Path,
    kind: str,
    *,
    on: State,
    size: Size = PAGE,
    style: str | Style | None = None,
    extra: Iterable[str] = (),
    progress: object = None,
) -> None:
    from replay.outputs.rendering import draw
    from replay.outputs.rendering.write import save_figure

    dress = style_of(style)
    save_figure(draw(timeline, on, size=size, style=dress, extra=extra), path, kind, dress)
