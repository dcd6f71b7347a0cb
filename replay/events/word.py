"""Events that are words or counts: a declaration, a leaflet drop, a number that is reported."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import model_validator

from replay.events.registry import event_type
from replay.events.shares import Sharing
from replay.model import Event
from replay.model.fields import Ref, Refs, of_kind


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
class CountReport(Sharing):
    """Somebody counts something (villages, people, bombs) without an occurrence of its own."""

    verb = "counts"
    acled = "Strategic developments: Other"

    by: Annotated[Refs, of_kind("force", "side", "voice")] = ()
    holder: Annotated[Ref | None, of_kind("force", "side")] = None
    """Whose `share` of the place it is."""

    @model_validator(mode="after")
    def _whose(self) -> Self:
        if (self.share is None) != (self.holder is None):
            raise ValueError("a share needs its holder, and a holder a share")
        return self
