"""Shooting: from the shots of a film to fades, each of which changes some parts of the page.

From one day to the next the date changes at once, so that it can always be read. Then the marks
change while the words that go fade out, and the words that come fade in: words never lie over
words. Other changes are plain cross-fades.
"""

from __future__ import annotations

import pickle
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from replay.foundation import fonts
from replay.foundation.executors import InProcess, each
from replay.outputs.rendering.film.cards import card
from replay.outputs.rendering.film.edit_list import Shot, Wish
from replay.outputs.rendering.film.patches import Patch, differing, grown, put
from replay.outputs.rendering.film.pixel_format import STOCKS
from replay.outputs.rendering.raster import Raster
from replay.picture.items import Item, Layer, Picture, Text
from replay.picture.layers import Frame, frame, picture
from replay.pipeline import ask
from replay.scene import scene
from replay.timeline.timeline import Timeline

AT_ONCE = frozenset({"date"})
"""Layers that never fade."""
CHUNK = 8
"""Shots that a process makes at a time."""


class Fade(NamedTuple):
    """Parts of the page become something else over some frames; over none, at once."""

    frames: int
    patches: tuple[Patch, ...]


class Take(NamedTuple):
    """A shot as it was made: its fades, and the frames for which it then stays as it is."""

    fades: tuple[Fade, ...]
    rest: int


class Camera:
    """Makes takes of one replay, one after the other."""

    def __init__(
        self, timeline: Timeline, wished: Wish, stock: str, fixed: Frame | None = None
    ) -> None:
        self.timeline = timeline
        self.wished = wished
        self.stock = STOCKS[stock]
        self.frame = fixed or frame(timeline, wished.size, wished.extra)
        self.page = Raster(wished.size, wished.style)
        self._planes = self.stock.blank(wished.size)
        """What the last take ended with."""

    def takes(self, shots: Iterable[Shot], before: Shot | None = None) -> Iterator[Take]:
        """The takes of some shots, of which the first one follows upon another one, or on none."""
        if before is not None:
            self._put(self.whole(before))
        for shot in shots:
            yield self._take(before, shot)
            before = shot

    def _take(self, before: Shot | None, shot: Shot) -> Take:
        frames = min(self.wished.fade, shot.frames - 1) if before is not None else 0
        if before is not None and before.kind == shot.kind == "day":
            stages = self._stages(shot.tick, frames)
        else:
            stages = [(frames, self.whole(shot))]
        fades = [Fade(count, self._put(patches)) for count, patches in stages if patches]
        fades = [fade for fade in fades if fade.patches]
        return Take(tuple(fades), shot.frames - sum(fade.frames for fade in fades))

    # --- what is seen -------------------------------------------------------------------------

    def _picture(self, tick: int) -> Picture:
        return picture(scene(self.timeline, tick), self.frame)

    def whole(self, shot: Shot) -> list[Patch]:
        """The whole page."""
        if shot.kind == "day":
            page = self.page
            page.show(self._picture(shot.tick))
        else:
            page = Raster(self.wished.size, self.wished.style)
            page.show(card(self.timeline, self.frame, shot))
        return [Patch(0, 0, self.stock.planes(page.pixels))]

    def _stages(self, tick: int, frames: int) -> list[tuple[int, list[Patch]]]:
        """How many frames each stage from the day that is seen takes, and what changes in it."""
        old, after = self.page.picture, self._picture(tick)
        assert old is not None, "a day was shown before"
        if frames < 2:
            return [(frames, self._shown(after))]
        stages = [self._shown(stage) for stage in (dated(old, after), wordless(old, after), after)]
        marks, words = (bool(stage) for stage in stages[1:])
        half = frames // 2 if marks and words else frames if marks else 0
        return list(zip((0, half, frames - half), stages, strict=True))

    def _shown(self, shown: Picture) -> list[Patch]:
        """The parts of the page that a picture changes."""
        step = max(self.stock.steps)
        parts = (grown(part, step) for part in self.page.show(shown))
        pixels = self.page.pixels
        return [Patch(p.left, p.top, self.stock.planes(pixels[p.pixels])) for p in parts if p.area]

    def _put(self, patches: Sequence[Patch]) -> tuple[Patch, ...]:
        """What of some patches differs from what is there; it is there from now on."""
        found = []
        for patch in patches:
            tight = differing(patch, self._planes, self.stock.steps)
            if tight is not None:
                put(tight, self._planes, self.stock.steps)
                found.append(tight)
        return tuple(found)


# --- between two pictures -----------------------------------------------------------------------


def dated(before: Picture, after: Picture) -> Picture:
    """A picture with the date of the next one."""
    new = {layer.name: layer for layer in after.layers}
    layers = (new.get(old.name, old) if old.name in AT_ONCE else old for old in before.layers)
    return Picture(before.size, before.paper, tuple(layers))


def wordless(before: Picture, after: Picture) -> Picture:
    """A picture without the words that are new in it."""
    old = {layer.name: layer for layer in before.layers}
    layers = []
    for layer in after.layers:
        known = old.get(layer.name)
        if known is None or known == layer or layer.name in AT_ONCE:
            layers.append(layer if known != layer else known)
            continue
        layers.append(Layer(layer.name, tuple(_known_words(layer, known))))
    return Picture(after.size, after.paper, tuple(layers))


def _known_words(layer: Layer, known: Layer) -> Iterator[Item]:
    """The items of a layer, of its texts only those that another one has too."""
    left = Counter(known.items)
    for item in layer.items:
        if not isinstance(item, Text):
            yield item
        elif left[item] > 0:
            left[item] -= 1
            yield item


# --- several processes --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Task:
    """Some shots for another process, with all that it needs to make them."""

    replay: bytes
    shots: tuple[Shot, ...]
    before: Shot | None


def shoot(
    timeline: Timeline,
    wished: Wish,
    shots: Sequence[Shot],
    stock: str,
    workers: Executor,
    fixed: Frame | None = None,
) -> Iterator[Take]:
    """The takes of a film in order, the same whoever makes them; `fixed` is its frame if known."""
    if isinstance(workers, InProcess):
        yield from Camera(timeline, wished, stock, fixed).takes(shots)
        return
    fixed = fixed or frame(timeline, wished.size, wished.extra)
    told = (timeline.scenario, timeline.question, wished, stock, fixed)
    replay = pickle.dumps(told)
    tasks = (
        _Task(replay, tuple(shots[n : n + CHUNK]), shots[n - 1] if n else None)
        for n in range(0, len(shots), CHUNK)
    )
    for takes, missing in each(workers, _shoot, tasks, ahead=8):
        fonts.note_missing(missing)
        yield from takes


_ONE = threading.Lock()
"""A process of a cluster may have several threads, and but one camera."""


def _shoot(task: _Task) -> tuple[list[Take], frozenset[str]]:
    """The takes of a task, and the letters that no font of that machine has."""
    with _ONE:
        takes = list(_camera(task.replay).takes(task.shots, task.before))
    return takes, fonts.missing_letters()


@lru_cache(maxsize=1)
def _camera(replay: bytes) -> Camera:
    """The camera of a process, which stays for its next task."""
    scenario, question, *rest = pickle.loads(replay)
    return Camera(ask(scenario, question), *rest)
