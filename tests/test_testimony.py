"""The rules of admission and ranking, as their page states them: every example is replayed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from replay.analysis.tallies import tally_rows
from replay.lens import LENSES
from replay.model.state import Formation, StateKey
from replay.pipeline import run
from replay.script.load import load
from replay.timeline.timeline import Timeline

PAGE = Path(__file__).parents[1] / "docs" / "testimony.md"
BLOCK = re.compile(r"^```(yaml|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A rule of the page, its script, and what the page says of its replay."""

    rule: str
    script: str
    outcomes: tuple[tuple[str, str | None, str], ...]
    """Lens, known-on day, and what is shown: a row of letters with its marks, or a value."""


def read_page() -> tuple[str, list[Example]]:
    """The script that all examples include, and the examples."""
    page = PAGE.read_text("utf-8")
    blocks = [(m.start(), m[1], m[2]) for m in BLOCK.finditer(page)]
    [(_, _, head), *rest] = blocks
    assert [kind for _, kind, _ in rest] == ["yaml", "text"] * (len(rest) // 2)
    examples = []
    for (place, _, script), (_, _, told) in zip(rest[::2], rest[1::2], strict=True):
        rule = [m[1] for m in HEADING.finditer(page, 0, place)][-1]
        examples.append(Example(rule, script, tuple(outcomes(told))))
    return head, examples


def outcomes(told: str) -> list[tuple[str, str | None, str]]:
    found: list[tuple[str, str | None, str]] = []
    begin = 0
    for line in told.splitlines():
        if line.startswith(" "):
            lens, day, shown = found[-1]
            found[-1] = lens, day, f"{shown} {line[begin:].replace(' ', '_')}"
            continue
        m = re.fullmatch(r"(\S+)(?: known on (\S+))? +(\S+ +(\S.*))", line)
        assert m, line
        begin = m.start(4)
        found.append((m[1], m[2], " ".join(m[3].split())))
    return found


HEAD, EXAMPLES = read_page()


def shown(timeline: Timeline, what: str) -> str:
    """What a replay shows, spelled as the page spells it."""
    name, words = what.split(maxsplit=1)
    last = timeline.scenario.calendar.ticks - 1
    if words.startswith("taken by"):
        marked = timeline.at(last)[StateKey("formation", name)]
        assert isinstance(marked.value, Formation)
        doubt = " ~" if marked.mark == "disputed" else ""
        return f"{name} taken by {' and '.join(marked.value.forces)}{doubt}"
    if words.startswith("share "):
        return f"{name} share {timeline.at(last)[StateKey('share', name)].value}"
    if name in timeline.scenario.place:
        letters, *marks = timeline.strip([name]).splitlines() or [f"{name}  {'.' * (last + 1)}"]
        begin = len(name) + 2
        below = f" {marks[0][begin:].replace(' ', '_')}" if marks else ""
        return f"{name} {letters[begin:]}{below}"
    row = tally_rows(timeline, last, name)[-1]
    return f"{name} {row.number}{' ~' if row.mark == 'disputed' else ''}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.rule)
def test_the_page_says_what_the_replay_shows(tmp_path: Path, example: Example) -> None:
    (tmp_path / "scenario.yaml").write_text(HEAD, "utf-8")
    (tmp_path / "example.yaml").write_text(example.script, "utf-8")
    scenario = load(tmp_path)
    for lens, known_on, told in example.outcomes:
        timeline = run(scenario, lens, known_on)
        assert (lens, known_on, shown(timeline, told)) == (lens, known_on, told)


def test_every_lens_that_ships_has_an_example() -> None:
    used = {lens.partition(":")[0] for e in EXAMPLES for lens, *_ in e.outcomes}
    assert used >= set(LENSES)
