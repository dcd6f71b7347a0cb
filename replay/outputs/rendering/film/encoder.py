"""The encoder: ffmpeg at the other end of a pipe, fed while the next frames are made."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

PIPE_BYTES = 1 << 20
"""As much as Linux lets an ordinary user have."""
AHEAD = 12
"""Pictures that wait for the encoder at most."""
F_SETPIPE_SZ = 1031


class Raw(NamedTuple):
    """The bytes of a frame, and for how many frames they are seen."""

    data: bytes
    times: int


def encode(
    pictures: Iterable[Raw],
    path: Path,
    *,
    pixels: str,
    size: tuple[int, int],
    fps: int,
    inputs: Iterable[str] = (),
    options: Iterable[str],
) -> None:
    """Feed pictures to ffmpeg, which writes to `path`. When anything stops it, it is ended too.

    Raises OSError with what ffmpeg said where it fails.
    """
    command = [ffmpeg(), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", pixels]
    command += ["-s", f"{size[0]}x{size[1]}", "-r", str(fps), "-i", "-", *inputs, *options]
    with tempfile.TemporaryFile() as said, _running([*command, str(path)], said) as process:
        feed = _Feed(process)
        try:
            for picture in pictures:
                if not feed.put(picture):
                    break  # it has stopped reading
            feed.close()
        except BaseException:
            process.kill()
            feed.give_up()
            raise
        if process.wait() != 0 or feed.broken:
            said.seek(0)
            reason = said.read().decode(errors="replace").strip()[-300:]
            raise OSError(f"ffmpeg: {reason or 'it ended too early'}")


@contextlib.contextmanager
def _running(command: list[str], said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    # in a session of its own, or a Ctrl-C would end it before we know why
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=said,
        start_new_session=True,
    )
    assert process.stdin is not None
    with contextlib.suppress(ImportError, OSError):  # elsewhere pipes are as they are
        import fcntl

        fcntl.fcntl(process.stdin.fileno(), F_SETPIPE_SZ, PIPE_BYTES)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        with contextlib.suppress(OSError):
            process.stdin.close()


class _Feed:
    """A thread that writes pictures into the pipe, in their order."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        self.pipe = process.stdin.fileno()
        self.end = process.stdin
        self.broken = False
        self.waiting: queue.Queue[Raw | None] = queue.Queue(AHEAD)
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()

    def put(self, picture: Raw) -> bool:
        """Hand a picture over, when there is room; whether anybody still reads."""
        self.waiting.put(picture)
        return not self.broken

    def close(self) -> None:
        """Wait until all is written, and tell the encoder that this was all."""
        self.waiting.put(None)
        self.thread.join()
        with contextlib.suppress(BrokenPipeError):
            self.end.close()

    def give_up(self) -> None:
        """End without writing more; nobody reads any longer."""
        self.broken = True
        with contextlib.suppress(queue.Empty):
            while True:
                self.waiting.get_nowait()
        self.waiting.put(None)
        self.thread.join()

    def _write(self) -> None:
        while (picture := self.waiting.get()) is not None:
            try:
                for _ in range(0 if self.broken else picture.times):
                    left = memoryview(picture.data)
                    while left:
                        left = left[os.write(self.pipe, left) :]
            except OSError:
                self.broken = True  # what is still handed over is thrown away


def ffmpeg() -> str:
    """The encoder that comes with imageio-ffmpeg, or one that the system has."""
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise OSError(f"there is no ffmpeg: {error}") from None
