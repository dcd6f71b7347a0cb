"""The types of events by name: each class registers itself where it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from replay.model import Event

EVENT_TYPES: dict[str, type[Event]] = {}

E = TypeVar("E", bound=Event)


def event_type(name: str) -> Callable[[type[E]], type[E]]:
    """Class decorator: events whose `type` is `name` are of this class."""

    def register(cls: type[E]) -> type[E]:
        assert name not in EVENT_TYPES, f"two event types called {name}"
        assert cls.verb, f"{name} does not say how it reads"
        EVENT_TYPES[name] = cls
        return cls

    return register
