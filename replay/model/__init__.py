"""What an author says: sources, voices, claims, events, forces, places, phases."""

from replay.model.event import Claim, Effect, Event, TallyEntry
from replay.model.fields import Citation, Record, To
from replay.model.scenario import STEPS, Scenario
from replay.model.things import (
    Acknowledgement,
    Area,
    Force,
    LensRule,
    Operation,
    Person,
    Phase,
    Place,
    Report,
    Route,
    Side,
    Source,
    Statement,
    Table,
    Thing,
    Voice,
)

__all__ = [
    "STEPS",
    "Acknowledgement",
    "Area",
    "Citation",
    "Claim",
    "Effect",
    "Event",
    "Force",
    "LensRule",
    "Operation",
    "Person",
    "Phase",
    "Place",
    "Record",
    "Report",
    "Route",
    "Scenario",
    "Side",
    "Source",
    "Statement",
    "Table",
    "TallyEntry",
    "Thing",
    "To",
    "Voice",
]
