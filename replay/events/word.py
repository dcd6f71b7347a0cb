"""Events that are words or counts: a declaration, a leaflet drop, a number that is reported."""

from __future__ import annotations

from typing import Annotated, Literal

from replay.events.registry import event_type
from replay.model import Event
from replay.model.fields import Refs, of_kind


@event_type("declare")
class Declare(Event):
    """An act of speech: a launch is announced, a victory declared, a holiday made.

    It never changes who holds what: an announcement is not the event.
    """

    verb = "declares"
    acled = "Strategic developments: Other"

    by: Annotated[Refs, of_kind("voice", "side", "force")] = ()
    what: Literal["launch", "victory", "phase", "holiday", "intent", "other"] = "other"


@event_type("leaflet")
class Leaflet(Event):
    """Leaflets are dropped."""

    verb = "drops leaflets over"
    acled = "Strategic developments: Other"

    by: Annotated[Refs, of_kind("force", "side")] = ()


@event_type("count")
class CountReport(Event):
    """Somebody counts something (villages, people, bombs) without an occurrence of its own."""

    verb = "counts"
    acled = "Strategic developments: Other"

    by: Annotated[Refs, of_kind("force", "side", "voice")] = ()
