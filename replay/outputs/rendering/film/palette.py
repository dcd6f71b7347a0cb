"""The palette of an animation: 256 colours, chosen from pictures of the whole film."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from replay.outputs.rendering.film.edit_list import Shot
from replay.outputs.rendering.film.frame_deltas import Camera
from replay.outputs.rendering.film.pixel_format import Plane

SAMPLES = 10
"""Pictures from which colours are taken."""
OWN = 160
"""Colours that are kept as they are, because so much of a picture has them."""


class Palette:
    """256 colours, and which of them is nearest to a colour."""

    def __init__(self, colours: Plane) -> None:
        self.colours = colours
        """256 × 3."""
        self._nearest = _table(colours)

    def indexed(self, rgb: Plane) -> Plane:
        """Numbers of colours: height × width."""
        found: Plane = self._nearest[_cell(rgb)]
        return found

    @property
    def bgra(self) -> bytes:
        """As ffmpeg wants it behind each frame."""
        four = np.full((256, 4), 255, np.uint8)
        four[:, :3] = self.colours[:, ::-1]
        return four.tobytes()


def palette(camera: Camera, shots: Sequence[Shot]) -> Palette:
    """The colours of a film: those that fill most of it, and the middles of all others."""
    last = len(shots) - 1
    chosen = sorted({round(n * last / (SAMPLES - 1)) for n in range(SAMPLES)})
    stack = [camera.whole(shots[n])[0].planes[0][::2, ::2].reshape(-1, 3) for n in chosen]
    return Palette(_chosen(np.concatenate(stack)))


def _chosen(pixels: Plane) -> Plane:
    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    colours, counts = np.unique(packed, return_counts=True)
    order = np.lexsort((colours, -counts.astype(np.int64)))
    own, rest = colours[order[:OWN]], colours[order[OWN:]]
    found = np.zeros((256, 3), np.uint8)
    found[: len(own)] = _unpacked(own)
    if len(rest):
        others = Image.fromarray(_unpacked(rest)[None])
        middles = others.quantize(256 - len(own), Image.Quantize.MEDIANCUT).getpalette() or []
        flat = np.array(middles, np.uint8).reshape(-1, 3)[: 256 - len(own)]
        found[len(own) : len(own) + len(flat)] = flat
    return found


def _unpacked(packed: NDArray[np.uint32]) -> Plane:
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], 1).astype(np.uint8)


def _cell(rgb: Plane) -> NDArray[np.int32]:
    """Which of 64 × 64 × 64 cells a colour lies in."""
    high = (rgb[..., :3] >> 2).astype(np.int32)
    return (high[..., 0] << 12) | (high[..., 1] << 6) | high[..., 2]


def _table(colours: Plane) -> Plane:
    """For each cell the number of the colour that is nearest to its middle, or lies in it."""
    steps = np.arange(64, dtype=np.int32) * 4 + 2
    palette = colours.astype(np.int32)
    found = np.zeros((64, 64, 64), np.uint8)
    weights = (2, 4, 3)  # about how differently the eye sees a step of each
    red, green, blue = ((steps[:, None] - palette[:, n]) ** 2 * w for n, w in enumerate(weights))
    for n in range(64):
        far = red[n] + green[:, None] + blue[None, :]
        found[n] = far.argmin(2)
    flat = found.reshape(-1)
    flat[_cell(colours)[::-1]] = np.arange(255, -1, -1, dtype=np.uint8)  # the first one counts
    return flat
