"""Phase sheets: for each phase a page to pin to the wall, as PNG, and all of them as one PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from replay import style
from replay.draw.flow import Block, flow
from replay.draw.report import report
from replay.files import whole
from replay.layers import GROUND, LAYERS, Frame
from replay.layers.census import Census, census
from replay.layers.frame import Boxes, framed
from replay.layers.furniture import attribution, sources
from replay.layers.legend import height as legend_height
from replay.layers.lettering import fitted, wrapped
from replay.layers.margin import margin
from replay.model import Phase
from replay.picture import Box, Item, Layer, Picture, Point, Text
from replay.scene import Scene, scene
from replay.spoken import human_date
from replay.style import PAPER
from replay.styles import Style, style_of
from replay.timeline import Timeline

Progress = Callable[[int, int], None]

SIZE = (1600, 1130)
"""Pixels; the form of an A4 sheet on its side."""
AIR = 28.0
NOWHERE = Box(0, 0, 0, 0)
LEFT = 900.0
"""Width of the map."""
FEW = 24
"""So many places that stand on no map have room beside it; more are told in words."""


def sheets(
    timeline: Timeline,
    folder: Path,
    progress: Progress | None = None,
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
        for n, pages in enumerate(_all_pages(timeline), start=1):
            phase = phases[n - 1].id if phases else "window"
            for m, page in enumerate(pages, start=1):
                canvas = Canvas(SIZE, PAPER, dress)
                canvas.show(page)
                path = folder / f"{n:02d}-{phase}{f'-{m}' if m > 1 else ''}.png"
                with whole(path) as png:
                    canvas.figure.savefig(png, format="png", dpi=DPI, metadata=about)
                pdf.savefig(canvas.figure)
                written.append(path)
            if progress is not None:
                progress(n, max(1, len(phases)))
    return [*written, folder / f"{name}-sheets.pdf"]


def _all_pages(timeline: Timeline) -> Iterator[list[Picture]]:
    """The pages of each phase; of the whole window where there are no phases."""
    counted = replace(census(timeline), events=frozenset(), tracks=False)
    key = legend_height(timeline.scenario, counted, LEFT, 1.1)
    large = Box(AIR, 124, LEFT, 636)
    boxes = Boxes(
        map=large,
        head=Box(AIR, 0, SIZE[0] - 2 * AIR, 0),
        events=NOWHERE,
        margin=Box(AIR + 356, large.bottom + key + 46, LEFT - 356, 0),
        legend=Box(AIR, large.bottom + 10, LEFT, key),
        strip=NOWHERE,
    )
    low = SIZE[1] - 34 - boxes.margin.y
    boxes = boxes._replace(margin=boxes.margin._replace(h=low))
    large_frame = framed(timeline, SIZE, 1.1, counted, boxes)
    small_frame = _small(timeline, counted, boxes.margin.y, low)
    for phase in timeline.scenario.phases:
        yield list(_pages(timeline, phase, large_frame, small_frame))
    if not timeline.scenario.phases:
        yield list(_pages(timeline, None, large_frame, small_frame))


def _small(timeline: Timeline, counted: Census, y: float, h: float) -> Frame:
    box = Box(AIR, y + 4, 336, h - 4)
    boxes = Boxes(box, NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE)
    return framed(timeline, SIZE, 0.62, counted, boxes, named=False)


def _pages(
    timeline: Timeline, phase: Phase | None, large: Frame, small: Frame
) -> Iterator[Picture]:
    """The first page of a phase, with its maps, and as many further ones as its words need."""
    scenario = timeline.scenario
    first, last = scenario.span(phase) if phase else (0, scenario.calendar.ticks - 1)
    first, last = max(first, 0), min(last, scenario.calendar.ticks - 1)
    end = scene(timeline, last)
    begin = scene(timeline, max(0, first - 1))
    listed = [place for _, places in large.lists for place in places]
    unmarked = listed if len(listed) > FEW else []
    blocks: list[Block] = list(report(timeline, first, last, end, unmarked))
    x = AIR + LEFT + 30
    column = Box(x, 124, SIZE[0] - AIR - x, SIZE[1] - 124 - 40)
    words, rest = flow(blocks, [column])
    items = [*_head(timeline, phase, ""), *_captions(large, small, begin, end), *words]
    layers = [
        *_ground("before", begin, small, ("land", "vagueness", "marks")),
        *_ground("after", end, large, GROUND),
        Layer("legend", tuple(LAYERS["legend"](end, large))),
        Layer("margin", tuple(margin(end, large, listed=not unmarked))),
        Layer("words", (*items, *attribution(end, large))),
    ]
    yield Picture(SIZE, style.PAPER, tuple(layers))
    wide = (SIZE[0] - 2 * AIR - 2 * 30) / 3
    columns = [Box(AIR + n * (wide + 30), 96, wide, SIZE[1] - 96 - 40) for n in range(3)]
    while rest:
        words, rest = flow(rest, columns)
        items = [*_head(timeline, phase, " (continued)"), *words, *sources(large)]
        yield Picture(SIZE, style.PAPER, (Layer("words", tuple(items)),))


def _ground(name: str, day: Scene, frame: Frame, layers: tuple[str, ...]) -> Iterator[Layer]:
    """The layers of a map; what happened on its last day alone is left out."""
    for layer in LAYERS:
        if layer in layers and layer not in ("day", "tracks"):
            yield Layer(f"{name} {layer}", tuple(LAYERS[layer](day, frame)))


def _head(timeline: Timeline, phase: Phase | None, more: str) -> Iterator[Item]:
    scenario = timeline.scenario
    name = (phase.name if phase else scenario.title) + more
    dates = human_date(phase.period if phase else scenario.window)
    lens = f"Lens: {timeline.lens.name}"
    lens += f" · only what was reported by {timeline.known_on}" if timeline.known_on else ""
    right = SIZE[0] - AIR
    yield Text(at=Point(AIR, 30), text=fitted(scenario.title, 13, 900), size=13, colour=style.SOFT)
    yield Text(
        at=Point(AIR, 62), text=fitted(name, 28, 900, True), size=28, bold=True, colour=style.INK
    )
    yield Text(at=Point(right, 62), text=dates, size=22, bold=True, colour=style.INK, align="right")
    yield Text(at=Point(right, 30), text=lens, size=12, colour=style.SOFT, align="right")
    if phase is not None and phase.summary and not more:
        for n, line in enumerate(wrapped(phase.summary, 12.5, SIZE[0] - 2 * AIR, 2)):
            yield Text(at=Point(AIR, 84 + n * 16), text=line, size=12.5, colour=style.SOFT)


def _captions(large: Frame, small: Frame, begin: Scene, end: Scene) -> Iterator[Item]:
    """Under which day each map stands."""
    if not large.windows:
        return
    for frame, text in ((large, f"At the end of {end.date}"), (small, f"Before: {begin.date}")):
        box = frame.boxes.map
        at = Point(box.x, box.y - 6)
        yield Text(at=at, text=text, size=12.5, bold=True, colour=style.INK)
