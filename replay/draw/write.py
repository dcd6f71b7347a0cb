"""Pictures into files: PNG, SVG, PDF, and many pages as one PDF with its table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replay.files import whole
from replay.picture import Picture
from replay.problems import UsageProblem, did_you_mean
from replay.styles import Style

METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": "campaign-replay"},
    "svg": {"Date": None, "Creator": "campaign-replay"},
    "pdf": {"CreationDate": None, "Creator": "campaign-replay", "Producer": None},
}
"""No times and no versions, so that the same inputs give the same bytes."""


def kind_of(path: Path, more: Sequence[str] = ()) -> str:
    """png, svg or pdf (or one of `more`), by the suffix. Raises UsageProblem U505 for another."""
    suffix = path.suffix.lower().lstrip(".")
    known = [*METADATA, *more]
    if suffix in known:
        return suffix
    what = f"{path.name!r} has no suffix" if not suffix else f"no picture is written as .{suffix}"
    raise UsageProblem("U505", what, did_you_mean(suffix, known) or f"write .{', .'.join(known)}")


def write_picture(picture: Picture, path: Path, style: Style) -> Path:
    """Write a picture, all or nothing; raises UsageProblem U505 or U506."""
    kind = kind_of(path)
    with whole(path) as temporary:
        save(picture, temporary, kind, style)
    return path


def save(picture: Picture, path: Path, kind: str, style: Style) -> None:
    """Write a picture to a path that may be half-written."""
    from matplotlib import rc_context

    from replay.draw.canvas import SETTINGS

    with rc_context(SETTINGS):
        _figure(picture, style).savefig(path, format=kind, dpi=style.dpi, metadata=METADATA[kind])


def _figure(picture: Picture, style: Style) -> Any:
    from replay.draw.canvas import Canvas

    canvas = Canvas(picture.size, picture.paper, style)
    canvas.show(picture)
    return canvas.figure


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a document, and its line in the table of contents if it has one."""

    picture: Picture
    title: str | None = None


def save_document(leaves: Sequence[Leaf], path: Path, style: Style, about: dict[str, str]) -> None:
    """Write pages as one PDF with bookmarks, to a path that may be half-written.

    `about` is what the document says of itself: Title, Author, Subject, Keywords.
    """
    import io

    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from pypdf import PdfReader, PdfWriter

    from replay.draw.canvas import SETTINGS

    file = io.BytesIO()
    with rc_context(SETTINGS), PdfPages(file, metadata=METADATA["pdf"]) as pdf:
        for leaf in leaves:
            pdf.savefig(_figure(leaf.picture, style))
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(file.getvalue())), import_outline=False)
    for number, leaf in enumerate(leaves):
        if leaf.title:
            writer.add_outline_item(title=leaf.title, page_number=number)
    writer.metadata = None
    writer.add_metadata({f"/{key}": text for key, text in about.items() if text})
    writer.page_mode = "/UseOutlines"
    with path.open("wb") as out:
        writer.write(out)


__all__ = ["METADATA", "Leaf", "kind_of", "save", "save_document", "write_picture"]
