"""Where scenarios are: at a path, in the working folder's `scenarios/`, or shipped with us."""

from __future__ import annotations

from pathlib import Path

from replay.problems import UsageProblem, did_you_mean

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
        if shelf.is_dir():
            for entry in sorted(shelf.iterdir()):
                if (entry / MAIN).is_file():
                    found.setdefault(entry.name, entry / MAIN)
                elif entry.suffix in (".yaml", ".yml") and entry.is_file():
                    found.setdefault(entry.stem, entry)
    return found


def find(name: str | Path) -> Path:
    """The main file of a scenario named by path or by name. Raises UsageProblem U501."""
    path = Path(name)
    try:
        if (path / MAIN).is_file():
            return path / MAIN
        if path.is_file():
            return path
    except (OSError, ValueError):
        pass
    known = available()
    if str(name) in known:
        return known[str(name)]
    close = did_you_mean(str(name), known)
    here = f"there is no {MAIN} in it" if _is_folder(path) else "it is no file, folder or name"
    hint = close or "`replay list` shows the scenarios that are found"
    raise UsageProblem("U501", f"no scenario {str(name)!r}: {here}", hint)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
