"""How certain control is as far as dates go: in all readings of them, in some, in none."""

from replay.analysis.certainty.answer import (
    Certainty,
    CertaintyInterval,
    HeldShare,
    PlaceCertainty,
    certainty,
)

__all__ = ["Certainty", "CertaintyInterval", "HeldShare", "PlaceCertainty", "certainty"]
