"""Two versions of a scenario as Markdown, for the reviewer of a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replay.analysis.compare import Comparison
from replay.analysis.scenario_diff import Edit
from replay.text.compare import SAME, amount, count_subject, replay_title, summary
from replay.text.counts import reasons
from replay.text.explanation import day_text
from replay.text.phrases import control, witnessed

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"})


def markdown_page(found: Comparison, changed: Sequence[Edit]) -> str:
    """A page in GitHub's Markdown: places, numbers, statements, and the records of the script."""
    return "\n".join(_lines(found, changed)) + "\n"


def markdown_text(text: str) -> str:
    """A text with Markdown's special characters escaped."""
    return " ".join(text.translate(_SPECIAL).split())


def _lines(found: Comparison, changed: Sequence[Edit]) -> Iterator[str]:
    old, new = replay_title(found.a), replay_title(found.b)
    yield f"## What changes: {markdown_text(new)}"
    yield ""
    if old != new:
        yield f"Before: {markdown_text(old)}"
        yield ""
    yield SAME if found.same else markdown_text(summary(found))
    yield from _places(found)
    yield from _numbers(found)
    yield from _statements(found)
    yield from _records(changed)


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield from ("", f"### {title}", "", _row(columns), _row(["---"] * len(columns)))
        yield from (_row([markdown_text(cell) for cell in row]) for row in rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _places(found: Comparison) -> Iterator[str]:
    a, b = found.a.scenario, found.b.scenario
    rows = []
    for one in found.places:
        days = day_text(one.first if one.days == 1 else f"{one.first}/{one.last}")
        before = _with(control(a, one.a), witnessed(a, one.told_a))
        after = _with(control(b, one.b), witnessed(b, one.told_b))
        rows.append([one.name, days, str(one.days), before, after])
    yield from _table("Places", ["place", "days", "place-days", "before", "now"], rows)


def _with(says: str, who: str) -> str:
    return f"{says} – {who}" if who else says


def _numbers(found: Comparison) -> Iterator[str]:
    rows = []
    for one in found.numbers:
        what = count_subject(found.b.scenario, one.name, one.of)
        pair = (amount(s, one.unit, one.name) for s in (one.sum_a, one.sum_b))
        rows.append([what, *pair, "; ".join(reasons(found.b.scenario, one.sum_b.reckoning))])
    yield from _table("Numbers by the last day", ["what", "before", "now", "why"], rows)


def _statements(found: Comparison) -> Iterator[str]:
    rows = [[s.summary, s.a or "missing", s.b or "missing"] for s in found.statements]
    yield from _table("Statements", ["statement", "before", "now"], rows)


def _records(changed: Sequence[Edit]) -> Iterator[str]:
    if changed:
        yield from ("", "### In the script", "")
    for edit in changed:
        what = f": {markdown_text(edit.what)}" if edit.what else ""
        about = "claim of" if edit.kind == "claim" else edit.kind
        yield f"- {edit.how} {about} `{edit.of}`{what}"
        for key, before, after in edit.fields:
            yield f"  - {markdown_text(key)}: {markdown_text(before)} → {markdown_text(after)}"
