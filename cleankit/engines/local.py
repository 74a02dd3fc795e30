"""Runs the documents of a run on this machine, in this process or in several; the result is the same."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from cleankit import corpus, report
from cleankit.corpus import STDIN, Source
from cleankit.engines import decisions
from cleankit.engines.job import Aside, Done, Failure, Output, json_bytes, told, work
from cleankit.engines.lock import held
from cleankit.engines.places import ACCOUNT, OWN, RUN
from cleankit.engines.plan import Plan, Task
from cleankit.errors import ReadError, UsageError, WriteError
from cleankit.report import Report
from cleankit.version import VERSION

# Documents handed to a process at a time: they take milliseconds each, and the way there and back costs one.
CHUNK = 16

T = TypeVar("T")


def run(
    paths: Sequence[str],
    todo: Plan,
    output: Output,
    jobs: int = 1,
    progress: Callable[[Iterable[Done], int], Iterable[Done]] | None = None,
) -> tuple[Report, tuple[Failure, ...], tuple[Aside, ...]]:
    """Clean all documents of the plan for `paths` into the run folder. What could not be done and what was put into the
    quarantine come back in lists.

    Raises UsageError before anything is written where the folders do not fit together, WriteError where the run
    folder cannot be made. `progress` passes the documents through as they come.
    """
    sources, doubles = corpus.distinct(task.source for task in todo.tasks)
    kept = {source.path for source in sources}
    tasks = [task for task in todo.tasks if task.source.path in kept]
    errors = (*todo.missing, *doubles)
    out = Path(output.out)
    check_folders(paths, sources, out)
    made = decisions.read(out)
    tasks = [task._replace(decided=decisions.decided(made, task.source.id)) for task in tasks] if made else tasks
    try:
        out.mkdir(parents=True, exist_ok=True)
        with held(out):
            # where a run's account is, the run went to its end
            (out / RUN).unlink(missing_ok=True)
            return _run(paths, tasks, output, jobs, progress, errors)
    except OSError as error:
        raise WriteError(out, f"cannot be written: {error.strerror}; choose another folder with -o") from error


def _run(
    paths: Sequence[str],
    tasks: Sequence[Task],
    output: Output,
    jobs: int,
    progress: Callable[[Iterable[Done], int], Iterable[Done]] | None,
    errors: Sequence[ReadError],
) -> tuple[Report, tuple[Failure, ...], tuple[Aside, ...]]:
    failures = [told(error.path, error) for error in errors]
    total = report.total(report.failure() for _ in errors)
    done = each(tasks, output, jobs)
    asides: list[Aside] = []
    for part, failure, aside in progress(done, len(tasks)) if progress else done:
        total += part
        failures += [failure] if failure else []
        asides += [aside] if aside else []
    failures.sort()
    asides.sort()
    try:
        corpus.write_bytes(Path(output.out) / RUN, json_bytes(_account(paths, total, failures, asides, tasks, output)))
    except WriteError as error:
        failures.append(told(error.path, error))
    return total, tuple(failures), tuple(asides)


def each(tasks: Sequence[Task], output: Output, jobs: int) -> Iterator[Done]:
    """The documents in their order, each done. One that kills its worker fails alone."""
    yield from spread(partial(work, output=output), tasks, jobs, _killed)


def _killed(failure: Failure) -> Done:
    return Done(report.failure(), failure)


def spread(do: Callable[[Task], T], tasks: Sequence[Task], jobs: int, lost: Callable[[Failure], T]) -> Iterator[T]:
    """What `do` makes of each task, in their order; `lost` makes it of one that killed its worker."""
    # standard input is this process's own
    here, away = [t for t in tasks if t.source.path == STDIN], [t for t in tasks if t.source.path != STDIN]
    if jobs <= 1 or len(away) <= 1:
        yield from map(do, tasks)
        return
    yield from map(do, here)
    chunk = max(1, min(CHUNK, len(away) // (jobs * 4)))
    while away:
        count = 0
        try:
            for done in _pooled(do, away, jobs, chunk):
                yield done
                count += 1
            return
        except BrokenProcessPool:
            # whoever it was is among those that were under way: each worker's chunk, and one more that waits for each
            under_way = count + 2 * (jobs + 1) * chunk
            yield from _one_by_one(do, away[count:under_way], lost)
            away = away[under_way:]


def _one_by_one(do: Callable[[Task], T], tasks: list[Task], lost: Callable[[Failure], T]) -> Iterator[T]:
    while tasks:
        count = 0
        try:
            for done in _pooled(do, tasks, 1, 1):
                yield done
                count += 1
            return
        except BrokenProcessPool:
            problem = "could not be done: it killed its process, for lack of memory perhaps; split it"
            yield lost(Failure(tasks[count].source.name, problem))
            tasks = tasks[count + 1 :]


def _pooled(do: Callable[[Task], T], tasks: list[Task], jobs: int, chunk: int) -> Iterator[T]:
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(jobs, len(tasks)), initializer=_end_with_parent) as pool:
        yield from pool.map(do, tasks, chunksize=chunk)


def _end_with_parent() -> None:
    """In a worker: do not outlive a run that was killed. Without this, workers would wait for work for ever."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def check_folders(paths: Sequence[str], sources: Sequence[Source], out: Path) -> None:
    """Refuse a run folder that is a file, or that the documents lie in or would be lost in. Raises UsageError."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file; give a folder with -o")
    real = _real(out)
    for path in paths:
        folder = Path(path)
        if path == STDIN or not folder.is_dir():
            continue
        inside = _real(folder)
        if real == inside:
            raise UsageError(f"{path}: is the output folder too; choose another folder with -o")
        if real.is_relative_to(inside):
            raise UsageError(f"{out}: lies inside the input folder {path}; choose a folder outside it with -o")
    for source in sources:
        place = _real(source.path)
        if source.path != STDIN and any(place.is_relative_to(real / name) for name in OWN):
            raise UsageError(
                f"{source.path}: would be written over by this run into {out}; choose another folder with -o"
            )


def _real(path: str | Path) -> Path:
    # not Path.resolve, which raises for a link that leads to itself
    return Path(os.path.realpath(path))


def _account(
    paths: Sequence[str],
    total: Report,
    failures: Sequence[Failure],
    asides: Sequence[Aside],
    tasks: Sequence[Task],
    output: Output,
) -> dict[str, Any]:
    """What stands in run.json; nothing in it depends on the time, the machine or the number of workers."""
    return {
        "v": ACCOUNT,
        "cleankit": VERSION,
        "inputs": sorted(set(paths)),
        "settings": {
            "briefings": output.briefings,
            "ledger": "hashes" if output.hashes else "full",
            "choices": _choices(tasks),
        },
        **total.to_dict(),
        "amended": 0,
        "earlier": earlier(Path(output.out), tasks),
        "failures": [failure._asdict() for failure in failures],
        "quarantine": [aside._asdict() for aside in asides],
    }


def earlier(out: Path, tasks: Sequence[Task]) -> list[str]:
    """The documents in a run folder that are none of these: of another run that went into it before."""
    from cleankit.engines.folder import Run

    try:
        run = Run(out)
    except UsageError:
        return []
    ours = {task.source.id for task in tasks}
    return sorted({*run.names(), *run.waiting()} - ours)


def _choices(tasks: Iterable[Task]) -> list[dict[str, Any]]:
    """The settings that documents were done with, those of most documents first."""
    counts = Counter((task.settings.choice, task.settings.encoding) for task in tasks)
    told = [
        {"documents": n, "encoding": encoding, **asdict(choice), "budgets": dict(choice.budgets)}
        for (choice, encoding), n in counts.items()
    ]
    return sorted(told, key=lambda one: (-one["documents"], str(one)))
