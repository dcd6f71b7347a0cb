"""`explain`, the marks of the map and `certainty` agree, and with an oracle; nothing else decides.

`CELLS=50000 pytest -s tests/test_one_voice.py` looks at that many places on days.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from campaigns import FIRST, LAST, Oracle, Script, campaign, day, written
from example_scripts import laid_out, whole_scripts

from replay.analysis.certainty import certainty
from replay.foundation.errors import ScenarioError
from replay.frontends.cli import start
from replay.model import Scenario
from replay.model.state import Marked, StateKey
from replay.pipeline import run
from replay.script.load import load
from replay.timeline.explanation import Explanation, disputes, explain
from replay.timeline.explanation import Testimony as Said
from replay.timeline.timeline import Timeline

CELLS = int(os.environ.get("CELLS", "2000"))
LENS_NAMES = ("default", "latest", "earliest", "only:memoir", "without:wire")
FLAGSHIP = Path(__file__).parents[1] / "scenarios" / "western-iraq-2017"


def scenarios(folder: Path) -> Iterator[tuple[int, Script, Scenario]]:
    """Scenarios by chance, without end; what is refused is left out."""
    path, seed = folder / "scenario.yaml", 0
    while True:
        script = campaign(seed)
        path.write_text(written(script), "utf-8")
        with suppress(ScenarioError):  # dates that contradict their order are refused
            yield seed, script, load(path)
        seed += 1


def lens_of(seed: int) -> str:
    return LENS_NAMES[seed % 10] if seed % 10 < len(LENS_NAMES) else "default"


def test_map_explain_certainty_and_the_oracle_agree(tmp_path: Path) -> None:
    cells, marks = 0, {"certain": 0, "possible": 0, "disputed": 0}
    for seed, _, scenario in scenarios(tmp_path):
        timeline = run(scenario, lens_of(seed))
        answer = certainty(timeline)
        for where in answer.places:
            oracle = Oracle(timeline, where.place)
            for tick in range(scenario.calendar.ticks):
                about = f"campaign {seed}, {where.place}, {scenario.calendar.label(tick)}"
                marked, here = timeline.at(tick).control[where.place], where.at(tick)
                why = explain(timeline, StateKey("control", where.place), tick)
                values = {marked.value, *marked.could}
                assert why.marked == marked, about
                assert here.mark == marked.mark, about
                assert {held.control for held in here.held} == values, about
                assert why.against or marked.mark != "disputed", about
                assert why.pending or here.dates_agree, about
                if not oracle.contrary:  # or else the dates count, and that order does not
                    right = oracle.at(tick)
                    dates = {held.control for held in here.by_dates}
                    assert dates == right.dates, about
                    assert marked.value in dates, about
                    assert (marked.mark == "disputed") == bool(right.rivals), about
                    assert values == right.dates | right.rivals, about
                cells += 1
                marks[marked.mark] += 1
        if cells >= CELLS:
            break
    print(f"{cells} cells of {seed + 1} campaigns: {marks}")
    assert all(marks.values())


def plain(marked: Marked) -> tuple[object, ...]:
    return marked.value, marked.mark, frozenset(marked.could)


def grounds(why: Explanation) -> tuple[object, ...]:
    def named(told: tuple[Said, ...]) -> frozenset[tuple[object, ...]]:
        return frozenset((t.event, t.source, t.locator, t.date) for t in told)

    return why.since, named(why.because), named(why.against), named(why.pending)


def test_the_window_never_changes_what_is_certain(tmp_path: Path) -> None:
    cells = 0
    for seed, script, scenario in scenarios(tmp_path):
        (tmp_path / "long.yaml").write_text(
            written(script | {"window": f"{day(FIRST - 9)}/{day(LAST + 4)}"}), "utf-8"
        )
        short, long = run(scenario, lens_of(seed)), run(tmp_path / "long.yaml", lens_of(seed))
        assert {key for key in short.names if key not in long.keys} == set()
        for tick in range(scenario.calendar.ticks):
            label = scenario.calendar.label(tick)
            here, there = short.at(label), long.at(label)
            for key in long.names:
                about = f"campaign {seed}, {key}, {label}"
                assert plain(here[key]) == plain(there[key]), about
                whys = (explain(short, key, label), explain(long, key, label))
                assert grounds(whys[0]) == grounds(whys[1]), about
                cells += 1
        if cells >= 3 * CELLS:
            break


# --- the order of the file ------------------------------------------------------------------------


def backwards(data: Any) -> Any:
    """Every section of a script, and the claims and tallies of its events, from behind."""
    if not isinstance(data, dict):
        return data
    found = {}
    for name, value in data.items():
        if name in ("include", "events", "statements") or isinstance(value, list):
            value = value[::-1] if isinstance(value, list) else value
        if name == "events" and isinstance(value, list):
            value = [
                {k: v[::-1] if k in ("claims", "tallies") else v for k, v in event.items()}
                for event in value
            ]
        found[name] = value
    return found


def turned(folder: Path, to: Path) -> Path:
    """A copy of a scenario with all its files from behind."""
    shutil.copytree(folder, to)
    for path in to.rglob("*.yaml"):
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        path.write_text(json.dumps(backwards(data)), "utf-8")
    return to / "scenario.yaml"


def unordered(data: Any) -> Any:
    """Data whose lists are in an order of their own."""
    if isinstance(data, dict):
        return {key: unordered(value) for key, value in data.items()}
    if isinstance(data, list):
        return sorted(
            (unordered(value) for value in data), key=lambda v: json.dumps(v, sort_keys=True)
        )
    return data


def differences(timeline: Timeline, other: Timeline) -> Iterator[str]:
    """Where two replays give different answers."""
    assert set(timeline.names) == set(other.names)
    for tick in range(timeline.scenario.calendar.ticks):
        here, there = timeline.at(tick), other.at(tick)
        for key in timeline.names:
            if plain(here[key]) != plain(there[key]):
                yield f"{key} on {here.label}: {here[key]} or {there[key]}"
    for key in timeline.names:
        for tick in timeline.open_ticks(key):
            whys = explain(timeline, key, tick), explain(other, key, tick)
            if grounds(whys[0]) != grounds(whys[1]):
                yield f"why {key} on {whys[0].on}"
    told = [
        sorted((str(d.key), d.first, d.last, len(d.claims)) for d in disputes(t))
        for t in (timeline, other)
    ]
    if told[0] != told[1]:
        yield f"disputes: {told[0]} or {told[1]}"


def test_a_script_written_backwards_gives_the_same_answers(tmp_path: Path) -> None:
    cells = 0
    for seed, script, scenario in scenarios(tmp_path):
        (tmp_path / "turned.yaml").write_text(written(backwards(script)), "utf-8")
        other = run(tmp_path / "turned.yaml", lens_of(seed))
        timeline = run(scenario, lens_of(seed))
        assert list(differences(timeline, other)) == [], f"campaign {seed}"
        found = [
            {w.place: (w.stretches, w.complete) for w in certainty(t).places}
            for t in (timeline, other)
        ]
        assert found[0] == found[1], f"campaign {seed}"
        cells += scenario.calendar.ticks * len(timeline.names)
        if cells >= 3 * CELLS:
            break


EXAMPLES = dict(whole_scripts())


@pytest.mark.parametrize("name", EXAMPLES)
def test_so_does_every_example_of_the_docs(tmp_path: Path, name: str) -> None:
    path = laid_out(tmp_path / "as-written", EXAMPLES[name])
    other = turned(path.parent, tmp_path / "turned")
    assert list(differences(run(path), run(other))) == []


COMMANDS = (
    ["state", "--on", "2017-10-26"],
    ["state", "--on", "2017-11-17"],
    ["state", "--on", "2017-12-10"],
    ["explain", "al-qaim", "--on", "2017-11-03"],
    ["explain", "akkas", "--on", "2017-10-31"],
    ["certainty"],
    ["tally", "--on", "2017-12-10"],
    ["check"],
)


def test_so_does_the_flagship(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = turned(FLAGSHIP, tmp_path / FLAGSHIP.name)
    assert list(differences(run(FLAGSHIP), run(other))) == []
    for command, *rest in COMMANDS:
        said = []
        for path in (FLAGSHIP, other):
            start([command, str(path), *rest, "--json"])
            said.append(unordered(json.loads(capsys.readouterr().out)))
        assert said[0] == said[1], command
