"""No cell of a table is taken for a formula by the program that opens it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import replay
from replay.foundation.spreadsheets import harmless_cell
from replay.frontends.cli import APP

SCRIPT = """\
scenario: cells
title: "=1+1"
window: 2001-05-01/2001-05-20
sides:
  - {id: a, name: '=HYPERLINK("http://example.org")', letter: A, colour: blue}
  - {id: b, name: "-2+3", letter: B, colour: red}
sources: [{id: paper, title: "@paper"}]
places: [{id: town, name: "+town", kind: town}, {id: other, name: "\\tother", kind: town}]
events:
  - {id: one, type: capture, date: 2001-05-05, place: town, by: a, summary: "=cmd()", tallies: [{name: "=shells", add: 5, unit: "+rounds"}], claims: [{cite: paper p1}]}
  - {id: two, type: capture, date: 2001-05-07, place: other, by: b, summary: "-3 degrees", claims: [{cite: paper p2}]}
"""
OPENING = "=+-@\t\r\n"


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.none()))
def test_only_numbers_begin_like_formulas(cell: object) -> None:
    (shown,) = harmless_cell([cell])
    if isinstance(cell, str):
        assert shown in (cell, f"'{cell}")
        if str(shown)[:1] in OPENING and shown:
            float(str(shown))
    else:
        assert shown is cell


@pytest.mark.parametrize("number", ["-5", "-1.5", "+3", "-1e-05", "-33.25"])
def test_numbers_stay_numbers(number: str) -> None:
    assert list(harmless_cell([number, float(number)])) == [number, float(number)]


def test_no_table_has_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCRIPT, "utf-8")
    timeline = replay.run(path)
    for form in ("csv", "csv-days"):
        replay.export(timeline, tmp_path / f"{form}.csv", format=form)
    for chart in ("places", "events", "delay", "=shells"):
        done = CliRunner().invoke(
            APP, ["chart", str(path), chart, "-o", str(tmp_path / f"chart-{chart[-4:]}.csv")]
        )
        assert done.exit_code == 0, done.output
    replay.export(timeline, tmp_path / "film.frames", size=(480, 270))
    tables = [*tmp_path.glob("*.csv"), *tmp_path.glob("*/*.csv")]
    assert len(tables) == 7
    said = ""
    for table in tables:
        with table.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert cell[:1] not in tuple(OPENING) or float(cell) is not None
                    said += cell
    for name in ("'=shells", "'+rounds", "'+town", "'=cmd()", "'-3 degrees"):
        assert name in said
