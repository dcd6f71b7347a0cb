"""The files of a film: MP4, WebM, GIF, animated WebP, a folder of frames, and subtitles."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from replay.foundation.executors import executor
from replay.foundation.spreadsheets import harmless_cell
from replay.outputs.rendering.film.captions import cues, srt, vtt, write_metadata
from replay.outputs.rendering.film.edit_list import Shot, Wish, cut, even, wish
from replay.outputs.rendering.film.encoder import Raw, encode
from replay.outputs.rendering.film.frame_deltas import Camera, shoot
from replay.outputs.rendering.film.frames import Frames, roll
from replay.outputs.rendering.film.palette import Palette, palette
from replay.outputs.rendering.film.pixel_format import STOCKS
from replay.picture.layers import Frame
from replay.timeline.timeline import Timeline

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Film:
    """What is to be filmed: a replay, how it is to look, and its shots."""

    timeline: Timeline
    wished: Wish
    shots: tuple[Shot, ...]
    jobs: int = 1
    scheduler: str | None = None
    workers: Executor | None = None
    """Who makes its pictures, if they are there already; else they are called for the film."""
    progress: Progress | None = None

    @property
    def count(self) -> int:
        """How many frames it has."""
        return sum(shot.frames for shot in self.shots)

    @contextmanager
    def frames(self, stock: str, fixed: Frame | None = None) -> Iterator[Iterator[Frames]]:
        """Its frames in order, made by as many processes as wished, for the time of a block."""
        called = nullcontext(self.workers) if self.workers else executor(self.jobs, self.scheduler)
        with called as workers:
            takes = shoot(self.timeline, self.wished, self.shots, stock, workers, fixed)
            yield self._told(roll(takes, STOCKS[stock], self.wished.size))

    def _told(self, frames: Iterable[Frames]) -> Iterator[Frames]:
        done = 0
        for some in frames:
            yield some
            done += some.times
            if self.progress is not None:
                self.progress(done, self.count)


def film(
    timeline: Timeline,
    *,
    size: Any = (1280, 720),
    style: Any = None,
    extra: Sequence[str] = (),
    fps: int = 10,
    transitions: bool | float = True,
    pace: str = "event",
    days: tuple[str | int, str | int] | None = None,
    cards: bool = True,
    length: float | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    workers: Executor | None = None,
    progress: Progress | None = None,
) -> Film:
    """A film with its options checked.

    `size` is a name or width and height; `pace` event, day or phase; `days` the first and the last
    moment; `transitions` whether days fade into each other, or for how many seconds; `length` how
    many seconds it lasts; `workers` an open executor, for several films in turn. Raises
    UsageProblem U503, U507, U520 or U522 for what cannot be.
    """
    wished = wish(size, style, tuple(extra), fps, transitions)
    shots = cut(timeline, fps, pace, days, cards, length)
    return Film(timeline, wished, shots, jobs, scheduler, workers, progress)


# --- video --------------------------------------------------------------------------------------

H264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "23")
VP9 = ("-c:v", "libvpx-vp9", "-crf", "32", "-b:v", "0", "-deadline", "realtime", "-cpu-used", "6")
BT709 = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
PLAIN = ("-pix_fmt", "yuv420p", "-vf", BT709)


MP4 = (*H264, *PLAIN, "-bitexact", "-movflags", "+faststart", "-f", "mp4")
WEBM = (*VP9, *PLAIN, "-bitexact", "-row-mt", "1", "-f", "webm")


def mp4(made: Film, path: Path) -> None:
    """H.264 in MP4, which plays everywhere and starts before it is loaded; phases are chapters."""
    even(made.wished)
    with made.frames("yuv420p") as frames:
        video(raw(frames), made, path, MP4)


def webm(made: Film, path: Path) -> None:
    """VP9 in WebM, for pages; phases are chapters."""
    even(made.wished)
    with made.frames("yuv420p") as frames:
        video(raw(frames), made, path, WEBM)


def video(pictures: Iterable[Raw], made: Film, path: Path, options: Sequence[str]) -> None:
    """Encode the frames of a film, with its title and chapters."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "chapters.txt"
        write_metadata(told, made.timeline, made.shots, made.wished.fps)
        encode(
            pictures,
            path,
            pixels="yuv420p",
            size=made.wished.size,
            fps=made.wished.fps,
            inputs=["-f", "ffmetadata", "-i", str(told)],
            options=["-map", "0:v", "-map_metadata", "1", "-map_chapters", "1", *options],
        )


