"""How colours look to others: without colours, and under the three kinds of colour-blindness.

The matrices are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency" (IEEE TVCG 15/6, 2009), table 1 at severity 1.0, for linear
RGB. Differences are those of CIE 1976 (L*a*b*, white D65).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MACHADO = {
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)


def linear(rgb: Array) -> Array:
    """Linear light (0 to 1) of sRGB values (0 to 255)."""
    c = np.asarray(rgb, float) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def encoded(light: Array) -> Array:
    """sRGB values (0 to 255) of linear light."""
    c = np.clip(light, 0, 1)
    return 255 * np.where(c <= 0.0031308, c * 12.92, 1.055 * c ** (1 / 2.4) - 0.055)


def seen(rgb: Array, vision: str) -> Array:
    """sRGB values as somebody sees them; vision is normal, greyscale or a kind of blindness."""
    if vision == "normal":
        return np.asarray(rgb, float)
    if vision == "greyscale":
        grey = linear(rgb) @ TO_XYZ[1]
        return encoded(np.stack([grey] * 3, axis=-1))
    return encoded(linear(rgb) @ np.array(MACHADO[vision]).T)


def lab(rgb: Array) -> Array:
    """L*a*b* of sRGB values."""
    t = linear(rgb) @ TO_XYZ.T / WHITE
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1
    )


def channels(colour: str) -> Array:
    """sRGB values of #RRGGBB."""
    return np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)], float)


def apart(one: str, two: str, vision: str) -> float:
    """How far two colours are from each other for somebody; 2.3 is just noticeable."""
    a, b = (lab(seen(channels(c), vision)) for c in (one, two))
    return float(np.linalg.norm(a - b))
