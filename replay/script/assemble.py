"""A scenario's files put together: the main file and those that it includes."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from replay.foundation.errors import Problem, ScenarioError, did_you_mean, quoted
from replay.script.text_file import LARGEST_FILE, TABLES
from replay.script.tree import Path_, Plain, Tree, read_tree

DEEPEST_INCLUDE = 20
"""Files that include each other in a row."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a part of the script was written: a file and a path in it."""

    tree: Tree
    path: Path_

    def problem(
        self,
        code: str,
        message: str,
        path: Path_ = (),
        hint: str | None = None,
        key: bool = False,
    ) -> Problem:
        """A problem at this part, or deeper inside of it."""
        return self.tree.problem(code, message, (*self.path, *path), hint, key)


@dataclass(slots=True)
class Assembled:
    """All files of a scenario: its plain values, its lists joined, and where each item stands."""

    main: Tree
    values: dict[str, tuple[Plain, FilePlace]] = field(default_factory=dict)
    items: dict[str, list[tuple[Plain, FilePlace]]] = field(default_factory=dict)
    trees: dict[Path, Tree] = field(default_factory=dict)
    depth: int = 0
    """How many files are being read, each because of the one before."""

    def section(self, name: str) -> Iterator[tuple[Plain, FilePlace]]:
        yield from self.items.get(name, ())


def assemble(main: Path, lists: frozenset[str]) -> Assembled:
    """Read the main file and its includes; `lists` are the keys that several files may add to.

    Raises ScenarioError with everything that is wrong with the files.
    """
    folder = main.parent
    done = Assembled(read_tree(main, shown_value(main)))
    problems: list[Problem] = []
    _take(done.main, main, folder, done, lists, problems)
    if problems:
        raise ScenarioError(problems)
    return done


def _take(
    tree: Tree,
    path: Path,
    folder: Path,
    done: Assembled,
    lists: frozenset[str],
    problems: list[Problem],
) -> None:
    done.trees[path.resolve()] = tree
    done.depth += 1
    for name, value in tree.value.items():
        place = FilePlace(tree, (name,))
        if name == "include":
            _include(value, place, folder, done, lists, problems)
        elif name in lists:
            if isinstance(value, list):
                items = done.items.setdefault(name, [])
                items += [(item, FilePlace(tree, (name, n))) for n, item in enumerate(value)]
            elif value != "":
                hint = "begin each of its items with `- `"
                problems.append(place.problem("E204", f"{name!r} takes a list", (), hint))
        elif name in done.values:
            other = done.values[name][1].tree
            problems.append(
                place.problem(
                    "E202", f"{quoted(name)} is already in {other.file}", (), "keep one", True
                )
            )
        else:
            done.values[name] = (value, place)
    done.depth -= 1


def _include(
    value: Plain,
    place: FilePlace,
    folder: Path,
    done: Assembled,
    lists: frozenset[str],
    problems: list[Problem],
) -> None:
    names = value if isinstance(value, list) else [value]
    for n, name in enumerate(names):
        where = (n,) if isinstance(value, list) else ()
        if not isinstance(name, str) or not name:
            hint = "write `include: [places.yaml, events.yaml]`"
            problems.append(place.problem("E204", "`include` takes file names", where, hint))
            continue
        wrong = unfit(folder, name) or _odd(folder / name, place.tree, done)
        if wrong is not None:
            code, message, todo = wrong
            problems.append(place.problem(code, message, where, todo))
            continue
        path = (folder / name).resolve()
        try:
            _take(read_tree(path, shown_value(path)), path, folder, done, lists, problems)
        except ScenarioError as found:
            problems += found.problems


Unfit = tuple[str, str, str | None]
"""Code, message and hint."""


def unfit(folder: Path, name: str, called: str = "scenario's folder") -> Unfit | None:
    """What is wrong with the name of a file that a script mentions; None where nothing is.

    The file has to be an ordinary one inside of the folder, which messages call so.
    """
    put = f"put the file into the {called}, or correct its name"
    try:
        path = (folder / name).resolve()
        if Path(name).is_absolute() or not path.is_relative_to(folder.resolve()):
            hint = f"name a file in the {called}"
            return "E107", f"{quoted(name)} is outside the {called}", hint
        mode = path.stat().st_mode
    except FileNotFoundError:
        beside = [entry.name for entry in folder.iterdir()]
        what = f"there is no file {quoted(name)} in the {called}"
        return "E101", what, did_you_mean(name, beside) or put
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it is not a file name"
        return "E101", f"the file {quoted(name)} cannot be read: {reason}", put
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
        return "E101", f"{quoted(name)} is {what}", "name a text file"
    return None


def _odd(path: Path, by: Tree, done: Assembled) -> Unfit | None:
    """A file that is there twice, or one too many."""
    known = done.trees.get(path.resolve())
    if known is not None:
        what = f"{quoted(path.name)} includes itself"
        if known is not by:
            what = f"{quoted(path.name)} is already part of the scenario"
        return "E108", what, "include each file once, and never include the main file"
    if done.depth > DEEPEST_INCLUDE:
        what = f"more than {DEEPEST_INCLUDE} files include each other in a row"
        return "E105", what, "include all of them from the main file"
    if sum(len(tree.text) for tree in done.trees.values()) > LARGEST_FILE:
        what = f"together the files are larger than {LARGEST_FILE // 2**20} MiB"
        return "E105", what, TABLES
    return None


def shown_value(path: Path) -> str:
    """How a file is called in messages: as seen from the working folder where that is shorter."""
    try:
        relative = str(path.resolve().relative_to(Path.cwd().resolve()))
    except (ValueError, OSError):
        return str(path)
    return relative
