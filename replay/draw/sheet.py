"""Phase sheets: for each phase a page to pin to the wall, as PNG, and all of them as one PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from replay.files import whole
from replay.pages.maps import Atlas
from replay.pages.page import A3, page
from replay.pages.phase import numbered, phase_pages
from replay.picture import Picture
from replay.styles import Style, style_of
from replay.timeline import Timeline

Progress = Callable[[int, int], None]


def sheets(
    timeline: Timeline,
    folder: Path,
    progress: Progress | None = None,
    size: tuple[int, int] = A3,
    style: str | Style | None = None,
) -> list[Path]:
    """Write the sheets of all phases into a folder: PNGs and one PDF; their paths.

    A phase of which more is to be said than a page holds has further pages. Raises UsageProblem
    U506 when the folder cannot be written.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages

    from replay.draw.canvas import DPI, SETTINGS, Canvas

    folder, dress = Path(folder), style_of(style)
    phases = timeline.scenario.phases
    written: list[Path] = []
    name = timeline.scenario.scenario
    about = {"Software": "campaign-replay"}
    with (
        rc_context(SETTINGS),
        whole(folder / f"{name}-sheets.pdf") as temporary,
        PdfPages(temporary, metadata={"CreationDate": None, "Producer": None}) as pdf,
    ):
        for n, pages in enumerate(_all_pages(timeline, size), start=1):
            phase = phases[n - 1].id if phases else "window"
            for m, one in enumerate(pages, start=1):
                canvas = Canvas(size, one.paper, dress)
                canvas.show(one)
                path = folder / f"{n:02d}-{phase}{f'-{m}' if m > 1 else ''}.png"
                with whole(path) as png:
                    canvas.figure.savefig(png, format="png", dpi=DPI, metadata=about)
                pdf.savefig(canvas.figure)
                written.append(path)
            if progress is not None:
                progress(n, max(1, len(phases)))
    return [*written, folder / f"{name}-sheets.pdf"]


def _all_pages(timeline: Timeline, size: tuple[int, int]) -> Iterator[list[Picture]]:
    """The pages of each phase; of the whole window where there are no phases."""
    measures = page(size)
    atlas = Atlas(timeline, measures)
    for phase in timeline.scenario.phases or (None,):
        found = phase_pages(atlas, phase)
        yield [numbered(one, timeline, measures, "") for one in found]
