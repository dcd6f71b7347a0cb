"""Writing files all or nothing: an interrupted write leaves the old file as it was."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from replay.problems import UsageProblem


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that becomes `path` when the block ends well.

    When the block raises (Ctrl-C included) the temporary file is removed and an earlier file at
    `path` stays untouched. Raises UsageProblem U506 when the place cannot be written.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a folder")
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise unwritable(path, error) from None
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8 with plain newlines, all or nothing."""
    with whole(path) as temporary:
        temporary.write_bytes(text.encode("utf-8"))


def unwritable(path: Path, error: OSError) -> UsageProblem:
    """The problem to show when `path` cannot be written."""
    reason = error.strerror or str(error)
    return UsageProblem(
        "U506", f"cannot write {path}: {reason}", "name a file in a folder that you may write to"
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
