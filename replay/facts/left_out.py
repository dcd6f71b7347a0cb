"""Reports that are left out for want of a date, as plain data."""

from __future__ import annotations

from typing import Any

from replay.analysis.left_out import LeftOut


def left_out_json(found: LeftOut) -> dict[str, Any]:
    """How undated claims count, how many there are of which sources, and where they are."""
    return {
        "undated": "known" if found.counted else "unknown",
        "claims": found.number,
        "sources": found.by_source,
    }
