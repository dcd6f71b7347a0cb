"""What `make test` and `make test-floor` install."""

from __future__ import annotations

from pathlib import Path

import pytest
from needs import lowest, needs

PROJECT = """\
[project]
name = "campaign"
dependencies = ["numpy>=2.0", "PyYAML>=6.0.1"]
[project.optional-dependencies]
more = ["pyarrow>=18.1"]
test = ["campaign[more]", "pytest>=8"]
"""


def project(folder: Path, text: str = PROJECT) -> Path:
    path = folder / "pyproject.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_lowest_releases_are_the_bounds_of_the_project(tmp_path: Path) -> None:
    path = project(tmp_path)
    assert list(needs(path)) == ["numpy>=2.0", "PyYAML>=6.0.1", "pyarrow>=18.1", "pytest>=8"]
    assert list(lowest(path)) == ["numpy==2.0", "PyYAML==6.0.1", "pyarrow==18.1", "pytest==8"]


def test_a_dependency_without_a_bound_is_refused(tmp_path: Path) -> None:
    path = project(tmp_path, PROJECT.replace("numpy>=2.0", "numpy"))
    with pytest.raises(SystemExit, match=r"numpy.* has no lower bound"):
        list(lowest(path))


def test_each_of_our_dependencies_has_one_lower_bound_and_no_upper_one() -> None:
    names = [need.partition("==")[0] for need in lowest()]
    assert len(names) == len(set(names)) > 30
