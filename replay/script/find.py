"""Where scenarios are: at a path, in the working folder's `scenarios/`, or shipped with us."""

from __future__ import annotations

from pathlib import Path

from replay.foundation.errors import UsageError, did_you_mean

MAIN = "scenario.yaml"
"""The file of a scenario's folder that includes the others."""


def shelves() -> list[Path]:
    """Folders that may hold scenarios, the first one winning."""
    package = Path(__file__).resolve().parent.parent
    return [Path("scenarios"), package / "shipped", package.parent / "scenarios"]


def available() -> dict[str, Path]:
    """Main file of every scenario that is found, by the name that it is called with."""
    found: dict[str, Path] = {}
    for shelf in shelves():
        for entry in _entries(shelf):
            if _is_file(entry / MAIN):
                found.setdefault(entry.name, entry / MAIN)
            elif entry.suffix in (".yaml", ".yml") and _is_file(entry):
                found.setdefault(entry.stem, entry)
    return found


def find_scenario(name: str | Path) -> Path:
    """The main file of a scenario named by path or by name. Raises UsageError U501."""
    path = Path(name)
    for main in (path / MAIN, path):
        if _is_file(main):
            return main
    known = available()
    if str(name) in known:
        return known[str(name)]
    close = did_you_mean(str(name), [*known, *_beside(path)])
    what, hint = (
        "it is not a file, a folder or the name of a known scenario",
        "`replay list` shows the scenarios that are found",
    )
    if _is_folder(path):
        what = f"there is no {MAIN} in it"
        hint += "; `replay new FOLDER` writes one to start from"
    raise UsageError("U501", f"no scenario {str(name)!r}: {what}", close or hint)


def _beside(path: Path) -> list[str]:
    """Paths of the scenarios that lie where a path says that one lies."""
    return [str(entry) for entry in _entries(path.parent) if _is_file(entry / MAIN)]


def _entries(folder: Path) -> list[Path]:
    """What is in a folder; nothing where there is none, or none that we may look into."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no permission, a name that is too long or holds a NUL
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
