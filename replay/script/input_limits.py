"""What no script needs, refused before it can do harm: depth, aliases, tags, masses of values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from replay.foundation.errors import Problem, ScenarioError, SourceSpan, quoted
from replay.script.lines import located, yaml_mark_of
from replay.script.text_file import TABLES

DEEPEST = 40
"""Levels of nesting; a script needs six."""
MOST_VALUES = 2_000_000
"""Lines, commas and brackets of a file; to read so many takes seconds and half a gigabyte."""

_DEEP = re.compile(rf"^ {{{DEEPEST * 2}}}|(?:[-?:][ \t]+){{{DEEPEST}}}", re.M)
TOO_DEEP = f"the file is nested deeper than {DEEPEST} levels"
SIX = "a script needs about six"
_SIGNS = re.compile(r"""(?:^|[\s\[{,:'"?-])(?:[&*]\S|!)""", re.M)
_SOME = 20
"""Anchors and tags that are told, of those that a file may have."""


def refuse(text: str, shown: str) -> None:
    """Raises ScenarioError E105 and E106. What only looks suspicious is looked at more closely."""
    if sum(text.count(sign) for sign in "\n,[{") > MOST_VALUES:
        what = f"the file has more than {MOST_VALUES:,} values"
        raise ScenarioError([Problem("E105", what, SourceSpan(shown, 1, 1), TABLES)])
    if _looks_deep(text) or _looks_signed(text):
        problems = list(_found(text, shown))
        if problems:
            raise ScenarioError(problems)


def _looks_deep(text: str) -> bool:
    if _DEEP.search(text):
        return True
    if text.count("[") + text.count("{") > DEEPEST:
        depth = 0
        for match in re.finditer(r"[\[\]{}]", text):
            depth = max(0, depth + (1 if match[0] in "[{" else -1))
            if depth > DEEPEST:
                return True
    return False


def _looks_signed(text: str) -> bool:
    return any(sign in text for sign in "&*!") and _SIGNS.search(text) is not None


def _found(text: str, shown: str) -> Iterator[Problem]:
    depth = told = 0
    try:
        for event in _events(text):
            kind = type(event)
            if kind in (yaml.SequenceStartEvent, yaml.MappingStartEvent):
                depth += 1
            elif kind in (yaml.SequenceEndEvent, yaml.MappingEndEvent):
                depth -= 1
            at = yaml_mark_of(event.start_mark)
            if depth > DEEPEST:
                yield located("E105", TOO_DEEP, text, shown, at, SIX)
                return
            if (sign := _sign(event)) is not None:
                hint = (
                    "write it out; if &, * or ! is part of a text, put the text in quotation marks"
                )
                yield located("E106", sign, text, shown, at, hint)
                told += 1
                if told == _SOME:
                    return
    except yaml.MarkedYAMLError as error:
        # the scanner of some versions counts the levels too; all else the composer reports
        if "nesting depth" in str(error) and error.problem_mark:
            yield located("E105", TOO_DEEP, text, shown, yaml_mark_of(error.problem_mark), SIX)
    except yaml.YAMLError:
        return


def _events(text: str) -> Iterator[Any]:
    yield from yaml.parse(text, Loader=yaml.CSafeLoader)


def _sign(event: Any) -> str | None:
    if getattr(event, "anchor", None) is not None:
        sign = "*" if type(event) is yaml.AliasEvent else "&"
        return f"{quoted(sign + event.anchor)} is an {'alias' if sign == '*' else 'anchor'} of YAML"
    if getattr(event, "tag", None) is not None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        return f"{quoted(tag)} is a tag of YAML"
    return None
