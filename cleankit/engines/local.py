"""Runs the documents of a run on this machine, in this process or in several; the result is the same."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any

from cleankit import corpus, report
from cleankit.corpus import STDIN, Source
from cleankit.engines.job import BRIEFINGS, LEDGER, RUN, TEXT, Done, Failure, Settings, json_bytes, pipeline, told, work
from cleankit.errors import UsageError, WriteError
from cleankit.report import Report
from cleankit.version import VERSION

# Documents handed to a process at a time: they take milliseconds each, and the way there and back costs one.
CHUNK = 16


def run(
    paths: Sequence[str],
    settings: Settings,
    jobs: int = 1,
    progress: Callable[[Iterable[Done], int], Iterable[Done]] | None = None,
) -> tuple[Report, tuple[Failure, ...]]:
    """Clean all documents that `paths` name into the run folder. What could not be done comes back in a list.

    Raises UsageError before anything is written where the folders do not fit together, WriteError where the run
    folder cannot be made. `progress` passes the documents through as they come.
    """
    found, missing = corpus.find(paths)
    sources, doubles = corpus.distinct(found)
    errors = (*missing, *doubles)
    out = Path(settings.out)
    _check_folders(paths, sources, out)
    pipeline(settings.profile, settings.apply)  # a bad rule ends the run here, not in each document
    try:
        out.mkdir(parents=True, exist_ok=True)
        # where a run's account is, the run went to its end
        (out / RUN).unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(out, f"cannot be written: {error.strerror}; choose another folder with -o") from error
    failures = [told(error.path, error) for error in errors]
    total = report.total(report.failure() for _ in errors)
    done = each(sources, settings, jobs)
    for part, failure in progress(done, len(sources)) if progress else done:
        total += part
        if failure:
            failures.append(failure)
    failures.sort()
    try:
        corpus.write_bytes(out / RUN, json_bytes(_account(paths, total, failures, settings)))
    except WriteError as error:
        failures.append(told(error.path, error))
    return total, tuple(failures)


def each(sources: Sequence[Source], settings: Settings, jobs: int) -> Iterator[Done]:
    """The documents in their order, each done. One that kills its worker fails alone."""
    do = partial(work, settings=settings)
    # standard input is this process's own
    here, away = [source for source in sources if source.path == STDIN], [s for s in sources if s.path != STDIN]
    if jobs <= 1 or len(away) <= 1:
        yield from map(do, sources)
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
            yield from _one_by_one(do, away[count:under_way])
            away = away[under_way:]


def _one_by_one(do: Callable[[Source], Done], sources: list[Source]) -> Iterator[Done]:
    while sources:
        count = 0
        try:
            for done in _pooled(do, sources, 1, 1):
                yield done
                count += 1
            return
        except BrokenProcessPool:
            problem = "could not be done: it killed its process, for lack of memory perhaps; split it"
            yield Done(report.failure(), Failure(sources[count].path, problem))
            sources = sources[count + 1 :]


def _pooled(do: Callable[[Source], Done], sources: list[Source], jobs: int, chunk: int) -> Iterator[Done]:
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(jobs, len(sources)), initializer=_end_with_parent) as pool:
        yield from pool.map(do, sources, chunksize=chunk)


def _end_with_parent() -> None:
    """In a worker: do not outlive a run that was killed. Without this, workers would wait for work for ever."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _check_folders(paths: Sequence[str], sources: Sequence[Source], out: Path) -> None:
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
        if source.path != STDIN and any(place.is_relative_to(real / name) for name in (TEXT, BRIEFINGS, LEDGER)):
            raise UsageError(
                f"{source.path}: would be written over by this run into {out}; choose another folder with -o"
            )


def _real(path: str | Path) -> Path:
    # not Path.resolve, which raises for a link that leads to itself
    return Path(os.path.realpath(path))


def _account(paths: Sequence[str], total: Report, failures: Sequence[Failure], settings: Settings) -> dict[str, Any]:
    """What stands in run.json; nothing in it depends on the time, the machine or the number of workers."""
    return {
        "v": 1,
        "cleankit": VERSION,
        "inputs": sorted(set(paths)),
        "settings": {
            "apply": str(settings.apply),
            "profile": settings.profile,
            "encoding": settings.encoding,
            "briefings": settings.briefings,
        },
        **total.to_dict(),
        "failures": [{"path": failure.path, "problem": failure.problem} for failure in failures],
    }
