"""Where work is done: in this process, in several of this machine, or on a Dask cluster.

`--jobs N` and `--scheduler ADDRESS` mean the same everywhere: the command opens one executor and
whoever has work to spread knows no more of it than `concurrent.futures.Executor`. What comes out
must not depend on it: a task is a function of a module with its arguments, and nothing else.

>>> with executor(jobs=1) as workers:
...     list(each(workers, abs, [-3, 2]))
[3, 2]
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import metadata
from multiprocessing import connection, parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from replay.foundation.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
_T = TypeVar("_T")
R = TypeVar("R")

ANSWER_S = 5.0
"""Seconds within which a scheduler, and one of its workers, must answer."""


@contextmanager
def executor(jobs: int = 1, scheduler: str | None = None) -> Iterator[Executor]:
    """An executor for the time of a `with` block; what is not done by its end is given up.

    One job is this process itself, more are processes of this machine, freshly started (spawned)
    whatever the system. A scheduler is the address of a Dask cluster, as `tcp://10.0.0.5:8786`.
    Interrupted, killed or failed, it leaves no process behind.

    Raises UsageError: U507 for jobs below one, or for both at once; U510 where the extra
    `cluster` is not installed; U511 where the scheduler does not answer, has no workers, or where
    those have another version of this program; U511 too where a process or the cluster dies.
    """
    if jobs < 1:
        raise UsageError("U507", f"--jobs {jobs} is too few", "write --jobs 1 or more")
    if scheduler is not None:
        if jobs > 1:
            hint = "use --jobs on this machine, or --scheduler on a cluster"
            raise UsageError("U507", "--jobs and --scheduler exclude each other", hint)
        with _cluster(scheduler) as workers:
            yield workers
    elif jobs > 1:
        with _processes(jobs) as workers:
            yield workers
    else:
        yield InProcess()


def each(
    workers: Executor, function: Callable[[_T], R], tasks: Iterable[_T], ahead: int = 32
) -> Iterator[R]:
    """What a function makes of each task, in the order of the tasks.

    No more than `ahead` tasks are under way or wait to be fetched, so that neither a long list of
    tasks nor its results stand in memory at once.
    """
    if isinstance(workers, InProcess):
        yield from map(function, tasks)
        return
    waiting: deque[Future[R]] = deque()
    for task in tasks:
        waiting.append(workers.submit(function, task))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class InProcess(Executor):
    """The executor of one job: what is submitted is done at once, here."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


# --- processes of this machine --------------------------------------------------------------------


class _Spawned(SpawnContext):
    """Starts processes, and remembers which."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        process = SpawnProcess(*args, **kwargs)
        self.started.append(process)
        return process


@contextmanager
def _processes(jobs: int) -> Iterator[Executor]:
    context = _Spawned()
    pool = ProcessPoolExecutor(jobs, context, initializer=_serve)
    try:
        yield pool
    except BrokenProcessPool:
        hint = "it may have run short of memory; try fewer --jobs"
        raise UsageError("U511", "a worker process died", hint) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in context.started:
            process.terminate()  # idle ones too: none holds anything that could be half-written
        for process in context.started:
            process.join()


def _serve() -> None:
    """In a new process: its parent decides when it ends, at the latest when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


# --- a cluster ------------------------------------------------------------------------------------


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    client = _client(address)
    try:
        _check(client, address)
        # a task is named by chance and not by a digest of its arguments, which may be large
        workers: Executor = client.get_executor(pure=False)
        try:
            yield workers
        finally:
            workers.shutdown(wait=False)
    except _lost() as error:
        hint = "see the logs of the scheduler and of its workers"
        raise UsageError("U511", f"the cluster at {address} failed: {error}", hint) from None
    finally:
        client.close(timeout=ANSWER_S)


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install 'campaign-replay[cluster]', or use --jobs"
        raise UsageError("U510", "--scheduler needs dask.distributed", hint) from None
    try:
        with ThreadPoolExecutor(1) as thread:  # a notebook's own loop holds this one
            thread.submit(asyncio.run, _greet(address)).result()
        return Client(address, timeout=ANSWER_S, set_as_default=False)
    except Exception as error:  # whatever else listens there may answer with anything
        hint = "give the address that `dask scheduler` prints, as tcp://10.0.0.5:8786"
        what = str(error) if isinstance(error, ValueError) else "no scheduler answers there"
        raise UsageError("U511", f"no scheduler at {address!r}: {what}", hint) from None


async def _greet(address: str) -> None:
    """Whether somebody there speaks as Dask does. A client that finds nobody ends with noise."""
    from distributed import Security
    from distributed.comm import connect

    arguments = Security().get_connection_args("client")
    comm = await connect(address, timeout=ANSWER_S, **arguments)
    await comm.close()


def _check(client: Client, address: str) -> None:
    """That there are workers, which all know this program as it is here."""

    def version() -> str | None:  # a function in a function: sent as it is, not by its name
        try:
            return metadata.version("campaign-replay")
        except metadata.PackageNotFoundError:
            return None

    try:
        client.wait_for_workers(1, timeout=ANSWER_S)
    except TimeoutError:
        hint = f"start some with `dask worker {address}`"
        raise UsageError("U511", f"the scheduler at {address} has no workers", hint) from None
    ours = version()
    found = {theirs or "none" for theirs in client.run(version).values()}
    if found != {ours}:
        what = f"the workers at {address} have campaign-replay {', '.join(sorted(found))}"
        raise UsageError("U511", what, f"install {ours} on them, as here")


def _lost() -> tuple[type[Exception], ...]:
    """What a client raises when the scheduler or its workers go away while they work for it."""
    from distributed import CancelledError, KilledWorker
    from distributed.comm import CommClosedError

    return CancelledError, KilledWorker, CommClosedError
