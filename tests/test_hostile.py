"""Input that is meant to do harm: refused in seconds and with little memory, or shown harmlessly.

Every case runs in a process of its own that may not use more than a gigabyte of address space.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

MILL = (Path(__file__).parent / "bad" / "mill" / "scenario.yaml").read_text("utf-8")
MEMORY = 2**30
SECONDS = 30

Run = subprocess.CompletedProcess[str]


def little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def replay(*arguments: str, cwd: Path, limit: Callable[[], None] = little_memory) -> Run:
    """A command in a small process; it ends in time and says nothing that a terminal obeys."""
    begun = time.monotonic()
    settings = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-m", "replay", *arguments],
        cwd=cwd,
        env=settings,
        preexec_fn=limit,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    assert time.monotonic() - begun < SECONDS
    assert "Traceback" not in run.stderr
    for said in (run.stdout, run.stderr):
        assert not [c for c in said if not c.isprintable() and c != "\n"]
    return run


def refused(code: str, text: str | bytes, folder: Path, name: str = "scenario.yaml") -> Run:
    """Checks a file with this content, which is refused with this code."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    run = replay("check", name, cwd=folder)
    assert run.returncode == 1, run.stderr[-2000:]
    assert f": {code} " in run.stderr
    assert f"{name}:" in run.stderr
    assert len(run.stderr) < 20_000
    assert run.stdout == ""
    assert [entry.name for entry in folder.iterdir()] == [name]
    return run


