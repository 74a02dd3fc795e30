"""Parts of files of records given back as they were: their rows with the texts that the ledgers hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from cleankit import corpus, ledger
from cleankit.corpus import records
from cleankit.corpus.records import Bad, Columns, Part, Record, packed
from cleankit.engines.folder import Run
from cleankit.engines.job import Failure, told
from cleankit.engines.places import RECORDS, TEXT, records_of
from cleankit.errors import CleankitError, LedgerError, ReadError

_ANY = 1 << 62  # what was written is no longer than what was read


class Unsharded(NamedTuple):
    """A part that can be given back: how many records, and the path of its clean rows."""

    path: str
    name: str
    records: int


def names(run: Path) -> list[str]:
    """The parts of files of records that a run has."""
    folder = run / RECORDS / TEXT
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def give_back(run: Path, name: str, out: Path | None, columns: Columns) -> Unsharded:
    """Write the rows of a part with their original texts into OUT/NAME; without `out` they are only proved.

    The rows are in their order, those that wait among them; what could not be done was never in the run. Raises
    LedgerError where rows and ledgers do not fit, ReadError, WriteError.
    """
    places = records_of(run, name)
    part = Part(name, str(places.text))
    form = records.format_of(name)
    count = 0
    with ExitStack() as stack:
        writer = None
        if out is not None:
            file = stack.enter_context(corpus.writing(corpus.place(out, name, "")))
            writer = stack.enter_context(form.writing(file, part, columns))
        clean = form.read(part, columns, _ANY)
        aside = form.read(Part(name, str(places.aside)), columns, _ANY) if places.aside.is_file() else iter(())
        lines = stack.enter_context(packed.reading(str(places.ledger)))
        for journal in ledger.read_lines(lines, places.ledger):
            rows, path = (aside, places.aside) if journal.aside else (clean, places.text)
            record = _next(rows, journal.id, path)
            text = record.text if journal.aside else ledger.restored(record.text, journal)
            if journal.aside and hashlib.sha256(text.encode()).hexdigest() != journal.source:
                raise LedgerError(f"{places.aside}: row {record.row} was changed after the run")
            if writer:
                writer.put(record, text)
            count += 1
        if next(clean, None) or next(aside, None):
            raise LedgerError(f"{places.ledger}: ends before the rows do")
    return Unsharded(str(places.text), name, count)


def _next(rows: Iterator[Record | Bad], name: str, path: Path) -> Record:
    row = next(rows, None)
    if row is None:
        raise ReadError(path, f"ends before the ledgers do, at {name!r}")
    if isinstance(row, Bad):
        raise ReadError(path, f"row {row.row} {row.problem}")
    return row


def each(run: Path, out: Path | None) -> Iterator[Unsharded | Failure]:
    """All parts of a run given back, or why one is not."""
    parts = names(run)
    columns = _columns(run) if parts else Columns()
    for name in parts:
        path = str(records_of(run, name).text)
        try:
            yield give_back(run, name, out, columns)
        except (CleankitError, OSError) as error:
            failure = told(path, error)
            yield Failure(path, f"cannot be restored: {failure.problem}")


def _columns(run: Path) -> Columns:
    """The names that the columns had in the run; the usual ones where it was stopped before its end."""
    with suppress(CleankitError, KeyError, TypeError):
        return Columns(**Run(run).account()["settings"]["columns"])
    return Columns()
