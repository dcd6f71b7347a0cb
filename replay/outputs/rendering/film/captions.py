"""Captions: what is said of each day, as subtitles; and the chapters of a film."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from replay.outputs.rendering.film.edit_list import Shot
from replay.scene import scene
from replay.timeline.timeline import Timeline


class Cue(NamedTuple):
    """A caption: from and until when, in milliseconds, and its lines."""

    start: int
    end: int
    text: str


class Chapter(NamedTuple):
    """A part of a film with a name: from and until when, in milliseconds."""

    start: int
    end: int
    title: str


def _times(shots: Sequence[Shot], fps: int) -> Iterator[tuple[Shot, int, int]]:
    """Each shot with its begin and end in milliseconds."""
    ends = list(accumulate(shot.frames for shot in shots))
    for shot, end in zip(shots, ends, strict=True):
        yield shot, round((end - shot.frames) * 1000 / fps), round(end * 1000 / fps)


def cues(timeline: Timeline, shots: Sequence[Shot], fps: int) -> Iterator[Cue]:
    """A caption for each event, one after the other while its day is seen, and for cards."""
    phases = {phase.id: phase.name for phase in timeline.scenario.phases}
    for shot, start, end in _times(shots, fps):
        if shot.kind == "phase" and shot.phase is not None:
            yield Cue(start, end, phases[shot.phase])
        elif shot.kind == "title":
            yield Cue(start, end, timeline.scenario.title)
        elif shot.kind == "day":
            day = scene(timeline, shot.tick)
            told = [event.summary for event in day.events]
            yield from _in_turn(day.date, told, start, end)


def _in_turn(date: str, told: Sequence[str], start: int, end: int) -> Iterator[Cue]:
    """What is told of a day, each for as long as its words take of the time."""
    words = [3 + len(text.split()) for text in told]
    ends = [start + (end - start) * said // sum(words) for said in accumulate(words)]
    for text, begin, until in zip(told, [start, *ends], ends, strict=False):
        if until > begin:
            yield Cue(begin, until, f"{date}\n{text}")


def chapters(timeline: Timeline, shots: Sequence[Shot], fps: int) -> list[Chapter]:
    """The phases of a film, with what comes before, between and after them."""
    names = {phase.id: phase.name for phase in timeline.scenario.phases}
    found: list[Chapter] = []
    for shot, start, end in _times(shots, fps):
        if shot.kind == "title":
            title = timeline.scenario.title
        elif shot.kind == "closing":
            title = "Sources"
        elif shot.phase is not None:
            title = names[shot.phase]
        else:
            title = "Between phases" if names else timeline.scenario.title
        if found and found[-1].title == title:
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Chapter(start, end, title))
    return found


# --- files --------------------------------------------------------------------------------------


def srt(told: Iterable[Cue]) -> str:
    """SubRip: numbered, and with a comma in its times."""
    blocks = []
    for n, cue in enumerate(told, start=1):
        span = f"{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}"
        blocks.append(f"{n}\n{span}\n{_lines(cue.text)}\n")
    return "\n".join(blocks)


def vtt(told: Iterable[Cue]) -> str:
    """WebVTT, which browsers read; its text is escaped."""
    blocks = ["WEBVTT\n"]
    for cue in told:
        span = f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}"
        text = _lines(cue.text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{span}\n{text}\n")
    return "\n".join(blocks)


def _lines(text: str) -> str:
    """Lines of which none is empty, for an empty one would end the caption."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _clock(ms: int, point: str) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{ms:03d}"


def metadata(title: str, parts: Iterable[Chapter]) -> str:
    """Title and chapters, as ffmpeg reads them."""
    lines = [";FFMETADATA1", f"title={_escaped(title)}"]
    for part in parts:
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={part.start}", f"END={part.end}"]
        lines.append(f"title={_escaped(part.title)}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    plain = " ".join(text.split())
    return "".join(f"\\{c}" if c in "=;#\\" else c for c in plain)


def write_metadata(path: Path, timeline: Timeline, shots: Sequence[Shot], fps: int) -> None:
    """The file of title and chapters for ffmpeg."""
    told = metadata(timeline.scenario.title, chapters(timeline, shots, fps))
    path.write_text(told, "utf-8", newline="\n")
