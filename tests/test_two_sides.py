"""No dispute without two sides: whatever a lens or a known-on day leaves, two claims must differ."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from replay.events.tallies import effects
from replay.lens import admitted
from replay.model.state import StateKey
from replay.pipeline import run
from replay.script.load import load
from replay.timeline.explanation import disputes
from replay.timeline.timeline import Timeline

HEAD = """\
scenario: sides
title: Two sides
window: 2001-05-01/2001-05-12
sides:
  - {id: blue, name: Blue, letter: B, colour: blue}
  - {id: red, name: Red, letter: R, colour: red}
forces:
  - {id: army, name: the army, side: blue}
  - {id: guard, name: the guard, side: blue}
voices:
  - {id: general, name: the general, side: blue, interest: blue}
sources:
  - {id: paper, title: A newspaper, published: 2001-05-09}
  - {id: wire, title: A wire, published: 2001-05-06}
  - {id: book, title: A book}
places:
  - {id: town, name: Town}
  - {id: fort, name: Fort}
events:
"""
LENSES = [
    "default",
    "only:paper",
    "only:wire",
    "only:book",
    "without:wire",
    "official:blue",
    "latest",
]

claims = st.fixed_dictionaries(
    {"cite": st.sampled_from(["paper p1", "wire p1", "book p1", "paper p2"])},
    optional={
        "date": st.sampled_from(["2001-05-03", "2001-05-05", "2001-05-02/2001-05-06"]),
        "place": st.sampled_from(["town", "fort"]),
        "by": st.sampled_from(["army", "guard", "red", "blue"]),
        "denies": st.just("true"),
        "silent": st.sampled_from(["date", "by", "place"]),
        "reporter": st.just("general"),
    },
)
events = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["capture", "hold", "contest"]),
        "date": st.sampled_from(["2001-05-03", "2001-05-04", "../2001-05-05"]),
        "place": st.sampled_from(["town", "fort", "[town, fort]"]),
        "by": st.sampled_from(["army", "red"]),
        "claims": st.lists(claims, min_size=1, max_size=3),
    }
)


def written(found: list[dict[str, Any]]) -> str:
    lines = []
    for n, event in enumerate(found):
        fields = ", ".join(f"{k}: {v}" for k, v in event.items() if k != "claims")
        said = ", ".join(
            "{" + ", ".join(f"{k}: {v}" for k, v in claim.items()) + "}"
            for claim in event["claims"]
        )
        lines.append(f"  - {{id: e{n}, {fields}, summary: s, claims: [{said}]}}")
    return HEAD + "\n".join(lines) + "\n"


def told_apart(timeline: Timeline, key: StateKey) -> bool:
    """Oracle: whether two admitted claims of one event say different things of a key.

    It reads the claims themselves: their bounds, and whether what each says changes the key.
    """
    scenario, asked = timeline.scenario, timeline.question.undated
    for event in scenario.events:
        chosen = admitted(scenario, event, timeline.lens, timeline.known_until, asked)
        said = set()
        for n in chosen:
            variant = scenario.variants.get((event.id, n), event)
            steps = [step for found, step in effects(variant, event, scenario) if found == key]
            if not event.claims[n].denies and not steps and key.aspect == "presence":
                continue  # it speaks of another force
            if event.claims[n].denies or not steps:
                said.add(None)
                continue
            value = None
            for step in steps:
                value = step(value)
            said.add((variant.date.bounds if variant.date else None, value))
        if len(said) > 1:
            return True
    return False


def disputed(timeline: Timeline) -> set[StateKey]:
    marked = {
        timeline.names[int(timeline.rows.key[row])]
        for row in range(len(timeline.rows))
        if timeline.rows.mark[row] == 2
    }
    return marked | {dispute.key for dispute in disputes(timeline)}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(events, min_size=1, max_size=3),
    st.sampled_from(LENSES),
    st.sampled_from([None, "2001-05-06", "2001-05-09"]),
    st.sampled_from(["unknown", "known"]),
)
def test_what_is_disputed_has_two_claims_that_differ(
    found: list[dict[str, Any]], lens: str, known_on: str | None, undated: Any
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(written(found), "utf-8")
        scenario = load(path)
    if known_on is None:
        undated = "unknown"
    timeline = run(scenario, lens, known_on, undated)
    for key in disputed(timeline):
        assert told_apart(timeline, key), key


@settings(max_examples=100, deadline=None)
@given(st.lists(events, min_size=1, max_size=3), st.sampled_from(["paper", "wire", "book"]))
def test_one_claim_for_each_event_disputes_nothing(
    found: list[dict[str, Any]], source: str
) -> None:
    for event in found:
        event["claims"] = list({c["cite"].split()[0]: c for c in event["claims"]}.values())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(written(found), "utf-8")
        scenario = load(path)
    assert disputed(run(scenario, f"only:{source}")) == set()
