"""Every script that the project shows: the skeleton, the examples of the docs."""

from __future__ import annotations

import importlib.util
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import yaml

from replay.events import EVENT_TYPES
from replay.script.skeleton import SKELETON

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def module(path: Path) -> ModuleType:
    """A module of the docs, which are no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def whole_scripts() -> Iterator[tuple[str, dict[str, str]]]:
    """Scripts that load: a name, and the files; the main one is `scenario.yaml`."""
    yield "skeleton", {"scenario.yaml": SKELETON.format(folder="f", name="skeleton")}
    first, *_ = BLOCK.findall((DOCS / "script.md").read_text("utf-8"))
    yield "script.md", {"scenario.yaml": first}
    reference = module(DOCS / "reference.py")
    for kind, cls in sorted(EVENT_TYPES.items()):
        example = textwrap.indent(reference.example(kind, cls), "  ")
        yield f"event {kind}", {"scenario.yaml": f"{reference.HEAD}events:\n{example}"}
    head, *rules = BLOCK.findall((DOCS / "testimony.md").read_text("utf-8"))
    for n, rule in enumerate(rules):
        yield f"testimony {n}", {"scenario.yaml": head, "example.yaml": rule}
    lint = module(DOCS / "lint_examples.py")
    for code, example in lint.EXAMPLES.items():
        for kind in ("bad", "good"):
            files = {"scenario.yaml": lint.HEAD, "example.yaml": getattr(example, kind)}
            yield f"{code} {kind}", files


def laid_out(folder: Path, files: dict[str, str]) -> Path:
    """The files in a folder; the main one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder / "scenario.yaml"


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers, true and false, null; no dates, and `on` is a word."""


EditorLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"null|Null|NULL|~|", "nN~\0"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )
