"""Scripts changed at random are refused with located messages, or every command works on them."""

from __future__ import annotations

from pathlib import Path

import mutator
import pytest


@pytest.mark.parametrize("first", [0, 100])
def test_a_changed_script_is_refused_or_works(first: int) -> None:
    found = mutator.campaign(2026, first, first + 100)
    assert found.faults == {}
    assert found.refused > 10
    assert found.accepted > 5


def test_the_same_number_is_always_the_same_mutant() -> None:
    assert mutator.mutant(1, 7) == mutator.mutant(1, 7)
    assert len({mutator.mutant(1, n) for n in range(50)}) > 45


def test_a_fault_is_reported_with_its_mutant(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path, text: str) -> bool:
        raise KeyError("planted")

    monkeypatch.setattr(mutator, "tried", broken)
    found = mutator.campaign(1, 0, 3)
    assert found.seen.total() == 3
    assert "seed 1, mutant 0" in next(iter(found.faults.values()))
