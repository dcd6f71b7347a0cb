"""Scripts that are broken at random: each loads, or is refused with messages that have a place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import small_campaign
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from replay.analysis.lint import lint
from replay.foundation.errors import CODES, ScenarioError
from replay.model import Scenario
from replay.pipeline import run
from replay.script.find import MAIN, available
from replay.script.load import load
from replay.script.skeleton import write_skeleton

FLAGSHIP = available()["western-iraq-2017"].parent


def _skeleton() -> str:
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_skeleton(Path(folder) / "new")
        return path.read_text("utf-8")


SCRIPTS = {
    "skeleton": _skeleton(),
    "small": (small_campaign.SCRIPT + small_campaign.EVENTS).replace(
        ", geography: ground.geojson", ""
    ),
}
TREES = {name: yaml.load(text, Loader=yaml.BaseLoader) for name, text in SCRIPTS.items()}
NAMES = st.sampled_from(sorted(SCRIPTS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzzed")


def loaded(path: Path) -> Scenario | ScenarioError:
    try:
        return load(path)
    except ScenarioError as refused:
        return refused


def loads_or_says_why(path: Path) -> None:
    """Either the scenario loads and can be replayed, or every problem has its place."""
    found = loaded(path)
    if isinstance(found, Scenario):
        timeline = run(found)
        assert str(timeline)
        lint(timeline)
        return
    assert found.problems
    for problem in found.problems:
        assert problem.code in CODES
        assert problem.spot is not None
        assert problem.spot.line >= 1
        assert problem.spot.column >= 1
        assert str(problem).startswith(f"{problem.spot}: {problem.code} ")
        assert all(c.isprintable() or c in "\n\u200c\u200d\u200e\u200f" for c in str(problem))


fuzzed = settings(
    max_examples=int(os.environ.get("REPLAY_FUZZ", "150")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

# --- bytes ------------------------------------------------------------------------------------

SIGNS = [b"\n", b" ", b"\t", b"-", b"- ", b": ", b":", b"[", b"]", b"{", b"}", b"'", b'"', b"#"]
SIGNS += [b"&a ", b"*a ", b"!a ", b"| ", b"> ", b"? ", b"%", b"@", b"`", b"---\n", b"...\n", b"\r"]
SIGNS += [b"\0", b"\xff", b"\xc3", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\x85", b"\xc2\x85", b"\x1b"]
EDITS = st.lists(
    st.tuples(
        st.integers(0, 2**16),
        st.integers(0, 12),
        st.one_of(st.sampled_from(SIGNS), st.binary(max_size=6)),
    ),
    min_size=1,
    max_size=4,
)


@fuzzed
@given(name=NAMES, edits=EDITS)
def test_any_bytes_in_any_place(
    folder: Path, name: str, edits: list[tuple[int, int, bytes]]
) -> None:
    data = SCRIPTS[name].encode("utf-8")
    for at, length, more in edits:
        start = at % len(data)
        data = data[:start] + more + data[start + length :]
    (folder / MAIN).write_bytes(data)
    loads_or_says_why(folder)


@fuzzed
@given(name=NAMES, cut=st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_any_lines_left_out_or_indented(folder: Path, name: str, cut: list[int]) -> None:
    lines = SCRIPTS[name].splitlines()
    for n in cut:
        at = n % len(lines)
        lines[at] = lines[at][1:] if n % 3 == 0 else f" {lines[at]}" if n % 3 == 1 else ""
    (folder / MAIN).write_text("\n".join(lines), "utf-8")
    loads_or_says_why(folder)


@fuzzed
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@example(text="\u2028")
@example(text=": ")
@example(text="? a")
@example(text="'" * 5)
def test_any_text_at_all(folder: Path, text: str) -> None:
    (folder / MAIN).write_bytes(text.encode("utf-8"))
    loads_or_says_why(folder)


# --- trees ------------------------------------------------------------------------------------

DATES = ["1915", "2017-10-27/..", "../2017-10-27", "2017-10-30~", "2017-10-27T25", "9999-12-31"]
DATES += ["-9999-01-01", "Y-123456789", "2017-XX-XX", "2017-24", "2017-10-25/2017-10-26", "../.."]
NUMBERS = ["0", "-1", "0.5", "~15", "90+", "40..50", "some", "1e9", "999999999", "0.000000001"]
IDS = ["town", "city", "exampleton", "south", "iraq", "army", "push", "general", "everywhere"]
IDS += ["taken", "launched", "article", "gazette", "desert", "road", "nobody"]
WORDS = ["", "~", "null", "true", "no", "x", "a b", "p1", "article p1", "gazette p1-p0", "\u202e"]
TYPES = ["capture", "hold", "move", "clear", "halt", "launch", "losses", "kill", "estimate"]
TYPES += ["displace", "hand-over", "report-presence", "withdraw", "complete", "reorganise"]
VALUES = st.recursive(
    st.one_of(
        st.sampled_from([*DATES, *NUMBERS, *IDS, *WORDS, *TYPES]),
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(IDS + WORDS), inner, max_size=3),
    ),
    max_leaves=4,
)


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in a tree."""
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for step, inner in items:
        yield (*path, step)
        yield from spots(inner, (*path, step))


SPOTS = {name: list(spots(tree)) for name, tree in TREES.items()}
KEYS = sorted({path[-1] for found in SPOTS.values() for path in found if isinstance(path[-1], str)})
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 2**16),
        st.sampled_from(["put", "put", "put", "remove", "add", "copy"]),
        st.sampled_from(KEYS),
        VALUES,
    ),
    min_size=1,
    max_size=4,
)


def changed(tree: Any, path: tuple[Any, ...], what: str, key: str, value: Any) -> Any:
    """A tree with one change at a path; as it is where the path is no longer there."""
    if not path:
        return tree
    step, *rest = path
    known = isinstance(tree, dict) and step in tree
    known = known or (isinstance(tree, list) and isinstance(step, int) and step < len(tree))
    if not known:
        return tree
    copy = tree.copy()
    if rest:
        copy[step] = changed(tree[step], tuple(rest), what, key, value)
    elif what == "put":
        copy[step] = value
    elif what == "remove":
        del copy[step]
    elif what == "add" and isinstance(copy[step], dict):
        copy[step] = {**copy[step], key: value}
    elif what == "copy" and isinstance(copy, list):
        copy.append(copy[step])
    return copy


@settings(fuzzed, max_examples=3 * fuzzed.max_examples)
@given(name=NAMES, changes=CHANGES)
def test_any_value_in_any_place(
    folder: Path, name: str, changes: list[tuple[int, str, str, Any]]
) -> None:
    tree = TREES[name]
    for at, what, key, value in changes:
        found = SPOTS[name]
        tree = changed(tree, found[at % len(found)], what, key, value)
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    (folder / MAIN).write_text(text, "utf-8")
    loads_or_says_why(folder)


# --- the campaign that ships ------------------------------------------------------------------


@settings(fuzzed, max_examples=25)
@given(file=st.sampled_from(sorted(p.name for p in FLAGSHIP.iterdir() if p.is_file())), edits=EDITS)
def test_any_bytes_in_any_file_of_the_campaign_that_ships(
    tmp_path_factory: pytest.TempPathFactory, file: str, edits: list[tuple[int, int, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("campaign")
    for path in FLAGSHIP.iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    data = (folder / file).read_bytes()
    for at, length, more in edits:
        start = at * 7 % len(data)
        data = data[:start] + more + data[start + length :]
    (folder / file).write_bytes(data)
    loads_or_says_why(folder)
    shutil.rmtree(folder)
