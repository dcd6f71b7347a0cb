"""Scenarios changed at random: each is refused with located messages, or works in every command.

A mutant is a script of the project (an example of the docs, the scenario of `replay new`, a few
events of the shipped campaign) with one to three changes: a value replaced by one that another
record has or by an awkward one, a key added, renamed or left out, a record copied, a list reversed,
a line damaged. The n-th mutant of a seed is always the same.

    python tests/mutator.py 200000 --jobs 2 --seed 1

prints how many were refused and accepted, and every distinct fault with the mutant that shows it.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import io
import json
import random
import re
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import small_campaign
import yaml
from conftest import HEAD
from test_docs import reference

import replay
from replay.foundation.errors import ScenarioError, UsageError
from replay.model import Scenario
from replay.script.find import MAIN, available
from replay.script.load import load
from replay.script.skeleton import write_skeleton

DOCS = Path(__file__).parents[1] / "docs"
OUTPUTS = (".json", ".csv", ".geojson", ".svg", ".html")
"""What an accepted mutant is exported to: data, a drawn map and the page."""

DATES = ["1915", "2017-10-27/..", "../2017-10-27", "2017-10-30~", "2017-10-27T09", "9999-12-31"]
DATES += ["-9999-01-01", "Y-123456789", "2017-XX-XX", "2017-24", "2017-10-25/2017-10-26", "../.."]
DATES += ["2017-10-28T14:30", "2017-10-28?", "201X", "2017-11-03T05/2017-11-03T09", "2017-02-30"]
NUMBERS = [
    "0",
    "-1",
    "0.5",
    "~15",
    "90+",
    "40..50",
    "some",
    "1e9",
    "999999999",
    "0.000000001",
    "80 %",
]
WORDS = [
    "",
    "~",
    "null",
    "true",
    "no",
    "x",
    "a|b",
    "who@where",
    "=1+1",
    "a\tb",
    "a\nb",
    "p1",
    "\u202e",
]
WORDS += [
    "القائم",
    "徐州",
    "हल्दीघाटी",
    "𝔸",
    "<b>&amp;</b>",
    "'\"",
    "x" * 300,
    "é\u0301",
    "{0}",
    "%s",
    "\\n",
]


# --- what is mutated --------------------------------------------------------------------------


@cache
def originals() -> dict[str, dict[str, Any]]:
    """Scripts by name, each as a tree of dictionaries, lists and texts."""
    found = {
        "small": tree(
            (small_campaign.SCRIPT + small_campaign.EVENTS).replace(
                ", geography: ground.geojson", ""
            )
        )
    }
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_skeleton(Path(folder) / "new")
        found["new"] = tree(path.read_text("utf-8"))
    for code, example in reference.EXAMPLES.EXAMPLES.items():
        for kind, script in (("bad", example.bad), ("good", example.good)):
            whole = tree(reference.EXAMPLES.HEAD.replace("include: example.yaml\n", ""))
            found[f"{code}-{kind}"] = merged(whole, tree(script))
    for name, heading in (("testimony", None), ("script", HEAD)):
        blocks = re.findall(
            r"^```yaml\n(.*?)^```$", (DOCS / f"{name}.md").read_text("utf-8"), re.M | re.S
        )
        head = tree(heading + "  []\n") if heading else tree(blocks.pop(0))
        for n, block in enumerate(blocks):
            with contextlib.suppress(yaml.YAMLError):
                part = tree(block)
                if isinstance(part, dict) and "scenario" in part:
                    found[f"{name}-{n}"] = part
                elif isinstance(part, dict):
                    found[f"{name}-{n}"] = merged(head, part)
    return found


def tree(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)


def merged(head: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """A script with the sections of another added to its own."""
    whole = copy.deepcopy(head)
    for key, value in more.items():
        if isinstance(value, list) and isinstance(whole.get(key), list):
            whole[key] += copy.deepcopy(value)
        else:
            whole[key] = copy.deepcopy(value)
    whole.pop("include", None)
    return whole


@cache
def shipped() -> dict[str, Any]:
    """The shipped campaign as one tree, without its ground and its texts."""
    main = available()["western-iraq-2017"]
    whole = tree(main.read_text("utf-8"))
    for name in whole.pop("include"):
        whole = merged(whole, tree((main.parent / name).read_text("utf-8")))
    whole["map"].pop("geography")
    return whole


def few_events(draw: random.Random) -> dict[str, Any]:
    """Some events of the shipped campaign that touch one place, and what they refer to."""
    whole = shipped()
    places = [p["id"] for key in ("places", "areas", "routes") for p in whole[key]]
    while True:
        about = draw.choice(places)
        chosen = [e for e in whole["events"] if about in listed(e.get("place"))][:6]
        if chosen:
            break
    ids = {e["id"] for e in chosen}
    chosen = copy.deepcopy(chosen)
    for event in chosen:
        event["after"] = [a for a in listed(event.get("after")) if a in ids]
        if not event["after"]:
            del event["after"]
    part: dict[str, Any] = {
        key: copy.deepcopy(value)
        for key, value in whole.items()
        if not isinstance(value, list) or key in KEPT_WHOLE
    }
    used = names_in([chosen, part["operations"], part["persons"], part["forces"]])
    part |= {"events": chosen, "sources": [without_texts(s) for s in whole["sources"]]}
    for section in ("places", "areas", "routes", "reports"):
        part[section] = needed(whole[section], used)
    part["window"] = draw.choice([part["window"], "2017-10-24/2017-11-06", "2017-11-08/2017-11-20"])
    return part


KEPT_WHOLE = ("sides", "forces", "persons", "operations", "voices")


def names_in(value: Any) -> set[str]:
    """Every word of a tree that could be an id."""
    return set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", json.dumps(value)))


def needed(records: list[dict[str, Any]], used: set[str]) -> list[dict[str, Any]]:
    """The records that are referred to, with those that they refer to in their turn."""
    chosen: dict[str, dict[str, Any]] = {}
    asked = list(used)
    by_id = {record["id"]: record for record in records}
    while asked:
        name = asked.pop()
        if name in by_id and name not in chosen:
            chosen[name] = copy.deepcopy(by_id[name])
            asked += names_in(by_id[name])
    return list(chosen.values())


def without_texts(source: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in source.items() if key not in ("text", "set_aside")}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


# --- changes ----------------------------------------------------------------------------------


def mutant(seed: int, n: int) -> str:
    """The text of the n-th mutant of a seed."""
    draw = random.Random(f"{seed}/{n}")
    names = sorted(originals())
    base = (
        few_events(draw) if draw.random() < 0.4 else copy.deepcopy(originals()[draw.choice(names)])
    )
    for _ in range(draw.choice([1, 1, 1, 1, 2, 3])):
        change(base, draw)
    if draw.random() < 0.08:
        dumped = yaml.dump(base, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        return damaged(dumped, draw)
    return json.dumps(base, ensure_ascii=False, indent=0)  # is YAML too, and written much faster


Spot = tuple[Any, Any]
"""A dictionary or list, and the key or index of one of its values."""


def spots(value: Any) -> Iterator[Spot]:
    """Every place in a tree at which a value is."""
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, inner in list(items):
        yield value, step
        yield from spots(inner)


def change(base: dict[str, Any], draw: random.Random) -> None:
    """One change somewhere; most keep what could be a valid script."""
    everywhere = list(spots(base))
    if not everywhere:
        return
    holder, step = draw.choice(everywhere)
    kind = draw.random()
    if kind < 0.45:
        holder[step] = like(base, everywhere, holder, step, draw)
    elif kind < 0.6:
        holder[step] = draw.choice([*DATES, *NUMBERS, *WORDS])
    elif kind < 0.7:
        del holder[step]
    elif kind < 0.78 and isinstance(holder, dict):
        _, other = draw.choice([s for s in everywhere if isinstance(s[0], dict)])
        holder[other] = copy.deepcopy(holder[step])
    elif kind < 0.86 and isinstance(holder, list):
        holder.insert(draw.randrange(len(holder) + 1), copy.deepcopy(holder[step]))
    elif kind < 0.9 and isinstance(holder[step], list):
        holder[step].reverse()
    elif kind < 0.95:
        holder[step] = [holder[step]] if draw.random() < 0.5 else {"id": holder[step]}
    else:
        other, place = draw.choice(everywhere)
        holder[step], other[place] = copy.deepcopy(other[place]), copy.deepcopy(holder[step])


def like(base: Any, everywhere: list[Spot], holder: Any, step: Any, draw: random.Random) -> Any:
    """A value that the same key has elsewhere, an id of the script, or a value of its kind."""
    now = holder[step]
    if isinstance(now, str) and step != "id" and draw.random() < 0.8:
        alike = ids_beside(base, now)
        if alike:
            several = [draw.choice(alike) for _ in range(draw.choice([1, 1, 1, 2, 3]))]
            return several[0] if len(several) == 1 or isinstance(step, int) else several
    if draw.random() < 0.15:
        return draw.choice([r["id"] for r, key in everywhere if key == "id"] or ["x"])
    if step in ("date", "period", "reported", "departed", "published", "first", "last", "window"):
        return draw.choice(DATES)
    if step in ("add", "total", "km2", "km", "share", "number"):
        return draw.choice(NUMBERS)
    same = [place[key] for place, key in everywhere if key == step and not isinstance(place, list)]
    return copy.deepcopy(draw.choice(same)) if same else draw.choice(WORDS)


def ids_beside(base: dict[str, Any], name: str) -> list[str]:
    """The ids of the section in which a name is one: what may well be put in its place."""
    for section in base.values():
        if isinstance(section, list):
            ids = [r["id"] for r in section if isinstance(r, dict) and isinstance(r.get("id"), str)]
            if name in ids:
                return ids
    return []


def damaged(text: str, draw: random.Random) -> str:
    """A text with a line left out, doubled or indented, or a character changed."""
    lines = text.splitlines(keepends=True)
    n = draw.randrange(len(lines))
    match draw.randrange(4):
        case 0:
            del lines[n]
        case 1:
            lines.insert(n, lines[n])
        case 2:
            lines[n] = f" {lines[n]}"
        case 3:
            at = draw.randrange(len(lines[n]))
            lines[n] = lines[n][:at] + draw.choice("-:[]{}'\"#&*!|>?%@\t\0é") + lines[n][at + 1 :]
    return "".join(lines)


# --- what must hold ---------------------------------------------------------------------------


@dataclass
class Findings:
    """What became of some mutants."""

    refused: int = 0
    accepted: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    """Kind of fault → the mutant that showed it first."""
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, other: Findings) -> None:
        self.refused += other.refused
        self.accepted += other.accepted
        self.seen += other.seen
        for kind, text in other.faults.items():
            self.faults.setdefault(kind, text)


def tried(folder: Path, text: str) -> bool:
    """Whether a mutant is accepted; raises what nothing may raise for any script."""
    (folder / MAIN).write_text(text, "utf-8")
    try:
        scenario = load(folder)
    except ScenarioError as refused:
        problems = refused.problems
    else:
        every_command_works(folder, scenario)
        return True
    assert problems, "refused without a message"
    for problem in problems:
        assert problem.spot is not None, f"{problem.code} has no place"
        assert problem.spot.line >= 1, f"{problem.code} is at line {problem.spot.line}"
    return False


def every_command_works(folder: Path, scenario: Scenario) -> None:
    """Replay, explain each place on three days, draw a map, export data and the page."""
    timeline = replay.run(scenario)
    last = scenario.calendar.ticks - 1
    for place in (*scenario.places, *scenario.areas, *scenario.routes):
        for tick in sorted({0, last // 2, last}):
            with contextlib.suppress(UsageError):  # an area of which nothing is said
                timeline.explain(place.id, tick)
    for suffix in OUTPUTS:
        path = replay.export(timeline, folder / f"out{suffix}")
        assert path.stat().st_size > 0, f"{suffix} is empty"
        path.unlink()


def campaign(seed: int, first: int, stop: int) -> Findings:
    """Try the mutants first … stop - 1 of a seed."""
    found = Findings()
    with tempfile.TemporaryDirectory() as name:
        for n in range(first, stop):
            try:
                text = mutant(seed, n)
                with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
                    warnings.simplefilter("ignore")
                    if tried(Path(name), text):
                        found.accepted += 1
                    else:
                        found.refused += 1
            except Exception as error:
                kind = kind_of(error)
                found.seen[kind] += 1
                found.faults.setdefault(
                    kind, f"seed {seed}, mutant {n}\n{traceback.format_exc()[-1500:]}"
                )
    return found


def kind_of(error: Exception) -> str:
    """What tells one fault from another: the exception, and the function of ours it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/replay/" in f.filename] or list(frames)
    where = f"{Path(ours[-1].filename).name}:{ours[-1].name}"
    return f"{type(error).__name__} in {where}: {str(error)[:60]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    batch, found, began = 250, Findings(), time.monotonic()
    starts = range(asked.first, asked.first + asked.count, batch)
    ends = [min(start + batch, asked.first + asked.count) for start in starts]
    with ProcessPoolExecutor(asked.jobs) as workers:
        for done, part in enumerate(
            workers.map(campaign, [asked.seed] * len(starts), starts, ends), 1
        ):
            for kind in part.faults.keys() - found.faults.keys():
                print(f"\n{kind}\n{part.faults[kind]}", flush=True)
            found.add(part)
            if done % 8 == 0 or done == len(starts):
                took = time.monotonic() - began
                print(
                    f"{found.accepted + found.refused + found.seen.total():,} mutants: "
                    f"{found.refused:,} refused, {found.accepted:,} accepted, "
                    f"{found.seen.total():,} faults of {len(found.faults)} kinds; {took:.0f} s",
                    flush=True,
                )
    for kind, times in found.seen.most_common():
        print(f"{times:6,} × {kind}")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
