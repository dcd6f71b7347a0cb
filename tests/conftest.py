"""Scenarios in the docstrings of tests: what stands under `Given` is the script."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from replay.foundation.fonts import one_warning
from replay.model import Scenario
from replay.pipeline import run
from replay.script.load import load
from replay.timeline.timeline import Timeline

# a busy machine is no fault of what is tested
settings.register_profile("house", deadline=None)
settings.load_profile("house")

HEAD = """\
scenario: test
title: A test
window: 2017-10-25/2017-11-05
sides:
  - {id: iraq, name: government, letter: G, colour: blue}
  - {id: isil, name: ISIL, letter: i, colour: red}
  - {id: kurds, name: Kurds, letter: K, colour: yellow}
forces:
  - {id: army, name: the army, side: iraq}
  - {id: militia, name: the militia, side: iraq}
  - {id: fighters, name: ISIL fighters, side: isil}
  - {id: peshmerga, name: Peshmerga, side: kurds}
voices:
  - {id: general, name: the general, side: iraq, interest: iraq}
  - {id: minister, name: the minister, side: iraq}
  - {id: reporter, name: a reporter, grade: B}
sources:
  - {id: article, title: An article, published: 2017-12-10/..}
  - {id: paper, title: A newspaper, published: 2017-11-04}
  - {id: copy, title: Excerpts, derives_from: article}
places:
  - {id: town, name: Town, kind: town}
  - {id: station, name: Station, kind: station}
  - {id: village, name: Village, kind: village}
areas:
  - {id: desert, name: Desert, km2: 1000}
  - {id: district, name: District}
routes:
  - {id: road, name: Road, km: 100, ends: [town, village]}
operations:
  - {id: push, name: The push, side: iraq}
  - {id: second, name: The second push, side: iraq}
persons:
  - {id: leader, name: A leader, side: isil}
events:
"""


def script(events: str) -> str:
    """A whole script from the list of its events, each one in flow or block style."""
    lines = []
    for line in textwrap.dedent(events).strip("\n").splitlines():
        lines.append(f"  {line}")
    return HEAD + "\n".join(lines) + "\n"


Made = Callable[[str], Scenario]


@pytest.fixture(autouse=True)
def _no_letter_is_left_to_report() -> Iterator[None]:
    """Letters that one test measures without a picture are not reported in another one."""
    yield
    with one_warning(lambda message: None):
        pass


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Makes a scenario from the text of its events."""

    def make(events: str) -> Scenario:
        path = tmp_path / "scenario.yaml"
        path.write_text(script(events), "utf-8")
        return load(path)

    return make


@pytest.fixture
def scenario(request: pytest.FixtureRequest, made: Made) -> Scenario:
    """The scenario in the test's docstring, below the line `Given`."""
    return made(request.function.__doc__.split("Given\n", 1)[1])


@pytest.fixture
def timeline(scenario: Scenario) -> Timeline:
    """The replay of the scenario in the test's docstring."""
    return run(scenario)


def strip_of(timeline: Timeline) -> str:
    """The control strip with the white space that a test's text has."""
    return "\n" + textwrap.indent(timeline.strip(), "    ") + "\n    "


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests of a process: a second one cannot be driven beside it."""
    from browser import launched

    with launched() as opened:
        yield opened
