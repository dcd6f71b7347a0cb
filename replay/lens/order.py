"""The moment after one event: what comes before it has happened, what comes after it has not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from replay.lens.readings import Reading, Version


def just_after(readings: Sequence[Reading], event: str, later: int) -> list[Reading]:
    """Readings by which a tick is the moment after an event.

    The minute in which the event has happened at the latest has two ticks, of which `later` is the
    second. The event, and what it comes after, happens in the first one; what comes after it in the
    second one or later; all else that happens in this minute, in either.
    """
    by_index = {reading.index: reading for reading in readings}
    at = next(reading for reading in readings if reading.event.id == event)
    before = _behind(by_index, at.index) | {at.index}
    found = []
    for reading in readings:
        if reading.index in before:
            moved = [_at_most(version, later - 1, later) for version in reading.versions]
        elif at.index in _behind(by_index, reading.index):
            moved = [_at_least(version, later) for version in reading.versions]
        else:
            moved = [
                replace(version, earliest=later - 1) if version.earliest == later else version
                for version in reading.versions
            ]
        found.append(replace(reading, versions=tuple(moved)))
    return found


def _at_most(version: Version, tick: int, unless_after: int) -> Version:
    if version.latest > unless_after:
        return version
    latest = min(version.latest, tick)
    return replace(version, earliest=min(version.earliest, latest), latest=latest)


def _at_least(version: Version, tick: int) -> Version:
    return (
        version if version.latest < tick else replace(version, earliest=max(version.earliest, tick))
    )


def _behind(by_index: dict[int, Reading], index: int) -> set[int]:
    """The readings that one comes after, those behind them too."""
    found: set[int] = set()
    asked = list(by_index[index].after)
    while asked:
        one = asked.pop()
        if one not in found and one in by_index:
            found.add(one)
            asked += by_index[one].after
    return found
