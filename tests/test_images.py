"""A handful of pictures is as it was when somebody last looked at it: see `image_scenes.py`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from image_scenes import (
    FOLDER,
    SCENES,
    VERSIONS,
    Guarded,
    Pixels,
    picture_of,
    pixels_of,
    timeline,
    versions,
)
from PIL import Image

from replay.picture.layers import LAYERS
from replay.timeline.timeline import Timeline

MORE, MOST = 24, 6
"""A pixel differs where a channel does by more than MORE; of a picture at most MOST may."""

PINNED = json.loads(VERSIONS.read_text("utf-8"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return timeline(tmp_path_factory.mktemp("small"))


@pytest.fixture(autouse=True)
def _same_versions() -> None:
    """The baselines were made with these versions; others round letters and edges otherwise."""
    if versions() != PINNED:
        told = f"the images were made with {PINNED}, and this is {versions()}"
        if os.environ.get("CI"):
            pytest.fail(f"{told}: look at them and run `python tests/image_scenes.py`")
        pytest.skip(told)


def differing(one: Pixels, other: Pixels) -> int:
    """How many pixels differ visibly; all of them where the sizes do."""
    if one.shape != other.shape:
        return one.size
    difference = np.abs(one.astype(np.int16) - other).max(axis=2)
    return int((difference > MORE).sum())


def baseline(name: str) -> Pixels:
    return np.asarray(Image.open(FOLDER / f"{name}.png").convert("RGB"))


@pytest.mark.parametrize(("name", "guarded"), SCENES.items(), ids=list(SCENES))
def test_the_picture_is_as_it_was(
    small: Timeline, tmp_path: Path, name: str, guarded: Guarded
) -> None:
    drawn = pixels_of(picture_of(small, guarded), guarded.style)
    count = differing(drawn, baseline(name))
    Image.fromarray(drawn).save(tmp_path / f"{name}.png")
    assert count <= MOST, f"{count} pixels differ: compare {tmp_path / name}.png"


@pytest.mark.parametrize("layer", LAYERS)
def test_a_missing_layer_is_noticed(small: Timeline, layer: str) -> None:
    scene = next(
        name
        for name in ("tint", "many-events", "opening", "end")
        if any(one.name == layer and one.items for one in picture_of(small, SCENES[name]).layers)
    )
    guarded = SCENES[scene]
    drawn = pixels_of(picture_of(small, guarded, without=layer), guarded.style)
    assert differing(drawn, baseline(scene)) > 3 * MOST


def test_the_images_are_small() -> None:
    sizes = [path.stat().st_size for path in FOLDER.glob("*.png")]
    assert len(sizes) == len(SCENES)
    assert max(sizes) < 120_000
    assert sum(sizes) < 700_000
