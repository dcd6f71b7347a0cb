"""The essay on what the sources disagree about: every figure in it is printed by its command."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from replay.cli import start

ESSAY = Path(__file__).parent.parent / "docs" / "what-the-sources-disagree-about.md"
QUOTED = re.findall(r"```console\n\$ replay (.+)\n((?:.*\n)+?)```", ESSAY.read_text("utf-8"))
GAP = "…"


@cache
def printed(command: str) -> str:
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert start(command.split()) == 0
    return out.getvalue()


@pytest.mark.parametrize(("command", "quote"), QUOTED, ids=[c[:70] for c, _ in QUOTED])
def test_the_command_prints_what_the_essay_quotes(command: str, quote: str) -> None:
    """Pieces between gaps stand whole in the output, one after the other."""
    output, done = printed(command), 0
    for piece in re.split(rf"^{GAP}\n", quote, flags=re.MULTILINE):
        if piece:
            found = output.find(f"\n{piece}", done)
            assert found >= 0, f"not in the output, or not in this order:\n{piece}"
            done = found + len(piece)


def test_the_essay_has_read_every_lens_and_day_that_it_should() -> None:
    commands = " ".join(command for command, _ in QUOTED)
    lenses = ("only:article", "only:musings", "without:article", "official:iraq")
    for lens in (*lenses, "against-interest"):
        assert f"--lens {lens}" in commands, lens
    for day in ("2017-10-27", "2017-10-31", "2017-11-03", "2017-11-04", "2017-11-17"):
        assert f"--known-on {day}" in commands, day
