"""Runs the documents of a run on this machine, in this process or in several; the result is the same."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from cleankit import corpus, report
from cleankit.corpus import STDIN, Source
from cleankit.engines import decisions, digest, marks
from cleankit.engines.job import Aside, Done, Failure, Output, State, json_bytes, told, work
from cleankit.engines.lock import held
from cleankit.engines.marks import Journal, Mark
from cleankit.engines.places import ACCOUNT, OWN, RUN, TIMING
from cleankit.engines.plan import Plan, Task
from cleankit.engines.timing import Timing, Watch
from cleankit.engines.workers import pooled
from cleankit.errors import ReadError, UsageError, WriteError
from cleankit.report import Report
from cleankit.version import VERSION

# Documents handed to a process at a time: they take milliseconds each, and the way there and back costs one.
CHUNK = 16

T = TypeVar("T")
# Does tasks in their order, with so many processes
Each = Callable[[Sequence[Task], Output, int], Iterator[Done]]


class Ran(NamedTuple):
    """What a run came to. `before` counts the documents that were done already, and `again` names others by why they
    were done again. `timing` is none where it did not come to its end."""

    total: Report
    failures: tuple[Failure, ...]
    asides: tuple[Aside, ...]
    before: int = 0
    again: Mapping[State, tuple[str, ...]] = MappingProxyType({})
    timing: Timing | None = None


class Way(NamedTuple):
    """How a run is gone about; what comes out does not depend on it.

    `force` does again what is done. A run ends when more than `max_errors` documents could not be done. `progress`
    passes the documents through as they come, one for each of the tasks that are given with them; when it is asked for
    the next, the last is written down.
    """

    jobs: int = 1
    force: bool = False
    max_errors: int | None = None
    progress: Callable[[Iterator[Done], Sequence[Task]], Iterator[Done]] | None = None
    each: Each | None = None  # another engine


def run(paths: Sequence[str], todo: Plan, output: Output, way: Way | None = None) -> Ran:
    """Clean all documents of the plan for `paths` into the run folder, but for those that are done already.

    Raises UsageError before anything is written where the folders do not fit together, WriteError where the run
    folder cannot be made, or is taken away.
    """
    way, watch = way or Way(), Watch()
    sources, doubles = corpus.distinct(task.source for task in todo.tasks)
    kept = {source.path for source in sources}
    tasks = [task for task in todo.tasks if task.source.path in kept]
    # done by this process itself, before the others begin
    tasks.sort(key=lambda task: task.source.path != STDIN)
    errors = (*todo.missing, *doubles)
    out = Path(output.out)
    check_folders(paths, sources, out)
    made = decisions.read(out)
    tasks = [task._replace(decided=decisions.decided(made, task.source.id)) for task in tasks] if made else tasks
    try:
        out.mkdir(parents=True, exist_ok=True)
        with held(out):
            marked = {} if way.force else marks.read(out)
            tasks = [_prepared(task, output, marked) for task in tasks]
            # an engine that cannot begin says so while all is as it was
            done = (way.each or each)(tasks, output, way.jobs)
            _begin(out)
            return _run(paths, tasks, output, way, done, errors, marked, watch)
    except OSError as error:
        raise WriteError(out, f"cannot be written: {error.strerror}; choose another folder with -o") from error


def _prepared(task: Task, output: Output, marked: Mapping[str, Mark]) -> Task:
    said = digest.of((digest.digest(task), *map(repr, output[1:])))
    return task._replace(recipe=said, before=None if task.source.path == STDIN else marked.get(task.source.id))


def _begin(out: Path) -> None:
    """Make the folder one of a run that has not come to its end: where a run's account is, it has."""
    for account in (RUN, TIMING):
        (out / account).unlink(missing_ok=True)
    _tidy(out)


def _tidy(out: Path) -> None:
    """Take away what a run, or one of its workers, had in hand when it was killed."""
    for path in out.rglob(corpus.UNFINISHED):
        path.unlink(missing_ok=True)


@contextmanager
def _tidied(out: Path) -> Iterator[None]:
    """Tidy up whatever comes: a worker that is stopped between two lines may leave a file in hand."""
    try:
        yield
    finally:
        with suppress(OSError):
            _tidy(out)


