"""The vocabulary: every type of event, each in one place."""

from replay.events import combat, control, effort, movement, word
from replay.events.registry import EVENT_TYPES, event_type

__all__ = ["EVENT_TYPES", "combat", "control", "effort", "event_type", "movement", "word"]
