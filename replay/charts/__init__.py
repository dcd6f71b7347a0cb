"""Charts over time, as items, before any drawing."""
