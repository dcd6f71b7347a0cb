"""The text of a file that an author wrote, or why it is none."""

from __future__ import annotations

import stat
from pathlib import Path

from replay.foundation.errors import Problem, ScenarioError, SourceSpan

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; more than a hundred thousand events, which belong into a table."""
TABLES = "put many events of one type in a table (see docs/script.md)"


def read_text(path: Path, shown: str, largest: int = LARGEST_FILE, hint: str = TABLES) -> str:
    """The text of a file that messages call `shown`; a byte order mark is left out.

    Raises ScenarioError E101 (it cannot be read), E102 (it is not UTF-8), E105 (it has more bytes
    than `largest`; `hint` says what to do then).
    """
    try:
        data = _bytes(path, largest)
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or error}"
        todo = "name a text file that you have permission to read"
        raise ScenarioError([Problem("E101", what, SourceSpan(shown, 1, 1), todo)]) from None
    if len(data) > largest:
        what = f"the file is larger than {largest // 2**20} MiB"
        raise ScenarioError([Problem("E105", what, SourceSpan(shown, 1, 1), hint)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioError([_not_utf8(data, error, shown)]) from None
    if "\0" in text:
        raise ScenarioError([_binary(shown)])
    return text


def _bytes(path: Path, largest: int) -> bytes:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        what = "it is a folder" if stat.S_ISDIR(mode) else "it is not an ordinary file"
        raise OSError(what)  # a pipe or a device could keep us waiting for ever
    with path.open("rb") as file:
        return file.read(largest + 1)


_SAVE = "save the file as UTF-8; most editors offer the encoding under `Save as`"


def _not_utf8(data: bytes, error: UnicodeDecodeError, shown: str) -> Problem:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem("E102", "the file is UTF-16, not UTF-8", SourceSpan(shown, 1, 1), _SAVE)
    if b"\0" in data:
        return _binary(shown)
    start = data.rfind(b"\n", 0, error.start) + 1
    line = data.count(b"\n", 0, error.start) + 1
    column = len(data[start : error.start].decode("utf-8", "replace")) + 1
    what = f"this character is not UTF-8 but the byte {data[error.start]:#04x}"
    whole = data[start : start + 1000].split(b"\n")[0].decode("utf-8", "replace")
    return Problem("E102", what, SourceSpan(shown, line, column), _SAVE, whole)


def _binary(shown: str) -> Problem:
    what = "the file is not a text file, or is a text in UTF-16"
    return Problem("E102", what, SourceSpan(shown, 1, 1), _SAVE)
