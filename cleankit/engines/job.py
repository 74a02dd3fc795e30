"""One document of a run from its bytes to its files, with whatever goes wrong told instead of raised."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleankit import corpus
from cleankit.corpus import Source
from cleankit.engines.plan import Task
from cleankit.errors import CleankitError
from cleankit.model import Finding
from cleankit.pipeline import Outcome

if TYPE_CHECKING:
    from cleankit.report import Report

TEXT, BRIEFINGS, LEDGER, RUN = "text", "briefings", "ledger", "run.json"


class Failure(NamedTuple):
    """What could not be done: the file, and the problem with what to try."""

    path: str
    problem: str


class Output(NamedTuple):
    """The run folder, and whether briefings are wanted in it."""

    out: str
    briefings: bool = True


class Done(NamedTuple):
    """What became of one document."""

    report: Report
    failure: Failure | None = None


def work(task: Task, output: Output) -> Done:
    """Clean one document and write its files. Never raises: a bad page does not end a run."""
    from cleankit import report

    try:
        return Done(_work(task, output))
    except Exception as error:  # even a fault of ours in one page is no reason to leave the others undone
        _discard(task.source, output)
        return Done(report.failure(), told(task.source.name, error))
    except BaseException:  # stopped in the middle
        _discard(task.source, output)
        raise


def told(path: str, error: Exception) -> Failure:
    """An exception as a failure that a person can act on."""
    if isinstance(error, MemoryError):
        return Failure(path, "is too large for the memory; split it")
    if not isinstance(error, CleankitError):
        return Failure(path, f"internal error: {error!r}; please report it with the file")
    problem = str(error)
    where = getattr(error, "path", "")
    if where == path and problem.startswith(f"{path}: "):
        problem = problem[len(path) + 2 :]
    return Failure(path, problem)


def _work(task: Task, output: Output) -> Report:
    from cleankit import ledger, report

    document = corpus.read(task.source, task.settings.encoding)
    outcome = task.pipeline().run(document)
    text, journal, parsed = _places(task.source, output)
    files = {text: outcome.result.text.encode()}
    findings: tuple[Finding, ...] = ()
    if output.briefings:
        files[parsed], findings = briefing(outcome)
    # the ledger last: where it is, the others are
    files[journal] = ledger.write(ledger.of(outcome))
    for path, data in files.items():
        # not waiting for the disk: the source is still there, and three waits take longer than the work
        corpus.write_bytes(path, data, durable=False)
    return report.of(outcome, findings)


def _places(source: Source, output: Output) -> tuple[Path, Path, Path]:
    out = Path(output.out)
    return (
        corpus.place(out / TEXT, source.id, ".txt"),
        corpus.place(out / LEDGER, source.id, ".jsonl"),
        corpus.place(out / BRIEFINGS, source.id, ".json"),
    )


def _discard(source: Source, output: Output) -> None:
    """A document that failed leaves nothing: half of its files, or those of an earlier run, would pass for a result."""
    with contextlib.suppress(OSError, ValueError, CleankitError):
        for path in _places(source, output):
            path.unlink(missing_ok=True)


def briefing(outcome: Outcome) -> tuple[bytes, tuple[Finding, ...]]:
    """The briefing of a cleaned document as JSON in UTF-8, and what the schema has to say of it."""
    from cleankit.briefing import parse, validate

    data = parse.parse(outcome).to_dict()
    return json_bytes(data), tuple(validate.validate(data))


def json_bytes(data: object) -> bytes:
    """JSON for files: UTF-8, indented, a line end at the end."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return text.encode(errors="backslashreplace")  # JSON's own escape for a lone surrogate
