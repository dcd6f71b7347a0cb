"""Temporary files that a killed process has left: the next one removes them.

The name of a temporary file or folder says which machine and which process writes it. It is removed
only if it is this user's, was written on this machine, and its process has ended.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
from functools import cache
from hashlib import sha256
from pathlib import Path

OLD = ".old"
"""Suffix of a folder that keeps what is about to be replaced."""
_NAME = re.compile(r"\..{0,40}\.replay-([0-9a-f]{8})-([0-9]+)-")


@cache
def _machine() -> str:
    return sha256(socket.gethostname().encode()).hexdigest()[:8]


def prefix(stem: str) -> str:
    """The beginning of the name of a temporary file for a path with this stem."""
    return f".{stem[:40]}.replay-{_machine()}-{os.getpid()}-"


def hold(handle: int) -> None:
    """Lock an open file as long as it is open, so that no other process takes it for left."""
    with contextlib.suppress(ImportError, OSError):  # not on Windows, nor on every network disk
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)


@cache
def sweep(folder: Path) -> None:
    """Remove what killed processes left in a folder; once in a process.

    What was about to be replaced when one was killed is put back.
    """
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(folder)):
            name = _NAME.match(entry.name)
            if name is not None and _left(Path(entry.path), name[1], int(name[2])):
                _remove(Path(entry.path))


def _left(path: Path, machine: str, process: int) -> bool:
    """Whether the process that wrote a temporary file here has ended."""
    if machine != _machine() or not hasattr(os, "getuid"):
        return False
    try:
        if path.lstat().st_uid != os.getuid():
            return False
        os.kill(process, 0)
    except ProcessLookupError:
        return not _locked(path)
    except OSError:
        return False
    return False


def _locked(path: Path) -> bool:
    """Whether a process holds a file, perhaps in a container with other numbers of processes."""
    import fcntl

    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _remove(path: Path) -> None:
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    if path.suffix == OLD:
        for kept in path.iterdir():
            if not (path.parent / kept.name).exists():
                kept.rename(path.parent / kept.name)
    shutil.rmtree(path, ignore_errors=True)
