"""A replay as a film: how long each day is shown, and its frames, handed to an encoder.

Days on which something happens stay long enough to be read, quiet days pass quickly. Each picture
is drawn once however long it stays, and of each only what has changed since the one before.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from replay.draw.raster import Raster
from replay.draw.sprites import Pixels
from replay.layers import frame, picture
from replay.navigator import Pace, course, stays
from replay.problems import UsageProblem
from replay.scene import scene
from replay.timeline import Timeline

Progress = Callable[[int, int], None]
Days = tuple[str, str]
"""The first and the last moment that a film shows."""

FPS = 10
LAST = 3.0
"""Seconds that the last day stays."""
LONGEST = 120.0
"""Seconds that a film lasts at most, unless its days alone need more."""


def pace(
    timeline: Timeline, fps: int = FPS, longest: float = LONGEST, by: Pace = "event"
) -> list[int]:
    """How many frames each tick is shown: at least one, and about `longest` seconds together."""
    seconds = stays(course(timeline), by)
    seconds[-1] = max(seconds[-1], LAST)
    factor = min(1.0, longest / sum(seconds))
    return [max(1, round(stay * factor * fps)) for stay in seconds]


def frames(
    timeline: Timeline, size: tuple[int, int], ticks: Sequence[int] | None = None
) -> Iterator[tuple[int, Pixels]]:
    """Tick and pixels of every picture; the array is used again for the next one."""
    fixed = frame(timeline, size)
    page = Raster(size)
    for tick in range(timeline.scenario.calendar.ticks) if ticks is None else ticks:
        shown = picture(scene(timeline, tick), fixed)
        page.show(shown)
        yield tick, page.pixels


def _ticks(timeline: Timeline, days: Days | None) -> range:
    """Raises UsageProblem U503 for days outside the window, or in the wrong order."""
    first, last = days or (0, timeline.scenario.calendar.ticks - 1)
    ticks = range(timeline.tick(first), timeline.tick(last) + 1)
    if not ticks:
        what = f"a film cannot run from {first} to {last}"
        raise UsageProblem("U503", what, "name the earlier day first")
    return ticks


# --- encoders ---------------------------------------------------------------------------------


def mp4(
    timeline: Timeline,
    path: Path,
    *,
    size: tuple[int, int] = (1280, 720),
    fps: int = FPS,
    days: Days | None = None,
    progress: Progress | None = None,
) -> None:
    """Write H.264 in MP4 to `path`, which plays everywhere and starts before it is loaded."""
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p"]
    _encode(
        timeline, path, [*encode, "-movflags", "+faststart", "-f", "mp4"], size, fps, days, progress
    )


def gif(
    timeline: Timeline,
    path: Path,
    *,
    size: tuple[int, int] = (1280, 720),
    fps: int = FPS,
    days: Days | None = None,
    progress: Progress | None = None,
) -> None:
    """Write a GIF that repeats to `path`; its colours are those of a sample of its frames."""
    with tempfile.TemporaryDirectory() as folder:
        palette = Path(folder) / "palette.png"
        _palette(timeline, size, palette)
        match = "[0:v][1:v]paletteuse=dither=none:diff_mode=rectangle"
        encode = ["-i", str(palette), "-lavfi", match, "-loop", "0", "-f", "gif"]
        _encode(timeline, path, ["-threads", "1", *encode], size, fps, days, progress)


def _palette(timeline: Timeline, size: tuple[int, int], path: Path, samples: int = 8) -> None:
    """256 colours of some frames, as the picture of 16 × 16 pixels that ffmpeg wants."""
    import numpy as np
    from PIL import Image

    ticks = timeline.scenario.calendar.ticks
    wanted = {round(n * (ticks - 1) / (samples - 1)) for n in range(samples)}
    fixed, page, stack = frame(timeline, size), Raster(size), []
    for tick in sorted(wanted):
        shown = picture(scene(timeline, tick), fixed)
        page.show(shown)
        stack.append(page.pixels[::2, ::2, :3].copy())
    sample = Image.fromarray(np.concatenate(stack)).quantize(256, Image.Quantize.MEDIANCUT)
    colours = np.zeros((256, 3), np.uint8)
    flat = np.array(sample.getpalette() or [0, 0, 0], np.uint8).reshape(-1, 3)
    colours[: len(flat)] = flat
    Image.fromarray(colours.reshape(16, 16, 3)).save(path)


def _encode(
    timeline: Timeline,
    path: Path,
    options: list[str],
    size: tuple[int, int],
    fps: int,
    days: Days | None,
    progress: Progress | None,
) -> None:
    """Pipe the frames to ffmpeg. When anything stops it, the encoder is ended too."""
    if size[0] % 2 or size[1] % 2:
        raise ValueError("a film needs an even width and height")
    held, ticks = pace(timeline, fps), _ticks(timeline, days)
    command = [_ffmpeg(), "-y", "-loglevel", "error", "-f", "rawvideo"]
    command += ["-pix_fmt", "rgba", "-s", f"{size[0]}x{size[1]}", "-r", str(fps), "-i", "-"]
    command += [*options, "-bitexact", "-map_metadata", "-1", str(path)]
    with tempfile.TemporaryFile() as said:
        # in a session of its own, or a Ctrl-C would end it before we know why
        encoder = subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=said, start_new_session=True
        )
        assert encoder.stdin is not None
        try:
            for n, (tick, pixels) in enumerate(frames(timeline, size, ticks), start=1):
                raw = pixels.tobytes()
                for _ in range(held[tick]):
                    encoder.stdin.write(raw)
                if progress is not None:
                    progress(n, len(ticks))
            encoder.stdin.close()
            failed = encoder.wait() != 0
        except BrokenPipeError:
            failed = True
        except BaseException:
            encoder.kill()
            raise
        finally:
            encoder.stdin.close()
            encoder.wait()
        if failed:
            said.seek(0)
            raise OSError(f"ffmpeg: {said.read().decode(errors='replace').strip()[-300:]}")


def _ffmpeg() -> str:
    """The encoder that comes with imageio-ffmpeg, or one that the system has."""
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise OSError(f"there is no ffmpeg: {error}") from None
