"""A replay as a film: its cut, its takes, its frames, and the files in which they are kept."""

from __future__ import annotations

from replay.outputs.rendering.film.edit_list import Shot, Wish, cut, wish
from replay.outputs.rendering.film.formats import Film, captions, film, folder, gif, mp4, webm, webp

__all__ = [
    "Film",
    "Shot",
    "Wish",
    "captions",
    "cut",
    "film",
    "folder",
    "gif",
    "mp4",
    "webm",
    "webp",
    "wish",
]