# --- files that are no scripts ----------------------------------------------------------------


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{this}: &{this} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, this in zip("abcdefgh", "bcdefghi", strict=True)
)
NO_SCRIPTS: dict[str, tuple[str, str | bytes]] = {
    "empty": ("E104", ""),
    "blank": ("E104", "\n \n\n"),
    "null": ("E104", "~\n"),
    "only a mark": ("E104", b"\xef\xbb\xbf"),
    "70 MB": ("E105", b"#" * 70_000_000),
    "random bytes": ("E102", random.Random(1).randbytes(100_000)),
    "an image": ("E102", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "UTF-16": ("E102", MILL.encode("utf-16")),
    "UTF-16 without a mark": ("E102", MILL.encode("utf-16-le")),
    "UTF-32": ("E102", MILL.encode("utf-32")),
    "Latin-1": ("E102", MILL.replace("the mill", "die Mühle").encode("latin-1")),
    "10,000 brackets": ("E105", "a: " + "[" * 10_000 + "]" * 10_000),
    "10,000 open brackets": ("E105", "a: " + "[" * 10_000),
    "10,000 braces": ("E105", "{a: " * 10_000 + "}" * 10_000),
    "10,000 dashes": ("E105", "a:\n  " + "- " * 10_000 + "b\n"),
    "10,000 question marks": ("E105", "? " * 10_000 + "a\n"),
    "1,000 steps": ("E105", "".join(" " * n + "a:\n" for n in range(1_000))),
    "40 million brackets": ("E105", "a: " + "[]" * 20_000_000),
    "3 million values": ("E105", "a: [" + "b," * 3_000_000 + "b]\n"),
    "a million keys in a line": ("E103", "a: " * 1_000_000),
    "a quotation without an end": ("E103", MILL + 'a: "' + "b\n" * 500_000),
    "an alias bomb": ("E106", BOMB),
    "an alias of itself": ("E106", "a: &a [*a]\n"),
    "a merge": ("E106", "a: &a {b: c}\nd: {<<: *a}\n"),
    "a tag of Python": ("E106", "a: !!python/object/apply:os.system [touch harm]\n"),
    "a new object": ("E106", "a: !!python/object/new:os.system {args: [touch harm]}\n"),
    "a tag of its own": ("E106", "%TAG ! tag:example.org,2000:\n---\na: !harm b\n"),
    "a control character": ("E103", MILL.replace("the mill", "the \x1b]0;harm\x07mill")),
    "300,000 keys twice": ("E202", MILL + "title: again\n" * 300_000),
}


@pytest.mark.parametrize(("code", "text"), NO_SCRIPTS.values(), ids=list(NO_SCRIPTS))
def test_a_file_that_is_no_script_is_refused(code: str, text: str | bytes, tmp_path: Path) -> None:
    refused(code, text, tmp_path)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_bytes(b"\xef\xbb\xbf" + MILL.encode())
    assert replay("state", ".", "--on", "1915-06-02", cwd=tmp_path).returncode == 0


def test_lines_may_end_in_any_way(tmp_path: Path) -> None:
    """As on Windows, on an old Macintosh or on Unix: the place is told right."""
    for end in ("\r\n", "\r", "\n"):
        text = MILL.replace("type: capture", "type: captur").replace("\n", end)
        assert "scenario.yaml:19:11: E205" in refused("E205", text, tmp_path).stderr


@pytest.mark.parametrize("what", ["a pipe", "a device", "a folder", "nothing"])
def test_what_is_no_ordinary_file_is_not_opened(what: str, tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(MILL + "include: odd.yaml\n", "utf-8")
    odd = tmp_path / "odd.yaml"
    if what == "a pipe":
        os.mkfifo(odd)
    elif what == "a folder":
        odd.mkdir()
    elif what == "a device":
        odd.symlink_to("/dev/zero")
    run = replay("check", ".", cwd=tmp_path)
    assert run.returncode == 1
    assert ": E107 " in run.stderr if what == "a device" else ": E101 " in run.stderr
    assert replay("check", "odd.yaml", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("key", ["include: {}", "map: {{extent: [1, 1, 2, 2], geography: {}}}"])
@pytest.mark.parametrize(
    "path", ["../secret.yaml", "/etc/hostname", "link.yaml", "folder/../../secret.yaml", "in/../.."]
)
def test_nothing_outside_of_the_folder_is_read(key: str, path: str, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("secret: words\n", "utf-8")
    inside = tmp_path / "inside"
    (inside / "folder").mkdir(parents=True)
    (inside / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "scenario.yaml").write_text(MILL + key.format(path) + "\n", "utf-8")
    run = replay("check", ".", cwd=inside)
    assert run.returncode == 1
    assert ": E107 " in run.stderr
    assert "words" not in run.stderr


def test_the_texts_and_the_lock_stay_in_their_folders_too(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The secret words are here.\n", "utf-8")
    inside, texts = tmp_path / "inside", tmp_path / "texts"
    inside.mkdir()
    texts.mkdir()
    script = MILL.replace("title: A war diary", "title: A war diary, text: ../secret.txt")
    (inside / "scenario.yaml").write_text(script, "utf-8")
    run = replay("cite", ".", "diary", "secret words", "--texts", "../texts", cwd=inside)
    assert (run.returncode, run.stdout) == (2, "")
    assert "U508" in run.stderr
    (inside / "scenario.yaml").write_text(MILL, "utf-8")
    (inside / "texts.lock").symlink_to(tmp_path / "secret.txt")
    run = replay("check", ".", cwd=inside)
    assert run.returncode == 1
    assert ": E107 " in run.stderr
    assert "secret words" not in run.stderr


def test_includes_end(tmp_path: Path) -> None:
    for n in range(100):
        (tmp_path / f"{n}.yaml").write_text(f"include: {n + 1}.yaml\n", "utf-8")
    (tmp_path / "100.yaml").write_text("include: 0.yaml\n", "utf-8")
    (tmp_path / "scenario.yaml").write_text(MILL + "include: 0.yaml\n", "utf-8")
    run = replay("check", ".", cwd=tmp_path)
    assert run.returncode == 1
    assert ": E105 " in run.stderr


def test_a_lock_of_many_sentences_is_not_counted_out(tmp_path: Path) -> None:
    lines = "".join(f"{n} 999999 0123456789abcdef\n" for n in range(1, 100))
    (tmp_path / "texts.lock").write_text(f"[diary] 9 sentences\n{lines}", "utf-8")
    (tmp_path / "scenario.yaml").write_text(MILL.replace("p1.s1", "p1-p99"), "utf-8")
    run = replay("check", ".", cwd=tmp_path)
    assert run.returncode == 1
    assert "texts.lock:4:1: E101 " in run.stderr


# --- values -----------------------------------------------------------------------------------

VALUES = {
    "a number of 10,000 digits": ("add: 12", f"add: {'9' * 10_000}"),
    "a fraction of 10,000 digits": ("add: 12", f"add: 0.{'9' * 10_000}"),
    "a number with an exponent": ("add: 12", "add: 1e400"),
    "no number": ("add: 12", "add: nan"),
    "a year of 10,000 digits": ("date: 1915-06-02", f"date: {'9' * 10_000}"),
    "a year of 9 digits": ("date: 1915-06-02", "date: Y-123456789"),
    "a window in a year of 9 digits": ("1915-06-01/1915-06-05", "Y123456789"),
    "a window of all times": ("1915-06-01/1915-06-05", "Y-123456789/Y123456789"),
    "an id of 10,000 letters": ("id: bridge", f"id: {'b' * 10_000}"),
    "an id that climbs": ("id: bridge", "id: ../bridge"),
    "a name that a terminal obeys": ("name: the mill", 'name: "\\e]0;harm\\a"'),
    "a name that turns the direction": ("name: the mill", 'name: "\\u202Ellim eht"'),
    "a name that shows nothing": ("name: the mill", 'name: "\\u2028"'),
    "a key that a terminal obeys": ("title: A war", '"\\e]0;harm\\a": A war'),
    "a place that a terminal obeys": ("cite: diary p1.s1", 'cite: "diary \\e]0;harm\\a"'),
    "half a letter": ("name: the mill", 'name: "\\ud800"'),
}


@pytest.mark.parametrize(("before", "after"), VALUES.values(), ids=list(VALUES))
def test_a_value_that_does_harm_is_refused(before: str, after: str, tmp_path: Path) -> None:
    assert before in MILL
    script = MILL.replace(before, after).replace("}\nplaces", ", locators: own}\nplaces")
    (tmp_path / "scenario.yaml").write_text(script, "utf-8")
    run = replay("check", ".", cwd=tmp_path)
    assert run.returncode == 1, run.stdout
    assert "scenario.yaml:" in run.stderr
    assert run.stdout == ""
    assert max(map(len, run.stderr.splitlines())) < 1_000


EVIL = "<script>alert(1)</script>&amp;$(touch harm)"


def test_a_script_tag_in_a_name_is_shown_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(MILL.replace("the mill}", f"'{EVIL}'}}"), "utf-8")
    run = replay("state", ".", "--on", "1915-06-02", cwd=tmp_path)
    assert run.returncode == 0
    assert EVIL in run.stdout


def test_what_a_user_types_is_shown_harmlessly(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(MILL, "utf-8")
    evil = "\x1b]0;harm\x07" * 1_000
    for words in (
        ("check", evil[:50]),
        ("check", evil),
        ("explain", ".", evil, "--on", "1915-06-02"),
        ("state", ".", "--on", evil),
        ("state", ".", "--on", "1915-06-02", "--lens", evil),
        ("state", ".", "--on", "1915-06-02", "--known-on", evil),
        ("tally", ".", evil),
        ("cite", ".", evil, "words", "--texts", "."),
        ("cite", ".", "diary", "words", "--texts", evil[:50]),
        ("export", ".", "-o", f"film{evil[:50]}"),
        ("export", ".", "-o", "film.csv", "--format", evil),
        (evil,),
        ("state", ".", f"--{evil}"),
    ):
        run = replay(*words, cwd=tmp_path)
        assert run.returncode == 2, words
        assert len(run.stderr) < 4_000


def test_the_words_of_a_source_are_shown_harmlessly(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(MILL, "utf-8")
    (tmp_path / "diary.txt").write_text("We took \x1b]0;harm\x07 the mill.\n", "utf-8")
    run = replay("cite", ".", "diary", "took the mill", "--texts", ".", cwd=tmp_path)
    assert run.returncode == 0
    assert "\\x1b]0;harm\\x07" in run.stdout


def test_a_table_is_read_as_carefully_as_a_script(tmp_path: Path) -> None:
    table = "tables:\n  - {file: rows.csv, type: capture, cite: diary p2}\n"
    (tmp_path / "scenario.yaml").write_text(MILL + table, "utf-8")
    head = "date,place,by\n"
    for rows in (
        head.encode() + b"1915-06-02,\xff,rifles\n",
        (head + "1915-06-02,mill,rifles\n").encode("utf-16"),
        (head + "1915-06-02,\x1b]0;harm\x07,rifles\n").encode(),
        (head + "1915-06-02,mill," + "r" * 200_000 + "\n").encode(),
        (head + f"{'9' * 10_000},mill,rifles\n").encode(),
        (head + 'Y123456789,"mill\n\nmill",rifles\n').encode(),
        (head + '1915-06-02,"mill').encode(),
        b"\n\n\n",
        b"\0" * 1_000,
    ):
        (tmp_path / "rows.csv").write_bytes(rows)
        run = replay("check", ".", cwd=tmp_path)
        assert run.returncode == 1, rows[:80]
        assert ": E10" in run.stderr
        assert run.stdout == ""


@pytest.mark.parametrize(
    "ground",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"features": {}}',
        b'{"features": [1]}',
        b'{"features": [{"geometry": {"type": "LineString", "coordinates": [[1e999, NaN]]}}]}',
        b'{"features": [{"geometry": {"type": "LineString", "coordinates": [1]}}]}',
        b'{"features": [{"properties": [1], "geometry": {"type": "Polygon", "coordinates": []}}]}',
        b'{"features": [{"geometry": {"type": 1, "coordinates": [' + b"9" * 10_000 + b"]}}]}",
    ],
)
def test_a_ground_that_is_none_is_refused_before_anything_is_drawn(
    ground: bytes, tmp_path: Path
) -> None:
    extent = "map: {extent: [40, 33, 43, 35], geography: ground.geojson}\n"
    (tmp_path / "scenario.yaml").write_text(MILL + extent, "utf-8")
    (tmp_path / "ground.geojson").write_bytes(ground)
    run = replay("run", ".", "-o", "out", cwd=tmp_path, limit=lambda: None)
    assert run.returncode == 1, run.stderr
    assert "ground.geojson:" in run.stderr
    assert not (tmp_path / "out").exists()
