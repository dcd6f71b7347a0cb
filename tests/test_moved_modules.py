"""Programs that import modules by the names of version 0.1 still work, and hear what to change."""

from __future__ import annotations

import subprocess
import sys

import pytest

from replay.foundation.moved_modules import MOVED


@pytest.mark.parametrize(("old", "new"), MOVED.items())
def test_a_module_is_found_by_its_old_name_with_a_warning(old: str, new: str) -> None:
    program = f"import importlib, {old}, sys; print(sys.modules['{old}'].__name__)"
    shown = subprocess.run(
        [sys.executable, "-W", "default", "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == new
    assert f"{old} has been called {new} since version 0.2.0; change the import" in shown.stderr


def test_the_verbs_of_the_package_stay_what_they_are() -> None:
    program = "import replay.run, replay.export; print(replay.run, replay.export)"
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.count("<function ") == 2


def test_names_come_out_of_the_module_as_it_is_now() -> None:
    program = "from replay.dates import parse; from replay.foundation import edtf; "
    program += "print(parse is edtf.parse)"
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "True"
