"""The scenes that image tests guard, and their baselines: `python tests/image_scenes.py` remakes.

Look at each baseline before you commit it: the tests only say that a picture is what it was.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib import ft2font
from numpy.typing import NDArray
from PIL import Image
from small_campaign import campaign

from replay.outputs.rendering.canvas import Canvas
from replay.picture.items import Picture
from replay.picture.layers import LAYERS, frame, optional, picture
from replay.picture.layers.sizes import size_of
from replay.picture.styles import style_of
from replay.pipeline import run
from replay.scene import scene
from replay.timeline.timeline import Timeline

FOLDER = Path(__file__).parent / "images"
VERSIONS = FOLDER / "versions.json"

Pixels = NDArray[np.uint8]


MORE = """\
  - {id: sight-held, type: hold, date: 2014, place: sight, by: isil, summary: ISIL holds it.,
     claims: [{cite: article p1.s1}]}
"""
"""Near to the city, so that there is a front."""


class Guarded(NamedTuple):
    """A moment of the small campaign on a page."""

    on: str
    size: str = "screen"
    style: str = "light"
    extra: tuple[str, ...] = ()


SCENES = {
    "opening": Guarded("2017-10-26"),
    "many-events": Guarded("2017-10-31"),
    "end": Guarded("2017-11-03"),
    "dark": Guarded("2017-10-31", style="dark"),
    "newspaper": Guarded("2017-10-31", style="newspaper"),
    "print": Guarded("2017-10-28", style="print"),
    "square": Guarded("2017-10-31", size="square"),
    "upright": Guarded("2017-10-28", size="upright"),
    "tint": Guarded("2017-10-28", extra=("tint", "front", "age", "app6")),
}


def versions() -> dict[str, str]:
    """What decides about each pixel."""
    return {"matplotlib": matplotlib.__version__, "freetype": ft2font.__freetype_version__}


def picture_of(timeline: Timeline, guarded: Guarded, without: str | None = None) -> Picture:
    """The picture of a scene, perhaps without one of its layers."""
    fixed = frame(timeline, size_of(guarded.size), optional(guarded.extra))
    layers = tuple(name for name in LAYERS if name != without)
    return picture(scene(timeline, guarded.on), fixed, layers)


def pixels_of(shown: Picture, style: str) -> Pixels:
    """A picture at half its size, or less: height × width × 3."""
    canvas = Canvas(shown.size, shown.paper, style_of(style))
    canvas.show(shown)
    full = Image.fromarray(canvas.pixels()[..., :3])
    return np.asarray(full.reduce(2 if max(shown.size) <= 1280 else 3))


def timeline(folder: Path) -> Timeline:
    """The replay whose pictures are guarded: its desert is hatched, beside the station."""
    campaign(folder, MORE)
    path = folder / "scenario.yaml"
    desert = "km2: 1000, position: {around: [station, sight]}"
    path.write_text(path.read_text("utf-8").replace("km2: 1000", desert), "utf-8")
    return run(folder)


def main() -> None:
    """Draw all baselines anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        small = timeline(Path(folder))
        for name, guarded in SCENES.items():
            pixels = pixels_of(picture_of(small, guarded), guarded.style)
            Image.fromarray(pixels).save(FOLDER / f"{name}.png", optimize=True)
    VERSIONS.write_text(json.dumps(versions(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
