"""The flagship as a film of 870 frames: against its encoder alone, and against FuncAnimation.

1280 × 720, ten frames a second and a day, of which seven fade; x264 veryfast, crf 23. Throughput is
measured on the wall, for the encoder works beside us; give it two cores that nobody else uses.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.timing import Result, elapsed, exact, of_pairs, seconds
from replay.foundation.executors import InProcess, executor
from replay.outputs.rendering.canvas import Canvas
from replay.outputs.rendering.film.encoder import Raw, ffmpeg
from replay.outputs.rendering.film.formats import H264, MP4, Film, film, mp4, raw, video
from replay.outputs.rendering.film.frame_deltas import Camera, shoot
from replay.outputs.rendering.film.frames import roll
from replay.outputs.rendering.film.pixel_format import STOCKS
from replay.picture.layers import frame, picture
from replay.pipeline import run
from replay.scene import scene
from replay.timeline.timeline import Timeline

SIZE = (1280, 720)
FLAGSHIP = "western-iraq-2017"
FADE_S = 0.7
DRAWN = 150
"""Frames for FuncAnimation, which takes as long for each."""
REPETITIONS = 5


def results() -> Iterator[Result]:
    # first: a new process is counted as large as the one that starts it
    for suffix in ("mp4", "gif"):
        few, many = peak(suffix, 5), peak(suffix, 45)
        yield exact(
            f"peak memory of 450 frames / of 45 frames, {suffix}",
            many / few,
            1.3,
            f"{many / 1e3:.0f} MB against {few / 1e3:.0f} MB, with the encoder",
        )
    timeline = run(FLAGSHIP)
    made = _film(timeline)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        kept = _kept(made)
        note = f"{_differing(kept):.0%} of {made.count} frames differ from the one before"

        def alone(kept: list[Raw] = kept) -> None:
            video(kept, made, path, MP4)

        def ours() -> None:
            mp4(made, path)

        ours()
        pairs = [(elapsed(ours), elapsed(alone)) for _ in range(REPETITIONS)]
        name = "a film of the flagship / its encoder alone, frames in memory"
        yield _noted(of_pairs(name, 2, pairs), note)
        yield of_pairs(f"{name}: processor time", 2, [(seconds(ours), seconds(alone))])
        with executor(jobs=2) as workers:
            shared = _film(timeline, workers)
            mp4(shared, path)  # nobody waits for processes to start
            pairs = [(elapsed(lambda: mp4(shared, path)), elapsed(alone)) for _ in range(3)]
        yield of_pairs(f"{name}, with two processes", 1 / 0.6, pairs)
        kept.clear()
        each = [elapsed(ours) / made.count for _ in range(3)]
        theirs = elapsed(lambda: func_animation(timeline, made, path)) / DRAWN
        yield of_pairs(
            "a frame of it / a frame through FuncAnimation with set_data",
            1 / 25,
            [(one, theirs) for one in each],
        )
    yield exact(
        "share of pixels more than 8 levels from a whole drawing, in the worst of 12 frames",
        max(_far(timeline, tick) for tick in range(4, 87, 7)),
        0.001,
    )


def _film(timeline: Timeline, workers: Executor | None = None) -> Film:
    days = timeline.scenario.calendar.ticks
    return film(
        timeline,
        size=SIZE,
        pace="day",
        cards=False,
        length=float(days),
        transitions=FADE_S,
        workers=workers,
    )


def _noted(result: Result, note: str) -> Result:
    return Result(
        result.name, result.ratio, result.goal, result.low, result.high, f"{result.note}; {note}"
    )


def _kept(made: Film) -> list[Raw]:
    """All frames as bytes."""
    with made.frames("yuv420p") as frames:
        return list(raw(frames))


def _differing(kept: list[Raw]) -> float:
    """The share of frames that are not the one before once more."""
    changes = sum(a.data != b.data for a, b in pairwise(kept))
    return changes / sum(one.times for one in kept)


def func_animation(timeline: Timeline, made: Film, path: Path) -> None:
    """The same frames as a user of matplotlib would write them."""
    import matplotlib
    import matplotlib.pyplot as plt
    from matplotlib.animation import FFMpegWriter, FuncAnimation

    takes = shoot(timeline, made.wished, made.shots, "rgb24", InProcess())
    pages: list[np.ndarray] = []
    for some in roll(takes, STOCKS["rgb24"], SIZE):
        pages += [some.planes[0].copy()] * some.times
        if len(pages) >= DRAWN:
            break
    matplotlib.rcParams["animation.ffmpeg_path"] = ffmpeg()
    figure = plt.figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    shown = axes.imshow(pages[0])

    def update(n: int) -> list[object]:
        shown.set_data(pages[n])
        return [shown]

    writer = FFMpegWriter(fps=10, codec="libx264", extra_args=[*H264[2:], "-pix_fmt", "yuv420p"])
    FuncAnimation(figure, update, frames=DRAWN).save(path, writer=writer, dpi=100)
    plt.close(figure)


def _far(timeline: Timeline, tick: int) -> float:
    """The share of pixels of a day, reached from the day before, that a whole drawing has not."""
    made = _film(timeline)
    camera = Camera(timeline, made.wished, "rgb24")
    takes = camera.takes(made.shots[tick - 1 : tick + 1])
    *_, last = roll(takes, STOCKS["rgb24"], SIZE)
    canvas = Canvas(SIZE, "paper")
    canvas.show(picture(scene(timeline, tick), frame(timeline, SIZE)))
    far = np.abs(last.planes[0].astype(int) - canvas.pixels()[..., :3]).max(axis=2) > 8
    return float(far.mean())


PEAK = """
import resource, sys
from replay.outputs.formats import export
from replay.pipeline import run
timeline = run(sys.argv[1])
label = timeline.scenario.calendar.label
days = int(sys.argv[2])
export(timeline, sys.argv[3], pace="day", cards=False, length=float(days), transitions=0.7,
       days=(label(0), label(days - 1)))
whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(sum(resource.getrusage(who).ru_maxrss for who in whose))
"""


def peak(suffix: str, days: int) -> float:
    """Kilobytes that a film of so many days takes at most, with its encoder, in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = [FLAGSHIP, str(days), str(Path(folder) / f"film.{suffix}")]
        return float(subprocess.check_output([sys.executable, "-c", PEAK, *arguments], text=True))
