"""What is left when a command is stopped halfway: the old files, whole, and nothing else."""

from __future__ import annotations

import csv
import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from replay.foundation import stale_files
from replay.foundation.errors import UsageError
from replay.foundation.files import write_text, written_whole

MILL = (Path(__file__).parent / "bad" / "mill" / "scenario.yaml").read_text("utf-8")
OLD = "the old one"
VILLAGES, DAYS = 600, 120
"""A table with a row for each of them, so that even a quick export lasts for some seconds."""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of which films and tables take some seconds to write."""
    folder = tmp_path_factory.mktemp("campaign") / "long"
    folder.mkdir()
    villages = "".join(f"  - {{id: v-{n}, name: Village {n}}}\n" for n in range(VILLAGES))
    script = MILL.replace("1915-06-01/1915-06-05", "1915-06-01/1915-12-31")
    script = script.replace("places:\n", f"places:\n{villages}")
    script += "tables:\n  - {file: rows.csv, type: capture, cite: diary p3}\n"
    (folder / "scenario.yaml").write_text(script, "utf-8")
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["date", "place", "by"])
        for n in range(VILLAGES * DAYS):
            day = date(1915, 7, 1) + timedelta(days=n // VILLAGES)
            side = ("rifles", "south")[n // VILLAGES % 2]
            table.writerow([day, f"v-{n % VILLAGES}", side])
    return folder


@contextmanager
def replay(*arguments: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """A command that is running; it is ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "replay", *arguments],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def halfway(process: subprocess.Popen[str], folder: Path, suffix: str, after: float = 0.2) -> None:
    """Waits until a file with this suffix is being written."""
    end = time.monotonic() + 120
    while not list(folder.glob(f".*{suffix}")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)
    time.sleep(after)
    assert process.poll() is None, "it was over before it could be stopped"


STOPS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.mark.parametrize("suffix", [".mp4", ".gif", ".csv"])
@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_stopped_export_leaves_the_old_file_and_nothing_else(
    campaign: Path, tmp_path: Path, suffix: str, stop: signal.Signals
) -> None:
    path = tmp_path / f"campaign{suffix}"
    path.write_text(OLD)
    with replay("export", str(campaign), "-o", str(path), cwd=tmp_path) as process:
        halfway(process, tmp_path, suffix)
        process.send_signal(stop)
        _, said = process.communicate(timeout=60)
    assert process.returncode == STOPS[stop]
    assert files(tmp_path) == {path.name: OLD.encode()}
    assert "Traceback" not in said
    assert ("interrupted" in said) == (stop == signal.SIGINT)


@pytest.mark.parametrize("more", [[], ["--jobs", "2"]], ids=["alone", "shared"])
def test_a_stopped_folder_of_frames_is_not_there(
    campaign: Path, tmp_path: Path, more: list[str]
) -> None:
    out = ["-o", "new/campaign.frames", "--size", "480x270", *more]
    with replay("export", str(campaign), *out, cwd=tmp_path) as process:
        halfway(process, tmp_path / "new", ".frames")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 143
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("after", [0.0, 0.015, 0.03, 0.1])
def test_a_stop_while_modules_are_still_read_is_no_accident(
    campaign: Path, tmp_path: Path, after: float
) -> None:
    with replay("export", str(campaign), "-o", "film.mp4", cwd=tmp_path) as process:
        halfway(process, tmp_path, ".mp4", after)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, list(tmp_path.iterdir())) == (130, [])
    assert said == "\nreplay: interrupted; no incomplete files are left\n"


@pytest.mark.parametrize("suffix", [".mp4", ".gif", ".csv"])
def test_an_export_that_is_killed_leaves_the_old_file(
    campaign: Path, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"campaign{suffix}"
    path.write_text(OLD)
    with replay("export", str(campaign), "-o", str(path), cwd=tmp_path) as process:
        halfway(process, tmp_path, suffix)
        process.kill()
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert path.read_text() == OLD
    left = [p for p in tmp_path.iterdir() if p != path]
    assert len(left) == 1
    script = f"from pathlib import Path; from replay.foundation.files import write_text; write_text(Path({str(path)!r}), 'new')"
    subprocess.run([sys.executable, "-c", script], check=True)  # the next one
    assert files(tmp_path) == {path.name: b"new"}


def test_a_stopped_run_leaves_whole_files_only(tmp_path: Path) -> None:
    (tmp_path / "mill").mkdir()
    script = MILL.replace("1915-06-01/1915-06-05", "1915-06-01/1915-12-31")
    (tmp_path / "mill" / "scenario.yaml").write_text(script, "utf-8")
    out = tmp_path / "out"
    with replay("run", "mill", "-o", "out", cwd=tmp_path) as process:
        halfway(process, out, ".mp4")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 130
    left = files(out)
    assert not [name for name in left if Path(name).name.startswith(".")]
    assert "mill.mp4" not in left
    assert left["mill-map.png"].endswith(b"IEND\xaeB`\x82")
    assert left["mill-log.csv"].endswith(b"\r\n")


def test_a_stopped_export_leaves_no_new_folder(campaign: Path, tmp_path: Path) -> None:
    with replay("export", str(campaign), "-o", "new/er/film.csv", cwd=tmp_path) as process:
        halfway(process, tmp_path / "new" / "er", ".csv")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []


# --- outputs that go away ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [["schema"], ["state", "mill", "--on", "1915-06-02"], ["run", "mill", "--text-only"]],
    ids=lambda command: command[0],
)
def test_nobody_reading_the_output_is_no_error(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "mill").mkdir()
    (tmp_path / "mill" / "scenario.yaml").write_text(MILL, "utf-8")
    ours, theirs = os.pipe()
    os.close(ours)  # as `| head` does when it has seen enough
    run = subprocess.run(
        [sys.executable, "-m", "replay", *command],
        cwd=tmp_path,
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    os.close(theirs)
    assert (run.returncode, run.stderr) == (0, "")


def little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))


