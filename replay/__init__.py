"""Replay a military campaign day by day from its documents.

The whole program is one chain: `load` a scenario, `run` it through a lens into a timeline, ask the
timeline, `draw` or `export` it. Heavy imports wait until they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from replay.analysis.check import check as check
    from replay.draw import draw as draw
    from replay.export import export as export
    from replay.run import run as run
    from replay.script.load import load as load

__distribution__ = "campaign-replay"
__version__ = "0.1.0"

_VERBS = {
    "load": "replay.script.load",
    "check": "replay.analysis.check",
    "run": "replay.run",
    "draw": "replay.draw",
    "export": "replay.export",
}
__all__ = ["check", "draw", "export", "load", "run"]


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        import importlib

        return getattr(importlib.import_module(_VERBS[name]), name)
    raise AttributeError(f"module 'replay' has no attribute {name!r}")
