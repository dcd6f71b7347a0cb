"""Refreshes the quoted output in the essay: `python docs/essay.py`.

The essay quotes commands (```` ```console ````, `$ replay …`) and what they print; a line `…`
marks a gap. A quote without gaps is printed again. In one with gaps, a piece that is no longer in
the output is replaced by the lines most like it, and listed here: read those in the diff, and the
prose around them. A piece that nothing resembles stays as it is, and the exit code is 1.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from pathlib import Path

from replay.frontends.cli import start

ESSAY = Path(__file__).parent / "what-the-sources-disagree-about.md"
QUOTE = re.compile(r"(?<=```console\n)\$ replay (.+)\n((?:.*\n)+?)(?=```)")
GAP = "…"
ALIKE = 0.6
"""How much of a piece's text the lines that replace it must share with it."""

Piece = list[str]


def quotes(text: str) -> list[tuple[str, str]]:
    """Each quoted command of a page, and what it is said to print."""
    return QUOTE.findall(text)


def pieces(quote: str) -> list[Piece]:
    """The lines between the gaps of a quote."""
    groups = groupby(quote.splitlines(), lambda line: line == GAP)
    return [list(lines) for is_gap, lines in groups if not is_gap]


def position(piece: Piece, output: list[str], start: int) -> int | None:
    """The line of the output, from `start` on, at which a piece begins, if it is there."""
    last = len(output) - len(piece) + 1
    return next((n for n in range(start, last) if output[n : n + len(piece)] == piece), None)


@cache
def printed(command: str) -> str:
    """What a command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = start(command.split())
    assert code in (0, 1), f"replay {command} ends with exit code {code}"  # 1: check has findings
    return out.getvalue()


def refreshed(command: str, quote: str) -> tuple[str, list[str], list[str]]:
    """A quote as its command prints it now; the pieces replaced; those that nothing resembles."""
    if GAP not in quote.splitlines():
        return printed(command), [], []
    output, done = printed(command).splitlines(), 0
    lines: list[str] = []
    replaced, lost = [], []
    for is_gap, group in groupby(quote.splitlines(), lambda line: line == GAP):
        piece = list(group)
        if is_gap:
            lines.append(GAP)
            continue
        found = position(piece, output, done)
        if found is None:
            piece, found = _most_like(piece, output, done)
            if found is None:
                lost.append("\n".join(piece))
            else:
                replaced.append("\n".join(piece))
        lines += piece
        done = done if found is None else found + len(piece)
    return "\n".join(lines) + "\n", replaced, lost


def _most_like(piece: Piece, output: list[str], start: int) -> tuple[Piece, int | None]:
    """The lines of the output most like a piece, as many as it has, and where they begin."""
    matcher = SequenceMatcher(autojunk=False, b="\n".join(piece))
    best, at = ALIKE, None
    for n in range(start, len(output) - len(piece) + 1):
        matcher.set_seq1("\n".join(output[n : n + len(piece)]))
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
            ratio = matcher.ratio()
            if ratio > best:
                best, at = ratio, n
    return (piece, None) if at is None else (output[at : at + len(piece)], at)


def main() -> int:
    """Refresh the essay in place."""
    text = ESSAY.read_text("utf-8")
    failed = False

    def fresh(found: re.Match[str]) -> str:
        nonlocal failed
        command, quote = found.groups()
        new, replaced, lost = refreshed(command, quote)
        for piece in replaced:
            print(f"$ replay {command}\n  replaced; read it again:\n{piece}\n")
        for piece in lost:
            print(f"$ replay {command}\n  not in the output any more:\n{piece}\n")
        failed = failed or bool(lost)
        return f"$ replay {command}\n{new}"

    ESSAY.write_text(QUOTE.sub(fresh, text), "utf-8")
    print(f"docs/{ESSAY.name}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
