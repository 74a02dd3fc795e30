"""A part of a file of records from its rows to its files: the same bytes on every engine, whoever does it.

Nothing stands under its final name before all of it is there, and the mark, which says that the part is done, is made
of what stands there.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleankit import corpus, ledger, report
from cleankit.corpus import records
from cleankit.corpus.records import Bad, Part, Record, Writer, packed
from cleankit.engines import job
from cleankit.engines.job import Aside, Done, Failure, Output, State
from cleankit.engines.marks import Mark
from cleankit.engines.places import RecordPlaces, records_of
from cleankit.engines.plan import Task
from cleankit.model import Document
from cleankit.pipeline import Pipeline
from cleankit.report import Report

_BLOCK = 1 << 20
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def run_shard(task: Task, output: Output) -> Done:
    """Clean the records of a part and write its files. Raises ReadError for a file that is damaged, WriteError.

    A record that cannot be done, or that waits, is left out of the clean rows and told among the reasons.
    """
    part = task.part
    assert part is not None
    source = source_of(part)
    shard = _Shard(part, output, task)
    with shard.files:
        total = report.total(shard.each())
    for path in shard.places:
        if path not in shard.written:
            path.unlink(missing_ok=True)
    files = tuple((path.relative_to(output.out).as_posix(), _sha256(path)) for path in shard.written)
    lost = total.failed
    aside = shard.asides.most_common(1)[0][0] if shard.asides else ""
    return done_of(Mark(part.name, task.recipe, source, files, total, lost, aside), output)


def kept(task: Task, output: Output) -> Done | State:
    """What came of a part in an earlier run, if it was done by the same recipe and its files are there; or why not."""
    mark, part = task.before, task.part
    assert mark is not None
    assert part is not None
    if mark.recipe != task.recipe or mark.counts is None:
        return State.SETTINGS
    if source_of(part) != mark.source:
        return State.INPUT
    for name, digest in mark.files:
        path = Path(output.out, name)
        if not path.is_file() or _sha256(path) != digest:
            return State.OUTPUT
    return done_of(mark, output)._replace(state=State.KEPT)


def done_of(mark: Mark, output: Output) -> Done:
    """What a mark says of its part."""
    assert mark.counts is not None
    reasons = records_of(Path(output.out), mark.name).reasons.relative_to(output.out).as_posix()
    failure = aside = None
    if mark.lost:
        problem = f"{mark.lost:,} of {mark.counts.docs:,} records could not be done; see {reasons} in the run"
        failure = Failure(mark.name, problem)
    if waiting := mark.counts.quarantined:
        reason = f"{waiting:,} of {mark.counts.docs:,} records wait; see {reasons} in the run"
        aside = Aside(mark.name, mark.aside, reason, mark.name)
    return Done(mark.counts, failure, aside, mark)


def source_of(part: Part) -> str:
    """The SHA-256 of the bytes that a part is read from."""
    start, end = records.format_of(part.path).extent(part)
    state = hashlib.sha256()
    with records.opened(part.path) as file:
        file.seek(start)
        while start < end and (block := file.read(min(_BLOCK, end - start))):
            state.update(block)
            start += len(block)
    return state.hexdigest()


class _Cleaned(NamedTuple):
    """What came of a record, to be written."""

    text: str
    journal: bytes
    report: Report
    aside: Aside | None
    briefing: bytes = b""


class _Shard:
    """The files of a part while they are written: those that get no row are not made."""

    def __init__(self, part: Part, output: Output, task: Task) -> None:
        self.part, self.output = part, output
        self.pipeline: Pipeline = task.pipeline()
        self.apply = task.settings.choice.apply
        self.format = records.format_of(part.path)
        self.places: RecordPlaces = records_of(Path(output.out), part.name)
        self.files = ExitStack()
        self.written: dict[Path, Any] = {}
        self.asides: Counter[str] = Counter()

    def each(self) -> Iterator[Report]:
        """Do the records in their order; of each its report."""
        rows = self._rows(self.places.text)
        lines = self._lines(self.places.ledger)
        for record in self.format.read(self.part, self.output.columns, self.output.most):
            if isinstance(record, Bad):
                yield self._lost(record.row, record.id, record.problem)
                continue
            try:
                cleaned = self._clean(record)
            except Exception as error:  # even a fault of ours in one record is no reason to leave the others undone
                yield self._lost(record.row, record.id, job.told("", error).problem)
                continue
            # a file that cannot be written is no fault of the record
            lines.write(cleaned.journal)
            if why := cleaned.aside:
                self.asides[why.rule] += 1
                self._rows(self.places.aside).put(record, record.text)
                self._reason(record.row, record.id, rule=why.rule, reason=why.reason)
            else:
                rows.put(record, cleaned.text)
                if cleaned.briefing:
                    self._lines(self.places.briefings).write(cleaned.briefing)
            yield cleaned.report

    def _clean(self, record: Record) -> _Cleaned:
        outcome = self.pipeline.run(Document(record.id, record.text))
        journal = ledger.write(ledger.of(outcome, self.apply), hashes=self.output.hashes)
        why = job.aside(record.id, outcome)
        if why or not self.output.briefings:
            return _Cleaned(outcome.result.text, journal, report.of(outcome), why)
        values, findings = job.briefing(outcome)
        return _Cleaned(outcome.result.text, journal, report.of(outcome, findings), None, _line(values))

    def _lost(self, row: int, name: str, problem: str) -> Report:
        self._reason(row, name, error=problem)
        return report.failure()

    def _reason(self, row: int, name: str, **said: str) -> None:
        self._lines(self.places.reasons).write(_line({"id": name, "shard": self.part.name, "line": row, **said}))

    def _rows(self, path: Path) -> Writer:
        if path not in self.written:
            file = self.files.enter_context(corpus.writing(path, durable=True))
            self.written[path] = self.files.enter_context(self.format.writing(file, self.part, self.output.columns))
        writer: Writer = self.written[path]
        return writer

    def _lines(self, path: Path) -> BinaryIO:
        if path not in self.written:
            file = self.files.enter_context(corpus.writing(path, durable=True))
            self.written[path] = self.files.enter_context(packed.writing(file, path.name))
        lines: BinaryIO = self.written[path]
        return lines


def _line(values: object) -> bytes:
    return _json(values).encode(errors="backslashreplace") + b"\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
