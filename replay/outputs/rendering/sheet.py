"""The sheets of a campaign: each page as PNG, to pin to the wall, and all of them as one PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from replay.foundation.fonts import one_warning
from replay.outputs.rendering.write import Document
from replay.picture.pages.book import book
from replay.picture.pages.maps import Atlas
from replay.picture.pages.page import A3, page, seen_through
from replay.picture.styles import Style, style_of
from replay.timeline.timeline import Timeline

Progress = Callable[[int, int], None]


@one_warning()
def sheets(
    timeline: Timeline,
    folder: Path,
    progress: Progress | None = None,
    size: tuple[int, int] = A3,
    style: str | Style | None = None,
) -> list[Path]:
    """Write the sheets of a campaign into a folder: a PNG of each page and one PDF; their paths.

    There is a title page, a page on how to read them, charts, for each phase as many pages as its
    words need, and the sources. Raises UsageProblem U506 when the folder cannot be written.
    """
    folder, dress = Path(folder), style_of(style)
    pages = book(Atlas(timeline, page(size)))
    written: list[Path] = []
    together = Document(dress)
    for n, sheet in enumerate(pages, start=1):
        written.append(folder / f"{sheet.stem}.png")
        together.add(sheet.picture, sheet.title, written[-1])
        if progress is not None:
            progress(n, len(pages) + 1)
    document = folder / f"{timeline.scenario.scenario}-sheets.pdf"
    together.write(document, _about(timeline))
    if progress is not None:
        progress(len(pages) + 1, len(pages) + 1)
    return [*written, document]


def _about(timeline: Timeline) -> dict[str, str]:
    """What the document says of itself."""
    scenario = timeline.scenario
    return {
        "Title": scenario.title,
        "Author": scenario.author or "",
        "Subject": f"{scenario.summary or ''} {seen_through(timeline)}".strip(),
        "Keywords": ", ".join(source.title for source in scenario.sources),
        "Creator": "campaign-replay",
    }
