"""Plain data: the only package that makes dictionaries for `--json`."""
