"""What pyproject.toml says that the program and its tests need, as arguments for pip.

python tests/needs.py          the requirements, for the newest versions
python tests/needs.py lowest   constraints: exactly the lower bounds
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
_BOUND = re.compile(r"([A-Za-z0-9._-]+)>=([0-9][0-9A-Za-z.]*)")


def needs(project: Path = PROJECT) -> Iterator[str]:
    """Each dependency, and those of each extra, in the order of the file."""
    described = tomllib.loads(project.read_text("utf-8"))["project"]
    yield from described["dependencies"]
    for more in described["optional-dependencies"].values():
        yield from (need for need in more if not need.startswith(described["name"]))


def lowest(project: Path = PROJECT) -> Iterator[str]:
    """`name==version` of each lower bound."""
    for need in needs(project):
        found = _BOUND.fullmatch(need)
        if found is None:
            raise SystemExit(f"{project.name}: {need!r} has no lower bound; write NAME>=VERSION")
        yield f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    print(*(lowest() if sys.argv[1:] == ["lowest"] else needs()), sep="\n")