def raw(frames: Iterable[Frames]) -> Iterator[Raw]:
    """Frames as an encoder is fed them."""
    return (Raw(frame_bytes(some.planes), some.times) for some in frames)


def frame_bytes(planes: Sequence[np.ndarray[Any, Any]]) -> bytes:
    """The bytes of a whole frame."""
    base = planes[0].base
    whole = base if len(planes) > 1 and base is not None else planes[0]
    return whole.tobytes()


# --- animations ---------------------------------------------------------------------------------


def gif(made: Film, path: Path) -> None:
    """A GIF that repeats; its colours are those of a sample of its pictures."""
    camera = Camera(made.timeline, made.wished, "rgb24")
    colours = palette(camera, made.shots)
    with made.frames("rgb24", camera.frame) as frames:
        encode(
            _indexed(frames, colours, made.wished.size),
            path,
            pixels="pal8",
            size=made.wished.size,
            fps=made.wished.fps,
            options=["-threads", "1", "-loop", "0", "-bitexact", "-f", "gif"],
        )


def _indexed(frames: Iterable[Frames], colours: Palette, size: tuple[int, int]) -> Iterator[Raw]:
    page = np.zeros((size[1], size[0]), np.uint8)
    behind = colours.bgra
    for some in frames:
        for patch in some.changed:
            tall, wide = patch.planes[0].shape[:2]
            own = colours.indexed(patch.planes[0])
            page[patch.top : patch.top + tall, patch.left : patch.left + wide] = own
        yield Raw(page.tobytes() + behind, some.times)


def webp(made: Film, path: Path) -> None:
    """An animated WebP that repeats."""
    with made.frames("rgb24") as frames:
        encode(
            raw(frames),
            path,
            pixels="rgb24",
            size=made.wished.size,
            fps=made.wished.fps,
            options=[
                *("-c:v", "libwebp_anim", "-quality", "80", "-compression_level", "3"),
                *("-loop", "0", "-bitexact", "-f", "webp"),
            ],
        )


# --- files beside -------------------------------------------------------------------------------


def captions(made: Film, path: Path, kind: str) -> None:
    """Subtitles (`srt` or `vtt`) with the times of the film."""
    told = []
    for cue in cues(made.timeline, made.shots, made.wished.fps):
        told.append(cue)
        if made.progress is not None:
            made.progress(len(told), len(made.shots))
    path.write_text({"srt": srt, "vtt": vtt}[kind](told), "utf-8", newline="\n")


INDEX = "days.csv"


def folder(made: Film, path: Path) -> None:
    """Every frame as a numbered PNG in a folder that is there, and which days they show."""
    from PIL import Image

    number = 0
    with made.frames("rgb24") as frames:
        for some in frames:
            first = path / f"{number + 1:06d}.png"
            Image.fromarray(some.planes[0]).save(first, compress_level=3)
            data = first.read_bytes() if some.times > 1 else b""
            for n in range(1, some.times):
                (path / f"{number + 1 + n:06d}.png").write_bytes(data)
            number += some.times
    with (path / INDEX).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["first", "last", "shot", "day", "phase"])
        number = 0
        for shot in made.shots:
            day = "" if shot.tick < 0 else made.timeline.scenario.calendar.label(shot.tick)
            row = [number + 1, number + shot.frames, shot.kind, day, shot.phase or ""]
            table.writerow(harmless_cell(row))
            number += shot.frames
