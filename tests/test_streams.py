"""Text is readable where there is only ASCII, and every command can be asked for help."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import replay
from replay.foundation.streams import ascii_spelling, plain_locale, readable
from replay.frontends.cli import start

SCENARIO = "western-iraq-2017"
COMMANDS = [
    ["list"],
    ["--help"],
    ["explain", "--help"],
    ["check", SCENARIO],
    ["check", SCENARIO, "--disputes"],
    ["run", SCENARIO, "--text-only"],
    ["state", SCENARIO, "--on", "2017-11-03"],
    ["state", SCENARIO, "--on", "2017-11-03", "--json"],
    ["explain", SCENARIO, "rawa", "--on", "2017-11-17"],
    ["explain", SCENARIO, "western-desert", "--on", "2017-11-30"],
    ["tally", SCENARIO, "--on", "2017-12-09"],
    ["delay", SCENARIO],
    ["certainty", SCENARIO],
    ["compare", SCENARIO, "--on", "2017-11-03", "--on", "2017-11-17"],
    ["chart", SCENARIO],
    ["explain", SCENARIO, "nowhere", "--on", "2017-11-17"],
    ["explain", SCENARIO],
    ["show"],
]


def written(encoding: str, environment: dict[str, str], text: str) -> bytes:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    readable(stream, environment)
    stream.write(text)
    stream.flush()
    return raw.getvalue()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_is_readable_in_ascii(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    for name in ("stdout", "stderr"):
        stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
        readable(stream, {})
        monkeypatch.setattr(sys, name, stream)
    start(command)
    text = raw.getvalue().decode("ascii")
    assert text.strip()
    assert "Traceback" not in text
    if "--json" not in command:
        assert not re.findall(r"\\[xuU][0-9a-f]{2}", text)


SETTINGS = [
    {"LC_ALL": "C"},
    {"LANG": "C"},
    {"LC_ALL": "POSIX"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
]


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_the_locale_c_has_no_signs_beyond_ascii(setting: dict[str, str]) -> None:
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-m", "replay", "explain", SCENARIO, "rawa", "--on", "2017-11-17"]
    done = subprocess.run(command, env={**bare, **setting}, capture_output=True, check=True)
    assert done.stdout.isascii() or setting == {"PYTHONIOENCODING": "latin-1"}
    assert b"Rawa" in done.stdout
    assert b"\\u" not in done.stdout
    assert done.stderr == b""


def test_letters_stay_in_the_locale_c_and_signs_do_not() -> None:
    text = "“臺兒莊” – القائم ≠ Rāwah, 5 km²"
    assert written("utf-8", {"LANG": "C"}, text).decode() == '"臺兒莊" - القائم != Rāwah, 5 km2'
    assert written("utf-8", {"LANG": "en_GB.UTF-8"}, text).decode() == text
    assert (
        written("ascii", {}, text)
        == rb'"\u81fa\u5152\u838a" - \u0627\u0644\u0642\u0627\u0626\u0645 != Rawah, 5 km2'
    )
    assert written("cp1252", {}, "– → é").decode("cp1252") == "– -> é"


@pytest.mark.parametrize(
    ("environment", "plain"),
    [
        ({}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "C", "LC_ALL": "en_GB.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}, False),
        ({"LC_ALL": "C", "PYTHONUTF8": "1"}, False),
    ],
)
def test_who_asks_for_the_locale_c(environment: dict[str, str], plain: bool) -> None:
    assert plain_locale(environment) is plain


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8", "koi8-r"]), st.booleans())
def test_no_text_fails(text: str, encoding: str, plain: bool) -> None:
    assert written(encoding, {"LANG": "C"} if plain else {}, text) or not text or not text.strip()


@given(st.characters())
def test_what_is_spelled_is_ascii(letter: str) -> None:
    shown = ascii_spelling(letter)
    assert shown is None or shown.isascii()


def test_every_sign_that_the_program_writes_is_spelled() -> None:
    folder = Path(replay.__file__).parent
    signs = set()
    for part in ("analysis", "cli", "tui", "script", "model", "events", "lens", "charts", "layers"):
        for path in (folder / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    signs |= {c for c in node.value if unicodedata.category(c)[0] in "PSZN"}
    assert len(signs) > 40
    assert not {sign for sign in signs if ascii_spelling(sign) is None}


# --- without arguments ------------------------------------------------------------------------


def test_the_program_alone_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert start([]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Usage: replay [OPTIONS] COMMAND")
    assert "  explain " in out
    assert "\\n" not in out
    assert err == ""


def commands() -> list[str]:
    from typer.main import get_command

    from replay.frontends.cli import APP

    return sorted(get_command(APP).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", commands())
def test_a_command_alone_says_what_it_needs(
    command: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code = start([command])
    out, err = capsys.readouterr()
    if code:
        assert f"write: replay {command} " in err
        assert f"replay {command} --help" in err
    else:
        assert out or err
