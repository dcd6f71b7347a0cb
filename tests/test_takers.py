"""An event and a place that name different takers say why, wherever they are shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from replay.analysis.takers import taken_differently
from replay.lens import every_lens
from replay.model import Scenario
from replay.model.state import Formation, StateKey
from replay.outputs.page.data import contents
from replay.pipeline import run
from replay.script.load import load
from replay.text.explanation import told_why
from replay.text.narrative import narrative
from replay.text.state import told_event

FLAGSHIP = Path(__file__).parents[1] / "scenarios" / "western-iraq-2017"


@pytest.fixture(scope="module")
def flagship() -> Scenario:
    return load("western-iraq-2017")


def test_forces_that_name_no_more_than_a_side_do_not_differ(flagship: Scenario) -> None:
    """The militias took the station, says one office; "troops" did, says another."""
    timeline = run(flagship)
    reading = next(r for r in timeline.readings if r.event.id == "station-taken")
    assert not list(taken_differently(timeline, reading))


@pytest.fixture
def army_at_the_station(tmp_path: Path) -> Scenario:
    """The flagship, had the second office named the army."""
    folder = tmp_path / FLAGSHIP.name
    shutil.copytree(FLAGSHIP, folder)
    events = folder / "events" / "al-qaim.yaml"
    text = events.read_text()
    assert text.count("date: ../2017-10-28, by: iraq") == 2
    events.write_text(text.replace("../2017-10-28, by: iraq", "../2017-10-28, by: iraqi-army"))
    return load(folder)


def test_the_station_is_the_armys_in_the_event_and_the_militias_at_the_place(
    army_at_the_station: Scenario,
) -> None:
    timeline = run(army_at_the_station)
    reading = next(r for r in timeline.readings if r.event.id == "station-taken")
    [one] = taken_differently(timeline, reading)
    assert (one.by_event, one.by_place) == (("iraqi-army",), ("pmu",))
    at_event = [line.text for line in told_event(timeline, reading, {})]
    assert any(
        "is shown as captured or held by Popular Mobilisation Units" in text for text in at_event
    )
    told = [line.text for line in narrative(timeline)]
    assert any(
        "is shown as captured or held by Popular Mobilisation Units" in text for text in told
    )
    why = [line.text for line in told_why(timeline, "al-qaim-station", "2017-11-05")]
    assert any(text.startswith("The event is shown with Iraqi army") for text in why)
    page = contents(timeline, every=False)
    [event] = [event for event in page["events"] if event["id"] == "station-taken"]
    assert event["takers"]
    assert any(record.get("takers") for record in page["whys"])


@pytest.mark.parametrize("lens", ["default", "only:article", "against-interest", "latest"])
def test_whoever_is_named_differently_is_explained(flagship: Scenario, lens: str) -> None:
    """The oracle compares the forces of each event with those shown at its places at its end."""
    assert lens in every_lens(flagship)
    timeline = run(flagship, lens)
    for reading in timeline.readings:
        explained = {one.place for one in taken_differently(timeline, reading)}
        mine = set(reading.shown.event.actors())
        for place in reading.shown.event.place:
            key = StateKey("formation", place)
            number = timeline.keys.get(key)
            groups = timeline.rivals.get((reading.index, number)) if number is not None else None
            if not groups or not isinstance(groups[0].after, Formation):
                continue
            forces = set(groups[0].after.forces)
            sides = {flagship.side_of(force) for force in forces}
            if mine == forces or mine <= sides:
                assert place not in explained
            elif not any(
                flagship.force[f].part_of for f in (forces | mine) & flagship.force.keys()
            ):
                assert place in explained, (reading.event.id, place, mine, forces)
