"""A scenario's files put together: the main file and those that it includes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from replay.problems import Problem, Problems
from replay.script.tree import Path_, Plain, Tree, read_tree


@dataclass(frozen=True, slots=True)
class Place:
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
    values: dict[str, tuple[Plain, Place]] = field(default_factory=dict)
    items: dict[str, list[tuple[Plain, Place]]] = field(default_factory=dict)
    trees: dict[Path, Tree] = field(default_factory=dict)

    def section(self, name: str) -> Iterator[tuple[Plain, Place]]:
        yield from self.items.get(name, ())


def assemble(main: Path, lists: frozenset[str]) -> Assembled:
    """Read the main file and its includes; `lists` are the keys that several files may add to.

    Raises Problems with everything that is wrong with the files.
    """
    folder = main.parent
    done = Assembled(read_tree(main, _shown(main)))
    problems: list[Problem] = []
    _take(done.main, main, folder, done, lists, problems)
    if problems:
        raise Problems(problems)
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
    for name, value in tree.value.items():
        place = Place(tree, (name,))
        if name == "include":
            _include(value, place, folder, done, lists, problems)
        elif name in lists:
            if isinstance(value, list):
                items = done.items.setdefault(name, [])
                items += [(item, Place(tree, (name, n))) for n, item in enumerate(value)]
            elif value != "":
                hint = "each item begins with '- '"
                problems.append(place.problem("E204", f"{name!r} takes a list", (), hint))
        elif name in done.values:
            other = done.values[name][1].tree
            problems.append(
                place.problem("E202", f"{name!r} stands in {other.file} already", (), None, True)
            )
        else:
            done.values[name] = (value, place)


def _include(
    value: Plain,
    place: Place,
    folder: Path,
    done: Assembled,
    lists: frozenset[str],
    problems: list[Problem],
) -> None:
    names = value if isinstance(value, list) else [value]
    for n, name in enumerate(names):
        where = (n,) if isinstance(value, list) else ()
        if not isinstance(name, str) or not name:
            problems.append(place.problem("E204", "an include is the name of a file", where))
            continue
        try:
            path = (folder / name).resolve()
            inside = path.is_relative_to(folder.resolve())
        except (OSError, ValueError, RuntimeError):
            problems.append(place.problem("E101", f"{name!r} is no file name", where))
            continue
        if not inside or Path(name).is_absolute():
            hint = "include files of the scenario's own folder, by their name in it"
            what = f"{name!r} leaves the scenario's folder"
            problems.append(place.problem("E107", what, where, hint))
        elif path in done.trees:
            what = f"{name!r} is included twice, or includes itself"
            problems.append(place.problem("E108", what, where, "include each file once"))
        elif not path.is_file():
            what = f"there is no file {name!r} in the scenario's folder"
            problems.append(place.problem("E101", what, where))
        else:
            try:
                _take(read_tree(path, _shown(path)), path, folder, done, lists, problems)
            except Problems as found:
                problems += found.problems


def _shown(path: Path) -> str:
    """How a file is called in messages: as seen from the working folder where that is shorter."""
    try:
        relative = str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)
    return relative
