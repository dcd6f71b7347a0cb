"""A scenario with one source whose text is at hand, for the tests of coverage and citing."""

from __future__ import annotations

from pathlib import Path

from replay.analysis.check import lock_text

TEXT = """Evening Gazette

The mill was taken on Friday. Nobody was hurt. The miller says that it burned.

Subscribe now!
"""
SCRIPT = """\
scenario: mill
title: The mill
window: 2001-05-01/2001-05-09
sides: [{id: north, name: North, letter: N}]
sources:
  - id: gazette
    title: Evening Gazette
    set_aside: {p1: the title of the page, p3: furniture of the page}
places: [{id: mill, name: the mill, cite: gazette p2.s1}]
events:
  - id: taken
    type: capture
    date: 2001-05-04
    place: mill
    by: north
    summary: North takes the mill.
    claims: [{cite: gazette p2.s1}]
statements: [{id: unhurt, cite: gazette p2.s2, summary: Nobody is hurt.}]
acknowledge: [{code: L312, of: mill, reason: the paper does not say where it is}]
"""


def locked(folder: Path, script: str = SCRIPT, **texts: str) -> tuple[Path, Path]:
    """A scenario with the lock of its texts, and the folder that has them."""
    scenario, papers = folder / "mill", folder / "texts"
    scenario.mkdir()
    papers.mkdir()
    (scenario / "scenario.yaml").write_text(script, "utf-8")
    for source, text in (texts or {"gazette": TEXT}).items():
        (papers / f"{source}.txt").write_text(text, "utf-8")
    lock, known = lock_text(scenario, papers)
    lock.write_text(known, "utf-8")
    return scenario, papers
