"""What an author did where YAML cannot go on, in an author's words and not in a parser's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from replay.foundation.errors import Problem, either
from replay.script.lines import lines, located, yaml_mark_of

At: TypeAlias = tuple[int, int]
"""Line and column, from 1."""
SaidWrong: TypeAlias = tuple[str, At, str | None]
"""What is wrong, where, and what to do about it."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEY = re.compile(r"(\s*(?:- +)*)([^\s:#\"'\[{][^:]*):(?: |$)")
_GLUED = re.compile(r"(\s*(?:- +)*)([\w-]+):([^\s/].*)")
_CLOSED = re.compile(r":\s+([\"'\[{]).*[\"'\]}]\s*$")


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where the parser stopped (`at`), where it was reading since, and what it calls that."""

    lines: list[str]
    problem: str
    context: str
    at: At
    since: At

    def line(self, at: At) -> str:
        return self.lines[at[0] - 1] if at[0] <= len(self.lines) else ""

    def rest(self, at: At) -> str:
        """What stands in the line from there on."""
        return self.line(at)[at[1] - 1 :].rstrip()

    def before(self, at: At) -> str:
        """What stands in the line before it."""
        return self.line(at)[: at[1] - 1]


def slip(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    """The problem E103 for an error of YAML in a file that is called `shown`."""
    odd = _FORBIDDEN.search(text)
    if odd is not None and not hasattr(error, "problem_mark"):
        line = text.count("\n", 0, odd.start()) + 1
        column = odd.start() - text.rfind("\n", 0, odd.start())
        sign = f"there is a control character here, {odd[0]!r}"
        todo = "delete it; it is invisible and comes from copying or from a damaged file"
        return located("E103", sign, text, shown, (line, column), todo)
    mark = getattr(error, "problem_mark", None)
    since = getattr(error, "context_mark", None) or mark
    seen = _Seen(
        lines(text),
        str(getattr(error, "problem", None) or error).splitlines()[0],
        str(getattr(error, "context", None) or ""),
        yaml_mark_of(mark) if mark else (1, 1),
        yaml_mark_of(since) if since else (1, 1),
    )
    what, at, hint = next(read(seen) for sign, read in _SLIPS if sign in _about(seen))
    return located("E103", what, text, shown, at, hint)


def _about(seen: _Seen) -> str:
    return f"{seen.context}; {seen.problem}; {seen.rest(seen.at)[:1]!r}"


def _tab(seen: _Seen) -> SaidWrong:
    line = seen.line(seen.at)
    column = line.find("\t") + 1 or seen.at[1]
    hint = "indent with spaces; an editor can turn tabs into spaces"
    return "this line is indented with a tab", (seen.at[0], column), hint


def _sign(seen: _Seen) -> SaidWrong:
    """A value begins with a character that means something to YAML."""
    at, rest = seen.since, seen.rest(seen.since)
    if not rest:
        return "a value is missing here", at, "write it, or remove the bracket before it"
    if rest.startswith("..."):
        return "the line ... ends the file", at, "remove the line ..."
    return f"a value cannot begin with {rest[0]!r}", at, _write(seen.before(at), rest)


def _colon(seen: _Seen) -> SaidWrong:
    """A colon where no key can be: in a value, or in a line that is indented too far."""
    before = seen.before(seen.at)
    key = _KEY.match(before)
    if key is not None and before[key.end() :].strip():
        what = "this line has a second colon; a text with a colon needs quotation marks"
        return what, seen.at, _write(key[0], seen.line(seen.at)[key.end() :].strip())
    above = _above(seen, seen.at[0])
    glued = _GLUED.match(seen.line((above, 1)))
    if glued is not None and not _KEY.match(seen.line((above, 1))):
        return _glued(above, glued)
    line = seen.line(seen.at)
    return _indent(seen, (seen.at[0], len(line) - len(line.lstrip()) + 1))


def _no_colon(seen: _Seen) -> SaidWrong:
    glued = _GLUED.match(seen.line(seen.since))
    if glued is not None:
        return _glued(seen.since[0], glued)
    hint = "write `key: value`; indent a continued text further than its key"
    return "this line is neither a key with a value nor a list item", seen.since, hint


def _glued(line: int, glued: re.Match[str]) -> SaidWrong:
    hint = f"write `{glued[2]}: {glued[3].strip()}`"
    return "the colon has no space after it", (line, glued.end(2) + 1), hint


def _open_quote(seen: _Seen) -> SaidWrong:
    rest = seen.rest(seen.since)
    hint = f"close it with {rest[:1]}"
    if re.match(r"'\w", rest):
        inside = re.search(r"[\[{]", seen.before(seen.since))
        word = re.split(r"[,\]}]", rest)[0] if inside else rest
        hint += (
            f"; a text that begins with an apostrophe needs double quotation marks: {_quoted(word)}"
        )
    return "the quotation mark that opens here is never closed", seen.since, hint


def _backslash(seen: _Seen) -> SaidWrong:
    rest = seen.rest(seen.since).strip('"')
    hint = f"use single quotation marks: '{rest}'"
    return "a backslash in double quotation marks starts an escape code", seen.at, hint


def _block(seen: _Seen) -> SaidWrong:
    rest, before = seen.rest(seen.since), seen.before(seen.since)
    what = f"a text after {rest[:1]} begins on the next line"
    return what, seen.since, _write(before, rest)


def _inline_list(seen: _Seen) -> SaidWrong:
    key, items = seen.before(seen.at).strip(), seen.rest(seen.at).lstrip("- ")
    hint = f"write `{key} [{items}]`, or put `- {items}` on the next line"
    return "a list with dashes begins on its own line", seen.at, hint


def _directive(seen: _Seen) -> SaidWrong:
    return "a line that begins with % is a YAML directive", seen.at, "remove the line"


def _second(seen: _Seen) -> SaidWrong:
    if seen.rest(seen.at).startswith("---"):
        hint = "one file is one document: remove the line ---"
        return "a second document begins here", seen.at, hint
    if seen.line((_above(seen, seen.at[0]), 1)).startswith("..."):
        return (
            "there is text after the line ..., which ends the file",
            seen.at,
            "remove the line ...",
        )
    return _indent(seen, seen.at)


def _bracket(seen: _Seen) -> SaidWrong:
    opening = seen.rest(seen.since)[:1]
    if opening not in ("[", "{"):
        return "a bracket above is never closed", seen.at, "close it with ] or }"
    if seen.at[0] != seen.since[0]:
        closing = "]" if opening == "[" else "}"
        hint = f"close it with {closing}; a text that begins with {opening} needs quotation marks"
        return f"the bracket {opening} that opens here is not closed", seen.since, hint
    hint = "inside brackets write {id: rawa, name: Rawa}; put other texts in quotation marks"
    return "a comma is missing here, or a text needs quotation marks", seen.at, hint


def _place(seen: _Seen) -> SaidWrong:
    """Something that is not the next key or item of what stands above it."""
    before, rest = seen.before(seen.at), seen.rest(seen.at)
    if rest[:1] in ("]", "}"):
        return f"the bracket {rest[:1]} was never opened", seen.at, "remove it"
    if _CLOSED.search(before):
        key = _KEY.match(before)
        whole = seen.line(seen.at)[key.end() if key else 0 :].strip()
        what = "the text goes on after its closing quotation mark or bracket"
        return what, seen.at, _write(key[0] if key else "", whole)
    if rest.startswith(":"):
        return "a colon without a key before it", seen.at, "write the key, or remove the colon"
    above = _KEY.match(seen.line((_above(seen, seen.at[0]), 1)))
    if rest.startswith("- ") and above and len(above[1]) + 1 == seen.at[1]:
        what = f"{above[2]!r} already has a value, but a list follows"
        return what, seen.at, "put the whole list below its key, or remove the dash"
    key_here = _levels(seen, seen.at[0], False).get(seen.at[1])
    if rest.startswith("- ") and key_here:
        hint = f"begin {key_here!r} with `- ` too, or remove the dash"
        return "there is a list item among the keys", seen.at, hint
    return _indent(seen, seen.at)


def _indent(seen: _Seen, at: At) -> SaidWrong:
    """A line that begins in a column where nothing above it does."""
    item = seen.rest(at).startswith("- ")
    levels = _levels(seen, at[0], item)
    if not levels:
        return _unknown(seen)
    ways = [f"in column {column}, below {key!r}" for column, key in levels.items()]
    hint = f"begin it {either(ways[:2])}"
    if not item and any(line[at[1] - 1 :].startswith("- ") for line in seen.lines[: at[0] - 1]):
        hint += ", or with `- ` to start a new list item"
    return "this line is not indented like the lines it belongs with", at, hint


def _levels(seen: _Seen, line: int, item: bool) -> dict[int, str]:
    """Column → key (or item) above a line that one below it can stand under, the nearest first."""
    found: dict[int, str] = {}
    leftmost = 10_000
    for above in reversed(seen.lines[max(0, line - 1000) : line - 1]):
        if item:
            indent = len(above) - len(above.lstrip())
            name = above.strip()[:20] if above.lstrip().startswith("- ") else ""
        else:
            key = _KEY.match(above)
            indent, name = (len(key[1]), key[2]) if key else (0, "")
        if name and indent < leftmost:
            leftmost = indent
            found[indent + 1] = name
            if item:
                break
    return found


def _above(seen: _Seen, line: int) -> int:
    """The number of the last line before one that is not empty; 1 where there is none."""
    for number in range(line - 1, 0, -1):
        if seen.line((number, 1)).strip():
            return number
    return 1


def _write(before: str, rest: str) -> str:
    """The hint to put the value of a line into quotation marks."""
    if len(rest) > 200:
        return "put the text in quotation marks"
    return f"put the text in quotation marks: {(before.strip() + ' ' + _quoted(rest)).strip()}"


def _quoted(text: str) -> str:
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _unknown(seen: _Seen) -> SaidWrong:
    hint = "check the indentation; put a text with :, # or brackets in quotation marks"
    return f"YAML cannot read this: {seen.problem}", seen.at, hint


_SLIPS: tuple[tuple[str, Callable[[_Seen], SaidWrong]], ...] = (
    ("'\\t'", _tab),
    ("a tab character", _tab),
    ("cannot start any token", _sign),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("found unexpected end of stream", _open_quote),
    ("found unexpected document indicator", _open_quote),
    ("a quoted scalar", _backslash),
    ("an alias", _sign),
    ("an anchor", _sign),
    ("directive", _directive),
    ("incompatible YAML", _directive),
    ("tag", _sign),
    ("a block scalar", _block),
    ("block sequence entries", _inline_list),
    ("mapping keys are not allowed", _sign),
    ("another document", _second),
    ("<document start>", _second),
    ("a flow", _bracket),
    ("node content", _sign),
    ("did not find expected", _place),
    ("", _unknown),
)
"""A sign in what the parser says, and the slip that is behind it; the first one counts."""
