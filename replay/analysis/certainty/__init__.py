"""How certain control is as far as dates go: in all readings of them, in some, in none."""

from replay.analysis.certainty.answer import Certainty, Held, Stretch, Where, certainty

__all__ = ["Certainty", "Held", "Stretch", "Where", "certainty"]
