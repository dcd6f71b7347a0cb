"""Questions to a timeline: whatever only reads it."""
