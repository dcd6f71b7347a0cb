"""The last pages: the sources as a list, and the events that stand in no phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from replay.foundation import theme
from replay.foundation.english import format_date
from replay.foundation.locators import LockError, TextOutline, read_lock
from replay.model import Source
from replay.picture.items import Item, Layer, Picture
from replay.picture.pages.conflicts import undated_conflicts
from replay.picture.pages.flow import Block, Row, balanced, flow, heading
from replay.picture.pages.maps import Atlas
from replay.picture.pages.page import head
from replay.picture.pages.phase import continued
from replay.picture.pages.report import conflict_block, told
from replay.script.coverage import coverage
from replay.script.load import LOCK
from replay.timeline.timeline import Timeline

MOST_PAGES = 40


TITLE = "Sources, and what stands outside the phases"


def source_pages(atlas: Atlas) -> list[Picture]:
    """Every source with how much of it is cited; the voices that report, by how often; the events
    before the window, between phases, and without a day.
    """
    blocks = [*_sources(atlas.timeline), *_loose(atlas.timeline)]
    return _pages(atlas, TITLE, blocks, 376)


def _pages(atlas: Atlas, title: str, blocks: list[Block], wide: float) -> list[Picture]:
    page = atlas.page
    columns = page.columns(page.body, wide)
    scale = next(
        (
            s
            for s in (1.7, 1.55, 1.45, 1.35, 1.25, 1.15, 1.08)
            if not flow(_scaled(blocks, s, page.u), columns)[1]
        ),
        1.0,
    )
    left = _scaled(blocks, scale, page.u)
    drawn: list[list[Item]] = []
    while (left or not drawn) and len(drawn) < MOST_PAGES:
        before = left
        items, left = balanced(before, columns)
        left = continued(before, left)
        drawn.append(items)
    found = []
    for n, items in enumerate(drawn, start=1):
        more = "" if len(drawn) == 1 else f" ({n} of {len(drawn)})"
        top = head(page, atlas.timeline, title + more)
        found.append(Picture(page.size, theme.PAPER, (Layer("words", (*top, *items)),)))
    return found


def _scaled(blocks: list[Block], scale: float, u: float) -> list[Block]:
    return [block.scaled(scale * u) for block in blocks]


# --- sources ----------------------------------------------------------------------------------


def _sources(timeline: Timeline) -> Iterator[Block]:
    scenario = timeline.scenario
    claims = Counter(
        reading.event.claims[n].cite.source
        for reading in timeline.readings
        for version in reading.versions
        for n in version.claims
    )
    counted = {one.source: one.counts for one in coverage(scenario, _outlines(timeline))}
    yield heading("The documents")
    for source in scenario.sources:
        yield Block(tuple(_source(timeline, source, counted.get(source.id), claims)), gap=9)
    yield from _voices(timeline)


def _outlines(timeline: Timeline) -> dict[str, TextOutline]:
    """What the lock of the scenario knows of its texts; nothing where there is none."""
    folder = timeline.scenario.folder
    lock = None if folder is None else folder / LOCK
    if lock is None or not lock.is_file():
        return {}
    with suppress(LockError):
        return read_lock(lock.read_text("utf-8"))
    return {}


def _source(
    timeline: Timeline, source: Source, counts: dict[str, int] | None, claims: Counter[str]
) -> Iterator[Row]:
    yield Row(source.title, 12.5, bold=True, lead=source.id)
    about = [source.author, source.publisher, source.kind]
    about.append(format_date(source.published) if source.published else "without a date")
    yield Row(", ".join(part for part in about if part), 11.5)
    if source.derives_from:
        other = timeline.scenario.source[source.derives_from]
        yield Row(f"Derives from {other.id}: it is no second witness.", 11.5)
    told_of = []
    if counts is not None:
        told_of.append(f"{counts['encoded']} of {counts['sentences']} sentences are encoded")
        told_of += [f"{counts['named']} only name something"] if counts["named"] else []
        told_of += [f"{counts['set_aside']} set aside with a reason"] if counts["set_aside"] else []
        told_of += [f"{counts['open']} open"] if counts["open"] else []
    admitted = claims[source.id]
    claim = "claim" if admitted == 1 else "claims"
    told_of.append(f"{admitted} {claim} admitted by this lens" if admitted else "no claim admitted")
    yield Row("; ".join(told_of) + ".", 11.0, theme.SOFT)
    if source.note:
        yield Row(_sentence(source.note), 10.5, theme.SOFT)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:].rstrip(".") + "."


def _voices(timeline: Timeline) -> Iterator[Block]:
    """Who reports, with role and side, the most frequent first."""
    scenario = timeline.scenario
    said = Counter(
        claim.reporter
        for reading in timeline.readings
        for version in reading.versions
        for claim in (reading.event.claims[n] for n in version.claims)
        if claim.reporter
    )
    if said:
        yield heading("Who reports, and in how many claims")
    for reporter, count in sorted(said.items(), key=lambda v: (-v[1], v[0])):
        voice = scenario.voice.get(reporter)
        about = []
        if voice is not None:
            about = [voice.role or voice.kind]
            about += [scenario.name(voice.side)] if voice.side else []
            interest = voice.interest or ""
            other = interest and interest != voice.side
            about += [f"serves {scenario.name(interest)}"] if other else []
            about += [f"grade {voice.grade}"] if voice.grade else []
        text = (
            f"{scenario.name(reporter)} – {', '.join(about)}" if about else scenario.name(reporter)
        )
        yield Block((Row(text, 11.0, lead=str(count)),), gap=3)


# --- events outside the phases ----------------------------------------------------------------


def _loose(timeline: Timeline) -> Iterator[Block]:
    scenario = timeline.scenario
    spans = [scenario.span(phase) for phase in scenario.phases]
    dated = [r for r in timeline.readings if r.dated]
    ticks = scenario.calendar.ticks
    early = [r for r in dated if r.shown.latest < 0]
    between = [
        r
        for r in dated
        if 0 <= r.shown.latest < ticks
        and spans
        and not any(first <= r.shown.latest <= last for first, last in spans)
    ]
    later = [r for r in dated if r.shown.latest >= ticks]
    for title, readings in (
        ("Before the window", early),
        ("Between the phases", between),
        ("After the window", later),
        ("Without a day", timeline.undated()),
    ):
        if readings:
            order = sorted(readings, key=lambda r: (r.shown.latest, r.listed))
            yield heading(title)
            yield from told(timeline, order, headed=title == "Between the phases")
    reasons = [pause for pause in scenario.pauses if pause.reason]
    if reasons:
        yield heading("Pauses between the phases")
    for pause in reasons:
        yield Block(
            (Row(format_date(pause.period), 11.5, bold=True), Row(_sentence(pause.reason), 11.5))
        )
    found = undated_conflicts(timeline)
    if found:
        yield heading("Where sources differ, of no day")
        yield from (conflict_block(n, one) for n, one in enumerate(found, 1))
