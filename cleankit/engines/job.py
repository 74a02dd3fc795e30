"""One document of a run from its bytes to its files, with whatever goes wrong told instead of raised."""

from __future__ import annotations

import contextlib
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cleankit import corpus
from cleankit.corpus.columns import MOST, Columns
from cleankit.edits import apply
from cleankit.engines.places import places_of, records_of
from cleankit.engines.plan import Task
from cleankit.errors import CleankitError
from cleankit.model import Finding

if TYPE_CHECKING:
    from cleankit.engines.marks import Mark
    from cleankit.pipeline import Outcome
    from cleankit.report import Report


# characters; finding what two texts share takes the square of their lines
LONGEST_DIFF = 2_000_000


class Failure(NamedTuple):
    """What could not be done: the file, and the problem with what to try."""

    path: str
    problem: str


class Aside(NamedTuple):
    """A document that was not cleaned but put into the quarantine: the file, and the rule with what it has to say."""

    path: str
    rule: str
    reason: str
    document: str = ""  # its name in the run


class Output(NamedTuple):
    """The run folder, whether briefings are wanted in it, and whether its ledgers keep hashes for the old texts.

    Of files of records the names of their columns, and how many bytes a record may have.
    """

    out: str
    briefings: bool = True
    hashes: bool = False
    columns: Columns = Columns()
    most: int = MOST


class State(StrEnum):
    """Whether a document was done already, and if so, why it was done again."""

    NEW = "new"
    KEPT = "kept"
    INPUT = "its input is another"
    SETTINGS = "rules or settings are others"
    OUTPUT = "its output was changed or is gone"


class Done(NamedTuple):
    """What became of one document, or of a part of a file of records."""

    report: Report
    failure: Failure | None = None
    aside: Aside | None = None
    mark: Mark | None = None  # none of what could not be done
    state: State = State.NEW


def work(task: Task, output: Output) -> Done:
    """Clean one document and write its files. Never raises: a bad page does not end a run."""
    from cleankit import report

    begun = False
    try:
        before = _kept(task, output) if task.before else State.NEW
        if isinstance(before, Done):
            return before
        begun = True
        return _work(task, output)._replace(state=before)
    except Exception as error:  # even a fault of ours in one page is no reason to leave the others undone
        _discard(task, output)
        return Done(report.failure(), told(task.source.name, error))
    except BaseException:  # stopped in the middle
        if begun:  # what was only looked at is still whole
            _discard(task, output)
        raise


def told(path: str, error: Exception) -> Failure:
    """An exception as a failure that a person can act on."""
    if isinstance(error, MemoryError):
        return Failure(path, "is too large for the memory; split it")
    if not isinstance(error, CleankitError):
        return Failure(path, f"internal error: {error!r}; please report it with the file")
    return Failure(path, str(error).removeprefix(f"{path}: "))


def aside(path: str, outcome: Outcome) -> Aside | None:
    """Why a document is not to be cleaned, if it is not."""
    if (found := outcome.aside) is None:
        return None
    proof = ", ".join(f"{name} {value}" for name, value in found.evidence)
    reason = f"{found.message.rstrip('.')} ({proof})" if proof else found.message
    return Aside(path, found.rule, reason, outcome.source.id)


def _kept(task: Task, output: Output) -> Done | State:
    """What the run has of a document already, if that is what would be made of it now; else why it is not."""
    if task.part:
        from cleankit.engines import shards

        return shards.kept(task, output)
    from cleankit.engines import resuming

    return resuming.kept(task, output)


def _work(task: Task, output: Output) -> Done:
    if task.part:
        from cleankit.engines import shards

        return shards.run_shard(task, output)
    from cleankit import ledger, report
    from cleankit.engines.marks import Mark

    document = corpus.read(task.source, task.settings.encoding)
    outcome = task.pipeline().run(document)
    journal = ledger.of(outcome, task.settings.choice.apply)
    lines = ledger.write(journal, task.source.id, hashes=output.hashes)
    places = places_of(Path(output.out), task.source.id)
    if why := aside(task.source.name, outcome):
        _discard(task, output)
        files = {
            places.aside: outcome.source.text.encode(),
            places.difference: difference(outcome, places.aside.name).encode(),
            places.waiting: lines,
        }
        findings: tuple[Finding, ...] = ()
    else:
        for path in (places.aside, places.difference, places.waiting):
            path.unlink(missing_ok=True)
        files = {places.text: outcome.result.text.encode()}
        values, findings = briefing(outcome) if output.briefings else ({}, ())
        if output.briefings:
            files[places.briefing] = json_bytes(values)
        # the ledger last: where it is, the others are
        files[places.ledger] = lines
    for path, data in files.items():
        # not waiting for the disk: the source is still there, and three waits take longer than the work
        corpus.write_bytes(path, data, durable=False)
    return Done(report.of(outcome, findings), aside=why, mark=Mark(task.source.id, task.recipe))


def difference(outcome: Outcome, name: str) -> str:
    """What would have been done to a page that was put aside, as a diff."""
    from cleankit.render import diff

    if len(outcome.source.text) > LONGEST_DIFF:
        return f"{name}: too long for a diff\n"
    refused = outcome.source.text
    for layer in outcome.refused:
        refused = apply(refused, layer.edits)
    return "".join(f"{line}\n" for line in diff.unified(outcome.source.text, refused, name, name))


def _discard(task: Task, output: Output) -> None:
    """A document that failed leaves nothing: half of its files, or those of an earlier run, would pass for a result."""
    places = records_of if task.part else places_of
    with contextlib.suppress(OSError, ValueError, CleankitError):
        for path in places(Path(output.out), task.source.id):
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
