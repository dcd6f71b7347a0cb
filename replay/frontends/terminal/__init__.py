"""Stepping in a terminal: an application, and a plain line mode for pipes and screen readers."""
