"""All sheets of a campaign in order: title, how to read, charts, phases, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from replay.foundation.english import format_date
from replay.model import Phase
from replay.picture.items import Picture
from replay.picture.pages.maps import Atlas
from replay.picture.pages.overview import overview_page
from replay.picture.pages.phase import numbered, phase_pages
from replay.picture.pages.reading import reading_page
from replay.picture.pages.sources import TITLE, source_pages
from replay.picture.pages.title import Entry, title_page


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the book: the stem of its file, its picture, and its line in the contents."""

    stem: str
    picture: Picture
    title: str | None = None
    dates: str = ""
    summary: str = ""


def book(atlas: Atlas) -> list[Sheet]:
    """Every page of the sheets of a campaign, with its number at its foot."""
    rest = [*_front(atlas), *_phases(atlas), *_back(atlas)]
    count = len(rest) + 1
    contents = [
        Entry(sheet.title, n, sheet.dates, sheet.summary)
        for n, sheet in enumerate(rest, start=2)
        if sheet.title
    ]
    title = title_page(atlas, contents)
    numbers = (f"{n} of {count}" for n in range(2, count + 1))
    return [
        Sheet("00-title", title, atlas.timeline.scenario.title),
        *(
            replace(sheet, picture=numbered(sheet.picture, atlas.timeline, atlas.page, number))
            for sheet, number in zip(rest, numbers, strict=True)
        ),
    ]


def _front(atlas: Atlas) -> Iterator[Sheet]:
    yield Sheet("00-how-to-read", reading_page(atlas), "How to read these sheets")
    yield Sheet("00-charts", overview_page(atlas), "The campaign in charts")


def _phases(atlas: Atlas) -> Iterator[Sheet]:
    phases: tuple[Phase | None, ...] = atlas.timeline.scenario.phases or (None,)
    for n, phase in enumerate(phases, start=1):
        stem = f"{n:02d}-{phase.id if phase else 'window'}"
        title = phase.name if phase else "The whole window"
        period = phase.period if phase else atlas.timeline.scenario.window
        summary = (phase.summary or "") if phase else ""
        yield from _several(stem, title, phase_pages(atlas, phase), format_date(period), summary)


def _back(atlas: Atlas) -> Iterator[Sheet]:
    after = len(atlas.timeline.scenario.phases or (None,)) + 1
    yield from _several(f"{after:02d}-sources", TITLE, source_pages(atlas))


def _several(
    stem: str, title: str, pages: list[Picture], dates: str = "", summary: str = ""
) -> Iterator[Sheet]:
    for m, picture in enumerate(pages, start=1):
        if m == 1:
            yield Sheet(stem, picture, title, dates, summary)
        else:
            yield Sheet(f"{stem}-{m}", picture)
