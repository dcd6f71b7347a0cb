"""Stepping through a replay: stops, the session, and its keys."""
