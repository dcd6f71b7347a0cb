"""Pictures as items: layers, charts and pages, before any drawing."""
