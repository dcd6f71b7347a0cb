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
    """A statement: a launch is announced, a victory is declared, a holiday is proclaimed.

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
    """Somebody counts something (villages, people, bombs), and no other event goes with it."""

    verb = "counts"
    acled = "Strategic developments: Other"

    by: Annotated[Refs, of_kind("force", "side", "voice")] = ()
    holder: Annotated[Ref | None, of_kind("force", "side")] = None
    """Who has the `share` of the place."""

    @model_validator(mode="after")
    def _whose(self) -> Self:
        if (self.share is None) != (self.holder is None):
            raise ValueError("a share needs a holder, and a holder needs a share")
        return self
