"""The simulation: from readings to a log of state changes."""