def _run(
    paths: Sequence[str],
    tasks: Sequence[Task],
    output: Output,
    way: Way,
    done: Iterator[Done],
    errors: Sequence[ReadError],
    marked: Mapping[str, Mark],
    watch: Watch,
) -> Ran:
    out = Path(output.out)
    failures = [told(error.path, error) for error in errors]
    total = report.total(report.failure() for _ in errors)
    shown = way.progress(done, tasks) if way.progress else done
    asides: list[Aside] = []
    made = dict(marked)
    before, kept, again = 0, 0, defaultdict[State, list[str]](list)
    # whatever ends this: first the workers, then what is shown of them, then what they had in hand
    with _tidied(out), _left(shown), _left(done), closing(Journal(out)) as journal:
        journal.add(())  # a folder that is taken away from now on is noticed
        for one, task in zip(shown, tasks, strict=True):
            total += one.report
            failures += [one.failure] if one.failure else []
            asides += [one.aside] if one.aside else []
            if one.mark and one.state is not State.KEPT:
                journal.add([one.mark], durable=task.part is not None)
                made[one.mark.name] = one.mark
            if one.state is State.KEPT:
                before, kept = before + 1, kept + one.report.docs
            if one.state not in (State.NEW, State.KEPT):
                again[one.state].append(task.source.id)
            if way.max_errors is not None and total.failed > way.max_errors:
                problem = (
                    f"stopped: {total.failed:,} documents could not be done, {total.docs - total.failed:,} are; "
                    "see to them, and the same command goes on from there"
                )
                return Ran(total, (*sorted(failures), Failure(output.out, problem)), tuple(sorted(asides)), before)
        journal.add(())  # what could not be done, for the folder was gone, is no result
    failures.sort()
    asides.sort()
    timing = watch.read(total.docs, kept, None if way.each else processes(tasks, way.jobs))
    try:
        marks.settle(out, made)
        corpus.write_bytes(out / TIMING, json_bytes(timing.to_dict()))
        corpus.write_bytes(out / RUN, json_bytes(_account(paths, total, failures, asides, tasks, output)))
    except WriteError as error:
        failures.append(told(error.path, error))
    done_again = {why: tuple(names) for why, names in again.items()}
    return Ran(total, tuple(failures), tuple(asides), before, done_again, timing)


@contextmanager
def _left(done: Iterator[Done]) -> Iterator[None]:
    """End a stream that may not have come to its end, now and not when somebody finds that nobody wants it."""
    try:
        yield
    finally:
        if close := getattr(done, "close", None):
            close()


def each(tasks: Sequence[Task], output: Output, jobs: int) -> Iterator[Done]:
    """The documents in their order, each done. One that kills its worker fails alone."""
    if processes(tasks, jobs) > 1:
        _load(tasks)
    yield from spread(partial(work, output=output), tasks, jobs, _killed)


def _load(tasks: Sequence[Task]) -> None:
    """Read what workers need before they are forked: they share its memory, and it is read, or worked out, once."""
    import multiprocessing

    if multiprocessing.get_start_method() == "fork":
        from cleankit import recipe

        for choice in dict.fromkeys(task.settings.choice for task in tasks):
            recipe.load(choice)


def _killed(failure: Failure) -> Done:
    return Done(report.failure(), failure)


def processes(tasks: Sequence[Task], jobs: int) -> int:
    """How many processes tasks are spread over."""
    return max(1, min(jobs, sum(task.source.path != STDIN for task in tasks)))


def spread(do: Callable[[Task], T], tasks: Sequence[Task], jobs: int, lost: Callable[[Failure], T]) -> Iterator[T]:
    """What `do` makes of each task, in their order; `lost` makes it of one that killed its worker."""
    # standard input is this process's own
    here, away = [t for t in tasks if t.source.path == STDIN], [t for t in tasks if t.source.path != STDIN]
    if processes(tasks, jobs) == 1:
        yield from map(do, tasks)
        return
    yield from map(do, here)
    chunk = 1 if any(task.part for task in away) else max(1, min(CHUNK, len(away) // (jobs * 4)))
    while away:
        count = 0
        try:
            for done in pooled(do, away, jobs, chunk):
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
            for done in pooled(do, tasks, 1, 1):
                yield done
                count += 1
            return
        except BrokenProcessPool:
            problem = "could not be done: it killed its process, for lack of memory perhaps; split it"
            yield lost(Failure(tasks[count].source.name, problem))
            tasks = tasks[count + 1 :]


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
        "recipe": digest.of(sorted({task.recipe for task in tasks})),
        "inputs": sorted(set(paths)),
        "settings": {
            "briefings": output.briefings,
            "ledger": "hashes" if output.hashes else "full",
            **({"columns": output.columns._asdict()} if any(task.part for task in tasks) else {}),
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
