"""The essay on what the sources disagree about: every figure in it is printed by its command."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).parent.parent / "docs" / "essay.py"
_spec = importlib.util.spec_from_file_location("essay", PATH)
assert _spec is not None
assert _spec.loader is not None
essay = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(essay)

QUOTED = essay.quotes(essay.ESSAY.read_text("utf-8"))


@pytest.mark.parametrize(("command", "quote"), QUOTED, ids=[c[:70] for c, _ in QUOTED])
def test_the_command_prints_what_the_essay_quotes(command: str, quote: str) -> None:
    """Pieces between gaps stand whole in the output, one after the other."""
    output, done = essay.printed(command).splitlines(), 0
    for piece in essay.pieces(quote):
        found = essay.position(piece, output, done)
        text = "\n".join(piece)
        assert found is not None, f"not in the output, or not in this order:\n{text}"
        done = found + len(piece)


def test_the_essay_has_read_every_lens_and_day_that_it_should() -> None:
    commands = " ".join(command for command, _ in QUOTED)
    lenses = ("only:article", "only:musings", "without:article", "official:iraq")
    for lens in (*lenses, "against-interest"):
        assert f"--lens {lens}" in commands, lens
    for day in ("2017-10-27", "2017-10-31", "2017-11-03", "2017-11-04", "2017-11-17"):
        assert f"--known-on {day}" in commands, day


def test_a_quote_is_refreshed_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    output = "title\nOf 2,263 days 41 differ.\nend of it\ntown\n  held by Red\n  by nobody\n"
    monkeypatch.setattr(essay, "printed", lambda command: output)
    old = "…\nOf 2,260 days 50 differ.\n…\n  held by Red\n…\nAn answer that is gone for good\n"
    new, replaced, lost = essay.refreshed("any", old)
    assert (
        new == "…\nOf 2,263 days 41 differ.\n…\n  held by Red\n…\nAn answer that is gone for good\n"
    )
    assert replaced == ["Of 2,263 days 41 differ."]
    assert lost == ["An answer that is gone for good"]
    assert essay.refreshed("any", "short\n") == (output, [], [])
