"""Replays in notebooks: values that show themselves, the player inside a cell, a widget, tables."""

from __future__ import annotations

from replay.frontends.notebook.frames import table
from replay.frontends.notebook.inline import html, player
from replay.frontends.notebook.why import explain

__all__ = ["explain", "html", "player", "stepper", "table"]


def __getattr__(name: str) -> object:
    if name == "stepper":  # needs an extra of the installation
        from replay.frontends.notebook.widget import stepper

        return stepper
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
