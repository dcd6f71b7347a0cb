"""The shapes of `--json` and of the export `.json`: docs/json.md and docs/schemas."""
