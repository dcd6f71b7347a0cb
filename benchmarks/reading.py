"""Ten thousand events of a script: read with their positions, and validated."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.material import long_script
from benchmarks.timing import Result, compared, of_pairs, seconds
from replay.script.assemble import assemble
from replay.script.load import SECTIONS, build
from replay.script.tree import read_tree

LISTS = frozenset((*SECTIONS, "events"))


def results() -> Iterator[Result]:
    text = long_script(10_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(text, "utf-8")
        yield compared(
            "reading 10,000 events with positions / yaml.load with CSafeLoader",
            1.2,
            lambda: read_tree(path, "scenario.yaml"),
            lambda: yaml.load(text, Loader=yaml.CSafeLoader),
        )
        pairs = []
        for _ in range(9):
            reading = seconds(lambda: assemble(path, LISTS))
            files = assemble(path, LISTS)
            pairs.append((seconds(lambda files=files: build(files, path.parent)), reading))
        yield of_pairs("validating these events (records, references) / reading them", 0.1, pairs)
