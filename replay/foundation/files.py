"""Writing files all or nothing: an interrupted write leaves the old file as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from replay.foundation import stale_files
from replay.foundation.errors import UsageError


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that becomes `path` when the block ends well.

    When the block raises (Ctrl-C included) the temporary file is removed, with the folders that
    were made for it, and an earlier file at `path` stays untouched. A file that `path` links to is
    replaced, not the link. Raises UsageError U506 when the place cannot be written.
    """
    path = Path(path)
    made: list[Path] = []
    temporary: Path | None = None
    handle: int | None = None
    try:
        try:
            target = path.resolve()
            mode = _mode(target)
            made = _folders(target.parent)
            stale_files.sweep(target.parent)
            handle, name = tempfile.mkstemp(
                prefix=stale_files.prefix(target.stem), suffix=target.suffix, dir=target.parent
            )
            temporary = Path(name)
            stale_files.hold(handle)
        except (OSError, ValueError, RuntimeError) as error:
            raise unwritable(path, error) from None
        try:
            yield temporary
            temporary.chmod(mode)
            temporary.replace(target)
        except OSError as error:
            raise unwritable(path, error) from error
        made = []
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if handle is not None:
            os.close(handle)
        for folder in reversed(made):
            with contextlib.suppress(OSError):  # somebody else has put something into it
                folder.rmdir()


@contextlib.contextmanager
def whole_folder(path: Path, kind: str) -> Iterator[Path]:
    """A temporary folder beside `path` that becomes `path` when the block ends well.

    It may take the place of an empty folder or of one that was written so before, of the same kind;
    else, and when the block raises, what is there stays untouched. Raises UsageError U506.
    """
    path, mark = Path(path), f".campaign-replay-{kind}"
    made: list[Path] = []
    temporary: Path | None = None
    try:
        try:
            target = path.resolve()
            _replaceable(target, mark)
            made = _folders(target.parent)
            stale_files.sweep(target.parent)
            prefix = stale_files.prefix(target.stem)
            temporary = Path(tempfile.mkdtemp(target.suffix, prefix, target.parent))
            temporary.chmod(0o777 & ~_umask())
        except (OSError, ValueError, RuntimeError) as error:
            raise unwritable(path, error) from None
        try:
            yield temporary
            (temporary / mark).touch()
            _swap(temporary, target)
        except OSError as error:
            raise unwritable(path, error) from error
        made = []
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _replaceable(target: Path, mark: str) -> None:
    """Raises OSError where a folder would take the place of what we did not write."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError("it is not a folder")
    if target.is_dir() and any(target.iterdir()) and not (target / mark).exists():
        raise FileExistsError("it is a folder with other files in it")


def _swap(new: Path, target: Path) -> None:
    """Put a folder in the place of another one, which is gone afterwards."""
    if not target.exists():
        new.rename(target)
        return
    old = Path(tempfile.mkdtemp(stale_files.OLD, stale_files.prefix(target.stem), target.parent))
    target.rename(old / target.name)
    try:
        new.rename(target)
    except BaseException:
        (old / target.name).rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _mode(target: Path) -> int:
    """The permissions that the file has or will have; raises OSError where it is not to be had."""
    if not target.exists():
        return 0o666 & ~_umask()
    if target.is_dir():
        raise IsADirectoryError("it is a folder")
    if not target.is_file():
        raise OSError("it is not an ordinary file")  # a device would be replaced by a file
    if not os.access(target, os.W_OK):
        raise PermissionError("you have no permission to change it")
    return target.stat().st_mode & 0o777


def _folders(folder: Path) -> list[Path]:
    """Makes a folder with those that it lies in; returns the ones that were made, outermost first.

    When one of them cannot be made, none is left.
    """
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    made: list[Path] = []
    try:
        for one in reversed(missing):
            one.mkdir(exist_ok=True)
            made.append(one)
    except OSError:
        for one in reversed(made):
            one.rmdir()
        raise
    if not folder.is_dir():
        raise NotADirectoryError("there is a file where its folder should be")
    return made


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8 with plain newlines, all or nothing."""
    with written_whole(path) as temporary:
        temporary.write_bytes(text.encode("utf-8", "surrogateescape"))


def unwritable(path: Path, error: Exception) -> UsageError:
    """The problem to show when `path` cannot be written."""
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(
        "U506", f"cannot write {path}: {reason}", "name a file in a folder that you can write to"
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
