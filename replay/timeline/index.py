"""Random access to a log: the state of anything at any tick by binary search, without a replay."""

from __future__ import annotations

import numpy as np

from replay.engine.log import Ints, LogRows, ordered

DENSE_CELLS = 4_000_000
"""Ticks × keys up to which every tick has a frame of its own (16 MB); a longer log has fewer."""

NO_ROW = -1


class Index:
    """Answers about the rows of a log, which are in the order of ticks.

    Beside the log it keeps the order of rows by key (4 bytes a row) and frames: for some ticks the
    last row of every key (4 bytes a key), together less than the order takes.
    """

    def __init__(self, rows: LogRows, keys: int, ticks: int) -> None:
        self.rows = rows
        self.keys = keys
        self.ticks = ticks
        self.stops = np.searchsorted(rows.tick, np.arange(ticks, dtype=np.int32), side="right")
        self.by_key = ordered(rows.key).astype(np.int32)
        self.starts = np.zeros(keys + 1, np.int64)
        np.cumsum(np.bincount(rows.key, minlength=keys), out=self.starts[1:])
        self.every, self.frames = self._frames()

    def _frames(self) -> tuple[int, Ints]:
        """Frames at ticks 0, every, 2·every …: int32 (frames, keys)."""
        if self.ticks * self.keys <= DENSE_CELLS:
            count = self.ticks
        else:
            count = max(1, int(len(self.rows) * 0.9) // max(1, self.keys))
        every = -(-self.ticks // max(1, count))
        count = -(-self.ticks // every)
        frames = np.full((count, self.keys), NO_ROW, np.int32)
        done = 0
        for n in range(count):
            if n:
                frames[n] = frames[n - 1]
            stop = self.stop(n * every)
            frames[n][self.rows.key[done:stop]] = np.arange(done, stop, dtype=np.int32)
            done = stop
        return every, frames

    @property
    def nbytes(self) -> int:
        """Memory beside the log, in bytes."""
        arrays = (self.stops, self.by_key, self.starts, self.frames)
        return sum(array.nbytes for array in arrays)

    def stop(self, tick: int) -> int:
        """Number of rows up to the end of a tick."""
        if 0 <= tick < self.ticks:
            return int(self.stops[tick])
        # in 32 bits, or NumPy would make a wider copy of all ticks to compare them
        return int(np.searchsorted(self.rows.tick, np.int32(tick), side="right"))

    def last_rows(self, tick: int) -> Ints:
        """The last row of every key at the end of a tick: int32 (keys,), -1 for none yet."""
        n = min(tick // self.every, len(self.frames) - 1)
        if n < 0:  # before the window
            frame, start = np.full(self.keys, NO_ROW, np.int32), 0
        else:
            frame, start = self.frames[n].copy(), self.stop(n * self.every)
        stop = self.stop(tick)
        # where a key repeats, NumPy keeps the last row, which is the one that counts
        frame[self.rows.key[start:stop]] = np.arange(start, stop, dtype=np.int32)
        return frame

    def last_row(self, key: int, tick: int) -> int:
        """The last row of one key at the end of a tick, -1 for none yet."""
        own = self.by_key[self.starts[key] : self.starts[key + 1]]
        n = int(np.searchsorted(self.rows.tick[own], tick, side="right"))
        return int(own[n - 1]) if n else NO_ROW

    def history(self, key: int) -> Ints:
        """All rows of a key, in order."""
        return self.by_key[self.starts[key] : self.starts[key + 1]]
