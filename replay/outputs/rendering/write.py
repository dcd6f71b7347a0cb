"""Pictures into files: PNG, SVG, PDF, and many pages as one PDF with its table of contents."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from replay.foundation.errors import UsageError, did_you_mean
from replay.foundation.files import written_whole
from replay.foundation.fonts import one_warning
from replay.picture.items import Picture, Text
from replay.picture.layers.text_metrics import width
from replay.picture.styles import Style

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
    raise UsageError("U505", what, did_you_mean(suffix, known) or f"write .{', .'.join(known)}")


@one_warning()
def write_picture(picture: Picture, path: Path, style: Style) -> Path:
    """Write a picture, all or nothing; raises UsageProblem U505 or U506."""
    kind = kind_of(path)
    with written_whole(path) as temporary:
        save(picture, temporary, kind, style)
    return path


def save(picture: Picture, path: Path, kind: str, style: Style) -> None:
    """Write a picture to a path that may be half-written."""
    save_figure(_figure(picture, style), path, kind, style)


def save_figure(figure: Any, path: Path, kind: str, style: Style) -> None:
    """Write a figure to a path that may be half-written."""
    from matplotlib import rc_context

    from replay.outputs.rendering.canvas import SETTINGS

    file = io.BytesIO()  # matplotlib hides why a PDF could not be written
    with rc_context(SETTINGS):
        figure.savefig(file, format=kind, dpi=style.dpi, metadata=METADATA[kind])
    path.write_bytes(file.getvalue())


def _figure(picture: Picture, style: Style) -> Any:
    from replay.outputs.rendering.canvas import Canvas

    canvas = Canvas(picture.size, picture.paper, style)
    canvas.show(picture)
    return canvas.figure


class Document:
    """Many pages as one PDF with bookmarks, each page as a PNG too; drawn once for both.

    The first page may have the titles of others in its words: they become links.
    """

    def __init__(self, style: Style) -> None:
        from matplotlib.backends.backend_pdf import PdfPages

        self.style = style
        self._file = io.BytesIO()
        self._pages: Any = PdfPages(self._file, metadata=METADATA["pdf"])
        self._titles: list[str | None] = []
        self._contents: Picture | None = None

    def add(self, picture: Picture, title: str | None, png: Path) -> None:
        """A page, with its line among the bookmarks if any; its PNG is written all or nothing."""
        from matplotlib import rc_context

        from replay.outputs.rendering.canvas import SETTINGS

        figure = _figure(picture, self.style)
        with rc_context(SETTINGS):
            with written_whole(png) as temporary:
                figure.savefig(
                    temporary, format="png", dpi=self.style.dpi, metadata=METADATA["png"]
                )
            self._pages.savefig(figure)
        self._titles.append(title)
        self._contents = self._contents or picture

    def write(self, path: Path, about: dict[str, str]) -> None:
        """Write the PDF, all or nothing.

        `about` is what the document says of itself: Title, Author, Subject, Keywords.
        """
        from matplotlib import rc_context
        from pypdf import PdfReader, PdfWriter
        from pypdf.annotations import Link
        from pypdf.generic import ArrayObject, NumberObject

        from replay.outputs.rendering.canvas import SETTINGS

        with rc_context(SETTINGS):  # only now the letters are put in
            self._pages.close()
        writer = PdfWriter()
        writer.append(PdfReader(io.BytesIO(self._file.getvalue())), import_outline=False)
        for number, title in enumerate(self._titles):
            if title:
                writer.add_outline_item(title=title, page_number=number)
        no_frame = ArrayObject([NumberObject(0)] * 3)
        for box, number in self._links():
            link = Link(rect=box, target_page_index=number, border=no_frame)
            writer.add_annotation(page_number=0, annotation=link)
        told = {**about, "Producer": "campaign-replay"}  # else a version would stand there
        writer.add_metadata({f"/{key}": text for key, text in told.items() if text})
        writer.page_mode = "/UseOutlines"
        with written_whole(path) as temporary, temporary.open("wb") as out:
            writer.write(out)

    def _links(self) -> Iterator[tuple[tuple[float, float, float, float], int]]:
        """Lines of the first page that are the titles of others, as boxes of the PDF."""
        if self._contents is None:
            return
        scale, tall = 72 / 100, self._contents.size[1]
        pages = {title: n for n, title in enumerate(self._titles) if title and n}
        for item in self._contents.items:
            if isinstance(item, Text) and item.text in pages:
                x, y = item.at.x * scale, (tall - item.at.y) * scale
                wide = width(item.text, item.size, item.bold, item.italic) * scale
                yield (x, y - 3, x + wide, y + item.size * scale), pages[item.text]
