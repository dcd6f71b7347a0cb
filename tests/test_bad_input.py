"""Everything that can be wrong with a script or a command, and the exact words that say so.

Each folder of `tests/bad/` is a case: a scenario with something wrong in it, and in `expected.txt`
what `replay check .` says. Where there is a `command.txt`, it holds the words that follow `replay`
instead; the valid scenario `mill` lies beside it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from replay.foundation.errors import CODES, ScenarioError
from replay.frontends.cli import start
from replay.script.load import load

CASES = sorted((Path(__file__).parent / "bad").iterdir())
SCRIPTS = [case for case in CASES if not (case / "command.txt").exists() and case.name != "mill"]
COMMANDS = [case for case in CASES if (case / "command.txt").exists()]
MILL = Path(__file__).parent / "bad" / "mill"
LOCATED = re.compile(
    r"(?P<file>[^:\n]+):(?P<line>[1-9]\d*):(?P<column>[1-9]\d*): (?P<code>E\d{3}) ."
)
NO_LINE = {"E102-binary", "E102-utf-16", "E104-comments-only", "E104-empty"}
"""Files that have no line to show."""
ELSEWHERE = {"U510", "U512", "U513"}
"""What depends on the installation, the display or dates of other ages: in test_executors.py,
test_window.py and test_data_out.py."""


def name(case: Path) -> str:
    return case.name


def laid_out(case: Path, folder: Path) -> Path:
    """A copy of a case to work in, without what is expected of it."""
    ours = {"expected.txt", "command.txt"}
    shutil.copytree(case, folder, ignore=lambda _, names: ours & set(names))
    if (case / "command.txt").exists():
        shutil.copytree(MILL, folder / "mill")
    return folder


def command(case: Path) -> list[str]:
    if (case / "command.txt").exists():
        return shlex.split((case / "command.txt").read_text("utf-8"))
    return ["check", "."]


def content(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() if p.is_file() else b"" for p in sorted(folder.rglob("*"))}


def expected(case: Path) -> str:
    return (case / "expected.txt").read_text("utf-8")


# --- the words --------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [*SCRIPTS, *COMMANDS], ids=name)
def test_the_message_is_this_one_and_nothing_is_written(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = laid_out(case, tmp_path / "here")
    before = content(folder)
    monkeypatch.chdir(folder)
    code = start(command(case))
    said = capsys.readouterr()
    assert said.err == expected(case)
    assert said.out == ""
    assert code == (1 if case in SCRIPTS else 2)
    assert content(folder) == before


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if case.name in ("E102-utf-16", "E204-choice", "E206-letter", "U501-unknown", "U507-option")
    ],
    ids=name,
)
def test_a_real_process_says_the_same(case: Path, tmp_path: Path) -> None:
    folder = laid_out(case, tmp_path / "here")
    run = subprocess.run(
        [sys.executable, "-m", "replay", *command(case)],
        cwd=folder,
        capture_output=True,
        timeout=60,
    )
    assert run.stderr.decode() == expected(case)
    assert run.stdout == b""
    assert run.returncode == (1 if case in SCRIPTS else 2)


# --- what each message has --------------------------------------------------------------------


def test_every_code_has_a_case_that_shows_it() -> None:
    told = set(re.findall(r"\b[EU]\d{3}\b", "".join(expected(case) for case in SCRIPTS + COMMANDS)))
    assert told | ELSEWHERE == set(CODES)


@pytest.mark.parametrize("case", [*SCRIPTS, *COMMANDS], ids=name)
def test_a_case_is_called_after_the_code_that_it_shows(case: Path) -> None:
    code = case.name.partition("-")[0]
    assert code == "several" or code in expected(case)


@pytest.mark.parametrize("case", SCRIPTS, ids=name)
def test_every_message_has_its_place_the_line_and_a_caret_below_the_column(case: Path) -> None:
    lines = expected(case).splitlines()
    heads = [n for n, line in enumerate(lines) if LOCATED.match(line)]
    assert lines[-1] == f"{len(heads)} problem{'s' if len(heads) > 1 else ''}"
    for n in heads:
        where = LOCATED.match(lines[n])
        assert where is not None
        if case.name in NO_LINE:
            continue
        written = (case / where["file"]).read_bytes().decode("utf-8-sig", "replace").split("\n")
        line = re.sub(r"[\x00-\x1f]", " ", written[int(where["line"]) - 1])
        assert lines[n + 2].strip() == "^"
        caret = lines[n + 2].index("^") - 4
        shown = lines[n + 1][4:]
        assert shown in line
        assert shown[caret:] == line[int(where["column"]) - 1 :][: len(shown) - caret]


@pytest.mark.parametrize("case", SCRIPTS, ids=name)
def test_every_message_says_what_to_do(case: Path) -> None:
    """In a line of its own below the caret, or in so many words."""
    said = expected(case).splitlines()
    for n, line in enumerate(said):
        if LOCATED.match(line) and not re.search(
            r"a position is|hours run from|gives one of|says from|give the amount|a move needs",
            line,
        ):
            following = said[n + (1 if case.name in NO_LINE else 3)]
            assert following.startswith("    "), line


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("E101-include-missing", "events.yaml"),
        ("E109-rows", "bridge"),
        ("E201-unknown-key", "summary"),
        ("E201-unknown-key-at-the-top", "window"),
        ("E204-choice", "office"),
        ("E205-misspelled", "capture"),
        ("E207-misspelled", "date"),
        ("E401-misspelled", "mill"),
        ("E401-source", "diary"),
        ("U501-unknown", "mill"),
        ("U502-thing", "bridge"),
        ("U503-event", "mill-taken"),
        ("U504-lens", "only:diary"),
        ("U504-source", "diary"),
        ("U505-suffix", "mp4"),
        ("U507-command", "state"),
    ],
)
def test_a_close_word_is_offered(code: str, meant: str) -> None:
    said = expected(Path(__file__).parent / "bad" / code)
    assert f"id you mean '{meant}'" in said


def test_the_scenario_that_the_commands_use_is_valid() -> None:
    assert load(MILL).title == "The fight for the mill"


def test_python_gets_the_same_messages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "several-references")
    monkeypatch.chdir(laid_out(case, tmp_path / "here"))
    with pytest.raises(ScenarioError) as raised:
        load(".")
    assert f"{raised.value}\n\n5 problems\n" == expected(case)
