"""One interface for work that is spread: this process, several of this machine, a Dask cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from replay.foundation.errors import UsageError
from replay.foundation.executors import InProcess, each, executor
from replay.frontends.cli import start

TASKS = [3, -1, -4, 1, -5]
DONE = [3, 1, 4, 1, 5]


def test_one_job_is_this_process_and_does_no_more_than_is_asked_for() -> None:
    done = []

    def noted(task: int) -> int:
        done.append(task)
        return abs(task)

    with executor() as workers:
        results = each(workers, noted, TASKS)
        assert next(results) == 3
        assert done == [3]
        assert [3, *results] == DONE
        assert list(workers.map(abs, TASKS)) == DONE
        assert workers.submit(os.getpid).result() == os.getpid()


def test_what_a_task_raises_comes_to_whoever_asks_for_its_result() -> None:
    with executor() as workers:
        future = workers.submit(int, "seven")
        with pytest.raises(ValueError, match="seven"):
            future.result()


def test_more_jobs_are_other_processes_and_give_the_same_in_the_same_order() -> None:
    with executor(jobs=2) as workers:
        assert list(each(workers, abs, TASKS, ahead=2)) == DONE
        assert workers.submit(os.getpid).result() != os.getpid()


def test_a_process_that_dies_is_a_message_and_not_a_traceback() -> None:
    with pytest.raises(UsageError, match="U511 a worker process died"):  # noqa: SIM117
        with executor(jobs=2) as workers:
            list(each(workers, os._exit, [1]))


@pytest.mark.parametrize(
    ("jobs", "scheduler", "said"),
    [
        (0, None, "U507 --jobs 0 is too few"),
        (2, "tcp://127.0.0.1:8786", "U507 --jobs and --scheduler exclude each other"),
        (1, "nonsense", "U511 no scheduler at 'nonsense': missing port"),
    ],
)
def test_what_cannot_be_an_executor_is_refused(jobs: int, scheduler: str | None, said: str) -> None:
    with pytest.raises(UsageError, match=said), executor(jobs, scheduler):
        pass


def test_nobody_at_the_address_is_told_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replay.foundation.executors.ANSWER_S", 0.3)
    with pytest.raises(UsageError, match=r"U511 no scheduler at 'tcp://127.0.0.1:1'"):  # noqa: SIM117
        with executor(scheduler="tcp://127.0.0.1:1"):
            pass


def test_without_the_extra_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"U510 [^\n]*\n.*campaign-replay\[cluster\]"):  # noqa: SIM117
        with executor(scheduler="tcp://127.0.0.1:8786"):
            pass


# --- nothing is left ------------------------------------------------------------------------------

BUSY = """\
import os, sys, time
from pathlib import Path
from replay.foundation.executors import each, executor

def work(folder):
    Path(folder, str(os.getpid())).touch()
    time.sleep(60)

if __name__ == "__main__":
    with executor(jobs=2) as workers:
        list(each(workers, work, [sys.argv[1]] * 3))
"""


def alive(pid: int) -> bool:
    """Whether a process is there and no mere entry that waits to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who is alive")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_it_is_stopped_no_process_is_left(how: signal.Signals, tmp_path: Path) -> None:
    script, pids = tmp_path / "busy.py", tmp_path / "pids"
    script.write_text(BUSY, "utf-8")
    pids.mkdir()
    process = subprocess.Popen(
        [sys.executable, str(script), str(pids)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while len(list(pids.iterdir())) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)
    if how is signal.SIGINT:
        os.killpg(process.pid, how)  # as a terminal does
    else:
        process.send_signal(how)
    _, told = process.communicate(timeout=30)
    working = [int(path.name) for path in pids.iterdir()]
    while any(alive(pid) for pid in working):
        assert time.monotonic() < end, "they go on working"
        time.sleep(0.02)
    assert "Process Spawn" not in told, "the workers keep quiet"


# --- a cluster ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a Dask cluster of two processes on this machine."""
    import distributed

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0"
    ) as local:
        yield local.scheduler_address


@pytest.mark.slow
def test_a_cluster_gives_the_same_as_one_process(cluster: str) -> None:
    with executor(scheduler=cluster) as workers:
        assert not isinstance(workers, InProcess)
        assert list(each(workers, abs, TASKS)) == DONE
        assert workers.submit(os.getpid).result() != os.getpid()


@pytest.mark.slow
def test_a_cluster_draws_the_same_samples_to_the_last_byte(
    cluster: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["certainty", "western-iraq-2017", "akkas", "--samples", "25000", "--json"]
    assert start(asked) == 0
    alone = capsys.readouterr().out
    assert start([*asked, "--scheduler", cluster]) == 0
    assert capsys.readouterr().out == alone


@pytest.mark.slow
def test_a_worker_of_the_cluster_that_dies_is_a_message(cluster: str) -> None:
    with pytest.raises(UsageError, match=f"U511 the cluster at {cluster} failed"):  # noqa: SIM117
        with executor(scheduler=cluster) as workers:
            list(each(workers, os._exit, [1]))


@pytest.mark.slow
def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    monkeypatch.setattr("replay.foundation.executors.ANSWER_S", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as local:
        address = local.scheduler_address
        with pytest.raises(UsageError, match=r"U511 .* has no workers"), executor(1, address):
            pass
