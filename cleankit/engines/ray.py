"""Runs the documents of a run on Ray: in processes of this machine, or on the nodes of a cluster that share folders.

What comes out is what the local engine gives. Nothing else knows Ray, and it is imported when a run begins.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, Self

from cleankit import corpus, report
from cleankit.corpus import STDIN
from cleankit.engines import digest
from cleankit.engines.job import Done, Failure, Output, work
from cleankit.engines.plan import Task
from cleankit.errors import CleankitError, UsageError
from cleankit.version import VERSION

EXTRA = 'pip install "cleankit-corpus[ray]"'
LOCAL = "local"
# A page takes milliseconds, and the way to a node and back costs some: so many go together
CHUNK = 32
# A document whose process or node was lost is done again so many times
RETRIES = 3
# Tasks under way for each CPU, so that none waits for the next, and how many times as far results may run ahead of
# the one that is to come next: it may be a slow one
BUSY, AHEAD = 2, 16
SAMPLES = 64  # folders of documents that each node is asked for
_FRESH = 10  # seconds that a count of CPUs holds; nodes come and go
_PATIENCE = 10  # seconds until a cluster must answer
_STORE = 100_000_000  # bytes of Ray's store for objects; what comes back of a task has some thousand

# Nothing goes out, the folder is not packed up and sent to the nodes, and a document that takes all memory is not
# tried again for ever. Read when Ray is imported.
_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_task_oom_retries": str(RETRIES),
}


class Here(NamedTuple):
    """What must hold on a node too: the working folder, for paths may be relative, and the digest of the program."""

    folder: str
    program: str

    @classmethod
    def now(cls) -> Self:
        return cls(os.getcwd(), digest.program())  # noqa: PTH109 - a text, as it is sent


class Ray:
    """Ray for one run, from the first document on: `each` is what `local.run` takes as another engine.

    Without an address it is started on this machine with `jobs` CPUs; with one, `jobs` bounds how many tasks are under
    way at the same time. To leave it ends what is under way. Raises UsageError where Ray is not installed.
    """

    def __init__(self, address: str = "", jobs: int | None = None) -> None:
        if "://" in address:
            raise UsageError(
                f"--address {address}: the run folder is written from here, so this must be one of the cluster's "
                "nodes; give HOST:PORT there, or send the whole command with ray job submit"
            )
        # a folder of that name passes for a module, but has no file
        if not getattr(find_spec("ray"), "origin", None):
            raise UsageError(f"--engine ray needs an extra: {EXTRA}")
        # the cluster that a job was sent to, for one
        self.address = address or os.environ.get("RAY_ADDRESS") or LOCAL
        self.jobs = jobs
        self._under_way: dict[Any, range] = {}
        self._cpus, self._counted = 0, 0.0
        self._ends = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def each(self, tasks: Sequence[Task], output: Output, _: int) -> Iterator[Done]:
        """The documents in their order, each done. One that kills its worker again and again fails alone.

        Raises UsageError, before any is done, where Ray cannot be reached or a node cannot do its part.
        """
        here = [task for task in tasks if task.source.path == STDIN]
        away = [task for task in tasks if task.source.path != STDIN]
        if away:
            self._start()
            self._try(away, output)
        return chain(map(partial(work, output=output), here), self._spread(away, output))

    def _start(self) -> None:
        told: dict[str, Any] = {"address": self.address}
        for name, value in _SETTINGS.items():
            os.environ.setdefault(name, value)
        # Ray tells of nodes that were lost, in the place where the report of the run belongs
        self._ends.enter_context(contextlib.redirect_stdout(sys.stderr))
        # Ray lets its workers import what lies in the working folder: here that is where nothing is
        folder = self._ends.enter_context(tempfile.TemporaryDirectory(prefix="cleankit-", ignore_cleanup_errors=True))
        if self.address == LOCAL:
            # a token of its own, where Ray would write one into the user's home
            os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
            told |= {"num_cpus": self.jobs or 1, "num_gpus": 0, "object_store_memory": _STORE}
            told |= {"include_dashboard": False, "_node_ip_address": "127.0.0.1", "_temp_dir": folder}
        import ray

        self._ends.callback(self._stop)
        with _own_signals(), contextlib.chdir(folder):
            try:
                _knock(self.address)
                ray.init(log_to_driver=False, logging_level="ERROR", **told)
            except (ray.exceptions.RayError, RuntimeError, ValueError, OSError) as error:
                if self.address == LOCAL:
                    raise UsageError(f"Ray does not start here: {_gist(error)}; try --engine local") from error
                advice = "is one running there, and RAY_AUTH_TOKEN the one that it was started with?"
                raise UsageError(f"no Ray at {self.address}: {_gist(error)}; {advice}") from error

    def _stop(self) -> None:
        import ray

        # Tasks end with the job. To cancel one by one would be kinder, but Ray's own checks can fail in that and abort
        # this process, when one of them comes to its end at that moment
        ray.shutdown()

    def _try(self, tasks: Sequence[Task], output: Output) -> None:
        """Ask each node whether it sees the folders and has the same program. Raises UsageError where one does not."""
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = Here.now()
        probe = Path(output.out, corpus.UNFINISHED.replace("*", secrets.token_hex(8)))
        gone = (ray.exceptions.NodeDiedError, ray.exceptions.TaskUnschedulableError, ray.exceptions.WorkerCrashedError)
        nodes = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
        look = ray.remote(num_cpus=0, max_retries=RETRIES)(_problem)
        corpus.write_bytes(probe, b"")
        try:
            asked = [
                look.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)).remote(
                    here, (str(probe), *_samples(tasks))
                )
                for node in nodes
            ]
            for node, answer in zip(nodes, asked, strict=True):
                try:
                    problem = ray.get(answer)
                except gone:  # since it was counted; it is asked again with its first documents
                    continue
                except ray.exceptions.RayError as error:
                    problem = f"cannot do anything: {_gist(error)}; is the same cleankit installed there?"
                if problem:
                    raise UsageError(f"node {node['NodeManagerAddress']}: {problem}")
        finally:
            probe.unlink(missing_ok=True)

    def _spread(self, tasks: Sequence[Task], output: Output) -> Iterator[Done]:
        if not tasks:
            return
        import ray

        lost = (
            ray.exceptions.WorkerCrashedError,
            ray.exceptions.NodeDiedError,
            ray.exceptions.OutOfMemoryError,
            ray.exceptions.ObjectLostError,
        )
        do = ray.remote(num_cpus=1)(_work)
        chunk = max(1, min(CHUNK, len(tasks) // (self._most() * BUSY)))
        units = deque(_units(tasks, chunk))
        here = Here.now()
        done: dict[int, Done] = {}
        first = 0  # the one that is to come next
        while first < len(tasks):
            most = self._most()
            while units and len(self._under_way) < most and units[0].start <= first + AHEAD * most * chunk:
                unit = units.popleft()
                # a group that is lost twice is done one by one
                task = do.options(max_retries=RETRIES if len(unit) == 1 else 1)
                self._under_way[task.remote([tasks[n] for n in unit], output, here)] = unit
            ready, _ = ray.wait(list(self._under_way), num_returns=1)
            for task in ready:
                unit = self._under_way.pop(task)
                try:
                    became = ray.get(task)
                except lost:
                    if len(unit) == 1:
                        done[unit.start] = _killed(tasks[unit.start])
                    else:  # whichever it was, the others are not to blame
                        units.extendleft(range(n, n + 1) for n in reversed(unit))
                except ray.exceptions.RayError as error:
                    problem = f"Ray: {_gist(error)}; what is done stays, run the same command again"
                    raise CleankitError(problem) from error
                else:
                    if isinstance(became, str):
                        raise UsageError(became)
                    done.update(zip(unit, became, strict=True))
            while first in done:
                yield done.pop(first)
                first += 1

    def _most(self) -> int:
        """How many tasks may be under way."""
        if self.jobs and self.address != LOCAL:
            return self.jobs
        import ray

        if not self._cpus or time.monotonic() > self._counted + _FRESH:
            # a cluster that grows on demand may have none yet
            self._cpus, self._counted = int(ray.cluster_resources().get("CPU", 0)) or 1, time.monotonic()
        return BUSY * self._cpus


def _units(tasks: Sequence[Task], chunk: int) -> Iterator[range]:
    """What goes to a node together: a part of a file of records alone, pages in groups."""
    start = 0
    for n, task in enumerate(tasks):
        if task.part:
            if start < n:
                yield range(start, n)
            yield range(n, n + 1)
            start = n + 1
        elif n + 1 - start == chunk:
            yield range(start, n + 1)
            start = n + 1
    if start < len(tasks):
        yield range(start, len(tasks))


def _samples(tasks: Iterable[Task]) -> Iterator[str]:
    """A document of each of the first folders that they lie in, of those that are there."""
    folders = {os.path.dirname(task.source.path): task.source.path for task in tasks}  # noqa: PTH120
    return islice(filter(os.path.exists, folders.values()), SAMPLES)


def _killed(task: Task) -> Done:
    problem = (
        f"could not be done: it killed its process, or lost its node, {RETRIES + 1} times, for lack of memory perhaps; "
        "split it"
    )
    return Done(report.failure(), Failure(task.source.name, problem))


def _gist(error: Exception) -> str:
    # of an error in a task the first line tells where, and the last what
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if "Traceback" in str(error) or "ray::" in str(error) else lines[0]) if lines else repr(error)


def _knock(address: str) -> None:
    """Raise OSError where nobody listens: Ray would try for a quarter of an hour."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()


@contextlib.contextmanager
def _own_signals() -> Iterator[None]:
    """Keep the way in which this program ends: Ray puts one of its own in its place."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, kept)


# What follows runs on the nodes


def _work(tasks: Sequence[Task], output: Output, here: Here) -> list[Done] | str:
    """Do these documents; or say why none can be done on this node, which may have come after the others were asked."""
    if problem := _settled(here, output.out):
        import ray

        return f"node {ray.util.get_node_ip_address()}: {problem}"
    return [work(task, output) for task in tasks]


@cache
def _settled(here: Here, out: str) -> str:
    return _problem(here, (out,))


def _problem(here: Here, paths: Sequence[str]) -> str:
    """Go into the folder that paths are told from. What keeps this process from doing its part, or nothing."""
    with contextlib.suppress(OSError):  # where all paths are absolute, it need not be there
        os.chdir(here.folder)
    if digest.program() != here.program:
        return f"its cleankit ({VERSION}) is another one; install the same on all nodes"
    for path in paths:
        if not os.path.lexists(path):
            return (
                f"{path} is not there; documents, configurations and the run folder must lie on a file system that all "
                f"nodes share, by the same path (looked for from {os.getcwd()})"  # noqa: PTH109
            )
    return ""
