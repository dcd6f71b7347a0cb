"""The scenario itself as a script, to edit: one that was changed or made in Python."""

from __future__ import annotations

from pathlib import Path

from replay.outputs.formats.registry import export_format
from replay.script.yaml_writer import yaml_text
from replay.timeline.timeline import Timeline


@export_format(".yaml", name="yaml", summary="The scenario as one readable script.", data=True)
def scenario_yaml(timeline: Timeline, path: Path, progress: object = None) -> None:
    """UTF-8. All claims are in it, whatever the lens; tables and the geography stay files."""
    path.write_text(yaml_text(timeline.scenario), encoding="utf-8", newline="\n")
