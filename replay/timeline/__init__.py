"""Random access to a replay: any moment, and why it is so."""