@pytest.mark.parametrize("suffix", [".csv", ".json", ".png", ".pdf", ".svg", ".html", ".mp4"])
def test_a_disk_that_is_full_leaves_the_old_file(
    suffix: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "scenario.yaml").write_text(MILL, "utf-8")
    path = tmp_path / f"campaign{suffix}"
    path.write_text(OLD)
    before = files(tmp_path)
    # nothing that others use is to be cut short too
    caches = {"PYTHONDONTWRITEBYTECODE": "1", "MPLCONFIGDIR": str(tmp_path_factory.mktemp("fonts"))}
    run = subprocess.run(
        [sys.executable, "-m", "replay", "export", ".", "-o", path.name],
        cwd=tmp_path,
        preexec_fn=little_room,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **caches},
    )
    assert run.returncode == 2
    assert f"replay: U506 cannot write {path.name}: " in run.stderr
    assert "Traceback (most recent call last)" not in run.stderr
    assert files(tmp_path) == before


# --- writing whole files ----------------------------------------------------------------------


def write_and_fail(
    path: Path, text: str, failure: BaseException, beside: Path | None = None
) -> None:
    with written_whole(path) as temporary:
        temporary.write_text(text)
        if beside is not None:
            beside.write_text("another's")
        raise failure


def test_a_block_that_fails_leaves_neither_file_nor_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_fail(tmp_path / "a" / "b" / "c.txt", "half", KeyboardInterrupt())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_there_or_is_used_by_others_stays(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path = tmp_path / "a" / "b" / "c.txt"
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(UsageError, match="U506"):
        write_and_fail(path, "half", full, beside=path.with_name("other.txt"))
    assert files(tmp_path) == {"a/b/other.txt": b"another's"}


def test_the_file_that_a_link_names_is_replaced_and_not_the_link(tmp_path: Path) -> None:
    (tmp_path / "true.txt").write_text(OLD)
    (tmp_path / "link.txt").symlink_to("true.txt")
    write_text(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "true.txt").read_text() == "new"


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "private.txt"
    path.write_text(OLD)
    path.chmod(0o600)
    write_text(path, "new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe stands for all of them: a device would be gone for every program of the machine."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match=r"U506 cannot write .*: it is not an ordinary file"):
        write_text(pipe, "new")
    assert pipe.is_fifo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["pipe.csv"]


@pytest.mark.parametrize("name", ["a\0b.txt", f"{'n' * 300}.txt"])
def test_a_name_that_no_file_can_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="U506"):
        write_text(tmp_path / "new" / name, "new")
    assert list(tmp_path.iterdir()) == []


# --- what a killed process has left -----------------------------------------------------------


def ended() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def left_by(process: int, folder: Path, machine: str | None = None, end: str = "x.csv") -> Path:
    """A temporary file as a process would have left it."""
    name = stale_files.prefix("campaign").replace(f"-{os.getpid()}-", f"-{process}-")
    path = folder / f"{name}{end}"
    if machine is not None:
        path = folder / path.name.replace(stale_files._machine(), machine)
    path.write_text("half")
    return path


def test_only_what_a_process_of_this_machine_left_is_removed(tmp_path: Path) -> None:
    gone = left_by(ended(), tmp_path)
    running = left_by(os.getppid(), tmp_path)
    elsewhere = left_by(ended(), tmp_path, machine="00000000")
    own = left_by(os.getpid(), tmp_path)
    users = tmp_path / ".campaign.notes.csv"
    users.write_text("the user's")
    write_text(tmp_path / "other.csv", "new")
    assert not gone.exists()
    for path in (running, elsewhere, own, users):
        assert path.exists(), path.name


def test_what_another_process_holds_is_not_removed(tmp_path: Path) -> None:
    """As in a container, where processes have other numbers."""
    held = left_by(ended(), tmp_path)
    handle = os.open(held, os.O_RDONLY)
    stale_files.hold(handle)
    write_text(tmp_path / "other.csv", "new")
    os.close(handle)
    assert held.exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_what_is_another_users_is_not_removed(tmp_path: Path) -> None:
    theirs = left_by(ended(), tmp_path)
    os.chown(theirs, 12345, 12345)
    write_text(tmp_path / "other.csv", "new")
    assert theirs.exists()


def test_a_folder_that_was_being_replaced_is_put_back(tmp_path: Path) -> None:
    name = left_by(ended(), tmp_path, end=f"x{stale_files.OLD}")
    name.unlink()
    (name / "campaign.frames").mkdir(parents=True)
    (name / "campaign.frames" / "1.png").write_text(OLD)
    write_text(tmp_path / "other.csv", "new")
    assert files(tmp_path) == {"campaign.frames/1.png": OLD.encode(), "other.csv": b"new"}
