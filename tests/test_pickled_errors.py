"""An error that is raised in a worker process reaches the user as it was raised."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from replay.foundation.edtf import DateError
from replay.foundation.errors import Problem, ScenarioError, SourceSpan, UsageError
from replay.foundation.executors import executor
from replay.foundation.locators import LockError
from replay.model.fields import Misspelled
from replay.picture.matplotlib_style import BadStyle
from replay.script.load import HypotheticalWarning, load

FOUND = Problem("E301", "no such day", SourceSpan("a.yaml", 3, 7), "write a day")
ERRORS = [
    ScenarioError([FOUND, FOUND]),
    UsageError("U503", "'soon' is not a date", "write 2017-11-03"),
    BadStyle([FOUND, FOUND]),
    DateError("May has 31 days", "write a day from 01 to 31"),
    LockError("damaged", 12),
    Misspelled("not a number", "write 12"),
    HypotheticalWarning("one ends before two begins", "two before three"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling_with_all_that_it_says(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    for name in ("problems", "hint", "at", "conflicts"):
        assert getattr(again, name, None) == getattr(error, name, None)


def test_a_worker_raises_what_is_wrong_with_a_scenario() -> None:
    with (
        ProcessPoolExecutor(1, get_context("spawn")) as workers,
        pytest.raises(UsageError) as raised,
    ):
        workers.submit(load, "no-such-campaign").result(timeout=60)
    assert raised.value.problems[0].code == "U501"


def test_our_own_workers_do_not_take_it_for_a_death() -> None:
    with pytest.raises(UsageError) as raised, executor(jobs=2) as workers:
        workers.submit(load, "no-such-campaign").result(timeout=60)
    assert raised.value.problems[0].code == "U501"
