"""What a film is made of: the kinds of pixels that encoders are fed.

H.264 and VP9 keep the lightness of every pixel, and the colour of four of them together. To turn a
picture into that costs an encoder as much as to encode it; here only what changes is turned.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
"""Height × width, or height × width × 3."""


class Stock(Protocol):
    """A kind of pixels: planes in which pictures are mixed, and the bytes of a frame."""

    @property
    def name(self) -> str:
        """As ffmpeg calls it."""
        ...

    @property
    def steps(self) -> tuple[int, ...]:
        """How many pixels of the page make one of each plane, across and down."""
        ...

    def planes(self, rgb: Plane) -> tuple[Plane, ...]:
        """A part of a page; its sides are multiples of the largest step."""
        ...

    def blank(self, size: tuple[int, int]) -> tuple[Plane, ...]:
        """The planes of a whole frame, which lie in one piece of memory, one after the other."""
        ...


class Yuv:
    """Lightness, and colour by blocks of 2 × 2 pixels: BT.709 in the range of television.

    In whole numbers of 256ths, so that every machine finds the same.
    """

    name = "yuv420p"
    steps = (1, 2, 2)

    def planes(self, rgb: Plane) -> tuple[Plane, ...]:
        red, green, blue = (rgb[..., n].astype(np.uint16) for n in range(3))
        light = (47 * red + 157 * green + 16 * blue + (128 + (16 << 8))) >> 8
        r, g, b = (_blocks(channel) for channel in (red, green, blue))
        # four times the mean: 10 bits instead of 8
        bluish = (112 * b - 26 * r - 86 * g + (512 + (128 << 10))) >> 10
        reddish = (112 * r - 102 * g - 10 * b + (512 + (128 << 10))) >> 10
        return tuple(plane.astype(np.uint8) for plane in (light, bluish, reddish))

    def blank(self, size: tuple[int, int]) -> tuple[Plane, ...]:
        width, height = size
        whole = np.zeros(width * height * 3 // 2, np.uint8)
        half = (height // 2, width // 2)
        light, bluish, reddish = np.split(whole, [width * height, width * height * 5 // 4])
        return light.reshape(height, width), bluish.reshape(half), reddish.reshape(half)


def _blocks(channel: NDArray[np.uint16]) -> NDArray[np.int32]:
    """The sums of blocks of 2 × 2."""
    rows = channel[0::2] + channel[1::2]
    return (rows[:, 0::2] + rows[:, 1::2]).astype(np.int32)


class Rgb:
    """Red, green and blue, as pictures are."""

    name = "rgb24"
    steps = (1,)

    def planes(self, rgb: Plane) -> tuple[Plane, ...]:
        return (np.ascontiguousarray(rgb[..., :3]),)

    def blank(self, size: tuple[int, int]) -> tuple[Plane, ...]:
        width, height = size
        return (np.zeros((height, width, 3), np.uint8),)


STOCKS: dict[str, Stock] = {stock.name: stock for stock in (Yuv(), Rgb())}


def mixed(old: Plane, new: Plane, weight: int) -> Plane:
    """So many 256ths of a new picture over an old one."""
    if weight >= 256:
        return new
    over = old.astype(np.uint16)
    over *= 256 - weight
    over += new * np.uint16(weight)
    over += 128
    over >>= 8
    return over.astype(np.uint8)
