"""What one day's reports added, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from replay.analysis.news import Bulletin, Json, News
from replay.facts.answers import says_json, testimony_json


def bulletin_json(found: Bulletin) -> Json:
    """The shape of `news` in `replay compare --known-on D1 --known-on D2 --json`."""
    return {
        "news": [dict(_items(one)) for one in found.news],
        "agreeing": found.agreeing,
    }


def _items(one: News) -> Iterator[tuple[str, Any]]:
    yield "kind", one.kind
    yield "event", one.event
    yield "summary", one.summary
    yield "happened", one.happened
    yield "reported", one.reported
    yield "says", says_json(one.says) if one.says else None
    yield "thought", one.thought
    yield "claims", [testimony_json(t) for t in one.told]
    yield "before", [testimony_json(t) for t in one.before]
