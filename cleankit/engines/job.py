"""One document of a run from its bytes to its files, with whatever goes wrong told instead of raised."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cleankit import corpus
from cleankit.corpus import Source
from cleankit.engines.plan import Task
from cleankit.errors import CleankitError
from cleankit.model import Finding
from cleankit.pipeline import Outcome

if TYPE_CHECKING:
    from cleankit.report import Report

# characters; finding what two texts share takes the square of their lines
LONGEST_DIFF = 2_000_000
TEXT, BRIEFINGS, LEDGER, QUARANTINE, RUN = "text", "briefings", "ledger", "quarantine", "run.json"
JOINED = "joined"  # briefings of several pages, made from those by `link`


class Failure(NamedTuple):
    """What could not be done: the file, and the problem with what to try."""

    path: str
    problem: str


class Aside(NamedTuple):
    """A document that was not cleaned but put into the quarantine: the file, and the rule with what it has to say."""

    path: str
    rule: str
    reason: str


class Output(NamedTuple):
    """The run folder, and whether briefings are wanted in it."""

    out: str
    briefings: bool = True


class Done(NamedTuple):
    """What became of one document."""

    report: Report
    failure: Failure | None = None
    aside: Aside | None = None


def work(task: Task, output: Output) -> Done:
    """Clean one document and write its files. Never raises: a bad page does not end a run."""
    from cleankit import report

    try:
        return _work(task, output)
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


def aside(path: str, outcome: Outcome) -> Aside | None:
    """Why a document is not to be cleaned, if it is not."""
    if (found := outcome.aside) is None:
        return None
    proof = ", ".join(f"{name} {value}" for name, value in found.evidence)
    return Aside(path, found.rule, f"{found.message.rstrip('.')} ({proof})" if proof else found.message)


def _work(task: Task, output: Output) -> Done:
    from cleankit import ledger, report

    document = corpus.read(task.source, task.settings.encoding)
    outcome = task.pipeline().run(document)
    text, journal, parsed, away, refused = _places(task.source, output)
    if why := aside(task.source.name, outcome):
        _discard(task.source, output)
        corpus.write_bytes(away, outcome.source.text.encode(), durable=False)
        corpus.write_bytes(refused, _difference(outcome, away.name).encode(), durable=False)
        return Done(report.of(outcome), aside=why)
    away.unlink(missing_ok=True)
    refused.unlink(missing_ok=True)
    files = {text: outcome.result.text.encode()}
    findings: tuple[Finding, ...] = ()
    if output.briefings:
        values, findings = briefing(outcome)
        files[parsed] = json_bytes(values)
    # the ledger last: where it is, the others are
    files[journal] = ledger.write(ledger.of(outcome))
    for path, data in files.items():
        # not waiting for the disk: the source is still there, and three waits take longer than the work
        corpus.write_bytes(path, data, durable=False)
    return Done(report.of(outcome, findings))


def _difference(outcome: Outcome, name: str) -> str:
    """What would have been done to a page that was put aside, as a diff."""
    from cleankit.render import diff

    if len(outcome.source.text) > LONGEST_DIFF:
        return f"{name}: too long for a diff\n"
    return "".join(f"{line}\n" for line in diff.unified(outcome.source.text, outcome.refused, name, name))


def _places(source: Source, output: Output) -> tuple[Path, ...]:
    out = Path(output.out)
    return (
        corpus.place(out / TEXT, source.id, ".txt"),
        corpus.place(out / LEDGER, source.id, ".jsonl"),
        corpus.place(out / BRIEFINGS, source.id, ".json"),
        corpus.place(out / QUARANTINE, source.id, ".txt"),
        corpus.place(out / QUARANTINE, source.id, ".diff"),
    )


def _discard(source: Source, output: Output) -> None:
    """A document that failed leaves nothing: half of its files, or those of an earlier run, would pass for a result."""
    with contextlib.suppress(OSError, ValueError, CleankitError):
        for path in _places(source, output):
            path.unlink(missing_ok=True)


def briefing(outcome: Outcome, *more: Outcome) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The briefing of a cleaned document, or of the pages of one, as JSON values, and what its schema has to say."""
    from cleankit.briefing import join, parse, validate

    data = (join.in_order((outcome, *more)) if more else parse.parse(outcome)).to_dict()
    return data, tuple(validate.validate(data))


def json_bytes(data: object) -> bytes:
    """JSON for files: UTF-8, indented, a line end at the end."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return text.encode(errors="backslashreplace")  # JSON's own escape for a lone surrogate
