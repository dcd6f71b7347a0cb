"""What a balloon over a mark says: what holds, when, who says so, who says otherwise."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from replay.analysis.left_out import left_out
from replay.outputs.formats.features import Feature
from replay.text.left_out import left_out_line
from replay.timeline.timeline import Timeline


def about(timeline: Timeline) -> Iterator[str]:
    """What a file is: its scenario, its lens, what was known when, credits, sources."""
    scenario = timeline.scenario
    yield scenario.summary or scenario.title
    known = f", as known on {timeline.known_on}" if timeline.known_on else ""
    yield f"Lens: {timeline.lens.name}{known}. {timeline.lens.summary}"
    if left_out(timeline):
        yield left_out_line(left_out(timeline))
    if scenario.attribution:
        yield scenario.attribution
    for source in scenario.sources:
        yield f"{source.id}: {source.title}"


def told(feature: Feature) -> Iterator[str]:
    """One paragraph after the other, in plain text."""
    facts = feature.facts
    yield feature.title
    yield feature.when or "without a day"
    if facts["summary"] and facts["summary"] != feature.title:
        yield facts["summary"]
    if facts["says_so"]:
        yield f"Says so: {facts['says_so']}"
    if facts["says_otherwise"]:
        yield f"Says otherwise: {facts['says_otherwise']}"
    if facts["accuracy_km"]:
        where = "at a distance of" if facts["position"] == "ring" else "position known within"
        yield f"{where} {facts['accuracy_km']:g} km ({facts['position']})"


def paragraphs(texts: Iterable[str]) -> str:
    """HTML in which nothing that an author wrote is markup."""
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)
